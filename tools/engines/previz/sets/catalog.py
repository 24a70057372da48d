"""Which drawing belongs to which kind of set."""

from collections.abc import Callable
from dataclasses import replace

from state.script import SetKind
from tools.engines.previz.sets import homes, outdoor, public
from tools.engines.previz.sets.paint import BOTTOM, TOP, Paint, SetDrawing, flat

SETS: dict[SetKind, Callable[[Paint], SetDrawing]] = {
    "living_room": homes.living_room, "kitchen": homes.kitchen, "bedroom": homes.bedroom,
    "office": homes.office, "hospital": public.hospital, "church": public.church,
    "restaurant": public.restaurant, "hallway": homes.hallway, "cafe": public.cafe, "shop": public.shop,
    "street": outdoor.street, "park": outdoor.park, "beach": outdoor.beach, "rooftop": outdoor.rooftop,
    "garden": outdoor.garden, "station": outdoor.station,
}  # fmt: skip


def drawn_set(kind: SetKind, paint: Paint) -> SetDrawing:
    """The set of that kind, on a ground that shows through no seam."""
    drawn = SETS[kind](paint)
    return replace(drawn, far=flat(TOP, BOTTOM - TOP, paint.floor) + drawn.far)
