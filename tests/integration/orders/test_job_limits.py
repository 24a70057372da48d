"""A job that takes too long is stopped at its provider, and ends as one that died."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from state.cost import CostReport, Money
from state.errors import OrderParked, ProviderError, ProviderTimeout
from state.errors.engine_states import engine_state
from state.order import Order, Ticket
from tests.builders import a_video_request, an_image_request, an_order
from tests.fakes import FakeEngine, FakeProvider
from tests.integration.orders.shop import ImpatientClock, Shop, Worker
from tools.db.pool import Database
from tools.engines.base import JobStatus
from tools.engines.catalog import model_card
from tools.engines.live import polling
from tools.ledger.rows import OrderRow
from tools.orders import collecting
from tools.orders.collecting import STOPS_IN_S
from tools.orders.options import OrderOptions
from tools.orders.patience import patience_of
from tools.orders.retries import Retries
from tools.resilience.at_most import WATCH

MODEL = "wan-2.5-t2v-fast"
LIMIT_S = 600
"""Mission row S2-117."""
LOOK_S = 2.0
PRICE = Money.usd("0.10")


class Clockwork(ImpatientClock):
    """Begins now, because the database says when an order was sent. Those who look or pause make it later;
    who watches a limit is woken when it is so late."""

    def __init__(self, database: Database, *, late_s: float = 0.0) -> None:
        super().__init__(database)
        self.started = datetime.now(UTC) + timedelta(seconds=late_s)
        self._later = asyncio.Condition()

    async def sleep(self, seconds: float) -> None:
        task = asyncio.current_task()
        async with self._later:
            if task is not None and task.get_name() == WATCH:
                until = self.passed_s + seconds
                await self._later.wait_for(lambda: self.passed_s >= until)
            else:
                self.passed_s += seconds
                self._later.notify_all()
        await asyncio.sleep(0)


class Endless(FakeEngine):
    """Looks every 2 s at a job that goes on for `ends_after_s`."""

    def __init__(
        self, provider: FakeProvider, clock: Clockwork, *, ends_after_s: float, stops: bool = True
    ) -> None:
        super().__init__(provider)
        self.clock, self.ends_after_s, self.cancelled = clock, ends_after_s, list[str]()
        self.stops = stops

    async def wait(self, external_id: str) -> JobStatus:
        while self.clock.passed_s < self.ends_after_s:
            if self.stops and external_id in self.cancelled:
                return JobStatus(state="cancelled", error="stopped")
            await self.clock.sleep(LOOK_S)
        return await super().wait(external_id)

    async def cancel(self, external_id: str) -> None:
        self.cancelled.append(external_id)


@pytest.fixture
def tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No other job is made where one ends without a result."""

    def retries(row: OrderRow, options: OrderOptions) -> Retries:
        return Retries(backoff=options.backoff, new_jobs=0)

    monkeypatch.setattr(collecting, "retries_of", retries)


def a_take(production: str) -> Order:
    return an_order(production, stage="take", request=a_video_request(model=MODEL))


def test_the_card_says_how_long() -> None:
    assert patience_of(MODEL).ends_in_s == model_card(MODEL).ends_in_s == LIMIT_S
    assert patience_of("previz-animatic").ends_in_s == 0
    assert patience_of("nobody-knows-it").ends_in_s == 0


@pytest.mark.parametrize(
    ("model", "limit_s"),
    [
        ("fal-flux-schnell", 20), ("kling-2.5-turbo", 300), ("luma-ray-2", 300),
        ("flux-schnell", 600), ("veo-3.1", 600), ("google-veo-3.1", 900),
    ],
)  # fmt: skip
def test_a_job_has_the_time_of_its_family_or_of_its_card(model: str, limit_s: float) -> None:
    """S3-54 to S3-56 at fal; elsewhere a job that is cut off early would be paid and thrown away."""
    assert patience_of(model).ends_in_s == limit_s


async def test_in_time_is_in_time(shop: Shop, production: str) -> None:
    clock = Clockwork(shop.database)
    engine = Endless(shop.provider, clock, ends_after_s=LIMIT_S - 10)
    worker = await shop.worker(production, engine=engine, clock=clock)
    await worker.place(a_take(production), price=PRICE)
    assert engine.cancelled == []


