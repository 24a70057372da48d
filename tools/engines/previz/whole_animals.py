"""Animals of which the icon set has only the head, made whole: a floor with a head on it is a trophy room."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tools.engines.previz.colour import dark
from tools.engines.previz.ink import cel, curve, group, line, oval, path, pts
from tools.engines.previz.picture_library import inked_picture
from tools.engines.previz.story_animals import donkey, horse

HEAD, HEAD_Y = 0.63, -38.0
"""How much of its own size the head of a sitting animal has, and where its middle is."""


@dataclass(frozen=True, kw_only=True)
class Coat:
    """The colours below a head, and the tail that goes with it."""

    fur: str
    belly: str
    feet: str
    tail: tuple[str, ...] = ()
    """Its colours from root to tip; none for a tail that is not seen."""
    thick: float = 22.0


SITTING: dict[str, Coat] = {
    "fox": Coat(fur="#da8b52", belly="#ebd1a6", feet="#4a352c", tail=("#da8b52", "#da8b52", "#ebd1a6")),
    "bear": Coat(fur="#7a604a", belly="#8d7259", feet="#50403d"),
    "lion": Coat(
        fur="#daa753", belly="#e6c483", feet="#c08e44", tail=("#daa753", "#daa753", "#715747"), thick=8
    ),
    "raccoon": Coat(
        fur="#9f9b94", belly="#cfcac4", feet="#4d4844", tail=("#9f9b94", "#5a554f", "#9f9b94", "#5a554f")
    ),
    "hamster": Coat(fur="#d8aa75", belly="#ecd3ae", feet="#e69791"),
    "frog": Coat(fur="#3cab6b", belly="#dabe5e", feet="#318a57"),
}
RECOLOURED: dict[str, tuple[str, dict[str, str]]] = {
    "boar": ("pig", {"#e07a71": "#5d4538", "#e69791": "#715747", "#e8b8a9": "#8d7060", "#36312b": "#1d1613"}),
    "moose": ("deer", {"#bc8b5a": "#5f4536", "#d8aa75": "#7c5b47", "#ebd1a6": "#a88a6f", "#7c5949": "#4d392d",
                       "#715747": "#c79a66"}),
    "unicorn": ("horse", {"#36312b": "#8f6fb5", "#715747": "#c9c0d6", "#9d7764": "#efeaf2"}),
}  # fmt: skip
"""Whose body is near enough, and in which colours."""
FOUR_FOOTED: dict[str, Callable[[str, float], str]] = {"donkey": donkey, "horse": horse}
"""The library has them rearing and bucking."""


def whole_animal(name: str) -> Callable[[str, float], str] | None:
    """Who draws this animal from its paws to its ears; nobody when the library does."""
    if name in FOUR_FOOTED:
        return FOUR_FOOTED[name]
    if name in SITTING:
        return lambda ink, wide: _sitting(name, ink, wide)
    return (lambda ink, wide: _recoloured(name, ink, wide)) if name in RECOLOURED else None


@lru_cache(maxsize=16)
def _sitting(name: str, ink: str, wide: float) -> str:
    coat = SITTING[name]
    head = group(inked_picture(name, ink, wide / HEAD), transform=f"translate(0 {HEAD_Y}) scale({HEAD})")
    return _tail(coat, ink, wide) + _body(coat, ink, wide) + head


def _body(coat: Coat, ink: str, wide: float) -> str:
    trunk = curve([(-26, -8), (26, -8), (42, 30), (50, 68), (36, 88), (-36, 88), (-50, 68), (-42, 30)])
    shade = pts([(14, -20), (80, -20), (80, 100), (26, 100)])
    drawn = cel(trunk, coat.fur, dark(coat.fur, 0.2), shade, ink=ink, width=wide)
    drawn += oval(0, 44, 22, 32, coat.belly)
    for side in (-1, 1):
        drawn += oval(side * 42, 84, 21, 10, coat.feet, ink=ink, width=wide)
    for side in (-1, 1):
        leg = curve([(side * 8, 30), (side * 26, 32), (side * 24, 82), (side * 7, 82)], tension=0.7)
        drawn += path(leg, coat.fur, ink=ink, width=wide)
        drawn += oval(side * 16, 86, 14, 8, coat.feet, ink=ink, width=wide)
    return drawn


def _tail(coat: Coat, ink: str, wide: float) -> str:
    """Up at the right side, its end towards the light."""
    way = [(38, 76), (66, 74), (82, 50), (80, 22), (88, 2)]
    count = len(coat.tail)
    if not count:
        return ""
    drawn = line(way, ink, coat.thick + 2 * wide)
    for i, tone in enumerate(coat.tail):
        drawn += line(way[i * 4 // count :], tone, coat.thick)
    return drawn


def _recoloured(name: str, ink: str, wide: float) -> str:
    body, tones = RECOLOURED[name]
    drawn = inked_picture(body, ink, wide)
    for was, now in tones.items():
        drawn = drawn.replace(f'<g fill="{was}"', f'<g fill="{now}"')
    return drawn + _HEADGEAR[name](ink)


def _tusks(ink: str) -> str:
    return path(pts([(-70, 8), (-60, 8), (-68, -10)]), "#f1e8d6", ink=ink, width=2.4)


def _horn(ink: str) -> str:
    return path(pts([(-64, -74), (-48, -82), (-77, -98)]), "#e8c35a", ink=ink, width=2.4)


def _nothing(ink: str) -> str:
    return ""


_HEADGEAR: dict[str, Callable[[str], str]] = {"boar": _tusks, "unicorn": _horn, "moose": _nothing}
