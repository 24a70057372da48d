"""A provider rang with the job of an order whose own answer was lost: it is adopted, if it is one."""

import asyncio
import secrets
from datetime import datetime
from typing import Any

import pytest

from state.errors import OrderParked, ProviderError
from state.order import EngineRequest, Order
from tests.builders import an_order
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import Shop, Worker
from tests.integration.orders.test_rings import passed, rings
from tools.db.pool import Database
from tools.engines.base import CannotTell, JobStatus
from tools.engines.files import NO_FILES, Files
from tools.ledger.ledger import Ledger
from tools.ledger.rings import hinted_ids, order_of_token, ring
from tools.orders.rings import Rings

__all__ = ["rings"]


class RungEngine(FakeEngine):
    """Its provider takes a job, rings, and the answer is lost. Looking for the job is not possible."""

    def __init__(self, provider: FakeProvider, database: Database, *jobs: str) -> None:
        super().__init__(provider, reconcile="webhook_only")
        self._database, self._jobs = database, jobs
        self.troubles = ["lost_reply"]
        self.rang: list[bool] = []

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        try:
            return await super().submit(request, call_key=call_key, files=files)
        except ProviderError:
            self.rang += [await ring_for(self._database, call_key, job) for job in self._jobs]
            raise


async def ring_for(database: Database, call_key: str, job: str) -> bool:
    """A delivery whose signature held."""
    row = await Ledger(database).read(call_key)
    assert row is not None
    named = await order_of_token(database, row.provider, row.webhook_token)
    assert named is not None
    assert named.call_key == call_key
    return await ring(database, named, webhook_id=secrets.token_hex(8), status="starting", job_id=job)


async def a_worker(shop: Shop, production: str, *jobs: str, engine: FakeEngine | None = None) -> Worker:
    return await shop.worker(production, engine=engine or RungEngine(shop.provider, shop.database, *jobs))


async def parked(worker: Worker, order: Order) -> str:
    with pytest.raises(OrderParked) as caught:
        await worker.submit(order)
    return str(caught.value.details["reason"])


async def test_the_job_that_it_rang_with_is_adopted(shop: Shop, production: str) -> None:
    worker, order = await a_worker(shop, production, "job-1"), an_order(production)
    assert (await worker.submit(order)).external_id == "job-1"
    assert shop.provider.posts == [order.call_key]
    assert await shop.outcomes(order.call_key) == ["adopted"]


async def test_without_a_ring_it_is_parked(shop: Shop, production: str) -> None:
    """The control."""
    worker = await a_worker(shop, production)
    assert "cannot be asked" in await parked(worker, an_order(production))


async def test_the_provider_is_not_asked_for_lists_where_it_rang(shop: Shop, production: str) -> None:
    engine = RungEngine(shop.provider, shop.database, "job-1")
    engine.reconcile = "findable"
    await (await a_worker(shop, production, engine=engine)).submit(an_order(production))
    assert (shop.provider.reads["status"], shop.provider.reads["find"]) == (1, 0)


@pytest.mark.parametrize("finds", ["cannot tell", "nothing"])
async def test_a_ring_that_comes_while_the_provider_is_asked_is_heard(
    shop: Shop, production: str, finds: str
) -> None:
    """Its list could not tell, or did not know the job yet: it is neither parked nor sent once more."""

    class Late(RungEngine):
        searches = 0

        async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
            self.searches += 1
            if finds == "cannot tell":
                await ring_for(shop.database, call_key, "job-1")
                raise CannotTell
            if self.searches == 2:  # behind the deadline: what it says now is believed
                await ring_for(shop.database, call_key, "job-1")
            return []

    engine, order = Late(shop.provider, shop.database), an_order(production)
    worker = await a_worker(shop, production, engine=engine)
    assert (await worker.submit(order)).external_id == "job-1"
    assert shop.provider.posts == [order.call_key]


class Slow(RungEngine):
    """Its list is complete when every job must have ended, as fal's; meanwhile it rings with these jobs."""

    ended = False

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        try:
            for job in self._jobs:
                await ring_for(self._database, call_key, job)
            if "job-1" in self._jobs:
                await asyncio.Event().wait()
            await passed(self._database, self.heard)
            return []
        finally:
            self.ended = True

    heard: Rings


