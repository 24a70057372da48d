"""Clients of the three kinds of streams, which come back until they have all, and what they put together."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import httpx

from server.protocol.thread_frames import PARTS
from tests.integration.protocol.following import ALL, Told, after

BACK_AFTER_S = 0.02
PATIENCE_S = 300
MODES = ["values", "updates", "messages-tuple", "custom", "tasks", "checkpoints"]
Ask = dict[str, Any]


@dataclass(frozen=True)
class Frame:
    """A frame with an id: one that is in the log."""

    id: str
    event: str
    data: Any


@dataclass(frozen=True)
class Protocol:
    """How a stream is asked for, taken up again, and when it is over."""

    name: str
    ask: Callable[[str, str, str | None], Ask]
    """Method, path and the rest, from thread, run and the last id that was seen."""
    is_over: Callable[[str, Any], bool]
    row_of: Callable[[Frame], int]
    """The row of the log that a frame was made from."""
    custom_of: Callable[[Frame], Any]
    """What a node wrote, if this is that; otherwise None."""


def _ask_v1(thread: str, run: str, last: str | None) -> Ask:
    path = f"/threads/{thread}/runs/{run}/stream"
    headers = {"Last-Event-ID": last or "-1"}
    return {"method": "GET", "url": path, "headers": headers, "params": {"stream_mode": json.dumps(MODES)}}


def _ask_v2(thread: str, run: str, last: str | None) -> Ask:
    body = {"channels": ALL} | ({} if last is None else {"since": int(last)})
    return {"method": "POST", "url": f"/threads/{thread}/stream/events", "json": body}


def _ask_api(thread: str, run: str, last: str | None) -> Ask:
    headers = {} if last is None else {"Last-Event-ID": last}
    return {"method": "GET", "url": f"/api/productions/{thread}/events", "headers": headers}


def _ends_v2(event: str, data: Told) -> bool:
    return after("completed")(data)


V1 = Protocol(
    "v1", _ask_v1, lambda event, _: event == "end",
    lambda frame: int(frame.id.partition("-")[0]),
    lambda frame: frame.data if frame.event == "custom" else None,
)  # fmt: skip
V2 = Protocol(
    "v2", _ask_v2, _ends_v2,
    lambda frame: int(frame.id) // PARTS,
    lambda frame: frame.data["params"]["data"] if frame.event == "custom" else None,
)  # fmt: skip
API = Protocol(
    "api", _ask_api, lambda event, data: event == "end" and not data["payload"]["reconnect"],
    lambda frame: int(frame.id),
    lambda frame: frame.data["payload"] if frame.event == "custom" else None,
)  # fmt: skip


@dataclass
class Reader:
    """One client. Without `remembers` it comes back as if it had seen nothing: the control."""

    protocol: Protocol
    thread: str
    run: str
    remembers: bool = True
    frames: list[Frame] = field(default_factory=list)
    connections: int = 0

    async def read(self, url: str) -> list[Frame]:
        """All frames of the stream, over as many connections as it takes."""
        limits = httpx.Limits(max_keepalive_connections=0)
        async with (
            asyncio.timeout(PATIENCE_S),
            httpx.AsyncClient(base_url=url, timeout=30, limits=limits, verify=False) as client,  # noqa: S501 - http
        ):
            while not await self._connect(client):
                await asyncio.sleep(BACK_AFTER_S)  # as every client does: nobody tells when a server is back
        return self.frames

    async def _connect(self, client: httpx.AsyncClient) -> bool:
        last = self.frames[-1].id if self.frames and self.remembers else None
        self.connections += 1
        try:
            async with client.stream(**self.protocol.ask(self.thread, self.run, last)) as answer:
                if answer.status_code >= 500:
                    return False
                assert answer.status_code == 200, await answer.aread()
                return await self._take(answer)
        except httpx.TransportError:
            return False

    async def _take(self, answer: httpx.Response) -> bool:
        buffer = b""
        async for piece in answer.aiter_raw():
            *whole, buffer = (buffer + piece).replace(b"\r\n", b"\n").split(b"\n\n")
            for text in whole:
                event, data, identity = _fields(text)
                if identity is not None:
                    self.frames.append(Frame(identity, event, data))
                if event and self.protocol.is_over(event, data):
                    return True
        return False


def _fields(text: bytes) -> tuple[str, Any, str | None]:
    """Event, data and id of a frame; a comment has none of them."""
    lines = text.decode().split("\n")
    found = dict(line.split(": ", 1) for line in lines if line and not line.startswith(":"))
    return found.get("event", ""), json.loads(found.get("data", "null")), found.get("id")


def differences(reader: Reader, whole: Sequence[Frame], rows: Sequence[tuple[int, str, Any]]) -> list[str]:
    """How what a reader put together differs from a client that was never cut, and from the log; in words."""
    protocol, seen = reader.protocol, reader.frames
    said = [(protocol.row_of(frame), protocol.custom_of(frame)) for frame in seen]
    wrote = [(seq, payload) for seq, method, payload in rows if method == "custom"]
    places = [tuple(int(part) for part in frame.id.split("-")) for frame in seen]
    found = {
        "in order and once": all(one < two for one, two in pairwise(places)),
        "what an uncut client sees": seen == list(whole),
        "every word that is in the log": [one for one in said if one[1] is not None] == wrote,
        "no row that is not in the log": {row for row, _ in said} <= {seq for seq, _, _ in rows},
    }
    if protocol is API:
        found["every row of the log"] = [row for row, _ in said] == [seq for seq, _, _ in rows]
    return [f"{protocol.name}: not {fact}" for fact, holds in found.items() if not holds]
