"""The same over HTTP: look at the states, open one, leave from one; what is wrong is said."""

from collections.abc import AsyncIterator
from contextlib import nullcontext

import httpx
import pytest

from server.app import create_app
from tests.integration.branches.conftest import RED, Lot

APPROVED = {"approve_all": True}


@pytest.fixture
async def client(lot: Lot) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(lot.parts.house.settings, opener=lambda _: nullcontext(lot.parts.house))
    app.state.house = lot.parts.house
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as opened:
        yield opened


async def test_states_are_listed_newest_first_with_what_was_asked(lot: Lot, client: httpx.AsyncClient):
    made = await lot.finished("inner_gate")
    url = f"/api/productions/{made}/checkpoints"
    found = (await client.get(url)).json()["data"]
    assert [one["checkpointId"] for one in found] == sorted(
        (one["checkpointId"] for one in found), reverse=True
    )
    [asked] = [one for one in found if one["asks"]]
    assert asked["line"].startswith("step 1, before inner > review; asks a question")
    assert found[0]["line"] == "step 3, before the end"
    later = (await client.get(url, params={"limit": 2, "before": asked["checkpointId"]})).json()["data"]
    assert len(later) == 2
    assert later[0]["checkpointId"] < asked["checkpointId"]


async def test_any_state_can_be_opened(lot: Lot, client: httpx.AsyncClient):
    made = await lot.finished("inner_gate")
    [gate] = await lot.states(made, "review")
    opened = (await client.get(f"/api/productions/{made}/checkpoints/{gate}")).json()["data"]
    assert opened["values"]["log"] == ["plan", "draw"]
    assert opened["next"] == ["review"]


async def test_what_is_made_again_twice_is_version_two_and_three_of_a_chain(
    lot: Lot, client: httpx.AsyncClient
):
    """S5-016: each names the one it came from."""
    made = await lot.finished("two_gates", {"decision": "GREEN"}, APPROVED)
    chain: list[tuple[int, str | None]] = []
    for _ in range(3):
        found = (await client.get(f"/api/productions/{made}")).json()["data"]
        chain.append((found["version"], found["parentProductionId"]))
        parent, gate = made, (await lot.questions(made))[-1]
        again = await client.post(f"/api/productions/{made}/fork", json={"checkpoint_id": gate})
        made = again.json()["data"]["productionId"]
        chain.append((0, parent))
    assert [version for version, _ in chain if version] == [1, 2, 3]
    assert chain[0][1] is None
    assert [chain[2][1], chain[4][1]] == [chain[1][1], chain[3][1]]


async def test_a_branch_is_a_production_of_its_own(lot: Lot, client: httpx.AsyncClient):
    made = await lot.finished("two_gates", {"decision": "GREEN"}, APPROVED)
    gate = (await lot.questions(made))[1]
    answer = await client.post(
        f"/api/productions/{made}/fork", json={"checkpoint_id": gate, "title": "Again"}
    )
    assert answer.status_code == 201, answer.text
    branch = answer.json()["data"]
    assert (branch["status"], branch["parentProductionId"], branch["parentCheckpointId"]) == (
        "paused",
        made,
        gate,
    )
    [question] = branch["gates"]
    reply = {"interrupt_id": question["interruptId"], "reply": APPROVED}
    assert (await client.post(branch["links"]["answer"], json=reply)).status_code == 202
    await lot.rest(branch["productionId"], "completed")
    shown = (await client.get(branch["links"]["self"])).json()["data"]
    assert (shown["title"], shown["status"]) == ("Again", "completed")


@pytest.mark.parametrize(("asked", "tier"), [({}, "final"), ({"tier": "draft"}, "draft")])
async def test_a_branch_may_be_of_another_tier(lot: Lot, client: httpx.AsyncClient, asked, tier):
    made = await lot.start("line")
    await lot.rest(made, "completed")
    answer = await client.post(f"/api/productions/{made}/fork", json=asked)
    shown = (await client.get(answer.json()["data"]["links"]["self"])).json()["data"]
    parent = (await client.get(f"/api/productions/{made}")).json()["data"]
    assert (shown["tier"], parent["tier"]) == (tier, "final")


async def test_a_branch_as_a_draft_has_no_premium_text_model(lot: Lot, client: httpx.AsyncClient):
    made = await lot.gated("gate")
    await lot.parts.tools.database.execute(
        'update productions set context = context || \'{"text_model": "gpt-5"}\''
    )
    answer = await client.post(f"/api/productions/{made}/fork", json={"tier": "draft"})
    assert answer.status_code == 422, answer.text
    assert "Use gpt-5-mini, or set context.tier to final." in answer.text
    assert len((await client.get("/api/productions")).json()["data"]) == 1


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"checkpoint_id": "1f1e56a1-cc91-61f6-8000-80f845760bb7"}, 404, "no such checkpoint"),
        ({"checkpointId": "x" * 65}, 422, "checkpointId"),
        ({"values": []}, 422, "values"),
        ({"values": {"log": [1]}, "asNode": "nobody"}, 422, "nobody"),
        ({"reply": {"decision": 1}}, 422, "decision"),
        ({"ceilingUsd": "-1"}, 422, "ceiling_usd"),
        ({"tier": "premium"}, 422, "tier"),
        ({"colour": "red"}, 422, "colour"),
    ],
)
async def test_what_is_wrong_is_named(lot: Lot, client: httpx.AsyncClient, body, status, said):
    made = await lot.gated("gate")
    answer = await client.post(f"/api/productions/{made}/fork", json=body)
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert len((await client.get("/api/productions")).json()["data"]) == 1


async def test_nothing_of_anybody_elses_is_shown(lot: Lot, client: httpx.AsyncClient):
    made = await lot.finished("gate")
    [gate] = await lot.states(made, "review")
    await lot.parts.tools.database.execute(
        "insert into users (user_id) values ('other') on conflict do nothing"
    )
    await lot.parts.tools.database.execute("update productions set user_id = 'other'")
    base = f"/api/productions/{made}"
    asked = [
        await client.get(f"{base}/checkpoints"),
        await client.get(f"{base}/checkpoints/{gate}"),
        await client.post(f"{base}/fork", json={"checkpoint_id": gate, "reply": RED}),
    ]
    assert [answer.status_code for answer in asked] == [404, 404, 404]


async def test_a_replay_is_asked_for_and_compared(lot: Lot, client: httpx.AsyncClient):
    made = await lot.finished("inner_gate")
    answer = await client.post(f"/api/productions/{made}/replay")
    assert answer.status_code == 202, answer.text
    again = answer.json()["data"]["productionId"]
    await lot.rest(again, "completed")
    report = (await client.get(f"/api/productions/{again}/replay")).json()["data"]
    assert (report["identical"], report["differences"], report["parentProductionId"]) == (True, [], made)
    assert (await client.get(f"/api/productions/{made}/replay")).status_code == 404


async def test_only_a_film_has_shots(lot: Lot, client: httpx.AsyncClient):
    made = await lot.finished("gate")
    answer = await client.post(f"/api/productions/{made}/reshoot?dry_run=true", json={"shot": "1A"})
    assert (answer.status_code, "no shots" in answer.text) == (409, True)
