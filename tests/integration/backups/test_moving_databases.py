"""A database moves to another Postgres with all that waits, and the old one lets nobody in."""

from pathlib import Path

import pytest

from server.backups.move import move_database
from server.backups.settle import LEAP
from server.backups.take import silent
from server.composition import open_parts
from state.errors import DatabaseHalted, DatabaseTaken
from tests.integration.backups.conftest import RUNNING, Place
from tests.integration.backups.test_round_trip import UNCHANGED
from tools.db.connect import open_database


@pytest.fixture
def at_rest(home: Place) -> Place:
    """Home, whose dead worker's lease has run out."""
    home.rows("update productions set lease_until = now() - interval '1 s', updated_at = updated_at")
    return home


async def test_everything_arrives_and_goes_on_there(at_rest: Place, bare: Place):
    before = [at_rest.rows(statement) for statement in UNCHANGED]
    moved = await move_database(at_rest.settings, bare.url, progress=silent)
    assert [bare.rows(statement) for statement in UNCHANGED] == before
    assert (moved.facts.productions, moved.facts.running, moved.facts.waiting) == (2, 1, 1)
    assert "password" not in moved.to
    async with open_parts(bare.settings, works=False):
        pass
    row = bare.row(
        f"select epoch, lease_until, restored_from from productions where production_id = '{RUNNING}'"
    )
    assert row == {"epoch": 9 + LEAP, "lease_until": None, "restored_from": None}


async def test_the_old_one_names_the_new_one_and_lets_nobody_in(at_rest: Place, away: Place):
    moved = await move_database(at_rest.settings, away.url, progress=silent)
    with pytest.raises(DatabaseHalted) as caught:
        await open_database(at_rest.settings)
    assert moved.to in caught.value.message
    with pytest.raises(DatabaseHalted):
        await move_database(at_rest.settings, away.url, progress=silent)


async def test_a_database_that_is_in_use_is_not_moved(at_rest: Place, bare: Place):
    server = await open_database(at_rest.settings, name="greenlight")
    with pytest.raises(DatabaseTaken, match=r"greenlight \(1\)"):
        await move_database(at_rest.settings, bare.url, progress=silent)
    await server.close()
    again = await open_database(at_rest.settings)  # nothing has changed
    await again.close()
    assert bare.rows("select relname from pg_class where relnamespace = 'public'::regnamespace") == []


async def test_a_worker_that_does_not_answer_may_still_come_back(home: Place, away: Place):
    with pytest.raises(DatabaseTaken, match="1 productions are held"):
        await move_database(home.settings, away.url, progress=silent)


async def test_one_that_holds_something_is_not_filled(at_rest: Place):
    with pytest.raises(DatabaseTaken, match="not empty"):
        await move_database(at_rest.settings, at_rest.url, progress=silent)
    database = await open_database(at_rest.settings)
    await database.close()


async def test_at_no_moment_may_both_be_worked_on(
    at_rest: Place, away: Place, monkeypatch: pytest.MonkeyPatch
):
    """Broken off at the last step, as by a power cut: neither lets anybody in, and it can be begun again."""

    async def dark(*_: object) -> None:
        for place in (at_rest, away):
            with pytest.raises(DatabaseHalted):
                await open_database(place.settings)
        raise KeyboardInterrupt

    monkeypatch.setattr("server.backups.move.arrive", dark)
    with pytest.raises(KeyboardInterrupt):
        await move_database(at_rest.settings, away.url, progress=silent)
    database = await open_database(at_rest.settings)  # it could still clean up behind itself
    await database.close()
    with pytest.raises(DatabaseHalted, match="broken off"):
        await open_database(away.settings)


async def test_one_that_was_killed_in_between_is_begun_again(at_rest: Place, away: Place):
    at_rest.rows("insert into halts (reason, told) values ('moving', '{\"to\": \"db:5432/there\"}')")
    with pytest.raises(DatabaseHalted, match="to db:5432/there was begun"):
        await open_database(at_rest.settings)
    assert (await move_database(at_rest.settings, away.url, progress=silent)).facts.productions == 2


async def test_from_the_embedded_one(data_dir: Path, away: Place):
    embedded = away.settings.model_copy(update={"database_url": None, "data_dir": data_dir})
    database = await open_database(embedded)
    await database.execute(
        "insert into productions (user_id, graph, status) values ('local', 'novela', 'paused')"
    )
    await database.close()
    moved = await move_database(embedded, away.url, progress=silent)
    assert moved.facts.waiting == 1
    with pytest.raises(DatabaseHalted, match="was moved to"):
        await open_database(embedded)
