"""The files of a production in a folder, and what a person wants to know at the end."""

import asyncio
import os
import shutil
from itertools import count
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from server.api.quality import page_of
from server.composition import Parts
from state.cost import Money, Quote
from state.errors import MediaMissing, StoreFull
from state.media import MediaRef
from state.timeline import KEPT, Timeline
from tools.interchange.carries import FORMATS
from tools.interchange.package import package_cut
from tools.quality.report import REPORT_FILE

REPORT_PAGE, PACKAGE = "quality.html", "edit"


async def export_files(parts: Parts, user_id: str, production_id: str, to: Path) -> dict[str, Path]:
    """Copy every deliverable into a folder under the name a person knows.

    Raises:
        RunNotFound: no such production of this user.
        MediaMissing: nothing is delivered yet.
        StoreFull: no room in the folder; nothing half-written stays.
    """
    state = await parts.house.runs.state(user_id=user_id, production_id=production_id)
    deliverables = state.values.get("deliverables") or {}
    if not deliverables:
        raise MediaMissing("nothing is delivered yet", user_action="Wait for the production to finish.")
    files = {
        name: await asyncio.to_thread(
            _copy, await parts.house.store.get(MediaRef.model_validate(ref).key), to / name
        )
        for name, ref in sorted(deliverables.items())
    }
    if REPORT_FILE in files:
        files[REPORT_PAGE] = await asyncio.to_thread(_page, files[REPORT_FILE], to / REPORT_PAGE)
    if cut := state.values.get("cut"):
        files[f"{PACKAGE}/"] = await _package(parts, MediaRef.model_validate(cut), to)
    return files


async def _package(parts: Parts, cut: MediaRef, to: Path) -> Path:
    """The film as it was cut, for editing programs, with its media; never over an older one."""
    path = await parts.house.store.get(cut.key)
    timeline = Timeline.model_validate_json(await asyncio.to_thread(path.read_bytes), context=KEPT)
    into = await asyncio.to_thread(_free, to / PACKAGE)

    async def stored(media: MediaRef) -> Path | None:
        try:
            return await parts.house.store.get(media.key)
        except MediaMissing:
            return None

    return (await package_cut(timeline, FORMATS, stored, into)).folder


def _free(folder: Path) -> Path:
    """The folder, or one of its name with the first number that nobody has taken."""
    names = (folder.with_name(f"{folder.name}-{number}") for number in count(2))
    return folder if not os.path.lexists(folder) else next(one for one in names if not os.path.lexists(one))


def _page(report: Path, target: Path) -> Path:
    """The report for people, beside its data."""
    try:
        target.write_text(page_of(report), encoding="utf-8")
    except OSError as exc:
        raise StoreFull(f"{target} cannot be written: {exc.strerror}") from exc
    return target


def _copy(source: Path, target: Path) -> Path:
    partial = target.with_name(f".{target.name}.partial")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, partial)
        partial.replace(target)
    except OSError as exc:
        raise StoreFull(f"{target} cannot be written: {exc.strerror}") from exc
    finally:
        partial.unlink(missing_ok=True)
    return target


async def print_summary(
    parts: Parts, user_id: str, production_id: str, files: dict[str, Path], console: Console
) -> None:
    """Where everything lies, what it cost and what it would have cost."""
    state = await parts.house.runs.state(user_id=user_id, production_id=production_id)
    table = Table("file", "where", box=None)
    for name, path in files.items():
        table.add_row(name, str(path))
    console.print(table)
    costs = await parts.tools.orders.costs(production_id)
    console.print(f"cost {costs.billed}{_would_have(state.values)}", highlight=False)


def _would_have(values: dict[str, Any]) -> str:
    if not values.get("quote"):
        return ""
    quote = Quote.model_validate(values["quote"])
    if quote.would_have_cost == Money():
        return ""
    price = f"{quote.would_have_cost} (prices of {quote.edition})"
    return f"; on the models it is meant for it would have cost {price}"
