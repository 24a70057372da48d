"""From SVG to pixels: premultiplied BGRA arrays, graded as linear arithmetic on them."""

from typing import Any, cast

import cv2
import numpy as np
import numpy.typing as npt
import resvg_py

from tools.engines.previz.colour import Grade
from tools.engines.previz.ink import document, seams
from tools.engines.previz.typefaces import font_file

Pixels = npt.NDArray[np.uint8]
Matrix = npt.NDArray[np.float32]


def raster(body: str, view: tuple[float, float, float, float], size: tuple[int, int]) -> Pixels:
    """Draw what `view` shows at a size in pixels; premultiplied BGRA."""
    first, *others = seams(body)
    drawn = _plain_raster(first, view, size)
    # Holes are cut out of pixels: as a clip path they take the rasteriser six times as long.
    for holes, part in zip(others[::2], others[1::2], strict=True):
        gaps = cv2.bitwise_not(_plain_raster(holes, view, size)[:, :, 3])
        left = cv2.multiply(drawn, cv2.merge([gaps] * 4), scale=1 / 255)
        drawn = laid(cast(Pixels, left), _plain_raster(part, view, size))
    return drawn


def _plain_raster(body: str, view: tuple[float, float, float, float], size: tuple[int, int]) -> Pixels:
    # Reading a font takes longer than most drawings do.
    fonts = [str(font_file("text"))] if "<text" in body else []
    png = bytes(
        resvg_py.svg_to_bytes(svg_string=document(body, view, size), skip_system_fonts=True, font_files=fonts)
    )
    plain: Any = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_UNCHANGED)
    if plain.shape[2] == 3:
        return cast(Pixels, cv2.cvtColor(plain, cv2.COLOR_BGR2BGRA))
    alpha = cv2.cvtColor(plain[:, :, 3], cv2.COLOR_GRAY2BGR)
    plain[:, :, :3] = cv2.multiply(plain[:, :, :3], alpha, scale=1 / 255)
    return cast(Pixels, plain)


def grade_matrix(
    grade: Grade, light: tuple[float, float, float] = (1.0, 1.0, 1.0), *, fade: float = 0.0, air: float = 0.62
) -> Matrix:
    """Light, saturation, contrast and gain as one matrix on premultiplied BGRA.

    All four are linear once alpha stands for "one", so a layer can be graded before it
    is composed and the sum is the same. `fade` mixes in air between camera and set, which
    is as bright as `air` says.
    """
    weights = np.array([0.114, 0.587, 0.299], np.float64)
    saturate = np.eye(3) * grade.saturation + (1 - grade.saturation) * np.tile(weights, (3, 1))
    gain = np.diag(grade.gain[::-1])
    lit = np.diag(light[::-1])
    colour = gain @ saturate @ lit * grade.contrast * (1 - fade)
    lift = 0.5 * (1 - grade.contrast) * (1 - fade) + air * fade
    matrix = np.eye(4, dtype=np.float64)
    matrix[:3, :3] = colour
    matrix[:3, 3] = lift
    return matrix.astype(np.float32)


def graded(pixels: Pixels, matrix: Matrix) -> Pixels:
    """Apply a grade matrix; colours never exceed their alpha."""
    done: Any = cv2.transform(pixels, matrix)
    alpha = cv2.cvtColor(done[:, :, 3], cv2.COLOR_GRAY2BGR)
    done[:, :, :3] = cv2.min(done[:, :, :3], alpha)
    return cast(Pixels, done)


def softened(pixels: Pixels, sigma: float) -> Pixels:
    """Out of focus by so many pixels."""
    return cast(Pixels, cv2.GaussianBlur(pixels, (0, 0), sigma)) if sigma > 0.4 else pixels


def soft_raster(
    body: str, view: tuple[float, float, float, float], size: tuple[int, int], sigma: float
) -> Pixels:
    """As `raster`, out of focus: what is soft anyway is drawn small and enlarged."""
    shrink = min(max(sigma / 1.6, 1.0), 6.0)
    if shrink < 1.2:
        return softened(raster(body, view, size), sigma)
    small = (max(2, round(size[0] / shrink)), max(2, round(size[1] / shrink)))
    soft = softened(raster(body, view, small), sigma / shrink)
    return cast(Pixels, cv2.resize(soft, size, interpolation=cv2.INTER_CUBIC))


