"""A storm: many productions at once, ten to a lot, each lot with vendors of its own."""

import asyncio
from collections import Counter
from collections.abc import Collection, Coroutine, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tests.integration.orders.shop import Shop
from tests.integration.storms.checks import books_of, check
from tests.integration.storms.lot import Lot, lot
from tests.integration.storms.person import settle_all
from tests.integration.storms.shoots import Shoot, Sort
from tests.integration.storms.weather import ASKED_FOR, EVERYTHING, Happened, Sky, happened

T = TypeVar("T")
TO_A_LOT = 10
PAUSES = {"ended", "order_parked", "job waits", "not_approved", "breaker_open", "provider_busy"}
"""How a production may rest: at its end, or with a reason that says what to do."""


@dataclass
class Weather:
    """What a storm was like."""

    happened: Happened = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    """By the kind of an order's end, before anything was settled; empty: it was parked."""
    rests: Counter[str] = field(default_factory=Counter)
    """By what the productions came to rest with."""
    fates: Counter[str] = field(default_factory=Counter)
    settled: int = 0
    billed: int = 0

    def kinds(self) -> set[str]:
        """What has happened anywhere."""
        return {kind for (_, kind), many in self.happened.items() if many}


@dataclass
class Storm:
    """Over the productions of one seed."""

    shop: Shop
    folder: Path
    seed: int
    share: float
    options: dict[str, Any] = field(default_factory=dict)
    """Of every process that orders."""
    kinds: Collection[str] = EVERYTHING
    """What may happen."""
    sorts: Sequence[Sort] = ()
    """What is ordered; left out, one of each vendor and one more."""
    weather: Weather = field(default_factory=Weather)
    _numbers: int = 1

    async def over(self, productions: int) -> Weather:
        """So many productions, from their beginning until everything is settled."""
        while productions > 0:
            async with lot(self.folder / f"lot {self._numbers}") as here:
                await self.in_lot(here, min(productions, TO_A_LOT))
            productions -= TO_A_LOT
        return self.weather

    async def until_all_has_happened(self, least: int, most: int) -> Weather:
        """At least so many productions, and more until each kind was shown."""
        async with lot(self.folder / "lot") as here:
            await self.in_lot(here, least)
            while self._numbers < most and not set(ASKED_FOR) <= self.weather.kinds():
                await self.in_lot(here, 1)
        return self.weather

    async def in_lot(self, here: Lot, productions: int) -> None:
        """So many of them at once, checked at rest and once more when all is settled."""
        before = happened(here)
        shoots = await self.meet(here, productions)
        self.weather.happened += happened(here) - before
        for shoot in shoots:
            self._note(shoot)
            check(await books_of(shoot))
        await self.settle(here, shoots)

    async def meet(self, here: Lot, productions: int) -> list[Shoot]:
        """Let them live through it; they are at rest then."""
        Sky(
            here,
            seed=self.seed * 1000 + self._numbers,
            share=self.share,
            kinds=self.kinds,
            before=self.weather.happened,
        )
        numbers = range(self._numbers, self._numbers + productions)
        self._numbers += productions
        shoots = [
            Shoot(self.shop, here, number, self.seed, options=self.options, chosen=self.sorts)
            for number in numbers
        ]
        for shoot in shoots:
            await shoot.begin()
        await together(shoot.live() for shoot in shoots)
        here.clear_sky()
        return shoots

    async def settle(self, here: Lot, shoots: list[Shoot]) -> None:
        """With nothing going wrong any more: then our books are the vendors' to the micro-dollar."""
        self.weather.settled += sum(await together(settle_all(shoot) for shoot in shoots))
        for shoot in shoots:
            check(await books_of(shoot), settled=True)
        row = await self.shop.database.fetch_one(
            "select coalesce(sum(cost_actual), 0)::bigint as billed, sum(cost_unknown)::bigint as unknown,"
            " sum(cost_reserved)::bigint as held from orders where production_id = any(%s::uuid[])",
            ([shoot.production_id for shoot in shoots],),
        )
        assert row is not None
        asked = here.asked_for() - here.settled
        here.settled = here.asked_for()
        assert (row["billed"], row["unknown"], row["held"]) == (asked, 0, 0)
        self.weather.billed += row["billed"]

    def _note(self, shoot: Shoot) -> None:
        assert shoot.told[-1] in PAUSES, shoot.told
        self.weather.rests[shoot.told[-1]] += 1
        self.weather.fates.update(one for one in shoot.told if one in ("killed", "cancelled"))
        self.weather.ends.update(wish.end for wish in shoot.wishes)


async def together(work: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All at once; when one fails the others end, too, before the vendors close."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one) for one in work]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]
