"""How large a state, a step's result, an event or an input may be: refused before it is written.

A state that grows without end makes every step slower, until one day nobody can open it. The limit names what
grows while it can still be mended: the run fails, everything is kept, and goes on once it is mended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.runs.payloads import dump, plain
from state.errors import StateTooLarge
from tools.settings import Settings

MIB = 1024 * 1024
INPUT = "__start__."
"""The channel that langgraph keeps an input in; people know its fields without it."""


@dataclass(frozen=True, kw_only=True)
class SizeLimits:
    """In bytes, as they are stored before they are compressed."""

    refuse: int = 16 * MIB
    warn: int = 4 * MIB

    @classmethod
    def of(cls, settings: Settings) -> "SizeLimits":
        """As the settings say."""
        return cls(refuse=int(settings.state_limit_mb * MIB), warn=int(settings.state_warn_mb * MIB))

    def check(self, value: Any, field: str) -> None:
        """Refuse a value that is too large as JSON.

        Raises:
            StateTooLarge: names the part of it that is.
        """
        size = len(dump(value))
        if size > self.refuse:
            raise self.refusal(value, field, size)

    def refusal(self, value: Any, field: str, size: int) -> StateTooLarge:
        """What is wrong with a value of this size, by the part that is heaviest."""
        heavy = heaviest(value, field).removeprefix(INPUT) or "state"
        problem = f"is {_mib(size)}, and at most {_mib(self.refuse)} are kept"
        fix = f"Make `{heavy}` smaller, or raise GREENLIGHT_STATE_LIMIT_MB."
        return StateTooLarge(
            f"{heavy}: {problem}",
            user_action=f"{fix} Then resume the production: nothing is lost, and nothing is bought again.",
            details={
                "fields": [{"field": heavy, "problem": problem, "fix": fix}],
                "bytes": size, "limit_bytes": self.refuse,
            },
        )  # fmt: skip


def heaviest(value: Any, path: str) -> str:
    """The part of a value that makes it heavy, as `script.scenes[3].shots`: down while one is most of it."""
    size = len(dump(value))
    while True:
        parts = [(len(dump(part)), name, part) for name, part in _parts(value, path)]
        if not parts:
            return path
        most, name, part = max(parts, key=lambda one: one[0])
        if most * 2 < size:
            return path
        size, path, value = most, name, part


def _parts(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, str | Mapping | list | tuple | int | float | None):
        value = plain(value)
    if isinstance(value, Mapping):
        for name, part in value.items():
            yield f"{path}.{name}" if path else str(name), part
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield f"{path}[{number}]", part


def _mib(size: int) -> str:
    return f"{size / MIB:.1f} MiB"
