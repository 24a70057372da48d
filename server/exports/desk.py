"""Starting an export, whoever asks for it: HTTP or the command line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from server.deps import Accepted, House
from server.exports.packing import NAME
from server.intake import read_start
from server.records import productions
from state.errors import BriefIncomplete

INHERITED = ("ai_label",)
"""What an export does as its film did, unless it is told otherwise."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """An export that somebody asks for."""

    production_id: str
    wish: Mapping[str, Any]
    """Fields of `ExportBrief`."""
    context: Mapping[str, Any] = field(default_factory=dict)
    idempotency_key: str = ""


async def start_export(house: House, wanted: Wanted, *, user_id: str) -> Accepted:
    """Accept an export as a production of its own.

    Raises:
        RunNotFound: this user has no such production.
        RecordConflict: it has no cut yet.
        BriefIncomplete: a wish that cannot be met; names the field.
    """
    row = await productions.get_production(house.database, wanted.production_id, user_id=user_id)
    inherited = {name: row["context"][name] for name in INHERITED if name in (row["context"] or {})}
    with _named_as_sent():
        intake = await read_start(
            house, user_id=user_id, graph=NAME, brief={**wanted.wish, "production_id": wanted.production_id},
            context={**inherited, **wanted.context},
        )  # fmt: skip
    return await house.runs.start(
        user_id=user_id, graph=NAME, **vars(intake), idempotency_key=wanted.idempotency_key
    )


@contextmanager
def _named_as_sent() -> Iterator[None]:
    """Here the wish is all that is sent: its fields are not inside a brief."""
    try:
        yield
    except BriefIncomplete as error:
        error.message = error.message.replace("brief.", "")
        for field in error.details.get("fields", []):
            field["field"] = str(field["field"]).removeprefix("brief.")
        raise
