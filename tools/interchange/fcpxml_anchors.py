"""What hangs on the picture of an FCPXML document: sounds, further pictures, words and notes."""

import math
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from state.timeline import Clip, Cue, Marker, Overlay, Role, Timeline, Title, Track
from tools.interchange.butted import Laid, lay
from tools.interchange.fcpxml_assets import TITLE, Assets, seconds
from tools.interchange.fcpxml_story import Spine, faded, other_pictures, picture_clip
from tools.interchange.names import xml_text

ROLES: dict[Role, str] = {
    "voice": "dialogue", "music": "music", "effects": "effects", "ambience": "effects.ambience",
    "native": "effects.native",
}  # fmt: skip
_DONE = {"RED": "0", "YELLOW": "0", "GREEN": "1"}
_NAME = 60


class Anchors:
    """Hangs things on the spine, each on a lane of its own kind."""

    def __init__(self, timeline: Timeline, spine: Spine, assets: Assets, language: str) -> None:
        self._timeline, self._spine, self._assets = timeline, spine, assets
        self._fps, self._language = assets.fps, language
        self._styles = 0

    def hang(self) -> None:
        """Everything that is not on the main storyline."""
        above = 1
        for track in other_pictures(self._timeline):
            for laid in lay(track):
                if isinstance(laid.item, Clip):
                    element, _ = picture_clip(laid.item, laid, self._assets, self._timeline)
                    self._anchor(element, laid.start, above)
            above += 1
        below = -1
        for track in self._timeline.tracks:
            if track.role != "picture":
                below = self._sounds(track, below)
        for overlay in self._timeline.overlays:
            self._anchor(self._overlay(overlay), overlay.start, above)
            above += 1
        self._titles(self._timeline.titles, above)
        self._captions(self._timeline.captions, above + 1)
        for marker in self._timeline.markers:
            self._mark(marker)

    def _anchor(self, element: ET.Element, frame: int, lane: int) -> None:
        place = self._spine.under(frame)
        element.set("lane", str(lane))
        element.set("offset", seconds(place.local(frame), self._fps))
        place.anchored.append(element)

    def _sounds(self, track: Track, lane: int) -> int:
        """A track on one lane, or on two where its sounds flow into each other; the next free lane."""
        sounds = [laid for laid in lay(track) if isinstance(laid.item, Clip)]
        ends: list[int] = [0]
        for laid in sounds:
            assert isinstance(laid.item, Clip)  # noqa: S101 - the line above
            first, last = laid is sounds[0], laid is sounds[-1]
            use = next((at for at, end in enumerate(ends) if end <= laid.first), len(ends))
            ends += [0] if use == len(ends) else []
            ends[use] = laid.first + laid.item.length
            element = self._sound(laid.item, laid, track, first=first, last=last)
            self._anchor(element, laid.first, lane - use)
        return lane - len(ends)

    def _sound(self, clip: Clip, laid: Laid, track: Track, *, first: bool, last: bool) -> ET.Element:
        element = ET.Element(
            "asset-clip", name=xml_text(clip.name), ref=self._assets.asset(clip.media), srcEnable="audio",
            start=seconds(clip.source.start, self._fps), duration=seconds(clip.length, self._fps),
            audioRole=ROLES[track.role],
        )  # fmt: skip
        if clip.muted or track.muted:
            element.set("enabled", "0")
        gain = clip.gain_db + track.gain_db
        comes = max(clip.fade_in, track.fade_in if first else 0, laid.entry.length if laid.entry else 0)
        goes = max(clip.fade_out, track.fade_out if last else 0, laid.leave.length if laid.leave else 0)
        if gain or comes or goes:
            # Resolve reads the number alone; Final Cut takes it with and without `dB`.
            volume = ET.SubElement(element, "adjust-volume", amount=f"{gain:.6g}")
            if comes or goes:
                faded(volume, min(comes, clip.length), min(goes, clip.length), self._fps)
        return element

    def _overlay(self, overlay: Overlay) -> ET.Element:
        end = self._timeline.length if overlay.length is None else overlay.start + overlay.length
        duration = seconds(max(1, end - overlay.start), self._fps)
        if overlay.kind == "logo" and overlay.media is not None:
            return self._logo(overlay, duration)
        element = self._words(overlay.text, duration, size=overlay.size, colour=overlay.colour)
        if overlay.opacity != 1 or overlay.fade:
            element.append(self._blend(overlay))
        return element

    def _logo(self, overlay: Overlay, duration: str) -> ET.Element:
        assert overlay.media is not None  # noqa: S101 - a logo has one
        element = ET.Element("clip", name=overlay.kind, start="0s", duration=duration)
        scale = f"{overlay.width / 100:.6g}"
        ET.SubElement(element, "adjust-conform", type="fit")
        ET.SubElement(element, "adjust-transform", scale=f"{scale} {scale}")
        element.append(self._blend(overlay))
        ET.SubElement(
            element, "video", ref=self._assets.asset(overlay.media), offset="0s", duration=duration,
        )  # fmt: skip
        return element

    def _blend(self, overlay: Overlay) -> ET.Element:
        blend = ET.Element("adjust-blend", amount=f"{overlay.opacity:.6g}")
        if overlay.fade:
            faded(blend, overlay.fade, overlay.fade, self._fps)
        return blend

    def _titles(self, titles: Sequence[Title], lane: int) -> None:
        for title in titles:
            start, length = self._span(title.start_s, title.end_s)
            self._anchor(self._words(title.text, seconds(length, self._fps)), start, lane)

    def _words(self, text: str, duration: str, *, size: float = 1, colour: str = "#ffffff") -> ET.Element:
        name = " ".join(xml_text(text).split())[:_NAME] or "Title"
        element = ET.Element(
            "title", name=name, ref=self._assets.effect(TITLE), start="0s", duration=duration,
        )  # fmt: skip
        points = round(self._timeline.height * 0.06 * size)
        self._text(
            element, text, {"font": "Helvetica", "fontSize": str(points), "fontColor": _colour(colour)}
        )
        return element

    def _captions(self, captions: Sequence[Cue], lane: int) -> None:
        role = f"iTT?captionFormat=ITT.{self._language}"
        for cue in captions:
            start, length = self._span(cue.start_s, cue.end_s)
            name = " ".join(xml_text(cue.text).split())[:_NAME]
            element = ET.Element("caption", name=name, duration=seconds(length, self._fps), role=role)
            style = {"fontColor": "1 1 1 1", "italic": "1" if cue.voice_over else "0"}
            self._text(element, cue.text, style, placement="bottom")
            if cue.speaker:
                ET.SubElement(element, "note").text = xml_text(cue.speaker)
            self._anchor(element, start, lane)

    def _text(self, element: ET.Element, text: str, style: dict[str, str], **placed: str) -> None:
        self._styles += 1
        name = f"ts{self._styles}"
        ET.SubElement(ET.SubElement(element, "text", placed), "text-style", ref=name).text = xml_text(text)
        ET.SubElement(ET.SubElement(element, "text-style-def", id=name), "text-style", style)

    def _span(self, start_s: float, end_s: float) -> tuple[int, int]:
        """First frame and length of words; one frame at least."""
        times = [time if math.isfinite(time) else 0.0 for time in (start_s, end_s)]
        start, end = (max(0, self._timeline.frames(time)) for time in times)
        return start, max(1, end - start)

    def _mark(self, marker: Marker) -> None:
        place = self._spine.under(marker.at)
        element = ET.Element(
            "marker", start=seconds(place.local(marker.at), self._fps), duration=seconds(1, self._fps),
            value=xml_text(marker.name),
        )  # fmt: skip
        if marker.colour in _DONE:
            element.set("completed", _DONE[marker.colour])
        if marker.comment:
            element.set("note", xml_text(marker.comment))
        place.markers.append(element)


def _colour(code: str) -> str:
    """`#rrggbb` as four shares of one."""
    return " ".join(f"{int(code[at : at + 2], 16) / 255:.4g}" for at in (1, 3, 5)) + " 1"


def needed_end(timeline: Timeline) -> int:
    """The first frame after all that hangs on the picture, so that the storyline reaches under it."""
    ends = [timeline.length, *(marker.at + 1 for marker in timeline.markers)]
    ends += [overlay.start + (overlay.length or 1) for overlay in timeline.overlays]
    words = [*(one.end_s for one in timeline.captions), *(one.end_s for one in timeline.titles)]
    return max([*ends, *(timeline.frames(end_s) for end_s in words if math.isfinite(end_s))])
