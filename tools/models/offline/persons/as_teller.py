"""Between the story's own `I` and the name that cast, pictures and lines go by.

Reading and telling know whoever says I by that word. What leaves the writer has their name; what comes back
to it, a plan or the scenes before, has the word again.
"""

from typing import Any, TypeVar

from pydantic import BaseModel

from state.brief import NovelaBrief
from state.script import Character
from state.writing import SceneDraft, SeriesPlan, WriteSceneInput
from tools.models.offline.brief.makers_notes import told_in
from tools.models.offline.persons.teller import NAME, teller_of
from tools.models.offline.persons.teller_named import teller_of_brief
from tools.models.offline.words import patterns as re

SPOKEN = frozenset(("text", "summary", "logline", "title", "open_threads", "settled"))
"""Fields with the story's own words: there `I` stays."""
QUOTED = re.compile('("[^"]*"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb)')
Model = TypeVar("Model", bound=BaseModel)


def named(plan: SeriesPlan, brief: NovelaBrief) -> SeriesPlan:
    """The plan, in which whoever says I bears their name."""
    pronoun, name = NAME[brief.language], _name(plan.cast, brief)
    return _renamed(plan, pronoun, name) if any(one.name == pronoun for one in plan.cast) else plan


def as_told(plan: SeriesPlan, brief: NovelaBrief) -> SeriesPlan:
    """The plan, in which whoever says I is called so."""
    return _renamed(plan, teller_of_brief(brief).name, NAME[brief.language]) if _has(plan, brief) else plan


def scene_as_told(input: WriteSceneInput) -> WriteSceneInput:
    """A question for a scene as the story calls everybody."""
    brief, pronoun = input.brief, NAME[input.brief.language]
    if not _has(input.plan, brief) or input.own is not None or input.draft is not None:
        return input
    name = teller_of_brief(brief).name
    before = [_renamed(one, name, pronoun) for one in input.previous_scenes]
    return input.model_copy(
        update={
            "plan": _renamed(input.plan, name, pronoun),
            "outline": _renamed(input.outline, name, pronoun),
            "previous_scenes": before,
        }
    )


def scene_named(draft: SceneDraft, asked: WriteSceneInput, told: WriteSceneInput) -> SceneDraft:
    """The answer, in which whoever says I bears their name; untouched where nobody was renamed."""
    if asked is told:
        return draft
    return _renamed(draft, NAME[asked.brief.language], teller_of_brief(asked.brief).name)


def _has(plan: SeriesPlan, brief: NovelaBrief) -> bool:
    """Whether the cast has the teller under the name of the letter, and nobody of the story's list."""
    told = not brief.characters and teller_of(told_in(brief.description, brief.language), brief.language)
    return bool(told) and any(one.name == teller_of_brief(brief).name for one in plan.cast)


def _name(cast: list[Character], brief: NovelaBrief) -> str:
    """The name of the letter; the pronoun where somebody else has that name."""
    name, taken = teller_of_brief(brief).name, {one.name for one in cast}
    return name if name not in taken else NAME[brief.language]


def _renamed(model: Model, old: str, new: str) -> Model:
    """The model with another name for one person, but in the words that are spoken."""
    if old == new:
        return model
    return type(model).model_validate(_walk(model.model_dump(), old, new, ""))


def _walk(value: Any, old: str, new: str, field: str) -> Any:
    if isinstance(value, dict):
        return {key: _walk(one, old, new, key) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_walk(one, old, new, field) for one in value]
    if not isinstance(value, str) or field in SPOKEN:
        return value
    parts = QUOTED.split(value)
    return "".join(
        part if at % 2 else re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, part)
        for at, part in enumerate(parts)
    )
