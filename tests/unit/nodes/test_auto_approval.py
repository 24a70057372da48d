"""`review: auto` approves what is free, and what is paid as far as somebody said so beforehand."""

from types import SimpleNamespace
from typing import Any

import pytest

from nodes.review import asking
from nodes.review.asking import ask
from state.context import RunContext
from state.cost import ZERO, Money, Quote
from state.review import ReviewItem, ReviewRequest

CEILING = Money(micros=1_230_001)


class Asked(Exception):
    """A person is asked."""


@pytest.fixture(autouse=True)
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(value: Any, **more: Any) -> Any:
        raise Asked

    monkeypatch.setattr(asking, "interrupt", interrupt)


def a_gate(ceiling: Money | None) -> ReviewRequest:
    quote = ceiling and Quote(
        quote_id="q1", edition="2025-10", calls=[], total=Money(micros=0), ceiling=ceiling,
        would_have_cost=ceiling,
    )  # fmt: skip
    item = ReviewItem(item="budget", title="Budget", text="x")
    return ReviewRequest(gate="approve_budget", title="Budget", question="?", items=[item], quote=quote)


def answered(gate: ReviewRequest, *, approved: Money = ZERO, **knobs: Any) -> bool:
    runtime: Any = SimpleNamespace(context=RunContext(review="auto", **knobs))
    try:
        return bool(ask(gate, runtime, approved=approved).approve_all)
    except Asked:
        return False


@pytest.mark.parametrize(
    ("said", "passes"), [("1.230000", False), ("1.230001", True), ("1.230002", True), ("0.00", False)]
)
def test_to_the_micro_dollar_of_what_it_may_become(said: str, passes: bool) -> None:
    assert answered(a_gate(CEILING), auto_approve_usd=said) is passes


@pytest.mark.parametrize(
    ("before", "passes"), [(0, True), (769_999, True), (770_000, False), (5_000_000, False)]
)
def test_what_was_approved_before_counts_to_the_micro_dollar(before: int, passes: bool) -> None:
    """Of 2.000000 for the production 1.230001 fits behind 0.769999, and not behind a micro-dollar more."""
    assert answered(a_gate(CEILING), approved=Money(micros=before), auto_approve_usd="2.00") is passes


def test_what_is_free_passes_whatever_was_approved() -> None:
    """Also more than may be approved unasked: a person did."""
    assert answered(a_gate(ZERO), approved=CEILING, auto_approve_usd="0.50")


def test_nothing_is_paid_that_nobody_spoke_of() -> None:
    assert not answered(a_gate(CEILING))
    assert not answered(a_gate(CEILING), ceiling_usd="25.00"), "a limit is no approval"


def test_what_is_free_passes() -> None:
    assert answered(a_gate(Money(micros=0)))
    assert answered(a_gate(None)), "a gate without a quote buys nothing that is not approved"
