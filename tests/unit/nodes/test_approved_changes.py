"""What YELLOW and RED approve: the price that the gate has shown, and no more."""

from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

import pytest

from nodes.review.approve_changes import approve_changes, change_at_most
from state.cost import FallbackCall, Money, PlannedCall, Quote
from state.film import FilmState


def a_take(micros: int, *, longest: int = 0) -> PlannedCall:
    longer = FallbackCall(provider="p", model="m", unit="second", units=6, price=Money(micros=longest))
    return PlannedCall(
        stage="take", item="1A", provider="p", model="m", unit="second", units=4, price=Money(micros=micros),
        fallbacks=[longer] if longest else [],
    )  # fmt: skip


def beside(call: PlannedCall, micros: int) -> PlannedCall:
    """The call with another model behind it."""
    other = FallbackCall(provider="p", model="other", unit="second", units=4, price=Money(micros=micros))
    return call.model_copy(update={"fallbacks": [*call.fallbacks, other]})


@pytest.mark.parametrize(("now", "stays"), [(900, True), (901, False)])
async def test_who_stands_in_is_approved_up_to_what_was_shown_as_the_most(now: int, stays: bool):
    shown = Quote(quote_id="q", edition="2025-10", calls=[beside(a_take(480, longest=720), 900)])
    assert change_at_most(shown.calls[0]) == Money(micros=900)
    tools: Any = SimpleNamespace(orders=AsyncMock())
    runtime: Any = SimpleNamespace(execution_info=SimpleNamespace(thread_id="t"))
    state = FilmState(quote=shown)
    await approve_changes(state, [beside(a_take(480), now)], tools=tools, runtime=runtime, cause="c")
    [approved] = tools.orders.approve.call_args.args[1].calls
    assert [one.model for one in approved.fallbacks] == (["other"] if stays else [])


@pytest.mark.parametrize(
    ("changed", "approved"),
    [(a_take(480), True), (a_take(481), False), (a_take(480, longest=720), False)],
    ids=["as shown", "dearer", "may become dearer"],
)
async def test_a_change_is_approved_up_to_what_was_shown(changed: PlannedCall, approved: bool):
    shown = Quote(quote_id="q", edition="2025-10", calls=[a_take(480, longest=720)])
    tools: Any = SimpleNamespace(orders=AsyncMock())
    runtime: Any = SimpleNamespace(execution_info=SimpleNamespace(thread_id="t"))
    state = FilmState(quote=shown)
    await approve_changes(state, [changed], tools=tools, runtime=runtime, cause="c")
    assert tools.orders.approve.called is approved
