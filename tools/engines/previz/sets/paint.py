"""The paint box of a set: its colours under the light of the hour.

Space of a set: 1600 by 900 is what a wide shot sees; walls and sky go on to -1000,
floors to 1700 and both sides to -800 and 2400, so that any framing finds something there.
"""

import random
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from state.order import Style
from state.script import Place, SetKind, TimeOfDay, Weather
from tools.engines.previz.colour import mix, rgb, room_light, tint, turned
from tools.engines.previz.ink import Stop, box, gradient

LEFT, RIGHT, TOP, BOTTOM = -800.0, 2400.0, -1000.0, 1700.0
FLOOR_Y = 640.0


Pane = tuple[float, float, float, float]
"""A sheet of glass: x, y, width, height."""


@dataclass(frozen=True)
class Lamp:
    """A practical light: what it stands at, how far it reaches, and its colour."""

    x: float
    y: float
    reach: float = 420.0
    tone: str = "#ffc877"
    power: float = 1.0


@dataclass(frozen=True, kw_only=True)
class SetDrawing:
    """A set in two depths, as SVG, and what its light is worked out from."""

    far: str
    """Sky, skyline, what windows look out on: opaque."""
    middle: str
    """The set itself; windows are holes in it."""
    panes: tuple[Pane, ...] = ()
    """Where weather is seen through glass."""
    lamps: tuple[Lamp, ...] = ()
    """What is lit after dark."""
    passing: str = ""
    """What goes by between the far plane and the set, as behind the windows of a car; from LEFT to RIGHT."""


@dataclass(frozen=True, kw_only=True)
class Paint:
    """Colours and light that a set is drawn with."""

    wall: str
    floor: str
    accent: str
    wood: str
    ink: str
    time: TimeOfDay
    weather: Weather
    light: tuple[float, float, float]
    indoor: bool
    props: tuple[str, ...] = ()
    name: str = ""
    """How the script calls the place, in lower case."""
    seed: int = 1
    told: tuple[str, ...] = ()
    """What the story says of how it looks."""

    cold: str = ""
    """What lies on all that grows in the open: `frost` or `snow`, or nothing grows in the `winter`."""

    @property
    def night(self) -> bool:
        """Lamps are lit."""
        return self.time == "night"

    @property
    def lamps(self) -> bool:
        """Whether lamps are lit and make a difference."""
        return (self.time != "day" or self.weather != "clear") and not self.unlit

    @property
    def unlit(self) -> bool:
        """Whether the lights of the place are out: the power has failed, or somebody has put them out."""
        return self.tells("unlit")

    @property
    def dry(self) -> bool:
        """Whether the sky is clear enough for sun and stars."""
        return self.weather == "clear"

    @property
    def wet(self) -> bool:
        """Whether water falls."""
        return self.weather in ("rain", "storm")

    @property
    def mirrored(self) -> bool:
        """Whether the set is shown the other way round: half of the places are."""
        return self.dice("mirror").random() >= 0.5

    def dice(self, salt: str) -> random.Random:
        """Chance that is the same whenever this place is drawn."""
        return random.Random(f"{self.seed}:{salt}")  # noqa: S311  # furniture, not secrets

    def pick(self, salt: str, *choices: str) -> str:
        """One of several, the same whenever this place is drawn."""
        return self.dice(salt).choice(choices)

    def lit(self, colour: str) -> str:
        """Any colour under this light; what grows is bare in winter, white under frost and snow."""
        return tint(wintry(colour, self.cold), self.light)

    def has(self, *words: str) -> bool:
        """Whether the script names one of these props."""
        return any(word in prop for prop in self.props for word in words)

    def tells(self, *signs: str) -> bool:
        """Whether the story says one of these of how the place looks."""
        return any(sign in self.told for sign in signs)

    def about(self, *words: str) -> bool:
        """Whether the place's name or one of its props has one of these words in it."""
        return any(word in said for said in (self.name, *self.props) for word in words)


