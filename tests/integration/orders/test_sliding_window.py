"""So many takes are made at once and never more; a place is filled as soon as a job has ended (S4-090)."""

import asyncio
from pathlib import Path

import pytest

from state.cost import Money
from state.errors import BudgetExceeded, OrderParked, VaultError
from tests.acceptance.test_paid_novela import as_it_came
from tests.integration.orders.camera_set import MODEL, SHOTS, Set
from tests.integration.orders.shop import Shop
from tools.orders import collecting
from tools.orders.quote import price_of

PRICE = price_of("replicate", MODEL, 5, resolution="1080p")
ALL = [f"1{letter}" for letter in SHOTS]


@pytest.fixture(autouse=True)
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files show is looked at elsewhere."""
    monkeypatch.setattr(collecting, "verify", as_it_came)


@pytest.fixture
async def filming(shop: Shop, tmp_path: Path) -> Set:
    production = await shop.production(ceiling=Money.usd("100"))
    return Set(shop, await shop.lease(production), tmp_path)


async def test_one_slow_job_holds_nobody_up(filming: Set) -> None:
    camera, slow = filming.camera, filming.camera.hold("1A")
    camera.when = {f"submit {item}": lambda: camera.of("submit")[9:] and slow.set() for item in ALL}
    state = await filming.shoot(at_once=3)
    assert sorted(camera.of("submit", before="fetch 1A")) == ALL
    assert (len(camera.of("submit")), camera.peak) == (len(ALL), 3)
    assert {take["status"] for take in state["takes"].values()} == {"done"}


async def test_in_batches_it_would(filming: Set) -> None:
    """The control: where no run keeps what is on its way, nothing is made beside the slow one's batch."""
    camera = filming.camera
    camera.when["fetch 1C"] = camera.hold("1A").set
    await filming.shoot(at_once=3, slides=False)
    assert sorted(camera.of("submit", before="fetch 1A")) == ALL[:3]
    assert (sorted(camera.of("submit")), camera.peak) == (ALL, 3)


async def test_the_next_is_ordered_before_what_was_made_is_fetched(filming: Set) -> None:
    """A download takes as long as it takes; the place is free as soon as the job has ended."""
    camera = filming.camera
    slow = camera.held_fetches["1A"] = asyncio.Event()
    camera.when["submit 1J"] = slow.set
    await filming.shoot(at_once=1)
    assert camera.of("submit", before="fetch 1A") == ALL
    assert camera.peak == 1


async def test_one_that_is_made_once_more_needs_a_place_for_it(filming: Set) -> None:
    """Its file was no good when its place was somebody else's: still no more are made at once."""
    camera = filming.camera
    camera.spoilt, fetches = {"1A"}, asyncio.Event()
    camera.held_fetches["1A"] = fetches
    camera.when["submit 1C"] = fetches.set
    others = [camera.hold("1B"), camera.hold("1C")]
    shooting = asyncio.create_task(filming.shoot(at_once=2))
    while not (camera.waits("1A") or camera.diary.count("submit 1A") == 2):
        await asyncio.sleep(0)
    for held in others:
        held.set()
    state = await shooting
    assert sorted(camera.of("submit")) == sorted([*ALL, "1A"])
    assert camera.peak == 2
    assert {take["status"] for take in state["takes"].values()} == {"done"}


async def test_one_that_is_refused_stops_nobody(filming: Set) -> None:
    filming.camera.refused = {"1B": "refused"}
    state = await filming.shoot(at_once=3)
    takes = {slate: take["status"] for slate, take in state["takes"].items()}
    assert takes == {slate: "failed" if slate == "1B" else "done" for slate in ALL}


async def test_what_is_being_made_comes_home_before_a_person_is_asked_for_money(filming: Set) -> None:
    """It was paid, its provider keeps it for an hour, and a person may take a day."""
    camera = filming.camera
    await filming.shop.database.execute("update productions set ceiling_micros = %s", (2 * PRICE.micros,))
    slow = camera.hold("1B")
    shooting = asyncio.create_task(filming.shoot(at_once=2))
    while not (shooting.done() or (camera.house is not None and camera.house.holds)):
        await asyncio.sleep(0)
    slow.set()
    with pytest.raises(BudgetExceeded):
        await shooting
    assert (sorted(camera.of("submit")), sorted(camera.of("fetch"))) == (["1A", "1B"], ["1A", "1B"])


async def test_one_that_is_parked_lets_its_siblings_come_home_first(filming: Set) -> None:
    camera = filming.camera
    camera.refused, camera.reconcile = {"1B": "ambiguous"}, "blind"
    slow, parked = camera.hold("1A"), f"{filming.lease.production_id}:take:1B:first"
    shooting = asyncio.create_task(filming.shoot(at_once=2))
    while not (shooting.done() or (camera.house is not None and camera.house.places_taken([parked]) == 0)):
        await asyncio.sleep(0)
    slow.set()
    with pytest.raises(OrderParked):
        await shooting
    assert camera.at_work == set()
    assert sorted(camera.of("fetch")) == sorted(camera.of("submit"))


@pytest.mark.parametrize("error", [VaultError("the key of this order is gone"), RuntimeError("a bug")])
async def test_whatever_one_stumbles_over_its_siblings_come_home_first(
    filming: Set, error: Exception
) -> None:
    camera = filming.camera
    camera.broken = {"1B": error}
    others, broken = [camera.hold("1A"), camera.hold("1C")], f"{filming.lease.production_id}:take:1B:first"
    shooting = asyncio.create_task(filming.shoot(at_once=3))
    while not (shooting.done() or (camera.house is not None and camera.house.places_taken([broken]) == 0)):
        await asyncio.sleep(0)
    for held in others:
        held.set()
    with pytest.raises(type(error), match=str(error)):
        await shooting
    assert sorted(camera.of("submit")) == ALL[:3], "and nothing more is ordered"
    assert sorted(camera.of("fetch")) == ["1A", "1C"]


async def test_killed_in_the_middle_it_goes_on_and_buys_nothing_twice(filming: Set) -> None:
    camera = filming.camera
    killed = asyncio.Event()
    camera.when["submit 1F"] = killed.set
    first, second = camera.hold("1A"), camera.hold("1F")
    running = asyncio.create_task(filming.shoot(at_once=3))
    await killed.wait()
    running.cancel()
    await asyncio.wait([running])
    for event in (first, second):
        event.set()
    filming.lease = await filming.shop.lease(filming.lease.production_id)
    state = await filming.shoot(at_once=3, resumes=True)
    assert (sorted(camera.of("submit")), camera.peak) == (ALL, 3)
    assert {take["status"] for take in state["takes"].values()} == {"done"}
