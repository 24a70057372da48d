"""Stops, budgets and ceilings over HTTP, and what the page and the health say of them."""

from typing import Any

import pytest
from psycopg.types.json import Jsonb

from server.api.health import Health
from server.upkeep.alerts import raise_alerts
from server.upkeep.text_alerts import raise_text_alerts
from state.cost import Money
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tools.ledger.stops import Stops

ADD_ORDER = """
insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted, cost_actual)
values (%(key)s, %(production)s, 'local', 'take', %(key)s, 'first', 1, 'video', 'fal',
    'x', '{}', '', 'done', 1, %(key)s, %(micros)s, %(micros)s)
"""


async def spent(lot: Lot, micros: int, key: str = "1A") -> str:
    production = await a_production(lot)
    await lot.database.execute(ADD_ORDER, {"key": key, "production": production, "micros": micros})
    return production


async def data(lot: Lot, path: str) -> Any:
    answer = await lot.client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_a_stop_is_told_shown_and_released(lot: Lot) -> None:
    stopped = await lot.client.post("/api/spending/stop", json={"everybody": True, "reason": "Odd <bill>."})
    assert stopped.status_code == 200, stopped.text
    told = stopped.json()["data"]
    assert (told["everybody"], told["reason"], told["onTheirWay"], told["atProviders"]) == (
        True,
        "Odd <bill>.",
        0,
        0,
    )
    assert "0 jobs are at providers" in stopped.json()["message"]
    assert (await data(lot, "/api/spending"))["stopped"] is True
    page = (await lot.client.get("/list")).text
    assert "Spending is stopped for everybody." in page
    assert "Odd &lt;bill&gt;." in page
    health = Health.model_validate((await lot.client.get("/health")).json())
    assert health.spending == "stopped"
    released = await lot.client.post("/api/spending/release", json={"everybody": True})
    assert released.json()["data"]["releasedAt"] is not None
    assert await data(lot, "/api/spending") == {"stopped": False, "stops": []}
    assert "Spending is stopped" not in (await lot.client.get("/list")).text
    assert (await lot.client.post("/api/spending/release", json={"everybody": True})).status_code == 404


