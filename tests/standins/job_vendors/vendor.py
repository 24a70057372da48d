"""What is the same at both vendors when they are asked: keys, credit, faults, the life of the server."""

import asyncio
import contextlib
import json
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, ClassVar

from tests.standins.job_vendors.answers import fault_answer, name_of
from tests.standins.job_vendors.books import JobBooks
from tests.standins.job_vendors.clocks import Time, WallTime
from tests.standins.job_vendors.faults import NO_FAULT, Deck, Fault, Moment
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Model, known_models
from tests.standins.job_vendors.ports import PortServer
from tests.standins.job_vendors.shelf import Shelf
from tests.standins.job_vendors.studio import Studio
from tests.standins.job_vendors.wanted import Wanted
from tests.standins.job_vendors.webhooks import Post
from tests.standins.job_vendors.works import Works
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.signals import Signal
from tests.standins.model_vendors.wire import Out, Request

NEEDS = {
    "black": ("image", "video"), "wrong_size": ("image", "video"), "wrong_duration": ("video", "sound"),
    "filtered_video": ("video",), "silent": ("sound", "video with sound"),
}  # fmt: skip
"""What a fault of the file can happen to; all others happen to all."""


class JobVendor(Works):
    """One vendor on a port of its own."""

    key: ClassVar[str]

    def __init__(
        self, books: JobBooks, studio: Studio, time: Time | None = None, *, pace: float = 0.0, port: int = 0,
        folder: Path | None = None,
    ) -> None:  # fmt: skip
        self.books, self.studio, self.time = books, studio, time or WallTime()
        self.pace = pace
        """How long things take: 1 is as at the vendor, 0.05 is 1:20, 0 is at once."""
        self.models = known_models(self.name)
        self.keys = {self.key}
        """The keys that are good; each is an account of its own."""
        self.credit_micro_usd: int | None = None
        """What the customer still has, less what is billed from now on; None: enough."""
        self.faults: list[Fault] = []
        """What the next ones meet, first come first, each at its own moment."""
        self.deck: Deck | None = None
        """Deals a fault to some orders."""
        self.bills_refusals = True
        """Whether a job that failed is billed, unless the vendor says that it does not bill it."""
        self.start_hold: Signal | None = None
        """While this is not set, no job that was ordered meanwhile starts."""
        self.hold: Signal | None = None
        """While this is not set, no job that was ordered meanwhile ends."""
        self.troubles: list[Exception] = []
        """What went wrong in the stand-in itself; raised at the end of the test."""
        self.shelf = Shelf(folder / self.name if folder else None)
        self.post = self.make_post()
        self.server = PortServer(self._answer, self._leaves_unread, port)
        self._tasks: set[asyncio.Task[None]] = set()

    # What each vendor says in its own way.

    def make_post(self) -> Post:
        raise NotImplementedError

    def key_of(self, request: Request) -> str:
        raise NotImplementedError

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        raise NotImplementedError

    def failure(self, fault: Fault) -> Rejected:
        """The words of a fault with a status."""
        raise NotImplementedError

    def ordered(self, head: Request) -> bool:
        """Whether this request orders something."""
        raise NotImplementedError

    # Life.

    @property
    def url(self) -> str:
        return self.server.url

    async def start(self) -> None:
        await self.server.start()
        for job in self.books.orders(self.name):
            if not job.is_final:
                self.spawn(self.run(job))

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.post.close()
        await self.server.stop()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Go on with it, whatever becomes of the request."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and isinstance(exc := task.exception(), Exception):
            self.troubles.append(exc)

    def complain(self) -> None:
        """Raise what went wrong inside, so that no test passes over it."""
        if self.troubles:
            raise self.troubles[0]

    # Requests.

    async def _answer(self, request: Request, out: Out) -> None:
        kept = self.books.keep(self._note(request))
        try:
            await self.route(kept, request, out)
            self.close(kept, "answered")
        except Rejected as no:
            self.close(kept, f"rejected {no}")
            await out.json(no.status, no.body, no.headers)
        except (ConnectionError, asyncio.CancelledError):
            self.close(kept, "client hung up")
            raise
        except Exception as exc:
            self.troubles.append(exc)
            self.close(kept, f"trouble {exc!r}")
            out.drop()

    def _note(self, request: Request) -> Kept:
        body: Any = None
        if "json" in request.headers.get("content-type", ""):
            with contextlib.suppress(ValueError):
                body = json.loads(request.body)
        return self._kept(request, body)

    def _kept(self, request: Request, body: Any = None) -> Kept:
        key = self.key_of(request)
        return Kept(self.name, request.method, request.path, request.headers, body, key)  # type: ignore[arg-type]

    def close(self, kept: Kept, outcome: str) -> None:
        if kept.outcome == "open":
            kept.outcome = outcome
            self.books.look()

    def _leaves_unread(self, head: Request) -> bool:
        first = next((one for one in self.faults if one.at == "submit"), NO_FAULT)
        if first.kind != "unread" or not self.ordered(head):
            return False
        self.faults.remove(first)
        self.books.keep(self._kept(head)).outcome = "fault unread"
        self.books.happened(self.name, "unread", "submit", head.path)
        return True

    # Faults.

    def next_fault(self, at: Moment, model: str = "", order: Wanted | None = None) -> Fault:
        """Take the first one for this moment and model that can happen to this order."""
        for number, fault in enumerate(self.faults):
            fits = fault.at == at and fault.model in (None, model) and fault.kind != "unread"
            if fits and _can_happen(fault, order):
                return self.faults.pop(number)
        return NO_FAULT

    async def spoilt(self, at: Moment, kept: Kept, out: Out, model: str = "") -> bool:
        """Answer a look, a cancel or a list as a fault wants; whether one did."""
        fault = self.next_fault(at, model)
        if fault is not NO_FAULT:
            await fault_answer(self, fault, kept, out)
        return fault is not NO_FAULT

    # Orders.

    async def order(self, kept: Kept, out: Out, job: Job, model: Model, *, good: int) -> Fault:
        """Take a job that is in order, unless a fault keeps it out; what the answer still has to meet.

        A fault that takes the place of the answer has answered when this returns.
        """
        if self.deck is not None:
            self.faults += self.deck.deal(model.id)
        fault = self.next_fault("submit", model.id)
        if fault is not NO_FAULT and not fault.accepted:
            await fault_answer(self, fault, kept, out)
            return fault
        await self.take(job, model)
        if fault.kind == "webhook_first":
            job.starts_at, job.ends_at = job.created_at, job.created_at
            await self.run(job)
            self.books.happened(self.name, name_of(fault), "submit", job.id)
            return NO_FAULT
        if fault is not NO_FAULT:
            self.spawn(self.run(job))
            await fault_answer(self, fault, kept, out, good=good, where=job.id)
        return fault


def _can_happen(fault: Fault, order: Wanted | None) -> bool:
    if fault.kind not in NEEDS:
        return True
    kinds = {order.kind, f"{order.kind} with sound" if order.has_sound else ""} if order else set()
    return bool(kinds & set(NEEDS[fault.kind]))
