"""Google's pictures, clips and voices behind the address of its language models."""

import asyncio
import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.standins.media_vendors import google_files, google_making, google_veo
from tests.standins.media_vendors.desk import Desk, Order, slim
from tests.standins.media_vendors.google_files import Uploads, named_in
from tests.standins.media_vendors.google_webhooks import Webhooks, jwks
from tests.standins.media_vendors.google_words import check_size, gone, invalid, unknown_model
from tests.standins.media_vendors.models import MediaModel
from tests.standins.media_vendors.results import Job, made
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.dialects import NO_FAULT
from tests.standins.model_vendors.errors import google_error
from tests.standins.model_vendors.faults import Stage
from tests.standins.model_vendors.wire import Out, Request

if TYPE_CHECKING:
    from tests.standins.model_vendors.vendor import Vendor

METHODS = {"picture": ("generateContent", "streamGenerateContent"), "speech": ("generateContent",),
           "clip": ("predictLongRunning",)}  # fmt: skip
NO_CLIP = ("filtered", "refused", "job_failed", "no_media")
"""Faults after which there is no file."""
HOST = "https://generativelanguage.googleapis.com"


class GoogleMedia(Desk):
    """Routes what is no language model's; `route` says whether it was."""

    def __init__(self, vendor: "Vendor") -> None:
        super().__init__(vendor)
        self.uploads, self.webhooks = Uploads(), Webhooks(lambda: self.clock.now())
        self.tells_google_host = False
        """Clips are told with Google's own host in their address, as the real one does; else with ours."""
        self.redirects = False
        """Downloads are sent on to another path, which needs no key."""
        self._telling: set[asyncio.Task[None]] = set()
        vendor.server.on_stop.append(self._hush)

    @property
    def base(self) -> str:
        return HOST if self.tells_google_host else self.vendor.url

    async def route(self, kept: Kept, request: Request, out: Out) -> bool:
        """Answer, if it is about media."""
        path = request.path.strip("/").split("/")
        match request.method, path:
            case "POST", ["v1beta" | "v1", "models", called]:
                return await self._order(kept, request, out, *called.partition(":")[::2])
            case "GET", ["v1beta" | "v1", "models", name, "operations", id]:
                await self._operation(kept, out, name, id)
            case _, ["upload", "v1beta" | "v1", "files"]:
                await self._upload(kept, request, out)
            case "GET", ["served", name]:
                await self._file(kept, out, name)
            case _, ["v1beta" | "v1", "files", *rest]:
                await self._files(kept, request, out, "/".join(rest))
            case _, ["v1beta" | "v1", "webhooks", *rest]:
                await self._webhooks(kept, request, out, "".join(rest))
            case "GET", [".well-known", "jwks.json"]:
                await self._json(kept, out, jwks())
            case _:
                return False
        return True

    def listed(self) -> list[dict[str, Any]]:
        return [
            {
                "name": f"models/{model.id}",
                "version": "001",
                "displayName": model.id,
                "description": "A stand-in.",
                "supportedGenerationMethods": [*METHODS[model.kind]],
            }
            for model in self.models.values()
            if not model.retired
        ]

    async def _json(self, kept: Kept, out: Out, body: Any) -> None:
        self.vendor.close(kept, "answered")
        await out.json(200, body, self.vendor.json_type)

    async def _order(self, kept: Kept, request: Request, out: Out, name: str, method: str) -> bool:
        model = self.models.get(name)
        if model is None and method != "predictLongRunning":
            return False
        body, kept.body = kept.body, slim(kept.body)
        self.vendor.books.note_post(self.vendor.name, request.path, name)
        self.vendor.check_key(kept)
        if model is None or model.retired or method not in METHODS[model.kind]:
            raise unknown_model(name, method)
        if not isinstance(body, dict):
            raise self.vendor.unreadable()
        check_size(request.body)
        try:
            order = self._read(Order, kept, out, model, body)
        except (KeyError, TypeError, AttributeError) as exc:  # a field that is missing, or of another type
            raise self.vendor.unreadable() from exc
        await self.take(order, self._begun if model.kind == "clip" else self._maker(method, request))
        return True

    def _read(
        self, kind: type[Order], kept: Kept, out: Out, model: MediaModel, body: dict[str, Any]
    ) -> Order:
        if model.kind == "clip":
            return kind(kept, out, model, *google_veo.read(body, model, self._seconds_of))
        return kind(kept, out, model, *google_making.read(body, model))

    def _seconds_of(self, uri: str) -> float:
        job = self._job_of(named_in(uri))
        if job is None:
            raise invalid("The video is not one that was generated by Veo in the last two days.")
        return float(job["order"]["seconds"])

    # Clips.

    def accepted(self, order: Order) -> None:
        """Have its webhooks told when it is done, whether its answer arrives or not."""
        if order.model.kind == "clip" and order.job["fault"] not in NO_CLIP:
            telling = asyncio.create_task(self._tell(order.job))
            self._telling.add(telling)
            telling.add_done_callback(self._told_of)

    async def _begun(self, order: Order) -> None:
        body = json.dumps({"name": google_veo.name_of(order.job)}).encode()
        await self.send(order.kept, order.out, body, self.vendor.json_type, _of_line(order))

    def _told_of(self, telling: asyncio.Task[None]) -> None:
        self._telling.discard(telling)
        if not telling.cancelled() and (trouble := telling.exception()) is not None:
            assert isinstance(trouble, Exception)
            self.vendor.troubles.append(trouble)

    async def _tell(self, job: Job) -> None:
        await self.until_ready(job)
        await self.webhooks.tell(job, self.base)

    async def _hush(self) -> None:
        for task in [*self._telling]:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)

    async def _operation(self, kept: Kept, out: Out, name: str, id: str) -> None:
        self.vendor.check_key(kept)
        job = self.vendor.books.jobs.get(id)
        if job is None or job["model"] != name or job["kind"] != "clip":
            raise google_error(404, "NOT_FOUND", f"Operation models/{name}/operations/{id} was not found.")
        body = json.dumps(google_veo.operation(job, self.is_ready(job), self.base)).encode()
        await self._deliver(kept, out, job, "poll", body, self.vendor.json_type)

    async def _deliver(
        self,
        kept: Kept,
        out: Out,
        job: Job,
        stage: Stage,
        body: bytes,
        headers: dict[str, str],
        padding: int = 0,
    ) -> None:
        fault = self.next_fault(self.models[job["model"]], stage, job["order"], job["id"])
        if fault is not NO_FAULT and await self.hindered(kept, out, fault):
            return
        if fault is NO_FAULT and stage == "download" and job["fault"] == "trickle":
            fault = self.own_fault(job)
        await self.send(kept, out, body, headers, fault, padding=padding)

    # Files.

    def _job_of(self, name: str) -> Job | None:
        """The clip that this file is, if it is there and not expired."""
        job = self.vendor.books.jobs.get(name.rpartition("s")[0])
        if job is None or name not in google_veo.file_ids(job) or not self.is_ready(job):
            return None
        if job["fault"] in NO_CLIP:
            return None
        return job if self.clock.now() < google_veo.expires(job) else None

    async def _upload(self, kept: Kept, request: Request, out: Out) -> None:
        kept.body = slim(kept.body)
        if "upload_id" in request.query:
            upload, last = self.uploads.add(request)
            self.vendor.close(kept, "answered")
            await google_files.answer_piece(upload, last, out, self.base)
            return
        self.vendor.check_key(kept)
        upload = self.uploads.start(request, json.loads(request.body or b"{}"), self.clock.now())
        self.vendor.close(kept, "answered")
        await google_files.answer_start(upload, out, self.vendor.url)

    async def _files(self, kept: Kept, request: Request, out: Out, rest: str) -> None:
        self.vendor.check_key(kept)
        name, now = named_in(f"files/{rest}"), self.clock.now()
        if not rest:
            await self._json(kept, out, {"files": self._all_files(now)})
        elif rest.endswith(":download"):
            await self._download(kept, out, name)
        elif request.method == "DELETE":
            if not self.uploads.delete(name):
                raise gone(name)
            await self._json(kept, out, {})
        else:
            job = self._job_of(name)
            told = (
                self._told(name, job) if job else google_files.told(self.uploads.find(name, now), self.base)
            )
            await self._json(kept, out, told)

    def _all_files(self, now: datetime) -> list[dict[str, Any]]:
        names = [name for job in self.jobs if job["kind"] == "clip" for name in google_veo.file_ids(job)]
        clips = [self._told(name, job) for name in names if (job := self._job_of(name))]
        return [*(google_files.told(one, self.base) for one in self.uploads.here(now)), *clips]

    def _told(self, name: str, job: Job) -> dict[str, Any]:
        ready = datetime.fromisoformat(job["ready"])
        return google_files.told_made(name, ready, google_veo.expires(job), self.base)

    async def _download(self, kept: Kept, out: Out, name: str) -> None:
        if self._job_of(name) is None:
            if any(one.name == name for one in self.uploads.here(self.clock.now())):
                raise invalid("Only generated files can be downloaded.")
            raise gone(name)
        if self.redirects:
            self.vendor.close(kept, "answered")
            await out.reply(302, b"", {"location": f"{self.vendor.url}/served/{name}"})
            return
        await self._file(kept, out, name)

    async def _file(self, kept: Kept, out: Out, name: str) -> None:
        job = self._job_of(name)
        if job is None:
            raise gone(name)
        number = google_veo.file_ids(job).index(name)
        file = await asyncio.to_thread(made, job, number)
        heads = {"content-type": file.mime, "content-disposition": f'attachment; filename="{name}.mp4"'}
        padding = max(0, self.weight_bytes - len(file.content))
        await self._deliver(kept, out, job, "download", file.content, heads, padding)

    # Pictures and voices.

    def _maker(self, method: str, request: Request) -> Any:
        async def reply(order: Order) -> None:
            await self.until_ready(order.job)
            body = await asyncio.to_thread(google_making.answer, order.job, order.model, order.bill)
            content, kind = json.dumps(body).encode(), dict(self.vendor.json_type)
            if method == "streamGenerateContent":
                sse = request.query.get("alt") == "sse"
                content = b"data: " + content + b"\r\n\r\n" if sse else b"[" + content + b"]"
                kind = {"content-type": "text/event-stream"} if sse else kind
            await self.send(order.kept, order.out, content, kind, order.fault)

        return reply

    async def _webhooks(self, kept: Kept, request: Request, out: Out, rest: str) -> None:
        self.vendor.check_key(kept)
        id, _, method = rest.partition(":")
        match request.method, id, method:
            case "POST", "", "":
                await self._json(kept, out, self.webhooks.create(kept.body))
            case "GET", "", "":
                await self._json(kept, out, {"webhooks": list(self.webhooks.hooks.values())})
            case "GET", _, "":
                await self._json(kept, out, self.webhooks.find(id))
            case "DELETE", _, "":
                self.webhooks.delete(id)
                await self._json(kept, out, {})
            case "POST", _, "rotateSigningSecret":
                await self._json(kept, out, self.webhooks.rotate(id, kept.body))
            case _:
                raise google_error(404, "NOT_FOUND", "Requested entity was not found.")


def _of_line(order: Order) -> Any:
    """What strikes the answer to the order itself: a trickle comes with the file."""
    return NO_FAULT if order.job["fault"] else order.fault