KINDS: dict[SetKind, tuple[str, str, str, str]] = {
    "living_room": ("#c9a58a", "#8d5f41", "#a8433f", "#7a4b30"),
    "kitchen": ("#d8cfae", "#b39b7c", "#4f8a83", "#a1703f"),
    "bedroom": ("#b9a3b5", "#8a6450", "#6f5a8c", "#7d5137"),
    "office": ("#a9b3b5", "#6c6660", "#35577a", "#74502f"),
    "hospital": ("#cfe0dc", "#a8bdbb", "#4a9a97", "#8fa5a8"),
    "church": ("#bfae96", "#7e6a58", "#8c3a44", "#5f3f28"),
    "restaurant": ("#8c4a45", "#5d3b30", "#d0a04a", "#5b3522"),
    "hallway": ("#c4b79c", "#7f5b43", "#5c7a78", "#6d4630"),
    "street": ("#b08d78", "#6f7076", "#c2634c", "#5b4438"),
    "park": ("#8fb56a", "#86ab5e", "#d8664e", "#6d4a30"),
    "beach": ("#e6cf9c", "#e2c68f", "#3f97a8", "#8a6440"),
    "rooftop": ("#8a7c86", "#7b737c", "#c9703f", "#5f4a44"),
    "garden": ("#86a868", "#8fb068", "#c8506a", "#7a5638"),
    "cafe": ("#b98a62", "#7a543c", "#3f6f62", "#6b4229"),
    "shop": ("#d3b98e", "#94714f", "#b5483f", "#7b5230"),
    "station": ("#9aa3a0", "#77736f", "#c2832f", "#5a5048"),
    "bathroom": ("#c3d6d4", "#b9b4a8", "#3f7f8c", "#a07a55"),
    "gym": ("#a3a8ab", "#4a4d53", "#d0603a", "#8a6a4a"),
    "studio": ("#e6e1d8", "#ded8cd", "#c9703f", "#8d7a68"),
    "car": ("#4a4650", "#34323a", "#8a4a3a", "#5c4a42"),
    "market": ("#d3b48a", "#a8967f", "#c9503f", "#8a5f3a"),
    "classroom": ("#d6cba4", "#a8835c", "#3f7a5c", "#a8774a"),
    "courtroom": ("#b59a78", "#7d5a42", "#2f4f6b", "#6b4026"),
    "harbour": ("#8fa3ab", "#8f8678", "#b5483f", "#7a5f48"),
    "bar": ("#985c48", "#4a2f28", "#2f7f7a", "#5b3522"),
    "countryside": ("#cdb98a", "#a8b060", "#b5483f", "#7d5a3c"),
    "plaza": ("#d8b88a", "#b9a68c", "#b55a3c", "#7a5638"),
    "workshop": ("#9a948a", "#77716a", "#c9853f", "#8f6238"),
    "cemetery": ("#8f978f", "#74885e", "#6f5a7c", "#5a4a40"),
    "stage": ("#5a3040", "#8a5a3a", "#9a2434", "#6f4426"),
    "lift": ("#a59a8a", "#5f5a58", "#8a3f3a", "#8a5a38"),
    "boat_cabin": ("#b9c4bf", "#8a6a48", "#2f5f7a", "#8f5a32"),
    "cinema": ("#5c2430", "#4a2a30", "#9a2434", "#5a3422"),
    "control_room": ("#5a666e", "#4a4c54", "#c9853f", "#5a4a40"),
    "cold_store": ("#b9d3de", "#9fb9c6", "#3f7fae", "#8fa5b0"),
    "warehouse": ("#9aa0a0", "#8a8780", "#c9703f", "#8f6a42"),
    "tent": ("#efe4cc", "#8fa860", "#b5483f", "#a07a4e"),
    "art_studio": ("#d8d0c0", "#9a7a58", "#b5503f", "#9a6f45"),
    "laundry": ("#bcd4d0", "#a9a79c", "#3f7f9a", "#9a7a58"),
    "lobby": ("#cdb592", "#8f7058", "#7a2f3b", "#6b4429"),
    "hotel_room": ("#b8a48c", "#6f4f44", "#6f3f4a", "#7a4f34"),
    "train": ("#c8cdc8", "#5f646c", "#2f5f8a", "#8a6a4a"),
    "police_station": ("#b4bdc0", "#6f6e6c", "#2f4f7a", "#7a5a3f"),
    "laboratory": ("#d3e0de", "#a9b4b4", "#3f8f9a", "#a08a6a"),
    "garage": ("#a39c90", "#6f6c68", "#c9503f", "#8a6238"),
    "factory": ("#8f9a94", "#6f6f6a", "#d09a3a", "#7a5f42"),
    "winery": ("#b09c80", "#7a6650", "#7a2f44", "#8a5a34"),
    "library": ("#c0a888", "#6a4a38", "#3f6a52", "#6b4026"),
    "newsroom": ("#b8c2c6", "#5c626a", "#c9503f", "#8a7258"),
    "bus": ("#c4cbc4", "#55595f", "#2f7f6a", "#8a6a4a"),
    "airport": ("#c9d2d4", "#a4a8a8", "#e0a03a", "#8a8074"),
    "bakery": ("#e2cba0", "#a8845c", "#b5653f", "#9a6a3f"),
    "pharmacy": ("#dbe6dc", "#b4b8b0", "#3f9a6a", "#a88a62"),
    "waiting_room": ("#c9cfc0", "#8f8a80", "#4f8a83", "#9a7a55"),
    "cellar": ("#8f8478", "#6a6058", "#a8653f", "#7a5636"),
    "attic": ("#a88864", "#8a6240", "#7a5a6f", "#8a5a34"),
    "stairwell": ("#d0c4a4", "#8a8278", "#4f7a6a", "#7a5030"),
    "cell": ("#9aa39a", "#74756f", "#5a6a62", "#6a5a48"),
    "museum": ("#8a4a44", "#8a5f3f", "#c9a04a", "#6b4429"),
    "bank": ("#cfc2a6", "#a39678", "#2f5f4f", "#6b4429"),
    "dressing_room": ("#c99a94", "#7a5044", "#a8324a", "#7a4a34"),
    "greenhouse": ("#cfe0cc", "#a09478", "#4f8a4a", "#8a8f84"),
    "boat_deck": ("#efeae0", "#b08a5f", "#b5483f", "#8a5f3a"),
    "field": ("#cdb98a", "#a8a860", "#b5533f", "#7d5a3c"),
    "vineyard": ("#e0cba0", "#b0905f", "#7a3550", "#7d5a3c"),
    "allotment": ("#cdb98a", "#8fa860", "#c9703f", "#8a6440"),
    "canal": ("#b8ae9c", "#94a862", "#b5483f", "#7a5a40"),
    "river": ("#c9b99a", "#8aa85c", "#b5533f", "#7a5a40"),
    "village": ("#e6d3ae", "#b0a08a", "#3f6f8c", "#7a5638"),
    "yard": ("#e0c8a0", "#a89a86", "#4f7f7a", "#7a5638"),
    "roadside": ("#d8c8a8", "#6f6e70", "#c9473f", "#7a5a44"),
    "balcony": ("#e0c4a0", "#b58a6a", "#4f7f7a", "#7a5638"),
    "forest": ("#b8b090", "#7f9358", "#c9703f", "#6d4a34"),
    "mountain": ("#c9b99a", "#8fa860", "#c9473f", "#7a5a40"),
    "snow": ("#dfe6ee", "#eef3f8", "#c9473f", "#7a5844"),
    "desert": ("#d9a878", "#dcae74", "#b5533f", "#8a6444"),
    "salt_flats": ("#e8e4dc", "#cfdcdc", "#4f8a96", "#8a6a50"),
    "lake": ("#c9b99a", "#86a062", "#c9573f", "#7d5a40"),
    "pool": ("#e0d6c2", "#d9cdb8", "#d8653f", "#9a7452"),
    "cliff": ("#c9bda8", "#8fa860", "#c9703f", "#7d6148"),
    "lighthouse": ("#e8e0d0", "#8fa468", "#c9473f", "#7a5a44"),
    "farmyard": ("#dccba8", "#b59a70", "#5c7a5a", "#7d5a3c"),
    "bridge": ("#b9b0a2", "#9a958e", "#8a4a44", "#7a6250"),
    "building_site": ("#c9bba4", "#a88f6c", "#d9822f", "#a07a4c"),
    "fairground": ("#e0b890", "#b5a284", "#c9473f", "#8a5f3a"),
    "pitch": ("#b9c0bc", "#6fa052", "#3f6f9a", "#8a6a4a"),
    "river_boat": ("#c9ced0", "#9a7a54", "#3f6fa0", "#8f6a44"),
    "vault": ("#8fa59a", "#6f746c", "#8a5a3a", "#6a5038"),
    "telephone_exchange": ("#a9a58c", "#7a5f48", "#5c7a6a", "#6b4429"),
    "ballroom": ("#e0cdb0", "#a8845c", "#b5486a", "#8a5f3a"),
    "tram": ("#c9b48a", "#6a5040", "#3f6a4a", "#8a5a34"),
    "alley": ("#b5714f", "#9a8f84", "#3f8fae", "#7a5638"),
    "cave": ("#7d7468", "#6a6258", "#5f8a94", "#7a5a3a"),
    "plane": ("#dcd8cc", "#5a6270", "#35577a", "#8a8078"),
    "mine": ("#7a6a5c", "#5c5048", "#c9853f", "#7a5636"),
    "salon": ("#e0cdb4", "#8a7c70", "#4f8a86", "#8a5a3c"),
    "rink": ("#9fb0ba", "#dfe8ec", "#35577a", "#a8794c"),
    "booth": ("#c4bb9c", "#7a7468", "#5c7a6a", "#8a6440"),
    "car_park": ("#a8a69e", "#77767a", "#2f5f8a", "#7a5f48"),
    "stock_room": ("#bdb09a", "#857a6c", "#4f7a6a", "#8f6a42"),
}
"""Wall, floor, accent, wood of each kind of set."""
INDOOR: frozenset[SetKind] = frozenset({
    "living_room", "kitchen", "bedroom", "office", "hospital", "church", "restaurant", "hallway", "cafe",
    "shop", "bathroom", "gym", "studio", "car", "classroom", "courtroom", "bar", "workshop", "stage",
    "lift", "boat_cabin", "cinema", "control_room", "cold_store", "warehouse", "tent", "art_studio",
    "laundry", "lobby", "hotel_room", "train", "police_station", "laboratory", "garage", "factory",
    "winery", "library", "newsroom", "bus", "airport", "bakery", "pharmacy", "waiting_room",
    "cellar", "attic", "stairwell", "cell", "museum", "bank", "dressing_room", "greenhouse",
    "vault", "telephone_exchange", "ballroom", "tram", "mine", "cave", "plane", "salon", "rink", "booth",
    "car_park", "stock_room",
})  # fmt: skip
FURNISHED: frozenset[SetKind] = frozenset({
    "living_room", "kitchen", "bedroom", "office", "restaurant", "hallway", "cafe", "shop", "bathroom",
    "gym", "car", "market", "bar", "plaza", "workshop",
    "boat_deck", "village", "yard", "balcony", "roadside", "pool", "farmyard", "building_site",
    "lift", "boat_cabin", "control_room", "art_studio", "laundry", "lobby", "hotel_room", "laboratory",
    "train", "bus", "garage", "factory", "library", "newsroom", "bakery", "pharmacy", "waiting_room",
    "stairwell", "museum", "bank", "dressing_room", "ballroom", "river_boat", "salon", "booth", "stock_room",
})  # fmt: skip
"""Where a second place of the kind may have other colours altogether."""
WALLS = ("#c9a58a", "#9fb39a", "#b3a3bd", "#d8c898", "#94adc0", "#c8958a", "#a89a86")
ACCENTS = ("#a8433f", "#35577a", "#4f8a83", "#c9853f", "#6f5a8c", "#5c7a4a", "#8c4a5c")


