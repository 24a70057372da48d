"""What was sent for a cancelled production, and whose answer was lost, is looked for, stopped and booked."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from state.errors import OrderParked, ProviderFailed, ProviderTimeout
from state.order import Order
from tests.builders import an_order
from tests.fakes import Crash, CrashAt, FakeClock
from tests.integration.orders.shop import FrozenAfterArming, Shop, Worker
from tests.integration.orders.stoppable import (
    CANCEL,
    CENT,
    DELETE,
    GOES_ON,
    C,
    Stoppable,
    booked,
    resumed,
    stopping,
)
from tools.engines.calling import current_calling
from tools.ledger.cancels import SQL, CancelBooks
from tools.ledger.settling import unknown_lines
from tools.ledger.stops import Stops
from tools.orders.cancelling import Cancelling

LATER = "update orders set submit_deadline = now() - interval '1 s' where submit_deadline is not null"
STOPPED_AND_PAID = ("failed", 0, C, 0, 0)
GIVEN_BACK = ("failed", 0, 0, C, 0)
UNKNOWN = ("unknown", 0, 0, 0, C)


@pytest.fixture
def engine(shop: Shop) -> Stoppable:
    return Stoppable(shop.provider)


@pytest.fixture
async def buyer(shop: Shop, production: str, engine: Stoppable) -> AsyncIterator[Worker]:
    made = await shop.worker(production, engine=engine)
    yield made
    await made.orders.close()


async def away(*_: Any, **__: Any) -> list[str]:
    raise ProviderFailed("away", provider="fake", kind="auth")


async def killed(shop: Shop, buyer: Worker, at: str = "after_post", **more: Any) -> Order:
    """Its sender dies there; nobody goes on, and its deadline passes."""
    order = an_order(buyer.lease.production_id)
    victim = await shop.worker(
        order.production_id, engine=buyer.engine, lease=buyer.lease, fault=CrashAt(at), **more
    )
    with pytest.raises(Crash):
        await victim.submit(order, price=CENT)
    await shop.database.execute(LATER)
    return order


@pytest.mark.parametrize("guard", [True, False])
@pytest.mark.parametrize("end", [CANCEL, DELETE], ids=["cancelled", "deleted"])
async def test_its_job_is_found_stopped_and_booked(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch, end: str, guard: bool
) -> None:
    """With the guard off it runs to its end, and its price is held for ever."""
    order = await killed(shop, buyer)
    await shop.database.execute(end)
    if not guard:
        careless = SQL["due"].replace("o.state in ('intent', 'submitted')", "o.state = 'submitted'")
        assert careless != SQL["due"]
        monkeypatch.setattr("tools.ledger.cancels.SQL", {**SQL, "due": careless})
    await stopping(buyer, shop.database).round()
    assert engine.told == (["job-1"] if guard else [])
    assert await booked(shop, order) == (STOPPED_AND_PAID if guard else ("intent", C, 0, 0, 0))
    assert len(shop.provider.posts) == 1


async def test_nobody_looks_while_it_may_be_on_its_way(shop: Shop, buyer: Worker) -> None:
    await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    await shop.database.execute("update orders set submit_deadline = now() + interval '1 h'")
    assert await stopping(buyer, shop.database).round() == 0


@pytest.mark.parametrize("over", [True, False])
async def test_whoever_drives_looks_for_it_alone(shop: Shop, buyer: Worker, over: bool) -> None:
    """And where its production goes on, whoever takes it over."""
    await killed(shop, buyer)
    await shop.database.execute(
        "update productions set status = 'cancelled'"
        if over
        else "update productions set lease_until = null, lease_owner = null"
    )
    assert await stopping(buyer, shop.database).round() == 0
    assert shop.provider.reads["find"] == 0


async def test_what_was_found_and_stopped_is_made_again_once_its_production_goes_on(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    engine.made = {"job-2"}
    await (await resumed(shop, buyer)).place(order, price=CENT)
    assert await booked(shop, order) == ("done", 0, 2 * C, 0, 0)


async def test_one_that_goes_on_is_tried_again_like_any_job(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    engine.fate = GOES_ON
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    stops = stopping(buyer, shop.database)
    await stops.round()
    assert await booked(shop, order) == ("submitted", C, 0, 0, 0)
    engine.made = {"job-1"}
    await stops.round()
    assert await booked(shop, order) == ("done", 0, C, 0, 0)
    assert engine.told == ["job-1"]


async def test_an_id_that_only_the_audit_has_is_taken_without_a_search(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    order = await killed(shop, buyer)
    await shop.database.execute("update order_attempts set external_id = 'job-1'")
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == STOPPED_AND_PAID
    assert shop.provider.reads["find"] == 0


async def test_whoever_looks_knows_how_long_ago_it_must_have_left(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its deadline, and not by when it was placed: it may have waited."""
    looks, ago_s = engine.find, list[float]()

    async def find(*arguments: Any, **more: Any) -> list[str]:
        ago_s.append(current_calling.get().sent_ago_s)
        return await looks(*arguments, **more)

    monkeypatch.setattr(engine, "find", find)
    await killed(shop, buyer)
    await shop.database.execute("update orders set submit_deadline = now() - interval '1 h'")
    await shop.database.execute("update orders set intent_at = now() - interval '1 day'")
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert 3600 <= ago_s[0] < 3700


