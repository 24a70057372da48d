"""How a house bears it: what normal requests cost meanwhile, and what its processes take."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx

from tests.integration.load.crowd import Crowd
from tests.integration.load.house import VISITORS, FilmHouse, Vitals
from tests.integration.load.samples import Samples, at_fixed_times
from tools.db.pool import Database
from tools.ending import end_tasks

CONNECTIONS = """
select count(*) as many from pg_stat_activity
where datname = current_database() and backend_type = 'client backend' and application_name <> %(visitors)s
"""
ROUTES: dict[str, Callable[[str], str]] = {
    "list": lambda film: "/api/productions?limit=20",
    "waiting": lambda film: "/api/productions?sort=waiting&limit=20",
    "status": lambda film: f"/api/productions/{film}",
    "costs": lambda film: f"/api/productions/{film}/costs",
    "state": lambda film: f"/threads/{film}/state",
    "workers": lambda film: "/api/admin/workers",
    "health": lambda film: "/health",
}
"""What people and programs ask while others make films."""


@dataclass
class Prober:
    """Asks one route after the other at fixed times."""

    client: httpx.AsyncClient
    crowd: Crowd
    every_s: float
    samples: Samples = field(default_factory=Samples)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Ask until it has `ended`."""
        await at_fixed_times(self.every_s, self.ended, self._ask)

    async def _ask(self, number: int, due: float) -> None:
        name = list(ROUTES)[number % len(ROUTES)]
        film = self.crowd.films[number * 7 % len(self.crowd.films)]
        with self.samples.timed(name, due):
            try:
                answer = await self.client.get(ROUTES[name](film))
            except httpx.TransportError as exc:  # the figures are wanted all the same
                self.samples.failed.append(f"{name}: {exc!r}")
                return
        if answer.status_code != 200:
            self.samples.failed.append(f"{name}: {answer.status_code} {answer.text}")


@dataclass
class Watch:
    """The most that each process took, and all of them together of connections."""

    house: FilmHouse
    database: Database
    most: dict[str, Vitals] = field(default_factory=dict)
    cpu_s: dict[str, float] = field(default_factory=dict)
    """What each has computed since it was started."""
    most_connections: int = 0

    async def look(self) -> None:
        """Take note of now."""
        for number, one in enumerate(self.house.staff):
            now, name = await one.vitals(), f"{one.verb} {number}"
            self.most[name] = greatest(self.most.get(name, now), now)
            self.cpu_s[name] = one.cpu_s()
        row = await self.database.fetch_one(CONNECTIONS, {"visitors": VISITORS})
        assert row is not None
        self.most_connections = max(self.most_connections, row["many"])

    async def run(self, every_s: float) -> None:
        """Look now and then, until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(every_s)

    def table(self) -> str:
        """A line per process."""
        lines = [
            f"{name}: {one.rss_mib:.0f} MiB, {one.files} files, {one.threads} threads, {one.tasks} tasks,"
            f" {self.cpu_s[name]:.0f} s of CPU"
            for name, one in self.most.items()
        ]
        return "\n".join([*lines, f"connections: {self.most_connections}"])


def greatest(one: Vitals, other: Vitals) -> Vitals:
    """Of each figure the greater."""
    pairs = {name: (value, getattr(other, name)) for name, value in vars(one).items()}
    return Vitals(**{name: max(pair) for name, pair in pairs.items()})


@asynccontextmanager
async def watched(house: FilmHouse, crowd: Crowd, *, every_s: float) -> AsyncIterator[Watch]:
    """Somebody looks at the house as long as this lasts, and at its end."""
    watch = Watch(house, crowd.database)
    looking = asyncio.create_task(watch.run(every_s))
    try:
        yield watch
        await watch.look()
    finally:
        await end_tasks([looking])


@asynccontextmanager
async def probed(client: httpx.AsyncClient, crowd: Crowd, *, every_s: float) -> AsyncIterator[Prober]:
    """Somebody asks the API as long as this lasts."""
    prober = Prober(client, crowd, every_s)
    async with asyncio.TaskGroup() as group:
        group.create_task(prober.run())
        yield prober
        prober.ended.set()
