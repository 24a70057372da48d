"""A run goes from the door to a free slot of the same process, and is rung for once all the same."""

import asyncio
import uuid
from typing import Any

import pytest

from server.limits.quotas import Quotas
from server.runs.asked import RunOptions
from server.runs.shortcut import Shortcut
from server.runs.slot import Claim, Slot
from server.threads.asked_run import AskedRun
from server.threads.create import ThreadRuns
from state.errors import QuotaUsedUp
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.tiny_graphs import graphs


@pytest.fixture
def claimed_with(monkeypatch: pytest.MonkeyPatch) -> list[int | None]:
    """The jobs with which slots have claimed; None is a claim of what is most due."""
    jobs: list[int | None] = []
    claim, claim_next = Slot.claim, Slot.claim_next

    async def noted(self: Slot, production_id: str, *, job: int | None = None, **more: Any) -> Claim | None:
        jobs.append(job)
        return await claim(self, production_id, job=job, **more)

    async def noted_next(self: Slot, **terms: Any) -> Claim | None:
        jobs.append(None)
        return await claim_next(self, **terms)

    monkeypatch.setattr(Slot, "claim", noted)
    monkeypatch.setattr(Slot, "claim_next", noted_next)
    return jobs


def door(lot: StudioLot, **more: Any) -> ThreadRuns:
    return ThreadRuns(lot.database, graphs(), shortcut=lot.events.tail.shortcut, **more)


def asked(thread_id: str | None = None, graph: str = "line", **more: Any) -> AskedRun:
    return AskedRun(
        user_id=USER, thread_id=thread_id or str(uuid.uuid4()), graph=graph, if_not_exists="create",
        assistant_id=str(uuid.uuid5(uuid.NAMESPACE_DNS, graph)), input={}, options=RunOptions(), **more,
    )  # fmt: skip


async def jobs(lot: StudioLot) -> list[tuple[int, str]]:
    rows = await lot.database.fetch_all("select id, status::text from procrastinate_jobs order by id")
    return [(row["id"], row["status"]) for row in rows]


async def test_what_is_accepted_beside_a_free_slot_takes_its_job_with_the_claim(
    lot: StudioLot, claimed_with: list[int | None]
) -> None:
    async with lot.worker():
        [run] = await door(lot).create_all([asked()])  # several go by their jobs, all or none
        await lot.until(run["thread_id"], "completed")
        # The queue's own worker may be rung for the same job, too late.
        assert run["job"] in claimed_with
    assert await jobs(lot) == []


async def test_without_a_worker_here_the_job_waits_for_one(
    lot: StudioLot, claimed_with: list[int | None]
) -> None:
    """The control: the queue is what everybody else goes by."""
    run = await door(lot).create(asked())
    assert await jobs(lot) == [(run["job"], "todo")]
    async with lot.worker():
        await lot.until(run["thread_id"], "completed")
    assert set(claimed_with) == {None}


async def test_with_all_slots_busy_it_goes_by_the_queue(
    lot: StudioLot, claimed_with: list[int | None]
) -> None:
    async with lot.worker(slots=1):
        shortcut = lot.events.tail.shortcut
        first, second = await door(lot).create_all([asked(), asked()])
        for run in (first, second):
            await lot.until(run["thread_id"], "completed")
        assert claimed_with[0] == first["job"]
        assert second["job"] not in claimed_with
        assert shortcut.drive is not None


async def test_a_job_that_somebody_else_took_is_not_claimed_again(lot: StudioLot) -> None:
    run = await door(lot).create(asked())
    await lot.database.execute("update procrastinate_jobs set status = 'doing'")
    slot = Slot(lot.database.url, graphs())
    try:
        assert await slot.claim(run["thread_id"], owner="late", ttl_s=5, job=run["job"]) is None
        assert await jobs(lot) == [(run["job"], "doing")]
        assert await slot.claim(run["thread_id"], owner="the other", ttl_s=5) is not None, "the control"
    finally:
        await slot.close()


async def test_a_claim_that_comes_too_late_leaves_the_job_where_it_is(lot: StudioLot) -> None:
    """Somebody holds the production: whoever is rung for next finds what waits there."""
    run = await door(lot).create(asked())
    slots = [Slot(lot.database.url, graphs()) for _ in range(2)]
    try:
        assert await slots[0].claim(run["thread_id"], owner="first", ttl_s=30) is not None
        assert await slots[1].claim(run["thread_id"], owner="second", ttl_s=30, job=run["job"]) is None
        assert await jobs(lot) == [(run["job"], "todo")]
    finally:
        for slot in slots:
            await slot.close()


async def test_two_who_claim_with_one_job_are_one(lot: StudioLot) -> None:
    run = await door(lot).create(asked())
    slots = [Slot(lot.database.url, graphs()) for _ in range(4)]
    try:
        claims = await asyncio.gather(
            *(
                slot.claim(run["thread_id"], owner=str(n), ttl_s=30, job=run["job"])
                for n, slot in enumerate(slots)
            )
        )
        assert len([claim for claim in claims if claim is not None]) == 1
        assert await jobs(lot) == []
    finally:
        for slot in slots:
            await slot.close()


async def test_what_is_refused_after_its_row_was_written_is_expected_by_nobody(lot: StudioLot) -> None:
    async with lot.worker():
        with pytest.raises(QuotaUsedUp):
            await door(lot, quotas=Quotas(generations_per_hour=1, concurrent_productions=0)).create(asked())
        shortcut = lot.events.tail.shortcut
        assert shortcut._expected == set()
        assert await jobs(lot) == []


def test_a_notification_of_ours_wakes_nobody_and_every_other_does() -> None:
    rung: list[str] = []
    shortcut = Shortcut()
    shortcut.drive, shortcut.ring = lambda *_: True, lambda: rung.append("rung")
    shortcut.expect(7)
    assert shortcut.heard(7)
    assert not shortcut.heard(7)
    assert not shortcut.heard(8)
    assert rung == []


def test_what_was_heard_of_and_is_not_offered_is_looked_for_in_the_queue() -> None:
    """Whoever accepted it was cut off after the commit, when its notification had been passed over."""
    rung: list[str] = []
    shortcut = Shortcut()
    shortcut.drive, shortcut.ring = lambda *_: True, lambda: rung.append("rung")
    shortcut.expect(7)
    shortcut.heard(7)
    shortcut.forget(7)
    assert rung == ["rung"]
    shortcut.expect(8)
    shortcut.forget(8)
    assert rung == ["rung"], "nobody heard of it: its notification will ring"
    assert not shortcut.heard(8)
