"""The live page of one production: how far it is, the gate that is open, everything it has made."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from server.api.exports import PlatformView
from server.api.models import CatalogueView
from server.api.productions import CostReportView, FileView, ProductionDetail, ProductionView
from server.api.story import StoryView
from server.api.text_models import TextCatalogueView
from server.console.changed import changed_items
from server.console.pause import Pause, pause_of
from server.console.public_api import PublicApi
from server.console.rendering import page
from server.console.settling import parked_of
from state.review import ReviewItem, ReviewRequest

router = APIRouter(prefix="/productions")
EXPORT = "export"
AT_REST = ("paused", "failed", "cancelled", "completed")
"""Then a person can say what became of an order, and it stays said."""


class ShownItem(ReviewItem, frozen=True):
    """An item of a gate with the link that the API gave its picture."""

    url: str | None = None


class Question(ReviewRequest, frozen=True):
    """What a gate asks, as the API shows it."""

    items: list[ShownItem]  # type: ignore[assignment]  # the same items with a link more
    animatic_url: str | None = None


@router.get("/{production_id}")
async def production_page(production_id: str, request: Request) -> HTMLResponse:
    """The page as it is now; its scripts keep it so."""
    return await _render(PublicApi(request), "production.html", production_id)


@router.get("/{production_id}/live")
async def live_fragment(production_id: str, request: Request) -> HTMLResponse:
    """What changes while it is made, drawn by the same templates as the page."""
    return await _render(PublicApi(request), "live.html", production_id)


@router.get("/{production_id}/calls")
async def calls_fragment(production_id: str, request: Request) -> HTMLResponse:
    """Every call of the ledger, for who wants to see them."""
    report = await PublicApi(request).one(CostReportView, f"/api/productions/{production_id}/costs")
    return page("calls.html", report=report)


async def _render(api: PublicApi, template: str, production_id: str) -> HTMLResponse:
    base = f"/api/productions/{production_id}"
    # One after the other: the page follows from the last event of the first, so the second must not be older.
    detail = await api.one(ProductionDetail, base)
    story = await api.one(StoryView, f"{base}/story")
    gate = detail.gates[0] if detail.gates else None
    files: list[FileView] = []
    exports, platforms = [], []
    if detail.status == "completed":
        files = await api.many(FileView, f"{base}/files")
    if detail.status == "completed" and detail.graph != EXPORT:
        exports = await api.many(ProductionView, f"{base}/exports")
        platforms = await api.many(PlatformView, "/api/exports/platforms")
    models = None
    if gate is not None and gate.gate == "approve_budget":
        models = (await api.one(CatalogueView, "/api/models")).video
    pause = await _pause(api, detail) if detail.status == "paused" and gate is None else None
    parked = await parked_of(api, production_id) if detail.status in AT_REST else None
    facts: dict[str, Any] = {
        "account": api.account, "production": detail, "story": story, "gate": gate, "models": models,
        "pause": pause, "parked": parked,
        "ask": Question.model_validate(gate.request) if gate else None,
        "files": {file.name: file for file in files}, "changed": changed_items(story),
        "exports": exports, "platforms": platforms, "is_export": detail.graph == EXPORT,
        "shots": {shot.slate: shot for scene in story.scenes for shot in scene.shots},
    }  # fmt: skip
    return page(template, **facts)


async def _pause(api: PublicApi, detail: ProductionDetail) -> Pause:
    asked = {"graph": detail.graph, "tier": detail.tier}
    return pause_of(detail, await api.one(TextCatalogueView, "/api/models/text", **asked))
