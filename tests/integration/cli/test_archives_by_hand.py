"""`greenlight export --archive` and `greenlight import`, as a person types them."""

from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from server.cli.verbs import app
from state.errors import ArchiveRefused, RecordConflict, RunNotFound
from tests.archives import rows
from tools.settings import settings

IDENTITY = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"
DONE = """
insert into productions (production_id, user_id, graph, title, status)
values (%s, 'local', 'novela', 'The Key', 'completed')
"""


@pytest.fixture
def typed(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Types a verb; an error comes out as it is."""
    monkeypatch.setenv("GREENLIGHT_DATABASE_URL", database_url)
    monkeypatch.setenv("GREENLIGHT_DATA_DIR", str(tmp_path / "data"))
    settings.cache_clear()
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(DONE, [IDENTITY])

    def call(*words: str) -> Result:
        found = CliRunner().invoke(app, words)
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    yield call
    settings.cache_clear()


def test_a_production_goes_into_a_file_and_out_of_it(typed, tmp_path: Path):  # type: ignore[no-untyped-def]
    file = tmp_path / "new" / "the-key.greenlight.zip"
    told = typed("export", IDENTITY, "--archive", str(file)).output
    assert str(file) in told
    assert rows(file.read_bytes(), "production")[0]["title"] == "The Key"
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    with pytest.raises(RecordConflict):
        typed("import", str(file))
    told = typed("import", str(file), "--as-new").output
    assert told.startswith("production ")
    assert IDENTITY not in told
    assert "completed: The Key; 0 media files" in told


def test_what_cannot_be_leaves_no_file(typed, tmp_path: Path):  # type: ignore[no-untyped-def]
    file = tmp_path / "x.zip"
    with pytest.raises(RunNotFound):
        typed("export", IDENTITY.replace("7", "8"), "--archive", str(file))
    assert list(tmp_path.glob("*x.zip*")) == []
    with pytest.raises(ArchiveRefused, match="cannot be read"):
        typed("import", str(file))
    file.write_bytes(b"hello")
    with pytest.raises(ArchiveRefused, match="cut short"):
        typed("import", str(file))
