"""The animatic: storyboard panels timed to the film, each with its slate.

It is what a director looks at before anything is shot. Only here a slate is written
over the picture; takes and masters never carry one.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from state.errors import MediaMissing, PostError
from state.timeline import Title
from tools.ffmpeg.command import ENCODER_THREADS, local_input, run_ffmpeg
from tools.post.fonts import place_fonts
from tools.post.sources import Source, open_sound
from tools.post.stills import fitted, typeface
from tools.post.titles import title_span
from tools.post.words_ass import write_titles
from tools.work_folder import work_folder, write_text

FPS = 12
LONG_SIDE = 960
"""Pixels of the longer side: an animatic is looked at, not delivered."""
_BAR, _PAPER, _INK, _QUIET = (12, 12, 16, 190), (30, 30, 34), (250, 248, 242), (190, 188, 182)


@dataclass(frozen=True, kw_only=True)
class Board:
    """One panel for a while. A board without a slate is a title or an end card."""

    picture: Path | None
    """None draws a grey board: the panel could not be made."""
    seconds: float
    slate: str = ""
    heading: str = ""
    """What stands beside the slate: place, time, framing."""
    words: Sequence[str] = ()
    """What is said, one line per speech."""
    title: str = ""
    """Words that come up for its first seconds: where or when we are."""


async def cut_animatic(
    boards: Sequence[Board], *, size: tuple[int, int], into: Path, sound: Path | None = None
) -> Path:
    """Write the boards one after another as an MP4; `sound` is a file whose audio is copied along.

    Raises:
        PostError: there is no board. MediaMissing: a panel's file is gone.
        FfmpegFailed: the encoder stopped.
    """
    if not boards:
        raise PostError("An animatic needs at least one panel")
    async with work_folder("animatic") as folder:
        frames = await _draw_all(boards, animatic_size(size), folder)
        listing = await write_text(folder / "boards.ffconcat", _listing(boards, frames))
        burn = await _burned(boards, animatic_size(size), folder)
        inputs = ["-f", "concat", "-safe", "0", *local_input(listing)]
        heard = await open_sound(sound) if sound is not None else None
        target = await asyncio.to_thread(into.absolute)
        await run_ffmpeg([*inputs, *_coding(boards, heard, burn), target], cwd=folder)
    return into


def animatic_size(size: tuple[int, int]) -> tuple[int, int]:
    """The film's shape with the animatic's longer side, both sides even; small films stay small."""
    scale = min(1.0, LONG_SIDE / max(size))
    return round(size[0] * scale / 2) * 2, round(size[1] * scale / 2) * 2


def timecode(seconds: float) -> str:
    """`01:07` for a minute and seven seconds."""
    whole = int(seconds)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _listing(boards: Sequence[Board], frames: Sequence[Path]) -> str:
    lines = ["ffconcat version 1.0"]
    for board, frame in zip(boards, frames, strict=True):
        lines += [f"file '{frame.name}'", f"duration {board.seconds:.4f}"]
    # The demuxer takes the last duration only when another file follows.
    return "\n".join([*lines, f"file '{frames[-1].name}'"]) + "\n"


async def _burned(boards: Sequence[Board], size: tuple[int, int], folder: Path) -> str:
    """The filter that writes the titles under the slate; none where no board has one."""
    starts = accumulate((board.seconds for board in boards), initial=0.0)
    titles = [
        Title(start_s=at + span[0], end_s=at + span[1], text=board.title)
        for board, at in zip(boards, starts, strict=False)
        if board.title and (span := title_span(board.seconds))
    ]
    if not titles:
        return ""
    used = await asyncio.to_thread(
        write_titles, titles, folder / "titles.ass", size, below=_bar_height(size), fps=FPS
    )
    await asyncio.to_thread(place_fonts, folder / "fonts", used)
    return ",ass=filename=titles.ass:fontsdir=fonts"


def _coding(boards: Sequence[Board], sound: Source | None, burn: str) -> list[str]:
    total = sum(board.seconds for board in boards)
    picture = [
        "-vf", f"format=yuv420p,fps={FPS}{burn}", "-t", f"{total:.4f}", "-c:v", "libx264",
        "-preset", "ultrafast", "-crf", "24", "-threads", ENCODER_THREADS, "-tune", "stillimage",
        "-g", str(FPS * 5), "-movflags", "+faststart",
    ]  # fmt: skip
    if sound is None:
        return ["-map", "0:v", *picture]
    return [*sound.arguments(), "-map", "0:v", "-map", "1:a:0", *picture, "-c:a", "copy"]


async def _draw_all(boards: Sequence[Board], size: tuple[int, int], folder: Path) -> list[Path]:
    """Every board in a thread of its own: nearly all of it is work that lets go of the interpreter."""
    frames = [folder / f"board{number}.bmp" for number in range(len(boards))]
    starts = accumulate((board.seconds for board in boards), initial=0.0)
    await asyncio.gather(
        *(asyncio.to_thread(_draw, *parts, size) for parts in zip(boards, starts, frames, strict=False))
    )
    return frames


def _draw(board: Board, at_s: float, into: Path, size: tuple[int, int]) -> None:
    _board(board, size, at_s).save(into, "BMP")


def _board(board: Board, size: tuple[int, int], at_s: float) -> Image.Image:
    picture = _panel(board, size).convert("RGBA")
    if board.slate:
        over = Image.new("RGBA", size, (0, 0, 0, 0))
        _slate(ImageDraw.Draw(over), board, size, at_s)
        _speech(ImageDraw.Draw(over), board.words, size)
        picture = Image.alpha_composite(picture, over)
    return picture.convert("RGB")


def _panel(board: Board, size: tuple[int, int]) -> Image.Image:
    if board.picture is None:
        return Image.new("RGB", size, _PAPER)
    try:
        with Image.open(board.picture) as opened:
            return ImageOps.pad(opened.convert("RGB"), size, Image.Resampling.HAMMING, color=_PAPER)
    except FileNotFoundError as exc:
        raise MediaMissing(f"The panel of {board.slate or 'a card'} is not there") from exc


def _slate(pen: ImageDraw.ImageDraw, board: Board, size: tuple[int, int], at_s: float) -> None:
    """A bar at the top: slate, what is framed, and where in the film we are."""
    width, letter = size[0], _letter(size)
    height, margin = _bar_height(size), round(letter * 0.8)
    pen.rectangle((0, 0, width, height), fill=_BAR)
    middle = height / 2
    bold, quiet = typeface(letter, bold=True), typeface(round(letter * 0.8), bold=False)
    clock = f"{timecode(at_s)}  {board.seconds:.1f} s"
    pen.text((width - margin, middle), clock, _QUIET, quiet, anchor="rm")
    pen.text((margin, middle), board.slate, _INK, bold, anchor="lm")
    left = margin + bold.getlength(board.slate) + margin
    room = width - margin * 2 - quiet.getlength(clock) - left
    pen.text((left, middle), fitted(board.heading, quiet, room), _QUIET, quiet, anchor="lm")


def _speech(pen: ImageDraw.ImageDraw, words: Sequence[str], size: tuple[int, int]) -> None:
    """The lines at the bottom, as many as there are, so that the timing can be judged without sound."""
    if not words:
        return
    letter = round(_letter(size) * 0.9)
    font, pitch = typeface(letter, bold=False), round(letter * 1.45)
    rows = [row for text in words for row in _wrapped(text, font, size[0] * 0.92)]
    top = size[1] - pitch * len(rows) - letter
    pen.rectangle((0, top, size[0], size[1]), fill=_BAR)
    for number, row in enumerate(rows):
        pen.text((size[0] * 0.04, top + letter * 0.5 + pitch * number), row, _INK, font)


def _wrapped(text: str, font: ImageFont.FreeTypeFont, room: float) -> list[str]:
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and font.getlength(longer) <= room:
            rows[-1] = longer
        else:
            rows.append(fitted(word, font, room))
    return rows


def _bar_height(size: tuple[int, int]) -> int:
    """The height of the slate's bar in pixels."""
    return round(_letter(size) * 1.9)


def _letter(size: tuple[int, int]) -> int:
    """The height of the slate's letters in pixels."""
    return max(9, round(min(size) * 0.042))
