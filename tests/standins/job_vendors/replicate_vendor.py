"""Replicate: predictions, models, files, webhooks. What is written here and why is in README.md."""

import asyncio
import base64
import json
import re
import secrets
from typing import Any, ClassVar
from urllib.parse import urlencode

from tests.standins.job_vendors.clocks import moment_of
from tests.standins.job_vendors.faults import NO_FAULT, Fault
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Model, misfits
from tests.standins.job_vendors.replicate_files import body_of, file_object, upload
from tests.standins.job_vendors.replicate_models import (
    COLLECTIONS,
    EMPTY,
    HARDWARE,
    empty_model,
    model_object,
    version_object,
)
from tests.standins.job_vendors.replicate_words import (
    KEPT_S,
    PROBLEM,
    WORDS,
    bad_version,
    invalid,
    invalid_input,
    no_credit,
    not_found,
    prediction,
    problem,
    throttled,
    unauthenticated,
)
from tests.standins.job_vendors.signatures import SECRET, replicate_headers
from tests.standins.job_vendors.vendor import JobVendor
from tests.standins.job_vendors.wanted import count
from tests.standins.job_vendors.webhooks import Post
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.wire import JSON, Out, Request

EVENTS = ("start", "output", "logs", "completed")
LIMITS = {r"POST .*/predictions": 599, r"GET /v1/predictions/.*": 59999}
"""Of the header ratelimit-remaining [rec]; elsewhere 2999."""
PAGE = 100
LIST_QUERY = ("created_after", "created_before", "source", "cursor")
STOPS_AFTER_S = 1800.0
"""[doc: design-facts 2, billing facts]"""
FIELDS = {"input", "version", "webhook", "webhook_events_filter", "stream", "webhook_completed"}
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
NSFW = "NSFW content detected. Try running it again, or try a different prompt."
"""[quoted: replicate/cog-stable-diffusion pull request 24]"""
FLAGGED = "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"
INTERRUPTED = "Prediction interrupted; please retry (code: PA)"


