"""Somebody's system that webhooks are sent to: it keeps what comes and answers as it is told."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

OK = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n"


@dataclass(frozen=True)
class Received:
    """One message as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def payload(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.body)
        return read

    def is_signed_with(self, secret: str) -> bool:
        """As the specification says, written down again here and not taken from the sender."""
        key = base64.b64decode(secret.removeprefix("whsec_"))
        signed = b".".join([self.id.encode(), self.headers["webhook-timestamp"].encode(), self.body])
        wanted = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
        found = [part.partition(",")[2] for part in self.headers["webhook-signature"].split(" ")]
        return any(hmac.compare_digest(wanted, one) for one in found)


@dataclass
class Receiver:
    """Answers from `answers` one after the other, then always `OK`."""

    messages: list[Received] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    on_message: Callable[[Received], None] | None = None
    """Called before the answer leaves."""
    hold: asyncio.Event | None = None
    """While set to an event that is not set, nobody is answered."""
    port: int = 0
    arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    @property
    def types(self) -> list[str]:
        return [message.payload["type"] for message in self.messages]

    async def until(self, count: int) -> None:
        """Wait until so many messages have come."""
        async with asyncio.timeout(20), self.arrived:
            await self.arrived.wait_for(lambda: len(self.messages) >= count)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            message = await _read(reader)
            self.messages.append(message)
            if self.on_message is not None:
                self.on_message(message)
            async with self.arrived:
                self.arrived.notify_all()
            if self.hold is not None:
                await self.hold.wait()
            writer.write(self.answers.pop(0) if self.answers else OK)
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return  # the sender died
        finally:
            writer.close()


@asynccontextmanager
async def receiver_here() -> AsyncIterator[Receiver]:
    """A receiver on a port of this machine."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        if receiver.hold is not None:
            receiver.hold.set()
        server.close()
        await server.wait_closed()


def answer(status: str, *headers: str, body: str = "") -> bytes:
    """An answer, such as `answer("503 Busy", "retry-after: 60")`."""
    data = body.encode()
    lines = [f"HTTP/1.1 {status}", f"content-length: {len(data)}", "connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


async def _read(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    first, *lines = head.rstrip().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(first.split(" ")[1], headers, body)
