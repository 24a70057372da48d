"""The picture library's list: what can be drawn, how large it is in life, and what people call it.

Who writes and who draws must agree on the names, and neither may import the other:
both read them here.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, cast

from state.script import Language, Spot

Kind = Literal[
    "animals", "flyers", "sky", "plants", "food", "papers", "clothes", "house", "tools", "devices",
    "instruments", "sports", "writing", "vehicles", "buildings",
]  # fmt: skip
HeightClass = Literal["tiny", "hand", "arm", "knee", "person", "big"]
PORTRAITS = (
    "cat_portrait", "dog_portrait", "horse_portrait", "bird_portrait", "woman_portrait", "man_portrait",
    "child_portrait", "couple_portrait",
)  # fmt: skip
"""Pictures in frames, of somebody."""
HUNG = (
    "hung_apron", "hung_jacket", "written_sign", "closed_sign", "suit_jacket", "dressing_gown", "towel",
    "coat", "dress", "shirt", "t_shirt", "blouse", "lab_coat", "kimono", "poncho", "trousers", "veil",
    "window", "steamed_window", "numbered_door", "notice", "line_shirt", "painting",
    "rope_bell", "hatch", "lever", "vial_shelf", "lining",
    "curtain", "alarm_bell", "empty_frame", "rear_mirror", "sweater", "skirt", "sash",
    *PORTRAITS,
)  # fmt: skip
"""Hangs on a wall, and stands nowhere."""
PERCHING = ("bird", "blackbird", "parrot", "owl")
"""Birds that are drawn sitting: they need something under them."""
CATALOG = Path(__file__).parent / "catalog.toml"
SERVED_CM = 75.0
"""Food that is no larger stands on a table, never on the ground."""
OWN = "own"
"""The drawing of a picture that is not taken from the icon set."""
CLASSES: tuple[tuple[float, HeightClass], ...] = (
    (6, "tiny"), (26, "hand"), (60, "arm"), (110, "knee"), (220, "person"),
)  # fmt: skip
"""Up to so many centimetres."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One thing, animal or building that can be drawn."""

    name: str
    kind: Kind
    cm: float
    """How long its longer side is in life."""
    drawing: str
    """Its name in the icon set, or `own`."""
    colours: Mapping[str, str]
    """Colours of that drawing that become others."""
    words: Mapping[Language, tuple[str, ...]]
    """Singular nouns and phrases, the most usual first."""

    @property
    def height(self) -> HeightClass:
        """How it compares with a person."""
        return next((name for edge, name in CLASSES if self.cm <= edge), "big")

    @property
    def spot(self) -> Spot:
        """Where it is put when nobody says where."""
        if self.name in PERCHING or (self.kind == "food" and self.cm <= SERVED_CM):
            return "table"
        if self.kind in ("flyers", "sky"):
            return "air"
        if self.name in HUNG:
            return "wall"
        if self.kind in ("vehicles", "buildings") or self.cm > 220:
            return "wall"
        return "table" if self.cm <= 50 and self.kind != "animals" else "floor"

    @property
    def held(self) -> bool:
        """Whether a hand can carry it."""
        return self.kind not in ("sky", "vehicles", "buildings") and self.cm <= 75


@lru_cache(maxsize=1)
def pictures() -> Mapping[str, Picture]:
    """Every picture by its name."""
    tables = tomllib.loads(CATALOG.read_text(encoding="utf-8"))
    found = {
        name: _picture(name, cast(Kind, kind), row)
        for kind, rows in tables.items()
        for name, row in rows.items()
    }
    return MappingProxyType(found)


def _picture(name: str, kind: Kind, row: list[object]) -> Picture:
    cm, en, es, pt = row[:4]
    words: dict[Language, tuple[str, ...]] = {
        "en": _words(en), "es": _words(es), "pt-BR": _words(pt),
    }  # fmt: skip
    drawing = str(row[4]) if len(row) > 4 else name.replace("_", "-")
    pairs = re.findall(r"(#\w+)>(#\w+)", str(row[5]) if len(row) > 5 else "")
    return Picture(
        name=name, kind=kind, cm=float(str(cm)), drawing=drawing, colours=dict(pairs),
        words=MappingProxyType(words),
    )  # fmt: skip


def _words(listed: object) -> tuple[str, ...]:
    return tuple(word.strip() for word in str(listed).split(",") if word.strip())
