"""The same engine behind HTTP: a farm of machines that draw.

A farm is a provider like any other: it has no idempotency, so a lost reply is
reconciled by looking for the request's digest in its list of jobs.
"""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import httpx

from state.errors import (
    ProviderBusy,
    ProviderError,
    ProviderFailed,
    ProviderMisconfigured,
    ProviderRefused,
    ProviderTimeout,
)
from state.order import EngineRequest, FailureKind, Medium
from tools.clock import Clock, SystemClock
from tools.cookies import no_cookies
from tools.engines.base import Fetched, JobStatus, Reconcile
from tools.engines.files import NO_FILES, Files, files_needed
from tools.engines.previz.jobs import request_digest
from tools.resilience.deadline import check_deadline

CONNECT_S, SUBMIT_S, POLL_S = 5.0, 30.0, 20.0
LOOKS_BEFORE_GIVING_UP = 6
A_NAME = re.compile(r"\w[\w-]{0,127}(\.\w{1,8})?")
MOST_BYTES = 2 * 1024**3
CLOCK_SKEW = timedelta(seconds=5)
BY_STATUS: dict[int, FailureKind] = {
    401: "auth",
    403: "auth",
    402: "no_credit",
    429: "throttled",
    410: "expired",
}
RAISED: dict[FailureKind, type[ProviderError]] = {
    "throttled": ProviderBusy,
    "not_sent": ProviderTimeout,
    "ambiguous": ProviderTimeout,
    "auth": ProviderMisconfigured,
    "refused": ProviderRefused,
}


