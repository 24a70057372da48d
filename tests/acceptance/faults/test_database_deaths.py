"""Postgres dies and comes back under runs that buy: nobody is restarted, all end, each order is sent once.

The long form is `make soak SOAK=faults`; its seed is printed, and `SOAK_SEED` repeats it.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import httpx
import pytest

from server.runs.accept import Runs
from server.runs.events import EventLog
from tests.acceptance.faults.own_postgres import OwnPostgres
from tests.acceptance.faults.replicas import free_port
from tests.acceptance.faults.visitor import until_open
from tests.integration.machines.buying_worker import shopping_graphs
from tests.integration.machines.conftest import Machines
from tests.postgres import Death
from tools.db.pool import Database

HEALED_S = 30
LONG_S = 40
"""So long that the pauses of a pool have grown beyond what healing may take."""
SHORT = {"GREENLIGHT_LEASE_TTL_S": "5", "GREENLIGHT_SWEEP_EVERY_S": "1", "SHOT_S": "0.1", "SUBMIT_S": "5"}
API = ("serve", "--no-work")
DEATHS: tuple[Death, ...] = ("killed", "immediate")
UNDER_WAY = """
select count(*) as many from productions p
where p.production_id = any(%(made)s::uuid[]) and p.status = 'running'
  and p.lease_owner is not null and p.lease_until > now()
  and (select count(*) from orders o where o.production_id = p.production_id) < %(shots)s
"""
"""What a death hits: driven now, and not at its last shot."""


@dataclass
class Lot:
    """Machines on a database that dies; `embedded`: its users bring it back themselves."""

    machines: Machines
    postgres: OwnPostgres
    embedded: bool
    api: str
    made: list[str] = field(default_factory=list)
    healed_s: list[float] = field(default_factory=list)
    shots: int = 0
    hit: list[int] = field(default_factory=list)
    """How many productions were under way at each death."""

    async def begin(self, *, productions: int, shots: int) -> None:
        """Everybody is there before the first shot is ordered: no slow start outlasts the productions."""
        async with httpx.AsyncClient(base_url=self.api, verify=False) as client:  # noqa: S501 - http
            await until_open(client)
        self.shots = shots
        self.made = [await self.machines.shop(shots) for _ in range(productions)]
        await asyncio.gather(*(self.steps_on(one, 0) for one in self.made))

    async def survives(self, death: Death, *, away_s: float = 0.0) -> None:
        """Let the database die and come back after a while; wait until every production steps on."""
        seqs = {one: await self.last_seq(one) for one in self.made}
        self.hit.append(await self.under_way())
        await self.postgres.die(death)
        if not self.embedded:
            await asyncio.sleep(away_s)  # an outage of this length
            await self.postgres.start()
        back = time.monotonic()
        async with asyncio.timeout(4 * HEALED_S):
            await asyncio.gather(*(self.steps_on(one, seqs[one]) for one in self.made))
            await self.answers(200)
        self.healed_s.append(time.monotonic() - back)

    async def under_way(self) -> int:
        row = await self.machines.database.fetch_one(UNDER_WAY, {"made": self.made, "shots": self.shots})
        assert row is not None
        return int(row["many"])

    async def steps_on(self, production_id: str, seq: int) -> None:
        """Wait until a step has been stored after this number, or all have been."""
        async for event in self.machines.events.follow(production_id, after=seq, until_end=True):
            if event.method == "checkpoints" or event.ends:
                return

    async def why(self, production_id: str) -> object:
        """What a production failed of."""
        query = "select status, attempts, error from runs where production_id = %s"
        return await self.machines.database.fetch_one(query, [production_id])

    async def last_seq(self, production_id: str) -> int:
        row = await self.machines.database.fetch_one(
            "select last_seq from productions where production_id = %s", [production_id]
        )
        assert row is not None
        return int(row["last_seq"])

    async def answers(self, status: int) -> None:
        """Ask the API until it answers with this; it always answers."""
        async with httpx.AsyncClient(base_url=self.api, timeout=HEALED_S, verify=False) as client:  # noqa: S501 - http
            while True:
                if (await client.get(f"/api/productions/{self.made[0]}")).status_code == status:
                    return
                await asyncio.sleep(0.1)  # as a client that was told to come again

    async def all_ended_well(self, *, deaths: int) -> None:
        """Each death hit something; nothing was lost or bought twice, nobody ended or lost a part."""
        assert (len(self.hit), min(self.hit) >= 1) == (deaths, True), self.hit
        for one in self.made:
            assert await self.machines.ended(one) == "completed", await self.why(one)
        posts = {
            key: many for key, many in self.machines.posts().items() if key.partition(":")[0] in self.made
        }
        assert (len(posts), set(posts.values())) == (len(self.made) * self.shots, {1})
        assert [process.returncode for process in self.machines.running] == [None] * 3
        said = "".join(self.machines.log(name).read_text() for name in ("near", "far", "api"))
        assert "background_work_died" not in said
        print("healed in", [round(one, 1) for one in self.healed_s])
        assert max(self.healed_s) < HEALED_S


@asynccontextmanager
async def lot_on(postgres: OwnPostgres, folder: Path, *, embedded: bool) -> AsyncIterator[Lot]:
    """Two workers and an API that only answers."""
    database = await Database.open(postgres.url, max_size=4, name="test")
    events = EventLog(database, safety_s=0.5)
    machines = Machines(folder, database, events, Runs(database, shopping_graphs()))
    port = free_port()
    where = {**SHORT, "GREENLIGHT_PORT": str(port)}
    if embedded:
        where |= {"GREENLIGHT_DATABASE_URL": "", "GREENLIGHT_DATA_DIR": str(postgres.folder)}
    try:
        machines.start("near", **where)
        machines.start("far", **where)
        machines.start("api", words=API, **where)
        yield Lot(machines, postgres, embedded, f"http://127.0.0.1:{port}")
    finally:
        await machines.close()


@pytest.mark.parametrize("embedded", [False, True], ids=["named", "embedded"])
async def test_a_database_that_is_killed_is_survived(
    postgres: OwnPostgres, tmp_path: Path, embedded: bool
) -> None:
    async with lot_on(postgres, tmp_path, embedded=embedded) as lot:
        await lot.begin(productions=2, shots=8)
        await lot.survives("killed")
        await lot.all_ended_well(deaths=1)


@pytest.mark.soak
@pytest.mark.parametrize("embedded", [False, True], ids=["named", "embedded"])
async def test_twenty_deaths_of_the_database_lose_and_double_nothing(
    postgres: OwnPostgres, tmp_path: Path, capsys: pytest.CaptureFixture[str], embedded: bool
) -> None:
    seed = os.environ.get("SOAK_SEED") or str(random.SystemRandom().randrange(2**32))
    say(capsys, f"seed of the deaths: SOAK_SEED={seed}")
    dice, shots = Random(seed), 150  # noqa: S311 - to be repeated
    async with lot_on(postgres, tmp_path, embedded=embedded) as lot:
        await lot.begin(productions=4, shots=shots)
        for number in range(20):
            away_s = LONG_S if number == 10 else dice.uniform(0, 3)
            await lot.survives(dice.choice(DEATHS), away_s=away_s)
            await asyncio.sleep(dice.uniform(0, 1))
        healed_s = [round(one, 1) for one in lot.healed_s]
        say(capsys, f"under way at each death {lot.hit}, healed in {healed_s} s")
        await lot.all_ended_well(deaths=20)


def say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        print(f"\n{text}")
