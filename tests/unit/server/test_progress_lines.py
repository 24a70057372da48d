"""What the terminal says of what happens in a production."""

from io import StringIO

from rich.console import Console

from server.cli.progress import ProgressLines
from state.events import ModelStoodIn


def shown(name: str, payload: dict[str, object]) -> str:
    out = StringIO()
    ProgressLines(Console(file=out, width=200)).event(name, payload)
    return out.getvalue()


def test_a_model_that_stood_in_is_one_sentence():
    event = ModelStoodIn(
        role="script_writer", provider="google", model="gemini-2.5-flash", instead_of="gpt-5"
    )
    line = shown(event.name, event.as_custom()["payload"])
    assert line.split(maxsplit=2)[1:] == [
        "warning", "gemini-2.5-flash answered as the script writer: gpt-5 could not be had.\n",
    ]  # fmt: skip


def test_what_is_not_for_people_is_left_out():
    assert shown("message", {}) == ""
