"""A run as a LangGraph client asks for it, after its body was read and checked."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

import orjson

from server.runs.asked import RunOptions

Multitask = Literal["reject", "enqueue", "interrupt", "rollback"]


@dataclass(frozen=True, kw_only=True)
class Commission:
    """What a thread's first run makes of it: the production's own facts, checked by its graph's intake."""

    title: str = ""
    brief: dict[str, Any] = field(default_factory=dict)
    context: dict[str, Any] = field(default_factory=dict)
    novela_id: str | None = None
    episode_number: int | None = None
    ceiling_micros: int | None = None


@dataclass(frozen=True, kw_only=True)
class AskedRun:
    """One request for a run. `input` None means: go on from where the thread is."""

    user_id: str
    thread_id: str | None
    """None for a run without a thread of its own: it gets a throw-away one."""
    graph: str
    assistant_id: str
    input: dict[str, Any] | None = None
    resume: Any = None
    resumes: bool = False
    """Whether `resume` is an answer; None is one, too."""
    options: RunOptions = field(default_factory=RunOptions)
    commission: Commission = field(default_factory=Commission)
    limits: dict[str, str] = field(default_factory=dict)
    """What the request itself, and not its assistant, says a production may cost: not a run's to change."""
    metadata: dict[str, Any] = field(default_factory=dict)
    kwargs: dict[str, Any] = field(default_factory=dict)
    """The body as it is shown again in the run."""
    multitask: Multitask | None = None
    if_not_exists: Literal["create", "reject"] = "reject"
    after_seconds: float = 0
    keeps_thread: bool = True
    idempotency_key: str = ""
    command: int | None = None
    """The number that a client gave its command; it sends a repeat with the same one."""
    retries_by_itself: bool = True
    """Whether the client may send a request again without saying so: then the body is the key."""

    @property
    def strategy(self) -> Multitask:
        """What happens when the thread is busy."""
        return self.multitask or "enqueue"

    @property
    def digest(self) -> str:
        """The same for the same request: of the client's key, or of the body where there is none.

        A body that names its strategy is meant as often as it is sent, unless it is numbered.
        """
        once = self.command is not None or self.multitask in (None, "reject")
        derived = self.retries_by_itself and once
        if not self.idempotency_key and not derived:
            return ""
        body = {"input": self.input, "resume": self.resume, "resumes": self.resumes, "kwargs": self.kwargs}
        told: Any = self.idempotency_key or (
            body if self.command is None else body | {"command": self.command}
        )
        text = orjson.dumps([self.thread_id, self.graph, told], option=orjson.OPT_SORT_KEYS, default=str)
        return hashlib.sha256(text).hexdigest()
