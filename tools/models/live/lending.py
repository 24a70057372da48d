"""A key in the moment of its call: no client holds one, it is written into each request as that leaves.

So a user's own key is in memory only while it is used, and clients are shared by everybody (S5-135).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from pydantic import SecretStr

from tools.redaction import REDACT

NO_KEY = SecretStr("is-written-into-each-request")
"""What clients hold instead of a key; a vendor that ever saw it would refuse it."""
_LENT: ContextVar["_Hand | None"] = ContextVar("_LENT", default=None)
WAYS = {"authorization": "Bearer {}", "x-goog-api-key": "{}"}
"""How vendors are told a key."""


class _Hand:
    """Holds the key for one call. Connections keep the context in which they were made, and live longer."""

    def __init__(self, key: SecretStr) -> None:
        self.key: SecretStr | None = key


class Headers(Protocol):
    """What httpx and httpx2 have in common."""

    def get(self, key: str) -> str | None:
        """One header."""

    def __setitem__(self, key: str, value: str) -> None: ...


class Request(Protocol):
    """A request of httpx or httpx2."""

    @property
    def headers(self) -> Headers:
        """Its headers, which may be changed."""


@contextmanager
def lent(key: SecretStr) -> Iterator[None]:
    """Requests that leave inside carry this key. What quotes it is redacted, now and later."""
    hand = _Hand(key)
    token = _LENT.set(hand)
    try:
        # A refusal may quote the key, and words of refusals are written down.
        with REDACT.knowing(key.get_secret_value()):
            yield
    finally:
        hand.key = None
        _LENT.reset(token)


async def hand_over(request: Request) -> None:
    """A hook for httpx: this request leaves."""
    hand = _LENT.get()
    key = hand.key if hand is not None else None
    for name, way in WAYS.items():
        if key is not None and request.headers.get(name) == way.format(NO_KEY.get_secret_value()):
            request.headers[name] = way.format(key.get_secret_value())
