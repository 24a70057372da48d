"""Fal's adapter at its stand-in: what a test orders, and what it looks at afterwards."""

import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from state.errors import AddressRefused, ProviderError
from state.media import MediaRef
from state.order import ImageRequest, VideoRequest
from tests import media_files
from tests.builders import a_video_request, an_image_request
from tests.contracts.handed import Handed
from tests.fakes import FakeClock
from tests.standins.job_vendors import Job, JobVendors, job_vendors_here
from tools.engines.fal import Fal

CANARY = "0f1e2d3c-1111-2222-3333-444455556666:0123456789abcdef0123456789abcdef"
"""A key as fal gives them out; it is good."""
KEY = "call:storyboard:1A:first"
FROM_FRAME = "fal-ai/kling-video/v2.5-turbo/pro/image-to-video"


class Nowhere(httpx.AsyncBaseTransport):
    """As the transport that checks addresses, of which none may be asked."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise AddressRefused(f"{request.url.host} lies inside")


class Time(FakeClock):
    """Pauses take none; something may happen in one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.then: dict[int, Callable[[], Any]] = {}
        """What happens in the pause of this number."""

    async def sleep(self, seconds: float) -> None:
        await super().sleep(seconds)
        self.then.pop(len(self.slept), lambda: None)()


@dataclass
class Set:
    """One adapter, its vendor, and the pictures that lie on this machine."""

    vendors: JobVendors
    engine: Handed
    time: Time
    folder: Path
    files: dict[str, Path]

    async def order(self, request: ImageRequest | VideoRequest) -> str:
        return await self.engine.submit(request, call_key=KEY, files=self.files)

    async def bought(self, request: ImageRequest | VideoRequest) -> Job:
        """The job of an order, as it stands in the vendor's books."""
        name = await self.order(request)
        return self.vendors.books.jobs[name.rpartition("/")[2]]

    async def refused(self, request: ImageRequest | VideoRequest) -> ProviderError:
        """What an order ends in that must not work."""
        with pytest.raises(ProviderError) as caught:
            await self.order(request)
        return caught.value

    def posts(self) -> list[str]:
        """The endpoints that were ordered from, once for each POST; uploads are none."""
        asked = [one.path.removeprefix("/") for one in self.vendors.books.posts("fal")]
        return [path for path in asked if path.startswith("fal-ai/")]

    def asked(self, path: str) -> int:
        """How often something at the vendor was asked for."""
        return sum(one.path.startswith(path) for one in self.vendors.books.requests)

    def picture(self, colour: bytes = b"\xc8\x50\x28") -> MediaRef:
        """A picture in our store."""
        content = media_files.solid(colour, size=(64, 36))
        digest = hashlib.sha256(content).hexdigest()
        media = MediaRef(
            key=f"image/ana/{digest}.png", mime="image/png", sha256=digest, size_bytes=len(content)
        )
        self.files[media.key] = self.folder / f"{digest}.png"
        self.files[media.key].write_bytes(content)
        return media


@asynccontextmanager
async def fal_set(folder: Path, **named: Any) -> AsyncIterator[Set]:
    time = Time()
    async with job_vendors_here() as vendors:
        vendors.fal.keys.add(CANARY)
        engine = Fal(vendors.fal.url, elsewhere=Nowhere(), clock=time)
        yield Set(vendors, Handed(engine, CANARY, pause=time.sleep, **named), time, folder, {})
        await engine.aclose()


def a_panel(model: str = "fal-flux-schnell", **changes: Any) -> ImageRequest:
    return an_image_request(provider="fal", model=model, width=1280, height=720, **changes)


def a_clip(model: str = "kling-2.5-turbo", **changes: Any) -> VideoRequest:
    return a_video_request(
        provider="fal", model=model, width=1280, height=720, **{"duration_s": 5.0, **changes}
    )
