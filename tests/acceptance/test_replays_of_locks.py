"""A replay goes by what was locked in each run, not by what is locked now."""

import pytest

from server.branches.replay import replay
from server.cli.replay import ended
from server.composition import Parts
from tests.acceptance.studio_lot import USER, begin
from tests.acceptance.test_locked_shots import WHOLE, count, locks

pytestmark = pytest.mark.nightly


@pytest.fixture
def cuts_anew() -> bool:
    """Replays compare files: nothing of them may be handed out."""
    return True


async def test_a_lock_between_two_runs_is_replayed_between_them(parts: Parts) -> None:
    walk = await begin(parts)
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()
    await walk.to_gate("review_scene")
    await walk.answer(**WHOLE)
    await walk.to_gate("review_scene")
    await locks(walk, "1A")
    await walk.answer(**WHOLE)
    await walk.to_gate("review_scene")
    assert await count(walk) == {"1A": 2, "1B": 3, "1C": 3}
    await locks(walk, "1C")
    await walk.answer()
    await walk.to_end()
    started = await replay(parts.house, walk.production_id, user_id=USER)
    report = await ended(parts, started.production_id)
    assert report.identical, report.differences
