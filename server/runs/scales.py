"""Weighs what one claim writes: each channel when it changes, the whole state without reading it again."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import structlog

from server.runs.sizes import SizeLimits, heaviest

log = structlog.stdlib.get_logger(__name__)
Weigh = Callable[[Any], int]
"""Tells the length of a value as the saver stores it."""


class Scales:
    """Knows how heavy every channel is, by namespace; forgets it with `begin`."""

    def __init__(self, limits: SizeLimits, weigh: Weigh) -> None:
        self.limits = limits
        self._weigh = weigh
        self._weights: dict[str, dict[str, int]] = {}
        self._warned: set[str] = set()
        self._production = ""

    def begin(self, production_id: str) -> None:
        """From now on another production is weighed."""
        self._weights.clear()
        self._warned.clear()
        self._production = production_id

    def check_writes(self, written: Sequence[tuple[str, Any]], sizes: Sequence[int]) -> None:
        """Refuse what a task has made.

        Raises:
            StateTooLarge: a channel would get too much at once.
        """
        for (channel, value), size in zip(written, sizes, strict=True):
            if size > self.limits.refuse:
                raise self.limits.refusal(value, channel, size)

    def check_state(self, ns: str, values: Mapping[str, Any], fresh: Mapping[str, int]) -> None:
        """Refuse a state before it is stored; `fresh` are the sizes of the channels that have changed.

        Raises:
            StateTooLarge: all of it together is too large; names what is heaviest.
        """
        known = self._weights.setdefault(ns, {})
        known.update(fresh)
        for channel in values.keys() - known.keys():  # they come from before this claim
            known[channel] = self._weigh(values[channel])
        total = sum(known[channel] for channel in values)
        if total > self.limits.refuse:
            raise self.limits.refusal(dict(values), "", total)
        if total > self.limits.warn and ns not in self._warned:
            self._warned.add(ns)
            field = heaviest(dict(values), "")
            log.warning("state_grows", production_id=self._production, bytes=total, field=field,
                        limit_bytes=self.limits.refuse)  # fmt: skip