def trimmed(pixels: Pixels) -> tuple[Pixels, int, int]:
    """The part of a layer that is not empty, and where it starts."""
    left, top, wide, high = cv2.boundingRect(cv2.extractChannel(pixels, 3))
    if not wide:
        return pixels[:1, :1].copy(), 0, 0
    return np.ascontiguousarray(pixels[top : top + high, left : left + wide]), left, top


def warp_over(frame: Pixels, layer: Pixels, matrix: Matrix) -> None:
    """Cover the whole frame with an opaque layer, moved by a 2x3 matrix."""
    x, y = int(matrix[0, 2]), int(matrix[1, 2])
    still = layer[-y : frame.shape[0] - y, -x : frame.shape[1] - x] if max(x, y) <= 0 else layer[:0]
    if _only_shifts(matrix) and still.shape[:2] == frame.shape[:2]:
        cv2.cvtColor(still, cv2.COLOR_BGRA2BGR, dst=frame)
        return
    # Four channels although one is unused: OpenCV moves them three times faster than three.
    moved = cv2.warpAffine(layer, matrix, (frame.shape[1], frame.shape[0]), flags=cv2.INTER_LINEAR)
    cv2.cvtColor(moved, cv2.COLOR_BGRA2BGR, dst=frame)


def _only_shifts(matrix: Matrix) -> bool:
    """Whether a matrix moves by whole pixels and does nothing else: then pixels are copied as they are."""
    plain = np.array_equal(matrix[:, :2], np.eye(2, dtype=matrix.dtype))
    return plain and bool((matrix[:, 2] == np.round(matrix[:, 2])).all())


def warp_onto(frame: Pixels, layer: Pixels, matrix: Matrix) -> None:
    """Lay a layer over a frame, moved by a 2x3 matrix to a fraction of a pixel."""
    h, w = layer.shape[:2]
    corners = matrix @ np.array([[0, w, 0, w], [0, 0, h, h], [1, 1, 1, 1]], np.float32)
    x0, y0 = max(int(np.floor(corners[0].min())) - 1, 0), max(int(np.floor(corners[1].min())) - 1, 0)
    x1 = min(int(np.ceil(corners[0].max())) + 1, frame.shape[1])
    y1 = min(int(np.ceil(corners[1].max())) + 1, frame.shape[0])
    if x1 <= x0 or y1 <= y0:
        return
    if _only_shifts(matrix):
        x, y = int(matrix[0, 2]), int(matrix[1, 2])
        left, top, right, low = max(x, 0), max(y, 0), min(x + w, frame.shape[1]), min(y + h, frame.shape[0])
        if left < right and top < low:
            blend(frame[top:low, left:right], layer[top - y : low - y, left - x : right - x])
        return
    near = matrix.copy()
    near[:, 2] -= (x0, y0)
    moved = cv2.warpAffine(
        layer, near, (x1 - x0, y1 - y0), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    blend(frame[y0:y1, x0:x1], cast(Pixels, moved))


def blend(under: Pixels, over: Pixels) -> None:
    """Premultiplied `over` on opaque BGR, in place."""
    colour = cv2.cvtColor(over, cv2.COLOR_BGRA2BGR)
    gaps = cv2.cvtColor(cv2.bitwise_not(over[:, :, 3]), cv2.COLOR_GRAY2BGR)
    cv2.multiply(under, gaps, dst=under, scale=1 / 255)
    cv2.add(under, colour, dst=under)


def laid(under: Pixels, over: Pixels) -> Pixels:
    """Premultiplied `over` on premultiplied `under`, both with alpha."""
    gaps = cv2.merge([cv2.bitwise_not(over[:, :, 3])] * 4)
    return cast(Pixels, cv2.add(cv2.multiply(under, gaps, scale=1 / 255), over))
