"""What an episode leaves in the novela's tables, as the API shows it (S1-25, S1-29, S1-32, S1-33, S1-71)."""

from contextlib import nullcontext

import httpx
import pytest

from server.app import create_app
from server.composition import Parts
from server.records.project import catch_up
from tests.acceptance.studio_lot import MICRO, Walk, begin
from tools.db.pool import Database

COLUMNS = {
    "novelas": "id title description genre target_episodes created_videos total_cost estimated_cost"
    " default_model_id default_duration default_resolution default_aspect_ratio reference_character_images"
    " master_seed status created_at updated_at",
    "novela_videos": "episode_number scene_number title script_prompt model_id model_parameters job_id status"
    " replicate_status output_url s3_key thumbnail_url duration_seconds file_size_bytes estimated_cost"
    " actual_cost created_by_agent validated_by_agent agent_conversation_id created_at started_at"
    " completed_at",
    "agent_messages": "conversation_id from_agent to_agent message_type action content metadata novela_id"
    " video_id response_to response_received created_at",
    "media_library": "s3_key s3_url media_type file_name file_size_bytes duration_seconds width height format"
    " title description tags novela_id video_id job_id thumbnail_url thumbnail_s3_key",
    "user_chat_messages": "session_id role content agent_role novela_id error_context created_at",
}
DEFAULTS = {
    "created_videos": "0", "total_cost": "0.00", "default_duration": "8", "default_resolution": "'1080p'",
    "default_aspect_ratio": "'16:9'", "status": "'planning'",
}  # fmt: skip


@pytest.mark.parametrize("table", COLUMNS)
async def test_every_column_is_there(database: Database, table: str):
    rows = await database.fetch_all(
        "select column_name from information_schema.columns where table_name = %s", [table]
    )
    assert set(COLUMNS[table].split()) <= {row["column_name"] for row in rows}


async def test_a_novela_has_the_missions_defaults(database: Database):
    rows = await database.fetch_all(
        "select column_name, column_default, is_nullable from information_schema.columns"
        " where table_name = 'novelas'"
    )
    found = {row["column_name"]: str(row["column_default"]) for row in rows}
    assert {name: found[name].partition("::")[0] for name in DEFAULTS} == DEFAULTS
    needed = {row["column_name"] for row in rows if row["is_nullable"] == "NO"}
    assert {"title", "target_episodes"} <= needed


async def test_a_finished_scene_has_every_field_a_thumbnail_and_its_conversation(parts: Parts):
    app = create_app(parts.house.settings, opener=lambda _: nullcontext(parts.house))
    app.state.house = parts.house
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://127.0.0.1", timeout=60
    ) as client:
        told = {"title": "The Key", "description": "d", "genre": "thriller", "targetEpisodes": 1}
        novela = (await client.post("/api/novelas", json=told)).json()["data"]["id"]
        body = {"graph": "novela", "brief": MICRO, "context": {"review": "auto"}, "novelaId": novela}
        made = (await client.post("/api/productions", json=body)).json()["data"]
        await Walk(parts, made["productionId"]).to_end()
        await catch_up(parts.tools.database, made["productionId"])

        detail = (await client.get(f"/api/novelas/{novela}")).json()["data"]
        assert (detail["createdVideos"], detail["status"]) == (1, "completed")
        plan = detail["plan"]
        assert [(memory["number"], bool(memory["said"])) for memory in plan["told"]] == [(1, True)]
        assert all(person["voice_id"] for person in plan["cast"]), "the next episode keeps the voices"
        [video] = detail["videos"]
        picture = await client.get(video["thumbnailUrl"])
        assert picture.headers["content-type"].startswith("image/")
        clip = await client.get(video["outputUrl"])
        assert clip.headers["content-type"] == "video/mp4"
        talk = await client.get(f"/api/agent/conversations/{video['agentConversationId']}")
        assert len(talk.json()["data"]["messages"]) == 2

    row = await parts.tools.database.fetch_one("select * from novela_videos where novela_id = %s", [novela])
    assert row is not None
    empty = {name for name in COLUMNS["novela_videos"].split() if row[name] is None}
    assert empty <= {"replicate_status"}, "only what a provider tells may be missing"
    media = await parts.tools.database.fetch_all("select * from media_library where novela_id = %s", [novela])
    assert {"video", "image"} <= {one["media_type"] for one in media}
    clips = [one for one in media if one["media_type"] == "video"]
    assert all(one["width"] and one["height"] and one["duration_seconds"] for one in clips)


async def test_the_history_lists_every_checkpoint_newest_first(parts: Parts):
    """D-05: what the API lists is what the checkpointer holds."""
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    app = create_app(parts.house.settings, opener=lambda _: nullcontext(parts.house))
    app.state.house = parts.house
    url = f"/api/productions/{walk.production_id}/history"
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        listed = (await client.get(url, params={"limit": 200})).json()["data"]
        older = (await client.get(url, params={"limit": 2, "before": listed[1]["eventId"]})).json()["data"]
    stored = await parts.tools.database.fetch_all(
        "select checkpoint_id from checkpoints where thread_id = %s and checkpoint_ns = '' order by 1 desc",
        [walk.production_id],
    )
    assert [one["checkpointId"] for one in listed] == [row["checkpoint_id"] for row in stored]
    assert (listed[0]["next"], listed[-1]["source"]) == (["approve_budget"], "input")
    assert older == listed[2:4]
