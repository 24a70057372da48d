"""From what a model says of a scene to its whole draft: looks, place, slates, sides, lengths."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from nodes.agents.agent import Unfitting
from nodes.agents.full_shots import (
    LONGEST_SHOT_S,
    MOST_SEEN,
    Company,
    effects_of,
    fitting_size,
    on_their_sides,
    shot_frames,
    shown,
    spoken_words,
    staged_things,
)
from nodes.agents.mending import read_as
from nodes.agents.model_rules import takes_references
from nodes.agents.own_words import with_own_words
from state.answers import SceneAnswer, ShotAnswer
from state.script import Blocking, Language, Line, Place, Scene, Shot, Slate, Staging
from state.writing import SceneDraft, WriteSceneInput
from tools.models.offline.shooting.prompting import TAKES_REFERENCES, negative_prompt, seen_in, shot_prompt
from tools.models.offline.things.product import with_product
from tools.models.offline.things.things import name_thing
from tools.models.offline.words.appearance import person_words
from tools.models.offline.words.bank import bank
from tools.models.offline.words.timing import FPS, letters_of, shot_count

REFERENCES = re.compile(
    r"\b(?:reference (?:image|picture|photo)s?|im[aá]ge(?:m|n|ns|nes) de refer[eê]ncia)\b", re.I
)


def full_scene(input: WriteSceneInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The whole draft; one that is whole already (it has a `scene`) is returned as it is.

    Raises:
        Unfitting: names every fault.
    """
    if "scene" in answer:
        return answer
    told, wrong = read_as(SceneAnswer, answer)
    shots = with_own_words([_cleaned(shot) for shot in told.shots], input.own)
    wrong += [*_count_problems(input, shots), *_silent_problems(shots), *_reference_problems(input, told)]
    if not shots:
        raise Unfitting(wrong or ["shots: there are none"])
    draft = _draft(input, told, shots).model_dump(mode="json")
    if wrong:
        raise Unfitting(wrong, draft)
    return draft


def model_of(input: WriteSceneInput) -> str:
    """The video model of this scene: its own where the brief names one."""
    asked = next((one for one in input.brief.scenes if one.number == input.outline.number), None)
    return (asked and asked.model_id) or input.brief.model_id


def place_of(input: WriteSceneInput) -> Place:
    """The scene's set."""
    known = next((one for one in input.plan.places if one.name == input.outline.place), None)
    return known or Place(name=input.outline.place, kind="living_room")


def shots_wanted(input: WriteSceneInput) -> int:
    """As many as are asked for, or more where so few clips could not fill the scene."""
    limit_s = min(input.brief.duration, LONGEST_SHOT_S)
    return shot_count(input.shots, seconds=input.seconds, limit_s=limit_s)


def _count_problems(input: WriteSceneInput, shots: Sequence[ShotAnswer]) -> list[str]:
    """How many shots are missing or too many; a person's own material has as many as it needs."""
    wanted = shots_wanted(input)
    if len(shots) == wanted or (shots and input.own is not None):
        return []
    return [f"shots: exactly {wanted} are needed, {len(shots)} were given"]


def _silent_problems(shots: Sequence[ShotAnswer]) -> list[str]:
    """Which shots nobody has described: the person who brought them did not, either."""
    return [
        f"shots.{at}.description: say what happens" for at, one in enumerate(shots) if not one.description
    ]


def _reference_problems(input: WriteSceneInput, told: SceneAnswer) -> list[str]:
    model_id = model_of(input)
    if takes_references(model_id):
        return []
    prompts = {"prompt": told.prompt} | {
        f"shots.{at}.prompt": one.prompt for at, one in enumerate(told.shots)
    }
    return [
        f"{where}: {model_id} takes no reference images; never mention any"
        for where, text in prompts.items()
        if REFERENCES.search(text)
    ]


def _cleaned(shot: ShotAnswer) -> ShotAnswer:
    """Its lines as they are spoken; one that is nothing but a direction says nothing."""
    lines = [line.model_copy(update={"text": spoken_words(line.text, line.speaker)}) for line in shot.lines]
    return shot.model_copy(update={"lines": [line for line in lines if line.text]})


def _draft(input: WriteSceneInput, told: SceneAnswer, answers: Sequence[ShotAnswer]) -> SceneDraft:
    brief, outline = input.brief, input.outline
    parameters: dict[str, str | int | float | bool] = {
        "aspect_ratio": brief.aspect_ratio, "resolution": brief.resolution, "duration": brief.duration,
    }  # fmt: skip
    scene = Scene(
        number=outline.number, title=outline.title, summary=outline.summary, place=outline.place,
        time=outline.time, mood=outline.mood, shots=_shots(input, told, answers),
        continuity_notes=told.continuityNotes, model_id=model_of(input), parameters=parameters,
    )  # fmt: skip
    scene = with_product(scene, input)
    scene = scene.model_copy(update={"prompt": _scene_prompt(input, told, scene)})
    return SceneDraft(
        sceneNumber=told.sceneNumber, prompt=scene.prompt, duration=brief.duration,
        modelRecommendation=scene.model_id, parameters=parameters,
        continuityNotes=told.continuityNotes, scene=scene,
    )  # fmt: skip


