"""Changing one shot as a note asks: only what is named changes, and every change is told."""

from collections.abc import Callable
from dataclasses import replace

from state.script import Blocking, Character, Gesture, Line, Shot, ShotSize, SoundEffect
from state.writing import RevisedShot, ReviseShotInput
from tools.models.offline.notes.narrating import narrator_of, told_instead, untold
from tools.models.offline.notes.note import NoteRead, has, negated, place_in, read_note
from tools.models.offline.notes.note_draft import Draft
from tools.models.offline.notes.noted_things import shows, with_picture, without_picture
from tools.models.offline.notes.retelling import retold
from tools.models.offline.shooting.prompting import negative_prompt, shot_prompt
from tools.models.offline.shooting.sounding import MOST, times_in
from tools.models.offline.telling.rewording import other_words
from tools.models.offline.things.things import name_thing
from tools.models.offline.words.appearance import garment_words
from tools.models.offline.words.bank import bank, shared, structure
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.grammar import capitalise
from tools.models.offline.words.timing import FPS, WORDS_PER_SECOND, words_in
from tools.pictures.library import pictures

NEARER: dict[ShotSize, ShotSize] = {
    "wide": "two_shot", "two_shot": "over_shoulder", "over_shoulder": "close_up", "medium": "close_up",
}  # fmt: skip
FARTHER: dict[ShotSize, ShotSize] = {
    "close_up": "medium", "medium": "two_shot", "over_shoulder": "two_shot", "two_shot": "wide",
    "insert": "medium",
}  # fmt: skip
ALONE: frozenset[ShotSize] = frozenset(("close_up", "medium"))


def compose_revision(input: ReviseShotInput) -> RevisedShot:
    """The shot as the note asks.

    A note that says nothing known changes nothing and reports nothing; its words go into the prompt,
    because another engine may understand them.
    """
    draft = _changed(input)
    if draft.changes:
        return RevisedShot(shot=_finished(draft), changes=list(draft.changes))
    note = bank(input.language)["notes"]["prompt"].replace("{note}", input.note)
    prompt = f"{input.shot.prompt or shot_prompt(input.shot, input.language)} {note}"
    return RevisedShot(shot=input.shot.model_copy(update={"prompt": prompt}))


def understands(input: ReviseShotInput) -> bool:
    """Whether the note asks for something known that this shot can do."""
    return bool(_changed(input).changes)


def _changed(input: ReviseShotInput) -> Draft:
    draft = Draft(input=input, read=read_note(input.note, input.cast, input.language), shot=input.shot)
    for step in STEPS:
        draft = step(draft)
    return draft


def _plain(draft: Draft, name: str, table: str, value: str) -> Draft:
    """Set one staging field to what the note asks, or say that it is so already."""
    if not value:
        return draft
    label = draft.word(table, value)
    if getattr(draft.staging, name) == value:
        return draft.told("already", value=label)
    return draft.staged(**{name: value}).told(name, value=label)


def _time(draft: Draft) -> Draft:
    return _plain(draft, "time", "time_names", draft.read.time)


def _weather(draft: Draft) -> Draft:
    return _plain(draft, "weather", "weathers", draft.read.weather)


def _mood(draft: Draft) -> Draft:
    return _plain(draft, "mood", "moods", draft.read.mood)


def _move(draft: Draft) -> Draft:
    return _plain(draft, "move", "moves", draft.read.move)


def _remove(draft: Draft) -> Draft:
    gone = [one for one in draft.staging.people if one.character in draft.read.removed]
    if not gone or draft.read.garment or len(gone) == len(draft.staging.people):
        return draft
    names = {one.character for one in gone}
    left = [one for one in draft.staging.people if one.character not in names]
    size: ShotSize = "medium" if draft.staging.size in ("two_shot", "over_shoulder") else draft.staging.size
    draft = replace(draft, recast=True).staged(people=_dump(left), size=size)
    draft = draft.told("removed", who=", ".join(sorted(names)))
    silent = sorted({line.speaker for line in draft.shot.lines} & names)
    return draft.told("voice_off", who=", ".join(silent)) if silent else draft


