"""The tracks of an OpenTimelineIO file as ours: transitions overlap again, clips know their media."""

import math
import re
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any
from urllib.parse import unquote

from tools.interchange.otio_schema import DISSOLVE, Json
from tools.interchange.otio_times import (
    frames,
    listed,
    number,
    ours_of,
    reference_of,
    schema_of,
    start_and_length,
)
from tools.interchange.otio_write import CLIP_FIELDS, TRACK_FIELDS

_STYLE = re.compile(r"[a-z][a-z0-9_]{0,39}")
SLOWEST, FASTEST = 0.1, 10.0
_SAME_SPEED = 1e-9
"""OpenTimelineIO may write a number otherwise in its last digit."""


class Shelf:
    """The files that a timeline names, and the ids that were met on the way."""

    def __init__(self, fps: int) -> None:
        self.fps = fps
        self._files: dict[str, Json] = {}
        self._ids: set[str] = set()

    def learn(self, track: Json) -> None:
        """Remember which file lies where, for clips that were pointed to another one."""
        for item in listed(track.get("children")):
            ours = ours_of(reference_of(item))
            if isinstance(ours.get("media"), dict):
                self._files[_basename(ours.get("path"))] = ours["media"]

    def media(self, reference: Json, notes: list[str]) -> Json | None:
        """The file that a clip shows; None where nobody here knows it."""
        ours, url = ours_of(reference), reference.get("target_url")
        own = ours.get("media") if isinstance(ours.get("media"), dict) else None
        name = _basename(url)
        if not name or (own and name == _basename(ours.get("path"))):
            return own
        if name in self._files:
            return self._files[name]
        if own:
            notes.append(f"{name[:80]} is not in this cut: its clip keeps the file that it had.")
        return own

    def once(self, given: Any) -> Any:
        """An id, the first time; a copy has none until the cut is opened."""
        if not isinstance(given, str):
            return given
        if given in self._ids:
            return ""
        self._ids |= {given} if given else set()
        return given


@dataclass(frozen=True, kw_only=True)
class Met:
    """An item between its cuts, as the file has it; times are frames of the cut."""

    given: Json
    length: int
    head: int = 0
    tail: int = 0
    style: str = "dissolve"
    """Of the transition into it."""
    shared: int = 0
    """Frames of the transition into it; 0 for a cut."""


@dataclass(frozen=True, kw_only=True)
class ReadTrack:
    """A track as plain data, and the markers on its items with their frames."""

    track: Json
    markers: list[tuple[int, Json]] = field(default_factory=list)


def read_track(track: Json, shelf: Shelf, notes: list[str]) -> ReadTrack:
    """One track; what cannot be taken over becomes a gap of its length, and a note."""
    ours, picture = ours_of(track), track.get("kind") != "Audio"
    name = track.get("name")
    role = ours.get("role", "effects")
    plain: Json = {
        "name": name if isinstance(name, str) else "", "role": "picture" if picture else role, "items": [],
        "muted": ours.get("muted", False) if picture else track.get("enabled") is False,
    }  # fmt: skip
    if not picture and role == "picture":
        plain["role"] = "effects"
    plain |= {key: ours[key] for key in (TRACK_FIELDS - {"role"}) & ours.keys()}
    if isinstance(track.get("source_range"), dict):
        notes.append(f"A range that was set for all of {plain['name'][:80] or 'a track'} was left out.")
    markers: list[tuple[int, Json]] = []
    at = 0
    for met in _met(track, shelf.fps, notes):
        made = _item(met, shelf, notes, picture)
        if met.shared:
            plain["items"].append({"kind": "transition", "style": met.style, "length": met.shared})
        plain["items"].append(made)
        start, _ = start_and_length(met.given, shelf.fps)
        markers += [
            (at + _offset(one, start, met.given, shelf.fps), one) for one in listed(met.given.get("markers"))
        ]
        at += met.length
    own = [(round(_start(one, shelf.fps)), one) for one in listed(track.get("markers"))]
    return ReadTrack(track=plain, markers=[*own, *markers])


def _met(track: Json, fps: int, notes: list[str]) -> list[Met]:
    """The items of a track with the transitions between them, as far as these fit."""
    met: list[Met] = []
    pending: Json | None = None
    end = Fraction(0)
    for given in listed(track.get("children")):
        if schema_of(given) == "Transition":
            pending = given
            continue
        begin, (_, length) = end, start_and_length(given, fps)
        whole = round(begin + length) - round(begin)
        if whole < 1:
            continue
        end += length
        new = Met(given=given, length=whole)
        if pending is not None and met:
            met[-1], new = _joined(met[-1], new, pending, fps, notes)
        elif pending is not None:
            notes.append("A transition at the beginning of a track was left out.")
        met.append(new)
        pending = None
    if pending is not None:
        notes.append("A transition at the end of a track was left out.")
    return met


