"""Whoever waits for an order is woken by its provider, and by nothing else; nothing is asked meanwhile."""

import asyncio
import gc
from collections.abc import AsyncIterator

import pytest

import tools.db.ear
from tools.db.pool import Database
from tools.ledger.rings import CHANNEL
from tools.orders.rings import Pause, Rings

LONG_S = 60.0
"""No test waits for it."""
NAME = "greenlight rings"


@pytest.fixture
async def rings(database: Database) -> AsyncIterator[Rings]:
    opened = Rings(database)
    await opened.open()
    yield opened
    await opened.close()


async def rung(database: Database, *keys: str) -> None:
    """As the statement does that writes a delivery down."""
    for key in keys:
        await database.execute("select pg_notify(%s, %s)", [CHANNEL, key])


async def passed(database: Database, rings: Rings) -> None:
    """Everything that was told before this has been heard."""
    end = rings.pause_for("the end")
    await rung(database, "the end")
    await woken(end)


async def woken(pause: Pause) -> None:
    async with asyncio.timeout(10):
        await pause(LONG_S)


async def lasts(pause: Pause) -> bool:
    """Whether a pause goes on; nothing is heard any more when this is asked."""
    waiting = asyncio.create_task(pause(LONG_S))  # type: ignore[arg-type]  # ours are coroutines
    for _ in range(5):
        await asyncio.sleep(0)
    waiting.cancel()
    return not waiting.done()


async def test_a_ring_ends_the_pause_of_who_waits(rings: Rings, database: Database) -> None:
    pause = rings.pause_for("a")
    waiting = asyncio.create_task(woken(pause))
    await asyncio.sleep(0)
    await rung(database, "a")
    await waiting


async def test_a_ring_between_a_look_and_its_pause_is_not_lost(rings: Rings, database: Database) -> None:
    pause = rings.pause_for("a")
    await rung(database, "a")
    await passed(database, rings)
    await woken(pause)


async def test_one_ring_ends_one_pause(rings: Rings, database: Database) -> None:
    """The control: without a ring a pause goes on, and rings before the same look are one."""
    pause = rings.pause_for("a")
    assert await lasts(pause)
    await rung(database, "a", "a", "a")
    await passed(database, rings)
    await woken(pause)
    assert await lasts(pause)


async def test_a_pause_ends_by_itself(rings: Rings) -> None:
    """Whatever became of the ring: who waits looks again."""
    await rings.pause_for("a")(0.001)
    await rings.pause_for("a")(0)


async def test_everybody_who_waits_for_an_order_is_woken_and_nobody_else(
    rings: Rings, database: Database
) -> None:
    first, second, other = (rings.pause_for(key) for key in ("a", "a", "b"))
    await rung(database, "a")
    await passed(database, rings)
    await woken(first)
    await woken(second)
    assert await lasts(other)


async def test_a_pause_that_was_cancelled_has_used_no_ring(rings: Rings, database: Database) -> None:
    pause = rings.pause_for("a")
    waiting = asyncio.create_task(pause(LONG_S))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    await rung(database, "a")
    await passed(database, rings)
    await woken(pause)


async def test_a_lost_connection_is_made_again_and_everybody_woken(
    rings: Rings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What rang meanwhile nobody heard, so whoever waits looks once."""
    monkeypatch.setattr(tools.db.ear, "RECONNECT_S", 0.0)
    pause = rings.pause_for("a")
    waiting = asyncio.create_task(woken(pause))
    await asyncio.sleep(0)
    ended = await database.fetch_all(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = %s"
        " and datname = current_database()",
        [NAME],
    )
    assert len(ended) == 1
    await waiting
    assert rings.hears
    await rung(database, "a")
    await woken(pause)


async def test_it_asks_the_database_nothing(rings: Rings, database: Database) -> None:
    pause = rings.pause_for("a")
    for _ in range(3):
        await rung(database, "a")
        await woken(pause)
    rows = await database.fetch_all(
        "select query from pg_stat_activity where application_name = %s and datname = current_database()",
        [NAME],
    )
    assert [row["query"] for row in rows] == [f'listen "{CHANNEL}"']


async def test_who_waits_no_more_is_forgotten(rings: Rings, database: Database) -> None:
    pauses = [rings.pause_for(key) for key in ("a", "a", "b")]
    assert sorted(rings.waited_for) == ["a", "b"]
    del pauses[0], pauses[-1]
    gc.collect()
    assert rings.waited_for == ["a"]
    await rung(database, "b")
    await passed(database, rings)


async def test_a_closed_one_listens_no_more_and_can_be_opened_again(database: Database) -> None:
    rings = Rings(database)
    for _ in range(2):
        await rings.open()
        await rings.open()
        assert rings.hears
        await rings.close()
        assert not rings.hears
    await rings.close()
