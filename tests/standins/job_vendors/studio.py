"""Makes the files of a job when they are asked for, once, and keeps the last of them."""

from collections import OrderedDict
from dataclasses import replace

from tests.standins.job_vendors.clips import clip
from tests.standins.job_vendors.pictures import draw, encode, label
from tests.standins.job_vendors.sounds import tune
from tests.standins.job_vendors.wanted import Wanted

KEPT = 256


class Studio:
    """One for all vendors of a process; `made` counts what was not remembered."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
        self.made = 0

    def file(
        self, order: Wanted, model: str, seed: int, job: str, *, fault: str = "", inset: bytes | None = None
    ) -> tuple[bytes, Wanted]:
        """The bytes, and what they really are: a fault makes something else of the order."""
        really = _spoilt(order, fault)
        about = (really, model, seed, job, fault, inset)
        if about not in self._kept:
            self._kept[about] = _whole_or_not(
                _make(really, label(model, seed, job), job, fault, inset), fault
            )
            self.made += 1
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return self._kept[about], really


def _spoilt(order: Wanted, fault: str) -> Wanted:
    if fault == "wrong_kind":
        size = order.size if order.kind == "video" else (320, 180)
        return Wanted("sound", "wav", seconds=1.0) if order.kind == "image" else Wanted("image", "png", size)
    if fault == "wrong_size":
        return replace(order, size=(order.size[0] // 4 * 2, order.size[1] // 4 * 2))
    if fault == "wrong_duration":
        return replace(order, seconds=order.seconds / 2)
    return order


def _make(order: Wanted, text: str, job: str, fault: str, inset: bytes | None) -> bytes:
    silent = fault == "silent"
    if order.kind == "sound":
        return tune(order.format, order.seconds, order.rate_hz, order.bitrate, silent=silent)
    image = draw(order.size, text, job, inset, black=fault == "black")
    if order.kind == "image":
        return encode(image, order.format)
    return clip(image, order.seconds, sound=order.has_sound, silent=silent)


def _whole_or_not(made: bytes, fault: str) -> bytes:
    if fault == "no_bytes":
        return b""
    return made[: len(made) // 2] if fault == "truncated" else made
