"""Tells the keys of a process apart without keeping one: an order knows again which it was sent with."""

import asyncio
import hashlib
import hmac

from pydantic import SecretStr

COST = 2**14
"""Rounds of scrypt: 16 MiB and some 50 ms for each guess at a key."""
MARK_BYTES = 16


class KeyMarks:
    """Makes marks. A key is derived once a process; its mark differs from order to order."""

    def __init__(self) -> None:
        self._derived: dict[str, tuple[SecretStr, bytes]] = {}

    async def of(self, provider: str, key: SecretStr, order: str) -> str:
        """32 letters that this key of the provider gives for this order, and another key does not.

        Whoever reads many of them sees neither a key nor which orders share one.
        """
        known = self._derived.get(provider)
        if known is None or known[0] != key:
            known = self._derived[provider] = (key, await asyncio.to_thread(_derived, provider, key))
        return hmac.digest(known[1], order.encode(), hashlib.sha256)[:MARK_BYTES].hex()


def _derived(provider: str, key: SecretStr) -> bytes:
    salt = f"greenlight key of the process\n{provider}".encode()
    return hashlib.scrypt(key.get_secret_value().encode(), salt=salt, n=COST, r=8, p=1, dklen=32)
