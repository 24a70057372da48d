"""Every route of the description, asked by its owner's neighbour, by nobody and by an administrator.

Done when 3 of the accounts: 0 leaks. The paths come from the description, so a route that is added is
asked too; one with an id that `theirs` has no example of fails here until it has one.
"""

import re
import uuid
from collections.abc import Iterator
from contextlib import aclosing
from typing import Any

import httpx
import pytest

from server.accounts.accounts import Accounts
from server.accounts.door import is_public
from server.sse import StreamLimits
from tests import media_files
from tests.integration.api.accounts.conftest import bearing, registered
from tests.integration.api.conftest import Lot
from tests.integration.api.making import (
    NOVELA,
    a_production,
    a_shown_cut,
    assembled,
    done,
    mastered,
    said,
    tell,
)
from tests.integration.api.test_isolation import ENDLESS
from tests.operations import operations_of

ADMIN, BEAT = "/api/admin/", ": heartbeat"
BODIES: dict[str, Any] = {
    "latest": {"version": 1}, "answer": {"reply": {"approve_all": True}}, "regenerate": {},
    "reshoot": {"shot": "2A"}, "restore": {"restore": 1},
    "operations": {"operations": [{"op": "set_master", "gainDb": -1}]},
    "ceiling": {"ceilingUsd": "40"}, "state": {"values": {}}, "key": {"key": "a-key-of-somebody-else-1234"},
    "{clip_id}": {"keep": "before"}, "preview": {"start": 0}, "{media_id}": {"title": "mine now"},
    "{key_id}": {"status": "disabled"},
    "{endpoint_id}": {"enabled": False},
    "commands": {"id": 1, "method": "input.respond", "params": {"interrupt_id": "0" * 32, "response": {}}},
    "generate-video": {"episodeNumber": 1, "sceneNumber": 1, "sceneDescription": "x"},
}  # fmt: skip


@pytest.fixture
def limits() -> StreamLimits:
    """A beat soon after there is nothing more to tell."""
    return StreamLimits(heartbeat_s=0.1)


def a_body(path: str) -> dict[str, Any]:
    """One that is right, so that the refusal is about whose the thing is."""
    word = path.rpartition("/")[2]
    if "/runs" in path and word in ("runs", "stream", "wait"):
        return {"assistant_id": "novela", "input": {"brief": {"title": "t", "description": "d"}}}
    return dict(BODIES.get(word, {}))


OF_NOBODY = ("/api/providers/{provider}/trial",)
"""They name what is nobody's, here a provider: who asks gets what is their own (`test_trial_routes.py`)."""


async def theirs(lot: Lot, user: str, token: str) -> dict[str, str]:
    """One of everything that somebody owns, by the names that the paths use."""
    headers = bearing(token)
    novela = (await lot.client.post("/api/novelas", json=NOVELA, headers=headers)).json()["data"]["id"]
    production = await a_production(lot, novela_id=novela, user_id=user)
    await lot.runs.open_gate(production, "review_scene", "scene-1")
    await assembled(lot, production, await a_shown_cut(lot, user_id=user), user_id=user)
    await tell(lot, production, done(), said("canary"), mastered())
    left = {"provider": "fal", "label": "canary", "key": "canary-of-a-provider-key"}
    key = await lot.client.post("/api/settings/api-keys", json=left, headers=headers)
    assert key.status_code == 201, key.text
    hook = await lot.client.post(
        "/api/webhooks", json={"url": "https://1.1.1.1/", "description": "canary"}, headers=headers
    )
    endpoint = hook.json()["data"]["id"]
    sent = await lot.client.post(f"/api/webhooks/{endpoint}/test", headers=headers)
    await lot.database.execute(
        "insert into user_chat_messages (user_id, session_id, role, content)"
        " values (%s, 'their-talk', 'user', 'canary')",
        [user],
    )
    await lot.database.execute(
        "insert into trials (production_id, user_id, provider, spend_micros, quote_id, plan)"
        " values (%s, %s, 'fal', 0, 'canary', '[]')",
        [production, user],
    )
    video = await lot.database.fetch_one("select id from novela_videos where user_id = %s", [user])
    run = await lot.database.fetch_one("select run_id from runs where user_id = %s", [user])
    clip = await lot.store.put_bytes(media_files.clip(), user_id=user)
    item = await lot.database.fetch_one(
        "insert into media_library (user_id, s3_key, media_type) values (%s, %s, 'video') returning id",
        [user, clip.key],
    )
    made = await lot.client.post("/api/auth/tokens", json={"name": "canary"}, headers=headers)
    preset = await lot.client.post(
        "/assistants", json={"graph_id": "novela", "name": "canary"}, headers=headers
    )
    assert video is not None
    assert run is not None
    assert item is not None
    assert preset.status_code == 200, preset.text
    return {
        "media_id": str(item["id"]),
        "novela_id": novela, "production_id": production, "thread_id": production,
        "video_id": str(video["id"]), "key_id": key.json()["data"]["id"],
        "run_id": str(run["run_id"]), "namespace": "none", "provider": "fal",
        "checkpoint_id": str(uuid.uuid4()), "conversation_id": "talk", "user_id": user,
        "worker_id": "elsewhere:1:abc123", "session_id": "their-talk",
        "endpoint_id": endpoint, "delivery_id": sent.json()["data"]["id"],
        "token_id": made.json()["data"]["tokenId"], "assistant_id": preset.json()["assistant_id"],
        "version": "1",
        "clip_id": "c1",
        "item": "1A",
        "form": "otio",
    }  # fmt: skip


