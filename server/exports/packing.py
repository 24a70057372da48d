"""The film laid beside an export's brief: what it was when the export was asked for, whatever becomes of it.

An export has a thread of its own, so that it neither waits for its production nor holds it up.
"""

from typing import Any

from langgraph.types import StateSnapshot
from pydantic import ValidationError

from server.cuts.desk import CutDesk
from server.deps import House
from server.records import productions
from state.errors import BriefIncomplete, RecordConflict
from state.export import ExportBrief
from state.exporting import OF_THE_FILM, FilmSource
from state.film import FinishingState
from tools.post.platforms import settled

NAME = "export"


async def packed(house: House, brief: ExportBrief, *, user_id: str) -> ExportBrief:
    """The brief with the version of the cut, a title and the stored film.

    Raises:
        RunNotFound: this user has no such production.
        RecordConflict: it has no cut yet, or is an export itself.
        RecordNotFound: the cut has no such version.
        BriefIncomplete: no such platform, or it does not take such a film.
    """
    row = await productions.get_production(house.database, brief.production_id, user_id=user_id)
    if row["graph"] == NAME:
        raise RecordConflict(
            "This is an export already.",
            user_action=f"Export its production: {row['brief'].get('production_id')}.",
            details={"field": "brief.production_id"},
        )
    edited = (await CutDesk(house, user_id).open(brief.production_id, version=brief.version)).edited
    plan = settled(brief, edited.timeline)
    film = await _film(house, row, user_id)
    source = FilmSource(
        production_id=brief.production_id, version=edited.version, cut=edited.timeline, plan=plan, film=film
    )
    stored = await house.store.put_bytes(source.model_dump_json().encode(), user_id=user_id)
    title = brief.title or _title(row["title"], brief, plan.width, plan.height)
    return brief.model_copy(update={"version": edited.version, "title": title, "film": stored})


def _title(film: str, brief: ExportBrief, width: int, height: int) -> str:
    where = brief.platform or f"{width}x{height}"
    return f"{film[:90]} ({where})"


async def _film(house: House, row: dict[str, Any], user_id: str) -> dict[str, Any]:
    """The channels of the film as JSON: those of its last part where it is being finished just now."""
    snapshot = await house.threads.snapshots.read(
        str(row["production_id"]), graph=row["graph"], subgraphs=True
    )
    values = dict(snapshot.values)
    for task in snapshot.tasks:
        if isinstance(task.state, StateSnapshot) and task.state.values.get("takes"):
            values |= task.state.values
    kept = {name: values[name] for name in OF_THE_FILM if name in values}
    try:
        read = FinishingState.model_validate(kept)
    except ValidationError as exc:
        raise BriefIncomplete(
            "brief.production_id: this production was made by a version whose film cannot be read any more",
            user_action="Fork it from its last checkpoint and export the fork.",
        ) from exc
    if read.script is None or not read.takes:
        raise RecordConflict(
            "This production has no takes that could leave.",
            user_action="Wait until its shots are taken.",
            details={"field": "brief.production_id"},
        )
    return read.model_dump(mode="json", include=set(OF_THE_FILM))
