"""S4-059: a font as it is kept of an upload is the one that is seen; what it lacks is seen in another one."""

from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from state.media import MediaRef
from state.timeline import Overlay, Timeline
from tests.cut_media import SIZE, a_clip, a_timeline
from tools.media.fonts import font_anew
from tools.post.fonts import MAIN, TITLE, width
from tools.post.master import render_master

WORDS, LACKED = "HHHHHHHH", "HHHH 漢字"
EM = 9.0
"""Of this size on a film of 180 lines, as `test_words_on_pixels` has it."""


def saying(text: str, *, own: bool) -> Timeline:
    font = MediaRef(key="brand.ttf", mime="font/ttf", sha256="0" * 64, size_bytes=1) if own else None
    overlay = Overlay(kind="text", text=text, start=0, position="top", outline=None, typeface=font)
    return a_timeline([a_clip("dark.mp4", 6)]).model_copy(update={"overlays": [overlay]})


async def ink(media: Path, folder: Path, text: str, *, own: bool) -> NDArray[np.bool_]:
    """Where something bright is in the film's upper half, by pixel."""
    (media / "brand.ttf").write_bytes(font_anew(TITLE.path))
    into = folder / f"{own}.mp4"
    await render_master(saying(text, own=own), resolve=lambda key: media / key, into=into, work=folder)
    with av.open(str(into)) as film:
        frame = [one.to_ndarray(format="rgb24") for one in film.decode(video=0)][3]
    bright: NDArray[np.bool_] = frame[: SIZE[1] // 2].min(axis=2) > 150
    return bright


def columns(bright: NDArray[np.bool_]) -> int:
    seen = np.nonzero(bright.any(axis=0))[0]
    return int(seen[-1] - seen[0])


async def test_what_was_uploaded_is_what_is_seen(media: Path, tmp_path: Path) -> None:
    theirs = columns(await ink(media, tmp_path, WORDS, own=True))
    ours = columns(await ink(media, tmp_path, WORDS, own=False))
    assert theirs == pytest.approx(width(WORDS, TITLE) * EM, abs=3)
    assert ours == pytest.approx(width(WORDS, MAIN) * EM, abs=3), "the control: without it another is seen"
    assert ours - theirs > 6


async def test_letters_that_it_lacks_are_seen_in_another_font(media: Path, tmp_path: Path) -> None:
    whole = columns(await ink(media, tmp_path, LACKED, own=True))
    assert whole == pytest.approx(width(LACKED, TITLE) * EM, abs=5), "ideographs have air beside them"
    assert whole > width("HHHH", TITLE) * EM + EM, "two characters more than it has"
