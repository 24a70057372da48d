"""What this server is and whether it works, in the words that LangGraph's clients and load balancers know."""

from importlib.metadata import version
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from server.api.health import own_version
from server.deps import HouseDep
from server.protocol.wire import ERRORS

router = APIRouter(tags=["meta"])
SPEAKS = "0.16.7"
"""The release of LangGraph's own server whose protocol we were measured against; Studio compares it."""
FLAGS = {"assistants": True, "crons": False, "langsmith": False, "langsmith_tracing_replicas": False}
WELL: dict[str, Any] = {"ok": True}
"""The answer of `/ok`, and of `/` to whoever does not ask for a page."""


class OwnRelease(BaseModel):
    """What speaks the protocol here."""

    name: str = Field(description="Always `greenlight`.", examples=["greenlight"])
    version: str = Field(description="Its version.", examples=["0.1.0"])


class InfoView(BaseModel):
    """What a client can count on."""

    version: str = Field(description="The LangGraph API that is spoken.", examples=[SPEAKS])
    langgraph_py_version: str = Field(description="The langgraph library.", examples=["1.2.22"])
    flags: dict[str, bool] = Field(description="What there is and what there is not.", examples=[FLAGS])
    host: dict[str, str] = Field(description="Who runs it.", examples=[{"kind": "self-hosted"}])
    greenlight: OwnRelease = Field(description="The program itself.")


class WellView(BaseModel):
    """A sign of life."""

    ok: bool = Field(description="Whether it works.", examples=[True])


@router.get("/info", summary="Say what this server is")
async def info() -> InfoView:
    """What Studio and Agent Chat UI ask first."""
    return InfoView(
        version=SPEAKS,
        langgraph_py_version=version("langgraph"),
        flags=FLAGS,
        host={"kind": "self-hosted"},
        greenlight=OwnRelease(name="greenlight", version=own_version()),
    )


@router.get("/ok", summary="Say whether this server works", response_model=WellView, responses=ERRORS)
async def ok(
    house: HouseDep,
    check_db: Annotated[bool, Query(description="Ask the database, too; 503 when it is down.")] = False,
) -> JSONResponse:
    """A sign of life for load balancers."""
    if check_db:
        await house.database.fetch_one("select 1 as one")
    return JSONResponse(WELL)
