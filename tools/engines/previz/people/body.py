"""Body: torso and legs, dressed; the same at every framing."""

from dataclasses import replace

from tools.engines.previz.colour import dark, mix
from tools.engines.previz.ink import Point, cel, clip, curve, gradient, group, line, oval, path, pts
from tools.engines.previz.people.arms import MOVING, drawn_arms
from tools.engines.previz.people.bedding import blanket
from tools.engines.previz.people.doing import DOING, ONE_HANDED
from tools.engines.previz.people.garments import behind_neck, collar, front, worn
from tools.engines.previz.people.limb import Pose
from tools.engines.previz.people.patterns import woven
from tools.engines.previz.people.person import KNEES, UNDER, Person
from tools.engines.previz.people.robes import tartan, thread
from tools.engines.previz.people.seated import bent_legs, chair, knelt_legs, lap
from tools.engines.previz.people.striding import striding_legs

SKIRTED = (
    "dress",
    "coat",
    "robe",
    "apron",
    "cassock",
    "gown",
    "sari",
    "kimono",
    "habit",
    "kilt",
    "dressing_gown",
)


def skirted(person: Person) -> bool:
    """Whether what they wear goes on below the hips."""
    return person.look.garment in SKIRTED or (person.look.garment == "traditional" and person.woman)


def body(person: Person) -> str:
    """Everything below the chin, arms as the gesture has them."""
    pose: Pose = person.gesture
    return group(
        drawn_arms(person, pose, "behind"), _stood(person), behind_neck(person),
        drawn_arms(person, pose, "front"), transform=body_fit(person),
    )  # fmt: skip


def _stood(person: Person) -> str:
    """Legs under the coat of somebody who stands, before them when they sit."""
    if not person.seated:
        lower = under_dress(person)
        stood = _legs(person) + (_skirt(lower) if lower else "") + _torso(person)
        return stood + blanket(person) if person.gesture == "sleeping" else stood
    skirt = _skirt(person) if skirted(person) else ""
    return chair(person) + _torso(person) + _legs(person) + skirt


def below(person: Person) -> str:
    """Legs and skirt alone, as they are from behind too."""
    lower = person if skirted(person) else under_dress(person)
    return group(_legs(person) + (_skirt(lower) if lower else ""), transform=body_fit(person))


UNDER_SKIRTS = ("dress", "apron")


def under_dress(person: Person) -> Person | None:
    """The person in the skirt that goes on below a jacket, a cardigan or a vest."""
    look = person.look
    if look.under not in UNDER_SKIRTS or look.garment in SKIRTED:
        return None
    told = {
        "garment": look.under,
        "garment_colour": look.under_colour or "#e9dcc3",
        "pattern": look.under_pattern,
    }
    return replace(person, look=look.model_copy(update=told))


def over_head(person: Person) -> str:
    """The arm that is lifted in front of the head."""
    return group(drawn_arms(person, person.gesture, "over_head"), transform=body_fit(person))


def trunk(person: Person, pose: Pose) -> str:
    """The body without the arms that are alive in this pose."""
    alive = moving_sides(pose)
    still = tuple(side for side in (-1, 1) if side not in alive)
    return group(
        drawn_arms(person, pose, "behind", sides=still), _stood(person), behind_neck(person),
        drawn_arms(person, pose, "front", sides=still), transform=body_fit(person),
    )  # fmt: skip


def moving_sides(pose: Pose) -> tuple[int, ...]:
    """Which arms are drawn on their own, to be moved."""
    if pose not in MOVING:
        return ()
    if pose in ("phone_to_ear", "hugging", "kissing"):
        return (-1,)
    if pose == "shrug" or (pose in DOING and pose not in ONE_HANDED):
        return -1, 1
    return (1,)


def body_fit(person: Person) -> str:
    """The transform from the body's own space to the figure's."""
    (x, y), k = person.body_place(0.0, 0.0), person.body_scale
    return f"translate({x:.3f} {y:.3f}) scale({k:.3f})"


def over_neck(person: Person) -> str:
    """Collars and what is worn at the neck: above the neck, below the head."""
    return group(collar(person), worn(person), transform=body_fit(person))


def trousers(person: Person) -> str:
    """A colour for the legs that goes with the garment."""
    if person.look.garment in ("scrubs", "suit"):
        return dark(person.look.garment_colour, 0.08)
    if person.look.garment in ("overalls", "pyjamas"):
        return person.look.garment_colour
    if person.look.garment == "dressing_gown":
        return "#c9cbd6"
    if person.look.garment in ("apron", "hi_vis", "chef", "waistcoat", "poncho"):
        return "#3a4152"
    return mix("#2c3244", dark(person.look.garment_colour, 0.55), 0.45)


