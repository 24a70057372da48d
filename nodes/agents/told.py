"""What a model is told of scripts and people: what a writer needs, without what only drawing needs.

Whatever a person wrote stands in the prompts as data. It cannot end the mark it stands in: `<` is written
as its code there.
"""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from state.brief import NovelaBrief, SceneBrief
from state.script import Character, Language, Place, Scene, Shot
from state.writing import SeriesPlan
from tools.models.offline.words.appearance import person_words

LANGUAGES: dict[Language, str] = {
    "en": "English", "es": "Spanish", "pt-BR": "Brazilian Portuguese",
}  # fmt: skip
LONGEST_NAME = 120
LONGEST_TELLING, LONGEST_BEGINNING = 1000, 300
"""Letters of a person's own scene that planning needs; whoever writes the scene gets all of it."""


def as_json(value: object) -> str:
    """JSON as prompts show it: every script's letters as they are, and no `<` that could end a mark."""
    text = json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True)
    return text.replace("<", "\\u003c")


def as_words(text: str) -> str:
    """A person's text between marks."""
    return text.replace("<", "&lt;")


def as_name(text: str) -> str:
    """A name in a sentence: one line, whatever it was."""
    return as_words(" ".join(text.split())[:LONGEST_NAME])


@lru_cache(maxsize=256)
def schema(output: type[BaseModel]) -> str:
    """The JSON schema an answer must fit, as short as it can be said."""
    return json.dumps(output.model_json_schema(), ensure_ascii=False, separators=(",", ":"))


def cast_told(cast: Iterable[Character], language: Language) -> list[dict[str, str]]:
    """Who is who, and everybody's look in the words that stand in every prompt."""
    told = []
    for one in cast:
        facts = {
            "name": one.name, "role": one.role, "wants": one.wants, "hides": one.secret,
            "speaks": one.manner, "looks": person_words(one.name, one.look, language),
        }  # fmt: skip
        told.append({key: said for key, said in facts.items() if said})
    return told


def people_asked(brief: NovelaBrief) -> list[dict[str, str]]:
    """The people a brief wants; whose look it gives has it in words."""
    told = []
    for one in brief.characters:
        look = person_words(one.name, one.look, brief.language) if one.look else ""
        facts = {
            "name": one.name, "role": one.role, "wants": one.wants, "hides": one.secret, "given_look": look,
        }  # fmt: skip
        told.append({key: said for key, said in facts.items() if said})
    return told


def scenes_asked(brief: NovelaBrief) -> list[dict[str, object]]:
    """The scenes that a person brought, for whoever plans around them: not every line of a long script."""
    return [
        _told_of(
            {
                "number": one.number, "title": one.title, "place": one.place, "time": one.time,
                "mood": one.mood, "description": _what_happens(one)[:LONGEST_TELLING],
                "people": list(dict.fromkeys([*one.characters, *(line.speaker for line in one.spoken)])),
                "begins": " ".join(f"{line.speaker}: {line.text}" for line in one.spoken)[:LONGEST_BEGINNING],
            }
        )
        for one in brief.scenes
    ]  # fmt: skip


def _what_happens(scene: SceneBrief) -> str:
    return scene.description or " ".join(shot.description for shot in scene.shots if shot.description)


def places_told(places: Iterable[Place]) -> list[dict[str, object]]:
    """Every set by its name."""
    return [_without_empty({"name": one.name, "kind": one.kind, "props": one.props}) for one in places]


def plan_told(plan: SeriesPlan, language: Language) -> dict[str, object]:
    """An earlier plan: who and what is known, what happened, and what was to come."""
    return {
        "title": plan.title,
        "cast": cast_told(plan.cast, language),
        "narrator": plan.narrator.name if plan.narrator else None,
        "places": places_told(plan.places),
        "open_threads": plan.open_threads,
        "made": [
            {"episode": one.number, "title": one.title, "what_happened": one.summary, "settled": one.settled}
            for one in plan.told
        ],
        "planned": [
            {"episode": one.number, "title": one.title, "logline": one.logline}
            for one in plan.episodes
            if one.number not in {made.number for made in plan.told}
        ],
    }


def scene_told(scene: Scene) -> dict[str, object]:
    """A scene in the fields in which it is asked for."""
    return {
        "sceneNumber": scene.number,
        "continuityNotes": scene.continuity_notes,
        "shots": [shot_told(shot) for shot in scene.shots],
    }


def shot_told(shot: Shot) -> dict[str, object]:
    """A shot in the fields in which it is asked for; what has its usual value is left out."""
    staging = shot.staging
    people = [
        _without_empty(
            {
                "name": one.character, "position": one.position, "facing": one.facing,
                "expression": one.expression, "gesture": "" if one.gesture == "none" else one.gesture,
                "holds": one.holds,
            }
        )
        for one in staging.people
    ]  # fmt: skip
    lines = [
        _without_empty(
            {
                "speaker": line.speaker, "text": line.text, "expression": line.expression,
                "voice_over": line.voice_over,
            }
        )
        for line in shot.lines
    ]  # fmt: skip
    return _without_empty(
        {
            "slate": str(shot.slate), "description": shot.description, "size": staging.size,
            "move": staging.move, "people": people, "subject": staging.subject,
            "things": [one.picture for one in staging.things], "lines": lines,
            "effects": [one.kind for one in shot.effects], "seconds": round(shot.duration_s, 2),
        }
    )  # fmt: skip


def before_told(scenes: Sequence[Scene]) -> list[dict[str, object]]:
    """Earlier scenes: where they were, what they left, and the last words."""
    return [
        _without_empty(
            {
                "scene": one.number, "place": one.place, "time": one.time, "notes": one.continuity_notes,
                "last_line": _last_line(one),
            }
        )
        for one in scenes
    ]  # fmt: skip


def _last_line(scene: Scene) -> str:
    said = [line for shot in scene.shots for line in shot.lines]
    return f"{said[-1].speaker}: {said[-1].text}" if said else ""


def _without_empty(facts: dict[str, object]) -> dict[str, object]:
    return {key: one for key, one in facts.items() if one not in ("", [], None, False)}


def _told_of(value: Any) -> Any:
    """What there is to tell: nothing that is empty."""
    if isinstance(value, dict):
        told = {key: _told_of(one) for key, one in value.items()}
        return {key: one for key, one in told.items() if one not in (None, "", [], {})}
    return [_told_of(one) for one in value] if isinstance(value, list) else value


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return _told_of(value.model_dump(mode="json"))
    raise TypeError(f"{type(value).__name__} has no JSON form")
