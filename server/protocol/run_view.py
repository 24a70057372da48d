"""A run as LangGraph's clients know it."""

from datetime import datetime
from typing import Any

from psycopg.rows import DictRow
from pydantic import BaseModel, Field

STATUS = {
    "waiting": "pending", "queued": "pending", "running": "running", "paused": "success",
    "completed": "success", "failed": "error", "cancelled": "interrupted",
}  # fmt: skip
"""A run that paused at a question has done what it could; its thread says that a person is asked."""


class RunView(BaseModel):
    """One execution on a thread."""

    run_id: str = Field(description="The run's id.")
    thread_id: str = Field(description="The thread it runs on.")
    assistant_id: str | None = Field(description="The assistant it was asked for with.")
    created_at: datetime = Field(description="When it was asked for.")
    updated_at: datetime = Field(description="When it last began or ended.")
    status: str = Field(description="pending, running, success, error or interrupted.", examples=["pending"])
    metadata: dict[str, Any] = Field(description="What the client wrote beside it.")
    asked: dict[str, Any] = Field(serialization_alias="kwargs", description="What it was asked with.")
    multitask_strategy: str = Field(description="What was to happen when the thread was busy.")


def run_view(row: DictRow) -> dict[str, Any]:
    """A row as it is shown; runs that came through `/api` have no assistant."""
    shown = {name: row[name] for name in RunView.model_fields if name in row}
    told = {"kwargs": row["kwargs"], "multitask_strategy": row["multitask"]}
    return {**shown, **told, "status": _status(row)}


def _status(row: DictRow) -> str:
    """One that paused for want of money asks nothing: its client must see that it did not get to its end."""
    return "error" if row["status"] == "paused" and row.get("error") else STATUS[row["status"]]