async def test_stops_and_releases_are_on_record(lot: Lot) -> None:
    for word in ("stop", "release"):
        await lot.client.post(f"/api/spending/{word}", json={})
    rows = await lot.database.fetch_all("select action, entity_type from audit_logs order by audit_id")
    assert [tuple(row.values()) for row in rows] == [
        ("stop_spending", "spending"), ("release_spending", "spending"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status"),
    [({"everybody": True, "user": "local"}, 422), ({"user": "nobody"}, 404), ({"whose": "mine"}, 422)],
)
async def test_whose_spending_must_be_clear(lot: Lot, body: dict[str, Any], status: int) -> None:
    assert (await lot.client.post("/api/spending/stop", json=body)).status_code == status
    assert await Stops(lot.database).in_force() == []


async def test_a_budget_is_set_and_read_with_what_is_used(lot: Lot) -> None:
    assert (await data(lot, "/api/budget"))["dailyUsd"] is None
    await spent(lot, 3_200_000)
    answer = await lot.client.put("/api/budget", json={"dailyUsd": "12.50"})
    assert answer.status_code == 200, answer.text
    found = await data(lot, "/api/budget")
    names = ("dailyUsd", "own", "committedUsd", "leftUsd", "percent")
    assert [found[name] for name in names] == ["12.50", True, "3.20", "9.30", 25]
    assert found["since"].endswith("T00:00:00Z")
    await lot.client.put("/api/budget", json={"dailyUsd": "3.199999"})
    found = await data(lot, "/api/budget")
    assert (found["leftUsd"], found["percent"]) == ("0.00", 100)
    await lot.client.put("/api/budget", json={"dailyUsd": None})
    assert (await data(lot, "/api/budget"))["own"] is False


@pytest.mark.parametrize("amount", ["-0.01", "1000000.01", "0.0000001", "NaN", "much"])
async def test_an_amount_that_nobody_can_mean_is_named(lot: Lot, amount: str) -> None:
    answer = await lot.client.put("/api/budget", json={"dailyUsd": amount})
    assert (answer.status_code, "dailyUsd" in answer.text) == (422, True)


async def test_a_ceiling_is_raised_and_never_below_what_is_committed(lot: Lot) -> None:
    production = await spent(lot, 24_800_000)
    path = f"/api/productions/{production}/ceiling"
    answer = await lot.client.post(path, json={"ceilingUsd": "40"})
    assert answer.json()["data"] == {
        "productionId": production, "beforeUsd": "25.00", "ceilingUsd": "40.00", "committedUsd": "24.80",
    }  # fmt: skip
    low = await lot.client.post(path, json={"ceilingUsd": "24.799999"})
    assert (low.status_code, low.json()["error"]["details"]["committed_micros"]) == (409, 24_800_000)
    assert "$24.80" in low.json()["error"]["suggestion"]
    assert (await lot.client.post(path, json={"ceilingUsd": "24.80"})).status_code == 200


async def test_of_two_amounts_both_are_changed_or_neither(lot: Lot) -> None:
    production = await spent(lot, 24_800_000)

    async def changed(ceiling: str) -> tuple[int, Any, Any]:
        body = {"ceilingUsd": ceiling, "textAllowanceUsd": "9"}
        answer = await lot.client.post(f"/api/productions/{production}/ceiling", json=body)
        row = await lot.database.fetch_one("select ceiling_micros, context from productions")
        assert row is not None
        return answer.status_code, row["ceiling_micros"], row["context"].get("text_allowance_usd")

    assert await changed("24.799999") == (409, 25_000_000, None)
    assert await changed("24.80") == (200, 24_800_000, "9")


async def test_costs_are_grouped_paged_and_downloaded(lot: Lot) -> None:
    await spent(lot, 1_500_000)
    await spent(lot, 1, key="1B")
    answer = (await lot.client.get("/api/costs", params={"by": "kind,model", "limit": 1})).json()
    assert answer["data"] == [
        {"group": {"kind": "video", "model": "x"}, "lines": 2, "quoted": "1.500001", "reserved": "0.00",
         "billed": "1.500001", "refunded": "0.00", "unknown": "0.00"},
    ]  # fmt: skip
    assert (answer["totals"]["billed"], answer["pagination"]["total"]) == ("1.500001", 1)
    each = (await lot.client.get("/api/costs", params={"limit": 1})).json()
    assert (len(each["data"]), each["pagination"]["total"], each["totals"]["lines"]) == (1, 2, 2)
    file = await lot.client.get("/api/costs", params={"by": "take", "format": "csv"})
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.text.splitlines() == [
        "take,lines,quoted_usd,reserved_usd,billed_usd,refunded_usd,unknown_usd",
        "1A-1,1,1.50,0.00,1.50,0.00,0.00", "1B-1,1,0.000001,0.00,0.000001,0.00,0.00",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"by": "colour"}, 422),
        ({"by": "action"}, 422),
        ({"since": "2026-01-01"}, 422),
        ({"production": "x"}, 404),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_named(lot: Lot, params: dict[str, str], status: int) -> None:
    assert (await lot.client.get("/api/costs", params=params)).status_code == status


async def test_a_spike_is_listed_and_told_to_webhooks(lot: Lot) -> None:
    hook, _ = await lot.house.webhooks.endpoints.add(
        "local", url="http://127.0.0.1:9/", description="", events=["spending.spike"]
    )
    await spent(lot, 42_000_000)
    assert len(await raise_alerts(lot.database)) == 1
    [alert] = await data(lot, "/api/costs/alerts")
    assert (alert["kind"], alert["spentUsd"], alert["usualUsd"], alert["limitUsd"]) == (
        "spike", "42.00", "0.00", "10.00",
    )  # fmt: skip
    [notice] = await lot.database.fetch_all("select endpoint_id::text, type, data from notices")
    assert (notice["endpoint_id"], notice["type"]) == (hook["id"], "spending.spike")
    assert notice["data"]["spent_usd"] == "42.00"
    assert await raise_alerts(lot.database) == []


async def test_language_models_beyond_their_limit_are_listed_and_told(lot: Lot) -> None:
    """S1-05."""
    hook, _ = await lot.house.webhooks.endpoints.add(
        "local", url="http://127.0.0.1:9/", description="", events=["spending.text"]
    )
    production = await a_production(lot)
    await lot.database.execute(ADD_LOST, {"production": production})
    await lot.database.execute(LOST_ATTEMPT)
    assert await raise_text_alerts(lot.database, Money(micros=4500)) == []
    assert len(await raise_text_alerts(lot.database, Money(micros=4499))) == 1
    assert await raise_text_alerts(lot.database, Money(micros=4499)) == []
    [alert] = await data(lot, "/api/costs/alerts")
    assert (alert["kind"], alert["spentUsd"], alert["usualUsd"], alert["limitUsd"]) == (
        "text", "0.0045", None, "0.004499",
    )  # fmt: skip
    [notice] = await lot.database.fetch_all("select endpoint_id::text, type, data from notices")
    assert (notice["endpoint_id"], notice["type"]) == (hook["id"], "spending.text")
    assert notice["data"] == {"spent_usd": "0.0045", "limit_usd": "0.004499", "hours": 24}


