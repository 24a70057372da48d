"""S1-77: every read answers in under two seconds with 500 rows; S1-82: what is cached costs no statement."""

import time
from typing import Any

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_novela

FILL = """
insert into novelas (user_id, title, target_episodes)
    select 'local', 'n' || i, 3 from generate_series(1, 500) i;
insert into productions (user_id, graph, title, novela_id, episode_number)
    select 'local', 'novela', 'p' || i, '{novela}', i from generate_series(1, 500) i;
insert into novela_videos (user_id, novela_id, episode_number, scene_number)
    select 'local', '{novela}', 1 + i / 12, 1 + i % 12 from generate_series(1, 500) i;
insert into agent_messages (user_id, conversation_id, from_agent, message_type, action, novela_id)
    select 'local', 'talk', 'script_writer', 'broadcast', 'a', '{novela}' from generate_series(1, 500) i;
insert into media_library (user_id, s3_key, media_type, novela_id)
    select 'local', 'video/local/' || md5(i::text) || md5(i::text) || '.mp4', 'video', '{novela}'
    from generate_series(1, 500) i;
"""


async def test_reads_are_fast_with_500_rows(lot: Lot) -> None:
    novela = (await a_novela(lot.client))["id"]
    async with lot.database.connection() as connection:
        await connection.execute(FILL.format(novela=novela), prepare=False)
        cursor = await connection.execute("select production_id as p from productions limit 1")
        production: Any = await cursor.fetchone()
        cursor = await connection.execute("select id as v from novela_videos limit 1")
        video: Any = await cursor.fetchone()
    for path in (
        "/api/novelas?limit=100", f"/api/novelas/{novela}", f"/api/novelas/{novela}/messages?limit=100",
        "/api/productions?limit=100", f"/api/productions/{production['p']}", "/api/media?limit=100&page=5",
        f"/api/productions/{production['p']}/files", f"/api/productions/{production['p']}/costs",
        f"/api/videos/{video['v']}", f"/api/videos/{video['v']}/status", "/api/agent/conversations/talk",
        "/api/models", "/api/session", "/health",
    ):  # fmt: skip
        began = time.perf_counter()
        answer = await lot.client.get(path)
        assert answer.status_code == 200, path
        assert time.perf_counter() - began < 2.0, path


async def test_the_catalogue_and_the_session_are_read_once(lot: Lot) -> None:
    await lot.client.get("/api/models")
    await lot.client.get("/api/session")
    await lot.database.close()
    assert (await lot.client.get("/api/models")).status_code == 200
    assert (await lot.client.get("/api/session")).status_code == 200


async def test_the_catalogue_names_the_missions_models_and_one_recommendation(lot: Lot) -> None:
    """S1-37, S1-38."""
    data = (await lot.client.get("/api/models")).json()["data"]
    shown = {(model["id"], model["priceRange"], model["expectedTime"]) for model in data["video"]}
    assert shown >= {
        ("wan-2.5-t2v", "$0.05-0.15/s", 30), ("wan-2.5-t2v-fast", "$0.05-0.15/s", 15),
        ("veo-3.1", "$0.08-0.12/s", 40), ("veo-3.1-fast", "$0.06-0.09/s", 20),
    }  # fmt: skip
    assert [model["id"] for model in data["video"] if model["recommended"]] == ["wan-2.5-t2v-fast"]
    assert {model["id"] for model in data["image"]} >= {"flux-schnell", "sdxl", "nano-banana"}


async def test_the_catalogue_names_what_each_tier_is_reckoned_with(lot: Lot) -> None:
    """S4-036."""
    told = (await lot.client.get("/api/models")).json()["data"]["rates"]
    assert {"medium": "audio", "tier": "music", "model": "stable-audio-2.5", "referencePrice": "0.10",
            "unit": "call", "pieceSeconds": 30} in told  # fmt: skip
    assert len(told) == 7
