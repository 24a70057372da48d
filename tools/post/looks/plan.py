"""Effects that were asked for, as a piece of a filter graph and the tables that it reads.

Order: grade, curves, match, looks and LUTs, then saturation, shake, lens, vignette, and grain last, as
`looks.toml` lists them. What is off or has no strength adds no filter: the picture goes through untouched.
"""

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from pydantic import BaseModel, Field

from state.refusals import refuse
from tools.post.looks.colour import CURVE_STEPS, NAMED, baked, curved, graded, named_look
from tools.post.looks.cube import Colours, Cube, cube_text, softened
from tools.post.looks.optics import OPTICS, Shot

TABLE = Path(__file__).with_name("looks.toml")
_POINT = re.compile(r"^(master|red|green|blue)_(\d{3})$")
_TO_RGB = "scale=in_color_matrix=bt709:in_range=tv:out_range=pc,format=gbrp10le"
_BACK = "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"


class Asked(Protocol):
    """One effect as the cut has it. `values` are settings by name; a curve's points are `red_128 = 0.55`."""

    @property
    def name(self) -> str:
        """As in `looks.toml`."""

    @property
    def strength(self) -> float:
        """0 to 1."""

    @property
    def on(self) -> bool:
        """Whether it is switched on."""

    @property
    def values(self) -> Mapping[str, float]:
        """What else is set."""


class EffectKind(BaseModel, frozen=True, extra="forbid"):
    """One effect that there is."""

    name: str
    stage: Literal["colour", "table", "optics"]
    range: tuple[float, float] | None = None
    unit: str = ""
    values: dict[str, tuple[float, float]] = Field(default_factory=dict)

    def amount(self, strength: float) -> float:
        """What a strength comes to, in its unit."""
        low, high = self.range or (0.0, 1.0)
        return low + (high - low) * strength


@dataclass(frozen=True, kw_only=True)
class LookPlan:
    """Chains, the pad that they end in, and the files that must lie where ffmpeg runs."""

    pad: str
    chains: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def effect_kinds() -> tuple[EffectKind, ...]:
    """Every effect, in the order in which they are done."""
    return tuple(EffectKind.model_validate(row) for row in tomllib.loads(TABLE.read_text("utf-8"))["effect"])


def plan_looks(
    effects: Sequence[Asked], before: str, into: str, *, shot: Shot, luts: Sequence[Cube] = ()
) -> LookPlan:
    """Plan all effects of a clip on the pad `before`, yuv420p of the shot's size and rate.

    `luts` are the checked tables of the effects called `lut`, in their order. Where nothing is to be done
    the plan's pad is `before` itself. Other pads and the files begin with `into`.

    Raises:
        EditRefused: an effect that there is not, or a value that it cannot have.
    """
    for effect in effects:
        check_effect(effect)
    done = [effect for effect in effects if effect.on and effect.strength > 0]
    chains, files, pad = _colours(_told(done, _with_luts(effects, luts)), before, f"{into}c")
    for number, (kind, effect) in enumerate(_in_order(done, "optics")):
        after = f"{into}o{number}"
        chains += OPTICS[kind.name](pad, after, kind.amount(effect.strength), shot)
        pad = after
    return LookPlan(pad=pad, chains=chains, files=files)


def check_effect(effect: Asked) -> None:
    """See whether an effect can be made.

    Raises:
        EditRefused: it cannot; its details name the field.
    """
    kinds = {kind.name: kind for kind in effect_kinds()}
    if effect.name not in kinds:
        refuse(
            f"No effect is called {effect.name[:40]!r}.", field="name", fix=f"Use one of {', '.join(kinds)}."
        )
    if not 0 <= effect.strength <= 1:
        refuse(
            f"{effect.name} cannot have a strength of {effect.strength:g}.",
            field="strength",
            fix="Give it 0 to 1.",
        )
    for key, value in effect.values.items():
        _check_value(kinds[effect.name], key, value)


