"""Papers and what goes with them: tickets, maps, books of account, a pen."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import box, curve, group, line, oval, path, pts


def passport(ink: str) -> str:
    """Closed, its crest to the front, a boarding card in it."""
    card = group(
        box(-40, -96, 96, 120, "#f4efe2", ink=ink, width=4, r=4) + box(-30, -86, 76, 16, "#3f7fae"),
        transform="rotate(8)",
    )
    cover = box(-66, -76, 124, 168, "#7a2233", ink=ink, width=4, r=10) + box(
        -66, -76, 16, 168, "#5c1826", r=6
    )
    crest = oval(4, 2, 32, 32, "none", ink="#e0b455", width=5) + "".join(
        line([(4 + cos(a) * 8, 2 + sin(a) * 8), (4 + cos(a) * 26, 2 + sin(a) * 26)], "#e0b455", 4)
        for a in (k * pi / 4 for k in range(8))
    )
    words = (
        box(-30, -56, 68, 9, "#e0b455", r=3)
        + box(-18, 52, 44, 7, "#e0b455", r=3)
        + box(-10, 68, 28, 7, "#e0b455", r=3)
    )
    return card + cover + crest + words


def ledger(ink: str) -> str:
    """A thick account book with a ribbon."""
    pages = path(pts([(-76, -70), (82, -76), (90, 76), (-70, 84)]), "#efe4c8", ink=ink, width=4)
    edges = "".join(line([(-68 + k, 84 - k), (90 + k * 0.2, 76 - k * 2)], "#cbb98f", 2.5) for k in (3, 7, 11))
    cover = path(pts([(-86, -84), (74, -90), (82, 62), (-80, 70)]), "#3f5a48", ink=ink, width=4)
    corners = "".join(
        path(pts([(x, y), (x + a, y), (x, y + b)]), "#d9a94a", ink=ink, width=2.5)
        for x, y, a, b in ((-86, -84, 34, 34), (74, -90, -34, 34), (82, 62, -34, -34), (-80, 70, 34, -34))
    )
    plate = (
        box(-40, -46, 76, 40, "#f2e8cc", ink=ink, width=3, r=4)
        + box(-28, -36, 52, 6, "#8a7a5a")
        + box(-20, -22, 36, 5, "#8a7a5a")
    )
    ribbon = path(pts([(30, 66), (44, 66), (46, 98), (37, 90), (30, 98)]), "#b5303a", ink=ink, width=3)
    return pages + edges + ribbon + cover + corners + plate


def map_(ink: str) -> str:
    """A folded map with a route and a cross."""
    sheets = "".join(
        path(
            pts(
                [
                    (-96 + k * 48, -62 + k % 2 * 14),
                    (-48 + k * 48, -48 - k % 2 * 14),
                    (-48 + k * 48, 72 - k % 2 * 14),
                    (-96 + k * 48, 58 + k % 2 * 14),
                ]
            ),
            "#ecdcb0" if k % 2 else "#f6ebc8",
            ink=ink,
            width=4,
        )
        for k in range(4)
    )
    lands = path(curve([(-80, -20), (-50, -34), (-20, -10), (-40, 24), (-74, 20)]), "#b7c98a") + path(
        curve([(20, 10), (54, -10), (80, 14), (60, 42), (28, 40)]), "#b7c98a"
    )
    water = line([(-10, -40), (4, -8), (-6, 24), (10, 58)], "#7fb4cc", 7)
    route = "".join(
        line([(x, y), (x + 9, y + d)], "#c23a35", 5)
        for x, y, d in ((-72, 36, -3), (-54, 32, -5), (-34, 26, -4), (-14, 18, -6), (8, 8, -6), (26, -2, -4))
    )
    cross = line([(44, -18), (64, 4)], "#c23a35", 8) + line([(64, -18), (44, 4)], "#c23a35", 8)
    return sheets + lands + water + route + cross


def ticket(ink: str) -> str:
    """A pair of tickets with a torn edge."""

    def one(turn: float, tone: str) -> str:
        d = "M-90 -40H50v10a10 10 0 0 1 0 20v20a10 10 0 0 1 0 20v10H-90v-10a10 10 0 0 0 0 -20v-20a10 10 0 0 0 0 -20Z"
        stub = path(
            "M56 -40H92v80H56v-10a10 10 0 0 0 0 -20v-20a10 10 0 0 0 0 -20Z", pale(tone, 0.2), ink=ink, width=4
        )
        words = (
            box(-72, -24, 84, 12, dark(tone, 0.5), r=3)
            + box(-72, -2, 100, 6, dark(tone, 0.35))
            + box(-72, 14, 64, 6, dark(tone, 0.35))
        )
        bars = "".join(box(62 + k * 6, -28, 2 + k % 2 * 2, 56, dark(tone, 0.6)) for k in range(5))
        return group(path(d, tone, ink=ink, width=4) + stub + words + bars, transform=f"rotate({turn})")

    return one(16, "#d9a04a") + one(-8, "#ecc06a")


def wallet(ink: str) -> str:
    """Open, with a photograph and notes."""
    notes = "".join(
        path(
            pts([(-70 + k * 5, -70 + k * 8), (76 + k * 3, -78 + k * 8), (78, -20), (-70, -14)]),
            c,
            ink=ink,
            width=3,
        )
        for k, c in enumerate(("#8cbd86", "#a6cf9f"))
    )
    back = box(-90, -50, 180, 118, "#6d4227", ink=ink, width=4, r=10)
    halves = (
        line([(0, -50), (0, 68)], dark("#6d4227", 0.4), 5)
        + box(-82, -40, 74, 98, "#7d4f30", r=6)
        + box(10, -40, 74, 98, "#7d4f30", r=6)
    )
    photo = (
        box(20, -26, 54, 62, "#f4ead6", ink=ink, width=3)
        + oval(47, -4, 13, 15, "#d8a884")
        + path(curve([(28, 34), (34, 14), (60, 14), (66, 34)]), "#41506b")
    )
    cards = "".join(
        box(-76, -24 + k * 22, 62, 34, c, ink=ink, width=3, r=4)
        for k, c in enumerate(("#3f7fae", "#d9a04a", "#b5483f"))
    )
    return notes + back + halves + photo + cards


def newspaper(ink: str) -> str:
    """Folded, a headline and a picture."""
    folds = box(-84, -66, 172, 140, "#d8d2c4", ink=ink, width=4) + box(
        -90, -74, 172, 140, "#f1ecdf", ink=ink, width=4
    )
    head = box(-76, -62, 144, 18, "#3a3a42") + box(-76, -38, 110, 9, "#5a5a62")
    shot = box(-76, -20, 70, 52, "#b9b4a6", ink=ink, width=2.5) + path(
        pts([(-76, 32), (-52, 4), (-36, 20), (-22, 0), (-6, 32)]), "#8a867a"
    )
    rows = "".join(box(4, y, 64 - y % 4 * 5, 5, "#9a968a") for y in range(-20, 56, 11)) + "".join(
        box(-76, y, 66, 5, "#9a968a") for y in (40, 51)
    )
    return group(folds + head + shot + rows, transform="rotate(-3)")


def memory_stick(ink: str) -> str:
    """A memory stick on a cord."""
    cord = path(
        curve([(-60, -6), (-96, -50), (-50, -88), (-20, -50), (-56, -10)], False), ink="#b5483f", width=6
    )
    body = box(-66, -24, 116, 48, "#3f4a5a", ink=ink, width=4, r=12) + box(-56, -16, 90, 12, "#5f6f84", r=6)
    plug = (
        box(48, -16, 46, 32, "#cfd4d8", ink=ink, width=4, r=3)
        + box(66, -9, 8, 7, "#5a5f66")
        + box(66, 3, 8, 7, "#5a5f66")
        + oval(-46, 8, 5, 5, "#6fe09a")
    )
    return group(cord + plug + body, transform="rotate(16)")


def pen(ink: str) -> str:
    """A fountain pen and its blot."""
    blot = path(curve([(-90, 70), (-60, 60), (-46, 78), (-66, 92), (-88, 88)]), "#2c3f74")
    body = path(
        curve([(-44, 10), (-36, -8), (84, -12), (96, 0), (84, 12), (-36, 12)], tension=0.5),
        "#233a5c",
        ink=ink,
        width=4,
    )
    nib = path(pts([(-44, -7), (-44, 11), (-92, 3)]), "#e0b455", ink=ink, width=4) + line(
        [(-80, 3), (-52, 2)], ink, 2.5
    )
    bands = box(-2, -10, 9, 22, "#e0b455", ink=ink, width=2.5) + line([(30, -10), (84, -8)], "#e0b455", 7)
    return blot + group(
        body + nib + bands + line([(-28, -4), (-8, -5)], "#8fa6cc", 4), transform="rotate(-34) scale(1.1)"
    )
