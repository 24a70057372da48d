"""What a message says, to the byte: the same for every attempt, so that it can be compared."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID


def message_id(notice_id: str) -> str:
    """The `webhook-id`: of one endpoint and one event, the same for every attempt."""
    return f"msg_{UUID(notice_id).hex}"


def payload_of(notice: Mapping[str, Any], *, console: str) -> dict[str, Any]:
    """The payload in the shape of Standard Webhooks; the link leads to a page of ours and never expires."""
    happened: datetime = notice["happened_at"]
    data = dict(notice["data"])
    if data.get("production_id"):
        data["url"] = link_to(data["production_id"], console=console)
    return {
        "type": notice["type"],
        "timestamp": happened.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": data,
    }


def body_of(payload: Mapping[str, Any]) -> bytes:
    """The bytes that are signed and sent."""
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def link_to(production_id: str, *, console: str) -> str:
    """The production's page."""
    return f"{console}/productions/{production_id}"
