"""A request is on the disk before it leaves; its end is there with the next commit that waits for it."""

import pytest

from tests.builders import a_text_order
from tests.integration.orders.shop import Shop, Worker, Writer
from tools.ledger.text import SQL

HOW = "select current_setting('synchronous_commit') as waits"


@pytest.mark.parametrize(("query", "waits"), [("begin", True), ("finish", False), ("leave", True)])
def test_only_the_end_of_a_request_waits_for_nobody(query: str, waits: bool) -> None:
    """What is about to be paid may not be forgotten; what is over counts as unknown where it is."""
    assert ("synchronous_commit" not in SQL[query]) is waits


async def test_whatever_comes_next_on_that_connection_waits_again(
    worker: Worker, shop: Shop, production: str
) -> None:
    async with shop.database.transaction() as connection:
        await connection.execute(SQL["finish"].split("greenlight_finish")[0] + "1", {})
        inside = await (await connection.execute(HOW)).fetchone()
    after = await shop.database.fetch_one(HOW)
    assert inside == {"waits": "off"}
    assert after == {"waits": "on"}
    await worker.ask(a_text_order(production), Writer())
    assert await shop.database.fetch_one(HOW) == {"waits": "on"}
