"""What an archive brings unfinished was reserved and approved elsewhere: nothing is sent for it on that."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from psycopg.types.json import Jsonb

from server.archives import take_in
from state.cost import Money
from state.errors import NotApproved, OrderError, OrderParked, ProviderError
from state.order import Order, Ticket
from tests.builders import an_image_request, an_order
from tests.fakes import FakeStore
from tests.integration.archives.conftest import USER, Server
from tests.integration.orders.shop import Shop, Worker
from tools.engines.base import JobStatus
from tools.ledger.budgets import day_budget
from tools.ledger.costs import Wanted, read_costs
from tools.ledger.requests import request_hash

CENT = Money.usd("0.01")
ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted, cost_reserved,
    submit_deadline, external_id, error_kind)
values (%(key)s, %(production)s, 'local', 'storyboard', '1A', 'first', 1, 'image', 'fake', 'fake-image',
    %(request)s, %(hash)s, %(state)s, 1, %(key)s, %(quoted)s, %(reserved)s, %(deadline)s, %(external)s,
    %(kind)s)
"""
UNMARK = "update orders set elsewhere = false"
MAY = """update productions set context = context || '{"preproduction_usd": "0.01"}'"""


@dataclass
class Arrived:
    """A production that an archive brought with one order, and who drives it here."""

    shop: Shop
    worker: Worker
    order: Order

    async def row(self) -> dict[str, Any]:
        return await self.shop.row(self.order.call_key)

    @property
    def ticket(self) -> Ticket:
        return Ticket(
            call_key=self.order.call_key, take_number=1, provider="fake", model="fake-image", external_id=""
        )


async def arrived(
    here: Server, there: Server, folder: Path, *, context: dict[str, Any] | None = None, **order: Any
) -> Arrived:
    """Its archive says another prompt, and that it costs nothing."""
    production = await here.gated()
    await here.sql("update productions set context = context || %s", [Jsonb(context or {})])
    placed = an_order(production)
    request = an_image_request(prompt="what the archive says").model_dump(mode="json")
    row = {
        "key": placed.call_key, "production": production, "request": Jsonb(request), "kind": None,
        "hash": request_hash(request), "state": "intent", "quoted": 0, "reserved": 0, "deadline": None,
        "external": None,
    }  # fmt: skip
    await here.sql(ORDER, row | order)
    await there.bring(await here.export(production))
    (folder / "fakes").mkdir()
    shop = Shop(there.house.database, FakeStore(folder / "fakes"))
    return Arrived(shop, await shop.worker(production), placed)


@pytest.mark.parametrize("state", [{}, {"state": "failed", "kind": "no_credit"}])
@pytest.mark.parametrize("guard", [True, False])
async def test_nothing_is_sent_that_nobody_approved_here(
    here: Server, there: Server, tmp_path: Path, guard: bool, state: dict[str, str]
):
    """Without the mark, the control, it leaves on the archive's word: no approval, nothing reserved."""
    one = await arrived(here, there, tmp_path, **state)
    if guard:
        with pytest.raises(NotApproved):
            await one.worker.submit(one.order, price=CENT)
    else:
        await there.sql(UNMARK)
        await one.worker.submit(one.order, price=CENT)
    assert one.shop.provider.posts == ([] if guard else [one.order.call_key])
    assert (await one.row())["cost_reserved"] == 0


@pytest.mark.parametrize("guard", [True, False])
async def test_what_the_archive_allows_is_no_approval(
    here: Server, there: Server, tmp_path: Path, guard: bool, monkeypatch: pytest.MonkeyPatch
):
    """Its own ceiling for before the quote; kept as it came, the control, it pays for anything."""
    if not guard:
        monkeypatch.setattr(take_in, "terms_here", lambda context: {})
    one = await arrived(here, there, tmp_path, context={"preproduction_usd": "1000000.00"})
    if guard:
        with pytest.raises(NotApproved):
            await one.worker.submit(one.order, price=CENT)
    else:
        await one.worker.submit(one.order, price=CENT)
    assert one.shop.provider.posts == ([] if guard else [one.order.call_key])


