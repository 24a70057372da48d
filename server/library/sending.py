"""Files that are sent in several requests, so that one that broke off goes on where it was (S4-027).

Pieces lie in the media store and their order in the database: each request may come to another machine, and a
process that dies takes no more along than the piece that it was receiving.
"""

import asyncio
import hmac
import uuid
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from psycopg.rows import DictRow
from starlette.requests import ClientDisconnect

from server.library.keeping import digest_of, keep_file
from server.sent_files import clean_name
from state.errors import MediaMissing, RecordConflict, RecordNotFound, UploadRejected
from tools.clock import Clock, SystemClock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.media.clips import CLIPS_AND_SOUNDS, LOOK, SEND_ANOTHER
from tools.media.fonts import FONT_MIMES, MAX_FONT_BYTES
from tools.media.inspect import PICTURES
from tools.media.links import DAY_S
from tools.media.sounds import MAX_SOUND_BYTES
from tools.media.store import MediaStore
from tools.media.upload import MAX_UPLOAD_BYTES
from tools.work_folder import work_folder

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST_OPEN = 10
"""Uploads of one user that are not whole yet."""
MOST_PIECES = 2_000
SWEPT_AT_ONCE = 10
TAKEN = frozenset(PICTURES) | CLIPS_AND_SOUNDS | FONT_MIMES
MAX_BYTES = LOOK.file_bytes
State = Literal["receiving", "stored", "refused"]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """How far a file is."""

    upload_id: str
    user_id: str
    file_name: str
    mime: str
    title: str
    size_bytes: int
    sha256: str | None
    received_bytes: int
    pieces: list[str]
    state: State
    media_id: str | None
    problem: str | None
    suggestion: str | None
    expires_at: datetime

    @classmethod
    def of(cls, row: DictRow) -> "Upload":
        """A row as it was read."""
        facts: dict[str, Any] = {name: row[name] for name in cls.__dataclass_fields__}
        ids = {name: facts[name] and str(facts[name]) for name in ("upload_id", "media_id")}
        return cls(**{**facts, **ids})

    @property
    def folder(self) -> str:
        """The name of its pieces' folder."""
        return uuid.UUID(self.upload_id).hex


def most_bytes(mime: str) -> int:
    """How large a file of this type may be.

    Raises:
        UploadRejected: files of this type are not taken.
    """
    if mime not in TAKEN:
        raise UploadRejected(f"{mime or 'this type'} is not taken", user_action=SEND_ANOTHER)
    if mime in PICTURES:
        return MAX_UPLOAD_BYTES
    if mime in FONT_MIMES:
        return MAX_FONT_BYTES
    return MAX_SOUND_BYTES if mime.startswith("audio/") else MAX_BYTES


