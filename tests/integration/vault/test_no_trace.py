"""Design-facts 6.13 and 6.15: a key that a node looks up is written down nowhere.

The whole database and everything that was logged are read after a run of the real engine. The controls
let the key get out in every way there is, and the same reading finds it each time.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from langgraph.config import get_stream_writer
from langgraph.graph import START, StateGraph
from psycopg import sql
from pydantic import BaseModel, SecretStr

from server.runs.accept import Runs
from server.runs.events import EventLog
from server.runs.graph_spec import GraphSpec
from server.runs.worker import Worker
from tools.db.pool import Database
from tools.vault.provider_keys import ProviderKey, ProviderKeys

CANARY = "canary-key-of-ana-0123456789"
SENT: list[str] = []
EMPTY = "truncate productions, procrastinate_jobs, checkpoints, checkpoint_blobs, checkpoint_writes cascade"


class Call(BaseModel):
    brief: dict[str, Any] = {}
    found: str = ""


def provider(request: httpx.Request) -> httpx.Response:
    SENT.append(request.headers["Authorization"])
    return httpx.Response(200, json={"id": "job-1"})


def let_out(way: str, key: ProviderKey) -> dict[str, Any]:
    """What no node may do."""
    text = key.secret.get_secret_value()
    if way == "state":
        return {"found": text}
    if way == "event":
        get_stream_writer()({"name": "progress", "payload": {"part": text}})
    if way == "log":
        logging.getLogger("a.node").info("with %s", text)
    if way == "error":
        raise RuntimeError(f"refused {text}")
    return {"found": repr(key)}


def graph_with(keys: ProviderKeys) -> GraphSpec:
    async def order_take(state: Call) -> dict[str, Any]:
        key = await keys.key_for("local", "replicate")
        assert key is not None
        headers = {"Authorization": f"Bearer {key.secret.get_secret_value()}"}
        async with httpx.AsyncClient(transport=httpx.MockTransport(provider), headers=headers) as client:
            await client.post("https://provider.example/v1/predictions", json={"prompt": "x"})
        if state.brief["way"] == "crash":
            raise RuntimeError("the provider's answer is no answer")
        return let_out(state.brief["way"], key)

    builder = StateGraph(Call)
    builder.add_node("order_take", order_take)
    builder.add_edge(START, "order_take")
    return GraphSpec(graph=builder.compile())


@pytest.fixture
async def runs(database: Database, keys: ProviderKeys) -> AsyncIterator[Runs]:
    await database.execute(EMPTY)
    await keys.add("local", provider="replicate", label="studio", key=SecretStr(CANARY))
    specs, events = {"call": graph_with(keys)}, EventLog(database)
    worker = Worker(database, specs, events, slots=1, lease_ttl_s=5.0, sweep_every_s=0.3)
    await worker.start()
    yield Runs(database, specs)
    await worker.stop(timeout_s=5)
    await events.close()


async def dump(database: Database) -> dict[str, str]:
    """Every row of every table as text."""
    tables = await database.fetch_all("select tablename as name from pg_tables where schemaname = 'public'")
    read = sql.SQL("select coalesce(string_agg(t::text, ' '), '') as rows from {} t")
    told = {}
    async with database.connection() as connection:
        for name in (row["name"] for row in tables):
            row = await (await connection.execute(read.format(sql.Identifier(name)))).fetchone()
            assert row is not None
            told[name] = row["rows"]
    return told


async def where_it_is(database: Database, *logged: str) -> set[str]:
    """Tables, and the log, in which the key can be read: as text, or as bytes."""
    places = {**await dump(database), "the log": "\n".join(logged)}
    assert "provider_keys" in places
    return {name for name, text in places.items() if CANARY in text or CANARY.encode().hex() in text}


async def run(runs: Runs, database: Database, way: str) -> str:
    started = await runs.start(user_id="local", graph="call", title="x", brief={"way": way}, context={})
    status = "select status from productions where production_id = %s"
    async with asyncio.timeout(15):
        while True:
            row = await database.fetch_one(status, [started.production_id])
            assert row is not None
            if row["status"] in ("completed", "failed"):
                return str(row["status"])
            await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("way", "places"),
    [("none", set()), ("crash", set()), ("state", {"checkpoints", "checkpoint_writes"}),
     ("event", {"events"}), ("log", {"the log"}), ("error", {"the log"})],
)  # fmt: skip
async def test_a_key_that_was_looked_up_is_nowhere_unless_a_node_lets_it_out(
    runs: Runs, database: Database, caplog: pytest.LogCaptureFixture, capsys: Any, way: str, places: set[str]
):
    """Read without the redaction of logs, which would hide it."""
    caplog.set_level(logging.DEBUG)
    SENT.clear()
    assert await run(runs, database, way) == ("failed" if way in ("crash", "error") else "completed")
    assert [*SENT] == [f"Bearer {CANARY}"], "the control: it was used"
    found = await where_it_is(database, caplog.text, *capsys.readouterr())
    assert found >= places, "the control: what is let out is found"
    assert bool(found) == bool(places), found