async def slow_search(shop: Shop, production: str, rings: Rings, *jobs: str) -> tuple[Worker, Slow]:
    engine = Slow(shop.provider, shop.database, *jobs)
    engine.reconcile, engine.rang, engine.heard = "findable", [], rings
    worker = await a_worker(shop, production, engine=engine)
    desk = worker.orders._desk
    desk.rings, desk.webhook_of = rings, lambda row: "https://greenlight.example/ring"
    return worker, engine


async def test_a_ring_ends_a_search_that_would_wait_for_every_job(
    shop: Shop, production: str, rings: Rings
) -> None:
    worker, engine = await slow_search(shop, production, rings, "job-of-a-stranger", "job-1")
    engine.submit = without_rings(engine)  # type: ignore[method-assign]
    async with asyncio.timeout(20):
        assert (await worker.submit(an_order(production))).external_id == "job-1"
    assert engine.ended
    assert len(shop.provider.posts) == 1


async def test_a_ring_that_names_nothing_of_ours_proves_no_absence(
    shop: Shop, production: str, rings: Rings
) -> None:
    """The list has the last word: nothing is in it, so the order is sent again."""
    worker, engine = await slow_search(shop, production, rings, "job-of-a-stranger")
    engine.submit = without_rings(engine)  # type: ignore[method-assign]
    order = an_order(production)
    await worker.submit(order)
    assert await shop.outcomes(order.call_key) == ["absent", "accepted"]


