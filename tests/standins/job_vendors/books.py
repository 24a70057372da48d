"""The vendors' books: requests, jobs, invoices, webhooks, faults met; in memory, and in a file if wanted.

The file has a line for each, written before the answer leaves, so it tells the truth after any kill; a
vendor that starts again reads it and goes on.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.standins.job_vendors.jobs import Job
from tests.standins.model_vendors.books import Books, Kept


@dataclass(frozen=True)
class Invoice:
    """One billed job."""

    vendor: str
    model: str
    key: str
    job: str
    units: float
    unit: str
    """`image`, `megapixel`, `second`, `file`."""
    micro_usd: int
    outcome: str


@dataclass(frozen=True)
class Met:
    """A fault that really happened."""

    vendor: str
    kind: str
    at: str
    where: str
    """The job's id, or the path."""


@dataclass(frozen=True)
class Sent:
    """One attempt at delivering a webhook."""

    vendor: str
    job: str
    event: str
    url: str
    headers: dict[str, str]
    body: bytes
    status: int
    """What the receiver answered; 0: nobody did."""


@dataclass
class JobBooks(Books):
    """`when`, `keep`, `posts`, `billed` and `micro_usd` are those of the language models' books."""

    path: Path | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    met: list[Met] = field(default_factory=list)
    sent: list[Sent] = field(default_factory=list)
    earlier: Counter[str] = field(default_factory=Counter)
    """POSTs of processes before this one, by `vendor path`."""

    def __post_init__(self) -> None:
        if self.path is not None and self.path.exists():
            for line in self.path.read_text().splitlines():
                if line.endswith("}"):  # the last one may be torn
                    self._remember(json.loads(line))

    def _remember(self, line: dict[str, Any]) -> None:
        match line.pop("what"):
            case "job":
                job = Job.of_record(line)
                self.jobs[job.id] = job
            case "invoice":
                self.invoices.append(Invoice(**line))  # type: ignore[arg-type]  # ours has other fields
            case "met":
                self.met.append(Met(**line))
            case "post":
                self.earlier[f"{line['vendor']} {line['path']}"] += 1

    def _write(self, what: str, line: dict[str, Any]) -> None:
        if self.path is not None:
            with self.path.open("a") as file:
                file.write(json.dumps({"what": what, **line}) + "\n")

    def keep(self, kept: Kept) -> Kept:
        if kept.method == "POST":
            self._write("post", {"vendor": kept.vendor, "path": kept.path})
        return super().keep(kept)

    def note(self, job: Job) -> None:
        """Write down what has become of a job."""
        self.jobs[job.id] = job
        self._write("job", job.record())
        self.look()

    def charge(self, invoice: Invoice) -> None:
        if any(one.job == invoice.job for one in self.invoices):  # type: ignore[attr-defined]
            return
        self.invoices.append(invoice)  # type: ignore[arg-type]
        self._write("invoice", asdict(invoice))
        self.look()

    def happened(self, vendor: str, kind: str, at: str, where: str) -> None:
        """Note a fault; a job's only once, though its file is broken at each download."""
        met = Met(vendor, kind, at, where)
        if at == "job" and met in self.met:
            return
        self.met.append(met)
        self._write("met", asdict(met))
        self.look()

    def delivered(self, sent: Sent) -> None:
        self.sent.append(sent)
        self.look()

    def kinds_met(self, vendor: str | None = None) -> Counter[str]:
        """How often each kind of fault happened."""
        return Counter(one.kind for one in self.met if vendor in (None, one.vendor))

    def orders(self, vendor: str | None = None) -> list[Job]:
        """Every job that was taken, oldest first."""
        return [job for job in self.jobs.values() if vendor in (None, job.vendor)]
