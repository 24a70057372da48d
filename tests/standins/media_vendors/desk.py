"""Where orders are taken: time, jobs, invoices, and what a fault does between the order and the last byte."""

import asyncio
import base64
import hashlib
import math
import uuid
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.standins.media_vendors.clocks import RealTime, Time
from tests.standins.media_vendors.faults import FREE, OF_MEDIA, Deck, fits
from tests.standins.media_vendors.models import MediaModel, sold_by
from tests.standins.media_vendors.results import Job
from tests.standins.model_vendors.answering import HALF
from tests.standins.model_vendors.books import Invoice, Kept, Met
from tests.standins.model_vendors.dialects import NO_FAULT
from tests.standins.model_vendors.faults import Fault, Stage
from tests.standins.model_vendors.wire import Out

if TYPE_CHECKING:
    from tests.standins.model_vendors.vendor import Vendor

PIECES, PIECE = 16, 1 << 16
LONG = 2048
"""Longer words of a request are kept as their length and their digest."""


@dataclass(frozen=True)
class Bill:
    """What a job costs when it is made."""

    micro_usd: int
    prompt_tokens: int = 0
    output_tokens: int = 0


@dataclass
class Order:
    """What was read and found in order."""

    kept: Kept
    out: Out
    model: MediaModel
    what: dict[str, Any]
    bill: Bill
    job: Job = field(default_factory=dict)
    fault: Fault = NO_FAULT


