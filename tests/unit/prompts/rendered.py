"""What models are told about the micro-episode, word for word, in `rendered/*.txt`.

`python -m tests.unit.prompts.rendered` writes the files anew; read what changed before you commit it.
"""

from collections.abc import Callable
from pathlib import Path

from nodes.agents.fallback_handler import FallbackHandler
from nodes.agents.script_writer import SceneWriter, SeriesPlanner, ShotReviser
from nodes.agents.system_integrator import SystemIntegrator
from prompts import RenderedPrompt
from state.writing import PlanSeriesInput, SceneDraft
from tests.fake_models import Parrot, Recorder
from tests.unit.nodes.agents.answers import a_scene, plan_question, scene_question, the_micro_plan
from tests.unit.nodes.agents.test_change_answers import a_note
from tests.unit.nodes.agents.test_reports_and_advice import BAD, a_check

FOLDER = Path(__file__).with_name("rendered")


def _first_plan() -> RenderedPrompt:
    return SeriesPlanner(Parrot(), Recorder()).prompt(plan_question())


def _second_plan() -> RenderedPrompt:
    brief = plan_question(target_episodes=2, episode_number=2).brief
    return SeriesPlanner(Parrot(), Recorder()).prompt(PlanSeriesInput(brief=brief, known=the_micro_plan()))


def _first_scene() -> RenderedPrompt:
    return SceneWriter(Parrot(), Recorder()).prompt(scene_question())


def _second_scene() -> RenderedPrompt:
    writer = SceneWriter(Parrot(), Recorder())
    first = SceneDraft.model_validate(writer.complete(scene_question(), a_scene())).scene
    outline = scene_question().outline.model_copy(update={"number": 2})
    advice = "The model refused the word blood: tell it by its effect."
    draft = first.model_copy(update={"number": 2})
    return writer.prompt(scene_question(outline=outline, previous_scenes=[first], draft=draft, advice=advice))


def _change() -> RenderedPrompt:
    return ShotReviser(Parrot(), Recorder()).prompt(a_note())


def _check() -> RenderedPrompt:
    return SystemIntegrator(Parrot(), Recorder()).prompt(a_check())


def _advice() -> RenderedPrompt:
    return FallbackHandler(Parrot(), Recorder()).prompt(BAD)


RENDERED: dict[str, Callable[[], RenderedPrompt]] = {
    "plan": _first_plan, "second_plan": _second_plan, "scene": _first_scene, "second_scene": _second_scene,
    "change": _change, "check": _check, "advice": _advice,
}  # fmt: skip


def rendered(name: str) -> str:
    """System words and task, as a model gets them."""
    prompt = RENDERED[name]()
    return f"{prompt.system}\n\n{'=' * 40}\n\n{prompt.text}\n"


if __name__ == "__main__":
    for each in RENDERED:
        (FOLDER / f"{each}.txt").write_text(rendered(each), "utf-8")
