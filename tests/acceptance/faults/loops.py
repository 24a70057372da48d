"""The loops of faults, at any size: what each of them plays, and what it says of it afterwards."""

import asyncio
import random

from tests.acceptance.faults.crew import LOOK_S
from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.deck import DOOR_POINTS, WORK_POINTS, Deck, dealt
from tests.acceptance.faults.incidents import SQL, percentiles, table

MOST_THEFTS = 3
"""Of one production: more in one step, and it would be parked as one that never gets on."""
LIVE = "select production_id::text from productions where lease_until > now() and lease_owner is not null"


async def play(day: DaySet, seed: int, action: str, *, workers: int, doors: int, at_once: int = 4) -> str:
    """Play so many faults of one kind at named points: of two workers, a door, and a house that is both."""
    at_work = Deck(dealt(seed, WORK_POINTS, workers, action=action))
    at_doors = Deck(dealt(seed, DOOR_POINTS, doors, action=action))
    day.crew.dice.seed(seed)
    day.crew.seat("m0", "work", deck=at_work)
    # Of those who can stand still one always is awake: nobody else would go on.
    day.crew.seat("m1", "work", deck=None if action == "freeze" else at_work)
    day.crew.seat("door", "serve", "--no-work", deck=at_doors)
    day.crew.seat("house", "serve", deck=at_doors)
    await day.days(until=lambda: len(day.incidents()) >= workers + doors, at_once=at_once)
    return await told(day, seed)


async def told(day: DaySet, seed: int) -> str:
    """What happened, in words."""
    waited, incidents = await day.pauses(), day.incidents()
    p50, p95 = percentiles(waited)
    return (
        f"SOAK_SEED={seed}: {len(incidents)} faults, {len(day.made)} productions,"
        f" {day.posts().total()} orders, {day.failed.total()} failed runs {dict(day.failed)};"
        f" until what was hit moved again: {len(waited)} times,"
        f" p50 {p50:.2f} s, p95 {p95:.2f} s, longest {max(waited, default=0):.2f} s\n{table(incidents)}"
    )


async def rob(day: DaySet, seed: int, *, thefts: int, at_once: int = 4) -> str:
    """Take live productions from under two workers, so that two drive one at the same time."""
    dice, robbed = random.Random(seed), dict[str, int]()  # noqa: S311  # not for secrets: to be repeated
    for name in ("m0", "m1"):
        day.crew.seat(name, "work")
    day.crew.seat("door", "serve", "--no-work")

    async def thieve() -> None:
        while sum(robbed.values()) < thefts:
            await asyncio.sleep(dice.uniform(LOOK_S, 4 * LOOK_S))
            await steal(day, dice, robbed)

    await day.days(until=lambda: sum(robbed.values()) >= thefts, beside=thieve, at_once=at_once)
    twice = await day.database.fetch_all(
        "select production_id from watched_claims group by production_id having count(distinct owner) > 1"
    )
    return (
        f"SOAK_SEED={seed}: {sum(robbed.values())} thefts from {len(robbed)} of {len(day.made)} productions,"
        f" {len(twice)} driven by both workers; {day.posts().total()} orders"
    )


async def steal(day: DaySet, dice: random.Random, robbed: dict[str, int]) -> None:
    """Take one that is driven now, if there is one that was not taken too often."""
    live = [row["production_id"] for row in await day.database.fetch_all(LIVE)]
    chosen = [one for one in sorted(live) if robbed.get(one, 0) < MOST_THEFTS]
    if not chosen:
        return
    target = dice.choice(chosen)
    params = {"production": target, "unnoticed": dice.random() < 0.5}
    if await day.database.fetch_one(SQL["steal"], params) is not None:
        robbed[target] = robbed.get(target, 0) + 1
