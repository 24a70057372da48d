"""The script: who, where, what is said, and how each shot is set up.

Script > Scene (one place and time) > Shot (one camera set-up) > Line (one thing said).
`Staging` is what a shot shows, in drawable words: it is written by the script
agents, read by the previz engine, and rendered into prompts for every other engine.
"""

from typing import Literal

from pydantic import BaseModel, Field

from state.media import MediaRef

Genre = Literal["drama", "romance", "thriller", "comedy"]
Language = Literal["en", "es", "pt-BR"]
TimeOfDay = Literal["day", "dusk", "night"]
ShotSize = Literal["wide", "two_shot", "medium", "over_shoulder", "close_up", "insert"]
CameraMove = Literal["static", "push_in", "pull_out", "pan_left", "pan_right", "tilt_up", "drift"]
Expression = Literal[
    "neutral", "happy", "sad", "angry", "afraid", "surprised", "tender", "suspicious", "determined"
]
Gesture = Literal[
    "none", "hand_on_heart", "pointing", "crossed_arms", "raised_hand", "holding", "hands_on_hips",
    "phone_to_ear", "shrug", "reaching_out",
    "writing", "reading", "knocking", "pushing", "pulling", "working", "stirring", "driving",
    "covering_mouth", "head_in_hands", "waving", "arms_open", "clenched_fist", "whispering", "sitting",
    "hugging", "giving", "drinking", "kneeling",
    "eating", "tearing", "carrying", "opening", "shaking_hands", "dancing", "kissing",
    "running", "riding", "falling", "lying", "sleeping", "walking", "leaving",
    "playing", "reaching_up", "dressing", "touching", "pondering", "listening",
]  # fmt: skip
"""`writing`, `working` and `stirring` are done at a table or counter before the body, `sitting` on a chair;
`hugging`, `kissing`, `dancing` and `shaking_hands` draw the two people of a shot together; `giving` holds a
thing out to somebody; `riding` is on a bicycle; who is `lying`, `sleeping`, `falling`, `running`, `riding`
or `walking` is seen whole, and who is `leaving` from behind; `playing` is on the instrument in hand,
`reaching_up` a hand at what hangs high, `dressing` both hands at the collar, `touching` a flat hand on what
is in front, `pondering` a hand at the chin, `listening` one at the ear."""
HairStyle = Literal[
    "short", "bob", "long", "curly", "bun", "ponytail", "afro", "bald", "slicked", "wavy", "braid",
    "braids", "locs", "buzz",
]  # fmt: skip
"""`braid` is one plait, `braids` two; `locs` are dreadlocks, `buzz` is shorn to a shade."""
Age = Literal["child", "young", "adult", "elder"]
Presentation = Literal["woman", "man"]
Garment = Literal[
    "shirt", "suit", "dress", "sweater", "t_shirt", "coat", "uniform", "blouse", "jacket", "apron", "robe",
    "scrubs", "hoodie", "overalls", "hi_vis", "cassock", "chef", "traditional",
    "gown", "poncho", "sari", "kimono", "habit", "waistcoat", "kilt",
    "dressing_gown", "pyjamas", "polo", "cardigan",
]  # fmt: skip
"""`uniform` is any service's; `robe` a judge's or professor's, `cassock` a priest's; `overalls` and `hi_vis`
are for work; `traditional` is embroidered country dress."""
SetKind = Literal[
    "living_room", "kitchen", "bedroom", "office", "hospital", "church", "restaurant", "hallway",
    "street", "park", "beach", "rooftop", "garden", "cafe", "shop", "station", "bathroom", "gym", "studio",
    "car", "market", "classroom", "courtroom", "harbour", "bar", "countryside", "plaza", "workshop",
    "cemetery", "stage",
    "lift", "warehouse", "cold_store", "cinema", "control_room", "lobby", "hotel_room", "laundry", "bakery",
    "pharmacy", "library", "laboratory", "factory", "garage", "cellar", "attic", "stairwell",
    "police_station", "cell", "airport", "train", "bus", "boat_cabin", "newsroom", "museum", "bank",
    "art_studio", "tent", "winery", "dressing_room", "waiting_room", "greenhouse",
    "field", "forest", "mountain", "desert", "river", "lake", "canal", "vineyard", "salt_flats",
    "boat_deck", "bridge", "yard", "balcony", "pool", "farmyard", "village", "pitch", "lighthouse",
    "fairground", "allotment", "roadside", "building_site", "cliff", "snow",
    "river_boat", "vault", "telephone_exchange", "ballroom", "tram", "alley", "mine", "cave", "plane",
    "salon", "rink", "booth", "car_park", "stock_room",
]  # fmt: skip
"""`studio` is a clean sweep for product shots, `art_studio` where a painter works, `stage` a theatre or
concert hall seen from the floor, `control_room` a room of screens or of a projector, `yard` behind a house,
`pitch` a football ground, `roadside` a petrol station or motel by a road, `river_boat` a small open boat
that people sit in, `tram` an old one with wooden seats, `alley` a steep lane of houses,
`salon` a hairdresser's, `rink` an ice rink, `booth` where tolls or tickets are taken,
`car_park` a level of a multi-storey one, `stock_room` the room of goods behind a shop."""
OUTDOORS: frozenset[SetKind] = frozenset(
    (
        "street", "park", "beach", "rooftop", "garden", "market", "harbour", "countryside", "plaza",
        "cemetery", "field", "forest", "mountain", "desert", "river", "lake", "canal", "vineyard",
        "salt_flats", "boat_deck", "bridge", "yard", "balcony", "pool", "farmyard", "village", "pitch",
        "lighthouse", "fairground", "allotment", "roadside", "building_site", "cliff", "snow",
        "river_boat", "alley",
    )
)  # fmt: skip
"""Sets under the open sky."""
Weather = Literal["clear", "rain", "overcast", "storm", "fog"]
EffectKind = Literal[
    "knock", "door", "phone", "footsteps", "glass", "thunder", "car", "heartbeat", "paper", "keys", "bell",
    "crowd", "wave", "switch", "cup", "whoosh",
]  # fmt: skip
Pitch = Literal["lower", "usual", "higher"]
Mood = Literal["warm", "tense", "sad", "hopeful", "romantic", "mysterious", "playful", "triumphant"]
HEX = r"^#[0-9a-fA-F]{6}$"


