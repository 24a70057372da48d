"""Things that the story put into a picture: where they stand, how large, and what of them is behind people.

They have their size in life beside the people, within what can still be seen. None covers a
face, leaves the frame by half or lies where captions are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from state.script import Spot, StagedThing, Staging
from tools.engines.previz.camera import ZOOM, Pose2D, camera_matrix
from tools.engines.previz.cel import Cel
from tools.engines.previz.colour import GRADES, dark, mix, people_light
from tools.engines.previz.extent import LOW_SLANT, Extent, extent_of, lying
from tools.engines.previz.framing import CHIN, HEAD_HALF, Framing, Mark, captions_from, crown_of
from tools.engines.previz.ink import box, group, line, oval
from tools.engines.previz.insert import FLAT
from tools.engines.previz.objects import UNITS_IN_CM, centimetres, drawn_object
from tools.engines.previz.people.doing import AT_TABLE
from tools.engines.previz.raster import Pixels, grade_matrix, graded, soft_raster, trimmed
from tools.engines.previz.sets.furniture import table
from tools.engines.previz.sets.paint import Paint
from tools.engines.previz.spots import perches, staged, stands
from tools.engines.previz.surfaces import EDGE, surface
from tools.engines.previz.thing_looks import with_look

SIDES = {"left": 0.16, "centre": 0.5, "right": 0.84}
TABLE_EDGE = 0.085
"""How far above a thing's foot the far edge of its table is, as a share of the height."""
LYING_HIGH = TABLE_EDGE * 1.15
"""What lies stays on the table: no letter leans on the air behind it."""
HIDDEN = 0.15
"""How much of a thing another one may cover; what has no such place is not shown."""
ENLARGED = 2.6
"""How much larger than in life beside these people a small thing is drawn, so that it is seen at all."""
SHRUNK: dict[Spot, float] = {"table": 0.3, "near": 0.3, "floor": 0.33}
"""How much smaller than in life a large thing may be; what would be smaller yet is not shown."""
LOW_CM, TALLER = 45.0, 1.8
"""What is higher on its table may take so much more of the frame: a wedding cake is no cup cake."""
DOOR_WALL = 0.35
"""How much wall is seen beside a door, against its width."""
MARGIN = 0.09
SHADOW = "#0c0508"
Room = tuple[float, float, float, float]
"""Left, top, right and low end of something in the frame."""


@dataclass(frozen=True, kw_only=True)
class Stand:
    """How a spot is used: shares of the frame's height and of the people's scale."""

    depth: float
    """How much of a camera move it follows; up to 1 it is behind the people."""
    foot: float
    """Where things end below; in the air and on the wall, their middle."""
    scale: float
    """Against the people's own scale."""
    least: float
    most: float
    widest: float
    """A share of the width."""
    soft: float
    """Out of focus, against what is behind the people."""