def _add(draft: Draft) -> Draft:
    read = draft.read
    here = {one.character for one in draft.staging.people}
    new = [name for name in read.people if name not in here and name not in read.removed]
    if not new or not (read.add or read.size in ("two_shot", "wide")):
        return draft
    cast = {one.name: one for one in draft.input.cast}
    people = [_on_side(one, draft) for one in draft.staging.people]
    for name in new:
        people.append(_enter(cast[name], people, draft))
    size: ShotSize = (
        "two_shot" if draft.staging.size in ("close_up", "medium", "insert") else draft.staging.size
    )
    draft = replace(draft, recast=True).staged(people=_dump(people), size=size)
    return draft.told("added", who=", ".join(new))


def _turn(draft: Draft) -> Draft:
    """A note about somebody of the scene who is not in a single turns the camera to them."""
    read, people = draft.read, draft.staging.people
    acted = read.expression or read.gesture or read.garment or read.colour
    here = {one.character for one in people}
    away = [name for name in read.people if name not in here]
    if not acted or not away or here & set(read.people) or len(people) != 1:
        return draft
    cast = {one.name: one for one in draft.input.cast}
    turned = _enter(cast[away[0]], people, draft).model_copy(update={"position": "centre"})
    draft = replace(draft, recast=True).staged(people=_dump([turned]))
    return draft.told("turned", who=away[0])


def _size(draft: Draft) -> Draft:
    size, now = draft.read.size, draft.staging.size
    if draft.read.nearer and not size:
        table = NEARER if draft.read.nearer > 0 else FARTHER
        size = table.get(now, now)
    if not size:
        return draft
    if size == "insert" and not draft.read.thing and not draft.staging.subject:
        size = "close_up"
    if size == now:
        return draft.told("already", value=draft.word("sizes", size))
    return _framed(draft, size).told("size", value=draft.word("sizes", size))  # type: ignore[arg-type]  # keys of the notes' table


def _framed(draft: Draft, size: ShotSize) -> Draft:
    """Another framing with the people that fit it; nobody changes sides."""
    people = draft.staging.people
    if size in ALONE and len(people) > 1:
        people = [_focus(draft)]
    elif size not in ALONE and size != "insert":
        people = _both(draft)
    if size == "over_shoulder" and draft.staging.people:
        first = _focus(draft).character
        people = sorted(people, key=lambda one: one.character != first)
    if size == "insert":
        people = []
    kept = [one.model_copy(update={"position": "centre"}) if len(people) == 1 else one for one in people]
    changed = {one.character for one in kept} != {one.character for one in draft.staging.people}
    subject = (draft.read.thing or draft.staging.subject) if size == "insert" else ""
    return replace(draft, recast=draft.recast or changed).staged(
        size=size, people=_dump(kept), subject=subject
    )


def _place(draft: Draft) -> Draft:
    """Another set for this shot, when the note says that it moves."""
    found = place_in(draft.read.text, draft.input.places) if draft.read.moving else None
    if found is None or draft.read.remove:
        return draft
    now = draft.staging.place
    title = found.name or str(bank(draft.input.language)["words"]["sets"][found.kind][0])
    if now.name == title or (not found.name and now.kind == found.kind):
        return draft.told("already", value=now.name)
    place = found.model_copy(update={"name": title})
    return replace(draft, recast=True).staged(place=place.model_dump()).told("place", value=title)


def _thing(draft: Draft) -> Draft:
    thing = draft.read.thing
    if not thing:
        return draft
    name = str(bank(draft.input.language)["words"]["things"][thing][1])
    if draft.read.remove and not draft.read.people:
        return _without_thing(draft, thing).told("thing_removed", value=name)
    if draft.staging.size == "insert":
        done = replace(draft.staged(subject=thing), recast=True)
        return done.told("thing_insert", value=name)
    holders = _holders(draft)
    if holders:
        return _held(draft, thing, holders).told("holds", who=", ".join(holders), value=name)
    props = [prop for prop in draft.staging.place.props if prop != thing]
    return _props(draft, [*props, thing]).told("thing_added", value=name)


