"""A frame as the encoder takes it: BT.709 planes in 4:2:0, made faster than in its own scaler."""

from collections.abc import Iterator

import cv2
import numpy as np
import numpy.typing as npt

from tools.engines.previz.raster import Pixels

RED, BLUE = 0.2126, 0.0722
LUMA_SPAN, CHROMA_SPAN = 219.0 / 255.0, 224.0 / 255.0


def _matrix() -> npt.NDArray[np.float32]:
    """BGR to Y, Cb, Cr as BT.709 in studio range defines them."""
    green = 1.0 - RED - BLUE
    y = np.array([BLUE, green, RED])
    cb = (np.array([1.0, 0.0, 0.0]) - y) / (2 * (1 - BLUE))
    cr = (np.array([0.0, 0.0, 1.0]) - y) / (2 * (1 - RED))
    rows = [[*(y * LUMA_SPAN), 16.0], [*(cb * CHROMA_SPAN), 128.0], [*(cr * CHROMA_SPAN), 128.0]]
    return np.array(rows, np.float32)


class Planes:
    """Turns frames of one size into planes, in buffers that are used again."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width + width % 2, height + height % 2
        """Even, as 4:2:0 needs it; an odd side is completed by repeating its edge."""
        self._odd = (height % 2, width % 2)
        self._toned = np.empty((self.height, self.width, 3), np.uint8)
        self._luma = np.empty((self.height, self.width), np.uint8)
        self._matrix = _matrix()

    def of(self, frame: Pixels) -> Iterator[memoryview]:
        """The three planes; valid until the next frame is turned."""
        if any(self._odd):
            frame = cv2.copyMakeBorder(frame, 0, self._odd[0], 0, self._odd[1], cv2.BORDER_REPLICATE)  # type: ignore[assignment]  # still bytes
        cv2.transform(frame, self._matrix, dst=self._toned)
        cv2.extractChannel(self._toned, 0, dst=self._luma)
        half = cv2.resize(self._toned, (self.width // 2, self.height // 2), interpolation=cv2.INTER_AREA)
        yield self._luma.data
        yield from (np.ascontiguousarray(plane).data for plane in cv2.split(half)[1:])
