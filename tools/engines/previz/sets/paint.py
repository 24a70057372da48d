"""The paint box of a set: its colours under the light of the hour.

Space of a set: 1600 by 900 is what a wide shot sees; walls and sky go on to -1000,
floors to 1700 and both sides to -800 and 2400, so that any framing finds something there.
"""

from dataclasses import dataclass

from state.order import Style
from state.script import Place, TimeOfDay, Weather
from tools.engines.previz.colour import mix, room_light, tint
from tools.engines.previz.ink import Stop, box, gradient

LEFT, RIGHT, TOP, BOTTOM = -800.0, 2400.0, -1000.0, 1700.0
FLOOR_Y = 640.0


@dataclass(frozen=True, kw_only=True)
class SetDrawing:
    """A set in three depths, as SVG."""

    far: str
    middle: str
    fore: str = ""
    window: tuple[float, float, float, float] | None = None
    """The pane through which weather is seen: x, y, width, height."""


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
    seed: int = 1

    @property
    def night(self) -> bool:
        """Lamps are lit."""
        return self.time == "night"

    @property
    def lamps(self) -> bool:
        """Whether lamps make a difference."""
        return self.time != "day" or self.weather != "clear"

    def lit(self, colour: str) -> str:
        """Any colour under this light."""
        return tint(colour, self.light)

    def has(self, *words: str) -> bool:
        """Whether the script names one of these props."""
        return any(word in prop for prop in self.props for word in words)


KINDS: dict[str, tuple[str, str, str, str]] = {
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
}
"""Wall, floor, accent, wood of each kind of set."""
INDOOR = {
    "living_room",
    "kitchen",
    "bedroom",
    "office",
    "hospital",
    "church",
    "restaurant",
    "hallway",
    "cafe",
    "shop",
}


def paint_of(place: Place, time: TimeOfDay, weather: Weather, style: Style) -> Paint:
    """The paint of a place: its kind's colours, its own palette, a touch of the production's."""
    own = list(KINDS[place.kind])
    for i, colour in enumerate(place.palette[:4]):
        own[i] = mix(own[i], colour, 0.75)
    touch = style.palette or ["#1f2a44"]
    own = [mix(colour, touch[i % len(touch)], 0.08) for i, colour in enumerate(own)]
    indoor = place.kind in INDOOR
    light = room_light(time, weather, indoor=indoor)
    wall, floor, accent, wood = (tint(colour, light) for colour in own)
    props = tuple(prop.lower() for prop in place.props)
    ink = mix(touch[0], "#160d12", 0.72)
    return Paint(
        wall=wall, floor=floor, accent=accent, wood=wood, ink=ink, time=time, weather=weather, light=light,
        indoor=indoor, props=props, seed=sum(place.name.encode()) % 97,
    )  # fmt: skip


def wash(y: float, h: float, stops: list[Stop]) -> str:
    """A band over the whole width with a gradient from its top to its bottom."""
    define, fill = gradient(stops)
    return define + box(LEFT, y, RIGHT - LEFT, h, fill)


def flat(y: float, h: float, colour: str) -> str:
    """A band over the whole width."""
    return box(LEFT, y, RIGHT - LEFT, h, colour)