def without_rings(engine: Slow) -> Any:
    """Takes the order, loses the first answer, and rings later."""

    async def submit(request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        return await FakeEngine.submit(engine, request, call_key=call_key, files=files)

    return submit


async def test_a_job_that_the_provider_does_not_know_under_our_key_is_not_adopted(
    shop: Shop, production: str
) -> None:
    """Somebody else's, however well it was signed."""
    worker, order = await a_worker(shop, production, "job-of-a-stranger"), an_order(production)
    assert "cannot be asked" in await parked(worker, order)
    assert await hinted_ids(shop.database, order.call_key) == ["job-of-a-stranger"]


async def test_the_right_one_is_found_among_others(shop: Shop, production: str) -> None:
    worker = await a_worker(shop, production, "job-of-a-stranger", "job-1", "job-of-another")
    assert (await worker.submit(an_order(production))).external_id == "job-1"


async def test_a_job_of_another_order_is_no_hint(shop: Shop, production: str) -> None:
    """Neither what it has now nor what it had before."""
    await (await shop.worker(production)).submit(an_order(production, item="1A"))
    worker, order = await a_worker(shop, production, "job-1"), an_order(production, item="1B")
    await parked(worker, order)
    assert isinstance(worker.engine, RungEngine)
    assert worker.engine.rang == [False]
    await shop.database.execute("update orders set external_id = null where external_id = 'job-1'")
    assert not await ring_for(shop.database, order.call_key, "job-1")
    assert await hinted_ids(shop.database, order.call_key) == []


async def test_a_hint_that_another_order_was_given_meanwhile_does_not_prove_absence(
    shop: Shop, production: str
) -> None:
    """While the provider is asked for it: not adopted twice, and nothing is sent again because of it."""

    class Overtaken(RungEngine):
        async def status(self, external_id: str) -> JobStatus:
            await shop.database.execute(
                "update order_attempts set external_id = 'job-2' where external_id = 'job-1'"
            )
            return await super().status(external_id)

    await (await shop.worker(production)).submit(an_order(production, item="1A"))
    engine, order = Overtaken(shop.provider, shop.database, "job-2"), an_order(production, item="1B")
    worker = await a_worker(shop, production, engine=engine)
    await parked(worker, order)
    assert engine.rang == [True]
    assert len(shop.provider.posts) == 2


async def test_a_provider_that_cannot_be_asked_now_leaves_the_order_as_it_is(
    shop: Shop, production: str
) -> None:
    """Later it is adopted all the same: nothing was sent in between."""
    worker, order = await a_worker(shop, production, "job-1"), an_order(production)
    worker.engine.ask_troubles = ["auth"]
    with pytest.raises(ProviderError):
        await worker.submit(order)
    assert (await shop.row(order.call_key))["state"] == "intent"
    assert (await worker.submit(order)).external_id == "job-1"
    assert shop.provider.posts == [order.call_key]


async def test_a_hint_that_came_true_is_none_any_more(shop: Shop, production: str) -> None:
    """The delivery overtook the answer: the job is the order's, and when it has died not taken once more."""
    order = an_order(production)
    engine = RungEngine(shop.provider, shop.database, "job-1")
    engine.reconcile = "findable"
    await (await a_worker(shop, production, engine=engine)).submit(order)
    assert engine.rang == [True]
    assert await hinted_ids(shop.database, order.call_key) == []


async def test_the_dead_job_of_an_order_is_not_taken_for_its_next_one(shop: Shop, production: str) -> None:
    """A late delivery about the first attempt, while the second one's answer is lost."""
    worker, order = await shop.worker(production), an_order(production)
    await worker.submit(order)
    await shop.database.execute(
        "update orders set state = 'intent', external_id = null where call_key = %s", [order.call_key]
    )
    assert not await ring_for(shop.database, order.call_key, "job-1")


async def test_what_another_place_bought_rings_here(shop: Shop, production: str) -> None:
    """Out of a backup: the job that the original sent is taken, though the provider shows no list."""
    await shop.database.execute(
        "update productions set restored_from = now() where production_id = %s", [production]
    )
    order = an_order(production)
    shop.provider.receive(order.request, "of the original")
    engine = RungEngine(shop.provider, shop.database)
    engine.find = rings_first(shop.database, order)  # type: ignore[method-assign]
    with pytest.raises(ProviderError):
        await (await a_worker(shop, production, engine=engine)).submit(order)
    assert (await (await a_worker(shop, production)).submit(order)).external_id == "job-1"
    assert shop.provider.posts == ["of the original"]


def rings_first(database: Database, order: Order) -> Any:
    """A search that fails when the provider has just rung."""

    async def find(request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        await ring_for(database, order.call_key, "job-1")
        raise ProviderError("not now", kind="auth", provider="fake")

    return find


class Placed(RungEngine):
    """External ids that hold the place of a job, too, as those of fal."""

    def external_id_of(self, request: EngineRequest, job_id: str) -> str:
        return f"{request.model}/requests/{job_id}"

    async def status(self, external_id: str) -> Any:
        return await super().status(external_id.rpartition("/")[2])


async def test_an_engine_says_what_it_calls_a_job(shop: Shop, production: str) -> None:
    order = an_order(production)
    engine = Placed(shop.provider, shop.database, "job-1")
    ticket = await (await a_worker(shop, production, engine=engine)).submit(order)
    assert ticket.external_id == f"{order.request.model}/requests/job-1"
    assert await ring_for(shop.database, order.call_key, "job-1"), "it rings on under the provider's own id"
    assert not await ring_for(shop.database, order.call_key, "job-2")


async def test_what_rings_once_it_is_parked_is_shown_and_not_bought_again(
    shop: Shop, production: str
) -> None:
    """A person says that it never arrived, and the provider itself has named its job since."""
    worker, order = await a_worker(shop, production), an_order(production)
    await parked(worker, order)
    assert await ring_for(shop.database, order.call_key, "job-1")
    [shown], _ = await worker.orders.parked.listed("local")
    assert shown.external_id == "job-1"
    settled = await worker.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    assert (settled.decision, settled.external_id) == ("it_is_this_job", "job-1")
    assert (await worker.submit(order)).external_id == "job-1"
    assert shop.provider.posts == [order.call_key]


async def test_a_ring_of_what_the_provider_does_not_know_stands_in_no_decision_s_way(
    shop: Shop, production: str
) -> None:
    worker, order = await a_worker(shop, production), an_order(production)
    await parked(worker, order)
    assert await ring_for(shop.database, order.call_key, "job-of-a-stranger")
    settled = await worker.orders.parked.settle(order.call_key, "it_never_arrived", user_id="local")
    assert settled.decision == "it_never_arrived"
    await worker.submit(order)
    assert shop.provider.posts == [order.call_key] * 2
