"""What was drawn, spoken or played once is handed out again: most walks order the same film.

The very same request, with the same files, makes the same bytes: `contracts/test_engine.py` and
`integration/previz_sound` say so, and the kills compare takes of several processes. So a house of a
walk makes each of them once per run of the tests, in one drawing process; the farms of `faults` and
whatever is started as a process of its own make everything anew.
"""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from state.order import EngineRequest, Medium
from tests.standins.farm_here import shared_pool
from tools import registry
from tools.engines.base import Fetched
from tools.engines.previz.renderers import Renderer, renderers_for
from tools.engines.previz.workers import RenderPool

MADE: dict[str, tuple[Fetched, bytes]] = {}


@contextmanager
def remembering() -> Iterator[None]:
    """Engines that are opened meanwhile remember together."""
    with patch.object(registry, "renderers_for", _renderers):
        yield


def _renderers(_: RenderPool, *, models: Path) -> Mapping[Medium, Renderer]:
    made = renderers_for(shared_pool(), models=models)
    return {medium: partial(_once, make) for medium, make in made.items()}


async def _once(make: Renderer, request: EngineRequest, into: Path) -> Fetched:
    key = await asyncio.to_thread(_key, request, into)
    if key not in MADE:
        fetched = await make(request, into)
        MADE[key] = fetched, await asyncio.to_thread(fetched.path.read_bytes)
        return fetched
    fetched, content = MADE[key]
    file = into / fetched.path.name
    await asyncio.to_thread(file.write_bytes, content)
    return replace(fetched, path=file)


def _key(request: EngineRequest, into: Path) -> str:
    """Everything that the renderer sees."""
    digest = hashlib.sha256(f"{request.medium} {request.model_dump_json()}".encode())
    for file in sorted(one for one in into.rglob("*") if one.is_file()):
        digest.update(f"\0{file.relative_to(into)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
