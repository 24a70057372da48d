"""What the benchmarks of engines share: the vendors' process, and orders of ours without a graph."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import psutil
from psycopg.types.json import Jsonb

from state.order import Order
from tests.builders import an_image_request, an_order
from tests.standins.job_vendors.books import JobBooks
from tests.standins.job_vendors.jobs import Job
from tools.db.pool import Database
from tools.orders.lease import Lease, claim, current_lease
from tools.orders.limits import ProviderLimits
from tools.orders.options import OrderOptions
from tools.orders.place import Orders
from tools.orders.quote import price_of
from tools.orders.rings import Rings
from tools.orders.webhook_urls import webhook_url_of
from tools.registry import open_toolbox
from tools.settings import Settings

PICTURES = "flux-schnell"
PICTURE_PRICE = price_of("replicate", PICTURES, 1)
Addresses = dict[str, dict[str, str]]


class EngineVendors:
    """The vendors in a process of their own."""

    def __init__(self, folder: Path, *, pace: float) -> None:
        self._folder, self._pace = folder, pace
        self.at: Addresses = {}

    async def __aenter__(self) -> "EngineVendors":
        pipe = asyncio.subprocess.PIPE
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.engine_vendors", str(self._folder), str(self._pace),
            stdin=pipe, stdout=pipe,
        )  # fmt: skip
        self.at = await self._line()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self._process.wait()

    async def tell(self, **order: Any) -> dict[str, Any]:
        """Give an order, and wait until it is obeyed."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        return await self._line()

    async def _line(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line: dict[str, Any] = json.loads(await self._process.stdout.readline())
        return line

    def jobs(self, model: str) -> list[Job]:
        """All of this model by the vendors' own books, oldest first."""
        books = JobBooks(path=self._folder / "books.jsonl")
        return sorted(
            (job for job in books.jobs.values() if job.model == model), key=lambda job: job.created_at
        )

    @property
    def environment(self) -> dict[str, str]:
        """For a server of ours."""
        return {
            "REPLICATE_BASE_URL": self.at["replicate"]["url"],
            "REPLICATE_API_TOKEN": self.at["replicate"]["key"],
            "OPENAI_API_KEY": "", "GOOGLE_API_KEY": "", "FAL_KEY": "", "DEEPSEEK_API_KEY": "",
        }  # fmt: skip


@dataclass(frozen=True)
class Till:
    """Orders of some productions, with their leases."""

    orders: Orders
    leases: list[Lease]
    rings: Rings | None

    @property
    def listening(self) -> int:
        """How many orders somebody waits for a ring of."""
        return len(self.rings.waited_for) if self.rings is not None else 0

    def hold(self, number: int = 0) -> Lease:
        """Order in this task as the runner does that drives this order's production."""
        lease = self.leases[number % len(self.leases)]
        current_lease.set(lease)
        return lease

    def picture(self, number: int) -> Order:
        """One that nobody has ordered before."""
        request = an_image_request(
            provider="replicate",
            model=PICTURES,
            prompt=f"A tram, {number}",
            width=1024,
            height=576,
            seed=number,
        )
        production = self.leases[number % len(self.leases)].production_id
        return an_order(production, item=f"bench-{number}", request=request)


def settings_for(url: str, folder: Path, at: Addresses, public_url: str) -> Settings:
    named: dict[str, Any] = {
        "database_url": url, "data_dir": folder, "log_level": "WARNING", "public_url": public_url or None,
        "replicate_base_url": at["replicate"]["url"], "replicate_api_token": at["replicate"]["key"],
        "google_base_url": at["google"]["url"], "google_api_key": at["google"]["key"],
        "fal_key": None, "openai_api_key": None, "deepseek_api_key": None,
    }  # fmt: skip
    return Settings(**named)


@asynccontextmanager
async def our_till(
    url: str, folder: Path, at: Addresses, *, public_url: str = "", productions: int = 1
) -> AsyncIterator[Till]:
    """Everything that a worker orders with; the provider's limits are lifted, so that only ours are seen."""
    chosen = settings_for(url, folder, at, public_url)
    tools = await open_toolbox(chosen)
    free = {name: ProviderLimits(name=name) for name in ("replicate", "google")}
    orders = Orders(
        tools.database, tools.media, tools.engines,
        options=replace(OrderOptions.from_settings(chosen), limits=free), clock=tools.clock,
        keys=tools.engine_keys, webhook_of=partial(webhook_url_of, settings=chosen), rings=tools.rings,
    )  # fmt: skip
    try:
        leases = [await _production(tools.database) for _ in range(productions)]
        yield Till(orders, leases, tools.rings)
    finally:
        await orders.close()
        await tools.close()


async def _production(database: Database) -> Lease:
    row = await database.fetch_one(
        "insert into productions (user_id, graph, ceiling_micros, context)"
        " values ('local', 'novela', %s, %s) returning production_id::text",
        (10**9, Jsonb({"preproduction_usd": "1000"})),
    )
    assert row is not None
    lease = await claim(database, row["production_id"], owner="bench", ttl_s=3600)
    assert lease is not None
    return lease


async def highest_rss(stopped: asyncio.Event, *, every_s: float = 0.02) -> int:
    """The most memory that this process held, in bytes."""
    process, most = psutil.Process(), 0
    while not stopped.is_set():
        most = max(most, process.memory_info().rss)
        await asyncio.sleep(every_s)
    return most
