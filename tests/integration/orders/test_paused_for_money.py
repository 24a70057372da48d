"""S4-089: a step without money for all of its orders runs again after a raise, and buys what was missing."""

import pytest

from nodes.parallel import in_parallel
from state.cost import Money
from state.errors import BudgetExceeded
from state.order import Ticket
from tests.builders import an_order
from tests.integration.orders.shop import Shop

CENT = Money.usd("0.01")


async def test_a_step_runs_again_and_buys_what_was_missing(shop: Shop) -> None:
    production = await shop.production(ceiling=CENT * 2)
    worker = await shop.worker(production)

    async def hand_in(item: str) -> Ticket:
        return await worker.submit(an_order(production, item=item), price=CENT)

    for _ in range(2):
        with pytest.raises(BudgetExceeded):
            await in_parallel(("1A", "1B", "1C"), hand_in, at_once=3)
        assert len(shop.provider.posts) == 2
    await shop.database.execute("update productions set ceiling_micros = %s", [(CENT * 3).micros])
    tickets = await in_parallel(("1A", "1B", "1C"), hand_in, at_once=3)
    for ticket in tickets:
        await worker.collect(ticket)
    assert len(shop.provider.posts) == 3
    assert (await worker.orders.costs(production)).billed == CENT * 3
