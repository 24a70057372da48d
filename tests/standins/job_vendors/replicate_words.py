"""Replicate's bodies: predictions, refusals, problems."""

import json
from collections.abc import Sequence
from typing import Any

from tests.standins.job_vendors.clocks import stamp
from tests.standins.job_vendors.jobs import Job, State
from tests.standins.job_vendors.models import Misfit, Model
from tests.standins.model_vendors.errors import Rejected

PROBLEM = {"content-type": "application/problem+json"}
STATUS: dict[State, str] = {
    "queued": "starting", "running": "processing", "succeeded": "succeeded", "failed": "failed",
    "canceled": "canceled", "aborted": "aborted",
}  # fmt: skip
KEPT_S = 3600.0
"""Inputs, outputs and logs are removed so long after the end [doc: OpenAPI copy, predictions.get]."""
WORDS = ["\n\n", "Here is", " a ha", "iku about", " llamas", ":\n\nF", "uzzy,", ""]


def prediction(
    job: Job, model: Model, url: str, now: float, output: Any, *, state: State | None = None
) -> dict[str, Any]:
    """A prediction as it is at this time; `state` is that of an event that has passed [rec, OpenAPI copy]."""
    state = state or job.state
    is_removed = job.ended_at is not None and now >= job.ended_at + KEPT_S
    here = f"{url}/v1/predictions/{job.id}"
    shown = output if state in ("running", "succeeded") and not is_removed else None
    told: dict[str, Any] = {
        "id": job.id, "model": model.shown_model or model.id, "version": job.version,
        "input": {} if is_removed else job.given, "logs": "" if is_removed else _logs(job, state),
        "output": shown, "data_removed": is_removed, "error": None, "status": STATUS[state],
        "created_at": stamp(job.created_at), "source": "api",
        "urls": {"cancel": f"{here}/cancel", "get": here, "web": f"https://replicate.com/p/{job.id}"},
    }  # fmt: skip
    if model.makes == "text":
        told["urls"]["stream"] = f"{url}/v1/streams/{job.id}"
    if job.deadline is not None:
        told["deadline"] = stamp(job.deadline)
    if job.started_at is not None and state != "queued":
        told["started_at"] = stamp(job.started_at)
    if job.ended_at is not None and state == job.state:
        told |= _ending(job, model)
    return told


def _ending(job: Job, model: Model) -> dict[str, Any]:
    ended = job.ended_at or job.created_at
    ran = max(ended - job.started_at, 0.0) if job.started_at is not None else 0.0
    metrics: dict[str, Any] = {"predict_time": ran, "total_time": ended - job.created_at}
    if job.state == "succeeded" and model.makes == "video":
        metrics["video_output_duration_seconds"] = float(job.input["duration"])
    told: dict[str, Any] = {"completed_at": stamp(ended), "metrics": metrics}
    if job.state == "failed":
        told["error"] = job.failure.get("error", "Prediction timed out")
    return told


def _logs(job: Job, state: State) -> str:
    if state == "queued" or job.started_at is None:
        return ""
    return f"Using seed: {job.seed}\nPrompt: {job.input.get('prompt', '')}\n"


def problem(status: int, detail: str, title: str = "", **more: Any) -> Rejected:
    """application/problem+json with detail and status, title optional [rec 401]."""
    named = {"title": title} if title else {}
    return Rejected(status, {**named, "detail": detail, "status": status, **more}, PROBLEM, title)


def unauthenticated() -> Rejected:
    """[rec error_401.yaml]"""
    return problem(401, "You did not pass a valid authentication token", "Unauthenticated")


def no_credit() -> Rejected:
    """[quoted: opencodeschool/opencode.school issue 211]"""
    detail = (
        "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing "
        "to purchase credit."
    )
    return Rejected(402, {"title": "Insufficient credit", "detail": detail}, PROBLEM, "Insufficient credit")


def throttled(retry_after_s: float | None, *, low: bool = True) -> Rejected:
    """[quoted_errors.json: throttled_low_credit; without a hint: design-facts 4]"""
    limit = "6 requests per minute with a burst of 1 requests while you have less than $5.0 in credit"
    detail = f"Request was throttled. Your rate limit for creating predictions is reduced to {limit}."
    if retry_after_s is None:
        return Rejected(429, {"detail": "Request was throttled."}, PROBLEM, "throttled")
    detail += f" Your rate limit resets in ~{retry_after_s:g}s."
    seconds = int(retry_after_s) if float(retry_after_s).is_integer() else retry_after_s
    return Rejected(429, {"detail": detail, "status": 429, "retry_after": seconds}, PROBLEM, "throttled")


def not_found() -> Rejected:
    """[inferred words; the SDK's tests have the status]"""
    return problem(404, "The requested resource could not be found.", "Not found")


def bad_version() -> Rejected:
    """[inferred words]"""
    detail = "The specified version does not exist (or perhaps you don't have permission to use it?)"
    return problem(422, detail, "Invalid version or not permitted")


def invalid(field: str, rule: str, why: str) -> Rejected:
    """A body that is wrong beside the input [inferred words]."""
    named = [{"type": rule, "field": field, "description": why}]
    return problem(422, f"- {field}: {why}\n", "Input validation failed", invalid_fields=named)


def invalid_input(found: Sequence[Misfit]) -> Rejected:
    """An input that does not fit the schema [inferred: remembered title, list and words]."""
    named = [
        {"type": _rule(one), "field": _field(one), "description": _why(one)} for one in found
    ]  # fmt: skip
    detail = "".join(f"- {one['field']}: {one['description']}\n" for one in named)
    return problem(422, detail, "Input validation failed", invalid_fields=named)


def _rule(one: Misfit) -> str:
    return {"type": "invalid_type"}.get(one.rule, one.rule)


def _field(one: Misfit) -> str:
    if one.rule == "required":
        return "input"
    return f"input.{one.field}" + (f".{one.index}" if one.index is not None else "")


def _why(one: Misfit) -> str:
    match one.rule:
        case "required":
            return f"{one.field} is required"
        case "type":
            return f"Invalid type. Expected: {one.allowed}, given: {_kind(one.value)}"
        case "enum":
            listed = ", ".join(json.dumps(value) for value in one.allowed)
            return f"{one.field} must be one of the following: {listed}"
        case "minimum":
            return f"Must be greater than or equal to {one.allowed}"
        case "maximum":
            return f"Must be less than or equal to {one.allowed}"
    return f"Does not match {one.rule} {json.dumps(one.allowed)}"


def _kind(value: Any) -> str:
    kinds = {str: "string", int: "integer", float: "number", bool: "boolean", list: "array", dict: "object"}
    return kinds.get(type(value), "null")
