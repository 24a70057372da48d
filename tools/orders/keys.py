"""Whose key a provider is called with: a user's own first, then that of the process."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from pydantic import SecretStr

from state.errors import KeyMissing, ModelWithheld, ProviderError
from tools.ledger.rows import OrderRow, SentWith

Trouble = Literal["rate_limited", "exhausted", "error"]
TROUBLES: dict[str, Trouble] = {"throttled": "rate_limited", "no_credit": "exhausted", "auth": "error"}
"""By the kind of a failure: what it says of the key."""
REST_S = 60.0
UNSEEN = "unseen_job"


@dataclass(frozen=True)
class EngineKey:
    """A key for one call."""

    secret: SecretStr | None = None
    """None for an engine that needs none."""
    key_id: str | None = None
    """Of a user's own key; None for that of the process."""
    version: int | None = None
    """How often it was replaced under the same id."""
    mark: str | None = None
    """Of a key of the process: tells it from another one, see `OrderRow.key_mark`."""
    own: Any = None
    """The user's own key, as the vault lent it."""
    is_other: bool = False
    """Whether the key that the order was sent with is gone, and this is another one."""

    @property
    def sent_with(self) -> SentWith:
        """By what an order that is sent with it knows it again."""
        return SentWith(self.key_id, self.version, self.mark)


NO_KEY = EngineKey()


class EngineKeys(Protocol):
    """Lends keys. The registry joins the vault and the settings."""

    async def lend(self, row: OrderRow, *, but: Collection[str] = ()) -> EngineKey:
        """The key for an order that is about to be sent; with ids in `but` another one of the user's own.

        Raises:
            KeyMissing: neither the user nor the process has one that can be used now.
            VaultError: the user has one, and it cannot be opened.
        """

    async def lend_again(self, row: OrderRow) -> EngineKey:
        """The key that an order was sent with; another one of the same provider when it is gone.

        Raises:
            KeyMissing, VaultError: as `lend`.
        """

    async def all_of(self, row: OrderRow) -> list[EngineKey]:
        """Every key that an order may have been sent with elsewhere, the one to send it with first.

        All of the user's own whatever their status, and the process's.

        Raises:
            KeyMissing, VaultError: as `lend`, also where another of the user's own cannot be opened.
        """

    async def note_trouble(self, user_id: str, key: EngineKey, trouble: Trouble, *, rest_s: float) -> None:
        """A user's own key was not taken: the next `lend` gives another where there is one."""


class NoKeys:
    """For engines that are on this machine."""

    async def lend(self, row: OrderRow, *, but: Collection[str] = ()) -> EngineKey:
        """None is needed."""
        return NO_KEY

    async def lend_again(self, row: OrderRow) -> EngineKey:
        """None is needed."""
        return NO_KEY

    async def all_of(self, row: OrderRow) -> list[EngineKey]:
        """None is needed."""
        return [NO_KEY]

    async def note_trouble(self, user_id: str, key: EngineKey, trouble: Trouble, *, rest_s: float) -> None:
        """There is none."""


async def try_another(
    keys: EngineKeys, row: OrderRow, key: EngineKey, error: ProviderError, withheld: set[str]
) -> bool:
    """Say what became of a user's own key; whether sending is worth another try with the next one.

    `withheld` are the ids of those that may not use this model: they stay in use for others.
    """
    trouble = TROUBLES.get(error.kind)
    if trouble is None or key.own is None:
        return False
    if isinstance(error, ModelWithheld):
        withheld.add(key.key_id or "")
    else:
        rest = error.details.get("retry_after_s")
        rest_s = float(rest) if isinstance(rest, int | float) else REST_S
        await keys.note_trouble(row.user_id, key, trouble, rest_s=rest_s)
    try:
        return (await keys.lend(row, but=withheld)).key_id != key.key_id
    except KeyMissing:
        return False


def of_another_account(error: ProviderError, key: EngineKey, row: OrderRow) -> ProviderError:
    """What a job's end means when it was asked about with another key than it was sent with.

    Another account does not see it, and that must not end an order that was paid.
    """
    if not key.is_other or error.kind not in ("expired", "invalid"):
        return error
    return KeyMissing(
        f"This was ordered with another key of {row.provider}, and the one that is there now does not see the"
        " job.",
        provider=row.provider, model=row.model, kind="auth", details={UNSEEN: row.call_key},
        user_action=f"Set the key of that {row.provider} account again: the job was paid.",
    )  # fmt: skip


def is_unseen(error: ProviderError) -> bool:
    """Whether it says no more than that another account does not see the job."""
    return UNSEEN in error.details