ADD_LOST = """
insert into orders (call_key, production_id, user_id, kind, stage, item, cause, take_number, medium, provider,
    model, request, request_hash, state, owner_epoch, webhook_token, cost_unknown, attempt)
values ('lost', %(production)s, 'local', 'text', 'script', 'scene-1', 'first', 1, 'text', 'openai',
    'gpt-5', '{}', '', 'done', 1, 'lost', 4500, 1);
"""
LOST_ATTEMPT = """
insert into order_attempts (call_key, number, epoch, provider, model, reserved, outcome)
values ('lost', 1, 1, 'openai', 'gpt-5', 4500, 'ambiguous')
"""


async def test_an_unknown_request_is_settled_once_with_what_the_bill_says(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.database.execute(ADD_LOST, {"production": production})
    await lot.database.execute(LOST_ATTEMPT)
    [line] = await data(lot, "/api/costs/unknown")
    assert (line["line"], line["model"], line["heldUsd"]) == ("lost#1", "gpt-5", "0.0045")
    body = {"line": "lost#1", "billedUsd": "0.0031"}
    settled = await lot.client.post("/api/costs/settle", json=body)
    assert settled.json()["data"]["billedUsd"] == "0.0031"
    totals = (await lot.client.get("/api/costs")).json()["totals"]
    assert (totals["billed"], totals["unknown"]) == ("0.0031", "0.00")
    assert await data(lot, "/api/costs/unknown") == []
    for line in ("lost#1", "lost#2", "lost", "#1", "lost#x"):
        assert (await lot.client.post("/api/costs/settle", json={**body, "line": line})).status_code == 404


async def test_text_of_no_production_is_told_and_settled_like_any_other(lot: Lot) -> None:
    await lot.database.execute(ADD_LOST, {"production": None})
    await lot.database.execute(LOST_ATTEMPT)
    [line] = await data(lot, "/api/costs/unknown")
    assert (line["line"], line["productionId"], line["heldUsd"]) == ("lost#1", "", "0.0045")
    [group] = await data(lot, "/api/costs?by=kind,provider,model,user,production")
    assert group["group"] == {
        "kind": "llm", "provider": "openai", "model": "gpt-5", "user": "local", "production": "",
    }  # fmt: skip
    assert group["unknown"] == "0.0045"
    body = {"line": "lost#1", "billedUsd": "0.0031"}
    assert (await lot.client.post("/api/costs/settle", json=body)).status_code == 200
    assert [one["billed"] for one in await data(lot, "/api/costs")] == ["0.0031"]
    csv = (await lot.client.get("/api/costs?by=production&format=csv")).text
    assert csv.splitlines()[1].startswith(",1,0.0045,")


async def test_the_text_of_a_production_may_be_allowed_more(lot: Lot) -> None:
    production = await a_production(lot)
    url = f"/api/productions/{production}/ceiling"
    assert (await lot.client.post(url, json={"textAllowanceUsd": "7.50"})).status_code == 200
    row = await lot.database.fetch_one(
        "select context from productions where production_id = %s", (production,)
    )
    assert row is not None
    assert row["context"]["text_allowance_usd"] == "7.5"
    assert (await lot.client.post(url, json={})).status_code == 422


async def test_the_page_says_why_a_production_pauses_and_resumes_it(lot: Lot) -> None:
    production = await a_production(lot)
    await lot.runs.set(production, status="paused", interrupts=[])
    error = {"code": "budget_exceeded", "message": "It costs too much.", "user_action": "Raise the ceiling."}
    await lot.database.execute("update productions set error = %s", [Jsonb(error)])
    page = (await lot.client.get(f"/productions/{production}")).text
    assert "It costs too much." in page
    assert "Raise the ceiling." in page
    assert f'data-post="/api/productions/{production}/resume"' in page
    assert "Make the next episode" not in page
    assert "It costs too much." in (await lot.client.get("/list")).text


async def test_a_stop_says_whether_jobs_at_providers_are_stopped_or_fetched(lot: Lot) -> None:
    """A stop in force may be made to stop them, too, and stays so."""
    answers = [
        (await lot.client.post("/api/spending/stop", json=body)).json()
        for body in ({}, {"stopJobs": True}, {})
    ]
    assert [answer["data"]["stopsJobs"] for answer in answers] == [False, True, True]
    assert [answer["message"].rsplit(" ", 1)[1] for answer in answers] == ["fetched.", "stopped.", "stopped."]
    assert len({answer["data"]["stopId"] for answer in answers}) == 1
