"""Whole scripts for tests: briefs in three languages, and the offline writer run as the graph runs it."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from state.brief import NovelaBrief
from state.script import Line, Scene
from state.writing import PlanSeriesInput, SceneDraft, SeriesPlan, WriteSceneInput
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.screenplay.seconds import scene_seconds

STORIES: dict[str, list[dict[str, str]]] = tomllib.loads(
    Path(__file__).with_name("stories.toml").read_text("utf-8")
)


def a_novela_brief(**changes: Any) -> NovelaBrief:
    """A small English drama, valid by default."""
    return NovelaBrief.model_validate({**STORIES["en"][4], **changes})


def story_briefs(**changes: Any) -> list[NovelaBrief]:
    """One brief per story above."""
    return [
        NovelaBrief.model_validate({**row, "language": language, **changes})
        for language, rows in STORIES.items()
        for row in rows
    ]


@dataclass(frozen=True)
class Written:
    """A plan and the scenes of the brief's episode."""

    brief: NovelaBrief
    plan: SeriesPlan
    drafts: list[SceneDraft]
    inputs: list[WriteSceneInput]

    @property
    def scenes(self) -> list[Scene]:
        """The scenes in order."""
        return [draft.scene for draft in self.drafts]

    @property
    def lines(self) -> list[str]:
        """Everything that is said, in order."""
        return [line.text for scene in self.scenes for shot in scene.shots for line in shot.lines]

    @property
    def spoken(self) -> list[Line]:
        """What its people say; what is told over the picture is not theirs."""
        every = [line for scene in self.scenes for shot in scene.shots for line in shot.lines]
        return [line for line in every if not line.voice_over]

    @property
    def prose(self) -> list[str]:
        """Everything a reader of the script reads."""
        told = [text for scene in self.scenes for text in (scene.title, scene.summary)]
        shots = [shot.description for scene in self.scenes for shot in scene.shots]
        return [self.plan.logline, *told, *shots, *self.lines]

    @property
    def everything(self) -> list[str]:
        """Prose, prompts and notes."""
        prompts = [shot.prompt for scene in self.scenes for shot in scene.shots]
        notes = [scene.continuity_notes for scene in self.scenes]
        cast = [text for one in self.plan.cast for text in (one.role, one.wants, one.secret, one.manner)]
        return [*self.prose, *prompts, *notes, *cast, *(draft.prompt for draft in self.drafts)]


def write_episode(brief: NovelaBrief, known: SeriesPlan | None = None) -> Written:
    """Plan and write the brief's episode scene by scene, each with what came before."""
    return _written(brief.model_dump_json(), known.model_dump_json() if known else "")


@lru_cache(maxsize=256)
def _written(brief_json: str, known_json: str) -> Written:
    brief = NovelaBrief.model_validate_json(brief_json)
    known = SeriesPlan.model_validate_json(known_json) if known_json else None
    plan = compose_plan(PlanSeriesInput(brief=brief, known=known))
    outlines = plan.episodes[brief.episode_number - 1].scenes
    told = {one.number: len(one.summary.split()) for one in outlines}
    seconds = scene_seconds(brief, told=told)
    drafts: list[SceneDraft] = []
    inputs: list[WriteSceneInput] = []
    for outline in outlines:
        asked = WriteSceneInput(
            brief=brief,
            plan=plan,
            outline=outline,
            previous_scenes=[draft.scene for draft in drafts],
            seconds=seconds[outline.number],
            shots=brief.shots_per_scene,
        )
        inputs.append(asked)
        drafts.append(compose_scene(asked))
    return Written(brief=brief, plan=plan, drafts=drafts, inputs=inputs)