def _joined(before: Met, after: Met, given: Json, fps: int, notes: list[str]) -> tuple[Met, Met]:
    head, tail = (max(0, round(frames(given.get(name), fps))) for name in ("in_offset", "out_offset"))
    start, _ = start_and_length(after.given, fps)
    if schema_of(after.given) == "Clip":
        asked, head = head, _spare(head, round(start), _speed(after.given, []))
        notes += (
            ["A transition became shorter: its second clip has no earlier frames."] if head < asked else []
        )
    used = before.shared - before.head
    if head + tail < 2 or head > before.length - used or tail > after.length:
        notes.append("A transition for which its neighbours have too few frames became a cut.")
        return before, after
    return replace(before, tail=tail), replace(
        after, head=head, shared=head + tail, style=_style(given, notes)
    )


def _spare(head: int, start: int, speed: float) -> int:
    """Of so many frames before a cut those that the source has before its frame `start`."""
    head = min(head, int((max(0, start) + 1) / speed) + 1)
    while head and round(head * speed) > start:
        head -= 1
    return head


def _style(given: Json, notes: list[str]) -> str:
    if given.get("transition_type") == DISSOLVE:
        return "dissolve"
    for asked in (ours_of(given).get("style"), given.get("name")):
        if isinstance(asked, str) and _STYLE.fullmatch(asked):
            return asked
    notes.append("A transition that is not known here became a dissolve.")
    return "dissolve"


def _item(met: Met, shelf: Shelf, notes: list[str], picture: bool) -> Json:
    length = met.length + met.head + met.tail
    black: Json = {"kind": "gap", "length": length}
    kind = schema_of(met.given)
    if kind == "Gap":
        return black
    name = str(met.given.get("name") or "")[:80]
    if kind != "Clip":
        notes.append(f"{name or kind} is not a clip: its place is left empty.")
        return black
    media = shelf.media(reference_of(met.given), notes)
    if media is None:
        notes.append(f"The file of {name or 'a clip'} is not in this cut: its place is left empty.")
        return black
    if picture and met.given.get("enabled") is False:
        notes.append(f"{name or 'A clip'} is switched off: its place is left empty.")
        return black
    return _clip(met, media, shelf, notes, picture)


def _clip(met: Met, media: Json, shelf: Shelf, notes: list[str], picture: bool) -> Json:
    given, ours = met.given, ours_of(met.given)
    name = given.get("name")
    plain: Json = {
        "kind": "clip", "name": name if isinstance(name, str) else "", "media": media,
        "muted": ours.get("muted", False) if picture else given.get("enabled") is False,
        "effects": [_effect(one) for one in listed(given.get("effects")) if _is_look(one)],
        **_used(met, shelf.fps, notes),
    }  # fmt: skip
    plain |= {key: ours[key] for key in CLIP_FIELDS & ours.keys()}
    if "id" in plain:
        plain["id"] = shelf.once(plain["id"])
    return plain


def _used(met: Met, fps: int, notes: list[str]) -> Json:
    """Which part of its source a clip uses: as we wrote it while nobody moved it, else as the file says."""
    ours, speed = ours_of(met.given), _speed(met.given, notes)
    exact = number(ours.get("speed"), speed)
    speed = exact if abs(exact - speed) < _SAME_SPEED else speed
    start, _ = start_and_length(met.given, fps)
    shown, length = round(start), met.length + met.head + met.tail
    first = shown - round(met.head * speed)
    source, kept = ours.get("source"), ours.get("frames")
    if isinstance(source, dict) and source.get("start") == first:
        told = kept if kept is not None else source.get("length")
        if told == length:
            return {"source": source, "frames": kept, "speed": speed}
    taken = length if speed == 1 else max(1, math.ceil(length * speed - 1e-9))
    return {
        "source": {"start": max(0, first), "length": taken}, "speed": speed,
        "frames": None if speed == 1 else length,
    }  # fmt: skip


def _speed(given: Json, notes: list[str]) -> float:
    for one in listed(given.get("effects")):
        if schema_of(one) in ("LinearTimeWarp", "FreezeFrame") and one.get("enabled") is not False:
            asked = number(one.get("time_scalar"), 1.0)
            speed = min(max(asked, SLOWEST), FASTEST)
            if speed != asked:
                notes.append(f"A speed of {asked:g} became {speed:g}, the nearest that there is.")
            return speed
    return 1.0


def _is_look(given: Json) -> bool:
    name = given.get("effect_name")
    return schema_of(given) == "Effect" and isinstance(name, str) and bool(_STYLE.fullmatch(name))


def _effect(given: Json) -> Json:
    ours = ours_of(given)
    kept: Json = {key: ours[key] for key in ("strength", "media", "values") if key in ours}
    return {"name": given["effect_name"], "on": given.get("enabled") is not False, **kept}


def _offset(marker: Json, start: Fraction, clip: Json, fps: int) -> int:
    """Frames of the cut from the cut into a clip to a marker on it, which counts as its source does."""
    return round((_start(marker, fps) - start) / Fraction(_speed(clip, [])))


def _start(marker: Json, fps: int) -> Fraction:
    marked = marker.get("marked_range")
    return frames(marked.get("start_time"), fps) if isinstance(marked, dict) else Fraction(0)


def _basename(address: Any) -> str:
    """The last part of a path or URL, decoded; editing programs make relative addresses absolute."""
    return unquote(address.replace("\\", "/").rpartition("/")[2]) if isinstance(address, str) else ""
