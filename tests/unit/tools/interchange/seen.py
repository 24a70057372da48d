"""What independent readers see of a cut, in our own words; what they should see is the composer's layout.

OTIO is read by opentimelineio, FCPXML by its fcpx_xml adapter and by an XML parser, EDL by its cmx_3600
adapter and by pycmx.
"""

import functools
import io
import warnings
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import opentimelineio as otio
import pycmx

from state.timeline import Clip, Timeline, Track
from tools.interchange.carries import Format
from tools.interchange.package import written
from tools.post.layout import Placed, lay_out

HOUR = 3600


@dataclass(frozen=True)
class Span:
    """A clip as a reader places it: its name, its cuts, and the source frame at the first one."""

    name: str
    start: int
    length: int
    source: int


def planned(track: Track) -> list[Span]:
    """Where the clips of a track are cut, by the layout that the composer renders."""
    return [_span(one, one.item) for one in lay_out(track) if isinstance(one.item, Clip)]


def _span(placed: Placed, clip: Clip) -> Span:
    head, tail = placed.entry.length // 2, placed.leave.length - placed.leave.length // 2
    source = clip.source.start + round(head * clip.speed)
    return Span(clip.name, placed.start + head, placed.length - head - tail, source)


def whole(track: Track) -> list[Span]:
    """Where the clips of a track are from their first frame to their last, overlaps included."""
    return [
        Span(one.item.name, one.start, one.length, one.item.source.start)
        for one in lay_out(track)
        if isinstance(one.item, Clip)
    ]


def texts(cut: Timeline, form: Format) -> list[str]:
    return list(written(cut, form).values())


KEPT = functools.lru_cache(maxsize=128)
"""opentimelineio takes a timeline's tracks apart as soon as nobody holds the timeline itself."""


@KEPT
def by_otio(text: str) -> Any:
    return otio.adapters.read_from_string(text, "otio_json")


@KEPT
def by_fcpx(text: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the adapter asks an element whether it is true
        read = otio.adapters.read_from_string(text, "fcpx_xml")
    return read[0]


@KEPT
def by_cmx(text: str, rate: int = 24) -> Any:
    return otio.adapters.read_from_string(text, "cmx_3600", rate=rate)


def by_pycmx(text: str) -> list[Any]:
    """The edits that record something, in order."""
    edits = [edit for event in pycmx.parse_cmx3600(io.StringIO(text)).events for edit in event.edits]
    return [edit for edit in edits if edit.record_in != edit.record_out]


def by_xml(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - a file of our own


def spans(track: Any, zero: int = 0) -> list[Span]:
    """The clips of an opentimelineio track."""
    found = []
    for clip in track.find_clips(shallow_search=True):
        place, source = track.range_of_child(clip), clip.source_range
        start = int(place.start_time.value) - zero
        found.append(Span(clip.name, start, int(place.duration.value), int(source.start_time.value)))
    return found


def tracks(read: Any, kind: str) -> list[Any]:
    return [track for track in read.tracks if track.kind == kind]


def joins(track: Any) -> list[Any]:
    return [child for child in track if isinstance(child, otio.schema.Transition)]


def frames(time: str | None, fps: int = 24) -> Fraction:
    """A time of FCPXML in frames."""
    return Fraction((time or "0s").removesuffix("s")) * fps


def recorded(code: str, fps: int = 24) -> int:
    """A record timecode as a frame of the cut."""
    hours, minutes, seconds, frame = (int(part) for part in code.split(":"))
    return ((hours * 60 + minutes) * 60 + seconds) * fps + frame - HOUR * fps


def by_lane(root: ET.Element, tag: str = "asset-clip") -> dict[str, list[tuple[ET.Element, int]]]:
    """Connected elements with their first frames in the film, by lane; those of the storyline under `0`."""
    found: dict[str, list[tuple[ET.Element, int]]] = {}
    spine = root.find(".//sequence/spine")
    assert spine is not None
    for place in spine:
        if place.tag == tag:
            found.setdefault("0", []).append((place, int(frames(place.get("offset")))))
        for child in place:
            if child.get("lane") and child.tag == tag:
                at = frames(place.get("offset")) + frames(child.get("offset")) - frames(place.get("start"))
                found.setdefault(str(child.get("lane")), []).append((child, int(at)))
    return found
