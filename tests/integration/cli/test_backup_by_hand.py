"""`greenlight backup`, `restore` and `move-database`, as a person types them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from server.cli.verbs import app
from state.errors import BackupRefused, DatabaseHalted
from tests.conftest import fresh_database
from tools.settings import settings

Typed = Callable[..., Result]
WAITING = (
    "insert into productions (user_id, graph, title, status) values ('local', 'novela', 'The Key', 'paused')"
)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Typed]:
    """Types a verb in a place, with something on its standard input; an error comes out as it is."""

    def call(url: str, folder: Path, *words: str, said: str = "") -> Result:
        monkeypatch.setenv("GREENLIGHT_DATABASE_URL", url)
        monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(folder))
        settings.cache_clear()
        found = CliRunner().invoke(app, words, input=said)
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    yield call
    settings.cache_clear()


@pytest.fixture
def home(database_url: str) -> str:
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(WAITING)
    return database_url


@pytest.fixture
def away(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


def test_a_backup_is_taken_checked_restored_and_let_go_on(typed: Typed, home: str, away: str, tmp_path: Path):
    shelf, here, there = tmp_path / "shelf", tmp_path / "here", tmp_path / "there"
    shelf.mkdir()
    told = typed(home, here, "backup", str(shelf)).output
    [file] = shelf.iterdir()
    assert str(file) in told.replace("\n", "")
    assert "1 productions, 0 media files" in told
    assert "NOT in it: what signs links and logins" in told

    assert "is whole" in typed(away, there, "restore", str(file), "--check").output
    told = typed(away, there, "restore", str(file)).output
    assert "1 productions, 0 under way, 1 at a gate" in told
    assert "greenlight restore --go-on" in told
    assert "The Key" in typed(away, there, "list").output
    with pytest.raises(DatabaseHalted):
        typed(away, there, "work")
    doctor = typed(away, there, "doctor")
    assert doctor.exit_code == 1
    assert "restore --go-on" in doctor.output
    assert "going on: 0 productions" in typed(away, there, "restore", "--go-on").output
    assert "halt" not in typed(away, there, "doctor").output


def test_what_was_said_by_half_is_refused(typed: Typed, home: str, tmp_path: Path):
    for words in (["restore"], ["restore", "--check"], ["restore", "x.zip", "--nothing-since"]):
        with pytest.raises(BackupRefused):
            typed(home, tmp_path / "data", *words)


def test_a_database_is_moved_and_no_password_is_shown(typed: Typed, home: str, away: str, tmp_path: Path):
    told = typed(home, tmp_path / "data", "move-database", "-", said=f"{away}\n").output
    assert "1 productions, 0 under way, 1 at a gate" in told
    password = psycopg.conninfo.conninfo_to_dict(away)["password"]
    assert str(password) not in told
    with pytest.raises(DatabaseHalted, match="was moved to"):
        typed(home, tmp_path / "data", "list")
    assert "The Key" in typed(away, tmp_path / "data", "list").output
