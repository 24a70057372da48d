"""Fal: the queue, the platform's list, storage and webhooks. What is written here and why is in README.md."""

import asyncio
import base64
import json
import re
import secrets
import uuid
from typing import Any, ClassVar

from tests.standins.job_vendors import fal_words as words
from tests.standins.job_vendors.fal_platform import Platform
from tests.standins.job_vendors.fal_storage import Storage, life_s
from tests.standins.job_vendors.faults import NO_FAULT, Fault
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Model, misfits
from tests.standins.job_vendors.signatures import KeyRing, fal_headers
from tests.standins.job_vendors.wanted import count
from tests.standins.job_vendors.webhooks import Post
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.wire import JSON, Out, Request


class Fal(Platform):
    """queue.fal.run, rest.fal.ai, api.fal.ai and v3.fal.media on one port."""

    name: ClassVar[str] = "fal"
    key: ClassVar[str] = "stand-in:secret"
    pictures_in: ClassVar[tuple[str, ...]] = ("image_url", "tail_image_url", "end_image_url")

    def __init__(self, *given: Any, **named: Any) -> None:
        self.ring = KeyRing()
        super().__init__(*given, **named)
        self.storage = Storage(self.shelf)
        self.bills_refusals = False
        self._sizes: dict[str, int] = {}

    def make_post(self) -> Post:
        """Ten tries over two hours, 15 seconds each [doc]; how they are spread is inferred."""
        waits = (15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3000.0)
        return Post(self.name, self.books, self.time, self._signed, 10, waits)

    def _signed(self, id: str, timestamp: int, body: bytes) -> dict[str, str]:
        return fal_headers(self.ring.signing, id, timestamp, body)

    def key_of(self, request: Request) -> str:
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        return key if scheme == "Key" else ""

    def ordered(self, head: Request) -> bool:
        return head.method == "POST" and head.path.removeprefix("/") in self.models

    async def route(self, kept: Kept, request: Request, out: Out) -> None:
        for method, pattern, answer, is_open in ROUTES:
            if request.method == method and (found := re.fullmatch(pattern, request.path)):
                if not is_open and kept.key not in self.keys:
                    raise words.unauthenticated()
                await answer(self, kept, request, out, *found.groups())
                return
        if "/requests/" in request.path:  # [inferred: the path behind owner/app is no address of the queue]
            raise Rejected(405, {"detail": "Method Not Allowed"}, {}, "path")
        raise words.not_found("Path")

    # The queue.

    async def _submit(self, kept: Kept, request: Request, out: Out, app: str) -> None:
        model = self.models.get(app)
        if model is None:
            raise words.not_found(f"Application '{app}'")
        if self.credit_micro_usd is not None and self.credit_micro_usd <= 0:
            raise words.locked()
        try:
            body = json.loads(request.body)
        except ValueError:
            body = None
        if not isinstance(body, dict):  # [inferred]
            detail = [{"loc": ["body"], "msg": "Input should be a valid dictionary", "type": "dict_type"}]
            raise Rejected(422, {"detail": detail}, {"x-fal-error-type": "dict_type"}, "dict_type")
        job = self._job(kept, request, model, body)
        fault = await self.order(kept, out, job, model, good=200)
        if fault is NO_FAULT:
            try:
                await out.json(200, words.submitted(job, self.url), {"x-fal-request-id": job.id})
            finally:
                self.spawn(self.run(job))

    def _job(self, kept: Kept, request: Request, model: Model, body: dict[str, Any]) -> Job:
        """The queue takes everything; an input that does not fit fails when the model reads it [inferred]."""
        now, found = self.time.now(), misfits(model, body)
        starts = now + model.queue_s * self.pace
        patience = request.headers.get("x-fal-request-timeout")
        return Job(
            id=str(uuid.uuid4()), vendor=self.name, model=model.id, key=kept.key, given=body,
            input=model.with_defaults(body), created_at=now, starts_at=starts,
            ends_at=starts + (0 if found else model.run_s * self.pace),
            seed=body.get("seed") or secrets.randbits(31), webhook=request.query.get("fal_webhook", ""),
            start_by=None if patience is None else now + float(patience), events_wanted=["completed"],
            failure=words.invalid_input(found) if found else {}, files=1 if found else count(body),
            expires_s=life_s(request.headers), ignored=sorted(set(body) - set(model.input)),
            keeps_payload=request.headers.get("x-fal-store-io") != "0",
        )  # fmt: skip

    def _find(self, kept: Kept, app: str, id: str) -> Job:
        job = self.books.jobs.get(id)
        own = job is not None and job.vendor == self.name and job.key == kept.key
        if job is None or not own or not f"{job.model}/".startswith(f"{app}/"):
            raise words.not_found("Request")
        self.advance(job)
        return job

    async def _status(self, kept: Kept, request: Request, out: Out, app: str, id: str) -> None:
        job = self._find(kept, app, id)
        if await self.spoilt("look", kept, out, job.model):
            return
        logs = request.query.get("logs", "").lower() in ("1", "true")
        code, told = words.status(job, self.url, logs=logs)
        await out.json(code, told, {"x-fal-request-id": id})

    async def _result(self, kept: Kept, request: Request, out: Out, app: str, id: str) -> None:
        job = self._find(kept, app, id)
        if await self.spoilt("look", kept, out, job.model):
            return
        if not job.is_final:  # [inferred]
            raise Rejected(400, {"detail": "Request is still in progress"}, {"x-fal-request-id": id}, "early")
        if job.state != "succeeded":
            raise words.rejection(job)
        await self._prepared(job)
        await out.json(200, self.output(job), {"x-fal-request-id": id})

    async def _prepared(self, job: Job) -> None:
        """What an answer says of a file it says of one that is there."""
        if self.models[job.model].output == "video" or job.input.get("sync_mode"):
            self._sizes[job.id] = len((await asyncio.to_thread(self.made, job))[0])

    async def _cancel(self, kept: Kept, request: Request, out: Out, app: str, id: str) -> None:
        """[doc: 202 when accepted; the words of the three answers are from the page, 400 and 404 inferred]"""
        job = self.books.jobs.get(id)
        if job is None or job.key != kept.key or job.vendor != self.name:
            raise Rejected(404, {"status": "NOT_FOUND"}, {}, "not found")
        self.advance(job)
        if await self.spoilt("cancel", kept, out, job.model):
            return
        if job.is_final:
            raise Rejected(400, {"status": "ALREADY_COMPLETED"}, {}, "completed")
        self.cancel(job)
        await out.json(202, {"status": "CANCELLATION_REQUESTED"})

    def output(self, job: Job) -> dict[str, Any]:
        """The result of a job that went well [doc: schemas of the two forms]."""
        model, is_empty = self.models[job.model], job.fault.kind == "empty_success"
        if model.output == "video":
            return {"video": None if is_empty else self._file_object(job, 0)}
        pictures = [] if is_empty else [self._file_object(job, number) for number in range(job.files)]
        return {
            "images": pictures, "timings": {"inference": words.ran_s(job)}, "seed": job.seed,
            "has_nsfw_concepts": [job.fault.kind == "black"] * len(pictures), "prompt": job.input["prompt"],
        }  # fmt: skip

    def _file_object(self, job: Job, number: int) -> dict[str, Any]:
        order, model = self.order_of(job), self.models[job.model]
        name = f"{self.file_name(job, number)}-{number}.{order.suffix}"
        told: dict[str, Any] = {"url": f"{self.url}/files/o/{job.id}/{name}", "content_type": order.mime}
        if model.output == "video":
            return {**told, "file_name": "output.mp4", "file_size": self._sizes.get(job.id)}
        if job.input.get("sync_mode"):
            told["url"] = f"data:{order.mime};base64,{base64.b64encode(self.made(job, number)[0]).decode()}"
        return {**told, "width": order.size[0], "height": order.size[1]}

    async def _made(self, kept: Kept, request: Request, out: Out, id: str, name: str, number: str) -> None:
        job = self.books.jobs.get(id)
        if job is not None and self.file_name(job, int(number)) != name:
            job = None
        await self.serve_output(kept, request, out, job, int(number))

    # Words.

    def failure(self, fault: Fault) -> Rejected:
        match fault.code:
            case "busy":
                return words.busy(fault)
            case "key" if fault.status == 401:
                return words.unauthenticated()
            case "key":
                return Rejected(403, {"detail": "Access denied"}, {}, "forbidden")
            case "credit":
                return words.locked()
        code = "request_timeout" if fault.status == 504 else "internal_error"
        return words.request_error(code, fault.status, words.SAYS.get(code, "Internal Server Error"))

    def job_failure(self, fault: Fault) -> dict[str, Any]:
        if fault.kind in ("refused", "filtered_video"):
            return words.policy({})
        return {"error_type": fault.code} if fault.kind == "failed" else {}

    def unreadable(self, job: Job, field: str, why: str) -> dict[str, Any]:
        return words.unreadable(field, job.input.get(field), why, fetched="no such" not in why)

    def gone_file(self) -> Rejected:
        return Rejected(404, {"detail": "File not found"}, JSON, "gone")

    def is_billed(self, job: Job) -> bool:
        """[doc: what ends in 5xx is not billed]; what is refused or cancelled while it ran: inferred."""
        if job.state == "failed":
            return self.bills_refusals and words.rejection(job).status < 500
        return job.state == "succeeded"

    async def tell(self, job: Job, event: str, state: Any) -> None:
        """One message at the end [doc: webhooks]."""
        if not job.webhook or event != "completed":
            return
        told: dict[str, Any] = {"request_id": job.id, "gateway_request_id": job.id, "status": "OK"}
        if job.state == "succeeded":
            await self._prepared(job)
            told["payload"] = self.output(job)
        else:
            no = words.rejection(job)
            told |= {"status": "ERROR", "error": f"Unexpected status code: {no.status}", "payload": no.body}
        await self.post.send(job, event, job.id, told, self.pace)


