"""What a person does in a take, planned from who says what and when.

Everything is a list of moments worked out once: when the face changes, where the
eyes go, when an arm is up, which words are stressed.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from state.order import Speech
from state.script import Expression
from tools.engines.previz.people.masks import Tone

LEAD_S, LINGER_S = 0.15, 0.35
"""A face is ready before its line, and stays a moment after it."""
REACTIONS: dict[Expression, Expression] = {
    "happy": "happy", "sad": "tender", "angry": "afraid", "afraid": "surprised", "surprised": "suspicious",
    "tender": "tender", "suspicious": "surprised", "determined": "suspicious", "neutral": "neutral",
}  # fmt: skip
"""What a calm listener shows when a line with this expression has been said."""
TONED: dict[Tone, dict[Expression, Expression]] = {
    "playful": {
        "angry": "suspicious", "sad": "tender", "afraid": "happy", "determined": "happy",
        "suspicious": "happy",
    },
    "gentle": {
        "angry": "sad", "afraid": "tender", "surprised": "happy", "suspicious": "neutral",
        "determined": "tender",
    },
    "heavy": {"angry": "sad", "happy": "tender", "afraid": "sad", "determined": "sad"},
    "held": {"angry": "suspicious", "afraid": "suspicious", "happy": "neutral", "sad": "neutral"},
}  # fmt: skip
"""Where the tone of the scene makes it another: a quarrel in a comedy frightens nobody."""
EVASIVE: tuple[Expression, ...] = ("afraid", "sad", "suspicious")
AWAY: dict[Expression, "Gaze"] = {"sad": (-0.5, 1.0), "afraid": (-1.0, 0.4), "suspicious": (-1.0, 0.0)}
REACTION_S = 1.5
Gaze = tuple[float, float]
"""Where the pupils are: forwards (the side the person faces) and down, each from -1 to 1."""
AHEAD: Gaze = (0.0, 0.0)


T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Key(Generic[T]):
    """From this moment on."""

    at_s: float
    value: T


@dataclass(frozen=True, kw_only=True)
class Part:
    """One person's share of a shot's speech, and where the others stand for them."""

    name: str
    speeches: Sequence[Speech]
    resting: Expression
    others: Mapping[str, Gaze]
    """Where this person's eyes go to meet each of the others."""
    tone: Tone = "plain"
    task: Gaze | None = None
    """Where the eyes are while the hands are busy with something."""

    @property
    def own(self) -> list[Speech]:
        """What this person says."""
        return [s for s in self.speeches if s.speaker == self.name]

    @property
    def heard(self) -> list[Speech]:
        """What the others say."""
        return [s for s in self.speeches if s.speaker != self.name]


def held(keys: Sequence[Key[T]], at_s: float) -> tuple[Key[T], T]:
    """The key in force at a moment, and the value before it."""
    found = 0
    for index, key in enumerate(keys):
        if key.at_s <= at_s:
            found = index
    return keys[found], keys[max(found - 1, 0)].value


def expressions(part: Part) -> list[Key[Expression]]:
    """The face over the shot: one's own lines, and what the others' lines do to it."""
    spans = [(s.start_s - LEAD_S, s.end_s + LINGER_S, s.expression) for s in part.own]
    if part.resting == "neutral":
        spans += [
            (s.end_s - 0.05, s.end_s + REACTION_S, reaction(s.expression, part.tone)) for s in part.heard
        ]
    marks = sorted({edge for start, end, _ in spans for edge in (start, end)})
    keys: list[Key[Expression]] = [Key(at_s=-9.0, value=part.resting)]
    for mark in marks:
        # One's own lines come first in the list: they win over a reaction.
        now = next((face for start, end, face in spans if start <= mark < end), part.resting)
        if now != keys[-1].value:
            keys.append(Key(at_s=mark, value=now))
    return keys


def reaction(heard: Expression, tone: Tone) -> Expression:
    """What a calm listener shows in a scene of this tone."""
    return TONED.get(tone, {}).get(heard, REACTIONS[heard])


def gazes(part: Part, dice: random.Random) -> list[Key[Gaze]]:
    """Where the eyes go: to who speaks, and away now and then, as people's do."""
    home = next(iter(part.others.values()), AHEAD)
    keys = [Key(at_s=-9.0, value=part.task or home)]
    if part.task and not part.own:
        return keys + [
            key for s in part.heard for key in _looking_up(part.task, s, part.others.get(s.speaker, home))
        ]
    for speech in sorted(part.speeches, key=lambda s: s.start_s):
        if speech.speaker == part.name:
            keys += _while_speaking(speech, home, dice)
        else:
            keys.append(Key(at_s=speech.start_s + 0.18, value=part.others.get(speech.speaker, home)))
    if not part.speeches:
        keys += _musing(part, home, dice)
    return sorted(keys, key=lambda key: key.at_s)


