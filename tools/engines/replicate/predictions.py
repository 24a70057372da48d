"""A prediction as Replicate tells it: raw JSON, for its own package fails on states that it does not know.

starting, processing and whatever is new   still going on
succeeded                                  there, refused (nothing came out), or forgotten
failed, canceled                           charged
aborted                                    stopped before it began: not charged
"""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from state.order import FailureKind
from tools.engines.base import JobStatus
from tools.engines.live.answer import said
from tools.engines.replicate.failures import kind_of_failure

Told = Mapping[str, Any]
FORGETS_AFTER = timedelta(hours=1)
"""Then what went in and came out is removed."""
PERCENT = re.compile(r"(\d{1,3})%\|")
"""How the models' logs show how far they are; the last one counts."""
NEARLY = 0.99


def job_status(told: Told, *, now: datetime) -> JobStatus:
    """Where the job is."""
    match told.get("status"):
        case "succeeded":
            return _succeeded(told, now)
        case "failed":
            words = said(told.get("error")) or "no reason was given"
            return _ended(kind_of_failure(words), f"Replicate's job failed: {words}")
        case "canceled":
            return _cancelled(told)
        case "aborted":
            return _ended("transient_job", "Replicate stopped the job before it began.", billed=False)
        case "starting":
            return JobStatus(state="queued")
    return JobStatus(state="running", progress=_progress(told))


def output_of(told: Told) -> str:
    """The address of the first file that came out; empty when none did."""
    output = told.get("output")
    first = output[0] if isinstance(output, list) and output else output
    return first if isinstance(first, str) else ""


def is_forgotten(told: Told, *, now: datetime) -> bool:
    """Whether input and output are removed."""
    ended = moment(told.get("completed_at"))
    old = ended is not None and now - ended >= FORGETS_AFTER
    return bool(told.get("data_removed")) or (old and told.get("output") is None)


def moment(text: object) -> datetime | None:
    """A time of Replicate's, None when it is none."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found if found is not None and found.tzinfo is not None else None


def _succeeded(told: Told, now: datetime) -> JobStatus:
    if output_of(told):
        return JobStatus(state="succeeded", progress=1.0)
    if is_forgotten(told, now=now):
        return _ended("expired", "Replicate has removed what the job made: it keeps it for an hour.")
    # An empty list, or null: this is how models answer that filter what they have drawn.
    return _ended(
        "refused", "Replicate's job ended well and gave nothing out: the model filtered its result."
    )


def _cancelled(told: Told) -> JobStatus:
    ended, deadline = moment(told.get("completed_at")), moment(told.get("deadline"))
    late = ended is not None and deadline is not None and ended >= deadline
    words = "it ran for longer than it was given" if late else "somebody asked for that"
    kind: FailureKind = "transient_job" if late else "internal"
    return JobStatus(
        state="cancelled", error=f"Replicate cancelled the job: {words}.", kind=kind, billed=True
    )


def _ended(kind: FailureKind, words: str, *, billed: bool = True) -> JobStatus:
    return JobStatus(state="failed", error=words, kind=kind, billed=billed)


def _progress(told: Told) -> float:
    shown = PERCENT.findall(str(told.get("logs") or "")[-4000:])
    return min(int(shown[-1]) / 100, NEARLY) if shown else 0.0
