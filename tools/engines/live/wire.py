"""The line to one provider's API: each request leaves once, in time, with the key of its call.

Nothing tries again here, nothing follows a redirect (the key would go with it), and nothing of the
environment is read. What a failed line says about the job is decided here, for all providers alike.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import Any, BinaryIO

import httpx

from state.errors import DeadlinePassed, ProviderError, ProviderTimeout
from tools.cookies import no_cookies
from tools.engines.calling import key_for_call
from tools.engines.live.answer import Answer, said
from tools.engines.live.reading import ASKED, whole_body
from tools.resilience.deadline import check_deadline, current_deadline

CONNECT_S, READ_S = 10.0, 60.0
TRICKLES = 10
"""So many times as long as one pause in it a whole answer may take: each pause alone may be short."""
MOST_BYTES = 64 * 1024 * 1024
"""More no answer of an API holds, pictures in base64 included."""
MANY = httpx.Limits(max_connections=None, max_keepalive_connections=50)
"""How many orders are under way at once, `tools.orders` says; a picture may be waited for for minutes."""
NEVER_SENT = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)  # fmt: skip
LEAVES = ("http11.send_request_headers.started", "http2.send_request_headers.started")
Headers = Mapping[str, str]
Upload = tuple[str, tuple[str, BinaryIO, str]]
"""A field of a form, and of its file the name, the open file and the type; it is read as it leaves."""


class Wire:
    """One provider at one address. `auth` is the header that holds the key and its form: `Bearer {}`."""

    def __init__(
        self, provider: str, base_url: str, *, auth: tuple[str, str],
        transport: httpx.AsyncBaseTransport | None = None, read_s: float = READ_S,
        most_bytes: int = MOST_BYTES,
    ) -> None:  # fmt: skip
        self.provider = provider
        self.base_url = base_url.rstrip("/")
        self._auth, self._most_bytes, self._most_s = auth, most_bytes, TRICKLES * read_s
        self._http = httpx.AsyncClient(
            transport=transport or httpx.AsyncHTTPTransport(retries=0, trust_env=False, limits=MANY),
            timeout=httpx.Timeout(read_s, connect=CONNECT_S, pool=CONNECT_S),
            follow_redirects=False, trust_env=False, headers=ASKED, cookies=no_cookies(),
        )  # fmt: skip

    async def order(
        self, path: str, *, json: Any = None, data: Mapping[str, str] | None = None,
        files: Sequence[Upload] | None = None, headers: Headers | None = None,
    ) -> Answer:  # fmt: skip
        """The one POST that may cost money: `json`, or a form of `data` and `files`.

        The deadline of the order is looked at as its first bytes leave.

        Raises:
            DeadlinePassed: it was too late, and nothing was sent.
            ProviderError: `not_sent` when nobody got it, `ambiguous` when nobody knows.
        """
        deadline = current_deadline.get()
        timeout = None if deadline is None else deadline.remaining_s()
        check_deadline()
        body = {"json": json} if files is None else {"data": data, "files": files}
        extensions = {"trace": _in_time}
        return await self._sent("POST", path, headers=headers, extensions=extensions, read_s=timeout, **body)

    async def get(self, path: str, *, params: Mapping[str, Any] | None = None) -> Answer:
        """Ask for something; costs nothing.

        Raises:
            ProviderError: it could not be asked.
        """
        return await self._sent("GET", path, params=params)

    async def tell(self, method: str, path: str, *, headers: Headers | None = None, **body: Any) -> Answer:
        """Any other request that costs nothing: a cancellation, an upload (`json`, `content` or `files`).

        Raises:
            ProviderError: it could not be asked.
        """
        return await self._sent(method, path, headers=headers, **body)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def address(self, path: str) -> str:
        """The whole address of a path; what is one already stays."""
        return path if path.startswith(("http://", "https://")) else f"{self.base_url}/{path.lstrip('/')}"

    async def _sent(
        self, method: str, path: str, *, headers: Headers | None = None, read_s: float | None = None,
        extensions: dict[str, Any] | None = None, **body: Any,
    ) -> Answer:  # fmt: skip
        name, form = self._auth
        signed = {**(headers or {}), name: form.format(key_for_call(self.provider))}
        try:
            request = self._http.build_request(
                method, self.address(path), headers=signed, extensions=extensions, **body
            )
            if read_s is not None:
                request.extensions["timeout"] = httpx.Timeout(
                    read_s, connect=min(read_s, CONNECT_S)
                ).as_dict()
            async with asyncio.timeout(self._most_s):
                answer = await self._http.send(request, stream=True)
                async with aclosing(answer):
                    read = await whole_body(self.provider, answer, self._most_bytes)
                    return Answer(self.provider, answer.status_code, answer.headers, read)
        except DeadlinePassed:
            raise
        except TimeoutError as exc:
            words = f"{self.provider} did not end its answer within {self._most_s:g} s."
            raise ProviderTimeout(words, provider=self.provider, kind="ambiguous") from exc
        except (httpx.HTTPError, httpx.InvalidURL) as exc:
            raise line_error(self.provider, exc) from exc


def line_error(provider: str, error: Exception) -> ProviderError:
    """What a line that failed says: nobody got the request, or nobody knows."""
    kind = line_kind(error)
    words = "could not be reached" if kind == "not_sent" else "gave no whole answer"
    why = said(error) or type(error).__name__
    return ProviderTimeout(f"{provider} {words}: {why}", provider=provider, kind=kind)


def line_kind(error: BaseException) -> str:
    """`not_sent` before the first byte left, else `ambiguous`."""
    return "not_sent" if isinstance(error, NEVER_SENT) else "ambiguous"


async def _in_time(event: str, info: Any) -> None:
    """For the trace of httpcore: right before the first byte leaves, over a connection that stands."""
    if event in LEAVES:
        check_deadline()
