"""D-05, C18, C26: starting, reading, answering, cancelling; what is refused and how."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from server.api.productions import EXAMPLE_BRIEF
from state.cost import Money
from tests.integration.api.conftest import Lot
from tests.integration.api.making import SCENE, a_clip, a_novela, a_production, mastered
from tests.media_files import picture

START = {"graph": "novela", "brief": EXAMPLE_BRIEF}


async def start(lot: Lot, **more: Any) -> dict[str, Any]:
    answer = await lot.client.post("/api/productions", json={**START, **more})
    assert answer.status_code == 202, answer.text
    accepted: dict[str, Any] = answer.json()["data"]
    return accepted


async def test_a_start_is_stored_before_it_is_answered(lot: Lot) -> None:
    accepted = await start(lot, context={"review": "auto", "ceiling_usd": "3.50"})
    state = await lot.runs.state(user_id="local", production_id=accepted["productionId"])
    assert (state.status, state.runs[0]["run_id"]) == ("queued", accepted["runId"])
    assert state.brief["scenes_per_episode"] == 2
    assert (state.context["review"], state.context["user_id"]) == ("auto", "local")
    for link in accepted["links"].values():
        assert link.startswith(f"/api/productions/{accepted['productionId']}")


async def test_the_same_idempotency_key_starts_once(lot: Lot) -> None:
    headers = {"Idempotency-Key": "once"}
    answers = [await lot.client.post("/api/productions", json=START, headers=headers) for _ in range(2)]
    first, second = (answer.json()["data"] for answer in answers)
    assert (first["productionId"], first["runId"]) == (second["productionId"], second["runId"])
    assert (first["repeated"], second["repeated"]) == (False, True)


@pytest.mark.parametrize(("sent", "kept"), [({}, 0), ({"priority": "low"}, -1), ({"priority": "high"}, 1)])
async def test_a_priority_is_kept(lot: Lot, sent: dict[str, str], kept: int) -> None:
    made = await lot.client.post("/api/productions", json={**START, **sent})
    assert made.status_code == 202, made.text
    row = await lot.database.fetch_one("select priority from productions")
    assert row == {"priority": kept}


async def test_another_priority_is_refused_with_those_there_are(lot: Lot) -> None:
    for sent in ("urgent", 2, None):
        answer = await lot.client.post("/api/productions", json={**START, "priority": sent})
        assert answer.status_code == 422
        [field] = answer.json()["error"]["details"]["fields"]
        assert field["field"] == "priority"
        assert "'low', 'normal' or 'high'" in field["fix"]
    assert await lot.database.fetch_all("select 1 from productions") == []


async def test_an_unknown_graph_is_answered_with_those_we_have(lot: Lot) -> None:
    answer = await lot.client.post("/api/productions", json={**START, "graph": "opera"})
    assert answer.status_code == 422
    assert "known are novela" in answer.json()["error"]["message"]


async def test_every_wrong_field_of_a_brief_is_named_with_its_fix(lot: Lot) -> None:
    wrong = {"description": "", "language": "xx", "colour": "red"}
    answer = await lot.client.post("/api/productions", json={"graph": "novela", "brief": wrong})
    error = answer.json()["error"]
    assert answer.status_code == 422
    assert error["code"] == "brief_incomplete"
    fixes = {field["field"]: field["fix"] for field in error["details"]["fields"]}
    assert set(fixes) == {"brief.title", "brief.description", "brief.language", "brief.colour"}
    assert fixes["brief.title"] == "Add `brief.title`."
    assert "'en', 'es' or 'pt-BR'" in fixes["brief.language"]


async def test_unknown_models_and_knobs_are_refused_by_name(lot: Lot) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"brief": {**EXAMPLE_BRIEF, "model_id": "sora"}}, "brief.model_id"),
        ({"context": {"reviews": "auto"}}, "context.reviews"),
        ({"context": {"review": "maybe"}}, "context.review"),
        ({"context": {"user_id": "other"}}, "context.user_id"),
        ({"context": {"text_model": "gpt-6"}}, "context.text_model"),
        ({"context": {"tier": "premium"}}, "context.tier"),
        ({"context": {"tier": "draft", "text_model": "gpt-5"}}, "context.text_model"),
        ({"context": {"text_models": {"director": "gpt-5"}}}, "context.text_models.director"),
        (
            {"context": {"text_fallbacks": {"script_writer": "gpt-4o"}}},
            "context.text_fallbacks.script_writer",
        ),
        ({"surprise": 1}, "surprise"),
    ]
    for more, field in cases:
        answer = await lot.client.post("/api/productions", json={**START, **more})
        assert answer.status_code == 422
        assert field in answer.json()["error"]["message"]
    assert lot.runs.calls == []


async def test_live_is_refused_where_its_model_is(lot: Lot) -> None:
    """A house that was opened without the checks of a start."""
    wrong = replace(lot.house, settings=lot.house.settings.model_copy(update={"openai_model": "gpt-4o"}))
    lot.app.state.house = wrong
    novela = await a_novela(lot.client)
    asked = {"context": {"text_model": "live"}}
    for path, body in {
        "/api/productions": START,
        f"/api/novelas/{novela['id']}/generate-video": SCENE,
    }.items():
        answer = await lot.client.post(path, json={**body, **asked})
        error = answer.json()["error"]
        assert (answer.status_code, error["details"]["fields"][0]["field"]) == (422, "context.text_model")
        assert "GPT-4 family" in error["message"]
    assert lot.runs.calls == []


async def test_a_brief_and_an_answer_are_stored_clean(lot: Lot) -> None:
    script = " INT. KITCHEN - NIGHT\r\n\r\nMARTA\x00\r\nIt is\x1b his hand.\r\n"
    accepted = await start(lot, brief={**EXAMPLE_BRIEF, "title": "\x07T\x7f ", "script": script})
    production = accepted["productionId"]
    brief = (await lot.runs.state(user_id="local", production_id=production)).brief
    assert brief["script"] == "INT. KITCHEN - NIGHT\n\nMARTA\nIt is his hand."
    assert brief["title"] == "T"
    await lot.runs.open_gate(production, "review_storyboard", "1A")
    reply = {"items": {"1A": {"light": "YELLOW", "note": "\x00 Closer.\r\nAnd slower.\x1b "}}}
    answer = await lot.client.post(f"/api/productions/{production}/answer", json={"reply": reply})
    assert answer.status_code == 202, answer.text
    assert lot.runs.calls[-1][1]["reply"]["items"]["1A"]["note"] == "Closer.\nAnd slower."


async def test_an_episode_may_be_started_for_a_novela_of_ones_own(lot: Lot) -> None:
    novela = (await a_novela(lot.client))["id"]
    await start(lot, novelaId=novela)
    assert lot.runs.calls[-1][1]["novela_id"] == novela
    await lot.database.execute("insert into users (user_id) values ('other') on conflict do nothing")
    await lot.database.execute("update novelas set user_id = 'other'")
    for foreign in (novela, "not-an-id"):
        answer = await lot.client.post("/api/productions", json={**START, "novelaId": foreign})
        assert answer.status_code == 404


async def test_broken_json_a_wrong_type_and_a_huge_body_are_refused(lot: Lot) -> None:
    headers = {"content-type": "application/json"}
    bodies = {b"{": 422, b"[1]": 422, b"[" * 5000: 422, b'{"a":"' + b"x" * 1_100_000 + b'"}': 413}
    for body, status in bodies.items():
        answer = await lot.client.post("/api/productions", content=body, headers=headers)
        assert answer.status_code == status
        assert answer.json()["success"] is False
        assert "Traceback" not in answer.text


async def test_an_open_gate_shows_its_question_its_pictures_and_its_schema(lot: Lot) -> None:
    production = (await start(lot))["productionId"]
    items = [{"item": "1A", "title": "1A", "media": a_clip("panel", mime="image/png").model_dump()}]
    gate = await lot.runs.open_gate(production, "review_storyboard", items=items)
    detail = (await lot.client.get(f"/api/productions/{production}")).json()["data"]
    [shown] = detail["gates"]
    assert detail["status"] == "paused"
    assert (shown["interruptId"], shown["gate"]) == (gate, "review_storyboard")
    assert "signature=" in shown["request"]["items"][0]["url"]
    assert shown["responseSchema"]["title"] == "ReviewReply"


async def test_an_answer_is_taken_once_and_the_second_is_409(lot: Lot) -> None:
    production = (await start(lot))["productionId"]
    gate = await lot.runs.open_gate(production, "review_storyboard", "1A")
    url = f"/api/productions/{production}/answer"
    replies: list[dict[str, Any]] = [
        {"approve_all": True},
        {"items": {"1A": {"light": "YELLOW", "note": "Closer."}}},
    ]
    answers = await asyncio.gather(
        *(lot.client.post(url, json={"interrupt_id": gate, "reply": reply}) for reply in replies)
    )
    assert sorted(answer.status_code for answer in answers) == [202, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refused.json()["error"]["code"] == "stale_review"


async def test_an_answer_of_the_wrong_shape_leaves_the_gate_open(lot: Lot) -> None:
    production = (await start(lot))["productionId"]
    await lot.runs.open_gate(production, "review_storyboard", "1A")
    url = f"/api/productions/{production}/answer"
    for reply in ({}, {"items": {"1A": {"light": "YELLOW"}}}, {"items": {"1A": {"light": "BLUE"}}}, {"x": 1}):
        answer = await lot.client.post(url, json={"reply": reply})
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == "review_refused"
    assert (await lot.client.post(url, json={"reply": {"approve_all": True}, "x": 1})).status_code == 422
    detail = (await lot.client.get(f"/api/productions/{production}")).json()["data"]
    assert len(detail["gates"]) == 1


async def test_cancel_and_resume(lot: Lot) -> None:
    production = (await start(lot))["productionId"]
    url = f"/api/productions/{production}"
    assert (await lot.client.post(f"{url}/resume")).status_code == 409
    assert (await lot.client.post(f"{url}/cancel")).status_code == 200
    assert (await lot.client.get(url)).json()["data"]["status"] == "cancelled"
    assert (await lot.client.post(f"{url}/resume")).status_code == 202
    assert (await lot.client.get(url)).json()["data"]["status"] == "queued"


STOPPED: dict[str, Any] = {"status": "paused", "interrupts": []}
"""As where a language model could not be had."""


async def kept(lot: Lot, production: str) -> list[dict[str, Any]]:
    """The production and its runs as they are written down."""
    asked = "select to_jsonb(t) as row from {} t where production_id = %s order by 1"
    found = [await lot.database.fetch_all(asked.format(one), [production]) for one in ("productions", "runs")]
    return [row["row"] for rows in found for row in rows]


async def test_a_production_goes_on_with_other_models(lot: Lot) -> None:
    said = {"text_model": "gpt-5", "text_models": {"script_writer": "gpt-5-mini"}, "review": "auto"}
    production = (await start(lot, context=said))["productionId"]
    await lot.runs.set(production, **STOPPED)
    before = (await kept(lot, production))[0]["context"]
    other = {"text_model": "deepseek-chat", "text_models": {}, "text_fallbacks": {"script_writer": "gpt-5"}}
    answer = await lot.client.post(f"/api/productions/{production}/resume", json={"context": other})
    assert answer.status_code == 202, answer.text
    assert (await kept(lot, production))[0]["context"] == {**before, **other}


@pytest.mark.parametrize(
    ("context", "field"),
    [({"text_model": "gpt-6"}, "context.text_model"), ({"text_model": "own/gpt_4o"}, "context.text_model"),
     ({"text_models": {"director": "gpt-5"}}, "context.text_models.director"),
     ({"text_fallbacks": {"script_writer": "live"}}, "context.text_fallbacks.script_writer"),
     ({"text_model": 5}, "context.text_model"), ({"writer": "gpt-5"}, "context.writer"),
     *(({"text_model": "gpt-5", name: value}, f"context.{name}") for name, value in {
         "review": "auto", "ceiling_usd": "99.00", "preproduction_usd": "9.00", "auto_approve_usd": "9.00",
         "words_per_minute": 200, "max_parallel_takes": 9, "text_allowance_usd": "9.00", "user_id": "ana",
     }.items())],
)  # fmt: skip
async def test_a_resume_names_what_may_not_change_and_changes_nothing(
    lot: Lot, context: dict[str, Any], field: str
) -> None:
    production = (await start(lot))["productionId"]
    await lot.runs.set(production, **STOPPED)
    before = await kept(lot, production)
    answer = await lot.client.post(f"/api/productions/{production}/resume", json={"context": context})
    assert (answer.status_code, field in answer.json()["error"]["message"]) == (422, True), answer.text
    assert await kept(lot, production) == before
    again = await lot.client.post(f"/api/productions/{production}/resume", json={})
    assert again.status_code == 202, "the control: it can be resumed"


async def test_other_models_for_what_runs_are_refused(lot: Lot) -> None:
    production = (await start(lot))["productionId"]
    before, url = await kept(lot, production), f"/api/productions/{production}/resume"
    for body, status in {'{"context": {"text_model": "live"}}': 409, '{"contexts": {}}': 422}.items():
        answer = await lot.client.post(url, content=body, headers={"content-type": "application/json"})
        assert answer.status_code == status
    assert await kept(lot, production) == before


async def test_productions_are_listed_by_status_graph_and_novela(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    await a_production(lot, novela_id=novela["id"])
    await start(lot)
    cancelled = (await start(lot))["productionId"]
    await lot.client.post(f"/api/productions/{cancelled}/cancel")

    async def total(**query: str) -> int:
        body = (await lot.client.get("/api/productions", params=query)).json()
        assert body["pagination"]["total"] == body["pagination"]["total_items"] == len(body["data"])
        return len(body["data"])

    assert await total() == 3
    assert await total(status="cancelled") == 1
    assert await total(graph="ad") == 0
    assert await total(novelaId=novela["id"]) == 1


async def test_a_page_past_the_end_is_empty_and_still_counts(lot: Lot) -> None:
    await start(lot)
    body = (await lot.client.get("/api/productions", params={"page": 9})).json()
    assert (body["data"], body["pagination"]["total"]) == ([], 1)


async def test_deliveries_are_listed_and_can_be_fetched(lot: Lot) -> None:
    """At once, also before the projector has heard: who saw the end in the stream may ask for the master."""
    production = (await start(lot))["productionId"]
    lot.events.on_written = lot.events.tail.on_unlogged = None
    await lot.hand.tell(production, "custom", mastered().as_custom())
    [file] = (await lot.client.get(f"/api/productions/{production}/files")).json()["data"]
    assert (file["name"], file["mime"], file["sizeBytes"]) == ("master.mp4", "video/mp4", 1234)
    assert file["url"].endswith("&name=master.mp4")


async def test_costs_are_summed_over_orders(lot: Lot) -> None:
    production = (await start(lot))["productionId"]
    for number, (state, billed) in enumerate([("done", 1_200_000), ("unknown", 0), ("done", 5)]):
        unknown = 40 if state == "unknown" else 0
        await lot.database.execute(
            "insert into orders (call_key, production_id, user_id, stage, item, cause, take_number, medium,"
            " provider, model, request, request_hash, state, owner_epoch, webhook_token, cost_quoted,"
            " cost_actual, cost_unknown) values (%s, %s, 'local', 'take', %s, 'first', 1, 'video',"
            " 'replicate', 'm', '{}', 'h', %s, 1, %s, 1200000, %s, %s)",
            [f"k{number}", production, f"{number}A", state, f"t{number}", billed, unknown],
        )
    costs = (await lot.client.get(f"/api/productions/{production}/costs")).json()["data"]
    sums = {name: costs[name] for name in ("quoted", "billed", "unknown", "reserved", "ceiling")}
    assert sums == {
        "quoted": "3.60", "billed": "1.200005", "unknown": "0.00004", "reserved": "0.00", "ceiling": "25.00",
    }  # fmt: skip
    assert [call["item"] for call in costs["calls"]] == ["0A", "1A", "2A"]
    assert Money.usd("1.200005").micros == 1_200_005


async def test_health_says_which_part_is_down(lot: Lot) -> None:
    body = (await lot.client.get("/health")).json()
    assert body == {
        "ok": True, "status": "ok", "version": "0.1.0", "api": "ok", "database": "ok", "queue": "ok",
        "session_store": "ok", "media_store": "folder", "spending": "open", "workers": 8,
        "text_model": {"name": "gpt-5", "state": "unknown"}, "problems": {},
    }  # fmt: skip
    await lot.database.close()
    down = await lot.client.get("/health")
    assert (down.status_code, down.json()["database"], down.json()["ok"]) == (503, "down", False)


async def test_a_database_that_is_down_is_one_sentence(lot: Lot) -> None:
    await lot.client.get("/api/session")
    await lot.database.close()
    answer = await lot.client.get("/api/novelas")
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "database_down"
    assert answer.json()["error"]["retryable"] is True


async def test_a_brief_with_own_material_that_cannot_be_made_starts_nothing(lot: Lot) -> None:
    """The words of the script, a picture that is none, another user's picture, a production that is none."""
    theirs = (await lot.store.put_bytes(picture(), user_id="other")).key
    text = (await lot.store.put_bytes(b"a,b\n1,2\n", user_id="local")).key
    gone = f"image/local/{'0' * 64}.png"
    shot = {"number": 1, "shots": [{"description": "x", "panel": gone}]}
    for own, field in (
        ({"script": "INT. KITCHEN - DAY\n\nANA\n\nShe leaves."}, "brief.script: line 3: ANA says nothing"),
        ({"scenes": [shot]}, "brief.scenes.0.shots.0.panel: "),
        ({"product": {"name": "Lamp", "picture": theirs}}, "brief.product.picture: there is no such upload"),
        ({"product": {"name": "Lamp", "picture": text}}, "brief.product.picture: this file is no picture"),
        ({"product": {"name": "Lamp", "picture": "../lamp.png"}}, "brief.product.picture: there is no such"),
        ({"previous": "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"}, "brief.previous: there is no production"),
    ):
        brief = {**EXAMPLE_BRIEF, "scenes_per_episode": 1, **own}
        answer = await lot.client.post("/api/productions", json={"graph": "novela", "brief": brief})
        error = answer.json()["error"]
        assert (answer.status_code, error["message"].startswith(field)) == (422, True), error["message"]
        assert error["suggestion"]
    assert lot.runs.calls == []


