"""Design-facts 6.18: nobody outside hears of a run unless our own switch is on, and then no secret."""

import asyncio
import os
import threading
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import langsmith
import pytest
from langchain_core.tracers.langchain import wait_for_all_tracers
from langsmith import utils

from server.tracing import langsmith_client, open_traces, trace_only_if_asked
from tests.integration.runs.tiny_graphs import TinyState, line
from tools.redaction import REDACT
from tools.settings import Settings
from tools.telemetry.spans import is_traced, span

SECRET = "kanari which a trace must not hold"
OPEN = "kanari-in-the-open"
heard: list[bytes] = []


class Ear(BaseHTTPRequestHandler):
    """A LangSmith that takes everything."""

    def do_GET(self) -> None:
        self._answer(b"{}")

    def do_POST(self) -> None:
        heard.append(self.rfile.read(int(self.headers.get("content-length", 0))))
        self._answer(b"{}")

    def moves_to(self, url: str) -> None:
        self.send_response(307)
        self.send_header("location", url)
        self.send_header("content-length", "0")
        self.end_headers()

    def _answer(self, body: bytes) -> None:
        self.send_response(202)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """LangSmith on loopback, and an environment that asks for tracing in every way there is."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    for name in ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING"):
        monkeypatch.setenv(name, "true")
    monkeypatch.setenv("LANGSMITH_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    monkeypatch.setenv("LANGSMITH_API_KEY", "lsv2_pt_0123456789")
    monkeypatch.setenv("LANGSMITH_DISABLE_RUN_COMPRESSION", "true")
    utils.get_env_var.cache_clear()
    heard.clear()
    yield heard
    langsmith.configure(enabled=None, client=None)
    utils.get_env_var.cache_clear()
    server.shutdown()
    thread.join()
    server.server_close()


async def crash(state: TinyState) -> dict[str, Any]:
    raise RuntimeError(f"401 for {SECRET} of {OPEN}")


async def run() -> None:
    REDACT.learn([SECRET])
    with pytest.raises(RuntimeError, match=OPEN):
        await line(crash).ainvoke({"brief": {"note": OPEN}})
    await asyncio.to_thread(wait_for_all_tracers)


async def test_an_environment_that_asks_for_traces_sends_none(ear: list[bytes]) -> None:
    trace_only_if_asked(Settings())
    await run()
    assert ear == []


async def test_without_our_rule_the_environment_alone_would_send(ear: list[bytes]) -> None:
    """The control: every brief and error would leave, with what they quote."""
    langsmith.configure(enabled=None)
    await run()
    assert SECRET.encode() in b"".join(ear)


async def test_our_own_switch_sends_them_without_secrets(ear: list[bytes]) -> None:
    trace_only_if_asked(Settings(tracing=True))
    await run()
    told = b"".join(ear)
    assert OPEN.encode() in told
    assert b"[redacted]" in told
    assert SECRET.encode() not in told


async def test_spans_go_to_a_collector_when_our_switch_says_so(ear: list[bytes]) -> None:
    """By OTLP over HTTP, to the address of the standard variable; the last ones are sent at the end."""
    REDACT.learn([SECRET])
    wanted = Settings(otel=True, otlp_endpoint=ear_url(), otlp_headers="x-key=kanari")
    async with open_traces(wanted):
        with span("run", production=str(uuid.uuid4()), graph="novela", words=f"by {SECRET}"):
            pass
    assert not is_traced()
    [sent] = heard
    assert b"greenlight.graph" in sent
    assert SECRET.encode() not in sent


async def test_without_our_switch_the_standard_variables_alone_send_nothing(
    ear: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", ear_url())
    async with open_traces(Settings()):
        assert not is_traced()
    assert heard == []


async def test_a_redirect_of_langsmith_is_not_followed(
    ear: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key goes in a header that no client takes off on the way to another host."""
    moved = ear_url()
    monkeypatch.setattr(Ear, "do_POST", lambda self: self.moves_to(moved))
    client = langsmith_client()
    with pytest.raises(utils.LangSmithError, match="Exceeded 0 redirects"):
        await asyncio.to_thread(
            client.request_with_retries, "POST", "/runs", request_kwargs={"data": b"{}"}, stop_after_attempt=1
        )
    client.cleanup()


def ear_url() -> str:
    return os.environ["LANGSMITH_ENDPOINT"]
