"""A small place with a bit of everything, its backup, and empty places to bring it to."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from server.backups.take import take_backup
from state.media import MediaRef
from tests import media_files
from tests.conftest import fresh_database
from tools.media.local import LocalMediaStore
from tools.settings import Settings

PRODUCTION = "11111111-1111-4111-8111-111111111111"
RUNNING = "22222222-2222-4222-8222-222222222222"
GONE = f"video/local/{'0' * 64}.mp4"
MASTER_KEY_ID = "abcdef0123456789"


@dataclass(frozen=True)
class Place:
    """A database and a data folder."""

    settings: Settings

    @property
    def url(self) -> str:
        assert self.settings.database_url is not None
        return self.settings.database_url.get_secret_value()

    @property
    def media(self) -> Path:
        return self.settings.data_dir / "media"

    def rows(self, statement: str) -> list[dict[str, Any]]:
        with psycopg.connect(self.url, autocommit=True, row_factory=dict_row) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def row(self, statement: str) -> dict[str, Any]:
        [row] = self.rows(statement)
        return row


def a_place(url: str, folder: Path) -> Place:
    return Place(Settings(database_url=url, data_dir=folder))  # type: ignore[arg-type]


@pytest.fixture
async def home(database_url: str, tmp_path: Path) -> Place:
    """Where a production waits at a gate and another one is under way."""
    place = a_place(database_url, tmp_path / "home")
    store = await LocalMediaStore.open(place.settings)
    named, packed = [await store.put_bytes(media_files.picture(kind), user_id="local") for kind in KINDS]
    await store.put_bytes(media_files.picture("WEBP"), user_id="local")  # that no row names
    (place.settings.data_dir / "master_key").write_text("sealed")
    with psycopg.connect(database_url, autocommit=True) as connection:
        _fill(connection, named, packed)
    return place


def read(file: Path) -> bytes:
    """For tests that are coroutines, and small files."""
    return file.read_bytes()


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


KINDS = ("PNG", "JPEG")


def _fill(connection: psycopg.Connection, named: MediaRef, packed: MediaRef) -> None:
    connection.execute(
        "insert into productions (production_id, user_id, graph, title, status, epoch, last_seq, lease_owner,"
        " lease_until, updated_at) values"
        f" ('{PRODUCTION}', 'local', 'novela', %s, 'paused', 3, 7, null, null, '2026-01-01'),"
        f" ('{RUNNING}', 'local', 'novela', 'x', 'running', 9, 20, 'dead:1', now() + interval '1 d',"
        " '2026-01-01')",
        ["tab\tback\\slash\nline é"],
    )
    connection.execute(
        "insert into runs (production_id, user_id, kind, status, attempts) values"
        f" ('{PRODUCTION}', 'local', 'start', 'paused', 1), ('{RUNNING}', 'local', 'start', 'running', 4)"
    )
    for state, item, media in (("done", "1A", named.key), ("intent", "1B", GONE)):
        connection.execute(
            "insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium,"
            " provider, model, request, request_hash, state, owner_epoch, webhook_token, result) values"
            f" (%s, '{RUNNING}', 'local', 'take', %s, 'first', 1, 'image', 'fake', 'm', '{{}}', '', %s, 9,"
            " %s, jsonb_build_object('key', %s::text))",
            [f"{RUNNING}:take:{item}:first", item, state, item, media],
        )
    connection.execute(
        "insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)"
        f" values ('{PRODUCTION}', '', 'film', '1', 'msgpack', %s)",
        [b"\xa9" + packed.key.encode() + b"\x00\t\n"],
    )
    connection.execute(
        "insert into provider_keys (key_id, user_id, provider, label, position, master_key_id, iv,"
        " ciphertext, created_at)"
        f" values (gen_random_uuid(), 'local', 'fal', 'a', 1, '{MASTER_KEY_ID}', %s, %s, now())",
        [b"i" * 12, b"c" * 40],
    )
    connection.execute("insert into audit_logs (action) values ('a'), ('b')")


@pytest.fixture
async def backup(home: Place, tmp_path: Path) -> Path:
    """A backup of home."""
    return (await take_backup(home.settings, tmp_path / "kept.backup.zip")).file


@pytest.fixture
def away(migrated_url: str, tmp_path: Path) -> Place:
    """An empty place, whose tables are there already: making them takes longer than most tests."""
    return a_place(migrated_url, tmp_path / "away")


@pytest.fixture
def migrated_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    yield from fresh_database(postgres_url, postgres_admin)


@pytest.fixture
def bare(empty_database_url: str, tmp_path: Path) -> Place:
    """An empty place, whose database has no table yet."""
    return a_place(empty_database_url, tmp_path / "bare")


@pytest.fixture
def other_empty_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One more empty database."""
    yield from fresh_database(postgres_url, postgres_admin)
