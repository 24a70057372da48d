"""Which key a call is made with, and what is said of one that was not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import SecretStr

from state.errors import ModelWithheld, ProviderError
from tools.models.catalog import TextProvider

Trouble = Literal["rate_limited", "exhausted", "error"]
TROUBLES: dict[str, Trouble] = {"throttled": "rate_limited", "no_credit": "exhausted", "auth": "error"}
"""By the kind of a failure: what it says of the key."""
REST_S = 60.0


@dataclass(frozen=True)
class LentKey:
    """A key for one call."""

    secret: SecretStr
    own: Any = None
    """The user's own key, as the vault lent it; None for that of the process."""


class KeyRing(Protocol):
    """Lends keys for one user. The registry joins the vault and the settings."""

    async def lend(self, provider: TextProvider, *, but: Sequence[LentKey] = ()) -> LentKey:
        """The key for the call that is about to be made; after those in `but` another one of the user's own.

        Raises:
            KeyMissing: there is none.
        """

    async def note_trouble(self, key: LentKey, trouble: Trouble, *, rest_s: float) -> None:
        """The vendor did not take this key; the next `lend` gives another where there is one."""


async def try_another(ring: KeyRing, key: LentKey, error: ProviderError, withheld: list[LentKey]) -> bool:
    """Say what became of a user's own key; whether the call is worth making with the next one.

    `withheld` are those that may not use this model: they stay in use for others.
    """
    trouble = TROUBLES.get(error.kind)
    if trouble is None or key.own is None:
        return False
    if isinstance(error, ModelWithheld):
        withheld.append(key)
        return True
    rest = error.details.get("retry_after_s")
    await ring.note_trouble(key, trouble, rest_s=float(rest) if isinstance(rest, int | float) else REST_S)
    return True
