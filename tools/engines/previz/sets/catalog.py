"""Which drawing belongs to which kind of set."""

from collections.abc import Callable
from dataclasses import replace

from state.script import SetKind
from tools.engines.previz.ink import cut, group, seams
from tools.engines.previz.sets import (
    afloat,
    airport,
    alley,
    arts,
    balcony,
    ballroom,
    bank,
    barren,
    bathing,
    boats,
    booth,
    cage_lift,
    cave,
    cemetery,
    cinema,
    civic,
    coast,
    construction,
    duty,
    dwelling,
    exchange,
    farm,
    fields,
    forest,
    garage,
    greenhouse,
    harbour,
    heights,
    homes,
    industry,
    land,
    laundry,
    learning,
    leisure,
    lobby,
    lodging,
    mine,
    newsroom,
    outdoor,
    parking,
    pastime,
    plane,
    plaza,
    private,
    product_studio,
    public,
    rink,
    salon,
    stairwell,
    station,
    stock_room,
    stores,
    tent,
    theatre,
    town,
    trade,
    tram,
    transport,
    travel,
    under_roof,
    vault,
    vehicle,
    waterside,
    wayside,
)
from tools.engines.previz.sets.paint import BOTTOM, TOP, Paint, Pane, SetDrawing, flat

SETS: dict[SetKind, Callable[[Paint], SetDrawing]] = {
    "living_room": homes.living_room, "kitchen": homes.kitchen, "bedroom": homes.bedroom,
    "office": homes.office, "hospital": public.hospital, "church": public.church,
    "restaurant": public.restaurant, "hallway": homes.hallway, "cafe": public.cafe, "shop": public.shop,
    "street": outdoor.street, "park": outdoor.park, "beach": outdoor.beach, "rooftop": outdoor.rooftop,
    "garden": outdoor.garden, "station": station.station, "bathroom": private.bathroom, "gym": leisure.gym,
    "studio": product_studio.studio, "car": vehicle.car, "market": town.market, "classroom": civic.classroom,
    "courtroom": civic.courtroom, "harbour": harbour.harbour, "bar": leisure.bar,
    "countryside": land.countryside, "plaza": plaza.plaza, "workshop": private.workshop,
    "cemetery": cemetery.cemetery, "stage": theatre.stage,
    "lift": transport.lift, "boat_cabin": transport.boat_cabin, "cinema": cinema.cinema,
    "control_room": cinema.control_room, "tent": tent.tent, "warehouse": stores.warehouse,
    "cold_store": stores.cold_store, "factory": industry.factory, "winery": industry.winery,
    "garage": garage.garage, "laundry": laundry.laundry, "bakery": trade.bakery, "pharmacy": trade.pharmacy,
    "bank": bank.bank, "lobby": lobby.lobby, "waiting_room": lobby.waiting_room,
    "hotel_room": lodging.hotel_room, "dressing_room": lodging.dressing_room, "train": travel.train,
    "bus": travel.bus, "airport": airport.airport, "police_station": duty.police_station, "cell": duty.cell,
    "newsroom": newsroom.newsroom, "library": learning.library, "laboratory": learning.laboratory,
    "museum": arts.museum, "art_studio": arts.art_studio, "cellar": under_roof.cellar,
    "attic": under_roof.attic, "stairwell": stairwell.stairwell, "greenhouse": greenhouse.greenhouse,
    "boat_deck": boats.boat_deck, "field": fields.field, "vineyard": fields.vineyard,
    "allotment": fields.allotment, "canal": waterside.canal, "river": waterside.river,
    "village": dwelling.village, "yard": dwelling.yard, "balcony": balcony.balcony,
    "roadside": wayside.roadside, "forest": forest.forest, "mountain": heights.mountain, "snow": heights.snow,
    "desert": barren.desert, "salt_flats": barren.salt_flats, "lake": bathing.lake, "pool": bathing.pool,
    "cliff": coast.cliff, "lighthouse": coast.lighthouse, "farmyard": farm.farmyard,
    "bridge": construction.bridge, "building_site": construction.building_site,
    "fairground": pastime.fairground, "pitch": pastime.pitch,
    "river_boat": afloat.river_boat, "vault": vault.vault, "telephone_exchange": exchange.telephone_exchange,
    "ballroom": ballroom.ballroom, "tram": tram.tram, "alley": alley.alley, "mine": mine.mine,
    "cave": cave.cave, "plane": plane.plane, "salon": salon.salon, "rink": rink.rink, "booth": booth.booth,
    "car_park": parking.car_park, "stock_room": stock_room.stock_room,
}  # fmt: skip
OLD: dict[SetKind, Callable[[Paint], SetDrawing]] = {
    "bus": tram.tram, "train": tram.old_train, "lift": cage_lift.cage_lift,
}  # fmt: skip
"""What was ridden in before the seventies."""
SYMMETRIC: frozenset[SetKind] = frozenset({"studio", "car", "stage"})
"""Sets that a mirror would not make different."""
WIDTH = 1600.0


def drawn_set(kind: SetKind, paint: Paint) -> SetDrawing:
    """The set of that kind, on a ground that shows through no seam; half of the places are mirrored."""
    drawn = (OLD.get(kind, SETS[kind]) if paint.tells("period") else SETS[kind])(paint)
    drawn = replace(drawn, far=flat(TOP, BOTTOM - TOP, paint.floor) + drawn.far)
    if kind in SYMMETRIC or not paint.mirrored:
        return drawn
    return _mirrored(drawn)


def _mirrored(drawn: SetDrawing) -> SetDrawing:
    turn = f"translate({WIDTH:g} 0) scale(-1 1)"
    return replace(
        drawn,
        far=group(drawn.far, transform=turn),
        middle=_turned(drawn.middle, turn),
        panes=tuple(_pane(pane) for pane in drawn.panes),
        lamps=tuple(replace(lamp, x=WIDTH - lamp.x) for lamp in drawn.lamps),
    )


def _turned(body: str, turn: str) -> str:
    """Every part and every hole by itself: a seam lies between groups, never in one."""
    first, *others = (group(part, transform=turn) for part in seams(body))
    return first + "".join(cut(holes) + part for holes, part in zip(others[::2], others[1::2], strict=True))


def _pane(pane: Pane) -> Pane:
    x, y, w, h = pane
    return WIDTH - x - w, y, w, h
