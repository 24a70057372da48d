"""`greenlight webhooks`: make one, try it, look what was sent, from the terminal."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from server.cli import webhooks
from state.errors import AddressRefused, BriefIncomplete, RecordConflict, RecordNotFound
from tests.builders import A_MASTER_KEY
from tools.settings import Settings

URL = "http://127.0.0.1:9/in"
Greenlight = Callable[..., Result]


@pytest.fixture
def greenlight(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Greenlight:
    """The command in this process: one of its own takes seconds to start."""
    chosen = Settings.model_validate(
        {"data_dir": tmp_path, "database_url": database_url, "master_key": A_MASTER_KEY}
    )
    monkeypatch.setattr(webhooks, "settings", lambda: chosen)
    monkeypatch.setattr(webhooks, "run", asyncio.run)  # without taking over the log of all tests
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *words: CliRunner().invoke(webhooks.app, words)


def test_one_is_made_tried_listed_changed_and_removed(greenlight: Greenlight) -> None:
    added = greenlight("add", URL, "--event", "run.ended", "--description", "our chat")
    assert added.exit_code == 0, added.output
    webhook = added.stdout.split()[0]
    assert re.search(r"secret \(keep it now.*\): whsec_\S{44}", added.stdout)
    tried = greenlight("test", webhook)
    delivery = tried.stdout.partition(":")[0]
    assert "webhook.test" in greenlight("deliveries", webhook).stdout
    told = json.loads(greenlight("delivery", webhook, delivery).stdout)
    assert (told["status"], told["payload"]["type"], told["tries"]) == ("waiting", "webhook.test", [])
    assert greenlight("resend", webhook, delivery).exit_code == 0
    off = greenlight("change", webhook, "--disable", "--event", "gate.waiting")
    assert off.stdout == f"{webhook} is off, told of gate.waiting\n"
    assert "dropped" in greenlight("deliveries", webhook, "--status", "dropped").stdout
    assert isinstance(greenlight("resend", webhook, delivery).exception, RecordConflict)
    assert "whsec_" in greenlight("rotate", webhook).stdout
    listed = greenlight("list").stdout
    assert (webhook in listed, "our chat" in listed, "whsec_" in listed) == (True, True, False)
    assert greenlight("remove", webhook).stdout == f"{webhook} is gone\n"
    assert isinstance(greenlight("remove", webhook).exception, RecordNotFound)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("add", "https://10.0.0.1/"), AddressRefused), (("add", URL, "--event", "x"), BriefIncomplete),
        (("test", "nonsense"), RecordNotFound),
        (("deliveries", "x" * 32, "--status", "odd"), BriefIncomplete),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(greenlight: Greenlight, words: tuple[str, ...], error: type) -> None:
    assert isinstance(greenlight(*words).exception, error)


def test_it_is_a_verb_of_the_command() -> None:
    from server.cli.verbs import app

    assert "resend" in CliRunner().invoke(app, ["webhooks", "--help"]).output
