"""Turns what a graph streams into events with ids that come from checkpoints and tasks.

The order inside one namespace is langgraph's: a task's `updates` come right before its finished
`tasks` chunk, the `values` of a step right before its `checkpoints` chunk. So a chunk without an
id of its own takes that of the chunk after it.
"""

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import AIMessageChunk, BaseMessage, BaseMessageChunk
from langgraph.types import StreamMode

from server.runs.events import Draft
from tools.redaction import REDACT

Namespace = tuple[str, ...]
PUSHED = "__pregel_push"
"""How langgraph names the trigger of a task that was sent to its node."""
STREAM_MODES: list[StreamMode] = ["values", "updates", "custom", "tasks", "checkpoints", "messages"]


class Recorder:
    """Collects the events of one drive of one run, and what the run's end needs to know."""

    def __init__(self, *, run_id: str, epoch: int, graph_name: str) -> None:
        self.run_id = run_id
        self.epoch = epoch
        self.graph_name = graph_name
        self.values: dict[str, Any] | None = None
        """The root's state as last seen."""
        self.interrupts: dict[str, dict[str, Any]] = {}
        """Pending interrupts by id, each with the namespace it was raised in."""
        self.left_over: list[str] = []
        """The root's next nodes after the newest checkpoint: not empty at a breakpoint."""
        self.stage: str | None = None
        """The node of the root that began last."""
        self._values: dict[Namespace, Any] = {}
        self._updates: dict[Namespace, Any] = {}
        self._open: dict[Namespace, str] = {}
        self._askers: dict[str, str] = {}
        self._count = 0
        self._read = {
            "values": self._on_values,
            "updates": self._on_updates,
            "tasks": self._on_tasks,
            "checkpoints": self._on_checkpoints,
            "custom": self._on_custom,
            "messages": self._on_messages,
        }

    def begin(self) -> list[Draft]:
        """The first event of a run."""
        return [self.lifecycle("running", status="running")]

    def record(self, namespace: Namespace, mode: str, chunk: Any) -> list[Draft]:
        """The events of one streamed chunk."""
        opened = [] if not namespace or namespace in self._open else self._open_subgraph(namespace)
        return opened + self._read[mode](namespace, chunk)

    def end(self, event: str, status: str, error: dict[str, Any] | None = None) -> list[Draft]:
        """The last events of a run: questions first, open subgraphs next, the root's end last."""
        drafts = self._left_over_values()
        drafts += [self._question(one) for one in self.interrupts.values()] if status == "paused" else []
        for namespace in sorted(self._open, key=len, reverse=True):
            drafts.append(self.lifecycle(event, namespace=namespace))
        self._open.clear()
        return [*drafts, self.lifecycle(event, status=status, error=error)]

    def lifecycle(
        self,
        event: str,
        *,
        namespace: Namespace = (),
        status: str | None = None,
        error: dict[str, Any] | None = None,
    ) -> Draft:
        name = self._open.get(namespace, self.graph_name)
        payload: dict[str, Any] = {"event": event, "graph_name": name}
        if status is not None:
            payload["status"] = status
        if error is not None:
            payload["error"] = error
        at = "|".join(namespace)
        return Draft(f"lifecycle:{self.run_id}:{at}:{event}", "lifecycle", payload, namespace)

    def _open_subgraph(self, namespace: Namespace) -> list[Draft]:
        self._open[namespace] = namespace[-1].split(":")[0]
        return [self.lifecycle("started", namespace=namespace)]

    def _close_subgraphs(self, namespace: Namespace, task: Mapping[str, Any]) -> list[Draft]:
        inner = (*namespace, f"{task['name']}:{task['id']}")
        if inner not in self._open or task["interrupts"]:
            return []
        closed = self.lifecycle("failed" if task["error"] else "completed", namespace=inner)
        del self._open[inner]
        return [closed]

    def _on_values(self, namespace: Namespace, chunk: Any) -> list[Draft]:
        if isinstance(chunk, dict) and "__interrupt__" in chunk:
            return []  # told by `input.requested`
        self._values[namespace] = chunk
        if not namespace:
            self.values = chunk
        return []

    def _on_updates(self, namespace: Namespace, chunk: Any) -> list[Draft]:
        if "__interrupt__" in chunk:
            for interrupt in chunk["__interrupt__"]:
                self._remember(namespace, interrupt)
            return []
        if chunk.get("__metadata__", {}).get("cached"):
            return []  # logged when the task ran
        self._updates[namespace] = chunk
        return []

    def _remember(self, namespace: Namespace, interrupt: Any) -> None:
        known = self.interrupts.get(interrupt.id)
        if known is None or len(namespace) > len(known["namespace"]):
            self.interrupts[interrupt.id] = {
                "id": interrupt.id,
                "value": interrupt.value,
                "response_schema": interrupt.response_schema,
                "namespace": list(namespace),
                "task_id": root_task(namespace) or self._askers.get(interrupt.id, ""),
            }

    def _asked_by(self, task: Mapping[str, Any]) -> None:
        """Which task of the root asks: clients find a question by it."""
        for interrupt in task["interrupts"]:
            self._askers[interrupt["id"]] = task["id"]
            if (known := self.interrupts.get(interrupt["id"])) is not None:
                known["task_id"] = task["id"]

    def _question(self, interrupt: dict[str, Any]) -> Draft:
        payload = {
            "interrupt_id": interrupt["id"],
            "payload": interrupt["value"],
            "response_schema": interrupt["response_schema"],
        }
        event_id = f"input:{self.run_id}:{interrupt['id']}"
        return Draft(event_id, "input.requested", payload, tuple(interrupt["namespace"]))

    def _on_tasks(self, namespace: Namespace, task: Any) -> list[Draft]:
        if "triggers" in task:
            if not namespace:
                self.stage = task["name"]
            return [self._task_started(namespace, task)]
        delta = self._updates.pop(namespace, None)
        drafts = self._close_subgraphs(namespace, task)
        if task["interrupts"]:
            if not namespace:
                self._asked_by(task)
            return drafts
        if delta is not None:
            drafts.append(Draft(f"updates:{self.run_id}:{task['id']}", "updates", delta, namespace))
        error = REDACT.text(str(task["error"])) if task["error"] else None
        payload = {"id": task["id"], "name": task["name"], "error": error, "interrupts": []}
        # A step that failed of what passes by itself is done again, and then has an end of its own.
        how = f"failed:{self.epoch}" if error else "end"
        return [*drafts, Draft(f"tasks:{self.run_id}:{task['id']}:{how}", "tasks", payload, namespace)]

    def _task_started(self, namespace: Namespace, task: Any) -> Draft:
        payload = {"id": task["id"], "name": task["name"], "triggers": list(task["triggers"])}
        if PUSHED in payload["triggers"]:
            payload["input"] = task["input"]
        return Draft(f"tasks:{self.run_id}:{task['id']}:start", "tasks", payload, namespace)

    def _on_checkpoints(self, namespace: Namespace, chunk: Any) -> list[Draft]:
        if not namespace:
            self.left_over = list(chunk["next"])
        values = self._values.pop(namespace, None)
        if chunk["metadata"]["source"] == "input":
            values = None  # a drive that begins again shows the state before the input, as nobody else saw it
        return checkpoint_drafts(self.run_id, namespace, chunk, values)

    def _left_over_values(self) -> list[Draft]:
        """State seen at a pause, with what finished siblings wrote; it has no checkpoint of its own."""
        return [
            Draft(f"values:{self.run_id}:{'|'.join(namespace)}:end", "values", state, namespace)
            for namespace, state in self._values.items()
        ]

    def _on_custom(self, namespace: Namespace, chunk: Any) -> list[Draft]:
        self._count += 1
        event_id = f"custom:{self.run_id}:{self.epoch}:{self._count}"
        return [Draft(event_id, "custom", chunk, namespace)]

    def _on_messages(self, namespace: Namespace, chunk: tuple[BaseMessage, dict[str, Any]]) -> list[Draft]:
        message, metadata = chunk
        self._count += 1
        last = not isinstance(message, BaseMessageChunk) or (
            isinstance(message, AIMessageChunk) and message.chunk_position == "last"
        )
        payload = {"message": message, "metadata": metadata, "last": last}
        return [Draft(f"messages:{self.run_id}:{self.epoch}:{self._count}", "messages", payload, namespace)]


def checkpoint_drafts(
    run_id: str, namespace: Namespace, chunk: Mapping[str, Any], values: Any
) -> list[Draft]:
    """A stored checkpoint and, before it, the state it holds."""
    checkpoint_id = chunk["config"]["configurable"]["checkpoint_id"]
    parent = (chunk["parent_config"] or {}).get("configurable", {}).get("checkpoint_id")
    payload = {
        "id": checkpoint_id,
        "parent_id": parent,
        "step": chunk["metadata"]["step"],
        "source": chunk["metadata"]["source"],
        "next": list(chunk["next"]),
        "tasks": [{"id": task["id"], "name": task["name"]} for task in chunk["tasks"]],
    }
    state = [] if values is None else [Draft(f"values:{run_id}:{checkpoint_id}", "values", values, namespace)]
    return [*state, Draft(f"checkpoints:{run_id}:{checkpoint_id}", "checkpoints", payload, namespace)]


def root_task(namespace: Namespace) -> str:
    """The root's task that a namespace lies in; empty for the root itself."""
    return namespace[0].partition(":")[2] if namespace else ""
