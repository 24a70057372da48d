"""S3-44: which requests are counted together, told from what was sent and never failing over it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.limits.classes import counts_as, declared, of_answer, of_command, of_run

BUYS = {"approve_all": True, "quote_id": "q"}
GREEN = {"approve_all": True}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["reply", "quote_id", "command", "resume", "method", "params", "responses"]),
            inner,
        )
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (BUYS, "production"),
        (GREEN, "refine"),
        ({"items": {"2A": {"light": "RED"}}}, "refine"),
        (None, "refine"),
    ],
)
def test_an_answer_that_approves_a_quote_buys_and_every_other_refines(reply: Any, kind: str) -> None:
    assert of_answer({"reply": reply}) == kind
    assert of_run({"assistant_id": "novela", "command": {"resume": reply}}) == (
        "generate" if reply is None else kind
    )
    one = {"interrupt_id": "i", "namespace": [], "response": reply}
    assert of_command({"id": 1, "method": "input.respond", "params": one}) == kind
    assert of_command({"id": 1, "method": "input.respond", "params": {"responses": [{}, one]}}) == kind


def test_a_quote_among_several_answers_is_found() -> None:
    assert of_run({"command": {"resume": {"interrupt-1": GREEN, "interrupt-2": BUYS}}}) == "production"


@pytest.mark.parametrize(
    "body", [{}, {"input": {}}, {"input": None}, {"command": {"goto": "shoot"}}, {"command": None}, None]
)
def test_a_run_that_answers_nothing_generates(body: Any) -> None:
    assert of_run(body) == "generate"


def test_of_the_commands_only_a_start_and_an_answer_are_counted_apart() -> None:
    assert of_command({"id": 1, "method": "run.start", "params": {}}) == "generate"
    assert of_command({"id": 1, "method": "agent.getTree", "params": {}}) == "general"


@given(ANYTHING)
def test_whatever_is_sent_has_a_class(sent: Any) -> None:
    for decide in (of_answer, of_run, of_command):
        assert decide(sent) in {"generate", "refine", "production", "general"}


def test_a_route_is_general_unless_it_says_otherwise() -> None:
    @counts_as("upload")
    def declares() -> None: ...

    def silent() -> None: ...

    assert (declared(declares), declared(silent), declared(None)) == ("upload", "general", "general")
