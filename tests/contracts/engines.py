"""The engines that the contract suite runs over. Adding one is a function and a line in `ENGINES`."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from state.order import EngineRequest, Medium
from tests.builders import a_request
from tests.contracts.handed import Handed
from tests.fakes import FakeEngine, FakeProvider
from tests.standins.farm_here import PICTURES, farm_here, previz
from tests.standins.model_vendors import model_vendors_here
from tools.engines.base import Engine, Reconcile
from tools.engines.openai.engine import OpenAIEngine
from tools.engines.previz.remote import RemotePreviz


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
    "fake-findable": partial(fake, reconcile="findable"),
    "fake-idempotent": partial(fake, reconcile="idempotent_submit"),
    "fake-blind": partial(fake, reconcile="blind"),
    "openai": at_openai,
    "previz": offline,
    "previz-farm": on_a_farm,
}
