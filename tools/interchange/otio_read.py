"""An OpenTimelineIO file as a cut: ours unchanged, changed by an editing program, or one that we never wrote.

What OpenTimelineIO has a field for is read from that field. Our own metadata only says what it has no field
for, and how a frame was rounded where nobody changed it since.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from state.errors import EditRefused
from state.timeline import MOST_FRAMES, Clip, Timeline
from tools.interchange.otio_clips import Shelf, read_track
from tools.interchange.otio_schema import Json
from tools.interchange.otio_times import frames, listed, ours_of, rate_of, schema_of
from tools.interchange.otio_write import FILM_FIELDS

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")
"""An escaped NUL, which no database keeps; not the letters `u0000` behind a backslash of the text."""
MOST_BYTES = 64 * 1024 * 1024
_COLOURS = {
    "RED": "RED", "PINK": "RED", "MAGENTA": "RED", "ORANGE": "YELLOW", "YELLOW": "YELLOW", "GREEN": "GREEN",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class ReadCut:
    """A cut, and what of its file could not be taken over, in plain sentences."""

    timeline: Timeline
    notes: list[str] = field(default_factory=list)


def read_otio(text: str | bytes) -> Timeline:
    """The cut of an OpenTimelineIO file.

    Raises:
        EditRefused: it is none, or holds what no cut can hold; says which field.
    """
    return open_otio(text).timeline


def open_otio(text: str | bytes) -> ReadCut:
    """The cut of an OpenTimelineIO file, and what of it could not be taken over.

    The files that it names are what the file says: whoever imports it asks the store for each key.

    Raises:
        EditRefused: it is none, or holds what no cut can hold; says which field.
    """
    whole = _parsed(text)
    stack = whole.get("tracks")
    stack = stack if isinstance(stack, dict) else {}
    tracks = [one for one in listed(stack.get("children")) if schema_of(one) == "Track"]
    fps = rate_of(whole, tracks)
    shelf = Shelf(fps)
    for track in tracks:
        shelf.learn(track)
    notes: list[str] = []
    markers = [_marker(one, fps) for one in listed(stack.get("markers"))]
    read = []
    for track in tracks:
        made = read_track(track, shelf, notes)
        read.append(made.track)
        markers += [_marker(one, fps, at) for at, one in made.markers]
    left = len(listed(stack.get("children"))) - len(tracks)
    notes += [f"{left} things beside the tracks were left out."] if left else []
    ours = ours_of(whole)
    film: Json = {name: ours[name] for name in FILM_FIELDS & ours.keys()}
    name = whole.get("name")
    plain = film | {
        "name": name if isinstance(name, str) else "",
        "fps": fps,
        "tracks": read,
        "markers": _once(markers),
    }
    return ReadCut(timeline=_validated(plain), notes=list(dict.fromkeys(notes)))


def _parsed(text: str | bytes) -> Json:
    if len(text) > MOST_BYTES:
        raise _refused("The file is larger than any cut.", "file")
    raw = text.encode(errors="replace") if isinstance(text, str) else text
    try:
        whole = orjson.loads(_NUL.sub(rb"\1\\ufffd", raw))
    except orjson.JSONDecodeError as exc:
        raise _refused("The file is not JSON, so it is no OpenTimelineIO file.", "file") from exc
    if not isinstance(whole, dict) or schema_of(whole) != "Timeline":
        raise _refused("The file holds no OpenTimelineIO timeline.", "OTIO_SCHEMA")
    return whole


def _validated(plain: Json) -> Timeline:
    try:
        cut = Timeline.model_validate(plain)
        told = cut.model_dump(mode="json")
        orjson.dumps(told)
        json.dumps(told, allow_nan=False)
    except ValidationError as exc:
        first = exc.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _refused(f"The file says something that no cut can hold: {first['msg']}.", where) from exc
    except (orjson.JSONEncodeError, ValueError) as exc:
        raise _refused("The file has a number that no cut can hold.", "metadata") from exc
    return _of_a_size(cut)


def _of_a_size(cut: Timeline) -> Timeline:
    clips = [item for track in cut.tracks for item in track.items if isinstance(item, Clip)]
    ends = [cut.length, *(clip.source.end for clip in clips), *(marker.at for marker in cut.markers)]
    if max(ends) > MOST_FRAMES:
        raise _refused(f"The cut is longer than {MOST_FRAMES} frames.", "tracks")
    return cut


def _refused(message: str, where: str) -> EditRefused:
    fix = "Export the cut again from the editing program, as OTIO."
    return EditRefused(message, user_action=fix, details={"field": where})


def _marker(given: Json, fps: int, at: int | None = None) -> Json:
    marked = given.get("marked_range")
    if at is None:
        at = round(frames(marked.get("start_time"), fps)) if isinstance(marked, dict) else 0
    name, comment, colour = (given.get(one) for one in ("name", "comment", "color"))
    return {
        "at": max(0, at), "name": name if isinstance(name, str) else "",
        "comment": comment if isinstance(comment, str) else "",
        "colour": _COLOURS.get(str(colour).upper(), "WHITE"), "id": ours_of(given).get("id", ""),
    }  # fmt: skip


def _once(markers: list[Json]) -> list[Json]:
    """A marker that was copied has no id until the cut is opened."""
    seen: set[Any] = set()
    for one in markers:
        known = isinstance(one["id"], str) and one["id"] in seen
        one["id"] = "" if known else one["id"]
        seen |= {one["id"]} if isinstance(one["id"], str) else set()
    return markers
