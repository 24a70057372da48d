"""Four vendors and the engines that buy from them, over one time; what the vendors' books say of an order.

There an order is known by a word of its own in what is asked for: `s0017i3` is the fourth of production 17.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx
from pydantic import SecretStr

from tests.integration.storms.passing import (
    EnginesClock,
    JobVendorsTime,
    MediaVendorsTime,
    PassingTime,
    time_goes_on,
)
from tests.standins.farm_here import farm_here
from tests.standins.hasty import hasty
from tests.standins.job_vendors import JobVendors, job_vendors_here
from tests.standins.model_vendors import Vendors, model_vendors_here
from tests.standins.previz_farm import Farm
from tools.engines.base import Engine
from tools.engines.fal import Fal
from tools.engines.google import Google
from tools.engines.openai.engine import OpenAIEngine
from tools.engines.previz.remote import RemotePreviz
from tools.engines.replicate import Replicate
from tools.ledger.rows import OrderRow
from tools.orders.keys import EngineKey, Trouble

WORD = re.compile(r"s\d{4}i\d")
LINE = "Say {word} to the door."
"""Of every spoken line: as many letters and words as any other, so that each costs the same."""
SOLD_AT = {
    "replicate": {"wan-video/wan-2.5-t2v-fast": 50_000, "meta/musicgen": 25_000},
    "fal": {"fal-ai/luma-dream-machine/ray-2-flash": 50_000},
}
"""Micro-dollars a second, as our own price book has them: whether that is right is not what a storm asks."""


DRAWN_AT = {"gpt-image-1-mini": (6_000, 399), "gpt-image-2.5-flare": (12_000, 337)}
"""A picture of OpenAI's, and the tokens that it counts as: 1536x1024 and 1536x864 of low quality."""


@dataclass(frozen=True)
class Made:
    """A job of a vendor as its books have it."""

    vendor: str
    id: str
    """As its customers call it."""
    word: str
    fault: str
    state: str
    """In its vendor's words; empty where that has none for it."""
    micro_usd: int
    """What it was billed; 0 is nothing."""


@dataclass
class Keys:
    """Those of the place, good for ever."""

    secrets: dict[str, str]

    async def lend(self, row: OrderRow, *, but: Collection[str] = ()) -> EngineKey:
        secret = self.secrets.get(row.provider)
        return EngineKey(secret=None if secret is None else SecretStr(secret))

    async def lend_again(self, row: OrderRow) -> EngineKey:
        return await self.lend(row)

    async def all_of(self, row: OrderRow) -> list[EngineKey]:
        return [await self.lend(row)]

    async def note_trouble(self, user_id: str, key: EngineKey, trouble: Trouble, *, rest_s: float) -> None:
        """There is no other one."""


@dataclass
class Lot:
    """Who sells, and who buys from them."""

    jobs: JobVendors
    media: Vendors
    farm: Farm
    passing: PassingTime
    engines: dict[str, Engine]
    keys: Keys
    folder: Path
    planned: list[str] = field(default_factory=list)
    """What the farm meets, in this order."""
    settled: int = 0
    """Micro-dollars of what was looked at already."""

    def clear_sky(self) -> None:
        """From now on nothing goes wrong; what was ordered keeps what it has met."""
        for vendor in (*self.jobs.all, self.media.google, self.media.openai):
            vendor.faults.clear()
        self.planned = self.planned[: len(self.planned) - len(self.farm.faults)]
        self.farm.faults.clear()
        for one in self.jobs.all:
            one.deck = None
        for desk in self.media.desks:
            desk.deck = None

    def made(self) -> list[Made]:
        """Every job that any vendor took, oldest first at each."""
        billed = {one.job: one.micro_usd for one in self.jobs.books.invoices}  # type: ignore[attr-defined]
        billed |= {one.job: one.micro_usd for one in self.media.books.invoices}
        return [*self._of_job_vendors(billed), *self._of_media_vendors(billed)]

    def _of_job_vendors(self, billed: dict[str, int]) -> Iterator[Made]:
        for job in self.jobs.books.orders():
            yield Made(
                job.vendor, job.id, word_in(job.given), job.fault.kind, job.state, billed.get(job.id, 0)
            )

    def _of_media_vendors(self, billed: dict[str, int]) -> Iterator[Made]:
        for id, job in self.media.books.jobs.items():
            name = f"models/{job['model']}/operations/{id}" if job["kind"] == "clip" else ""
            state = "running" if name and job["fault"] == "never" else ""
            yield Made(job["vendor"], name, word_in(job["order"]), job["fault"], state, billed.get(id, 0))

    def posts(self) -> Counter[str]:
        """How often each order was asked for, by whatever reached a vendor and could be read."""
        asked = [*self.jobs.books.posts(), *self.media.books.posts()]
        return Counter(word for one in asked if (word := word_in(one.body)))

    def unread(self) -> int:
        """How often somebody asked for something that nobody read."""
        books = [*self.jobs.books.requests, *self.media.books.requests]
        return sum(one.outcome == "fault unread" for one in books)

    def billed(self) -> dict[str, int]:
        """Micro-dollars by order."""
        sums: defaultdict[str, int] = defaultdict(int)
        for one in self.made():
            sums[one.word] += one.micro_usd
        return dict(sums)

    def asked_for(self) -> int:
        """All that the vendors want, whoever it was for."""
        return self.jobs.books.micro_usd() + self.media.books.micro_usd()


