"""What a free slot drives: by class, then whoever has the least, then who has waited longest for a turn."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from server.runs.slot import Claim, Slot
from server.runs.sweeper import sweep
from server.runs.worker import Worker
from state.priority import PRIORITIES, Priority
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.test_begin_at_once import answer, at_the_gate, door
from tests.integration.runs.tiny_graphs import graphs

PATIENCE_S = 600


@pytest.fixture
async def slot(lot: StudioLot) -> AsyncIterator[Slot]:
    await lot.database.execute(
        "insert into users (user_id) values ('hog'), ('other'), ('third') on conflict do nothing"
    )
    opened = Slot(lot.database.url, graphs())
    yield opened
    await opened.close()


async def queue(
    lot: StudioLot, user: str, *, count: int = 1, priority: Priority = "normal", waited_s: float = 0
) -> list[str]:
    """Productions of a user that wait for a slot, with their jobs."""
    made = []
    for _ in range(count):
        run = await lot.runs.start(
            user_id=user, graph="line", title=user, brief={}, context={}, priority=priority
        )
        made.append(run.production_id)
    aged = (
        "update runs set created_at = now() - make_interval(secs => %s) where production_id = any(%s::uuid[])"
    )
    await lot.database.execute(aged, [waited_s, made])
    return made


async def take(slot: Slot, *, patience_s: float = PATIENCE_S, ttl_s: float = 30) -> Claim | None:
    return await slot.claim_next(owner="me", ttl_s=ttl_s, patience_s=patience_s)


async def turns(lot: StudioLot, slot: Slot, count: int, **terms: Any) -> list[str]:
    """Whose productions have so many turns, one after the other, each to its end."""
    seen = []
    for _ in range(count):
        claim = await take(slot, **terms)
        assert claim is not None
        seen.append(claim.lease.user_id)
        await end(lot, [claim.lease.production_id])
    return seen


async def end(lot: StudioLot, productions: Sequence[str]) -> None:
    ids = list(productions)
    await lot.database.execute(
        "update productions set status = 'completed', lease_until = null, lease_owner = null"
        " where production_id = any(%s::uuid[])",
        [ids],
    )
    await lot.database.execute(
        "update runs set status = 'completed' where production_id = any(%s::uuid[])", [ids]
    )


async def test_a_higher_priority_goes_first(lot: StudioLot, slot: Slot) -> None:
    made = {name: (await queue(lot, USER, priority=name))[0] for name in PRIORITIES}
    claims = [await take(slot) for _ in range(3)]
    order = [claim.lease.production_id for claim in claims if claim is not None]
    assert order == [made["high"], made["normal"], made["low"]]
    assert await take(slot) is None


async def test_one_that_waits_alone_has_the_next_turn(lot: StudioLot, slot: Slot) -> None:
    """Also on a single slot, where nothing is under way at the moment of the choice."""
    await queue(lot, "hog", count=200)
    assert await turns(lot, slot, 3) == ["hog"] * 3
    await queue(lot, "other")
    assert "other" in await turns(lot, slot, 2)


async def test_whoever_has_less_under_way_comes_first(lot: StudioLot, slot: Slot) -> None:
    await queue(lot, "hog", count=6)
    held = [await take(slot) for _ in range(4)]
    assert {claim.lease.user_id for claim in held if claim is not None} == {"hog"}
    await queue(lot, "other", count=2)
    nexts = [await take(slot) for _ in range(4)]
    assert [one.lease.user_id for one in nexts if one is not None] == ["other", "other", "hog", "hog"]


async def test_of_more_users_than_slots_each_has_a_turn(lot: StudioLot, slot: Slot) -> None:
    """Nobody has anything under way when the only slot is free: then who has waited longest for a turn."""
    for user in ("hog", "other", "third"):
        await queue(lot, user, count=3)
    assert await turns(lot, slot, 6) == ["hog", "other", "third"] * 2


async def test_a_low_one_does_not_wait_for_ever(lot: StudioLot, slot: Slot) -> None:
    await queue(lot, USER, priority="low", waited_s=PATIENCE_S + 1)
    await queue(lot, "other", count=3)
    assert await turns(lot, slot, 2) == [USER, "other"]


async def test_without_the_bound_it_would(lot: StudioLot, slot: Slot) -> None:
    """The control."""
    await queue(lot, USER, priority="low", waited_s=PATIENCE_S + 1)
    await queue(lot, "other", count=3)
    assert await turns(lot, slot, 4, patience_s=86400) == ["other"] * 3 + [USER]


async def test_a_long_queue_does_not_age_past_another_users_single_one(lot: StudioLot, slot: Slot) -> None:
    await queue(lot, "hog", count=20, waited_s=PATIENCE_S + 1)
    assert await turns(lot, slot, 1) == ["hog"]
    await queue(lot, "other")
    assert await turns(lot, slot, 1) == ["other"]


@pytest.mark.parametrize(("patience_s", "first"), [(PATIENCE_S, "other"), (86400, "hog")])
async def test_who_had_no_turn_for_long_is_not_kept_waiting_by_high_ones(
    lot: StudioLot, slot: Slot, patience_s: float, first: str
) -> None:
    await queue(lot, "hog", count=3, priority="high")
    assert await turns(lot, slot, 1) == ["hog"]
    await queue(lot, "other", waited_s=PATIENCE_S + 1)
    assert (await turns(lot, slot, 1, patience_s=patience_s)) == [first]


HIDDEN = {
    "deleted": "update productions set deleted_at = now()",
    "held": "update productions set lease_until = now() + interval '1 minute'",
    "of a graph that is not known here": "update productions set graph = 'of tomorrow'",
    "later": "update runs set status = 'waiting', not_before = now() + interval '1 minute'",
    "at an open question": "with waiting as (update runs set status = 'waiting')"
    " update productions set status = 'paused', interrupts = '[{}]'",
}


@pytest.mark.parametrize("hidden", HIDDEN)
async def test_what_cannot_be_driven_is_passed_over(lot: StudioLot, slot: Slot, hidden: str) -> None:
    await queue(lot, USER)
    await lot.database.execute(HIDDEN[hidden])
    assert await take(slot) is None
    [due] = await queue(lot, "other")
    claim = await take(slot)
    assert claim is not None
    assert claim.lease.production_id == due


async def test_slots_that_choose_at_once_take_different_ones(lot: StudioLot, slot: Slot) -> None:
    made = await queue(lot, USER, count=6)
    slots = [Slot(lot.database.url, graphs()) for _ in range(8)]
    await asyncio.gather(*(one.open() for one in slots))
    claims = await asyncio.gather(*(take(one) for one in slots))
    for one in slots:
        await one.close()
    assert sorted(claim.lease.production_id for claim in claims if claim is not None) == sorted(made)


async def test_what_waits_behind_another_run_and_what_is_to_be_undone_are_chosen(
    lot: StudioLot, slot: Slot
) -> None:
    one, other = await queue(lot, USER), await queue(lot, "other")
    await lot.database.execute("update productions set status = 'cancelled'")
    await lot.database.execute("update runs set status = 'waiting' where production_id = any(%s)", [one])
    await lot.database.execute(
        "update runs set status = 'cancelled', cancel_action = 'rollback' where production_id = any(%s)",
        [other],
    )
    claims = [await take(slot) for _ in range(2)]
    assert [(claim.lease.production_id, claim.run_id) for claim in claims if claim is not None] == [
        (one[0], None), (other[0], None),
    ]  # fmt: skip


async def test_the_sweeper_rings_for_as_many_as_have_no_turn(lot: StudioLot, slot: Slot) -> None:
    await queue(lot, USER, count=3, waited_s=60)
    assert (await sweep(lot.database, grace_s=1)).rung == 0, "each has a job"
    await lot.database.execute(
        "delete from procrastinate_jobs where id = (select min(id) from procrastinate_jobs)"
    )
    assert (await sweep(lot.database, grace_s=1)).rung == 1
    assert (await sweep(lot.database, grace_s=1)).rung == 0


async def test_a_worker_gives_a_single_production_its_turn(lot: StudioLot, slot: Slot) -> None:
    assert await started_before(lot, "other") <= 2


async def test_by_the_order_of_the_jobs_it_would_wait_for_all(
    lot: StudioLot, slot: Slot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a job is for the production that it names."""

    async def advance(self: Worker, production_id: str) -> None:
        await self._advance_on(await self._free.get(), production_id)

    monkeypatch.setattr(Worker, "advance", advance)
    assert await started_before(lot, "other") == 12


