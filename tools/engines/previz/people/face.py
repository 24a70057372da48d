"""Brows, eyes and mouth: everything a face says."""

from dataclasses import dataclass, fields

from state.script import Expression
from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.ink import Point, clip, curve, group, line, oval, path
from tools.engines.previz.people.head import EARS_SEEN
from tools.engines.previz.people.masks import MASKS, Mask, Tone, mask_for
from tools.engines.previz.people.person import Eyes, Mouth, Person

FORCE = {"child": 1.12, "young": 1.05, "adult": 1.0, "elder": 0.82}
"""How strongly a face of an age shows what it feels."""


@dataclass(frozen=True, kw_only=True)
class Feeling:
    """A face at a moment: on its way from one expression to another."""

    expression: Expression
    before: Expression = "neutral"
    share: float = 1.0
    """How much of the way is done."""
    asking: bool = False
    """Brows up, as at the end of a question."""
    gaze: tuple[float, float] = (0.0, 0.0)
    """Pupils: forwards and down, each from -1 to 1."""
    tone: Tone = "plain"


def feeling_of(face: Feeling | Expression) -> Feeling:
    """A plain expression as a feeling that has arrived."""
    return face if isinstance(face, Feeling) else Feeling(expression=face)


def mask_of(person: Person, feeling: Feeling) -> Mask:
    """The numbers of a feeling on this person's face."""
    start, goal, still = (
        mask_for(feeling.before, feeling.tone), mask_for(feeling.expression, feeling.tone), MASKS["neutral"]
    )  # fmt: skip
    force = FORCE[person.look.age]
    values: dict[str, float] = {}
    for field in fields(Mask):
        if field.name == "teeth":
            continue
        a, b, rest = (float(getattr(mask, field.name)) for mask in (start, goal, still))
        values[field.name] = rest + (a + (b - a) * feeling.share - rest) * force
    if feeling.asking:
        values["inner"], values["outer"] = values["inner"] + 3.5, values["outer"] + 4.0
    return Mask(teeth=(goal if feeling.share > 0.5 else start).teeth, **values)


def eyes(person: Person, feeling: Feeling, lids: Eyes) -> str:
    """Both eyes and brows, and the marks a strong feeling leaves around them."""
    mask = mask_of(person, feeling)
    drawn = "".join(
        _eye(person, mask, lids, side, feeling.gaze) + _brow(person, mask, side) for side in (-1, 1)
    )
    return _lowered(person, _marks(person, mask) + drawn + _drops(person, mask))


def _lowered(person: Person, drawn: str) -> str:
    """A child's eyes lie low, under a high forehead."""
    drop = 6.5 * person.childlike
    return group(drawn, transform=f"translate(0 {drop:.2f})") if drop else drawn


def _marks(person: Person, mask: Mask) -> str:
    """Colour in the cheeks, furrows on the brow."""
    drawn = ""
    if mask.flush > 0.05:
        tone, power = mix(person.skin, "#e0452f", 0.5), min(mask.flush, 1.0) * 0.42
        drawn += oval(*person.at(-24, 16.5), 10.5, 5.2, tone, opacity=power)
        # The far cheek is foreshortened: nothing may lie outside the face.
        far, wide = (24.0, 8.5) if person.facing == "camera" else (13.0, 5.0)
        drawn += oval(*person.at(far, 16.5), wide, 5.2, tone, opacity=power)
    if mask.lines > 0.1:
        strokes = [[person.at(s * 3.4, -19), person.at(s * 2.6, -11)] for s in (-1, 1)]
        drawn += "".join(
            line(s, person.skin_shade, person.line * 0.9 * mask.lines, smooth=False) for s in strokes
        )
    if mask.lines < -0.1:
        strokes = [[person.at(-15, y), person.at(0, y - 1.5), person.at(15, y)] for y in (-29, -34)]
        drawn += "".join(
            line(s, person.skin_shade, person.line * 0.7 * -mask.lines, opacity=0.8) for s in strokes
        )
    return drawn


