"""The engines that the contract suite runs over. Adding one is a function and a line in `ENGINES`."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import httpx

from state.order import EngineRequest, Medium
from tests.builders import a_request
from tests.contracts.handed import Handed
from tests.fakes import FakeClock, FakeEngine, FakeProvider
from tests.standins.farm_here import PICTURES, farm_here, previz
from tests.standins.job_vendors import job_vendors_here
from tests.standins.model_vendors import model_vendors_here
from tools.engines.base import Engine, Reconcile
from tools.engines.fal import Fal
from tools.engines.google import Google
from tools.engines.openai.engine import OpenAIEngine
from tools.engines.previz.remote import RemotePreviz
from tools.engines.replicate import Replicate
from tools.web.addresses import LOOPBACK, Reach
from tools.web.transport import CheckedTransport


@dataclass(kw_only=True)
class EngineCase:
    """One engine, and what the suite must know to try it."""

    engine: Engine
    requests: list[EngineRequest]
    """One valid request per medium, small and quick."""
    posts: Callable[[], int] | None = None
    """How many submits have reached the other side; None when it cannot be counted."""
    reopen: Callable[[], Engine] | None = None
    """The same engine as another process would have it; None when its jobs live in the process."""
    proves_none: bool = True
    """Whether it can tell that a request which left never arrived, where it finds what did."""
    checks_deadline: bool = True
    """Whether it asks `check_deadline` right before sending; every engine that pays must."""
    bad_requests: list[EngineRequest] = field(default_factory=list)
    """Requests that it must refuse."""


MakeCase = Callable[[Path], AbstractAsyncContextManager[EngineCase]]


MEDIA: tuple[Medium, ...] = ("image", "video", "voice", "music")


@asynccontextmanager
async def fake(folder: Path, *, reconcile: Reconcile) -> AsyncIterator[EngineCase]:
    """The fake, with each way of finding a lost job."""
    server = FakeProvider()
    yield EngineCase(
        engine=FakeEngine(server, reconcile=reconcile),
        requests=[a_request(medium) for medium in MEDIA],
        posts=lambda: len(server.posts),
        reopen=lambda: FakeEngine(server, reconcile=reconcile),
    )


@asynccontextmanager
async def offline(folder: Path) -> AsyncIterator[EngineCase]:
    """Previz drawing here; its voices and music have suites of their own."""
    made = [previz(folder / "jobs") for _ in range(2)]
    yield EngineCase(
        engine=made[0],
        requests=[a_request(medium) for medium in sorted(PICTURES)],
        reopen=lambda: made[1],
        checks_deadline=False,
        bad_requests=[a_request("music")],
    )
    for engine in made:
        await engine.aclose()


@asynccontextmanager
async def on_a_farm(folder: Path) -> AsyncIterator[EngineCase]:
    """Previz behind HTTP."""
    async with farm_here(folder / "farm") as (farm, url):
        made = [RemotePreviz(url, media=PICTURES) for _ in range(2)]
        yield EngineCase(
            engine=made[0],
            requests=[a_request(medium) for medium in sorted(PICTURES)],
            posts=lambda: len(farm.book.lines),
            reopen=lambda: made[1],
            bad_requests=[a_request("music")],
        )
        for engine in made:
            await engine.aclose()


@asynccontextmanager
async def at_replicate(folder: Path) -> AsyncIterator[EngineCase]:
    """Replicate's adapter against the stand-in of the vendor."""
    async with job_vendors_here() as vendors, httpx.AsyncHTTPTransport() as nowhere:
        url, key = vendors.replicate.url, vendors.replicate.key
        made = [Replicate(url, elsewhere=nowhere) for _ in range(2)]
        yield EngineCase(
            engine=Handed(made[0], key),
            requests=[
                a_request("image", provider="replicate", model="flux-schnell"),
                a_request("video", provider="replicate", model="veo-3.1-fast"),
                a_request("music", provider="replicate", model="musicgen"),
            ],
            posts=lambda: len(vendors.books.posts("replicate")),
            reopen=lambda: Handed(made[1], key),
            bad_requests=[
                a_request("voice", provider="replicate", model="flux-schnell"),
                a_request("video", provider="replicate", model="veo-3.1", duration_s=9),
                a_request("image", provider="replicate", model="no-such-model"),
            ],
        )
        for engine in made:
            await engine.aclose()