async def test_an_uploaded_picture_may_be_named_by_its_key(lot: Lot) -> None:
    headers = {"Content-Type": "image/png"}
    sent = await lot.client.post("/api/media?title=The+lamp", content=picture(), headers=headers)
    assert sent.status_code == 201, sent.text
    stored = sent.json()["data"]
    assert (await lot.client.get(stored["url"])).headers["content-type"] == "image/png"
    brief = {**EXAMPLE_BRIEF, "product": {"name": "Lamp", "picture": stored["key"]}}
    await start(lot, brief=brief)
    listed = (await lot.client.get("/api/media?type=image")).json()["data"]
    assert [(row["title"], row["s3Key"]) for row in listed] == [("The lamp", stored["key"])]


async def test_what_is_no_picture_is_not_taken(lot: Lot) -> None:
    for content, kind, status in (
        (b"GIF89a<script>", "image/png", 422),
        (picture(), "text/plain", 422),
        (b"", "image/png", 422),
        (picture()[:-40], "image/png", 422),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 20_000_100, "image/png", 413),
    ):
        answer = await lot.client.post("/api/media", content=content, headers={"Content-Type": kind})
        assert answer.status_code == status, answer.text
        assert answer.json()["error"]["suggestion"]
    assert (await lot.client.get("/api/media")).json()["data"] == []


async def test_a_later_episode_of_a_novela_gets_the_plan_that_is_kept(lot: Lot) -> None:
    novela = (await a_novela(lot.client))["id"]
    await lot.database.execute("""update novelas set plan = '{"title": "kept"}'""")
    for episode, plan in ((1, None), (2, {"title": "kept"})):
        brief = {**EXAMPLE_BRIEF, "target_episodes": 3, "episode_number": episode}
        await start(lot, brief=brief, novelaId=novela)
        assert lot.runs.calls[-1][1]["brief"].get("known_plan") == plan