class Uploads:
    """Receives files piece by piece."""

    def __init__(self, database: Database, store: MediaStore, clock: Clock | None = None) -> None:
        self._database, self._store = database, store
        self._clock = clock or SystemClock()

    async def begin(
        self,
        *,
        user_id: str,
        name: str,
        mime: str,
        size_bytes: int,
        title: str = "",
        sha256: str | None = None,
    ) -> Upload:
        """Make room for a file of so many bytes.

        Raises:
            UploadRejected: files of this type or of this size are not taken.
            RecordConflict: this user has too many that are not whole.
        """
        if size_bytes > (most := most_bytes(mime)):
            raise UploadRejected(
                f"the file has {size_bytes} bytes; of {mime} at most {most} are taken",
                user_action="Send a smaller or shorter one.",
            )
        await self.sweep()
        now = self._clock.now()
        given = {
            "user": user_id, "name": clean_name(name), "mime": mime, "title": title, "size": size_bytes,
            "sha256": sha256, "now": now, "expires": now + timedelta(seconds=DAY_S), "most": MOST_OPEN,
        }  # fmt: skip
        row = await self._database.fetch_one(SQL["begin"], given)
        if row is None:
            raise RecordConflict(
                f"{MOST_OPEN} of your uploads are not complete.",
                user_action="Complete or end one of them; after a day they end by themselves.",
            )
        return Upload.of(row)

    async def read(self, upload_id: str) -> Upload:
        """How far a file is.

        Raises:
            RecordNotFound: there is no such upload, or its day is over.
        """
        row = await self._database.fetch_one(SQL["read"], {"upload": upload_id, "now": self._clock.now()})
        if row is None:
            raise RecordNotFound("No such upload.", user_action="Begin it anew with POST /api/assets/upload.")
        return Upload.of(row)

    async def receive(self, upload_id: str, offset: int, chunks: AsyncIterator[bytes]) -> Upload:
        """Take the bytes from `offset` on, and store the file once it is whole.

        What arrived before a connection was cut is kept.

        Raises:
            RecordConflict: it goes on at another byte, ended already, or has more bytes than were announced.
            UploadRejected: the whole file is not what it was said to be, or none that is taken.
        """
        upload = await self.read(upload_id)
        if upload.state != "receiving" or upload.received_bytes != offset:
            raise _elsewhere(upload)
        async with work_folder("piece") as folder:
            piece = folder / "piece"
            if count := await _written(piece, chunks, upload.size_bytes - offset):
                upload = await self._keep(upload, offset, piece, count)
        return await self.finish(upload)

    async def finish(self, upload: Upload) -> Upload:
        """Store a file that is whole; done again by whoever asks, if a process died over it.

        Raises:
            UploadRejected: it is not what it was said to be, or none that is taken; it is over then.
        """
        if upload.state != "receiving" or upload.received_bytes < upload.size_bytes:
            return upload
        try:
            row = await self._store_whole(upload)
        except UploadRejected as exc:
            said = {"upload": upload.upload_id, "problem": exc.message, "suggestion": exc.user_action}
            await self._database.execute(SQL["refuse"], said)
            await self._store.drop_pieces(upload.user_id, upload.folder)
            raise
        except MediaMissing:
            if (now := await self.read(upload.upload_id)).state == "receiving":
                raise
            return now  # somebody else was faster, and has cleared the pieces away
        await self._store.drop_pieces(upload.user_id, upload.folder)
        return Upload.of(row) if row else await self.read(upload.upload_id)

    async def end(self, upload: Upload) -> None:
        """Forget an upload with what was received of it; a file that was stored stays."""
        await self._database.execute(SQL["drop"], {"upload": upload.upload_id})
        await self._store.drop_pieces(upload.user_id, upload.folder)

    async def sweep(self, most: int = SWEPT_AT_ONCE) -> int:
        """Forget uploads whose day is over; how many they were."""
        rows = await self._database.fetch_all(SQL["over"], {"now": self._clock.now(), "most": most})
        for row in rows:
            await self._store.drop_pieces(row["user_id"], row["upload_id"].hex)
            await self._database.execute(SQL["drop"], {"upload": row["upload_id"]})
        return len(rows)

    async def _keep(self, upload: Upload, offset: int, piece: Path, count: int) -> Upload:
        if len(upload.pieces) >= MOST_PIECES:
            raise RecordConflict(
                f"The file came in more than {MOST_PIECES} pieces.", user_action="Send larger ones."
            )
        name = f"{upload.user_id}/{upload.folder}/{uuid.uuid4().hex}"
        await self._store.keep_piece(name, piece)
        given = {"upload": upload.upload_id, "offset": offset, "bytes": count, "piece": name}
        row = await self._database.fetch_one(SQL["receive"], given)
        if row is None:  # its piece lies there unnamed until the upload is over
            raise _elsewhere(await self.read(upload.upload_id))
        return Upload.of(row)

    async def _store_whole(self, upload: Upload) -> DictRow | None:
        """Put the pieces behind each other, and the file into the library; doing it again changes nothing."""
        async with work_folder("whole") as folder:
            whole = folder / "whole"
            await self._join(upload, whole)
            digest = await asyncio.to_thread(digest_of, whole)
            if upload.sha256 and not hmac.compare_digest(digest, upload.sha256):
                raise UploadRejected(
                    "the bytes that arrived are not those whose SHA-256 was announced",
                    user_action="Send the file again.",
                )
            kept = await keep_file(
                self._database, self._store, whole, user_id=upload.user_id, name=upload.file_name,
                mime=upload.mime, title=upload.title,
            )  # fmt: skip
        return await self._database.fetch_one(SQL["store"], {"upload": upload.upload_id, "media": kept})

    async def _join(self, upload: Upload, whole: Path) -> None:
        with await asyncio.to_thread(whole.open, "wb") as file:
            for name in upload.pieces:
                async for chunk in self._store.piece(name):
                    await asyncio.to_thread(file.write, chunk)


async def _written(piece: Path, chunks: AsyncIterator[bytes], most: int) -> int:
    """Write what arrives to a file until it ends or the connection is cut; how many bytes that were.

    Raises:
        RecordConflict: it is more than was announced; nothing of it is kept.
    """
    count = 0
    with await asyncio.to_thread(piece.open, "wb", 0) as file, suppress(ClientDisconnect):
        async for chunk in chunks:
            count += len(chunk)
            if count > most:
                raise RecordConflict(
                    "The file has more bytes than were announced.", user_action="Begin it anew with its size."
                )
            await asyncio.to_thread(file.write, chunk)
    return count


def _elsewhere(upload: Upload) -> RecordConflict:
    if upload.state != "receiving":
        return RecordConflict("The upload is over.", user_action="Read it to see what became of it.")
    return RecordConflict(
        f"{upload.received_bytes} of {upload.size_bytes} bytes are here.",
        user_action="Ask with HEAD where to go on, and send the rest from there.",
        details={"offset": upload.received_bytes},
    )
