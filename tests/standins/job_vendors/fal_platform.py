"""What fal shows beside its queue: the list of requests, the keys of its webhooks, the storage."""

import base64
from collections.abc import Mapping
from typing import Any

from tests.standins.job_vendors import fal_words as words
from tests.standins.job_vendors.clocks import moment_of
from tests.standins.job_vendors.fal_storage import Storage
from tests.standins.job_vendors.faults import NO_FAULT
from tests.standins.job_vendors.files import serve
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.signatures import KeyRing
from tests.standins.job_vendors.vendor import JobVendor
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.errors import Rejected
from tests.standins.model_vendors.wire import Out, Request

DAY_S = 24 * 3600.0


class Platform(JobVendor):
    """The half of fal that makes nothing."""

    ring: KeyRing
    storage: Storage

    def output(self, job: Job) -> dict[str, Any]:
        raise NotImplementedError

    async def _list(self, kept: Kept, request: Request, out: Out) -> None:
        if await self.spoilt("list", kept, out):
            return
        query = request.query
        if not query.get("endpoint_id"):
            raise Rejected(
                422,
                {"detail": [{"loc": ["query", "endpoint_id"], "msg": "Field required", "type": "missing"}]},
                {},
            )
        jobs = [job for job in self.books.orders(self.name) if job.key == kept.key]
        for job in jobs:
            self.advance(job)
        found = [job for job in jobs if job.is_final and self._is_listed(job, query)]
        found.sort(key=lambda job: job.ended_at or 0, reverse=True)
        limit = min(int(query.get("limit", 50)), 100)
        page = int(base64.b64decode(query["cursor"])) if query.get("cursor") else 1
        shown = found[(page - 1) * limit : page * limit]
        items = [self._listed(job, query.get("expand") == "payloads") for job in shown]
        more = len(found) > page * limit
        after = base64.b64encode(str(page + 1).encode()).decode() if more else None
        await out.json(200, {"items": items, "next_cursor": after, "has_more": more})

    def _is_listed(self, job: Job, query: Mapping[str, str]) -> bool:
        now = self.time.now()
        start = (
            moment_of(query["start"])
            if query.get("start")
            else now - DAY_S * (90 if query.get("request_id") else 1)
        )
        end = moment_of(query["end"]) if query.get("end") else now + 1
        ok = job.state == "succeeded"
        kind = "success" if ok else "user_error" if words.rejection(job).status < 500 else "error"
        return (
            job.model in query["endpoint_id"].split(",")
            and start <= (job.ended_at or 0) < end
            and query.get("request_id", job.id) == job.id
            and query.get("status", kind) == kind
        )

    def _listed(self, job: Job, payloads: bool) -> dict[str, Any]:
        output = self.output(job) if job.state == "succeeded" else words.rejection(job).body
        return words.listed(job, self.models[job.model], output, payloads=payloads)

    async def _jwks(self, kept: Kept, request: Request, out: Out) -> None:
        await out.json(200, self.ring.jwks(), {"cache-control": "max-age=86400"})

    async def _token(self, kept: Kept, request: Request, out: Out) -> None:
        await out.json(200, self.storage.token(self.url, self.time.now()))

    async def _upload(self, kept: Kept, request: Request, out: Out) -> None:
        await out.json(200, self.storage.upload(request, self.url, self.time.now()))

    async def _promise(self, kept: Kept, request: Request, out: Out) -> None:
        await out.json(200, self.storage.promise(request, self.url, self.time.now()))

    async def _put(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        self.storage.put(id, request, self.time.now())
        await out.reply(200, b"", {"content-type": "text/plain"})

    async def _uploaded(self, kept: Kept, request: Request, out: Out, id: str, name: str) -> None:
        upload, now = self.shelf.uploads.get(id), self.time.now()
        if upload is None or (upload.expires_at is not None and upload.expires_at <= now):
            raise self.gone_file()
        await serve(self, NO_FAULT, kept, request, out, upload.content, upload.mime)
