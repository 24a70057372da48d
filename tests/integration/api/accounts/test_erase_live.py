"""Erasing while real workers are at it: what a real run leaves behind is gone, and stays gone."""

import asyncio
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import httpx
import psycopg

from server.app import create_app
from server.composition import Parts, open_parts
from tests.integration.runs.tiny_graphs import graphs
from tools.settings import Settings

PASSWORD = "a long sentence"
PLACES = (
    ("checkpoints", "thread_id"), ("checkpoint_blobs", "thread_id"), ("checkpoint_writes", "thread_id"),
    ("productions", "production_id"), ("runs", "production_id"), ("events", "production_id"),
)  # fmt: skip


async def test_a_run_that_waits_and_one_that_works_leave_nothing(database_url: str, tmp_path: Path) -> None:
    settings = Settings.model_validate(
        {"database_url": database_url, "data_dir": tmp_path, "auth_mode": "token", "workers": 2,
         "render_processes": 1}
    )  # fmt: skip
    async with open_parts(settings, specs=graphs()) as parts:
        app = create_app(settings, opener=lambda _: nullcontext(parts.house))
        app.state.house = parts.house
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            body = {"email": "ana@example.org", "password": PASSWORD}
            user = (await client.post("/api/auth/register", json=body)).json()["data"]
            brief = {"wait_file": str(tmp_path / "never")}
            ids = [await started(parts, user["userId"], graph, brief) for graph in ("gate", "waits")]
            await until(
                parts, "select status = 'paused' as yes from productions where production_id = %s", ids[0]
            )
            await until(parts, "select count(*) >= 2 as yes from checkpoints where thread_id = %s", ids[1])
            token = {"Authorization": f"Bearer {user['accessToken']}"}
            answer = await client.post("/api/auth/erase", json={"password": PASSWORD}, headers=token)
            assert answer.status_code == 200, answer.text
        for production in ids:
            left = [await left_of(parts, production, *place) for place in PLACES]
            assert left == [0] * len(PLACES)
    # The workers have gone home: nothing was written after it either.
    with psycopg.connect(database_url) as connection:
        for table, column in PLACES:
            found = connection.execute(f"select count(*) from {table} where {column}::text = any(%s)", [ids])
            assert found.fetchone() == (0,), table


async def started(parts: Parts, user_id: str, graph: str, brief: dict[str, Any]) -> str:
    accepted = await parts.house.runs.start(user_id=user_id, graph=graph, title="", brief=brief, context={})
    return accepted.production_id


async def left_of(parts: Parts, production_id: str, table: str, column: str) -> int:
    rows = await parts.house.database.fetch_all(
        f"select 1 from {table} where {column}::text = %s", [production_id]
    )
    return len(rows)


async def until(parts: Parts, question: str, production_id: str) -> None:
    async with asyncio.timeout(20):
        while not (await parts.house.database.fetch_all(question, [production_id]))[0]["yes"]:
            await asyncio.sleep(0.02)
