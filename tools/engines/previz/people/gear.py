"""What people have on them for their work: a bow tie, a belt of tools, headphones, a headset."""

from tools.engines.previz.colour import dark, luma, mix, pale
from tools.engines.previz.ink import box, curve, group, line, oval, path, pts
from tools.engines.previz.people.person import Person

STEEL, HIDE = "#b9bec4", "#8a5a34"


def bow_tie(person: Person, x: float) -> str:
    """Two wings and a knot, under the chin."""
    if not person.wears("bow_tie"):
        return ""
    hue, w = person.tone("#22242c" if luma(person.cloth) > 0.25 else "#b5313a", "bow_tie"), person.line
    wings = "".join(
        path(curve([(x, 104), (x + s * 16, 93), (x + s * 31, 91), (x + s * 28, 106), (x + s * 31, 121), (x + s * 16, 117)], tension=0.6), hue, ink=person.ink, width=w)
        + line([(x + s * 8, 105), (x + s * 20, 103)], dark(hue, 0.4) if luma(hue) > 0.1 else pale(hue, 0.3), w * 0.8)
        for s in (-1, 1)
    )  # fmt: skip
    return wings + box(x - 6, 96, 12, 18, dark(hue, 0.18), ink=person.ink, width=w, r=3)


def tool_belt(person: Person, x: float) -> str:
    """Round the hips, a pouch at each side with what is in it looking out."""
    if not person.wears("tool_belt"):
        return ""
    hue, w, c = person.tone(HIDE, "tool_belt"), person.line, person.cut
    belt = box(-c.hip - 30, 292, c.hip * 2 + 60, 19, dark(hue, 0.2), ink=person.ink, width=w * 0.9)
    buckle = box(x - 11, 289, 22, 25, STEEL, ink=person.ink, width=w * 0.8, r=3)
    near, far = -c.hip + 24, c.hip * c.far - 24
    hammer = line([(near - 8, 318), (near - 8, 268)], "#b98a52", w * 2.6) + box(near - 21, 258, 27, 12, STEEL, ink=person.ink, width=w * 0.8, r=2)  # fmt: skip
    driver = line([(near + 11, 316), (near + 11, 292)], STEEL, w * 1.4) + box(near + 6, 272, 10, 24, "#c8402f", ink=person.ink, width=w * 0.7, r=4)  # fmt: skip
    pliers = "".join(
        line([(far + s * 6, 316), (far + s * 7, 288), (far + s * 3, 268)], "#2f5d8a", w * 2.2)
        for s in (-1, 1)
    )
    pouches = "".join(
        path(curve([(at - 22, 302), (at + 22, 302), (at + 20, 350), (at, 358), (at - 20, 350)], tension=0.5), hue, ink=person.ink, width=w)
        + line([(at - 20, 316), (at + 20, 316)], pale(hue, 0.3), w * 0.8)
        for at in (near, far)
    )  # fmt: skip
    return belt + buckle + hammer + driver + pliers + pouches


def headphones(person: Person, x: float) -> str:
    """Round the neck, a cup on each side of the collar."""
    if not person.wears("headphones"):
        return ""
    usual = "#22242c" if luma(person.look.garment_colour) > 0.12 else "#e9e6df"
    hue, w = person.tone(usual, "headphones"), person.line
    band = [(x - 30, 96), (x - 34, 80), (x - 26, 68)]
    other = [(x + 30, 96), (x + 34, 80), (x + 26, 68)]
    arcs = "".join(line(one, person.ink, w * 4.6) + line(one, hue, w * 3.2) for one in (band, other))
    cups = "".join(
        group(
            box(-13, -19, 26, 38, dark(hue, 0.3) if luma(hue) > 0.1 else mix(hue, "#ffffff", 0.25), ink=person.ink, width=w, r=10)
            + box(-9, -15, 11, 30, hue, ink=person.ink, width=w * 0.7, r=5),
            transform=f"translate({x + s * 29} 108) rotate({-s * 24})",
        )
        for s in (-1, 1)
    )  # fmt: skip
    return arcs + cups


def headset(person: Person) -> str:
    """A band over the hair, a cup on the ear, a microphone before the mouth."""
    if not person.wears("headset"):
        return ""
    hue, w = person.tone("#2a2c34", "headset"), person.line
    camera = person.facing == "camera"
    x, y = (-45.0, 4.0) if camera else (-24.0, 3.0)
    top = (
        [(-45, -2), (-50, -34), (-32, -64), (0, -74), (32, -64), (50, -34), (45, -2)]
        if camera
        else [(-24, -8), (-30, -40), (-16, -66), (2, -73), (22, -67)]
    )
    band = line(top, person.ink, w * 3.4) + line(top, hue if luma(hue) > 0.1 else pale(hue, 0.16), w * 2.0)
    end = (-18.0, 44.0) if camera else (24.0, 45.0)
    boom = [(x + 2, y + 12), (x + 9, y + 32), (end[0] - 8, end[1] + 3), end]
    stalk = line(boom, person.ink, w * 2.2) + line(boom, pale(hue, 0.25), w * 1.0)
    microphone = oval(*end, 6, 4.2, "#1d1e24", ink=person.ink, width=w * 0.7)
    cups = "".join(
        oval(at, y, 10, 14, hue, ink=person.ink, width=w) + oval(at, y, 5.5, 8.5, pale(hue, 0.3))
        for at in ((x, -x) if camera else (x,))
    )
    return band + cups + stalk + microphone


def headphones_behind(person: Person) -> str:
    """The band of headphones as it lies on the nape."""
    if not person.wears("headphones"):
        return ""
    usual = "#22242c" if luma(person.look.garment_colour) > 0.12 else "#e9e6df"
    hue, arc = person.tone(usual, "headphones"), [(-34.0, 98.0), (-24.0, 80.0), (0.0, 76.0), (24.0, 80.0), (34.0, 98.0)]  # fmt: skip
    return line(arc, person.ink, person.line * 4.6) + line(arc, hue, person.line * 3.2)


def belt_behind(person: Person) -> str:
    """The belt of tools over the back of the hips."""
    if not person.wears("tool_belt"):
        return ""
    hue, c = person.tone(HIDE, "tool_belt"), person.cut
    belt = box(-c.hip - 30, 292, c.hip * 2 + 60, 19, dark(hue, 0.2), ink=person.ink, width=person.line)
    pouch = pts([(-c.hip + 6, 306), (-c.hip + 46, 306), (-c.hip + 42, 352), (-c.hip + 10, 352)])
    return belt + path(pouch, hue, ink=person.ink, width=person.line)


def headset_behind(person: Person) -> str:
    """The band over the crown and the near cup, from behind."""
    if not person.wears("headset"):
        return ""
    hue, w = person.tone("#2a2c34", "headset"), person.line
    band = [(14.0, -8.0), (10.0, -44.0), (-2.0, -72.0)]
    cup = oval(15, 4, 10, 14, hue, ink=person.ink, width=w) + oval(15, 4, 5.5, 8.5, pale(hue, 0.3))
    return line(band, person.ink, w * 3.4) + line(band, pale(hue, 0.16), w * 2.0) + cup
