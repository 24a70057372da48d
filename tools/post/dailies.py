"""A scene to look at: its takes one after another with their voices, pictures copied, not encoded."""

from collections.abc import Sequence
from pathlib import Path

from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.post.sources import open_sound
from tools.work_folder import write_text


async def scene_reel(takes: Sequence[Path], voices: Sequence[tuple[Path, float]], *, into: Path) -> Path:
    """Join takes of one engine and format; a voice starts so many seconds after the reel does.

    Raises:
        FfmpegFailed: the takes cannot be joined without encoding, or a file cannot be read.
        MediaMissing: a voice is not there.
    """
    listing = into.with_suffix(".ffconcat")
    # Stored names are hexadecimal digests, so nothing in them needs quoting; safe=0 allows absolute paths.
    lines = ["ffconcat version 1.0", *(f"file 'file:{path}'" for path in takes)]
    await write_text(listing, "\n".join(lines) + "\n")
    inputs: list[str] = ["-f", "concat", "-safe", "0", *local_input(listing)]
    for path, _ in voices:
        inputs += (await open_sound(path)).arguments()
    await run_ffmpeg([*inputs, *_mix(voices), "-map", "0:v", "-c:v", "copy", "-movflags", "+faststart", into])
    return into


def _mix(voices: Sequence[tuple[Path, float]]) -> list[str]:
    if not voices:
        return []
    delayed = [
        f"[{number}:a]aresample=48000,adelay={round(start_s * 1000)}:all=1[v{number}]"
        for number, (_, start_s) in enumerate(voices, start=1)
    ]
    names = "".join(f"[v{number}]" for number in range(1, len(voices) + 1))
    graph = ";".join([*delayed, f"{names}amix=inputs={len(voices)}:normalize=0[mix]"])
    return ["-filter_complex", graph, "-map", "[mix]", "-c:a", "aac", "-b:a", "128k", "-ar", "48000"]
