"""Which pieces of a film are copied: those whose decoder settings are also those of all the others."""

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path

from state.errors import FfmpegFailed
from tools.ffmpeg.command import run_ffmpeg
from tools.ffmpeg.probe import opened
from tools.post.copying import Copy, copy_arguments, plan_copy, true_heading
from tools.post.piece import PIECE, Film, Piece

_AT_ONCE = 24
"""Files that one ffmpeg opens."""


async def copy_pieces(film: Film, pieces: Sequence[Piece], folder: Path) -> dict[str, bytes]:
    """Copy what can be copied into `folder`, under the names of the pieces.

    Gives their digests, and what a decoder of each has to know.

    Raises:
        FfmpegFailed, WorkFolderFull: ffmpeg could not read or write what it was asked to.
    """
    copies = await asyncio.to_thread(_planned, film, pieces)
    if len(copies) < len(pieces) or len({copy.heading for copy in copies.values()}) > 1:
        copies = await _that_agree(film, copies, folder)
    done = list(copies.items())
    for first in range(0, len(done), _AT_ONCE):
        some = dict(done[first : first + _AT_ONCE])
        into = [folder / f"{digest}.{PIECE}" for digest in some]
        await run_ffmpeg(copy_arguments(list(some.values()), into))
    return await asyncio.to_thread(_true_ones, copies, folder)


def heading_of(path: Path, frames: int) -> bytes:
    """What a decoder has to be told before the first frame of a piece.

    Raises:
        FfmpegFailed: the piece has not as many frames as it must.
    """
    with opened(path, "mov") as container:
        stream = container.streams.video[0]
        if stream.frames != frames:
            raise FfmpegFailed(f"A piece has {stream.frames} frames instead of {frames}")
        return bytes(stream.codec_context.extradata or b"")


async def _that_agree(film: Film, copies: Mapping[str, Copy], folder: Path) -> dict[str, Copy]:
    """Those that are read with the settings of what is encoded here; of each kind a frame is tried."""
    kinds = {copy.heading: copy for copy in copies.values()}
    if not kinds:
        return {}
    tried = [folder / f"kind-{number}.{PIECE}" for number in range(len(kinds))]
    await run_ffmpeg(copy_arguments(list(kinds.values()), tried, frames=1))
    ours = await _coded_here(film, folder)
    headings = [await asyncio.to_thread(heading_of, path, 1) for path in tried]
    agree = {kind for kind, heading in zip(kinds, headings, strict=True) if heading == ours}
    return {digest: copy for digest, copy in copies.items() if copy.heading in agree}


async def _coded_here(film: Film, folder: Path) -> bytes:
    """The settings that a decoder needs for what is encoded here, by one black frame."""
    timeline, path = film.timeline, folder / f"ours.{PIECE}"
    black = f"color=black:s={timeline.width}x{timeline.height}:r={timeline.fps},format=yuv420p,setsar=1"
    tags = "setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
    coding = film.encoding.arguments(fps=timeline.fps, frames=1)
    await run_ffmpeg(["-f", "lavfi", "-i", f"{black},{tags}", *coding, "-f", PIECE, path])
    return await asyncio.to_thread(heading_of, path, 1)


def _planned(film: Film, pieces: Sequence[Piece]) -> dict[str, Copy]:
    """By the digests of their pieces."""
    planned = ((piece.digest, plan_copy(film, piece)) for piece in pieces)
    return {digest: copy for digest, copy in planned if copy is not None}


def _true_ones(copies: Mapping[str, Copy], folder: Path) -> dict[str, bytes]:
    """The copies that hold what they should; one that does not is encoded instead."""
    found: dict[str, bytes] = {}
    for digest, copy in copies.items():
        path = folder / f"{digest}.{PIECE}"
        if (heading := true_heading(copy, path)) is not None:
            found[digest] = heading
        else:
            path.unlink()
    return found
