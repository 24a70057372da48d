"""The event log becomes rows once, whoever reads it and however often it dies."""

import asyncio
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import pytest

from server.records import project
from server.records.feed import follow_novela
from server.records.project import catch_up
from state.events import PlanWritten, conversation_id
from state.writing import SeriesPlan
from tests.integration.api.conftest import Lot
from tests.integration.api.making import (
    a_novela,
    a_production,
    done,
    mastered,
    planned,
    said,
    started,
    tell,
)
from tests.integration.api.stand_ins import Hand, RememberingRuns
from tools.db.pool import Database
from tools.ending import end_tasks


async def rows(lot: Lot) -> dict[str, list[Any]]:
    tables = (
        "novelas",
        "novela_videos",
        "novela_video_takes",
        "agent_messages",
        "media_library",
        "novela_events",
    )
    read = {}
    for table in tables:
        order = "1, 2, take" if table == "novela_video_takes" else "1, 2"
        read[table] = await lot.database.fetch_all(f"select * from {table} order by {order}")  # our own names
    return read


async def test_reading_the_log_twice_changes_nothing(lot: Lot) -> None:
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    await tell(lot, production, planned(), started(), said("ask"), done(), mastered())
    before = await rows(lot)
    assert await catch_up(lot.database, production) == 0
    assert await rows(lot) == before


async def test_reading_again_from_the_start_counts_nothing_twice(lot: Lot) -> None:
    """The position guards; without it takes and messages still have keys of their own."""
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    await tell(lot, production, done(), said("ask"))
    await lot.database.execute("update projections set position = 0")
    await catch_up(lot.database, production)
    after = await rows(lot)
    assert len(after["novela_video_takes"]) == len(after["agent_messages"]) == 1
    assert (after["novelas"][0]["created_videos"], float(after["novelas"][0]["total_cost"])) == (1, 1.2)


async def test_a_node_that_tells_its_take_again_adds_no_take_and_no_cost(lot: Lot) -> None:
    """After a crash a node runs again: another event, the same job."""
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    for event in (done(call_key="a"), done(call_key="a"), done(call_key="b"), done(call_key="b")):
        await tell(lot, production, event)
    after = await rows(lot)
    assert [take["take"] for take in after["novela_video_takes"]] == [1, 2]
    assert after["novela_videos"][0]["takes"] == 2
    assert (after["novelas"][0]["created_videos"], float(after["novelas"][0]["total_cost"])) == (1, 2.4)


async def test_a_novela_costs_what_its_videos_did(lot: Lot) -> None:
    """S1-42: three videos and one regeneration; what was made before counts on."""
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    paid = [(1, "a", "1.20"), (2, "b", "0.800001"), (3, "c", "0.95"), (2, "d", "1.10")]
    for scene, job, usd in paid:
        await tell(lot, production, done(scene, call_key=job, actual_usd=usd))
    after = await rows(lot)
    takes = sum(take["actual_cost"] for take in after["novela_video_takes"])
    assert after["novelas"][0]["total_cost"] == takes == Decimal("4.050001")
    assert after["novelas"][0]["created_videos"] == 3


async def test_a_crash_in_the_middle_leaves_neither_half_a_row_nor_a_lost_event(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])

    async def crash(*_: Any) -> None:
        raise RuntimeError("the process died here")

    with monkeypatch.context() as broken:
        broken.setattr(lot.hand, "quiet", True)
        broken.setitem(project.STEPS, "message", crash)
        for event in (planned(), done(), said("ask")):
            await lot.hand.tell(production, "custom", event.as_custom())
        with pytest.raises(RuntimeError):
            await catch_up(lot.database, production)
    assert (await rows(lot))["novela_videos"] == []
    assert await project.left_behind(lot.database) == [production]
    await catch_up(lot.database, production)
    assert await project.left_behind(lot.database) == []
    after = await rows(lot)
    assert len(after["novela_videos"]) == len(after["agent_messages"]) == 1


