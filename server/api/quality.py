"""The quality report of a production's master as a page that needs nothing else."""

import asyncio
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from server.api.wire import ERRORS
from server.deps import HouseDep, ProductionId, UserDep
from server.limits.guard import COUNTED
from server.records import productions
from state.errors import MediaMissing
from state.media import MediaRef
from state.review import REPORT
from tools.quality.page import POLICY, write_page
from tools.quality.report import REPORT_FILE, QualityReport

router = APIRouter(prefix="/api/productions", tags=["productions"], responses=ERRORS, dependencies=COUNTED)
GUARDS = {
    "Content-Security-Policy": f"{POLICY}; sandbox", "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-cache",
}  # fmt: skip


@router.get("/{production_id}/quality", summary="Read the quality report", response_class=HTMLResponse)
async def quality_page(production_id: ProductionId, house: HouseDep, user_id: UserDep) -> HTMLResponse:
    """The report as a page, also while its gate waits; `quality.json` among the files is the same as data."""
    await productions.get_production(house.database, production_id, user_id=user_id)
    state = await house.runs.state(user_id=user_id, production_id=production_id)
    kept = _asked_about(state.interrupts) or (state.values.get("deliverables") or {}).get(REPORT_FILE)
    if kept is None:
        raise MediaMissing("no master was checked yet", user_action="Wait until the film is mastered.")
    path = await house.store.get(MediaRef.model_validate(kept).key)
    return HTMLResponse(await asyncio.to_thread(page_of, path), headers=GUARDS)


def _asked_about(interrupts: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The report that an open gate asks about: it is not among the deliveries yet."""
    items = [item for one in interrupts for item in (one.get("value") or {}).get("items") or []]
    return next((item["media"] for item in items if item["item"] == REPORT and item.get("media")), None)


def page_of(path: Path) -> str:
    """The page of a stored report."""
    return write_page(QualityReport.model_validate_json(path.read_bytes()))
