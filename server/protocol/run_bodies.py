"""What a client may say when it asks for a run."""

import json
from typing import Annotated, Any, Literal, get_args

from fastapi import Query
from pydantic import ConfigDict, Field, field_validator, model_validator
from pydantic.config import JsonDict

from server.protocol.shapes import RunConfig
from server.protocol.wire import ProtocolBody
from state.errors import BriefIncomplete

StreamMode = Literal[
    "values", "updates", "messages", "messages-tuple", "custom", "tasks", "checkpoints", "debug", "events"
]
Multitask = Literal["reject", "enqueue", "interrupt", "rollback"]
EXAMPLE: JsonDict = {
    "assistant_id": "novela",
    "input": {"brief": {"title": "The Last Letter", "description": "A widow finds an unopened letter."}},
    "stream_mode": ["values", "custom"],
}
MOST_DELAY_S = 30 * 24 * 3600
MOST_IN_BATCH = 50


class SendBody(ProtocolBody):
    """A node to go to, with an input of its own."""

    node: str = Field(description="The node.", examples=["draw_panels"])
    input: Any = Field(default=None, description="Its input instead of the state.")


class CommandBody(ProtocolBody):
    """LangGraph's command: an answer, a change of the state, a way to go."""

    resume: Any = Field(
        default=None,
        description="The answer to the open question, or a map from interrupt id to answer.",
        examples=[{"approve_all": True}],
    )
    update: dict[str, Any] | list[tuple[str, Any]] | None = Field(
        default=None, description="Written to the state before the first step."
    )
    goto: str | SendBody | list[str | SendBody] | None = Field(
        default=None, description="Where to go: nodes by name, or with an input of their own."
    )

    @property
    def answers(self) -> bool:
        """Whether an answer was given; null is one when nothing else was."""
        return "resume" in self.model_fields_set and (
            self.resume is not None or (self.update is None and self.goto is None)
        )

    def ways(self) -> list[str | dict[str, Any]]:
        """The nodes to go to."""
        given = [] if self.goto is None else self.goto if isinstance(self.goto, list) else [self.goto]
        return [one if isinstance(one, str) else one.model_dump() for one in given]


class CheckpointBody(ProtocolBody):
    """A checkpoint of the thread."""

    checkpoint_id: str | None = Field(default=None, max_length=100, description="Which one.")
    checkpoint_ns: str = Field(
        default="", max_length=1000, description="In which subgraph; empty is the root."
    )

    @model_validator(mode="before")
    @classmethod
    def _no_nulls(cls, sent: Any) -> Any:
        return {k: v for k, v in sent.items() if v is not None} if isinstance(sent, dict) else sent


class StatelessRunBody(ProtocolBody):
    """A run on a thread that is made for it."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    assistant_id: str = Field(
        description="An assistant's id or a graph's name.", max_length=200, examples=["novela"]
    )
    input: dict[str, Any] | None = Field(
        default=None,
        description="The graph's input; null goes on from where the thread is.",
        examples=[{"brief": {"title": "The Last Letter", "description": "A widow finds a letter."}}],
    )
    command: CommandBody | None = Field(default=None, description="An answer, a change, a way to go.")
    config: RunConfig | None = Field(default=None, description="LangGraph's config.")
    context: dict[str, Any] | None = Field(
        default=None, description="The knobs of the run.", examples=[{"review": "ask"}]
    )
    metadata: dict[str, Any] | None = Field(default=None, description="What you want to find it by.")
    checkpoint: CheckpointBody | None = Field(default=None, description="Go on from this checkpoint.")
    checkpoint_id: str | None = Field(default=None, max_length=100, description="As `checkpoint`.")
    interrupt_before: list[str] | str | None = Field(
        default=None, description="Stop before these nodes; `*` is all."
    )
    interrupt_after: list[str] | str | None = Field(
        default=None, description="Stop after these nodes; `*` is all."
    )
    stream_mode: list[StreamMode] | StreamMode = Field(default="values", description="What the stream shows.")
    stream_subgraphs: bool = Field(default=False, description="Show the subgraphs' events, too.")
    stream_resumable: bool = Field(
        default=False, description="Number the frames, so that the stream can be taken up again."
    )
    on_disconnect: Literal["cancel", "continue"] = Field(
        default="continue", description="What happens to the run when the reader leaves."
    )
    on_completion: Literal["delete", "keep"] = Field(
        default="delete", description="Whether a thread that was made for the run stays in lists."
    )
    after_seconds: float = Field(
        default=0, ge=0, le=MOST_DELAY_S, description="Begin so much later.", examples=[60]
    )
    durability: Literal["sync", "async", "exit"] | None = Field(
        default=None, description="Accepted; every step is stored before the next one begins."
    )
    webhook: None = Field(default=None, description="Not spoken yet: leave it out.")

    @field_validator("stream_mode", mode="after")
    @classmethod
    def _as_list(cls, given: list[StreamMode] | StreamMode) -> list[StreamMode]:
        return given if isinstance(given, list) else [given]

    @property
    def modes(self) -> list[str]:
        """The wanted modes, as a list."""
        return list(self.stream_mode) if isinstance(self.stream_mode, list) else [self.stream_mode]

    @property
    def from_checkpoint(self) -> CheckpointBody:
        """The checkpoint to go on from, wherever it was named."""
        given = self.checkpoint or CheckpointBody()
        return given if given.checkpoint_id else CheckpointBody(checkpoint_id=self.checkpoint_id or None)


class RunBody(StatelessRunBody):
    """A run on a thread."""

    multitask_strategy: Multitask | None = Field(
        default=None, description="What happens when the thread is busy; `enqueue` when not said."
    )
    if_not_exists: Literal["create", "reject"] = Field(
        default="reject", description="What happens when there is no such thread."
    )


class RunsCancelBody(ProtocolBody):
    """Which runs are to end."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"status": "pending"}]})

    status: Literal["pending", "running", "all"] | None = Field(
        default=None, description="All of the user's runs in this status.", examples=["pending"]
    )
    thread_id: str | None = Field(default=None, max_length=100, description="Runs of this thread ...")
    run_ids: list[str] | None = Field(default=None, max_length=1000, description="... with these ids.")

    @model_validator(mode="after")
    def _one_way(self) -> "RunsCancelBody":
        if self.status is None and not (self.thread_id and self.run_ids):
            raise ValueError("send `status`, or `thread_id` and `run_ids`")
        return self


async def stream_modes(
    stream_mode: Annotated[
        list[str] | None,
        Query(description="Modes: a word, repeated words, or a JSON array.", examples=["values"]),
    ] = None,
) -> list[str]:
    """The modes that a join asks for; none when it names none.

    Raises:
        BriefIncomplete: one of them is not known.
    """
    words: list[str] = []
    for given in stream_mode or []:
        words += _array(given) if given.lstrip().startswith("[") else given.split(",") if given else []
    known = get_args(StreamMode)
    for word in words:
        if word not in known:
            raise BriefIncomplete(f"stream_mode: {word!r} is none of {', '.join(known)}")
    return words


def _array(text: str) -> list[str]:
    try:
        return [str(word) for word in json.loads(text)]
    except (ValueError, TypeError) as exc:
        raise BriefIncomplete("stream_mode: is no JSON array") from exc