@asynccontextmanager
async def at_fal(folder: Path) -> AsyncIterator[EngineCase]:
    """Fal, whose pauses take no time."""
    clock = FakeClock()
    async with job_vendors_here() as vendors:
        made = [Fal(vendors.fal.url, elsewhere=httpx.AsyncHTTPTransport(), clock=clock) for _ in range(2)]
        handed = [Handed(one, vendors.fal.key, pause=clock.sleep) for one in made]
        asked: dict[Medium, str] = {"image": "fal-flux-schnell", "video": "kling-2.5-turbo"}
        yield EngineCase(
            engine=handed[0],
            requests=[a_request(medium, provider="fal", model=model) for medium, model in asked.items()],
            posts=lambda: sum(one.path.startswith("/fal-ai/") for one in vendors.books.posts("fal")),
            reopen=lambda: handed[1],
            proves_none=False,
            bad_requests=[
                a_request("music"),
                a_request("image", provider="fal", model="kling-2.5-turbo"),
                a_request("image", provider="fal", model="flux-dev-img2img"),
                a_request("video", provider="fal", model="luma-ray-2", duration_s=10.0),
            ],
        )
        for engine in made:
            await engine.aclose()


@asynccontextmanager
async def at_google(folder: Path) -> AsyncIterator[EngineCase]:
    """Google's pictures, clips and voices."""
    orders = [
        a_request("image", provider="google", model="google-nano-banana"),
        a_request("video", provider="google", model="google-veo-3.1"),
        a_request("voice", provider="google", model="gemini-tts", voice_id="Kore"),
    ]
    async with model_vendors_here() as vendors:
        elsewhere = CheckedTransport(Reach(LOOPBACK))
        made = [Google(vendors.google.url, spool=folder / "spool", elsewhere=elsewhere) for _ in range(2)]
        handed = [Handed(engine, vendors.google.key) for engine in made]
        yield EngineCase(
            engine=handed[0],
            requests=orders,
            posts=lambda: vendors.books.posted,
            reopen=lambda: handed[1],
            bad_requests=[
                a_request("music", provider="google"),
                orders[0].model_copy(update={"parameters": {"resolution": "4K"}}),
                orders[1].model_copy(update={"parameters": {"aspect_ratio": "1:1"}}),
                orders[2].model_copy(update={"voice_id": "nobody"}),
            ],
        )
        for engine in made:
            await engine.aclose()


@asynccontextmanager
async def at_openai(folder: Path) -> AsyncIterator[EngineCase]:
    """OpenAI's pictures and voices."""
    async with model_vendors_here() as vendors:
        made = [OpenAIEngine(f"{vendors.openai.url}/v1", spool=folder / "spool") for _ in range(2)]
        panel = a_request("image", provider="openai", model="gpt-image-1-mini")
        line = a_request("voice", provider="openai", model="gpt-4o-mini-tts", voice_id="coral")
        yield EngineCase(
            engine=Handed(made[0], vendors.openai.key),
            requests=[panel, line],
            posts=lambda: vendors.books.posted,
            reopen=lambda: Handed(made[1], vendors.openai.key),
            bad_requests=[
                a_request("music", provider="openai", model="orchestra"),
                panel.model_copy(update={"parameters": {"aspect_ratio": "16:9"}}),
                line.model_copy(update={"voice_id": "ana"}),
            ],
        )
        for engine in made:
            await engine.aclose()


ENGINES: dict[str, MakeCase] = {
    "fake-blind": partial(fake, reconcile="blind"),
    "fake-findable": partial(fake, reconcile="findable"),
    "fake-idempotent": partial(fake, reconcile="idempotent_submit"),
    "fal": at_fal,
    "google": at_google,
    "openai": at_openai,
    "previz": offline,
    "previz-farm": on_a_farm,
    "replicate": at_replicate,
}
