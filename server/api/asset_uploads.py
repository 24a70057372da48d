"""Files of any length, sent in one request or in several (S4-027): what broke off goes on where it was.

The address of an upload is signed and needs no login. It speaks tus 1.0.0 (creation, expiration,
termination), so that browsers have a library for it, and it is as easy with curl.
"""

import base64
import binascii
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, AwareDatetime, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from server.api.media import MediaView, view_of
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import EXAMPLE_ID, House, HouseDep, UserDep, read_id
from server.library.sending import MAX_BYTES, State, Upload, Uploads
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from server.records import media_rows
from server.sent_files import MAX_NAME
from server.sent_text import one_line
from state.errors import RecordNotFound
from tools.media.links import DAY_S

PLACE = "/api/assets/upload"
TUS = {"Tus-Resumable": "1.0.0"}
SPOKEN = {
    **TUS, "Tus-Version": "1.0.0", "Tus-Extension": "creation,expiration,termination",
    "Tus-Max-Size": str(MAX_BYTES),
}  # fmt: skip
PIECE_TYPE = "application/offset+octet-stream"
SIGNED_ERRORS: dict[int | str, dict[str, Any]] = {
    403: {"description": "The address is forged or too old."},
    **{status: ERRORS[status] for status in (404, 409, 413, 422)},
}
router = APIRouter(tags=["media"])


class AssetBody(Body):
    """What is going to be sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"fileName": "bottle.mp4", "mimeType": "video/mp4", "sizeBytes": 31_457_280}]
        }
    )

    file_name: str = Field(
        min_length=1, max_length=MAX_NAME, description="Its name.", examples=["bottle.mp4"]
    )
    mime_type: str = Field(max_length=100, description="What it is.", examples=["video/mp4"])
    size_bytes: int = Field(ge=1, le=2**40, description="How many bytes it has.", examples=[31_457_280])
    title: Annotated[str, Field(max_length=200), AfterValidator(one_line)] = Field(
        default="", description="What it is, or shows; its name when left out.", examples=["The bottle"]
    )
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = Field(
        default=None, description="Of the whole file; when given, other bytes are refused.",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    )  # fmt: skip


SCHEMA = AssetBody.model_json_schema(by_alias=True)


class AssetView(Wire):
    """How far an upload is."""

    upload_id: str = Field(description="Its id.", examples=[EXAMPLE_ID])
    upload_url: str = Field(description="Where its bytes go, for whoever has this address.")
    state: State = Field(description="receiving, then stored or refused.", examples=["receiving"])
    received_bytes: int = Field(description="Bytes that are here.", examples=[0])
    size_bytes: int = Field(description="Bytes of the whole file.", examples=[31_457_280])
    expires_at: AwareDatetime = Field(description="When it is forgotten, whole or not.")
    problem: str | None = Field(description="Why it was refused.")
    suggestion: str | None = Field(description="What helps then.")
    item: MediaView | None = Field(description="The item of the library that it became.")


async def upload_id(
    house: HouseDep,
    upload_id: Annotated[str, Path(description="The upload's id.", examples=[EXAMPLE_ID])],
    expires: Annotated[
        int, Query(description="When the address ends, seconds since 1970.", examples=[1767225600])
    ],
    signature: Annotated[str, Query(max_length=200, description="Proves that we made the address.")],
) -> str:
    """The upload that a signed address names."""
    house.upload_links.check(_subject(upload_id), expires, signature)
    return read_id(upload_id)


async def spoken(
    tus_resumable: Annotated[
        str | None, Header(description="The version of tus, by clients that speak it.", examples=["1.0.0"])
    ] = None,
) -> None:
    """Refuse another version of tus; who speaks none at all is welcome."""
    if tus_resumable not in (None, "1.0.0"):
        raise HTTPException(412, "Only tus 1.0.0 is spoken here.", headers=SPOKEN)


UploadId = Annotated[str, Depends(upload_id)]
SPEAKS = (Depends(spoken),)
UNSPOKEN: dict[int | str, dict[str, Any]] = {
    412: {"model": ErrorAnswer, "description": "It is another version of tus that was asked for."}
}
# The signed ones are not counted: who has a signature sends as many bytes as were announced.
SIGNED: dict[str, Any] = {"dependencies": SPEAKS, "responses": SIGNED_ERRORS | UNSPOKEN}


@router.options(PLACE, status_code=204, summary="Ask what is spoken", dependencies=COUNTED, responses=ERRORS)
async def ask(response: Response) -> None:
    """The version and the extensions of tus."""
    response.headers.update(SPOKEN)


@router.post(
    PLACE, status_code=201, summary="Begin an upload", dependencies=(*COUNTED, *SPEAKS),
    responses=ERRORS | UNSPOKEN,
    openapi_extra={"requestBody": {"content": {"application/json": {"schema": SCHEMA}}}},
)  # fmt: skip
@counts_as("upload")
async def begin(
    request: Request,
    response: Response,
    house: HouseDep,
    user_id: UserDep,
    upload_length: Annotated[
        int | None, Header(ge=1, le=2**40, description="tus: bytes of the whole file, instead of a body.")
    ] = None,
    upload_metadata: Annotated[
        str, Header(max_length=4000, description="tus: `filename`, `filetype` and `title` in base64.")
    ] = "",
) -> Answer[AssetView]:
    """Get a signed address for a picture, a clip or a sound, good for a day.

    Send the bytes there with `PATCH`, in one request or in several; `HEAD` says how many are here. When it
    is whole, the file is checked and made anew, and is an item of the library.
    """
    asked = _of_tus(upload_length, upload_metadata) if upload_length else _of_json(await request.body())
    upload = await _uploads(house).begin(
        user_id=user_id, name=asked.file_name, mime=asked.mime_type.strip().lower(),
        size_bytes=asked.size_bytes, title=asked.title, sha256=asked.sha256,
    )  # fmt: skip
    view = await _view(house, upload)
    response.headers.update({**_told(upload), "Location": view.upload_url})
    return Answer(data=view, message="Send the bytes to uploadUrl.")


@router.head(PLACE + "/{upload_id}", summary="Ask where to go on", **SIGNED)
async def look(upload_id: UploadId, house: HouseDep) -> Response:
    """`Upload-Offset` is the number of bytes that are here."""
    upload = await _uploads(house).read(upload_id)
    return Response(headers={**_told(upload), "Upload-Length": str(upload.size_bytes)})


@router.patch(
    PLACE + "/{upload_id}", status_code=204, summary="Send bytes", **SIGNED,
    openapi_extra={
        "requestBody": {
            "required": True, "content": {PIECE_TYPE: {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)  # fmt: skip
async def send(
    upload_id: UploadId,
    request: Request,
    house: HouseDep,
    upload_offset: Annotated[
        int, Header(ge=0, le=2**40, description="The number of the first byte of the body.", examples=[0])
    ],
) -> Response:
    """Bytes from `Upload-Offset` on. What arrives before a connection is cut is kept.

    With the last byte the file is checked, which takes up to a minute; 422 when it is not taken.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != PIECE_TYPE:
        raise HTTPException(415, f"Send the bytes as {PIECE_TYPE}.")
    upload = await _uploads(house).receive(upload_id, upload_offset, request.stream())
    return Response(status_code=204, headers=_told(upload))


