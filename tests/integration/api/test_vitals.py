"""Alive, ready and the figures: what a balancer, a supervisor and a monitor are told, and why."""

import asyncio
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from server.vitals.figures import SQL
from server.vitals.side_door import side_app
from server.vitals.text_model import SeenModel
from server.vitals.vitals import Vitals
from state.errors import StoreUnreachable
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.integration.api.test_worker_routes import a_worker, drives
from tools.db.schema_version import needed_versions

AN_OPEN_ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
                    model, request, request_hash, state, owner_epoch, webhook_token)
values ('k', %s, 'local', 'take', '1A', 'first', 1, 'video', 'fal', 'm', '{}', '', 'submitted', 1, 't')
"""


async def ready(lot: Lot) -> tuple[int, dict[str, str]]:
    answer = await lot.client.get("/health/ready")
    return answer.status_code, answer.json()["problems"]


async def figures(lot: Lot) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    answer = await lot.client.get("/metrics")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    families = text_string_to_metric_families(answer.text)
    samples = [sample for family in families for sample in family.samples]
    return {(one.name, tuple(sorted(one.labels.items()))): one.value for one in samples}


def of(found: dict[Any, float], name: str, **labels: str) -> float:
    return found[(f"greenlight_{name}", tuple(sorted(labels.items())))]


class Worker:
    """Says what a test wants it to."""

    trouble, is_draining, busy = "", False, 0


@pytest.fixture
def worker(lot: Lot) -> Worker:
    lot.house.vitals.worker = Worker()
    return lot.house.vitals.worker


async def test_a_house_in_which_all_is_well_is_alive_and_ready(lot: Lot, worker: Worker) -> None:
    assert await ready(lot) == (200, {})
    assert (await lot.client.get("/health/live")).json() == {"ok": True, "problems": {}}


async def test_without_a_database_it_is_not_ready_and_lives(lot: Lot) -> None:
    """A restart would not bring the database back."""
    await lot.database.close()
    status, problems = await ready(lot)
    assert (status, problems["database"]) == (503, "database_down")
    assert (await lot.client.get("/health/live")).status_code == 200


async def test_another_schema_is_not_ready(lot: Lot) -> None:
    needed = needed_versions()["house"]
    try:  # other tests use this database after us
        await lot.database.execute("update alembic_version set version_num = '0001'")
        assert await ready(lot) == (503, {"schema": "schema_outdated"})
    finally:
        await lot.database.execute("update alembic_version set version_num = %s", [needed])


async def test_a_store_that_does_not_answer_is_not_ready_and_seldom_asked(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    async def away(_: object) -> str:
        asked.append(1)
        raise StoreUnreachable("https://secret.example.org/bucket")

    monkeypatch.setattr(type(lot.store), "identity", away)
    for _ in range(3):
        assert await ready(lot) == (503, {"store": "the media store does not answer"})
    assert len(asked) == 1


async def test_a_drain_and_a_stop_are_not_ready_and_live(lot: Lot, worker: Worker) -> None:
    worker.is_draining = True
    assert await ready(lot) == (503, {"drain": "the worker takes no more work"})
    lot.house.vitals.stop()
    assert await ready(lot) == (503, {"drain": "the process is stopping"})
    assert (await lot.client.get("/health/live")).status_code == 200


async def test_a_dead_worker_and_dead_background_work_are_not_alive(lot: Lot, worker: Worker) -> None:
    worker.trouble = "it hears of no work any more"

    async def dies() -> None:
        raise RuntimeError

    task = asyncio.create_task(dies(), name="projector")
    lot.house.vitals.background.append(task)
    await asyncio.wait([task])
    live = await lot.client.get("/health/live")
    assert (live.status_code, sorted(live.json()["problems"])) == (503, ["projector", "worker"])
    assert (await ready(lot))[0] == 503


async def test_a_deaf_process_is_not_ready(lot: Lot) -> None:
    await lot.events.tail.close()
    assert await ready(lot) == (503, {"listener": "it hears nothing from the database"})


async def test_figures_tell_of_the_queue_leases_orders_and_the_process(lot: Lot) -> None:
    driven, _ = await a_production(lot), await a_production(lot)
    await drives(lot, await a_worker(lot), driven)
    await lot.database.execute(AN_OPEN_ORDER, [driven])
    await lot.database.execute("update orders set cost_unknown = 1234567")
    found = await figures(lot)
    assert of(found, "productions", graph="novela", status="queued") == 2
    assert of(found, "queue", priority="normal") == 1
    assert of(found, "queue", priority="high") == 0
    assert of(found, "queue_oldest_wait_seconds") >= 0
    assert (of(found, "leases"), of(found, "slots_of_all")) == (1, 4)
    assert of(found, "workers", state="working") == 1
    assert of(found, "orders_open", engine="fal", medium="video", state="submitted") == 1
    assert of(found, "money_unknown_micros", engine="fal", medium="video") == 1_234_567
    assert (of(found, "database_up"), of(found, "alive"), of(found, "slots")) == (1, 1, 8)
    assert of(found, "database_pool_size") >= 1
    assert found[("process_resident_memory_bytes", ())] > 1_000_000


async def test_requests_are_counted_by_route_and_never_by_path(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.client.get(f"/api/productions/{production}")
    await lot.client.get(f"/no/such/{production}")
    answer = await lot.client.get("/metrics")
    assert production not in answer.text
    labels = '{method="GET",route="/api/productions/{production_id}",status="2xx"}'
    assert f"greenlight_http_request_seconds_count{labels}" in answer.text


async def test_without_a_database_the_process_still_tells_of_itself(lot: Lot) -> None:
    await lot.database.close()
    found = await figures(lot)
    assert of(found, "database_up") == 0
    assert not [name for name, _ in found if name == "greenlight_queue"]


async def test_however_many_ask_the_database_is_asked_once(lot: Lot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    fetch = type(lot.database).fetch_all

    async def counted(self: Any, sql: str, params: Any = None) -> Any:
        asked.append(sql)
        return await fetch(self, sql, params)

    monkeypatch.setattr(type(lot.database), "fetch_all", counted)
    await asyncio.gather(*(lot.house.figures.text() for _ in range(5)))
    assert asked.count(SQL["facts"]) == 1  # other parts of the house may ask their own meanwhile


async def test_the_side_door_tells_the_same_without_a_login(lot: Lot) -> None:
    app = side_app(lot.house.figures, lot.house.vitals)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:9464") as client:
        assert "greenlight_queue" in (await client.get("/metrics")).text
        assert (await client.get("/health/ready")).json() == {"ok": True, "problems": {}}
        lot.house.vitals.stop()
        assert (await client.get("/health/ready")).status_code == 503
        assert (await client.get("/health/live")).status_code == 200
        assert (await client.get("/api/productions")).status_code == 404


def test_vitals_know_every_part_before_it_is_there() -> None:
    """A process that is starting answers, and says that it is not ready."""
    assert Vitals(database=None, store=None, ear=None, text_model=SeenModel("gpt-5")).alive() == []  # type: ignore[arg-type]