def _drops(person: Person, mask: Mask) -> str:
    drawn = ""
    if mask.tear > 0.3:
        x, y = person.at(-person.traits.gap - 3, 12)
        drawn += _drop(x, y, 1.0, mask.tear)
    if mask.sweat > 0.3 and person.look.hair_style not in EARS_SEEN:
        # Hair lies over both temples: what runs down is seen on the cheekbone.
        return drawn + _drop(*person.at(-31, 13), 1.1, mask.sweat)
    if mask.sweat > 0.3:
        far = (37.0, -14.0) if person.facing == "camera" else (17.0, -31.0)
        drawn += _drop(*person.at(-35, -10), 1.1, mask.sweat) + _drop(*person.at(*far), 0.85, mask.sweat)
    return drawn


def _drop(x: float, y: float, size: float, strength: float) -> str:
    shape = curve([(0, -6), (2.8, 0.5), (0, 4.4), (-2.8, 0.5)], tension=0.8)
    return group(
        path(shape, "#bfe6f5", ink="#5f9dbb", width=0.8) + oval(-0.9, 1.2, 0.8, 1.3, "#ffffff"),
        transform=f"translate({x:.2f} {y:.2f}) scale({size * min(strength, 1.0):.3f})",
    )


EYE_SHAPES: tuple[tuple[float, float, float, float], ...] = (
    (1.0, 1.0, -0.8, 1.4), (0.93, 1.16, 0.2, 1.2), (1.06, 0.86, -2.4, 1.8), (1.02, 0.95, 1.6, 0.4),
)  # fmt: skip
"""Almond, round, cat's and drooping: length, height, outer and inner corner's height."""


def _eye(person: Person, mask: Mask, lids: Eyes, side: int, gaze: tuple[float, float]) -> str:
    gap, size = (
        person.traits.gap,
        person.traits.eye * (0.9 if person.elder else 1.0 + 0.38 * person.childlike),
    )
    # A cat's eyes are a grown woman's.
    length, tall, outer_y, inner_y = EYE_SHAPES[1 if person.child else person.traits.eye_shape]
    if person.elder:
        # Lids hang over the outer corner.
        tall, outer_y, inner_y = tall * 0.86, max(outer_y, 0.0) + 1.8, inner_y - 0.4
    half = 9.4 * size * length
    # A lid goes down with a lowered glance.
    rest = mask.open * (1 - 0.28 * max(gaze[1], 0.0))
    open_ = {"open": rest, "half": rest * 0.45, "closed": 0.0}[lids]
    top = 6.4 * size * open_ * tall
    bottom = 4.4 * size * max(0.0, min(open_, 1.15) - mask.lower * 0.8) * (tall + 1) / 2
    y = 1.0
    inner, outer = person.at(side * (gap - half), y + inner_y), person.at(side * (gap + half), y + outer_y)
    mid = person.at(side * gap, y)[0]
    if open_ < 0.05:
        return _closed(person, (inner, (mid, y + 3.6), outer), side)
    lid_top = [inner, (mid - 2.4 * side, y - top), (mid + 4 * side, y - top * 0.92), outer]
    white = curve([*lid_top, (mid + 3 * side, y + bottom), (mid - 3 * side, y + bottom * 0.9)], tension=0.9)
    return (
        path(white, mix("#fdfaf4", person.skin, 0.06))
        + clip(white, _iris(person, mask, mid, y, size, gaze), _lid_shadow(person, lid_top))
        + line(
            [(mid - 5 * side, y + bottom), (mid + 4 * side, y + bottom + 0.2)],
            dark(person.skin_shade, 0.2),
            person.line * 0.6,
        )
        + _upper_lid(person, lid_top, outer, side)
        + _crease(person, lid_top, mask)
        + _cheek_lift(person, mask, mid, y + bottom, side)
    )


def _cheek_lift(person: Person, mask: Mask, mid: float, y: float, side: int) -> str:
    """The fold that a real smile pushes up under the eye."""
    if mask.lower < 0.4:
        return ""
    fold = [(mid - 6 * side, y + 4.2), (mid + 1 * side, y + 5.2), (mid + 7 * side, y + 3.2)]
    return line(fold, person.skin_shade, person.line * 0.7, opacity=min(mask.lower, 1.0))


def _closed(person: Person, points: tuple[Point, Point, Point], side: int) -> str:
    lash = ""
    if person.painted:
        (x, y), reach = points[2], 3.6 * side
        lash = line([points[2], (x + reach, y + 1.8)], person.ink, person.line)
    return line(points, person.ink, person.line * 1.35) + lash


