"""The product as it really looks: its picture, cut out or as a card, standing in the light of the shot."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np

from state.errors import MediaError, MediaMissing
from state.media import MediaRef
from tools.engines.files import Files
from tools.engines.previz.camera import times
from tools.engines.previz.raster import Matrix, Pixels, warp_onto

SUBJECT = "product"
CARD_EDGE = 0.035
"""How broad the white border of a card is, of its shorter side."""
SWEEP_S = 3.4
"""Seconds between two passes of the light over the product."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where the product stands in the frame, in pixels: its foot's middle, and the room it may take."""

    x: float
    foot: float
    wide: float
    high: float
    mirror: float
    """How strongly the surface mirrors it, 0 to 1."""


def product_file(picture: MediaRef, files: Files) -> Path:
    """Where the picture lies.

    Raises:
        MediaMissing: it was not brought along.
    """
    path = files.get(picture.key)
    if path is None or not path.is_file():
        raise MediaMissing(
            f"the product's picture {picture.key} is not there to be drawn",
            user_action="Bring the picture again and start the shot once more.",
        )
    return path


def product_pixels(path: Path) -> Pixels:
    """The picture as premultiplied BGRA: what is transparent stays so, a photograph becomes a card.

    Raises:
        MediaError: this is no picture that can be opened.
    """
    content = np.fromfile(path, np.uint8)
    found: Any = cv2.imdecode(content, cv2.IMREAD_UNCHANGED) if content.size else None
    if found is None or min(found.shape[:2]) < 2:
        raise MediaError(
            f"{path.name} is no picture that can be opened",
            user_action="Use a PNG, JPEG or WebP picture of the product.",
        )
    if found.ndim == 3 and found.shape[2] == 4 and (_bytes(found)[:, :, 3] < 250).mean() > 0.01:
        return _trimmed(_premultiplied(_bytes(found)))
    # Only the colour mode turns a photograph the way its camera was held.
    upright: Any = cv2.imdecode(content, cv2.IMREAD_COLOR)
    return _card(cast(Pixels, upright))


def _bytes(pixels: Any) -> Pixels:
    if pixels.dtype == np.uint8:
        return cast(Pixels, pixels)
    top = 65535 if pixels.dtype == np.uint16 else 1.0
    return cast(Pixels, (pixels.astype(np.float32) * (255 / top)).clip(0, 255).astype(np.uint8))


def _premultiplied(pixels: Pixels) -> Pixels:
    alpha = cv2.cvtColor(pixels[:, :, 3], cv2.COLOR_GRAY2BGR)
    done = pixels.copy()
    done[:, :, :3] = cv2.multiply(pixels[:, :, :3], alpha, scale=1 / 255)
    return done


def _trimmed(pixels: Pixels) -> Pixels:
    """Without the empty edge, so that the product stands on its foot."""
    seen = pixels[:, :, 3] > 12
    ys, xs = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(ys):
        raise MediaError("the product's picture is empty", user_action="Use a picture that shows something.")
    return np.ascontiguousarray(pixels[ys[0] : ys[-1] + 1, xs[0] : xs[-1] + 1])


def _card(photo: Pixels) -> Pixels:
    """A photograph on a white card with round corners."""
    h, w = photo.shape[:2]
    edge = max(2, round(min(w, h) * CARD_EDGE))
    card = cv2.copyMakeBorder(photo, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=(246, 250, 252))
    mask = np.zeros((h + 2 * edge, w + 2 * edge), np.uint8)
    r, (full_h, full_w) = edge, mask.shape
    cv2.rectangle(mask, (r, 0), (full_w - r - 1, full_h - 1), 255, -1)
    cv2.rectangle(mask, (0, r), (full_w - 1, full_h - r - 1), 255, -1)
    for x in (r, full_w - r - 1):
        for y in (r, full_h - r - 1):
            cv2.circle(mask, (x, y), r, 255, -1, cv2.LINE_AA)
    return _premultiplied(cast(Pixels, np.dstack([card, mask])))


