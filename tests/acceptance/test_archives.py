"""Every archive that is exported imports into an empty server and can be replayed there."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import psycopg
import pytest

from server.branches.replay import replay
from server.branches.report import replay_report
from server.composition import Parts
from tests.acceptance.studio_lot import USER, Walk, begin, house
from tests.acceptance.test_second_episode import following
from tests.archives import bring, members, packed
from tests.conftest import fresh_database
from tools.ffmpeg.probe import probe


@pytest.fixture
def cuts_anew() -> bool:
    """A replay elsewhere has to come to the same master by itself."""
    return True


@pytest.fixture
def other_database_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


Opener = Callable[[], AbstractAsyncContextManager[Parts]]


@pytest.fixture
def empty_server(other_database_url: str, tmp_path: Path, voice_models: Path) -> Opener:
    """Another database, another data folder. A process has one toolbox: open it when the first one rests."""
    folder = tmp_path / "elsewhere"
    return lambda: house(other_database_url, folder, voice_models, remembers=True, cuts_anew=True)


GATES = ("approve_budget", "review_storyboard", "review_scene")


async def walked(parts: Parts) -> tuple[Walk, dict[str, bytes]]:
    """The micro-episode from gate to gate, an archive of each, and of its end."""
    walk, archives = await begin(parts), {}
    for gate in GATES:
        await walk.to_gate(gate)
        archives[gate] = await packed(parts.house, walk.production_id)
        await walk.answer()
    await walk.to_end()
    return walk, {**archives, "completed": await packed(parts.house, walk.production_id)}


async def test_an_episode_stands_waits_and_replays_elsewhere(parts: Parts, empty_server: Opener):
    walk, archives = await walked(parts)
    home = await walk.state()
    second = await begin(parts, **(await following(parts, walk.production_id)).brief)
    await second.to_gate("approve_budget")
    series = await packed(parts.house, second.production_id)
    async with empty_server() as elsewhere:
        assert (await bring(elsewhere.house, series)).status == "paused"
        assert (await bring(elsewhere.house, archives["completed"])).production_id == walk.production_id
        # Its worker gives it back a moment after its end: `updated_at` is later then than in the archive.
        here = {"updated_at": home.updated_at}
        assert vars(await Walk(elsewhere, walk.production_id).state()) | here == vars(home)
        again = await packed(elsewhere.house, walk.production_id)
        assert members(again) == members(archives["completed"])
        master = await elsewhere.house.store.get(home.values["deliverables"]["master.mp4"]["key"])
        assert (await probe(master)).video_codec == "h264"
        await replays(elsewhere, walk.production_id)
        for gate in GATES:
            await waits(elsewhere, archives[gate], gate)


async def replays(elsewhere: Parts, production_id: str) -> None:
    """From what came with it alone: nothing bought, every file the same."""
    started = await replay(elsewhere.house, production_id, user_id=USER)
    again = Walk(elsewhere, started.production_id)
    while any(run["status"] in ("queued", "running", "waiting") for run in (await again.state()).runs):
        await again._rest()
    found = await replay_report(elsewhere.house, started.production_id, user_id=USER)
    assert found.finished
    assert (found.ledger_rows, found.differences) == (0, [])
    assert found.calls > 10
    assert found.files > 10


async def waits(elsewhere: Parts, archive: bytes, gate: str) -> None:
    """A copy that stands at this gate; the last one is answered to its end without buying a picture."""
    copy = Walk(elsewhere, (await bring(elsewhere.house, archive, as_new=True)).production_id)
    bought = len(await copy.orders())
    await copy.to_gate(gate)
    if gate == "review_scene":
        await copy.answer()
        await copy.to_end()
        assert len(await copy.orders()) >= bought
        assert {order["stage"] for order in (await copy.orders())[bought:]} <= {"music"}