COLD: dict[str, tuple[str, float]] = {
    "winter": ("#b3a68c", 0.62), "frost": ("#dfe8ea", 0.62), "snow": ("#eef3f8", 0.86),
}  # fmt: skip
"""What a green turns to, and by how much."""
GREEN_BY = 0.03
"""By so much green is over blue in what grows."""


def cold_of(told: Sequence[str]) -> str:
    """What the story says of the cold out of doors."""
    return next((sign for sign in ("snow", "frost", "winter") if sign in told), "")


def wintry(colour: str, cold: str) -> str:
    """A colour of the open air in that cold: only greens change."""
    if not cold:
        return colour
    red, green, blue = rgb(colour)
    if green < red - 0.01 or green < blue + GREEN_BY:
        return colour
    tone, share = COLD[cold]
    return mix(colour, tone, share)


def seed_of(place: Place) -> int:
    """What makes this place differ from others of its kind: its name, colours and props."""
    said = "|".join([place.name.casefold(), *place.palette, *place.props])
    return zlib.crc32(said.encode()) % 9973


def _colours(place: Place, seed: int) -> list[str]:
    """The kind's colours, varied by the place, under its own palette."""
    own = list(KINDS[place.kind])
    dice = random.Random(f"{seed}:colours")  # noqa: S311  # paint, not secrets
    if place.kind in FURNISHED:
        own[0] = mix(own[0], dice.choice(WALLS), dice.uniform(0.25, 0.65))
        own[0] = turned(own[0], dice.uniform(-0.03, 0.03), dice.uniform(-0.07, 0.04))
        own[2] = mix(own[2], dice.choice(ACCENTS), dice.choice((0.0, 0.75, 0.85)))
        own[3] = turned(own[3], dice.uniform(-0.012, 0.012), dice.uniform(-0.07, 0.1))
    for i, colour in enumerate(place.palette[:4]):
        own[i] = mix(own[i], colour, 0.75)
    return own


