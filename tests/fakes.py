"""Stand-ins that satisfy the same protocols as the real things."""

import asyncio
import hashlib
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from state.errors import MediaMissing, ProviderError, ProviderTimeout, UploadRejected
from state.media import MediaRef
from state.order import EngineRequest, FailureKind, Medium
from tests.real_results import real_result
from tools.engines.base import CannotTell, Fetched, JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files
from tools.resilience.deadline import check_deadline


class FakeClock:
    """Time that passes only when somebody sleeps, or when a test says so."""

    def __init__(self) -> None:
        self.started = datetime(2026, 1, 1, tzinfo=UTC)
        self.passed_s = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.started + timedelta(seconds=self.passed_s)

    def monotonic(self) -> float:
        return self.passed_s

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.passed_s += seconds
        await asyncio.sleep(0)


@dataclass
class FakeJob:
    """One job at the fake provider."""

    external_id: str
    call_key: str
    request: EngineRequest
    created_at: datetime


@dataclass
class FakeProvider:
    """The other side: survives the death of our process, counts every POST that reaches it."""

    name: str = "fake"
    posts: list[str] = field(default_factory=list)
    jobs: dict[str, FakeJob] = field(default_factory=dict)
    reads: Counter[str] = field(default_factory=Counter)
    files: dict[str, bytes] = field(default_factory=dict)

    def receive(self, request: EngineRequest, call_key: str) -> FakeJob:
        self.posts.append(call_key)
        job = FakeJob(f"job-{len(self.posts)}", call_key, request, datetime.now(UTC))
        self.jobs[job.external_id] = job
        return job

    def content(self, external_id: str) -> bytes:
        """Depends on the request alone, as of a provider that honours seeds."""
        return real_result(self.jobs[external_id].request)


class FakeEngine:
    """An engine over a `FakeProvider`, with troubles to order.

    `troubles` are used up one per submit: a failure kind refuses it, `lost_reply` takes the
    job and loses the answer, `lost_request` loses the request. `ask_troubles` are failure kinds
    of looking at a job, `job_troubles` are ends of jobs, `outputs` replace what is fetched.
    """

    media: frozenset[Medium] = frozenset({"image", "video", "voice", "music"})

    def __init__(self, provider: FakeProvider | None = None, *, reconcile: Reconcile = "findable") -> None:
        self.server = provider or FakeProvider()
        self.provider = self.server.name
        self.reconcile = reconcile
        self.troubles: list[str] = []
        self.job_troubles: list[JobStatus] = []
        self.ask_troubles: list[str] = []
        self.outputs: list[bytes] = []

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        await asyncio.sleep(0)
        self.server.files.update({key: path.read_bytes() for key, path in files.items()})
        check_deadline()
        trouble = self.troubles.pop(0) if self.troubles else ""
        if trouble == "lost_request":
            raise ProviderTimeout(kind="ambiguous", provider=self.provider)
        if trouble and trouble != "lost_reply":
            raise ProviderError(
                f"refused: {trouble}", kind=trouble, provider=self.provider, model=request.model
            )
        job = self._known(call_key) or self.server.receive(request, call_key)
        if trouble == "lost_reply":
            raise ProviderTimeout(kind="ambiguous", provider=self.provider)
        return job.external_id

    async def status(self, external_id: str) -> JobStatus:
        self.server.reads["status"] += 1
        if self.ask_troubles:
            raise ProviderError("cannot be asked", kind=self.ask_troubles.pop(0), provider=self.provider)
        if external_id not in self.server.jobs:
            raise ProviderError("no such job", kind="expired", provider=self.provider)
        return self.job_troubles.pop(0) if self.job_troubles else JobStatus(state="succeeded", progress=1.0)

    async def wait(self, external_id: str) -> JobStatus:
        return await self.status(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        self.server.reads["fetch"] += 1
        path = into / f"{external_id}.bin"
        path.write_bytes(self.outputs.pop(0) if self.outputs else self.server.content(external_id))
        return Fetched(path=path, extra={"note": "made by a fake"}, seed=7)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """As a provider that echoes requests and knows nothing of our keys."""
        self.server.reads["find"] += 1
        if self.reconcile in ("blind", "webhook_only"):
            raise CannotTell
        return [
            job.external_id
            for job in self.server.jobs.values()
            if job.request == request and job.created_at >= since
        ]

    async def cancel(self, external_id: str) -> None:
        """Too late: a job of this fake has ended as soon as it exists, and what ended stays."""

    def classify(self, error: BaseException) -> FailureKind:
        return "ambiguous" if isinstance(error, TimeoutError) else "internal"

    def _known(self, call_key: str) -> FakeJob | None:
        if self.reconcile != "idempotent_submit":
            return None
        return next((job for job in self.server.jobs.values() if job.call_key == call_key), None)


class FakeStore:
    """A media store in a folder; refuses what starts with `BAD`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.puts = 0

    async def put(self, source: Path, *, user_id: str) -> MediaRef:
        self.puts += 1
        content = await asyncio.to_thread(source.read_bytes)
        if content.startswith(b"BAD"):
            raise UploadRejected
        digest = hashlib.sha256(content).hexdigest()
        shutil.copy(source, self.folder / digest)
        return MediaRef(
            key=f"image/{user_id}/{digest}.bin", mime="image/png", sha256=digest, size_bytes=len(content)
        )

    async def put_bytes(self, content: bytes, *, user_id: str) -> MediaRef:
        source = self.folder / "incoming"
        source.write_bytes(content)
        return await self.put(source, user_id=user_id)

    async def get(self, key: str) -> Path:
        path = self.folder / key.rpartition("/")[2].partition(".")[0]
        if not path.is_file():
            raise MediaMissing
        return path

    async def stream(self, key: str, *, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        yield (await self.get(key)).read_bytes()[start:end]

    async def size(self, key: str) -> int:
        return (await self.get(key)).stat().st_size

    async def renew(self, key: str) -> None:
        await self.get(key)

    async def delete(self, key: str) -> None:
        (self.folder / key.rpartition("/")[2].partition(".")[0]).unlink(missing_ok=True)

    async def erase(self, *, user_id: str) -> None:
        """Its files say nothing of whose they are."""
        for file in self.folder.iterdir():
            file.unlink()

    def link(self, key: str, *, ttl_s: int = 3600) -> str:
        return f"/media/{key}?expires={ttl_s}&signature=fake"

    def verify(self, key: str, expires: int, signature: str) -> None:
        """Every link holds."""


class Crash(BaseException):
    """What a fault hook raises in place of a kill: nothing in our code may catch it."""


class CrashAt:
    """A fault hook that crashes at one point, the first time it is passed."""

    def __init__(self, point: str) -> None:
        self.point = point
        self.crashes = 0

    async def now(self) -> None:
        """Crash here."""
        await self(self.point)

    async def __call__(self, name: str) -> None:
        if name == self.point and not self.crashes:
            self.crashes += 1
            raise Crash(name)