async def test_news_that_become_no_row_are_passed_over_without_being_read(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    monkeypatch.setattr(lot.hand, "quiet", True)
    await lot.hand.tell(production, "values", {"stage": "writing"})
    await lot.hand.tell(production, "lifecycle", {"event": "running", "status": "running"})
    await lot.hand.tell(production, "custom", {"name": "nobody's", "payload": {}})
    assert await project.left_behind(lot.database) == []
    assert await catch_up(lot.database, production) == 0


@pytest.mark.parametrize(
    ("method", "payload"),
    [("custom", said("ask").as_custom()), *(("lifecycle", {"status": status}) for status in project.ENDED)],
)
async def test_nothing_that_becomes_a_row_is_passed_over(
    lot: Lot, monkeypatch: pytest.MonkeyPatch, method: str, payload: dict[str, Any]
) -> None:
    """Quiet news before and after it do not carry it away."""
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    monkeypatch.setattr(lot.hand, "quiet", True)
    for news in (("values", {}), (method, payload), ("values", {})):
        await lot.hand.tell(production, *news)
    assert project.becomes_rows(method, payload)
    assert await project.left_behind(lot.database) == [production]
    assert await catch_up(lot.database, production) > 0


@pytest.mark.parametrize(("safety_s", "found", "looks"), [(0.05, True, 100_000), (60.0, False, 500)])
async def test_what_a_dead_process_left_is_found_while_others_have_news_all_the_time(
    database: Database, safety_s: float, found: bool, looks: int
) -> None:
    """The net does not wait for a quiet moment. The control: without it nobody finds it."""
    runs, hand = RememberingRuns(database), Hand(database)
    asked: dict[str, Any] = {"user_id": "local", "graph": "novela", "title": "t", "brief": {}, "context": {}}
    busy, left = [(await runs.start(**asked)).production_id for _ in range(2)]
    projector = project.Projector(database, safety_s=safety_s)
    work = asyncio.create_task(projector.run())
    projector.due(busy)
    while projector._due:  # it looks for more first, and then works
        await database.fetch_one("select 1")
    await hand.tell(left, "custom", mastered().as_custom())
    rounds = 0
    while not await database.fetch_all("select 1 from production_files") and rounds < looks:
        rounds += 1
        projector.due(busy)
    await end_tasks([work])
    assert (rounds < looks) is found


async def test_one_productions_trouble_does_not_stop_the_others(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    novela = await a_novela(lot.client)
    bad = await a_production(lot, novela_id=novela["id"], episode=1)
    good = await a_production(lot, novela_id=novela["id"], episode=2)
    tried = asyncio.Event()

    async def crash(*_: Any) -> None:
        tried.set()
        raise RuntimeError("cannot be applied")

    monkeypatch.setitem(project.STEPS, "media", crash)
    await lot.hand.tell(bad, "custom", {"name": "media", "payload": {}})
    await asyncio.wait_for(tried.wait(), 10)
    async for _ in _updates(lot, novela["id"], good):
        break
    assert [row["episode_number"] for row in (await rows(lot))["novela_videos"]] == [2]


async def _updates(lot: Lot, novela_id: str, production: str) -> AsyncIterator[Any]:
    """The novela's live updates, from before a scene of this production is planned."""
    updates = follow_novela(lot.database, lot.house.bells, novela_id, user_id="local", after=0)
    await lot.hand.tell(production, "custom", planned(1, 2).as_custom())
    async with asyncio.timeout(10):
        async for update in updates:
            yield update
    await updates.aclose()


async def test_several_readers_at_once_apply_each_event_once(lot: Lot) -> None:
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    lot.hand.quiet = True
    for scene in range(1, 6):
        await lot.hand.tell(production, "custom", done(scene, call_key=f"j{scene}").as_custom())
    applied = await asyncio.gather(*(catch_up(lot.database, production) for _ in range(4)))
    assert sum(applied) == 5
    assert len((await rows(lot))["novela_video_takes"]) == 5


async def test_more_events_than_one_reading_holds_are_all_applied(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(project, "MOST_AT_ONCE", 3)
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    lot.hand.quiet = True
    for scene in range(1, 8):
        await lot.hand.tell(production, "values", {"step": scene})
        await lot.hand.tell(production, "custom", planned(scene).as_custom())
    assert await catch_up(lot.database, production) == 7
    assert len((await rows(lot))["novela_videos"]) == 7


async def test_nonsense_from_a_node_is_passed_over_and_what_follows_counts(lot: Lot) -> None:
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    await lot.hand.tell(production, "custom", {"name": "scene_done", "payload": {"scene": "two"}})
    await tell(lot, production, planned())
    assert len((await rows(lot))["novela_videos"]) == 1


async def test_a_response_names_its_request_and_marks_it_as_answered(lot: Lot) -> None:
    production = await a_production(lot, novela_id=(await a_novela(lot.client))["id"])
    # The agents talk about a scene before it is planned.
    await tell(lot, production, said("ask"), planned(), said("reply", answers="ask"), said("unanswered"))
    url = "/api/agent/conversations/talk"
    messages = (await lot.client.get(url)).json()["data"]["messages"]
    assert [message["content"]["text"] for message in messages] == ["ask", "reply", "unanswered"]
    assert [message["responseReceived"] for message in messages] == [True, False, False]
    assert messages[1]["responseTo"] == messages[0]["id"]
    assert all(message["videoId"] and message["novelaId"] for message in messages)


async def test_the_debugging_view_holds_all_conversations_of_a_novela(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    production = await a_production(lot, novela_id=novela["id"])
    await tell(
        lot,
        production,
        said("1", conversation="a"),
        said("2", conversation="b", to=None),
        said("3", conversation="a"),
    )
    url = f"/api/novelas/{novela['id']}/messages"
    view = (await lot.client.get(url)).json()
    assert [message["content"]["text"] for message in view["data"]] == ["1", "2", "3"]
    assert view["pagination"]["total"] == 3
    narrowed = (await lot.client.get(url, params={"agent": "system_integrator"})).json()["data"]
    assert [message["content"]["text"] for message in narrowed] == ["1", "3"]


async def test_the_plan_shows_in_the_novelas_detail(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    plan = SeriesPlan(title="T", logline="L", cast=[], places=[], episodes=[])
    await tell(
        lot, await a_production(lot, novela_id=novela["id"]), PlanWritten(plan=plan, estimated_usd="14.40")
    )
    detail = (await lot.client.get(f"/api/novelas/{novela['id']}")).json()["data"]
    assert detail["plan"]["logline"] == "L"
    assert detail["estimatedCost"] == 14.4


async def test_the_first_scene_starts_the_novela_and_the_last_master_completes_it(lot: Lot) -> None:
    novela = await a_novela(lot.client, targetEpisodes=2)
    statuses = [novela["status"]]
    for episode in (1, 2):
        production = await a_production(lot, novela_id=novela["id"], episode=episode)
        for event in (started(1, episode), mastered(episode)):
            await tell(lot, production, event)
            statuses.append((await lot.client.get("/api/novelas")).json()["data"][0]["status"])
    assert statuses == ["planning", "in_progress", "in_progress", "in_progress", "completed"]


async def test_the_same_episode_twice_is_one_episode(lot: Lot) -> None:
    novela = await a_novela(lot.client, targetEpisodes=2)
    production = await a_production(lot, novela_id=novela["id"])
    await tell(lot, production, started(), mastered(), mastered())
    assert (await lot.client.get("/api/novelas")).json()["data"][0]["status"] == "in_progress"


async def test_a_production_without_a_novela_still_delivers(lot: Lot) -> None:
    production = await a_production(lot)
    await tell(lot, production, planned(), done(), mastered())
    files = (await lot.client.get(f"/api/productions/{production}/files")).json()["data"]
    assert [file["name"] for file in files] == ["master.mp4"]
    assert (await rows(lot))["novela_videos"] == []
    assert len((await rows(lot))["media_library"]) == 3


async def test_every_promised_index_and_column_is_there(lot: Lot) -> None:
    """S1-35: status, created_at, novela, job, place, conversation, key, type and session are indexed."""
    found = await lot.database.fetch_all("select tablename as t, indexdef as d from pg_indexes")
    indexed = {(row["t"], row["d"].partition("(")[2].rstrip(")")) for row in found}
    promised = {
        ("novelas", "status"), ("novelas", "created_at"), ("novela_videos", "novela_id"),
        ("novela_videos", "job_id"), ("novela_videos", "status"), ("novela_videos", "created_at"),
        ("novela_videos", "episode_number, scene_number"), ("agent_messages", "conversation_id, ordinal"),
        ("agent_messages", "novela_id"), ("agent_messages", "created_at"), ("media_library", "s3_key"),
        ("media_library", "novela_id"), ("media_library", "job_id"), ("media_library", "media_type"),
        ("media_library", "created_at"), ("user_chat_messages", "session_id, created_at"),
    }  # fmt: skip
    assert promised <= indexed


def test_a_conversation_is_named_after_its_scene() -> None:
    assert conversation_id("p", 2) == "p:scene-2"
    assert conversation_id("p") == "p:plan"
