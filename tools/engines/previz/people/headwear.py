"""Hats and caps, over any hair."""

from tools.engines.previz.colour import dark, mix
from tools.engines.previz.ink import clip, curve, group, line, oval, path
from tools.engines.previz.people.person import Person


def set_back(person: Person) -> float:
    """Hair and hats sit towards the back of a turned head."""
    return 0.0 if person.facing == "camera" else -5.0


def headwear(person: Person) -> str:
    """A hat or a cap, over any hair."""
    if person.look.accessory == "hat":
        return _hat(person)
    return _baseball_cap(person) if person.look.accessory == "cap" else ""


def _hat(person: Person) -> str:
    s = set_back(person) * 0.6
    felt = mix(person.look.garment_colour, "#3a2a24", 0.5) if not person.woman else "#e2c38a"
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
    cloth = mix(dark(person.look.garment_colour, 0.12), "#28364d", 0.3)
    crown = curve([(-48 + s, -24), (-47 + s, -46), (-30 + s, -66), (-2 + s, -73), (26 + s, -66), (44 + s * 0.6, -46), (45 + s * 0.4, -26), (0 + s, -32)], tension=0.9)  # fmt: skip
    shade = path(curve([(-70, -80), (-26 + s, -70), (-30 + s, -24), (-70, -20)]), dark(cloth, 0.28))
    x = s * 0.2 if person.facing == "camera" else 14.0
    seams = line([(x - 2, -73), (x - 6, -50), (x - 5, -30)], dark(cloth, 0.35), w * 0.7)
    button = oval(-2 + s, -73, 5, 3, dark(cloth, 0.2), ink=ink, width=w * 0.6)
    badge = oval(x + 4, -48, 8.5, 7.5, "#f1e6cc", ink=ink, width=w * 0.6)
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
        path(crown, cloth)
        + clip(crown, shade, seams)
        + path(crown, ink=ink, width=w * 1.1)
        + badge
        + button
        + peak
    )
