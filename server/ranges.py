"""Stored files over HTTP: whole or the part that was asked for, straight from the store."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse, StreamingResponse

from tools.media.store import MediaStore

RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*")


async def file_response(
    store: MediaStore, key: str, request: Request, *, etag: str, mime: str, headers: Mapping[str, str]
) -> Response:
    """The file, or the one range of it that the request names; several at once get the whole file.

    Raises:
        MediaMissing: there is no such file.
    """
    size = await store.size(key)
    told = {**headers, "ETag": etag, "Accept-Ranges": "bytes"}
    asked = _range_of(request, etag)
    start, end = 0, size
    if asked:
        if (named := RANGE.fullmatch(asked)) is None or not any(named.groups()):
            return PlainTextResponse("Malformed range header.", status_code=400)
        start, end = _bounds(named[1], named[2], size)
        if start >= end:
            return Response(status_code=416, headers={"Content-Range": f"bytes */{size}"})
        told["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    told["Content-Length"] = str(end - start)
    status = 206 if asked else 200
    if request.method == "HEAD":
        return Response(status_code=status, headers=told, media_type=mime)
    stream = store.stream(key, start=start, end=end)
    return StreamingResponse(stream, status_code=status, headers=told, media_type=mime)


def disposition(kind: str, name: str) -> str:
    """The header that says whether a file is shown or saved, and under which name."""
    quoted = quote(name)
    return f'{kind}; filename="{name}"' if quoted == name else f"{kind}; filename*=utf-8''{quoted}"


def _range_of(request: Request, etag: str) -> str:
    """The range that is asked for; empty for the whole file."""
    asked = request.headers.get("range", "")
    return "" if "," in asked or request.headers.get("if-range", etag) != etag else asked


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    """The named part, `end` not included; without a first byte the last so many are meant."""
    if not first:
        return max(size - int(last), 0), size
    return int(first), min(int(last) + 1, size) if last else size
