"""Answers of text models: recorded per key, booked per call."""

import asyncio

import pytest

from state.cost import Money
from state.errors import OrderChanged, ProviderBusy, ProviderRefused, ReplayDiverged
from state.order import TextAnswer
from tests.builders import a_text_order, an_image_request, an_order
from tests.fakes import Crash
from tests.integration.orders.shop import TEXT_PRICE as PRICE
from tests.integration.orders.shop import Shop, Worker, Writer
from tools.ledger.pricing import newest_edition


async def test_an_answer_is_recorded(worker: Worker, production: str) -> None:
    writer, order = Writer(), a_text_order(production)
    first = await worker.ask(order, writer)
    again = await worker.ask(order, writer)
    assert writer.calls == 1
    assert again.model_dump_json() == first.model_dump_json()
    assert again.usage.total_tokens == 160
    assert (await worker.orders.costs(production)).billed == PRICE


async def test_after_a_crash_the_model_is_asked_again_and_both_are_booked(
    worker: Worker, shop: Shop, production: str
) -> None:
    writer, order = Writer(Crash()), a_text_order(production)
    with pytest.raises(Crash):
        await worker.ask(order, writer, price=PRICE)
    await worker.ask(order, writer, price=PRICE)
    costs = await worker.orders.costs(production)
    assert (costs.billed, costs.unknown, costs.reserved) == (PRICE, PRICE, Money())
    assert await shop.outcomes(order.call_key) == ["sent", "done"]


async def test_a_failed_call_may_be_made_again(worker: Worker, production: str) -> None:
    writer, order = Writer(ProviderBusy(kind="throttled")), a_text_order(production)
    with pytest.raises(ProviderBusy):
        await worker.ask(order, writer, price=PRICE)
    await worker.ask(order, writer, price=PRICE)
    costs = await worker.orders.costs(production)
    assert (costs.billed, costs.unknown, costs.refunded) == (PRICE, Money(), Money())


async def test_strict_notices_other_words(shop: Shop, production: str) -> None:
    worker = await shop.worker(production, strict=True)
    await worker.ask(a_text_order(production), Writer())
    with pytest.raises(OrderChanged):
        await worker.ask(a_text_order(production, prompt="Write scene 1 anew."), Writer())


async def test_a_replay_asks_and_orders_nothing(worker: Worker, shop: Shop, production: str) -> None:
    text, order, writer = a_text_order(production), an_order(production), Writer()
    answer, delivery = await worker.ask(text, writer), await worker.place(order)
    replay = shop.orders(read_only=True)
    assert await replay.ask(text, writer) == answer
    assert await replay.place(order) == delivery
    for missing in (a_text_order(production, item="scene-2"), an_order(production, item="9Z")):
        with pytest.raises(ReplayDiverged):
            await (replay.ask(missing, writer) if missing.stage == "script" else replay.place(missing))  # type: ignore[arg-type]
    assert (writer.calls, len(shop.provider.posts)) == (1, 1)


async def test_the_history_holds_every_order_and_attempt(worker: Worker, production: str) -> None:
    await worker.ask(a_text_order(production), Writer())
    worker.engine.troubles = ["throttled"]
    await worker.place(an_order(production), price=PRICE, prompt_digest="d7")
    text, engine = await worker.orders.history(production)
    assert (text["kind"], text["result"]["usage"]["prompt_tokens"]) == ("text", 120)
    assert [each["outcome"] for each in engine["attempts"]] == ["throttled", "done"]
    assert (engine["prompt_digest"], engine["price_edition"]) == ("d7", newest_edition())
    assert "webhook_token" not in engine


async def test_text_that_postgres_cannot_hold_is_kept_without_it(
    worker: Worker, shop: Shop, production: str
) -> None:
    """Otherwise the answer would be asked for, and paid, again and again."""

    async def odd() -> TextAnswer:
        return TextAnswer(content={"line": "a\x00b\ud800c"})

    answer = await worker.ask(a_text_order(production, prompt="x\x00y"), odd)
    assert answer.content == {"line": "ab?c"}
    worker.engine.troubles = ["refused"]
    request = an_image_request(prompt="p\x00q")
    with pytest.raises(ProviderRefused):
        await worker.place(an_order(production, request=request))


async def test_two_askers_get_one_answer(worker: Worker, production: str) -> None:
    writer, order = Writer(), a_text_order(production)
    first, second = await asyncio.gather(worker.ask(order, writer), worker.ask(order, writer))
    assert (first, writer.calls) == (second, 1)
