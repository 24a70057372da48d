"""What an armed fault point does when it goes off."""

import asyncio
import errno
import os
import signal
import socket
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal, Protocol

from state.errors import DatabaseDown, GreenlightError, ProviderError, StoreUnreachable

Action = Literal["kill", "freeze", "delay", "cut", "twice"]
ACTIONS: tuple[Action, ...] = ("kill", "freeze", "delay", "cut", "twice")
SIGNALS = {"kill": signal.SIGKILL, "freeze": signal.SIGSTOP}


class Armed(Protocol):
    """What has to be known of a charge."""

    point: str
    log: Path
    action: Action
    delay_s: float


async def go_off(charge: Armed, cuts: str, again: Callable[[], Awaitable[object]] | None) -> None:
    """Write the charge's line, then do it. A frozen process goes on from here when somebody wakes it.

    Raises:
        Exception: of a cut, what the library of `cuts` raises.
    """
    _note(charge)
    if charge.action in SIGNALS:
        os.kill(os.getpid(), SIGNALS[charge.action])
    elif charge.action == "delay":
        await asyncio.sleep(charge.delay_s)
    elif charge.action == "cut":
        raise _severed(cuts, charge.point)
    elif again is not None:
        with suppress(GreenlightError):  # a second time may be refused: that is an answer
            await again()


def go_off_here(charge: Armed, cuts: str) -> None:
    """As `go_off`, in a thread.

    Raises:
        Exception: as `go_off`.
    """
    _note(charge)
    if charge.action in SIGNALS:
        os.kill(os.getpid(), SIGNALS[charge.action])
    elif charge.action == "delay":
        time.sleep(charge.delay_s)
    elif charge.action == "cut":
        raise _severed(cuts, charge.point)


def break_wire(charge: Armed, descriptor: int) -> None:
    """Cut a live connection: whoever uses it next finds out as from a cable that was pulled."""
    _note(charge)
    with socket.socket(fileno=os.dup(descriptor)) as wire:
        wire.shutdown(socket.SHUT_RDWR)


def _severed(what: str, point: str) -> Exception:
    """What our callers hear when the wire to the thing in question is cut."""
    told = f"cut at the fault point {point}"
    errors: dict[str, Callable[[], Exception]] = {
        "database": lambda: DatabaseDown(f"server closed the connection unexpectedly, {told}"),
        "store": lambda: StoreUnreachable(told),
        "folder": lambda: OSError(errno.EIO, told),
        "provider": lambda: ProviderError(told, kind="not_sent"),
        "answer": lambda: ProviderError(told, kind="ambiguous"),
    }
    return errors[what]()


def _note(charge: Armed) -> None:
    line = f"{charge.point} {os.getpid()} {charge.action} {time.time():.6f}\n".encode()
    file = os.open(charge.log, os.O_WRONLY | os.O_APPEND)
    os.write(file, line)
    os.fsync(file)
    os.close(file)