@pytest.mark.usefixtures("tried_once")
async def test_too_long_is_stopped_at_the_provider_and_booked(shop: Shop, production: str) -> None:
    clock = Clockwork(shop.database)
    engine = Endless(shop.provider, clock, ends_after_s=3 * LIMIT_S)
    worker = await shop.worker(production, engine=engine, clock=clock, new_attempts={})
    order = a_take(production)
    with pytest.raises(ProviderTimeout, match="made nothing within 600 s; the job was stopped") as failed:
        await worker.place(order, price=PRICE)
    assert engine_state(failed.value, engine="wan", role="production").name == "WAN_TIMEOUT"
    row = await shop.row(order.call_key)
    assert (engine.cancelled, row["state"], row["error_kind"]) == (["job-1"], "failed", "transient_job")
    assert row["cost_actual"] == PRICE.micros
    assert LIMIT_S <= clock.passed_s < LIMIT_S + 10


@pytest.mark.usefixtures("tried_once")
async def test_whoever_takes_over_waits_for_the_rest_alone(shop: Shop, production: str) -> None:
    """It counts from the submit."""
    clock = Clockwork(shop.database)
    worker = await shop.worker(production, engine=Endless(shop.provider, clock, ends_after_s=0), clock=clock)
    ticket = await worker.submit(a_take(production), price=PRICE)
    later = Clockwork(shop.database, late_s=LIMIT_S - 20)
    engine = Endless(shop.provider, later, ends_after_s=LIMIT_S)
    successor = await shop.worker(production, engine=engine, clock=later, new_attempts={})
    with pytest.raises(ProviderError, match="the job was stopped"):
        await successor.collect(ticket)
    assert later.passed_s < 40


async def never_ends(shop: Shop, production: str) -> tuple[Worker, Endless, Ticket]:
    """A clip at a provider that stops nothing, waited for as long as anybody waits."""
    clock = Clockwork(shop.database)
    engine = Endless(shop.provider, clock, ends_after_s=9 * LIMIT_S, stops=False)
    worker = await shop.worker(production, engine=engine, clock=clock)
    ticket = await worker.submit(a_take(production), price=PRICE)
    with pytest.raises(OrderParked) as parked:
        await worker.collect(ticket)
    assert "say that it is this job" in parked.value.user_action
    assert parked.value.details["reason"] == f"{MODEL} made nothing within 600 s, and fake does not stop it"
    return worker, engine, ticket


async def test_one_that_cannot_be_stopped_waits_for_a_person_and_nothing_is_made_instead(
    shop: Shop, production: str
) -> None:
    """Another one would be paid besides. Its price counts as unknown, and it is asked about no more."""
    worker, engine, ticket = await never_ends(shop, production)
    assert LIMIT_S + STOPS_IN_S <= engine.clock.passed_s < LIMIT_S + STOPS_IN_S + 20
    assert (await shop.row(ticket.call_key))["state"] == "unknown"
    assert await worker.orders.costs(production) == CostReport(quoted=PRICE, unknown=PRICE)
    [shown], _ = await worker.orders.parked.listed("local")
    assert shown.external_id == "job-1"
    with pytest.raises(OrderParked):
        await worker.collect(ticket)
    assert (engine.cancelled, len(shop.provider.posts)) == (["job-1"], 1)


async def test_one_that_ended_after_all_is_collected_and_paid_once(shop: Shop, production: str) -> None:
    worker, engine, ticket = await never_ends(shop, production)
    engine.ends_after_s = 0
    settled = await worker.orders.parked.settle(
        ticket.call_key, "it_is_this_job", user_id="local", external_id="job-1"
    )
    assert settled.row.state == "submitted"
    assert (await worker.collect(ticket)).call_key == ticket.call_key
    assert len(shop.provider.posts) == 1
    assert await worker.orders.costs(production) == CostReport(quoted=PRICE, billed=PRICE)


