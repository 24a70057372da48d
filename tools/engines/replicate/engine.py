"""The adapter: orders by one POST of ours, looks, fetches, finds and cancels over plain HTTP."""

import asyncio
import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import filetype
import httpx

from state.errors import ProviderError, ProviderMisconfigured, ProviderTimeout
from state.order import EngineRequest, FailureKind, Medium
from tools.clock import Clock, SystemClock
from tools.engines.base import Fetched, JobStatus, Reconcile
from tools.engines.calling import current_calling, key_for_call
from tools.engines.catalog import catalog, model_card
from tools.engines.files import NO_FILES, Files
from tools.engines.live.downloads import Downloads, Saved
from tools.engines.live.polling import ended
from tools.engines.live.schema import schemas
from tools.engines.live.wire import Wire, line_kind
from tools.engines.replicate.failures import PROVIDER, no_such_job, raise_unless_good, unusable
from tools.engines.replicate.finding import Finder
from tools.engines.replicate.inputs import INPUTS, NEWEST, Asked, asked_input, version_of
from tools.engines.replicate.predictions import Told, job_status, output_of
from tools.engines.replicate.uploads import Uploads
from tools.engines.replicate.versions import Versions, unlike
from tools.resilience.deadline import check_deadline, current_deadline

HOST = "https://api.replicate.com"
AUTH = ("authorization", "Bearer {}")
LEFT_TO_SEND_S = 2.0
"""Kept of an order's time for the order itself."""
AN_ID = re.compile(r"[A-Za-z0-9_-]{1,128}")
RINGS = ("start", "completed")
"""`start` tells the id of a job whose answer was lost."""
SUFFIXES = {
    "video/mp4": ".mp4", "video/webm": ".webm", "image/png": ".png", "image/jpeg": ".jpg",
    "image/webp": ".webp", "audio/mpeg": ".mp3", "audio/wav": ".wav", "audio/x-wav": ".wav",
    "audio/aac": ".aac", "audio/mp4": ".m4a", "audio/x-m4a": ".m4a",
}  # fmt: skip
FAMILIES: dict[str, Medium] = {"image": "image", "video": "video", "audio": "music"}
KINDS = get_args(FailureKind)