async def test_what_a_provider_answers_twice_with_one_job_is_looked_for_too(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """Whoever may send asks by sending it again; here nothing is sent."""
    engine.reconcile = "idempotent_submit"
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == STOPPED_AND_PAID
    assert shop.provider.posts == [order.call_key]


async def test_what_cannot_be_told_is_parked_and_its_user_settles_it(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """The job that they name is stopped as if it had been known."""
    engine.reconcile = "blind"
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    stops = stopping(buyer, shop.database)
    await stops.round()
    assert await booked(shop, order) == UNKNOWN
    [one], _ = await buyer.orders.parked.listed("local")
    assert (one.call_key, one.unknown, one.production_status) == (order.call_key, CENT, "cancelled")
    await buyer.orders.parked.settle(
        order.call_key, "it_is_this_job", user_id="local", external_id="job-1", attempt=1
    )
    await stops.round()
    assert (engine.told, await booked(shop, order)) == (["job-1"], STOPPED_AND_PAID)


async def test_of_what_is_deleted_the_price_is_what_is_settled(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """There is no production that anybody could look at, and nothing waits for the job."""
    engine.reconcile = "blind"
    order = await killed(shop, buyer)
    await shop.database.execute(DELETE)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == ("failed", 0, 0, 0, C)
    [line], _ = await unknown_lines(shop.database, user_id="local", limit=9, offset=0)
    assert (line["line"], line["unknown"]) == (order.call_key, C)


@pytest.mark.parametrize("point", ["after_intent", "before_post"])
async def test_what_was_never_sent_holds_no_money_and_is_sent_once_it_goes_on(
    shop: Shop, buyer: Worker, engine: Stoppable, point: str
) -> None:
    """Before it was armed nobody need ask; after that its provider says that there is no such job."""
    order = await killed(shop, buyer, point)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == GIVEN_BACK
    assert shop.provider.reads["find"] == (point == "before_post")
    engine.made = {"job-1"}
    again = await resumed(shop, buyer)
    await again.place(order, price=CENT)
    assert await booked(shop, order) == ("done", 0, C, 0, 0)
    assert len(shop.provider.posts) == 1


async def test_a_ticket_whose_next_job_was_never_sent_has_it_made_once_its_production_goes_on(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """The state has a ticket of the job that died: it is collected, and not placed again."""
    order = an_order(buyer.lease.production_id)
    ticket = await buyer.submit(order, price=CENT)
    row = await buyer.orders._desk.current(order.call_key)
    epoch = buyer.lease.epoch
    await buyer.orders._desk.ledger.redo(row, epoch=epoch, kind="transient_job", detail="died", billed=False)
    await shop.database.execute(CANCEL)
    await stopping(buyer, shop.database).round()
    assert (await shop.row(order.call_key))["state"] == "failed"
    engine.made = {"job-2"}
    again = await resumed(shop, buyer)
    await again.collect(ticket)
    assert (await booked(shop, order))[0] == "done"


async def test_what_was_parked_when_it_was_deleted_is_given_up(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """Nobody is shown it any more, and what it cost can still be told. What was only cancelled waits."""
    engine.reconcile, engine.troubles = "blind", ["lost_reply"]
    order = an_order(buyer.lease.production_id)
    with pytest.raises(OrderParked):
        await buyer.submit(order, price=CENT)
    stops = stopping(buyer, shop.database)
    for end, books in ((CANCEL, UNKNOWN), (DELETE, ("failed", 0, 0, 0, C))):
        await shop.database.execute(end)
        await stops.round()
        assert await booked(shop, order) == books
    [line], _ = await unknown_lines(shop.database, user_id="local", limit=9, offset=0)
    assert line["line"] == order.call_key


@pytest.mark.parametrize("status", ["paused", "completed", "running"])
async def test_what_is_not_over_keeps_what_is_held_for_it(shop: Shop, buyer: Worker, status: str) -> None:
    order = await killed(shop, buyer, "after_intent")
    await shop.database.execute("update productions set status = %s, lease_until = null", (status,))
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == ("intent", C, 0, 0, 0)


async def test_what_another_place_may_have_sent_is_asked_about_before_it_is_let_go(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Out of a backup: the place that it was taken of has bought it since."""
    order = await killed(shop, buyer, "after_intent")
    shop.provider.receive(order.request, order.call_key)
    await shop.database.execute(
        "update orders set ask_since = %s", (datetime.now(UTC) - timedelta(minutes=5),)
    )
    await shop.database.execute(CANCEL)
    stops = stopping(buyer, shop.database)
    with monkeypatch.context() as patched:
        patched.setattr(engine, "find", away)
        await stops.round()
    assert await booked(shop, order) == ("intent", C, 0, 0, 0)
    await stops.round()
    assert (engine.told, await booked(shop, order)) == (["job-1"], STOPPED_AND_PAID)


async def test_a_provider_that_cannot_be_asked_is_asked_again_and_then_a_person_is(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "find", away)
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    stops, states = stopping(buyer, shop.database, most=3), list[str]()
    for _ in range(4):
        await stops.round()
        states.append((await booked(shop, order))[0])
    assert states == ["intent", "intent", "unknown", "unknown"]
    assert await booked(shop, order) == UNKNOWN


@pytest.mark.parametrize("lost", [True, False])
async def test_whoever_dies_in_the_last_try_leaves_nothing_held_for_ever(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch, lost: bool
) -> None:
    order = await killed(shop, buyer, "after_post" if lost else "after_id")
    await shop.database.execute(CANCEL)
    stops = stopping(buyer, shop.database, most=1)

    async def dies(*_: Any) -> None:
        raise Crash

    monkeypatch.setattr(engine, "find", away)
    engine.unreachable = 9
    with monkeypatch.context() as patched:
        patched.setattr(Cancelling, "_nobody_knows", dies)
        with pytest.raises(Crash):
            await stops.round()
    assert (await booked(shop, order))[1] == C
    assert [await stops.round() for _ in range(2)] == [1, 0]
    assert await booked(shop, order) == (UNKNOWN if lost else ("submitted", 0, 0, 0, C))


async def test_who_is_found_in_the_last_try_is_still_told(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    engine.unreachable = 1
    stops = stopping(buyer, shop.database, most=1)
    await stops.round()
    assert await booked(shop, order) == ("submitted", C, 0, 0, 0)
    await stopping(buyer, shop.database, most=2).round()
    assert (engine.told, await booked(shop, order)) == (["job-1"], STOPPED_AND_PAID)


@pytest.mark.parametrize("between", ["find", "cancel"])
async def test_whoever_dies_while_it_looks_is_followed_by_another(
    shop: Shop, buyer: Worker, engine: Stoppable, monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)

    async def dies(*_: Any, **__: Any) -> list[str]:
        raise Crash

    with monkeypatch.context() as patched:
        patched.setattr(engine, between, dies)
        with pytest.raises(Crash):
            await stopping(buyer, shop.database).round()
    await stopping(buyer, shop.database).round()
    assert (engine.told, await booked(shop, order)) == (["job-1"], STOPPED_AND_PAID)
    assert await shop.outcomes(order.call_key) == ["transient_job"]


async def test_many_look_at_once_and_it_is_one_job(shop: Shop, buyer: Worker, engine: Stoppable) -> None:
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    await asyncio.gather(*(stopping(buyer, shop.database).round() for _ in range(6)))
    await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == STOPPED_AND_PAID
    assert len(shop.provider.posts) == 1


async def test_a_production_that_has_gone_on_meanwhile_keeps_its_order(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """It is resumed between the claim of the try and the search: its driver finds the job."""
    order = await killed(shop, buyer)
    await shop.database.execute(CANCEL)
    [one] = await CancelBooks(shop.database).due(limit=9)
    again = await resumed(shop, buyer)
    await stopping(buyer, shop.database)._try(one)
    assert (await booked(shop, order))[0] == "intent"
    engine.made = {"job-1"}
    await again.place(order, price=CENT)
    assert (engine.told, len(shop.provider.posts)) == ([], 1)


async def test_a_sender_that_wakes_up_after_that_sends_nothing(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """It was frozen between its intent and the request; what was held for it has been given back."""
    order, clock = an_order(buyer.lease.production_id), FakeClock()

    async def meanwhile() -> None:
        clock.passed_s += 3600
        for told in (LATER, DELETE):  # which leaves the epoch as it is
            await shop.database.execute(told)
        await stopping(buyer, shop.database).round()

    frozen = FrozenAfterArming(shop, meanwhile)
    sender = await shop.worker(
        order.production_id, engine=engine, lease=buyer.lease, ledger=frozen, clock=clock
    )
    with pytest.raises(ProviderTimeout, match="had not been sent when its production ended"):
        await sender.submit(order, price=CENT)
    assert (shop.provider.posts, await booked(shop, order)) == ([], GIVEN_BACK)


async def test_a_resume_that_has_begun_is_let_through_first(shop: Shop, buyer: Worker) -> None:
    """Whoever takes a production locks its row: nothing of it is let go under their hands."""
    order = await killed(shop, buyer, "after_intent")
    await shop.database.execute(CANCEL)
    async with shop.database.transaction() as resuming:
        await resuming.execute("update productions set status = 'running'")
        await stopping(buyer, shop.database).round()
    assert await booked(shop, order) == ("intent", C, 0, 0, 0)


async def test_a_stop_that_stops_jobs_stops_those_whose_sender_died(
    shop: Shop, buyer: Worker, engine: Stoppable
) -> None:
    """Nobody drives their production, and nobody has cancelled it: it goes on after the release."""
    order = await killed(shop, buyer)
    stops = stopping(buyer, shop.database)
    await Stops(shop.database).stop("local", by="local", jobs=True)
    assert await stops.round() == 0, "whoever drives looks for it"
    await shop.database.execute("update productions set lease_until = null")
    await stops.round()
    assert (engine.told, await booked(shop, order)) == (["job-1"], STOPPED_AND_PAID)
    await Stops(shop.database).release("local", by="local")
    engine.made = {"job-2"}
    await (await resumed(shop, buyer)).place(order, price=CENT)
    assert (await booked(shop, order))[0] == "done"
