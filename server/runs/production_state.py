"""What callers see of a production."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class ProductionState:
    """One production as it is now."""

    production_id: str
    user_id: str
    graph: str
    graph_version: str
    title: str
    novela_id: str | None
    episode_number: int | None
    brief: dict[str, Any]
    context: dict[str, Any]
    status: str
    """queued, running, paused, completed, failed or cancelled."""
    stage: str
    values: dict[str, Any]
    interrupts: list[dict[str, Any]]
    """What waits for an answer: id, value, response_schema, namespace, task_id. Empty unless paused."""
    error: dict[str, Any] | None
    runs: list[dict[str, Any]]
    """Oldest first: run_id, kind, status, attempts, error, created_at, started_at, ended_at."""
    seq: int
    """The last event's number: follow with `after=seq` and miss nothing."""
    parent_production_id: str | None
    parent_checkpoint_id: str | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, kw_only=True)
class RunAccepted:
    """The run is in the database; it will be driven whatever happens to this process."""

    production_id: str
    run_id: str
    repeated: bool = False
    """The same request came before, and this is its run."""
