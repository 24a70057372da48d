"""The same request a hundred times at once, at two doors of one house: one run, one effect, one gate."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.acceptance.faults.crew import Seat
from tests.acceptance.faults.day import GATES
from tests.acceptance.faults.day_set import DaySet
from tests.acceptance.faults.visitor import NO_CERTIFICATES, START, paused, until_open

MANY, LATE = 100, 20
PATIENCE_S = 120


@dataclass
class Crowd:
    """Everybody who clicks at the same time, half of them at each door."""

    day: DaySet
    clients: list[httpx.AsyncClient]

    async def post(
        self, path: str, body: dict[str, Any], times: int, *, key: str = ""
    ) -> list[httpx.Response]:
        headers = {"Idempotency-Key": key} if key else {}
        return await asyncio.gather(
            *(
                self.clients[n % len(self.clients)].post(path, json=body, headers=headers)
                for n in range(times)
            )
        )

    async def until_asked(self, production_id: str, times: int) -> dict[str, Any]:
        """The gate that is open when the production has stood still so often."""
        async with asyncio.timeout(PATIENCE_S):
            async for event in self.day.events.follow(production_id):
                times -= paused(event)
                if not times:
                    break
        gates = (await self.clients[0].get(f"/api/productions/{production_id}")).json()["data"]["gates"]
        return {"interrupt_id": gates[0]["interruptId"], "reply": {"gate": gates[0]["gate"]}}

    async def started(self, times: int, *, key: str) -> set[str]:
        """The productions that so many identical starts made."""
        answers = await self.post("/api/productions", START, times, key=key)
        assert {one.status_code for one in answers} == {202}, Counter(one.text for one in answers)
        made = {one.json()["data"]["productionId"] for one in answers}
        self.day.made += made
        return made

    async def answered(self, production_id: str, answer: dict[str, Any], times: int) -> set[str]:
        """The runs that so many identical answers began."""
        answers = await self.post(f"/api/productions/{production_id}/answer", answer, times)
        assert {one.status_code for one in answers} <= {202, 409}, Counter(one.text for one in answers)
        return {one.json()["data"]["runId"] for one in answers if one.status_code == 202}


def open_doors(day: DaySet, *, with_worker: bool = True) -> list[Seat]:
    """Two replicas of the API, and a worker behind them."""
    if with_worker:
        day.crew.seat("m0", "work")
    return [day.crew.seat(name, "serve", "--no-work") for name in ("left", "right")]


@asynccontextmanager
async def crowd_at(day: DaySet, doors: list[Seat]) -> AsyncIterator[Crowd]:
    """As soon as all doors are open; the crew is at work within the block."""
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(day.at_work())
        clients = [await stack.enter_async_context(client_of(door)) for door in doors]
        for client in clients:
            await until_open(client)
        yield Crowd(day, clients)


def client_of(door: Seat) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{door.port}", timeout=PATIENCE_S, trust_env=False, verify=NO_CERTIFICATES
    )


async def test_identical_posts_make_one_run_and_answer_one_gate(day: DaySet):
    async with crowd_at(day, open_doors(day)) as crowd:
        [production_id] = await crowd.started(MANY, key="once")
        for number, _ in enumerate(GATES, start=1):
            answer = await crowd.until_asked(production_id, number)
            # All at once at the first gate, where a click too many would approve the next ones.
            many = MANY if number == 1 else 2
            assert len(await crowd.answered(production_id, answer, many)) == 1
            if number < len(GATES):
                await crowd.until_asked(production_id, number + 1)
                assert len(await crowd.answered(production_id, answer, LATE)) <= 1
        async for _ in day.events.follow(production_id, until_end=True):
            pass
    assert day.findings() == []


@pytest.mark.soak
async def test_without_a_key_every_start_is_one_of_its_own(day: DaySet):
    """The control of the first half: nothing but the key makes a hundred starts one."""
    async with crowd_at(day, open_doors(day, with_worker=False)) as crowd:
        assert len(await crowd.started(6, key="")) == 6


@pytest.mark.soak
async def test_without_the_binding_a_late_click_approves_the_next_gate(day: DaySet):
    """The control of the second half: an answer that goes to whatever is asked skips a gate."""
    day.crew.guard_off = "binding"
    async with crowd_at(day, open_doors(day)) as crowd:
        [production_id] = await crowd.started(2, key="once")
        first = await crowd.until_asked(production_id, 1)
        for number in range(1, len(GATES) + 1):
            await crowd.until_asked(production_id, number)
            await crowd.answered(production_id, first, 1)
        async for _ in day.events.follow(production_id, until_end=True):
            pass
    assert [one for one in day.findings() if "was told" in one]
