"""What each row of an archive may look like. It was written by somebody else: nothing is believed."""

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, model_validator

from state.cost import Money
from state.edits import OPERATIONS
from state.media import MediaRef
from state.timeline import Timeline
from tools.clock import SystemClock
from tools.cuts.history import digest_of
from tools.cuts.ids import highest

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)")
HIGHEST = 10**12
DEEPEST = 200
CLOCKS_DIFFER_BY = timedelta(days=1)
MOST_USD = 1_000_000


def _moment(sent: Any) -> Any:
    if not isinstance(sent, str) or not MOMENT.fullmatch(sent):
        raise ValueError("must be a moment such as 2026-01-31T09:30:00+00:00")
    datetime.fromisoformat(sent)
    return sent


def _decoded(sent: Any) -> bytes:
    try:
        return base64.b64decode(sent, validate=True)
    except (TypeError, ValueError, binascii.Error) as exc:
        raise ValueError("must be base64") from exc


def _past(sent: Any) -> Any:
    if datetime.fromisoformat(_moment(sent)) > SystemClock().now() + CLOCKS_DIFFER_BY:
        raise ValueError("lies in the future")
    return sent


Id = Annotated[str, Field(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Moment = Annotated[str, BeforeValidator(_moment)]
Past = Annotated[str, BeforeValidator(_past)]
"""Quotas count from it: one that never passes would count for ever."""
Count = Annotated[int, Field(ge=0, le=HIGHEST)]
Version = Annotated[int, Field(ge=1, lt=2**31)]
Tokens = Annotated[int, Field(ge=0, lt=2**31)]
Word = Annotated[str, Field(max_length=200)]
Text = Annotated[str, Field(max_length=4000)]
Amount = Annotated[str, Field(pattern=r"^\d{1,12}\.\d{2,6}$")]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Object = dict[str, Any]
Binary = Annotated[bytes, BeforeValidator(_decoded)]
Resting = Literal["paused", "completed", "failed", "cancelled"]
"""Nothing that arrives may go on by itself."""


class Row(BaseModel):
    """The columns that version 1 of the format has, and no others."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Bill(Row):
    """What a step that failed was charged."""

    billed_usd: Amount
    unknown_usd: Amount


class Trouble(BaseModel):
    """Why something failed or pauses; it may tell more than what is read here."""

    model_config = ConfigDict(extra="allow", strict=True)

    code: str = ""
    message: str = ""
    user_action: str = ""
    suggestion: str = ""
    provider: str | None = None
    model: str | None = None
    charged: Bill | None = None


class ProductionRow(Row):
    production_id: Id
    graph: Word
    graph_version: Word
    title: str = Field(max_length=4000)
    novela_id: Id | None
    episode_number: int | None = Field(ge=1, le=10_000)
    brief: Object
    context: Object
    metadata: Object
    status: Resting
    stage: Word
    values: Object
    interrupts: list["Question"] = Field(max_length=1000)
    error: Trouble | None
    ceiling_micros: int = Field(ge=0, le=Money.usd(str(MOST_USD)).micros)
    epoch: Count
    last_seq: Count
    parent_production_id: Id | None
    parent_checkpoint_id: Word | None
    created_at: Past
    updated_at: Moment
    state_updated_at: Moment | None
    replay: bool

    @model_validator(mode="after")
    def _asks_only_when_paused(self) -> "ProductionRow":
        if self.interrupts and self.status != "paused":
            raise ValueError("only a paused production asks something")
        return self


class Question(Row):
    """An open gate."""

    id: Word
    task_id: Word | None = None
    value: Any
    response_schema: Object | None = None
    namespace: list[str] = Field(default_factory=list)


class NovelaRow(Row):
    id: Id
    title: str = Field(min_length=1, max_length=500, pattern=r"\S")
    description: str
    genre: Literal["drama", "romance", "thriller", "comedy"]
    language: Word
    target_episodes: int = Field(ge=1, le=50)
    default_model_id: Word
    default_duration: int = Field(ge=0, le=100_000)
    default_resolution: Word
    default_aspect_ratio: Word
    reference_character_images: list[Word] = Field(max_length=100)
    master_seed: int | None = Field(ge=-(2**63), lt=2**63)
    created_at: Moment


class RunRow(Row):
    run_id: Id
    kind: Literal["start", "resume", "continue"]
    input: Any
    status: Resting
    attempts: int = Field(ge=0, le=1_000_000)
    progress_mark: str = Field(max_length=4000)
    error: Trouble | None
    assistant_id: Id | None
    metadata: Object
    kwargs: Object
    options: Object
    multitask: Literal["reject", "enqueue", "interrupt", "rollback"]
    created_at: Past
    started_at: Moment | None
    ended_at: Moment | None
    deleted_at: Moment | None


class CheckpointRow(Row):
    checkpoint_ns: Text
    checkpoint_id: Word
    parent_checkpoint_id: Word | None
    type: Word | None
    checkpoint: Object
    metadata: Object

    @model_validator(mode="after")
    def _is_a_checkpoint(self) -> "CheckpointRow":
        for name in ("channel_values", "channel_versions", "versions_seen"):
            if not isinstance(self.checkpoint.get(name), dict):
                raise ValueError(f"checkpoint.{name} must be an object")
        if self.checkpoint.get("id") != self.checkpoint_id or not isinstance(self.checkpoint.get("ts"), str):
            raise ValueError("checkpoint.id and checkpoint.ts must be those of the row")
        return self


class BlobRow(Row):
    checkpoint_ns: Text
    channel: Text
    version: Word
    type: Word
    blob: Binary | None


class WriteRow(Row):
    checkpoint_ns: Text
    checkpoint_id: Word
    task_id: Word
    task_path: Text
    idx: int = Field(ge=-1000, le=1_000_000)
    channel: Text
    type: Word | None
    blob: Binary


class EventRow(Row):
    seq: int = Field(ge=1, le=HIGHEST)
    event_id: str = Field(min_length=1, max_length=1000)
    run_id: Id | None
    namespace: list[Text] = Field(max_length=50)
    method: str = Field(pattern=r"^[a-z][a-z._]{0,39}$")
    payload: Any
    at: Moment

    @model_validator(mode="after")
    def _tells_an_object(self) -> "EventRow":
        # What a node writes may be anything.
        if self.method != "custom" and not isinstance(self.payload, dict):
            raise ValueError("payload must be an object")
        return self


class BoughtRow(Row):
    """What every finished order has, ours or an ancestor's."""

    call_key: str = Field(min_length=1, max_length=1000)
    kind: Literal["engine", "text"]
    stage: Word
    item: Word
    cause: Word
    take_number: int = Field(ge=0, le=1_000_000)
    medium: Word
    provider: Word
    model: Word
    request: Object
    request_hash: Digest
    price_edition: Word
    media: MediaRef | None
    sha256: Digest | None
    result: Object | None
    prompt_digest: Word
    seed: int | None = Field(ge=-(2**63), lt=2**63)
    degraded: bool
    adopted_from: str | None = Field(max_length=1000)
    intent_at: Moment
    submitted_at: Moment | None
    done_at: Moment | None

    @property
    def identity(self) -> str:
        """What follows the production in the call key."""
        return f"{self.stage}:{self.item}:{self.cause}"


class OrderRow(BoughtRow):
    run_id: Id | None
    state: Literal["intent", "submitted", "done", "failed", "unknown"]
    owner_epoch: Count
    attempt: int = Field(ge=0, le=1_000_000)
    submit_deadline: Moment | None
    external_id: Text | None
    cost_quoted: Count
    cost_reserved: Count
    cost_actual: Count
    cost_refunded: Count
    cost_unknown: Count
    error_kind: Word | None
    error_detail: str | None
    provider_expires_at: Moment | None
    spent_more_at: Moment | None = None

    @model_validator(mode="after")
    def _done_means_delivered(self) -> "OrderRow":
        if self.state == "done" and self.kind == "engine" and self.media is None:
            raise ValueError("a finished order must name its media")
        return self


class AncestorOrderRow(BoughtRow):
    production_id: Id
    state: Literal["done", "failed", "unknown"]
    error_kind: Word | None
    error_detail: str | None


class AncestorRunRow(RunRow):
    production_id: Id


class AncestorEventRow(EventRow):
    production_id: Id


class ReplayCallRow(Row):
    call_key: str = Field(min_length=1, max_length=1000)
    source_key: str = Field(min_length=1, max_length=1000)


class AncestorRow(Row):
    production_id: Id
    parent_production_id: Id | None
    parent_checkpoint_id: Word | None
    graph: Word
    graph_version: Word
    created_at: Moment


class AttemptRow(Row):
    call_key: str = Field(min_length=1, max_length=1000)
    number: int = Field(ge=0, le=1_000_000)
    epoch: Count
    provider: Word
    posted_at: Moment
    ended_at: Moment | None
    outcome: Word
    external_id: Text | None
    detail: str
    # What a request to a language model took and cost. Archives from before schema 0022 do not tell.
    model: Word = ""
    reserved: Count = 0
    cost: Count | None = None
    prompt_tokens: Tokens | None = None
    cached_tokens: Tokens | None = None
    completion_tokens: Tokens | None = None
    reasoning_tokens: Tokens | None = None
    estimated: bool = False


class CutRow(Row):
    head: Version
    newest: Version
    used_ids: Annotated[int, Field(ge=0, lt=2**31)]
    created_at: Moment
    changed_at: Moment


class CutVersionRow(Row):
    """A version as it was made; whoever imports it counts as who made it."""

    version: Version
    parent: Version | None
    kind: Literal["assembled", "edit", "restored", "imported"]
    operation: Object | None
    timeline: Object
    digest: Digest
    made_of: Digest | None
    at: Moment
    _used_ids: int = PrivateAttr(default=0)

    @property
    def used_ids(self) -> int:
        """The highest number that an id in it has."""
        return self._used_ids

    @model_validator(mode="after")
    def _is_a_cut(self) -> "CutVersionRow":
        if (self.operation is None) == (self.kind == "edit"):
            raise ValueError("operation belongs to an edit, and to nothing else")
        if self.operation is not None:
            OPERATIONS.validate_python(self.operation)
        cut = Timeline.model_validate(self.timeline)
        if digest_of(cut) != self.digest:
            raise ValueError("the cut is not what its digest says")
        self._used_ids = highest(cut)
        return self


class PromptRow(Row):
    name: Word
    digest: Digest
    text: str


MODELS: Mapping[str, type[Row]] = {
    "production": ProductionRow, "novela": NovelaRow, "runs": RunRow, "checkpoints": CheckpointRow,
    "blobs": BlobRow, "writes": WriteRow, "events": EventRow, "orders": OrderRow, "attempts": AttemptRow,
    "replay_calls": ReplayCallRow, "ancestors": AncestorRow, "ancestor_runs": AncestorRunRow,
    "ancestor_events": AncestorEventRow, "ancestor_orders": AncestorOrderRow, "cut": CutRow,
    "cut_versions": CutVersionRow, "prompts": PromptRow,
}  # fmt: skip


def read_row(name: str, line: bytes) -> Row:
    """One line as a row of this table.

    Raises:
        ValueError: no JSON, too deep, a character that no column holds, or not the columns of the table.
    """
    content = orjson.loads(line)
    _check_plain(content)
    return MODELS[name].model_validate(content)


def _check_plain(content: Any) -> None:
    """No NUL, and no nesting that a database or a browser would fall over."""
    waiting = [(content, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError(f"is nested deeper than {DEEPEST} levels")
        if isinstance(value, dict):
            waiting += [(inner, depth + 1) for pair in value.items() for inner in pair]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value]
        elif isinstance(value, str) and "\x00" in value:
            raise ValueError("holds a character that cannot be stored (NUL)")
