"""Replicate's file API: upload, look, list, delete [rec files_lifecycle.yaml]."""

import base64
import hashlib
import json
import uuid
from email.message import Message
from email.parser import BytesParser
from typing import Any

from tests.standins.job_vendors.clocks import stamp
from tests.standins.job_vendors.replicate_words import invalid, problem
from tests.standins.job_vendors.shelf import Shelf, Upload
from tests.standins.model_vendors.wire import Request

LIFE_S = 24 * 3600.0
"""[rec: expires_at is a day after created_at]"""
LARGEST = 100_000_000
"""[doc: OpenAPI copy, files.create 413]"""


def upload(shelf: Shelf, request: Request, now: float) -> Upload:
    """The file in a form. Raises `Rejected`."""
    if len(request.body) > LARGEST:
        raise problem(413, "Files must be less than 100MB in size")
    part = next((one for one in _parts(request) if one.get_param("name", header=HEAD) == "content"), None)
    if part is None:
        raise invalid("content", "required", "content is required")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    id = base64.urlsafe_b64encode(str(uuid.uuid4()).encode()).decode()
    name = part.get_filename() or "file"
    return shelf.put(Upload(id, name, part.get_content_type(), content, now, now + LIFE_S))


HEAD = "content-disposition"


def _parts(request: Request) -> list[Message]:
    head = f"content-type: {request.headers.get('content-type', '')}\r\n\r\n"
    whole = BytesParser().parsebytes(head.encode() + request.body)
    return [one for one in whole.get_payload() if isinstance(one, Message)] if whole.is_multipart() else []


def file_object(kept: Upload, url: str) -> dict[str, Any]:
    """GET /v1/files/{id}"""
    md5 = hashlib.md5(kept.content, usedforsecurity=False).hexdigest()
    return {
        "id": kept.id, "name": kept.name, "content_type": kept.mime, "size": len(kept.content), "etag": md5,
        "checksums": {"sha256": kept.sha256, "md5": md5}, "metadata": {},
        "created_at": stamp(kept.created_at), "expires_at": stamp(kept.expires_at or 0),
        "urls": {"get": f"{url}/v1/files/{kept.id}"},
    }  # fmt: skip


def body_of(request: Request) -> Any:
    """The JSON of a body. Raises `Rejected`."""
    try:
        return json.loads(request.body or b"null")
    except ValueError:
        raise problem(400, "The request body is no valid JSON", "Bad request") from None
