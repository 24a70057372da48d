"""Running the server: its workers on all machines, what they drive, and what waits for them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path
from psycopg.rows import DictRow
from pydantic import Field

from server.api.wire import ERRORS, Answer, Wire
from server.deps import AdminDep, HouseDep
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from server.runs import roster

router = APIRouter(
    prefix="/api/admin/workers", tags=["admin"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip
WorkerId = Annotated[
    str, Path(max_length=300, description="The worker's id.", examples=["studio-1:4711:9f2d0a"])
]


class LeaseView(Wire):
    """A production that a worker drives now."""

    production_id: str = Field(
        description="The production.", examples=["7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"]
    )
    title: str | None = Field(
        description="What it is called; null for a production of somebody else.", examples=["The Last Letter"]
    )
    epoch: int = Field(description="How often it has been claimed; older claims can write nothing.")
    since: datetime | None = Field(description="When this worker claimed it.")
    lease_until: datetime = Field(description="When it is free for others, unless the worker renews.")


class WorkerView(Wire):
    """One process with a worker."""

    worker_id: str = Field(description="Names it here.", examples=["studio-1:4711:9f2d0a"])
    host: str = Field(description="The machine or container.", examples=["studio-1"])
    pid: int = Field(description="The process there.", examples=[4711])
    role: Literal["api", "work"] = Field(description="`api` answers requests as well; `work` only works.")
    version: str = Field(description="Its version of Greenlight.", examples=["0.1.0"])
    state: Literal["working", "draining", "lost"] = Field(
        description="`draining` takes no more work; `lost` has said nothing for three lease times."
    )
    wanted: Literal["working", "draining"] = Field(description="What an administrator asked of it last.")
    slots: int = Field(description="Productions it can drive at the same time.", examples=[8])
    busy: int = Field(description="Productions it drives now.", examples=[2])
    started_at: datetime = Field(description="When it began.")
    seen_at: datetime = Field(description="When it last said that it lives.")
    leases: list[LeaseView] = Field(description="What it drives now, the longest first.")


class QueueView(Wire):
    """What could be driven and waits for a slot."""

    low: int = Field(description="Productions of low priority.", examples=[0])
    normal: int = Field(description="Productions of normal priority.", examples=[3])
    high: int = Field(description="Productions of high priority.", examples=[0])
    oldest_wait_s: float | None = Field(
        description="Seconds for which the first of them has waited; null when nothing waits.", examples=[1.5]
    )


class WorkersView(Wire):
    """All workers, and what waits for them."""

    workers: list[WorkerView] = Field(description="The newest first.")
    queue: QueueView = Field(description="What waits for a slot.")


@router.get("", summary="List the workers")
async def list_workers(house: HouseDep, admin: AdminDep) -> Answer[WorkersView]:
    """Every process with a worker on any machine, the productions it drives, and the queue's length."""
    queue = await roster.queue_lengths(house.database)
    workers = [_shown(row, admin) for row in await roster.listed(house.database)]
    return Answer(data=WorkersView(workers=workers, queue=QueueView.model_validate(queue)))


@router.post("/{worker_id}/drain", summary="Have a worker take no more work")
async def drain_worker(worker_id: WorkerId, house: HouseDep, admin: AdminDep) -> Answer[None]:
    """What it drives goes to its next step's border and then to other workers. The process stays."""
    await roster.ask(house.database, worker_id, "draining")
    return Answer(data=None, message="The worker is asked to drain.")


@router.delete("/{worker_id}/drain", summary="Have a drained worker work again")
async def undrain_worker(worker_id: WorkerId, house: HouseDep, admin: AdminDep) -> Answer[None]:
    """It takes work again; one that is being stopped stays stopped."""
    await roster.ask(house.database, worker_id, "working")
    return Answer(data=None, message="The worker is asked to work.")


def _shown(row: DictRow, admin: str) -> WorkerView:
    """Who runs the server sees that a production is driven, not what others make."""
    leases = [_lease(lease, admin) for lease in row["leases"]]
    return WorkerView.model_validate({**row, "leases": leases, "busy": len(leases)})


def _lease(lease: dict[str, Any], admin: str) -> LeaseView:
    return LeaseView.model_validate(lease | {"title": lease["title"] if lease["user_id"] == admin else None})
