"""Real productions in every state are tidied, and what is left goes on as if nothing had been."""

import hashlib
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest

from server.branches.replay import replay
from server.records.productions import read_costs
from server.records.project import catch_up
from server.upkeep.rules import Rules
from server.upkeep.tidy import look, tidy
from state.errors import RunNotFound
from tests.acceptance.studio_lot import USER
from tests.corpus.make import GATES
from tests.corpus.place import Kept, brought_back, opened, to_its_end, versions
from tools.clock import SystemClock
from tools.settings import Settings

ENDED = "update runs set ended_at = now() - interval '90 days' where ended_at is not null"
RESTED = """
update productions set created_at = now() - interval '90 days', state_updated_at = now() - interval '90 days'
"""
HELD = "update productions set lease_until = now() + interval '1 day' where status in ('queued', 'running')"
LONG_AGO = 1_700_000_000
EVERYTHING = Rules(productions=30, deleted=30, media=True, series=True, grace_hours=1)
NAMED = "select media ->> 'key' as key from orders where media is not null"


def digests(media: Path) -> dict[str, str]:
    """Every file of the store by its key."""
    return {
        path.relative_to(media).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in media.glob("*/*/*")
    }


async def aged(kept: Kept, settings: Settings) -> None:
    """As if all of it had been left three months ago, and nobody were reading its log now."""
    for production_id in next(iter(kept.cases.values())).values():
        await catch_up(kept.parts.house.database, production_id)
    for statement in (ENDED, RESTED):
        await kept.parts.house.database.execute(statement)
    for path in (settings.data_dir / "media").glob("*/*/*"):
        os.utime(path, (LONG_AGO, LONG_AGO))


@asynccontextmanager
async def rested(version: Path, url: str, folder: Path) -> AsyncIterator[Settings]:
    """The place of that version; what crashed there stays with the worker that died."""
    async with brought_back(version, url, folder) as settings:
        with psycopg.connect(url) as connection:
            connection.execute(HELD)
        yield settings


@pytest.mark.parametrize("version", versions()[-1:], ids=lambda folder: folder.name)
async def test_what_is_left_goes_on_as_before(version: Path, bare_url: str, tmp_path: Path):
    """The finished film goes only when its branch has: that adopts what it paid for. What waits stays."""
    async with rested(version, bare_url, tmp_path) as settings, opened(version, settings) as kept:
        house, clock, cases = kept.parts.house, SystemClock(), next(iter(kept.cases.values()))
        before = digests(settings.data_dir / "media")
        await aged(kept, settings)
        report = await tidy(house.database, house.store, EVERYTHING, clock=clock, asked_by="command")
        assert report.count("productions") == 0, "each of them is needed, waits, or is held"
        left = digests(settings.data_dir / "media")
        assert all(left[key] == before[key] for key in left.keys() & before.keys()), "byte for byte"
        rows = await house.database.fetch_all(NAMED)
        assert {row["key"] for row in rows} <= left.keys()

        assert await to_its_end(kept.walk(cases["fork"])) == []
        assert kept.bought_again() == {}
        await kept.walk(cases["finished"]).to_end()

        await aged(kept, settings)
        dry = await look(house.database, house.store, EVERYTHING, clock=clock)
        report = await tidy(house.database, house.store, EVERYTHING, clock=clock, asked_by="command")
        assert report.count("productions") == dry.count("productions") == 2
        assert report.count("media files") == dry.count("media files") > 10
        for ended in ("finished", "fork"):
            with pytest.raises(RunNotFound):
                await kept.walk(cases[ended]).state()
            with pytest.raises(RunNotFound):
                await replay(house, cases[ended], user_id=USER)
            assert (await read_costs(house.database, cases[ended], user_id=USER))[0]["billed"] == 0
        for gate in GATES:  # what waited all the time has lost nothing
            await kept.walk(cases[gate]).to_gate(gate)
        rows = await house.database.fetch_all(NAMED)
        assert {row["key"] for row in rows} <= digests(settings.data_dir / "media").keys()
