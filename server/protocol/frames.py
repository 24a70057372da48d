"""The event log as the frames of a v1 run stream: one event becomes none, one or several frames.

A projection reads a run from its first event, whatever part of it a client still wants: a
checkpoint frame needs the state before it, a partial message all of its deltas.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from langchain_core.messages import AIMessageChunk

from server.deps import LoggedEvent as Event

Frames = Iterator[tuple[str, Any]]
MODES = (
    "values", "updates", "messages", "messages-tuple", "custom", "tasks", "checkpoints", "debug", "events",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RunFrame:
    """One frame; `place` is its id: the event's number and which of its frames this is."""

    place: tuple[int, int]
    event: str
    data: Any


class RunProjection:
    """Turns the events of one run, in order, into frames of the wanted modes."""

    def __init__(self, *, thread_id: str, run_id: str, modes: Sequence[str], subgraphs: bool = False) -> None:
        self._thread_id = thread_id
        self._run_id = run_id
        self._modes = frozenset(modes)
        self._subgraphs = subgraphs
        self._values: dict[tuple[str, ...], Any] = {}
        self._deltas: dict[tuple[str, ...], dict[str, Any]] = {}
        self._steps: dict[tuple[str, ...], int] = {}
        self._messages: dict[str, AIMessageChunk] = {}
        self._questions: list[dict[str, Any]] = []
        self._read: dict[str, Callable[[Event], Frames]] = {
            "values": self._on_values,
            "updates": self._on_updates,
            "messages": self._on_messages,
            "custom": self._on_custom,
            "tasks": self._on_tasks,
            "checkpoints": self._on_checkpoints,
            "input.requested": self._on_question,
            "lifecycle": self._on_lifecycle,
        }

    @property
    def questions(self) -> list[dict[str, Any]]:
        """What the run asks: id, value, response_schema."""
        return self._questions

    @property
    def values(self) -> Any:
        """The root's state as last seen."""
        return self._values.get(())

    def frames(self, event: Event) -> list[RunFrame]:
        """The frames of the next event of the run."""
        read = self._read.get(event.method)
        shown = list(read(event)) if read is not None else []
        if event.namespace and not self._subgraphs:
            shown = [frame for frame in shown if frame[0] == "messages" or frame[0].startswith("messages/")]
        return [
            RunFrame((event.seq, number), self._name(name, event), data)
            for number, (name, data) in enumerate(shown)
        ]

    def _name(self, name: str, event: Event) -> str:
        if not event.namespace or not self._subgraphs or name == "error":
            return name
        return "|".join((name, *event.namespace))

    def _wants(self, mode: str) -> bool:
        return mode in self._modes

    def _on_values(self, event: Event) -> Frames:
        self._values[event.namespace] = event.payload
        # What is seen at a pause comes with its questions, at the run's end.
        if self._wants("values") and not event.event_id.endswith(":end"):
            yield "values", event.payload

    def _on_updates(self, event: Event) -> Frames:
        self._deltas[event.namespace] = event.payload
        if self._wants("updates"):
            yield "updates", event.payload
        if self._wants("events"):
            for node, delta in event.payload.items():
                yield "events", self._chain("on_chain_stream", node, {"chunk": delta})

    def _on_custom(self, event: Event) -> Frames:
        if self._wants("custom"):
            yield "custom", event.payload
        if self._wants("events"):
            yield "events", self._chain("on_custom_event", "custom", event.payload)

    def _on_tasks(self, event: Event) -> Frames:
        task = event.payload
        begins = "triggers" in task
        shown = self._begun(event) if begins else task | {"result": self._result(event)}
        if self._wants("tasks"):
            yield "tasks", shown
        if self._wants("debug"):
            step = self._steps.get(event.namespace, -1) + 1
            yield "debug", _debug(event, step, "task" if begins else "task_result", shown)
        if self._wants("events"):
            word = "on_chain_start" if begins else "on_chain_end"
            yield "events", self._chain(word, task["name"], {"input": shown.get("input")} if begins else {})

    def _result(self, event: Event) -> Any:
        """What the task wrote: its updates come right before its end."""
        return self._deltas.pop(event.namespace, {}).get(event.payload["name"], {})

    def _begun(self, event: Event) -> dict[str, Any]:
        """A task with its input: its own, or the state before it."""
        given = event.payload.get("input", self._values.get(event.namespace))
        return {**event.payload, "input": given, "metadata": {}}

    def _on_checkpoints(self, event: Event) -> Frames:
        self._steps[event.namespace] = event.payload["step"]
        shown = self._checkpoint(event)
        if self._wants("checkpoints"):
            yield "checkpoints", shown
        if self._wants("debug"):
            at, before = shown["config"], shown["parent_config"]
            more = {"checkpoint": at["configurable"], "parent_checkpoint": before and before["configurable"]}
            yield "debug", _debug(event, event.payload["step"], "checkpoint", shown | more)

    def _checkpoint(self, event: Event) -> dict[str, Any]:
        told = event.payload
        return {
            "config": self._config(event, told["id"]),
            "parent_config": self._config(event, told["parent_id"]) if told["parent_id"] else None,
            "values": self._values.get(event.namespace, {}),
            "metadata": {"source": told["source"], "step": told["step"], "run_id": self._run_id},
            "next": told["next"],
            "tasks": [{**task, "interrupts": [], "state": None} for task in told["tasks"]],
        }

    def _config(self, event: Event, checkpoint_id: str) -> dict[str, Any]:
        namespace = "|".join(event.namespace)
        place = {"thread_id": self._thread_id, "checkpoint_ns": namespace, "checkpoint_id": checkpoint_id}
        return {"configurable": place}

    def _on_messages(self, event: Event) -> Frames:
        message, metadata = event.payload["message"], event.payload["metadata"]
        if self._wants("messages-tuple"):
            yield "messages", [message, metadata]
        if self._wants("messages"):
            yield from self._partial(message, metadata)
        if self._wants("events"):
            yield "events", self._chain("on_chat_model_stream", "chat_model", {"chunk": message})

    def _partial(self, message: dict[str, Any], metadata: Any) -> Frames:
        identity = str(message.get("id") or "")
        if message.get("type") != "AIMessageChunk":
            yield "messages/complete", [message]
            return
        known = self._messages.get(identity)
        if known is None:
            yield "messages/metadata", {identity: {"metadata": metadata}}
        chunk = AIMessageChunk.model_validate(message)
        self._messages[identity] = chunk if known is None else known + chunk
        yield "messages/partial", [{**self._messages[identity].model_dump(mode="json"), "type": "ai"}]

    def _on_question(self, event: Event) -> Frames:
        told = event.payload
        self._questions.append(
            {
                "id": told["interrupt_id"],
                "value": told["payload"],
                "response_schema": told["response_schema"],
            }
        )
        yield from ()

    def _on_lifecycle(self, event: Event) -> Frames:
        """At the root's end: what is asked, in the modes that can say it, or what went wrong."""
        told = event.payload
        if event.namespace:
            return
        if self._wants("events") and told["event"] == "running":
            yield "events", self._chain("on_chain_start", told["graph_name"], {})
        if told["event"] in ("interrupted", "completed") and self._questions:
            yield from self._asked()
        if told["event"] == "failed" or told.get("error"):  # also a pause for want of money asks nothing
            error = told.get("error") or {}
            yield "error", {"error": error.get("code", "error"), "message": error.get("message", "")}
        if self._wants("events") and told["event"] == "completed":
            yield "events", self._chain("on_chain_end", told["graph_name"], {"output": self.values})

    def _asked(self) -> Frames:
        asked = {"__interrupt__": self._questions}
        if self._wants("updates") or not self._wants("values"):
            yield "updates", asked
        if self._wants("values"):
            yield "values", {**(self.values or {}), **asked}

    def _chain(self, word: str, name: str, data: Any) -> dict[str, Any]:
        """One event in the shape of LangChain's event stream."""
        return {
            "event": word, "name": name, "data": data, "run_id": self._run_id,
            "tags": [], "metadata": {"thread_id": self._thread_id}, "parent_ids": [],
        }  # fmt: skip


def _debug(event: Event, step: int, kind: str, payload: Any) -> dict[str, Any]:
    return {"step": step, "timestamp": event.at.isoformat(), "type": kind, "payload": payload}
