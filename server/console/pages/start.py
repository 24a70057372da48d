"""The start page: what waits for you, what is being made, what there is."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from server.api.novelas import NovelaView
from server.api.productions import ProductionView
from server.api.spending import SpendingView
from server.api.statistics import StatisticsView
from server.console.public_api import PublicApi
from server.console.rendering import page
from server.protocol.meta import WELL

router = APIRouter()
PAGE_LENGTH = 24
NOVELAS_SHOWN = 5


@router.get("/")
async def start_page(
    request: Request, number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1
) -> Response:
    """The list of productions, those with an open gate first; a sign of life for load balancers.

    A browser always says that it wants a page; programs say nothing or that they take anything.
    """
    wants_page = "text/html" in request.headers.get("accept", "")
    shown = await _render(PublicApi(request), "start.html", number) if wants_page else JSONResponse(WELL)
    shown.headers["Vary"] = "Accept"
    return shown


@router.get("/list")
async def list_fragment(
    request: Request, number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1
) -> HTMLResponse:
    """The changing part of the start page."""
    return await _render(PublicApi(request), "list.html", number)


async def _render(api: PublicApi, template: str, number: int) -> HTMLResponse:
    (shown, place), figures, (series, _), spending = await asyncio.gather(
        api.page(ProductionView, "/api/productions", sort="waiting", page=number, limit=PAGE_LENGTH),
        api.one(StatisticsView, "/api/stats"),
        api.page(NovelaView, "/api/novelas", limit=NOVELAS_SHOWN),
        api.one(SpendingView, "/api/spending"),
    )
    rows = await asyncio.gather(*(_with_newest(api, novela) for novela in series))
    return page(
        template, account=api.account, productions=shown, place=place, figures=figures, novelas=rows,
        stops=spending.stops,
    )  # fmt: skip


async def _with_newest(api: PublicApi, novela: NovelaView) -> tuple[NovelaView, ProductionView | None]:
    """A series and the production that was started last for it."""
    made, _ = await api.page(ProductionView, "/api/productions", novelaId=novela.id, limit=1)
    return novela, made[0] if made else None
