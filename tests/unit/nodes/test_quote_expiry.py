"""A quote holds so many hours, to the microsecond: approved when it runs out, it is asked again."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from nodes.review import grant_budget as granting
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

MICROSECOND = timedelta(microseconds=1)
HOURS = [1.5, Settings.model_fields["quote_hours"].default]


class Tools:
    """A house with a clock, and what was approved in it."""

    def __init__(self, hours: float) -> None:
        self.clock, self.settings = FakeClock(), Settings(quote_hours=hours)
        self.orders, self.written, self.engines = self, list[Quote](), dict[str, Any]()

    def route(self, medium: str, model: str, *, tier: str = "final") -> Route:
        return Route(provider="previz", model=model)

    async def approved(self, production: str, *, but: list[PlannedCall]) -> Money:
        return ZERO

    async def approve(self, production: str, approved: Quote, *, cause: str) -> None:
        self.written.append(approved)


async def quoted(monkeypatch: pytest.MonkeyPatch, *, hours: float, total: Money) -> tuple[Tools, NovelaState]:
    """A quote of this moment, for a plan that costs so much."""
    tools = Tools(hours)

    async def toolbox_for(user_id: str) -> Tools:
        return tools

    monkeypatch.setattr(quoting, "toolbox_for", toolbox_for)
    monkeypatch.setattr(granting, "toolbox_for", toolbox_for)
    state = NovelaState(script=Script(title="t", logline="l"), format=ProductionFormat(width=320, height=180))
    update = await quote_production(state, a_runtime())
    offer = Quote.model_validate(update["quote"]).model_copy(update={"total": total})
    return tools, state.model_copy(update={"quote": offer, "approved_quote_id": offer.quote_id})


def a_runtime() -> Any:
    told = SimpleNamespace(thread_id="film", task_id="answer")
    return SimpleNamespace(context=RunContext(), stream_writer=lambda event: None, execution_info=told)


def test_a_quote_holds_two_weeks_unless_it_is_set() -> None:
    assert HOURS[-1] == 14 * 24


@pytest.mark.parametrize("hours", HOURS)
@pytest.mark.parametrize(
    ("early", "holds"), [(MICROSECOND, True), (timedelta(), False), (-MICROSECOND, False)]
)
async def test_to_the_microsecond(
    monkeypatch: pytest.MonkeyPatch, hours: float, early: timedelta, holds: bool
) -> None:
    tools, state = await quoted(monkeypatch, hours=hours, total=Money.usd("0.01"))
    tools.clock.started += timedelta(hours=hours) - early
    update = await grant_budget(state, a_runtime())
    assert tools.written == ([state.quote] if holds else [])
    assert ("expired on 2026-01-" in str(update["requoted"])) is not holds
    assert update.get("approved_quote_id", state.approved_quote_id) == (
        state.approved_quote_id if holds else ""
    )


async def test_a_quote_that_holds_in_its_last_moment_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: `>` in the place of `>=`."""
    tools, state = await quoted(monkeypatch, hours=1.5, total=Money.usd("0.01"))
    tools.clock.started += timedelta(hours=1.5)
    monkeypatch.setattr(Quote, "is_expired", lambda self, now: now > self.expires_at)
    await grant_budget(state, a_runtime())
    assert tools.written == [state.quote]


async def test_a_quote_for_nothing_never_runs_out(monkeypatch: pytest.MonkeyPatch) -> None:
    tools, state = await quoted(monkeypatch, hours=1.5, total=ZERO)
    tools.clock.started += timedelta(days=400)
    await grant_budget(state, a_runtime())
    assert tools.written == [state.quote]