def _iris(person: Person, mask: Mask, mid: float, y: float, size: float, gaze: tuple[float, float]) -> str:
    ahead = (0.6 if person.facing == "camera" else 2.6) + gaze[0] * (4.6 if gaze[0] < 0 else 2.4) * size
    x, cy, r = mid + ahead, y - mask.look * 0.9 - 0.4 + gaze[1] * 2.3, 5.1 * size
    # A frightened eye shows white all round.
    r *= 0.9 if mask.open > 1.2 else 1.0
    tone = person.traits.iris
    return (
        oval(x, cy, r, r * 1.06, tone, ink=dark(tone, 0.5), width=1.2)
        + oval(x, cy + 1.7, r * 0.62, r * 0.5, pale(tone, 0.35), opacity=0.6)
        + oval(x, cy, r * 0.5, r * 0.55, "#150b10")
        + oval(x + 1.7, cy - 2.1, 1.55, 1.55, "#ffffff")
    )


def _lid_shadow(person: Person, lid: list[Point]) -> str:
    """The lid's shadow on the eyeball: without it eyes look pasted on."""
    lower = [(x, y + 2.4) for x, y in reversed(lid)]
    return path(curve([*lid, *lower], tension=0.7), person.skin_shade, opacity=0.4)


def _upper_lid(person: Person, lid: list[Point], outer: Point, side: int) -> str:
    weight = person.line * (1.5 if person.painted else 1.15)
    drawn = line(lid, person.ink, weight)
    if person.elder:
        hood = [
            (lid[1][0], lid[1][1] - 3.4),
            (lid[2][0] + 2 * side, lid[2][1] - 2.8),
            (outer[0] + 3.4 * side, outer[1] + 1.4),
        ]
        drawn += line(hood, person.skin_shade, person.line * 1.1)
    if not person.painted:
        return drawn
    wing = [(lid[2][0] + 1.5 * side, lid[2][1] + 0.6), outer, (outer[0] + 4.2 * side, outer[1] - 3.2)]
    return drawn + line(wing, person.ink, weight * 0.9)


def _crease(person: Person, lid: list[Point], mask: Mask) -> str:
    lift = 4.0 + (1.5 if person.elder else 0.0) - mask.open
    fold = [(x, y - lift) for x, y in lid[1:]]
    return line(
        [(lid[0][0], lid[0][1] - lift * 0.8), *fold], person.skin_shade, person.line * 0.7, opacity=0.9
    )


BROWS: tuple[tuple[float, float, float], ...] = (
    (1.0, 1.0, 0.0),
    (0.1, 1.08, 0.4),
    (2.1, 1.0, 1.2),
    (1.3, 0.84, -1.6),
)
"""Soft, straight, arched and short brows: arch, length, height of the outer end."""


def _brow(person: Person, mask: Mask, side: int) -> str:
    gap, thick = person.traits.gap, person.traits.brow * (1.0 - 0.28 * person.childlike)
    arch, long, tail = BROWS[0 if person.child else person.traits.brow_shape]
    if person.child:
        gap, long = gap - 1.0, 0.8
    extra = mask.skew * (1 if side > 0 else -0.5)
    base = -14.5 - (1.2 if mask.open > 1.1 else 0)
    start = person.at(side * (gap - 9.5), base - mask.inner - extra * 0.4)
    middle = person.at(side * (gap + 2), base - 2.6 * arch - (mask.inner + mask.outer) * 0.42 - extra)
    end = person.at(side * (gap + 13 * long), base + 2.4 + tail - mask.outer - extra * 0.7)
    upper = [(start[0], start[1] - thick / 2), (middle[0], middle[1] - thick / 2), end]
    lower = [(middle[0], middle[1] + thick / 2), (start[0], start[1] + thick / 2)]
    tone = mix(person.hair_shade, person.ink, 0.35)
    if person.elder:
        tone = mix(person.hair, person.ink, 0.18)
    if person.look.hair_style == "bald" and not person.elder:
        tone = mix(person.hair, person.ink, 0.5)
    return path(curve([*upper, *lower], tension=0.75), tone)


