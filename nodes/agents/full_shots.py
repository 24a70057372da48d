"""From what a model says of shots to their whole staging: looks, sides, things that can be drawn, lengths."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nodes.agents.meant import name_meant
from state.answers import BlockingAnswer, LineAnswer, ShotAnswer
from state.brief import SceneBrief
from state.script import (
    Blocking,
    Character,
    Language,
    Line,
    Look,
    Narrator,
    ShotSize,
    SoundEffect,
    StagedThing,
)
from state.writing import WriteSceneInput
from tools.models.offline.things.picturing import picture_of
from tools.models.offline.things.product import SUBJECT
from tools.models.offline.things.things import can_be_held, is_prop
from tools.models.offline.words.timing import FPS, fewest_frames, frames_of, share_frames
from tools.pictures.library import pictures
from tools.screenplay.names import folded, is_narrator

MOST_SEEN = 3
MOST_THINGS = 3
SOUNDS_AT = (0.2, 0.6)
LONGEST_SHOT_S = 60
QUOTES = (
    ('"', '"'), ("'", "'"), ("\u201c", "\u201d"), ("\u201e", "\u201c"), ("\u201e", "\u201d"),
    ("\u00ab", "\u00bb"), ("\u00bb", "\u00ab"), ("\u2018", "\u2019"), ("\u201a", "\u2018"),
)  # fmt: skip
"""Marks around spoken words, in all languages: English, German, French, Spanish, Portuguese."""
DIRECTION = re.compile(r"^\s*(?:\([^)]*\)|\[[^\]]*\]|\*[^*]+\*)\s*")
OTHER_SIDE = {"left": "right", "right": "left"}


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who may be seen and heard in a scene."""

    cast: Sequence[Character]
    narrator: Narrator | None
    language: Language

    def who(self, said: str) -> str:
        """The name that is meant; what means nobody stays as it was said."""
        if self.narrator is not None and (is_narrator(said) or folded(said) == folded(self.narrator.name)):
            return self.narrator.name
        return name_meant(said, [one.name for one in self.cast]) or " ".join(said.split())

    def blocking(self, told: BlockingAnswer) -> Blocking:
        """Somebody as the whole series knows them."""
        name = self.who(told.name)
        # Of whom the cast does not have there is no look: `cast_problems` tells the model.
        look = next((one.look for one in self.cast if one.name == name), Look(presentation="woman"))
        return Blocking(
            character=name, look=look, position=told.position, facing=told.facing,
            expression=told.expression, gesture=told.gesture, holds=held(told.holds, self.language),
        )  # fmt: skip

    def line(self, told: LineAnswer, seen: Iterable[str]) -> Line:
        """A line by whoever says it; who is not seen is heard over the picture."""
        speaker = self.who(told.speaker)
        return Line(
            speaker=speaker, text=told.text, expression=told.expression,
            voice_over=told.voice_over or speaker not in seen,
        )  # fmt: skip


def spoken_words(text: str, speaker: str) -> str:
    """What is said of a line: without a name before it, a direction, or marks around it; may be nothing."""
    plain = " ".join(text.split())
    named, colon, after = plain.partition(":")
    if colon and after.strip() and folded(named) == folded(speaker):
        plain = after.strip()
    plain = DIRECTION.sub("", plain)
    for opens, closes in QUOTES:
        inner = plain[1:-1]
        if len(plain) > 2 and plain[0] == opens and plain[-1] == closes and not {opens, closes} & {*inner}:
            return inner.strip() or plain
    return plain


def held(said: str, language: Language) -> str:
    """The drawn thing that a hand has; empty for none and for what has no picture."""
    found = picture_of(said, language) if said.strip() else None
    return found if found and can_be_held(found) else ""


def shown(said: str, language: Language, *, product: str = "") -> str:
    """The drawn thing that an insert shows; empty for what has no picture. `product` is the brief's."""
    if product and name_meant(said, [product, SUBJECT]):
        return SUBJECT
    return (picture_of(said, language) or "") if said.strip() else ""


