"""A replay's calls are answered from what was recorded, each once; nothing is bought, asked or written."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from state.cost import Money
from state.errors import OrderError, ProviderRefused, ReplayDiverged
from tests.builders import a_text_order, an_image_request, an_order
from tests.integration.orders.shop import Shop, Worker, Writer
from tools.orders.replaying import Replay, current_replay

CENT = Money.usd("0.01")


@contextmanager
def replaying(replay: Replay) -> Iterator[None]:
    token = current_replay.set(replay)
    try:
        yield
    finally:
        current_replay.reset(token)


async def a_replay(shop: Shop, source: str) -> tuple[Worker, Replay]:
    branch = await shop.production(parent=source)
    return await shop.worker(branch), Replay(production_id=branch, source_id=source)


async def rows(shop: Shop, production_id: str) -> int:
    found = await shop.database.fetch_one(
        "select count(*) as count from orders where production_id = %s", (production_id,)
    )
    return int(found["count"]) if found else 0


async def test_a_call_is_answered_without_an_engine_a_model_or_a_row(shop: Shop, production: str) -> None:
    """The gate's task has another id in a replay, so the cause is another one and the answer the same."""
    source = await shop.worker(production)
    picture = await source.place(an_order(production, cause="gate-of-then"), price=CENT)
    words = await source.ask(a_text_order(production), Writer())
    worker, replay = await a_replay(shop, production)
    writer = Writer()
    with replaying(replay):
        order = an_order(replay.production_id, cause="gate-of-now")
        again = await worker.place(order, price=CENT)
        assert await worker.orders.delivered(order.call_key) == again
        assert await worker.ask(a_text_order(replay.production_id), writer) == words
        assert len(await worker.orders.history(replay.production_id)) == 2
    assert (again.media, again.take_number) == (picture.media, picture.take_number)
    assert (writer.calls, len(shop.provider.posts), await rows(shop, replay.production_id)) == (0, 1, 0)


async def test_the_control_buys_and_writes(shop: Shop, production: str) -> None:
    """The same calls outside of a replay, from a production without parents."""
    other = await shop.production()
    await (await shop.worker(other)).place(an_order(other), price=CENT)
    assert (len(shop.provider.posts), await rows(shop, other)) == (1, 1)


async def test_the_same_request_twice_gets_both_records_in_their_order(shop: Shop, production: str) -> None:
    source = await shop.worker(production)
    made = [await source.place(an_order(production, cause=cause)) for cause in ("first", "gate-1")]
    worker, replay = await a_replay(shop, production)
    orders = [an_order(replay.production_id, cause=cause) for cause in ("first", "gate-9")]
    with replaying(replay):
        taken = [await worker.place(order) for order in orders]
    with replaying(Replay(production_id=replay.production_id, source_id=production)):
        after_a_death = [await worker.place(order) for order in reversed(orders)]
    assert [one.take_number for one in taken] == [one.take_number for one in made] == [1, 2]
    assert after_a_death == list(reversed(taken))


async def test_what_was_never_recorded_is_named(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).place(an_order(production))
    worker, replay = await a_replay(shop, production)
    with replaying(replay), pytest.raises(ReplayDiverged, match="another seed"):
        await worker.place(an_order(replay.production_id, request=an_image_request(seed=8)))
    with replaying(replay), pytest.raises(ReplayDiverged):
        await worker.place(an_order(replay.production_id, item="9Z"))
    assert replay.diverged is not None
    assert replay.diverged.details["changed"] == ["seed"]
    assert (len(shop.provider.posts), await rows(shop, replay.production_id)) == (1, 0)


async def test_whoever_can_do_without_asks_first_whether_it_was_recorded(shop: Shop, production: str) -> None:
    """Once it has asked for it, a replay has diverged, whatever becomes of the error."""
    await (await shop.worker(production)).place(an_order(production))
    worker, replay = await a_replay(shop, production)
    there, missing = (an_order(replay.production_id, item=item) for item in ("1A", "9Z"))
    with replaying(replay):
        assert await worker.orders.is_recorded(there)
        assert not await worker.orders.is_recorded(missing)
        await worker.place(there)
        assert await worker.orders.is_recorded(there), "for the call that has taken it"
        assert not await worker.orders.is_recorded(there.model_copy(update={"cause": "gate-9"}))
    assert replay.diverged is None
    assert await worker.orders.is_recorded(missing), "outside of a replay it is simply ordered"


async def test_a_recorded_failure_fails_again(shop: Shop, production: str) -> None:
    source = await shop.worker(production)
    source.engine.troubles.append("refused")
    with pytest.raises(ProviderRefused):
        await source.submit(an_order(production))
    worker, replay = await a_replay(shop, production)
    with replaying(replay), pytest.raises(ProviderRefused):
        await worker.submit(an_order(replay.production_id))


async def test_a_branch_orders_for_itself_what_its_parent_still_waits_for(
    shop: Shop, production: str
) -> None:
    """The ticket in the copied state is the parent's, which may never collect it."""
    ticket = await (await shop.worker(production)).submit(an_order(production), price=CENT)
    branch = await shop.production(parent=production)
    worker = await shop.worker(branch)
    first, again = await worker.collect(ticket), await worker.collect(ticket)
    assert first == again
    assert first.call_key.startswith(branch)
    assert len(shop.provider.posts) == 2
    assert (await shop.row(ticket.call_key))["state"] == "submitted"


async def test_a_branch_collects_what_its_parent_has_for_nothing(shop: Shop, production: str) -> None:
    source = await shop.worker(production)
    ticket = await source.submit(an_order(production), price=CENT)
    made = await source.collect(ticket)
    branch = await shop.production(parent=production)
    assert (await (await shop.worker(branch)).collect(ticket)).media == made.media
    assert (len(shop.provider.posts), await rows(shop, branch)) == (1, 0)


async def test_nobody_collects_with_a_strangers_ticket(shop: Shop, production: str) -> None:
    source = await shop.worker(production)
    ticket = await source.submit(an_order(production))
    await source.collect(ticket)
    await shop.database.execute("insert into users (user_id) values ('eve') on conflict do nothing")
    await shop.database.execute("update orders set user_id = 'eve'")
    with pytest.raises(OrderError, match="no order"):
        await (await shop.worker(await shop.production())).collect(ticket)


async def test_a_branch_goes_on_counting_takes_where_its_parent_was(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).place(an_order(production))
    branch = await shop.production(parent=production)
    worker = await shop.worker(branch)
    new = await worker.place(an_order(branch, cause="gate", request=an_image_request(seed=8)))
    adopted = await worker.place(an_order(branch))
    assert (new.take_number, adopted.take_number) == (2, 1)