async def test_one_that_is_given_up_ends_its_order(shop: Shop, production: str) -> None:
    worker, _, ticket = await never_ends(shop, production)
    await worker.orders.parked.settle(ticket.call_key, "give_up", user_id="local")
    with pytest.raises(ProviderError):
        await worker.collect(ticket)
    assert (await shop.row(ticket.call_key))["state"] == "failed"
    assert await worker.orders.costs(production) == CostReport(quoted=PRICE, unknown=PRICE)


async def test_one_that_never_arrived_did_arrive(shop: Shop, production: str) -> None:
    """Its job is known: nothing is sent beside it."""
    worker, engine, ticket = await never_ends(shop, production)
    engine.ends_after_s = 0
    settled = await worker.orders.parked.settle(ticket.call_key, "it_never_arrived", user_id="local")
    assert settled.decision == "it_is_this_job"
    await worker.collect(ticket)
    assert len(shop.provider.posts) == 1


async def test_one_that_was_done_in_the_last_moment_is_taken(shop: Shop, production: str) -> None:
    """It was too late to stop it: it is paid, and there."""
    clock = Clockwork(shop.database)
    engine = Endless(shop.provider, clock, ends_after_s=LIMIT_S + 10, stops=False)
    worker = await shop.worker(production, engine=engine, clock=clock)
    await worker.place(a_take(production), price=PRICE)
    assert (engine.cancelled, len(shop.provider.posts)) == (["job-1"], 1)


class Queued(Endless):
    """Stands in its provider's queue first, and is looked at as the live engines look."""

    def __init__(
        self, provider: FakeProvider, clock: Clockwork, *, begins_after_s: float, runs_s: float
    ) -> None:
        super().__init__(provider, clock, ends_after_s=begins_after_s + runs_s)
        self.begins_after_s, self.stopped_at_s = begins_after_s, 0.0

    async def cancel(self, external_id: str) -> None:
        self.stopped_at_s = self.stopped_at_s or self.clock.passed_s
        await super().cancel(external_id)

    async def wait(self, external_id: str) -> JobStatus:
        return await polling.ended(lambda: self._at(external_id))

    async def _at(self, external_id: str) -> JobStatus:
        if external_id in self.cancelled:
            return JobStatus(state="cancelled", error="stopped")
        if self.clock.passed_s < self.begins_after_s:
            return JobStatus(state="queued")
        return JobStatus(state="running" if self.clock.passed_s < self.ends_after_s else "succeeded")


async def bought_in_a_queue(shop: Shop, production: str, engine: Queued) -> None:
    worker = await shop.worker(production, engine=engine, clock=engine.clock, new_attempts={})
    request = an_image_request(model="fal-flux-schnell")
    await worker.place(an_order(production, request=request), price=PRICE)


async def test_the_queue_of_fal_is_no_part_of_the_time_that_a_picture_takes(
    shop: Shop, production: str
) -> None:
    """S3-54: 20 s of work. Many panels at once on a new account wait for longer than that."""
    engine = Queued(shop.provider, Clockwork(shop.database), begins_after_s=100, runs_s=16)
    await bought_in_a_queue(shop, production, engine)
    assert engine.cancelled == []
    assert engine.clock.passed_s >= 116


async def test_who_has_begun_has_its_twenty_seconds_and_no_more(shop: Shop, production: str) -> None:
    engine = Queued(shop.provider, Clockwork(shop.database), begins_after_s=30, runs_s=600)
    with pytest.raises(ProviderTimeout, match="made nothing within 20 s; the job was stopped"):
        await bought_in_a_queue(shop, production, engine)
    assert engine.cancelled[0] == "job-1"
    assert 50 <= engine.stopped_at_s < 60


async def test_who_never_begins_is_stopped_as_well(shop: Shop, production: str) -> None:
    engine = Queued(shop.provider, Clockwork(shop.database), begins_after_s=9000, runs_s=1)
    with pytest.raises(ProviderTimeout, match="made nothing within 140 s; the job was stopped"):
        await bought_in_a_queue(shop, production, engine)
    assert 140 <= engine.stopped_at_s < 150
