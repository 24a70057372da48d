"""Whether this process can work, part by part."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field

from server.deps import House, HouseDep
from state.errors import DatabaseDown

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The union of what health checks ask for."""

    ok: bool = Field(description="Whether everything works.", examples=[True])
    status: Literal["ok", "degraded"] = Field(description="`ok`, or `degraded` when a part is down.")
    version: str = Field(description="Greenlight's version.", examples=["0.1.0"])
    api: Literal["ok"] = Field(default="ok", description="This answer.")
    database: Literal["ok", "down"] = Field(description="Whether the database answers.")
    queue: Literal["ok", "down"] = Field(description="The run table lives in the database.")
    session_store: Literal["ok", "down"] = Field(description="Sessions live in the database.")
    media_store: Literal["folder", "s3"] = Field(description="What media are kept in.", examples=["folder"])
    workers: int = Field(description="Worker slots of this process.", examples=[8])


@router.get(
    "/health",
    summary="Check the health",
    responses={503: {"model": Health, "description": "A part is down."}},
)
async def health(house: HouseDep, response: Response) -> Health:
    """200 when all is well, 503 with the part that is down."""
    database: Literal["ok", "down"] = "ok" if await _answers(house) else "down"
    if database == "down":
        response.status_code = 503
    return Health(
        ok=database == "ok",
        status="ok" if database == "ok" else "degraded",
        version=own_version(),
        database=database,
        queue=database,
        session_store=database,
        media_store="folder" if isinstance(house.settings.media_place, Path) else "s3",
        workers=house.slots,
    )


def own_version() -> str:
    """The installed version, or that of the source tree."""
    try:
        return version("greenlight")
    except PackageNotFoundError:
        return "0.1.0"


async def _answers(house: House) -> bool:
    try:
        await house.database.fetch_one("select 1 as one")
    except DatabaseDown:
        return False
    return True
