"""Writing a scene from a person's own lines and shots: only what is missing is added.

The words are spoken as they are, in their order; given sizes, moves and lengths are kept.
"""

from dataclasses import dataclass

from state.brief import LineBrief, SceneBrief
from state.script import (
    Blocking,
    CameraMove,
    Character,
    EffectKind,
    Expression,
    Gesture,
    Language,
    Line,
    Mood,
    Place,
    Scene,
    Shot,
    ShotSize,
    Slate,
    SoundEffect,
    Staging,
    Weather,
)
from state.writing import WriteSceneInput
from tools.models.offline.brief.story import Story
from tools.models.offline.deeds.acting import cue_in
from tools.models.offline.notes.note import fold, has, read_note
from tools.models.offline.places.sets import name_place
from tools.models.offline.shooting.own_cut import SINGLES, Cut, cuts_of, named_in, without_silence
from tools.models.offline.shooting.prompting import negative_prompt, shot_prompt
from tools.models.offline.shooting.sounding import sounds_in
from tools.models.offline.things.product import product_words
from tools.models.offline.things.things import things_in
from tools.models.offline.words.bank import bank, structure
from tools.models.offline.words.timing import (
    FPS,
    fewest_frames,
    frames_of,
    letters_of,
    share_frames,
    spoken_frames,
)

SOUNDS_AT = (0.2, 0.6)
SILENT_FRAMES = round(2.4 * FPS)
LONGEST_SHOT_S = 60
FACES: dict[Mood, Expression] = {
    "warm": "tender", "tense": "determined", "sad": "sad", "hopeful": "happy", "romantic": "tender",
    "mysterious": "suspicious", "playful": "happy", "triumphant": "happy",
}  # fmt: skip
LOUD: dict[Mood, Expression] = {"tense": "angry", "sad": "angry", "mysterious": "afraid"}
ASKING: dict[Mood, Expression] = {"tense": "suspicious", "mysterious": "suspicious", "playful": "surprised"}


@dataclass(frozen=True, kw_only=True)
class Stage:
    """Who and what a scene has."""

    input: WriteSceneInput
    story: Story
    place: Place
    weather: Weather
    people: tuple[Character, ...]
    """In the order they come into it: the first stands left, the second right."""

    def has(self, name: str) -> bool:
        """Whether somebody of this name is there; whoever only tells the story is not."""
        return any(one.name == name for one in self.people)

    def side(self, name: str) -> int:
        """0 stands left and looks right, 1 the other way round: for the whole scene."""
        return [one.name for one in self.people].index(name) % 2

    def across(self, name: str, near: list[str]) -> str | None:
        """Somebody on the other side: who was just heard, else who comes first."""
        others = [*reversed(near), *(one.name for one in self.people)]
        return next((one for one in others if self.side(one) != self.side(name)), None)


def own_scene(input: WriteSceneInput, story: Story, place: Place, *, weather: Weather) -> Scene | None:
    """The scene that a person brought, staged; None when they brought neither lines nor shots."""
    own, outline, brief = input.own, input.outline, input.brief
    if own is None or not (own.lines or own.shots):
        return None
    limit_s = min(brief.duration, LONGEST_SHOT_S)
    stage = Stage(input=input, story=story, place=place, weather=weather, people=_people(input, own))
    cuts, lengths = _timed(
        _with_product(cuts_of(own, longest_s=limit_s, words_per_minute=input.words_per_minute), input),
        input,
        limit_s,
    )
    return Scene(
        number=outline.number,
        title=outline.title,
        summary=outline.summary,
        place=outline.place,
        time=outline.time,
        mood=outline.mood,
        shots=_shots(stage, cuts, lengths),
        model_id=brief.model_id,
        parameters={
            "aspect_ratio": brief.aspect_ratio,
            "resolution": brief.resolution,
            "duration": brief.duration,
        },
    )


def _with_product(cuts: list[Cut], input: WriteSceneInput) -> list[Cut]:
    """One picture more for the product, before the last words, where it is this scene's turn."""
    told = product_words(input)
    if not told or any(cut.kept for cut in cuts):
        return cuts
    return [*cuts[:-1], Cut(description=told, size="insert", move="push_in"), *cuts[-1:]]


