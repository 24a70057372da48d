"""Hats and caps, over any hair."""

from collections.abc import Callable

from state.script import Accessory
from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import clip, curve, group, line, oval, path
from tools.engines.previz.people.caps import CAPS
from tools.engines.previz.people.person import Person
from tools.engines.previz.people.wraps import WRAPS, coif


def set_back(person: Person) -> float:
    """Hair and hats sit towards the back of a turned head."""
    return 0.0 if person.facing == "camera" else -5.0


def headwear(person: Person) -> str:
    """A hat or a cap, over any hair."""
    look = person.look
    if look.garment == "habit" and person.woman:
        return coif(person)
    kinds: dict[Accessory, Callable[[Person], str]] = {
        "hat": _hat, "cap": _baseball_cap, "headscarf": _headscarf, "straw_hat": _straw_hat, "helmet": _helmet, **WRAPS, **CAPS,
    }  # fmt: skip
    drawn = kinds.get(look.accessory) or kinds.get(look.also)
    return drawn(person) if drawn else ""


def _hat(person: Person) -> str:
    s = set_back(person) * 0.6
    usual = mix(person.look.garment_colour, "#3a2a24", 0.5) if not person.woman else "#e2c38a"
    felt = person.tone(usual, "hat")
    band = dark(felt, 0.45) if not person.woman else person.look.garment_colour
    wide = 82.0 if person.woman else 70.0
    crown = curve([(-45 + s, -34), (-43 + s, -66), (-30 + s, -88), (-4 + s, -84), (24 + s, -89), (40 + s, -66), (44 + s, -34), (0 + s, -26)], tension=0.8)  # fmt: skip
    brim = curve(
        [
            (-wide + s, -26),
            (-40 + s, -42),
            (0 + s, -38),
            (40 + s, -42),
            (wide + s, -28),
            (40 + s, -22),
            (0 + s, -17),
            (-44 + s, -20),
        ]
    )
    ribbon = path(curve([(-60, -52), (0, -44), (60, -52), (60, -28), (0, -22), (-60, -28)]), band)
    shade = path(curve([(-70, -100), (-24 + s, -92), (-26 + s, -30), (-70, -30)]), dark(felt, 0.25))
    return group(
        path(crown, felt) + clip(crown, shade, ribbon) + path(crown, ink=person.ink, width=person.line * 1.1),
        path(brim, felt), clip(brim, path(curve([(-90, -24), (0, -20), (90, -26), (60, -10), (-60, -10)]), dark(felt, 0.3))),
        path(brim, ink=person.ink, width=person.line * 1.1),
    )  # fmt: skip


def _baseball_cap(person: Person) -> str:
    s, ink, w = set_back(person), person.ink, person.line
    cloth = person.tone(mix(dark(person.look.garment_colour, 0.12), "#28364d", 0.3), "cap")
    crown = curve([(-48 + s, -24), (-47 + s, -46), (-30 + s, -66), (-2 + s, -73), (26 + s, -66), (44 + s * 0.6, -46), (45 + s * 0.4, -26), (0 + s, -32)], tension=0.9)  # fmt: skip
    shade = path(curve([(-70, -80), (-26 + s, -70), (-30 + s, -24), (-70, -20)]), dark(cloth, 0.28))
    x = s * 0.2 if person.facing == "camera" else 14.0
    seams = line([(x - 2, -73), (x - 6, -50), (x - 5, -30)], dark(cloth, 0.35), w * 0.7)
    button = oval(-2 + s, -73, 5, 3, dark(cloth, 0.2), ink=ink, width=w * 0.6)
    if person.facing == "camera":
        visor = curve(
            [
                (-43, -30),
                (-24, -36),
                (0, -38),
                (24, -36),
                (43, -30),
                (38, -17),
                (18, -22),
                (0, -23.5),
                (-18, -22),
                (-38, -17),
            ]
        )
        under = curve([(-40, -20), (0, -26), (40, -20), (18, -21), (0, -22), (-18, -21)])
    else:
        visor = curve([(-2, -34), (20, -38), (44, -34), (74, -24), (78, -18), (56, -20), (34, -21), (8, -25)])
        under = curve([(8, -26), (34, -22), (76, -18), (52, -17), (30, -18)])
    peak = path(visor, dark(cloth, 0.1), ink=ink, width=w) + path(under, dark(cloth, 0.5))
    return (
        path(crown, cloth) + clip(crown, shade, seams) + path(crown, ink=ink, width=w * 1.1) + button + peak
    )


