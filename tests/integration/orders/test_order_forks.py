"""A fork pays only for what differs; take numbers come from the database."""

import asyncio

import pytest

from state.cost import ZERO, Money
from tests.builders import a_text_order, an_image_request, an_order
from tests.integration.orders.shop import Shop, Writer

CENT = Money.usd("0.01")


async def test_a_fork_gets_its_parent_s_picture_for_nothing(shop: Shop, production: str) -> None:
    original = await (await shop.worker(production)).place(an_order(production), price=CENT)
    fork = await shop.production(parent=production, ceiling=ZERO)
    adopted = await (await shop.worker(fork)).place(an_order(fork), price=CENT)
    assert adopted.media == original.media
    assert adopted.cost == ZERO
    assert len(shop.provider.posts) == 1
    assert (await shop.row(adopted.call_key))["adopted_from"] == original.call_key


async def test_a_fork_of_a_fork_looks_further_back(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).place(an_order(production))
    fork = await shop.production(parent=await shop.production(parent=production))
    await (await shop.worker(fork)).place(an_order(fork))
    assert len(shop.provider.posts) == 1


async def test_a_fork_buys_what_differs(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).place(an_order(production))
    fork = await shop.production(parent=production)
    worker = await shop.worker(fork)
    await worker.place(an_order(fork, request=an_image_request(seed=8)))
    await worker.place(an_order(fork, item="1B"))
    assert len(shop.provider.posts) == 3


async def test_an_unfinished_order_is_not_adopted(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).submit(an_order(production))
    fork = await shop.production(parent=production)
    ticket = await (await shop.worker(fork)).submit(an_order(fork))
    assert ticket.external_id == "job-2"


async def test_strangers_share_nothing(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).place(an_order(production))
    other = await shop.production()
    await (await shop.worker(other)).place(an_order(other))
    assert len(shop.provider.posts) == 2


async def test_another_user_s_fork_buys_its_own(shop: Shop, production: str) -> None:
    await (await shop.worker(production)).place(an_order(production))
    fork = await shop.production(parent=production)
    await shop.database.execute("insert into users (user_id) values ('eve') on conflict do nothing")
    await shop.database.execute("update productions set user_id = 'eve' where production_id = %s", (fork,))
    await (await shop.worker(fork)).place(an_order(fork))
    assert len(shop.provider.posts) == 2


async def test_the_fork_s_own_order_comes_first(shop: Shop, production: str) -> None:
    """Bought by the fork before its parent had it: the fork keeps its own."""
    fork = await shop.production(parent=production)
    own = await (await shop.worker(fork)).place(an_order(fork))
    await (await shop.worker(production)).place(an_order(production))
    assert await (await shop.worker(fork)).place(an_order(fork)) == own


async def test_a_fork_asks_no_model_again(shop: Shop, production: str) -> None:
    writer = Writer()
    first = await (await shop.worker(production)).ask(a_text_order(production), writer)
    fork = await shop.production(parent=production)
    assert await (await shop.worker(fork)).ask(a_text_order(fork), writer) == first
    assert writer.calls == 1


async def test_after_a_change_by_hand_the_same_request_is_not_bought_again(
    shop: Shop, production: str
) -> None:
    original = await (await shop.worker(production)).place(an_order(production), price=CENT)
    worker = await shop.worker(production)
    again = await worker.place(an_order(production, cause="update:1"), price=CENT)
    await worker.place(an_order(production, cause="update:2", request=an_image_request(seed=8)), price=CENT)
    assert (again.media, again.cost) == (original.media, ZERO)
    assert len(shop.provider.posts) == 2


@pytest.mark.parametrize("cause", ["a-gate's-task-id", "redo-0123", "start:run-2"])
async def test_what_somebody_asked_for_anew_is_bought(shop: Shop, production: str, cause: str) -> None:
    """RED, regenerate and re-shoot are decisions to buy; so is a second brief on the same thread."""
    worker = await shop.worker(production)
    await worker.place(an_order(production))
    await worker.place(an_order(production, cause=cause))
    assert len(shop.provider.posts) == 2


async def test_an_unfinished_order_of_its_own_is_not_taken_for_a_result(shop: Shop, production: str) -> None:
    worker = await shop.worker(production)
    await worker.submit(an_order(production))
    ticket = await worker.submit(an_order(production, cause="update:1"))
    assert ticket.external_id == "job-2"


async def test_a_changed_text_question_is_asked_and_the_same_is_not(shop: Shop, production: str) -> None:
    writer, worker = Writer(), await shop.worker(production)
    first = await worker.ask(a_text_order(production), writer)
    assert await worker.ask(a_text_order(production, cause="update:1"), writer) == first
    await worker.ask(a_text_order(production, cause="update:2", prompt="Write scene 1 anew."), writer)
    assert writer.calls == 2


async def test_takes_are_numbered_by_the_database(shop: Shop, production: str) -> None:
    """Twenty at once get twenty numbers; another item starts anew."""
    worker = await shop.worker(production)
    orders = [an_order(production, cause=f"gate-{number}") for number in range(20)]
    tickets = await asyncio.gather(*map(worker.submit, orders))
    assert sorted(ticket.take_number for ticket in tickets) == list(range(1, 21))
    assert (await worker.submit(an_order(production, item="1B"))).take_number == 1
