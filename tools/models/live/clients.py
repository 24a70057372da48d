"""LangChain's clients for the vendors: made once per model, without a key, over connections that are shared.

Nothing of the environment is read here, no client tries again by itself, and none follows a redirect:
the key would go with it. A proxy is used where our own setting names one, never where the environment does.
"""

import base64
import ssl
from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

import httpx
import httpx2
from google import genai
from google.genai.types import HttpOptions
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langchain_deepseek import ChatDeepSeek
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI
from langchain_openai.chat_models.base import BaseChatOpenAI
from pydantic import SecretStr

from tools.cookies import no_cookies
from tools.models.catalog import TextModelCard, TextProvider
from tools.models.live.answers import remember
from tools.models.live.lending import NO_KEY, hand_over
from tools.models.live.plain import PlainCompletions
from tools.models.live.plain_google import PlainModels
from tools.redaction import REDACT
from tools.settings import LOOPBACK

KEPT = 64
"""How many clients are kept: one per model in use."""
CONNECT_S = 10.0


class _KeepsRefusals:
    """LangChain drops the words of a refusal that comes in pieces; here they stay in the message."""

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], *args: Any, **more: Any
    ) -> ChatGenerationChunk | None:
        made: ChatGenerationChunk | None = super()._convert_chunk_to_generation_chunk(  # type: ignore[misc]  # a mixin
            chunk, *args, **more
        )
        choices = chunk.get("choices") or [{}]
        refusal = (choices[0].get("delta") or {}).get("refusal")
        if made is not None and refusal:
            made.message.additional_kwargs["refusal"] = refusal
        return made


class _PiecesUnread:
    """LangChain tries to read the JSON in each piece of a call's arguments, by itself never whole.

    That costs a tenth of a millisecond for every piece. The arguments are read when all of them are there.
    """

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], *args: Any, **more: Any
    ) -> ChatGenerationChunk | None:
        for choice in chunk.get("choices") or ():
            choice.setdefault("delta", None)  # LangChain passes over one that says nothing
        pieces = _argument_pieces(chunk)
        said = [piece["arguments"] for piece in pieces]
        for piece in pieces:
            piece["arguments"] = ""
        made: ChatGenerationChunk | None = super()._convert_chunk_to_generation_chunk(  # type: ignore[misc]  # a mixin
            chunk, *args, **more
        )
        if made is not None and pieces and isinstance(made.message, AIMessageChunk):
            made.message.tool_calls = []
            for part, arguments in zip(made.message.tool_call_chunks, said, strict=True):
                part["args"] = arguments
        return made