def _check_value(kind: EffectKind, key: str, value: float) -> None:
    low, high = kind.values.get(key, (0.0, 1.0))
    if kind.name in ("curves", "match"):
        found = _POINT.match(key)
        if found is None or int(found[2]) > CURVE_STEPS:
            refuse(f"{key[:40]} is no point of a curve.", field="values",
                   fix="Name points as red_128: master, red, green or blue, and 000 to 255.")  # fmt: skip
    elif key not in kind.values:
        known = ", ".join(kind.values) or "none"
        refuse(f"{kind.name} has no value {key[:40]!r}.", field="values", fix=f"It has {known}.")
    if not (math.isfinite(value) and low <= value <= high):
        refuse(f"{key} cannot be {value:g}.", field="values", fix=f"Give it {low:g} to {high:g}.")


def _in_order(effects: Sequence[Asked], stage: str) -> list[tuple[EffectKind, Asked]]:
    """By the table's order; those of the same kind as they were asked for."""
    kinds = [kind for kind in effect_kinds() if kind.stage == stage]
    return [(kind, effect) for kind in kinds for effect in effects if effect.name == kind.name]


def _with_luts(effects: Sequence[Asked], luts: Sequence[Cube]) -> dict[int, Cube]:
    asked = [effect for effect in effects if effect.name == "lut"]
    if len(asked) != len(luts):
        refuse(
            f"{len(asked)} LUTs are asked for, and {len(luts)} are there.",
            field="media",
            fix="Name a .cube file.",
        )
    return {id(effect): cube for effect, cube in zip(asked, luts, strict=True)}


def _tables(effects: Sequence[Asked], luts: Mapping[int, Cube]) -> list[Cube]:
    """Everything that is done to colours alone, as tables in their order."""
    steps = _in_order(effects, "colour")
    made = [baked(lambda colours: _through(colours, [effect for _, effect in steps]))] if steps else []
    for kind, effect in _in_order(effects, "table"):
        cube = named_look(kind.name) if kind.name in NAMED else luts[id(effect)]
        made.append(softened(cube, effect.strength))
    return made


def _through(colours: Colours, effects: Sequence[Asked]) -> Colours:
    for effect in effects:
        if effect.name == "grade":
            values = {key: value * effect.strength for key, value in effect.values.items()}
            colours = graded(colours, values)
        else:
            colours = curved(colours, effect.values, effect.strength)
    return colours


@dataclass(frozen=True)
class _Table:
    """A table as ffmpeg reads it."""

    filter: str
    text: str


@dataclass(frozen=True)
class _Wish:
    """An effect as it is told from others."""

    name: str
    strength: float
    settings: tuple[tuple[str, float], ...]
    lut: Cube | None = None
    on: bool = True

    @property
    def values(self) -> Mapping[str, float]:
        return dict(self.settings)


def _told(effects: Sequence[Asked], luts: Mapping[int, Cube]) -> tuple[_Table, ...]:
    return _tables_of(
        tuple(
            _Wish(one.name, one.strength, tuple(sorted(one.values.items())), luts.get(id(one)))
            for one in effects
        )
    )


@lru_cache(maxsize=16)
def _tables_of(wishes: tuple[_Wish, ...]) -> tuple[_Table, ...]:
    """Made once for all pieces of a film: a table of 33 points takes as long as some frames of a picture."""
    luts = {id(wish): wish.lut for wish in wishes if wish.lut is not None}
    return tuple(
        _Table("lut1d" if cube.by_channel else "lut3d", cube_text(cube)) for cube in _tables(wishes, luts)
    )


def _colours(tables: Sequence[_Table], before: str, into: str) -> tuple[list[str], dict[str, str], str]:
    if not tables:
        return [], {}, before
    files = {f"{into}{number}.cube": table.text for number, table in enumerate(tables)}
    between = {"lut1d": "linear", "lut3d": "trilinear"}
    steps = ",".join(
        f"{table.filter}=file={name}:interp={between[table.filter]}"
        for name, table in zip(files, tables, strict=True)
    )
    return [f"[{before}]{_TO_RGB},{steps},{_BACK}[{into}]"], files, into
