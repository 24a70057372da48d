"""The event log as the events of a thread's stream (protocol v2), over all runs of the thread.

A row of the log becomes none, one or several events. Every event has an id and a number that come
from its row alone, so they are the same on every connection, in every process and for ever.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from server.deps import LoggedEvent as Row
from server.protocol.message_events import OpenMessages

Namespace = tuple[str, ...]
PARTS = 1000
"""How many events one row may be: an event's number is its row's times this, plus its part."""
UNWOUND, MESSAGE, END, AFTER_END = 0, 0, 500, 501
HELD = re.compile(r":[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
"""The end of the id of a state that its checkpoint follows."""
MESSAGE_TYPES = frozenset({"human", "ai", "system", "tool"})
ENDS = frozenset({"completed", "failed", "interrupted"})


@dataclass(frozen=True, slots=True)
class ThreadEvent:
    """One event of the stream."""

    seq: int
    event_id: str
    method: str
    namespace: Namespace
    at: datetime
    data: Any

    def told(self) -> dict[str, Any]:
        """The event as it is on the wire."""
        params = {
            "namespace": list(self.namespace),
            "timestamp": int(self.at.timestamp() * 1000),
            "data": self.data,
        }
        return {
            "type": "event", "event_id": self.event_id, "seq": self.seq, "method": self.method,
            "params": params,
        }  # fmt: skip


def last_part(seq: int) -> int:
    """The number that every event of this row and of those before it has passed."""
    return seq * PARTS + PARTS - 1 if seq else 0


class ThreadProjection:
    """Turns the rows of a thread's log, in order, into events.

    It holds the state of a run only while the run is on: an idle thread costs nothing.
    """

    __slots__ = ("_channels", "_deltas", "_held", "_messages", "_values")

    def __init__(self, channels: frozenset[str]) -> None:
        self._channels = channels
        self._messages = OpenMessages() if "messages" in channels else None
        self._held: Row | None = None
        self._values: dict[Namespace, Any] = {}
        self._deltas: dict[Namespace, Any] = {}

    def events(self, row: Row) -> Iterator[ThreadEvent]:
        """The events of the next row. What is no event of a graph (a run that never began) is none."""
        if self._held is not None and not _holds(row, self._held):
            held, self._held = self._held, None
            yield _event(held, _in_blocks(held.payload), part=1)
        if (read := READ.get(row.method)) is not None:
            yield from read(self, row)

    def _on_values(self, row: Row) -> Iterator[ThreadEvent]:
        if row.run_id is None and ":unwound:" in row.event_id:
            yield from self._unwound(row)
        if row.run_id is not None and self._is_needed_later(row.namespace):
            self._values[row.namespace] = row.payload
        if HELD.search(row.event_id):
            self._held = row
        else:
            yield _event(row, _in_blocks(row.payload), part=1)

    def _on_checkpoint(self, row: Row) -> Iterator[ThreadEvent]:
        """First the checkpoint, then the state in it: clients put a state to the checkpoint before it."""
        told = row.payload
        shown = {"id": told["id"], "step": told["step"], "source": told["source"]}
        yield _event(row, shown | ({"parent_id": told["parent_id"]} if told["parent_id"] else {}))
        if self._held is not None:
            held, self._held = self._held, None
            yield _event(row, _in_blocks(held.payload), part=1, event_id=held.event_id, method="values")

    def _on_updates(self, row: Row) -> Iterator[ThreadEvent]:
        if "tasks" in self._channels:
            self._deltas[row.namespace] = row.payload
        yield _event(row, row.payload)

    def _on_task(self, row: Row) -> Iterator[ThreadEvent]:
        task = row.payload
        if "triggers" in task:
            given = task.get("input", self._values.get(row.namespace))
            yield _event(row, {**task, "input": given, "metadata": {}})
            return
        delta = self._deltas.pop(row.namespace, None)
        result = delta.get(task["name"], {}) if isinstance(delta, dict) else {}
        yield _event(row, {**task, "result": result})

    def _on_message(self, row: Row) -> Iterator[ThreadEvent]:
        if self._messages is not None:
            for part, data in enumerate(self._messages.read(row)):
                yield _event(row, data, part=MESSAGE + part, event_id=f"{row.event_id}#{part}")

    def _on_custom(self, row: Row) -> Iterator[ThreadEvent]:
        yield _event(row, row.payload)

    def _on_question(self, row: Row) -> Iterator[ThreadEvent]:
        """`payload` is the protocol's word; the Python client reads `value`."""
        yield _event(row, {**row.payload, "value": row.payload["payload"]})

    def _on_lifecycle(self, row: Row) -> Iterator[ThreadEvent]:
        if row.namespace:
            self._values.pop(row.namespace, None)
            yield _event(row, _lifecycle(row.payload))
        elif row.payload["event"] not in ENDS:
            self._forget()
            yield _event(row, _lifecycle(row.payload))
        else:
            yield from self._ended(row)

    def _ended(self, row: Row) -> Iterator[ThreadEvent]:
        """The root's end: open messages are closed before it, the state is shown once more after it."""
        cut = self._messages.give_up() if self._messages is not None else ()
        for part, data in enumerate(cut):
            yield _event(row, data, part=part, event_id=f"{row.event_id}#{part}", method="messages")
        yield _event(row, _lifecycle(row.payload), part=END)
        state = self._values.get(())
        if state is not None and row.payload["event"] != "failed":
            shown = _in_blocks(state)
            yield _event(row, shown, part=AFTER_END, event_id=f"{row.event_id}#values", method="values")
        self._forget()

    def _unwound(self, row: Row) -> Iterator[ThreadEvent]:
        """A run was taken back with everything it told; whoever saw it begin is told that it is over."""
        self._forget()
        data = {"event": "interrupted", "status": "rolled_back"}
        yield _event(row, data, part=UNWOUND, event_id=f"{row.event_id}#lifecycle", method="lifecycle")

    def _is_needed_later(self, namespace: Namespace) -> bool:
        """Whether this state is shown again: as a task's input, or the root's at the run's end."""
        return "tasks" in self._channels or (not namespace and "values" in self._channels)

    def _forget(self) -> None:
        self._values.clear()
        self._deltas.clear()
        if self._messages is not None:
            self._messages = OpenMessages()


