"""S1-05: the service asks once, beside its work, whether the default model can be had."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sse_starlette.sse import AppStatus
from structlog.testing import capture_logs

from server.serve import HouseServer
from server.vitals.text_model import PATIENCE_S, SeenModel, look_for_model
from tests.fakes import FakeClock
from tests.standins.model_vendors import Signal, Vendors, model_vendors_here
from tools.clock import SystemClock
from tools.settings import Settings

Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Any]


@pytest.fixture
async def vendors() -> AsyncIterator[Vendors]:
    async with model_vendors_here() as opened:
        yield opened


def settings(base_url: str, key: str | None, **more: Any) -> Settings:
    return Settings(_env_file=None, openai_base_url=base_url, openai_api_key=key, **more)  # type: ignore[arg-type]


async def seen(chosen: Settings, clock: Any = None) -> tuple[str, list[str]]:
    """What is known afterwards, and the names of what the log was told."""
    model = SeenModel(chosen.openai_model)
    with capture_logs() as told:
        await look_for_model(chosen, model, clock=clock or SystemClock())
    return model.state, [line["event"] for line in told]


async def test_model_that_the_vendor_lists_is_available(vendors: Vendors):
    chosen = settings(f"{vendors.openai.url}/v1", vendors.openai.key)
    assert await seen(chosen) == ("available", ["text_model_available"])
    assert [kept.path for kept in vendors.openai.requests] == ["/v1/models"]


async def test_model_that_it_does_not_list_is_missing(vendors: Vendors):
    del vendors.openai.models["gpt-5"]
    chosen = settings(f"{vendors.openai.url}/v1", vendors.openai.key)
    assert await seen(chosen) == ("missing", ["text_model_missing"])


async def test_default_of_another_vendor_is_asked_for_there(vendors: Vendors):
    chosen = Settings(
        _env_file=None, openai_model="gemini-2.5-pro", google_base_url=vendors.google.url,
        google_api_key=vendors.google.key,
    )  # type: ignore[arg-type]  # fmt: skip
    assert await seen(chosen) == ("available", ["text_model_available"])


async def test_wrong_key_leaves_it_unknown_and_is_told_without_the_key(vendors: Vendors):
    chosen = settings(f"{vendors.openai.url}/v1", "sk-wrong-0123456789abcdef")
    model = SeenModel("gpt-5")
    with capture_logs() as told:
        await look_for_model(chosen, model, clock=SystemClock())
    assert (model.state, [line["event"] for line in told]) == ("unknown", ["text_model_unknown"])
    assert "sk-wrong-0123456789abcdef" not in str(told)


async def test_without_a_key_no_request_leaves(vendors: Vendors):
    assert await seen(settings(f"{vendors.openai.url}/v1", None)) == ("unknown", [])
    assert vendors.books.requests == []


async def test_unknown_name_is_told_and_nobody_is_asked(vendors: Vendors):
    chosen = settings(f"{vendors.openai.url}/v1", vendors.openai.key, openai_model="gpt-99")
    assert await seen(chosen) == ("unknown", ["text_model_unknown"])
    assert vendors.books.requests == []


@asynccontextmanager
async def somebody(answer: Answer) -> AsyncIterator[str]:
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()


async def test_vendor_that_hangs_leaves_it_unknown():
    gone = Signal()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await gone.heard()
        writer.close()

    clock = FakeClock()
    async with somebody(hang) as url:
        found = await seen(settings(url, "sk-0123456789abcdef"), clock)
        gone.set()
    assert found == ("unknown", ["text_model_unknown"])
    assert clock.slept == [PATIENCE_S] == [5.0]


async def test_redirect_is_not_followed(vendors: Vendors):
    """The key would go with it."""

    async def elsewhere(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        there = f"{vendors.openai.url}/v1/models"
        writer.write(f"HTTP/1.1 302 Found\r\nlocation: {there}\r\ncontent-length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    async with somebody(elsewhere) as url:
        assert (await seen(settings(url, vendors.openai.key)))[0] == "unknown"
    assert vendors.books.requests == []


async def test_start_does_not_wait_for_it_and_the_end_does_not_either(monkeypatch: pytest.MonkeyPatch):
    # The end tells all streams of the process; those of the tests that follow must not hear it.
    monkeypatch.setattr(AppStatus, "should_exit", False)
    began, ended = asyncio.Event(), asyncio.Event()

    async def look() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    server = a_server(look)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(10):
        await began.wait()
        assert server.started
        server.close()
        await serving
    assert ended.is_set()


def a_server(look: Any) -> HouseServer:
    import uvicorn

    async def app(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("nobody asks")

    config = uvicorn.Config(app, host="127.0.0.1", port=0, lifespan="off", log_config=None)
    return HouseServer(config, once_up=look)
