"""From what a model says that a note changes to the whole changed shot: the rest stays to the letter."""

from collections.abc import Mapping, Sequence
from typing import Any

from nodes.agents.agent import Unfitting
from nodes.agents.full_scene import with_fixed_looks, with_usual_faults
from nodes.agents.full_shots import (
    MOST_SEEN,
    SOUNDS_AT,
    Company,
    fitting_size,
    held,
    shown,
    spoken_words,
    staged_things,
)
from nodes.agents.meant import name_meant
from nodes.agents.mending import read_as
from state.answers import BlockingAnswer, BlockingChange, ShotChange
from state.script import Blocking, Language, Line, Look, Narrator, Shot, SoundEffect, Staging
from state.writing import RevisedShot, ReviseShotInput
from tools.models.offline.things.product import SUBJECT
from tools.models.offline.words.bank import structure

KEPT = frozenset(("expression", "voice_over"))
"""What may change of a line whose words stay."""


def full_change(input: ReviseShotInput, answer: Mapping[str, Any]) -> Mapping[str, Any]:
    """The whole revised shot; one that is whole already (it has a `shot`) is returned as it is.

    Raises:
        Unfitting: names every fault.
    """
    if "shot" in answer:
        return answer
    told, wrong = read_as(ShotChange, answer)
    staging = _staging(input, told, wrong)
    shot = _shot(input, told, staging)
    wrong += _strangers(input, shot)
    changes = told.changes or ([told.description] if told.description else [])
    revised = RevisedShot(shot=shot, changes=changes if shot != input.shot or told.changes else [])
    if wrong:
        raise Unfitting(wrong, revised.model_dump(mode="json"))
    return revised.model_dump(mode="json")


def _shot(input: ReviseShotInput, told: ShotChange, staging: Staging) -> Shot:
    old, language = input.shot, input.language
    changed = old.model_copy(
        update={
            "description": told.description or old.description,
            "staging": staging,
            "lines": old.lines if told.lines is None else _lines(input, told, staging),
            "effects": old.effects if told.effects is None else _effects(told),
        }
    )
    if changed == old and told.prompt is None and told.negative_prompt is None:
        return old
    negative = old.negative_prompt
    if told.negative_prompt is not None:
        negative = with_usual_faults(told.negative_prompt, staging, language)
    return changed.model_copy(
        update={"prompt": with_fixed_looks(told.prompt or "", changed, language), "negative_prompt": negative}
    )


def _staging(input: ReviseShotInput, told: ShotChange, wrong: list[str]) -> Staging:
    old, language = input.shot.staging, input.language
    people = old.people if told.people is None else _people(input, told.people)
    subject = old.subject
    if told.subject is not None:
        subject = shown(told.subject, language, product=_product(input))
    size = fitting_size(told.size or old.size, people, subject)
    people = [] if size == "insert" else people
    changed: dict[str, Any] = {
        "people": people, "size": size, "subject": subject if size == "insert" else old.subject,
    }  # fmt: skip
    if told.size is None and told.people is None and told.subject is None:
        changed = {}
    if told.things is not None:
        handled = {subject, *(one.holds for one in people)}
        changed["things"] = staged_things(told.things, language, without=handled)
    if told.place is not None:
        changed["place"] = _place(input, told.place, wrong)
    plain = {"move": told.move, "time": told.time, "weather": told.weather, "mood": told.mood}
    return old.model_copy(update={**changed, **{key: one for key, one in plain.items() if one is not None}})


def _product(input: ReviseShotInput) -> str:
    """By which name the product is asked for; none where the scene shows none."""
    subjects = {shot.staging.subject for shot in input.scene.shots}
    return SUBJECT if SUBJECT in subjects else ""


def _place(input: ReviseShotInput, said: str, wrong: list[str]) -> object:
    old = input.shot.staging.place
    known = {place.name: place for place in input.places}
    name = name_meant(said, known)
    if name is None and name_meant(said, [old.name]) is None:
        wrong.append(f"place: {said!r} is unknown; known are {', '.join(known)}")
    return old if name is None or name == old.name else known[name]


def _people(input: ReviseShotInput, told: Sequence[BlockingChange]) -> list[Blocking]:
    company, here = _company(input), {one.character: one for one in input.shot.staging.people}
    changed = {company.who(one.name): one for one in told[:MOST_SEEN]}
    told_by = company.narrator.name if company.narrator else None
    return [
        _changed(here.get(name) or _entering(input, company, one), one, input.language)
        for name, one in changed.items()
        if name != told_by
    ]


def _entering(input: ReviseShotInput, company: Company, told: BlockingChange) -> Blocking:
    """Somebody new in the shot, on the side that the scene gave them."""
    new = company.blocking(BlockingAnswer(name=told.name))
    for shot in input.scene.shots:
        for one in shot.staging.people:
            if one.character == new.character:
                return new.model_copy(update={"position": one.position, "facing": one.facing})
    taken = {one.position for one in input.shot.staging.people}
    side = next((side for side in ("right", "left") if side not in taken), "centre")
    return new.model_copy(update={"position": side})


def _changed(one: Blocking, told: BlockingChange, language: Language) -> Blocking:
    plain: dict[str, Any] = {
        name: getattr(told, name)
        for name in ("position", "facing", "expression", "gesture")
        if getattr(told, name) is not None
    }
    if told.holds is not None:
        plain["holds"] = held(told.holds, language)
    return one.model_copy(update={**plain, "look": _look(one.look, told)})


def _look(old: Look, told: BlockingChange) -> Look:
    colours = {
        "hair_colour": structure()["looks"]["hair"].get(told.hair_colour),
        "garment_colour": structure()["colours"].get(told.garment_colour),
    }
    worn = {"hair_style": told.hair_style, "garment": told.garment, "accessory": told.accessory}
    return old.model_copy(update={key: one for key, one in {**colours, **worn}.items() if one is not None})


def _lines(input: ReviseShotInput, told: ShotChange, staging: Staging) -> list[Line]:
    company, seen = _company(input), {one.character for one in staging.people}
    old = {(line.speaker, line.text): line for line in input.shot.lines}
    lines = []
    for said in told.lines or []:
        line = company.line(said, seen)
        plain = spoken_words(said.text, line.speaker)
        # A line that stays keeps its letters, whatever marks the model put around it.
        before = old.get((line.speaker, said.text)) or old.get((line.speaker, plain))
        if before is not None:
            new = {name: getattr(line, name) for name in KEPT & said.model_fields_set}
            lines.append(before.model_copy(update=new))
        elif plain:
            lines.append(line.model_copy(update={"text": plain}))
    return lines


def _effects(told: ShotChange) -> list[SoundEffect]:
    kinds = list(dict.fromkeys(told.effects or []))[: len(SOUNDS_AT)]
    return [SoundEffect(kind=kind, at=at) for kind, at in zip(kinds, SOUNDS_AT, strict=False)]


def _strangers(input: ReviseShotInput, shot: Shot) -> list[str]:
    """Who is seen or heard without being known."""
    known = {one.name for one in input.cast} | {input.narrator}
    known |= _met(input.shot)
    names = ", ".join(one.name for one in input.cast)
    return [f"{who} is not in the cast; it is {names}" for who in sorted(_met(shot) - known)]


def _met(shot: Shot) -> set[str]:
    return {one.character for one in shot.staging.people} | {line.speaker for line in shot.lines}


def _company(input: ReviseShotInput) -> Company:
    narrator = Narrator(name=input.narrator) if input.narrator else None
    return Company(cast=input.cast, narrator=narrator, language=input.language)
