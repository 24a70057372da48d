"""Contact sheets of everything previz can draw, for eyes: `python -m tools.engines.previz.sheet FOLDER`."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

import cv2
import numpy as np

from state.order import Style
from state.script import (
    Age,
    Blocking,
    Expression,
    Garment,
    Gesture,
    HairStyle,
    Look,
    Mood,
    Place,
    SetKind,
    ShotSize,
    StagedThing,
    Staging,
    TimeOfDay,
)
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.raster import Pixels

Facing = Literal["left", "right", "camera"]
SKINS = ("#f1c9a5", "#c98d63", "#8d5a3b", "#5a3825", "#e0ac7e")
HAIRS = ("#2b1d16", "#6b3e20", "#c8963e", "#111018", "#8a2f1f")
CLOTHES = ("#7a2f3b", "#2f4a6b", "#3f6b4a", "#c9a23f", "#5a3f6b", "#b5533c", "#2a2f3a", "#d8d0c0")
ANA = Look(
    presentation="woman", skin="#e0ac7e", hair_style="wavy", hair_colour="#4a2a1a", garment="dress",
    garment_colour="#a8324a", accessory="earrings",
)  # fmt: skip
LUIS = Look(
    presentation="man",
    skin="#8d5a3b",
    hair_colour="#16110f",
    garment="suit",
    garment_colour="#2f3a52",
    beard="full",
)
PAIR = [
    Blocking(
        character="Ana", look=ANA, position="left", facing="right", expression="sad", gesture="hand_on_heart"
    ),
    Blocking(character="Luis", look=LUIS, position="right", facing="left", expression="angry"),
]


def sets() -> Iterator[Staging]:
    """Every set by day, at dusk and at night."""
    for kind in get_args(SetKind):
        for time in get_args(TimeOfDay):
            yield Staging(place=Place(name=kind, kind=kind), time=time, size="wide", people=PAIR)


def faces() -> Iterator[Staging]:
    """Every hair style and presentation, with the expressions going round."""
    for i, hair in enumerate(get_args(HairStyle)):
        for j, who in enumerate(("woman", "man")):
            look = _somebody(i, j).model_copy(update={"hair_style": hair, "presentation": who})
            expression = get_args(Expression)[(i * 2 + j) % 9]
            person = Blocking(character=hair, look=look, facing="right", expression=expression)
            yield Staging(place=Place(name="c", kind="cafe"), size="close_up", people=[person])


def _somebody(i: int, j: int) -> Look:
    return Look(
        presentation="man",
        skin=SKINS[(i + j) % 5],
        hair_colour=HAIRS[(i * 2 + j) % 5],
        garment=get_args(Garment)[(i + j * 3) % len(get_args(Garment))],
        garment_colour=CLOTHES[(i + j * 5) % 8],
        beard=("none", "stubble", "moustache", "full")[i % 4] if j else "none",
        glasses=(i + j) % 4 == 2,
        age=("adult", "young", "elder", "adult", "child")[(i + j) % 5],
    )


def expressions() -> Iterator[Staging]:
    """Every expression at every age."""
    for i, age in enumerate(get_args(Age)):
        look = (ANA, LUIS)[i % 2].model_copy(update={"age": age, "skin": SKINS[i], "beard": "none"})
        for expression in get_args(Expression):
            facing: Facing = "camera" if i % 2 else "right"
            person = Blocking(character=age, look=look, facing=facing, expression=expression)
            yield Staging(place=Place(name="o", kind="office"), size="close_up", people=[person])


def clothes() -> Iterator[Staging]:
    """Every garment from head to foot."""
    for i, garment in enumerate(get_args(Garment)):
        for j, base in enumerate((ANA, LUIS)):
            look = base.model_copy(update={"garment": garment, "garment_colour": CLOTHES[(i + j) % 8]})
            person = Blocking(character="x", look=look, facing="right" if j else "camera")
            yield Staging(place=Place(name="h", kind="hallway"), size="wide", people=[person])


def gestures() -> Iterator[Staging]:
    """Every gesture from the three sides."""
    for look, facing, held in ((LUIS, "camera", "letter"), (ANA, "right", "phone"), (LUIS, "left", "ring")):
        for gesture in get_args(Gesture):
            person = Blocking.model_validate(
                {"character": "x", "look": look, "facing": facing, "gesture": gesture}
            )
            yield Staging(place=Place(name="c", kind="cafe"), subject=held, people=[person])


def acts() -> Iterator[Staging]:
    """Every gesture in every size that shows a person, beside somebody."""
    old = PAIR[1].model_copy(update={"look": LUIS.model_copy(update={"age": "elder", "garment": "overalls"})})
    for gesture in get_args(Gesture):
        for size in ("wide", "two_shot", "medium", "over_shoulder", "close_up"):
            first = PAIR[0].model_copy(update={"gesture": gesture, "expression": "neutral"})
            yield Staging(place=Place(name="k", kind="kitchen"), size=size, people=[first, old])


def tones() -> Iterator[Staging]:
    """Every expression in every mood."""
    for mood in get_args(Mood):
        for expression in get_args(Expression):
            person = Blocking(character="x", look=ANA, facing="right", expression=expression)
            yield Staging(place=Place(name="o", kind="office"), size="close_up", mood=mood, people=[person])


def backs() -> Iterator[Staging]:
    """Every hair style from behind, over a shoulder."""
    for i, hair in enumerate(get_args(HairStyle)):
        for j, who in enumerate(("woman", "man")):
            garment = get_args(Garment)[(i + j * 6) % len(get_args(Garment))]
            look = _somebody(i, j).model_copy(
                update={"hair_style": hair, "presentation": who, "garment": garment}
            )
            near = Blocking(character="near", look=look, position="left" if j else "right")
            seen = PAIR[0].model_copy(update={"position": "right" if j else "left", "gesture": "none"})
            yield Staging(place=Place(name="o", kind="office"), size="over_shoulder", people=[seen, near])


def groups() -> Iterator[Staging]:
    """Every size with one to four people."""
    child = Blocking(character="Eva", look=ANA.model_copy(update={"age": "child", "hair_style": "ponytail"}))
    elder = Blocking(character="Rosa", look=ANA.model_copy(update={"age": "elder", "hair_style": "bun"}))
    for count in (1, 2, 3, 4):
        for size in get_args(ShotSize):
            people = [*PAIR, child, elder][:count]
            yield Staging(place=Place(name="c", kind="cafe"), size=size, people=people, subject="letter")


def framings() -> Iterator[Staging]:
    """Every size in every mood."""
    for mood in get_args(Mood):
        for size in get_args(ShotSize):
            place = Place(name="h", kind=get_args(SetKind)[len(mood) * 3 % 16])
            yield Staging(place=place, size=size, mood=mood, people=PAIR, subject="letter", time="dusk")


def things() -> Iterator[Staging]:
    """Every spot in every size that shows things."""
    shown = {"table": "teapot", "floor": "dog", "wall": "clock", "near": "candle", "air": "bird"}
    for size in ("wide", "two_shot", "medium", "over_shoulder"):
        for spot, picture in shown.items():
            thing = StagedThing.model_validate({"picture": picture, "spot": spot, "side": "right"})
            yield Staging(place=Place(name="k", kind="kitchen"), size=size, people=PAIR, things=[thing])


def sheet(stagings: Sequence[Staging], columns: int, size: PictureSize) -> Pixels:
    """Panels side by side."""
    shown = [Picture(staging, Style(), size, seed=1).at(0.0, 0.0) for staging in stagings]
    blank = np.zeros_like(shown[0])
    shown += [blank] * (-len(shown) % columns)
    return np.vstack([np.hstack(shown[i : i + columns]) for i in range(0, len(shown), columns)])


def main(folder: Path) -> None:
    """Write the sheets as PNG."""
    folder.mkdir(parents=True, exist_ok=True)
    wide, tall = PictureSize(width=400, height=225), PictureSize(width=216, height=384)
    square = PictureSize(width=270, height=270)
    for name, made, columns, size in (
        ("sets", list(sets()), 6, wide),
        ("faces", list(faces()), 5, wide),
        ("expressions", list(expressions()), 9, square),
        ("clothes", list(clothes()), 12, tall),
        ("gestures", list(gestures()), 5, wide),
        ("acts", list(acts()), 10, wide),
        ("acts-tall", list(acts()), 15, tall),
        ("acts-square", list(acts()), 15, square),
        ("tones", list(tones()), 9, square),
        ("backs", list(backs()), 4, wide),
        ("groups", list(groups()), 6, wide),
        ("groups-tall", list(groups()), 12, tall),
        ("groups-square", list(groups()), 6, square),
        ("things", list(things()), 5, wide),
        ("things-tall", list(things()), 10, tall),
        ("framings", list(framings()), 6, wide),
        ("framings-tall", list(framings()), 12, tall),
    ):
        cv2.imwrite(str(folder / f"{name}.png"), sheet(made, columns, size))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
