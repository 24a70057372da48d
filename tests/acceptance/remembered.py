"""What was drawn, spoken or played once is handed out again: most walks order the same film.

The very same request, with the same files, makes the same bytes: `contracts/test_engine.py` and
`integration/previz_sound` say so, and the kills compare takes of several processes. So the houses of
walks make each of them once per run of the tests, whichever of its workers comes first; the farms of
`faults` and whatever is started as a process of its own make everything anew.
"""

import asyncio
import fcntl
import hashlib
import json
import shutil
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from unittest.mock import patch

from state.order import EngineRequest, Medium
from tests.standins.farm_here import shared_pool
from tools import registry
from tools.engines.base import Fetched
from tools.engines.previz.renderers import Renderer, renderers_for
from tools.engines.previz.workers import RenderPool

WAITING = ThreadPoolExecutor(64, "one-at-a-time")
"""Threads of their own: one that waits for another worker never keeps this one's work from going on."""


@contextmanager
def remembering(shelf: Path) -> Iterator[None]:
    """Engines that are opened meanwhile, here or in another process, remember together on this shelf."""

    def renderers(_: RenderPool, *, models: Path) -> Mapping[Medium, Renderer]:
        made = renderers_for(shared_pool(), models=models)
        return {medium: partial(_once, shelf, make) for medium, make in made.items()}

    with patch.object(registry, "renderers_for", renderers):
        yield


async def _once(shelf: Path, make: Renderer, request: EngineRequest, into: Path) -> Fetched:
    kept = shelf / await asyncio.to_thread(_key, request, into)
    async with one_at_a_time(kept.with_suffix(".lock")):
        if not kept.exists():
            fetched = await make(request, into)
            await asyncio.to_thread(_keep, fetched, kept)
            return fetched
    return await asyncio.to_thread(_copy, kept, into)


@asynccontextmanager
async def one_at_a_time(path: Path) -> AsyncIterator[None]:
    with path.open("w") as lock:
        await asyncio.get_running_loop().run_in_executor(WAITING, fcntl.flock, lock, fcntl.LOCK_EX)
        yield


def _keep(fetched: Fetched, kept: Path) -> None:
    half = kept.with_suffix(".half")
    half.mkdir()
    shutil.copyfile(fetched.path, half / "file")
    told = {"name": fetched.path.name, "extra": fetched.extra, "seed": fetched.seed}
    (half / "told.json").write_text(json.dumps(told), "utf-8")
    half.rename(kept)


def _copy(kept: Path, into: Path) -> Fetched:
    told = json.loads((kept / "told.json").read_text("utf-8"))
    path = into / told["name"]
    shutil.copyfile(kept / "file", path)
    return Fetched(path=path, extra=told["extra"], seed=told["seed"])


def _key(request: EngineRequest, into: Path) -> str:
    """Everything that the renderer sees."""
    digest = hashlib.sha256(f"{request.medium} {request.model_dump_json()}".encode())
    for file in sorted(one for one in into.rglob("*") if one.is_file()):
        digest.update(f"\0{file.relative_to(into)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
