"""What gives a story away: tokens, a pebble, a book held the wrong way round, a shelf with nothing on it."""

from math import cos, pi, sin

from tools.engines.previz.colour import dark, pale
from tools.engines.previz.ink import Point, box, cel, curve, group, line, oval, path, pts, rod

BRASS, WOOD, CLOTH = "#c79a4b", "#9a6b42", "#b8433f"
STONE, STEEL, SNOW = "#9b9890", "#8d949e", "#eef3f7"


def _token(x: float, y: float, ink: str, tone: str = BRASS, k: float = 1.0) -> str:
    """A disc of brass with a hole, seen flat."""
    rim = oval(x, y, 38 * k, 38 * k, tone, ink=ink, width=4) + oval(
        x, y, 29 * k, 29 * k, "none", ink=dark(tone, 0.35), width=3
    )
    marks = "".join(
        oval(x + cos(a) * 33 * k, y + sin(a) * 33 * k, 2.2, 2.2, dark(tone, 0.45))
        for a in (i * pi / 8 for i in range(16))
    )
    return rim + marks + oval(x, y, 9 * k, 9 * k, "#4b3a28", ink=ink, width=3)


def token(ink: str) -> str:
    """A token of a company store."""
    return _token(0, 0, ink, BRASS, 1.7)


def token_towers(ink: str) -> str:
    """Tokens in towers of the same height."""
    drawn = oval(0, 90, 94, 9, "#2b1a20", opacity=0.25)
    for x in (-60, 0, 60):
        for k in range(9):
            y = 82 - k * 16
            tone = BRASS if k % 2 else pale(BRASS, 0.12)
            side = path(curve([(x - 26, y - 12), (x - 26, y), (x, y + 7), (x + 26, y), (x + 26, y - 12), (x, y - 5)], tension=0.6), tone, ink=ink, width=3)  # fmt: skip
            drawn += side
        drawn += oval(x, 82 - 8 * 16 - 12, 26, 8, pale(BRASS, 0.3), ink=ink, width=3) + oval(
            x, 82 - 8 * 16 - 12, 6, 2.4, "#4b3a28"
        )
    return drawn


def pebble(ink: str) -> str:
    """One small grey stone, smooth."""
    shape = curve([(-58, 20), (-46, -22), (-4, -40), (44, -24), (62, 14), (40, 42), (-30, 44)])
    shade = pts([(-80, 26), (80, 8), (80, 60), (-80, 60)])
    shine = line([(-32, -8), (-16, -24), (6, -28)], pale(STONE, 0.55), 7)
    return cel(shape, STONE, dark(STONE, 0.2), shade, ink=ink, width=5) + shine + line([(4, 18), (26, 12)], dark(STONE, 0.3), 3)  # fmt: skip


def upside_down_book(ink: str) -> str:
    """Open, its letters standing on their heads."""
    cover = path(pts([(-98, -52), (0, -40), (98, -52), (98, 66), (0, 78), (-98, 66)]), "#7c3b34", ink=ink, width=4)  # fmt: skip
    page = "".join(
        path(
            curve([(0, -40), (s * 44, -62), (s * 92, -54), (s * 92, 56), (s * 44, 50), (0, 68)], tension=0.5),
            "#f6ecd4",
            ink=ink,
            width=4,
        )
        for s in (-1, 1)
    )
    text = "".join(_upside_down(s * 46, y) for s in (-1, 1) for y in (-36, -18, 0, 18))
    head = group(_letter_a(0, 0, 1.9), transform="translate(-46 38) rotate(180)")
    return cover + page + line([(0, -38), (0, 68)], "#b59d72", 4, smooth=False) + text + head


def _upside_down(x: float, y: float) -> str:
    glyphs = "".join(_letter_a(k * 20 - 30, 0, 0.72) for k in range(4))
    return group(glyphs, transform=f"translate({x} {y}) rotate(180)")


def _letter_a(x: float, y: float, k: float) -> str:
    legs: list[Point] = [(x - 8 * k, y + 10 * k), (x, y - 10 * k), (x + 8 * k, y + 10 * k)]
    bar: list[Point] = [(x - 5 * k, y + 3 * k), (x + 5 * k, y + 3 * k)]
    return line(legs, "#4a4438", 3.2 * k**0.5, smooth=False) + line(bar, "#4a4438", 2.6, smooth=False)


