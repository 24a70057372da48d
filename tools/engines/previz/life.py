"""What a person is like at a moment of a take: face, eyes, mouth, arms and small motion."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from state.order import Speech, Viseme
from state.script import Expression, Gesture
from tools.engines.previz.acting import (
    Gaze,
    Part,
    Span,
    asks,
    at_once,
    between_lines,
    brows_up,
    expressions,
    gazes,
    held,
    raised,
    stresses,
    talked_with,
)
from tools.engines.previz.people.face import Feeling
from tools.engines.previz.people.limb import Pose
from tools.engines.previz.people.masks import Tone
from tools.engines.previz.people.person import Eyes, Mouth

RISE_S, FALL_S, LAG_S = 0.58, 0.65, 0.07
"""How long an arm takes up and down, and how much later the forearm follows."""
CHANGE_S = 0.17
"""How long a face takes to change."""
KEPT: tuple[Pose, ...] = (
    "holding", "phone_to_ear", "writing", "reading", "working", "stirring", "driving", "sitting", "pushing",
    "pulling", "head_in_hands", "hugging", "giving", "drinking", "kneeling", "eating", "tearing", "carrying",
    "opening", "shaking_hands", "dancing", "kissing", "running", "riding", "falling", "lying", "sleeping",
    "walking", "leaving", "playing", "reaching_up", "dressing", "touching", "pondering", "listening",
)  # fmt: skip
"""What somebody goes on doing for the whole shot."""
AT_ONCE: tuple[Gesture, ...] = ("waving", "knocking")
"""What is done as soon as the shot begins, whoever speaks."""
CLOSE: tuple[Gesture, ...] = ("hugging", "kissing")
"""In which eyes are closed."""
SILENT: tuple[Gesture, ...] = ("covering_mouth",)
"""What nobody speaks through."""
CARRIAGE: Mapping[Expression, tuple[float, float]] = {
    "tender": (2.4, 1.0), "sad": (1.6, 4.0), "suspicious": (-1.8, 0.6), "afraid": (-1.2, 1.4),
    "happy": (0.8, -0.8), "determined": (0.0, -1.2), "angry": (0.6, 1.6),
}  # fmt: skip
"""How a head is carried in a mood of its own: its tilt in degrees, and how much lower it is."""
TASKS: Mapping[Gesture, Gaze] = {
    "writing": (0.1, 1.0), "reading": (0.1, 1.0), "working": (0.1, 1.0), "stirring": (0.1, 0.9),
    "head_in_hands": (0.0, 1.0),
}  # fmt: skip
BENT: Mapping[Gesture, tuple[float, float]] = {
    "writing": (5.0, 5.0), "reading": (4.0, 4.0), "working": (4.5, 4.5), "stirring": (4.0, 4.0),
    "eating": (4.0, 2.0), "tearing": (4.0, 4.0), "carrying": (2.0, 2.0), "kissing": (5.0, 0.0),
    "head_in_hands": (3.0, 5.0), "whispering": (2.0, 0.0), "kneeling": (4.0, 3.0), "drinking": (-3.0, -1.0),
    "playing": (5.0, 3.0), "reaching_up": (-4.0, -2.0), "dressing": (2.0, 3.0),
}  # fmt: skip
"""How far a head is bent over what the hands do: its tilt in degrees, and how much lower it is."""
LEANING: Mapping[Gesture, float] = {"pushing": 2.2, "pulling": -2.4, "hugging": 1.0, "kissing": 1.6}
"""Degrees by which the whole body leans towards what it faces."""
SWINGS: Mapping[Gesture, tuple[float, float]] = {
    "waving": (1.6, 0.34), "knocking": (3.2, 0.22), "writing": (1.9, 0.05), "working": (0.8, 0.09),
    "stirring": (0.75, 0.12), "clenched_fist": (2.2, 0.06), "driving": (0.35, 0.06), "pulling": (0.5, 0.08),
    "pushing": (0.45, 0.06), "eating": (0.5, 0.16), "tearing": (0.6, 0.14), "shaking_hands": (1.5, 0.1),
    "running": (2.0, 0.34), "dancing": (0.5, 0.08), "falling": (1.8, 0.2), "walking": (0.9, 0.2),
    "playing": (2.0, 0.12), "dressing": (0.7, 0.1),
}  # fmt: skip
"""How many times a second a forearm goes to and fro in a gesture, and by how many radians."""
PACES: Mapping[Gesture, float] = {"running": 62.0, "riding": 74.0, "walking": 34.0}
"""Figure units a second by which somebody comes on."""
SPRINGS: Mapping[Gesture, float] = {"running": 16.0, "walking": 5.0, "leaving": 5.0}
"""How high a step springs, in figure units."""
TURNS, AWAY_A_SECOND = 2.2, 0.045
"""How far a dance sways, in degrees, and how much smaller who walks away gets."""
FALLS_AT_S, FALLS_S, LANDED = 0.5, 0.7, 2.25
"""When somebody loses their feet, how long they fall, and how much farther than in a panel."""
HARD: tuple[Expression, ...] = ("angry", "afraid", "suspicious", "determined", "surprised")


@dataclass(frozen=True, kw_only=True)
class Motion:
    """One person's small movements at a moment, in figure units and degrees."""

    head_turn: float
    """Tilt, in degrees."""
    head_x: float
    head_y: float
    yaw: float
    """Turn towards the side faced, from -1 to 1."""
    breath: float
    lean: float
    """Weight shifted from foot to foot, in degrees about the feet."""
    tilt: float = 1.0
    """How far a whole figure is turned about its feet, as a share of what its gesture says."""
    ahead: float = 0.0
    """How far it has come, towards the side faced."""
    up: float = 0.0
    """How high it is off the ground."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far the arms of a gesture are up, 0 to 1, and the beat of the words in them."""

    upper: float
    fore: float
    beat: float
    swing: float = 0.0
    """Radians of a forearm that goes to and fro; the two arms of a pose go against each other."""


