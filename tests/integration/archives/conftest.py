"""Two servers that share nothing, and archives that go from one to the other."""

import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from server.archives.take_in import Imported
from server.deps import House
from server.records.feed import NovelaBells
from server.records.sessions import Sessions
from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.production_state import ProductionState
from server.runs.worker import Worker
from server.threads.parts import open_threads
from state.media import MediaRef
from tests.archives import bring, packed
from tests.conftest import TEMPLATE
from tests.integration.runs.tiny_graphs import graphs
from tests.media_files import picture
from tests.postgres import in_database, run_kept
from tools.clock import SystemClock
from tools.db.pool import Database
from tools.ledger.requests import request_hash
from tools.media.local import LocalMediaStore
from tools.settings import Settings

USER = "local"
LINK_SECRET = "canary-of-the-links"
TABLES = ("productions", "runs", "events", "orders", "order_attempts", "novelas", "novela_videos",
          "agent_messages", "media_library", "production_files", "projections", "checkpoints",
          "checkpoint_blobs", "checkpoint_writes")  # fmt: skip
CLEAN = """
delete from procrastinate_jobs; delete from productions; delete from novelas; delete from agent_messages;
delete from media_library; delete from checkpoints; delete from checkpoint_blobs;
delete from checkpoint_writes;
delete from users where user_id <> 'local';
"""
ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted, cost_actual, media, sha256,
    external_id, done_at)
values (%(key)s, %(production)s, %(user)s, 'storyboard', %(item)s, 'first', 1, 'image', 'previz',
    'previz-still', %(request)s, %(hash)s, 'done', 1, %(token)s, 5, 5, %(media)s, %(sha256)s, %(external)s,
    now())
