"""Approved calls, as values."""

from pydantic import BaseModel


class ApprovedCall(BaseModel, frozen=True):
    """One line of an approved quote."""

    quote_id: str
    stage: str
    item: str
    digests: list[str]
    """Of what is paid about the call, then about its fallbacks."""
    ceiling_micros: int