def _people(input: WriteSceneInput, own: SceneBrief) -> tuple[Character, ...]:
    cast = {one.name: one for one in input.plan.cast}
    told = " ".join(shot.description for shot in own.shots) or own.description
    speaking = [line.speaker for line in own.spoken if not line.unseen]
    heard = [line.speaker for line in own.spoken if line.unseen]
    named = named_in(told, list(cast))
    wanted = dict.fromkeys([*speaking, *named, *own.characters, *heard])
    return tuple(cast[name] for name in wanted if name in cast)


def _timed(cuts: list[Cut], input: WriteSceneInput, limit_s: float) -> tuple[list[Cut], list[int]]:
    """Lengths in frames that add up; silent pictures that nobody asked for go first when time is short."""
    total, limit, rate = frames_of(input.seconds), int(limit_s * FPS), input.words_per_minute
    while sum(_least(cut, rate) for cut in cuts) > total and (fewer := without_silence(cuts)) is not None:
        cuts = fewer
    given = {at: round(cut.seconds * FPS) for at, cut in enumerate(cuts) if cut.seconds is not None}
    loose = [at for at in range(len(cuts)) if at not in given]
    room = max(0, total - sum(given.values()))
    wished = [max(_wished(cuts[at], rate), _least(cuts[at], rate)) for at in loose]
    least = [_least(cuts[at], rate) for at in loose]
    needs = wished if sum(wished) <= room and max(wished, default=0) <= limit else least
    shared = share_frames(room, needs, [1.0 if cuts[at].lines else 0.6 for at in loose], limit=limit)
    lengths = given | dict(zip(loose, shared, strict=True))
    return cuts, [lengths[at] for at in range(len(cuts))]


def _least(cut: Cut, rate: int) -> int:
    if cut.seconds is not None:
        return round(cut.seconds * FPS)
    return fewest_frames([line.text for line in cut.lines], rate)


def _wished(cut: Cut, rate: int) -> int:
    return spoken_frames([line.text for line in cut.lines], rate) if cut.lines else SILENT_FRAMES


def _shots(stage: Stage, cuts: list[Cut], lengths: list[int]) -> list[Shot]:
    shots: list[Shot] = []
    faces: dict[str, Expression] = {}
    heard: list[str] = []
    for at, (cut, frames) in enumerate(zip(cuts, lengths, strict=True)):
        heard += [line.speaker for line in cut.lines if stage.has(line.speaker)]
        framed = _framed(stage, cut, at, heard, last=at == len(cuts) - 1)
        lines = [_line(line, stage, framed) for line in cut.lines]
        faces |= {line.speaker: line.expression for line in lines}
        staging = _staged(stage, framed, faces, shots)
        shot = Shot(
            slate=Slate(scene=stage.input.outline.number, shot=letters_of(at)),
            description=cut.description or _described(stage, framed, at),
            staging=staging,
            lines=lines,
            effects=_sounds(stage, framed, staging, shots),
            duration_s=frames / FPS,
            negative_prompt=negative_prompt(staging, stage.story.language),
        )
        shots.append(shot.model_copy(update={"prompt": shot_prompt(shot, stage.story.language)}))
    return shots


def _line(line: LineBrief, stage: Stage, framed: "Framed") -> Line:
    """The words as they are, with a face that fits how they are said; whoever is seen says them there."""
    mood, language = stage.input.outline.mood, stage.story.language
    told = read_note(line.manner, []).expression if line.manner else ""
    if not stage.has(line.speaker):
        return Line(
            speaker=line.speaker, text=line.text, expression=line.expression or "neutral", voice_over=True
        )
    fitting: list[Expression] = structure()["cues"].get(cue_in(line.text, language), {}).get("faces", [])
    face: Expression = fitting[0] if fitting else FACES[mood]
    if not fitting and line.text.rstrip("\"'”»)").endswith("!"):
        face = LOUD.get(mood, face)
    elif not fitting and line.text.rstrip("\"'”»)").endswith("?"):
        face = ASKING.get(mood, face)
    expression: Expression = line.expression or told or face  # type: ignore[assignment]  # the notes' table holds expressions
    heard_only = line.unseen and line.speaker not in framed.people
    return Line(speaker=line.speaker, text=line.text, expression=expression, voice_over=heard_only)


