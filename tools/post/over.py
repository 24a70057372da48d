"""What lies over a film, made ready to be rendered: words as a file, logos as inputs of the graph."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from state.errors import MediaMissing, PostError
from state.timeline import Overlay, Timeline
from tools.post.blocks import Block
from tools.post.fonts import place_fonts
from tools.post.sources import Source
from tools.post.typefaces import open_typefaces
from tools.post.words_ass import fonts_of, words_ass
from tools.post.written import FilesOver, Label, written

KINDS = ("PNG", "JPEG", "WEBP")
MOST_PIXELS = 40_000_000
FONTS = "fonts"
_BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A picture over the film: from frame `start` to the frame before `end`, at whole pixels."""

    name: str
    """Of its own file, which says what is in it."""
    start: int
    end: int
    x: int
    y: int
    fade: tuple[int, int] = (0, 0)
    """Frames in which it comes, and goes."""


@dataclass(frozen=True, kw_only=True)
class Over:
    """What is laid over the frames of a film."""

    words: str = ""
    """Everything that is written, as an ASS file; empty where nothing is."""
    fonts: Path | None = None
    """The folder of its fonts."""
    logos: Sequence[Logo] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The logos' own files by name, already as large as they are seen."""


async def lay_over(
    timeline: Timeline, resolve: Callable[[str], Path], folder: Path, label: Label | None = None
) -> Over:
    """Write into `folder`, where ffmpeg runs, the fonts and logos that lie over a film.

    Raises:
        MediaMissing: a picture or font of the cut is not there.
        PostError: one is no picture or font; or there is no room for something.
    """
    return await asyncio.to_thread(_lay_over, timeline, resolve, folder, label)


def _lay_over(timeline: Timeline, resolve: Callable[[str], Path], folder: Path, label: Label | None) -> Over:
    blocks = written(timeline, label, open_files(timeline, resolve, folder / "typefaces"))
    words = [block for block in blocks if block.look is not None]
    if words:
        place_fonts(folder / FONTS, fonts_of(words))
    logos = [
        (block, _draw(timeline.overlays[block.source], block, resolve, folder))
        for block in blocks if block.kind == "logo"
    ]  # fmt: skip
    return Over(
        words=words_ass(words, timeline).to_string("ass") if words else "",
        fonts=folder / FONTS if words else None,
        logos=[_logo(block, path.stem) for block, path in logos],
        sources={path.stem: Source(path=path, demuxer="png_pipe") for _, path in logos},
    )


def _logo(block: Block, name: str) -> Logo:
    assert block.box is not None  # noqa: S101 - whatever was placed has its box
    # Whole pairs of pixels: colour has half the resolution.
    x, y = round(block.box.left / 2) * 2, round(block.box.top / 2) * 2
    return Logo(name=name, start=block.start, end=block.end, x=x, y=y, fade=block.fade)


def logos_in(logos: Sequence[Logo], *, start: int, end: int) -> list[Logo]:
    """Those that are seen from frame `start` to the frame before `end`, counted from `start` on."""
    return [
        replace(one, start=one.start - start, end=one.end - start)
        for one in logos if one.start < end and start < one.end
    ]  # fmt: skip


def logo_keys(timeline: Timeline) -> list[str]:
    """The media keys of all logos of a cut, each once."""
    named = [one.media.key for one in timeline.overlays if one.kind == "logo" and one.media is not None]
    return list(dict.fromkeys(named))


def open_files(timeline: Timeline, resolve: Callable[[str], Path], folder: Path) -> FilesOver:
    """The fonts of a cut, copied into this folder, and the shapes of its logos; errors as `lay_over`."""
    shapes = {}
    for overlay in timeline.overlays:
        if overlay.media is not None and overlay.kind == "logo":
            with _opened(overlay, resolve) as picture:
                shapes[overlay.media.key] = _upright_size(picture)
    return FilesOver(fonts=open_typefaces(timeline, resolve, folder), shapes=shapes)


def logo_chains(logos: Sequence[Logo], pad: str, *, first: int, fps: int) -> tuple[list[str], str]:
    """Filter chains that lay all logos over `pad`, and the pad they end in; their inputs begin with `first`.

    A logo may have begun before frame 0, and go on behind the last one.
    """
    if not logos:
        return [], pad
    chains, pad = [f"[{pad}]setparams=range=tv:colorspace=bt709[over]"], "over"
    for number, logo in enumerate(logos):
        chains.append(
            f"[{first + number}:v:0]scale=out_color_matrix=bt709:out_range=tv,format=yuva420p,"
            f"setparams=range=tv:colorspace=bt709{_faded(logo, fps)}[logo{number}]"
        )
        seen = f"enable='between(n,{max(0, logo.start)},{logo.end - 1})'"
        chains.append(
            f"[{pad}][logo{number}]overlay=x={logo.x}:y={logo.y}:format=yuv420:{seen}[over{number}]"
        )
        pad = f"over{number}"
    return chains, pad


def _faded(logo: Logo, fps: int) -> str:
    """A picture that comes and goes is a film of its own, from its first frame here on.

    It has a frame more at each end, in which nothing is seen.
    """
    comes, goes = logo.fade
    if not comes and not goes:
        return ""
    length, gone = logo.end - logo.start, max(0, -logo.start)
    fades = [f"fade=t=in:start_frame=0:nb_frames={comes + 1}:alpha=1"] if comes else []
    fades += [f"fade=t=out:start_frame={length - goes}:nb_frames={goes + 1}:alpha=1"] if goes else []
    return (
        f",loop=loop=-1:size=1,settb=1/{fps},setpts=N,trim=end_frame={length + 2},{','.join(fades)},"
        f"trim=start_frame={gone + 1}:end_frame={length + 1},setpts=N+{max(0, logo.start)}"
    )


def _draw(overlay: Overlay, block: Block, resolve: Callable[[str], Path], folder: Path) -> Path:
    """The logo as large and as clear as it is seen, in a file that is named by what is in it."""
    size = (round(block.size[0]), round(block.size[1]))
    with _opened(overlay, resolve) as picture:
        drawn = ImageOps.exif_transpose(picture).convert("RGBA").resize(size, Image.Resampling.LANCZOS)
    if overlay.opacity < 1:
        drawn.putalpha(drawn.getchannel("A").point(lambda level: round(level * overlay.opacity)))
    name = hashlib.sha256(repr(size).encode() + drawn.tobytes()).hexdigest()[:24]
    path = folder / f"logo-{name}.png"
    drawn.save(path)
    return path


def _upright_size(picture: Image.Image) -> tuple[int, int]:
    """As it is seen: a camera may have lain on its side."""
    wide, high = picture.size
    return (high, wide) if picture.getexif().get(0x0112) in (5, 6, 7, 8) else (wide, high)


def _opened(overlay: Overlay, resolve: Callable[[str], Path]) -> Image.Image:
    """All of its pixels; the file is closed again."""
    assert overlay.media is not None  # noqa: S101 - a logo has one
    path = resolve(overlay.media.key)
    try:
        with Image.open(path, formats=KINDS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise _no_picture(path, f"it has more than {MOST_PIXELS // 1_000_000} million pixels")
            picture.load()
            return picture.copy()
    except FileNotFoundError as exc:
        raise MediaMissing(f"{path.name} is not there") from exc
    except _BROKEN as exc:
        raise _no_picture(path, str(exc)) from exc


def _no_picture(path: Path, why: str) -> PostError:
    return PostError(
        f"{path.name} cannot be laid over the film: {why}.",
        user_action="Give a PNG, JPEG or WebP picture, or take the overlay away.",
    )
