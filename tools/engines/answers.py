"""Answers that are files: their providers keep nothing, so what was paid must outlive process and machine.

Such an engine keeps an answer on its own disk before anybody knows its id. `tools.orders` then has it stored
where every machine reads it, hands that place to each call, and lets the copy here go when its id is noted.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, runtime_checkable


@dataclass(frozen=True)
class Kept:
    """An answer as it was kept."""

    extra: dict[str, Any]
    """What the engine keeps beside the file, in JSON."""
    file: Callable[[], Awaitable[Path]]
    """Brings the file to this machine; empty where the answer held none. Hold the path, not its text."""
    problem: str = ""
    """Why it is no file that is kept; empty where it is one."""


class Answers(Protocol):
    """Where the answers to one order lie for every machine."""

    async def found(self, external_id: str) -> Kept | None:
        """What was answered under this id; None where nothing of it was stored.

        The file raises `ProviderFailed`, `expired`, where it is gone.
        """


@runtime_checkable
class AnswersWithFiles(Protocol):
    """An engine whose provider answers an order with the file itself."""

    async def answered(self, external_id: str) -> Kept | None:
        """What lies on this machine under an id, as it is to be stored; None where nothing does."""

    async def let_go(self, external_id: str) -> None:
        """Forget what lies on this machine: it is stored, and its id is on record."""
