"""Times of an OpenTimelineIO file as whole frames of a cut; another rate is converted."""

from fractions import Fraction
from typing import Any

from tools.interchange.otio_schema import Json

MOST = 1 << 53
"""Beyond this a number of OpenTimelineIO is not exact any more."""


def number(given: Any, other: float = 0.0) -> float:
    """A finite number of a sensible size, else the other one."""
    try:
        found = float(given) if isinstance(given, int | float | str) else other
    except (ValueError, OverflowError):
        return other
    return found if -MOST < found < MOST else other


def frames(time: Any, fps: int) -> Fraction:
    """A RationalTime in frames of the cut; nothing where there is none."""
    if not isinstance(time, dict):
        return Fraction(0)
    rate = number(time.get("rate"))
    value = Fraction(number(time.get("value")))
    return value if rate in (0, fps) or rate < 0 else value * fps / Fraction(rate)


def start_and_length(item: Json, fps: int) -> tuple[Fraction, Fraction]:
    """What an item says of its range in its media; without it, all that its media has."""
    asked = item.get("source_range")
    if not isinstance(asked, dict):
        asked = reference_of(item).get("available_range")
    if not isinstance(asked, dict):
        return Fraction(0), Fraction(0)
    return frames(asked.get("start_time"), fps), frames(asked.get("duration"), fps)


def reference_of(clip: Json) -> Json:
    """The media reference that a clip uses; of files before 0.15 the only one."""
    references = clip.get("media_references")
    found = clip.get("media_reference")
    if isinstance(references, dict):
        found = references.get(str(clip.get("active_media_reference_key")))
    return found if isinstance(found, dict) else {}


def rate_of(whole: Json, tracks: list[Json]) -> int:
    """Whole frames a second: of the start, else of the first item that says any; 24 where none does."""
    times: list[Any] = [whole.get("global_start_time")]
    for track in tracks:
        for item in listed(track.get("children")):
            asked = item.get("source_range")
            times.append(asked.get("duration") if isinstance(asked, dict) else None)
    rates = [number(time.get("rate")) for time in times if isinstance(time, dict)]
    return next((max(1, round(rate)) for rate in rates if rate > 0), 24)


def listed(given: Any) -> list[Json]:
    """The objects of a list."""
    return [one for one in given if isinstance(one, dict)] if isinstance(given, list) else []


def schema_of(given: Json) -> str:
    """The name of an object's schema, without its version."""
    return str(given.get("OTIO_SCHEMA", "")).partition(".")[0]


def ours_of(given: Json) -> Json:
    """What we wrote into its metadata; nothing where somebody else made it."""
    metadata = given.get("metadata")
    ours = metadata.get("greenlight") if isinstance(metadata, dict) else None
    return ours if isinstance(ours, dict) else {}
