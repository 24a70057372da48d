"""The seam to everything that makes picture or sound.

An engine submits a job and returns at once; the job is looked at, fetched, found and
cancelled by its external id, from any process. Engines neither retry nor fall back
nor book: `tools.orders` does, once for all of them.
"""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol, runtime_checkable

from state.order import EngineRequest, FailureKind, Medium
from tools.engines.files import NO_FILES, Files

Reconcile = Literal["idempotent_submit", "findable", "webhook_only", "blind"]
JobState = Literal["queued", "running", "succeeded", "failed", "cancelled"]


@dataclass(frozen=True, kw_only=True)
class JobStatus:
    """How a submitted job is doing. `progress` runs from 0 to 1."""

    state: JobState
    progress: float = 0.0
    error: str = ""
    kind: FailureKind = "internal"
    """Why it failed, when it did."""
    billed: bool | None = True
    """Whether a job that failed is charged all the same; None where its provider does not say, and its price
    is of unknown fate until somebody has looked at the bill."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A finished job's file, in a folder of the caller, not yet in the store."""

    path: Path
    extra: dict[str, Any] = field(default_factory=dict)
    """JSON the engine adds, see `state.order.Delivery.extra`."""
    seed: int | None = None


class CannotTell(Exception):
    """The provider cannot be asked whether it knows a job."""


class Engine(Protocol):
    """One provider's way of making one or more media."""

    provider: str
    media: frozenset[Medium]
    reconcile: Reconcile

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Send exactly one request and return the job's external id at once.

        `files` are the stored files that the request refers to, readable until this returns.

        Raises:
            ProviderError: with the failure kind from `classify`.
        """

    async def status(self, external_id: str) -> JobStatus:
        """Ask how the job is doing. Never starts anything."""

    async def wait(self, external_id: str) -> JobStatus:
        """Return when the job has ended, by notification or by polling politely."""

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Copy the finished job's file into the folder `into`."""

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """External ids of jobs that may be this order, when our own record of the id was lost.

        Raises:
            CannotTell: the provider offers no way to ask.
        """

    async def cancel(self, external_id: str) -> None:
        """Stop the job if it still can be stopped."""

    async def aclose(self) -> None:
        """Give back processes and connections; submitted jobs are not touched."""

    def classify(self, error: BaseException) -> FailureKind:
        """Say what kind of failure this is; only the kind decides what happens next."""


@runtime_checkable
class NamesJobs(Protocol):
    """An engine whose external ids hold more than the id that its provider rings with."""

    def external_id_of(self, request: EngineRequest, job_id: str) -> str:
        """The external id that `submit` of this request would have returned for this job."""


@runtime_checkable
class MakesAgain(Protocol):
    """An engine whose jobs lie on the machine that took them, and cost nothing.

    Whoever takes a production over on another machine has the same job made there.
    """

    async def make_again(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Take an order that another machine has taken before; the external id is the same."""
