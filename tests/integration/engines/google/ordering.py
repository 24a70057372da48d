"""How these tests order from Google, and read what reached its stand-in."""

import base64
import hashlib
import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from state.media import MediaRef
from state.order import EngineRequest, Medium
from tests.builders import a_request
from tests.contracts.handed import Handed
from tests.standins.cassette_player import Exchange, Player
from tests.standins.model_vendors import Vendors
from tests.standins.model_vendors.wire import JSON
from tools.clock import Clock
from tools.engines.base import Fetched, JobStatus
from tools.engines.calling import Pause
from tools.engines.google import Google
from tools.web.addresses import LOOPBACK, Reach
from tools.web.transport import CheckedTransport

VEO, FAST, OLD = "google-veo-3.1", "google-veo-3.1-fast", "google-veo-2"
NANO, PRO, TTS = "google-nano-banana", "google-nano-banana-pro", "gemini-tts"
KEY = "p:stage:item:first"
JOB = "models/veo-3.1-generate-preview/operations/a1b2c3"
MADE_BY: dict[Medium, str] = {"image": NANO, "video": VEO, "voice": TTS}


async def at_once(_: float) -> None:
    """Nobody waits between two looks."""


@dataclass
class Shop:
    """An engine, the vendor behind it, and where it keeps its answers."""

    vendors: Vendors
    engine: Google
    spool: Path
    clock: Clock | None = None

    def as_called(self, key: str = "", *, webhook_url: str = "", pause: Pause = at_once) -> Handed:
        """The engine as it is called, with the good key unless another one is named."""
        good = self.vendors.google.key
        return Handed(self.engine, key or good, webhook_url=webhook_url, pause=pause)

    def another(self, spool: Path | None = None) -> Google:
        """The same engine in another process, on this machine or on one with a spool of its own."""
        return an_engine(self.vendors.google.url, spool or self.spool, self.clock)

    async def ends(self, request: EngineRequest, **files: Any) -> JobStatus:
        """How an order ends."""
        engine = self.as_called()
        return await engine.wait(await engine.submit(request, call_key=KEY, **files))

    async def gets(self, request: EngineRequest, into: Path, **files: Any) -> Fetched:
        """What an order brings."""
        engine = self.as_called()
        name = await engine.submit(request, call_key=KEY, **files)
        assert (await engine.wait(name)).state == "succeeded"
        return await engine.fetch(name, into)

    @property
    def sent(self) -> dict[str, Any]:
        """The body of the latest order; a picture in it as its digest."""
        body: dict[str, Any] = self.vendors.books.posts("google")[-1].body
        return body

    @property
    def job(self) -> dict[str, Any]:
        """What the vendor understood of the latest order."""
        order: dict[str, Any] = list(self.vendors.books.jobs.values())[-1]["order"]
        return order

    @property
    def posted(self) -> int:
        """How many orders have reached the vendor."""
        return self.vendors.books.posted


def an_engine(url: str, spool: Path, clock: Clock | None = None, *, elsewhere: Any = None) -> Google:
    reach = elsewhere or CheckedTransport(Reach(LOOPBACK))
    return Google(url, spool=spool, elsewhere=reach, clock=clock)


def asked(medium: Medium, **changes: Any) -> EngineRequest:
    """An order of a medium of Google's."""
    usual: dict[str, Any] = {"provider": "google", "model": MADE_BY[medium]}
    usual |= {"voice_id": "Kore"} if medium == "voice" else {}
    return a_request(medium, **{**usual, **changes})


def a_picture(folder: Path, number: int = 0, **changes: Any) -> tuple[MediaRef, Path]:
    """A stored picture of its own colour."""
    out = io.BytesIO()
    Image.new("RGB", (64, 36), (number * 9 % 256, 80, 40)).save(out, "PNG")
    content = out.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    path = folder / f"{digest}.png"
    path.write_bytes(content)
    about = {
        "key": f"image/local/{digest}.png",
        "mime": "image/png",
        "sha256": digest,
        "size_bytes": len(content),
    }
    return MediaRef(**{**about, **changes}), path


def pictures(folder: Path, count: int) -> tuple[list[MediaRef], dict[str, Path]]:
    """Several, and where they lie."""
    made = [a_picture(folder, number) for number in range(count)]
    return [one for one, _ in made], {one.key: path for one, path in made}


def in_base64(path: Path) -> str:
    return base64.b64encode(path.read_bytes()).decode()


@asynccontextmanager
async def telling(
    method: str, path: str, body: Any, status: int = 200, headers: dict[str, str] | None = None
) -> AsyncIterator[Player]:
    """A server with one answer, for what no stand-in says."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    player = Player([Exchange(method, path, "", "", status, {**JSON, **(headers or {})}, content)])
    await player.server.start()
    try:
        yield player
    finally:
        await player.server.stop()