def _unset(value: object) -> bool:
    """Left out of what is stored where nobody said it, so that what is older keeps its digests."""
    return not value


class Slate(BaseModel, frozen=True):
    """Scene number, shot letter and take number: `12A-3`."""

    scene: int = Field(ge=1)
    shot: str = Field(pattern=r"^[A-Z]{1,2}$")
    take: int | None = Field(default=None, ge=1)

    def __str__(self) -> str:
        return f"{self.scene}{self.shot}" + (f"-{self.take}" if self.take else "")


Accessory = Literal[
    "none", "earrings", "necklace", "scarf", "tie", "hat", "flower", "cap", "shawl", "headscarf",
    "straw_hat", "helmet",
    "head_wrap", "beret", "peaked_cap", "chef_hat", "mantilla", "neckerchief", "gloves",
    "knit_cap", "flat_cap", "skullcap", "cloche",
    "fur_collar", "watch_chain", "tape_measure", "pencil", "loupe",
    "rucksack", "braces", "bow_tie", "tool_belt", "headset", "headphones", "curlers",
]  # fmt: skip
"""`head_wrap` is a gele or turban, `peaked_cap` a uniform's, `mantilla` also a bride's or widow's veil,
`skullcap` a kufi or kippah; `pencil` is behind the ear, `tape_measure` round the neck, `loupe` pushed up on
the forehead, `headphones` lie round the neck, a `headset` with its microphone is on the head, and so are
`curlers`."""


