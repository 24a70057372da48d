"""A draft buys nothing of the final tier, whatever was planned: refused where the money would be reserved."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from state.cost import ZERO, Money
from state.errors import PremiumInDraft
from state.order import TextAnswer
from state.tier import Tier
from tests.builders import a_text_order, an_image_request, an_order
from tests.integration.orders.shop import TEXT_MOST, TEXT_USAGE, Shop, Worker
from tools.db import migrations
from tools.db.pool import Database
from tools.models.base import Booking, TextCall, TextEnd

CENT = Money.usd("0.01")
SCHEMA = Path(migrations.__file__).with_name("schema_0018.sql")
OPEN = """
create or replace function greenlight_above_tier(context jsonb, tier text, model text) returns jsonb
language sql immutable as $$ select null::jsonb $$
"""


@asynccontextmanager
async def guard(database: Database, *, on: bool) -> AsyncIterator[None]:
    """The control: every model fits every tier."""
    text = SCHEMA.read_text("utf-8")
    begin = text.index("create function greenlight_above_tier")
    whole = text[begin : text.index("$$;", begin) + 3].replace("create f", "create or replace f", 1)
    if not on:
        await database.execute(OPEN)
    try:
        yield
    finally:
        await database.execute(whole)


async def working(shop: Shop, tier: Tier, *, parent: str | None = None) -> Worker:
    """A worker on a production of this tier; paid calls need no approval."""
    production = await shop.production(parent=parent)
    await shop.database.execute(
        "update productions set context = context || jsonb_build_object('tier', %s::text)"
        " where production_id = %s",
        (tier, production),
    )
    return await shop.worker(production)


async def buy(worker: Worker, model: str, price: Money = CENT, item: str = "1A") -> None:
    request = an_image_request(model=model)
    await worker.submit(an_order(worker.lease.production_id, item=item, request=request), price=price)


def asking(*models: str) -> Callable[[Booking], Awaitable[TextAnswer]]:
    """Asks one model after the other, each of them once."""

    async def ask(booking: Booking) -> TextAnswer:
        for model in models:
            await booking.begin(TextCall(provider="openai", model=model, most=TEXT_MOST))
            booking.end(TextEnd(outcome="done", usage=TEXT_USAGE))
        return TextAnswer(content={"a": 1}, usage=TEXT_USAGE)

    return ask


@pytest.mark.parametrize("price", [CENT, ZERO])
@pytest.mark.parametrize("model", ["veo-3.1", "nano-banana", "nobody-knows-it"])
async def test_a_premium_engine_is_not_asked_in_a_draft(shop: Shop, model: str, price: Money) -> None:
    worker = await working(shop, "draft")
    with pytest.raises(PremiumInDraft, match=f"draft, and {model} is a model of the final tier") as refused:
        await buy(worker, model, price)
    assert (refused.value.code, refused.value.details["model"]) == ("premium_in_draft", model)
    assert shop.provider.posts == []
    assert (await worker.orders.costs(worker.lease.production_id)).quoted == ZERO


@pytest.mark.parametrize("model", ["veo-3.1-fast", "sdxl", "previz-panel"])
async def test_a_cheap_one_is(shop: Shop, model: str) -> None:
    await buy(await working(shop, "draft"), model)
    assert len(shop.provider.posts) == 1


async def test_a_final_has_whom_it_wants(shop: Shop) -> None:
    worker = await working(shop, "final")
    await buy(worker, "veo-3.1")
    await buy(worker, "sdxl", item="1B")
    assert len(shop.provider.posts) == 2


async def test_without_the_guard_the_premium_engine_is_asked(shop: Shop) -> None:
    async with guard(shop.database, on=False):
        await buy(await working(shop, "draft"), "veo-3.1")
    assert len(shop.provider.posts) == 1


@pytest.mark.parametrize("on", [True, False])
async def test_a_premium_text_model_is_not_asked_in_a_draft(shop: Shop, on: bool) -> None:
    """What was asked before it stays booked. Without the guard it is asked."""
    worker = await working(shop, "draft")
    production = worker.lease.production_id
    async with guard(shop.database, on=on):
        if on:
            with pytest.raises(PremiumInDraft, match="gpt-5 is a model of the final tier"):
                await worker.ask(a_text_order(production), asking("gpt-5-mini", "gpt-5"))
        else:
            await worker.ask(a_text_order(production), asking("gpt-5-mini", "gpt-5"))
    sent = await shop.database.fetch_all("select model, outcome from order_attempts order by attempt_id")
    assert [(row["model"], row["outcome"]) for row in sent] == [
        ("gpt-5-mini", "done"), *([] if on else [("gpt-5", "done")]),
    ]  # fmt: skip
    costs = await worker.orders.costs(production)
    assert (costs.billed.micros, costs.unknown) == (110 if on else 660, ZERO)


async def test_cheap_text_is_asked_in_a_draft_and_premium_text_in_a_final(shop: Shop) -> None:
    for tier, model in (("draft", "gpt-5-mini"), ("final", "gpt-5")):
        worker = await working(shop, tier)
        await worker.ask(a_text_order(worker.lease.production_id), asking(model))
    assert len(await shop.database.fetch_all("select from order_attempts")) == 2


async def test_a_draft_takes_what_its_final_parent_has_for_nothing(shop: Shop) -> None:
    parent = await working(shop, "final")
    request = an_image_request(model="veo-3.1")
    await parent.place(an_order(parent.lease.production_id, request=request), price=CENT)
    branch = await working(shop, "draft", parent=parent.lease.production_id)
    taken = await branch.place(an_order(branch.lease.production_id, request=request), price=CENT)
    assert (taken.cost, len(shop.provider.posts)) == (ZERO, 1)