Lips = tuple[float, float, float]
"""Half width, drop of the lower lip, lift of the upper lip."""
SPOKEN: dict[Mouth, Lips] = {
    "closed": (0.92, 0.0, 0.0), "open": (0.95, 8.5, 1.8), "wide": (1.22, 7.2, 1.4), "round": (0.55, 7.6, 3.2),
    "teeth": (1.12, 3.8, 1.2), "rest": (1.0, 0.0, 0.0),
}  # fmt: skip


def mouth(person: Person, feeling: Feeling, shape: Mouth) -> str:
    """The mouth at rest, or as it speaks in this mood."""
    mask = mask_of(person, feeling)
    wide, drop, lift = SPOKEN[shape]
    half = 12.5 * wide * (mask.width * 0.5 + 0.5 if shape != "rest" else mask.width)
    half *= 1.0 - 0.2 * person.childlike
    if shape == "rest":
        drop, lift = mask.part, mask.part * 0.18
    y = 35.5 * (person.traits.length * 0.7 + 0.3) + (1.5 * person.childlike if person.child else 0.0)
    curl = mask.curl * (1.0 if shape == "rest" else 0.6)
    if drop < 0.5:
        return _line_mouth(person, half, y, curl, mask.skew)
    return _open_mouth(
        person, (half, drop, lift), y, curl, shape in ("teeth", "wide") or (shape == "rest" and mask.teeth)
    )


def _corner(person: Person, x: float, y: float) -> Point:
    return person.at(x, y, 46.0)


def _line_mouth(person: Person, half: float, y: float, curl: float, skew: float) -> str:
    near, far = _corner(person, -half, y - curl * 0.75), _corner(person, half, y - curl * 0.75 - skew)
    mid = _corner(person, 0, y + curl * 0.45)
    full = person.traits.lips * (1.25 if person.painted else 0.7) * _thin(person)
    drawn = ""
    if not person.child:
        tone = _lip_tone(person)
        upper = [near, _corner(person, -4, mid[1] - 3.4 * full), _corner(person, 0, mid[1] - 2.4 * full), _corner(person, 4, mid[1] - 3.4 * full), far]  # fmt: skip
        lower = [_corner(person, 6, mid[1] + 4.4 * full), _corner(person, -6, mid[1] + 4.4 * full)]
        drawn = path(curve([*upper, *lower], tension=0.8), tone, opacity=1.0 if person.painted else 0.55)
    corners = "".join(line([(x - 1.6 * s, cy), (x + 0.6 * s, cy - curl * 0.14)], person.ink, person.line * 0.9) for x, cy, s in ((*near, -1), (*far, 1)))  # fmt: skip
    under = line(
        [_corner(person, -5, y + 8.5 + full), _corner(person, 5, y + 8.5 + full)],
        person.skin_shade,
        person.line * 0.8,
    )
    return drawn + under + line([near, mid, far], person.ink, person.line * 1.1) + corners


def _open_mouth(person: Person, lips: Lips, y: float, curl: float, teeth: bool) -> str:
    half, drop, lift = lips
    near, far = _corner(person, -half, y - curl * 0.75), _corner(person, half, y - curl * 0.75)
    top = [_corner(person, -half * 0.45, y - lift), _corner(person, half * 0.45, y - lift)]
    low = [_corner(person, half * 0.55, y + drop * 0.92), _corner(person, 0, y + drop), _corner(person, -half * 0.55, y + drop * 0.92)]  # fmt: skip
    hole = curve([near, *top, far, *low], tension=0.85)
    tongue = oval(*_corner(person, 0, y + drop + 1.2), half * 0.55, drop * 0.5, "#c4565a")
    band = curve([near, *top, far, _corner(person, half * 0.5, y + 3.0 - curl * 0.1), _corner(person, -half * 0.5, y + 3.0 - curl * 0.1)], tension=0.8)  # fmt: skip
    inside = path(hole, "#4a141c") + clip(hole, tongue, path(band, "#fbf6ec") if teeth else "")
    rim = _lip_tone(person) if not person.child else person.skin_shade
    width = (2.1 if person.painted else 1.2) * person.traits.lips
    return (
        path(hole, ink=rim, width=width * 2.0 if not person.child else 1.0)
        + inside
        + path(hole, ink=person.ink, width=person.line * 0.75)
    )


