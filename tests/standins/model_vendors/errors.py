"""How a stand-in says no before anything is billed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Rejected(Exception):
    """A status and a body as the vendor sends them."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)
    code: str = ""

    def __str__(self) -> str:
        return f"{self.status} {self.code}".strip()


def openai_error(
    status: int,
    message: str,
    *,
    param: str | None = None,
    code: str | None = None,
    kind: str = "invalid_request_error",
) -> Rejected:
    """The body that OpenAI and DeepSeek share."""
    body = {"error": {"message": message, "type": kind, "param": param, "code": code}}
    return Rejected(status, body, code=code or "")


def google_error(
    code: int, status: str, message: str, details: list[dict[str, Any]] | None = None
) -> Rejected:
    """Google's body. `details` is left out where there are none."""
    body: dict[str, Any] = {"code": code, "message": message, "status": status}
    if details:
        body["details"] = details
    return Rejected(code, {"error": body}, code=status)