class Product:
    """The product in a shot: shadow, mirror image, itself, and a light that passes over it."""

    def __init__(self, pixels: Pixels, at: Standing) -> None:
        k = min(at.wide / pixels.shape[1], at.high / pixels.shape[0])
        size = (max(2, round(pixels.shape[1] * k)), max(2, round(pixels.shape[0] * k)))
        way = cv2.INTER_AREA if k < 1 else cv2.INTER_CUBIC
        self._body = _legal(cast(Pixels, cv2.resize(pixels, size, interpolation=way)))
        self._x, self._y = round(at.x - size[0] / 2), round(at.foot - size[1])
        self._under, self._corner = _under(self._body, at)
        self._shine = _shine(self._body)
        self._light = _band(size)

    def onto(self, frame: Pixels, at_s: float, camera: Matrix) -> None:
        """Lay it over a frame as it is at a moment."""
        warp_onto(frame, self._under, times(camera, _placed(*self._corner)))
        warp_onto(frame, self._lit(at_s), times(camera, _placed(self._x, self._y)))

    def _lit(self, at_s: float) -> Pixels:
        """The product with the light where it is now; it starts before and ends behind it."""
        h, w = self._body.shape[:2]
        reach = w + h * 0.5 + self._light.shape[1]
        start = ((at_s + 0.4) % SWEEP_S) / 1.5 * reach - self._light.shape[1]
        if start > w:
            return self._body
        moved = _placed(start - h * 0.25, 0)
        band = cv2.warpAffine(self._light, moved, (w, h), flags=cv2.INTER_LINEAR)
        added = cv2.multiply(self._shine, cv2.cvtColor(band, cv2.COLOR_GRAY2BGR), scale=1 / 255)
        done = self._body.copy()
        done[:, :, :3] = cv2.add(self._body[:, :, :3], added)
        return _legal(done)


def _placed(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y]], np.float32)


def _legal(pixels: Pixels) -> Pixels:
    """No colour above its alpha."""
    alpha = cv2.cvtColor(pixels[:, :, 3], cv2.COLOR_GRAY2BGR)
    pixels[:, :, :3] = cv2.min(pixels[:, :, :3], alpha)
    return pixels


def _shine(body: Pixels) -> Pixels:
    """What the passing light may add: as much as there is product."""
    return cast(Pixels, cv2.cvtColor(body[:, :, 3], cv2.COLOR_GRAY2BGR))


def _band(size: tuple[int, int]) -> Pixels:
    """A leaning stripe of light, soft at its sides."""
    w, h = size
    wide = max(8, round(min(w, h) * 0.5))
    x = np.arange(wide + h // 2, dtype=np.float32)[None, :]
    y = np.arange(h, dtype=np.float32)[:, None]
    across = (x - (h - y) * 0.5 - wide / 2) / (wide * 0.26)
    return cast(Pixels, (np.exp(-across * across) * 74).astype(np.uint8))


def _under(body: Pixels, at: Standing) -> tuple[Pixels, tuple[int, int]]:
    """The shadow at its foot and its image in the surface, as one layer and where that lies."""
    h, w = body.shape[:2]
    pad, deep = round(w * 0.35), round(h * 0.5)
    layer = np.zeros((deep + pad, w + 2 * pad, 4), np.uint8)
    if at.mirror:
        image = cv2.GaussianBlur(body[::-1][:deep], (0, 0), max(w * 0.004, 0.6))
        fade = (np.linspace(at.mirror, 0.0, image.shape[0], dtype=np.float32) ** 1.5)[:, None, None]
        layer[pad // 2 : pad // 2 + image.shape[0], pad : pad + w] = (image * fade).astype(np.uint8)
    shade = np.zeros(layer.shape[:2], np.float32)
    centre, top = (layer.shape[1] // 2, pad // 2), max(round(w * 0.05), 3)
    cv2.ellipse(shade, centre, (round(w * 0.52), top), 0, 0, 360, 0.62, -1, cv2.LINE_AA)
    soft = cv2.GaussianBlur(shade, (0, 0), max(w * 0.035, 1.0))
    keep = (1 - soft)[:, :, None]
    layer[:, :, :3] = (layer[:, :, :3] * keep).astype(np.uint8)
    layer[:, :, 3] = (255 * (1 - (1 - layer[:, :, 3] / 255) * keep[:, :, 0])).astype(np.uint8)
    foot = round(at.foot)
    return layer, (round(at.x - layer.shape[1] / 2), foot - pad // 2)
