"""Caps without a service's badge: flat ones of cloth, knitted ones, and the small round ones of feasts."""

from collections.abc import Callable, Mapping

from state.script import Accessory
from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import clip, curve, group, line, oval, path
from tools.engines.previz.people.person import Person


def _back(person: Person) -> float:
    return 0.0 if person.facing == "camera" else -5.0


def _flat_cap(person: Person) -> str:
    """Of tweed, pulled forward over a short peak."""
    s, w, hue = _back(person), person.line, person.tone("#6a6157", "flat_cap")
    top = curve([(-47 + s, -26), (-50 + s, -44), (-36 + s, -66), (-4 + s, -76), (30 + s * 0.5, -70), (49 + s * 0.3, -52), (46, -34), (0 + s, -38)], tension=0.9)  # fmt: skip
    x, reach = (0.0, 44.0) if person.facing == "camera" else (22.0, 34.0)
    peak = curve([(x - reach, -36), (x, -45), (x + reach, -37), (x + reach - 3, -23), (x + 2, -29), (x - reach + 3, -23)], tension=0.85)  # fmt: skip
    shade = path(curve([(-90, -90), (-26 + s, -80), (-28 + s, -24), (-90, -20)]), dark(hue, 0.28))
    weave = "".join(
        line([(a + s, -80), (a + s + d, -30)], pale(hue, 0.2), w * 0.55, opacity=0.7)
        for a in range(-44, 52, 16)
        for d in (-9, 9)
    )
    seam = line([(-40 + s, -44), (-4 + s, -58), (40, -48)], dark(hue, 0.35), w * 0.8)
    return group(
        path(top, hue), clip(top, weave, shade, seam), path(top, ink=person.ink, width=w * 1.1),
        path(peak, dark(hue, 0.18), ink=person.ink, width=w),
    )  # fmt: skip


WOOLS = ("#8c3b3a", "#2f5d73", "#b98a3a", "#56694a", "#5c4a72")


def _knit_cap(person: Person) -> str:
    """Of wool, with a turned-up rib and a small bobble."""
    s, w = _back(person), person.line
    hue = person.tone(
        mix(WOOLS[person.traits.cut % len(WOOLS)], person.look.garment_colour, 0.12), "knit_cap"
    )
    tone, stripe = dark(hue, 0.28), pale(hue, 0.45) if luma(hue) < 0.6 else dark(hue, 0.3)
    dome = curve([(-50 + s, -22), (-49 + s, -52), (-28 + s, -80), (-1 + s, -90), (26 + s, -80), (47 + s * 0.5, -52), (48 + s * 0.4, -24), (0 + s, -32)], tension=0.9)  # fmt: skip
    rib = curve([(-53 + s, -16), (-52 + s, -40), (0, -50), (51 + s * 0.5, -40), (51 + s * 0.4, -18), (0, -28)], tension=0.7)  # fmt: skip
    shade = path(curve([(-90, -100), (-26 + s, -90), (-28 + s, -20), (-90, -10)]), tone)
    rows = "".join(
        line([(-60, y + 8), (0 + s, y), (60, y + 8)], stripe, w * 1.6, opacity=0.8) for y in (-66, -58)
    )
    knots = "".join(line([(a + s * 0.7, -44), (a + s * 0.7, -20)], tone, w * 0.8) for a in range(-46, 52, 8))
    bobble = oval(-1 + s, -92, 10, 9, stripe, ink=person.ink, width=w * 0.8)
    return group(
        bobble, path(dome, hue), clip(dome, shade, rows), path(dome, ink=person.ink, width=w * 1.1),
        path(rib, mix(hue, tone, 0.3)), clip(rib, knots), path(rib, ink=person.ink, width=w),
    )  # fmt: skip


