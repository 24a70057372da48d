"""S1-01, S1-26, S1-49 to S1-54: the novela's own routes."""

import json
from typing import Any

from server.records import novelas
from tests.integration.api.conftest import Lot
from tests.integration.api.making import NOVELA, a_novela, a_production, done, planned, said, tell


async def test_creating_a_novela_answers_with_every_default(lot: Lot) -> None:
    answer = await lot.client.post("/api/novelas", json=NOVELA)
    body = answer.json()
    assert answer.status_code == 201
    assert (body["success"], body["status"]) == (True, "success")
    assert answer.headers["cache-control"] == "no-store"
    expected = {
        "title": "The Last Letter", "genre": "drama", "targetEpisodes": 3, "createdVideos": 0,
        "totalCost": 0.0,
        "defaultModelId": "wan-2.5-t2v-fast", "defaultDuration": 8, "defaultResolution": "1080p",
        "defaultAspectRatio": "16:9", "referenceCharacterImages": [], "status": "planning",
    }  # fmt: skip
    assert expected.items() <= body["data"].items()
    assert 0 <= body["data"]["masterSeed"] < 2**31


async def test_a_missing_field_is_named_with_its_fix(lot: Lot) -> None:
    for missing in ("title", "description", "genre", "targetEpisodes"):
        sent = {name: value for name, value in NOVELA.items() if name != missing}
        answer = await lot.client.post("/api/novelas", json=sent)
        assert answer.status_code == 422
        assert answer.json()["error"]["details"]["fields"] == [
            {"field": missing, "problem": "Field required", "fix": f"Add `{missing}`."}
        ]


WRONG: list[tuple[str, Any]] = [
    ("title", ""), ("title", "   "), ("title", "x" * 501), ("genre", "western"), ("targetEpisodes", 0),
    ("targetEpisodes", 51), ("defaultDuration", 0), ("defaultResolution", "4k"), ("masterSeed", -1),
    ("defaultModelId", "no-such-model"), ("surprise", 1), ("title", "\x00"), ("title", "\ud800"),
]  # fmt: skip


async def test_a_wrong_field_is_refused_by_name_and_nothing_is_written(lot: Lot) -> None:
    for field, value in WRONG:
        body = json.dumps({**NOVELA, field: value})
        answer = await lot.client.post(
            "/api/novelas", content=body, headers={"content-type": "application/json"}
        )
        assert answer.status_code == 422, (field, value)
        assert field in answer.text
    assert await lot.database.fetch_one("select count(*) as n from novelas") == {"n": 0}


async def test_text_is_stored_clean(lot: Lot) -> None:
    """S3-37: control characters go, ends are trimmed; a description keeps its lines, a title is one."""
    sent = {"title": " The\x00 Last\n\x1bLetter\t", "description": "\x7f A widow.\r\n\r\n\tA letter.\x1b[0m "}
    await a_novela(lot.client, **sent)
    row = await lot.database.fetch_one("select title, description from novelas")
    assert row == {"title": "The Last Letter", "description": "A widow.\n\n\tA letter.[0m"}


async def test_a_title_of_exactly_500_characters_fits(lot: Lot) -> None:
    assert len((await a_novela(lot.client, title="x" * 500))["title"]) == 500


async def test_an_unknown_model_is_answered_with_those_we_know(lot: Lot) -> None:
    answer = await lot.client.post("/api/novelas", json={**NOVELA, "defaultModelId": "sora"})
    assert "wan-2.5-t2v-fast, veo-3.1, veo-3.1-fast" in answer.json()["error"]["message"]


async def test_reference_pictures_are_for_models_that_take_them(lot: Lot) -> None:
    """S1-39: refused with a message that names who takes them."""
    pictures = {"referenceCharacterImages": ["image/local/marta.png"]}
    for model, status in (
        ("wan-2.5-t2v", 422),
        ("wan-2.5-t2v-fast", 422),
        ("veo-3.1", 201),
        ("veo-3.1-fast", 422),
    ):
        answer = await lot.client.post("/api/novelas", json={**NOVELA, **pictures, "defaultModelId": model})
        assert answer.status_code == status
        if status == 422:
            assert answer.json()["error"]["details"]["fields"][0]["field"] == "referenceCharacterImages"
            assert "models that do: veo-3.1" in answer.json()["error"]["message"]


