"""Whatever a vendor sends with 200, it is an answer or one typed error, and its price is known or unknown."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from state.errors import ProviderError
from tests.integration.models.asking import Noted, a_line, ask_for_city, clients_at, in_words
from tests.integration.models.odd_answers import DIALECTS, GEMINI
from tools.models.base import ModelAnswer
from tools.models.catalog import text_card
from tools.models.live import exchange

# The vendors' packages warn of the same fields that they pass on.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Pydantic serializer warnings:UserWarning"),
    pytest.mark.filterwarnings("ignore:NOVEL_REASON is not a valid:UserWarning"),
]
CASES = [(model, what) for model, bodies in DIALECTS.items() for what in bodies]
UNCOUNTED = ("usage negative", "usage huge", "usage null", "cached negative", "cached huge")
HEAD = b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n"
LENGTH = b"content-length: %d\r\n\r\n"


@asynccontextmanager
async def saying(*bodies: bytes) -> AsyncIterator[str]:
    """A server that answers with one after the other, and with the last to everything else; its address."""
    left = list(bodies)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        [length] = [line for line in head.split("\r\n") if line.startswith("content-length")]
        await reader.readexactly(int(length.split(":")[1]))
        body = left.pop(0) if len(left) > 1 else left[0]
        writer.write(HEAD + LENGTH % len(body) + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def asked(model: str, body: bytes, booking: Noted) -> ModelAnswer | ProviderError:
    """What comes of it when a vendor answers like this."""
    async with saying(body) as url:
        clients = clients_at(url)
        try:
            return await ask_for_city(a_line(text_card(model), clients), booking)
        except ProviderError as error:
            return error
        finally:
            await clients.close()


@pytest.mark.parametrize(("model", "what"), CASES)
async def test_an_odd_answer_is_read_or_is_one_typed_error(model: str, what: str) -> None:
    booking = Noted()
    came = await asked(model, DIALECTS[model][what], booking)
    [ended] = booking.ended
    if isinstance(came, ProviderError):
        assert (came.kind, ended.outcome, ended.usage) == ("ambiguous", "ambiguous", None)
        assert came.user_action
    else:
        assert ended.outcome == "done"
        assert ended.usage is not None
        assert ended.usage.is_count
        assert ended.usage.estimated or what not in UNCOUNTED


@pytest.mark.parametrize("what", ["no UTF-8", "null"])
async def test_without_the_guard_it_is_an_error_of_nobody(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(exchange, "UNREADABLE", ())
    with pytest.raises((UnicodeDecodeError, AttributeError)):
        await asked("gpt-5", DIALECTS["gpt-5"][what], Noted())


async def test_a_mistake_of_ours_before_anything_is_answered_stays_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Otherwise it would be asked again and again, and told as the vendor's."""
    monkeypatch.setattr(exchange, "parameters_of", lambda card, asked: {"nobody_knows_this": 1})
    with pytest.raises(TypeError, match="nobody_knows_this"):
        await asked("gpt-5", DIALECTS["gpt-5"]["usage null"], Noted())


async def test_a_mistake_of_whoever_listens_is_not_the_vendors() -> None:
    class Deaf(exchange.Listener):
        def hear(self, text: str) -> None:
            raise ValueError("a bug")

    async with saying(GEMINI["finish a novelty"]) as url:
        clients = clients_at(url)
        line = a_line(text_card("gemini-2.5-pro"), clients)
        with pytest.raises(ValueError, match="a bug"):
            await line.ask(in_words(), Noted(), Deaf())
        await clients.close()