def _without_thing(draft: Draft, thing: str) -> Draft:
    if draft.staging.size == "insert" and draft.staging.subject == thing:
        draft = _framed(draft, "two_shot")
    held = [one.character for one in draft.staging.people if one.gesture == "holding" and not one.holds]
    people = [
        one.model_copy(update={"gesture": "none"}) if one.character in held else one
        for one in draft.staging.people
    ]
    bare = without_picture(draft.staging.model_copy(update={"people": people}), thing)
    return replace(draft.staged(**bare.model_dump()), recast=True)


def _picture(draft: Draft) -> Draft:
    """A thing or an animal of the picture library that comes or goes."""
    read, picture = draft.read, draft.read.picture
    wanted = read.add or read.hold
    if not picture or read.thing or read.garment or read.gesture or read.sound or read.moving:
        return draft
    # A storm is weather, and a church is where one goes.
    if not (wanted or read.remove) or pictures()[picture].kind == "sky":
        return draft
    name = name_thing(picture, draft.input.language).the
    if read.remove:
        if not shows(draft.staging, picture):
            return draft.told("not_there", value=name)
        return _without_thing(draft, picture).told("thing_removed", value=name)
    holders = _holders(draft)
    staging = with_picture(draft.staging, picture, holders)
    draft = replace(draft, recast=True).staged(**staging.model_dump())
    if any(one.holds == picture for one in staging.people):
        return draft.told("holds", who=", ".join(holders), value=name)
    change = "thing_insert" if staging.size == "insert" else "thing_added"
    return draft.told(change, value=name)


def _holders(draft: Draft) -> list[str]:
    """Who is to take the thing: whom the note names, or who is meant when it speaks of holding."""
    here = [one.character for one in draft.staging.people]
    named = [name for name in draft.read.people if name in here]
    return named or (_meant(draft)[:1] if draft.read.hold and here else [])


def _held(draft: Draft, thing: str, holders: list[str]) -> Draft:
    """One thing is in hand at a time: whoever held another one lets go of it."""
    people = [
        one.model_copy(
            update={"gesture": "holding" if one.character in holders else _empty_handed(one.gesture)}
        )
        for one in draft.staging.people
    ]
    return replace(draft.staged(people=_dump(people), subject=thing), recast=True)


def _empty_handed(gesture: Gesture) -> Gesture:
    return "none" if gesture == "holding" else gesture


def _sound(draft: Draft) -> Draft:
    """Sounds that come or go; two at most, the new one takes the place of the last."""
    read, effects = draft.read, draft.shot.effects
    unwanted = read.remove or negated(read.text, _sound_phrase(read))
    if not read.sound:
        return _with_sounds(draft, []).told("sounds_gone") if read.sounds and unwanted and effects else draft
    label = draft.word("effects", read.sound)
    others = [one for one in effects if one.kind != read.sound]
    if unwanted:
        known = len(others) < len(effects)
        return _with_sounds(draft, others).told("sound_gone", value=label) if known else draft
    if len(others) < len(effects):
        return draft.told("already", value=label)
    texts = [line.text for line in draft.shot.lines]
    at = times_in(texts, round(draft.shot.duration_s * FPS))[0]
    new = SoundEffect.model_validate({"kind": read.sound, "at": at})
    return _with_sounds(draft, [*others[: MOST - 1], new]).told("sound", value=label)


def _sound_phrase(read: NoteRead) -> str:
    table = shared("notes")["sound" if read.sound else "sound_words"]
    phrases = table[read.sound or "words"]
    return max((one for one in phrases if has(read.text, one)), key=len, default="")


def _with_sounds(draft: Draft, effects: list[SoundEffect]) -> Draft:
    return replace(draft, shot=draft.shot.model_copy(update={"effects": effects}))