async def test_the_estimate_follows_model_length_resolution_and_count(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    seen = {novela["estimatedCost"]}
    for change in (
        {"defaultModelId": "veo-3.1"},
        {"defaultDuration": 4},
        {"defaultResolution": "720p"},
        {"targetEpisodes": 1},
    ):
        answer = await lot.client.put(f"/api/novelas/{novela['id']}", json=change)
        seen.add(answer.json()["data"]["estimatedCost"])
    assert len(seen) == 5
    assert lot.runs.calls == []


async def test_novelas_are_listed_newest_first_with_both_sets_of_paging_names(lot: Lot) -> None:
    for title in ("one", "two", "three"):
        await a_novela(lot.client, title=title)
    body = (await lot.client.get("/api/novelas", params={"limit": 2})).json()
    assert [novela["title"] for novela in body["data"]] == ["three", "two"]
    assert body["pagination"] == {
        "total": 3, "page": 1, "limit": 2, "pages": 2, "page_size": 2, "total_items": 3, "total_pages": 2,
    }  # fmt: skip


async def test_a_change_leaves_the_rest_alone_and_moves_updated_at(lot: Lot) -> None:
    before = await a_novela(lot.client)
    answer = await lot.client.put(f"/api/novelas/{before['id']}", json={"title": "Another"})
    after = answer.json()["data"]
    assert after["title"] == "Another"
    same = set(before) - {"title", "updatedAt", "estimate"}
    assert {name: after[name] for name in same} == {name: before[name] for name in same}
    assert after["updatedAt"] > before["updatedAt"]


async def test_null_is_not_a_change(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    answer = await lot.client.put(f"/api/novelas/{novela['id']}", json={"title": None})
    assert answer.status_code == 422
    assert "title must not be null" in answer.json()["error"]["message"]


async def test_pause_and_resume_are_changes_of_status(lot: Lot) -> None:
    url = f"/api/novelas/{(await a_novela(lot.client))['id']}"
    for status in ("paused", "planning", "in_progress", "paused", "in_progress"):
        answer = await lot.client.put(url, json={"status": status})
        assert answer.json()["data"]["status"] == status


async def test_a_status_that_is_none_of_the_four_is_refused(lot: Lot) -> None:
    url = f"/api/novelas/{(await a_novela(lot.client))['id']}"
    answer = await lot.client.put(url, json={"status": "archived"})
    assert answer.status_code == 422
    assert "'planning', 'in_progress', 'completed' or 'paused'" in answer.json()["error"]["suggestion"]


async def test_a_novela_in_planning_cannot_be_completed_by_hand(lot: Lot) -> None:
    url = f"/api/novelas/{(await a_novela(lot.client))['id']}"
    answer = await lot.client.put(url, json={"status": "completed"})
    assert answer.status_code == 409
    assert answer.json()["error"]["details"]["allowed"] == ["in_progress", "paused"]


async def test_the_timeline_is_sorted_by_episode_then_scene(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    second = await a_production(lot, novela_id=novela["id"], episode=2)
    first = await a_production(lot, novela_id=novela["id"], episode=1)
    await tell(lot, second, planned(2, 2), planned(1, 2))
    await tell(lot, first, planned(2, 1), planned(1, 1))
    detail = (await lot.client.get(f"/api/novelas/{novela['id']}")).json()["data"]
    places = [(video["episodeNumber"], video["sceneNumber"]) for video in detail["videos"]]
    assert places == [(1, 1), (1, 2), (2, 1), (2, 2)]
    assert {video["status"] for video in detail["videos"]} == {"pending"}
    assert [episode["episodeNumber"] for episode in detail["episodes"]] == [1, 2]


async def test_a_deleted_novela_is_gone_with_its_videos_and_its_run_is_stopped(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    production = await a_production(lot, novela_id=novela["id"])
    await tell(lot, production, done())
    video = (await lot.client.get(f"/api/novelas/{novela['id']}")).json()["data"]["videos"][0]["id"]
    answer = await lot.client.delete(f"/api/novelas/{novela['id']}")
    assert answer.json()["success"] is True
    assert answer.json()["message"]
    for url in (
        f"/api/novelas/{novela['id']}", f"/api/videos/{video}/status", f"/api/productions/{production}",
        f"/api/novelas/{novela['id']}/events",
    ):  # fmt: skip
        assert (await lot.client.get(url)).status_code == 404
    assert lot.runs.calls[-1] == ("cancel", {"user_id": "local", "production_id": production})
    assert (await lot.client.get("/api/novelas")).json()["data"] == []


async def test_media_of_a_deleted_novela_stay_without_naming_it(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    await tell(lot, await a_production(lot, novela_id=novela["id"]), done())
    await lot.client.delete(f"/api/novelas/{novela['id']}")
    media = (await lot.client.get("/api/media")).json()["data"]
    assert len(media) == 2
    assert {item["novelaId"] for item in media} == {None}


async def test_erasing_removes_videos_and_keeps_what_only_refers_to_them(lot: Lot) -> None:
    """S1-31: messages, media and chat rows stay with the reference set to null."""
    novela = await a_novela(lot.client)
    await tell(lot, await a_production(lot, novela_id=novela["id"]), done(), said("hello"))
    await lot.database.execute(
        "insert into user_chat_messages (user_id, session_id, role, content, novela_id)"
        " values ('local', 's', 'user', 'hi', %s)",
        [novela["id"]],
    )
    await novelas.erase_novela(lot.database, novela["id"], user_id="local")
    counts = {}
    for table in ("novelas", "novela_videos", "agent_messages", "media_library", "user_chat_messages"):
        row = await lot.database.fetch_one(f"select count(*) as n from {table}")  # our own names
        counts[table] = row["n"] if row else None
    assert counts == {
        "novelas": 0, "novela_videos": 0, "agent_messages": 1, "media_library": 2, "user_chat_messages": 1,
    }  # fmt: skip
    for table in ("agent_messages", "media_library", "user_chat_messages"):
        row = await lot.database.fetch_one(f"select count(novela_id) as n from {table}")  # our own names
        assert row == {"n": 0}


async def test_what_is_no_id_is_not_found(lot: Lot) -> None:
    for wrong in ("999", "..%2f..%2fetc", "x" * 400):
        answer = await lot.client.get(f"/api/novelas/{wrong}")
        assert answer.status_code == 404
        assert answer.json()["success"] is False


async def test_one_session_serves_the_whole_process_and_moves(lot: Lot) -> None:
    first = (await lot.client.get("/api/session")).json()["data"]
    await lot.client.get("/api/novelas")
    second = (await lot.client.get("/api/session")).json()["data"]
    assert second["id"] == first["id"]
    assert second["createdAt"] == first["createdAt"]
    assert second["lastActivity"] > first["lastActivity"]


async def test_a_name_that_is_not_ours_is_not_served(lot: Lot) -> None:
    """DNS rebinding: a page on the web reaches loopback only under a name of its own."""
    for host, status in (("evil.example.org", 400), ("localhost:8321", 200), ("127.0.0.1", 200)):
        answer = await lot.client.get("/api/novelas", headers={"Host": host})
        assert answer.status_code == status
