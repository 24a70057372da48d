"""Replicate: predictions, models, files, webhooks. What is written here and why is in README.md."""

import asyncio
import base64
import re
import secrets
from typing import Any, ClassVar
from urllib.parse import urlencode

from tests.standins.job_vendors.faults import NO_FAULT, Fault
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Model
from tests.standins.job_vendors.replicate_asking import (
    after_cursor,
    asked_for,
    check,
    duration_s,
    moment_in,
    wait_s,
)
from tests.standins.job_vendors.replicate_files import body_of
from tests.standins.job_vendors.replicate_shelves import Shelves
from tests.standins.job_vendors.replicate_words import (
    KEPT_S,
    PROBLEM,
    WORDS,
    no_credit,
    not_found,
    prediction,
    problem,
    throttled,
    unauthenticated,
)
from tests.standins.job_vendors.signatures import replicate_headers
from tests.standins.job_vendors.wanted import count
from tests.standins.job_vendors.webhooks import Post
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.wire import JSON, Out, Request

PAGE = 100
LIST_QUERY = ("created_after", "created_before", "source", "cursor")
STOPS_AFTER_S = 1800.0
"""[doc: design-facts 2, billing facts]"""
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
NSFW = "NSFW content detected. Try running it again, or try a different prompt."
"""[quoted: replicate/cog-stable-diffusion pull request 24]"""
FLAGGED = "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"
INTERRUPTED = "Prediction interrupted; please retry (code: PA)"


class Replicate(Shelves):
    """api.replicate.com and replicate.delivery on one port."""

    name: ClassVar[str] = "replicate"
    key: ClassVar[str] = "r8_stand_in"
    pictures_in: ClassVar[tuple[str, ...]] = (
        "image", "start_image", "last_frame", "end_image", "reference_images", "image_input", "mask",
    )  # fmt: skip
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
        model, version = asked_for(self.models, body, "/".join(official))
        check(body, model)
        waits_s = wait_s(request.headers.get("prefer", ""))
        job = self._job(kept, body, model, version, duration_s(request.headers.get("cancel-after", "")))
        self._admit(kept)
        fault = await self.order(kept, out, job, model, good=201)
        if fault is not NO_FAULT:
            return
        if waits_s is None:
            try:
                await self.reply(out, 201, self.told(job, "queued"), request)
            finally:
                self.spawn(self.run(job))
            return
        self.spawn(self.run(job))
        await self._until_done(job, waits_s)
        applied = {"preference-applied": request.headers["prefer"]}
        status = 201 if job.is_final or job.state == "running" else 202
        await self.reply(out, status, self.told(job), request, applied)

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
            deadline=None if limit_s is None else now + limit_s,
            stops_at=starts + STOPS_AFTER_S * (self.pace or 1),
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
            await self.reply(out, 200, self.told(job), request)

    async def _cancel(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        job = self._find(kept, id)
        if not await self.spoilt("cancel", kept, out, job.model):
            self.cancel(job)
            await self.reply(out, 200, self.told(job), request)

    async def _list(self, kept: Kept, request: Request, out: Out) -> None:
        if await self.spoilt("list", kept, out):
            return
        query = {name: value for name, value in request.query.items() if name in LIST_QUERY}
        jobs = [job for job in self.books.orders(self.name) if job.key == kept.key]
        jobs = sorted(jobs, key=lambda job: job.created_at)[::-1]
        after, before = moment_in(query, "created_after"), moment_in(query, "created_before")
        jobs = [
            job
            for job in jobs
            if (after is None or job.created_at >= after) and (before is None or job.created_at < before)
        ]
        if query.get("source") == "web":
            jobs = []
        start = after_cursor(jobs, query.get("cursor", ""))
        page, more = jobs[start : start + PAGE], len(jobs) > start + PAGE
        for job in page:
            self.advance(job)
        following = None
        if more:
            cursor = base64.urlsafe_b64encode(page[-1].id.encode()).decode()
            following = f"{self.url}/v1/predictions?{urlencode({**query, 'cursor': cursor})}"
        told = {"next": following, "previous": None, "results": [self.told(job) for job in page]}
        await self.reply(out, 200, told, request)

    async def _file(self, kept: Kept, request: Request, out: Out, id: str, name: str, number: str) -> None:
        job = self.books.jobs.get(id)
        if job is not None and self.file_name(job, int(number)) != name:
            job = None
        await self.serve_output(kept, request, out, job, int(number))

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