STOCKINGED = ("coat", "apron")


def stockings(person: Person) -> str:
    """What a woman's legs wear under a coat or an apron: both fall like a skirt."""
    if not person.woman or person.child or person.look.garment not in STOCKINGED:
        return ""
    return mix(person.skin, "#40303a", 0.5)


def torso_points(person: Person) -> list[Point]:
    """The outline of chest and hips."""
    c = person.cut
    n = 20 if person.woman else 25
    # Under a skirt the hips are the skirt's: nothing may look out beside it.
    hip = c.hip - (5 if skirted(person) else 0)
    half = [
        (n, 92), (c.shoulder * 0.62, 100), (c.shoulder, 118), (c.shoulder - 3, 142), (c.chest, 176), (c.waist, 252),
        (hip, 326), (hip + 1, 348), (hip - 4, 353),
    ]  # fmt: skip
    near = [(-x, y) for x, y in half]
    return [*near, *((x * (c.far if x > n else 1.0), y) for x, y in reversed(half))]


def _torso(person: Person) -> str:
    cloth = person.cloth
    d = curve(torso_points(person), tension=0.75)
    shadow = curve([(-110, 90), (-54, 100), (-50, 160), (-34, 250), (-40, 360), (-120, 360)], tension=0.8)
    print_ = "" if person.look.garment in UNDER else woven(person)
    details = clip(
        d,
        print_,
        path(shadow, dark(cloth, 0.26), opacity=0.75 if print_ else 1.0),
        front(person),
        _under_chin(person),
    )
    drawn = path(d, cloth) + details + shaded(d, 0.1) + path(d, ink=person.ink, width=person.line * 1.1)
    return drawn + (_skirt(person) if skirted(person) and not person.seated else "")


def shaded(d: str, strength: float) -> str:
    """Light from above and a soft dark below over one shape."""
    define, paint = gradient(
        [
            (0, "#fff4e0", strength * 0.8),
            (0.35, "#fff4e0", 0),
            (0.6, "#1c1030", 0),
            (1, "#1c1030", strength * 1.5),
        ]
    )
    return define + path(d, paint)


def _under_chin(person: Person) -> str:
    shift = -8 if person.facing == "camera" else -14
    # Of no cloth's colour: it falls on the skin of a neckline too.
    return oval(shift, 88, 42, 20, "#2a1420", opacity=0.2)


HEMS = {"dress": (476.0, 34.0), "coat": (470.0, 16.0), "robe": (606.0, 30.0), "apron": (430.0, 6.0),
        "cassock": (612.0, 18.0), "traditional": (560.0, 40.0), "gown": (588.0, 52.0), "sari": (616.0, 16.0),
        "kimono": (610.0, 4.0), "habit": (612.0, 24.0), "kilt": (468.0, 22.0),
        "dressing_gown": (520.0, 12.0)}  # fmt: skip
"""How far each skirt reaches down and out."""


def _skirt(person: Person) -> str:
    c, cloth, kind = person.cut, person.look.garment_colour, person.look.garment
    hem, flare = HEMS[kind]
    if person.seated:
        return lap(person, cloth, hem)
    hem = (
        min(hem, KNEES - 4)
        if person.kneels
        else min(hem, STRIDING_HEM)
        if person.strides and person.gesture != "walking"
        else hem
    )
    top, start = (c.waist, 261.0) if kind == "dress" else (c.hip, 330.0)
    if kind in ONE_PIECE:
        top, start = c.hip - 5, 322.0
    if kind == "apron":
        c = replace(c, hip=c.hip - 10)
        top = c.hip
    sides = [(-top, start), (-c.hip - 4, 330), (-c.hip - flare, hem), (-20, hem + 10), (24, hem + 8), (c.hip * c.far + flare, hem - 2), (c.hip * c.far + 4, 330), (top * c.far, start)]  # fmt: skip
    d = curve(sides, tension=0.6)
    outline = curve(sides, kind not in ONE_PIECE, tension=0.6)
    return (
        path(d, cloth)
        + clip(d, _draped(person, hem))
        + path(outline, ink=person.ink, width=person.line * 1.1)
    )


STRIDING_HEM = 424.0
"""How far a skirt goes down over legs that run or pedal: it is thrown up."""
ONE_PIECE = ("dressing_gown", "gown", "kimono", "habit", "cassock", "robe", "sari")
"""What falls from the shoulders to the feet, without a line across the hips."""