class RemotePreviz:
    """Previz on a farm at a base URL."""

    provider: str = "previz"
    reconcile: Reconcile = "findable"

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock | None = None,
        submit_timeout_s: float = SUBMIT_S,
        media: frozenset[Medium] = frozenset({"image", "video", "voice", "music"}),
    ) -> None:
        self.media = media
        self._clock = clock or SystemClock()
        self._submit_timeout = httpx.Timeout(submit_timeout_s, connect=CONNECT_S, pool=CONNECT_S)
        self._http = httpx.AsyncClient(
            base_url=base_url,
            transport=httpx.AsyncHTTPTransport(retries=0),
            timeout=httpx.Timeout(POLL_S + 10, connect=CONNECT_S, pool=CONNECT_S),
            trust_env=False,
            cookies=no_cookies(),
        )

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Bring the files that the farm lacks, then send exactly one POST.

        Raises:
            DeadlinePassed: this process was held up too long; nothing was sent.
            ProviderError: with the kind that says whether a job may exist.
        """
        body = {"call_key": call_key, "request": request.model_dump(mode="json")}
        await self._bring(request, files)
        check_deadline()
        try:
            reply = await self._http.post("/jobs", json=body, timeout=self._submit_timeout)
            reply.raise_for_status()
            return _a_name(str(reply.json()["id"]))
        except (httpx.HTTPError, KeyError, ValueError) as exc:
            self._raise(exc, model=request.model)

    async def status(self, external_id: str) -> JobStatus:
        """Ask once.

        Raises:
            ProviderError: the farm cannot be asked.
        """
        return await self._look(external_id, wait_s=0)

    async def wait(self, external_id: str) -> JobStatus:
        """Long polls until the job has ended; a few lost answers in a row are put up with.

        Raises:
            ProviderError: the farm did not answer several times in a row.
        """
        misses = 0
        while True:
            try:
                status = await self._look(external_id, wait_s=POLL_S)
            except ProviderError as exc:
                misses += 1
                if misses >= LOOKS_BEFORE_GIVING_UP or exc.kind not in ("not_sent", "ambiguous", "throttled"):
                    raise
                await self._clock.sleep(0.2 * 2**misses)
                continue
            misses = 0
            if status.state in ("succeeded", "failed", "cancelled"):
                return status

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Download the finished file; it appears whole or not at all.

        Raises:
            ProviderError: the farm no longer has it, or sent only a part.
        """
        try:
            about = await self._get(f"/jobs/{external_id}/extra")
            async with self._http.stream("GET", f"/jobs/{external_id}/file") as reply:
                reply.raise_for_status()
                name = _a_name(f"{external_id}{about['suffix']}")
                path = await _save(reply.aiter_bytes(), into, name)
        except httpx.HTTPStatusError as exc:
            if exc.response.status_code == 404:
                raise ProviderFailed(
                    "the farm has no such file", provider=self.provider, kind="expired"
                ) from exc
            self._raise(exc)
        except (httpx.HTTPError, KeyError, ValueError) as exc:
            self._raise(exc)
        return Fetched(path=path, extra=about["extra"], seed=about["seed"])

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """Jobs with this very request since a moment (with some allowance for clocks that differ).

        Raises:
            ProviderError: the farm cannot be asked.
        """
        digest = request_digest(request)
        try:
            listed = await self._get("/jobs", since=(since - CLOCK_SKEW).isoformat())
            return [_a_name(str(job["id"])) for job in listed["jobs"] if job["digest"] == digest]
        except (httpx.HTTPError, KeyError, ValueError) as exc:
            self._raise(exc)

    async def cancel(self, external_id: str) -> None:
        """Ask the farm to stop; a job it does not know is stopped already.

        Raises:
            ProviderError: the farm cannot be asked.
        """
        try:
            reply = await self._http.delete(f"/jobs/{external_id}")
            if reply.status_code != 404:
                reply.raise_for_status()
        except httpx.HTTPError as exc:
            self._raise(exc)

    def classify(self, error: BaseException) -> FailureKind:
        """What kind of failure this is, read for a submit: when in doubt, a job may exist."""
        if isinstance(error, ProviderError):
            return error.kind  # type: ignore[return-value]  # ours are written with its words
        if isinstance(error, httpx.HTTPStatusError):
            return _kind_of(error.response.status_code)
        if isinstance(
            error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout | httpx.UnsupportedProtocol
        ):
            return "not_sent"
        if isinstance(error, httpx.HTTPError | KeyError | ValueError):
            return "ambiguous"
        return "internal"

    async def aclose(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _bring(self, request: EngineRequest, files: Files) -> None:
        """Files are free and named by their content, so bringing one twice does nothing.

        Raises:
            ProviderError: the farm did not take one; no job exists.
        """
        try:
            for media in files_needed(request):
                if media.key not in files:
                    continue
                check_deadline()
                address = f"/files/{media.sha256}"
                if (await self._http.head(address)).status_code != 404:
                    continue
                content = await asyncio.to_thread(files[media.key].read_bytes)
                (await self._http.put(address, content=content)).raise_for_status()
        except httpx.HTTPError as exc:
            kind = self.classify(exc)
            # Whatever became of the file, nothing was ordered yet.
            self._raise(exc, model=request.model, kind="not_sent" if kind == "ambiguous" else kind)

    async def _look(self, external_id: str, *, wait_s: float) -> JobStatus:
        try:
            job = await self._get(f"/jobs/{external_id}", wait=wait_s)
            return JobStatus(
                state=job["state"],
                progress=job["progress"],
                error=job["error"],
                kind=job["kind"] or "internal",
            )
        except httpx.HTTPStatusError as exc:
            if exc.response.status_code == 404:
                raise ProviderFailed(
                    "the farm knows no such job", provider=self.provider, kind="expired"
                ) from exc
            self._raise(exc)
        except (httpx.HTTPError, KeyError, ValueError) as exc:
            self._raise(exc)

    async def _get(self, path: str, **params: str | float) -> dict[str, Any]:
        reply = await self._http.get(path, params=params)
        reply.raise_for_status()
        content: dict[str, Any] = reply.json()
        return content

    def _raise(self, exc: Exception, *, model: str = "", kind: FailureKind | None = None) -> NoReturn:
        kind = kind or self.classify(exc)
        text = f"the previz farm: {exc or type(exc).__name__}"
        raise RAISED.get(kind, ProviderError)(text, provider=self.provider, model=model, kind=kind) from exc


def _kind_of(status: int) -> FailureKind:
    if status >= 500:
        return "ambiguous"
    return BY_STATUS.get(status, "invalid")


def _a_name(told: str) -> str:
    """What a farm calls a job or a file: it leads to no other folder, neither there nor here.

    Raises:
        ValueError: it is no such name.
    """
    if A_NAME.fullmatch(told) is None:
        raise ValueError(f"{told[:60]!r} names nothing")
    return told


async def _save(chunks: AsyncIterator[bytes], into: Path, name: str) -> Path:
    """Write a stream beside its target, then rename it.

    Raises:
        ValueError: it is longer than any file of a farm.
    """
    await asyncio.to_thread(into.mkdir, parents=True, exist_ok=True)
    part, size = into / f".{name}.{uuid.uuid4().hex[:8]}", 0
    try:
        with await asyncio.to_thread(part.open, "wb") as file:
            async for chunk in chunks:
                await asyncio.to_thread(file.write, chunk)
                if (size := size + len(chunk)) > MOST_BYTES:
                    raise ValueError(f"a file of more than {MOST_BYTES} bytes")
        return await asyncio.to_thread(part.replace, into / name)
    finally:
        await asyncio.to_thread(part.unlink, missing_ok=True)
