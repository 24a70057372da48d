"""From the pixels that an order wants to the words that vendors have for them."""

from collections.abc import Sequence
from math import log

from state.order import ImageRequest, VideoRequest


def nearest_ratio(width: int, height: int, offered: Sequence[str]) -> str:
    """Of the ratios such as `16:9` the one that is nearest to the order's; the first of two that are."""
    return min(offered, key=lambda ratio: abs(log(width / height) - log(_value(ratio))))


def resolution_of(request: VideoRequest | ImageRequest, offered: Sequence[str]) -> str:
    """What was priced, or the smallest of `720p`, `1080p`, ... that has the order's short side."""
    if (priced := request.parameters.get("resolution")) is not None:
        return str(priced)
    short = min(request.width, request.height)
    return next((one for one in offered if lines_of(one) >= short), offered[-1])


def lines_of(resolution: str) -> int:
    """The short side of a resolution in pixels: 1080 for `1080p`, 2160 for `4k`."""
    known = {"4k": 2160, "1k": 1024, "2k": 2048}
    return known.get(resolution.lower()) or int(resolution.lower().rstrip("p"))


def _value(ratio: str) -> float:
    wide, high = ratio.split(":")
    return float(wide) / float(high)
