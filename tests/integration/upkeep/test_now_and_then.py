"""Once a day, by one worker, and only if something was asked for."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from server.upkeep.now_and_then import FIRST_S, LOOK_EVERY_S, tidy_if_due, tidy_now_and_then
from server.upkeep.rules import Rules
from state.errors import StoreUnreachable
from tests.integration.upkeep.conftest import DAYS, Place
from tools.clock import SystemClock
from tools.db import turns
from tools.db.turns import Turn, alone, shared
from tools.settings import Settings

WANTED = Rules(productions=DAYS)
CUT = """
select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid = l.database
where l.locktype = 'advisory' and d.datname = current_database()
"""


async def test_the_first_who_looks_does_it_and_nobody_again_within_a_day(place: Place) -> None:
    gone = await place.production()
    reports = await asyncio.gather(
        *(tidy_if_due(place.database, place.store, WANTED, clock=SystemClock()) for _ in range(4))
    )
    assert [one.count("productions") for one in reports if one is not None] == [1]
    assert await place.cleared(gone)
    later = await place.production()
    assert await tidy_if_due(place.database, place.store, WANTED, clock=SystemClock()) is None
    await place.database.execute("update tidyings set begun_at = begun_at - interval '25 hours'")
    assert await tidy_if_due(place.database, place.store, WANTED, clock=SystemClock()) is not None
    assert await place.cleared(later)


async def test_whoever_has_the_turn_is_not_disturbed(place: Place) -> None:
    kept = await place.production()
    async with alone(place.database.url, Turn.TIDY):
        assert await tidy_if_due(place.database, place.store, WANTED, clock=SystemClock()) is None
    assert not await place.cleared(kept)


@pytest.mark.parametrize("turn", [alone, shared])
async def test_what_broke_gives_its_turn_back_aloud(
    place: Place, turn: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server notices only a moment later that a connection has ended."""
    said, given = turns._said_aloud, list[Turn]()

    async def counted(connection: Any, give: Any, turn: Turn) -> None:
        given.append(turn)
        await said(connection, give, turn)

    monkeypatch.setattr(turns, "_said_aloud", counted)
    with pytest.raises(StoreUnreachable):
        async with turn(place.database.url, Turn.TIDY):
            raise StoreUnreachable
    assert given == [Turn.TIDY]


@pytest.mark.parametrize("turn", [alone, shared])
async def test_a_turn_whose_connection_was_cut_is_over_without_an_error(
    place: Place, turn: Callable[..., Any]
) -> None:
    """What was done in it is done: no backup is thrown away because the database restarts at its end."""
    async with turn(place.database.url, Turn.TIDY):
        await place.database.execute(CUT)
    async with alone(place.database.url, Turn.TIDY) as free:
        assert free


class CountedClock(SystemClock):
    """Sleeps no time, writes down how long it should have, and ends the third sleep."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if len(self.slept) == 3:
            raise asyncio.CancelledError


async def test_it_looks_seldom_and_outlives_a_database_that_is_away(place: Place) -> None:
    gone, clock = await place.production(), CountedClock()

    class Away:
        url = "postgresql://nobody@127.0.0.1:1/none"

    for database in (Away(), place.database):
        clock.slept.clear()
        task: Any = tidy_now_and_then(database, place.store, WANTED, clock=clock)  # type: ignore[arg-type]
        assert await asyncio.gather(task, return_exceptions=True) != [None]
        first, *more = clock.slept
        assert FIRST_S * 0.7 <= first <= FIRST_S * 1.3
        assert all(pause >= LOOK_EVERY_S * 0.7 for pause in more)
    assert await place.cleared(gone)


async def test_without_a_wish_it_ends_at_once(place: Place) -> None:
    clock = CountedClock()
    await tidy_now_and_then(place.database, place.store, Rules.of(Settings()), clock=clock)
    assert clock.slept == []