def staged_things(said: Iterable[str], language: Language, *, without: Iterable[str]) -> list[StagedThing]:
    """The things that can be drawn, each where such a thing is put."""
    drawn = dict.fromkeys(found for one in said if (found := shown(one, language)) and is_prop(found))
    kept = [one for one in drawn if one in pictures() and one not in set(without)][:MOST_THINGS]
    sides = ("right", "left", "centre")
    return [
        StagedThing.model_validate({"picture": one, "spot": pictures()[one].spot, "side": sides[at % 3]})
        for at, one in enumerate(kept)
    ]


def fitting_size(size: ShotSize, people: Sequence[Blocking], subject: str) -> ShotSize:
    """The size, or the next one that its people allow: one person makes no two-shot."""
    if size == "insert" and not subject and people:
        return "close_up"
    if not people:
        return "insert" if subject else "wide"
    return "medium" if len(people) < 2 and size in ("two_shot", "over_shoulder") else size


def effects_of(told: ShotAnswer) -> list[SoundEffect]:
    """Two sounds at most, one after the other."""
    kinds = list(dict.fromkeys(told.effects))[: len(SOUNDS_AT)]
    return [SoundEffect(kind=kind, at=at) for kind, at in zip(kinds, SOUNDS_AT, strict=False)]


def on_their_sides(shots: Sequence[Sequence[Blocking]]) -> list[list[Blocking]]:
    """Everybody on one side of the picture for the whole scene, looking one way.

    The first shot of two people decides, then the first of each.
    """
    ordered = sorted(shots, key=lambda people: len(people) < 2)
    homes: dict[tuple[str, str], str] = {}
    for attribute in ("position", "facing"):
        for people in ordered:
            for one in people:
                if (side := getattr(one, attribute)) in OTHER_SIDE:
                    homes.setdefault((attribute, one.character), side)
    return [[_at_home(one, homes) for one in people] for people in shots]


def _at_home(one: Blocking, homes: dict[tuple[str, str], str]) -> Blocking:
    kept = {}
    for attribute in ("position", "facing"):
        if (side := getattr(one, attribute)) in OTHER_SIDE:
            kept[attribute] = homes.get((attribute, one.character), side)
    return one.model_copy(update=kept)


def shot_frames(
    input: WriteSceneInput, told: Sequence[float], spoken: Sequence[Sequence[Line]], own: SceneBrief | None
) -> list[int]:
    """Each shot's frames: as the writer shares the scene's seconds, none too short for its words."""
    rate, limit = input.words_per_minute, int(min(input.brief.duration, LONGEST_SHOT_S) * FPS)
    timed = _timed(own, len(told))
    loose = [at for at, seconds in enumerate(timed) if seconds is None]
    total = max(0, frames_of(input.seconds) - sum(frames_of(one) for one in timed if one is not None))
    texts = [[line.text for line in spoken[at]] for at in loose]
    whole = sum(told[at] for at in loose) or 1.0
    needs = _needs(texts, total, rate, limit)
    weights = [max(0.001, total * told[at] / whole - need) for at, need in zip(loose, needs, strict=True)]
    shared = iter(share_frames(total, needs, weights, limit=limit))
    return [frames_of(seconds) if seconds is not None else next(shared) for seconds in timed]


def _needs(texts: Sequence[list[str]], total: int, rate: int, limit: int) -> list[int]:
    """Frames for words and for reading a picture; for words alone where so many pictures have no time."""
    needs = [fewest_frames(one, rate, limit=limit) for one in texts]
    return needs if sum(needs) <= total else [fewest_frames(one, rate, limit=1) for one in texts]


def _timed(own: SceneBrief | None, count: int) -> list[float | None]:
    """The seconds that a person fixed, per shot."""
    if own is None or own.breakdown == "free" or len(own.shots) != count:
        return [None] * count
    return [shot.seconds for shot in own.shots]
