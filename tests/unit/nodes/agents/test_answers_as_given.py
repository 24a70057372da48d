"""Agents over the seam to live models: fences, tools, cuts, and an episode that the graph's checks accept."""

import json
from dataclasses import dataclass, field
from typing import Any

import pytest

from nodes.agents.scene_check import check_scene
from nodes.agents.script_writer import SceneWriter, SeriesPlanner
from nodes.screenplay.own_narrator import with_narrator
from nodes.screenplay.own_scenes import with_own_scenes
from state.brief import NovelaBrief
from state.errors import AnswerUnusable
from state.order import Usage
from state.writing import CheckSceneInput, PlanSeriesInput, SceneDraft, WriteSceneInput
from tests.fake_models import Recorder
from tests.unit.nodes.agents.answers import KEY, ROOT, a_scene, an_answer, scene_question
from tools.models.catalog import TextModelCard, text_card
from tools.models.live.asked import Asked, Reply, ToolCall
from tools.models.live.model import LiveModel
from tools.screenplay.own_material import own_material
from tools.screenplay.seconds import scene_seconds

LIMIT = 2000


@dataclass
class Vendor:
    """The line to a model that gives its replies in order."""

    replies: list[Reply]
    card: TextModelCard = field(default_factory=lambda: text_card("gpt-5"))
    asked: list[Asked] = field(default_factory=list)

    async def ask(self, asked: Asked, *_: Any) -> Reply:
        self.asked.append(asked)
        return self.replies.pop(0)


def said(text: str, **more: Any) -> Reply:
    return Reply(**{"text": text, "finish": "stop", "usage": Usage(completion_tokens=10), **more})


def model_of(*replies: Reply) -> tuple[Any, Vendor]:
    vendor = Vendor(list(replies))
    line: Any = vendor
    return LiveModel(line), vendor


GOOD = json.dumps(a_scene(), ensure_ascii=False)


@pytest.mark.parametrize("text", [GOOD, f"```json\n{GOOD}\n```", f"```\n{GOOD}\n```", f"\n{GOOD}\n"])
async def test_json_is_read_with_and_without_a_fence(text: str):
    model, vendor = model_of(said(text))
    draft = await SceneWriter(model, Recorder()).run(scene_question(), key=KEY)
    assert (len(draft.scene.shots), len(vendor.asked)) == (3, 1)


async def test_a_model_may_ask_for_what_code_knows_and_then_answers():
    wanted = {"sceneNumber": 1, "sceneDescription": "The key.", "modelId": "veo-3.1"}
    calls = (
        ToolCall(id="1", name="generate_scene_prompt", arguments=wanted),
        ToolCall(id="2", name="generate_scene_prompt", arguments={"sceneNumber": "one"}),
    )
    model, vendor = model_of(said("", finish="tool_calls", tool_calls=calls), said(GOOD))
    await SceneWriter(model, Recorder()).run(scene_question(), key=KEY)
    first, second = (json.loads(result.text) for result in vendor.asked[1].turns[0].results)
    assert first["maxWords"] == 15
    assert "modelId: Field required" in second["error"]


async def test_a_cut_answer_has_twice_the_room_the_second_time():
    model, vendor = model_of(said(GOOD[:500], finish="length"), said(GOOD))
    await SceneWriter(model, Recorder()).run(scene_question(), key=KEY)
    assert [one.max_tokens for one in vendor.asked] == [LIMIT, 2 * LIMIT]


async def test_prose_is_asked_for_again_and_then_refused():
    model, vendor = model_of(said("Sure! Here is your scene."), said("It is above."))
    with pytest.raises(AnswerUnusable, match="no JSON"):
        await SceneWriter(model, Recorder()).run(scene_question(), key=KEY)
    assert "it is no JSON" in vendor.asked[1].text


def the_brief(name: str) -> NovelaBrief:
    text = (ROOT / "examples" / name).read_text("utf-8")
    return own_material(NovelaBrief.model_validate_json(text), 150)


async def first_scene_of(example: str, answers: str) -> tuple[WriteSceneInput, SceneDraft]:
    """Planned and written as the graph does, by a model that gives the hand-written answers."""
    brief, recorder = the_brief(example), Recorder()
    model, _ = model_of(
        said(json.dumps(an_answer(f"{answers}_plan"))), said(json.dumps(an_answer(f"{answers}_scene_1")))
    )
    planned = await SeriesPlanner(model, recorder).run(PlanSeriesInput(brief=brief), key=KEY)
    plan = with_own_scenes(with_narrator(planned, brief, known=None), brief)
    outlines = plan.episodes[0].scenes
    told = {one.number: len(one.summary.split()) for one in outlines}
    question = WriteSceneInput(
        brief=brief, plan=plan, outline=outlines[0], seconds=scene_seconds(brief, 150, told=told)[1],
        shots=brief.shots_per_scene,
    )  # fmt: skip
    key = KEY.__class__(production_id="p1", stage="script", item="first")
    return question, await SceneWriter(model, recorder).run(question, key=key)


@pytest.mark.parametrize(("example", "answers"), [("micro.json", "micro"), ("novela.json", "demo")])
async def test_a_hand_written_episode_is_one_that_the_checks_accept(example: str, answers: str):
    question, draft = await first_scene_of(example, answers)
    asked = CheckSceneInput(scene=draft.scene, model_id=draft.scene.model_id, parameters=draft.parameters)
    assert check_scene(asked).errors == []
    length = sum(shot.duration_s for shot in draft.scene.shots)
    assert length == pytest.approx(question.seconds, abs=1 / 24)
    assert max(shot.duration_s for shot in draft.scene.shots) <= question.brief.duration


@pytest.mark.parametrize("name", ["micro_plan", "micro_scene_1", "demo_plan", "demo_scene_1"])
def test_an_answer_fits_its_limit(name: str):
    """At four letters a token; a whole scene takes 2,565 to 3,412."""
    assert len(json.dumps(an_answer(name), ensure_ascii=False)) / 4 < 0.55 * LIMIT
