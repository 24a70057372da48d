"""OpenTimelineIO's objects as JSON, with the names, versions and fields of its release 0.18.

Whatever its schemas have a field for stands in that field. The rest of ours is in `metadata["greenlight"]`.
"""

from collections.abc import Sequence
from typing import Any

from tools.interchange.butted import Join

Json = dict[str, Any]
OURS = "greenlight"
DISSOLVE, CUSTOM = "SMPTE_Dissolve", "Custom_Transition"
"""The transition types that OpenTimelineIO knows."""
ACTIVE = "DEFAULT_MEDIA"
EXACT_DIGITS = 15


def kept(ours: Json) -> Json:
    """Metadata of ours. A number of many digits is text: OpenTimelineIO would change its last one."""
    told = _told(ours)
    return {OURS: told} if told else {}


def _told(given: Any) -> Any:
    if isinstance(given, dict):
        return {name: _told(one) for name, one in given.items()}
    if isinstance(given, list):
        return [_told(one) for one in given]
    if isinstance(given, str):
        return words(given)
    long = isinstance(given, float) and len(repr(given).strip("-").replace(".", "")) > EXACT_DIGITS
    return repr(given) if long else given


def words(text: str) -> str:
    """Words without the one character at which OpenTimelineIO ends every text; no stored cut has it."""
    return text.replace("\0", "\ufffd")


def moment(frame: float, fps: int) -> Json:
    """A time; its value counts frames of its rate."""
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(fps), "value": float(frame)}


def span(start: float, length: float, fps: int) -> Json:
    """A range of time."""
    return {
        "OTIO_SCHEMA": "TimeRange.1", "duration": moment(length, fps), "start_time": moment(start, fps),
    }  # fmt: skip


def item(
    schema: str, name: str, ours: Json, *, source: Json | None = None, effects: Sequence[Json] = (),
    markers: Sequence[Json] = (), enabled: bool = True, **more: object,
) -> Json:  # fmt: skip
    """Anything that lies in a composition, or is one."""
    return {
        "OTIO_SCHEMA": schema, "metadata": kept(ours), "name": words(name), "source_range": source,
        "effects": list(effects), "markers": list(markers), "enabled": enabled, "color": None, **more,
    }  # fmt: skip


def marker(name: str, colour: str, at: int, comment: str, ours: Json, fps: int) -> Json:
    """A note on a frame."""
    return {
        "OTIO_SCHEMA": "Marker.2", "metadata": kept(ours), "name": words(name), "color": colour,
        "marked_range": span(at, 1, fps), "comment": words(comment),
    }  # fmt: skip


def transition(join: Join, fps: int) -> Json:
    """A transition; OpenTimelineIO has a name of its own for a dissolve alone."""
    plain = join.style == "dissolve"
    return {
        "OTIO_SCHEMA": "Transition.1", "metadata": kept({} if plain else {"style": join.style}),
        "name": join.style, "in_offset": moment(join.before, fps), "out_offset": moment(join.after, fps),
        "transition_type": DISSOLVE if plain else CUSTOM,
    }  # fmt: skip


def warp(scalar: float) -> Json:
    """Another speed."""
    return {
        "OTIO_SCHEMA": "LinearTimeWarp.1", "metadata": {}, "name": "speed", "effect_name": "LinearTimeWarp",
        "enabled": True, "time_scalar": scalar,
    }  # fmt: skip


def effect(name: str, on: bool, ours: Json) -> Json:
    """A look, which OpenTimelineIO knows by its name alone."""
    return {
        "OTIO_SCHEMA": "Effect.1", "metadata": kept(ours), "name": name, "effect_name": name, "enabled": on,
    }  # fmt: skip


def reference(url: str, ours: Json, available: Json | None, *, missing: bool) -> Json:
    """Where the media lie; one that is missing has no address."""
    shared: Json = {
        "metadata": kept(ours), "name": url, "available_range": available, "available_image_bounds": None,
    }  # fmt: skip
    if missing:
        return {"OTIO_SCHEMA": "MissingReference.1", **shared}
    return {"OTIO_SCHEMA": "ExternalReference.1", **shared, "target_url": url}
