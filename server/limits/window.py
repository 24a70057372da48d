"""Sliding windows in Postgres, shared by every server that uses the database.

Each class of requests has so many places per span. A place is free again exactly one span after it was
taken, so a burst over the edge of a minute gains nothing.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from server.limits.classes import RouteClass
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.settings import Settings

SQL = named_queries(Path(__file__).with_suffix(".sql"))
SPAN_S = 60
SWEEP_EVERY = 200
"""Each so many requests of a process, the statement also clears up to 500 rows that count nothing."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of a request at the door."""

    endpoint: RouteClass
    admitted: bool
    allowed: int
    used: int
    """Places taken now, this request's included when it was admitted."""
    free_in_s: int
    """Whole seconds until a place that is taken now is free again."""


class Windows:
    """The doors of one server. Without a clock of its own, the database's is the clock of all."""

    def __init__(
        self, database: Database, allowed: Mapping[RouteClass, int], *, clock: Clock | None = None
    ) -> None:
        self._database = database
        self._allowed = dict(allowed)
        self._clock = clock
        self._asked = count(1)

    async def admit(self, identifier: str, endpoint: RouteClass) -> Verdict:
        """Take a place, if one is free. Who is refused has taken none."""
        allowed = self._allowed[endpoint]
        params = {
            "identifier": identifier, "endpoint": endpoint, "allowed": allowed,
            "span": timedelta(seconds=SPAN_S), "now": self._clock.now() if self._clock else None,
            "sweep": next(self._asked) % SWEEP_EVERY == 0,
        }  # fmt: skip
        row = await self._database.fetch_one(SQL["admit"], params)
        if row is None:
            raise RuntimeError("an upsert that returns its row gave none")
        wait_s = math.ceil(row["free_in"].total_seconds())
        return Verdict(
            endpoint=endpoint,
            admitted=row["admitted"],
            allowed=allowed,
            used=row["used"],
            free_in_s=min(max(wait_s, 1), SPAN_S),
        )


def open_windows(database: Database, settings: Settings, *, clock: Clock | None = None) -> Windows | None:
    """The doors that the settings ask for; None when nothing is limited."""
    if not settings.limits_requests:
        return None
    allowed: dict[RouteClass, int] = {
        "upload": settings.limit_upload,
        "generate": settings.limit_generate,
        "refine": settings.limit_refine,
        "production": settings.limit_production,
        "general": settings.limit_general,
    }
    return Windows(database, allowed, clock=clock)