def _straw_hat(person: Person) -> str:
    """Broad and woven, against the sun of fields."""
    s, w, straw = set_back(person) * 0.6, person.line, "#e3c479"
    weave = dark(straw, 0.24)
    crown = curve([(-44 + s, -34), (-43 + s, -62), (-26 + s, -84), (0 + s, -88), (26 + s, -84), (42 + s, -62), (43 + s, -34), (0 + s, -28)], tension=0.85)  # fmt: skip
    brim = curve([(-98 + s, -22), (-56 + s, -40), (0 + s, -42), (56 + s, -40), (98 + s, -24), (50 + s, -15), (0 + s, -12), (-52 + s, -14)])  # fmt: skip
    rings = "".join(line([(-60, y), (0, y + 7), (60, y)], weave, w * 0.6) for y in range(-84, -44, 8))
    ribbon = path(curve([(-60, -52), (0, -44), (60, -52), (60, -32), (0, -26), (-60, -32)]), "#7a3b2e")
    rays = "".join(line([(x * 0.45 + s, -40), (x + s, -15)], weave, w * 0.6) for x in range(-90, 91, 18))
    under = path(curve([(-100, -22), (0, -20), (100, -24), (60, -6), (-60, -6)]), dark(straw, 0.28))
    return group(
        path(crown, straw), clip(crown, rings, ribbon), path(crown, ink=person.ink, width=w * 1.1),
        path(brim, straw), clip(brim, rays, under), path(brim, ink=person.ink, width=w * 1.1),
    )  # fmt: skip


def _helmet(person: Person) -> str:
    """Hard, with a ridge and a short peak."""
    s, w, shell = set_back(person), person.line, person.tone("#f0c02e", "helmet")
    dome = curve([(-51 + s, -26), (-50 + s, -52), (-32 + s, -76), (-2 + s, -83), (28 + s, -76), (47 + s * 0.6, -52), (49 + s * 0.4, -28), (0 + s, -34)], tension=0.9)  # fmt: skip
    shade = path(curve([(-70, -90), (-26 + s, -80), (-30 + s, -24), (-70, -20)]), dark(shell, 0.24))
    x = s if person.facing == "camera" else 10.0
    ridge = path(curve([(x - 9, -84), (x + 9, -84), (x + 13, -54), (x + 11, -32), (x - 11, -32), (x - 13, -54)], tension=0.7), pale(shell, 0.3), ink=person.ink, width=w * 0.7)  # fmt: skip
    reach = (-54.0, 54.0) if person.facing == "camera" else (-53.0, 74.0)
    peak = curve([(reach[0] + s, -30), (0, -40), (reach[1], -30), (reach[1] + 2, -23), (6, -28), (reach[0] + s, -22)], tension=0.8)  # fmt: skip
    return group(
        path(dome, shell), clip(dome, shade), ridge, path(dome, ink=person.ink, width=w * 1.1),
        path(peak, dark(shell, 0.08), ink=person.ink, width=w * 1.1),
    )  # fmt: skip


def headscarf_tone(person: Person) -> str:
    """A cloth that stands out from the garment."""
    return person.tone(mix("#b23f46", person.look.garment_colour, 0.15), "headscarf")


def _headscarf(person: Person) -> str:
    """Tied under the chin, some hair left at the brow."""
    s, w, hue = set_back(person), person.line, headscarf_tone(person)
    camera = person.facing == "camera"
    right = (
        [(50.0, -20), (47, 14), (38, 42), (18, 62)]
        if camera
        else [(43.0, -34), (43, -34), (30, 40), (22, 60)]
    )
    inner = (
        [(8.0, 58), (33, 40), (40, 10), (39, -22), (22, -38), (-2, -43), (-24, -38), (-39, -22), (-40, 10), (-33, 40), (-6, 58)]
        if camera
        else [(10.0, 60), (2, 50), (-20, 38), (-31, 12), (-33, -14), (-22, -34), (0, -42), (22, -42), (38, -36)]
    )  # fmt: skip
    outer = [(-18, 64), (-42 + s, 46), (-54 + s, 10), (-54 + s, -32), (-34 + s, -66), (-2 + s, -77), (28 + s, -68), (45, -44)]  # fmt: skip
    d = curve(
        [*outer, *right, *inner] if camera else [*outer, (42, -38), *reversed(inner), (16, 64)], tension=0.75
    )
    shade = path(curve([(-80, -80), (-34 + s, -70), (-38 + s, 10), (-24, 70), (-80, 70)]), dark(hue, 0.26))
    dots = "".join(oval(x, y, 2.6, 2.6, pale(hue, 0.6)) for x, y in ((-44, -40), (-30, -58), (-8, -66), (-12, -50), (14, -60), (32, -54), (-46, -8), (-44, 22), (44, -6), (42, 20), (-34, 42)))  # fmt: skip
    x = 0.0 if camera else 8.0
    ends = "".join(path(curve([(x, 62), (x + k * 8, 60), (x + k * 20, 84), (x + k * 8, 92)]), hue, ink=person.ink, width=w) for k in (-1, 1))  # fmt: skip
    knot = oval(x, 63, 8, 6, dark(hue, 0.1), ink=person.ink, width=w)
    return ends + path(d, hue) + clip(d, shade, dots) + path(d, ink=person.ink, width=w * 1.1) + knot