class Life:
    """What a person does in a take. `speeches` is None for a panel: a pose and nothing else."""

    def __init__(
        self,
        name: str,
        seed: int,
        speeches: Sequence[Speech] | None,
        resting: Expression,
        *,
        gesture: Gesture = "none",
        others: Mapping[str, Gaze] | None = None,
        tone: Tone = "plain",
    ) -> None:
        self._dice = random.Random(f"{name}:{seed}")  # noqa: S311  # blinks, not secrets
        self._phase = self._dice.uniform(0, math.tau)
        self._period = self._dice.uniform(3.3, 4.1)
        self._part = Part(
            name=name, speeches=speeches or [], resting=resting, others=others or {},
            tone=tone, task=TASKS.get(gesture),
        )  # fmt: skip
        self._faces = expressions(self._part)
        self._gazes = gazes(self._part, self._dice)
        self._stresses = [moment for speech in self._part.own for moment in stresses(speech)]
        self._nods = [s.end_s + 0.2 for s in self._part.heard]
        self._asked = [(s.end_s - 0.55, s.end_s + 0.3) for s in self._part.own if asks(s)]
        self._asked += brows_up(self._part, self._dice)
        self._blinks = self._plan_blinks()
        self._gesture, self._still = gesture, speeches is None
        self.pose, self._up = self._plan_arms(gesture, still=self._still)

    def _plan_arms(self, gesture: Gesture, *, still: bool) -> tuple[Pose, list[Span]]:
        if gesture != "none":
            plan = at_once if gesture in AT_ONCE else between_lines if gesture in SILENT else None
            if plan and not still:
                return gesture, plan(self._part)
            return gesture, raised(self._part, still=still, always=gesture in KEPT, dice=self._dice)
        spans = talked_with(self._part, self._dice)
        return ("talking", spans) if spans else ("none", [])

    def _plan_blinks(self) -> list[float]:
        """Every two to five seconds, and when the face changes: a blink hides the seam, as in life."""
        moments = [key.at_s - 0.02 for key in self._faces[1:]]
        at = self._dice.uniform(0.7, 2.4)
        while at < 62:
            if all(abs(at - other) > 0.5 for other in moments):
                moments.append(at)
            at += self._dice.uniform(2.0, 4.9)
        return sorted(moments)

    def lids(self, at_s: float) -> Eyes:
        """How the eyes are at a moment."""
        if self._gesture == "sleeping":
            return "closed"
        if self._gesture in CLOSE and not any(s.start_s <= at_s < s.end_s for s in self._part.own):
            return "closed"
        for blink in self._blinks:
            since = at_s - blink
            if 0 <= since < 0.17:
                return "closed" if 0.045 <= since < 0.125 else "half"
        return "open"

    def expression(self, at_s: float) -> Expression:
        """The speech's expression while it lasts and a moment after, else the blocking's."""
        return held(self._faces, at_s)[0].value

    def feeling(self, at_s: float) -> Feeling:
        """The face at a moment, in steps so few that each can be kept."""
        key, before = held(self._faces, at_s)
        share = min(int((at_s - key.at_s) / CHANGE_S * 3), 3) / 3
        asking = any(start <= at_s < end for start, end in self._asked)
        return Feeling(
            expression=key.value, before=before if share < 1 else key.value, share=share,
            asking=asking, gaze=held(self._gazes, at_s)[0].value, tone=self._part.tone,
        )  # fmt: skip

    def mouth(self, at_s: float) -> Mouth:
        """The mouth's shape: moves only while this person speaks."""
        for speech in self._part.own:
            if speech.start_s <= at_s < speech.end_s:
                return _shape_of(speech.visemes, at_s - speech.start_s)
        return "rest"

    def reach(self, at_s: float) -> Reach:
        """Where the arms are between hanging and the gesture."""
        beat = sum(_bump((at_s - moment + 0.1) / 0.42) for moment in self._stresses)
        up, fore = _raised(self._up, at_s), _raised(self._up, at_s - LAG_S)
        return Reach(upper=up, fore=fore, beat=beat, swing=self._swing(at_s))

    def _swing(self, at_s: float) -> float:
        """What hands do again and again: in bursts when they knock, else for as long as they are up."""
        if self._still or self._gesture not in SWINGS:
            return 0.0
        rate, far = SWINGS[self._gesture]
        if self._gesture == "knocking":
            return far * max(math.sin(math.tau * rate * at_s), 0.0) * (1.0 if at_s % 2.4 < 1.0 else 0.0)
        return far * math.sin(math.tau * rate * at_s + self._phase)

    def motion(self, at_s: float) -> Motion:
        """Breath, weight, the nods of speech and of listening."""
        slow = math.sin(math.tau * at_s / self._period + self._phase)
        sway = math.sin(math.tau * at_s / 6.7 + self._phase * 1.7)
        talk = max((_presence(s, at_s) for s in self._part.own), default=0.0)
        heed = max((_presence(s, at_s) for s in self._part.heard), default=0.0)
        nod = sum(_bump((at_s - moment + 0.18) / 0.5) for moment in self._stresses)
        agree = sum(
            _bump((at_s - moment) / 0.46) + 0.6 * _bump((at_s - moment - 0.42) / 0.46)
            for moment in self._nods
        )
        hard = self._part.resting in HARD
        bow, low = BENT.get(self._gesture) or CARRIAGE.get(self._part.resting, (0.0, 0.0))
        roam = math.sin(math.tau * at_s / 2.9 + self._phase) * 0.6 + math.sin(math.tau * at_s / 1.9) * 0.4
        return Motion(
            head_turn=0.5 * sway
            + bow
            + talk * 1.3 * roam
            + nod * 1.1
            + heed * (1.4 if self._phase > math.pi else -1.1),
            head_x=0.5 * sway + talk * 0.7 * roam + heed * 0.8 + agree * (-1.2 if hard else 0.0),
            head_y=low + 0.6 * slow + nod * 2.6 + agree * (0.6 if hard else 2.4),
            yaw=max(-1.0, min(1.0, 0.12 * sway + 0.4 * talk * roam + 0.45 * heed + self._glance(at_s))),
            breath=slow,
            lean=LEANING.get(self._gesture, 0.0)
            + 0.3 * math.sin(math.tau * at_s / 7.9 + self._phase * 2.3)
            + 0.12 * talk * math.sin(math.tau * at_s / 3.7)
            + (TURNS * math.sin(math.tau * at_s / 2.6 + self._phase) if self._dances else 0.0),
            tilt=self._tilt(at_s),
            ahead=0.0 if self._still else PACES.get(self._gesture, 0.0) * (at_s - 1.6),
            up=self._bound(at_s),
        )

    @property
    def _dances(self) -> bool:
        return self._gesture == "dancing" and not self._still

    def _tilt(self, at_s: float) -> float:
        """A fall goes from the feet to the ground; a panel shows it half-way."""
        if self._still or self._gesture != "falling":
            return 1.0
        t = min(max((at_s - FALLS_AT_S) / FALLS_S, 0.0), 1.0)
        return LANDED * t * t

    def _bound(self, at_s: float) -> float:
        """The spring of a step."""
        if self._still or self._gesture not in SPRINGS:
            return 0.0
        rate, _ = SWINGS.get(self._gesture, SWINGS["walking"])
        return SPRINGS[self._gesture] * abs(math.sin(math.tau * rate / 2 * at_s))

    def gone(self, at_s: float) -> float:
        """How much smaller somebody is who walks away, as a share."""
        return 0.0 if self._still else AWAY_A_SECOND * at_s

    def _glance(self, at_s: float) -> float:
        """The head follows the eyes, later and less."""
        key, before = held(self._gazes, at_s)
        t = min(max((at_s - key.at_s - 0.05) / 0.35, 0.0), 1.0)
        return 0.4 * (before[0] + (key.value[0] - before[0]) * t * t * (3 - 2 * t))