class Desk:
    """One vendor's pictures, clips and voices. `scale` 0 makes all at once; 0.05 is twenty times as fast."""

    def __init__(self, vendor: "Vendor") -> None:
        self.vendor = vendor
        self.models: dict[str, MediaModel] = sold_by(vendor.name)
        self.clock: Time = RealTime()
        self.scale = 0.0
        self.deck: Deck | None = None
        """Deals faults where none is planned."""
        self.weight_bytes = 0
        """Clips are made at least so heavy, with bytes that mean nothing."""
        self._met: dict[str, Fault] = {}

    def offer(self, name: str, like: str, **changes: Any) -> MediaModel:
        """Sell one more model, or on other terms: `offer("gpt-image-1", "gpt-image-1", retired=False)`."""
        self.models[name] = replace(self.models[like], id=name, **changes)
        return self.models[name]

    @property
    def jobs(self) -> list[Job]:
        """The vendor's, oldest first."""
        return [job for job in self.vendor.books.jobs.values() if job["vendor"] == self.vendor.name]

    def next_fault(self, model: MediaModel, stage: Stage, order: dict[str, Any], job: str = "") -> Fault:
        """The first planned one that this call can meet, else what the deck deals; it is in the book then."""
        vendor = self.vendor
        planned = (one for one in vendor.faults if fits(one, vendor.name, model, stage, order))
        fault = next(planned, None)
        if fault is not None:
            vendor.faults.remove(fault)
        elif self.deck is not None:
            fault = self.deck.draw(vendor.name, model, stage, order)
        if fault is None:
            return NO_FAULT
        vendor.books.meet(Met(vendor.name, fault.name, model.id, stage, job))
        return fault

    async def take(self, order: Order, reply: Callable[[Order], Awaitable[None]]) -> None:
        """Meet a fault or none, accept, and answer."""
        order.job["id"] = f"{self.vendor.name[0]}{len(self.jobs) + 1:04d}{uuid.uuid4().hex[:6]}"
        order.fault = fault = self.next_fault(order.model, "submit", order.what, order.job["id"])
        if fault is not NO_FAULT and fault.kind not in OF_MEDIA:
            if not fault.billed and await self.hindered(order.kept, order.out, fault):
                return
            self.accept(order)
            if fault.billed and await self.hindered(order.kept, order.out, fault):
                return
        else:
            self.accept(order)
        await reply(order)

    def accept(self, order: Order) -> None:
        """Write the job down, and the invoice when something will be made."""
        fault, now = order.fault, self.clock.now()
        later = order.model.latency_s * self.scale + (fault.seconds if fault.kind == "late" else 0)
        content = fault.kind if fault.kind in OF_MEDIA else ""
        free = fault.kind in FREE and not fault.billed
        order.job |= {
            "vendor": self.vendor.name,
            "model": order.model.id,
            "kind": order.model.kind,
            "order": order.what,
            "accepted": now.isoformat(),
            "ready": (now + timedelta(seconds=later)).isoformat(),
            "fault": content,
            "form": fault.form,
            "seconds": fault.seconds,
            "micro_usd": 0 if free else order.bill.micro_usd,
        }
        self._met[order.job["id"]] = fault
        self.vendor.books.note_job(order.job)
        if not free:
            self._invoice(order)
        self.accepted(order)

    def accepted(self, order: Order) -> None:
        """What else happens as soon as a job is in the book."""

    def _invoice(self, order: Order) -> None:
        bill, kept = order.bill, order.kept
        self.vendor.books.write_invoice(
            Invoice(
                kept.vendor,
                order.model.id,
                kept.key,
                bill.prompt_tokens,
                0,
                bill.output_tokens,
                0,
                bill.micro_usd,
                order.fault.name if order.fault is not NO_FAULT else "made",
                order.job["id"],
            )
        )

    def own_fault(self, job: Job) -> Fault:
        """What a job was ordered with; of a job from before a restart, what the book says of it."""
        return self._met.get(job["id"]) or Fault(job["fault"] or "status", seconds=job["seconds"])

    def is_ready(self, job: Job) -> bool:
        release = self._met.get(job["id"], NO_FAULT).release
        if job["fault"] == "late" and release is not None:
            return release.is_set
        return job["fault"] != "never" and self.clock.now() >= datetime.fromisoformat(job["ready"])

    async def until_ready(self, job: Job) -> None:
        """Wait for as long as the model takes; of a job that never ends, until the client hangs up."""
        release = self._met.get(job["id"], NO_FAULT).release
        if job["fault"] == "never":
            await asyncio.Event().wait()
        elif job["fault"] == "late" and release is not None:
            await release.heard()
        else:
            await self.clock.until(datetime.fromisoformat(job["ready"]))

    async def hindered(self, kept: Kept, out: Out, fault: Fault) -> bool:
        """What a fault of the line does in place of an answer; whether that was all."""
        match fault.kind:
            case "hang":
                await (fault.release.heard() if fault.release else asyncio.Event().wait())
                return False
            case "status" | "page" if fault.status:
                await self.vendor.fail(kept, fault, out)
            case "unanswered":
                self.vendor.close(kept, "fault unanswered")
                out.drop()
            case "broken_json" | "empty":
                self.vendor.close(kept, f"fault {fault.kind}")
                await out.reply(200, HALF if fault.kind == "broken_json" else b"", self.vendor.json_type)
            case _:
                return False
        return True

    async def send(
        self,
        kept: Kept,
        out: Out,
        body: bytes,
        headers: Mapping[str, str],
        fault: Fault,
        *,
        chunked: bool = False,
        padding: int = 0,
    ) -> None:
        """Deliver a body: whole, cut in its middle, or in a trickle."""
        self.vendor.close(kept, "cut" if fault.kind == "cut" else "answered")
        total = len(body) + padding
        await out.start(200, dict(headers) if chunked else {**headers, "content-length": str(total)})
        if fault.kind == "cut":
            await out.piece(body[: len(body) // 2])
            out.drop()
            return
        slow = fault.kind == "trickle"
        size = max(1, math.ceil(total / PIECES)) if slow else PIECE
        for number, piece in enumerate(_pieces(body, padding, size)):
            if slow and number:
                await self._pause(fault)
            await out.piece(piece)
        await out.end()

    async def _pause(self, fault: Fault) -> None:
        if fault.release is not None:
            await fault.release.heard()
        else:
            await self.clock.until(self.clock.now() + timedelta(seconds=fault.seconds))


def _pieces(body: bytes, padding: int, size: int) -> Iterator[bytes]:
    """The body and, behind it, one box that players pass over; never all of it at once."""
    heading = padding.to_bytes(4, "big") + b"free" if padding else b""
    whole, left = body + heading, padding - len(heading)
    for start in range(0, len(whole), size):
        yield whole[start : start + size]
    nothing = bytes(size) if left > 0 else b""
    while left > 0:
        yield nothing[:left]
        left -= size


def slim(value: Any) -> Any:
    """A request as it is kept: pictures as their size and digest."""
    if isinstance(value, dict):
        return {name: slim(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [slim(inner) for inner in value]
    if isinstance(value, str) and len(value) > LONG:
        content = _decoded(value)
        return value if content is None else digest_of(content)
    return digest_of(value) if isinstance(value, bytes) else value


def digest_of(content: bytes) -> str:
    """How a long part of a request stands in the book: `sha256:... 1234 bytes`."""
    return f"sha256:{hashlib.sha256(content).hexdigest()} {len(content)} bytes"


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        return None
