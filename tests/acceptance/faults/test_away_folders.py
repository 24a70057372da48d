"""The media lie on another machine, whose folder does not answer for a while: nothing fails, all goes on."""

import asyncio
from typing import Any

import pytest

from server.runs.stuck import listed
from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import Deck
from tests.acceptance.faults.test_full_disks import QUICK
from tests.dead_mounts import dead_mount
from tests.integration.machines.conftest import PATIENCE_S, Machines
from tools.db.pool import Database

SHOTS = 2


async def waits(database: Database, *, times: int) -> dict[str, Any]:
    """What `greenlight stuck` lists when the production was postponed so often; nobody is told."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            rows, _ = await listed(database)
            if rows and rows[0]["postponed"] >= times:
                return dict(rows[0])
            await asyncio.sleep(0.05)


async def test_a_media_folder_that_is_away_is_waited_for(machines: Machines):
    """What was bought stays at its provider; it is fetched when the folder answers, and not bought again."""
    media = machines.folder / "media"
    machines.start("near", **QUICK)
    assert await machines.ended(await machines.shop(1)) == "completed", "it has begun to work"
    before = machines.posts().total()
    with dead_mount(media):
        production_id = await machines.shop(SHOTS)
        row = await waits(machines.database, times=2)
        assert (row["production_id"], row["state"]) == (production_id, "postponed")
        assert (row["trouble"]["code"], row["trouble"]["retryable"]) == ("store_unreachable", True)
        assert str(media) in row["trouble"]["message"], "it names the place"
        assert row["attempts"] <= 1, "no failed attempt"
        assert machines.posts().total() == before + 1, "the first shot was bought, and nothing else"
    assert await machines.ended(production_id) == "completed"
    assert set(machines.posts().values()) == {1}
    assert machines.posts().total() == before + SHOTS


@pytest.mark.soak
@pytest.mark.parametrize("guard_off", ["", "waiting"])
async def test_a_cut_at_the_folder_fails_a_run_only_without_the_guard(day: DaySet, guard_off: str):
    """The control: with nothing waited for, a run fails, and the set counts whom visitors resumed."""
    day.crew.guard_off = guard_off
    day.crew.seat("m0", "work", deck=Deck(["before_link:1=cut"]))
    day.crew.seat("door", "serve", "--no-work")
    await day.days(until=lambda: len(day.incidents()) >= 1, at_once=2)
    assert day.failed == ({"store_unreachable": 1} if guard_off else {})
    assert [one for one in day.findings() if one.startswith("failed and resumed")] == (
        ["failed and resumed: 1 runs of store_unreachable"] if guard_off else []
    )
