"""Nothing that has a price is bought but as a person approved it, or under a ceiling that they set before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal
from typing import Any

import pytest

from state.cost import ZERO, Charged, FallbackCall, Money, PlannedCall
from state.errors import NotApproved, ProviderError, QuoteChanged, SpendingBlocked
from state.order import Ticket
from tests.builders import an_image_request, an_order
from tests.integration.orders.shop import Shop, Worker, working
from tools.db.pool import Database
from tools.engines.base import JobStatus
from tools.ledger.pricing import newest_edition
from tools.orders.place import _for_branch
from tools.orders.pricing import submit_priced
from tools.orders.quote import paid_digest, planned_call, quote

CENT = Money.usd("0.01")
DEARER = FallbackCall(provider="fake", model="dearer", unit="image", units=Decimal(1), price=CENT * 3)
OPEN = """
create or replace function greenlight_unapproved(
    production uuid, at_stage text, for_item text, paid text, needs bigint
) returns jsonb language sql volatile as $$ select null::jsonb $$
"""
Parts = tuple[Shop, Worker]


@pytest.fixture
async def parts(shop: Shop) -> AsyncIterator[Parts]:
    """A production for which nobody has set a ceiling before the quote."""
    worker = await shop.worker(await shop.production(preproduction="0"))
    yield shop, worker
    await worker.orders.close()


def planned(**changes: Any) -> PlannedCall:
    fields: dict[str, Any] = {
        "stage": "storyboard", "item": "1A", "provider": "fake", "model": "fake-image", "unit": "image",
        "units": Decimal(1), "price": CENT, "parameters": sent("720p", "9:16"),
    }  # fmt: skip
    return PlannedCall(**{**fields, **changes})


def sent(resolution: str, aspect_ratio: str) -> dict[str, str]:
    return {"resolution": resolution, "aspect_ratio": aspect_ratio}


async def approve(worker: Worker, *calls: PlannedCall, cause: str = "answer-1") -> None:
    await worker.orders.approve(worker.lease.production_id, quote(calls), cause=cause)


async def buy(worker: Worker, call: PlannedCall, cause: str = "first") -> Ticket:
    order = an_order(
        worker.lease.production_id, stage=call.stage, item=call.item, cause=cause,
        request=an_image_request(provider=call.provider, model=call.model),
    )  # fmt: skip
    return await worker.submit(order, price=call.price, paid=paid_digest(call))


@asynccontextmanager
async def guard(database: Database, *, on: bool) -> AsyncIterator[None]:
    """The control: everything counts as approved."""
    found = await database.fetch_one("select pg_get_functiondef('greenlight_unapproved'::regproc) as source")
    assert found is not None
    if not on:
        await database.execute(OPEN)
    try:
        yield
    finally:
        await database.execute(found["source"])


async def approved(worker: Worker, *but: PlannedCall) -> int:
    return (await worker.orders.approved(worker.lease.production_id, but=but)).micros


async def test_the_sum_of_approvals_is_what_was_bought_and_what_may_be_still(parts: Parts) -> None:
    _, worker = parts
    assert await approved(worker) == 0
    await approve(worker, planned(), planned(item="1B", fallbacks=[DEARER]))
    assert await approved(worker) == 40_000, "the dearest of a chain"
    await buy(worker, planned())
    assert await approved(worker) == 40_000, "bought is not approved twice"
    await approve(worker, planned(item="1C"), cause="answer-2")
    assert await approved(worker) == 50_000, "over all quotes"


async def test_what_is_approved_anew_takes_the_place_of_what_was_left(parts: Parts) -> None:
    """What was bought of it stays."""
    _, worker = parts
    dearer = planned(price=CENT * 2)
    await approve(worker, planned(), planned(item="1B"))
    await buy(worker, planned())
    assert await approved(worker, dearer, planned(item="1B")) == 10_000
    await approve(worker, dearer, cause="answer-2")
    assert await approved(worker) == 40_000, "a cent bought, two may be still, and the cent of 1B"
    await buy(worker, dearer, cause="again")
    assert await approved(worker) == 40_000


async def test_what_was_given_back_does_not_count_and_another_production_neither(parts: Parts) -> None:
    shop, worker = parts
    await approve(worker, planned())
    ticket = await buy(worker, planned())
    worker.engine.job_troubles = [JobStatus(state="failed", kind="refused", error="no", billed=False)]
    with pytest.raises(ProviderError):
        await worker.collect(ticket)
    assert await approved(worker) == 10_000, "it may be bought once more"
    other = await shop.worker(await shop.production(preproduction="0"))
    assert await approved(other) == 0
    await other.orders.close()


REFUSED: dict[str, tuple[list[PlannedCall], PlannedCall, type[SpendingBlocked]]] = {
    "nothing": ([], planned(), NotApproved),
    "another item": ([planned(item="1B")], planned(), NotApproved),
    "another stage": ([planned(stage="take")], planned(), NotApproved),
    "provider": ([planned(provider="other")], planned(), QuoteChanged),
    "model": ([planned()], planned(model="fake-better"), QuoteChanged),
    "units": ([planned()], planned(units=Decimal("1.5")), QuoteChanged),
    "unit": ([planned()], planned(unit="second"), QuoteChanged),
    "resolution": ([planned()], planned(parameters=sent("1080p", "9:16")), QuoteChanged),
    "aspect ratio": ([planned()], planned(parameters=sent("720p", "1:1")), QuoteChanged),
    "one more": ([planned()], planned(parameters={**planned().parameters, "audio": True}), QuoteChanged),
    "one less": ([planned()], planned(parameters={"resolution": "720p"}), QuoteChanged),
    "price": ([planned()], planned(price=CENT + Money(micros=1)), NotApproved),
    "outside the chain": ([planned(fallbacks=[DEARER])], planned(model="third"), QuoteChanged),
    "dearer than the chain": (
        [planned(fallbacks=[DEARER])], planned(model="dearer", price=CENT * 3 + Money(micros=1)), NotApproved,
    ),
    "an older approval": ([planned(), planned(model="fake-better")], planned(), QuoteChanged),
}  # fmt: skip


@pytest.mark.parametrize("on", [True, False])
@pytest.mark.parametrize("what", REFUSED)
async def test_what_nobody_approved_as_it_is_is_not_bought(parts: Parts, what: str, on: bool) -> None:
    """Without the guard each of them is bought."""
    shop, worker = parts
    approved, wanted, error = REFUSED[what]
    for number, one in enumerate(approved):
        await approve(worker, one, cause=f"answer-{number}")
    async with guard(shop.database, on=on):
        if on:
            with pytest.raises(error) as refused:
                await buy(worker, wanted)
            assert type(refused.value) is error
            assert refused.value.details["needed_micros"] == wanted.price.micros
            assert (refused.value.provider, refused.value.model) == (wanted.provider, wanted.model)
            assert refused.value.charged == Charged()
        else:
            await buy(worker, wanted)
    assert len(shop.provider.posts) == (not on)
    assert (await worker.orders.costs(worker.lease.production_id)).reserved == (ZERO if on else wanted.price)


@pytest.mark.parametrize("what", [what for what, (approved, *_) in REFUSED.items() if approved])
async def test_a_ceiling_before_the_quote_is_no_way_round_an_approval(shop: Shop, what: str) -> None:
    """What was approved is asked about again; what never was, is bought under the ceiling (the control)."""
    worker = await shop.worker(await shop.production(preproduction="1"))
    approved, wanted, error = REFUSED[what]
    for number, one in enumerate(approved):
        await approve(worker, one, cause=f"answer-{number}")
    if {(one.stage, one.item) for one in approved} == {(wanted.stage, wanted.item)}:
        with pytest.raises(error):
            await buy(worker, wanted)
        assert shop.provider.posts == []
    else:
        await buy(worker, wanted)


@pytest.mark.parametrize(("later", "posts"), [(None, 2), (planned(), 1), (planned(fallbacks=[DEARER]), 2)])
async def test_what_was_bought_before_the_quote_is_made_again_as_it_was_approved_since(
    shop: Shop, later: PlannedCall | None, posts: int
) -> None:
    """Once approved, the approval counts, and with it what was billed before."""
    worker = await shop.worker(await shop.production(preproduction="1"))
    worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="died", billed=True)]
    ticket = await buy(worker, planned())
    if later is not None:
        await approve(worker, later)
    if posts == 1:
        with pytest.raises(ProviderError, match="died"):
            await worker.collect(ticket)
    else:
        await worker.collect(ticket)
    assert len(shop.provider.posts) == posts


BOUGHT: dict[str, tuple[list[PlannedCall], PlannedCall]] = {
    "as it is": ([planned()], planned()),
    "cheaper": ([planned()], planned(price=CENT - Money(micros=1))),
    "the same number": ([planned()], planned(units=Decimal("1.0"))),
    "a fallback": ([planned(fallbacks=[DEARER])], planned(model="dearer", price=CENT * 3)),
    "the first of a chain, at the dearest": ([planned(fallbacks=[DEARER])], planned(price=CENT * 3)),
    "the newest": ([planned(model="fake-worse"), planned()], planned()),
    "without a price": ([], planned(price=ZERO)),
}  # fmt: skip


@pytest.mark.parametrize("what", BOUGHT)
async def test_what_was_approved_is_bought(parts: Parts, what: str) -> None:
    shop, worker = parts
    approved, wanted = BOUGHT[what]
    for number, one in enumerate(approved):
        await approve(worker, one, cause=f"answer-{number}")
    await buy(worker, wanted)
    assert len(shop.provider.posts) == 1


async def test_approving_twice_is_once_and_a_new_answer_is_a_new_approval(parts: Parts) -> None:
    shop, worker = parts
    for _ in range(2):
        await approve(worker, planned())
    await buy(worker, planned())
    with pytest.raises(NotApproved) as spent:
        await buy(worker, planned(), cause="answer-2")
    assert spent.value.details["reason"] == "approval_spent"
    await approve(worker, planned(), cause="answer-2")
    await buy(worker, planned(), cause="answer-2")
    assert len(shop.provider.posts) == 2


@pytest.mark.parametrize(("billed", "posts"), [(False, 2), (True, 1)])
async def test_only_what_cost_nothing_is_made_again_without_asking(
    parts: Parts, billed: bool, posts: int
) -> None:
    """An order in the place of one that failed: covered where the vendor took nothing for that one."""
    shop, worker = parts
    await approve(worker, planned())
    ticket = await buy(worker, planned())
    cost = "cost_actual" if billed else "cost_refunded"
    await shop.database.execute(
        f"update orders set state = 'failed', cost_reserved = 0, {cost} = cost_quoted where call_key = %s",
        (ticket.call_key,),
    )
    if billed:
        with pytest.raises(NotApproved):
            await buy(worker, planned(), cause="redo-1")
    else:
        await buy(worker, planned(), cause="redo-1")
    assert len(shop.provider.posts) == posts


@pytest.mark.parametrize(
    ("billed", "approved", "posts"), [(False, 1, 2), (True, 1, 1), (True, 2, 2), (True, None, 2)]
)
@pytest.mark.parametrize("preproduction", ["0", "1"])
async def test_a_job_that_died_is_made_again_within_what_was_approved(
    shop: Shop, billed: bool, approved: int | None, posts: int, preproduction: str
) -> None:
    """Billed, it would be paid twice: then it has failed, and a person decides. None is the control."""
    worker = await shop.worker(await shop.production(preproduction=preproduction if approved else "1"))
    if approved:
        dearest = DEARER.model_copy(update={"price": CENT * approved})
        await approve(worker, planned(fallbacks=[dearest]))
    died = JobStatus(state="failed", kind="transient_job", error="runner died", billed=billed)
    worker.engine.job_troubles = [died]
    ticket = await buy(worker, planned())
    if posts == 1:
        with pytest.raises(ProviderError, match="runner died"):
            await worker.collect(ticket)
        with pytest.raises(ProviderError, match="runner died"):
            await buy(worker, planned())
    else:
        await worker.collect(ticket)
    assert len(shop.provider.posts) == posts
    costs = await worker.orders.costs(worker.lease.production_id)
    assert (costs.billed, costs.reserved) == (CENT * (2 if billed and posts == 2 else 1), ZERO)


@pytest.mark.parametrize(("short", "posts"), [(0, 1), (1, 0)])
async def test_the_ceiling_before_the_quote_holds_to_the_micro_dollar(
    shop: Shop, short: int, posts: int
) -> None:
    ceiling = Money(micros=CENT.micros - short)
    worker = await shop.worker(await shop.production(preproduction=str(ceiling.as_usd())))
    if posts:
        await buy(worker, planned())
        with pytest.raises(NotApproved):
            await buy(worker, planned(item="1B", price=Money(micros=1)))
    else:
        with pytest.raises(NotApproved):
            await buy(worker, planned())
    assert len(shop.provider.posts) == posts


async def test_what_was_approved_uses_the_ceiling_before_the_quote_up(shop: Shop) -> None:
    """It is for all that is bought, not something on top of an approved quote."""
    worker = await shop.worker(await shop.production(preproduction=str(CENT.as_usd())))
    await approve(worker, planned())
    await buy(worker, planned())
    with pytest.raises(NotApproved):
        await buy(worker, planned(item="1B"))
    assert len(shop.provider.posts) == 1


async def test_a_branch_inherits_no_approval(parts: Parts) -> None:
    shop, worker = parts
    await approve(worker, planned())
    branch = await shop.worker(await shop.production(parent=worker.lease.production_id, preproduction="0"))
    with pytest.raises(NotApproved):
        await buy(branch, planned())
    assert shop.provider.posts == []


@pytest.mark.parametrize("how", ["as it was sent", "never sent", "another's", "another request", "dearer"])
async def test_a_branch_orders_what_its_parent_waits_for_without_asking_again(parts: Parts, how: str) -> None:
    """It begins behind the gate that asked. Only for what was sent so, in its own line."""
    shop, worker = parts
    await approve(worker, planned())
    ticket = await buy(worker, planned())
    line = None if how == "another's" else worker.lease.production_id
    branch = await shop.worker(await shop.production(parent=line, preproduction="0"))
    change = {
        "never sent": "attempt = 0",
        "another request": "request_hash = ''",
        "dearer": "cost_quoted = 1",
    }
    claim = _for_branch(await worker.orders._desk.current(ticket.call_key), branch.lease)
    if how in change:
        await shop.database.execute(
            f"update orders set {change[how]} where call_key = %s", (ticket.call_key,)
        )
    if how == "as it was sent":
        await branch.collect(ticket)
    else:
        with pytest.raises(NotApproved):
            await branch.orders._desk.ledger.claim(claim, epoch=branch.lease.epoch)
    assert len(shop.provider.posts) == (2 if how == "as it was sent" else 1)


async def test_a_branchs_order_is_paid_as_its_parents_was(parts: Parts) -> None:
    """An approval given in the branch knows it."""
    shop, worker = parts
    await approve(worker, planned())
    ticket = await buy(worker, planned())
    branch = await shop.worker(await shop.production(parent=worker.lease.production_id, preproduction="0"))
    await approve(branch, planned())
    delivery = await branch.collect(ticket)
    assert (await shop.row(delivery.call_key))["paid"] == paid_digest(planned())


async def test_many_submits_of_one_approved_call_buy_one(parts: Parts) -> None:
    """Of twenty decisions at once, one fits what was approved."""
    shop, worker = parts
    await approve(worker, planned())
    same = await asyncio.gather(*(buy(worker, planned()) for _ in range(20)))
    assert len({ticket.external_id for ticket in same}) == len(shop.provider.posts) == 1
    await approve(worker, planned(), cause="answer-2")
    others = await asyncio.gather(
        *(buy(worker, planned(), cause=f"redo-{number}") for number in range(20)), return_exceptions=True
    )
    assert sum(isinstance(one, NotApproved) for one in others) == 19
    assert len(shop.provider.posts) == 2


async def test_a_replay_needs_no_approval(parts: Parts) -> None:
    shop, worker = parts
    await approve(worker, planned())
    ticket = await buy(worker, planned())
    await worker.collect(ticket)
    await shop.database.execute("delete from approved_calls")
    replay = shop.orders(read_only=True)
    assert await replay.delivered(ticket.call_key)
    order = an_order(
        worker.lease.production_id, request=an_image_request(provider="fake", model="fake-image")
    )
    again = await replay.submit(order, price=CENT, paid=paid_digest(planned()))
    assert (again.external_id, len(shop.provider.posts)) == (ticket.external_id, 1)


@pytest.mark.parametrize(("edition", "booked"), [("2025-10", "2025-10"), ("", newest_edition())])
async def test_the_edition_that_is_booked_is_the_one_the_price_is_of(
    parts: Parts, edition: str, booked: str
) -> None:
    """A quote's prices hold when there is a newer edition; also in a branch that orders for itself."""
    shop, worker = parts
    call = planned_call(stage="storyboard", item="1A", model_id="previz-panel", edition=edition)
    parent = worker.lease.production_id
    with working(worker.lease):
        ticket = await submit_priced(worker.orders, an_order(parent), call)
    branch = await shop.worker(await shop.production(parent=parent))
    await branch.collect(ticket)
    rows = await shop.database.fetch_all("select production_id::text, price_edition from orders")
    assert {row["production_id"]: row["price_edition"] for row in rows} == {
        parent: booked, branch.lease.production_id: booked
    }  # fmt: skip
