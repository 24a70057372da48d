"""Where text may stand so that nothing covers it, per platform, as dated data."""

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field

FILE = Path(__file__).with_suffix(".toml")
_NEAR = 0.06


class SafeArea(BaseModel, frozen=True, extra="forbid"):
    """Shares of width and height that text keeps free at each edge."""

    name: str
    title: str
    ratio: str
    """Width to height, `16:9`: the pictures it is meant for."""
    left: float = Field(ge=0, lt=0.5)
    right: float = Field(ge=0, lt=0.5)
    top: float = Field(ge=0, lt=0.5)
    bottom: float = Field(ge=0, lt=0.5)
    source: str
    date: date
    verified: bool

    @property
    def width_to_height(self) -> float:
        """The ratio as a number."""
        width, _, height = self.ratio.partition(":")
        return float(width) / float(height)


@lru_cache(maxsize=1)
def safe_areas() -> tuple[SafeArea, ...]:
    """Every area that is known."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["area"]
    return tuple(SafeArea.model_validate(row) for row in rows)


def areas_for(size: tuple[int, int]) -> list[SafeArea]:
    """Those of the platforms that show pictures of this shape."""
    ratio = size[0] / size[1]
    return [area for area in safe_areas() if abs(area.width_to_height - ratio) <= _NEAR * ratio]
