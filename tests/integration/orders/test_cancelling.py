"""What a cancelled production had ordered is stopped at its provider, once, and booked as that says."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from state.cost import CostReport
from state.errors import NotApproved, ProviderError, SpendingStopped
from state.order import EngineRequest, Order
from tests.builders import an_order
from tests.integration.orders.shop import Shop, Worker
from tests.integration.orders.stoppable import (
    CANCEL,
    CENT,
    DELETE,
    GOES_ON,
    NEVER_BEGAN,
    NOBODY_SAYS,
    STOPPED,
    C,
    Stoppable,
    booked,
    resumed,
    stopping,
)
from tools.engines.base import Fetched, JobStatus
from tools.engines.files import NO_FILES, Files
from tools.ledger.cancels import SQL, CancelBooks
from tools.ledger.stops import Stops
from tools.orders import cancelling
from tools.orders.cancelling import stop_all


@pytest.fixture
def engine(shop: Shop) -> Stoppable:
    return Stoppable(shop.provider)


@pytest.fixture
async def buyer(shop: Shop, production: str, engine: Stoppable) -> AsyncIterator[Worker]:
    made = await shop.worker(production, engine=engine)
    yield made
    await made.orders.close()


async def bought(worker: Worker, item: str = "1A") -> Order:
    order = an_order(worker.lease.production_id, item=item)
    await worker.submit(order, price=CENT)
    return order


FATES = [
    (STOPPED, ("failed", 0, C, 0, 0)),
    (NEVER_BEGAN, ("failed", 0, 0, C, 0)),
    (NOBODY_SAYS, ("failed", 0, 0, 0, C)),
    (GOES_ON, ("submitted", C, 0, 0, 0)),
]


@pytest.mark.parametrize(("fate", "books"), FATES)
async def test_a_job_is_stopped_once_and_booked_by_its_provider_s_rule(
    shop: Shop, buyer: Worker, engine: Stoppable, fate: JobStatus, books: tuple[Any, ...]
) -> None:
    engine.fate = fate
    order = await bought(buyer)
    stops = stopping(buyer, shop.database)
    assert await stops.round() == 0, "nobody has cancelled it"
    await shop.database.execute(CANCEL)
    for _ in range(3):
        await stops.round()
    assert engine.told == ["job-1"]
    assert await booked(shop, order) == books


async def test_nothing_is_stopped_before_the_graph_has(shop: Shop, buyer: Worker, engine: Stoppable) -> None:
    """It is asked to stop, and its worker drives it still."""
    await bought(buyer)
    await shop.database.execute("update productions set status = 'cancelled'")
    assert await stopping(buyer, shop.database).round() == 0
    assert engine.told == []


@pytest.mark.parametrize("guard", [True, False])
async def test_of_two_that_sweep_one_tells_it(
    shop: Shop, buyer: Worker, engine: Stoppable, guard: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bought(buyer)
    await shop.database.execute(CANCEL)
    if not guard:
        careless = SQL["due"].replace("and o.cancel_not_before <= now()", "")
        assert careless != SQL["due"]
        monkeypatch.setattr("tools.ledger.cancels.SQL", {**SQL, "due": careless})
    books = CancelBooks(shop.database, pause_s=60)
    first, second = await books.due(limit=9), await books.due(limit=9)
    assert (len(first), len(second)) == (1, 0 if guard else 1)


async def test_who_cannot_be_reached_is_tried_again_but_not_for_ever(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    engine.unreachable = 2
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    stops = stopping(buyer, shop.database)
    for _ in range(2):
        await stops.round()
    assert await booked(shop, order) == ("submitted", C, 0, 0, 0), "until it is known it is held"
    await stops.round()
    assert await booked(shop, order) == ("failed", 0, C, 0, 0)


async def test_what_nobody_can_tell_is_of_unknown_price_and_still_found(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    engine.unreachable = 99
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    stops = stopping(buyer, shop.database, most=3)
    assert [await stops.round() for _ in range(5)] == [1, 1, 1, 0, 0]
    assert await booked(shop, order) == ("submitted", 0, 0, 0, C)
    engine.made = {"job-1"}
    again = await resumed(shop, buyer)
    await again.place(order, price=CENT)
    assert await booked(shop, order) == ("done", 0, C, 0, 0)
    assert len(shop.provider.posts) == 1


async def test_what_was_made_all_the_same_is_brought_home_and_used(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    engine.made = {"job-1"}
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == ("done", 0, C, 0, 0)
    again = await resumed(shop, buyer)
    assert (await again.place(order, price=CENT)).media.sha256
    branch = await shop.worker(await shop.production(parent=order.production_id), engine=engine)
    of_branch = order.model_copy(update={"production_id": branch.lease.production_id})
    await branch.place(of_branch, price=CENT)
    assert await branch.orders.costs(branch.lease.production_id) == CostReport()
    assert len(shop.provider.posts) == 1


@pytest.mark.parametrize("fate", [NEVER_BEGAN, STOPPED, NOBODY_SAYS])
async def test_a_production_that_goes_on_has_what_was_stopped_made_again(
    shop: Shop, buyer: Worker, engine: Stoppable, fate: JobStatus
) -> None:
    engine.fate = fate
    order = await bought(buyer)
    ticket = await buyer.submit(order, price=CENT)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    engine.made = {"job-2"}
    again = await resumed(shop, buyer)
    await again.collect(ticket)
    billed, unknown = C if fate.billed else 0, C if fate.billed is None else 0
    assert await booked(shop, order) == ("done", 0, C + billed, 0, unknown)
    assert len(shop.provider.posts) == 2
    assert (await shop.row(order.call_key))["cancel_tries"] == 0, "and may be stopped like any other"


async def test_a_resume_that_finds_it_stopped_before_it_was_booked_has_it_made_again(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """It was told, and the production goes on before anybody has asked what became of it."""
    order = await bought(buyer)
    ticket = await buyer.submit(order, price=CENT)
    await shop.database.execute(CANCEL)
    engine.fate = GOES_ON
    await stopping(buyer, shop.database).round()
    engine.fate, engine.made = STOPPED, {"job-2"}
    again = await resumed(shop, buyer)
    await again.collect(ticket)
    assert await booked(shop, order) == ("done", 0, 2 * C, 0, 0)


async def test_what_is_refused_when_it_is_looked_at_is_not_made_again(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    engine.fate = JobStatus(state="failed", kind="refused", error="no such words", billed=False)
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    again = await resumed(shop, buyer)
    with pytest.raises(ProviderError, match="no such words"):
        await again.submit(order, price=CENT)
    assert await booked(shop, order) == ("failed", 0, 0, C, 0)


async def test_what_is_deleted_is_stopped_and_not_fetched(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    stopped, made = await bought(buyer, "1A"), await bought(buyer, "1B")
    engine.made = {"job-2"}
    await shop.database.execute(DELETE)
    await stopping(buyer, shop.database).round()
    assert sorted(engine.told) == ["job-1", "job-2"]
    assert await booked(shop, stopped) == ("failed", 0, C, 0, 0)
    assert await booked(shop, made) == ("failed", 0, C, 0, 0)
    assert shop.store.puts == 0


async def test_a_large_file_is_fetched_for_longer_than_its_provider_is_asked(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The question has its seconds and the download its own."""
    monkeypatch.setattr(cancelling, "ASKS_FOR_S", 0.2)
    engine.made, arrives = {"job-1"}, asyncio.Event()
    fetched = engine.fetch

    async def slowly(external_id: str, into: Path) -> Fetched:
        asyncio.get_running_loop().call_later(0.4, arrives.set)
        await arrives.wait()
        return await fetched(external_id, into)

    monkeypatch.setattr(engine, "fetch", slowly)
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert arrives.is_set()
    assert await booked(shop, order) == ("done", 0, C, 0, 0)


