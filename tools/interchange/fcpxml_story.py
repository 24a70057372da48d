"""The picture of an FCPXML document: the spine with its clips, gaps and transitions."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from fractions import Fraction

from state.timeline import Clip, Crop, Timeline, Track
from tools.interchange.butted import Laid, lay
from tools.interchange.fcpxml_assets import DISSOLVE, Assets, seconds
from tools.interchange.names import xml_text


@dataclass(kw_only=True)
class Place:
    """An element of the spine, and what hangs on it. Times are frames."""

    element: ET.Element
    at: int
    """Its first frame in the film."""
    length: int
    start: int = 0
    """What its own time begins with; what hangs on it is placed in that time."""
    anchored: list[ET.Element] = field(default_factory=list)
    markers: list[ET.Element] = field(default_factory=list)

    def local(self, frame: int) -> int:
        """A frame of the film in its own time."""
        return self.start + frame - self.at


class Spine:
    """The main storyline, from the first frame to the last that anything needs."""

    def __init__(self, timeline: Timeline, assets: Assets, end: int) -> None:
        self.element = ET.Element("spine")
        self.fps = assets.fps
        self._assets, self._timeline = assets, timeline
        self.places: list[Place] = []
        pictures = [track for track in timeline.tracks if track.role == "picture"]
        for laid in lay(pictures[0]) if pictures else []:
            self._lay(laid)
        at = self.places[-1].at + self.places[-1].length if self.places else 0
        if end > at or not self.places:
            self._gap(at, max(1, end - at))

    def under(self, frame: int) -> Place:
        """What is shown at a frame; before the first and after the last, those."""
        found = [place for place in self.places if place.at <= frame]
        return found[-1] if found else self.places[0]

    def finish(self) -> ET.Element:
        """The element, with all that hangs on it in the order that the format asks for."""
        for place in self.places:
            place.element.extend(place.anchored)
            place.element.extend(place.markers)
        return self.element

    def _lay(self, laid: Laid) -> None:
        if laid.entry is not None:
            self._transition(laid)
        if isinstance(laid.item, Clip):
            self._clip(laid.item, laid)
        else:
            self._gap(laid.start, laid.length)

    def _transition(self, laid: Laid) -> None:
        entry = laid.entry
        assert entry is not None  # noqa: S101 - asked for with one alone
        made = ET.SubElement(
            self.element, "transition", name=entry.style.replace("_", " "),
            offset=seconds(laid.first, self.fps), duration=seconds(entry.length, self.fps),
        )  # fmt: skip
        ET.SubElement(made, "filter-video", ref=self._assets.effect(DISSOLVE), name=DISSOLVE[0])

    def _gap(self, at: int, length: int) -> None:
        element = ET.SubElement(
            self.element, "gap", name="Gap", offset=seconds(at, self.fps), start="0s",
            duration=seconds(length, self.fps),
        )  # fmt: skip
        self.places.append(Place(element=element, at=at, length=length))

    def _clip(self, clip: Clip, laid: Laid) -> None:
        element, start = picture_clip(clip, laid, self._assets, self._timeline)
        element.set("offset", seconds(laid.start, self.fps))
        self.element.append(element)
        self.places.append(Place(element=element, at=laid.start, length=laid.length, start=start))


def picture_clip(clip: Clip, laid: Laid, assets: Assets, timeline: Timeline) -> tuple[ET.Element, int]:
    """A clip of the picture without its place, and the frame that its own time begins with."""
    fps, still = assets.fps, clip.media.media_type == "image"
    start = clip.source.start + laid.head
    element = ET.Element("clip" if still else "asset-clip", name=xml_text(clip.name))
    if not still:
        element.set("ref", assets.asset(clip.media))
        element.set("srcEnable", "video")
        element.set("videoRole", "video")
    element.set("start", seconds(start, fps))
    element.set("duration", seconds(laid.length, fps))
    if clip.speed != 1 and not still:
        element.append(_time_map(clip, fps))
    element.extend(_shape(clip, timeline, fps))
    if still:
        ET.SubElement(
            element, "video", ref=assets.asset(clip.media), offset="0s",
            duration=seconds(clip.source.start + clip.length, fps),
        )  # fmt: skip
    return element, start


def other_pictures(timeline: Timeline) -> list[Track]:
    """Tracks of pictures above the first one."""
    return [track for track in timeline.tracks if track.role == "picture"][1:]


def _time_map(clip: Clip, fps: int) -> ET.Element:
    """Its own time to the time of its file: from its first frame on, transitions included."""
    element, first = ET.Element("timeMap"), clip.source.start
    ends = ((first, Fraction(first)), (first + clip.length, first + clip.length * Fraction(str(clip.speed))))
    for time, value in ends:
        ET.SubElement(
            element, "timept", time=seconds(time, fps), value=seconds(value, fps), interp="linear",
        )  # fmt: skip
    return element


def _shape(clip: Clip, timeline: Timeline, fps: int) -> list[ET.Element]:
    made: list[ET.Element] = []
    if clip.crop is not None:
        size = (clip.media.width or timeline.width, clip.media.height or timeline.height)
        made.append(_crop(clip.crop, size))
    made.append(ET.Element("adjust-conform", type="fill" if clip.fit == "fill" else "fit"))
    if clip.fade_in or clip.fade_out:
        blend = ET.Element("adjust-blend", amount="1")
        faded(blend, clip.fade_in, clip.fade_out, fps)
        made.append(blend)
    return made


def faded(element: ET.Element, fade_in: int, fade_out: int, fps: int) -> None:
    """Let the amount of an adjustment come and go, in frames."""
    param = ET.SubElement(element, "param", name="amount")
    if fade_in:
        ET.SubElement(param, "fadeIn", type="linear", duration=seconds(fade_in, fps))
    if fade_out:
        ET.SubElement(param, "fadeOut", type="linear", duration=seconds(fade_out, fps))


def _crop(crop: Crop, size: tuple[int, int]) -> ET.Element:
    """All four edges count in percent of the picture's height."""
    element = ET.Element("adjust-crop", mode="crop")
    wide = size[0] / max(1, size[1])
    ET.SubElement(
        element, "crop-rect", left=f"{crop.left * wide:.6g}", top=f"{crop.top:.6g}",
        right=f"{crop.right * wide:.6g}", bottom=f"{crop.bottom:.6g}",
    )  # fmt: skip
    return element
