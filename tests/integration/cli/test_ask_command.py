"""`greenlight ask`: the answer in the terminal, with the commands that do what it says."""

from collections.abc import Callable
from typing import Any

import pytest

from server.chat.actions import Action, titles
from server.chat.turns import Heard, Reply
from server.cli.ask import BEGINS_AGAIN, COMMANDS, show_end, shown, typed
from state.writing import FallbackInput
from tests.integration.cli.test_command import Answer, Greenlight, greenlight
from tools.models.offline.advice import compose_advice

__all__ = ["greenlight"]
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ask(database_url: str, greenlight: Greenlight) -> Callable[..., Answer]:
    def call(*words: str) -> Answer:
        return greenlight("ask", *words, GREENLIGHT_DATABASE_URL=database_url)

    return call


def test_an_answer_is_printed_with_what_to_type(ask: Callable[..., Answer]) -> None:
    told = ask("¿Por qué es tan caro?")
    out = told.stdout
    assert told.returncode == 0, told.stderr
    assert "El previz incluido" in out
    assert "Empezar una producción: greenlight make novela BRIEF.json" in out
    session = out.split("--session ")[1].strip()
    told = ask("And the music?", "--session", session)
    assert (told.returncode, told.stdout.count("composed from the mood")) == (0, 1)


@pytest.mark.parametrize(("words", "said"), [
    (["hi", "--production", NOBODYS], "not_found"), (["hi", "--production", "none"], "not_found"),
    (["hi", "--session", NOBODYS], "No such chat session"), ([" "], "message: must have 1 to 2000"),
    (["x" * 2001], "has 2001"),
])  # fmt: skip
def test_what_is_wrong_is_one_sentence(ask: Callable[..., Answer], words: list[str], said: str) -> None:
    told = ask(*words)
    assert told.returncode != 0
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_every_action_has_its_command():
    assert set(COMMANDS) == set(titles("en"))


def test_an_approval_names_the_quote_that_was_shown():
    body = {"interrupt_id": "i", "reply": {"approve_all": True, "quote_id": "q1"}}
    action = Action(name="approve_gate", title="Approve", method="POST", path="/", body=body)
    assert typed(action, "p1") == "greenlight answer p1 --approve-all --quote q1"


def test_words_that_do_not_count_are_said_to_be_none():
    pieces = [("agent:text", {"text": "It be"}), ("agent:anew", {}), ("agent:text", {"text": "It waits."})]
    printed = "".join(shown(Heard(name=name, payload=payload)) for name, payload in pieces)
    assert printed == f"It be\n\n{BEGINS_AGAIN}\n\nIt waits."
    assert shown(Heard(name="agent:thinking", payload={"text": "Reading"})) == ""


def test_who_answered_instead_stands_under_the_answer(
    capsys: pytest.CaptureFixture[str],
):
    advice = compose_advice(FallbackInput(action="answer_complaint"))
    answered: dict[str, Any] = {
        "message_id": "m", "session_id": "s", "conversation_id": "c", "response": "", "actions": [],
        "advice": advice,
    }  # fmt: skip
    told = {
        "provider": "google",
        "model": "flash",
        "insteadOf": "gpt-5",
        "text": "flash answers: gpt-5 is gone.",
    }
    show_end(Reply(stand_in=told, **answered), "")
    assert "(flash answers: gpt-5 is gone.)" in capsys.readouterr().out
    show_end(Reply(**answered), "")
    assert capsys.readouterr().out.strip() == "go on with --session s"