def _draped(person: Person, hem: float) -> str:
    """Folds, shade and borders of a skirt, to be cut by it."""
    cloth, kind, w = person.look.garment_colour, person.look.garment, person.line
    if kind == "kilt":
        return tartan(person)
    folds = "".join(
        line([(a, 340), (b, hem - 8)], dark(cloth, 0.35), w * 0.9) for a, b in ((-34, -52), (0, -4), (34, 50))
    )
    opacity = 0.75 if person.look.pattern else 1.0
    shade = path(
        curve([(-130, 250), (-36, 260), (-52, 640), (-160, 640)]), dark(cloth, 0.26), opacity=opacity
    )
    split = kind in ("dressing_gown", "coat", "robe", "cassock", "kimono")
    drawn = woven(person) + shade + folds + (line([(4, 330), (6, hem)], person.ink, w * 0.9) if split else "")
    if kind in ("sari", "gown"):
        drawn += line([(-140, hem - 12), (0, hem - 3), (140, hem - 14)], thread(person), w * 3)
    return drawn


def _legs(person: Person) -> str:
    bare = person.look.garment in ("dress", "kilt") or (person.woman and under_dress(person) is not None)
    cloth = person.skin if bare else stockings(person) or trousers(person)
    shade = person.skin_shade if bare else dark(cloth, 0.3)
    c = person.cut
    if person.seated:
        return bent_legs(person, cloth, shade, _leather(person))
    if person.strides:
        return striding_legs(person, cloth, shade, _leather(person))
    if person.kneels:
        return knelt_legs(person, cloth, shade, _leather(person))
    return "".join(_leg(person, s, c.hip * 0.5 * (c.far if s > 0 else 1.0), cloth, shade) for s in (-1, 1))


def _leg(person: Person, side: int, x: float, cloth: str, shade: str) -> str:
    slim = (
        0.62
        if person.look.garment == "dress" or stockings(person) or under_dress(person)
        else 0.88
        if person.woman
        else 1.0
    )
    hip, knee, ankle = 30.0, 27 * slim, 21 * slim
    cx, foot = side * x, 632.0
    if person.look.shorts and not skirted(person):
        cloth, shade = person.skin, person.skin_shade
    d = curve([(cx - hip, 330), (cx - knee, 480), (cx - ankle, 612), (cx - ankle, foot), (cx + ankle, foot), (cx + ankle, 612), (cx + knee, 480), (cx + hip, 330)], tension=0.5)  # fmt: skip
    shadow = pts([(cx - 50, 320), (cx - 8, 320), (cx - 6, 640), (cx - 50, 640)])
    ahead = 8.0 if person.facing == "camera" and side > 0 else -8.0 if person.facing == "camera" else 14.0
    shoe = curve([(cx - 20, 626), (cx - 18 + min(ahead, 0), 644), (cx + 18 + max(ahead, 0) * 1.6, 645), (cx + 20 + max(ahead, 0), 632), (cx + 12, 618), (cx - 14, 618)], tension=0.8)  # fmt: skip
    drawn = cel(d, cloth, shade, shadow, ink=person.ink, width=person.line)
    if person.look.shorts and not skirted(person):
        drawn += _short_leg(person, cx, hip, knee)
    toes = _toes(person, cx, ahead) if person.look.barefoot else ""
    return drawn + path(shoe, _leather(person), ink=person.ink, width=person.line) + toes


def _short_leg(person: Person, cx: float, hip: float, knee: float) -> str:
    """A leg of shorts over the bare one, as far as above the knee."""
    tone = trousers(person)
    d = pts([(cx - hip - 1, 328), (cx - knee - 5, 462), (cx + knee + 5, 462), (cx + hip + 1, 328)])
    fold = line(
        [(cx - knee - 2, 448), (cx + knee + 2, 448)], dark(tone, 0.3), person.line * 0.8, smooth=False
    )
    return path(d, tone, ink=person.ink, width=person.line) + fold


def _toes(person: Person, cx: float, ahead: float) -> str:
    way = 1 if ahead > 0 else -1
    return "".join(
        line(
            [(cx + way * (8 + i * 5), 643), (cx + way * (9 + i * 5), 637)],
            person.skin_shade,
            person.line * 0.8,
        )
        for i in range(3)
    )


def _leather(person: Person) -> str:
    if person.look.barefoot:
        return person.skin
    return "#2a2026" if not person.woman else dark(person.look.garment_colour, 0.5)
