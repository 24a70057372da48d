"""What an insert shows: a thing or the product on the place's surface, and the hand that put it there."""

from state.script import SetKind, Staging
from tools.engines.files import Files
from tools.engines.previz.cel import Cel
from tools.engines.previz.colour import GRADES, on_people, people_light
from tools.engines.previz.extent import SHADOW, cast_on_wall, extent_of, lying
from tools.engines.previz.framing import Framing, captions_from
from tools.engines.previz.ink import glow, group, oval
from tools.engines.previz.objects import centimetres, drawn_object, known_object, size_of
from tools.engines.previz.people.arms import reaching_hand
from tools.engines.previz.product import SUBJECT, Product, Standing, product_file, product_pixels
from tools.engines.previz.raster import Matrix, Pixels, grade_matrix, graded, soft_raster, trimmed
from tools.engines.previz.sets.paint import Paint
from tools.engines.previz.spots import LONG_AND_THIN, in_the_air, on_the_ground
from tools.engines.previz.surfaces import EDGE, surface, wall
from tools.engines.previz.thing_looks import with_look
from tools.pictures.library import HUNG, pictures

MARGIN = 0.09
LAMP = {"day": ("#fff4d8", 0.16), "dusk": ("#ffbf80", 0.3), "night": ("#ffc877", 0.42)}
"""The light that falls on the surface, and how strongly."""
FLAT = frozenset({
    "written_note", "prescription", "number_plate", "token", "kerchief", "upside_down_book",
    "letter", "photo", "envelope", "document", "ticket", "map", "newspaper", "money", "passport",
    "ledger", "contract", "testament", "cheque", "receipt", "x_ray", "sheet_music", "folder", "id_card",
    "credit_card", "playing_card", "world_map", "chart", "bookmark", "clipboard", "badge", "matches",
    "flower", "rose", "tulip", "sunflower", "wilted_flower", "bouquet", "herb", "clover", "leaf",
    "feather", "wheat", "lollipop", "ham", "carrot", "label", "notepad", "diary", "coin", "necklace",
    "medal", "gold_medal", "rosary", "bracelet", "scarf", "gloves", "socks", "tie", "ribbon", "shirt",
    "t_shirt", "blouse", "shorts", "swimsuit", "safety_vest", "mask", "fan", "comb", "razor", "wallet",
    "key", "key_ring", "car_key", "needle", "magic_wand", "puzzle", "spoon", "fork", "knife",
    "chopsticks", "scissors", "safety_pin", "toothbrush", "rolling_pin", "watch", "chain", "hook",
    "cigarette", "net", "sickle", "gun", "bullet", "dagger", "pickaxe", "plunger", "saw", "screwdriver",
    "axe", "hammer", "wrench", "nut_and_bolt", "bone", "pregnancy_test", "magnifying_glass", "plug",
    "test_tube", "stethoscope", "syringe", "plaster", "thermometer", "handcuffs", "microphone",
    "memory_stick", "cd", "film_strip", "flute", "violin", "banjo", "harmonica", "ping_pong",
    "drawing_pin", "ruler", "pen", "crayon", "pencil", "paintbrush", "palette", "paperclip", "guitar",
    "rifle", "sword", "umbrella", "walking_stick", "crutch", "spread_cloth", "exercise_book",
    "sheaf", "one_page", "pyjamas", "screw", "nail", "gear_knob", "door_knob", "cable", "remote_control",
    "propeller", "leaflet", "torn_leaf", "half_pencil", "paper_slip", "postage_stamp", "hanger", "brooch",
    "belt", "swimming_float", "album", "spectacles", "coil_spring",
    "gouge", "rasp", "trowel", "wood_shaving", "mallet", "violin_bow", "mitten", *LONG_AND_THIN, "lily",
    "earbuds", "goggles", "sash", "button", "bow_tie", "wheel_brace", "bicycle_pedal", "chalk",
    "paper_letters",
    "key_card", "lottery_ticket", "earring", "butterfly_earring", "torch",
})  # fmt: skip
"""What lies: papers, and what would fall over; anything else stands."""
COMPANY: dict[SetKind, tuple[str, ...]] = {
    "living_room": ("book", "coffee"), "kitchen": ("bread", "coffee"), "bedroom": ("book", "flower"),
    "office": ("coffee", "book"), "hospital": ("flower", "coffee"), "church": ("book",),
    "restaurant": ("glass", "bottle"), "cafe": ("coffee", "flower"), "bar": ("bottle", "glass"),
    "classroom": ("book",), "courtroom": ("book", "ledger"), "workshop": ("box",), "market": ("bread", "box"),
    "boat_cabin": ("map", "coffee"), "control_room": ("coffee",), "warehouse": ("box",),
    "cold_store": ("box",), "art_studio": ("flower",), "lobby": ("flower", "book"),
    "hotel_room": ("flower", "book"), "train": ("newspaper",), "police_station": ("coffee", "ledger"),
    "laboratory": ("bottle",), "garage": ("box",), "winery": ("bottle", "glass"), "library": ("book",),
    "newsroom": ("coffee", "newspaper"), "airport": ("coffee",), "bakery": ("bread",),
    "waiting_room": ("newspaper",), "attic": ("box",), "bank": ("ledger",), "greenhouse": ("flower",),
    "stock_room": ("box",),
}  # fmt: skip
"""What else a table of each place has on it: nothing that could be a clue.

Where there is no table there is nothing.
"""
LINE = 2.4
"""How wide the outline of a library's picture is in close-up, in its square."""
TALLEST, WIDEST, FOOT, TALL_FOOT = 0.62, 0.7, 0.775, 0.66
"""How much of the frame an animal fills, and where its feet are, in a tall frame higher."""
NEARER, FILLED = 1.3, 0.84
"""What lies is seen at a slant, so it is drawn larger; how much of the table before the captions it fills."""
PAIRED, PAIR_AT = 0.86, (0.36, 0.67)
PAIRED_TALL, PAIR_AT_TALL = 0.66, (0.3, 0.7)
"""How large each of two things is that the words tell of together, and where; smaller in a tall frame."""
PALM_CM, LEAST_BY_HAND = 16.0, 0.46
"""What is as long as a hand has its full size beside one; how small the smallest becomes."""
MIRRORS = {"studio": 0.34, "kitchen": 0.2, "bathroom": 0.2, "bar": 0.16, "hospital": 0.16}


