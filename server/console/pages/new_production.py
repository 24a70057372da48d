"""The form that starts a production: every field of the brief, drawn from its own description."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from server.api.graphs import GraphView
from server.api.models import CatalogueView
from server.console.brief_form import brief_form
from server.console.public_api import PublicApi
from server.console.rendering import page

router = APIRouter()
GRAPH = "novela"


@router.get("/new")
async def new_page(request: Request, example: Annotated[str, Query(max_length=10)] = "") -> HTMLResponse:
    """The empty form, or one filled in with the example in a language."""
    api = PublicApi(request)
    graphs = await api.many(GraphView, "/api/graphs")
    catalogue = await api.one(CatalogueView, "/api/models")
    graph = next(each for each in graphs if each.name == GRAPH)
    chosen = next((brief for brief in graph.examples if brief.get("language") == example), {})
    form = brief_form(graph.brief_schema, graph.context_schema, brief=chosen, models=catalogue.video)
    return page("new.html", form=form, graph=graph, chosen=chosen)
