"""The engines that the contract suite runs over. Adding one is a function and a line in `ENGINES`."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from state.order import EngineRequest, Medium
from tests.builders import a_request
from tests.fakes import FakeEngine, FakeProvider
from tools.engines.base import Engine, Reconcile


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


ENGINES: dict[str, MakeCase] = {
    "fake-findable": partial(fake, reconcile="findable"),
    "fake-idempotent": partial(fake, reconcile="idempotent_submit"),
    "fake-blind": partial(fake, reconcile="blind"),
}
