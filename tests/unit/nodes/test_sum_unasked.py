"""What is approved unasked is counted over the whole production, and the ledger has the last word."""

from types import SimpleNamespace
from typing import Any

import pytest

from nodes.review import grant_budget as granting
from nodes.review.approve_budget import approve_budget, budget_request
from nodes.review.grant_budget import grant_budget
from nodes.screenplay import quote_production as quoting
from nodes.screenplay.quote_production import quote_production
from state.context import RunContext
from state.cost import ZERO, Money, PlannedCall, Quote
from state.film import ProductionFormat
from state.novela import NovelaState
from state.script import Script
from tests.fakes import FakeClock
from tools.engines.routing import Route
from tools.settings import Settings

PRICE = Money(micros=1_230_001)


class Tools:
    """A house whose ledger knows of so many approvals."""

    def __init__(self, before: Money) -> None:
        self.clock, self.settings, self.before = FakeClock(), Settings(), before
        self.orders, self.written, self.engines = self, list[Quote](), dict[str, Any]()

    def route(self, medium: str, model: str, *, tier: str = "final") -> Route:
        return Route(provider="previz", model=model)

    async def approved(self, production: str, *, but: list[PlannedCall]) -> Money:
        return self.before

    async def approve(self, production: str, approved: Quote, *, cause: str) -> None:
        self.written.append(approved)


async def quoted(monkeypatch: pytest.MonkeyPatch, tools: Tools) -> NovelaState:
    """A quote that costs so much, after what the ledger knew then."""

    async def toolbox_for(user_id: str) -> Tools:
        return tools

    monkeypatch.setattr(quoting, "toolbox_for", toolbox_for)
    monkeypatch.setattr(granting, "toolbox_for", toolbox_for)
    state = NovelaState(script=Script(title="t", logline="l"), format=ProductionFormat(width=320, height=180))
    update = await quote_production(state, a_runtime("0.00"))
    paid = {"total": PRICE, "ceiling": PRICE, "would_have_cost": PRICE}
    offer = Quote.model_validate(update["quote"]).model_copy(update=paid)
    return NovelaState.model_validate({**state.model_dump(), **update, "quote": offer})


async def passed_unasked(state: NovelaState, limit: str) -> NovelaState:
    return NovelaState.model_validate({**state.model_dump(), **await approve_budget(state, a_runtime(limit))})


def a_runtime(limit: str) -> Any:
    told = SimpleNamespace(thread_id="film", task_id="answer")
    context = RunContext(review="auto", auto_approve_usd=limit)
    return SimpleNamespace(context=context, stream_writer=lambda event: None, execution_info=told)


async def test_the_quote_knows_what_was_approved_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    state = await quoted(monkeypatch, Tools(Money(micros=769_999)))
    assert state.approved_before == Money(micros=769_999)
    assert (await passed_unasked(state, "2.00")).approved_unasked


async def test_whoever_is_asked_reads_how_much_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    state = await quoted(monkeypatch, Tools(Money(micros=770_000)))
    assert state.quote is not None
    for limit, left in (
        ("2.00", "$2.00 that may be approved unasked in this production $1.23"),
        ("0.5", "$0.00"),
    ):
        text = budget_request(state, state.quote, a_runtime(limit).context).items[0].text
        assert f"{left} is left: $0.77 is approved by now." in text
    asked = budget_request(state, state.quote, RunContext(auto_approve_usd="2.00"))
    assert "unasked" not in asked.items[0].text, "a person is asked anyway"


@pytest.mark.parametrize(("meanwhile", "holds"), [(769_999, True), (770_000, False)])
async def test_what_was_approved_since_the_quote_was_made_counts_too(
    monkeypatch: pytest.MonkeyPatch, meanwhile: int, holds: bool
) -> None:
    """A state that was gone back to knows less than the ledger."""
    tools = Tools(ZERO)
    state = await passed_unasked(await quoted(monkeypatch, tools), "2.00")
    tools.before = Money(micros=meanwhile)
    update = await grant_budget(state, a_runtime("2.00"))
    assert tools.written == ([state.quote] if holds else [])
    assert ("too much to be approved unasked" in str(update["requoted"])) is not holds


async def test_what_a_person_approved_is_not_held_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same sum, and somebody was asked."""
    tools = Tools(ZERO)
    state = await passed_unasked(await quoted(monkeypatch, tools), "2.00")
    tools.before = Money(micros=9_000_000)
    await grant_budget(state.model_copy(update={"approved_unasked": False}), a_runtime("2.00"))
    assert tools.written == [state.quote]