async def started_before(lot: StudioLot, user: str) -> int:
    """How many of another user's were begun before this user's only one, which came last, on one slot."""
    hog = await queue(lot, "hog", count=12)
    [single] = await queue(lot, user)
    async with lot.worker(slots=1):
        for production_id in (single, *hog):
            async for event in lot.events.follow(production_id, until_end=True):
                assert event.ends in (None, "completed")
    row = await lot.database.fetch_one(
        "select count(*) as n from runs r, runs s where s.production_id = %s and r.started_at < s.started_at",
        [single],
    )
    assert row is not None
    return int(row["n"])


async def test_an_answer_waits_for_its_turn_like_a_start(lot: StudioLot, slot: Slot) -> None:
    async with lot.worker(slots=1):
        thread_id = await at_the_gate(lot)
    await queue(lot, "hog", count=5)
    run = await lot.answer(thread_id)
    async with lot.worker(slots=1):
        await lot.until(thread_id, "completed", runs=2)
    begun = "select run_id::text from runs where kind <> 'start' or user_id = 'hog' order by started_at"
    rows = await lot.database.fetch_all(begun)
    assert run.run_id in [row["run_id"] for row in rows[:2]]


@pytest.mark.parametrize(("quiet", "jobs"), [(False, 1), (True, 0)])
async def test_nobody_passes_a_queue_in_which_somebody_waits(
    lot: StudioLot, slot: Slot, quiet: bool, jobs: int
) -> None:
    """A slot is free in both: the short way is for when nobody else could have it."""
    async with lot.worker(slots=1) as worker:
        thread_id = await at_the_gate(lot)
        assert worker._bell is not None
        worker._bell._rung.quiet = quiet
        run = await door(lot).create(answer(thread_id))
        assert ("job" in run) == bool(jobs)
        await lot.until(thread_id, "completed", runs=2)
