"""One job: what was ordered, and what has become of it by a given time."""

from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from tests.standins.job_vendors.faults import NO_FAULT, Fault
from tests.standins.model_vendors.signals import Signal

State = Literal["queued", "running", "succeeded", "failed", "canceled", "aborted"]
FINAL: tuple[State, ...] = ("succeeded", "failed", "canceled", "aborted")
NOT_KEPT = ("done", "hold", "events", "start_hold")


@dataclass
class Job:
    """Times are seconds since 1970 by the vendor's clock."""

    id: str
    vendor: str
    model: str
    key: str
    given: dict[str, Any]
    """The input as it was sent."""
    input: dict[str, Any]
    """The same with the schema's defaults."""
    created_at: float
    starts_at: float
    ends_at: float | None
    """None: it does not end by itself."""
    seed: int
    deadline: float | None = None
    """Stopped then, whatever it does."""
    start_by: float | None = None
    """Given up when it has not started by then."""
    stops_at: float | None = None
    """The vendor's own limit for what runs."""
    fault: Fault = NO_FAULT
    webhook_fault: Fault = NO_FAULT
    webhook: str = ""
    events_wanted: list[str] = field(default_factory=list)
    version: str = ""
    failure: dict[str, Any] = field(default_factory=dict)
    """What it will fail with, or has failed with, in the vendor's words; empty when it goes well."""
    ignored: list[str] = field(default_factory=list)
    """Fields that the schema does not have, taken in silence."""
    files: int = 1
    expires_s: float | None = None
    """How long its files live from their making on; None: for ever."""
    keeps_payload: bool = True
    start_size: tuple[int, int] | None = None
    """Of the first picture or clip that was sent along."""
    clip_s: float = 0.0
    """How long the clip is that was sent along."""
    state: State = "queued"
    started_at: float | None = None
    ended_at: float | None = None
    hold: Signal | None = None
    """While this is not set, it does not end."""
    start_hold: Signal | None = None
    """While this is not set, it does not start."""
    events: list[tuple[str, State]] = field(default_factory=list)
    """What webhooks have still to tell."""
    done: Signal = field(default_factory=Signal)

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def turn(self, now: float) -> bool:
        """Let it become what it is at this time; whether anything changed."""
        before = self.state
        if self.state == "queued" and not self._given_up(now):
            self._start(now)
        if self.state == "running":
            self._run_on(now)
        return self.state != before

    def _given_up(self, now: float) -> bool:
        started = self.starts_at <= now and (self.start_hold is None or self.start_hold.is_set)
        limits = [moment for moment in (self.deadline, self.start_by) if moment is not None and moment <= now]
        if not limits or (started and self.starts_at < min(limits)):
            return False
        self._end("aborted" if min(limits) == self.deadline else "failed", min(limits))
        return True

    def _start(self, now: float) -> None:
        if self.starts_at <= now and (self.start_hold is None or self.start_hold.is_set):
            self.state = "running"
            self.started_at = now if self.start_hold is not None else self.starts_at
            self.events.append(("start", self.state))

    def _run_on(self, now: float) -> None:
        held = self.hold is not None and not self.hold.is_set
        end = None if held or self.ends_at is None or self.ends_at > now else self.ends_at
        stops = [moment for moment in (self.deadline, self.stops_at) if moment is not None and moment <= now]
        if stops and (end is None or min(stops) < end):
            self._end("canceled" if min(stops) == self.deadline else "failed", min(stops))
        elif end is not None:
            self._end("failed" if self.failure else "succeeded", now if self.hold is not None else end)

    def cancel(self, now: float) -> None:
        """Stop it, unless it is over."""
        self.turn(now)
        if not self.is_final:
            self._end("canceled" if self.state == "running" else "aborted", now)

    def _end(self, state: State, at: float) -> None:
        if state == "succeeded":
            self.events += [("logs", "running"), ("output", "running")]
        self.state, self.ended_at = state, at
        self.events.append(("completed", state))

    def next_moment(self) -> float | None:
        """When something may happen next."""
        moments = [self.deadline, self.start_by if self.state == "queued" else self.stops_at]
        moments.append(self.starts_at if self.state == "queued" else self.ends_at)
        return min((moment for moment in moments if moment is not None), default=None)

    def waits_for(self) -> Signal | None:
        """The signal without which it does not go on."""
        signal = self.start_hold if self.state == "queued" else self.hold
        return signal if signal is not None and not signal.is_set else None

    def record(self) -> dict[str, Any]:
        """All that a process after this one has to know."""
        plain = replace(self, done=Signal(), hold=None, start_hold=None, fault=_bare(self.fault),
                        webhook_fault=_bare(self.webhook_fault), events=[])  # fmt: skip
        values = {name: getattr(plain, name) for name in plain.__dataclass_fields__ if name not in NOT_KEPT}
        return {name: asdict(value) if isinstance(value, Fault) else value for name, value in values.items()}

    @classmethod
    def of_record(cls, record: dict[str, Any]) -> "Job":
        """What another process had written down."""
        faults = {name: Fault(**record[name]) for name in ("fault", "webhook_fault")}
        size = record.get("start_size")
        job = cls(**{**record, **faults, "start_size": tuple(size) if size else None})
        if job.is_final:
            job.done.set()
        return job


def _bare(fault: Fault) -> Fault:
    return replace(fault, release=None, before_piece=None)
