"""Plays one recording of `tests/cassettes` to any client with a base URL, and keeps what the client sent.

    async with playing("openai/chat_gpt5_plain.yaml") as player:
        ChatOpenAI(base_url=f"{player.url}/v1", ...)

Each exchange answers one request with its method and path,
in the order of the recording. What was sent is not
compared: the test does that with `player.sent`. What no exchange is left for is answered with 501 and kept in
`player.missed`.
"""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

from tests.standins.model_vendors.house import serving
from tests.standins.model_vendors.wire import EVENTS, JSON, Out, Request, Server

CASSETTES = Path(__file__).parents[1] / "cassettes"
CHAT, RESPONSES, PLAIN = "/v1/chat/completions", "/v1/responses", "/chat/completions"
BODIES = {
    "openai/chat_stream_raw_chunks.txt": (CHAT, 200),
    "openai/error_insufficient_quota.json": (CHAT, 429),
    "openai/error_max_tokens_unsupported.json": (CHAT, 400),
    "openai/quoted_errors.json": (CHAT, 0),
    "openai/responses_stream_error_quota.chunks.txt": (RESPONSES, 200),
    "google/error_429_retry_info.json": ("/v1beta/models/gemini-2.5-flash:generateContent", 429),
    "google/gemini3_text_body.json": ("/v1beta/models/gemini-3-pro-preview:generateContent", 200),
    "google/quoted_veo_and_blocks.json": ("/v1beta/models/gemini-2.5-flash:streamGenerateContent", 0),
    "deepseek/chat_json_mode_body.json": (PLAIN, 200),
    "deepseek/chat_tool_call_stream.chunks.txt": (PLAIN, 200),
    "deepseek/quoted_errors.json": (PLAIN, 0),
    "replicate/quoted_errors.json": ("/v1/predictions", 0),
    "fal/quoted_queue_and_errors.json": ("/fal-ai/flux/schnell", 0),
}
"""Where the bodies without a request belong; 0: the file tells the status, and several answers by name."""
QUOTED_STREAMS = {"prompt_blocked_stream_event"}
MISSED = 501


@dataclass(frozen=True)
class Exchange:
    """What was asked and what was answered."""

    method: str
    path: str
    query: str
    sent: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def streams(self) -> bool:
        return self.headers.get("content-type", "").startswith("text/event-stream")


def exchanges(name: str, *quoted: str) -> list[Exchange]:
    """The exchanges of one cassette; of a file of quotations, those with these names."""
    file = CASSETTES / name
    if file.suffix == ".yaml":
        return [_recorded(one) for one in interactions(file)]
    path, status = BODIES[name]
    if status == 0:
        told = {one["name"]: one for one in json.loads(file.read_text())["responses"]}
        return [_quoted(path, told[one]) for one in quoted]
    if file.name.endswith(".chunks.txt") or file.suffix == ".txt":
        return [Exchange("POST", path, "", "", status, EVENTS, _events(file.read_text(), path))]
    return [Exchange("POST", path, "", "", status, JSON, file.read_bytes())]


def interactions(file: Path) -> list[dict[str, Any]]:
    """What a recording holds, as it is written: read by libyaml where there is one, which takes a tenth."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: list[dict[str, Any]] = yaml.load(file.read_text(), loader)["interactions"]  # noqa: S506 - both are safe
    return found


def _recorded(one: dict[str, Any]) -> Exchange:
    asked, answered = one["request"], one["response"]
    address, body = urlsplit(asked["uri"]), answered["body"]["string"]
    headers = {name: values[0] for name, values in answered["headers"].items()}
    headers = {name: value for name, value in headers.items() if name not in ("content-length",)}
    raw = body.encode() if isinstance(body, str) else body
    method, path, query = asked["method"], unquote(address.path), address.query
    return Exchange(method, path, query, asked["body"] or "", answered["status"]["code"], headers, raw)


def _quoted(path: str, one: dict[str, Any]) -> Exchange:
    body = json.dumps(one["body"]).encode()
    if one["name"] in QUOTED_STREAMS:
        return Exchange("POST", path, "alt=sse", "", one["status"], EVENTS, b"data: " + body + b"\r\n\r\n")
    return Exchange("POST", path, "", "", one["status"], {**JSON, **one["headers"]}, body)


def _events(text: str, path: str) -> bytes:
    """The prefix that the file leaves out is put back; chat completions end with a word of their own."""
    events = "".join(_event(line, path) for line in text.splitlines() if line)
    return (events + ("" if path == RESPONSES else "data: [DONE]\n\n")).encode()


def _event(line: str, path: str) -> str:
    named = f"event: {json.loads(line)['type']}\n" if path == RESPONSES else ""
    return f"{named}data: {line}\n\n"


@dataclass
class Player:
    """A server that has only these answers."""

    left: list[Exchange]
    sent: list[Request] = field(default_factory=list)
    missed: list[Request] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.server = Server(self._answer)

    @property
    def url(self) -> str:
        return self.server.url

    def bodies(self) -> list[Any]:
        """What was sent, parsed."""
        return [json.loads(one.body) for one in self.sent if one.body]

    async def _answer(self, request: Request, out: Out) -> None:
        self.sent.append(request)
        played = next((one for one in self.left if _fits(one, request)), None)
        if played is None:
            self.missed.append(request)
            await out.json(MISSED, {"error": {"message": f"not recorded: {request.method} {request.path}"}})
            return
        self.left.remove(played)
        if not played.streams:
            await out.reply(played.status, played.body, played.headers)
            return
        await out.start(played.status, played.headers)
        for event in re.split(rb"(?<=\n\n)|(?<=\r\n\r\n)", played.body):
            await out.piece(event)
        await out.end()


def _fits(one: Exchange, request: Request) -> bool:
    """By method and path; DeepSeek's and OpenAI's path with and without /v1."""
    return one.method == request.method and _plain(one.path) == _plain(request.path)


def _plain(path: str) -> str:
    return path.removeprefix("/v1") if path.startswith("/v1/") else path


@asynccontextmanager
async def playing(name: str, *quoted: str) -> AsyncIterator[Player]:
    """The player of one cassette in this event loop."""
    player = Player(exchanges(name, *quoted))
    await player.server.start()
    try:
        yield player
    finally:
        await player.server.stop()


@contextmanager
def playing_apart(name: str, *quoted: str) -> Iterator[Player]:
    """The player in a thread of its own, for clients that block."""
    player = Player(exchanges(name, *quoted))
    with serving([player.server]):
        yield player