class Replicate(JobVendor):
    """api.replicate.com and replicate.delivery on one port."""

    name: ClassVar[str] = "replicate"
    key: ClassVar[str] = "r8_stand_in"
    pictures_in: ClassVar[tuple[str, ...]] = (
        "image", "start_image", "last_frame", "end_image", "reference_images", "image_input", "mask",
    )  # fmt: skip
    secret = SECRET
    creations_per_minute: int | None = None
    """600 at the vendor [doc]; None: nobody counts."""

    def make_post(self) -> Post:
        """Tried five times [the OpenAPI copy says "a few times"; the figure is inferred]."""
        return Post(self.name, self.books, self.time, self._signed, 5, (1.0, 2.0, 4.0, 8.0))

    def _signed(self, id: str, timestamp: int, body: bytes) -> dict[str, str]:
        return replicate_headers(self.secret, id, timestamp, body)

    def key_of(self, request: Request) -> str:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        return key if scheme in ("Bearer", "Token") else ""

    def ordered(self, head: Request) -> bool:
        return head.method == "POST" and head.path.endswith("/predictions")

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        if found := re.fullmatch(r"/pbxt/([a-z0-9]+)/([0-9a-f]+)/out-(\d)\.\w+", request.path):
            await self._file(kept, request, out, *found.groups())
            return
        if kept.key not in self.keys:
            raise unauthenticated()
        for method, pattern, answer in ROUTES:
            if request.method == method and (found := re.fullmatch(pattern, request.path)):
                await answer(self, kept, request, out, *found.groups())
                return
        raise not_found()

    # Orders.

    async def _order(self, kept: Kept, request: Request, out: Out, *official: str) -> None:
        body = body_of(request)
        model, version = self._asked_for(body, "/".join(official))
        self._check(body, model)
        wait_s = _wait(request.headers.get("prefer", ""))
        job = self._job(kept, body, model, version, _seconds(request.headers.get("cancel-after", "")))
        self._admit(kept)
        fault = await self.order(kept, out, job, model, good=201)
        if fault is not NO_FAULT:
            return
        if wait_s is None:
            try:
                await self._reply(out, 201, self.told(job, "queued"), request)
            finally:
                self.spawn(self.run(job))
            return
        self.spawn(self.run(job))
        await self._until_done(job, wait_s)
        applied = {"preference-applied": request.headers["prefer"]}
        status = 201 if job.is_final or job.state == "running" else 202
        await self._reply(out, status, self.told(job), request, applied)

    def _asked_for(self, body: Any, official: str) -> tuple[Model, str]:
        """The model and the version that its predictions show. Raises `Rejected`."""
        if not isinstance(body, dict):
            raise invalid("input", "required", "input is required")
        if official:
            model = self.models.get(official)
            if model is None or not model.official:
                raise not_found()
            return model, model.shown_version or "hidden"
        asked = str(body.get("version") or "")
        if not asked:
            raise invalid("version", "required", "version is required")
        name, _, digest = asked.rpartition(":") if ":" in asked else ("", "", asked)
        for model in self.models.values():
            if digest in (model.full_version, *model.older) and name in ("", model.id):
                return model, digest
            if asked == model.id and model.official:
                return model, model.shown_version or "hidden"
        raise bad_version()

    def _check(self, body: dict[str, Any], model: Model) -> None:
        unknown = sorted(set(body) - FIELDS)
        if unknown:  # [doc: additionalProperties false]
            raise invalid(unknown[0], "additional_property_not_allowed", "Additional property is not allowed")
        if not isinstance(body.get("input"), dict):
            raise invalid("input", "required", "input is required")
        hook = body.get("webhook")
        if hook is not None and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", str(hook)):
            raise invalid("webhook", "format", "Does not match format 'uri' with https")
        wanted = body.get("webhook_events_filter") or []
        if not isinstance(wanted, list) or not set(wanted) <= set(EVENTS):
            raise invalid(
                "webhook_events_filter", "enum", f"must be one of the following: {', '.join(EVENTS)}"
            )
        if found := misfits(model, body["input"]):
            raise invalid_input(found)

    def _admit(self, kept: Kept) -> None:
        if self.credit_micro_usd is not None and self.credit_micro_usd <= 0:
            raise no_credit()
        if self.creations_per_minute is None:
            return
        now = self.time.now()
        recent = [job for job in self.books.orders(self.name) if job.created_at > now - 60]
        if len(recent) >= self.creations_per_minute:
            raise throttled(max(1, round(recent[-self.creations_per_minute].created_at + 60 - now)))

    def _job(
        self, kept: Kept, body: dict[str, Any], model: Model, version: str, limit_s: float | None
    ) -> Job:
        now, given = self.time.now(), body["input"]
        starts = now + model.queue_s * self.pace
        hook = body.get("webhook") or body.get("webhook_completed") or ""
        wanted = body.get("webhook_events_filter") or ["output", "completed"]
        number = secrets.randbits(16)
        return Job(
            id="".join(secrets.choice(LETTERS) for _ in range(26)), vendor=self.name, model=model.id,
            key=kept.key, given=given, input=model.with_defaults(given), created_at=now, starts_at=starts,
            ends_at=starts + model.run_s * self.pace, seed=given.get("seed", number) or 0, webhook=hook,
            deadline=None if limit_s is None else now + limit_s, stops_at=starts + STOPS_AFTER_S,
            events_wanted=wanted if body.get("webhook") else ["completed"],
            version=version, ignored=sorted(set(given) - set(model.input)), files=count(given),
            expires_s=KEPT_S,
        )  # fmt: skip

    async def _until_done(self, job: Job, seconds: float) -> None:
        done = asyncio.ensure_future(job.done.heard())
        late = asyncio.ensure_future(self.time.until(self.time.now() + seconds))
        try:
            await asyncio.wait({done, late}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            done.cancel()
            late.cancel()

    # Predictions.

    def told(self, job: Job, state: Any = None, *, event: str = "") -> dict[str, Any]:
        """A prediction object; of an event that has passed, as it was then."""
        output = None if event in ("start", "logs") else self.output(job)
        return prediction(job, self.models[job.model], self.url, self.time.now(), output, state=state)

    def output(self, job: Job) -> Any:
        """Addresses of files, as the model's schema says; None as long as there is nothing."""
        model = self.models[job.model]
        if model.makes == "text" and job.state == "running":
            return WORDS  # [rec official_model_create_wait10.yaml: processing, with output]
        if job.state != "succeeded":
            return None
        if job.fault.kind == "empty_success":
            return None if model.output == "uri" else []
        if model.makes == "text":
            return WORDS
        addresses = [
            f"{self.url}/pbxt/{job.id}/{self.file_name(job, number)}/out-{number}.{self.order_of(job).suffix}"
            for number in range(job.files)
        ]
        return addresses[0] if model.output == "uri" else addresses

    def _find(self, kept: Kept, id: str) -> Job:
        job = self.books.jobs.get(id)
        if job is None or job.vendor != self.name or job.key != kept.key:
            raise not_found()
        self.advance(job)
        return job

    async def _look(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        job = self._find(kept, id)
        if not await self.spoilt("look", kept, out, job.model):
            await self._reply(out, 200, self.told(job), request)

    async def _cancel(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        job = self._find(kept, id)
        if not await self.spoilt("cancel", kept, out, job.model):
            self.cancel(job)
            await self._reply(out, 200, self.told(job), request)

    async def _list(self, kept: Kept, request: Request, out: Out) -> None:
        if await self.spoilt("list", kept, out):
            return
        query = {name: value for name, value in request.query.items() if name in LIST_QUERY}
        jobs = [job for job in self.books.orders(self.name) if job.key == kept.key]
        jobs = sorted(jobs, key=lambda job: job.created_at)[::-1]
        after, before = _moment(query, "created_after"), _moment(query, "created_before")
        jobs = [
            job
            for job in jobs
            if (after is None or job.created_at >= after) and (before is None or job.created_at < before)
        ]
        if query.get("source") == "web":
            jobs = []
        start = _after_cursor(jobs, query.get("cursor", ""))
        page, more = jobs[start : start + PAGE], len(jobs) > start + PAGE
        for job in page:
            self.advance(job)
        following = None
        if more:
            cursor = base64.urlsafe_b64encode(page[-1].id.encode()).decode()
            following = f"{self.url}/v1/predictions?{urlencode({**query, 'cursor': cursor})}"
        told = {"next": following, "previous": None, "results": [self.told(job) for job in page]}
        await self._reply(out, 200, told, request)

    # Models and files.

    async def _model(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if id != EMPTY and id not in self.models:
            raise not_found()
        told = empty_model() if id == EMPTY else model_object(self.models[id])
        await self._reply(out, 200, told, request)

    async def _version(self, kept: Kept, request: Request, out: Out, id: str, version: str) -> None:
        model = self.models.get(id)
        if model is None or version not in (model.full_version, *model.older):
            raise not_found()
        await self._reply(out, 200, version_object(model, version), request)

    async def _versions(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if id not in self.models:
            raise not_found()
        told = {"next": None, "previous": None, "results": [version_object(self.models[id])]}
        await self._reply(out, 200, told, request)

    async def _upload(self, kept: Kept, request: Request, out: Out) -> None:
        made = upload(self.shelf, request, self.time.now())
        await out.json(201, file_object(made, self.url), {"content-type": "application/json; charset=UTF-8"})

    async def _files(self, kept: Kept, request: Request, out: Out) -> None:
        newest = sorted(self.shelf.uploads.values(), key=lambda one: -one.created_at)
        told = {"next": None, "previous": None, "results": [file_object(one, self.url) for one in newest]}
        await self._reply(out, 200, told, request)

    async def _upload_told(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if id not in self.shelf.uploads:
            raise problem(404, "File not found")
        await self._reply(out, 200, file_object(self.shelf.uploads[id], self.url), request)

    async def _delete(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if self.shelf.uploads.pop(id, None) is None:
            raise problem(404, "File not found")
        await out.start(204, {"content-type": "text/plain; charset=UTF-8"})
        await out.end()

    async def _secret(self, kept: Kept, request: Request, out: Out) -> None:
        await self._reply(out, 200, {"key": self.secret}, request)

    async def _hardware(self, kept: Kept, request: Request, out: Out) -> None:
        await self._reply(out, 200, HARDWARE, request)

    async def _collections(self, kept: Kept, request: Request, out: Out) -> None:
        await self._reply(out, 200, COLLECTIONS, request)

    async def _account(self, kept: Kept, request: Request, out: Out) -> None:
        told = {"type": "user", "username": "stand-in", "name": "Stand In", "github_url": ""}
        await self._reply(out, 200, told, request)

    async def _file(self, kept: Kept, request: Request, out: Out, id: str, name: str, number: str) -> None:
        job = self.books.jobs.get(id)
        if job is not None and self.file_name(job, int(number)) != name:
            job = None
        await self.serve_output(kept, request, out, job, int(number))

    async def _reply(
        self, out: Out, status: int, told: Any, request: Request, more: dict[str, str] | None = None
    ) -> None:
        kind = f"{request.method} {request.path}"
        left = next((most for asked, most in LIMITS.items() if re.fullmatch(asked, kind)), 2999)
        limits = {"ratelimit-remaining": str(left), "ratelimit-reset": "1"}
        await out.reply(status, json.dumps(told).encode(), {**JSON, **limits, **(more or {})})

    # Words.

    def failure(self, fault: Fault) -> Rejected:
        match fault.code:
            case "busy":
                return throttled(fault.retry_after_s)
            case "key" if fault.status == 401:
                return unauthenticated()
            case "key":
                return problem(403, "You do not have permission to perform this action.", "Forbidden")
            case "credit":
                return no_credit()
        return Rejected(fault.status, {"detail": "Internal server error", "status": fault.status}, PROBLEM)

    def job_failure(self, fault: Fault) -> dict[str, Any]:
        words = {"refused": NSFW, "filtered_video": FLAGGED, "failed": INTERRUPTED}
        return {"error": words[fault.kind]} if fault.kind in words else {}

    def unreadable(self, job: Job, field: str, why: str) -> dict[str, Any]:
        return {"error": f"Could not read {field}: {why}"}

    def gone_file(self) -> Rejected:
        return Rejected(404, {"detail": "File not found"}, JSON, "gone")

    def is_billed(self, job: Job) -> bool:
        """[doc: canceled is billed, aborted is not; failed may be: treat as paid]"""
        return job.state in ("succeeded", "canceled") or (job.state == "failed" and self.bills_refusals)

    async def tell(self, job: Job, event: str, state: Any) -> None:
        if job.webhook and event in job.events_wanted:
            id = f"msg_{job.id}_{event}"
            await self.post.send(job, event, id, self.told(job, state, event=event), self.pace)


def _wait(prefer: str) -> float | None:
    """[doc: wait, or wait=n with n from 1 to 60]"""
    if not prefer:
        return None
    found = re.fullmatch(r"wait(=([1-9]|[1-5][0-9]|60))?", prefer)
    if found is None:
        raise invalid("prefer", "pattern", "Does not match wait=n with n from 1 to 60")
    return float(found[2] or 60)


def _seconds(text: str) -> float | None:
    """A duration such as 90, 5m or 1h30m45s, five seconds at least [doc]."""
    if not text:
        return None
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", text)
    seconds = (
        sum(int(part or 0) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))
        if found
        else 0
    )
    if seconds < 5:
        raise invalid("cancel-after", "minimum", "The minimum allowed duration is 5 seconds")
    return float(seconds)


def _moment(query: dict[str, str], name: str) -> float | None:
    try:
        return moment_of(query[name]) if name in query else None
    except ValueError:
        raise invalid(name, "format", "Does not match format 'date-time'") from None


def _after_cursor(jobs: list[Job], cursor: str) -> int:
    if not cursor:
        return 0
    id = base64.urlsafe_b64decode(cursor).decode(errors="replace")
    return next((number + 1 for number, job in enumerate(jobs) if job.id == id), len(jobs))


ID, NAME = r"([A-Za-z0-9_=-]+)", r"([\w.-]+/[\w.-]+)"
ROUTES = [
    ("POST", "/v1/predictions", Replicate._order),
    ("POST", rf"/v1/models/{NAME}/predictions", Replicate._order),
    ("GET", "/v1/predictions", Replicate._list),
    ("GET", f"/v1/predictions/{ID}", Replicate._look),
    ("POST", f"/v1/predictions/{ID}/cancel", Replicate._cancel),
    ("GET", f"/v1/models/{NAME}", Replicate._model),
    ("GET", f"/v1/models/{NAME}/versions", Replicate._versions),
    ("GET", f"/v1/models/{NAME}/versions/{ID}", Replicate._version),
    ("POST", "/v1/files", Replicate._upload),
    ("GET", "/v1/files", Replicate._files),
    ("GET", f"/v1/files/{ID}", Replicate._upload_told),
    ("DELETE", f"/v1/files/{ID}", Replicate._delete),
    ("GET", "/v1/webhooks/default/secret", Replicate._secret),
    ("GET", "/v1/hardware", Replicate._hardware),
    ("GET", "/v1/collections", Replicate._collections),
    ("GET", "/v1/account", Replicate._account),
]