def _skullcap(person: Person) -> str:
    """Round, without a brim and worked with thread: a kufi, a fila, a kippah."""
    s, w = _back(person), person.line
    hue = person.tone(person.look.garment_colour, "skullcap")
    gold = "#e0b84e" if luma(hue) < 0.55 else dark(hue, 0.35)
    crown = curve([(-43 + s, -34), (-44 + s, -60), (-34 + s, -76), (0 + s, -82), (34 + s, -76), (43 + s * 0.5, -60), (42 + s * 0.4, -36), (0 + s, -44)], tension=0.75)  # fmt: skip
    shade = path(curve([(-90, -90), (-24 + s, -86), (-26 + s, -30), (-90, -24)]), dark(hue, 0.26))
    bands = "".join(line([(-60, y + 9), (0 + s, y), (60, y + 9)], gold, w * 0.9) for y in (-62, -48))
    stitches = "".join(
        line([(a + s, -50 + abs(a) * 0.14), (a + 5 + s, -60 + abs(a) * 0.14), (a + 10 + s, -50 + abs(a) * 0.14)], gold, w * 0.8)
        for a in range(-44, 44, 11)
    )  # fmt: skip
    return path(crown, hue) + clip(crown, shade, bands, stitches) + path(crown, ink=person.ink, width=w * 1.1)


def _cloche(person: Person) -> str:
    """A bell of felt drawn low over the brow, a ribbon round it."""
    s, w = _back(person), person.line
    hue = person.tone(mix("#7c3550", person.look.garment_colour, 0.18), "cloche")
    ribbon = pale(hue, 0.4) if luma(hue) < 0.5 else dark(hue, 0.4)
    front = 49.0 if person.facing == "camera" else 46.0
    bell = curve([(-55 + s, 8), (-53 + s, -28), (-38 + s, -66), (-2 + s, -79), (32 + s, -68), (48 + s * 0.4, -34), (front, -14), (26, -19), (0, -20), (-28, -13), (-40 + s, 8)], tension=0.85)  # fmt: skip
    brim = curve([(-58 + s, 14), (-54 + s, -4), (-30 + s, -19), (0, -27), (28, -26), (front + 4, -19), (front + 6, -10), (28, -17), (0, -18), (-28, -10), (-42 + s, 12)], tension=0.8)  # fmt: skip
    band = path(curve([(-70, -22), (0, -44), (60, -40), (60, -22), (0, -27), (-70, 2)]), ribbon)
    shade = path(curve([(-90, -90), (-28 + s, -80), (-32 + s, 20), (-90, 20)]), dark(hue, 0.26))
    x, y = (-30.0, -28.0)
    bow = "".join(oval(x + dx, y + dy, 8, 5, ribbon, ink=person.ink, width=w * 0.7) for dx, dy in ((-7, 2), (7, -3)))  # fmt: skip
    return group(
        path(bell, hue), clip(bell, shade, band), path(bell, ink=person.ink, width=w * 1.1),
        path(brim, dark(hue, 0.12), ink=person.ink, width=w), bow,
    )  # fmt: skip


def _curlers(person: Person) -> str:
    """Rows of rollers with the hair wound round them."""
    s, w = _back(person), person.line
    hue = person.tone("#e58aa8", "curlers")
    rows = [(-62, (-20, 0, 20)), (-44, (-36, -13, 11, 34)), (-24, (-45, 44))]
    drawn = ""
    for y, places in rows:
        for x in places:
            if person.facing != "camera" and x > 30:
                continue
            drawn += oval(x + s, y, 12.5, 9.5, person.hair, ink=person.ink, width=w)
            drawn += oval(x + s, y, 5.5, 5.0, hue, ink=person.ink, width=w * 0.7)
            drawn += line(
                [(x - 10 + s, y - 4), (x + s, y - 8), (x + 10 + s, y - 4)], person.hair_light, w * 0.6
            )
    return drawn


CAPS: Mapping[Accessory, Callable[[Person], str]] = {
    "flat_cap": _flat_cap, "knit_cap": _knit_cap, "skullcap": _skullcap, "cloche": _cloche,
    "curlers": _curlers,
}  # fmt: skip
