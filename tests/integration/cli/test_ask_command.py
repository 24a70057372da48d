"""`greenlight ask`: the answer in the terminal, with the commands that do what it says."""

from pathlib import Path

import pytest

from server.chat.actions import Action, titles
from server.cli.ask import COMMANDS, typed
from server.cli.main import main
from tools.settings import settings

NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def ask(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    def call(*words: str) -> tuple[int, str, str]:
        monkeypatch.setenv("GREENLIGHT_DATABASE_URL", database_url)
        monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(tmp_path))
        monkeypatch.setattr("sys.argv", ["greenlight", "ask", *words])
        settings.cache_clear()
        with pytest.raises(SystemExit) as ended:
            main()
        settings.cache_clear()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return call


def test_an_answer_is_printed_with_what_to_type(ask):
    code, out, _ = ask("¿Por qué es tan caro?")
    assert code == 0
    assert "El previz incluido" in out
    assert "Empezar una producción: greenlight make novela BRIEF.json" in out
    session = out.split("--session ")[1].strip()
    code, out, _ = ask("And the music?", "--session", session)
    assert (code, out.count("composed from the mood")) == (0, 1)


@pytest.mark.parametrize(("words", "said"), [
    (["hi", "--production", NOBODYS], "not_found"), (["hi", "--production", "none"], "not_found"),
    (["hi", "--session", NOBODYS], "No such chat session"), ([" "], "message: must have 1 to 2000"),
    (["x" * 2001], "has 2001"),
])  # fmt: skip
def test_what_is_wrong_is_one_sentence(ask, words: list[str], said: str):
    code, _, err = ask(*words)
    assert code != 0
    assert said in err
    assert "Traceback" not in err


def test_every_action_has_its_command():
    assert set(COMMANDS) == set(titles("en"))


def test_an_approval_names_the_quote_that_was_shown():
    body = {"interrupt_id": "i", "reply": {"approve_all": True, "quote_id": "q1"}}
    action = Action(name="approve_gate", title="Approve", method="POST", path="/", body=body)
    assert typed(action, "p1") == "greenlight answer p1 --approve-all --quote q1"