def _while_speaking(speech: Speech, home: Gaze, dice: random.Random) -> Iterator[Key[Gaze]]:
    evasive = speech.expression in EVASIVE
    away = AWAY.get(speech.expression, (-0.8, -0.35))
    at = speech.start_s + dice.uniform(0.1, 0.5 if evasive else 1.4)
    yield Key(at_s=speech.start_s - 0.05, value=home)
    while at < speech.end_s - 0.5:
        yield Key(at_s=at, value=away)
        at += dice.uniform(0.7, 1.3) if evasive else dice.uniform(0.35, 0.6)
        yield Key(at_s=min(at, speech.end_s - 0.1), value=home)
        at += dice.uniform(0.7, 1.3) if evasive else dice.uniform(1.5, 2.8)


def _looking_up(task: Gaze, speech: Speech, speaker: Gaze) -> Iterator[Key[Gaze]]:
    """Who is busy looks up at who speaks, and back to their work."""
    yield Key(at_s=speech.start_s + 0.25, value=speaker)
    yield Key(at_s=min(speech.start_s + 1.7, speech.end_s + 0.3), value=task)


def _musing(part: Part, home: Gaze, dice: random.Random) -> Iterator[Key[Gaze]]:
    away = AWAY.get(part.resting, (0.7, -0.2))
    at = dice.uniform(0.7, 1.6)
    while at < 62:
        yield Key(at_s=at, value=away)
        at += dice.uniform(0.6, 1.3)
        yield Key(at_s=at, value=home)
        at += dice.uniform(1.2, 2.6)


def stresses(speech: Speech) -> list[float]:
    """The moments, from the shot's start, at which a head or a hand marks a word."""
    if speech.words:
        weighty = [w for w in speech.words if len(w.word.strip(".,;:!?¡¿…\"'")) >= 5 or w is speech.words[-1]]
        moments = [(w.start_s + w.end_s) / 2 for w in weighty]
    else:
        open_mouths = [v for v in speech.visemes if v.mouth in ("open", "wide", "round")]
        moments = [(v.start_s + v.end_s) / 2 for v in open_mouths if v.end_s - v.start_s >= 0.09]
    kept: list[float] = []
    for moment in sorted(moments):
        if moment >= 0.2 and (not kept or moment - kept[-1] >= 0.62):
            kept.append(moment)
    return [speech.start_s + moment for moment in kept]


def asks(speech: Speech) -> bool:
    """Whether the line is a question."""
    return bool(speech.words) and speech.words[-1].word.rstrip("\"'»”)").endswith("?")


Span = tuple[float, float]


def raised(part: Part, *, still: bool, always: bool, dice: random.Random) -> list[Span]:
    """When the arm of a gesture is up. A panel shows it up; so does a pose that is kept."""
    if still or always:
        return [(-9.0, 1e9)]
    if not part.own:
        return [(dice.uniform(0.3, 0.55), 1e9)]
    return _joined([(s.start_s - 0.1, s.end_s + 0.12) for s in part.own])


def talked_with(part: Part, dice: random.Random) -> list[Span]:
    """When the hand of somebody without a gesture helps them speak: not in every line."""
    long = [s for s in part.own if s.end_s - s.start_s > 1.3 and dice.random() < 0.75]
    return [(s.start_s + dice.uniform(0.0, 0.35), s.end_s - 0.15) for s in long]


def at_once(part: Part) -> list[Span]:
    """When the arm is up for what one does on coming in, and again with what one says."""
    return _joined([(0.2, 2.9), *((s.start_s - 0.1, s.end_s + 0.12) for s in part.own)])


def between_lines(part: Part) -> list[Span]:
    """When the arm is up for what one does only while silent."""
    edges = [0.45, *(edge for s in part.own for edge in (s.start_s - 0.7, s.end_s + 0.3)), 1e9]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [(start, end) for start, end in pairs if end - start > 0.8]


def brows_up(part: Part, dice: random.Random) -> list[Span]:
    """When a calm listener's brows go up for a moment: they follow what they hear."""
    if part.resting not in ("neutral", "tender", "happy"):
        return []
    starts = [s.start_s + dice.uniform(0.3, 0.9) for s in part.heard if s.end_s - s.start_s > 1.2]
    return [(at, at + 0.55) for at in starts]


def _joined(spans: list[Span]) -> list[Span]:
    """Spans with short gaps closed: nobody drops an arm for half a second."""
    done: list[Span] = []
    for start, end in sorted(spans):
        if done and start - done[-1][1] < 1.1:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return done
