"""Every archive that is exported imports into an empty server and can be replayed there."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import psycopg
import pytest

from server.composition import Parts
from tests.acceptance.studio_lot import Walk, begin, house
from tests.archives import bring, members, packed
from tests.conftest import fresh_database
from tools.ffmpeg.probe import probe


@pytest.fixture
def other_database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


Opener = Callable[[], AbstractAsyncContextManager[Parts]]


@pytest.fixture
def empty_server(other_database_url: str, tmp_path: Path, voice_models: Path) -> Opener:
    """Another database, another data folder. A process has one toolbox: open it when the first one rests."""
    return lambda: house(other_database_url, tmp_path / "elsewhere", voice_models)


async def test_a_finished_episode_is_the_same_elsewhere(parts: Parts, empty_server: Opener):
    walk = await begin(parts, review="auto")
    there = await walk.to_end()
    archive = await packed(parts.house, walk.production_id)
    async with empty_server() as elsewhere:
        imported = await bring(elsewhere.house, archive)
        assert imported.production_id == walk.production_id
        here = await Walk(elsewhere, walk.production_id).state()
        assert (here.status, here.values, here.runs) == (there.status, there.values, there.runs)
        assert members(await packed(elsewhere.house, walk.production_id)) == members(archive)
        master = await elsewhere.house.store.get(here.values["deliverables"]["master.mp4"]["key"])
        assert (await probe(master)).video_codec == "h264"
