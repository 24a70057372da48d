"""Whether this process lives and can work, part by part."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from server.deps import House, HouseDep
from server.vitals.vitals import Part
from state.errors import DatabaseError
from tools.ledger.stops import Stops

router = APIRouter(tags=["health"])
State = Literal["ok", "down"]


class TextModelHealth(BaseModel):
    """The language model that agents ask by default."""

    name: str = Field(description="As OPENAI_MODEL names it.", examples=["gpt-5"])
    state: Literal["available", "missing", "unknown"] = Field(
        description="Whether its vendor offered it to this process's key at the start; `unknown` without a"
        " key or an answer. No reason for a 503."
    )


class Health(BaseModel):
    """The union of what health checks ask for."""

    ok: bool = Field(description="Whether everything works.", examples=[True])
    status: Literal["ok", "degraded"] = Field(description="`ok`, or `degraded` when a part is down.")
    version: str = Field(description="Greenlight's version.", examples=["0.1.0"])
    api: Literal["ok"] = Field(default="ok", description="This answer.")
    database: State = Field(description="Whether the database answers.")
    queue: State = Field(description="The run table lives in the database.")
    session_store: State = Field(description="Sessions live in the database.")
    media_store: Literal["folder", "s3"] = Field(description="What media are kept in.", examples=["folder"])
    spending: Literal["open", "stopped"] = Field(
        default="open", description="Whether somebody stopped spending for everybody; no reason for a 503."
    )
    text_model: TextModelHealth = Field(description="The language model that agents ask by default.")
    workers: int = Field(description="Worker slots of this process.", examples=[8])
    problems: dict[str, str] = Field(
        default_factory=dict, description="What is wrong, by part.", examples=[{"store": "store_refused"}]
    )


class Verdict(BaseModel):
    """An answer for balancers and supervisors."""

    ok: bool = Field(description="Whether all is well.", examples=[True])
    problems: dict[str, str] = Field(
        default_factory=dict, description="What is not, by part.", examples=[{"database": "database_down"}]
    )


DOWN: dict[int | str, dict[str, Any]] = {
    503: {"model": Verdict, "description": "Something is wrong; it is named."}
}


@router.get(
    "/health",
    summary="Check the health",
    responses={503: {"model": Health, "description": "A part is down."}},
)
async def health(house: HouseDep, response: Response) -> Health:
    """200 when all is well, 503 with the part that is down."""
    verdict = _verdict(await house.vitals.ready(), response)
    database: State = "down" if "database" in verdict.problems else "ok"
    return Health(
        ok=verdict.ok,
        status="ok" if verdict.ok else "degraded",
        version=own_version(),
        database=database,
        queue=database,
        session_store=database,
        media_store="folder" if isinstance(house.settings.media_place, Path) else "s3",
        spending="open" if {"database", "schema"} & verdict.problems.keys() else await _spending(house),
        text_model=TextModelHealth(**vars(house.vitals.text_model)),
        workers=house.slots,
        problems=verdict.problems,
    )


@router.get("/health/live", summary="Say whether this process lives", responses=DOWN)
async def live(house: HouseDep, response: Response) -> Verdict:
    """503 when it will not mend itself and is to be restarted. A database that is down is no reason."""
    return _verdict(house.vitals.alive(), response)


@router.get("/health/ready", summary="Say whether this process can take work", responses=DOWN)
async def ready(house: HouseDep, response: Response) -> Verdict:
    """503 while nobody is to be sent here: database, schema, media store, listener, worker, a drain."""
    return _verdict(await house.vitals.ready(), response)


def own_version() -> str:
    """The installed version, or that of the source tree."""
    try:
        return version("greenlight")
    except PackageNotFoundError:
        return "0.1.0"


async def _spending(house: House) -> Literal["open", "stopped"]:
    try:
        stops = await Stops(house.database).in_force()
    except DatabaseError:  # the parts have told it, or tell it next time
        return "open"
    return "stopped" if any(stop.user_id is None for stop in stops) else "open"


def _verdict(parts: list[Part], response: Response) -> Verdict:
    wrong = {part.name: part.problem for part in parts if not part.ok}
    response.status_code = 503 if wrong else 200
    return Verdict(ok=not wrong, problems=wrong)