def kerchief(ink: str) -> str:
    """A square of cloth with a border, folded over once."""
    under = path(curve([(-70, 58), (-62, -66), (74, -58), (84, 66), (8, 78)], tension=0.35), dark(CLOTH, 0.25), ink=ink, width=4)  # fmt: skip
    edge = curve([(-84, 50), (-78, -72), (60, -70), (66, 52), (-10, 64)], tension=0.35)
    cloth = under + cel(edge, CLOTH, dark(CLOTH, 0.18), pts([(-90, 30), (80, 10), (80, 80), (-90, 80)]), ink=ink, width=4)  # fmt: skip
    border = path(pts([(-66, 36), (-62, -56), (46, -54), (50, 38)]), "none", ink="#f1e3c8", width=4)
    dots = "".join(oval(x, y, 5, 5, "#f1e3c8") for x in (-42, -8, 26) for y in (-34, -8, 18))
    return cloth + border + dots


def bundle(ink: str) -> str:
    """A kerchief full of something, its corners knotted on top."""
    body = curve([(-70, 40), (-58, -10), (-16, -40), (16, -40), (58, -10), (70, 40), (40, 82), (-40, 82)])
    ears = "".join(
        path(
            curve([(0, -40), (s * 30, -84), (s * 70, -80), (s * 46, -44)], tension=0.7),
            pale(CLOTH, 0.1),
            ink=ink,
            width=4,
        )
        for s in (-1, 1)
    )
    folds = "".join(line([(0, -34), (x * 0.5, 0), (x, 46)], dark(CLOTH, 0.35), 4) for x in (-46, -18, 14, 44))
    dots = "".join(oval(x, y, 5, 5, "#f1e3c8") for x, y in ((-48, 30), (-30, 62), (0, 30), (4, 66), (34, 58), (50, 26)))  # fmt: skip
    lump = cel(body, CLOTH, dark(CLOTH, 0.2), pts([(16, -50), (90, -50), (90, 90), (30, 90)]), ink=ink, width=5)  # fmt: skip
    return ears + lump + folds + dots + oval(0, -40, 20, 14, dark(CLOTH, 0.15), ink=ink, width=4)


def rake(ink: str) -> str:
    """Of the garden, its teeth down."""
    stick = rod([(60, -96), (-34, 56)], ink, WOOD, 9, smooth=False)
    bar = rod([(-80, 40), (12, 76)], ink, STEEL, 10, smooth=False)
    teeth = "".join(
        rod([(-76 + k * 14, 44 + k * 5.6), (-84 + k * 14, 68 + k * 5.6)], ink, STEEL, 5, smooth=False)
        for k in range(7)
    )
    return teeth + stick + bar


def hung_apron(ink: str) -> str:
    """An apron hung on a nail by its loop."""
    nail = oval(0, -92, 6, 6, STEEL, ink=ink, width=3)
    loop = line([(-26, -46), (-16, -78), (0, -90), (16, -78), (26, -46)], ink, 9) + line([(-26, -46), (-16, -78), (0, -90), (16, -78), (26, -46)], "#e5dbc4", 4.5)  # fmt: skip
    tone = "#cfc3a8"
    shape = curve([(-28, -50), (28, -50), (34, -8), (64, 8), (60, 90), (0, 96), (-60, 90), (-64, 8), (-34, -8)], tension=0.45)  # fmt: skip
    cloth = cel(shape, tone, dark(tone, 0.18), pts([(26, -60), (80, -60), (80, 100), (36, 100)]), ink=ink, width=4)  # fmt: skip
    pocket = box(-34, 24, 68, 36, dark(tone, 0.06), ink=ink, width=3, r=4)
    strings = "".join(
        line([(s * 62, 12), (s * 84, 40), (s * 76, 78)], ink, 7)
        + line([(s * 62, 12), (s * 84, 40), (s * 76, 78)], tone, 3.5)
        for s in (-1, 1)
    )
    return strings + cloth + loop + pocket + nail


