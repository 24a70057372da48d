"""The engine of fal: one POST to its queue, and everything else by the job's name."""

import asyncio
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import httpx

from state.errors import ProviderError
from state.order import EngineRequest, FailureKind, Medium
from tools.clock import Clock, SystemClock
from tools.engines.base import Fetched, JobStatus, Reconcile
from tools.engines.calling import current_calling
from tools.engines.fal.failures import made, order_error, request_error
from tools.engines.fal.finding import Search
from tools.engines.fal.outcomes import ended, named_by_content, output_of
from tools.engines.fal.places import PROVIDER, Hosts, JobName
from tools.engines.fal.storage import Storage, lives
from tools.engines.fal.wishes import Wish, wish_of
from tools.engines.files import NO_FILES, Files
from tools.engines.live import polling
from tools.engines.live.downloads import Downloads
from tools.engines.live.wire import Wire, line_kind

AUTH = ("Authorization", "Key {}")
OVER = ("ALREADY_COMPLETED", "NOT_FOUND")
"""What a cancel is answered with that comes too late."""
OUTPUTS_LIVE_S = 30 * 86_400
"""As long as fal keeps the results that name them."""


class Fal:
    """Pictures and clips by fal's queue."""

    provider: str = PROVIDER
    media: frozenset[Medium] = frozenset({"image", "video"})
    reconcile: Reconcile = "findable"

    def __init__(
        self, base_url: str | None = None, *, elsewhere: httpx.AsyncBaseTransport, clock: Clock | None = None
    ) -> None:
        """`base_url` None: the vendor's own hosts; an address: all of them are this one host."""
        hosts = Hosts.at(base_url)
        self._clock = clock or SystemClock()
        self._queue, self._rest, self._api = (
            Wire(PROVIDER, url, auth=AUTH) for url in (hosts.queue, hosts.rest, hosts.api)
        )
        self._storage = Storage(self._rest, hosts.files, self._clock, elsewhere=elsewhere)
        self._search = Search(self._api, self._clock)
        self._downloads = Downloads(PROVIDER, hosts.files, elsewhere=elsewhere)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Check the request, upload its pictures, then send exactly one POST.

        Raises:
            DeadlinePassed: this process was held up too long; nothing was sent.
            ProviderError: with the kind that says whether a job may exist.
        """
        wish = wish_of(request)
        try:
            uploaded = await self._storage.addresses(wish.files, files)
            return str(await self._order(wish, {**wish.body, **uploaded}))
        except ProviderError as error:
            error.model = error.model or request.model
            raise

    async def status(self, external_id: str) -> JobStatus:
        """Ask once; of a job that is complete, for its result, too: only that says how it ended.

        Raises:
            ProviderError: fal cannot be asked, or knows no such job.
        """
        job = JobName.parse(external_id)
        answer = await self._queue.get(job.status)
        if not answer.is_good:
            raise request_error(answer, self._clock.now(), kind="expired" if answer.status == 404 else None)
        told = answer.json()
        match told.get("status"):
            case "IN_QUEUE":
                return JobStatus(state="queued")
            case "COMPLETED":
                return ended(told, await self._queue.get(job.result), self._clock.now())
            case _:  # a word that is not known is not the end
                return JobStatus(state="running")

    async def wait(self, external_id: str) -> JobStatus:
        """Return when the job has ended.

        Raises:
            ProviderError: fal cannot be asked, or knows no such job.
        """
        return await polling.ended(lambda: self.status(external_id))

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Stream the finished job's file into a folder, under a name that says what it is.

        Raises:
            ProviderError: `bad_output` or `expired` when there is no such file, else it can be asked again.
        """
        job = JobName.parse(external_id)
        answer = await self._queue.get(job.result)
        if not answer.is_good:
            raise request_error(answer, self._clock.now(), kind="expired" if answer.status == 404 else None)
        output = output_of(answer.json())
        if output is None:
            raise made("bad_output", "fal says that it went well, and names no file.")
        saved = await self._downloads.save(output.url, into, f"{job.request_id}.part")
        path = await asyncio.to_thread(named_by_content, saved.path, output.medium)
        return Fetched(path=path, seed=output.seed)

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """Jobs with this very input. Takes as long as a job may take before it gives up.

        Raises:
            CannotTell: none is listed, and one that still runs would not be; or the list may not be seen, or
                hides what jobs were asked for.
            ProviderError: fal cannot be asked now.
        """
        return await self._search.find(wish_of(request), since)

    def external_id_of(self, request: EngineRequest, job_id: str) -> str:
        """The job's name: fal rings with its request id alone."""
        return str(JobName.listed(wish_of(request).endpoint, job_id))

    async def cancel(self, external_id: str) -> None:
        """Ask fal to stop the job; one that has ended, or that it does not know, is stopped already.

        Raises:
            ProviderError: fal cannot be asked.
        """
        answer = await self._queue.tell("PUT", JobName.parse(external_id).cancel)
        told = answer.maybe_json()
        over = answer.status == 404 or (isinstance(told, dict) and told.get("status") in OVER)
        if not answer.is_good and not over:
            raise request_error(answer, self._clock.now())

    async def aclose(self) -> None:
        """Close the connections; jobs are not touched."""
        for line in (self._queue, self._rest, self._api, self._storage, self._downloads):
            await line.aclose()

    def classify(self, error: BaseException) -> FailureKind:
        """What kind of failure this is, read for a submit: when in doubt, a job may exist."""
        if isinstance(error, ProviderError):
            return error.kind  # type: ignore[return-value]  # ours are written with its words
        if isinstance(error, httpx.HTTPError | OSError | TimeoutError):
            return line_kind(error)  # type: ignore[return-value]  # it knows two of them
        return "internal"

    async def _order(self, wish: Wish, body: dict[str, object]) -> JobName:
        webhook_url = current_calling.get().webhook_url
        query = f"?{urlencode({'fal_webhook': webhook_url})}" if webhook_url else ""
        answer = await self._queue.order(
            f"/{wish.endpoint}{query}", json=body, headers=_headers(wish.card.starts_in_s)
        )
        if not answer.is_good:
            raise order_error(answer, self._clock.now(), model=wish.card.id)
        job = JobName.told(wish.endpoint, answer.json(), queue=self._queue.base_url)
        if job is None:
            raise made("ambiguous", "fal took the order and did not say which job it is.")
        return job


def _headers(starts_in_s: int) -> dict[str, str]:
    """A job that has not started in time is dropped by fal, unpaid; the header has an old and a new name."""
    seconds = str(starts_in_s)
    return {
        "x-fal-request-start-timeout": seconds, "x-fal-request-timeout": seconds, **lives(OUTPUTS_LIVE_S),
    }  # fmt: skip
