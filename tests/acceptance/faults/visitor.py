"""Somebody who has a film made over HTTP: repeats what was not answered, at whichever door is open."""

import asyncio
import itertools
import ssl
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from server.runs.events import Event, EventLog
from tests.acceptance.faults.day import BRIEF, GRAPH

AGAIN_S = 0.05
TIMEOUT_S = 5.0
OPENS_IN_S = 120
START = {"graph": GRAPH, "brief": BRIEF}
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
"""Nothing here is encrypted, and to load certificates takes longer than to ask."""


async def until_open(client: httpx.AsyncClient) -> None:
    """A process that starts tells nobody."""
    async with asyncio.timeout(OPENS_IN_S):
        while True:
            with suppress(httpx.TransportError):
                await client.get("/health")
                return
            await asyncio.sleep(AGAIN_S)


def paused(event: Event) -> bool:
    """Whether a production says here that it waits for somebody."""
    return event.method == "lifecycle" and not event.namespace and event.payload["event"] == "interrupted"


@dataclass
class Visitor:
    """One browser with the addresses of all doors."""

    ports: Sequence[int]
    events: EventLog
    failed: Counter[str] = field(default_factory=Counter)
    """Why runs failed that this visitor had to resume, and how often: the codes of their errors."""
    _read: dict[str, int] = field(default_factory=dict)
    _turns: "itertools.count[int]" = field(default_factory=itertools.count)

    async def make(self, key: str) -> str:
        """Start a production and answer its gates until it has ended; its id."""
        made = await self.ask("POST", "/api/productions", START, key=key)
        production_id = str(made["data"]["productionId"])
        while await self._attend(production_id) == "failed":
            await self._resume(production_id)
        return production_id

    async def _resume(self, production_id: str) -> None:
        """Have what failed tried again, and count it: a fault that passes should fail nothing."""
        path = f"/api/productions/{production_id}"
        error = (await self.ask("GET", path))["data"]["error"] or {}
        self.failed[error.get("code", "unknown")] += 1
        await self.ask("POST", f"{path}/resume")

    async def _attend(self, production_id: str) -> str | None:
        """Answer what is asked until it has ended; how it did."""
        after, end = self._read.get(production_id, 0), None
        async for event in self.events.follow(production_id, after=after, until_end=True):
            self._read[production_id], end = event.seq, event.ends
            if paused(event):
                await self.answer_one(production_id)
        return end

    async def answer_one(self, production_id: str) -> None:
        """Answer a gate that is open, if one is; whoever follows is told when the next one is."""
        path = f"/api/productions/{production_id}"
        gates = (await self.ask("GET", path))["data"]["gates"]
        if gates:
            reply = {"interrupt_id": gates[0]["interruptId"], "reply": {"gate": gates[0]["gate"]}}
            await self.ask("POST", f"{path}/answer", reply)

    async def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, key: str = ""
    ) -> dict[str, Any]:
        """The answer of the first door that gives one; 409 is one, too."""
        headers = {"Idempotency-Key": key} if key else {}
        async with httpx.AsyncClient(timeout=TIMEOUT_S, trust_env=False, verify=NO_CERTIFICATES) as client:
            while True:
                port = self.ports[next(self._turns) % len(self.ports)]
                url = f"http://127.0.0.1:{port}{path}"
                try:
                    response = await client.request(method, url, json=body, headers=headers)
                except httpx.TransportError:
                    await asyncio.sleep(AGAIN_S)  # a door that is being replaced
                    continue
                if response.status_code < 500:
                    assert response.status_code in (200, 202, 409), response.text
                    answer: dict[str, Any] = response.json()
                    return answer