def paint_of(place: Place, time: TimeOfDay, weather: Weather, style: Style) -> Paint:
    """The paint of a place: its kind's colours, its own palette, a touch of the production's."""
    seed = seed_of(place)
    touch = style.palette or ["#1f2a44"]
    shares = (0.09, 0.08, 0.16, 0.08)
    own = [mix(c, touch[i % len(touch)], shares[i]) for i, c in enumerate(_colours(place, seed))]
    indoor = place.kind in INDOOR
    light = room_light(time, weather, indoor=indoor)
    cold = "" if indoor else cold_of(place.about)
    own[1] = wintry(own[1], cold)
    wall, floor, accent, wood = (tint(colour, light) for colour in own)
    props = tuple(prop.lower() for prop in place.props)
    ink = mix(touch[0], "#160d12", 0.72)
    return Paint(
        wall=wall, floor=floor, accent=accent, wood=wood, ink=ink, time=time, weather=weather, light=light,
        indoor=indoor, props=props, name=place.name.casefold(), seed=seed, told=tuple(place.about),
        cold=cold,
    )  # fmt: skip


def wash(y: float, h: float, stops: list[Stop]) -> str:
    """A band over the whole width with a gradient from its top to its bottom."""
    define, fill = gradient(stops)
    return define + box(LEFT, y, RIGHT - LEFT, h, fill)


def flat(y: float, h: float, colour: str) -> str:
    """A band over the whole width."""
    return box(LEFT, y, RIGHT - LEFT, h, colour)
