"""A house in which people come and go all day takes no more in the evening than in the morning.

`make soak SOAK=memory`: twenty minutes, a sample at the end of each, when everybody has gone home for a
moment. The suite lives through five short ones and counts Python's objects, too.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.integration.load.house import VISITORS, FilmHouse
from tests.integration.load.watching import CONNECTIONS
from tests.integration.memory.daily_round import DailyRound, work_off
from tests.integration.memory.judge import EARLY, LATE, Minute, grown, table
from tools.db.pool import Database

HANDS = 4
MINUTE_S = float(os.environ.get("SOAK_MINUTE_S") or 60)
LAPS, WARM, ERRANDS = 5, 2, 6
FEW_CONNECTIONS = 16 + 3 + HANDS + 4
"""The pool, the queue's, one per slot, and those that listen."""
FEW_THREADS = 10 + min(32, (os.cpu_count() or 1) + 4)
"""Those that a house begins with, and the most that asyncio takes for what would block it."""
Lap = Callable[[DailyRound], Awaitable[None]]
SIZES = """
select relname, pg_total_relation_size(oid) as bytes from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace order by bytes desc limit 12
"""


async def sample(house: FilmHouse, database: Database, *, objects: bool) -> Minute:
    """What the house takes while nobody asks for anything."""
    vitals = await house.server.vitals(objects=objects)
    row = await database.fetch_one(CONNECTIONS, {"visitors": VISITORS})
    assert row is not None
    figures = {name: float(value) for name, value in vars(vitals).items() if objects or name != "objects"}
    return figures | {
        "files": vitals.files - row["many"],  # besides the connections
        "connections": row["many"],
        "scratch": len(await asyncio.to_thread(files_in, house.scratch)),
        "data_files": len(await asyncio.to_thread(files_in, house.folder / "data", but="media")),
    }


def files_in(folder: Path, *, but: str = "") -> list[Path]:
    """All files below, except in the one that keeps what was made."""
    return [path for path in folder.rglob("*") if not but or (folder / but) not in path.parents]


async def live(
    house: FilmHouse, lap: Lap, *, laps: int, say: Callable[[str], None], objects: bool = False
) -> list[Minute]:
    """Live through so many laps; at the end of each everybody has gone home."""
    minutes: list[Minute] = []
    database = await Database.open(house.url, max_size=1, name=VISITORS)
    async with house.client(kept=0) as client:
        day = DailyRound(client)
        for _ in range(laps):
            await lap(day)
            minutes.append(await sample(house, database, objects=objects))
            say(table(minutes[-1:]).splitlines()[-1])
    say(f"{table(minutes)}\n{dict(day.done)}")
    for row in await database.fetch_all(SIZES):
        say(f"{row['relname']:24}{row['bytes'] / 2**20:8.1f} MiB")
    await database.close()
    return minutes


async def a_round(day: DailyRound) -> None:
    await work_off(day, hands=HANDS, errands=ERRANDS)


async def a_minute(day: DailyRound) -> None:
    await work_off(day, hands=HANDS, until=asyncio.get_running_loop().time() + MINUTE_S)


async def few(house: FilmHouse, **env: str) -> list[Minute]:
    house.slots, house.jobs_take_s = HANDS, "0.001-0.01"
    await house.start("serve", **env)
    minutes = await live(house, a_round, laps=LAPS, say=print, objects=True)
    await house.close()
    assert max(minute["connections"] for minute in minutes) <= FEW_CONNECTIONS
    assert max(minute["threads"] for minute in minutes) <= FEW_THREADS
    # So soon both pools are still being filled, up to their bounds.
    pools = ("connections", "threads")
    return [{name: minute[name] for name in minute if name not in pools} for minute in minutes]


async def test_a_few_rounds_leave_nothing_behind(house: FilmHouse) -> None:
    minutes = await few(house)
    assert grown(minutes, early=WARM, late=LAPS) == []


@pytest.mark.soak
async def test_a_house_that_hoards_is_found_out(house: FilmHouse) -> None:
    """The control: the same rounds where every event that was written is kept."""
    minutes = await few(house, HOARDS="yes")
    assert any(told.startswith("objects") for told in grown(minutes, early=WARM, late=LAPS))


@pytest.mark.soak
@pytest.mark.timeout(2400)
async def test_twenty_minutes_leave_nothing_behind(
    house: FilmHouse, capsys: pytest.CaptureFixture[str]
) -> None:
    house.forked, house.slots, house.jobs_take_s = False, 2 * HANDS, "0.05-0.25"
    await house.start("serve")
    with capsys.disabled():
        minutes = await live(house, a_minute, laps=LATE, say=lambda text: print(text, flush=True))
    await house.close()
    assert grown(minutes, early=EARLY, late=LATE) == []