async def test_a_bad_file_is_not_bought_again_for_what_was_cancelled(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """A production that runs has another one made."""
    engine.made, engine.outputs = {"job-1"}, [b""]
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == ("failed", 0, C, 0, 0)
    assert len(shop.provider.posts) == 1


async def test_a_production_that_has_gone_on_is_left_alone(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """It is resumed between the look and the word: its order is not ended under its hands."""
    order = await bought(buyer)
    await shop.database.execute(CANCEL)
    [one] = await CancelBooks(shop.database).due(limit=1)
    again = await resumed(shop, buyer)
    await stopping(buyer, shop.database)._try(one)
    row = await shop.row(order.call_key)
    assert (row["state"], row["cancel_told_at"]) == ("submitted", None)
    engine.made = {"job-1"}
    await again.place(order, price=CENT)
    assert len(shop.provider.posts) == 1


async def test_an_engine_that_breaks_does_not_keep_the_others(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bought(buyer, "1A")
    other = await bought(buyer, "1B")

    async def broken(external_id: str) -> None:
        if external_id == "job-1":
            raise RuntimeError("a bug")
        engine.told.append(external_id)

    monkeypatch.setattr(engine, "cancel", broken)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert (await booked(shop, other))[0] == "failed"


@pytest.mark.parametrize("status", ["paused", "failed", "completed"])
async def test_all_jobs_of_who_is_erased_are_stopped_first(
    shop: Shop, buyer: Worker, engine: Stoppable, status: str
) -> None:
    order = await bought(buyer)
    await shop.database.execute("update productions set status = %s, lease_until = null", (status,))
    stops = stopping(buyer, shop.database)
    await stop_all(stops, "somebody", within_s=5)
    assert engine.told == []
    await stop_all(stops, "local", within_s=5)
    assert engine.told == ["job-1"]
    assert (await booked(shop, order))[0] == "failed"


async def test_a_provider_that_says_nothing_holds_no_erasure_up(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bought(buyer)

    async def silent(external_id: str) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr(engine, "cancel", silent)
    await shop.database.execute(CANCEL)
    await stop_all(stopping(buyer, shop.database), "local", within_s=0.05)
    assert engine.told == []


@pytest.mark.parametrize("fate", [NEVER_BEGAN, STOPPED])
async def test_what_its_stop_was_billed_must_have_been_approved_with_the_next(
    shop: Shop, engine: Stoppable, fate: JobStatus
) -> None:
    """One cent is approved: given back it buys another; billed it does not, and the order has failed."""
    engine.fate = fate
    buyer = await shop.worker(await shop.production(preproduction="0.01"), engine=engine)
    order = await bought(buyer)
    ticket = await buyer.submit(order, price=CENT)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    engine.made = {"job-2"}
    again = await resumed(shop, buyer)
    if fate.billed:
        with pytest.raises(ProviderError, match="stopped with its production"):
            await again.collect(ticket)
        with pytest.raises(NotApproved):
            await again.submit(order, price=CENT)
    else:
        await again.collect(ticket)
    assert len(shop.provider.posts) == (1 if fate.billed else 2)


async def test_a_stop_of_spending_stops_paid_jobs_only_where_it_says_so(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """And nobody else's."""
    await bought(buyer)
    free = an_order(buyer.lease.production_id, item="1B")
    await buyer.submit(free)
    stops, sweeper = Stops(shop.database), stopping(buyer, shop.database)
    await stops.stop("local", by="local")
    await stops.stop("somebody", by="local", jobs=True)
    assert await sweeper.round() == 0
    assert (await stops.stop("local", by="local", jobs=True)).stops_jobs
    await sweeper.round()
    await sweeper.round()
    assert engine.told == ["job-1"], "what costs nothing goes on"


@pytest.mark.parametrize("fate", [NEVER_BEGAN, STOPPED])
async def test_who_waits_for_a_job_that_a_stop_ends_pauses_and_has_it_made_after_the_release(
    shop: Shop, buyer: Worker, engine: Stoppable, fate: JobStatus
) -> None:
    """Its driver books it: the sweeper, which is not the driver, writes nothing under its hands."""
    engine.fate = fate
    order = await bought(buyer)
    ticket = await buyer.submit(order, price=CENT)
    stops = Stops(shop.database)
    await stops.stop("local", by="local", jobs=True)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == ("submitted", C, 0, 0, 0)
    with pytest.raises(SpendingStopped):
        await buyer.collect(ticket)
    await stops.release("local", by="local")
    engine.made = {"job-2"}
    await buyer.collect(ticket)
    assert await booked(shop, order) == ("done", 0, C + (C if fate.billed else 0), 0, 0)


async def test_what_was_stopped_after_it_was_looked_up_is_known_to_be_stopped(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who waits has read the order before the stop: by the old row it would have failed for good."""
    engine.fate = NEVER_BEGAN
    order = await bought(buyer)
    ticket = await buyer.submit(order, price=CENT)
    looked = engine.wait

    async def wait(external_id: str) -> JobStatus:
        if external_id == "job-1":
            await Stops(shop.database).stop("local", by="local", jobs=True)
            await stopping(buyer, shop.database).round()
            await Stops(shop.database).release("local", by="local")
        return await looked(external_id)

    monkeypatch.setattr(engine, "wait", wait)
    engine.made = {"job-2"}
    await buyer.collect(ticket)
    assert (await booked(shop, order))[0] == "done"


class Revives(Stoppable):
    """As previz: the same order again is the same job, and goes on where it was stopped."""

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        job = await super().submit(request, call_key=call_key, files=files)
        if job in self.told:
            self.told.remove(job)
            self.made.add(job)
        return job


async def test_a_job_that_is_the_same_again_is_revived_and_can_be_stopped_again(
    shop: Shop, production: str
) -> None:
    engine = Revives(shop.provider)
    engine.reconcile = "idempotent_submit"
    buyer = await shop.worker(production, engine=engine)
    order = an_order(production)
    ticket = await buyer.submit(order)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert (await booked(shop, order))[0] == "failed"
    again = await resumed(shop, buyer)
    assert (await again.submit(order)).external_id == ticket.external_id
    row = await shop.row(order.call_key)
    assert (row["cancel_told_at"], row["cancel_tries"]) == (None, 0)
    await again.collect(ticket)
    assert len(shop.provider.posts) == 1
