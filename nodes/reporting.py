"""What a node tells the world while it works: custom events of one shape.

Events are not state: the server keeps them in its log and projects its records from them.
"""

from typing import Any

from langgraph.runtime import Runtime

from state.context import RunContext
from state.events import StoryEvent


def report(runtime: Runtime[RunContext], name: str, **payload: Any) -> None:
    """Write one event `{"name": ..., "payload": {...}}`; the payload holds JSON values only."""
    runtime.stream_writer({"name": name, "payload": payload})


def tell(runtime: Runtime[RunContext], event: StoryEvent) -> None:
    """Write an event that the server turns into records, see `state.events`."""
    runtime.stream_writer(event.as_custom())


def progress(
    runtime: Runtime[RunContext], stage: str, text: str, *, done: int = 0, total: int = 0,
    eta_s: float | None = None,
) -> None:  # fmt: skip
    """Say how far a stage is, in words and as `done` of `total`; `eta_s` more seconds where that is known."""
    known = {} if eta_s is None else {"eta_s": round(eta_s, 1)}
    report(runtime, "progress", stage=stage, text=text, done=done, total=total, **known)


def production_id(runtime: Runtime[RunContext]) -> str:
    """The production this node works for: the thread it runs on."""
    info = runtime.execution_info
    if info is None or not info.thread_id:
        raise ValueError("a production needs a thread: start the graph with a thread_id")
    return str(info.thread_id)


def task_id(runtime: Runtime[RunContext]) -> str:
    """The id of this node's execution; stable when a gate is resumed."""
    info = runtime.execution_info
    return str(info.task_id) if info else "no-task"
