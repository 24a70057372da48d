"""What each format carries, and what an export of a cut loses by it, in plain sentences."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from state.timeline import Timeline
from tools.interchange.features import counted

Format = Literal["otio", "fcpxml", "edl"]
FORMATS: tuple[Format, ...] = ("otio", "fcpxml", "edl")
NAMES: dict[Format, str] = {"otio": "OTIO", "fcpxml": "FCPXML", "edl": "EDL"}
Status = Literal["carried", "kept", "approximated", "left out"]


@dataclass(frozen=True, kw_only=True)
class Carried:
    """How a format holds a feature."""

    status: Status
    how: str = ""
    """What stands for it, where it is approximated."""


@dataclass(frozen=True, kw_only=True)
class Feature:
    """Something that a cut can have."""

    name: str
    what: str
    one: str
    several: str
    formats: dict[Format, Carried]


@cache
def table() -> tuple[Feature, ...]:
    """Every feature, in the order of `carries.toml`.

    Raises:
        ValueError: the file says something else than the four statuses.
    """
    rows = tomllib.loads(Path(__file__).with_name("carries.toml").read_text(encoding="utf-8"))["feature"]
    return tuple(
        Feature(
            name=row["name"], what=row["what"], one=row["counted"][0], several=row["counted"][1],
            formats={name: _carried(row[name]) for name in FORMATS},
        )
        for row in rows
    )  # fmt: skip


def left_out(timeline: Timeline, form: Format) -> list[str]:
    """What of this cut the format does not carry whole, one sentence for each feature.

    Raises:
        PostError: a transition that does not fit between its neighbours.
    """
    counts = counted(timeline)
    found = [(feature, feature.formats[form], counts.get(feature.name, 0)) for feature in table()]
    return [
        _sentence(feature, held, count, NAMES[form]) for feature, held, count in found if _told(held, count)
    ]


def as_markdown() -> str:
    """The table as docs/interchange.md shows it."""
    lines = ["| of a cut | OTIO | FCPXML | EDL |", "|---|---|---|---|"]
    for feature in table():
        cells = [feature.what, *(_cell(feature.formats[form]) for form in FORMATS)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _carried(text: str) -> Carried:
    status, _, how = text.partition(": ")
    if status in ("carried", "kept", "left out") and not how:
        return Carried(status=status)  # type: ignore[arg-type]  # narrowed by the test
    if status == "approximated" and how:
        return Carried(status="approximated", how=how)
    raise ValueError(f"carries.toml: {text!r} is none of carried, kept, left out, approximated: how")


def _told(held: Carried, count: int) -> bool:
    return bool(count) and held.status != "carried"


def _sentence(feature: Feature, held: Carried, count: int, name: str) -> str:
    subject = f"{int(count)} {feature.one if count == 1 else feature.several}: {name}"
    if held.status == "approximated":
        return f"{subject} approximates {feature.what}: {held.how}."
    if held.status == "kept":
        return f"{subject} keeps {feature.what} for Greenlight; an editing program does not see that."
    return f"{subject} does not carry {feature.what}."


def _cell(held: Carried) -> str:
    return f"{held.status}: {held.how}" if held.how else held.status