class Replicate:
    """Replicate's models. `elsewhere` is the transport that checks addresses: files lie on other hosts."""

    provider: str = PROVIDER
    media: frozenset[Medium] = frozenset({"image", "video", "music"})
    reconcile: Reconcile = "findable"

    def __init__(
        self, base_url: str = HOST, *, elsewhere: httpx.AsyncBaseTransport, clock: Clock | None = None
    ) -> None:
        self._clock = clock or SystemClock()
        self._wire = Wire(PROVIDER, base_url, auth=AUTH)
        self._downloads = Downloads(PROVIDER, base_url, elsewhere=elsewhere)
        self._uploads = Uploads(self._wire)
        self._finder = Finder(self._wire, self._uploads, self._clock)
        self._versions = Versions(self._wire.base_url)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        """Check, bring the files, then send exactly one POST.

        Raises:
            DeadlinePassed: this process was held up too long; nothing was sent.
            ProviderError: with the kind that says whether a job may exist.
        """
        asked = asked_input(request)
        key_for_call(PROVIDER)
        check_deadline()
        where, body = await self._prepared(asked, files)
        headers = {"cancel-after": f"{asked.card.ends_in_s}s"}
        answer = await self._wire.order(where, json=body, headers=headers)
        raise_unless_good(answer, now=self._now(), model=request.model)
        return _id_of(answer.json(), request.model)

    async def status(self, external_id: str) -> JobStatus:
        """Ask once.

        Raises:
            ProviderError: Replicate cannot be asked, or knows no such job.
        """
        return job_status(await self._told(external_id), now=self._now())

    async def wait(self, external_id: str) -> JobStatus:
        """Look until the job has ended.

        Raises:
            ProviderError: Replicate did not answer several times in a row, or knows no such job.
        """
        return await ended(lambda: self.status(external_id))

    async def fetch(self, external_id: str, into: Path) -> Fetched:
        """Bring the file here; it appears whole or not at all.

        Raises:
            ProviderError: it is gone, did not come whole, or is no file of what was ordered.
        """
        told = await self._told(external_id)
        status = job_status(told, now=self._now())
        if status.state != "succeeded":
            kind = status.kind if status.state in ("failed", "cancelled") else "ambiguous"
            raise unusable(kind, f"has no file for the job: {status.error or 'it is not done'}")
        name = hashlib.sha256(external_id.encode()).hexdigest()[:32]
        headers = {AUTH[0]: AUTH[1].format(key_for_call(PROVIDER))}
        saved = await self._downloads.save(output_of(told), into, name, headers=headers)
        path = await asyncio.to_thread(_with_suffix, saved, _medium_of(told))
        return Fetched(path=path, extra=_extra(told), seed=_seed_of(told))

    async def find(self, request: EngineRequest, *, call_key: str, since: datetime) -> list[str]:
        """Jobs of this account that may be this order; finding.py says how they are told apart.

        Raises:
            CannotTell: the jobs among which it may be have lost their inputs.
            ProviderError: Replicate cannot be asked.
        """
        return await self._finder.found(asked_input(request), since=since)

    async def cancel(self, external_id: str) -> None:
        """Ask Replicate to stop; what has ended, or is not known there, is stopped already.

        Raises:
            ProviderError: Replicate cannot be asked, or this is no id.
        """
        answer = await self._wire.tell("POST", f"{_job(external_id)}/cancel")
        if answer.status != 404:
            raise_unless_good(answer, now=self._now())

    async def differences(self, model: str) -> list[str]:
        """In what the vendor's own schema of a model differs from `inputs.toml`; costs nothing.

        Raises:
            ProviderError: Replicate cannot be asked, or has no such model.
        """
        vendor = model_card(model).vendor
        found = await self._versions.read(vendor, version_of(vendor) or NEWEST)
        return unlike(schemas(INPUTS)[vendor], found)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._wire.aclose()
        await self._downloads.aclose()

    def classify(self, error: BaseException) -> FailureKind:
        """What kind of failure this is, read for a submit: when in doubt, a job may exist."""
        if isinstance(error, ProviderError):
            return error.kind if error.kind in KINDS else "internal"  # type: ignore[return-value]
        if isinstance(error, httpx.HTTPError | TimeoutError):
            return "not_sent" if line_kind(error) == "not_sent" else "ambiguous"
        return "internal"

    async def _prepared(self, asked: Asked, files: Files) -> tuple[str, dict[str, Any]]:
        """The path and the body of an order; what is asked for it before costs nothing."""
        deadline = current_deadline.get()
        left_s = None if deadline is None else max(0.0, deadline.remaining_s() - LEFT_TO_SEND_S)
        try:
            async with asyncio.timeout(left_s):
                where, version = await self._where(asked)
                addresses = await self._uploads.addresses(asked.media, files, now=self._now())
        except TimeoutError as exc:
            words = "Replicate took too long over what an order needs before it; nothing was ordered."
            raise ProviderTimeout(words, provider=PROVIDER, model=asked.card.id, kind="not_sent") from exc
        return where, {**version, "input": asked.whole(addresses), **_rings()}

    async def _where(self, asked: Asked) -> tuple[str, dict[str, str]]:
        """The path of an order, and the version in its body where the model is ordered by it."""
        vendor = asked.schema.vendor
        if not asked.version:
            return f"v1/models/{vendor}/predictions", {}
        if asked.version != NEWEST:
            return "v1/predictions", {"version": asked.version}
        newest = await self._versions.read(vendor, NEWEST)
        sent = {*asked.plain, *asked.files}
        if gone := sorted(sent - set(newest.fields)):
            raise ProviderMisconfigured(
                f"The newest version of {vendor} takes no {', '.join(gone)} any more.", provider=PROVIDER,
                model=asked.card.id, kind="invalid",
                details={"fields": [{"field": one, "problem": "the vendor dropped it"} for one in gone]},
            )  # fmt: skip
        return "v1/predictions", {"version": newest.id}

    async def _told(self, external_id: str) -> Told:
        answer = await self._wire.get(_job(external_id))
        if answer.status == 404:
            raise no_such_job(external_id)
        raise_unless_good(answer, now=self._now())
        return answer.json()

    def _now(self) -> datetime:
        return self._clock.now()


def _job(external_id: str) -> str:
    """The path of a job; what is no id leads nowhere else, and to no list."""
    if not AN_ID.fullmatch(external_id):
        raise no_such_job(external_id)
    return f"v1/predictions/{external_id}"


def _rings() -> dict[str, Any]:
    address = current_calling.get().webhook_url
    return {"webhook": address, "webhook_events_filter": list(RINGS)} if address else {}


def _id_of(told: Told, model: str) -> str:
    found = told.get("id")
    if not isinstance(found, str) or not AN_ID.fullmatch(found):
        words = "Replicate took the order and did not say which job it is."
        raise ProviderTimeout(words, provider=PROVIDER, model=model, kind="ambiguous")
    return found


def _medium_of(told: Told) -> Medium | None:
    """What was ordered, by the model's card; None where it is shown under a name that we do not know."""
    shown = told.get("model")
    mine = (card for card in catalog() if card.provider == PROVIDER)
    return next((card.medium for card in mine if card.vendor == shown), None)


def _with_suffix(saved: Saved, medium: Medium | None) -> Path:
    """The file under a name that fits what is in it, which counts for more than what it is called."""
    found = filetype.guess(str(saved.path)) if saved.size else None
    mime = str(found.mime) if found is not None else saved.content_type
    made = FAMILIES.get(mime.partition("/")[0])
    if not saved.size or (medium is not None and made != medium):
        saved.path.unlink()
        what = f"{mime or 'something unknown'} of {saved.size} bytes"
        raise unusable("bad_output", f"made {what} where {medium or 'a file'} was ordered")
    return saved.path.replace(saved.path.with_suffix(SUFFIXES.get(mime, ".bin")))


def _extra(told: Told) -> dict[str, Any]:
    metrics = told.get("metrics")
    took = metrics.get("predict_time") if isinstance(metrics, dict) else None
    return {"predict_time_s": took} if isinstance(took, int | float) else {}


def _seed_of(told: Told) -> int | None:
    sent = told.get("input")
    seed = sent.get("seed") if isinstance(sent, dict) else None
    return seed if isinstance(seed, int) and not isinstance(seed, bool) else None
