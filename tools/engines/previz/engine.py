"""The offline engine: a full animatic of a production, at no cost and without a network."""

import asyncio
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from pathlib import Path

import structlog
from pydantic import ValidationError

from state.errors import FfmpegFailed, ProviderError, WorkFolderFull
from state.order import EngineRequest, FailureKind, Medium
from tools.clock import Clock, SystemClock
from tools.ending import end_tasks
from tools.engines.base import Fetched, JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files
from tools.engines.previz.jobs import JobFolder, job_id
from tools.engines.previz.renderers import Renderer, renderers_for
from tools.engines.previz.workers import RenderPool
from tools.full_disks import has_no_room, room_in

log = structlog.get_logger(__name__)


class Previz:
    """Draws, shoots, speaks and plays into a folder of jobs.

    The same order is always the same job: submitting it again, from any process, makes
    nothing new. Several engines may share one folder; each keeps its own processes.
    """

    provider: str = "previz"
    reconcile: Reconcile = "idempotent_submit"

    def __init__(
        self, folder: Path, *, processes: int = 0, clock: Clock | None = None,
        renderers: Callable[[RenderPool], Mapping[Medium, Renderer]] = renderers_for,
    ) -> None:  # fmt: skip
        self._jobs = JobFolder(folder)
        self._pool = RenderPool(processes)
        self._clock = clock or SystemClock()
        self._renderers = renderers(self._pool)
        self._running: dict[str, asyncio.Task[None]] = {}
        self.media: frozenset[Medium] = frozenset(self._renderers)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Note the job down with the files it refers to, start it and return its id.

        Raises:
            ProviderError: this installation makes no such medium.
        """
        if request.medium not in self._renderers:
            raise ProviderError(
                f"previz makes no {request.medium}",
                provider=self.provider,
                model=request.model,
                kind="invalid",
            )
        now = self._clock.now()
        with room_in(self._jobs.folder):
            external_id = await asyncio.to_thread(
                self._jobs.write, request, call_key, created_at=now, files=files
            )
        await self._start(external_id)
        return external_id

    async def make_again(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Note down a job that another machine's folder has; the same order makes the same file."""
        return await self.submit(request, call_key=call_key, files=files)

    async def status(self, external_id: str) -> JobStatus:
        """How the job's files say it is; a job nobody renders is queued.

        Raises:
            ProviderError: there is no such job.
        """
        return await asyncio.to_thread(self._status, external_id)

    async def wait(self, external_id: str) -> JobStatus:
        """Return when the job has ended; renders it here if nobody in this process does."""
        status = await self.status(external_id)
        if status.state in ("succeeded", "failed", "cancelled"):
            return status
        task = await self._start(external_id)
        if task is not None:
            # Whoever waits may be cancelled; the job goes on for the others.
            await asyncio.wait({task})
            if not task.cancelled() and isinstance(full := task.exception(), WorkFolderFull):
                raise full
        return await self.status(external_id)

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Link or copy the finished file into a folder.

        Raises:
            ProviderError: there is no finished file.
        """
        result = await asyncio.to_thread(self._jobs.result, external_id)
        if result is None:
            raise ProviderError("this job has no file", provider=self.provider, kind="expired")
        target = into / result.path.name
        await asyncio.to_thread(_take_over, result.path, target)
        return Fetched(path=target, extra=result.extra, seed=result.seed)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """The order's only possible job, if it was noted down, whenever that was."""
        external_id = job_id(request, call_key)
        return [external_id] if await asyncio.to_thread(self._jobs.knows, external_id) else []

    async def cancel(self, external_id: str) -> None:
        """Stop the job if it has not ended."""
        await asyncio.to_thread(self._jobs.cancel, external_id)
        task = self._running.pop(external_id, None)
        if task is not None:
            task.cancel()

    def classify(self, error: BaseException) -> FailureKind:
        """What kind of failure this is."""
        if isinstance(error, ProviderError):
            return error.kind  # type: ignore[return-value]  # ours are written with its words
        if isinstance(error, ValidationError):
            return "invalid"
        if isinstance(error, BrokenProcessPool | FfmpegFailed | TimeoutError):
            return "transient_job"
        return "internal"

    async def aclose(self) -> None:
        """Stop what is running; the jobs stay noted down for the next process."""
        await end_tasks(list(self._running.values()))
        await asyncio.to_thread(self._pool.close)

    async def _start(self, external_id: str) -> asyncio.Task[None] | None:
        """Render in the background, once per process."""
        task = self._running.get(external_id)
        if task is not None:
            return task
        if (await self.status(external_id)).state not in ("queued", "running"):
            return self._running.get(external_id)
        if external_id not in self._running:
            task = asyncio.create_task(self._render(external_id), name=external_id)
            self._running[external_id] = task
            task.add_done_callback(self._rendered)
        return self._running[external_id]

    def _rendered(self, task: asyncio.Task[None]) -> None:
        """Nobody may be waiting now; who comes later renders it again, and is told then."""
        self._running.pop(task.get_name(), None)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.warning("job_not_rendered", job=task.get_name(), error=str(error))

    async def _render(self, external_id: str) -> None:
        with room_in(self._jobs.folder):
            scratch = await asyncio.to_thread(self._jobs.scratch, external_id)
        try:
            request = await asyncio.to_thread(self._jobs.request, external_id)
            await asyncio.to_thread(self._jobs.lay_out, request, scratch)
            made = await self._renderers[request.medium](request, scratch)
            await asyncio.to_thread(
                self._jobs.finish, external_id, made.path, extra=made.extra, seed=made.seed
            )
        except Exception as exc:  # the failure is the job's result, noted where `wait` reads it
            if has_no_room(exc):  # says nothing of the job: it is rendered when somebody waits for it again
                raise WorkFolderFull(f"there is no room left in {self._jobs.folder}") from exc
            await asyncio.to_thread(
                self._jobs.fail, external_id, self.classify(exc), str(exc) or type(exc).__name__
            )
        finally:
            await asyncio.to_thread(shutil.rmtree, scratch, True)

    def _status(self, external_id: str) -> JobStatus:
        if self._jobs.result(external_id) is not None:
            return JobStatus(state="succeeded", progress=1.0)
        failed = self._jobs.error(external_id)
        if failed is not None:
            return JobStatus(state="failed", error=failed[1], kind=failed[0])  # type: ignore[arg-type]  # written by classify
        if self._jobs.is_cancelled(external_id):
            return JobStatus(state="cancelled")
        if not self._jobs.knows(external_id):
            raise ProviderError(f"previz has no job {external_id}", provider=self.provider, kind="expired")
        return JobStatus(state="running" if external_id in self._running else "queued")


def _take_over(source: Path, target: Path) -> None:
    """A hard link where the disk allows it, else a copy."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)