"""
ATTEMPT = """
insert into order_attempts (call_key, number, epoch, provider, outcome, external_id, detail)
values (%(key)s, 1, 1, 'previz', 'done', %(external)s, %(detail)s)
"""


@dataclass(frozen=True)
class Server:
    """One server with words for what tests do to it."""

    house: House
    folder: Path

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[None]:
        """While this is open, runs go on."""
        worker = Worker(
            self.house.database, graphs(), self.house.events, slots=2, lease_ttl_s=5, sweep_every_s=0.5
        )  # type: ignore[arg-type]  # the log itself
        await worker.start()
        try:
            yield
        finally:
            await worker.stop(timeout_s=5)

    async def start(self, graph: str, **brief: Any) -> str:
        accepted = await self.house.runs.start(
            user_id=USER, graph=graph, title="A film", brief=brief, context={"ceiling_usd": "3.00"}
        )
        return accepted.production_id

    async def rest(self, production_id: str, *statuses: str) -> ProductionState:
        """Wait until nobody works on it."""
        async for event in self.house.events.follow(production_id):
            if event.method == "lifecycle" and not event.namespace:
                state = await self.state(production_id)
                if state.status not in ("queued", "running"):
                    assert state.status in statuses or not statuses, (state.status, state.error)
                    return state
        raise AssertionError("the log ended")

    async def gated(self, graph: str = "gate", **brief: Any) -> str:
        production_id = await self.start(graph, **brief)
        await self.rest(production_id, "paused")
        return production_id

    async def answer(self, production_id: str, **reply: Any) -> None:
        gate = (await self.state(production_id)).interrupts[0]
        await self.house.runs.answer(
            user_id=USER, production_id=production_id, interrupt_id=gate["id"],
            reply=reply or {"decision": "GREEN"},
        )  # fmt: skip

    async def state(self, production_id: str) -> ProductionState:
        state = await self.house.runs.state(user_id=USER, production_id=production_id)
        assert isinstance(state, ProductionState)
        return state

    async def states(self, production_id: str, graph: str) -> list[Any]:
        """Every state of the production, opened."""
        history = self.house.threads.snapshots.history(production_id, graph=graph, limit=None)
        return [(one.values, one.next, one.config, one.metadata, one.tasks) async for one in history]

    async def export(self, production_id: str, *, user_id: str = USER) -> bytes:
        return await packed(self.house, production_id, user_id=user_id)

    async def bring(self, archive: bytes, **how: Any) -> Imported:
        return await bring(self.house, archive, **how)

    async def buy(self, production_id: str, item: str = "1A", *, colour: int = 40, **more: Any) -> MediaRef:
        """A finished order with its picture, and the picture it was made from."""
        made = await self.house.store.put_bytes(picture(size=(colour, 30)), user_id=USER)
        seen = await self.house.store.put_bytes(picture(size=(colour, 40)), user_id=USER)
        request = {"prompt": "a door", "references": [seen.model_dump(mode="json")]}
        key = f"{production_id}:storyboard:{item}:first"
        row = {
            "key": key, "production": production_id, "user": USER, "item": item, "request": Jsonb(request),
            "hash": request_hash(request), "token": f"token of {key}",
            "media": Jsonb(made.model_dump(mode="json")),
            "sha256": made.sha256, "external": f"job {key}", "detail": "", **more,
        }  # fmt: skip
        await self.sql(ORDER, row)
        await self.sql(ATTEMPT, row)
        return made

    async def sql(self, statement: str, params: Any = None) -> list[dict[str, Any]]:
        async with self.house.database.connection() as connection:
            cursor = await connection.execute(statement, params)
            return await cursor.fetchall() if cursor.description else []

    async def everything(self, **only: str) -> str:
        """All rows, or those of one production, as text, and all files: equal means untouched."""
        found: dict[str, Any] = {}
        for table in TABLES:
            rows = await self.sql(f"select to_jsonb(t)::text as row from {table} t order by 1")
            texts = [row["row"] for row in rows]
            found[table] = [text for text in texts if not only or only["production"] in text]
        if not only:
            found["files"] = sorted(str(path) for path in self.folder.rglob("*") if path.is_file())
        return json.dumps(found, indent=0)


@asynccontextmanager
async def server(url: str, folder: Path) -> AsyncIterator[Server]:
    """The parts that archives need, without anything that works in the background."""
    settings = Settings(database_url=url, data_dir=folder, link_secret=LINK_SECRET)  # type: ignore[arg-type]
    database = await Database.open(url, max_size=8, name="test")
    specs, events = graphs(), EventLog(database)
    house = House(
        settings=settings, database=database, store=await LocalMediaStore.open(settings),
        runs=Runs(database, specs), events=events, threads=open_threads(database, specs),
        sessions=Sessions(database, SystemClock()), bells=NovelaBells(database), specs=specs,
    )  # fmt: skip
    yield Server(house, folder)
    await house.threads.hands.close()
    await events.close()
    await database.close()


@pytest.fixture(scope="session")
def two_urls(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[tuple[str, str]]:
    """Two migrated databases for the whole folder."""
    names = ("test_archives_here", "test_archives_there")
    for name in names:
        postgres_admin.execute(f"create database {name} template {TEMPLATE}")
    yield in_database(postgres_url, names[0]), in_database(postgres_url, names[1])
    for name in names:
        postgres_admin.execute(f"drop database {name} with (force)")


KEPT: dict[str, bytes] = {}


@pytest.fixture
async def an_archive(two_urls: tuple[str, str], tmp_path: Path) -> bytes:
    """The archive of a finished production with an order and its pictures; made once."""
    if not KEPT:
        _empty(two_urls[0])
        async with server(two_urls[0], tmp_path / "made") as made, made.worker():
            production = await made.gated()
            await made.answer(production)
            await made.rest(production, "completed")
            await made.buy(production)
            KEPT["archive"] = await made.export(production)
    return KEPT["archive"]


@pytest.fixture
async def here(two_urls: tuple[str, str], tmp_path: Path) -> AsyncIterator[Server]:
    """Where productions are made."""
    _empty(two_urls[0])
    async with server(two_urls[0], tmp_path / "here") as opened, opened.worker():
        yield opened


@pytest.fixture
async def there(two_urls: tuple[str, str], tmp_path: Path) -> AsyncIterator[Server]:
    """An empty server: another database, another data folder."""
    _empty(two_urls[1])
    async with server(two_urls[1], tmp_path / "there") as opened:
        yield opened


def _empty(url: str) -> None:
    run_kept(url, CLEAN)
