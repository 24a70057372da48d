"""Who is drawn and how they hold themselves: the values every drawing of a person starts from.

Space of a figure: the head's centre is (0, 0), the chin at y = 57, an adult's
shoulders at y = 112 and soles at y = 640. People are drawn turned to the right and
mirrored when they look left, so a face keeps its features from both sides.
"""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from math import asin, sin
from typing import Literal

from state.script import Accessory, Age, Blocking, Garment, Gesture, HairStyle, Look, ThingLook
from tools.engines.previz.colour import dark, hexed, luma, mix, pale, tint
from tools.engines.previz.ink import Point
from tools.engines.previz.people.years import body_length, childlike, weathered, years_of

Eyes = Literal["open", "half", "closed"]
Mouth = Literal["closed", "open", "wide", "round", "teeth", "rest"]
HEAD_RADIUS = 42.0
THREE_QUARTER = 0.46
"""Radians of a head that looks past the camera."""
MADE_UP = 0.26
"""Below it a girl is a young woman."""
RISE = 13.0
"""How far the shoulders are drawn up to the head: shorter necks read better at a distance."""
MIDDLE = 0.07
"""How much broader somebody of fifty is than at thirty."""
GREYING, VERY_OLD = 44, 72
"""From when on hair has its first grey, and when it is white."""
SLIM: dict[Age, float] = {"young": 0.94, "elder": 1.04}
"""Girth against an adult's of the same build."""
UNDER: dict[Garment, tuple[str, float]] = {
    "apron": ("#efe8da", 0.78), "overalls": ("#e6d8bd", 0.86), "hi_vis": ("#2c3a52", 0.72),
    "chef": ("#f6f4ee", 0.8), "traditional": ("#f2ecdd", 0.92), "waistcoat": ("#ece5d6", 0.9),
    "kilt": ("#ece5d6", 0.9), "sari": ("#3a2b33", 0.35),
}  # fmt: skip
"""What is worn under a garment that leaves the sleeves free, and how far it is that colour."""


TILTS: dict[Gesture, float] = {
    "lying": -87.0,
    "sleeping": -87.0,
    "falling": -38.0,
    "running": 9.0,
    "riding": 4.0,
    "walking": 2.0,
}
"""How far whole figures are turned about their feet, in degrees; negative is backwards."""
KNEES = 474.0
"""How far down a body goes on its knees, in its own space."""