def _play(draft: Draft) -> Draft:
    for name, table in (("expression", "expressions"), ("gesture", "gestures")):
        value: str = getattr(draft.read, name)
        if not value or not draft.staging.people:
            continue
        who = _meant(draft)
        people = [
            one.model_copy(update={name: value}) if one.character in who else one
            for one in draft.staging.people
        ]
        lines = [
            line.model_copy(update={name: value}) if name == "expression" and line.speaker in who else line
            for line in draft.shot.lines
        ]
        words = bank(draft.input.language)
        label = words["words"][table][value] if name == "expression" else words["stage"]["gestures"][value]
        draft = draft.staged(people=_dump(people)).spoken(lines)
        for one in who:
            draft = draft.told(name, who=one, value=str(label))
    return draft


def _dress(draft: Draft) -> Draft:
    read = draft.read
    wanted = read.garment or (read.colour and (read.wear or read.people))
    if not wanted or not draft.staging.people:
        return draft
    who = _wearers(draft)
    update = {"garment": read.garment} if read.garment else {}
    if read.colour:
        update["garment_colour"] = structure()["colours"][read.colour]
    for name in who:
        people = [
            one.model_copy(update={"look": one.look.model_copy(update=update)})
            if one.character == name
            else one
            for one in draft.staging.people
        ]
        draft = draft.staged(people=_dump(people))
        look = next(one.look for one in people if one.character == name)
        draft = draft.told("dressed", who=name, value=garment_words(look, draft.input.language))
    return draft


def _narrate(draft: Draft) -> Draft:
    """What is told over the picture goes, or is told in other words."""
    read, lines, input = draft.read, draft.shot.lines, draft.input
    narrator = narrator_of(input.scene, [one.name for one in input.cast], input.narrator)
    if read.words and not narrator:
        return draft.told("no_narrator")
    if read.words:
        changed = told_instead(lines, narrator, read.words)
        return _fitting(draft, changed, next(line for line in changed if line.text == read.words))
    unwanted = read.remove or any(
        negated(read.text, one) for one in shared("notes")["narrator"]["words"] if has(read.text, one)
    )
    kept = untold(lines, narrator)
    if not unwanted:
        return draft
    if len(kept) == len(lines):
        return draft.told("no_narrator_here")
    gone = " ".join(line.text for line in lines if line not in kept)
    return draft.spoken(kept).told("line_gone", value=gone)


def _words(draft: Draft) -> Draft:
    lines = draft.shot.lines
    if draft.read.telling and draft.read.lines != "another":
        return _narrate(draft)
    if draft.read.words:
        return _say_instead(draft)
    if draft.read.lines == "silent" and lines:
        return draft.spoken([]).told("silent")
    if draft.read.lines == "less" and lines:
        gone = max(lines, key=lambda line: words_in(line.text))
        return draft.spoken([line for line in lines if line is not gone]).told("line_gone", value=gone.text)
    if draft.read.lines == "another" and lines:
        return _other_line(draft)
    return draft


def _say_instead(draft: Draft) -> Draft:
    read, lines = draft.read, draft.shot.lines
    people = [one.character for one in draft.staging.people]
    speaker = next(iter(read.people), lines[-1].speaker if lines else people[0] if people else "")
    if not speaker:
        return draft
    spoken = [at for at, line in enumerate(lines) if line.speaker == speaker]
    old = lines[spoken[-1]] if spoken else Line(speaker=speaker, text=read.words)
    new = old.model_copy(update={"text": read.words})
    changed = [new if spoken and at == spoken[-1] else line for at, line in enumerate(lines)]
    return _fitting(draft, changed if spoken else [*lines, new], new)


def _other_line(draft: Draft) -> Draft:
    lines = draft.shot.lines
    named = [at for at, line in enumerate(lines) if line.speaker in draft.read.people]
    own = [at for at in named or range(len(lines)) if not lines[at].voice_over]
    said = {line.text for shot in draft.input.scene.shots for line in shot.lines}
    most = int(draft.shot.duration_s * WORDS_PER_SECOND) - sum(words_in(line.text) for line in lines)
    for at in reversed(own):
        room = most + words_in(lines[at].text)
        text = other_words(lines[at], draft.input, avoid=said, dice=Dice(draft.input.note), room=room)
        if text:
            new = lines[at].model_copy(update={"text": text})
            return _fitting(draft, [new if place == at else line for place, line in enumerate(lines)], new)
    return draft


