"""Nothing is in a picture that its words do not tell of, and what they bring into the story is.

A thing is told of in the sentence over a picture or in the one before; later only the hand that took it
still has it. An empty spot is better than a thing that nobody can place.
"""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from itertools import pairwise

from state.script import Blocking, Shot, ShotSize, Staging
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.shooting.floor import Floor
from tools.models.offline.shooting.in_picture import STRAY, fits_close, told_of
from tools.models.offline.shooting.setup import OPENING, Setup
from tools.models.offline.things.meant import has_pronoun
from tools.models.offline.things.shown import Words, parted
from tools.models.offline.things.things import new_words
from tools.models.offline.things.titled import shown_in
from tools.models.offline.things.written import written_in

Stages = Callable[[list[Setup], Floor], list[Staging]]
BUILT_IN = frozenset(("door", "product", "written_sign"))
"""What a picture has for a reason of its own: who knocks stands before a door, and signs are wished for."""
CLOSER: tuple[ShotSize, ...] = ("close_up", "over_shoulder")
"""Sizes in which nothing is seen beside a face."""
INSTEAD: tuple[ShotSize, ...] = ("medium", "wide", "close_up")
WITHIN = 4
"""Words before a noun in which its article stands."""


def told_things(text: str, words: Words) -> frozenset[str]:
    """The pictures that a text names; nothing that it denies or that somebody only wears."""
    return frozenset(one.picture for one, part in parted(text, words) if part != "said")


def without_strays(setups: Sequence[Setup], words: Words) -> list[Setup]:
    """The set-ups; a close picture of what is not told of shows whoever it is about."""
    done: list[Setup] = []
    for at, one in enumerate(setups):
        known = _told_over(setups[max(at - 1, 0) : at + 1], words)
        stray = one.size == "insert" and one.thing not in known | BUILT_IN
        done.append(_of_people(one, [*setups[at + 1 : at + 2], *done[-1:]]) if stray else one)
    return done


def _told_over(setups: Sequence[Setup], words: Words) -> frozenset[str]:
    heard = [said for one in setups for said in (*one.seen, *one.spoken)]
    named = {picture for said in heard for picture in told_things(said.text, words)}
    notes = [written_in(said.text, words.language, story=words.story) for said in heard if said.told]
    meant = {said.meant for said in heard if said.meant}
    return frozenset(named | meant | {one.picture for one in notes if one is not None})


def _of_people(setup: Setup, beside: Sequence[Setup]) -> Setup:
    """Whoever it is about, framed as neither of the pictures beside it is."""
    ways = [replace(setup, kind="act", size=size, thing="") for size in INSTEAD]
    return next((one for one in ways if all(one.subject != other.subject for other in beside)), ways[0])


def grounded(staged: Staging, before: Sequence[Staging], seen: Sequence[Setup], words: Words) -> Staging:
    """The picture without what the words over it and over the one before do not name.

    `seen` are these two set-ups, `before` the pictures of the scene so far. What somebody had in hand
    when last seen stays there.
    """
    known = _told_over(seen, words) | BUILT_IN | _with_writing(staged)
    kept = {one.character: one.holds for staging in before for one in staging.people}
    things = [one for one in staged.things if one.picture in known]
    people = [one if _is_his(one, known, kept, first=not before) else _empty(one) for one in staged.people]
    held = {one.holds for one in people if one.holds}
    stray = staged.size != "insert" and staged.subject not in held
    subject = next(iter(held), "") if stray else staged.subject
    return staged.model_copy(update={"things": things, "people": people, "subject": subject})


def _with_writing(staged: Staging) -> set[str]:
    """What words stand on that are told: the sign that the last picture was wished to show."""
    return {name for name, look in staged.looks.items() if look.written}


def _is_his(one: Blocking, known: Set[str], kept: Mapping[str, str], *, first: bool) -> bool:
    """Whether the hand has had it, or is told to; a scene begins with what the one before left there."""
    return not one.holds or first or one.holds in known or kept.get(one.character) == one.holds


def _empty(one: Blocking) -> Blocking:
    gesture = "none" if one.gesture in ("holding", "giving", "carrying") else one.gesture
    return one.model_copy(update={"holds": "", "gesture": gesture})


def with_revealed(setups: Sequence[Setup], floor: Floor, stages: Stages) -> list[Setup]:
    """The set-ups; what a sentence brings into the story is in the picture over that sentence.

    What else it handles is there too, where its people are seen in another picture.
    """
    done = list(setups)
    if floor.words is None:
        return done
    for at, one in enumerate(setups):
        thing = revealed(one, floor.words)
        done = _shown_at(done, at, thing, floor, stages) if thing else done
    for at, one in enumerate(done):
        for thing in _handled(one, floor)[:MOST_DUE] if _is_spare(done, at) else ():
            done = _shown_at(done, at, thing, floor, stages) if done[at].size != "insert" else done
    return done


MOST_DUE = 2


