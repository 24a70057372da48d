"""What is told of an event: whatever a graph writes, nothing fails and nothing private is passed on."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.hooks.facts import CUSTOM, ENDS, EVENT_TYPES, fact_of, may_be_told
from server.records.project import STEPS
from state.events import (
    BudgetWarning,
    DayBudgetWarning,
    MasterDone,
    ModelStoodIn,
    SpendingHeld,
    TakeDegraded,
)

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["name", "payload", "files", "media", "items", "status", "error", "gate", "x"]),
            inner,
        )
    ),
    max_leaves=10,
)


def an_event(method: str, payload: Any, **more: Any) -> dict[str, Any]:
    return {"method": method, "payload": payload, "event_id": "e1", "run_id": None, "namespace": [], **more}


@given(st.sampled_from(["custom", "lifecycle", "input.requested", "values"]), ANYTHING)
def test_nothing_that_a_graph_writes_can_break_it(method: str, payload: Any) -> None:
    fact = fact_of(an_event(method, payload))
    assert fact is None or (fact.type in EVENT_TYPES and may_be_told(method, payload))


@given(st.sampled_from(CUSTOM), ANYTHING)
def test_nor_what_it_writes_under_a_name_that_is_told(name: str, payload: Any) -> None:
    assert fact_of(an_event("custom", {"name": name, "payload": payload})) is not None


@pytest.mark.parametrize(
    "model", [BudgetWarning, DayBudgetWarning, SpendingHeld, TakeDegraded, ModelStoodIn, MasterDone]
)
def test_the_names_are_those_of_the_models(model: Any) -> None:
    assert model.name in CUSTOM


def test_what_holds_money_up_is_told_with_its_figures() -> None:
    day = DayBudgetWarning(
        percent=100,
        committed_usd=Decimal("9.50"),
        budget_usd=Decimal(10),
        day=date(2026, 11, 22),
        blocked=True,
    )
    told = fact_of(an_event("custom", day.as_custom()))
    assert told is not None
    assert (told.type, told.data) == ("budget.day", {
        "percent": 100, "committed_usd": "9.50", "budget_usd": "10", "day": "2026-11-22", "blocked": True,
    })  # fmt: skip
    held = fact_of(an_event("custom", SpendingHeld(everybody=True, why="odd").as_custom()))
    assert held is not None
    assert (held.type, held.data) == ("spending.stopped", {"everybody": True, "why": "odd"})


def test_only_these_are_told() -> None:
    silent = [name for name in STEPS if name not in CUSTOM]
    assert not any(may_be_told("custom", {"name": name}) for name in silent)
    assert not may_be_told("lifecycle", {"status": "paused"})
    assert all(may_be_told("lifecycle", {"status": status}) for status in ENDS)
    assert not may_be_told("values", {"status": "completed"})


def test_words_have_an_end_and_places_in_the_store_are_left_out() -> None:
    item = {"item": "1A", "title": "x" * 9000, "media": {"key": "image/ana/1.png"}}
    asked = {"interrupt_id": "i", "payload": {"gate": "g", "question": "y" * 9000, "items": [item] * 200}}
    fact = fact_of(an_event("input.requested", asked))
    assert fact is not None
    assert len(fact.data["question"]) == 2000
    assert len(fact.data["items"]) == 100
    assert "image/ana" not in str(fact.data)
    file = {"name": "master.mp4", "media": {"key": "video/ana/2.mp4", "sha256": "ab", "mime": "video/mp4"}}
    told = fact_of(an_event("custom", {"name": "master_done", "payload": {"episode": 1, "files": [file]}}))
    assert told is not None
    assert "video/ana" not in str(told.data)
    assert told.data["files"][0]["sha256"] == "ab"


def test_a_model_that_stood_in_is_told_once_for_each_role() -> None:
    def told(**more: str) -> Any:
        event = ModelStoodIn(
            **{"role": "script_writer", "provider": "google", "model": "gemini-2.5-flash",
               "instead_of": "gemini-2.5-pro", **more}
        )  # fmt: skip
        fact = fact_of(an_event("custom", event.as_custom()))
        assert fact is not None
        return fact

    assert (told().type, told().key) == ("production.degraded", told().key)
    assert told(role="fallback_handler").key != told().key
    assert told().data == {
        "stage": "text", "item": "script_writer", "take": None, "provider": "google",
        "model": "gemini-2.5-flash", "instead_of": "gemini-2.5-pro",
    }  # fmt: skip