def _fitting(draft: Draft, lines: list[Line], new: Line) -> Draft:
    """Take new lines only when they can be said in the shot's seconds."""
    if sum(words_in(line.text) for line in lines) > draft.shot.duration_s * WORDS_PER_SECOND:
        return draft.told("line_too_long")
    return draft.spoken(lines).told("line", who=new.speaker, value=new.text)


STEPS: tuple[Callable[[Draft], Draft], ...] = (
    _time, _weather, _mood, _place, _remove, _add, _turn, _size, _move, _thing, _picture, _play, _dress,
    _words, _sound,
)  # fmt: skip


def _finished(draft: Draft) -> Shot:
    """Prompts and description that say the new state."""
    language, old, shot = draft.input.language, draft.input.shot, draft.shot
    if shot == old:
        return old
    shot = shot.model_copy(update={"description": _description(draft)})
    negative = negative_prompt(shot.staging, language)
    update = {
        "prompt": shot_prompt(shot, language),
        "negative_prompt": old.negative_prompt if old.staging.people else negative,
    }
    return shot.model_copy(update=update)


def _description(draft: Draft) -> str:
    """The old description, unless it would tell of people or light that are no longer there."""
    shot, language = draft.shot, draft.input.language
    names = bank(language)["words"]["time_names"]
    before, now = draft.input.shot.staging.time, shot.staging.time
    if not draft.recast:
        return shot.description.replace(capitalise(names[before]), capitalise(names[now]))
    text = retold(shot, draft.input.scene, draft.input.cast, language)
    others = ", ".join(one.character for one in shot.staging.people if one.character not in text)
    return f"{text} {bank(language)['notes']['added'].format(who=others)}" if others else text


def _meant(draft: Draft) -> list[str]:
    """Whom a note on acting means: those it names, else whoever speaks, else everybody in frame."""
    here = [one.character for one in draft.staging.people]
    named = [name for name in draft.read.people if name in here] or [
        one.character for one in draft.staging.people if one.look.presentation == draft.read.pronoun
    ]
    speaking = [name for name in here if name in {line.speaker for line in draft.shot.lines}]
    return named or (here if len(here) == 1 else speaking or here)


def _wearers(draft: Draft) -> list[str]:
    here = [one.character for one in draft.staging.people]
    named = [name for name in draft.read.people if name in here]
    same = [one.character for one in draft.staging.people if one.look.garment == draft.read.garment]
    return named or same or here[:1]


def _focus(draft: Draft) -> Blocking:
    meant = _meant(draft)
    return next(one for one in draft.staging.people if one.character in meant)


def _both(draft: Draft) -> list[Blocking]:
    """The scene's two people on their sides, when the shot has only one of them."""
    people = [_on_side(one, draft) for one in draft.staging.people]
    if len(people) >= 2:
        return people
    here = {one.character for one in people}
    for shot in draft.input.scene.shots:
        for one in shot.staging.people:
            if one.character not in here and len(people) < 2:
                people.append(_on_side(one, draft))
                here.add(one.character)
    return sorted(people, key=lambda one: one.position != "left")


def _on_side(one: Blocking, draft: Draft) -> Blocking:
    side = "left" if one.facing == "right" else "right" if one.facing == "left" else "centre"
    return one.model_copy(update={"position": side})


def _enter(who: Character, people: list[Blocking], draft: Draft) -> Blocking:
    """Somebody new takes the side the scene gave them, else the one that is free."""
    for shot in draft.input.scene.shots:
        for one in shot.staging.people:
            if one.character == who.name:
                return _on_side(one, draft)
    taken = {one.position for one in people}
    side = next((side for side in ("right", "left") if side not in taken), "centre")
    facing = {"right": "left", "left": "right", "centre": "camera"}[side]
    return Blocking.model_validate(
        {"character": who.name, "look": who.look.model_dump(), "position": side, "facing": facing}
    )


def _props(draft: Draft, props: list[str]) -> Draft:
    return draft.staged(place=draft.staging.place.model_copy(update={"props": props}).model_dump())


def _dump(people: list[Blocking]) -> list[dict[str, object]]:
    return [one.model_dump() for one in people]
