"""Named places at which a fault test may kill this process."""

import os
import signal

from tools.settings import settings


async def fault_point(name: str) -> None:
    """Die here when the setting says so."""
    if settings().fault == name:
        os.kill(os.getpid(), signal.SIGKILL)
