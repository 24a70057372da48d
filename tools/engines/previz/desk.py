"""The table or counter before people who do something with their hands."""

from state.script import SetKind
from tools.engines.previz.cel import Cel
from tools.engines.previz.colour import dark, mix, pale
from tools.engines.previz.framing import Framing, Mark
from tools.engines.previz.ink import Point, box, clip, line, path, pts
from tools.engines.previz.people.doing import AT_TABLE
from tools.engines.previz.people.implements import on_table
from tools.engines.previz.people.person import person_of
from tools.engines.previz.raster import Matrix, graded, raster, trimmed
from tools.engines.previz.sets.paint import Paint

BACK, FRONT = 198.0, 240.0
"""The far and the near edge of the top, in the body's space: at the height of the elbows."""
CRAMPED: frozenset[SetKind] = frozenset({"car", "bus", "lift"})
"""Places in which no table stands."""
HALF = 170.0
"""Half a table for one in a wide shot, in figure units."""


def desk_before(
    framing: Framing, paint: Paint, size: tuple[int, int], *, matrix: Matrix, kind: SetKind
) -> Cel | None:
    """The table of a set-up as a layer between bodies and hands; None where nobody needs one."""
    at_it = _at_it(framing, paint, kind)
    if not at_it:
        return None
    body = _wide(at_it, framing, paint) if framing.full_bodies else _near(at_it, framing, paint)
    body += "".join(_lying(mark, paint.ink) for mark in at_it)
    margin = 0.1
    left, top = round(-size[0] * margin), round(-size[1] * margin)
    pixels = (size[0] - 2 * left, size[1] - 2 * top)
    unit = framing.width / size[0]
    view = (left * unit, top * unit, pixels[0] * unit, pixels[1] * unit)
    drawn, dx, dy = trimmed(raster(body, view, pixels))
    return Cel(pixels=graded(drawn, matrix), x=left + dx, y=top + dy)


def desk_top(framing: Framing, paint: Paint, kind: SetKind) -> float:
    """Where things on that table end below, in frame units; 0 without a table."""
    at_it = _at_it(framing, paint, kind)
    if not at_it:
        return 0.0
    back, front, _ = _edges(at_it)
    return back + (front - back) * 0.6


def _at_it(framing: Framing, paint: Paint, kind: SetKind) -> list[Mark]:
    marks = [mark for mark in framing.marks if _needs(mark, indoor=paint.indoor)]
    return [] if kind in CRAMPED else marks


def _needs(mark: Mark, *, indoor: bool) -> bool:
    """Out of doors one sits without a table."""
    gesture = mark.blocking.gesture
    return not mark.from_behind and gesture in AT_TABLE and (indoor or gesture != "sitting")


def _edges(marks: list[Mark]) -> tuple[float, float, float]:
    """Far edge, near edge and scale of the table they share, in frame units."""
    scale = max(mark.scale for mark in marks)
    heights = [[_height(mark, y) for mark in marks] for y in (BACK, FRONT)]
    back = sum(heights[0]) / len(marks)
    return back, back + (FRONT - BACK) * scale, scale


def _height(mark: Mark, y: float) -> float:
    return mark.y + person_of(mark.blocking, facing=mark.facing).body_place(0.0, y)[1] * mark.scale


def _soles(mark: Mark) -> float:
    return mark.y + person_of(mark.blocking).soles_y * mark.scale


def _near(marks: list[Mark], framing: Framing, paint: Paint) -> str:
    """From edge to edge: the camera is too near to see where it ends."""
    back, front, scale = _edges(marks)
    w, h = framing.width, framing.height
    return _top([(-w, back), (2 * w, back), (2 * w, front), (-w, front)], (-w, 3 * w, h), scale, paint)


def _wide(marks: list[Mark], framing: Framing, paint: Paint) -> str:
    """A table on its legs out of doors and before who sits, a counter before who stands in a room."""
    back, front, scale = _edges(marks)
    half, soles = HALF * scale, max(_soles(mark) for mark in marks)
    left, right = min(m.x for m in marks) - half, max(m.x for m in marks) + half
    inset = 16 * scale
    top = [(left + inset, back), (right - inset, back), (right, front), (left, front)]
    if not paint.indoor or any(person_of(mark.blocking).seated for mark in marks):
        board = (left, right - left, front + 20 * scale)
        return _legs((left + 18 * scale, right - 33 * scale), (front, soles), scale, paint) + _top(
            top, board, scale, paint
        )
    return _top(top, (left, right - left, soles), scale, paint)


def _legs(columns: tuple[float, float], span: tuple[float, float], scale: float, paint: Paint) -> str:
    (front, soles), wood = span, dark(_wood(paint), 0.3)
    tall = soles - front - 14 * scale
    return "".join(
        box(x, front + 8 * scale, 15 * scale, tall, wood, ink=paint.ink, width=2.0) for x in columns
    )


def _top(shape: list[Point], board: tuple[float, float, float], scale: float, paint: Paint) -> str:
    """The top, and under its near edge a board down to a height."""
    wood, (left, wide, low) = _wood(paint), board
    front = shape[2][1]
    rows = [front - d * scale for d in (9, 20, 31)]
    grain = "".join(
        line([(left, y), (left + wide, y)], dark(wood, 0.12), 0.9 * scale, smooth=False) for y in rows
    )
    face = box(left, front, wide, low - front, dark(wood, 0.32), ink=paint.ink, width=2.4)
    face += _panels(board, front, scale, dark(wood, 0.42))
    lip = box(left, front, wide, 9 * scale, dark(wood, 0.16), ink=paint.ink, width=2.4)
    return face + path(pts(shape), pale(wood, 0.12), ink=paint.ink, width=2.4) + clip(pts(shape), grain) + lip


def _panels(board: tuple[float, float, float], front: float, scale: float, tone: str) -> str:
    """What breaks a large front up: framed fields, as joiners make them."""
    left, wide, low = board
    tall = low - front - 42 * scale
    if tall < 40 * scale:
        return ""
    count = max(round(wide / (150 * scale)), 1)
    step = wide / count
    columns = [left + i * step + 14 * scale for i in range(count)]
    top, across = front + 26 * scale, step - 28 * scale
    return "".join(box(x, top, across, tall, "none", ink=tone, width=2.0, r=4) for x in columns)


def _wood(paint: Paint) -> str:
    return mix("#a06f45", paint.wood, 0.5)


def _lying(mark: Mark, ink: str) -> str:
    person = person_of(mark.blocking, facing=mark.facing)
    thing = on_table(mark.blocking.gesture, (2.0, (BACK + FRONT) / 2 - 2), ink, 2.0)
    (x, y), k = person.body_place(0.0, 0.0), person.body_scale
    way = -1 if person.mirrored else 1
    move = f"translate({mark.x:.1f} {mark.y:.1f}) scale({mark.scale * way:.3f} {mark.scale:.3f})"
    return f'<g transform="{move} translate({x:.2f} {y:.2f}) scale({k:.3f})">{thing}</g>' if thing else ""
