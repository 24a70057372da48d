"""What the fields of Veo ask of each other, and how far a clip can be extended: data, not code."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import Any

from pydantic import BaseModel

RULES = Path(__file__).with_name("clip_rules.toml")
SLACK_S = 0.5
"""A file is some frames longer or shorter than was asked for."""


class Need(BaseModel, frozen=True, extra="forbid"):
    """A field, at a value or at any, that needs another one, at a value or at any."""

    field: str
    value: str | None = None
    needs: str
    to_be: str | int | None = None

    def problem(self, sent: Mapping[str, Any]) -> str:
        """What is wrong; empty when nothing is."""
        if self.field not in sent or (self.value is not None and sent[self.field] != self.value):
            return ""
        met = self.needs in sent if self.to_be is None else sent.get(self.needs) == self.to_be
        what = f"{self.field} {self.value}" if self.value else self.field
        wanted = "beside it" if self.to_be is None else f"to be {self.to_be}, not {sent.get(self.needs)}"
        return "" if met else f"{self.needs}: {what} needs {self.needs} {wanted}"


class Apart(BaseModel, frozen=True, extra="forbid"):
    """A field that some others exclude."""

    field: str
    without: tuple[str, ...]

    def problem(self, sent: Mapping[str, Any]) -> str:
        """What is wrong; empty when nothing is."""
        met = [one for one in self.without if one in sent]
        found = self.field in sent and met
        return f"{self.field}: it cannot be sent with {' and '.join(met)}; leave one out" if found else ""


class Extension(BaseModel, frozen=True, extra="forbid"):
    """How a clip is made longer (mission row S5-052)."""

    adds_s: float
    first_s: float
    most: int
    longest_s: float
    lines: int
    clip_lives_s: float

    def made(self, seconds: float) -> int:
        """By how many extensions a clip has become so long."""
        return max(0, ceil((seconds - SLACK_S - self.first_s) / self.adds_s))

    def problem(self, seconds: float | None, lines: int | None) -> str:
        """Why a clip of this length and short side cannot be extended; empty when it can."""
        if seconds is None:
            return "extends: how long the clip is, is not known"
        if self.made(seconds) >= self.most:
            return f"extends: the clip was extended {self.most} times already, and no more are made"
        if seconds - SLACK_S + self.adds_s > self.longest_s:
            longer = seconds + self.adds_s
            return f"extends: {longer:g} s would be more than {self.longest_s:g}"
        if lines is not None and lines != self.lines:
            return f"extends: only clips of {self.lines} lines are extended, and this one has {lines}"
        return ""


class ClipRules(BaseModel, frozen=True, extra="forbid"):
    """All of them."""

    need: tuple[Need, ...]
    apart: tuple[Apart, ...]
    extension: Extension

    def problems(self, sent: Mapping[str, Any]) -> list[str]:
        """What is wrong between the fields of a request, a sentence each."""
        rules: tuple[Need | Apart, ...] = (*self.need, *self.apart)
        return [said for rule in rules if (said := rule.problem(sent))]


@lru_cache(maxsize=1)
def clip_rules() -> ClipRules:
    """The rules as they stand in the file."""
    return ClipRules.model_validate(tomllib.loads(RULES.read_text("utf-8")))
