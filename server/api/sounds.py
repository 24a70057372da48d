"""Sounds of the library: upload one, see its peaks, know its beats (S4-045, S4-046, S4-049)."""

import asyncio
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.datastructures import UploadFile

from server.api.media import Titled
from server.api.wire import ERRORS, Answer, Wire
from server.deps import House, HouseDep, MediaId, UserDep
from server.library.keeping import NOWHERE
from server.limits.classes import counts_as
from server.limits.guard import COUNTED
from server.records import media_rows
from server.sent_files import FORM, PART
from state.errors import MediaError, UploadRejected
from tools.clock import SystemClock
from tools.media.sounds import SENT_AS, upload_sound
from tools.post.waveform import FEWEST_BUCKETS, MOST_BUCKETS
from tools.work_folder import work_folder

router = APIRouter(prefix="/api/media", tags=["media"], responses=ERRORS, dependencies=COUNTED)
FORM_TYPE = "multipart/form-data"
CHUNK_BYTES = 1 << 20
Times = Annotated[list[float], Field(examples=[[0.51, 1.02, 1.53]])]
Spans = Annotated[list[tuple[float, float]], Field(examples=[[[0.0, 0.8]]])]
Values = Annotated[list[float], Field(examples=[[0.0, 0.25, 0.5]])]


class SoundView(Wire):
    """A sound that was stored."""

    id: str = Field(description="Its id in the library, for its waveform and its beats.")
    key: str = Field(description="Where it lies in the store.")
    url: str = Field(description="A link that works for an hour.")
    mime: str = Field(description="What it is kept as.", examples=["audio/mpeg"])
    duration_seconds: float = Field(description="How long it is, decoded to its end.", examples=[92.4])
    file_size_bytes: int = Field(description="The stored file's size.")


class WaveformView(Wire):
    """Peaks of a sound; one of each for every bucket, -1 to 1."""

    duration_seconds: float = Field(description="How long it is.", examples=[92.4])
    low: Values = Field(description="The lowest sample of each bucket, of all channels.")
    high: Values = Field(description="The highest sample of each bucket.")
    rms: Values = Field(description="The root mean square of each bucket.")
    silent: Spans = Field(description="From and to in seconds: below -60 dB for half a second or longer.")
    clipped: Spans = Field(description="From and to in seconds: louder than the file can hold.")


class BeatsView(Wire):
    """What repeats in a sound."""

    tempo_bpm: float | None = Field(description="The usual tempo; null without beats.", examples=[117.6])
    beats: Times = Field(description="Beats in seconds. Empty where nothing repeats: none are invented.")
    onsets: Times = Field(description="Where anything begins, in seconds.")
    confidence: float = Field(description="0 to 1: how much it repeats.", examples=[0.62])


BODY = {
    "required": True,
    "content": {
        FORM_TYPE: {"schema": FORM},
        **{kind: {"schema": {"type": "string", "format": "binary"}} for kind in sorted(SENT_AS)},
    },
}


@router.post("/sounds", status_code=201, summary="Upload a sound", openapi_extra={"requestBody": BODY})
@counts_as("upload")
async def upload_sound_file(
    request: Request,
    house: HouseDep,
    user_id: UserDep,
    title: Titled = "",
) -> Answer[SoundView]:
    """Store an MP3, WAV, M4A or AAC sound of 1 second to 15 minutes.

    The body is the file, or a form with the part `file`.
    Its content decides what it is; tags and covers are not kept.
    """
    return Answer(data=await kept_sound(request, house, user_id, title), message="The sound is stored.")


async def kept_sound(request: Request, house: House, user_id: str, title: str) -> SoundView:
    """The sound of a request, as its body or in the part `file` of a form, in the library.

    Raises:
        UploadRejected: it is none that is taken.
    """
    async with work_folder("upload") as folder:
        media = await upload_sound(house.store, await _received(request, folder / "sound"), user_id=user_id)
    where = NOWHERE | {"user": user_id, "at": SystemClock().now()}
    async with house.database.transaction() as connection:
        await media_rows.keep_media(connection, where, media, title=title)
        kept = await media_rows.id_of_media(connection, media.key, user_id=user_id)
    return SoundView(
        id=kept, key=media.key, url=house.store.link(media.key), mime=media.mime,
        duration_seconds=media.duration_s or 0.0, file_size_bytes=media.size_bytes,
    )  # fmt: skip


async def _received(request: Request, path: Path) -> Path:
    """The body in a file; what is too large was cut off on the way."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == FORM_TYPE:
        return await _of_form(request, path)
    if kind not in SENT_AS:
        raise UploadRejected(
            "the content type is no sound's",
            user_action="Send audio/mpeg, audio/wav, audio/mp4 or audio/aac.",
        )
    with await asyncio.to_thread(path.open, "wb") as file:
        async for chunk in request.stream():
            await asyncio.to_thread(file.write, chunk)
    return path


async def _of_form(request: Request, path: Path) -> Path:
    async with request.form(max_files=1, max_fields=4, max_part_size=1000) as form:
        part = form.get(PART)
        if not isinstance(part, UploadFile):
            raise UploadRejected(
                f"the form has no file in the part `{PART}`", user_action="Send it under that name."
            )
        with await asyncio.to_thread(path.open, "wb") as file:
            while chunk := await part.read(CHUNK_BYTES):
                await asyncio.to_thread(file.write, chunk)
    return path


@router.get("/{media_id}/waveform", summary="See a sound's peaks")
async def get_waveform(
    media_id: MediaId,
    house: HouseDep,
    user_id: UserDep,
    buckets: Annotated[
        int,
        Query(ge=FEWEST_BUCKETS, le=MOST_BUCKETS, description="How many peaks; a page has room for so many."),
    ] = 1000,
) -> Answer[WaveformView]:
    """Peaks of a sound or of a clip's sound, with what is silent and what clips. 422 where there is none."""
    found = await house.hearing.waveform(house.store, await _audible(house, media_id, user_id), buckets)
    view = WaveformView(
        duration_seconds=found.duration_s, low=found.low, high=found.high, rms=found.rms,
        silent=found.silent, clipped=found.clipped,
    )  # fmt: skip
    return Answer(data=view)


@router.get("/{media_id}/beats", summary="Know a sound's beats")
async def get_beats(media_id: MediaId, house: HouseDep, user_id: UserDep) -> Answer[BeatsView]:
    """Tempo, beats and onsets of a sound or of a clip's sound. 422 where there is none."""
    found = await house.hearing.rhythm(house.store, await _audible(house, media_id, user_id))
    view = BeatsView(
        tempo_bpm=found.tempo_bpm, beats=found.beats_s, onsets=found.onsets_s, confidence=found.confidence
    )
    return Answer(data=view)


async def _audible(house: HouseDep, media_id: str, user_id: str) -> str:
    """The key of this user's item.

    Raises:
        RecordNotFound: there is none, or it is another user's.
        MediaError: it is a picture.
    """
    row = await media_rows.get_media(house.database, media_id, user_id=user_id)
    if row["media_type"] == "image":
        raise MediaError("A picture has no sound.", user_action="Choose a sound, or a clip with sound.")
    return str(row["s3_key"])
