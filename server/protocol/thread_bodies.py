"""What clients send about threads."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field, model_validator

from server.protocol.kept import Told
from server.protocol.run_bodies import CheckpointBody, CommandBody
from server.protocol.wire import MOST_OFFSET, ProtocolBody

MOST_THREADS = 1000
MOST_STEPS = 100
ThreadStatus = Literal["idle", "busy", "interrupted", "error"]
ThreadField = Literal[
    "thread_id", "created_at", "updated_at", "state_updated_at", "metadata", "config", "context", "status",
    "values", "interrupts", "error",
]  # fmt: skip
ThreadSortBy = Literal["thread_id", "status", "created_at", "updated_at", "state_updated_at"]
EXAMPLE_THREAD = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"
Metadata = Annotated[Told | None, Field(description="What you want to find it by.")]
Select = Annotated[
    list[str] | None, Field(max_length=50, description="These fields only; `values.<key>` is one.")
]


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class TtlBody(ProtocolBody):
    """How long a thread is to be kept."""

    ttl: float | None = Field(default=None, ge=0, description="Minutes.")
    strategy: Literal["delete", "keep_latest"] = Field(default="delete", description="What happens then.")


class WriteBody(ProtocolBody):
    """One write to the state, as if a node had made it."""

    values: dict[str, Any] | None = Field(default=None, description="The channels to write.")
    command: CommandBody | None = Field(default=None, description="A command instead of values.")
    as_node: str = Field(max_length=200, description="The node that is said to have written it.")


class SuperstepBody(ProtocolBody):
    """Writes of one step."""

    updates: list[WriteBody] = Field(
        min_length=1, max_length=MOST_STEPS, description="What was written in it."
    )


class NewThread(ProtocolBody):
    """A thread on which nothing ran yet."""

    model_config = _example(metadata={"project": "autumn"})

    thread_id: UUID | None = Field(default=None, description="Its id, if you want to choose.")
    metadata: Metadata = None
    if_exists: Literal["raise", "do_nothing"] | None = Field(
        default=None, description="409, or the one there is, when the id is taken; 409 if unsaid."
    )
    ttl: TtlBody | float | None = Field(
        default=None, description="Accepted; threads stay until they are deleted."
    )
    supersteps: list[SuperstepBody] | None = Field(
        default=None,
        max_length=MOST_STEPS,
        description="A past to give it; `metadata.graph_id` names its graph.",
    )


class ThreadPatch(ProtocolBody):
    """What is to change on a thread."""

    model_config = _example(metadata={"project": "winter"})

    metadata: Metadata = None
    ttl: TtlBody | float | None = Field(
        default=None, description="Accepted; threads stay until they are deleted."
    )


class ThreadCount(ProtocolBody):
    """Which threads are meant."""

    model_config = _example(metadata={"graph_id": "novela"}, status="interrupted")

    ids: list[UUID] | None = Field(default=None, max_length=MOST_THREADS, description="One of these.")
    metadata: dict[str, Any] | None = Field(default=None, description="Their metadata holds all of this.")
    values: dict[str, Any] | None = Field(
        default=None, description="Their state, as lists show it, holds this."
    )
    status: ThreadStatus | None = Field(default=None, description="They are in this status.")


class ThreadSearch(ThreadCount):
    """Which threads are meant, in which order, and which page of them."""

    model_config = _example(metadata={"graph_id": "novela"}, limit=10, select=["thread_id", "status"])

    limit: int = Field(default=10, ge=1, le=MOST_THREADS, description="Threads a page.")
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET, description="Threads before the page.")
    sort_by: ThreadSortBy | None = Field(default=None, description="By what; when they were made if unsaid.")
    sort_order: Literal["asc", "desc"] | None = Field(default=None, description="Up or down; down if unsaid.")
    select: list[ThreadField] | None = Field(default=None, min_length=1, description="These fields only.")
    extract: dict[str, str] | None = Field(
        default=None, max_length=10, examples=[{"title": "values.script.title"}],
        description="Name to path, for example `values.script.title`; shown under `extracted`.",
    )  # fmt: skip


class PlaceBody(CheckpointBody):
    """A checkpoint of the thread; its `thread_id` and `checkpoint_map` are known and passed over."""


class StateAt(ProtocolBody):
    """Which state is meant."""

    model_config = _example(checkpoint={"checkpoint_id": "1f0c1e7e-0000-6000-8000-000000000001"})

    checkpoint: PlaceBody = Field(default_factory=PlaceBody, description="The newest one if unsaid.")
    subgraphs: bool = Field(default=False, description="Show the states of subgraphs, too.")
    select: Select = None


class StateUpdate(ProtocolBody):
    """A change of the state by hand."""

    model_config = _example(values={"scene_number": 2})

    values: dict[str, Any] | None = Field(default=None, description="The channels to write.")
    as_node: str | None = Field(
        default=None,
        max_length=200,
        description="Go on as if this node had written it; the last one if unsaid.",
    )
    checkpoint: PlaceBody | None = Field(default=None, description="Change this one: a fork.")
    checkpoint_id: str | None = Field(default=None, max_length=100, description="As `checkpoint`.")

    @property
    def place(self) -> CheckpointBody:
        """The checkpoint that is changed, wherever it was named."""
        given = self.checkpoint or CheckpointBody()
        if given.checkpoint_id or not self.checkpoint_id:
            return given
        return CheckpointBody(checkpoint_id=self.checkpoint_id, checkpoint_ns=given.checkpoint_ns)


class BeforeBody(CheckpointBody):
    """Where a page of history ends: a checkpoint, bare or wrapped as langgraph's config."""

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, sent: Any) -> Any:
        if isinstance(sent, str):
            return {"checkpoint_id": sent}
        inner = sent.get("configurable") if isinstance(sent, dict) else None
        return inner if isinstance(inner, dict) else sent


class HistoryBody(ProtocolBody):
    """Which checkpoints of the past are meant."""

    model_config = _example(limit=10)

    limit: int = Field(default=10, ge=1, le=MOST_THREADS, description="Checkpoints a page.")
    before: BeforeBody | None = Field(default=None, description="Only what came before this checkpoint.")
    metadata: dict[str, Any] | None = Field(default=None, description="Their metadata holds all of this.")
    checkpoint: PlaceBody | None = Field(default=None, description="Only this one, or this subgraph's.")
    select: Select = None


class PruneBody(ProtocolBody):
    """Which threads are to be pruned, and how."""

    model_config = _example(thread_ids=[EXAMPLE_THREAD], strategy="keep_latest")

    thread_ids: list[UUID] = Field(max_length=MOST_THREADS, description="The threads.")
    strategy: Literal["delete", "keep_latest"] = Field(
        default="delete", description="Hide them, or keep only their newest checkpoints."
    )
