"""How jobs go on by themselves, end, are billed, and have files: the same at both vendors."""

import asyncio
import hashlib
from typing import Any, ClassVar

from tests.standins.job_vendors.books import Invoice, JobBooks
from tests.standins.job_vendors.clips import length_and_size
from tests.standins.job_vendors.clocks import Time
from tests.standins.job_vendors.faults import Fault, Moment
from tests.standins.job_vendors.files import serve
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Model
from tests.standins.job_vendors.pictures import size_of
from tests.standins.job_vendors.shelf import Shelf, Unreachable
from tests.standins.job_vendors.studio import Studio
from tests.standins.job_vendors.wanted import Wanted, units, wanted
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.signals import Signal
from tests.standins.model_vendors.wire import Out, Request

ENDS = ("late", "never", "refused", "filtered_video", "failed", "empty_success")
"""Faults that happen when a job ends."""
SPOILT = ("expired", "truncated", "no_bytes", "black", "silent", "wrong_kind", "wrong_size", "wrong_duration")
"""Faults that happen when its file is fetched."""


class Works:
    """The half of a vendor that works; `JobVendor` is the half that is asked."""

    name: ClassVar[str]
    pictures_in: ClassVar[tuple[str, ...]]
    """The fields of an input that hold pictures, the first frame first."""
    books: JobBooks
    studio: Studio
    time: Time
    models: dict[str, Model]
    shelf: Shelf
    hold: Signal | None
    start_hold: Signal | None
    credit_micro_usd: int | None
    pace: float

    @property
    def url(self) -> str:
        raise NotImplementedError

    def next_fault(self, at: Moment, model: str = "", order: Wanted | None = None) -> Fault:
        raise NotImplementedError

    # What each vendor says in its own way.

    def job_failure(self, fault: Fault) -> dict[str, Any]:
        """What a job with this fault fails with; empty when it goes well."""
        raise NotImplementedError

    def unreadable(self, job: Job, field: str, why: str) -> dict[str, Any]:
        """What a job fails with whose picture cannot be read."""
        raise NotImplementedError

    async def tell(self, job: Job, event: str, state: str) -> None:
        """Send the webhook of an event, if one is wanted."""
        raise NotImplementedError

    def gone_file(self) -> Rejected:
        """What the address of a file says that is no more."""
        raise NotImplementedError

    def is_billed(self, job: Job) -> bool:
        raise NotImplementedError

    # What they share.

    async def take(self, job: Job, model: Model) -> None:
        """Accept a job: its pictures are read, its faults drawn, and it stands in the books."""
        await self._read_pictures(job)
        await self._read_clip(job)
        order = (
            None
            if model.makes == "text" or job.failure
            else wanted(model, job.input, job.start_size, job.clip_s)
        )
        job.fault = self.next_fault("job", model.id, order)
        if job.webhook:
            job.webhook_fault = self.next_fault("webhook", model.id)
        if job.fault.kind == "late":
            job.ends_at = (job.ends_at or job.starts_at) + job.fault.seconds * (self.pace or 1)
        elif job.fault.kind == "never":
            job.ends_at = None
        job.failure = job.failure or self.job_failure(job.fault)
        job.hold, job.start_hold = self.hold, self.start_hold
        self.books.note(job)

    async def _read_pictures(self, job: Job) -> None:
        for field, address in self.references(job):
            try:
                picture = await self.shelf.read(address, self.url, self.time.now())
                if picture is not None:
                    job.start_size = job.start_size or size_of(picture)
                    self.shelf.insets.setdefault(job.id, picture)
            except (Unreachable, OSError) as exc:
                job.failure = self.unreadable(job, field, str(exc))
                return

    async def _read_clip(self, job: Job) -> None:
        """A clip that is to be made larger: how long and how large it is."""
        address = job.input.get("video_url")
        if not address or job.failure:
            return
        try:
            content = await self.shelf.read(str(address), self.url, self.time.now())
            # One that lies elsewhere is believed, as pictures are.
            job.start_size, job.clip_s = length_and_size(content) if content is not None else (None, 5.0)
        except (Unreachable, OSError) as exc:
            job.failure = self.unreadable(job, "video_url", str(exc))

    def references(self, job: Job) -> list[tuple[str, str]]:
        """The addresses of pictures in an input, by field."""
        if job.failure:
            return []
        found: list[tuple[str, str]] = []
        for field in self.pictures_in:
            value = job.input.get(field)
            found += [(field, one) for one in (value if isinstance(value, list) else [value]) if one]
        return found

    async def run(self, job: Job) -> None:
        """Live through the job's moments and tell those who want to hear of them."""
        while True:
            self.advance(job)
            while job.events:
                event, state = job.events.pop(0)
                await self.tell(job, event, state)
            if job.is_final:
                return
            await self._next_moment(job)

    async def _next_moment(self, job: Job) -> None:
        waits, moment = job.waits_for(), job.next_moment()
        tasks = [asyncio.ensure_future(job.done.heard())]
        if waits is not None:
            tasks.append(asyncio.ensure_future(waits.heard()))
        if moment is not None and (waits is None or moment > self.time.now()):
            tasks.append(asyncio.ensure_future(self.time.until(moment)))
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()

    def advance(self, job: Job) -> None:
        """Bring a job to this moment; its end is booked and billed."""
        if job.turn(self.time.now()):
            self._changed(job)

    def cancel(self, job: Job) -> None:
        """Stop a job that has not ended."""
        if not job.is_final:
            job.cancel(self.time.now())
            self._changed(job)

    def _changed(self, job: Job) -> None:
        if job.is_final and job.fault.kind in ENDS:
            self.books.happened(self.name, job.fault.kind, "job", job.id)
        if job.is_final and self.is_billed(job):
            self._bill(job, self.models[job.model])
        self.books.note(job)
        if job.is_final:
            job.done.set()

    def _bill(self, job: Job, model: Model) -> None:
        amount = units(model, job.input, job.start_size, job.clip_s)
        price = model.price(amount)
        self.books.charge(
            Invoice(self.name, job.model, job.key, job.id, amount, model.unit, price, job.state)
        )
        if self.credit_micro_usd is not None:
            self.credit_micro_usd -= price

    # Files.

    def order_of(self, job: Job) -> Wanted:
        """What each of its files should be."""
        return wanted(self.models[job.model], job.input, job.start_size, job.clip_s)

    def made(self, job: Job, number: int = 0) -> tuple[bytes, Wanted]:
        """A file of a job that went well, and what it really is."""
        name = f"{job.id}{f' {number}' if number else ''}"
        return self.studio.file(
            self.order_of(job), job.model, job.seed, name, fault=job.fault.kind,
            inset=self.shelf.insets.get(job.id),
        )  # fmt: skip

    async def serve_output(
        self, kept: Kept, request: Request, out: Out, job: Job | None, number: int
    ) -> None:
        """The bytes of an output, as long as its address is good."""
        if job is None or job.state != "succeeded" or number >= job.files or job.ended_at is None:
            raise self.gone_file()
        if job.fault.kind in SPOILT:
            self.books.happened(self.name, job.fault.kind, "job", job.id)
        is_old = job.expires_s is not None and self.time.now() >= job.ended_at + job.expires_s
        if is_old or job.fault.kind == "expired":
            raise self.gone_file()
        content, really = await asyncio.to_thread(self.made, job, number)
        await serve(self, self.next_fault("file", job.model), kept, request, out, content, really.mime)

    def file_name(self, job: Job, number: int) -> str:
        """A name that nobody can guess, and the same every time."""
        return hashlib.sha256(f"{self.name} {job.id} {number}".encode()).hexdigest()[:24]
