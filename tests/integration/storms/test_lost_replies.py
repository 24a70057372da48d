"""The answer to an order that never comes, and a process that dies before it comes: at every adapter.

Each is asked once. Its job is found again where its vendor tells what it has, and an answer that was the file
where it has come; elsewhere a person is asked.
"""

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.integration.orders.shop import Shop
from tests.integration.storms.checks import books_of, check
from tests.integration.storms.lot import Lot, lot
from tests.integration.storms.person import settle_all
from tests.integration.storms.shoots import SORTS, Mortal, Shoot, Sort
from tests.standins.job_vendors import faults as of_jobs
from tests.standins.media_vendors import faults as of_media
from tests.standins.previz_farm import Fault as FarmFault

CASES = {f"{vendor} {sort.model}": (vendor, sort) for vendor, sorts in SORTS.items() for sort in sorts}
FINDS = {"replicate", "fal", "previz"}
"""Who can be asked for a job without its name: Google lists none, and OpenAI's answer is the file itself."""


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Lot]:
    async with lot(tmp_path / "lot") as opened:
        yield opened


class DiesAt(Mortal):
    """The process is gone at this point: nothing of it goes on."""

    def __init__(self, point: str) -> None:
        super().__init__()
        self._point = point

    async def __call__(self, name: str) -> None:
        self.dead = self.dead or name == self._point
        await super().__call__(name)


DROPS: dict[str, Callable[[Lot], object]] = {
    "replicate": lambda here: here.jobs.replicate.faults.append(of_jobs.dropped()),
    "fal": lambda here: here.jobs.fal.faults.append(of_jobs.dropped()),
    "google": lambda here: here.media.google.faults.append(of_media.closed_unanswered()),
    "openai": lambda here: here.media.openai.faults.append(of_media.closed_unanswered()),
    "previz": lambda here: here.farm.faults.append(FarmFault("drop")),
}


async def one_order(shop: Shop, here: Lot, sort: Sort) -> Shoot:
    shoot = Shoot(shop, here, 2, 7, chosen=[sort])
    await shoot.begin()
    return shoot


def asked(shoot: Shoot, here: Lot) -> int:
    """How often its vendor was."""
    [wish] = shoot.wishes
    return here.posts()[wish.word] + here.farm.book.posts().get(wish.order.call_key, 0)


async def ended_well(shoot: Shoot, here: Lot, *, found: bool) -> None:
    """Found, or parked; and once settled our books are the vendor's."""
    await shoot.live(kills=False)
    row = (await books_of(shoot)).history[0]
    assert (shoot.told[-1], row["state"]) == (("ended", "done") if found else ("order_parked", "unknown"))
    assert asked(shoot, here) == 1
    assert len(row["attempts"]) == 1
    check(await books_of(shoot))
    await settle_all(shoot)
    check(await books_of(shoot), settled=True)


@pytest.mark.parametrize(("vendor", "sort"), CASES.values(), ids=CASES)
async def test_an_answer_that_never_comes(shop: Shop, here: Lot, vendor: str, sort: Sort) -> None:
    DROPS[vendor](here)
    await ended_well(await one_order(shop, here, sort), here, found=vendor in FINDS)


@pytest.mark.parametrize(("vendor", "sort"), CASES.values(), ids=CASES)
async def test_a_process_that_dies_before_it_has_noted_the_answer(
    shop: Shop, here: Lot, vendor: str, sort: Sort
) -> None:
    shoot = await one_order(shop, here, sort)
    assert await shoot.go_on(DiesAt("after_post")) == "killed"
    assert asked(shoot, here) == 1
    is_a_file = vendor in ("google", "openai") and sort.medium != "video"
    await ended_well(shoot, here, found=vendor in FINDS or is_a_file)
