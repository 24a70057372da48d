"""Figures for monitors, in Prometheus's text format."""

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST

from server.api.wire import ERRORS
from server.deps import AdminDep, HouseDep
from server.problems import ErrorAnswer

router = APIRouter(
    tags=["health"],
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)


@router.get("/metrics", summary="Read the figures of this process", response_class=PlainTextResponse)
async def read_metrics(house: HouseDep, admin: AdminDep) -> Response:
    """Counters of this process and facts of the database; with accounts, for administrators."""
    return Response(await house.figures.text(), media_type=CONTENT_TYPE_LATEST)