@dataclass(frozen=True, kw_only=True)
class Cut:
    """Measures of a body in figure units."""

    shoulder: float
    chest: float
    waist: float
    hip: float
    far: float = 1.0
    """How much of the far side is seen when the body is turned."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """One drawable person: a look in a pose."""

    look: Look
    facing: Literal["left", "right", "camera"] = "camera"
    gesture: Gesture = "none"
    held: str = ""
    """What the hands hold, an object's name."""
    held_look: ThingLook | None = None
    """How that looks where the story says so."""
    room: float = 1000.0
    """How far ahead the next person stands, in figure units: nobody points into a face."""
    open_ahead: tuple[float, float] = (1000.0, 1000.0)
    """How far ahead a hand is seen, at the two `HAND_HEIGHTS`."""
    line: float = 2.4
    """Width of the outline in figure units."""
    ink: str = "#2a1a20"
    outdoors: bool = False
    """Under the open sky people sit on a bench."""

    @property
    def turn(self) -> float:
        """How far the head is turned from the camera, in radians."""
        return 0.08 if self.facing == "camera" else THREE_QUARTER

    @property
    def mirrored(self) -> bool:
        """Whether the drawing is flipped."""
        return self.facing == "left"

    @property
    def woman(self) -> bool:
        """Drawn as a woman or girl."""
        return self.look.presentation == "woman"

    @property
    def child(self) -> bool:
        """Drawn as a child."""
        return self.look.age == "child"

    @property
    def elder(self) -> bool:
        """Drawn as an old person."""
        return self.look.age == "elder"

    @property
    def body_scale(self) -> float:
        """Size of the body against the adult's."""
        sex = 0.95 if self.woman and not self.child else 1.0
        return body_length(self.look) * sex * self.traits.height

    @cached_property
    def childlike(self) -> float:
        """How much of a child's face is left: 1 at eight years, none when grown up."""
        return childlike(self.look)

    @cached_property
    def weathered(self) -> float:
        """How much the years have written into the face: none at thirty, 1 in old age."""
        return weathered(self.look)

    @property
    def painted(self) -> bool:
        """Whether lips and lashes are drawn as a grown woman's."""
        return self.woman and self.childlike < MADE_UP and self.look.garment not in ("habit", "cassock")

    def wears(self, *kinds: Accessory) -> bool:
        """Whether one of these is worn."""
        return self.look.accessory in kinds or self.look.also in kinds

    @property
    def cut(self) -> Cut:
        """Men are square above, women below, children straight; builds differ."""
        far = 1.0 if self.facing == "camera" else 0.86
        build = self.traits.build * SLIM.get(self.look.age, 1.0) * (1.0 - 0.1 * self.childlike)
        build *= 1.0 if self.elder else 1.0 + MIDDLE * max(0.0, min((years_of(self.look) - 36) / 14, 1.0))
        broad, round_ = build, max(build - 1.0, 0.0)
        if self.child:
            return Cut(
                shoulder=74 * (broad * 0.5 + 0.55), chest=64 * broad, waist=62 * broad + 60 * round_,
                hip=64 * (broad * 0.6 + 0.45), far=far,
            )  # fmt: skip
        if self.woman:
            return Cut(
                shoulder=72 * (broad * 0.5 + 0.5), chest=60 * broad, waist=47 * broad + 75 * round_,
                hip=67 * broad, far=far,
            )  # fmt: skip
        return Cut(
            shoulder=91 * (broad * 0.38 + 0.62), chest=77 * (broad * 0.85 + 0.15), waist=69 * broad + 70 * round_,
            hip=68 * (broad * 0.7 + 0.3), far=far,
        )  # fmt: skip

    @property
    def stoop(self) -> tuple[float, float]:
        """How far the body is behind and above the head's place: old people bend forward."""
        if self.child:
            # A child's neck is short.
            return 0.0, -12.0 * self.childlike
        if not self.elder:
            return 0.0, 0.0
        return (0.0 if self.facing == "camera" else -12.0 * self.weathered), -10.0 * self.weathered

    def tone(self, usual: str, *kinds: Accessory) -> str:
        """The colour of one of these that is worn beside the garment: as told, or the usual one."""
        look = self.look
        if look.accessory in kinds:
            return look.accessory_colour or usual
        return (look.also_colour or usual) if look.also in kinds else usual

    @property
    def cloth(self) -> str:
        """The colour of sleeves and chest; aprons, bibs and waistcoats are worn over something else."""
        base, share = UNDER.get(self.look.garment, ("", 0.0))
        if base and self.look.under_colour:
            return self.look.under_colour
        return mix(self.look.garment_colour, base, share) if base else self.look.garment_colour

    def body_place(self, x: float, y: float) -> Point:
        """A point of the body's own space in the figure's."""
        k, (dx, dy) = self.body_scale, self.stoop
        return x * k + dx, y * k + 78 * (1 - k) - RISE + dy

    @property
    def soles_y(self) -> float:
        """Where the figure stands."""
        return self.body_place(0.0, 525.0 if self.seated else KNEES if self.kneels else 645.0)[1]

    @property
    def seated(self) -> bool:
        """Drawn on a chair."""
        return self.gesture in ("sitting", "writing")

    @property
    def strides(self) -> bool:
        """With bent legs and no chair: in a run, on a bicycle, in a fall."""
        return self.gesture in ("running", "riding", "falling", "walking")

    @property
    def tilt(self) -> float:
        """How far the whole figure is turned about its feet, in degrees; negative is backwards."""
        return TILTS.get(self.gesture, 0.0)

    @property
    def kneels(self) -> bool:
        """Down on both knees."""
        return self.gesture == "kneeling"

    @cached_property
    def traits(self) -> "Traits":
        """The features that belong to this look."""
        return traits_of(self.look)

    @property
    def skin(self) -> str:
        """Skin in light."""
        return self.look.skin

    @property
    def skin_shade(self) -> str:
        """Skin in shadow: redder and darker, never grey, and no fuller than in light, or it glows by night."""
        return mix(tint(self.look.skin, (0.85, 0.75, 0.72)), "#7a2f2a", 0.08)

    @property
    def hair(self) -> str:
        """The hair's colour; old people's is grey, or white where it was fair."""
        colour, years = self.look.hair_colour, self.look.years
        if self.look.hair_told or _vivid(colour):
            # Red, copper or blond at seventy is dyed, and told.
            return colour
        if self.elder:
            old = years is None or years >= VERY_OLD
            grey = mix(colour, hexed(*[luma(colour)] * 3), 0.7 if old else 0.4)
            pale_ = luma(colour) > 0.45 and not old
            return mix(grey, "#e4e1df", 0.66 if old else 0.5 if pale_ else 0.42)
        first = max(0.0, min(((years or 0) - GREYING) / 26, 0.42))
        return mix(colour, "#a7a29c", first) if first and luma(colour) < 0.5 else colour

    @property
    def hair_style(self) -> HairStyle:
        """The hair as it is seen: what is piled up lies flat under a hat."""
        style = self.look.hair_style
        if self._covered:
            return "bald" if style == "bald" else "slicked"
        if self.wears("curlers"):
            return "bald" if style == "bald" else "slicked"
        if self.wears("headscarf"):
            return "short" if style in ("afro", "curly", "bun", "ponytail") else style
        if self.wears(
            "hat",
            "cap",
            "straw_hat",
            "helmet",
            "beret",
            "peaked_cap",
            "chef_hat",
            "knit_cap",
            "flat_cap",
            "skullcap",
            "cloche",
        ):
            flat: dict[HairStyle, HairStyle] = {"afro": "curly", "bun": "slicked"}
            return flat.get(style, style)
        return style

    @property
    def _covered(self) -> bool:
        """Whether all hair is under cloth."""
        return self.wears("head_wrap") or (self.look.garment == "habit" and self.woman)

    @property
    def hair_shade(self) -> str:
        """Hair in shadow."""
        return dark(self.hair, 0.34) if luma(self.hair) > 0.12 else mix(self.hair, "#05030a", 0.5)

    @property
    def hair_light(self) -> str:
        """Where light runs over the hair."""
        return pale(self.hair, 0.2 if luma(self.hair) > 0.3 else 0.16)

    def at(self, x: float, y: float, radius: float = HEAD_RADIUS) -> Point:
        """A point of the head's surface, given as seen from the front, after the turn."""
        angle = asin(max(-1.0, min(1.0, x / radius)))
        return sin(angle + self.turn) * radius, y


