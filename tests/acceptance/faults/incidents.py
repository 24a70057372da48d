"""What went off where and when, and how long until what it hit moved again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

import psycopg

from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.faults import LOG_NAME

SQL = named_queries(Path(__file__).with_name("claims.sql"))


def keep_book_of_claims(url: str) -> None:
    """Have the database note every claim from now on."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(SQL["watch"], prepare=False)


@dataclass(frozen=True)
class Incident:
    """One line of a `faults.log`."""

    point: str
    pid: int
    action: str
    at: float


def read_incidents(folders: Iterable[Path]) -> list[Incident]:
    """Everything that went off in these data folders, oldest first."""
    lines = [line.split() for folder in folders for line in (folder / LOG_NAME).read_text().splitlines()]
    found = [Incident(point, int(pid), action, float(at)) for point, pid, action, at in lines]
    return sorted(found, key=lambda one: one.at)


async def pauses(database: Database, incidents: Iterable[Incident]) -> list[float]:
    """Seconds from each kill or freeze until what it hit was driven again: everything that its process held,
    and for one that held nothing the run that it had accepted. What nobody took again is missing.
    """
    waited: list[float] = []
    for one in incidents:
        if one.action not in ("kill", "freeze"):
            continue  # it goes on by itself
        held = await database.fetch_all(SQL["held"], {"pid": one.pid, "at": one.at})
        if not held and one.point == "after_accept":
            held = await database.fetch_all(SQL["accepted"], {"at": one.at})
        waited += [max(0.0, row["moved_at"] - one.at) for row in held if row["moved_at"] is not None]
    return waited


def table(incidents: Iterable[Incident]) -> str:
    """How often each point went off, by action."""
    counts = Counter((one.point, one.action) for one in incidents)
    return "\n".join(f"  {point:32}{action:8}{count:4}" for (point, action), count in sorted(counts.items()))


def percentiles(waited: list[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    if len(waited) < 2:
        return (waited or [0.0])[0], (waited or [0.0])[0]
    steps = quantiles(waited, n=20, method="inclusive")
    return steps[9], steps[18]
