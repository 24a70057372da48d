"""Stored files by signed link: whole or in ranges, never run by a browser."""

import re
from pathlib import PurePosixPath
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from server.deps import HouseDep
from server.ranges import disposition, file_response
from tools.media.inspect import EXTENSIONS
from tools.media.preview import preview

router = APIRouter(tags=["media"])
SHOWABLE = re.compile(r"^(image/(png|jpeg|webp|gif)|video/(mp4|webm|quicktime)|audio/[\w.+-]+)$")
SAFE_NAME = re.compile(r"^[\w][\w .()-]{0,120}$")
SHRINKABLE = frozenset({".png", ".jpg", ".jpeg", ".webp"})
GUARDS = {
    "Cache-Control": "private, max-age=3600",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}
TYPES = {f".{extension}": mime for mime, extension in EXTENSIONS.items()}


@router.head("/media/{key:path}", include_in_schema=False)
@router.get(
    "/media/{key:path}",
    summary="Download a file",
    response_class=StreamingResponse,
    responses={
        200: {"description": "The file.", "content": {"application/octet-stream": {"example": "(bytes)"}}},
        206: {"description": "The range that was asked for."},
        304: {"description": "What you have is what we have."},
        403: {"description": "The link is forged or too old."},
        404: {"description": "There is no such file."},
        416: {"description": "The file is shorter than that range."},
    },
)
async def download(
    key: Annotated[
        str, Path(max_length=500, description="The file's key.", examples=["video/local/ab12.mp4"])
    ],
    request: Request,
    house: HouseDep,
    expires: Annotated[
        int, Query(description="When the link ends, seconds since 1970.", examples=[1767225600])
    ],
    signature: Annotated[str, Query(max_length=200, description="Proves that we made the link.")],
    inline: Annotated[bool, Query(description="Show it in the browser rather than save it.")] = False,
    name: Annotated[str, Query(max_length=121, description="What to call the saved file.")] = "",
    small: Annotated[
        bool, Query(description="A copy of a picture for a list, at most 720 pixels wide, as WebP.")
    ] = False,
) -> Response:
    """The bytes behind a link. Ranges work, so that players can seek."""
    house.store.verify(key, expires, signature)
    stem, suffix = PurePosixPath(key).stem, PurePosixPath(key).suffix
    small = small and suffix in SHRINKABLE
    etag = f'"{stem}-small"' if small else f'"{stem}"'
    if etag in request.headers.get("if-none-match", ""):
        await house.store.size(key)  # what is gone is gone for those, too, who have it
        return Response(status_code=304, headers={"ETag": etag})
    if small:
        picture = await house.store.get(key)
        return Response(await preview(picture), media_type="image/webp", headers={"ETag": etag, **GUARDS})
    mime = TYPES.get(suffix, "application/octet-stream")
    shown = inline and SHOWABLE.match(mime) is not None
    saved_as = name if SAFE_NAME.match(name) else PurePosixPath(key).name
    headers = {"Content-Disposition": disposition("inline" if shown else "attachment", saved_as), **GUARDS}
    return await file_response(house.store, key, request, etag=etag, mime=mime, headers=headers)
