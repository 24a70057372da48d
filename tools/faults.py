"""Named points at which a test may kill this process, to see what survives.

Two keys are needed, so that no forgotten variable kills a production: the setting
`GREENLIGHT_FAULT` names the point (`after_post`, or `after_post:2` for its second hit),
and the file `faults.log` must already lie in the data folder. Then `arm` must be called.
"""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from state.errors import SettingInvalid
from tools.settings import Settings

POINTS = (
    "before_intent",
    "after_intent",
    "after_post",
    "after_id",
    "during_download",
    "after_bytes",
    "before_done",
    "before_checkpoint",
    "after_checkpoint",
    "between_checkpoint_and_event",
)
LOG_NAME = "faults.log"


@dataclass
class Charge:
    """An armed point and how many hits are left before it goes off."""

    point: str
    hits_left: int
    log: Path


_charge: Charge | None = None


def arm(settings: Settings) -> None:
    """Arm the point that the settings name; nothing happens when they name none.

    Raises:
        SettingInvalid: no such point, or no `faults.log` in the data folder.
    """
    global _charge  # the process has one life to lose
    _charge = _read(settings) if settings.fault else None


async def fault_point(name: str) -> None:
    """Pass a point; the armed one ends the process with SIGKILL after writing one line."""
    if _charge is not None and _charge.point == name:
        _charge.hits_left -= 1
        if _charge.hits_left == 0:
            _go_off(_charge)


def _read(settings: Settings) -> Charge:
    point, _, number = settings.fault.partition(":")
    if point not in POINTS or not (number or "1").isdigit() or int(number or "1") < 1:
        raise SettingInvalid(
            f"GREENLIGHT_FAULT: {settings.fault!r} is no fault point; known are {', '.join(POINTS)}"
        )
    log = settings.data_dir / LOG_NAME
    if not log.is_file():
        raise SettingInvalid(
            f"GREENLIGHT_FAULT kills this process; to allow it, put an empty {LOG_NAME} in the data folder"
        )
    return Charge(point=point, hits_left=int(number or "1"), log=log)


def _go_off(charge: Charge) -> None:
    line = f"{charge.point} {os.getpid()}\n".encode()
    file = os.open(charge.log, os.O_WRONLY | os.O_APPEND)
    os.write(file, line)
    os.fsync(file)
    os.kill(os.getpid(), signal.SIGKILL)