STANDS: dict[Spot, Stand] = {
    "air": Stand(depth=0.62, foot=0.17, scale=0.8, least=0.1, most=0.22, widest=0.2, soft=0.5),
    "wall": Stand(depth=0.78, foot=0.3, scale=0.75, least=0.12, most=0.36, widest=0.3, soft=0.5),
    "floor": Stand(depth=0.9, foot=0.79, scale=0.8, least=0.12, most=0.5, widest=0.34, soft=0.2),
    "table": Stand(depth=1.0, foot=0.79, scale=1.1, least=0.13, most=0.27, widest=0.3, soft=0.0),
    "near": Stand(depth=1.0, foot=0.79, scale=1.5, least=0.22, most=0.32, widest=0.28, soft=0.0),
}
CROWD = Stand(depth=0.72, foot=0.3, scale=0.9, least=0.34, most=0.46, widest=0.86, soft=0.3)
"""Many people behind those of the shot, nearly as large as they are."""
DOOR = Stand(depth=0.9, foot=0.79, scale=1.0, least=0.5, most=0.74, widest=0.3, soft=0.2)
"""As high as people need it to be."""
OWN_STANDS = {"crowd": CROWD, "door": DOOR}
SIDE_TABLE = Stand(depth=0.9, foot=0.79, scale=0.85, least=0.1, most=0.2, widest=0.2, soft=0.2)
"""Where the floor is seen a table stands on it, behind the people."""
PERCH = Stand(depth=0.9, foot=0.79, scale=0.85, least=0.1, most=0.24, widest=0.2, soft=0.2)
PERCH_CM, PERCH_WIDE = 92.0, 0.7
"""How high a bird's perch is, and how wide its bar against the bird."""
TABLE_CM, TABLE_UNITS = 62.0, 168.0
"""How high that table is in life and as it is drawn."""
BEFORE: tuple[Spot, ...] = ("table", "near")
"""Spots between camera and people; what is near lies on what is near."""
GROUNDED = 0.74
"""Where a car or a house behind people stands, as a share of the height."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """A thing with its place in the frame."""

    thing: StagedThing
    stand: Stand
    x: float
    foot: float
    scale: float
    extent: Extent

    @property
    def room(self) -> Room:
        """What it takes of the frame."""
        left, top, right, low = self.extent
        half, high = (right - left) / 2 * self.scale, (low - top) * self.scale
        return self.x - half, self.foot - high, self.x + half, self.foot


class StagedThings:
    """Drawn once; a frame only moves them."""

    def __init__(
        self, staging: Staging, framing: Framing, paint: Paint, size: tuple[int, int], *, desk: float = 0.0
    ) -> None:
        """`desk` is the height of a table that stands before the people already; 0 without one."""
        self._desk = desk
        self._staging, self._framing, self._paint, self._size = staging, framing, paint, size
        self.places = list(self._places())
        tops = [spot for spot in BEFORE if any(_rests(one, spot, desk=desk > 0) for one in self.places)]
        self._spots = tops

    @cached_property
    def _tops(self) -> dict[Spot, Cel]:
        return {spot: self._table_top(spot) for spot in self._spots}

    @cached_property
    def _cels(self) -> list[tuple[float, Cel]]:
        return [(place.stand.depth, self._cel(place)) for place in self.places]

    def behind(self, frame: Pixels, camera: Pose2D, focus: tuple[float, float]) -> None:
        """Lay what is behind the people over a frame."""
        for depth, cel in self._cels:
            if depth < 1:
                cel.onto(frame, camera_matrix(camera, depth, self._size, focus))

    def table(self, frame: Pixels, camera: Pose2D, focus: tuple[float, float]) -> None:
        """Lay the table over bodies: hands and hair are over it, never under it."""
        if "table" in self._tops:
            self._tops["table"].onto(frame, camera_matrix(camera, 1.0, self._size, focus))

    def before(self, frame: Pixels, camera: Pose2D, focus: tuple[float, float]) -> None:
        """Lay what is in front of the people over a frame."""
        if "near" in self._tops:
            self._tops["near"].onto(frame, camera_matrix(camera, 1.0, self._size, focus))
        for depth, cel in self._cels:
            if depth >= 1:
                cel.onto(frame, camera_matrix(camera, depth, self._size, focus))

    def _places(self) -> Iterator[Place]:
        taken: list[Room] = []
        for thing in staged(self._staging, indoor=self._paint.indoor):
            place = self._placed(thing, taken)
            if place:
                taken.append(place.room)
                yield place

    def _placed(self, thing: StagedThing, taken: list[Room]) -> Place | None:
        """The free place nearest to where it is wanted, smaller when there is little room."""
        stand, extent = self._stand(thing), _extent(thing, self._staging, self._paint.ink)
        scale = self._scale(thing, stand, extent)
        for _ in range(5):
            if not self._is_sane(thing, scale, extent):
                return None
            found = [self._at(thing, x, scale, extent) for x in self._columns()]
            free = [place for place in found if self._fits(place) and _is_clear(place, taken)]
            fits = [(self._cost(place, taken), place) for place in free]
            best = min(fits, key=lambda one: one[0], default=None)
            if best:
                return best[1]
            scale *= 0.82
        return None

    def _stand(self, thing: StagedThing) -> Stand:
        if thing.picture in OWN_STANDS:
            return OWN_STANDS[thing.picture]
        if perches(thing):
            return PERCH
        return SIDE_TABLE if thing.spot == "table" and self._framing.floor else STANDS[thing.spot]

    def _columns(self) -> list[float]:
        return [self._framing.width * share / 40 for share in range(3, 38)]

    def _scale(self, thing: StagedThing, stand: Stand, extent: Extent) -> float:
        """Its size in life beside these people, within what can be seen and has room."""
        left, top, right, low = extent
        life = centimetres(thing.picture) * UNITS_IN_CM * self._people * stand.scale
        life /= max(right - left, low - top)
        high, wide = low - top, right - left
        share = stand.most * (TALLER if thing.spot == "table" and centimetres(thing.picture) > LOW_CM else 1)
        most = min(self._framing.height * share / high, self._framing.width * stand.widest / wide)
        if _lies(thing) and thing.spot == "table":
            most = min(most, self._framing.height * LYING_HIGH / high)
        least = self._framing.height * stand.least / max(high, wide * 0.7)
        return min(max(life, min(least, life / stand.scale * ENLARGED)), most)

    def _is_sane(self, thing: StagedThing, scale: float, extent: Extent) -> bool:
        """Whether it is no toy beside these people; what stands far behind may be small."""
        left, top, right, low = extent
        life = centimetres(thing.picture) * UNITS_IN_CM * self._people
        shrunk = max(right - left, low - top) * scale / life
        return shrunk >= SHRUNK.get(thing.spot, 0.0)

    @property
    def _people(self) -> float:
        """How large a figure unit is on the people here, or would be."""
        return max((mark.scale for mark in self._framing.marks if not mark.from_behind), default=1.4)

    def _at(self, thing: StagedThing, x: float, scale: float, extent: Extent) -> Place:
        stand, h = self._stand(thing), self._framing.height
        half = (extent[3] - extent[1]) / 2 * scale
        if thing.spot in ("air", "wall") and not stands(thing):
            foot = max(h * stand.foot, h * 0.03 + half) + half
        else:
            ground = GROUNDED if thing.spot == "wall" else stand.foot
            foot = self._above_captions(ground * h, stand.depth)
            if self._desk and stand is STANDS["table"]:
                foot = self._desk
        if stand is SIDE_TABLE:
            foot -= self._table_high
        if stand is PERCH:
            foot -= self._perch_high
        return Place(thing=thing, stand=stand, x=x, foot=foot, scale=scale, extent=extent)

    @property
    def _table_high(self) -> float:
        return TABLE_CM * UNITS_IN_CM * self._people * SIDE_TABLE.scale

    @property
    def _perch_high(self) -> float:
        return min(PERCH_CM * UNITS_IN_CM * self._people * PERCH.scale, self._framing.height * 0.4)

    def _above_captions(self, foot: float, depth: float) -> float:
        """A camera that comes nearer must not push a thing down into the captions."""
        edge = captions_from(self._framing.width, self._framing.height) * self._framing.height
        zoom = 1 + ZOOM * depth if self._staging.move in ("push_in", "pull_out") else 1.04
        focus = self._framing.focus[1]
        return min(foot, focus + (edge - focus) / zoom)

    def _fits(self, place: Place) -> bool:
        """Inside the frame and clear of every face."""
        left, top, right, low = place.room
        edge = self._framing.width * 0.035
        if left < edge or right > self._framing.width - edge or top < self._framing.height * 0.02:
            return False
        room = (left, top, right, low)
        return not any(overlap(room, one) for mark in self._framing.marks for one in self._kept(mark))

    def _kept(self, mark: Mark) -> list[Room]:
        """What of a person nothing may cover: the face, and what their hand holds."""
        if mark.from_behind:
            return [self._body(mark)]
        x, y, k = mark.x, mark.y, mark.scale
        hand = (x - 70 * k, y + 95 * k, x + 70 * k, y + 205 * k)
        return [face_of(mark), hand] if mark.blocking.gesture == "holding" else [face_of(mark)]

    def _cost(self, place: Place, taken: list[Room]) -> float:
        """How far from its side it is, and how much of it is hidden."""
        room = place.room
        wanted = SIDES[place.thing.side] * self._framing.width
        cost = abs(place.x - wanted) / self._framing.width
        area = (room[2] - room[0]) * (room[3] - room[1])
        cost += sum(3.0 * overlap(room, other) / area for other in taken)
        if self._desk and place.stand is STANDS["table"]:
            cost += sum(6.0 * overlap(room, hands_of(mark)) / area for mark in self._framing.marks)
        if place.stand.depth < 1:
            cost += sum(2.0 * overlap(room, self._body(mark)) / area for mark in self._framing.marks)
        return cost

    def _body(self, mark: Mark) -> Room:
        half = 125.0 * mark.scale
        top = mark.y - crown_of(mark.blocking) * mark.scale
        return mark.x - half, top, mark.x + half, self._framing.height

    def _cel(self, place: Place) -> Cel:
        line = min(max(2.6 * self._people**0.55 / place.scale, 1.2), 9.0)
        drawn = _dressed(
            drawn_object(place.thing.picture, self._paint.ink, line=line),
            place.thing,
            self._staging,
            self._paint.ink,
        )
        left, _, right, low = place.extent
        x = place.x - (left + right) / 2 * place.scale
        at = f"translate({x:.1f} {place.foot - low * place.scale:.1f}) scale({place.scale:.4f})"
        under = self._side_table(place) if place.stand is SIDE_TABLE else ""
        under += self._perch(place) if place.stand is PERCH else ""
        under += self._door_wall(place) if place.thing.picture == "door" else ""
        return self._drawn(under + group(_rested(place, drawn), transform=at), place.thing.spot)

    def _door_wall(self, place: Place) -> str:
        """The corner of a house that a door is in, as far as the edge: no door stands alone."""
        left, _, right, low = place.room
        w, h = self._framing.width, self._framing.height
        tone = mix(self._paint.wall, self._paint.lit("#a98f78"), 0.35)
        wide = (right - left) * DOOR_WALL
        near, far = (left - wide, w * 1.2) if place.x > w / 2 else (-w * 0.2, right + wide)
        edge = near if place.x > w / 2 else far
        wall = box(near, -h * 0.2, far - near, low + h * 0.2, tone, ink=self._paint.ink, width=h * 0.004)
        skirt = box(near, low - h * 0.022, far - near, h * 0.022, dark(tone, 0.3))
        step = box(near, low, far - near, h * 0.05, dark(self._paint.floor, 0.08))
        return (
            wall
            + skirt
            + step
            + line([(edge, -h * 0.2), (edge, low)], dark(tone, 0.4), h * 0.008, smooth=False)
        )

    def _side_table(self, place: Place) -> str:
        room, k = place.room, self._table_high / TABLE_UNITS
        wide = max((room[2] - room[0]) / k * 1.25, 130.0)
        at = f"translate({place.x:.1f} {place.foot + self._table_high:.1f}) scale({k:.3f})"
        return group(table(self._paint, 0.0, 0.0, wide), transform=at)

    def _perch(self, place: Place) -> str:
        """A bar on a pole with a foot, under a bird that sits."""
        left, _, right, top = place.room
        low, h, tone = top + self._perch_high, self._framing.height, self._paint.wood
        half, thick, ink = (right - left) * PERCH_WIDE, max(h * 0.012, 4.0), self._paint.ink
        foot = oval(place.x, low, half * 0.75, h * 0.012, dark(tone, 0.3), ink=ink, width=h * 0.003)
        shade = oval(place.x + half * 0.1, low + h * 0.006, half, h * 0.016, SHADOW, opacity=0.3)
        pole = box(place.x - thick / 2, top, thick, low - top, tone, ink=ink, width=h * 0.003)
        return (
            shade
            + foot
            + pole
            + box(place.x - half, top - thick * 0.4, half * 2, thick, tone, ink=ink, width=h * 0.003)
        )

    def _drawn(self, body: str, spot: Spot) -> Cel:
        w, h = self._size
        mx, my, unit = int(w * MARGIN), int(h * MARGIN), self._framing.width / w
        view = (-mx * unit, -my * unit, (w + 2 * mx) * unit, (h + 2 * my) * unit)
        soft = (7.0 if spot == "near" else self._framing.blur * STANDS[spot].soft) / unit
        pixels, dx, dy = trimmed(soft_raster(body, view, (w + 2 * mx, h + 2 * my), soft))
        light = people_light(self._staging.time, self._staging.weather, indoor=self._paint.indoor)
        dim = 0.9 if spot in ("wall", "floor") else 1.0
        matrix = grade_matrix(GRADES[self._staging.mood], tuple(v * dim for v in light))  # type: ignore[arg-type]  # three
        return Cel(pixels=graded(pixels, matrix), x=dx - mx, y=dy - my)

    def _table_top(self, spot: Spot) -> Cel:
        """The near edge of what things lie on, across the picture."""
        w, h = self._framing.width, self._framing.height
        k = h / 900
        top = self._above_captions(STANDS["table"].foot * h, 1.0) - TABLE_EDGE * h
        fit = f"translate({w / 2 - 800 * k:.2f} {top - EDGE * k:.2f}) scale({k:.4f})"
        return self._drawn(group(surface(self._staging.place.kind, self._paint), transform=fit), spot)


def _is_clear(place: Place, taken: list[Room]) -> bool:
    """Whether it hides nothing that is shown already, and is not hidden by it."""
    area = _area(place.room)
    return all(overlap(place.room, one) <= HIDDEN * min(area, _area(one)) for one in taken)


def _area(room: Room) -> float:
    return (room[2] - room[0]) * (room[3] - room[1])


def _rests(place: Place, spot: Spot, *, desk: bool) -> bool:
    """Whether it needs the top of a table before people to lie on."""
    return place.thing.spot == spot and place.stand is not SIDE_TABLE and not (desk and spot == "table")


def _dressed(drawn: str, thing: StagedThing, staging: Staging, ink: str) -> str:
    """The drawing in the look that the story gives it."""
    look = staging.looks.get(thing.picture)
    return with_look(drawn, look, ink) if look else drawn


def _extent(thing: StagedThing, staging: Staging, ink: str) -> Extent:
    drawn = _dressed(drawn_object(thing.picture, ink), thing, staging, ink)
    return lying(drawn, LOW_SLANT)[1] if _lies(thing) else extent_of(drawn)


def _lies(thing: StagedThing) -> bool:
    return thing.spot in ("table", "floor") and thing.picture in FLAT


def _rested(place: Place, drawn: str) -> str:
    """The thing with the shadow it has where it is."""
    if _lies(place.thing):
        return lying(drawn, LOW_SLANT)[0]
    if place.thing.spot in ("air", "wall") and not stands(place.thing):
        return drawn
    if place.stand is PERCH:
        return drawn
    left, _, right, low = place.extent
    x, half = (left + right) / 2, (right - left) / 2
    shadow = oval(x + 5, low - 2, half * 1.1, 5 + half * 0.13, SHADOW, opacity=0.34)
    return shadow + oval(x + 2, low - 3, half * 0.86, 3 + half * 0.07, SHADOW, opacity=0.3) + drawn


def face_of(mark: Mark) -> Room:
    """What a face takes of the frame, hair and chin with it."""
    half, top = (HEAD_HALF + 8) * mark.scale, mark.y - crown_of(mark.blocking) * mark.scale
    return mark.x - half, top, mark.x + half, mark.y + (CHIN + 14) * mark.scale


def hands_of(mark: Mark) -> Room:
    """Where hands are that do something on a table."""
    k = mark.scale if mark.blocking.gesture in AT_TABLE else 0.0
    return mark.x - 62 * k, mark.y + 130 * k, mark.x + 62 * k, mark.y + 240 * k


def overlap(a: Room, b: Room) -> float:
    """The area that two rectangles share."""
    wide, high = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    return max(wide, 0.0) * max(high, 0.0)
