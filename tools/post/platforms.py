"""Where films are shown, and what an export for there is where nobody asks for anything else."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, Field

from state.brief import AspectRatio
from state.errors import BriefIncomplete
from state.export import (
    SHORTER_SIDE,
    Container,
    ExportPlan,
    ExportQuality,
    ExportResolution,
    ExportWish,
    Loudness,
)
from state.timeline import Timeline

TABLE = Path(__file__).with_suffix(".toml")
Rates = dict[ExportResolution, int]
RATIOS: dict[AspectRatio, tuple[int, int]] = {"16:9": (16, 9), "9:16": (9, 16), "1:1": (1, 1)}


class Platform(BaseModel, frozen=True):
    """A place where films are shown."""

    name: str = Field(description="As in `platform` of an export.")
    title: str = Field(description="What people call it.")
    aspect_ratio: AspectRatio = Field(description="The shape it shows.")
    resolution: ExportResolution = Field(description="The shorter side.")
    kbps: Rates = Field(description="Thousands of bits a second that a standard export has.")
    least_kbps: Rates = Field(description="What a draft has.")
    most_kbps: Rates = Field(description="What an export of high quality has.")
    container: Container = Field(default="mp4", description="The file.")
    loudness: Loudness = Field(default="web", description="How loud it is played.")
    longest_s: int | None = Field(default=None, description="It takes nothing longer.")
    most_mb: int | None = Field(default=None, description="It takes nothing larger.")
    source: str = Field(description="Where this is from.")
    date: str = Field(description="When it was looked up.")
    verified: bool = Field(description="Whether the platform says so itself.")

    def rate(self, quality: ExportQuality, resolution: ExportResolution) -> int:
        """Thousands of bits a second of the picture."""
        return {"draft": self.least_kbps, "standard": self.kbps, "high": self.most_kbps}[quality][resolution]


@lru_cache(maxsize=1)
def platforms() -> dict[str, Platform]:
    """Every place, by name."""
    rows = tomllib.loads(TABLE.read_text("utf-8"))["platform"]
    return {row["name"]: Platform.model_validate(row) for row in rows}


def platform_of(wish: ExportWish) -> Platform | None:
    """The place that is wished for; None where none is.

    Raises:
        BriefIncomplete: there is no such place.
    """
    if not wish.platform:
        return None
    if wish.platform in platforms():
        return platforms()[wish.platform]
    known = ", ".join(platforms())
    raise _wrong("platform", f"there is no platform {wish.platform!r}", f"Use one of {known}.")


def settled(wish: ExportWish, timeline: Timeline) -> ExportPlan:
    """What a wish comes to for this cut: it wins over the platform, and the platform over the cut.

    Raises:
        BriefIncomplete: no such platform, or it does not take so long a film.
    """
    place = platform_of(wish)
    if place is not None and place.longest_s is not None and timeline.duration_s > place.longest_s:
        raise _wrong(
            "platform", f"{place.title} takes {place.longest_s} s at most; the cut has"
            f" {timeline.duration_s:.1f} s", "Make the cut shorter, or leave the platform out.",
        )  # fmt: skip
    resolution = wish.resolution or (place.resolution if place else None)
    width, height = _size(wish, place, resolution, timeline)
    rate = wish.bitrate_kbps
    if rate is None and place is not None:
        rate = place.rate(wish.quality, resolution or place.resolution)
    return ExportPlan(
        platform=wish.platform, width=width, height=height, fps=timeline.fps,
        container=wish.container or (place.container if place else "mp4"), quality=wish.quality,
        bitrate_kbps=rate, loudness=wish.loudness or (place.loudness if place else "web"),
        captions=wish.captions, framing=wish.framing,
    )  # fmt: skip


def _size(
    wish: ExportWish, place: Platform | None, resolution: ExportResolution | None, timeline: Timeline
) -> tuple[int, int]:
    """Even sides; what says nothing about the shape keeps that of the film."""
    ratio = wish.aspect_ratio or (place.aspect_ratio if place else None)
    wide, high = RATIOS[ratio] if ratio else (timeline.width, timeline.height)
    shorter = SHORTER_SIDE[resolution] if resolution else min(timeline.width, timeline.height)
    scale = shorter / min(wide, high)
    return _even(wide * scale), _even(high * scale)


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _wrong(field: str, problem: str, fix: str) -> BriefIncomplete:
    name = f"brief.{field}"
    return BriefIncomplete(
        f"{name}: {problem}", user_action=fix,
        details={"fields": [{"field": name, "problem": problem, "fix": fix}]},
    )  # fmt: skip
