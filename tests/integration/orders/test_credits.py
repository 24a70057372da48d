"""S3-72: a production that spends uses one credit, once; without one nothing is bought."""

import asyncio

import pytest

from state.cost import ZERO, Money
from state.errors import CreditsUsedUp, GreenlightError
from tests.builders import an_order
from tests.integration.orders.shop import Shop, Worker
from tools.ledger.ledger import QUERIES, Ledger

CENT = Money.usd("0.01")


class Forgetful(Ledger):
    """The guard off."""

    queries = QUERIES | {"claim": QUERIES["claim"].replace("_may_spend", "_may_spend_forgetful")}


async def forgetful(shop: Shop) -> str:
    """The database's own function without its look at the mark."""
    found = await shop.database.fetch_one(
        "select pg_get_functiondef('greenlight_may_spend'::regproc) as source"
    )
    assert found is not None
    source: str = found["source"]
    assert "if not booked then" in source
    return source.replace("if not booked then", "if true then").replace("_may_spend", "_may_spend_forgetful")


@pytest.fixture(autouse=True)
async def three(shop: Shop) -> object:
    await shop.database.execute("update users set credits_remaining = 3 where user_id = 'local'")
    yield
    await shop.database.execute("update users set credits_remaining = null where user_id = 'local'")


async def left(shop: Shop) -> int | None:
    row = await shop.database.fetch_one("select credits_remaining from users where user_id = 'local'")
    assert row is not None
    credits: int | None = row["credits_remaining"]
    return credits


async def ended(shop: Shop, status: str = "failed") -> None:
    await shop.database.execute("update productions set status = %s", [status])


async def test_the_balance_falls_once_for_a_production(worker: Worker, shop: Shop, production: str) -> None:
    await worker.submit(an_order(production, item="1A"), price=ZERO)
    assert await left(shop) == 3, "what costs nothing needs none"
    for item in ("1B", "1C", "1B"):
        await worker.place(an_order(production, item=item), price=CENT)
    await ended(shop, "paused")
    await worker.place(an_order(production, item="1D"), price=CENT)
    await ended(shop)
    assert await left(shop) == 2


async def test_without_the_mark_each_order_would_take_one(shop: Shop, production: str) -> None:
    """The control: nobody looks whether this production has used one."""
    await shop.database.execute(await forgetful(shop))
    worker = await shop.worker(production, ledger=Forgetful(shop.database))
    for item in ("1A", "1B"):
        await worker.submit(an_order(production, item=item), price=CENT)
    assert await left(shop) == 1


async def test_without_a_credit_nothing_is_bought_until_there_is_one(
    worker: Worker, shop: Shop, production: str
) -> None:
    await shop.database.execute("update users set credits_remaining = 0 where user_id = 'local'")
    with pytest.raises(CreditsUsedUp):
        await worker.submit(an_order(production), price=CENT)
    assert (shop.provider.posts, await worker.orders.history(production)) == ([], [])
    await shop.database.execute("update users set credits_remaining = 1 where user_id = 'local'")
    await worker.submit(an_order(production), price=CENT)
    assert await left(shop) == 0
    await worker.submit(an_order(production, item="1B"), price=CENT)


async def test_who_bought_nothing_has_it_back(worker: Worker, shop: Shop, production: str) -> None:
    worker.engine.troubles = ["refused"]
    with pytest.raises(GreenlightError):
        await worker.place(an_order(production), price=CENT)
    assert await left(shop) == 2
    for status in ("failed", "cancelled"):
        await ended(shop, status)
        assert await left(shop) == 3, "once"
    await worker.place(an_order(production, item="1B"), price=CENT)
    await ended(shop, "completed")
    assert await left(shop) == 2, "it bought something"


async def test_the_same_order_again_takes_no_credit(worker: Worker, shop: Shop, production: str) -> None:
    worker.engine.troubles = ["refused"]
    for _ in range(2):
        with pytest.raises(GreenlightError):
            await worker.place(an_order(production), price=CENT)
        await ended(shop)
        assert await left(shop) == 3


async def test_twenty_productions_at_once_for_three(shop: Shop) -> None:
    workers = [await shop.worker(await shop.production()) for _ in range(20)]
    buying = [one.submit(an_order(one.lease.production_id), price=CENT) for one in workers]
    ends = await asyncio.gather(*buying, return_exceptions=True)
    refused = [end for end in ends if isinstance(end, CreditsUsedUp)]
    assert not [end for end in ends if isinstance(end, BaseException) and end not in refused]
    assert (len(refused), len(shop.provider.posts), await left(shop)) == (17, 3, 0)


async def test_unset_is_no_limit(worker: Worker, shop: Shop, production: str) -> None:
    await shop.database.execute("update users set credits_remaining = null where user_id = 'local'")
    await worker.submit(an_order(production), price=CENT)
    assert await left(shop) is None
