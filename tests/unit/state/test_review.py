"""What may be answered at a gate."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from state.cost import FallbackCall, Money, PlannedCall, Quote
from state.review import ItemReply, ReviewItem, ReviewReply, ReviewRequest, TrafficLight, notes_of, refusal

CENT = Money(micros=10_000)
DEAR = FallbackCall(provider="fal", model="x", unit="second", units=Decimal(1), price=CENT)
A_CALL = PlannedCall(
    stage="take", item="1A", provider="previz", model="previz", unit="second", units=Decimal(1),
    price=Money(), fallbacks=[DEAR],
)  # fmt: skip


def asked(*items: str, gate: str = "review_storyboard", quote: Quote | None = None) -> ReviewRequest:
    shown = [ReviewItem(item=item, title=item) for item in items]
    return ReviewRequest(gate=gate, title="t", question="q", items=shown, quote=quote)


def test_yellow_needs_a_note():
    with pytest.raises(ValidationError, match="YELLOW needs a note"):
        ItemReply(light="YELLOW", note="  ")


def test_an_empty_reply_is_refused():
    with pytest.raises(ValidationError, match="approve_all"):
        ReviewReply()


def test_an_unknown_field_is_refused():
    with pytest.raises(ValidationError):
        ReviewReply.model_validate({"approve_all": True, "aprove": True})


def test_a_note_is_at_most_2000_characters():
    assert ItemReply(light="YELLOW", note="x" * 2000)
    with pytest.raises(ValidationError):
        ItemReply(light="YELLOW", note="x" * 2001)


def test_an_item_nobody_asked_about_is_named():
    reply = ReviewReply(items={"9Z": ItemReply(light="GREEN")})
    assert "9Z" in str(refusal(asked("1A"), reply))


def test_every_panel_needs_a_light_unless_the_rest_is_approved():
    one = {"1A": ItemReply(light="GREEN")}
    assert "1B" in str(refusal(asked("1A", "1B"), ReviewReply(items=one)))
    assert refusal(asked("1A", "1B"), ReviewReply(items=one, approve_all=True)) is None


def test_a_scene_may_be_answered_as_a_whole():
    reply = ReviewReply(items={"scene-1": ItemReply(light="GREEN")})
    assert refusal(asked("scene-1", "1A", gate="review_scene"), reply) is None


def test_a_priced_quote_is_approved_by_its_id_and_no_other():
    quote = Quote(quote_id="abc", edition="2025-10", total=Money(micros=1))
    gate = asked("budget", gate="approve_budget", quote=quote)
    assert refusal(gate, ReviewReply(approve_all=True, quote_id="abc")) is None
    assert "abc" in str(refusal(gate, ReviewReply(approve_all=True)))
    assert "abc" in str(refusal(gate, ReviewReply(approve_all=True, quote_id="old")))


def test_a_free_quote_may_be_approved_without_its_id_but_not_with_a_wrong_one():
    quote = Quote(quote_id="abc", edition="2025-10")
    gate = asked("budget", gate="approve_budget", quote=quote)
    assert refusal(gate, ReviewReply(approve_all=True)) is None
    assert "abc" in str(refusal(gate, ReviewReply(approve_all=True, quote_id="old")))


@pytest.mark.parametrize("may_cost", [{"ceiling": CENT}, {"calls": [A_CALL]}])
def test_a_quote_that_may_cost_something_yet_is_approved_by_its_id(may_cost: dict[str, Any]):
    """Its total is nothing; a fallback or a longer scene is not."""
    quote = Quote(quote_id="abc", edition="2025-10", **may_cost)
    gate = asked("budget", gate="approve_budget", quote=quote)
    assert "abc" in str(refusal(gate, ReviewReply(approve_all=True)))
    assert refusal(gate, ReviewReply(approve_all=True, quote_id="abc")) is None


def test_only_what_is_not_green_becomes_a_note():
    items = {"1A": ItemReply(light="GREEN"), "1B": ItemReply(light="RED")}
    notes = notes_of(asked("1A", "1B"), ReviewReply(items=items), cause="task")
    assert [(note.item, note.light, note.cause) for note in notes] == [("1B", TrafficLight.RED, "task")]