class Look(BaseModel, frozen=True):
    """What a character looks like, explicit enough to draw the same person every time."""

    presentation: Presentation
    age: Age = "adult"
    skin: str = Field(default="#c98d63", pattern=HEX)
    hair_style: HairStyle = "short"
    hair_colour: str = Field(default="#2b1d16", pattern=HEX)
    hair_told: bool = False
    """Their hair has just this colour: no years turn it grey."""
    fringe: bool = False
    """Cut straight over the brow."""
    brows: Literal["thin", "thick"] | None = None
    freckles: bool | None = None
    """None leaves it to the face."""
    beard: Literal["none", "stubble", "moustache", "full", "goatee"] = "none"
    glasses: bool = False
    glasses_colour: str | None = Field(default=None, pattern=HEX)
    glasses_dark: bool = False
    """Sunglasses."""
    glasses_chain: bool = False
    """A chain or cord from the glasses around the neck."""
    glasses_up: bool = False
    """The glasses are pushed up into the hair."""
    eyepatch: bool = False
    """A patch over the right eye, whichever way the head is turned."""
    garment: Garment = "shirt"
    garment_colour: str = Field(default="#7a2f3b", pattern=HEX)
    pattern: Literal["checks", "stripes", "flowers", "dots"] | None = None
    """Of the garment's cloth; None is plain."""
    buttons_colour: str | None = Field(default=None, pattern=HEX)
    """Of buttons that are told, such as brass ones."""
    shorts: bool = False
    barefoot: bool = False
    under: Garment | None = None
    """What is told to be worn under the garment: a dress goes on below it."""
    under_colour: str | None = Field(default=None, pattern=HEX)
    under_pattern: Literal["checks", "stripes", "flowers", "dots"] | None = None
    accessory: Accessory = "none"
    accessory_colour: str | None = Field(default=None, pattern=HEX)
    """Of what is worn beside the garment; None lets the drawing choose."""
    also: Accessory = "none"
    """A second thing worn: gloves to the hat."""
    also_colour: str | None = Field(default=None, pattern=HEX)
    years: int | None = Field(default=None, ge=0, le=120)
    """Their age in years, where it is told: sixteen and twenty-eight are both `young`."""
    build: Literal["slim", "usual", "stout"] | None = None
    stature: Literal["short", "usual", "tall"] | None = None


class VoiceManner(BaseModel, frozen=True):
    """What a person said of how a character sounds, beside whose voice it is."""

    rate: float = Field(default=1.0, ge=0.5, le=2.0)
    pitch: Pitch = "usual"
    style: str = ""


class Character(BaseModel, frozen=True):
    """One member of the cast. The same name, look and voice in every episode."""

    name: str
    role: str
    """Who they are in the story, in a few words."""
    wants: str = ""
    secret: str = ""
    manner: str = ""
    """How they speak."""
    look: Look
    voice_id: str = ""
    """Filled by casting; see `tools.engines` for the voices there are."""
    voices: dict[str, str] = Field(default_factory=dict, exclude_if=_unset)
    """Filled by casting: by model, the voices of providers that this one is spoken with."""
    sounds: VoiceManner | None = Field(default=None, exclude_if=_unset)
    """As a person wants it; None is as the voice is."""


class Place(BaseModel, frozen=True):
    """One set. `name` is how the script calls it, `kind` is what is drawn."""

    name: str
    kind: SetKind
    palette: list[str] = Field(default_factory=list)
    """Up to four hex colours; empty means the kind's own."""
    props: list[str] = Field(default_factory=list)
    about: list[str] = Field(default_factory=list)
    """What the story says of how it looks: `rural`, `period`, `dry`, `flooded`."""


class Line(BaseModel, frozen=True):
    """One thing said by one person, or by the narrator."""

    speaker: str
    text: str
    expression: Expression = "neutral"
    voice_over: bool = False
    """Heard over the picture: nobody's lips move with it. The narrator's lines always are."""


class Narrator(BaseModel, frozen=True):
    """Who tells the story without being in it. The same voice in every episode."""

    name: str
    presentation: Presentation = "woman"
    voice_id: str = ""
    """Filled by casting; never the voice of anybody in the cast."""
    voices: dict[str, str] = Field(default_factory=dict, exclude_if=_unset)
    """As a character's."""

    def as_character(self) -> Character:
        """For casting a voice."""
        return Character(
            name=self.name,
            role="",
            voice_id=self.voice_id,
            voices=self.voices,
            look=Look(presentation=self.presentation),
        )


class Blocking(BaseModel, frozen=True):
    """Where one character stands in a shot and what they do."""

    character: str
    look: Look
    position: Literal["left", "centre", "right"] = "centre"
    facing: Literal["left", "right", "camera"] = "camera"
    expression: Expression = "neutral"
    gesture: Gesture = "none"
    holds: str = ""
    """The drawn thing in their hand: its name in the picture library."""


Spot = Literal["near", "floor", "table", "wall", "air"]
"""`near` is between camera and people, out of focus; `floor` beside them; `table` on what stands before
them; `wall` behind them; `air` what flies or hangs."""


