"""The form that starts a production: every field of the brief, drawn from its own description."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from server.api.graphs import GraphView
from server.api.models import CatalogueView
from server.api.productions import ProductionDetail
from server.api.text_models import TextCatalogueView
from server.console.brief_form import brief_form
from server.console.public_api import PublicApi
from server.console.rendering import page

router = APIRouter()
GRAPH = "novela"
STAYS = ("title", "description", "genre", "language", "aspect_ratio", "resolution", "model_id", "image_model",
         "voice_model", "music_model", "duration")  # fmt: skip
LENGTHS = ("scenes_per_episode", "shots_per_scene", "episode_seconds")


@router.get("/new")
async def new_page(
    request: Request,
    example: Annotated[str, Query(max_length=10)] = "",
    previous: Annotated[str, Query(max_length=60)] = "",
) -> HTMLResponse:
    """The empty form, one filled in with the example in a language, or one for the next episode."""
    api = PublicApi(request)
    graphs = await api.many(GraphView, "/api/graphs")
    catalogue = await api.one(CatalogueView, "/api/models")
    writers = await api.one(TextCatalogueView, "/api/models/text", graph=GRAPH)
    before = await api.one(ProductionDetail, f"/api/productions/{previous}") if previous else None
    graph = next(each for each in graphs if each.name == GRAPH)
    chosen = next((brief for brief in graph.examples if brief.get("language") == example), {})
    brief = _next_episode(before, graph.brief_schema) if before else chosen
    form = brief_form(
        graph.brief_schema,
        graph.context_schema,
        brief=brief,
        models=catalogue,
        writers=writers,
    )
    return page("new.html", account=api.account, form=form, graph=graph, chosen=chosen, before=before)


def _next_episode(before: ProductionDetail, schema: dict[str, Any]) -> dict[str, Any]:
    """What the next episode has in common with the finished one; what was never chosen stays open."""
    told = before.brief
    # An episode made of own words was as long as they needed; the next one has other words.
    names = STAYS if told.get("script") or told.get("scenes") else (*STAYS, *LENGTHS)
    usual = {name: facts.get("default") for name, facts in schema["properties"].items()}
    kept = {name: told[name] for name in names if name in told and told[name] != usual.get(name)}
    return {**kept, "previous": before.id}
