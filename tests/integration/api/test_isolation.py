"""Design-facts 6.10: whatever another user owns is not found, on every route there is."""

import uuid
from typing import Any

from pydantic import SecretStr

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, another_user, assembled, done, mastered, said, tell
from tests.operations import operations_of
from tests.visitors import ask_as

BODIES: dict[str, dict[str, Any]] = {
    "/api/productions/{production_id}/answer": {"reply": {"approve_all": True}},
    "/api/novelas/{novela_id}": {"title": "mine now"},
    "/api/novelas/{novela_id}/generate-video": {
        "episodeNumber": 1, "sceneNumber": 1, "sceneDescription": "x",
    },
    "/api/novelas/{novela_id}/videos/{video_id}/regenerate": {},
    "/api/productions/{production_id}/reshoot": {"shot": "2A"},
    "/api/productions/{production_id}/cut/operations": {"operations": [{"op": "set_master", "gainDb": -1}]},
    "/api/productions/{production_id}/cut/undo": {},
    "/api/productions/{production_id}/cut/preview": {"start": 0},
    "/api/productions/{production_id}/cut/joins/{clip_id}": {"keep": "before"},
    "/api/productions/{production_id}/cut/redo": {},
    "/api/productions/{production_id}/cut/restore": {"restore": 1},
    "/api/productions/{production_id}/ceiling": {"ceilingUsd": "40.00"},
    "/api/media/{media_id}": {"title": "mine now"},
    "/api/settings/api-keys/{key_id}": {"status": "active"},
    "/api/settings/api-keys/{key_id}/key": {"key": "a-key-of-somebody-else-1234"},
    "/api/webhooks/{endpoint_id}": {"description": "mine now"},
    "/assistants/{assistant_id}": {"name": "mine now"},
    "/assistants/{assistant_id}/versions": {},
    "/assistants/{assistant_id}/latest": {"version": 1},
    "/threads/{thread_id}": {"metadata": {"mine": "now"}},
    "/threads/{thread_id}/state": {"values": {}},
    "/threads/{thread_id}/state/checkpoint": {},
    "/threads/{thread_id}/history": {},
    "/threads/{thread_id}/commands": {"id": 1, "method": "run.start", "params": {"assistant_id": "novela"}},
    "/threads/{thread_id}/runs": {"assistant_id": "novela"},
    "/threads/{thread_id}/runs/wait": {"assistant_id": "novela"},
    "/threads/{thread_id}/runs/stream": {"assistant_id": "novela"},
}  # fmt: skip

NOBODYS = {("post", "/api/providers/{provider}/trial")}
"""Their paths name no record; `test_trial_routes` asks them for another user's."""
SIGNED = ("/media/", "/api/assets/upload/")
"""Whoever has the address may ask: `test_media_routes` and `test_sending_routes` forge it."""
ENDLESS = {("post", "/threads/{thread_id}/stream"), ("post", "/threads/{thread_id}/stream/events")}
"""These only beat for whoever may not see the thread: `accounts/test_everybodys_routes` listens to them."""


async def foreign(lot: Lot) -> dict[str, str]:
    """Everything once, owned by somebody else."""
    user = await another_user(lot)
    row = await lot.database.fetch_one(
        "insert into novelas (user_id, title, target_episodes) values (%s, 'Theirs', 3) returning id", [user]
    )
    assert row is not None
    novela = str(row["id"])
    production = await a_production(lot, novela_id=novela, user_id=user)
    await lot.runs.open_gate(production, "review_scene", "scene-1")
    await assembled(lot, production, user_id=user)
    await tell(lot, production, done(), said("secret"), mastered())
    video = await lot.database.fetch_one("select id from novela_videos")
    preset = await lot.database.fetch_one(
        "insert into assistants (user_id, assistant_id, graph_id, name)"
        " values (%s, gen_random_uuid(), 'novela', 'Theirs') returning assistant_id",
        [user],
    )
    run = await lot.database.fetch_one("select run_id from runs")
    item = await lot.database.fetch_one("select id from media_library")
    key = await lot.house.provider_keys.add(
        user, provider="fal", label="Theirs", key=SecretStr("a-key-of-the-other-1234")
    )
    hook, _ = await lot.house.webhooks.endpoints.add(
        user, url="http://127.0.0.1:9/", description="Theirs", events=["run.ended"]
    )
    sent = await lot.house.webhooks.send_test(user, hook["id"])
    await lot.database.execute(
        "insert into user_chat_messages (user_id, session_id, role, content)"
        " values (%s, 'their-talk', 'user', 'secret')",
        [user],
    )
    assert video is not None
    assert run is not None
    assert preset is not None
    assert item is not None
    return {
        "media_id": str(item["id"]),
        "assistant_id": str(preset["assistant_id"]),
        "checkpoint_id": production,
        "namespace": "shooting",
        "novela_id": novela,
        "production_id": production,
        "thread_id": production,
        "run_id": str(run["run_id"]),
        "video_id": str(video["id"]),
        "conversation_id": "talk",
        "key_id": key["id"],
        "endpoint_id": hook["id"],
        "delivery_id": sent["id"],
        "token_id": str(uuid.uuid4()),
        "user_id": user,
        "worker_id": "elsewhere:1:abc123",
        "session_id": "their-talk",
        "provider": "replicate",
        "token": "0" * 32,
        "version": "1",
        "clip_id": "c1",
        "item": "1A",
        "form": "otio",
    }