class Insert:
    """Drawn once; only the product's light moves."""

    def __init__(
        self, staging: Staging, framing: Framing, paint: Paint, size: tuple[int, int], *, files: Files
    ) -> None:
        """Lay everything out.

        Raises:
            MediaMissing: the staging shows a picture that is not there.
            MediaError: that picture cannot be opened.
        """
        self._staging, self._framing, self._paint, self._size = staging, framing, paint, size
        self._grade = GRADES[staging.mood]
        self._on = people_light(staging.time, staging.weather, indoor=paint.indoor)
        hung = on_a_wall(staging.subject)
        free = hung or in_its_place(staging.subject)
        behind = self._wall() if hung else "" if free else self._surface()
        self._table = self._cel(behind, grade_matrix(self._grade)) if behind else None
        self._product = self._shown(files) if self._pictured else None
        paired = bool(staging.things)
        self._company = None if self._product or free or paired else self._stood_by()
        self._thing = (
            None if self._product else self._cel(self._object(), grade_matrix(self._grade, self._on))
        )

    def onto(self, frame: Pixels, at_s: float, camera: Matrix) -> None:
        """Lay it all over a frame."""
        if self._table:
            self._table.onto(frame, camera)
        if self._company:
            self._company.onto(frame, camera)
        if self._product:
            self._product.onto(frame, at_s, camera)
        if self._thing:
            self._thing.onto(frame, camera)

    @property
    def _pictured(self) -> bool:
        return self._staging.subject == SUBJECT and self._staging.picture is not None

    def _surface(self) -> str:
        w, h = self._framing.width, self._framing.height
        k = h / 900
        fit = f"translate({w / 2 - 800 * k:.2f} 0) scale({k:.4f})"
        tone, strength = LAMP[self._staging.time]
        drawn = surface(self._staging.place.kind, self._paint)
        return group(drawn, transform=fit) + glow(w / 2, h * 0.62, w * 0.62, h * 0.4, tone, strength)

    def _wall(self) -> str:
        """The wall that it hangs on or is part of, in the light of the hour."""
        w, h = self._framing.width, self._framing.height
        tone, strength = LAMP[self._staging.time]
        return wall(self._paint, w, h) + glow(w * 0.46, h * 0.36, w * 0.6, h * 0.5, tone, strength)

    def _object(self) -> str:
        w, h = self._framing.width, self._framing.height
        subject = "parcel" if self._staging.subject == SUBJECT else self._staging.subject
        if in_its_place(subject) or on_a_wall(subject):
            hand = self._hand(w, h) if on_a_wall(subject) else ""
            return self._in_place(subject, self._looking(subject)) + hand
        beside = [one.picture for one in self._staging.things[:1] if lies_on_a_table(one.picture)]
        if not beside:
            return self._on_table(subject or "parcel", 0.5) + self._hand(w, h)
        share, at = (PAIRED, PAIR_AT) if w >= h else (PAIRED_TALL, PAIR_AT_TALL)
        both = zip((subject or "parcel", *beside), at, strict=True)
        return "".join(self._on_table(one, x, share) for one, x in both)

    def _looking(self, subject: str) -> str:
        """The drawing as the story says that the thing looks."""
        thing = drawn_object(subject or "parcel", self._paint.ink, line=LINE)
        look = self._staging.looks.get(subject)
        return with_look(thing, look, self._paint.ink, hung=on_a_wall(subject)) if look else thing

    def _on_table(self, subject: str, at: float, share: float = 1.0) -> str:
        """A thing lying or standing on the table, its middle at a share of the width."""
        w, h = self._framing.width, self._framing.height
        size, thing = min(w, h) / 900 * 2.75 * size_of(subject) * share, self._looking(subject)
        size *= self._beside_a_hand(subject)
        if known_object(subject) in FLAT:
            return self._lying(thing, size * NEARER, at)
        left, top, right, low = extent_of(thing)
        foot = min(h * 0.55 + (low - top) / 2 * size, (captions_from(w, h) - 0.02) * h)
        x, half = (left + right) / 2, (right - left) / 2
        move = f"translate({w * at - x * size:.1f} {foot - low * size:.1f}) scale({size:.3f})"
        shadow = oval(x + 6, low - 2, half * 1.12, 6 + half * 0.14, SHADOW, opacity=0.34)
        shadow += oval(x + 3, low - 4, half * 0.9, 3 + half * 0.08, SHADOW, opacity=0.3)
        return group(shadow, thing, transform=move)

    def _beside_a_hand(self, subject: str) -> float:
        """How much smaller what is small is drawn where a hand is seen: no nail is as long as an arm."""
        handled = self._staging.people and not self._staging.things
        return min(max(centimetres(subject) / PALM_CM, LEAST_BY_HAND), 1.0) if handled else 1.0

    def _in_place(self, subject: str, thing: str) -> str:
        """An animal on its ground or a balloon in the air, as large as there is room for."""
        w, h = self._framing.width, self._framing.height
        left, top, right, low = extent_of(thing)
        size = min(h * TALLEST / (low - top), w * WIDEST / (right - left))
        walled = on_a_wall(subject)
        hangs = walled or in_the_air(pictures()[known_object(subject)])
        y = (
            h * 0.42 - (top + low) / 2 * size
            if hangs
            else h * (FOOT if w >= h * 0.9 else TALL_FOOT) - low * size
        )
        x, half = (left + right) / 2, (right - left) / 2
        shadow = "" if hangs else oval(x + 5, low - 2, half * 1.1, 5 + half * 0.12, SHADOW, opacity=0.34)
        at = f"translate({w / 2 - x * size:.1f} {y:.1f}) scale({size:.3f})"
        if walled:
            thing = cast_on_wall(thing) + thing
        return group(shadow, thing, transform=at)

    def _lying(self, thing: str, size: float, at: float) -> str:
        """Paper lies on the table, seen at a slant."""
        w, h = self._framing.width, self._framing.height
        body, (left, top, right, low) = lying(thing)
        edge, foot = EDGE / 900 * h, captions_from(w, h) * h
        size = min(size, (foot - edge) * FILLED / (low - top), w * WIDEST / (right - left))
        x, y = w * at - (left + right) / 2 * size, (edge + foot) / 2 - (top + low) / 2 * size
        return group(body, transform=f"translate({x:.1f} {y:.1f}) scale({size:.3f})")

    def _stood_by(self) -> Cel | None:
        """What else stands on a table of such a place, out of focus at its far edge."""
        others = [name for name in COMPANY.get(self._staging.place.kind, ()) if name != self._staging.subject]
        if not others:
            return None
        w, h = self._framing.width, self._framing.height
        unit, low = min(w, h) / 900, EDGE * h / 900 + 46 * min(w, h) / 900
        body = ""
        for x, name in zip((0.14, 0.88) if w >= h else (0.2, 0.79), others, strict=False):
            size = 1.5 * unit * size_of(name)
            thing = drawn_object(name, self._paint.ink)
            under = oval(4, 88, 84, 15, SHADOW, opacity=0.35)
            body += group(
                under, thing, transform=f"translate({w * x:.1f} {low - 88 * size:.1f}) scale({size:.3f})"
            )
        light = grade_matrix(self._grade, tuple(v * 0.84 for v in self._on))  # type: ignore[arg-type]  # three
        return self._cel(body, light, soft=min(self._size) / 900 * 4.2)

    def _hand(self, w: float, h: float) -> str:
        people = self._staging.people
        return reaching_hand(people[0].look, self._paint.ink, w, h) if people else ""

    def _shown(self, files: Files) -> Product:
        """The picture, as large as the frame allows above the captions."""
        picture = self._staging.picture
        if picture is None:
            raise ValueError("no picture to show")
        w, h = self._size
        pixels = graded(product_pixels(product_file(picture, files)), self._lamp())
        tall = h > w
        at = Standing(
            x=w / 2, foot=h * (0.7 if tall else 0.79), wide=w * (0.78 if tall else 0.62),
            high=h * (0.5 if tall else 0.66), mirror=MIRRORS.get(self._staging.place.kind, 0.08),
        )  # fmt: skip
        return Product(pixels, at)

    def _lamp(self) -> Matrix:
        """A third of the shot's light: the product keeps its own colours."""
        red, green, blue = (1 + (v - 1) * 0.35 for v in self._on)
        return grade_matrix(on_people(on_people(self._grade)), (red, green, blue))

    def _cel(self, body: str, matrix: Matrix, *, soft: float = 0.0) -> Cel:
        w, h = self._size
        mx, my = int(w * MARGIN), int(h * MARGIN)
        u = self._framing.width / w
        view = (-mx * u, -my * u, (w + 2 * mx) * u, (h + 2 * my) * u)
        pixels, dx, dy = trimmed(graded(soft_raster(body, view, (w + 2 * mx, h + 2 * my), soft), matrix))
        return Cel(pixels=pixels, x=dx - mx, y=dy - my)


def in_its_place(subject: str) -> bool:
    """Whether the camera sees the thing where it belongs, and not on a table."""
    lies = known_object(subject) in FLAT
    listed = pictures().get(known_object(subject)) if subject and subject != SUBJECT and not lies else None
    return listed is not None and (on_the_ground(listed) or in_the_air(listed))


def on_a_wall(subject: str) -> bool:
    """Whether it hangs on a wall or is set into one."""
    return bool(subject) and subject != SUBJECT and known_object(subject) in HUNG


def lies_on_a_table(subject: str) -> bool:
    """Whether the camera sees it on the table of its place."""
    return bool(subject) and not in_its_place(subject) and not on_a_wall(subject)