def swallow(ink: str) -> str:
    """In flight: long wings, a forked tail, a red throat."""
    back, belly = "#2c4a7c", "#f1e6d4"
    tail = path(curve([(34, 20), (96, 50), (58, 40), (88, 84), (24, 36)], tension=0.35), back, ink=ink, width=4)  # fmt: skip
    far = path(curve([(-14, -8), (26, -62), (84, -88), (46, -34), (16, 6)], tension=0.7), dark(back, 0.2), ink=ink, width=4)  # fmt: skip
    body = path(curve([(-72, -22), (-48, -36), (-10, -18), (40, 24), (6, 24), (-36, 12)]), back, ink=ink, width=4)  # fmt: skip
    front = path(curve([(-58, -16), (-30, -4), (8, 20), (-34, 10)]), belly)
    throat = path(curve([(-72, -20), (-52, -20), (-48, -6), (-62, -8)]), "#b5473a")
    near = path(curve([(-20, -2), (-52, 40), (-92, 60), (-40, 66), (10, 14)], tension=0.7), pale(back, 0.1), ink=ink, width=4)  # fmt: skip
    beak = path(pts([(-72, -26), (-88, -20), (-71, -17)]), "#2a2230", ink=ink, width=2.5)
    return tail + far + body + front + throat + near + beak + oval(-58, -26, 3.4, 3.4, "#14101a")


def _cut_stone(ink: str, tone: str) -> str:
    outer = [(-44, -78), (44, -78), (74, -44), (74, 44), (44, 78), (-44, 78), (-74, 44), (-74, -44)]
    inner = [(x * 0.56, y * 0.56) for x, y in outer]
    sides = ""
    lights = (0.45, 0.3, -0.1, -0.3, -0.42, -0.28, 0.1, 0.32)
    for k, by in enumerate(lights):
        quad = [outer[k], outer[(k + 1) % 8], inner[(k + 1) % 8], inner[k]]
        sides += path(pts(quad), pale(tone, by) if by > 0 else dark(tone, -by), ink=ink, width=2.5)
    table = path(pts(inner), tone, ink=ink, width=3)
    shine = path(pts([(-30, -36), (4, -36), (-34, 20), (-38, -12)]), pale(tone, 0.55), opacity=0.8)
    return sides + table + shine + path(pts(outer), "none", ink=ink, width=5)


def emerald(ink: str) -> str:
    """Green, in the cut that bears its name."""
    return _cut_stone(ink, "#2f9a5e")


def ruby(ink: str) -> str:
    """Red, cut the same way."""
    return _cut_stone(ink, "#bf2a42")


def sapphire(ink: str) -> str:
    """Blue, cut the same way."""
    return _cut_stone(ink, "#2f5fb4")


def number_plate(ink: str) -> str:
    """Of a car: a band, two screws, characters that are nobody's."""
    plate = box(-96, -34, 192, 68, "#f4f1e6", ink=ink, width=5, r=8)
    frame = box(-88, -26, 176, 52, "none", ink="#3a3a44", width=3, r=5)
    screws = oval(-78, 0, 4, 4, "#8d949e", ink=ink, width=2) + oval(78, 0, 4, 4, "#8d949e", ink=ink, width=2)
    strokes: tuple[list[Point], ...] = (
        [(-60, 16), (-50, -16), (-40, 16)], [(-30, -16), (-30, 16), (-12, 16)], [(0, 16), (0, -16), (18, 16), (18, -16)],
        [(32, -10), (40, -16), (40, 16)], [(52, -16), (68, -16), (57, 16)],
    )  # fmt: skip
    return plate + frame + screws + "".join(line(one, "#2a2a34", 6.5, smooth=False) for one in strokes)


def prescription(ink: str) -> str:
    """A doctor's slip: the sign for it, two lines by hand, a signature and a stamp."""
    slip = cel(pts([(-62, -88), (62, -88), (62, 88), (-62, 88)]), "#f7f3e6", "#ddd5bf", pts([(-70, 64), (70, 56), (70, 96), (-70, 96)]), ink=ink, width=4)  # fmt: skip
    head = line([(-46, -70), (46, -70)], "#5b8a7a", 8, smooth=False)
    cross = line([(36, -50), (36, -30)], "#c4434a", 8, smooth=False) + line([(26, -40), (46, -40)], "#c4434a", 8, smooth=False)  # fmt: skip
    sign = line([(-44, -10), (-44, -50), (-22, -48), (-24, -32), (-42, -30), (-12, 2)], "#2c3550", 5, smooth=False) + line([(-12, -26), (-36, 4)], "#2c3550", 5, smooth=False)  # fmt: skip
    rows = "".join(
        line([(-40 + k * 9, y + (4 if k % 2 else -4)) for k in range(9)], "#2f4f8a", 3.5) for y in (22, 40)
    )
    name = line([(-8, 68), (2, 56), (10, 70), (20, 58), (30, 68), (46, 60)], "#2f4f8a", 4)
    return slip + head + cross + sign + rows + name + oval(-32, 64, 15, 15, "none", ink="#a8434a", width=3.5)


