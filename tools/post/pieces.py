"""The pieces of a picture: made where they are not kept from before, then joined by copy."""

import asyncio
import contextlib
import os
import uuid
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import structlog

from state.errors import FfmpegFailed
from tools.ending import end_tasks
from tools.ffmpeg.command import local_input, run_ffmpeg
from tools.ffmpeg.probe import opened
from tools.post.copied_pieces import copy_pieces, heading_of
from tools.post.piece import FONTS, Film, Piece, piece_command, plan_piece
from tools.post.piece_cache import PieceCache
from tools.post.plain import is_refused, plainer
from tools.post.segments import plan_segments
from tools.post.sources import demuxer_of

JOINED = "picture.ffconcat"
AT_ONCE = 2
"""What a coder leaves idle at the beginning and the end of a piece; a third would only take memory."""
_SECOND = 1_000_000
_NEAR_S = Fraction(1, 1000)
"""WebM counts in thousandths of a second."""

Progress = Callable[[float], None]
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Pieces:
    """How the picture was come by: how many pieces were encoded, were there from before, needed no coder."""

    encoded: int
    kept: int = 0
    copied: int = 0
    warnings: tuple[str, ...] = ()
    """What is missing from the film, for people to read."""


async def make_pieces(
    film: Film, folder: Path, report: Progress, *, cache: PieceCache | None = None
) -> Pieces:
    """Make the picture of a film as files in `folder`, and the list of them that `join_input` opens.

    Raises:
        PostError: a piece cannot be made; `FfmpegFailed` when it is ffmpeg that says so.
    """
    pieces = await asyncio.to_thread(_planned, film)
    heard = _Heard(pieces, report)
    wanted = list({piece.digest: piece for piece in pieces}.values())
    copied = await copy_pieces(film, wanted, folder)
    left = [piece for piece in wanted if piece.digest not in copied]
    for piece in wanted:
        heard.at(piece, piece.segment.length if piece.digest in copied else 0)
    made = await _all_at_once([_made(film, piece, folder, heard, cache) for piece in left])
    if len({*(one.heading for one in made), *copied.values()}) > 1:
        raise FfmpegFailed("The pieces of the film were not coded alike")
    await asyncio.to_thread(_list, film, pieces, folder)
    kept = sum(one.kept for one in made)
    return Pieces(
        encoded=len(made) - kept, kept=kept, copied=len(copied),
        warnings=tuple(one.missing for one in made if one.missing),
    )  # fmt: skip


def join_input(folder: Path) -> list[str]:
    """The ffmpeg arguments that open all pieces as one picture: our own list, of files that we made."""
    only = ("-format_whitelist", "concat,mov", "-safe", "1", "-f", "concat")
    return local_input(folder / JOINED, *only)


def _planned(film: Film) -> list[Piece]:
    return [plan_piece(film, segment) for segment in plan_segments(film.timeline, film.sources)]


class _Heard:
    """How much of the whole is done, whichever piece says so."""

    def __init__(self, pieces: Sequence[Piece], report: Progress) -> None:
        self._frames = sum(piece.segment.length for piece in pieces)
        self._times = {piece.digest: 0 for piece in pieces}
        for piece in pieces:
            self._times[piece.digest] += 1
        self._done = dict.fromkeys(self._times, 0)
        self._report = report

    def listen(self, piece: Piece) -> Callable[[str], None]:
        """What takes the lines that ffmpeg says about one piece."""

        def line_of(line: str) -> None:
            if line.startswith("frame=") and line[6:].strip().isdigit():
                self.at(piece, int(line[6:]))

        return line_of

    def at(self, piece: Piece, frames: int) -> None:
        """So many frames of a piece are there."""
        self._done[piece.digest] = max(self._done[piece.digest], min(frames, piece.segment.length))
        done = sum(frames * self._times[digest] for digest, frames in self._done.items())
        self._report(done / self._frames)


@dataclass(frozen=True, kw_only=True)
class _Made:
    """A piece that is there, and what a decoder has to know before it can read it."""

    heading: bytes
    kept: bool = False
    missing: str = ""
    """What people are told that it could not be given."""