def _shown_at(setups: list[Setup], at: int, thing: str, floor: Floor, stages: Stages) -> list[Setup]:
    """The set-ups with one framed so that the thing is seen; as they were where none shows it."""
    if thing in shown_in(stages(setups, floor)[at]):
        return setups
    for other in _ways(setups[at], thing, setups, at):
        tried = [*setups[:at], other, *setups[at + 1 :]]
        if thing in shown_in(stages(tried, floor)[at]):
            return tried
    return setups


def _handled(setup: Setup, floor: Floor) -> list[str]:
    """What the words over a picture act on or use, whatever they call it."""
    if setup.talk or setup.heard or setup.size == "insert":
        return []
    return [one for one in told_of(setup, floor.words, floor.place, only=STRAY) if fits_close(one)]


def _is_spare(setups: Sequence[Setup], at: int) -> bool:
    """Whether nobody is missed where the camera turns to a thing."""
    others = {
        who.name
        for near, one in enumerate(setups)
        if near != at and one.size != "insert" and not one.nobody
        for who in (one.on, *(one.here if one.size == "wide" else ()))
    }
    return setups[at].nobody or setups[at].on.name in others


def _ways(setup: Setup, thing: str, setups: Sequence[Setup], at: int) -> list[Setup]:
    """Other framings in which a thing may be seen: farther off, then by itself."""
    ways = [replace(setup, size="medium")] if setup.size in CLOSER else []
    near = [setups[one] for one in (at - 1, at + 1) if 0 <= one < len(setups)]
    ways = [one for one in ways if all(one.subject != other.subject for other in near)]
    beside = [one.size for one in near]
    inserts = sum(one.size == "insert" for one in setups) + 1
    if at and setup.kind not in OPENING and "insert" not in beside and inserts * 2 <= len(setups):
        ways.append(replace(setup, kind="insert", size="insert", move="static", thing=thing))
    return ways


def revealed(setup: Setup, words: Words) -> str:
    """What is told of here for the first time, or carries the story; what people talk of is not there."""
    if setup.talk or setup.heard or setup.size == "insert":
        return ""
    for said in setup.seen:
        for one, part in parted(said.text, words) if said.told else ():
            heavy = one.picture in words.heavy
            if (
                part == "acted_on"
                and fits_close(one.picture)
                and (heavy or _is_new(said.text[: one.start], words))
            ):
                return one.picture
    return ""


def _is_new(before: str, words: Words) -> bool:
    return bool(new_words(words.language) & set(before.casefold().split()[-WITHIN:]))


def strays(shots: Sequence[Shot], words: Words, *, told: str = "") -> list[str]:
    """What the pictures of a scene show and neither their own words nor those before name: `3B ice`.

    `told` is the scene as the story tells it: a sentence before may be seen and not be read aloud.
    """
    found: list[str] = []
    held: set[tuple[str, str]] = set()
    for at, shot in enumerate(shots):
        staged = shot.staging
        known = (
            told_things(f"{_beside(shots, at, told)} {_heard(shots, at)}", words)
            | BUILT_IN
            | _with_writing(staged)
        )
        hands = {(one.character, one.holds) for one in staged.people if one.holds}
        known |= {thing for thing in _by_pronoun(shots[: at + 1], words)}
        carried = {thing for _, thing in (hands & held if at else hands)}
        found += [f"{shot.slate} {one}" for one in sorted(shown_in(staged) - known - carried) if one]
        held |= hands
    return found


def _by_pronoun(shots: Sequence[Shot], words: Words) -> set[str]:
    """What the words over the last of some pictures may mean by `it`: what was shown, and the title."""
    lines = [line.text for shot in shots[-2:] for line in shot.lines]
    if not any(has_pronoun(text, words.language) for text in lines):
        return set()
    return {thing for shot in shots[:-1] for thing in shown_in(shot.staging)} | {*words.titled}


def _heard(shots: Sequence[Shot], at: int) -> str:
    """The words over a picture and over the one before, and the rest of a sentence that goes on."""
    lines = [line.text for shot in shots[max(at - 1, 0) : at + 1] for line in shot.lines]
    ends = not lines or lines[-1].rstrip("\"'\u00bb\u201d").endswith((".", "!", "?", "\u2026"))
    return " ".join(
        [*lines, *(line.text for shot in shots[at + 1 : at + 2] for line in shot.lines if not ends)]
    )


def _beside(shots: Sequence[Shot], at: int, told: str) -> str:
    """The sentences right before what is heard over a picture; over a silent one those that nobody reads."""
    sentences = sentences_of(told)
    if not shots[at].lines:
        heard = " ".join(line.text for shot in shots for line in shot.lines)
        return " ".join(one for one in sentences if one not in heard)
    texts = [line.text.strip("\"'\u00ab\u00bb\u201c\u201d") for line in shots[at].lines]
    return " ".join(
        before for before, one in pairwise(sentences) if any(text and text in one for text in texts)
    )