def _raised(spans: Sequence[Span], at_s: float) -> float:
    return max(
        (_rise((at_s - start) / RISE_S) * (1 - _smooth((at_s - end) / FALL_S)) for start, end in spans),
        default=0.0,
    )


def _smooth(t: float) -> float:
    t = min(max(t, 0.0), 1.0)
    return t * t * (3 - 2 * t)


def _rise(t: float) -> float:
    """Up with a touch too much, then settled."""
    t = min(max(t, 0.0), 1.0)
    return _smooth(t) + 0.2 * math.sin(math.pi * t) * t * t


def _bump(t: float) -> float:
    """One soft beat while t goes from 0 to 1."""
    return math.sin(math.pi * t) ** 2 if 0 < t < 1 else 0.0


def _shape_of(visemes: list[Viseme], at_s: float) -> Mouth:
    if not visemes:
        return ("open", "closed", "teeth", "round", "closed", "wide")[int(at_s / 0.11) % 6]
    for viseme in visemes:
        if viseme.start_s <= at_s < viseme.end_s:
            return viseme.mouth
    return "closed"


def _presence(speech: Speech, at_s: float) -> float:
    """1 while the speech lasts, with soft edges, so that a head never jumps."""
    return min(_smooth((at_s - speech.start_s + 0.3) / 0.7), _smooth((speech.end_s + 0.45 - at_s) / 0.7))