READ: dict[str, Callable[[ThreadProjection, Row], Iterator[ThreadEvent]]] = {
    "values": ThreadProjection._on_values,
    "checkpoints": ThreadProjection._on_checkpoint,
    "updates": ThreadProjection._on_updates,
    "tasks": ThreadProjection._on_task,
    "messages": ThreadProjection._on_message,
    "custom": ThreadProjection._on_custom,
    "input.requested": ThreadProjection._on_question,
    "lifecycle": ThreadProjection._on_lifecycle,
}


def _holds(row: Row, held: Row) -> bool:
    return row.method == "checkpoints" and row.event_id.endswith(held.event_id[-36:])


def _event(
    row: Row, data: Any, *, part: int = 0, event_id: str | None = None, method: str | None = None
) -> ThreadEvent:
    return ThreadEvent(
        row.seq * PARTS + min(part, PARTS - 1),
        event_id or row.event_id,
        method or row.method,
        row.namespace,
        row.at,
        data,
    )


def _lifecycle(told: dict[str, Any]) -> dict[str, Any]:
    """Clients show `error` as it is, so it is a sentence; its code stands beside it."""
    error = told.get("error")
    if not isinstance(error, dict):
        return told
    # A run that pauses for want of money asks nothing; so clients hear that it got no further.
    return {
        **told, "event": "failed", "error": error.get("message", ""), "error_code": error.get("code", ""),
    }  # fmt: skip


def _in_blocks(state: Any) -> Any:
    """The state with the messages in it as content blocks."""
    if not isinstance(state, dict):
        return state
    return {name: _messages_in_blocks(value) for name, value in state.items()}


def _messages_in_blocks(value: Any) -> Any:
    if not isinstance(value, list) or not any(_is_message(item) for item in value):
        return value
    return [_message_in_blocks(item) if _is_message(item) else item for item in value]


def _is_message(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") in MESSAGE_TYPES and "additional_kwargs" in item


def _message_in_blocks(message: dict[str, Any]) -> dict[str, Any]:
    content = message.get("content")
    if not isinstance(content, str):
        return message
    return {**message, "content": [{"type": "text", "text": content}] if content else []}
