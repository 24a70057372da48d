"""The files of a cut: what each is called in a package, and which of them are not there."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from state.media import MediaRef
from state.timeline import Clip, Timeline
from tools.interchange.names import file_stem, reel_name, told_apart

FOLDER = "media"
_ENDINGS = {
    "video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm", "video/x-matroska": "mkv",
    "audio/wav": "wav", "audio/x-wav": "wav", "audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/flac": "flac",
    "audio/ogg": "ogg", "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp",
}  # fmt: skip
_LONGEST_S = 1e7
_ENDING = re.compile(r"[a-z0-9]{1,5}")


@dataclass(frozen=True, kw_only=True)
class MediaFile:
    """A stored file and its place in a package."""

    media: MediaRef
    path: str
    """Relative to the package, with `/`: `media/1A-1.mp4`."""
    reel: str
    """Its name in an EDL: at most eight capitals and digits, no two alike."""

    @property
    def url(self) -> str:
        """The path as a relative URL."""
        return quote(self.path)


def media_files(timeline: Timeline) -> dict[str, MediaFile]:
    """Every file of a cut by its key, in order of their first use: takes, sounds, LUTs, logos.

    The same cut gives the same names.
    """
    files: dict[str, MediaFile] = {}
    stems: set[str] = set()
    reels: set[str] = set()
    for name, media in _named(timeline):
        if media.key in files:
            continue
        stem = told_apart(file_stem(name, media.media_type), stems)
        reel = reel_name(stem, reels)
        stems.add(stem)
        reels.add(reel)
        files[media.key] = MediaFile(media=media, path=f"{FOLDER}/{stem}.{_ending(media)}", reel=reel)
    return files


def frames_of(media: MediaRef, fps: int) -> int | None:
    """Frames that a file has at the cut's rate; None where nobody knows, as of a still."""
    length_s = media.duration_s
    if length_s is None or not 0 < length_s < _LONGEST_S:
        return None
    return int(length_s * fps + 1e-6)


def missing_files(timeline: Timeline, there: Container[str]) -> list[MediaFile]:
    """The files of a cut whose keys are not among those that are there."""
    return [file for key, file in media_files(timeline).items() if key not in there]


def _named(timeline: Timeline) -> Iterator[tuple[str, MediaRef]]:
    clips = [item for track in timeline.tracks for item in track.items if isinstance(item, Clip)]
    for clip in clips:
        yield clip.name, clip.media
    for effect in [*(effect for clip in clips for effect in clip.effects), *timeline.effects]:
        if effect.media is not None:
            yield effect.name, effect.media
    for overlay in timeline.overlays:
        if overlay.media is not None:
            yield overlay.kind, overlay.media


def _ending(media: MediaRef) -> str:
    """By its type; else what its key ends in, if that is an ending at all."""
    _, dot, ending = media.key.rpartition("/")[2].rpartition(".")
    ending = ending if dot else ""
    return _ENDINGS.get(media.mime) or (ending if _ENDING.fullmatch(ending) else "bin")