def word_in(told: Any) -> str:
    """The word of the order that this is about; empty where there is none."""
    found = WORD.search(json.dumps(told, default=str))
    return found.group() if found else ""


@asynccontextmanager
async def lot(folder: Path) -> AsyncIterator[Lot]:
    """All four, and previz behind HTTP."""
    passing = PassingTime()
    clock = EnginesClock(passing)
    async with AsyncExitStack() as stack:
        jobs = await stack.enter_async_context(job_vendors_here(JobVendorsTime(passing)))
        media = await stack.enter_async_context(model_vendors_here(clock=MediaVendorsTime(passing)))
        farm, farm_url = await stack.enter_async_context(farm_here(folder / "farm", hasty(folder / "drawn")))
        await stack.enter_async_context(time_goes_on(passing))
        _at_our_prices(jobs, media)
        near = httpx.AsyncHTTPTransport()
        engines: dict[str, Engine] = {
            "replicate": Replicate(jobs.replicate.url, elsewhere=near, clock=clock),
            "fal": Fal(jobs.fal.url, elsewhere=near, clock=clock),
            "google": Google(media.google.url, spool=folder / "google", elsewhere=near, clock=clock),
            "openai": OpenAIEngine(f"{media.openai.url}/v1", spool=folder / "openai", clock=clock),
            "previz": RemotePreviz(farm_url),
        }
        keys = Keys(
            {
                "replicate": jobs.replicate.key, "fal": jobs.fal.key,
                "google": media.google.key, "openai": media.openai.key,
            }
        )  # fmt: skip
        for engine in engines.values():
            stack.push_async_callback(engine.aclose)
        yield Lot(jobs, media, farm, passing, engines, keys, folder)


def _at_our_prices(jobs: JobVendors, media: Vendors) -> None:
    for vendor in jobs.all:
        for id, micro_usd in SOLD_AT[vendor.name].items():
            vendor.models[id] = vendor.models[id].changed(micro_usd=micro_usd)
    jobs.fal.bills_refusals = True  # "may still be charged", so our books count it
    line = LINE.format(word="s0000i0")
    tokens = Decimal(round(len(line.split()) * 0.4 * 25))
    drawn, said = media.openai.media.models, media.google.media.models
    drawn["gpt-4o-mini-tts"] = replace(drawn["gpt-4o-mini-tts"], usd={"chars": "35"})
    for id, (micro_usd, each_tokens) in DRAWN_AT.items():
        exact = f"{Decimal(micro_usd) / each_tokens:.12f}"
        drawn[id] = replace(drawn[id], usd={"input": "0", "pictures": "0", "output": exact})
    name = "gemini-2.5-flash-preview-tts"
    each = Decimal(40 * len(line)) / tokens
    said[name] = replace(said[name], usd={"input": "0", "output": f"{each:.12f}"})
