"""What a talk may offer: a closed list of requests that this API takes, by where the production stands."""

import re
from contextlib import nullcontext
from typing import Any

import pytest
from pydantic import BaseModel

from server.api.branches import ReshootBody
from server.api.budget import CeilingBody
from server.api.productions import AnswerBody
from server.app import create_app
from server.chat.actions import MEANT, Action, actions_of, chosen, titles
from server.chat.facts import Facts, usd
from state.review import ReviewReply
from tests.operations import operations_of
from tools.models.offline.words.bank import shared
from tools.settings import Settings

BUDGET = {
    "name": "approve_budget",
    "interruptId": "i",
    "items": [{"item": "budget"}],
    "quoteId": "q",
    "total": "9.75",
}
BOARD = {"name": "review_storyboard", "interruptId": "i", "items": [{"item": "1A"}]}
BODIES: dict[str, type[BaseModel]] = {"answer": AnswerBody, "ceiling": CeilingBody, "reshoot": ReshootBody}
STANDS: list[tuple[str, dict[str, Any] | None, set[str]]] = [
    ("queued", None, {"cancel", "raise_ceiling"}),
    ("running", None, {"cancel", "raise_ceiling"}),
    ("paused", BUDGET, {"cancel", "approve_gate", "choose_model", "raise_ceiling"}),
    ("paused", BOARD, {"cancel", "approve_gate", "answer_gate_yellow", "answer_gate_red", "raise_ceiling"}),
    ("paused", None, {"cancel", "resume", "raise_ceiling"}),
    ("failed", None, {"resume", "raise_ceiling"}),
    ("cancelled", None, {"resume"}),
    ("completed", None, {"reshoot", "download"}),
]


def possible(status: str, gate: dict[str, Any] | None = None) -> dict[str, Action]:
    return actions_of(Facts(known={"production": {"id": "p", "status": status, "gate": gate}}))


@pytest.mark.parametrize(("status", "gate", "names"), STANDS)
def test_only_what_fits_the_state_is_offered(status: str, gate: dict[str, Any] | None, names: set[str]):
    assert set(possible(status, gate)) == names | {"see_costs"}


def test_without_a_production_one_can_be_started():
    assert list(actions_of(Facts())) == ["start_production"]


def test_what_nobody_offers_is_dropped():
    """An advice may name anything, a model's above all; only the closed list gets through."""
    offered = possible("failed")
    suggested = ["retry_with_backoff", "resume", "buy_everything", "use_stand_in:veo-3.1", "approve_gate"]
    assert [one.name for one in chosen(suggested, offered)] == ["resume"]


def test_every_action_is_a_route_of_this_api():
    known = set(operations_of(create_app(Settings(), opener=lambda _: nullcontext(None))))  # type: ignore[arg-type]
    everything = [actions_of(Facts()), *(possible(status, gate) for status, gate, _ in STANDS)]
    for action in (action for actions in everything for action in actions.values()):
        path = re.sub(r"/p(?=/|$)", "/{production_id}", action.path.partition("?")[0])
        assert (action.method.lower(), path) in known, action.name


@pytest.mark.parametrize(("status", "gate", "names"), STANDS)
def test_every_body_is_taken_once_it_is_filled(status: str, gate: dict[str, Any] | None, names: set[str]):
    for action in possible(status, gate).values():
        model = BODIES.get(action.path.partition("?")[0].rpartition("/")[2])
        if model is not None:
            body = model.model_validate(filled(action.body))
            if isinstance(body, AnswerBody):
                ReviewReply.model_validate(body.reply)


def filled(value: Any) -> Any:
    """The body with something in every empty field."""
    if isinstance(value, dict):
        return {name: filled(each) for name, each in value.items()}
    return "5.00" if value == "" else value


def test_an_approval_says_what_it_approves():
    action = possible("paused", BUDGET)["approve_gate"]
    assert (action.price, action.body) == (
        "9.75", {"interrupt_id": "i", "reply": {"approve_all": True, "quote_id": "q"}},
    )  # fmt: skip
    assert [one.name for one in possible("paused", BUDGET).values() if one.price] == ["approve_gate"]


def test_every_language_names_every_action_and_the_bank_names_no_other():
    named = set(titles("en"))
    assert set(titles("es")) == set(titles("pt-BR")) == named
    assert set(MEANT.values()) <= named
    for table in shared("chat").values():
        assert {name for names in table.values() for name in names} <= named


@pytest.mark.parametrize(("micros", "shown"), [
    (0, "0.00"), (9_750_000, "9.75"), (1_234, "0.001234"), (25_000_000, "25.00"), (100_000, "0.10"),
])  # fmt: skip
def test_amounts_are_exact(micros: int, shown: str):
    assert usd(micros) == shown