@dataclass(frozen=True, kw_only=True)
class Framed:
    """A set-up with its framing."""

    cut: Cut
    size: ShotSize
    people: tuple[str, ...]
    subject: str = ""


def _framed(stage: Stage, cut: Cut, at: int, heard: list[str], *, last: bool) -> Framed:
    """Size and people of a set-up: as asked, else as its words and its place in the scene suggest."""
    names = [one.name for one in stage.people]
    seen = list(dict.fromkeys([*cut.speakers, *named_in(cut.description, names)]))
    thing = _thing(stage, cut) if not seen else ""
    if cut.size is not None:
        return _as_asked(stage, cut, seen, heard, thing)
    if thing:
        return Framed(cut=cut, size="insert", people=(), subject=thing)
    if cut.lines and not cut.speakers and _voices(stage, cut):
        return _listening(stage, cut, heard)
    if not cut.speakers:
        shown = seen or (names if cut.lines else [])
        size: ShotSize = "wide" if at == 0 or len(shown) != 1 else "medium"
        return Framed(cut=cut, size=size, people=tuple(_apart(stage, shown)[: 2 if at else 3]))
    return _talking(stage, cut, at, heard, last=last)


def _voices(stage: Stage, cut: Cut) -> list[str]:
    """Whom of the people one hears in it; nobody where it is silent or only told."""
    return [line.speaker for line in cut.lines if stage.has(line.speaker)]


def _as_asked(stage: Stage, cut: Cut, seen: list[str], heard: list[str], thing: str) -> Framed:
    assert cut.size is not None  # noqa: S101 - the caller looked
    if cut.size == "insert":
        return Framed(cut=cut, size="insert", people=(), subject=thing or stage.story.thing)
    people = _apart(stage, seen or [one.name for one in stage.people])
    if cut.size in ("medium", "close_up"):
        return Framed(cut=cut, size=cut.size, people=tuple(people[:1]))
    if cut.size in ("two_shot", "over_shoulder") and people:
        other = stage.across(people[0], heard)
        pair = (people[0], other) if other else (people[0],)
        return Framed(cut=cut, size=cut.size if other else "medium", people=pair)
    return Framed(cut=cut, size="wide", people=tuple(people[:3]))


def _listening(stage: Stage, cut: Cut, heard: list[str]) -> Framed:
    """A voice from elsewhere: we look at who hears it, or at the place."""
    voices = {line.speaker for line in cut.lines}
    listeners = [one.name for one in stage.people if one.name not in voices]
    recent = [name for name in reversed(heard) if name in listeners]
    who = next(iter([*recent, *listeners]), None)
    return Framed(cut=cut, size="medium" if who else "wide", people=(who,) if who else ())


def _talking(stage: Stage, cut: Cut, at: int, heard: list[str], *, last: bool) -> Framed:
    speakers = cut.speakers
    apart = _apart(stage, speakers)
    if len(apart) > 1:
        return Framed(cut=cut, size="two_shot", people=tuple(apart[:2]))
    on = speakers[-1]
    before = [name for name in heard if name != on]
    other = stage.across(on, before)
    size = "close_up" if last or len(speakers) > 1 else SINGLES[at % len(SINGLES)]
    if size == "over_shoulder" and other is None:
        size = "medium"
    return Framed(cut=cut, size=size, people=(on, other) if size == "over_shoulder" and other else (on,))


def _apart(stage: Stage, names: list[str]) -> list[str]:
    """Those of the people who do not stand in each other's place."""
    taken: dict[int, str] = {}
    for name in names:
        taken.setdefault(stage.side(name), name)
    return list(taken.values())


def _thing(stage: Stage, cut: Cut) -> str:
    """The thing that a picture without people is about: the product, or one that we can draw."""
    product = stage.input.brief.product
    text = fold(cut.description)
    if product is not None and has(text, fold(product.name)):
        return "product"
    return next(iter(things_in(cut.description, stage.story.language)), "")


