"""What a client wants of a thread's stream: channels, namespaces, how deep, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, Field

from server.protocol.thread_frames import ThreadEvent
from server.protocol.wire import ProtocolBody

CHANNELS = (
    "values", "updates", "messages", "tools", "lifecycle", "input", "checkpoints", "tasks", "custom",
)  # fmt: skip
MOST_CHANNELS = 100
MOST_NAMESPACES = 1000
LARGEST = 2**53
"""What a browser can count to."""


def _channel(word: str) -> str:
    if word in CHANNELS or (word.startswith("custom:") and len(word) > len("custom:")):
        return word
    raise ValueError(f"{word!r} is none of {', '.join(CHANNELS)}, custom:<name>")


Channel = Annotated[str, Field(max_length=200), AfterValidator(_channel)]
Segments = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=100)]


class EventStreamBody(ProtocolBody):
    """Which of a thread's events a client wants."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"channels": ["values", "lifecycle", "input"], "since": 0}]}
    )

    channels: list[Channel] = Field(
        description="Kinds of events; `custom:<name>` is one kind of custom events.",
        min_length=1,
        max_length=MOST_CHANNELS,
        examples=[["values", "lifecycle", "input"]],
    )
    namespaces: list[Segments] | None = Field(
        default=None,
        max_length=MOST_NAMESPACES,
        description="Only these subgraphs and what is below them; `[[]]` is the root. All when not given.",
        examples=[[[]]],
    )
    depth: int | None = Field(
        default=None, ge=0, le=100, description="How far below a namespace.", examples=[1]
    )
    since: int | None = Field(
        default=None, ge=0, le=LARGEST, description="Only events after this `seq`.", examples=[0]
    )


@dataclass(frozen=True, kw_only=True)
class EventFilter:
    """Says of an event whether it is wanted."""

    channels: frozenset[str]
    namespaces: Sequence[Sequence[str]] = ()
    depth: int | None = None
    since: int = 0

    @classmethod
    def of(cls, body: EventStreamBody) -> "EventFilter":
        return cls(
            channels=frozenset(body.channels),
            namespaces=body.namespaces or (),
            depth=body.depth,
            since=body.since or 0,
        )

    def wants(self, event: ThreadEvent) -> bool:
        """Whether this event is to be sent."""
        return event.seq > self.since and self._in_channels(event) and self._in_namespaces(event.namespace)

    def _in_channels(self, event: ThreadEvent) -> bool:
        channel = "input" if event.method == "input.requested" else event.method
        if channel in self.channels:
            return True
        name = event.data.get("name") if channel == "custom" and isinstance(event.data, dict) else None
        return isinstance(name, str) and f"custom:{name}" in self.channels

    def _in_namespaces(self, namespace: Sequence[str]) -> bool:
        if not self.namespaces:
            return True
        return any(
            _begins(namespace, prefix) and (self.depth is None or len(namespace) - len(prefix) <= self.depth)
            for prefix in self.namespaces
        )


def _begins(namespace: Sequence[str], prefix: Sequence[str]) -> bool:
    """A segment without a task's id means the node, whichever task it is."""
    return len(prefix) <= len(namespace) and all(
        there == wanted or (":" not in wanted and there.partition(":")[0] == wanted)
        for there, wanted in zip(namespace, prefix, strict=False)
    )
