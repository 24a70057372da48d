"""What an FCPXML document has before its story: formats, files and the effects of Final Cut that it names."""

import xml.etree.ElementTree as ET
from collections.abc import Container
from fractions import Fraction

from state.media import MediaRef
from state.timeline import Clip, Timeline
from tools.interchange.media import MediaFile, frames_of, media_files
from tools.interchange.names import xml_text

DISSOLVE = ("Cross Dissolve", "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265")
TITLE = (
    "Basic Title", ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti",
)  # fmt: skip
MISSING_KEY = "org.greenlight.missing"


def seconds(frames: int | Fraction, fps: int) -> str:
    """Frames as seconds: a fraction over the rate, so that a whole frame stays one."""
    whole = Fraction(frames)
    if whole == 0:
        return "0s"
    return f"{whole.numerator}/{whole.denominator * fps}s"


class Assets:
    """The resources of one document; each is made when it is first asked for, and once."""

    def __init__(self, timeline: Timeline, missing: Container[str]) -> None:
        self.element = ET.Element("resources")
        self.fps = timeline.fps
        self.files = media_files(timeline)
        self._timeline, self._missing = timeline, missing
        self._ids: dict[object, str] = {}
        self._needs = _needs(timeline)
        self.sequence_format = self._format(timeline.width, timeline.height)

    def effect(self, known: tuple[str, str]) -> str:
        """The id of an effect of Final Cut."""
        if known not in self._ids:
            effect = self._add("effect", known)
            effect.set("name", known[0])
            effect.set("uid", known[1])
        return self._ids[known]

    def asset(self, media: MediaRef) -> str:
        """The id of a file."""
        if media.key in self._ids:
            return self._ids[media.key]
        file = self.files[media.key]
        kind = media.media_type
        sized = kind == "video" and media.width and media.height
        shape = self._format(media.width or 0, media.height or 0) if sized else ""
        asset = self._add("asset", media.key)
        asset.set("name", xml_text(file.path.rpartition("/")[2]))
        asset.set("start", "0s")
        asset.set("duration", "0s" if kind == "image" else seconds(self._length(media), self.fps))
        if kind in ("video", "image"):
            asset.set("hasVideo", "1")
            asset.set("videoSources", "1")
        if shape:
            asset.set("format", shape)
        if kind == "audio" or media.key in self._needs.heard:
            asset.set("hasAudio", "1")
            asset.set("audioSources", "1")
        ET.SubElement(asset, "media-rep", kind="original-media", src=file.url)
        if media.key in self._missing:
            metadata = ET.SubElement(asset, "metadata")
            ET.SubElement(metadata, "md", key=MISSING_KEY, value="1", type="string")
        return self._ids[media.key]

    def file(self, media: MediaRef) -> MediaFile:
        """A file's place in the package."""
        return self.files[media.key]

    def _length(self, media: MediaRef) -> int:
        """Frames: what it has, and never fewer than are used, which Final Cut would refuse."""
        return max(1, frames_of(media, self.fps) or 0, self._needs.ends.get(media.key, 0))

    def _format(self, width: int, height: int) -> str:
        key = ("format", width, height)
        if key not in self._ids:
            shape = self._add("format", key)
            shape.set("frameDuration", f"100/{self.fps * 100}s")
            shape.set("width", str(width))
            shape.set("height", str(height))
        return self._ids[key]

    def _add(self, tag: str, key: object) -> ET.Element:
        self._ids[key] = f"r{len(self._ids) + 1}"
        return ET.SubElement(self.element, tag, id=self._ids[key])


class _Needs:
    """How far each file is used, and which are heard."""

    def __init__(self) -> None:
        self.ends: dict[str, int] = {}
        self.heard: set[str] = set()


def _needs(timeline: Timeline) -> _Needs:
    needs = _Needs()
    for track in timeline.tracks:
        for item in track.items:
            if isinstance(item, Clip):
                key = item.media.key
                needs.ends[key] = max(needs.ends.get(key, 0), item.source.end)
                needs.heard |= set() if track.role == "picture" else {key}
    return needs
