"""Google's files: uploads in pieces, files that Veo made, and how long they live."""

import base64
import hashlib
import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.standins.media_vendors.google_veo import LIFE
from tests.standins.media_vendors.google_words import gone, invalid
from tests.standins.model_vendors.wire import Out, Request

UPLOADED = itertools.count(1)


@dataclass
class Upload:
    """A file on its way in, and then there."""

    name: str
    mime: str
    title: str
    size: int
    created: datetime
    content: bytearray = field(default_factory=bytearray)
    whole: bool = False


class Uploads:
    """What customers sent. It lives in memory, and is gone with the process."""

    def __init__(self) -> None:
        self._files: dict[str, Upload] = {}

    def start(self, request: Request, body: Any, now: datetime) -> Upload:
        """Answer the first call of google-genai's resumable upload. Raises `Rejected`."""
        heads, told = request.headers, (body or {}).get("file") or {}
        if (
            heads.get("x-goog-upload-protocol") != "resumable"
            or heads.get("x-goog-upload-command") != "start"
        ):
            raise invalid("Only resumable uploads are supported.")
        name = str(told.get("name") or f"files/up{next(UPLOADED):06d}").removeprefix("files/")
        mime = heads.get("x-goog-upload-header-content-type") or told.get("mimeType", "")
        size = int(heads.get("x-goog-upload-header-content-length", 0))
        self._files[name] = Upload(name, mime, told.get("displayName", ""), size, now)
        return self._files[name]

    def add(self, request: Request) -> tuple[Upload, bool]:
        """A piece; and whether it was the last. Raises `Rejected`."""
        file = self._files.get(request.query.get("upload_id", ""))
        if file is None or file.whole:
            raise invalid("Unknown upload_id.")
        if int(request.headers.get("x-goog-upload-offset", 0)) != len(file.content):
            raise invalid("X-Goog-Upload-Offset is not where the upload is.")
        file.content += request.body
        if "finalize" in request.headers.get("x-goog-upload-command", ""):
            if len(file.content) != file.size:
                raise invalid("The upload has another size than was told.")
            file.whole = True
        return file, file.whole

    def find(self, name: str, now: datetime) -> Upload:
        """Raises `Rejected` for one that is not there or not any more."""
        file = self._files.get(name)
        if file is None or not file.whole or now >= file.created + LIFE:
            raise gone(name)
        return file

    def here(self, now: datetime) -> list[Upload]:
        return [file for file in self._files.values() if file.whole and now < file.created + LIFE]

    def delete(self, name: str) -> bool:
        return self._files.pop(name, None) is not None


def told(file: Upload, base: str) -> dict[str, Any]:
    """The resource of an upload."""
    digest = base64.b64encode(hashlib.sha256(file.content).hexdigest().encode()).decode()
    return {
        "name": f"files/{file.name}",
        **({"displayName": file.title} if file.title else {}),
        "mimeType": file.mime,
        "sizeBytes": str(len(file.content)),
        "createTime": stamp(file.created),
        "updateTime": stamp(file.created),
        "expirationTime": stamp(file.created + LIFE),
        "sha256Hash": digest,
        "uri": f"{base}/v1beta/files/{file.name}",
        "state": "ACTIVE",
        "source": "UPLOADED",
    }


def told_made(name: str, created: datetime, expires: datetime, base: str) -> dict[str, Any]:
    """The resource of a file that Veo made."""
    uri = f"{base}/v1beta/files/{name}"
    return {
        "name": f"files/{name}",
        "mimeType": "video/mp4",
        "createTime": stamp(created),
        "updateTime": stamp(created),
        "expirationTime": stamp(expires),
        "uri": uri,
        "downloadUri": f"{uri}:download?alt=media",
        "state": "ACTIVE",
        "source": "GENERATED",
    }


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def named_in(address: str) -> str:
    """The file's name in any address of it: its `uri`, its path, `files/NAME`."""
    found = re.findall(r"files/([a-z0-9-]+)", address)
    return str(found[-1]) if found else ""


async def answer_start(upload: Upload, out: Out, base: str) -> None:
    heads = {
        "x-goog-upload-status": "active", "x-goog-upload-chunk-granularity": "262144",
        "x-goog-upload-url": f"{base}/upload/v1beta/files?upload_id={upload.name}&upload_protocol=resumable",
    }  # fmt: skip
    await out.reply(200, b"", {**heads, "content-type": "text/plain; charset=utf-8"})


async def answer_piece(upload: Upload, last: bool, out: Out, base: str) -> None:
    heads: Mapping[str, str] = {"x-goog-upload-status": "final" if last else "active"}
    await out.json(200, {"file": told(upload, base)} if last else {}, heads)
