"""Windows and doors as the story shows them close: open by half, clouded by steam, with their number."""

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, cel, clip, curve, line, oval, path, pts

FRAME, LIT, BRASS = "#efe6d4", "#f6c66a", "#d9a94a"


def half_open_window(ink: str) -> str:
    """A sash pushed up by half and no further, over its sill."""
    wall = box(-86, -96, 172, 180, dark(FRAME, 0.12), ink=ink, width=4, r=3)
    dark_room = box(-70, -80, 140, 150, "#4b4250", ink=ink, width=3.5)
    curtain = path(curve([(-70, -80), (-36, -80), (-46, -10), (-62, 68), (-70, 70)], tension=0.4), "#c9785f", ink=ink, width=3)  # fmt: skip
    curtain += path(curve([(70, -80), (36, -80), (46, -10), (62, 68), (70, 70)], tension=0.4), "#c9785f", ink=ink, width=3)  # fmt: skip
    upper = box(-72, -82, 144, 72, "#bcd8e2", ink=ink, width=4) + line([(-60, -20), (-20, -74)], "#ffffff", 6, opacity=0.7) + line([(10, -20), (44, -70)], "#ffffff", 5, opacity=0.6)  # fmt: skip
    bars = box(-74, -16, 148, 14, FRAME, ink=ink, width=4, r=2) + box(-5, -82, 10, 70, FRAME, ink=ink, width=3.5)  # fmt: skip
    jambs = box(-84, -94, 14, 172, FRAME, ink=ink, width=4) + box(70, -94, 14, 172, FRAME, ink=ink, width=4)
    head = box(-90, -98, 180, 16, FRAME, ink=ink, width=4, r=2)
    sill = box(-98, 70, 196, 18, pale(FRAME, 0.3), ink=ink, width=4, r=3)
    return wall + dark_room + curtain + upper + bars + jambs + head + sill


def steamed_window(ink: str) -> str:
    """A pane clouded by steam, with drops; its word comes with the story."""
    frame = box(-98, -74, 196, 148, "#39424c", ink=ink, width=5, r=16)
    shape = box(-86, -62, 172, 124, "#2f4a63", ink=ink, width=4, r=12)
    steam = box(-86, -62, 172, 124, "#a9bfca", r=12, opacity=0.82)
    lights = oval(-54, -34, 17, 17, "#f3d38a", opacity=0.5) + oval(58, -40, 12, 12, "#e08a6a", opacity=0.5) + oval(30, 40, 14, 14, "#f3d38a", opacity=0.35)  # fmt: skip
    edge = box(-86, -62, 172, 124, "none", ink="#dbe7ec", width=5, r=12, opacity=0.6)
    runs = "".join(line([(x, y), (x + 1, y + long)], "#5f7f94", 3.5, smooth=False) + oval(x + 1, y + long + 2, 3.4, 4.4, "#dcebf2") for x, y, long in ((-66, 26, 24), (-20, 34, 16), (44, 28, 24), (70, 6, 36), (-78, -20, 30)))  # fmt: skip
    return frame + shape + lights + steam + edge + runs


def numbered_door(ink: str) -> str:
    """The upper half of a front door: panels, a knocker, a number on its plate."""
    tone = "#3f6a5c"
    leaf = cel(pts([(-74, -96), (74, -96), (74, 96), (-74, 96)]), tone, dark(tone, 0.16), pts([(30, -100), (80, -100), (80, 100), (36, 100)]), ink=ink, width=5)  # fmt: skip
    panels = "".join(box(x, y, 52, h, dark(tone, 0.12), ink=ink, width=3.5, r=3) for x in (-60, 8) for y, h in ((-84, 40), (32, 54)))  # fmt: skip
    plate = box(-34, -32, 68, 46, pale(BRASS, 0.12), ink=ink, width=4, r=8)
    screws = "".join(oval(x, -9, 3, 3, dark(BRASS, 0.4)) for x in (-28, 28))
    two: list[Point] = [(-17, -16), (-11, -24), (-3, -20), (-5, -9), (-17, 5), (-2, 5)]
    figures = line(two, "#3c2c12", 5.5) + line([(8, -18), (14, -24), (14, 5)], "#3c2c12", 5.5, smooth=False)
    knob = oval(58, 20, 9, 9, BRASS, ink=ink, width=3.5) + oval(55, 17, 3, 3, pale(BRASS, 0.6))
    return leaf + panels + plate + screws + figures + knob


def striped_flag(ink: str, tones: tuple[str, ...], *, upright: bool = True) -> str:
    """In the wind on its pole, in as many stripes as it has colours; upright ones run along the pole."""
    pole = line([(-74, -94), (-74, 96)], ink, 16) + line([(-74, -94), (-74, 96)], "#c89a62", 8)
    outline = curve([(-68, -86), (-20, -96), (30, -78), (92, -88), (88, -4), (30, 6), (-20, -12), (-68, -2)], tension=0.7)  # fmt: skip
    wide = 164 / len(tones)
    stripes = "".join(_stripe(k, wide, len(tones), tone, upright=upright) for k, tone in enumerate(tones))
    shade = path(pts([(-30, -110), (0, -110), (0, 20), (-24, 20)]), "#1c1018", opacity=0.12)
    shade += path(pts([(44, -110), (74, -110), (70, 20), (46, 20)]), "#1c1018", opacity=0.12)
    cloth = clip(outline, stripes + shade) + path(outline, "none", ink=ink, width=5)
    return pole + cloth + oval(-74, -96, 7, 7, BRASS, ink=ink, width=4)


def _stripe(at: int, wide: float, count: int, tone: str, *, upright: bool) -> str:
    if upright:
        x = -70 + at * wide
        return path(pts([(x, -110), (x + wide + 2, -110), (x + wide + 2, 20), (x, 20)]), tone)
    deep, top = 84 / count, -86 + at * 84 / count
    wave: list[Point] = [(-74, top), (-20, top - 10), (30, top + 8), (96, top - 2)]
    back = [(x, y + (deep + 2 if at < count - 1 else 40)) for x, y in reversed(wave)]
    start = wave if at else [(x, y - 30) for x, y in wave]
    return path(curve(start, False, 0.7) + "L" + " L".join(f"{x} {y}" for x, y in back) + "Z", tone)


def plain_flag(ink: str) -> str:
    """A flag of which nobody has told the colours: pale cloth in the wind."""
    return striped_flag(ink, ("#d9d2c2",))
