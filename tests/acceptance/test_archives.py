"""Every archive that is exported imports into an empty server and can be replayed there."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from server.archives.send import archive_of
from server.archives.take_in import Imported, take_in
from server.composition import Parts
from tests.acceptance.studio_lot import USER, Walk, begin, house
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


async def export(parts: Parts, production_id: str) -> bytes:
    archive = await archive_of(parts.house, production_id, user_id=USER)
    return b"".join([chunk async for chunk in archive.chunks()])


async def bring(parts: Parts, packed: bytes, **how: Any) -> Imported:
    return await take_in(parts.house, io.BytesIO(packed), user_id=USER, **how)


def members(packed: bytes) -> dict[str, bytes]:
    """What is in an archive, but when it was made."""
    with zipfile.ZipFile(io.BytesIO(packed)) as opened:
        found = {name: opened.read(name) for name in opened.namelist()}
    manifest = json.loads(found.pop("manifest.json"))
    manifest.pop("created_at")
    return {**found, "manifest.json": json.dumps(manifest).encode()}


async def test_a_finished_episode_is_the_same_elsewhere(parts: Parts, empty_server: Opener):
    walk = await begin(parts, review="auto")
    there = await walk.to_end()
    packed = await export(parts, walk.production_id)
    async with empty_server() as elsewhere:
        imported = await bring(elsewhere, packed)
        assert imported.production_id == walk.production_id
        here = await Walk(elsewhere, walk.production_id).state()
        assert (here.status, here.values, here.runs) == (there.status, there.values, there.runs)
        assert members(await export(elsewhere, walk.production_id)) == members(packed)
        master = await elsewhere.house.store.get(here.values["deliverables"]["master.mp4"]["key"])
        assert (await probe(master)).video_codec == "h264"