async def test_what_is_approved_here_is_asked_for_at_the_price_of_here(
    here: Server, there: Server, tmp_path: Path
):
    """Sent once, with the request that was approved; all of what was held elsewhere is held no more."""
    one = await arrived(here, there, tmp_path, quoted=3_000_000, reserved=3_000_000)
    await there.sql(MAY)
    for _ in range(2):
        ticket = await one.worker.submit(one.order, price=CENT)
    assert one.shop.provider.posts == [one.order.call_key]
    row = await one.row()
    assert row["request"] == one.order.request.model_dump(mode="json")
    assert (row["cost_quoted"], row["cost_reserved"], row["elsewhere"]) == (CENT.micros, CENT.micros, False)
    database = there.house.database
    assert (await day_budget(database, USER, default=None)).committed == CENT
    assert (await one.worker.collect(ticket)).cost == CENT
    spent = await read_costs(database, Wanted(user_id=USER), limit=9, offset=0)
    assert spent.totals["billed"] == CENT.micros


async def test_more_than_may_be_spent_here_is_refused(here: Server, there: Server, tmp_path: Path):
    """The control of the test above: a micro-dollar more."""
    one = await arrived(here, there, tmp_path)
    await there.sql(MAY)
    with pytest.raises(NotApproved):
        await one.worker.submit(one.order, price=CENT + Money(micros=1))
    assert one.shop.provider.posts == []


@pytest.mark.parametrize("guard", [True, False])
async def test_what_was_never_made_is_not_made_when_it_is_waited_for(
    here: Server, there: Server, tmp_path: Path, guard: bool
):
    one = await arrived(here, there, tmp_path)
    if guard:
        with pytest.raises(ProviderError, match="at the price of this place") as caught:
            await one.worker.collect(one.ticket)
        assert caught.value.kind == "expired"
    else:
        await there.sql(UNMARK)
        await one.worker.collect(one.ticket)
    assert one.shop.provider.posts == ([] if guard else [one.order.call_key])


async def test_what_may_have_been_sent_there_is_parked(here: Server, there: Server, tmp_path: Path):
    one = await arrived(here, there, tmp_path, deadline="2026-01-01T00:00:00+00:00", reserved=CENT.micros)
    await there.sql(MAY)
    with pytest.raises(OrderParked) as caught:
        await one.worker.submit(one.order, price=CENT)
    assert "where its archive was made" in caught.value.details["reason"]
    with pytest.raises(OrderError, match="came in an archive") as refused:
        await one.worker.orders.parked.settle(one.order.call_key, "it_never_arrived", user_id=USER)
    assert refused.value.user_action.startswith("Ask for a new take")
    assert one.shop.provider.posts == []


@pytest.mark.parametrize("guard", [True, False])
async def test_a_job_that_died_is_not_bought_again_at_its_price_of_there(
    here: Server, there: Server, tmp_path: Path, guard: bool
):
    one = await arrived(here, there, tmp_path, state="submitted", external="job-1")
    one.shop.provider.receive(one.order.request, "of there")
    one.worker.engine.job_troubles = [JobStatus(state="failed", kind="transient_job", error="runner died")]
    if guard:
        with pytest.raises(ProviderError, match="runner died"):
            await one.worker.collect(one.ticket)
    else:
        await there.sql(UNMARK)
        await one.worker.collect(one.ticket)
    assert one.shop.provider.posts == ["of there"] + ([] if guard else [one.order.call_key])


@pytest.mark.parametrize("guard", [True, False])
async def test_a_branch_does_not_buy_it_at_that_price(
    here: Server, there: Server, tmp_path: Path, guard: bool
):
    one = await arrived(here, there, tmp_path, state="submitted", external="job-of-there")
    branch = await one.shop.worker(await one.shop.production(parent=one.order.production_id))
    if guard:
        with pytest.raises(ProviderError, match="at the price of this place"):
            await branch.collect(one.ticket)
    else:
        await there.sql(UNMARK)
        await branch.collect(one.ticket)
    assert len(one.shop.provider.posts) == (0 if guard else 1)


OTHERS_JOB = """
insert into users (user_id) values ('other');
insert into productions (user_id, graph) values (%(user)s, 'gate');
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, owner_epoch, webhook_token)
select 'of another', production_id, user_id, 's', 'i', 'first', 1, 'image', 'fake', 'm', '{}', '', 1, 'token'
from productions;
insert into order_attempts (call_key, number, epoch, provider, external_id)
values ('of another', 1, 1, 'fake', 'job-1');
"""


@pytest.mark.parametrize(("owner", "kept"), [("other", None), (USER, "job-1")])
async def test_a_job_that_was_ever_another_users_is_not_collected(
    here: Server, there: Server, tmp_path: Path, owner: str, kept: str | None
):
    """Though the order names it no more; the control: the importer's own."""
    for statement in filter(str.strip, OTHERS_JOB.split(";")):
        await there.sql(statement, {"user": owner})
    one = await arrived(here, there, tmp_path, state="submitted", external="job-1")
    assert (await one.row())["external_id"] == kept