def routes(lot: Lot) -> Iterator[tuple[str, str, bool]]:
    """Method and path of every route that is not for everybody, and whether it names something."""
    for method, path in operations_of(lot.app):
        if not is_public(path):
            yield method, path, "{" in path


def ending(lot: Lot) -> Iterator[tuple[str, str, bool]]:
    """The routes whose answer ends by itself, also for whoever may not see what it is about."""
    yield from (route for route in routes(lot) if route[:2] not in ENDLESS)


async def first_lines(client: httpx.AsyncClient, url: str, token: str) -> list[str]:
    """What a stream says until it has nothing to say: it is there, and then events or the next beat."""
    body, told = {"channels": ["values", "lifecycle", "custom"]}, list[str]()
    async with client.stream("POST", url, json=body, headers=bearing(token)) as answer:
        assert answer.status_code == 200, await answer.aread()
        async with aclosing(answer.aiter_lines()) as lines:
            async for line in lines:
                told += [line] if line else []
                if told.count(BEAT) == 2:
                    return told
    raise AssertionError("the stream ended")


async def rows(lot: Lot) -> list[Any]:
    tables = "novelas novela_videos productions runs api_tokens provider_keys assistants agent_messages"
    tables += " media_library users webhook_endpoints webhook_secrets notices user_chat_messages"
    return [await lot.database.fetch_all(f"select * from {table} order by 1, 2") for table in tables.split()]


async def test_no_route_gives_a_neighbour_or_an_administrator_anything(lot: Lot, accounts: Accounts) -> None:
    eva, ana = await registered(lot, "eva@example.org"), await registered(lot)
    admin = await registered(lot, "root@example.org")
    await accounts.users.set_role("root@example.org", "admin")
    ids = await theirs(lot, eva["userId"], eva["accessToken"])
    before, asked = await rows(lot), 0
    for method, path, named in ending(lot):
        if not named or path in OF_NOBODY:
            continue
        url = path.format_map(ids)  # an id without an example is a KeyError: give `theirs` one
        for who in (ana, admin):
            if path.startswith(ADMIN) and who is admin:
                continue
            body = None if method == "get" else a_body(path)
            answer = await lot.client.request(method, url, json=body, headers=bearing(who["accessToken"]))
            wanted = 403 if path.startswith(ADMIN) else 404
            assert answer.status_code == wanted, f"{method} {path}: {answer.status_code} {answer.text}"
            assert "canary" not in answer.text
            asked += 1
    assert asked >= 50
    assert await rows(lot) == before


async def test_no_list_shows_a_neighbours(lot: Lot) -> None:
    eva, ana = await registered(lot, "eva@example.org"), await registered(lot)
    ids = await theirs(lot, eva["userId"], eva["accessToken"])
    seen = 0
    for method, path, named in ending(lot):
        if named or path.startswith(ADMIN) or not (method == "get" or path.endswith(("/search", "/count"))):
            continue
        answer = await lot.client.request(
            method, path, json={} if method == "post" else None, headers=bearing(ana["accessToken"])
        )
        wanted = (403,) if path == "/metrics" else (200, 422)  # the server's figures are its administrators'
        assert answer.status_code in wanted, f"{method} {path}: {answer.text}"
        leaked = [one for one in ids.values() if len(one) > 30 and one in answer.text]
        assert leaked == [], f"{method} {path}"
        assert "canary" not in answer.text, f"{method} {path}"
        seen += 1
    assert seen >= 10


async def test_the_owner_finds_them(lot: Lot) -> None:
    """The control: by the same ids, so the refusals above are about whose they are."""
    eva = await registered(lot, "eva@example.org")
    ids = await theirs(lot, eva["userId"], eva["accessToken"])
    statuses = {}
    for method, path, named in ending(lot):
        if (
            named
            and method == "get"
            and not path.endswith(("/events", "/stream", "/join"))
            and "/admin/" not in path
        ):
            answer = await lot.client.get(path.format_map(ids), headers=bearing(eva["accessToken"]))
            statuses[path] = answer.status_code
    assert sum(status == 200 for status in statuses.values()) >= 0.8 * len(statuses), statuses


async def test_an_endless_stream_only_beats_for_a_neighbour_or_an_administrator(
    lot: Lot, served: httpx.AsyncClient, accounts: Accounts
) -> None:
    """As it does where there is no thread; for its owner, the control, it tells everything."""
    eva, ana = await registered(lot, "eva@example.org"), await registered(lot)
    admin = await registered(lot, "root@example.org")
    await accounts.users.set_role("root@example.org", "admin")
    thread = (await theirs(lot, eva["userId"], eva["accessToken"]))["thread_id"]
    assert {route[:2] for route in routes(lot)} >= ENDLESS
    for _, path in ENDLESS:
        owned, unknown = path.format(thread_id=thread), path.format(thread_id=uuid.uuid4())
        for who in (ana, admin):
            assert await first_lines(served, owned, who["accessToken"]) == [BEAT, BEAT]
        assert await first_lines(served, unknown, ana["accessToken"]) == [BEAT, BEAT]
        assert "canary" in "".join(await first_lines(served, owned, eva["accessToken"]))


async def test_nobody_gets_anything_but_a_401(lot: Lot) -> None:
    for method, path, _ in routes(lot):
        url = re.sub("{.*?}", str(uuid.uuid4()), path)
        assert (await lot.client.request(method, url)).status_code == 401, f"{method} {path}"
