"""A cut as a folder that an editing program opens: the formats, their media, what is missing or left out."""

import asyncio
import errno
import os
import secrets
import shutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from state.errors import EditRefused
from state.media import MediaRef
from state.timeline import Timeline
from tools.full_disks import room_in
from tools.interchange.carries import NAMES, Format, left_out
from tools.interchange.edl import write_edls
from tools.interchange.fcpxml import write_fcpxml
from tools.interchange.media import MediaFile, media_files
from tools.interchange.names import one_line
from tools.interchange.otio_write import write_otio

Resolve = Callable[[MediaRef], Awaitable[Path | None]]
"""Where a stored file lies on this machine; None where it is not there."""


@dataclass(frozen=True, kw_only=True)
class Packaged:
    """What was written."""

    folder: Path
    files: list[str]
    """Paths inside the folder, sorted."""
    missing: list[MediaFile]
    left_out: dict[Format, list[str]]
    """By format, what of the cut it does not carry whole."""


def written(
    timeline: Timeline, form: Format, *, missing: frozenset[str] = frozenset(), language: str = "en"
) -> dict[str, str]:
    """The files of one format by their names: `cut.otio`, `cut.fcpxml`, or `cut.edl` and `cut-2.edl`.

    `language` is that of the captions.

    Raises:
        EditRefused: a cut whose rate the format cannot count.
        PostError: a transition that does not fit between its neighbours.
    """
    if form == "otio":
        return {"cut.otio": write_otio(timeline, missing=missing)}
    if form == "fcpxml":
        return {"cut.fcpxml": write_fcpxml(timeline, missing=missing, language=language)}
    if form == "edl":
        lists = write_edls(timeline, missing=missing)
        return {
            f"cut-{number}.edl" if number > 1 else "cut.edl": text for number, text in enumerate(lists, 1)
        }
    assert_never(form)


async def package_cut(
    timeline: Timeline, formats: Sequence[Format], resolve: Resolve, into: Path, *,
    language: str = "en", link: bool = False,
) -> Packaged:  # fmt: skip
    """Write the cut and its media into the folder `into`, which does not exist yet; all of it or nothing.

    Media are copied byte by byte. With `link` they share their bytes with the stored files where the disk
    allows it: only for folders that nobody writes in, such as one that becomes a zip.

    Raises:
        EditRefused: the folder exists, or the cut's rate cannot be counted.
        PostError: a transition that does not fit between its neighbours.
        WorkFolderFull: no room for the media.
    """
    if await asyncio.to_thread(os.path.lexists, into):
        raise _is_there(into)
    files = media_files(timeline)
    found = {key: await resolve(file.media) for key, file in files.items()}
    there = {key: path for key, path in found.items() if path is not None and await _is_file(path)}
    missing = [file for key, file in files.items() if key not in there]
    absent = frozenset(file.media.key for file in missing)
    texts: dict[str, str] = {}
    for form in dict.fromkeys(formats):
        texts |= written(timeline, form, missing=absent, language=language)
    lost = {form: left_out(timeline, form) for form in dict.fromkeys(formats)}
    texts["README.txt"] = _readme(timeline, list(texts), lost, missing)
    if missing:
        texts["missing.txt"] = "".join(f"{file.path}\n" for file in missing)
    copies = {file.path: there[key] for key, file in files.items() if key in there}
    await asyncio.to_thread(_lay_down, into, texts, copies, link)
    return Packaged(folder=into, files=sorted([*texts, *copies]), missing=missing, left_out=lost)


async def _is_file(path: Path) -> bool:
    return await asyncio.to_thread(path.is_file)


def _lay_down(into: Path, texts: dict[str, str], copies: dict[str, Path], link: bool) -> None:
    """Write beside the folder, then give it its name: nobody ever sees half of it."""
    making = into.with_name(f".{into.name[:60]}.{secrets.token_hex(8)}")
    with room_in(into.parent):
        try:
            making.mkdir(parents=True)
            for name, text in texts.items():
                (making / name).write_text(text, encoding="utf-8", newline="\n")
            for name, path in copies.items():
                _copy(path, making / name, link)
            _name(making, into)
        finally:
            shutil.rmtree(making, ignore_errors=True)


def _name(making: Path, into: Path) -> None:
    try:
        making.rename(into)
    except OSError as exc:
        if exc.errno in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise _is_there(into) from exc  # somebody else was faster
        raise


def _is_there(into: Path) -> EditRefused:
    return EditRefused(
        f"The folder {into.name} is there already.", user_action="Name another one.",
        details={"field": "into"},
    )  # fmt: skip


def _copy(path: Path, target: Path, link: bool) -> None:
    target.parent.mkdir(exist_ok=True)
    if link:
        try:
            os.link(path.resolve(), target)
        except OSError:
            link = False  # another disk, or one without links
    if not link:
        shutil.copyfile(path, target)


def _readme(
    timeline: Timeline, names: list[str], lost: dict[Format, list[str]], missing: Sequence[MediaFile]
) -> str:
    lines = [
        one_line(timeline.name) or "Cut", "",
        f"{timeline.length} frames at {timeline.fps} frames a second, {timeline.width} x {timeline.height}.",
        f"Open one of {', '.join(names)} in your editing program. The media lie beside it, in `media`;",
        "keep the folder together. Programs that ask for the media want that folder.",
    ]  # fmt: skip
    if missing:
        lines += ["", f"Missing: {len(missing)}; missing.txt names the files."]
    for form, sentences in lost.items():
        if sentences:
            lines += ["", f"What {NAMES[form]} does not carry whole:", *(f"- {one}" for one in sentences)]
    return "\n".join(lines) + "\n"
