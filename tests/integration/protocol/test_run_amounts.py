"""What a production may cost, as LangGraph clients say it: five ways in, one meaning, one refusal."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx

from tests.integration.protocol.live import Live

NAMED = {"ceiling_usd": "1.5", "preproduction_usd": "\u0663", "text_allowance_usd": "0.70"}
"""The second is a 3."""
KEPT = {"ceiling_usd": "1.50", "preproduction_usd": "3.00", "text_allowance_usd": "0.70"}
INPUT: dict[str, Any] = {"input": {"brief": {}}, "assistant_id": "gate"}
Way = Callable[[httpx.AsyncClient, dict[str, Any]], Awaitable[httpx.Response]]


async def run_context(client: httpx.AsyncClient, amounts: dict[str, Any]) -> httpx.Response:
    thread = (await client.post("/threads", json={})).json()["thread_id"]
    return await client.post(f"/threads/{thread}/runs/wait", json={**INPUT, "context": amounts})


async def configurable(client: httpx.AsyncClient, amounts: dict[str, Any]) -> httpx.Response:
    thread = (await client.post("/threads", json={})).json()["thread_id"]
    body = {**INPUT, "config": {"configurable": amounts}}
    return await client.post(f"/threads/{thread}/runs/wait", json=body)


async def preset(client: httpx.AsyncClient, amounts: dict[str, Any]) -> httpx.Response:
    made = await client.post("/assistants", json={"graph_id": "gate", "context": amounts})
    if made.status_code != 200:
        return made
    thread = (await client.post("/threads", json={})).json()["thread_id"]
    body = {**INPUT, "assistant_id": made.json()["assistant_id"]}
    return await client.post(f"/threads/{thread}/runs/wait", json=body)


async def made_with_the_run(client: httpx.AsyncClient, amounts: dict[str, Any]) -> httpx.Response:
    body = {**INPUT, "if_not_exists": "create", "context": amounts}
    return await client.post(f"/threads/{uuid.uuid4()}/runs/wait", json=body)


async def stateless(client: httpx.AsyncClient, amounts: dict[str, Any]) -> httpx.Response:
    return await client.post("/runs/wait", json={**INPUT, "on_completion": "keep", "context": amounts})


async def test_amounts_hold_however_they_are_sent(live: Live) -> None:
    async with httpx.AsyncClient(base_url=live.url, trust_env=False, timeout=30) as client:
        for way in (run_context, configurable, preset, made_with_the_run, stateless):
            assert (await way(client, NAMED)).status_code == 200
            for name in KEPT:
                refused = await way(client, NAMED | {name: "NaN"})
                told = f"context.{name}: must be an amount" in refused.json()["detail"]
                assert (refused.status_code, told) == (422, True), (way, name)
        made = await live.house.database.fetch_all("select * from productions where graph = 'gate'")
    assert [row["ceiling_micros"] for row in made] == [1_500_000] * 5
    assert all(row["context"].items() >= KEPT.items() for row in made)


async def begun(
    live: Live, client: httpx.AsyncClient
) -> tuple[str, Callable[..., Awaitable[httpx.Response]]]:
    thread = str(uuid.uuid4())
    body = {**INPUT, "if_not_exists": "create", "context": {"ceiling_usd": "1.50"}}
    await client.post(f"/threads/{thread}/runs/wait", json=body)

    async def answer(**context: str) -> httpx.Response:
        resume = {"assistant_id": "gate", "command": {"resume": {"decision": "GREEN"}}, "context": context}
        return await client.post(f"/threads/{thread}/runs/wait", json=resume)

    return thread, answer


async def test_an_answer_that_names_another_ceiling_is_told_where_it_is_changed(live: Live) -> None:
    async with httpx.AsyncClient(base_url=live.url, trust_env=False, timeout=30) as client:
        _, answer = await begun(live, client)
        refused = await answer(ceiling_usd="9")
        before = await answer(preproduction_usd="2")
        done = await answer(ceiling_usd="1.5", text_allowance_usd="4")
    assert (refused.status_code, before.status_code, done.status_code) == (422, 422, 200)
    assert (
        "it has $1.50, not $9.00. POST /api/productions/{production_id}/ceiling" in refused.json()["detail"]
    )
    assert "context.preproduction_usd" in before.json()["detail"]
    runs = await live.house.database.fetch_all("select options->'context' as own from runs order by ordinal")
    assert [run["own"].get("text_allowance_usd") for run in runs] == [None, "4.00"], "a knob of that run"


async def test_a_client_that_always_sends_its_start_goes_on_after_a_raise(live: Live) -> None:
    async with httpx.AsyncClient(base_url=live.url, trust_env=False, timeout=30) as client:
        thread, answer = await begun(live, client)
        await client.post(f"/api/productions/{thread}/ceiling", json={"ceilingUsd": "40"})
        assert (await answer(ceiling_usd="1.50")).status_code == 200
    row = await live.house.database.fetch_one("select ceiling_micros from productions")
    assert row == {"ceiling_micros": 40_000_000}
