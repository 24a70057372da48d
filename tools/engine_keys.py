"""Engines joined with the keys they are called with: a user's own first, then that of the process."""

from collections.abc import Collection
from dataclasses import replace
from typing import get_args

from pydantic import SecretStr

from state.errors import KeyMissing
from tools.ledger.rows import OrderRow
from tools.orders.keys import NO_KEY, EngineKey, Trouble
from tools.settings import Settings
from tools.vault.key_marks import KeyMarks
from tools.vault.provider_keys import ProviderKey, ProviderKeys
from tools.vault.providers import Provider

VARIABLES: dict[str, str] = {
    "replicate": "REPLICATE_API_TOKEN",
    "fal": "FAL_KEY",
    "google": "GOOGLE_API_KEY",
    "openai": "OPENAI_API_KEY",
}
"""Who makes picture or sound for a key, and where the process's own key is set."""


class ProvidersKeys:
    """Fits `tools.orders.keys.EngineKeys`."""

    def __init__(self, keys: ProviderKeys, settings: Settings) -> None:
        self._keys = keys
        self.ours = keys_of_process(settings)
        self._marks = KeyMarks()

    async def lend(self, row: OrderRow, *, but: Collection[str] = ()) -> EngineKey:
        """The key for an order that is about to be sent; with ids in `but` another one of the user's own.

        Raises:
            KeyMissing: neither the user nor the process has one that can be used now.
            VaultError: the user has one, and it cannot be opened.
        """
        if (named := _sold_for_a_key(row.provider)) is None:
            return NO_KEY
        own = await self._keys.key_for(row.user_id, named, but=but)
        if own is None and but:  # the process does not pay for what a key of the user's may not do
            raise _missing(row.provider)
        return await self._of_process(row) if own is None else _of_user(own)

    async def refuse_if_missing(self, user_id: str, provider: str) -> None:
        """Before there is an order: whether one of this user could be sent.

        Raises:
            KeyMissing, VaultError: as `lend`.
        """
        if (named := _sold_for_a_key(provider)) is None:
            return
        own = await self._keys.key_for(user_id, named)
        if own is None and provider not in self.ours:
            raise _missing(provider)

    async def lend_again(self, row: OrderRow) -> EngineKey:
        """The key that an order was sent with; another one of the same provider when it is gone.

        Raises:
            KeyMissing, VaultError: as `lend`.
        """
        if (named := _sold_for_a_key(row.provider)) is None:
            return NO_KEY
        if row.key_id is None:
            ours = await self._of_process(row)
            return replace(ours, is_other=row.key_mark not in (None, ours.mark))
        own = await self._keys.kept_key(row.user_id, named, row.key_id)
        if own is not None:
            return replace(_of_user(own), is_other=row.key_version not in (None, own.version))
        return replace(await self.lend(row), is_other=True)

    async def all_of(self, row: OrderRow) -> list[EngineKey]:
        """Every key that an order may have been sent with elsewhere, the one to send it with first.

        Raises:
            KeyMissing, VaultError: as `lend`, also where another of the user's own cannot be opened.
        """
        if (named := _sold_for_a_key(row.provider)) is None:
            return [NO_KEY]
        first = await self.lend(row)
        own = [_of_user(one) for one in await self._keys.kept_keys(row.user_id, named)]
        ours = [await self._of_process(row)] if row.provider in self.ours else []
        return [first, *(key for key in [*own, *ours] if key.key_id != first.key_id)]

    async def secret_for(self, provider: str, row: OrderRow) -> SecretStr | None:
        """The key of the account that an order's job belongs to; None where there is none any more."""
        try:
            return (await self.lend_again(row)).secret
        except KeyMissing:
            return None

    async def note_trouble(self, user_id: str, key: EngineKey, trouble: Trouble, *, rest_s: float) -> None:
        """A user's own key was not taken: the next `lend` gives another where there is one.

        One that is asked too fast rests only where another of the user's is there: it works again soon, and
        the place's key must not pay meanwhile.
        """
        if trouble == "rate_limited" and not await self._others(user_id, key):
            return
        await self._keys.note_trouble(user_id, key.own, trouble, rest_s=rest_s)

    async def _others(self, user_id: str, key: EngineKey) -> bool:
        rows = await self._keys.listed(user_id)
        mine = next((row["provider"] for row in rows if row["id"] == key.key_id), None)
        others = [row for row in rows if row["provider"] == mine and row["id"] != key.key_id]
        return any(row["status"] == "active" for row in others)

    async def providers_of(self, user_id: str) -> frozenset[str]:
        """Whom there is a key for: the user's own that may be used, or that of the process."""
        own = {
            str(row["provider"]) for row in await self._keys.listed(user_id) if row["status"] != "disabled"
        }
        return frozenset(name for name in VARIABLES if name in own or name in self.ours)

    async def _of_process(self, row: OrderRow) -> EngineKey:
        if (ours := self.ours.get(row.provider)) is None:
            raise _missing(row.provider)
        return EngineKey(ours, mark=await self._marks.of(row.provider, ours, row.call_key))


def _of_user(own: ProviderKey) -> EngineKey:
    return EngineKey(own.secret, own.id, own.version, own=own)


def keys_of_process(settings: Settings) -> dict[str, SecretStr]:
    """The keys that this process has from its environment, by provider."""
    keys = {
        "replicate": settings.replicate_api_token,
        "fal": settings.fal_key,
        "google": settings.google_api_key,
        "openai": settings.openai_api_key,
    }
    return {provider: key for provider, key in keys.items() if key is not None}


def _sold_for_a_key(provider: str) -> Provider | None:
    return next((name for name in get_args(Provider) if name == provider and name in VARIABLES), None)


def _missing(provider: str) -> KeyMissing:
    variable = VARIABLES[provider]
    return KeyMissing(
        f"There is no key for {provider} that can be used now.", provider=provider, kind="auth",
        user_action=f"Add a key of your own for {provider}, or choose a model of somebody else."
        f" Whoever runs this server can set {variable}.",
        details={"setting": variable},
    )  # fmt: skip
