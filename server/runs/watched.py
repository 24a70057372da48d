"""One drive of a run as figures, spans and log lines see it."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import structlog

from server.runs.events import Ending
from server.runs.slot import Claim
from tools.telemetry.meters import NODE_SECONDS, RUN_SECONDS, RUNS
from tools.telemetry.spans import Span, note, production_span_id, span, span_id_of
from tools.telemetry.tally import Tally, current_tally

log = structlog.stdlib.get_logger(__name__)
SCORES = {"GREEN": 1.0, "YELLOW": 0.5, "RED": 0.0}


@dataclass(frozen=True)
class Begun:
    """A node that is at work."""

    name: str
    parent_id: str
    clock: float
    at_ns: int


class RunWatch:
    """Made with the drive; `status` is how it ended, `handed_back` until something else is known."""

    def __init__(self, claim: Claim, run_id: str) -> None:
        self._claim = claim
        self._run_id = run_id
        self._production = claim.lease.production_id
        self._nodes: dict[str, Begun] = {}
        self._tally = Tally()
        self._error: Mapping[str, Any] = {}
        self._values: Mapping[str, Any] = {}
        self.status = "handed_back"

    @contextmanager
    def driven(self) -> Iterator[None]:
        """Around the whole drive: every log line inside says whose it is."""
        began, token = time.perf_counter(), current_tally.set(self._tally)
        self._tell_of_production()
        with structlog.contextvars.bound_contextvars(**self._names()), self._span() as told:
            log.info("run_driven", kind=self._claim.kind, attempt=self._claim.attempts)
            try:
                yield
            finally:
                current_tally.reset(token)
                self._tell(told, took_s=time.perf_counter() - began)

    def ended(self, ending: Ending, values: Mapping[str, Any]) -> None:
        """The run's end, or its pause, is stored."""
        self.status, self._error, self._values = ending.status, ending.error or {}, values

    def task(self, namespace: tuple[str, ...], chunk: Mapping[str, Any]) -> None:
        """A node began or ended, as the graph's stream says it."""
        if "triggers" in chunk:
            parent = self._span_id(namespace[-1].partition(":")[2]) if namespace else self._span_id()
            begun = Begun(chunk["name"], parent, time.perf_counter(), time.time_ns())
            self._nodes[chunk["id"]] = begun
        elif (was := self._nodes.pop(chunk["id"], None)) is not None:
            self._node_ended(chunk["id"], was, _outcome(chunk))

    def _node_ended(self, task_id: str, begun: Begun, outcome: str) -> None:
        took_s = time.perf_counter() - begun.clock
        NODE_SECONDS.labels(self._claim.graph, begun.name, outcome).observe(took_s)
        note(
            f"node {begun.name}", production=self._production, span_id=self._span_id(task_id),
            parent_id=begun.parent_id, began_ns=begun.at_ns, ended_ns=begun.at_ns + int(took_s * 1e9),
            failure=outcome if outcome in ("failed", "stopped") else "",
            node=begun.name, graph=self._claim.graph, run=self._run_id, outcome=outcome,
        )  # fmt: skip

    def _tell(self, told: Span, *, took_s: float) -> None:
        for task_id, begun in list(self._nodes.items()):  # those that were cut off
            self._node_ended(task_id, begun, "stopped")
        RUNS.labels(self._claim.graph, self.status).inc()
        RUN_SECONDS.labels(self._claim.graph, self.status).observe(took_s)
        told.tell(status=self.status, cost_micros=self._tally.billed_micros, orders=self._tally.orders)
        if self.status == "failed":
            told.failed(str(self._error.get("code", "")), str(self._error.get("message", "")))
        log.info(
            "run_ended", status=self.status, duration_ms=round(took_s * 1000, 1),
            cost_micros=self._tally.billed_micros, error_code=self._error.get("code"),
            quality_score=quality_score(self._values), framework=_framework(self._values),
        )  # fmt: skip

    def _tell_of_production(self) -> None:
        """The root of its trace, once and without a length: what waits weeks for a person is never sent."""
        if self._claim.lease.epoch == 1:
            now = time.time_ns()
            note(
                "production", production=self._production, span_id=production_span_id(self._production),
                parent_id="", began_ns=now, ended_ns=now, graph=self._claim.graph,
            )  # fmt: skip

    def _span(self) -> Any:
        claim = self._claim
        return span(
            "run", production=self._production, span_id=self._span_id(), run=self._run_id, graph=claim.graph,
            kind=claim.kind, attempt=claim.attempts, epoch=claim.lease.epoch, worker=claim.lease.owner,
            taken_over=claim.taken_over, replay=claim.replay_of is not None,
        )  # fmt: skip

    def _span_id(self, task_id: str = "") -> str:
        """Of a node of this drive; without one, of the drive itself."""
        return node_span_id(task_id or self._run_id, self._claim.lease.epoch)

    def _names(self) -> dict[str, str]:
        user = self._claim.lease.user_id
        # A production is what other systems call a session: S2-128 asks for that name.
        return {
            "production_id": self._production, "session_id": self._production, "run_id": self._run_id,
            "user_id": user, "graph": self._claim.graph,
        }  # fmt: skip


def node_span_id(task_id: str, epoch: int) -> str:
    """The span of a node's execution; each claim of its production runs it anew."""
    return span_id_of(task_id, epoch)


def quality_score(values: Mapping[str, Any]) -> float | None:
    """The share of the master's checks that are well, from 0 to 1; None before there are any."""
    quality = values.get("quality")
    checks = quality.get("checks") if isinstance(quality, Mapping) else None
    lights = [SCORES.get(str(one.get("light")), 0.0) for one in checks or [] if isinstance(one, Mapping)]
    return round(sum(lights) / len(lights), 3) if lights else None


def _framework(values: Mapping[str, Any]) -> str | None:
    """The advertising framework of a brief that has one."""
    brief = values.get("brief")
    named = brief.get("framework") if isinstance(brief, Mapping) else None
    return named if isinstance(named, str) else None


def _outcome(chunk: Mapping[str, Any]) -> str:
    if chunk["interrupts"]:
        return "asks"
    return "failed" if chunk["error"] else "done"
