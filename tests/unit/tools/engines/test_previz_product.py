"""The product is shown as it is, or the shot fails with a sentence."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from state.errors import MediaError, MediaMissing
from state.media import MediaRef
from state.order import Style
from state.script import Place, SetKind, Staging
from tools.engines.previz.picture import Picture, PictureSize
from tools.engines.previz.product import product_pixels
from tools.engines.previz.raster import Pixels

KEY = "uploads/product.png"
ORANGE = (30, 120, 240)


@pytest.fixture
def cut_out(tmp_path: Path) -> Path:
    """An orange disc on nothing, with empty edges."""
    pixels = np.zeros((200, 160, 4), np.uint8)
    cv2.circle(pixels, (80, 100), 60, (*ORANGE, 255), -1)
    return written(tmp_path / "cut.png", pixels)


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """An orange disc on white, twice as wide as high."""
    pixels = np.full((100, 200, 3), 250, np.uint8)
    cv2.circle(pixels, (100, 50), 36, ORANGE, -1)
    return written(tmp_path / "photo.jpg", pixels)


def written(path: Path, pixels: Pixels) -> Path:
    assert cv2.imwrite(str(path), pixels)
    return path


def shot(path: Path | None, kind: SetKind = "studio", size: tuple[int, int] = (320, 180)) -> Picture:
    ref = MediaRef(key=KEY, mime="image/png", sha256="0" * 64, size_bytes=1)
    staging = Staging(
        place=Place(name="x", kind=kind), size="insert", subject="product", picture=ref, mood="tense"
    )
    files = {KEY: path} if path else {}
    return Picture(staging, Style(), PictureSize(width=size[0], height=size[1]), seed=1, files=files)


def orange(frame: Pixels) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    blue, _, red = (frame[:, :, k].astype(int) for k in range(3))
    return red - blue > 90


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (240, 240)])
def test_the_product_is_large_round_and_above_the_captions(cut_out: Path, size: tuple[int, int]) -> None:
    seen = orange(shot(cut_out, size=size).at(3.0, 0.0))
    ys, xs = np.flatnonzero(seen.sum(axis=1) > 8), np.flatnonzero(seen.sum(axis=0) > 8)
    wide, high = xs[-1] - xs[0], ys[-1] - ys[0]
    assert max(wide, high) > min(size) * 0.5
    assert abs(wide / high - 1) < 0.12
    assert ys[-1] < size[1] * 0.84


def test_what_is_transparent_stays_so_and_a_photograph_gets_a_card(cut_out: Path, photograph: Path) -> None:
    disc, card = product_pixels(cut_out), product_pixels(photograph)
    assert disc.shape[:2] == (121, 121)
    assert disc[0, 0, 3] == 0
    assert card.shape[1] / card.shape[0] == pytest.approx(2.0, abs=0.1)
    assert card[0, 0, 3] < 30
    assert (card[card.shape[0] // 2, 1] > 240).all()


def test_a_light_passes_over_the_product_and_over_nothing_else(cut_out: Path) -> None:
    picture = shot(cut_out)
    still, lit = picture.at(2.6, 0.0), picture.at(0.35, 0.0)
    changed = np.abs(still.astype(int) - lit).max(axis=2) > 6
    assert changed.sum() > 40
    assert changed[:, :90].sum() == 0


@pytest.mark.parametrize("kind", ["studio", "kitchen", "beach"])
def test_it_throws_a_shadow_where_it_stands(cut_out: Path, kind: SetKind) -> None:
    frame = shot(cut_out, kind).at(3.0, 0.0).astype(int)
    assert frame[147, 160].sum() < frame[147, 60].sum() - 20


def test_a_picture_that_is_not_there_is_said_and_never_left_out() -> None:
    with pytest.raises(MediaMissing, match=KEY):
        shot(None)


def test_a_broken_picture_is_said(tmp_path: Path) -> None:
    broken, empty = tmp_path / "broken.png", tmp_path / "empty.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    empty.write_bytes(b"")
    for path in (broken, empty):
        with pytest.raises(MediaError, match="no picture"):
            shot(path)
