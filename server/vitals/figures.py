"""What `/metrics` answers: this process's counters, its slots and pool, and facts of the database."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from psycopg.rows import DictRow

from server.runs.roster import LOST_AFTER
from server.vitals.vitals import Vitals
from state.errors import DatabaseError
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.telemetry.meters import REGISTRY

SQL = named_queries(Path(__file__).with_suffix(".sql"))
FACTS_LAST_S = 2.0
PATIENCE_S = 5.0
SAID = {
    "productions": "Productions that are queued, running or paused at a gate.",
    "leases": "Productions that a worker drives now.",
    "queue": "Productions that wait for a slot.",
    "queue_oldest_wait_seconds": "How long the first of them has waited.",
    "workers": "Processes with a worker.",
    "slots_of_all": "Slots of all workers that live.",
    "orders_open": "Orders that are not over: `unknown` ones wait for a person.",
    "money_unknown_micros": "Micro-dollars of unknown fate now, until somebody settles them.",
    "notices_waiting": "Messages of webhooks and mails that are not sent yet.",
    "webhook_endpoints": "Endpoints of webhooks; resting ones have failed several times in a row.",
}
POOL = {
    "pool_size": "Connections of this process's pool.",
    "pool_available": "Those that nobody uses.",
    "requests_waiting": "Who waits for one.",
}


class HasSlots(Protocol):
    """What drives productions here."""

    @property
    def busy(self) -> int:
        """Productions it drives now."""


class Figures:
    """Reads figures for whoever asks."""

    def __init__(self, database: Database, vitals: Vitals, *, slots: int) -> None:
        self._database = database
        self._vitals = vitals
        self._slots = slots
        self.worker: HasSlots | None = None
        self._facts: tuple[float, list[DictRow]] | None = None
        self._reading = asyncio.Lock()

    async def text(self) -> bytes:
        """All figures in Prometheus's text format. A database that is down takes only its own away."""
        facts = await self._fresh_facts()
        now = CollectorRegistry()
        now.register(_Given([*self._own(up=facts is not None), *_families(facts or [])]))
        return generate_latest(REGISTRY) + generate_latest(now)

    async def _fresh_facts(self) -> list[DictRow] | None:
        async with self._reading:
            if self._facts is not None and time.monotonic() - self._facts[0] < FACTS_LAST_S:
                return self._facts[1]
            try:
                async with asyncio.timeout(PATIENCE_S):
                    rows = await self._database.fetch_all(SQL["facts"], {"lost_after": LOST_AFTER})
            except (DatabaseError, TimeoutError):
                self._facts = None
                return None
            self._facts = (time.monotonic(), rows)
            return rows

    def _own(self, *, up: bool) -> Iterable[Metric]:
        alive = all(part.ok for part in self._vitals.alive())
        busy = self.worker.busy if self.worker is not None else 0
        yield GaugeMetricFamily("greenlight_database_up", "Whether the database answered.", value=float(up))
        yield GaugeMetricFamily(
            "greenlight_alive", "Whether all parts of this process live.", value=float(alive)
        )
        yield GaugeMetricFamily("greenlight_slots", "Worker slots of this process.", value=self._slots)
        yield GaugeMetricFamily("greenlight_slots_busy", "Those that drive a production.", value=busy)
        stats = self._database.pool.get_stats()
        for name, said in POOL.items():
            yield GaugeMetricFamily(f"greenlight_database_{name}", said, value=stats.get(name, 0))


class _Given:
    """A collector of what was found already."""

    def __init__(self, found: Iterable[Metric]) -> None:
        self._found = list(found)

    def collect(self) -> Iterable[Metric]:
        return self._found


def _families(rows: Iterable[Mapping[str, Any]]) -> Iterable[Metric]:
    families: dict[str, GaugeMetricFamily] = {}
    for row in rows:
        name, labels = row["name"], row["labels"]
        if name not in families:
            families[name] = GaugeMetricFamily(f"greenlight_{name}", SAID[name], labels=sorted(labels))
        families[name].add_metric([str(labels[one]) for one in sorted(labels)], row["value"])
    return families.values()
