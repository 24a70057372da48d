"""A file as it was sent, by either way: as a part of a form, or inside JSON as base64 (S3-38, S5-132)."""

import base64
import binascii
import re
import unicodedata
from dataclasses import dataclass

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ConfigDict, Field, ValidationError
from starlette.datastructures import UploadFile

from server.api.wire import Body
from state.errors import UploadRejected

MAX_FILE_BYTES = 10_485_760
MAX_BODY_BYTES = MAX_FILE_BYTES * 4 // 3 + 100_000
"""As base64, with what stands about it."""
MAX_NAME = 255
PART = "file"
NAME_IT = "Name it with 1 to 255 characters."
_OTHERS = re.compile(r"[^A-Za-z0-9]+")


class SentFile(Body):
    """A file inside JSON."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"filename": "bottle.png", "mimeType": "image/png", "data": "iVBORw0KGgo="}]
        }
    )

    filename: str = Field(min_length=1, max_length=MAX_NAME, description="Its name.", examples=["bottle.png"])
    mime_type: str = Field(max_length=100, description="What it is.", examples=["image/png"])
    data: str = Field(
        min_length=1,
        max_length=MAX_FILE_BYTES * 4 // 3 + 4,
        description="Its bytes as base64, at most 10 MB.",
    )


@dataclass(frozen=True)
class Sent:
    """The bytes, what they are said to be, and a name that is harmless everywhere."""

    content: bytes
    declared: str
    name: str


FORM = {
    "type": "object",
    "required": [PART],
    "properties": {PART: {"type": "string", "format": "binary", "description": "The file, at most 10 MB."}},
}
REQUEST_BODY = {
    "required": True,
    "content": {
        "multipart/form-data": {"schema": FORM},
        "application/json": {"schema": SentFile.model_json_schema(by_alias=True)},
    },
}
"""For the description of a route that reads one."""


async def read_sent(request: Request) -> Sent:
    """The file of a request.

    Raises:
        UploadRejected: there is none, it is empty or larger than 10 MB, or its name is empty or too long.
        RequestValidationError: JSON of another shape.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "application/json":
        return _of_json(await request.body())
    if kind == "multipart/form-data":
        return await _of_form(request)
    raise UploadRejected(
        "the body is neither a form nor JSON",
        user_action=f"Send multipart/form-data with the part `{PART}`, or application/json.",
    )


def clean_name(name: str) -> str:
    """Letters, digits, one dot: no folder, no NUL, nothing that a shell, a page or a file system would read.

    Accents go and their letters stay; what nothing is left of is called `file`.
    """
    last = re.split(r"[/\\]", name.replace("\0", ""))[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (_OTHERS.sub("-", part).strip("-") for part in ((stem, ending) if dot else (ending, "")))
    return f"{stem or 'file'}.{ending}" if ending else stem or "file"


def _of_json(body: bytes) -> Sent:
    try:
        sent = SentFile.model_validate_json(body)
        content = base64.b64decode(sent.data, validate=True)
    except ValidationError as exc:
        raise RequestValidationError(exc.errors()) from exc
    except (binascii.Error, ValueError) as exc:
        raise UploadRejected(
            "the data is not base64", user_action="Encode the file's bytes as base64."
        ) from exc
    return _checked(content, sent.mime_type, sent.filename)


async def _of_form(request: Request) -> Sent:
    async with request.form(max_files=1, max_fields=4, max_part_size=1000) as form:
        part = form.get(PART)
        if not isinstance(part, UploadFile):
            raise UploadRejected(
                f"the form has no file in the part `{PART}`", user_action="Send it under that name."
            )
        content = await part.read(MAX_FILE_BYTES + 1)
        return _checked(content, part.content_type or "", part.filename or "")


def _checked(content: bytes, declared: str, name: str) -> Sent:
    if not 1 <= len(name) <= MAX_NAME:
        raise UploadRejected("the file's name is empty or longer than 255 characters", user_action=NAME_IT)
    if not content:
        raise UploadRejected("the file is empty", user_action="Send a file of at least one byte.")
    if len(content) > MAX_FILE_BYTES:
        raise UploadRejected(
            f"the file is larger than {MAX_FILE_BYTES} bytes",
            user_action="Send a smaller or shorter one, up to 10 MB.",
        )
    return Sent(content, declared.partition(";")[0].strip().lower(), clean_name(name))