def market_stall(ink: str) -> str:
    """A striped roof on two posts, and a counter of new boards."""
    posts = rod([(-78, -40), (-78, 88)], ink, WOOD, 9, smooth=False) + rod([(78, -40), (78, 88)], ink, WOOD, 9, smooth=False)  # fmt: skip
    roof = ""
    for k in range(8):
        a, b = -96 + k * 24, -72 + k * 24
        top_a, top_b = a * 0.8, b * 0.8
        tone = "#c9504a" if k % 2 else "#f3ead6"
        hem = curve([(a, -44), (b, -44), (b, -32), ((a + b) / 2, -22), (a, -32)], tension=0.5)
        roof += path(pts([(top_a, -90), (top_b, -90), (b, -44), (a, -44)]), tone, ink=ink, width=3)
        roof += path(hem, tone, ink=ink, width=3)
    counter = box(-90, 22, 180, 14, pale(WOOD, 0.2), ink=ink, width=4, r=2)
    front = box(-82, 36, 164, 54, WOOD, ink=ink, width=4)
    seams = "".join(line([(x, 38), (x, 88)], dark(WOOD, 0.35), 3, smooth=False) for x in (-50, -18, 16, 48))
    return posts + front + seams + counter + roof


def empty_shelf(ink: str) -> str:
    """Two boards with nothing on them but the marks in the dust of what stood there."""
    back = box(-92, -80, 184, 160, "#6f5138", ink=ink, width=4, r=3)
    drawn = back + "".join(
        line([(-90, y), (90, y)], dark("#6f5138", 0.3), 3, smooth=False) for y in (-50, -20, 24, 54)
    )
    for y in (-8, 66):
        drawn += box(-98, y, 196, 16, pale(WOOD, 0.15), ink=ink, width=4, r=2)
        drawn += "".join(oval(x, y + 4, 20, 3.4, dark(WOOD, 0.2)) for x in (-56, 0, 56))
    return drawn


def satin_shoes(ink: str) -> str:
    """A pair of ivory court shoes with a strap."""
    return group(_court_shoe(ink, "#e6dcc6"), transform="translate(14 -26) scale(0.86)") + group(
        _court_shoe(ink, "#f4ecdb"), transform="translate(-12 22)"
    )


def _court_shoe(ink: str, tone: str) -> str:
    heel = path(pts([(52, 6), (76, 2), (70, 52), (56, 52)]), dark(tone, 0.2), ink=ink, width=4)
    sole = path(curve([(-84, 46), (-40, 52), (10, 36), (56, 10), (60, 18), (14, 46), (-40, 60), (-82, 54)], tension=0.5), "#8a6b4c", ink=ink, width=3)  # fmt: skip
    upper = curve([(-86, 44), (-78, 22), (-46, 14), (-20, 20), (14, 14), (46, -14), (72, -26), (78, 4), (48, 14), (8, 38), (-40, 52)], tension=0.55)  # fmt: skip
    shine = line([(-70, 30), (-54, 24), (-36, 24)], "#fffdf6", 5)
    strap = line([(-4, 20), (18, -16), (46, -12)], ink, 9) + line([(-4, 20), (18, -16), (46, -12)], tone, 4.5)
    inside = path(curve([(-20, 20), (14, 14), (46, -14), (70, -24), (50, 2), (14, 26)], tension=0.5), dark(tone, 0.28))  # fmt: skip
    return heel + sole + path(upper, tone, ink=ink, width=4) + inside + strap + shine


