"""A cut on its way to an editing program and back: its formats, its package, and what comes from there."""

import asyncio
import hashlib
import io
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from server.archives.collect import Part
from server.archives.pack import packed
from server.cuts.desk import CutDesk, OnDesk
from server.deps import House
from state.errors import MediaMissing
from state.media import MediaRef
from state.timeline import Timeline
from tools.cuts.media import keys_shown, with_facts_in
from tools.interchange.carries import FORMATS, Format
from tools.interchange.media import media_files
from tools.interchange.otio_read import open_otio
from tools.interchange.package import Packaged, package_cut, written
from tools.work_folder import work_folder

UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class Imported:
    """A cut that came back, and what of its file could not be taken over."""

    on_desk: OnDesk
    notes: list[str]


class CutPackages:
    """The cut of a production as files that editing programs open."""

    def __init__(self, house: House, user_id: str) -> None:
        self._house, self._user = house, user_id
        self.desk = CutDesk(house, user_id)

    async def texts(
        self, production_id: str, form: Format, *, version: int | None = None
    ) -> tuple[str, dict[str, str]]:
        """A cut in one format: what to call it, and its files by name. Media are named beside it.

        Raises:
            RunNotFound, RecordConflict, RecordNotFound: as `CutDesk.open` says.
            EditRefused: a cut whose rate the format cannot count.
        """
        cut = await self.cut(production_id, version)
        missing = frozenset([key for key in media_files(cut) if await self._path(key) is None])
        made = await asyncio.to_thread(partial(written, cut, form, missing=missing))
        return _name(cut), made

    async def write(
        self, production_id: str, formats: Sequence[Format], into: Path, *,
        version: int | None = None, link: bool = False,
    ) -> Packaged:  # fmt: skip
        """The package as a folder that does not exist yet; errors as `texts` and `package_cut`."""
        cut = await self.cut(production_id, version)
        return await package_cut(cut, formats or FORMATS, self._file, into, link=link)

    async def zipped(
        self, production_id: str, formats: Sequence[Format], *, version: int | None = None
    ) -> tuple[str, AsyncIterator[bytes]]:
        """The package as one zip, made while it is read: its name, and its bytes; errors as `write`."""
        cut = await self.cut(production_id, version)
        return f"{_name(cut)}.zip", self._zip(cut, formats or FORMATS)

    async def take_in(self, production_id: str, text: bytes, *, seen: int | None = None) -> Imported:
        """An OpenTimelineIO file as the next version of the cut.

        Raises:
            EditRefused: it is none, or holds what no cut can hold.
            MediaMissing: it names a file that this user has not.
            RecordConflict: the cut has changed since it was seen.
        """
        await self.desk.open(production_id)
        read = await asyncio.to_thread(open_otio, text)
        facts = await self.desk.facts_of(keys_shown(read.timeline))
        cut = with_facts_in(read.timeline, facts)
        edited = await self.desk.book.take_in(production_id, cut, user_id=self._user, seen=seen)
        return Imported(on_desk=await self.desk.as_made(production_id, edited), notes=read.notes)

    async def cut(self, production_id: str, version: int | None) -> Timeline:
        """The cut as it is now, or at a version; errors as `CutDesk.open` says."""
        return (await self.desk.open(production_id, version=version)).edited.timeline

    async def _zip(self, cut: Timeline, formats: Sequence[Format]) -> AsyncIterator[bytes]:
        async with work_folder("package") as work:
            made = await package_cut(cut, formats, self._file, work / "cut", link=True)
            parts = await asyncio.to_thread(_parts, made)
            pieces = packed(parts)
            while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
                if piece:
                    yield piece

    async def _file(self, media: MediaRef) -> Path | None:
        return await self._path(media.key)

    async def _path(self, key: str) -> Path | None:
        try:
            return await self._house.store.get(key)
        except MediaMissing:
            return None


def _name(cut: Timeline) -> str:
    return UNSAFE.sub("-", cut.name.lower()).strip("-")[:60] or "cut"


def _parts(made: Packaged) -> list[Part]:
    return [_part(made.folder / name, name) for name in made.files]


def _part(path: Path, name: str) -> Part:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    opened: Callable[[], BinaryIO] = partial(_opened, path)
    return Part(name=name, size=path.stat().st_size, sha256=digest, open=opened)


def _opened(path: Path) -> BinaryIO:
    return io.BufferedReader(io.FileIO(path))