async def _all_at_once(work: Sequence[Coroutine[None, None, _Made]]) -> list[_Made]:
    """All to their end, a few at a time; one that fails stops the others."""
    places = asyncio.Semaphore(min(AT_ONCE, os.cpu_count() or 1))

    async def in_turn(one: Coroutine[None, None, _Made]) -> _Made:
        async with places:
            return await one

    tasks = [asyncio.create_task(in_turn(one)) for one in work]
    try:
        return await asyncio.gather(*tasks)
    finally:
        await end_tasks(tasks)
        for one in work:
            one.close()  # those whose turn never came


async def _made(film: Film, piece: Piece, folder: Path, heard: "_Heard", cache: PieceCache | None) -> _Made:
    into, frames = folder / piece.name, piece.segment.length
    kept = cache is not None and await asyncio.to_thread(cache.take, piece.digest, into)
    missing = "" if kept else await _encoded(film, piece, folder, heard.listen(piece))
    heading = await asyncio.to_thread(heading_of, into, frames)
    if cache is not None and not (kept or missing):
        await asyncio.to_thread(cache.keep, piece.digest, into)
    heard.at(piece, frames)
    return _Made(heading=heading, kept=kept, missing=missing)


async def _encoded(film: Film, piece: Piece, folder: Path, listen: Callable[[str], None]) -> str:
    """Encode a piece as it was asked for, or as plainly as it can be; gives what is missing then."""
    try:
        await _encode(film, piece, folder, listen)
        return ""
    except FfmpegFailed as error:
        if not is_refused(error):
            raise
        log.warning("filters_refused", problem=error.message, last_lines=error.details.get("last_lines"))
        for plain, missing in await asyncio.to_thread(list, plainer(film, piece)):
            with contextlib.suppress(FfmpegFailed):
                await _encode(film, plain, folder, listen)
                await asyncio.to_thread((folder / plain.name).replace, folder / piece.name)
                return missing
        raise


async def _encode(film: Film, piece: Piece, folder: Path, listen: Callable[[str], None]) -> None:
    place = folder / f"at-{uuid.uuid4().hex}"
    await asyncio.to_thread(_lay, film, piece, place)
    await run_ffmpeg(
        [*piece_command(film, piece), folder / piece.name], cwd=place, on_line=listen,
        timeout_s=600 + piece.segment.length / film.timeline.fps * 20,
    )  # fmt: skip


def _lay(film: Film, piece: Piece, place: Path) -> None:
    """Put everything that a piece's graph reads where ffmpeg runs."""
    place.mkdir()
    for name, text in piece.files.items():
        (place / name).write_text(text, encoding="utf-8")
    if piece.worded and film.fonts is not None:
        (place / FONTS).symlink_to(film.fonts.absolute(), target_is_directory=True)


def _list(film: Film, pieces: Sequence[Piece], folder: Path) -> None:
    """Write the list of all pieces in their order."""
    moments = [round(piece.segment.start * _SECOND / film.timeline.fps) for piece in pieces]
    moments.append(round(pieces[-1].segment.end * _SECOND / film.timeline.fps))
    lines = ["ffconcat version 1.0"]
    # Lengths are told, and rounded so that no error adds up: every piece begins at its own frame.
    for piece, start, end in zip(pieces, moments, moments[1:], strict=False):
        lines += [f"file {piece.name}", f"duration {(end - start) / _SECOND:.6f}"]
    (folder / JOINED).write_text("\n".join(lines) + "\n", encoding="utf-8")


async def check_pace(path: Path, *, frames: int, fps: int) -> None:
    """See that a joined picture has exactly so many frames, each at its moment.

    Raises:
        FfmpegFailed: one is missing, doubled, early or late.
    """
    moments = await asyncio.to_thread(_moments, path)
    if len(moments) != frames:
        raise FfmpegFailed(f"The master has {len(moments)} frames instead of {frames}")
    if any(abs(moment - Fraction(number, fps)) > _NEAR_S for number, moment in enumerate(moments)):
        raise FfmpegFailed("The master's frames do not follow each other evenly")


def _moments(path: Path) -> list[Fraction]:
    """When each frame is shown, in seconds."""
    with opened(path, demuxer_of(path)) as container:
        packets = container.demux(video=0)
        return sorted(packet.pts * packet.time_base for packet in packets if packet.pts is not None)
