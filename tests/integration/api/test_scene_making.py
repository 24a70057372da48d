"""S1-28, S1-30, S1-40, S1-47, S1-48, S1-55 to S1-57: making scenes through gates."""

import asyncio
from typing import Any

import psycopg
import pytest

from state.cost import Money
from state.events import SceneFailed, SceneProgress
from tests.integration.api.conftest import Lot
from tests.integration.api.making import SCENE, a_novela, done, planned, projected, started, tell


async def begin(lot: Lot, **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    novela = await a_novela(lot.client)
    answer = await lot.client.post(f"/api/novelas/{novela['id']}/generate-video", json={**SCENE, **more})
    assert answer.status_code == 202, answer.text
    return novela, answer.json()["data"]


async def generate(lot: Lot, novela: dict[str, Any], scene: int, **more: Any) -> Any:
    sent = {**SCENE, "sceneNumber": scene, **more}
    return await lot.client.post(f"/api/novelas/{novela['id']}/generate-video", json=sent)


async def regenerate(lot: Lot, novela: dict[str, Any], video_id: str, **sent: Any) -> Any:
    return await lot.client.post(f"/api/novelas/{novela['id']}/videos/{video_id}/regenerate", json=sent)


async def test_the_first_scene_starts_the_episode_and_answers_five_fields(lot: Lot) -> None:
    novela, made = await begin(lot, characters=["Marta"])
    assert set(made) >= {"videoId", "jobId", "estimatedCost", "estimatedTime", "agentConversationId"}
    assert made["estimatedCost"] == 1.2  # 8 s at $0.15, the price of 1080p
    assert made["estimatedTime"] == 15
    [(verb, asked)] = lot.runs.calls
    assert (verb, asked["graph"], asked["episode_number"]) == ("start", "novela", 1)
    assert asked["brief"]["scenes"][0]["description"] == SCENE["sceneDescription"]
    assert asked["brief"]["master_seed"] == novela["masterSeed"]
    after = (await lot.client.get(f"/api/novelas/{novela['id']}")).json()["data"]
    assert after["status"] == "in_progress"
    assert [video["status"] for video in after["videos"]] == ["pending"]


async def test_an_override_beats_the_novelas_defaults(lot: Lot) -> None:
    _, made = await begin(
        lot, modelOverride="veo-3.1-fast", parametersOverride={"duration": 4, "resolution": "720p"}
    )
    video = (await lot.client.get(f"/api/videos/{made['videoId']}")).json()["data"]
    assert video["modelId"] == "veo-3.1-fast"
    assert video["modelParameters"] == {"duration": 4, "resolution": "720p", "aspect_ratio": "16:9"}
    assert made["estimatedCost"] == 0.24  # 4 s at $0.06
    assert lot.runs.calls[0][1]["brief"]["scenes"][0]["model_id"] == "veo-3.1-fast"


async def test_the_first_scene_says_who_writes_the_episode(lot: Lot) -> None:
    said = {"text_model": "live", "text_models": {"script_writer": "gpt-5"}, "text_allowance_usd": "0.50"}
    await begin(lot, context=said)
    kept = lot.runs.calls[0][1]["context"]
    assert kept | said == kept
    assert (kept["user_id"], kept["ceiling_usd"], kept["text_fallbacks"]) == ("local", "25.00", {})


@pytest.mark.parametrize(
    ("context", "field"),
    [({"text_model": "gpt-6"}, "context.text_model"), ({"writer": "gpt-5"}, "context.writer"),
     ({"text_models": {"director": "gpt-5"}}, "context.text_models.director"),
     ({"text_fallbacks": {"script_writer": "own/gpt-4o"}}, "context.text_fallbacks.script_writer"),
     ({"text_allowance_usd": "much"}, "context.text_allowance_usd"),
     ({"user_id": "ana"}, "context.user_id")],
)  # fmt: skip
async def test_a_wrong_knob_is_named_and_starts_nothing(
    lot: Lot, context: dict[str, Any], field: str
) -> None:
    novela = await a_novela(lot.client)
    answer = await generate(lot, novela, 1, context=context)
    assert (answer.status_code, field in answer.json()["error"]["message"]) == (422, True)
    assert await lot.database.fetch_all("select 1 from productions") == []


async def test_an_episode_that_has_begun_takes_no_other_knobs(lot: Lot) -> None:
    novela, made = await begin(lot)
    await lot.client.post(f"/api/productions/{made['productionId']}/cancel")
    refused = await generate(lot, novela, 1, context={"text_model": "live"})
    assert (refused.status_code, refused.json()["error"]["details"]["fields"][0]["field"]) == (422, "context")
    assert [verb for verb, _ in lot.runs.calls] == ["start", "cancel"]
    assert (await generate(lot, novela, 1)).status_code == 202, "the control"


async def test_parameters_that_the_model_does_not_offer_start_nothing(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    answer = await generate(lot, novela, 1, modelOverride="veo-3.1", parametersOverride={"duration": 5})
    assert answer.status_code == 422
    assert "allowed are 4, 6, 8" in answer.json()["error"]["message"]
    assert lot.runs.calls == []


async def test_asking_for_the_same_scene_again_is_a_conflict(lot: Lot) -> None:
    novela, made = await begin(lot)
    answer = await generate(lot, novela, 1)
    assert answer.status_code == 409
    rows = await lot.database.fetch_all("select id from novela_videos")
    assert [str(row["id"]) for row in rows] == [made["videoId"]]


async def test_two_requests_at_once_start_one_episode(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    answers = await asyncio.gather(*(generate(lot, novela, 1) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [202, 409, 409, 409]
    assert await lot.database.fetch_one("select count(*) as n from productions") == {"n": 1}
    assert await lot.database.fetch_one("select count(*) as n from novela_videos") == {"n": 1}


async def test_the_table_itself_refuses_a_second_scene_at_a_place(lot: Lot) -> None:
    novela, _ = await begin(lot)
    columns = "user_id, novela_id, episode_number, scene_number"
    insert = f"insert into novela_videos ({columns}) values ('local', %s, 1, 1)"  # our own names
    with pytest.raises(psycopg.errors.UniqueViolation):
        await lot.database.execute(insert, [novela["id"]])


async def test_scenes_are_made_in_order(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    answer = await generate(lot, novela, 2)
    assert answer.status_code == 409
    assert answer.json()["error"]["details"] == {"nextScene": 1}


async def test_a_paused_novela_makes_nothing(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    await lot.client.put(f"/api/novelas/{novela['id']}", json={"status": "paused"})
    assert (await generate(lot, novela, 1)).status_code == 409
    assert lot.runs.calls == []


async def test_an_episode_beyond_the_plan_is_refused(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    answer = await generate(lot, novela, 1, episodeNumber=4)
    assert answer.status_code == 422
    assert "3 episodes" in answer.json()["error"]["message"]


async def test_a_budget_is_approved_only_by_its_quote(lot: Lot) -> None:
    novela, made = await begin(lot)
    quote = {"quote_id": "q1", "edition": "2025-10", "total": Money.usd("1.20").model_dump()}
    await lot.runs.open_gate(made["productionId"], "approve_budget", "budget", quote=quote)
    for wrong in ({}, {"quoteId": "q0"}):
        refused = await generate(lot, novela, 1, **wrong)
        assert refused.status_code == 422
        assert refused.json()["error"]["details"] == {
            "quoteId": "q1",
            "total": "$1.20",
            "gate": "approve_budget",
        }
    assert [verb for verb, _ in lot.runs.calls] == ["start"]
    assert (await generate(lot, novela, 1, quoteId="q1")).status_code == 202
    assert lot.runs.calls[-1][1]["reply"]["quote_id"] == "q1"


@pytest.mark.parametrize(("most", "status"), [(Money(), 202), (Money(micros=1), 422)])
async def test_a_budget_of_nothing_needs_no_quote_unless_it_can_become_more(
    lot: Lot, most: Money, status: int
) -> None:
    novela, made = await begin(lot)
    quote = {"quote_id": "q1", "edition": "2025-10", "total": {"micros": 0}, "ceiling": most.model_dump()}
    await lot.runs.open_gate(made["productionId"], "approve_budget", "budget", quote=quote)
    assert (await generate(lot, novela, 1)).status_code == status
    replies = [call["reply"]["quote_id"] for verb, call in lot.runs.calls if verb == "answer"]
    assert replies == (["q1"] if status == 202 else [])


async def test_asking_for_the_next_scene_answers_the_review_green(lot: Lot) -> None:
    novela, made = await begin(lot)
    await tell(lot, made["productionId"], planned(2), done(1))
    await lot.runs.open_gate(made["productionId"], "review_scene", "scene-1")
    answer = await generate(lot, novela, 2, sceneDescription="The daughter comes in.")
    assert answer.status_code == 202
    reply = lot.runs.calls[-1][1]["reply"]
    assert reply["items"]["scene-1"]["light"] == "GREEN"
    assert reply["items"]["scene-1"]["note"] == "The daughter comes in."
    assert answer.json()["data"]["videoId"] != made["videoId"]


async def test_regenerate_with_words_is_yellow_and_without_is_red(lot: Lot) -> None:
    novela, made = await begin(lot)
    await tell(lot, made["productionId"], done(1))
    for sent, light in (({"modifications": "Closer."}, "YELLOW"), ({}, "RED")):
        await lot.runs.open_gate(made["productionId"], "review_scene", "scene-1")
        answer = await regenerate(lot, novela, made["videoId"], **sent)
        assert answer.status_code == 202
        assert lot.runs.calls[-1][1]["reply"]["items"]["scene-1"]["light"] == light


async def test_regenerate_carries_its_overrides_to_the_gate(lot: Lot) -> None:
    novela, made = await begin(lot)
    await tell(lot, made["productionId"], done(1))
    await lot.runs.open_gate(made["productionId"], "review_scene", "scene-1")
    sent = {"modelOverride": "veo-3.1", "parametersOverride": {"duration": 6}}
    answer = await regenerate(lot, novela, made["videoId"], modifications="Closer.", **sent)
    item = lot.runs.calls[-1][1]["reply"]["items"]["scene-1"]
    assert (item["model_override"], item["parameters_override"]) == ("veo-3.1", {"duration": 6})
    assert answer.json()["data"]["estimatedCost"] == 0.72  # 6 s at $0.12


async def test_a_scene_without_an_open_review_cannot_be_regenerated(lot: Lot) -> None:
    novela, made = await begin(lot)
    await tell(lot, made["productionId"], done(1))
    assert (await regenerate(lot, novela, made["videoId"])).status_code == 409
    await lot.runs.open_gate(made["productionId"], "review_scene", "scene-2")
    answer = await regenerate(lot, novela, made["videoId"])
    assert answer.status_code == 409
    assert "scene-2" in answer.json()["error"]["message"]


async def test_two_made_and_one_regenerated_count_as_two_and_cost_as_three(lot: Lot) -> None:
    """S1-28, S1-42, S1-48: same place, a new job, both costs kept."""
    novela, made = await begin(lot)
    production = made["productionId"]
    await tell(lot, production, done(1, call_key="a"), done(2, call_key="b"))
    await tell(lot, production, started(1, call_key="c"), done(1, call_key="c", actual_usd="0.90"))
    after = (await lot.client.get(f"/api/novelas/{novela['id']}")).json()["data"]
    assert (after["createdVideos"], after["totalCost"]) == (2, 3.3)
    video = (await lot.client.get(f"/api/videos/{made['videoId']}")).json()["data"]
    assert (video["episodeNumber"], video["sceneNumber"], video["jobId"], video["takes"]) == (1, 1, "c", 2)
    assert (video["actualCost"], video["totalCost"]) == (0.9, 2.1)
    assert [take["jobId"] for take in video["history"]] == ["a", "c"]


async def test_a_finished_scene_has_every_field_filled(lot: Lot) -> None:
    _, made = await begin(lot)
    await tell(lot, made["productionId"], planned(), started(), done())
    video = (await lot.client.get(f"/api/videos/{made['videoId']}")).json()["data"]
    empty = {name for name, value in video.items() if value in (None, "", {})}
    assert empty == {"error"}
    assert (video["status"], video["replicateStatus"], video["progress"]) == ("completed", "succeeded", 100)


async def test_the_status_is_polled_from_pending_to_completed(lot: Lot) -> None:
    _, made = await begin(lot)
    production, url = made["productionId"], f"/api/videos/{made['videoId']}/status"
    seen = [(await lot.client.get(url)).json()["data"]]
    for step in (started(), SceneProgress(episode=1, scene=1, progress=0.5), done()):
        await tell(lot, production, step)
        seen.append((await lot.client.get(url)).json()["data"])
    assert [(view["status"], view["progress"]) for view in seen] == [
        ("pending", 0), ("generating", 0), ("generating", 50), ("completed", 100),
    ]  # fmt: skip
    assert seen[0]["outputUrl"] is None
    assert "signature=" in seen[-1]["outputUrl"]


async def test_a_failed_video_says_what_went_wrong_and_what_to_do(lot: Lot) -> None:
    _, made = await begin(lot)
    failed = SceneFailed(
        episode=1, scene=1, code="provider_refused", message="The words were refused.",
        user_action="Change the words.", actual_usd="0.10",
    )  # fmt: skip
    await tell(lot, made["productionId"], started(), failed)
    status = (await lot.client.get(f"/api/videos/{made['videoId']}/status")).json()["data"]
    assert status["status"] == "failed"
    assert status["error"] == {
        "code": "provider_refused",
        "userMessage": "The words were refused.",
        "suggestion": "Change the words.",
    }
    assert "Traceback" not in str(status)
    novela = (await lot.client.get("/api/novelas")).json()["data"][0]
    assert (novela["createdVideos"], novela["totalCost"]) == (0, 0.1)


async def test_a_run_that_failed_leaves_no_scene_generating(lot: Lot) -> None:
    _, made = await begin(lot)
    await tell(lot, made["productionId"], started())
    await lot.hand.tell(made["productionId"], "lifecycle", {"event": "failed", "status": "failed"})
    await projected(lot, made["productionId"])
    status = (await lot.client.get(f"/api/videos/{made['videoId']}/status")).json()["data"]
    assert (status["status"], status["error"]["code"]) == ("failed", "run_ended")


async def test_a_failed_episode_is_resumed_by_asking_for_its_next_scene(lot: Lot) -> None:
    novela, made = await begin(lot)
    await lot.runs.set(made["productionId"], status="failed", interrupts=[])
    assert (await generate(lot, novela, 1)).status_code == 202
    assert lot.runs.calls[-1] == ("resume", {"user_id": "local", "production_id": made["productionId"]})


@pytest.mark.parametrize("under_way", [False, True])
async def test_an_episode_that_stopped_without_a_question_is_resumed_in_the_same_way(
    lot: Lot, under_way: bool
) -> None:
    """No key, no money, a vendor that is busy: it pauses, also in the middle of a scene, and asks nothing."""
    novela, made = await begin(lot)
    if under_way:
        await tell(lot, made["productionId"], started())
    assert (await generate(lot, novela, 1)).status_code == 409, "it runs"
    await lot.runs.set(made["productionId"], status="paused", interrupts=[])
    again = await generate(lot, novela, 1)
    assert again.status_code == 202, again.text
    assert again.json()["data"]["videoId"] == made["videoId"]
    assert lot.runs.calls[-1] == ("resume", {"user_id": "local", "production_id": made["productionId"]})


async def test_another_novelas_video_is_not_found(lot: Lot) -> None:
    _, made = await begin(lot)
    other = await a_novela(lot.client)
    assert (await regenerate(lot, other, made["videoId"])).status_code == 404