def _argument_pieces(chunk: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The functions of a piece that goes on with calls that have begun; none where one begins in it."""
    delta = (chunk.get("choices") or [{}])[0].get("delta") or {}
    pieces = [call.get("function") or {} for call in delta.get("tool_calls") or ()]
    return pieces if all(piece.get("arguments") and not piece.get("name") for piece in pieces) else []


class _OpenAI(_PiecesUnread, _KeepsRefusals, ChatOpenAI):
    pass


class _DeepSeek(_PiecesUnread, _KeepsRefusals, ChatDeepSeek):
    """DeepSeek wants the thoughts back that led to a call of a tool, and none else; LangChain drops all."""

    def _get_request_payload(self, input_: Any, *, stop: Any = None, **more: Any) -> dict[str, Any]:
        payload: dict[str, Any] = super()._get_request_payload(input_, stop=stop, **more)
        for said, sent in zip(self._convert_input(input_).to_messages(), payload["messages"], strict=True):
            thoughts = said.additional_kwargs.get("reasoning_content")
            if thoughts and sent.get("tool_calls"):
                sent["reasoning_content"] = thoughts
        return payload


class Clients:
    """The clients of one process. `base_urls` names where each provider is, `proxy` what leads there.

    A server of one's own, and what is on this machine, is asked without the proxy.
    """

    def __init__(self, base_urls: Mapping[TextProvider, str], *, proxy: SecretStr | None = None) -> None:
        self._base_urls = base_urls
        self._proxy = None if proxy is None else proxy.get_secret_value()
        if self._proxy is not None:
            REDACT.learn(_secrets_of(self._proxy))
        self._kept: OrderedDict[TextModelCard, BaseChatModel] = OrderedDict()

    def client(self, card: TextModelCard) -> BaseChatModel:
        """The client for a model. It holds no key: it is used inside `lent`."""
        found = self._kept.pop(card, None) or self._made(card)
        self._kept[card] = found
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    async def close(self) -> None:
        """Close the connections, where there are any."""
        self._kept.clear()
        for name in ("_for_openai", "_for_google", "_for_openai_nearby", "_for_google_nearby"):
            if (opened := self.__dict__.pop(name, None)) is not None:
                await opened.aclose()
        if (closed := self.__dict__.pop("_nobody", None)) is not None:
            closed.close()

    def _made(self, card: TextModelCard) -> BaseChatModel:
        if card.is_openais:
            return self._openai(card)
        return self._google(card) if card.provider == "google" else self._deepseek(card)

    def _openai(self, card: TextModelCard) -> BaseChatModel:
        return _of_nobody(_OpenAI(model=card.vendor, **self._like_openai(card)))

    def _deepseek(self, card: TextModelCard) -> BaseChatModel:
        """DeepSeek, and servers of one's own models: it names the limit as they all do and keeps thoughts."""
        return _of_nobody(_DeepSeek(model=card.vendor, **self._like_openai(card)))

    def _like_openai(self, card: TextModelCard) -> dict[str, Any]:
        return {
            "disable_streaming": not card.streams, "api_key": NO_KEY,
            "base_url": self._base_urls[card.provider], "max_retries": 0,
            # By the card alone: LangChain would choose by a model's name or by what is sent, and for some
            # names it adds a temperature.
            "use_responses_api": card.api == "responses", "temperature": None,
            "http_async_client": self._for_openai_nearby if self._is_nearby(card) else self._for_openai,
            "http_client": self._nobody,
            # Unless they are named, the environment says what they are.
            "openai_proxy": None, "output_version": None,
            # Otherwise tokens are told by the vendor's own host alone.
            "stream_usage": True,
            # Silence in a stream is our deadline's to judge.
            "stream_chunk_timeout": None,
        }  # fmt: skip

    def _google(self, card: TextModelCard) -> BaseChatModel:
        base_url = self._base_urls[card.provider]
        made = ChatGoogleGenerativeAI(
            model=card.vendor, google_api_key=NO_KEY, base_url=base_url, max_retries=1, temperature=None,
            vertexai=False, disable_streaming=not card.streams,
            client_args={"verify": self._trusted},
        )  # fmt: skip
        # Over our own connections: where aiohttp is installed, the library's would send a request twice.
        lines = self._for_google_nearby if self._is_nearby(card) else self._for_google
        options = HttpOptions(base_url=base_url, httpx_async_client=lines)
        client = genai.Client(vertexai=False, api_key=NO_KEY.get_secret_value(), http_options=options)
        client.aio._models = PlainModels(client)  # type: ignore[assignment]  # it stands in for the package's
        made.client = client
        return made

    @cached_property
    def _trusted(self) -> ssl.SSLContext:
        return ssl.create_default_context()

    def _is_nearby(self, card: TextModelCard) -> bool:
        """Whether the proxy has no business between us and this server."""
        if self._proxy is None:
            return False
        own = card.provider == "openai_compatible"
        return own or urlsplit(self._base_urls[card.provider]).hostname in LOOPBACK

    @cached_property
    def _for_openai(self) -> httpx2.AsyncClient:
        return self._lines_of_openai(self._proxy)

    @cached_property
    def _for_openai_nearby(self) -> httpx2.AsyncClient:
        return self._lines_of_openai(None)

    @cached_property
    def _for_google(self) -> httpx.AsyncClient:
        return self._lines_of_google(self._proxy)

    @cached_property
    def _for_google_nearby(self) -> httpx.AsyncClient:
        return self._lines_of_google(None)

    def _lines_of_openai(self, proxy: str | None) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(
            limits=httpx2.Limits(max_connections=None, max_keepalive_connections=100),
            timeout=httpx2.Timeout(None, connect=CONNECT_S), verify=self._trusted, follow_redirects=False,
            trust_env=False, cookies=no_cookies(),
            proxy=proxy and httpx2.Proxy(proxy, ssl_context=self._to(proxy)),
            event_hooks={"request": [hand_over], "response": [remember]},
        )  # fmt: skip

    def _lines_of_google(self, proxy: str | None) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=100),
            timeout=httpx.Timeout(None, connect=CONNECT_S), verify=self._trusted, follow_redirects=False,
            trust_env=False, cookies=no_cookies(),
            proxy=proxy and httpx.Proxy(proxy, ssl_context=self._to(proxy)),
            event_hooks={"request": [hand_over], "response": [remember]},
        )  # fmt: skip

    def _to(self, proxy: str) -> ssl.SSLContext | None:
        """Whom a proxy that is spoken to in TLS has to be certified by."""
        return self._trusted if proxy.startswith("https:") else None

    @cached_property
    def _nobody(self) -> httpx2.Client:
        """For the half that waits in a thread, which nobody uses."""
        return httpx2.Client(verify=self._trusted, trust_env=False)


def _secrets_of(proxy: str) -> list[str]:
    """A proxy's password, in every way in which a message may quote it."""
    parts = urlsplit(proxy)
    if parts.password is None:
        return []
    said = f"{unquote(parts.username or '')}:{unquote(parts.password)}"
    return [proxy, parts.password, base64.b64encode(said.encode()).decode()]


def _of_nobody(made: BaseChatOpenAI) -> BaseChatModel:
    """Without the organisation and project that the environment may name: keys of users are not theirs."""
    for client in (made.root_client, made.root_async_client):
        client.organization = client.project = None
    made.async_client = PlainCompletions(made.root_async_client)
    return made