def sardine(ink: str) -> str:
    """Slim and silver."""
    body = curve([(-92, 0), (-60, -20), (0, -26), (50, -12), (66, 0), (50, 12), (0, 24), (-60, 18)])
    tail = path(pts([(60, 0), (96, -26), (88, 0), (96, 26)]), "#7f93a3", ink=ink, width=4)
    fin = path(pts([(-6, -25), (18, -40), (26, -20)]), "#7f93a3", ink=ink, width=3.5)
    low = path(pts([(0, 24), (18, 36), (24, 18)]), "#9fb0bc", ink=ink, width=3)
    skin = cel(body, "#8fa6b8", "#dfe7ea", pts([(-100, 4), (80, 2), (80, 40), (-100, 40)]), ink=ink, width=4)
    gill = line([(-58, -16), (-50, 0), (-58, 14)], dark("#8fa6b8", 0.3), 4)
    spots = "".join(oval(-34 + k * 16, -6, 3, 3, "#4f6577") for k in range(5))
    eye = oval(-74, -4, 6, 6, "#f6f2e4", ink=ink, width=2.5) + oval(-74, -4, 2.6, 2.6, "#14101a")
    return tail + fin + low + skin + gill + spots + eye


def snow_heap(ink: str) -> str:
    """Dirty snow shovelled together."""
    heap = curve([(-98, 80), (-70, 20), (-36, 0), (-10, -46), (26, -40), (52, 4), (80, 26), (98, 80)], tension=0.7)  # fmt: skip
    drawn = cel(heap, SNOW, "#bccbd8", pts([(10, -60), (110, -10), (110, 90), (-20, 90)]), ink=ink, width=5)
    dirt = "".join(
        oval(x, y, r, r * 0.6, "#8c8478", opacity=0.8)
        for x, y, r in ((-60, 58, 9), (-20, 30, 6), (14, 62, 10), (44, 40, 7), (70, 66, 6), (0, -12, 5))
    )
    return drawn + dirt + line([(-28, 2), (-14, -26), (4, -34)], "#ffffff", 6)


def ice_resurfacer(ink: str) -> str:
    """The machine that lays clean ice: a box for the snow, a seat high up behind it."""
    box_ = cel(pts([(-92, -34), (22, -50), (22, 46), (-92, 46)]), "#3f74b4", "#2f578c", pts([(-100, 16), (30, 10), (30, 60), (-100, 60)]), ink=ink, width=4)  # fmt: skip
    stripe = path(pts([(-92, -4), (22, -12), (22, 6), (-92, 12)]), "#f4f1ea", ink=ink, width=3)
    rear = box(22, -8, 70, 54, "#35639c", ink=ink, width=4, r=6)
    seat = box(58, -42, 14, 38, "#2b2a33", ink=ink, width=3, r=5) + box(34, -14, 38, 12, "#2b2a33", ink=ink, width=3, r=5)  # fmt: skip
    wheel = line([(26, -16), (20, -40)], ink, 6, smooth=False) + line([(10, -44), (32, -38)], ink, 7)
    blade = box(66, 48, 30, 18, STEEL, ink=ink, width=3.5, r=3)
    tyres = "".join(
        oval(x, 60, 24, 24, "#2a2a30", ink=ink, width=4) + oval(x, 60, 10, 10, STEEL, ink=ink, width=3)
        for x in (-58, 34)
    )
    return oval(0, 86, 98, 8, "#a9c8dc", opacity=0.6) + seat + wheel + blade + rear + box_ + stripe + tyres


def written_note(ink: str) -> str:
    """A slip of paper, folded once; its words come with the story."""
    page = pts([(-86, -60), (82, -66), (88, 58), (-80, 66)])
    sheet = cel(
        page, "#faf3df", "#e6d9ba", pts([(-100, 44), (100, 34), (100, 90), (-100, 90)]), ink=ink, width=4
    )
    return sheet + line([(1, -62), (4, 62)], "#d9caa6", 3, smooth=False)


def written_sign(ink: str) -> str:
    """A board on a cord; its words come with the story."""
    cord = line([(-66, -40), (0, -88), (66, -40)], ink, 5, smooth=False) + oval(
        0, -90, 7, 7, STEEL, ink=ink, width=3
    )
    board = box(-98, -44, 196, 112, "#f6ecd8", ink=ink, width=5, r=8)
    return cord + board + box(-89, -35, 178, 94, "none", ink="#8a4b38", width=4, r=5)
