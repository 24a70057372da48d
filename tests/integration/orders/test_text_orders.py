"""Answers of text models: recorded per key, booked per call."""

import asyncio

import pytest

from benchmarks.counting_proxy import CountingProxy
from state.cost import ZERO, Charged, Money
from state.errors import (
    AnswerUnusable,
    BudgetExceeded,
    KeyMissing,
    OrderChanged,
    ProviderBusy,
    ProviderRefused,
    ReplayDiverged,
    SpendingStopped,
    TextAllowanceUsedUp,
)
from state.order import TextAnswer, Usage
from tests.builders import a_text_order, an_image_request, an_order
from tests.fakes import Crash
from tests.integration.orders.shop import TEXT_MOST, Shop, Worker, Writer
from tests.integration.orders.shop import TEXT_PRICE as PRICE
from tests.integration.orders.shop import TEXT_RESERVE as RESERVE
from tools.db.pool import Database
from tools.ledger.pricing import newest_edition
from tools.models.base import Booking, TextCall, TextEnd


async def test_an_answer_is_recorded(worker: Worker, production: str) -> None:
    writer, order = Writer(), a_text_order(production)
    first = await worker.ask(order, writer)
    again = await worker.ask(order, writer)
    assert writer.calls == 1
    assert again.model_dump_json() == first.model_dump_json()
    assert again.usage.total_tokens == 160
    assert (await worker.orders.costs(production)).billed == PRICE


async def test_after_a_crash_the_model_is_asked_again_and_what_the_first_may_have_cost_is_unknown(
    worker: Worker, shop: Shop, production: str
) -> None:
    writer, order = Writer(Crash()), a_text_order(production)
    with pytest.raises(Crash):
        await worker.ask(order, writer)
    assert (await worker.orders.costs(production)).reserved == RESERVE
    await worker.ask(order, writer)
    costs = await worker.orders.costs(production)
    assert (costs.billed, costs.unknown, costs.reserved) == (PRICE, RESERVE, Money())
    assert await shop.outcomes(order.call_key) == ["lost", "done"]


async def test_each_request_says_whose_key_it_left_with(worker: Worker, shop: Shop, production: str) -> None:
    """What is refused marks nothing: the request before stays the house's."""

    async def call(booking: Booking) -> TextAnswer:
        for own in (False, True, False):
            await booking.begin(
                TextCall(provider="openai", model="gpt-5", most=Usage(prompt_tokens=1), own_key=own)
            )
            booking.end(TextEnd(outcome="ambiguous"))
        await booking.begin(
            TextCall(provider="openai", model="gpt-5", most=Usage(prompt_tokens=10**9), own_key=True)
        )
        raise AssertionError("more than the allowance")

    with pytest.raises(TextAllowanceUsedUp):
        await worker.ask(a_text_order(production), call)
    rows = await shop.database.fetch_all("select own_key from order_attempts order by number")
    assert [row["own_key"] for row in rows] == [False, True, False]


@pytest.mark.parametrize(("kind", "unknown"), [("throttled", Money()), ("ambiguous", RESERVE)])
async def test_a_failed_call_may_be_made_again(
    worker: Worker, shop: Shop, production: str, kind: str, unknown: Money
) -> None:
    """An error costs nothing; of an answer that was lost nobody knows."""
    writer, order = Writer(ProviderBusy(kind=kind)), a_text_order(production)
    with pytest.raises(ProviderBusy) as failed:
        await worker.ask(order, writer)
    assert failed.value.details["charged_usd"] == "0"
    assert ("perhaps_charged_usd" in failed.value.details) == bool(unknown.micros)
    assert failed.value.charged == Charged(unknown=unknown)
    assert (failed.value.provider, failed.value.model) == ("openai", "gpt-5")
    await worker.ask(order, writer)
    costs = await worker.orders.costs(production)
    assert (costs.billed, costs.unknown, costs.refunded) == (PRICE, unknown, Money())
    assert await shop.outcomes(order.call_key) == [kind, "done"]


async def test_an_error_tells_all_that_its_order_was_charged_also_before(
    worker: Worker, production: str
) -> None:
    """What a resume asks again under the same key is added to what the first try took."""
    order = a_text_order(production)

    async def useless(booking: Booking) -> TextAnswer:
        await Writer()(booking)
        raise AnswerUnusable(provider="openai", model="gpt-5-mini")

    for times in (1, 2):
        with pytest.raises(AnswerUnusable) as failed:
            await worker.ask(order, useless)
        assert failed.value.charged == Charged(billed=PRICE * times)
        assert failed.value.model == "gpt-5-mini", "who failed, not who was to be asked first"


async def test_only_who_was_asked_is_called_asked(worker: Worker, shop: Shop, production: str) -> None:
    """Another model was charged for the same question before; a process of later knows whom it asked."""
    order = a_text_order(production)

    async def useless(booking: Booking) -> TextAnswer:
        await Writer()(booking)
        raise AnswerUnusable(provider="openai", model="gpt-5")

    with pytest.raises(AnswerUnusable) as answered:
        await worker.ask(order, useless)
    assert answered.value.asked is True
    assert (answered.value.role, answered.value.engine) == (order.agent, False)
    later = await shop.worker(production)
    for provider, model, asked in (("google", "gemini-2.5-pro", False), ("openai", "gpt-5", True)):

        async def keyless(booking: Booking, provider: str = provider, model: str = model) -> TextAnswer:
            raise KeyMissing(provider=provider, model=model)

        with pytest.raises(KeyMissing) as stopped:
            await later.ask(order, keyless)
        assert (stopped.value.asked, stopped.value.charged) == (asked, Charged(billed=PRICE)), model


