"""Fal's bodies: queue states, results, and its two kinds of errors."""

import json
from collections.abc import Sequence
from typing import Any

from tests.standins.job_vendors.clocks import stamp
from tests.standins.job_vendors.faults import Fault
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Misfit, Model
from tests.standins.model_vendors.errors import Rejected

DOCS = "https://docs.fal.ai/errors"
STATUS_OF = {
    "request_timeout": 504, "startup_timeout": 504, "runner_scheduling_failure": 503,
    "runner_connection_timeout": 503, "runner_disconnected": 503, "runner_connection_refused": 503,
    "runner_connection_error": 503, "runner_server_error": 500, "internal_error": 500,
}  # fmt: skip
"""[doc: request error types]"""
SAYS = {
    "request_timeout": "Request timed out", "startup_timeout": "Runner startup timed out",
    "runner_scheduling_failure": "No runner could be scheduled", "runner_disconnected": "Runner disconnected",
}  # fmt: skip
POLICY = "The content could not be processed because it contained material flagged by a content checker."


def addresses(job: Job, url: str) -> dict[str, str]:
    """Of the queue: owner and app without the path behind them [doc, src]."""
    base = f"{url}/{'/'.join(job.model.split('/')[:2])}/requests/{job.id}"
    return {"response_url": base, "status_url": f"{base}/status", "cancel_url": f"{base}/cancel"}


def submitted(job: Job, url: str) -> dict[str, Any]:
    """[quoted submit_shape; with a webhook the gateway's id, too: quoted webhook_submit_ack]"""
    told = {"status": "IN_QUEUE", "request_id": job.id, **addresses(job, url), "logs": None, "metrics": {},
            "queue_position": 0}  # fmt: skip
    return {**told, "gateway_request_id": job.id} if job.webhook else told


def status(job: Job, url: str, *, logs: bool) -> tuple[int, dict[str, Any]]:
    """202 until it is complete, then 200 [doc]. Complete is not good: error and error_type tell [src]."""
    told: dict[str, Any] = {"status": "IN_QUEUE", "request_id": job.id, **addresses(job, url)}
    if job.state == "queued":
        return 202, {**told, "queue_position": 0}
    line = {"message": "Running", "level": "INFO", "source": "USER", "timestamp": stamp(job.started_at or 0)}
    told["logs"] = [line] if logs else None
    if job.state == "running":
        return 202, {**told, "status": "IN_PROGRESS"}
    told |= {"status": "COMPLETED", "metrics": {"inference_time": ran_s(job)}}
    if job.state != "succeeded":
        no = rejection(job)
        told |= {"error": error_text(no), "error_type": no.code}
    return 200, told


def ran_s(job: Job) -> float:
    """Seconds of work."""
    return max((job.ended_at or 0) - (job.started_at or job.ended_at or 0), 0.0)


def error_text(no: Rejected) -> str:
    """One line, whatever the form."""
    detail = no.body["detail"]
    return detail if isinstance(detail, str) else str(detail[0]["msg"])


def rejection(job: Job) -> Rejected:
    """What the result of a job says that did not go well."""
    failure = job.failure
    if job.state in ("canceled", "aborted"):
        return request_error("request_cancelled", 499, "Request was cancelled")  # [inferred]
    if "detail" in failure:
        return model_error(failure["detail"], job)
    code = failure.get("error_type", "request_timeout")
    no = request_error(code, STATUS_OF.get(code, 500), SAYS.get(code, "Runner failed"))
    by_user = {"x-fal-request-timeout-type": "user"} if code == "request_timeout" and not failure else {}
    return Rejected(no.status, no.body, {**no.headers, "x-fal-request-id": job.id, **by_user}, code)


def request_error(code: str, status: int, says: str) -> Rejected:
    """The flat form: detail is a text [doc, quoted request_level_error]."""
    headers = {"x-fal-error-type": code, "x-fal-retryable": "true" if status >= 500 else "false"}
    return Rejected(status, {"detail": says, "error_type": code}, headers, code)