def _staged(stage: Stage, framed: Framed, faces: dict[str, Expression], before: list[Shot]) -> Staging:
    outline, cut = stage.input.outline, framed.cut
    move = cut.move or _move(stage, framed, faces, before)
    looks = {one.name: one.look for one in stage.people}
    alone = len(framed.people) == 1
    hands = _hands(cut, stage.story.language)
    blocks = [
        Blocking(
            character=name,
            look=looks[name],
            position="centre" if alone else ("left", "right")[stage.side(name)],
            facing=("right", "left")[stage.side(name)],
            expression=faces.get(name, "neutral"),
            gesture="none" if alone else hands.get(name, "none"),
        )
        for name in framed.people
    ]
    return Staging(
        place=stage.place,
        time=outline.time,
        weather=stage.weather,
        mood=outline.mood,
        size=framed.size,
        move=move,
        people=blocks,
        subject=framed.subject,
    )


def _hands(cut: Cut, language: Language) -> dict[str, Gesture]:
    """The gesture that the words of each speaker ask for."""
    table = structure()["cues"]
    asked = {line.speaker: table.get(cue_in(line.text, language), {}).get("gesture") for line in cut.lines}
    return {name: gesture for name, gesture in asked.items() if gesture not in (None, "as_it_is", "holding")}


def _move(stage: Stage, framed: Framed, faces: dict[str, Expression], before: list[Shot]) -> CameraMove:
    reason = _reason(stage, framed, faces, first=not before)
    moves: list[CameraMove] = structure()["camera"][reason]
    dice = stage.story.dice.child("own", stage.input.outline.number, len(before))
    move = dice.pick(moves, "camera", framed.size)
    return "static" if before and before[-1].staging.move == move else move


def _reason(stage: Stage, framed: Framed, faces: dict[str, Expression], *, first: bool) -> str:
    """Why the camera would move: it does so for a reason or not at all."""
    table = structure()["camera_reasons"]
    if first and framed.size == "wide":
        return "height" if stage.place.kind in table["tall"] else "opening"
    face = faces.get(framed.people[0], "neutral") if framed.people else "neutral"
    if framed.size == "close_up" and face in table["realisation_faces"]:
        return "realisation"
    return "unrest" if framed.cut.lines and face in table["unrest_faces"] else "calm"


def _sounds(stage: Stage, framed: Framed, staging: Staging, before: list[Shot]) -> list[SoundEffect]:
    """What a silent picture makes heard; under words only the place is, at the start of a scene."""
    table, language = structure()["effects"], stage.story.language
    heard = [effect.kind for shot in before[-1:] for effect in shot.effects]
    wanted: list[EffectKind] = []
    if staging.size == "insert":
        wanted = [kind for kind in [table["subjects"].get(staging.subject)] if kind]
    elif not framed.cut.lines:
        wanted = sounds_in(framed.cut.description, language)
        place = table["places"].get(staging.place.kind)
        wanted += ["thunder"] if staging.weather == "storm" else [place] if place and not before else []
    kinds = [kind for kind in dict.fromkeys(wanted) if kind not in heard]
    return [SoundEffect(kind=kind, at=at) for kind, at in zip(kinds, SOUNDS_AT, strict=False)]


def _described(stage: Stage, framed: Framed, at: int) -> str:
    """What is seen where the script says only what is spoken."""
    tables = bank(stage.story.language)["own"]["speaking"]
    at += stage.input.outline.number
    voices = _voices(stage, framed.cut)
    people = list(framed.people)
    if not voices:
        return str(tables["place"]).format(loc=name_place(stage.place, stage.story.language).loc)
    if not people:
        return str(tables["nobody"][0])
    if not set(people) & set(voices):
        return str(tables["unseen"][at % 2]).format(b=people[0])
    if len(people) == 1:
        return str(tables["alone"][at % len(tables["alone"])]).format(a=people[0])
    both = len(set(framed.cut.speakers)) > 1
    options = tables["both" if both else "to"]
    return str(options[at % len(options)]).format(a=people[0], b=people[1])
