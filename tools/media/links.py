"""Links to media that work for a while, for whoever holds them."""

import hashlib
import hmac

from state.errors import LinkExpired
from tools.clock import Clock


def sign_link(key: str, *, expires: int, secret: bytes) -> str:
    """The signature of a key until a second of the Unix clock."""
    return hmac.new(secret, f"{expires}\n{key}".encode(), hashlib.sha256).hexdigest()


def check_link(key: str, *, expires: int, signature: str, secret: bytes, clock: Clock) -> None:
    """Accept a link that we signed and that still runs.

    Raises:
        LinkExpired: too old or forged.
    """
    right = sign_link(key, expires=expires, secret=secret)
    if not hmac.compare_digest(right.encode(), signature.encode()):
        raise LinkExpired("this link was not made here")
    if clock.now().timestamp() >= expires:
        raise LinkExpired