def _thin(person: Person) -> float:
    """Lips thin with age, a painted mouth less."""
    return (0.75 if person.painted else 0.55) if person.elder else 1.0


def _lip_tone(person: Person) -> str:
    if person.painted:
        strength = 0.42 if person.elder else 0.58 - 0.24 * person.weathered - 0.5 * person.childlike
        return mix(person.skin_shade, "#b3263a", strength)
    return mix(person.skin_shade, "#9c4a44", 0.45)


def glasses(person: Person) -> str:
    """Frames over the eyes."""
    if not person.look.glasses or person.look.glasses_up:
        return ""
    return _frames(person)


def glasses_up(person: Person) -> str:
    """The same frames over the hair, above the brow."""
    if not person.look.glasses or not person.look.glasses_up:
        return ""
    return group(_frames(person), transform="translate(0 -44)")


def _frames(person: Person) -> str:
    gap, frame = person.traits.gap, person.look.glasses_colour or mix(person.ink, "#3b2a22", 0.4)
    # A told colour is seen from afar.
    thick = person.line * (1.25 if person.look.glasses_colour is None else 2.1)
    tint_, shade = ("#14151b", 0.88) if person.look.glasses_dark else ("#dff0f5", 0.1)
    lens = []
    for side in (-1, 1):
        inner, outer = person.at(side * 6.0, 0)[0], person.at(side * (gap + 12.5), 0)[0]
        x, w = (inner + outer) / 2, abs(outer - inner) / 2
        d = curve([(x - w, -6), (x, -9.5), (x + w, -6), (x + w * 0.94, 7), (x, 12), (x - w * 0.94, 7)])
        shine = line([(x - w * 0.4, -4), (x - w * 0.65, 4)], "#ffffff", person.line, opacity=0.6)
        lens.append(path(d, tint_, opacity=shade) + path(d, ink=frame, width=thick) + shine)
    bridge = line([person.at(-6, -1), person.at(0, -4), person.at(6, -1)], frame, thick)
    arm = "" if person.facing == "camera" else line([person.at(-gap - 12, -3), (-25, -4)], frame, thick)
    return _lowered(person, _chain(person) + "".join(lens) + bridge + arm)


def _chain(person: Person) -> str:
    """From the frame's ends down past the jaw."""
    if not person.look.glasses_chain:
        return ""
    far = person.traits.gap + 13
    ends = [(-1, person.at(-far, 0)), (1, person.at(far, 0))]
    # Of a turned head the near temple is seen, where the frame ends at the ear.
    sides = ends if person.facing == "camera" else [(-1, (-24.0, 2.0))]
    return "".join(
        line([(x, y), (x + s * 9, 34), (x + s * 4, 66), (x - s * 10, 88)], tone, person.line * wide)
        for s, (x, y) in sides
        for tone, wide in (("#7a5a22", 1.5), ("#e8c568", 0.7))
    )


PATCH = "#1d1a20"


def eyepatch(person: Person) -> str:
    """A patch over the right eye, its band over brow and cheekbone."""
    if not person.look.eyepatch:
        return ""
    side = 1 if person.mirrored else -1
    gap, camera = person.traits.gap, person.facing == "camera"
    inner, outer = person.at(side * (gap - 11), 0)[0], person.at(side * (gap + 11.5), 0)[0]
    x, w = (inner + outer) / 2, abs(outer - inner) / 2
    d = curve([(x - w, -8), (x, -12), (x + w, -8), (x + w * 0.9, 5), (x, 14), (x - w * 0.9, 5)], tension=0.8)
    up, down = (inner, -7.0), (outer, -4.0)
    top = [up, person.at(-side * 10, -27), person.at(-side * 32, -44)]
    low = [down, person.at(side * 39, -12) if camera or side < 0 else (outer + 2, -5)]
    bands = "".join(line(one, PATCH, person.line * 1.7) for one in (top, low))
    shine = line([(x - w * 0.5, -6), (x + w * 0.2, -8.5)], pale(PATCH, 0.35), person.line * 0.8)
    return _lowered(person, bands + path(d, PATCH, ink=person.ink, width=person.line * 0.8) + shine)
