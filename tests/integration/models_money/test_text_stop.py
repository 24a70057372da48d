"""The stop switch while twenty runs ask a vendor: no request leaves after it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from state.cost import Money
from state.errors import SpendingStopped
from tests.integration.models_money.asking import Asker
from tests.integration.orders.shop import Shop
from tests.standins.model_vendors import Asked, Said, Vendors
from tools.db import migrations
from tools.db.pool import Database
from tools.ledger.stops import Stops

RUNS = 20
GOOD = '{"title": "What was said", "lines": ["A door."]}'
SCHEMA = Path(migrations.__file__).with_name("schema_0013.sql")
BLIND = """
create or replace function greenlight_{name} language sql volatile as $$ select null::jsonb $$
"""
SENT = """
select count(*)::int as sent, count(*) filter (where a.posted_at > s.stopped_at)::int as late
from order_attempts a, spending_stops s
"""


@pytest.mark.parametrize("guarded", [True, False])
async def test_no_question_leaves_after_the_stop(shop: Shop, vendors: Vendors, guarded: bool) -> None:
    """Unguarded is the control: nobody looks at the switch, and questions go on leaving."""
    reached: list[bool] = []
    stopped, enough = asyncio.Event(), asyncio.Event()

    async def say(asked: Asked) -> Said:
        reached.append(stopped.is_set())
        if len(reached) == RUNS or sum(reached) == RUNS:
            enough.set()
        return Said(text=GOOD)

    vendors.openai.brain = say
    askers = [await an_asker(shop, vendors) for _ in range(RUNS)]
    async with guard(shop.database, on=guarded):
        asking = [asyncio.create_task(ask_on(one, stopped, enough)) for one in askers]
        await enough.wait()
        enough.clear()
        await Stops(shop.database).stop(None, by="local", reason="enough")
        stopped.set()
        ended = await asyncio.gather(*asking)
    row = await shop.database.fetch_one(SENT)
    assert row is not None
    assert row["sent"] == len(vendors.books.posts()), "what reached the vendor is what was written down"
    assert (row["late"] == 0) == guarded
    assert all(ended) == guarded, "every run was told"
    for one in askers:
        await one.close()


async def an_asker(shop: Shop, vendors: Vendors) -> Asker:
    production = await shop.production(ceiling=Money.usd("100000"))
    return Asker(shop, vendors, await shop.worker(production))


async def ask_on(asker: Asker, stopped: asyncio.Event, enough: asyncio.Event) -> bool:
    """One question after the other until spending is stopped; whether that was said."""
    for number in range(1000):
        try:
            await asker.note(f"question {number}", "gpt-5")
        except SpendingStopped:
            return True
        if stopped.is_set() and enough.is_set():
            break
    return False


@asynccontextmanager
async def guard(database: Database, *, on: bool) -> AsyncIterator[None]:
    text = SCHEMA.read_text("utf-8")
    start = text.index("create function greenlight_stop_of")
    whole = text[start : text.index("$$;", start) + 3].replace("create f", "create or replace f")
    blind = BLIND.format(name="stop_of(who text) returns jsonb")
    await database.execute(whole if on else blind)
    try:
        yield
    finally:
        await database.execute(whole)
