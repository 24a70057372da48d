"""The previz farm inside the test's own process; and one drawing process for all tests."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import lru_cache
from pathlib import Path

import uvicorn

from state.order import Medium
from tests.standins.previz_farm import Farm
from tools.engines.previz.engine import Previz
from tools.engines.previz.renderers import Renderer, renderers_for
from tools.engines.previz.workers import RenderPool

PICTURES: frozenset[Medium] = frozenset({"image", "video"})


@lru_cache(maxsize=1)
def shared_pool() -> RenderPool:
    """One drawing process for the whole suite: starting one takes longer than most tests."""
    return RenderPool(1)


def pictures(_: RenderPool) -> Mapping[Medium, Renderer]:
    return {medium: made for medium, made in renderers_for(shared_pool()).items() if medium in PICTURES}


def previz(folder: Path) -> Previz:
    """The engine with its pictures only, drawing in the shared process."""
    return Previz(folder, renderers=pictures)


@asynccontextmanager
async def farm_here(folder: Path, engine: Previz | None = None) -> AsyncIterator[tuple[Farm, str]]:
    """A farm and its address."""
    farm = Farm(folder, engine=engine or previz(folder / "jobs"))
    server = uvicorn.Server(uvicorn.Config(farm.app(), host="127.0.0.1", port=0, log_level="critical"))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.005)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield farm, f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving
