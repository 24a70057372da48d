"""Where words may stand so that nothing covers them, per platform, as dated data.

The composer places words by it and the quality report checks them by it.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field

from state.errors import PostError

FILE = Path(__file__).with_suffix(".toml")
_NEAR = 0.06
HOUSE = 0.06
"""Our own margin at every edge: no platform asks for less."""
HOUSE_TALL_TOP, HOUSE_TALL_BOTTOM = 0.12, 0.22
"""What players draw over tall pictures of a shape that no platform here has."""


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


@dataclass(frozen=True, kw_only=True)
class SafeBox:
    """The part of a picture in which words stand, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@lru_cache(maxsize=1)
def safe_areas() -> tuple[SafeArea, ...]:
    """Every area that is known."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["area"]
    return tuple(SafeArea.model_validate(row) for row in rows)


def areas_for(size: tuple[int, int], platform: str | None = None) -> list[SafeArea]:
    """Those of the platform, or of all platforms, that show pictures of this shape.

    A picture of another shape than the platform's own is shown with what its shape has elsewhere.

    Raises:
        PostError: no platform of that name is known.
    """
    ratio = size[0] / size[1]
    known = safe_areas()
    if platform is not None and platform not in {area.name for area in known}:
        raise PostError(
            f"No platform {platform} is known.",
            user_action="Name one of these, or none: " + ", ".join(area.name for area in known) + ".",
        )
    fitting = [area for area in known if abs(area.width_to_height - ratio) <= _NEAR * ratio]
    return [area for area in fitting if area.name == platform] or fitting


def safe_box(platform: str | None, width: int, height: int) -> SafeBox:
    """Where words stand in a picture of so many pixels; without a platform, where all of its shape allow it.

    Raises:
        PostError: no platform of that name is known.
    """
    areas = areas_for((width, height), platform)
    tall = height > width * 1.2 and not areas
    top = max(HOUSE_TALL_TOP if tall else HOUSE, *(area.top for area in areas), 0)
    bottom = max(HOUSE_TALL_BOTTOM if tall else HOUSE, *(area.bottom for area in areas), 0)
    left = max(HOUSE, *(area.left for area in areas), 0)
    right = max(HOUSE, *(area.right for area in areas), 0)
    return SafeBox(
        left=width * left, top=height * top, right=width * (1 - right), bottom=height * (1 - bottom)
    )