class StagedThing(BaseModel, frozen=True):
    """A thing or an animal that the story put into the picture."""

    picture: str
    """Its name in the picture library."""
    spot: Spot = "table"
    side: Literal["left", "centre", "right"] = "centre"


ThingColour = Literal[
    "", "red", "blue", "green", "yellow", "orange", "purple", "pink", "brown", "black", "white", "grey",
    "gold", "silver", "cream", "turquoise", "burgundy",
]  # fmt: skip
ThingShade = Literal["", "dark", "light"]
ThingState = Literal[
    "", "wet", "broken", "out", "burning", "dirty", "asleep", "lying", "in_bed",
    "torn", "patched", "scorched", "stained", "chipped", "in_pieces", "mended",
]  # fmt: skip
"""`out` is a light that does not shine; `asleep`, `lying` and `in_bed` are for animals. What is `broken` has
a crack; what is `in_pieces` lies in halves, and `mended` shows the seam where it was."""


WRITTEN = 40
"""Characters that can be read on a note or a sign."""


class ThingLook(BaseModel, frozen=True):
    """How a thing of the story looks where it says so."""

    colour: ThingColour = ""
    """Empty is the drawing's own."""
    shade: ThingShade = ""
    """Of that colour: `dark green`."""
    count: int = Field(default=1, ge=1, le=9)
    state: ThingState = ""
    written: str = Field(default="", max_length=WRITTEN)
    """Words that stand on it: on a note, a card, a sign."""
    stripes: tuple[ThingColour, ...] = Field(default=(), max_length=7)
    """A flag's colours in their order."""
    thread: ThingColour = ""
    """What it is mended with."""
    stain: ThingColour = ""
    """Of what it is stained with; empty is brown."""


class Staging(BaseModel, frozen=True):
    """What one shot shows: set, light, people, framing. Complete: nothing is looked up elsewhere."""

    place: Place
    time: TimeOfDay = "day"
    weather: Weather = "clear"
    mood: Mood = "warm"
    size: ShotSize = "medium"
    move: CameraMove = "static"
    people: list[Blocking] = Field(default_factory=list)
    subject: str = ""
    """What an insert shows: a name in the picture library such as `letter` or `parrot`, or `product`."""
    things: list[StagedThing] = Field(default_factory=list)
    """What the story put there besides the set's own furniture; at most three."""
    looks: dict[str, ThingLook] = Field(default_factory=dict)
    """By name in the picture library, how the things of this shot look; the others look as they are drawn."""
    title: str = ""
    """Words over the picture that say where or when we are; set by finishing, never by an engine."""
    picture: MediaRef | None = None
    """The picture of the product that the shot shows; needs the subject `product`."""


class SoundEffect(BaseModel, frozen=True):
    """One sound that something in the picture makes."""

    kind: EffectKind
    at: float = Field(default=0.0, ge=0, le=1)
    """When, as a share of the shot: 0 is its first frame."""


class Shot(BaseModel, frozen=True):
    """One camera set-up."""

    slate: Slate
    description: str
    """What happens, in one or two sentences."""
    staging: Staging
    lines: list[Line] = Field(default_factory=list)
    effects: list[SoundEffect] = Field(default_factory=list)
    duration_s: float = Field(gt=0, le=60)
    prompt: str = ""
    """What a video model is told."""
    negative_prompt: str = ""
    """What a video model is told to leave out: the fallback handler's advice lands here."""
    panel: MediaRef | None = None
    """The storyboard picture that a person brought for this shot; it stays here when another is drawn."""


class Scene(BaseModel, frozen=True):
    """One place and time: a row of the novela's timeline."""

    number: int = Field(ge=1)
    title: str
    summary: str
    place: str
    time: TimeOfDay = "day"
    mood: Mood = "warm"
    shots: list[Shot] = Field(default_factory=list)
    continuity_notes: str = ""
    prompt: str = ""
    """The scene prompt the writer hands to the integrator (S1-08)."""
    model_id: str = ""
    parameters: dict[str, str | int | float | bool] = Field(default_factory=dict)


class Script(BaseModel, frozen=True):
    """One episode."""

    title: str
    logline: str
    language: Language = "en"
    genre: Genre = "drama"
    cast: list[Character] = Field(default_factory=list)
    narrator: Narrator | None = None
    places: list[Place] = Field(default_factory=list)
    last: bool = True
    """No further episode is planned: the end card says that this was all."""
    scenes: list[Scene] = Field(default_factory=list)
