"""What the vendors keep: every request that reached them, and an invoice for every one they billed."""

import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.standins.model_vendors.models import Model
from tests.standins.model_vendors.plans import Usage
from tests.standins.model_vendors.signals import Signal
from tests.standins.model_vendors.talk import VendorName


@dataclass
class Kept:
    """One request as it came, and what became of it."""

    vendor: VendorName
    method: str
    path: str
    headers: Mapping[str, str]
    body: Any = None
    """Parsed where it is JSON, None when it was not read."""
    key: str = ""
    outcome: str = "open"
    """`answered`, `rejected 400 <code>`, `fault <what>`, `cut`, `client hung up`."""


@dataclass(frozen=True)
class Invoice:
    """One billed call. The price is exact for it alone; a sum of invoices is a sum of these."""

    vendor: VendorName
    model: str
    key: str
    prompt_tokens: int
    cached_tokens: int
    completion_tokens: int
    """What is billed as output, the reasoning included."""
    reasoning_tokens: int
    micro_usd: int
    outcome: str
    job: str = ""
    """Of a picture, a clip or speech: the job that it is for."""


@dataclass(frozen=True)
class Met:
    """A fault that has happened to somebody."""

    vendor: VendorName
    fault: str
    model: str
    stage: str
    job: str = ""


@dataclass
class Books:
    """All three vendors write in one book, so that the order of things is known."""

    file: Path | None = None
    """Where posts, jobs, invoices and faults are written, too, one a line, before anybody is answered."""
    requests: list[Kept] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    met: list[Met] = field(default_factory=list)
    """The faults that have happened, in order."""
    jobs: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Every job of a picture, a clip or speech that was ever accepted, as it was last written."""
    posted: int = 0
    """Orders of media, those of the file included: one for each POST that was read."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _awaited: list[tuple[Callable[[], bool], Signal]] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.file is not None and self.file.exists():
            for line in self.file.read_text().splitlines():
                self._remember(json.loads(line))

    def keep(self, kept: Kept) -> Kept:
        with self._lock:
            self.requests.append(kept)
        self.look()
        return kept

    def bill(self, kept: Kept, model: Model, usage: Usage, outcome: str) -> None:
        invoice = Invoice(
            kept.vendor, model.id, kept.key, usage.prompt, usage.cached, usage.output, usage.reasoning,
            model.micro_usd(usage), outcome,
        )  # fmt: skip
        self.write_invoice(invoice)

    def write_invoice(self, invoice: Invoice) -> None:
        with self._lock:
            self.invoices.append(invoice)
            self._write("invoice", asdict(invoice))
        self.look()

    def meet(self, met: Met) -> None:
        """Write down that a fault has happened."""
        with self._lock:
            self.met.append(met)
            self._write("met", asdict(met))
        self.look()

    def note_job(self, job: dict[str, Any]) -> None:
        """Write a job down as it is now."""
        with self._lock:
            self.jobs[job["id"]] = job
            self._write("job", job)
        self.look()

    def note_post(self, vendor: VendorName, path: str, model: str) -> None:
        """Write down that somebody ordered, whatever becomes of it."""
        with self._lock:
            self.posted += 1
            self._write("post", {"vendor": vendor, "path": path, "model": model})
        self.look()

    def _write(self, what: str, row: Mapping[str, Any]) -> None:
        if self.file is None:
            return
        with self.file.open("a") as file:
            file.write(json.dumps({"what": what, **row}) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def _remember(self, row: dict[str, Any]) -> None:
        match row.pop("what"):
            case "invoice":
                self.invoices.append(Invoice(**row))
            case "met":
                self.met.append(Met(**row))
            case "job":
                self.jobs[row["id"]] = row
            case "post":
                self.posted += 1

    def look(self) -> None:
        """Tell those who wait for something in the book."""
        with self._lock:
            ready = [one for one in self._awaited if one[0]()]
            self._awaited = [one for one in self._awaited if one not in ready]
        for _, signal in ready:
            signal.set()

    def when(self, happened: Callable[["Books"], bool]) -> Signal:
        """Set as soon as the book shows it: `books.when(lambda book: len(book.invoices) == 2).wait()`."""
        signal = Signal()
        with self._lock:
            self._awaited.append((lambda: happened(self), signal))
        self.look()
        return signal

    def billed(
        self, vendor: str | None = None, model: str | None = None, key: str | None = None
    ) -> list[Invoice]:
        """The invoices of one vendor, model and key, oldest first."""
        wanted = [("vendor", vendor), ("model", model), ("key", key)]
        return [
            invoice
            for invoice in self.invoices
            if all(value is None or getattr(invoice, name) == value for name, value in wanted)
        ]

    def micro_usd(self, vendor: str | None = None, model: str | None = None, key: str | None = None) -> int:
        """What they come to."""
        return sum(invoice.micro_usd for invoice in self.billed(vendor, model, key))

    def totals(self) -> dict[tuple[str, str, str], int]:
        """Micro-dollars by vendor, model and key."""
        groups = sorted({(one.vendor, one.model, one.key) for one in self.invoices})
        return {group: self.micro_usd(*group) for group in groups}

    def posts(self, vendor: str | None = None) -> list[Kept]:
        """What was asked of a vendor, lists of models and the like left out."""
        return [one for one in self.requests if one.method == "POST" and vendor in (None, one.vendor)]
