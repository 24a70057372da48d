"""Reads what Replicate is asked: the body of an order, headers, the query of a list. Raises `Rejected`."""

import base64
import re
from collections.abc import Mapping
from typing import Any

from tests.standins.job_vendors.clocks import moment_of
from tests.standins.job_vendors.jobs import Job
from tests.standins.job_vendors.models import Model, misfits
from tests.standins.job_vendors.replicate_words import bad_version, invalid, invalid_input, not_found

EVENTS = ("start", "output", "logs", "completed")
FIELDS = {"input", "version", "webhook", "webhook_events_filter", "stream", "webhook_completed"}


def asked_for(models: Mapping[str, Model], body: Any, official: str) -> tuple[Model, str]:
    """The model and the version that its predictions show. Raises `Rejected`."""
    if not isinstance(body, dict):
        raise invalid("input", "required", "input is required")
    if official:
        model = models.get(official)
        if model is None or not model.official:
            raise not_found()
        return model, model.shown_version or "hidden"
    asked = str(body.get("version") or "")
    if not asked:
        raise invalid("version", "required", "version is required")
    name, _, digest = asked.rpartition(":") if ":" in asked else ("", "", asked)
    for model in models.values():
        if digest in (model.full_version, *model.older) and name in ("", model.id):
            return model, digest
        if asked == model.id and model.official:
            return model, model.shown_version or "hidden"
    raise bad_version()


def check(body: dict[str, Any], model: Model) -> None:
    """Raise `Rejected` for a body that is no order."""
    unknown = sorted(set(body) - FIELDS)
    if unknown:  # [doc: additionalProperties false]
        raise invalid(unknown[0], "additional_property_not_allowed", "Additional property is not allowed")
    if not isinstance(body.get("input"), dict):
        raise invalid("input", "required", "input is required")
    hook = body.get("webhook")
    if hook is not None and not re.match(r"https://|http://(127\.0\.0\.1|localhost)[:/]", str(hook)):
        raise invalid("webhook", "format", "Does not match format 'uri' with https")
    wanted = body.get("webhook_events_filter") or []
    if not isinstance(wanted, list) or not set(wanted) <= set(EVENTS):
        raise invalid("webhook_events_filter", "enum", f"must be one of the following: {', '.join(EVENTS)}")
    if found := misfits(model, body["input"]):
        raise invalid_input(found)


def wait_s(prefer: str) -> float | None:
    """[doc: wait, or wait=n with n from 1 to 60]"""
    if not prefer:
        return None
    found = re.fullmatch(r"wait(=([1-9]|[1-5][0-9]|60))?", prefer)
    if found is None:
        raise invalid("prefer", "pattern", "Does not match wait=n with n from 1 to 60")
    return float(found[2] or 60)


def duration_s(text: str) -> float | None:
    """A duration such as 90, 5m or 1h30m45s, five seconds at least [doc]."""
    if not text:
        return None
    found = re.fullmatch(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?", text)
    seconds = (
        sum(int(part or 0) * unit for part, unit in zip(found.groups(), (3600, 60, 1), strict=True))
        if found
        else 0
    )
    if seconds < 5:
        raise invalid("cancel-after", "minimum", "The minimum allowed duration is 5 seconds")
    return float(seconds)


def moment_in(query: dict[str, str], name: str) -> float | None:
    try:
        return moment_of(query[name]) if name in query else None
    except ValueError:
        raise invalid(name, "format", "Does not match format 'date-time'") from None


def after_cursor(jobs: list[Job], cursor: str) -> int:
    if not cursor:
        return 0
    id = base64.urlsafe_b64decode(cursor).decode(errors="replace")
    return next((number + 1 for number, job in enumerate(jobs) if job.id == id), len(jobs))
