"""Productions are taken from under those who drive them, so that two drive one at the same time."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field

from tests.acceptance.faults.crew import LOOK_S
from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.incidents import SQL

MOST_THEFTS = 3
"""Of one production: more in one step, and it would be stuck as one that never gets on."""
REFUSED = "belongs to another worker now", "it cannot go on now", "could not advance"
"""What is heard of a worker that drove: its next write was refused, or its connection cut, be it at once."""
SETTINGS = {"GREENLIGHT_LEASE_TTL_S": "30", "ANSWERS_IN_S": "0.2"}
"""Whoever is robbed learns of it when it writes and not before, and a request is on its way for long
enough to be robbed meanwhile."""


@dataclass(frozen=True)
class Theft:
    """One production, taken from one worker at one moment."""

    production_id: str
    epoch: int
    robbed: str
    sending: bool
    """Whether an order was on its way to the provider."""


@dataclass
class Thieve:
    """Takes what is driven now, half of the time where a request is open."""

    day: DaySet
    dice: random.Random
    taken: list[Theft] = field(default_factory=list)

    async def work(self, thefts: int) -> None:
        """Take so many."""
        while len(self.taken) < thefts:
            await asyncio.sleep(self.dice.uniform(LOOK_S, 4 * LOOK_S))
            await self.take()

    async def take(self) -> None:
        """Take one, if there is one that was not taken too often."""
        often = Counter(theft.production_id for theft in self.taken)
        rows = await self.day.database.fetch_all(SQL["live"])
        rows = [row for row in rows if often[row["production_id"]] < MOST_THEFTS]
        only_sending = self.dice.random() < 0.5
        chosen = {row["production_id"]: row["sending"] for row in rows if row["sending"] or not only_sending}
        if not chosen:
            return
        target = self.dice.choice(sorted(chosen))
        params = {"production": target, "unnoticed": self.dice.random() < 0.5}
        if (row := await self.day.database.fetch_one(SQL["steal"], params)) is not None:
            self.taken.append(Theft(target, row["epoch"], row["robbed"], chosen[target]))


@dataclass(frozen=True)
class Haul:
    """What came of all thefts."""

    seed: int
    thefts: list[Theft]
    refused: int
    """How often a worker that still drove was told that it may not."""
    by_the_other: int
    """How many went on with another worker than the one that was robbed."""
    productions: int

    @property
    def while_sending(self) -> int:
        return sum(theft.sending for theft in self.thefts)

    def __str__(self) -> str:
        return (
            f"SOAK_SEED={self.seed}: {len(self.thefts)} thefts in {self.productions} productions,"
            f" {self.while_sending} while a request was open; refused {self.refused} times,"
            f" {self.by_the_other} went on with the other worker"
        )


async def rob(day: DaySet, seed: int, *, thefts: int, at_once: int = 4) -> Haul:
    """Take live productions from under two workers."""
    day.crew.settings = SETTINGS
    thieve = Thieve(day, random.Random(seed))  # noqa: S311  # not for secrets: to be repeated
    workers = [day.crew.seat(name, "work") for name in ("m0", "m1")]
    day.crew.seat("door", "serve", "--no-work")
    await day.days(
        until=lambda: len(thieve.taken) >= thefts, beside=lambda: thieve.work(thefts), at_once=at_once
    )
    said = [line for seat in workers for line in day.crew.log(seat).splitlines()]
    refused = sum(any(words in line for words in REFUSED) for line in said)
    others = [await _went_on_elsewhere(day, theft) for theft in thieve.taken]
    return Haul(seed, thieve.taken, refused, sum(others), len(day.made))


async def _went_on_elsewhere(day: DaySet, theft: Theft) -> bool:
    params = {"production": theft.production_id, "epoch": theft.epoch}
    heir = await day.database.fetch_one(SQL["heir"], params)
    assert heir is not None, f"{theft} was never driven again"
    return bool(heir["owner"] != theft.robbed)