def _shots(input: WriteSceneInput, told: SceneAnswer, answers: Sequence[ShotAnswer]) -> list[Shot]:
    company = Company(cast=input.plan.cast, narrator=input.plan.narrator, language=input.brief.language)
    narrator = input.plan.narrator.name if input.plan.narrator else None
    seen = [
        [one for one in map(company.blocking, answer.people) if one.character != narrator][:MOST_SEEN]
        for answer in answers
    ]
    sided = on_their_sides([_once(people) for people in seen])
    framed = [_staging(input, told, answer, people) for answer, people in zip(answers, sided, strict=True)]
    spoken = [_lines(company, answer, staging) for answer, staging in zip(answers, framed, strict=True)]
    lengths = shot_frames(input, [one.seconds for one in answers], spoken, input.own)
    return [
        _shot(input, answer, staging, lines, at=at, frames=frames)
        for at, (answer, staging, lines, frames) in enumerate(
            zip(answers, framed, spoken, lengths, strict=True)
        )
    ]


def _once(people: Sequence[Blocking]) -> list[Blocking]:
    return list({one.character: one for one in reversed(people)}.values())[::-1]


def _lines(company: Company, answer: ShotAnswer, staging: Staging) -> list[Line]:
    seen = {one.character for one in staging.people}
    return [company.line(line, seen) for line in answer.lines]


def _staging(
    input: WriteSceneInput, told: SceneAnswer, answer: ShotAnswer, people: Sequence[Blocking]
) -> Staging:
    language, outline = input.brief.language, input.outline
    product = input.brief.product.name if input.brief.product else ""
    subject = shown(answer.subject, language, product=product)
    size = fitting_size(answer.size, people, subject)
    seen = [] if size == "insert" else list(people)
    handled = {subject, *(one.holds for one in seen)}
    return Staging(
        place=place_of(input), time=outline.time, weather=told.weather, mood=outline.mood, size=size,
        move=answer.move, people=seen, subject=subject if size == "insert" else "",
        things=staged_things(answer.things, language, without=handled),
    )  # fmt: skip


def _shot(
    input: WriteSceneInput, answer: ShotAnswer, staging: Staging, lines: list[Line], *, at: int, frames: int
) -> Shot:
    language = input.brief.language
    shot = Shot(
        slate=Slate(scene=input.outline.number, shot=letters_of(at)), description=answer.description,
        staging=staging, lines=lines, effects=effects_of(answer), duration_s=max(frames, 1) / FPS,
        negative_prompt=with_usual_faults(answer.negative_prompt, staging, language),
    )  # fmt: skip
    return shot.model_copy(update={"prompt": with_fixed_looks(answer.prompt, shot, language)})


def with_fixed_looks(written: str, shot: Shot, language: Language) -> str:
    """A shot's prompt in the model's words, with everybody's look in the series' own words."""
    if not written:
        return shot_prompt(shot, language)
    people = _people_words(shot.staging, language)
    return f"{written.rstrip()} {people}." if people else written


def _people_words(staging: Staging, language: Language) -> str:
    """The people of a shot with look, face, gesture and what they hold."""
    faces, gestures = bank(language)["words"]["expressions"], bank(language)["stage"]["gestures"]
    told = []
    for one in staging.people:
        parts = [person_words(one.character, one.look, language), faces[one.expression]]
        thing = name_thing(one.holds, language).one if one.holds else ""
        gesture = "" if one.gesture == "none" else gestures[one.gesture]
        if "{thing}" not in gesture or thing:
            parts.append(gesture.replace("{thing}", thing))
        told.append(", ".join(part for part in parts if part))
    return "; ".join(told)


def with_usual_faults(written: str, staging: Staging, language: Language) -> str:
    """What a shot must not show: the usual faults first."""
    usual = negative_prompt(staging, language)
    return f"{usual}, {written}" if written and written not in usual else usual


def _scene_prompt(input: WriteSceneInput, told: SceneAnswer, scene: Scene) -> str:
    """Everybody's fixed look, the writer's five parts, and what the model is told anyway."""
    language, model_id = input.brief.language, scene.model_id
    words = bank(language)["stage"]["prompt"]
    looks = {one.name: one.look for one in input.plan.cast}
    seen = list(seen_in(scene))
    fixed = [person_words(name, looks[name], language) for name in seen if name in looks]
    lines = [f"{'; '.join(fixed)}." if fixed else "", told.prompt, *_continuity(input, words)]
    if model_id in TAKES_REFERENCES and seen:
        lines.append(words["references"].format(who=", ".join(seen)))
    return "\n".join(line for line in lines if line)


def _continuity(input: WriteSceneInput, words: Mapping[str, str]) -> list[str]:
    """What the scene before left: said whether or not the writer repeated it."""
    if not input.previous_scenes:
        return []
    last = input.previous_scenes[-1]
    times = bank(input.brief.language)["words"]["time_names"]
    return [
        words["later"].format(
            number=last.number, earlier_place=last.place, earlier_time=times[last.time],
            facts=last.continuity_notes,
        )
    ]  # fmt: skip
