"""Single pictures out of moving ones, and the contact sheet."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont, ImageOps

from state.errors import FfmpegFailed, MediaMissing
from tools.ffmpeg.command import ENCODER_THREADS, run_ffmpeg
from tools.post.fonts import font_file
from tools.post.sources import open_picture

THUMBNAIL_WIDTH = 640
_TILE_WIDTH, _MARGIN, _GUTTER, _LABEL_HEIGHT, _TITLE_HEIGHT = 480, 48, 24, 44, 96
_PAPER, _INK, _QUIET, _FRAME = (246, 244, 239), (28, 28, 32), (112, 110, 106), (210, 206, 198)
_EARLY_S = 0.001
"""ffmpeg shows the first frame that is not before a moment, and moments are rounded."""
_PREVIEW_PICTURES, _PREVIEW_APART_S, _PREVIEW_FPS, _PREVIEW_WIDTH = 12, 1.0, 2, 320
_COMPARED = (64, 36)
"""So small that grain and coding leave no trace."""
_MAX_PIXELS = 40_000_000


async def thumbnail(video: Path, at_s: float, into: Path) -> Path:
    """Write a picture of a moment, 640 wide, to the file `into` (`.jpg` or `.png`).

    Raises:
        MediaMissing, FfmpegFailed: no such file, or nothing to see at that moment.
    """
    return await frame_at(video, at_s, into, width=THUMBNAIL_WIDTH)


async def frame_at(video: Path, at_s: float, into: Path, *, width: int | None = None) -> Path:
    """As `thumbnail`, in full size unless a width is given. A moment after the end gives the last frame."""
    source = await open_picture(video)
    scale = ["-vf", f"scale={width}:-2"] if width else []
    for moment in (["-ss", f"{max(0.0, at_s - _EARLY_S):.4f}"], ["-sseof", "-0.5"]):
        last = ["-update", "1"] if moment[0] == "-sseof" else ["-frames:v", "1", "-update", "1"]
        opening = source.arguments()
        await run_ffmpeg([*moment, *opening, "-an", *scale, "-q:v", "3", *last, "-f", "image2", into])
        if await asyncio.to_thread(_has_content, into):
            return into
    raise FfmpegFailed(f"{video.name} shows nothing at {at_s:.2f} s")


async def moving_preview(video: Path, duration_s: float, into: Path) -> Path:
    """A whole film in a few seconds, small and silent, as an MP4: a picture of each part, half a second each.

    Raises:
        MediaMissing, FfmpegFailed: no such file, or it cannot be read.
    """
    source = await open_picture(video)
    count = max(1, min(_PREVIEW_PICTURES, round(duration_s / _PREVIEW_APART_S)))
    step_s = max(duration_s / count, 0.04)
    # The first picture is of the middle of the first part, as all others are of theirs.
    pick = f"trim=start={step_s / 2:.4f},setpts=PTS-STARTPTS,fps=1/{step_s:.6f}:round=up"
    graph = f"{pick},setpts=N/{_PREVIEW_FPS}/TB,scale={_PREVIEW_WIDTH}:-2"
    coding = ["-r", str(_PREVIEW_FPS), "-c:v", "libx264", "-crf", "27", "-threads", ENCODER_THREADS]
    coding += ["-pix_fmt", "yuv420p", "-fflags", "+bitexact", "-movflags", "+faststart", "-f", "mp4"]
    await run_ffmpeg([*source.arguments(), "-an", "-vf", graph, *coding, into])
    return into


def unlikeness(one: Path, other: Path) -> float:
    """How far two pictures differ, whatever their sizes: 0 for the same, 1 for black beside white; blocking.

    Raises:
        MediaMissing: one is not there.
    """
    first, second = (_open(path).resize(_COMPARED, Image.Resampling.BOX) for path in (one, other))
    apart = np.abs(np.asarray(first, np.int16) - np.asarray(second, np.int16))
    return round(float(apart.mean()) / 255, 4)


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


async def contact_sheet(
    tiles: Sequence[tuple[Path, str]], into: Path, *, columns: int = 3, title: str = ""
) -> Path:
    """Draw labelled pictures in rows, as a PNG. Tiles keep their shape inside equal frames.

    Raises:
        MediaMissing: a picture is not there.
    """
    return await asyncio.to_thread(_contact_sheet, tiles, into, columns, title)


def _contact_sheet(tiles: Sequence[tuple[Path, str]], into: Path, columns: int, title: str) -> Path:
    columns = max(1, min(columns, len(tiles) or 1))
    pictures = [_open(path) for path, _ in tiles]
    height = max((round(_TILE_WIDTH * p.height / p.width) for p in pictures), default=270)
    height = min(height, _TILE_WIDTH * 16 // 9)
    rows = -(-len(tiles) // columns)
    head = _TITLE_HEIGHT if title else 0
    sheet = Image.new(
        "RGB",
        (
            2 * _MARGIN + columns * (_TILE_WIDTH + _GUTTER) - _GUTTER,
            2 * _MARGIN + head + rows * (height + _LABEL_HEIGHT + _GUTTER) - _GUTTER,
        ),
        _PAPER,
    )
    draw = ImageDraw.Draw(sheet)
    if title:
        text = fitted(title, typeface(40, bold=True), sheet.width - 2 * _MARGIN)
        draw.text((_MARGIN, _MARGIN - 8), text, _INK, typeface(40, bold=True))
    for index, (picture, (_, label)) in enumerate(zip(pictures, tiles, strict=True)):
        x = _MARGIN + index % columns * (_TILE_WIDTH + _GUTTER)
        y = _MARGIN + head + index // columns * (height + _LABEL_HEIGHT + _GUTTER)
        _tile(sheet, draw, picture, label, (x, y, height))
    sheet.save(into, "PNG", compress_level=4)
    return into


def _tile(
    sheet: Image.Image, draw: ImageDraw.ImageDraw, picture: Image.Image, label: str, box: tuple[int, int, int]
) -> None:
    """One picture in its frame; the slate stands out, what follows it is quiet."""
    x, y, height = box
    shown = ImageOps.contain(picture, (_TILE_WIDTH, height), Image.Resampling.LANCZOS)
    draw.rectangle((x - 1, y - 1, x + _TILE_WIDTH, y + height), fill=(232, 229, 222), outline=_FRAME)
    sheet.paste(shown, (x + (_TILE_WIDTH - shown.width) // 2, y + (height - shown.height) // 2))
    slate, _, rest = label.partition(" ")
    bold, quiet = typeface(22, bold=True), typeface(22, bold=False)
    slate = fitted(slate, bold, _TILE_WIDTH)
    draw.text((x, y + height + 10), slate, _INK, bold)
    taken = round(bold.getlength(slate)) + 12
    draw.text((x + taken, y + height + 10), fitted(rest, quiet, _TILE_WIDTH - taken), _QUIET, quiet)


def _open(path: Path) -> Image.Image:
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise FfmpegFailed(f"{path.name} is too large for a contact sheet")
            return picture.convert("RGB")
    except FileNotFoundError as exc:
        raise MediaMissing(f"{path.name} is not there") from exc


def typeface(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """The project's own letters, so that pictures look the same on every machine."""
    font = ImageFont.truetype(str(font_file()), size)
    font.set_variation_by_axes([min(32, max(14, size)), 650 if bold else 400])
    return font


def fitted(text: str, font: ImageFont.FreeTypeFont, room: float) -> str:
    """Text that fits its place in one row, shortened with an ellipsis when it must be."""
    text = " ".join(text.split())
    if font.getlength(text) <= room:
        return text
    while text and font.getlength(f"{text}…") > room:
        text = text[:-1]
    return f"{text.rstrip()}…" if text else ""
