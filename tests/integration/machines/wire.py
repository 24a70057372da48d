"""Two machines with a cable between them: a network namespace, a veth pair, and a carrier to the database."""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

import pytest

# A network of its own for each session of tests on this machine.
NET = f"10.{200 + os.getpid() // 250 % 50}.{os.getpid() % 250}"
HERE, THERE, LENGTH = f"{NET}.1", f"{NET}.2", 30


def ip(*words: str) -> None:
    """Run `ip`, as root."""
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


@cache
def why_not() -> str:
    """Why this machine cannot have network namespaces; empty when it can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    name = f"gl-try-{os.getpid()}"
    try:
        ip("netns", "add", name)
        ip("netns", "del", name)
    except (OSError, subprocess.CalledProcessError) as exc:
        return f"no network namespaces here: {getattr(exc, 'stderr', '') or exc}"
    return ""


@dataclass
class Wire:
    """The cable; `namespace` is the machine at its other end."""

    namespace: str
    plug: str
    url: str
    """The database's address for the other machine."""

    def cut(self) -> None:
        """Nothing passes, and nobody is told."""
        ip("link", "set", self.plug, "down")

    def mend(self) -> None:
        ip("link", "set", self.plug, "up")


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """Another machine that reaches the database at `url` by a cable."""
    if why := why_not():
        pytest.skip(why)
    name, plug, far = f"gl-{os.getpid()}", f"gla{os.getpid()}"[:15], f"glb{os.getpid()}"[:15]
    ip("netns", "add", name)
    try:
        ip("link", "add", plug, "type", "veth", "peer", "name", far, "netns", name)
        ip("addr", "add", f"{HERE}/{LENGTH}", "dev", plug)
        ip("link", "set", plug, "up")
        for words in (("addr", "add", f"{THERE}/{LENGTH}", "dev", far), ("link", "set", far, "up")):
            ip("-n", name, *words)
        ip("-n", name, "link", "set", "lo", "up")
        parts = urlsplit(url)
        async with carrier(HERE, parts.port or 5432) as port:
            there = url.replace(f"{parts.hostname}:{parts.port}", f"{HERE}:{port}")
            yield Wire(name, plug, there)
    finally:
        ip("netns", "del", name)


@asynccontextmanager
async def carrier(host: str, target: int) -> AsyncIterator[int]:
    """Carry bytes between this address and a port of this machine; the port it listens on."""
    at_work: set[asyncio.Task[None]] = set()

    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        at_work.add(task)
        inner_reader, inner_writer = await asyncio.open_connection("127.0.0.1", target)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pump(reader, inner_writer))
                both.create_task(_pump(inner_reader, writer))
        finally:
            at_work.discard(task)

    server = await asyncio.start_server(carry, host, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in list(at_work):
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # one side has gone: the other one is told by the close
    finally:
        writer.close()
