"""Fonts that people bring, such as a brand's: files of the cut, checked and given a name of ours."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from PIL import ImageFont

from state.errors import MediaMissing, PostError
from state.timeline import CaptionStyle, Overlay, Timeline
from tools.post.fonts import DRAWN_AT, MAIN, TITLE, Font, font_of
from tools.sfnt import NoFont, height_of, letters_of, renamed

MOST_BYTES = 20_000_000
PROBED = "Aa"
"""A font that has neither is one of pictures or of another script: words in it fall back letter by letter."""
HOUSE: Mapping[str, Font] = {"Inter": MAIN, "Oswald": TITLE}
Look = CaptionStyle | Overlay


def typeface_keys(timeline: Timeline) -> list[str]:
    """The media keys of all fonts of a cut, each once."""
    return list(dict.fromkeys(look.typeface.key for look in _looks(timeline) if look.typeface is not None))


def open_typefaces(timeline: Timeline, resolve: Callable[[str], Path], folder: Path) -> dict[str, Font]:
    """Every font of a cut by its key, as a checked copy in this folder.

    Raises:
        MediaMissing: a file is not there.
        PostError: one is no font that can be used, or has not one letter of the words it is for.
    """
    keys = typeface_keys(timeline)
    if not keys:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    opened = {key: _open(resolve(key), folder) for key in keys}
    for look, texts in _words_of(timeline):
        if look.typeface is not None:
            _check_letters(opened[look.typeface.key], texts)
    return opened


def face_of(look: Look | None, opened: Mapping[str, Font], usual: Font) -> Font:
    """The font that a style asks for; the usual one where it asks for none, or its file is not opened."""
    if look is None:
        return usual
    if look.typeface is not None and look.typeface.key in opened:
        return opened[look.typeface.key]
    return HOUSE.get(look.font or "", usual)


def _looks(timeline: Timeline) -> Iterable[Look]:
    styles = (timeline.caption_style, *(cue.style for cue in timeline.captions))
    return (look for look in (*styles, *timeline.overlays) if look is not None)


def _words_of(timeline: Timeline) -> Iterable[tuple[Look, str]]:
    for cue in timeline.captions:
        if (style := cue.style or timeline.caption_style) is not None:
            yield style, cue.text
    yield from ((overlay, overlay.text) for overlay in timeline.overlays)


def _open(path: Path, folder: Path) -> Font:
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_BYTES else b""
    except OSError as exc:
        raise MediaMissing(f"{path.name} is not there") from exc
    if size > MOST_BYTES:
        raise _refused(path, f"it is larger than {MOST_BYTES // 1_000_000} MB")
    name = f"Typeface {hashlib.sha256(data).hexdigest()[:16]}"
    try:
        height_of(data)
        letters_of(data)
        copy = folder / f"{name.replace(' ', '-').lower()}{'.otf' if data[:4] == b'OTTO' else '.ttf'}"
        copy.write_bytes(renamed(data, name))
        # What FreeType cannot open here, the renderer cannot open either.
        ImageFont.truetype(str(copy), DRAWN_AT).getmask(PROBED)
    except (NoFont, OSError, ValueError) as exc:
        raise _refused(path, str(exc)) from exc
    return Font(package="", file=str(copy), name=name)


def _check_letters(font: Font, text: str) -> None:
    """Some letters may be missing, and are set in another font; a font without any was not meant for this."""
    letters = [char for char in text if char.isalnum()]
    if letters and all(font_of(char, font) != font for char in letters):
        raise PostError(
            f"A typeface has no letter of “{text[:40]}”.",
            user_action="Choose a font for this script, or none.",
        )


def _refused(path: Path, why: str) -> PostError:
    return PostError(
        f"{path.name} cannot be used as a font: {why}.",
        user_action="Give a TrueType or OpenType font (.ttf or .otf), or none.",
    )
