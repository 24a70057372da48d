"""Framed portraits: of a cat, a dog, a horse, a bird, a woman, a man, a child, a couple; a photograph on the wall."""

from collections.abc import Callable

from tools.engines.previz.colour import dark
from tools.engines.previz.ink import box, group, line, oval, path, pts
from tools.engines.previz.picture_library import inked_picture
from tools.engines.previz.whole_animals import whole_animal

GILT, GROUND = "#b98a3f", "#7d9a94"
Draw = Callable[[str], str]


def _framed(ink: str, inner: str, *, ground: str = GROUND) -> str:
    """In a gilt frame with a cord, as it hangs."""
    cord = line([(-40, -78), (0, -97), (40, -78)], "#5f4a34", 4, smooth=False)
    outer = box(-78, -80, 156, 174, GILT, ink=ink, width=5, r=4) + box(-66, -68, 132, 150, dark(GILT, 0.25), ink=ink, width=3.5)  # fmt: skip
    canvas = box(-58, -60, 116, 134, ground, ink=ink, width=3.5)
    light = path(pts([(-58, -60), (10, -60), (-58, 40)]), "#ffffff", opacity=0.14)
    return cord + outer + canvas + inner + light + line([(-72, -74), (72, -74)], "#e2bf7a", 4)


def _of_animal(name: str, ground: str = GROUND) -> Draw:
    def draw(ink: str) -> str:
        whole = whole_animal(name)
        drawn = whole(ink, 5.0) if whole else inked_picture(name, ink, 5.0)
        return _framed(ink, group(drawn, transform="translate(0 10) scale(0.52)"), ground=ground)

    return draw


cat_portrait = _of_animal("cat")
dog_portrait = _of_animal("dog", "#8fa3ad")
horse_portrait = _of_animal("horse", "#a9b48a")
bird_portrait = _of_animal("parrot", "#d8cba6")


def _sitter(ink: str, x: float, k: float, cloth: str, hair: str, *, long: bool) -> str:
    """Head and shoulders."""
    tresses = path(
        "M-34 -26Q-40 -58 0 -60Q40 -58 34 -26L36 26Q18 34 0 30Q-18 34 -36 26Z", hair, ink=ink, width=4
    )
    body = path("M-50 74V58Q-46 24 0 22Q46 24 50 58V74Z", cloth, ink=ink, width=4)
    face = box(-9, 8, 18, 22, "#c98f6a") + oval(0, -16, 25, 30, "#dba880", ink=ink, width=4)
    crop = path("M-28 -20Q-30 -56 0 -54Q30 -56 28 -20Q16 -40 0 -38Q-16 -40 -28 -20Z", hair, ink=ink, width=4)
    traits = oval(-9, -14, 3, 4, ink) + oval(9, -14, 3, 4, ink) + line([(-8, 2), (0, 5), (8, 2)], ink, 3.5)
    parts = (tresses if long else "") + body + face + crop + traits
    return group(parts, transform=f"translate({x} {74 - 74 * k}) scale({k})")


def woman_portrait(ink: str) -> str:
    """Of somebody's mother or wife."""
    return _framed(ink, _sitter(ink, 0, 1, "#7a4458", "#3f2b22", long=True), ground="#b9ab8c")


def man_portrait(ink: str) -> str:
    """Of somebody's father or husband."""
    return _framed(ink, _sitter(ink, 0, 1, "#3f4a5c", "#4a4038", long=False), ground="#a39b86")


def child_portrait(ink: str) -> str:
    """Smaller in its frame."""
    return _framed(ink, _sitter(ink, 0, 0.8, "#c9a13f", "#6b4a2c", long=False), ground="#9fb4ae")


def couple_portrait(ink: str) -> str:
    """Two side by side."""
    pair = _sitter(ink, -24, 0.7, "#3f4a5c", "#3a302a", long=False) + _sitter(ink, 25, 0.66, "#e9e2d4", "#5a3a26", long=True)  # fmt: skip
    return _framed(ink, pair, ground="#b9ab8c")
