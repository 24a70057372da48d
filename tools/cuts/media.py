"""The files that operations name: by key as people send them, with their facts as they are kept."""

from collections.abc import Mapping
from typing import Any, TypeVar

from state import edits
from state.media import MediaRef
from state.timeline import Clip, Timeline

T = TypeVar("T", bound=edits.Operation)


def keys_named(operation: edits.Operation) -> set[str]:
    """The media keys that an operation names."""
    found: set[str] = set()
    _each(operation.model_dump(mode="python"), lambda media: found.add(media["key"]))
    return found


def with_facts(operation: T, facts: Mapping[str, MediaRef]) -> T:
    """The operation with what the store knows of each file: what a client says of one counts for nothing."""
    plain = operation.model_dump(mode="python")
    _each(plain, lambda media: media.update(facts[media["key"]].model_dump(mode="python")))
    return type(operation).model_validate(plain)


def keys_shown(timeline: Timeline) -> set[str]:
    """The media keys of a cut."""
    clips = [item for track in timeline.tracks for item in track.items if isinstance(item, Clip)]
    effects = [*timeline.effects, *(effect for clip in clips for effect in clip.effects)]
    looks = [timeline.caption_style, *(cue.style for cue in timeline.captions), *timeline.overlays]
    files = [
        *(one.media for one in timeline.overlays), *(one.media for one in effects),
        *(look.typeface for look in looks if look is not None),
    ]  # fmt: skip
    return {clip.media.key for clip in clips} | {media.key for media in files if media is not None}


def _each(plain: Any, do: Any) -> None:
    if isinstance(plain, list):
        for one in plain:
            _each(one, do)
    elif isinstance(plain, dict):
        for name, value in plain.items():
            if name in ("media", "typeface") and isinstance(value, dict):
                do(value)
            else:
                _each(value, do)