def model_error(detail: Sequence[dict[str, Any]], job: Job) -> Rejected:
    """The list form [doc]: 422, and not to be tried again."""
    headers = {
        "x-fal-error-type": detail[0]["type"], "x-fal-retryable": "false", "x-fal-request-id": job.id
    }  # fmt: skip
    return Rejected(422, {"detail": list(detail)}, headers, detail[0]["type"])


def policy(job_input: dict[str, Any]) -> dict[str, Any]:
    """[doc: content_policy_violation]"""
    named = {"loc": ["body", "prompt"], "msg": POLICY, "type": "content_policy_violation"}
    return {
        "detail": [{**named, "url": f"{DOCS}#content_policy_violation", "input": job_input.get("prompt")}]
    }


def unreadable(field: str, value: Any, why: str, *, fetched: bool) -> dict[str, Any]:
    """[doc: image_load_error, file_download_error]"""
    kind = "image_load_error" if fetched else "file_download_error"
    named = {"loc": ["body", field], "msg": f"Failed to load the image: {why}", "type": kind}
    return {"detail": [{**named, "url": f"{DOCS}#{kind}", "input": value}]}


RULES = {"required": "missing", "enum": "literal_error", "maximum": "less_than_equal",
         "minimum": "greater_than_equal", "minLength": "string_too_short", "maxLength": "string_too_long",
         "anyOf": "literal_error"}  # fmt: skip
LIMITS = {"maximum": "le", "minimum": "ge", "minLength": "min_length", "maxLength": "max_length"}


def invalid_input(found: Sequence[Misfit]) -> dict[str, Any]:
    """As pydantic writes it [doc: detail is a list of loc, msg, type, ctx, input]."""
    return {"detail": [_misfit(one) for one in found]}


def _misfit(one: Misfit) -> dict[str, Any]:
    kind = (
        RULES.get(one.rule)
        or f"{ {'integer': 'int', 'number': 'float', 'boolean': 'bool'}.get(one.allowed, one.allowed) }_type"
    )
    told: dict[str, Any] = {"loc": ["body", one.field], "msg": _says(one), "type": kind, "input": one.value}
    if one.rule in LIMITS:
        told["ctx"] = {LIMITS[one.rule]: one.allowed}
    elif one.rule == "enum":
        told["ctx"] = {"expected": " or ".join(repr(value) for value in one.allowed)}
    return told


def _says(one: Misfit) -> str:
    match one.rule:
        case "required":
            return "Field required"
        case "enum":
            return "Input should be " + " or ".join(repr(value) for value in one.allowed)
    return f"Input does not fit {one.rule} {json.dumps(one.allowed)}"


def unauthenticated() -> Rejected:
    """[inferred words]"""
    detail = "Cannot access application. Authentication is required to access this application."
    return Rejected(401, {"detail": detail}, {}, "unauthenticated")


def locked() -> Rejected:
    """The account is empty [inferred: 403 and its words]."""
    return Rejected(403, {"detail": "User is locked. Reason: Exhausted balance."}, {}, "locked")


def not_found(what: str) -> Rejected:
    return Rejected(404, {"detail": f"{what} not found"}, {}, "not found")


def busy(fault: Fault) -> Rejected:
    """429 [inferred words; a hint is a header, where there is one]."""
    hint = {} if fault.retry_after_s is None else {"retry-after": f"{fault.retry_after_s:g}"}
    return Rejected(429, {"detail": "Too many requests"}, {**hint, "x-fal-retryable": "true"}, "busy")


def listed(job: Job, model: Model, output: Any, *, payloads: bool) -> dict[str, Any]:
    """One line of the platform's list [doc: /v1/models/requests/by-endpoint]."""
    code = 200 if job.state == "succeeded" else rejection(job).status
    told: dict[str, Any] = {
        "request_id": job.id, "endpoint_id": model.id, "started_at": stamp(job.started_at or job.created_at),
        "sent_at": stamp(job.created_at), "ended_at": stamp(job.ended_at or 0), "status_code": code,
        "duration": (job.ended_at or 0) - job.created_at,
    }  # fmt: skip
    if payloads and job.keeps_payload:
        told |= {"json_input": job.given, "json_output": output}
    return told