APP, ID = r"([\w.-]+/[\w.-]+)", r"([0-9a-f-]+)"
ROUTES = [
    ("GET", r"/\.well-known/jwks\.json", Fal._jwks, True),
    ("GET", r"/files/o/([0-9a-f-]+)/([0-9a-f]+)-(\d)\.\w+", Fal._made, True),
    ("HEAD", r"/files/o/([0-9a-f-]+)/([0-9a-f]+)-(\d)\.\w+", Fal._made, True),
    ("GET", r"/files/b/([0-9a-f]+)/(.+)", Fal._uploaded, True),
    ("PUT", r"/storage/put/([0-9a-f]+)", Fal._put, True),
    ("POST", "/files/upload", Fal._upload, True),
    ("POST", "/storage/auth/token", Fal._token, False),
    ("POST", "/storage/upload/initiate", Fal._promise, False),
    ("GET", "/v1/models/requests/by-endpoint", Fal._list, False),
    ("GET", f"/{APP}/requests/{ID}/status", Fal._status, False),
    ("GET", f"/{APP}/requests/{ID}", Fal._result, False),
    ("PUT", f"/{APP}/requests/{ID}/cancel", Fal._cancel, False),
    ("POST", r"/([\w.-]+/[\w.-]+(?:/[\w.-]+)*)", Fal._submit, False),
]
