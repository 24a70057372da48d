"""What Replicate shows beside predictions: models, versions, files, the webhooks' secret, other lists."""

import json
import re
from typing import Any

from tests.standins.job_vendors.replicate_files import file_object, upload
from tests.standins.job_vendors.replicate_models import (
    COLLECTIONS,
    EMPTY,
    HARDWARE,
    empty_model,
    model_object,
    version_object,
)
from tests.standins.job_vendors.replicate_words import not_found, problem
from tests.standins.job_vendors.signatures import SECRET
from tests.standins.job_vendors.vendor import JobVendor
from tests.standins.model_vendors.books import Kept
from tests.standins.model_vendors.wire import JSON, Out, Request

LIMITS = {r"POST .*/predictions": 599, r"GET /v1/predictions/.*": 59999}
"""Of the header ratelimit-remaining [rec]; elsewhere 2999."""


class Shelves(JobVendor):
    """The half of Replicate that makes nothing."""

    secret = SECRET

    async def _model(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if id != EMPTY and id not in self.models:
            raise not_found()
        told = empty_model() if id == EMPTY else model_object(self.models[id])
        await self.reply(out, 200, told, request)

    async def _version(self, kept: Kept, request: Request, out: Out, id: str, version: str) -> None:
        model = self.models.get(id)
        if model is None or version not in (model.full_version, *model.older):
            raise not_found()
        await self.reply(out, 200, version_object(model, version), request)

    async def _versions(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if id not in self.models:
            raise not_found()
        told = {"next": None, "previous": None, "results": [version_object(self.models[id])]}
        await self.reply(out, 200, told, request)

    async def _upload(self, kept: Kept, request: Request, out: Out) -> None:
        made = upload(self.shelf, request, self.time.now())
        await out.json(201, file_object(made, self.url), {"content-type": "application/json; charset=UTF-8"})

    async def _files(self, kept: Kept, request: Request, out: Out) -> None:
        newest = sorted(self.shelf.uploads.values(), key=lambda one: -one.created_at)
        told = {"next": None, "previous": None, "results": [file_object(one, self.url) for one in newest]}
        await self.reply(out, 200, told, request)

    async def _upload_told(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if id not in self.shelf.uploads:
            raise problem(404, "File not found")
        await self.reply(out, 200, file_object(self.shelf.uploads[id], self.url), request)

    async def _delete(self, kept: Kept, request: Request, out: Out, id: str) -> None:
        if self.shelf.uploads.pop(id, None) is None:
            raise problem(404, "File not found")
        await out.start(204, {"content-type": "text/plain; charset=UTF-8"})
        await out.end()

    async def _secret(self, kept: Kept, request: Request, out: Out) -> None:
        await self.reply(out, 200, {"key": self.secret}, request)

    async def _hardware(self, kept: Kept, request: Request, out: Out) -> None:
        await self.reply(out, 200, HARDWARE, request)

    async def _collections(self, kept: Kept, request: Request, out: Out) -> None:
        await self.reply(out, 200, COLLECTIONS, request)

    async def _account(self, kept: Kept, request: Request, out: Out) -> None:
        told = {"type": "user", "username": "stand-in", "name": "Stand In", "github_url": ""}
        await self.reply(out, 200, told, request)

    async def reply(
        self, out: Out, status: int, told: Any, request: Request, more: dict[str, str] | None = None
    ) -> None:
        kind = f"{request.method} {request.path}"
        left = next((most for asked, most in LIMITS.items() if re.fullmatch(asked, kind)), 2999)
        limits = {"ratelimit-remaining": str(left), "ratelimit-reset": "1"}
        await out.reply(status, json.dumps(told).encode(), {**JSON, **limits, **(more or {})})
