"""Sends webhooks as the vendors do: signed, several times when nobody takes them, never along a redirect."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import httpx

from tests.standins.job_vendors.books import JobBooks, Sent
from tests.standins.job_vendors.clocks import Time
from tests.standins.job_vendors.jobs import Job

Sign = Callable[[str, int, bytes], dict[str, str]]
"""Of an id, a time and a body: the headers."""


@dataclass
class Post:
    """The vendor's mailroom."""

    vendor: str
    books: JobBooks
    time: Time
    sign: Sign
    tries: int
    waits_s: tuple[float, ...]
    """Between one try and the next; the last one again and again."""
    timeout_s: float = 15.0
    web: httpx.AsyncClient | None = None

    async def send(self, job: Job, event: str, id: str, told: dict[str, Any], pace: float) -> None:
        """One message of a job, as often as its fault says, each until it is taken or given up."""
        kind, where = job.webhook_fault.kind, job.id
        if kind != "none":
            self.books.happened(self.vendor, kind, "webhook", where)
        if kind == "webhook_lost":
            return
        body = json.dumps(told).encode()
        for _ in range(job.webhook_fault.times if kind == "webhook_repeated" else 1):
            await self._until_taken(job, event, id, body, pace)

    async def _until_taken(self, job: Job, event: str, id: str, body: bytes, pace: float) -> None:
        for number in range(self.tries):
            if await self.deliver(job, event, id, body):
                return
            if number < self.tries - 1:
                wait = self.waits_s[min(number, len(self.waits_s) - 1)]
                await self.time.until(self.time.now() + wait * pace)

    async def deliver(self, job: Job, event: str, id: str, body: bytes) -> bool:
        """One try; whether it was taken. The signature is of this try's time."""
        headers = {"content-type": "application/json", **self.sign(id, int(self.time.now()), body)}
        status = 0
        try:
            answer = await self._client().post(job.webhook, content=body, headers=headers)
            status = answer.status_code
        except httpx.HTTPError:
            pass
        self.books.delivered(Sent(self.vendor, job.id, event, job.webhook, headers, body, status))
        return 200 <= status < 300

    def _client(self) -> httpx.AsyncClient:
        if self.web is None:
            self.web = httpx.AsyncClient(verify=False, timeout=self.timeout_s, trust_env=False)  # noqa: S501
        return self.web

    async def close(self) -> None:
        if self.web is not None:
            await self.web.aclose()
            self.web = None
