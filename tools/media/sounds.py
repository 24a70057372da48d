"""Sounds from people: decoded to their end, and stored without what hid beside them.

Only the sound survives: no cover picture, no tags, no second stream.
"""

from collections.abc import Callable
from pathlib import Path

from state.errors import FfmpegFailed, UploadRejected
from state.media import MediaRef
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.media.inspect import inspect
from tools.media.store import MediaStore
from tools.work_folder import work_folder

SHORTEST_S, LONGEST_S = 1.0, 900.0
MAX_SOUND_BYTES = 200_000_000
"""A quarter of an hour of stereo at 48 kHz, not compressed, is 173 MB."""
SENT_AS = {
    "audio/mpeg": "audio/mpeg", "audio/mp3": "audio/mpeg",
    "audio/wav": "audio/wav", "audio/x-wav": "audio/wav", "audio/wave": "audio/wav",
    "audio/mp4": "audio/mp4", "audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4",
    "audio/aac": "audio/aac",
}  # fmt: skip
"""The names that programs have for the kinds that are kept."""
_DEMUXERS = {"audio/mpeg": "mp3", "audio/wav": "wav", "audio/mp4": "mov", "audio/aac": "aac"}
_MUXERS = {"audio/mpeg": "mp3", "audio/wav": "wav", "audio/mp4": "mp4", "audio/aac": "adts"}
_KINDS = "Send an MP3, WAV, M4A or AAC file of 1 second to 15 minutes."
_TIMEOUT_S = 60.0


async def upload_sound(store: MediaStore, source: Path, *, user_id: str) -> MediaRef:
    """Store the sound of an uploaded file; what it is and how long decides its content alone.

    Raises:
        UploadRejected: no MP3, WAV, M4A or AAC sound, damaged, or not of 1 second to 15 minutes.
        StoreFull, WorkFolderFull: no room left.
    """
    mime = await _kind_of(source)
    seconds = await _decoded_seconds(source, _DEMUXERS[mime])
    if seconds < SHORTEST_S:
        raise _refused(f"the sound is {seconds:.1f} s long; at least {SHORTEST_S:.0f} s are needed")
    if seconds > LONGEST_S:
        raise _refused(f"the sound is longer than {LONGEST_S / 60:.0f} minutes")
    async with work_folder("sound") as folder:
        fresh = folder / "fresh"
        await _ffmpeg(source, _DEMUXERS[mime], *_copied(mime), fresh)
        kept = await store.put(fresh, user_id=user_id)
    # Headers of MP3 and AAC only guess how long the sound is.
    return kept.model_copy(update={"duration_s": round(seconds, 3)})


async def _kind_of(source: Path) -> str:
    try:
        found = await inspect(source)
    except UploadRejected as exc:
        raise _refused(exc.message) from exc
    if found.mime not in _DEMUXERS:
        raise _refused(f"the file is no sound, but {found.mime}")
    return found.mime


async def _decoded_seconds(source: Path, demuxer: str) -> float:
    """How long it really is: what a header claims counts for nothing."""
    seconds = 0.0

    def note(line: str) -> None:
        nonlocal seconds
        name, _, value = line.partition("=")
        if name == "out_time_us" and value.lstrip("-").isdigit():
            seconds = max(seconds, int(value) / 1_000_000)

    limit = ("-t", f"{LONGEST_S + 1:.0f}", "-progress", "pipe:1", "-f", "null", "-")
    await _ffmpeg(source, demuxer, "-map", "0:a:0", *limit, heard=note)
    return seconds


def _copied(mime: str) -> list[str]:
    """The first sound as it is coded, and nothing else; the same bytes every time."""
    bare = ["-map", "0:a:0", "-c", "copy", "-map_metadata", "-1", "-map_chapters", "-1"]
    return [*bare, "-fflags", "+bitexact", "-flags", "+bitexact", "-f", _MUXERS[mime]]


async def _ffmpeg(
    source: Path, demuxer: str, *more: str | Path, heard: Callable[[str], None] | None = None
) -> None:
    try:
        parts = [*local_input(source, "-f", demuxer), *more]
        await run_ffmpeg(parts, timeout_s=_TIMEOUT_S, on_line=heard)
    except FfmpegFailed as exc:
        # Its own words name our temporary file.
        raise _refused("the sound is damaged") from exc


def _refused(why: str) -> UploadRejected:
    return UploadRejected(why, user_action=_KINDS)
