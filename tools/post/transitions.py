"""Transitions between two pictures, each as a piece of a filter graph.

Pure planning. Both pads hold exactly `length` frames of yuv420p (bt709, limited range) with the
timebase 1/fps; so does what comes out, whose first frame is the first picture and whose last
frame is the second.
"""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, Field

from state.refusals import refuse
from tools.post import transition_recipes as recipes
from tools.post.transition_recipes import Join

TABLE = Path(__file__).with_name("transitions.toml")
MAX_FRAMES = 1_200
Case = Literal["same_place", "mood_shift", "new_place", "topic_change", "energy"]


class TransitionKind(BaseModel, frozen=True, extra="forbid"):
    """One named transition; `seconds` are its shortest, usual and longest length."""

    name: str
    label: str
    recipe: Literal["none", "mix", "film", "through", "whip", "zoom", "blur", "glitch"]
    movement: str = ""
    ease: Literal["linear", "smooth"] = "linear"
    seconds: tuple[float, float, float]


class _CaseRow(BaseModel, frozen=True, extra="forbid"):
    name: Case
    styles: tuple[str, ...] = Field(min_length=1)


class _Table(BaseModel, frozen=True, extra="forbid"):
    case: tuple[_CaseRow, ...]
    transition: tuple[TransitionKind, ...]


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table.model_validate(tomllib.loads(TABLE.read_text("utf-8")))


def transition_kinds() -> tuple[TransitionKind, ...]:
    """Every transition that there is, the straight cut first."""
    return _table().transition


def transition_kind(name: str) -> TransitionKind:
    """The transition of this name.

    Raises:
        EditRefused: there is none.
    """
    for kind in transition_kinds():
        if kind.name == name:
            return kind
    names = ", ".join(kind.name for kind in transition_kinds())
    refuse(f"No transition is called {name[:40]!r}.", field="style", fix=f"Use one of {names}.")


def transition_frames(name: str, fps: int, seconds: float | None = None) -> int:
    """Whole frames of a transition: 0 for a cut, otherwise two at least; its usual length unless told.

    Raises:
        EditRefused: no such transition, or it is not made so short or so long.
    """
    shortest, usual, longest = transition_kind(name).seconds
    asked = usual if seconds is None else seconds
    if not shortest <= asked <= longest:
        refuse(
            f"{name} cannot take {asked:g} s.", field="length",
            fix=f"Give it {shortest:g} to {longest:g} s." if longest else "A cut takes no time: give it 0 s.",
        )  # fmt: skip
    return max(2, round(asked * fps)) if longest else 0


def check_transition(name: str, length: int, fps: int) -> None:
    """See whether an edit may ask for so many frames: what the shortest and the longest length come to.

    Raises:
        EditRefused: no such transition, or it is not made so short or so long.
    """
    shortest, _, longest = transition_kind(name).seconds
    low, high = (transition_frames(name, fps, seconds) for seconds in (shortest, longest))
    if not low <= length <= high:
        refuse(f"{name} cannot take {length} frames.", field="length", fix=f"Give it {low} to {high} frames.")


def choose_transition(case: Case, *, number: int = 0) -> str:
    """What fits where pictures meet: the same place, a new mood, a new place, another topic, energy.

    `number` counts the cuts of this kind, so that not all of them look alike.
    """
    styles = next(row.styles for row in _table().case if row.name == case)
    return styles[number % len(styles)]


def plan_transition(
    name: str, before: str, after: str, into: str, *, length: int, fps: int, size: tuple[int, int]
) -> list[str]:
    """Chains from the pads `before` and `after` to the pad `into`, which has `length` frames.

    Pads are named without brackets; those between begin with `into`. `length` may be any from two
    frames on: what an edit may ask for is what `transition_frames` says.

    Raises:
        EditRefused: no such transition, a length that it cannot have, or a cut, which joins nothing.
    """
    kind = transition_kind(name)
    if kind.recipe == "none":
        refuse("A cut shares no frames.", field="style", fix="Lay the pictures one after the other.")
    if not 2 <= length <= MAX_FRAMES:
        refuse(f"{name} cannot take {length} frames.", field="length", fix=f"Give it 2 to {MAX_FRAMES}.")
    join = Join(before=before, after=after, into=into, length=length, fps=fps, size=size)
    match kind.recipe:
        case "film":
            return recipes.film(join)
        case "through":
            return recipes.through(join, kind.movement)
        case "whip":
            return recipes.whip(join, kind.movement)
        case "zoom":
            return recipes.zoom(join, inwards=kind.movement == "in")
        case "blur":
            return recipes.blur(join)
        case "glitch":
            return recipes.glitch(join)
    return recipes.mix(join, kind.movement, smooth=kind.ease == "smooth")