VIVID = 0.2


def _vivid(colour: str) -> bool:
    """Whether a colour of hair is one that nobody has grown grey with."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return max(parts) - min(parts) > VIVID


@dataclass(frozen=True, kw_only=True)
class Traits:
    """The features by which two people with the same hair are told apart."""

    jaw: float
    length: float
    nose: int
    eye: float
    gap: float
    brow: float
    lips: float
    iris: str
    freckles: bool
    parting: int
    """-1 or 1: the side of the parting."""
    eye_shape: int
    brow_shape: int
    face: int
    """Oval, round, long, square or heart: see `head.outline`."""
    mole: int
    """Where a beauty spot is; 0 for none."""
    build: float = 1.0
    """Girth: below 1 is slim, above it round."""
    height: float = 1.0
    cut: int = 0
    """Which of the ways to cut short hair: see `cuts`."""
    stance: int = 0
    """How the near arm rests: hanging, thumb in the belt, before the belly, behind the back."""


BUILDS = {"slim": 0.85, "usual": 1.0, "stout": 1.36}
BROWS = {"thin": 0.7, "thick": 1.9}
STATURES = {"short": 0.9, "usual": 1.0, "tall": 1.08}


def traits_of(look: Look) -> Traits:
    """Features from what stays with a person: not from clothes or age."""
    same = f"{look.presentation}{look.skin}{look.hair_colour}{look.hair_style}{look.glasses}{look.beard}"
    dice = hashlib.sha256(same.lower().encode()).digest()
    woman = look.presentation == "woman"
    child, stout = childlike(look), look.build == "stout"
    fair = luma(look.skin) > 0.62
    irises = (
        ["#4a2c1a", "#6b4423", "#3d5a3a", "#3f6180", "#54606b"] if fair else ["#3a2214", "#4a2c1a", "#5a3a1e"]
    )
    return Traits(
        jaw=(0.9 if woman else 1.05 - 0.1 * child) + (dice[0] / 255 - 0.5) * 0.16 + (0.13 if stout else 0.0),
        length=1.0 + (dice[1] / 255 - 0.5) * 0.12,
        nose=dice[2] % 5,
        eye_shape=dice[12] % 4,
        brow_shape=dice[13] % 4,
        face=dice[14] % 5,
        mole=(0, 0, 0, 0, 1, 2, 3)[dice[15] % 7],
        eye=(1.1 if woman else 0.94) + (dice[3] / 255 - 0.5) * 0.2,
        gap=17.0 + (dice[4] / 255 - 0.5) * 3.0,
        brow=(2.8 if woman else 5.0 - 1.9 * child)
        * (BROWS[look.brows] if look.brows else 0.85 + dice[5] / 255 * 0.4),
        lips=0.8 + dice[6] / 255 * 0.5,
        iris=irises[dice[7] % len(irises)],
        freckles=look.freckles if look.freckles is not None else fair and dice[8] % 4 == 0,
        parting=1 if dice[9] % 2 else -1,
        build=BUILDS[look.build] if look.build else (0.93, 1.0, 1.0, 1.14)[dice[10] % 4],
        height=STATURES[look.stature or "usual"] + (dice[11] / 255 - 0.5) * (0.03 if look.stature else 0.07),
        cut=dice[17],
        stance=(0, 1, 2, 3)[dice[16] % 4],
    )


def person_of(
    blocking: Blocking, *, line: float = 2.4, ink: str = "#2a1a20", held: str = "", facing: str | None = None,
    room: float = 1000.0, open_ahead: tuple[float, float] = (1000.0, 1000.0), held_look: ThingLook | None = None, outdoors: bool = False,
) -> Person:  # fmt: skip
    """The person of a blocking, drawn with a line of this width."""
    return Person(
        look=blocking.look,
        facing=facing or blocking.facing,  # type: ignore[arg-type]  # one of its words
        gesture=blocking.gesture,
        held=held,
        held_look=held_look,
        room=room,
        open_ahead=open_ahead,
        line=line,
        ink=ink,
        outdoors=outdoors,
    )