async def test_what_stops_a_question_names_who_would_have_been_asked(worker: Worker, production: str) -> None:
    with pytest.raises(TextAllowanceUsedUp) as stopped:
        await worker.ask(a_text_order(production), Writer(), allowance=Money())
    assert (stopped.value.provider, stopped.value.model) == ("openai", "gpt-5")
    assert stopped.value.charged == Charged()


async def test_each_request_of_one_question_is_booked(worker: Worker, shop: Shop, production: str) -> None:
    order = a_text_order(production)

    async def twice(booking: Booking) -> TextAnswer:
        """The first answer did not fit."""
        await Writer()(booking)
        return await Writer()(booking)

    answer = await worker.ask(order, twice)
    assert answer.cost == PRICE * 2
    rows = await shop.database.fetch_all(
        "select provider, model, outcome, cost, reserved, prompt_tokens, completion_tokens"
        " from order_attempts where call_key = %s order by number",
        (order.call_key,),
    )
    told = ("openai", "gpt-5", "done", PRICE.micros, RESERVE.micros, 120, 40)
    assert [tuple(row.values()) for row in rows] == [told, told]


async def test_what_the_vendor_did_not_count_is_unknown(worker: Worker, production: str) -> None:
    await worker.ask(a_text_order(production), Writer(known=False))
    costs = await worker.orders.costs(production)
    assert (costs.billed, costs.unknown, costs.reserved) == (Money(), RESERVE, Money())


@pytest.mark.parametrize(("allowance", "asked"), [(RESERVE.micros, 1), (RESERVE.micros - 1, 0)])
async def test_text_stays_within_its_allowance(
    worker: Worker, production: str, allowance: int, asked: int
) -> None:
    writer, order = Writer(), a_text_order(production)
    limit = Money(micros=allowance)
    if asked:
        await worker.ask(order, writer, allowance=limit)
    else:
        with pytest.raises(TextAllowanceUsedUp) as refused:
            await worker.ask(order, writer, allowance=limit)
        assert refused.value.details["allowance_micros"] == allowance
        assert (await worker.orders.costs(production)).quoted == Money()
        await worker.ask(order, writer, allowance=RESERVE)  # raised: it goes on


async def test_the_ceiling_holds_for_text(shop: Shop) -> None:
    production = await shop.production(ceiling=Money(micros=RESERVE.micros - 1))
    with pytest.raises(BudgetExceeded):
        await (await shop.worker(production)).ask(a_text_order(production), Writer())


async def test_nothing_is_asked_while_spending_is_stopped(
    shop: Shop, worker: Worker, production: str
) -> None:
    await shop.database.execute("select greenlight_stop_spending(null, 'somebody', 'enough')")
    with pytest.raises(SpendingStopped):
        await worker.ask(a_text_order(production), Writer())
    await worker.ask(a_text_order(production, item="scene-2"), free)


async def free(booking: Booking) -> TextAnswer:
    """The offline writer asks nobody."""
    return TextAnswer(content={"a": 1})


async def test_a_free_answer_takes_two_statements_and_a_paid_one_three(
    shop: Shop, production: str, worker: Worker
) -> None:
    """As they pass on the wire; BEGIN and COMMIT would count, too."""
    async with CountingProxy(shop.database.url) as proxy:
        database = await Database.open(proxy.url, max_size=1, name="counted")
        counted = await Shop(database, shop.store).worker(production, lease=worker.lease)
        await counted.ask(a_text_order(production, item="scene-0"), Writer())  # opens the connection
        for writer, item, statements in ((free, "scene-1", 2), (Writer(), "scene-2", 3)):
            proxy.statements.clear()
            await counted.ask(a_text_order(production, item=item), writer)
            sent = [one for one in proxy.statements if one]
            assert len(sent) == statements, sent
        await database.close()


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

    async def odd(booking: Booking) -> TextAnswer:
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


async def test_a_bug_in_a_call_leaves_nothing_reserved(worker: Worker, production: str) -> None:
    """It is raised as it is; what was asked by then is booked."""

    async def broken(booking: Booking) -> TextAnswer:
        await Writer()(booking)
        raise ZeroDivisionError("a bug")

    with pytest.raises(ZeroDivisionError, match="a bug"):
        await worker.ask(a_text_order(production), broken)
    costs = await worker.orders.costs(production)
    assert (costs.reserved, costs.billed, costs.unknown) == (ZERO, PRICE, ZERO)


@pytest.mark.parametrize(("tokens", "counted"), [(0, True), (-1, False), (2**31 - 1, True), (2**31, False)])
@pytest.mark.parametrize("which", ["prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens"])
async def test_tokens_that_cannot_be_count_as_not_told(
    worker: Worker, shop: Shop, production: str, which: str, tokens: int, counted: bool
) -> None:
    async def call(booking: Booking) -> TextAnswer:
        await booking.begin(TextCall(provider="openai", model="gpt-5", most=TEXT_MOST))
        booking.end(TextEnd(outcome="done", usage=Usage(**{which: tokens})))
        return TextAnswer(content={})

    await worker.ask(a_text_order(production), call)
    costs = await worker.orders.costs(production)
    assert costs.reserved == ZERO
    assert costs.unknown == (ZERO if counted else RESERVE)
    [row] = await shop.database.fetch_all(f"select cost, {which} as told from order_attempts")
    assert (row["cost"] is not None, row["told"]) == (counted, tokens if counted else None)