@router.get(PLACE + "/{upload_id}", summary="Read an upload", responses=SIGNED_ERRORS)
async def read(upload_id: UploadId, house: HouseDep) -> Answer[AssetView]:
    """How far it is, and the item that it became, or why it was refused."""
    uploads = _uploads(house)
    return Answer(data=await _view(house, await uploads.finish(await uploads.read(upload_id))))


@router.delete(PLACE + "/{upload_id}", status_code=204, summary="End an upload", **SIGNED)
async def end(upload_id: UploadId, house: HouseDep) -> Response:
    """Forget what was received. An item that it became stays."""
    uploads = _uploads(house)
    await uploads.end(await uploads.read(upload_id))
    return Response(status_code=204, headers=TUS)


def _uploads(house: House) -> Uploads:
    return Uploads(house.database, house.store)


def _subject(upload_id: str) -> str:
    return f"upload/{upload_id}"


def _told(upload: Upload) -> dict[str, str]:
    over = f"{upload.expires_at:%a, %d %b %Y %H:%M:%S} GMT"
    return {**TUS, "Upload-Offset": str(upload.received_bytes), "Upload-Expires": over}


async def _view(house: House, upload: Upload) -> AssetView:
    item = None
    if upload.media_id is not None:
        try:
            item = view_of(
                house, await media_rows.whole(house.database, upload.media_id, user_id=upload.user_id)
            )
        except RecordNotFound:  # it was deleted since
            item = None
    address = house.upload_links.signed(_subject(upload.upload_id), ttl_s=DAY_S)
    return AssetView(
        upload_id=upload.upload_id, upload_url=f"{PLACE}/{upload.upload_id}?{address}", state=upload.state,
        received_bytes=upload.received_bytes, size_bytes=upload.size_bytes, expires_at=upload.expires_at,
        problem=upload.problem, suggestion=upload.suggestion, item=item,
    )  # fmt: skip


def _of_json(body: bytes) -> AssetBody:
    return _checked(lambda: AssetBody.model_validate_json(body))


def _of_tus(length: int, metadata: str) -> AssetBody:
    """What tus says in headers: pairs of a name and a value in base64, with commas between them."""
    told = dict[str, str]()
    for pair in metadata.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            told[name] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, ValueError) as exc:
            raise HTTPException(400, "Upload-Metadata is not base64.") from exc
    given = {
        "fileName": told.get("filename", ""), "mimeType": told.get("filetype", ""), "sizeBytes": length,
        "title": told.get("title", ""),
    }  # fmt: skip
    return _checked(lambda: AssetBody.model_validate(given))


def _checked(read: Any) -> AssetBody:
    try:
        body: AssetBody = read()
    except ValidationError as exc:
        raise RequestValidationError(exc.errors()) from exc
    return body
