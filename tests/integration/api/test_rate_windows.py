"""S3-44 to S3-46: so many in any 60 seconds, exactly, for all servers on one database."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count

import pytest

from server.limits.window import SPAN_S, SWEEP_EVERY, Windows
from tests.fakes import FakeClock
from tools.db.pool import Database


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
async def other_pool(database_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(database_url, max_size=4, name="other")
    yield opened
    await opened.close()


async def admitted(windows: Windows, times: int, who: str = "user:a") -> list[bool]:
    return [(await windows.admit(who, "generate")).admitted for _ in range(times)]


async def test_the_last_place_is_had_and_the_next_is_refused(database: Database, clock: FakeClock) -> None:
    windows = Windows(database, {"generate": 10}, clock=clock)
    assert await admitted(windows, 11) == [True] * 10 + [False]


async def test_a_burst_over_the_edge_of_a_minute_gains_nothing(database: Database, clock: FakeClock) -> None:
    """The control of sliding: a window that starts anew each minute would let nineteen through."""
    windows = Windows(database, {"generate": 10}, clock=clock)
    await admitted(windows, 1)
    clock.passed_s = 59.5
    await admitted(windows, 9)
    clock.passed_s = 60.5
    assert await admitted(windows, 3) == [True, False, False]


async def test_a_place_is_free_exactly_one_span_after_it_was_taken(
    database: Database, clock: FakeClock
) -> None:
    windows = Windows(database, {"generate": 2}, clock=clock)
    await admitted(windows, 1)
    clock.passed_s = 10
    await admitted(windows, 1)
    clock.passed_s = SPAN_S - 0.000001
    assert await admitted(windows, 1) == [False]
    clock.passed_s = SPAN_S
    assert await admitted(windows, 2) == [True, False]
    clock.passed_s = SPAN_S + 10
    assert await admitted(windows, 2) == [True, False]


async def test_who_is_refused_has_taken_no_place(database: Database, clock: FakeClock) -> None:
    windows = Windows(database, {"generate": 1}, clock=clock)
    await admitted(windows, 1)
    for second in range(1, SPAN_S):
        clock.passed_s = second
        assert await admitted(windows, 1) == [False]
    clock.passed_s = SPAN_S
    assert await admitted(windows, 1) == [True]


async def test_the_wait_that_is_told_is_enough_and_no_longer(database: Database, clock: FakeClock) -> None:
    windows = Windows(database, {"generate": 2}, clock=clock)
    await admitted(windows, 1)
    clock.passed_s = 20.3
    await admitted(windows, 1)
    clock.passed_s = 25.0
    told = await windows.admit("user:a", "generate")
    assert (told.admitted, told.used, told.allowed, told.free_in_s) == (False, 2, 2, 35)
    clock.passed_s += told.free_in_s - 1
    assert await admitted(windows, 1) == [False]
    clock.passed_s += 1
    assert await admitted(windows, 1) == [True]


async def test_a_lowered_limit_waits_until_enough_have_left(database: Database, clock: FakeClock) -> None:
    wide, narrow = (Windows(database, {"generate": n}, clock=clock) for n in (4, 2))
    for second in range(4):
        clock.passed_s = second
        await admitted(wide, 1)
    told = await narrow.admit("user:a", "generate")
    assert (told.admitted, told.free_in_s) == (False, SPAN_S - 1)
    clock.passed_s = 62
    assert await admitted(narrow, 1) == [True]


async def test_users_and_classes_have_places_of_their_own(database: Database, clock: FakeClock) -> None:
    windows = Windows(database, {"generate": 1, "refine": 1}, clock=clock)
    asked = [("user:a", "generate"), ("user:b", "generate"), ("user:a", "refine"), ("address:a", "generate")]
    for who, endpoint in asked:
        assert (await windows.admit(who, endpoint)).admitted  # type: ignore[arg-type]
        assert not (await windows.admit(who, endpoint)).admitted  # type: ignore[arg-type]


async def test_two_servers_give_away_the_same_places(database: Database, other_pool: Database) -> None:
    """A hundred at once on two pools, on the database's own clock: ten of them, first row included."""
    servers = [Windows(one, {"generate": 10}) for one in (database, other_pool)]
    asked = [servers[n % 2].admit("user:a", "generate") for n in range(100)]
    verdicts = await asyncio.gather(*asked)
    assert sum(verdict.admitted for verdict in verdicts) == 10
    row = await database.fetch_one("select * from rate_limit_buckets")
    assert row is not None
    assert (row["request_count"], row["refused_count"], len(row["hits"])) == (10, 90, 10)
    assert row["hits"] == sorted(row["hits"])
    assert (row["window_start"], row["window_end"] > row["hits"][-1]) == (row["hits"][0], True)


async def test_rows_that_count_nothing_any_more_are_cleared_on_the_way(
    database: Database, clock: FakeClock
) -> None:
    windows = Windows(database, {"generate": 1000}, clock=clock)
    for n in range(5):
        await windows.admit(f"user:{n}", "generate")
    clock.passed_s = SPAN_S / 2
    await windows.admit("user:alive", "generate")
    clock.passed_s = SPAN_S + 1
    await admitted(windows, SWEEP_EVERY - 7, "user:me")
    assert await everybody(database) == {*(f"user:{n}" for n in range(5)), "user:alive", "user:me"}
    await admitted(windows, 1, "user:me")
    assert await everybody(database) == {"user:alive", "user:me"}


async def test_clearing_leaves_the_row_of_who_is_asking(database: Database, clock: FakeClock) -> None:
    """Its hits are over as well, and the same statement writes it anew."""
    windows = Windows(database, {"generate": 1}, clock=clock)
    windows._asked = count(SWEEP_EVERY)
    await windows.admit("user:long ago", "generate")
    await database.execute("update rate_limit_buckets set identifier = 'user:me', window_end = '-infinity'")
    windows._asked = count(SWEEP_EVERY)
    clock.passed_s = SPAN_S * 2
    assert await admitted(windows, 2, "user:me") == [True, False]


async def test_clearing_waits_for_nobody(database: Database, other_pool: Database, clock: FakeClock) -> None:
    """Or two who clear each other's rows while they hold their own would wait in a circle."""
    windows = Windows(database, {"generate": 9}, clock=clock)
    for who in ("user:busy", "user:idle"):
        await windows.admit(who, "generate")
    clock.passed_s = SPAN_S + 1
    windows._asked = count(SWEEP_EVERY)
    async with other_pool.transaction() as connection:
        await connection.execute("select * from rate_limit_buckets where identifier = 'user:busy' for update")
        assert await admitted(windows, 1, "user:me") == [True]
    assert await everybody(database) == {"user:busy", "user:me"}


async def test_the_time_is_that_at_which_the_row_was_had(database: Database, other_pool: Database) -> None:
    """Who waited for the row would otherwise enter a moment before those who came earlier."""
    windows = Windows(database, {"generate": 9})
    await windows.admit("user:a", "generate")
    async with other_pool.transaction() as connection:
        await connection.execute("select * from rate_limit_buckets for update")
        waiting = asyncio.create_task(windows.admit("user:a", "generate"))
        while not await database.fetch_one("select 1 from pg_locks where not granted"):
            await asyncio.sleep(0)
        released = await (await connection.execute("select clock_timestamp() as at")).fetchone()
    await waiting
    row = await database.fetch_one("select hits[2] > %s as later from rate_limit_buckets", [released["at"]])
    assert row == {"later": True}


async def everybody(database: Database) -> set[str]:
    return {
        row["identifier"] for row in await database.fetch_all("select identifier from rate_limit_buckets")
    }
