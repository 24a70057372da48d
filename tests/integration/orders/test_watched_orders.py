"""S4-096: every provider call is a span and a figure: model, parameters, duration, cost, error."""

import io
import json
import logging
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from server.logs import configure_logs
from state.cost import Money
from state.errors import ProviderError
from tests.builders import a_text_order, an_order
from tests.figures import Figures
from tests.integration.orders.shop import TEXT_PRICE, Worker, Writer
from tests.spans import facts, id_of, listening, parent_of, trace_of
from tools.settings import Settings
from tools.telemetry.tally import Tally, current_tally

PRICE = Money.usd("0.05")


async def test_an_order_and_its_calls_are_spans_with_all_that_matters(
    worker: Worker, production: str
) -> None:
    with listening() as heard:
        await worker.place(an_order(production, item="2A"), price=PRICE)
    submitted, collected = heard.one("order submit"), heard.one("order collect")
    calls = [heard.one(f"provider {call}") for call in ("submit", "wait", "fetch")]
    assert [parent_of(call) for call in calls] == [id_of(submitted), id_of(collected), id_of(collected)]
    assert {trace_of(one) for one in heard.spans} == {uuid.UUID(production).int}
    told = facts(calls[0])
    assert (told["engine"], told["model"], told["item"]) == ("fake", "fake-image", "2A")
    assert (told["price_micros"], told["parameter.seed"]) == (PRICE.micros, an_order(production).request.seed)
    assert len(told["request_digest"]) == 64
    assert facts(collected)["cost_micros"] == PRICE.micros
    assert all((one.end_time or 0) >= (one.start_time or 0) > 0 for one in heard.spans)


async def test_the_words_of_a_prompt_stay_here(worker: Worker, production: str) -> None:
    order = an_order(production)
    with listening() as heard:
        await worker.place(order)
    assert heard.spans
    assert all(order.request.prompt not in one.to_json() for one in heard.spans)


async def test_money_and_outcomes_are_counted_once(worker: Worker, production: str) -> None:
    seen, tally = Figures(), Tally()
    token = current_tally.set(tally)
    order = an_order(production, item="2A")
    for _ in range(2):  # the second time nothing is bought
        await worker.place(order, price=PRICE)
    current_tally.reset(token)
    labels = {"engine": "fake", "medium": order.request.medium}
    assert seen("greenlight_money_micros_total", booked="reserved", **labels) == PRICE.micros
    assert seen("greenlight_money_micros_total", booked="billed", **labels) == PRICE.micros
    assert seen("greenlight_money_micros_total", booked="refunded", **labels) == 0
    assert seen("greenlight_orders_ended_total", outcome="done", **labels) == 1
    calls = {"engine": "fake", "outcome": "ok"}
    assert seen("greenlight_provider_call_seconds_count", call="submit", **calls) == 1
    assert (tally.billed_micros, tally.orders) == (PRICE.micros, 1)


async def test_a_refusal_gives_the_money_back_and_names_its_kind(worker: Worker, production: str) -> None:
    seen = Figures()
    worker.engine.troubles.append("refused")
    with listening() as heard, pytest.raises(ProviderError):
        await worker.submit(an_order(production), price=PRICE)
    labels = {"engine": "fake", "medium": an_order(production).request.medium}
    assert seen("greenlight_money_micros_total", booked="refunded", **labels) == PRICE.micros
    assert seen("greenlight_orders_ended_total", outcome="refused", **labels) == 1
    assert facts(heard.one("provider submit"))["error_kind"] == "refused"
    assert not heard.one("order submit").status.is_ok


async def test_a_text_models_call_is_a_span_with_its_tokens_and_cost(worker: Worker, production: str) -> None:
    with listening() as heard:
        await worker.ask(a_text_order(production), Writer())
        await worker.ask(a_text_order(production), Writer())  # from the record
    told = facts(heard.one("provider answer"))
    assert (told["prompt_tokens"], told["completion_tokens"]) == (120, 40)
    assert told["cost_micros"] == TEXT_PRICE.micros
    assert len(heard.named("order ask")) == 2


@pytest.fixture
def written() -> Iterator[Callable[[str], list[dict[str, Any]]]]:
    """The lines of a process that runs with a log level."""
    root = logging.getLogger()
    before, level, structure = root.handlers[:], root.level, structlog.get_config()
    streams: list[io.StringIO] = []

    def at(name: str) -> list[dict[str, Any]]:
        if not streams or name:
            streams.append(io.StringIO())
            configure_logs(Settings.model_validate({"log_level": name}), stream=streams[-1])
            return []
        return [json.loads(line) for line in streams[-1].getvalue().splitlines()]

    yield at
    logging.captureWarnings(capture=False)
    root.handlers, root.level = before, level
    structlog.configure(**structure)


@pytest.mark.parametrize(("level", "has_words"), [("DEBUG", True), ("INFO", False)])
async def test_what_is_ordered_is_one_json_line_and_its_words_are_for_debugging(
    worker: Worker,
    production: str,
    written: Callable[[str], list[dict[str, Any]]],
    level: str,
    has_words: bool,
) -> None:
    """S4-102, S2-128: parameters always, words in development, errors with their kind."""
    written(level)
    await worker.place(an_order(production, item="2A"), price=PRICE)
    worker.engine.troubles.append("refused")
    with pytest.raises(ProviderError):
        await worker.submit(an_order(production, item="2B"))
    lines = {f"{line['message']} {line.get('item')}": line for line in written("")}
    placed, failed = lines["order_placed 2A"], lines["order_failed 2B"]
    request = an_order(production).request
    assert (placed["model"], placed["width"], placed["price_micros"]) == (request.model, 320, PRICE.micros)
    assert (failed["error_kind"], failed["level"]) == ("refused", "warning")
    assert ("order_words 2A" in lines) is has_words
    assert any(request.prompt in str(line) for line in lines.values()) is has_words
