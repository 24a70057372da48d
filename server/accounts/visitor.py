"""Who is asking, once that is known."""

from dataclasses import dataclass
from typing import Literal

LOCAL_USER = "local"
Role = Literal["user", "admin"]


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A user and the way in which they proved to be that user."""

    user_id: str
    role: Role = "user"
    by: Literal["nothing", "access_token", "api_token", "cookie"]
    shown_as: str = ""
    login_id: str | None = None
    """The login that this belongs to; an API token belongs to none."""
    token_id: str | None = None
    """The API token that was sent."""


LOCAL = Visitor(user_id=LOCAL_USER, role="admin", by="nothing", shown_as="You")
"""Without accounts whoever reaches this process owns it."""
