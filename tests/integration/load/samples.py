"""How long requests took: kept by name, told as a table, and judged only where there are enough of them."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Samples:
    """One class of requests."""

    took_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: list[str] = field(default_factory=list)

    @contextmanager
    def timed(self, name: str, since: float) -> Iterator[None]:
        """Note how long this took, however it ends."""
        try:
            yield
        finally:
            self.took_ms[name].append((time.perf_counter() - since) * 1000)

    @classmethod
    def of(cls, *classes: "Samples") -> "Samples":
        """Of several classes together."""
        together = cls()
        for name, taken in (pair for one in classes for pair in one.took_ms.items()):
            together.took_ms[name].extend(taken)
        return together

    def quantile_ms(self, part: float, name: str | None = None, *, of: int = 1) -> float:
        """Of one name, or of all; of fewer than so many there is none."""
        taken = sorted(self._taken(name))
        assert len(taken) >= of, f"{len(taken)} requests were timed, and at least {of} are needed"
        return taken[min(len(taken) - 1, int(part * len(taken)))]

    def table(self, title: str) -> str:
        """A line per name, and one for all of them."""
        lines = [f"{title:10}{'asked':>7}{'p50':>8}{'p99':>8}{'most':>8} ms"]
        for name in (*self.took_ms, None):
            row = [self.quantile_ms(part, name) for part in (0.5, 0.99, 1)]
            lines.append(
                f"{name or 'all':10}{len(self._taken(name)):7}" + "".join(f"{ms:8.0f}" for ms in row)
            )
        return "\n".join(lines)

    def _taken(self, name: str | None) -> list[float]:
        every = [ms for one in self.took_ms.values() for ms in one]
        return every if name is None else self.took_ms.get(name, [])


async def at_fixed_times(
    every_s: float, ended: asyncio.Event, ask: Callable[[int, float], Coroutine[Any, Any, None]]
) -> None:
    """Ask with a number and when it was due, whether the last answer is there or not, until it has ended.

    Timed from when it was due, who could not even be asked has waited, too. What is under way at the end
    still counts.
    """
    due, asked = time.perf_counter(), 0
    async with asyncio.TaskGroup() as group:
        while not ended.is_set():
            group.create_task(ask(asked, due))
            asked, due = asked + 1, due + every_s
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
