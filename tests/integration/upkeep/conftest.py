"""A place with productions of any age, and words for what is left of them."""

import os
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from server.upkeep.report import Report
from server.upkeep.rules import Rules
from server.upkeep.tidy import look, tidy
from tests.conftest import TEMPLATE
from tests.postgres import empty_at, in_database
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.media.local import LocalMediaStore

OLD, DAYS = 90, 30
"""How long ago things ended here, and for how long they are kept."""
PRODUCTION = """
insert into productions (production_id, user_id, graph, title, status, brief, parent_production_id, novela_id,
                         deleted_at, created_at, state_updated_at, last_seq)
values (%(id)s, %(user)s, 'novela', 'A title', %(status)s, %(brief)s, %(parent)s, %(novela)s,
        case when %(deleted)s then now() - make_interval(days => %(days)s) end,
        now() - make_interval(days => %(days)s), now() - make_interval(days => %(days)s), 3)
"""
THINGS = """
with run as (
    insert into runs (production_id, user_id, kind, status, created_at, started_at, ended_at)
    values (%(id)s, %(user)s, 'start', %(run)s, now() - make_interval(days => %(days)s),
            now() - make_interval(days => %(days)s), now() - make_interval(days => %(days)s))
), event as (
    insert into events (production_id, seq, event_id, method, payload)
    select %(id)s, n, 'e' || n, 'values', jsonb_build_object('n', n) from generate_series(1, 3) as n
), state as (
    insert into checkpoints (thread_id, checkpoint_ns, checkpoint_id, checkpoint, metadata)
    values (%(id)s::text, '', 'c1', '{"channel_versions": {"a": "1"}}', '{}')
), write as (
    insert into checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, type, blob)
    values (%(id)s::text, '', 'c1', 't', 0, 'a', 'msgpack', '\\x01')
)
insert into checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
values (%(id)s::text, '', 'a', '1', 'msgpack', '\\x01')
"""
ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
                    model, request, request_hash, state, owner_epoch, webhook_token, media, result,
                    cost_quoted, cost_actual, submit_deadline, attempt)
values (%(key)s, %(id)s, %(user)s, 'take', %(item)s, 'first', 1, 'video', 'fal', 'veo', '{"prompt": "rain"}',
        'h', %(state)s, 0, %(key)s, %(media)s, '{"text": "rain"}', %(cost)s, %(cost)s, %(deadline)s, 1)
"""
LEFT = """
select (select count(*) from runs where production_id = %(id)s) as runs,
       (select count(*) from events where production_id = %(id)s) as events,
       (select count(*) from checkpoints where thread_id = %(id)s::text)
       + (select count(*) from checkpoint_blobs where thread_id = %(id)s::text)
       + (select count(*) from checkpoint_writes where thread_id = %(id)s::text) as states
"""


@dataclass(frozen=True)
class Place:
    """A database and a store."""

    database: Database
    store: LocalMediaStore
    folder: Path

    async def production(
        self, status: str = "completed", *, days: int = OLD, run: str | None = None, **more: Any
    ) -> str:
        """One that has been as it is for so many days, with a bit of everything."""
        row = {"id": str(uuid.uuid4()), "user": "local", "status": status, "days": days}
        row |= {"parent": None, "novela": None, "deleted": False, **more}
        row |= {"brief": Jsonb(more.get("brief", {})), "run": run or status.replace("draft", "completed")}
        await self.database.execute(PRODUCTION, row)
        await self.database.execute(THINGS, row)
        return str(row["id"])

    async def order(self, production_id: str, state: str = "done", *, cost: int = 5, **more: Any) -> str:
        """An order of it."""
        key = f"{production_id}:{uuid.uuid4().hex[:6]}"
        row = {
            "key": key,
            "id": production_id,
            "user": "local",
            "item": key[-6:],
            "state": state,
            "cost": cost,
        }
        media = more.pop("media", None)
        row |= {"deadline": None, "media": Jsonb(media) if media else None} | more
        await self.database.execute(ORDER, row)
        return key

    async def tidy(self, **rules: Any) -> Report:
        """Clear what is older than `DAYS`."""
        return await tidy(self.database, self.store, wanted(rules), clock=SystemClock(), asked_by="command")

    async def look(self, **rules: Any) -> Report:
        """Count it."""
        return await look(self.database, self.store, wanted(rules), clock=SystemClock())

    async def cleared(self, production_id: str) -> bool:
        row = await self.database.fetch_one(
            "select cleared_at from productions where production_id = %s", [production_id]
        )
        return row is None or row["cleared_at"] is not None

    async def left(self, production_id: str) -> dict[str, int]:
        row = await self.database.fetch_one(LEFT, {"id": production_id})
        return dict(row or {})

    def age(self, key: str, *, hours: float = 48) -> None:
        """Let a file have been stored so long ago."""
        set_age(self.folder / key, hours)


def set_age(path: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(path, (then, then))


def wanted(rules: dict[str, Any]) -> Rules:
    return Rules(**({"productions": DAYS} | rules))


EMPTIED = (
    "productions", "novelas", "media_library", "logins", "password_resets", "audit_logs", "tidyings",
    "checkpoints", "checkpoint_blobs", "checkpoint_writes",
)  # fmt: skip


@pytest.fixture(scope="session")
def upkeep_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One migrated database for the whole folder."""
    postgres_admin.execute(f"create database test_upkeep template {TEMPLATE}")
    yield in_database(postgres_url, "test_upkeep")
    postgres_admin.execute("drop database test_upkeep with (force)")


@pytest.fixture
def database_url(upkeep_url: str) -> str:
    """The folder's database, empty."""
    empty_at(upkeep_url, *EMPTIED)
    return upkeep_url


@pytest.fixture
async def place(database: Database, tmp_path: Path) -> Place:
    folder = tmp_path / "media"
    store = LocalMediaStore(folder, b"a secret", keep_free_bytes=0)
    return Place(database, store, folder)
