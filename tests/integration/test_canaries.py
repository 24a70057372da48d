"""Design-facts 6.15 and 6.18: a secret is in no row, line, stream, archive or answer.

Every secret of the settings, what a client sends along and what an exception quotes is a canary. One walk
registers, runs, pauses, answers, crashes and exports; then everything that was written is searched.
"""

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from psycopg import sql

from tests.conftest import fresh_database
from tests.integration.canary_walk import (
    DATABASE_PASSWORD,
    OPEN,
    SAID,
    Dump,
    settings_with_canaries,
    unique,
    walk_through,
    with_password,
)
from tools.redaction import REDACT, Redactor
from tools.settings import Settings

PLACES = ("responses", "streams", "database", "archive", "logs")


@dataclass(frozen=True)
class Searched:
    """What a walk left, and what must not be in it."""

    places: dict[str, Dump]
    canaries: dict[str, str]

    def found(self, place: str) -> list[tuple[str, str]]:
        """The canaries in a place, with the piece that each is in."""
        pieces = self.places[place].items()
        return [
            (name, str(piece))
            for name, one in self.canaries.items()
            for piece, text in pieces
            if holds(text, one)
        ]


def holds(text: str, canary: str) -> bool:
    """Whether a text holds it, plainly or in base64."""
    return canary in text or b64encode(canary.encode()).decode().rstrip("=")[:-1] in text


@pytest.fixture(scope="module")
def settings(
    postgres_url: str, postgres_admin: psycopg.Connection, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, dict[str, str]]]:
    role = unique()
    made = sql.SQL("create role {} superuser login password {}")
    postgres_admin.execute(made.format(sql.Identifier(role), sql.Literal(DATABASE_PASSWORD)))
    databases = fresh_database(postgres_url, postgres_admin)
    yield settings_with_canaries(with_password(next(databases), role), tmp_path_factory.mktemp("data"))
    list(databases)
    postgres_admin.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))


@pytest.fixture(scope="module")
def searched(settings: tuple[Settings, dict[str, str]]) -> Searched:
    chosen, secrets = settings
    return walked(chosen, secrets)


def walked(chosen: Settings, secrets: dict[str, str]) -> Searched:
    quoted = [*secrets.values(), f"Authorization: Bearer {SAID['a bearer of an exception']}"]
    words = f"401 for {OPEN}: {'; '.join(quoted)}; {SAID['a key of an exception']}"
    places, issued = asyncio.run(walk_through(chosen, words))
    return Searched(places, secrets | SAID | issued)


@pytest.mark.parametrize("place", [*PLACES, "data folder"])
def test_no_canary_is_anywhere(searched: Searched, place: str) -> None:
    assert searched.found(place) == []


@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_secret_is_found_there(searched: Searched, place: str) -> None:
    """The control of the search: it does read these places."""
    assert any(OPEN in text for text in searched.places[place].values())


def test_every_piece_was_read(searched: Searched) -> None:
    """The control of the pieces: each stream, the decoded checkpoints and the kept errors."""
    streams, rows = searched.places["streams"], searched.places["database"]
    assert {name for name, text in streams.items() if OPEN in text} >= {"v1 to the gate", "v2", "domain"}
    assert "[redacted]" in rows["checkpoint_writes"], "the error of the node is kept, without the secrets"
    assert "RuntimeError" in rows["checkpoint_writes"]
    assert OPEN in searched.places["archive"]["rows/blobs.jsonl decoded"]
    assert len(searched.canaries) >= 20


@pytest.mark.usefixtures("searched")  # the same database: what this walk leaves there must come second
def test_without_redaction_they_are_found(
    settings: tuple[Settings, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the rule: the same walk with a redactor that lets everything pass."""
    chosen, secrets = settings
    monkeypatch.setattr(REDACT, "text", lambda text: text)
    monkeypatch.setattr(Redactor, "known", lambda self, text: text)
    open_walk = walked(chosen, secrets)
    for place in ("streams", "database", "archive", "logs"):
        names = {name for name, _ in open_walk.found(place)}
        assert names >= set(secrets) | {"a key of an exception"}, place
    assert open_walk.found("responses") != []
