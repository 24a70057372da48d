"""What a vendor's model takes, as data: checked before anything is sent, so that a mistake costs nothing.

A model's table names each field of its input. Where it comes from and whether somebody has seen it answered
stands beside it: `source`, `read_on`, `verified`.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field

from state.errors import ProviderMisconfigured

Kind = Literal["text", "integer", "number", "flag", "file", "files", "size"]
FITS: dict[str, type | tuple[type, ...]] = {
    "text": str, "integer": int, "number": (int, float), "flag": bool, "file": str, "files": list,
    "size": dict,
}  # fmt: skip
SIDES = {"width", "height"}


class FieldSchema(BaseModel, frozen=True, extra="forbid"):
    """One field of a model's input."""

    kind: Kind
    required: bool = False
    only: tuple[str | int | float, ...] = ()
    """The values there are; empty for any."""
    least: float | None = None
    """The smallest number, the fewest characters or files, the fewest pixels of a size."""
    most: float | None = None
    """The largest number, the most characters or files, the most pixels of a size."""

    def problem(self, value: Any) -> str:
        """What is wrong with a value; empty when nothing is."""
        if not self._fits(value):
            return f"{value!r} is no {self.kind}"
        if self.kind == "size":
            return self._size_problem(value)
        if self.only and value not in self.only:
            return f"{value!r} is not offered; allowed are {', '.join(map(str, self.only))}"
        size: float = value if self.kind in ("integer", "number", "flag") else len(value)
        what = {"text": " characters", "files": " files"}.get(self.kind, "")
        if self.most is not None and size > self.most:
            return f"{size:g}{what} are more than {self.most:g}"
        if self.least is not None and size < self.least:
            return f"{size:g}{what} are less than {self.least:g}"
        return ""

    def _size_problem(self, value: Mapping[str, Any]) -> str:
        """A width and a height, whole pixels both."""
        if set(value) != SIDES or not all(type(side) is int and side > 0 for side in value.values()):
            return f"{dict(value)!r} is no width and height in pixels"
        pixels = value["width"] * value["height"]
        if self.most is not None and pixels > self.most:
            return f"{pixels} pixels are more than {self.most:g}"
        return f"{pixels} pixels are less than {self.least:g}" if pixels < (self.least or 0) else ""

    def _fits(self, value: Any) -> bool:
        return isinstance(value, FITS[self.kind]) and (self.kind == "flag" or not isinstance(value, bool))


class InputSchema(BaseModel, frozen=True, extra="forbid"):
    """The input of one model of a vendor."""

    vendor: str
    """The vendor's name for it."""
    source: str
    read_on: date
    verified: bool = False
    """Whether a live call has been answered as this says."""
    fields: dict[str, FieldSchema] = Field(default_factory=dict)

    def problems(self, sent: Mapping[str, Any]) -> list[str]:
        """What is wrong with an input, one sentence a field; empty when it fits."""
        found = [f"{name}: {self.vendor} takes no such field" for name in sent if name not in self.fields]
        for name, field in self.fields.items():
            if name in sent:
                problem = field.problem(sent[name])
                found += [f"{name}: {problem}"] if problem else []
            elif field.required:
                found.append(f"{name}: {self.vendor} needs it")
        return found


@lru_cache(maxsize=8)
def schemas(file: Path) -> Mapping[str, InputSchema]:
    """The models of a vendor by their names there, read from a file of `[[model]]` tables."""
    entries = tomllib.loads(file.read_text("utf-8"))["model"]
    return {one.vendor: one for one in map(InputSchema.model_validate, entries)}


def checked_input(schema: InputSchema, sent: dict[str, Any], *, provider: str, model: str) -> dict[str, Any]:
    """The input, if it fits.

    Raises:
        ProviderMisconfigured: `invalid`, names every field that does not, and what is allowed.
    """
    if problems := schema.problems(sent):
        raise ProviderMisconfigured(
            f"{model} cannot be asked for this: {'; '.join(problems)}.", provider=provider, model=model,
            kind="invalid", details={"fields": [_field(one) for one in problems]},
            user_action="Change the named fields, or choose a model that can; nothing was sent or charged.",
        )  # fmt: skip
    return sent


def _field(problem: str) -> dict[str, str]:
    name, _, said = problem.partition(": ")
    return {"field": name, "problem": said}
