"""The adapter as `tools.orders` calls it, in front of the vendor's stand-in, with the vendor's books open."""

import hashlib
import io
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from PIL import Image

from state.media import MediaRef
from state.order import EngineRequest
from tests.builders import a_request
from tests.contracts.handed import Handed
from tests.standins.job_vendors import Job, JobVendors, job_vendors_here
from tests.standins.model_vendors.wire import Out, Request, Server
from tools.engines.files import Files
from tools.engines.replicate import Replicate

KEY = "call:storyboard:1A:first"


class Closed(httpx.AsyncBaseTransport):
    """Nothing of these tests lies on other hosts, so nobody may ask there."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        raise httpx.ConnectError("no other host is there", request=request)


def an_order(model: str, medium: str = "image", **changes: Any) -> EngineRequest:
    return a_request(medium, provider="replicate", model=model, **changes)  # type: ignore[arg-type]


@dataclass
class Shop:
    """`orders` and `jobs` are what the vendor has in its books."""

    vendors: JobVendors
    engine: Handed
    bare: Replicate

    @property
    def orders(self) -> list[Any]:
        """Every POST that could cost something."""
        return [one for one in self.vendors.books.posts("replicate") if one.path.endswith("/predictions")]

    @property
    def requests(self) -> list[tuple[str, str]]:
        return [(one.method, one.path) for one in self.vendors.books.requests]

    @property
    def job(self) -> Job:
        (job,) = self.vendors.books.orders("replicate")
        return job

    def meets(self, *faults: Any) -> None:
        self.vendors.replicate.faults += faults

    async def submit(self, request: EngineRequest, files: Files | None = None) -> str:
        return await self.engine.submit(request, call_key=KEY, files=files or {})


@asynccontextmanager
async def shop_here(time: Any = None, **handed: Any) -> AsyncIterator[Shop]:
    async with job_vendors_here(time) as vendors:
        engine = Replicate(vendors.replicate.url, elsewhere=Closed())
        yield Shop(vendors, Handed(engine, vendors.replicate.key, **handed), engine)
        await engine.aclose()


@dataclass
class Answers:
    """A server that answers everything with one answer, and keeps what came."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    came: list[Request] = field(default_factory=list)

    async def answer(self, request: Request, out: Out) -> None:
        self.came.append(request)
        body = self.body if isinstance(self.body, bytes) else None
        if body is not None:
            await out.reply(self.status, body, self.headers or {"content-type": "text/html"})
        else:
            await out.json(self.status, self.body, self.headers)


@asynccontextmanager
async def answering(answer: Callable[[Request, Out], Awaitable[None]]) -> AsyncIterator[Handed]:
    """The adapter in front of a server of a test's own."""
    server = Server(answer)
    await server.start()
    engine = Replicate(server.url, elsewhere=Closed())
    try:
        yield Handed(engine, "r8_test")
    finally:
        await engine.aclose()
        await server.stop()


def a_picture(folder: Path, name: str, *, noisy: bool = False) -> tuple[MediaRef, Path]:
    """A PNG in a folder; a noisy one is too large to go along inside an order."""
    size = (320, 320) if noisy else (32, 18)
    dice = random.Random(name)  # noqa: S311 - a picture of dots
    raw = dice.randbytes(size[0] * size[1] * 3) if noisy else bytes(dice.randbytes(3) * size[0] * size[1])
    kept = io.BytesIO()
    Image.frombytes("RGB", size, raw).save(kept, "PNG")
    content = kept.getvalue()
    path = folder / f"{name}.png"
    path.write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    key = f"image/u/{digest}.png"
    return MediaRef(key=key, mime="image/png", sha256=digest, size_bytes=len(content)), path


def pictures(folder: Path, *names: str, noisy: bool = False) -> tuple[list[MediaRef], dict[str, Path]]:
    made = [a_picture(folder, name, noisy=noisy) for name in names]
    return [media for media, _ in made], {media.key: path for media, path in made}