async def everything(lot: Lot) -> list[Any]:
    tables = ("novelas", "novela_videos", "productions", "runs", "agent_messages", "media_library",
              "assistants", "assistant_versions", "provider_keys", "webhook_endpoints", "webhook_secrets",
              "notices", "user_chat_messages")  # fmt: skip
    return [
        await lot.database.fetch_all(f"select * from {table} order by 1") for table in tables
    ]  # our own names


async def test_no_route_finds_or_changes_what_another_user_owns(lot: Lot) -> None:
    ids = await foreign(lot)
    before = await everything(lot)
    asked = 0
    for method, path in operations_of(lot.app):
        if "{" not in path or path.startswith(SIGNED) or (method, path) in ENDLESS | NOBODYS:
            continue
        answer = await lot.client.request(method, path.format(**ids), json=BODIES.get(path))
        assert answer.status_code == 404, f"{method} {path}: {answer.status_code} {answer.text[:200]}"
        asked += 1
    assert asked >= 17
    assert await everything(lot) == before


async def test_no_list_shows_what_another_user_owns(lot: Lot) -> None:
    ids = await foreign(lot)
    for path in ("/api/novelas", "/api/productions", "/api/media"):
        body = (await lot.client.get(path)).json()
        assert (body["data"], body["pagination"]["total"]) == ([], 0)
    narrowed = await lot.client.get("/api/media", params={"novelaId": ids["novela_id"]})
    assert narrowed.json()["data"] == []
    assert (await lot.client.get("/api/settings/api-keys")).json()["data"] == []
    assert (await lot.client.get("/api/webhooks")).json()["data"] == []
    assert (await lot.client.get("/api/agent/chat/sessions")).json()["data"] == []
    by_id = {"ids": [ids["thread_id"]]}
    assert (await lot.client.post("/threads/search", json=by_id)).json() == []
    assert (await lot.client.post("/threads/count", json=by_id)).json() == 0
    pruned = await lot.client.post("/threads/prune", json={"thread_ids": by_id["ids"]})
    assert pruned.json() == {"pruned_count": 0}
    for policy in ("raise", "do_nothing"):
        taken = {"thread_id": ids["thread_id"], "if_exists": policy}
        assert (await lot.client.post("/threads", json=taken)).status_code == 409


async def test_the_same_records_are_found_by_their_owner(lot: Lot) -> None:
    """The control: with the owner's id every route above answers."""
    ids = await foreign(lot)
    ask_as("other")
    for path in (
        "/api/novelas/{novela_id}", "/api/productions/{production_id}", "/api/videos/{video_id}/status",
        "/api/agent/conversations/{conversation_id}", "/api/agent/chat/sessions/{session_id}",
        "/api/novelas/{novela_id}/messages",
        "/assistants/{assistant_id}", "/assistants/{assistant_id}/subgraphs/{namespace}",
        "/api/webhooks/{endpoint_id}", "/api/webhooks/{endpoint_id}/deliveries/{delivery_id}",
        "/threads/{thread_id}", "/threads/{thread_id}/state", "/threads/{thread_id}/history",
    ):  # fmt: skip
        assert (await lot.client.get(path.format(**ids))).status_code == 200
