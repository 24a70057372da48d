"""Users' own keys at providers: sealed when they come, opened in the moment of a call and nowhere else.

A key that was looked up is for that one call. It must not get into state, `configurable`, an event or
a log: all of them are written down.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import DictRow
from pydantic import SecretStr

from state.errors import RecordConflict, RecordNotFound
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.settings import Settings
from tools.vault.master_keys import read_master_keys
from tools.vault.providers import Provider, check_key, check_label, last_four
from tools.vault.vault import Sealed, Vault

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST = 50
NOTE_USE_EVERY = timedelta(minutes=1)
"""Who calls a hundred times a second need not write a hundred rows."""
REST_S = 60.0
Switched = Literal["active", "disabled"]
Trouble = Literal["rate_limited", "exhausted", "error"]
"""What a provider says of a key: later, no credit left, not taken."""
Status = Literal[Switched, Trouble]


@dataclass(frozen=True)
class ProviderKey:
    """A key for one call, and what to name it by if the provider does not take it."""

    id: str
    label: str
    version: int
    secret: SecretStr


class ProviderKeys:
    """Keeps, lends and forgets; every call is by user."""

    def __init__(self, database: Database, clock: Clock, *, open_vault: Callable[[], Vault]) -> None:
        self._database = database
        self._clock = clock
        self._open_vault = open_vault
        self._vault: Vault | None = None

    async def add(self, user_id: str, *, provider: Provider, label: str, key: SecretStr) -> DictRow:
        """Keep a key, behind the others of its provider; its row, which cannot tell it.

        Raises:
            KeyRefused: the key or the label cannot be one; names which, and the fix.
            RecordConflict: there is a key with this label, or there are too many.
            VaultClosed: this server has no master key.
        """
        check_key(provider, key)
        check_label(label, key)
        key_id = str(uuid.uuid4())
        sealed = (await self.vault()).seal(key, user_id=user_id, provider=provider, row=key_id)
        async with self._changing(user_id) as connection:
            counted = await (await connection.execute(SQL["count"], {"user": user_id})).fetchone()
            if counted is not None and counted["kept"] >= MOST:
                raise RecordConflict(
                    f"You have {MOST} provider keys already.", user_action="Delete one that is not used."
                )
            named = {
                "id": key_id, "user": user_id, "provider": provider, "label": label,
                "now": self._clock.now(), **_columns(sealed, key),
            }  # fmt: skip
            if await (await connection.execute(SQL["add"], named)).fetchone() is None:
                raise _label_taken(label)
            return await _row(connection, user_id, key_id)

    async def listed(self, user_id: str, *, provider: Provider | None = None) -> list[DictRow]:
        """A user's keys in the order in which they are tried, without what is secret of them."""
        return await self._database.fetch_all(SQL["list"], {"user": user_id, "provider": provider})

    async def change(
        self,
        user_id: str,
        key_id: str,
        *,
        label: str | None = None,
        status: Switched | None = None,
        position: int | None = None,
    ) -> DictRow:
        """Name it, switch it on or off, move it among those of its provider; None leaves as it is.

        Raises:
            RecordNotFound: this user has no such key.
            KeyRefused: the label cannot be one.
            RecordConflict: another key of this provider has the label.
        """
        if label is not None:
            check_label(label)
        named = {"id": key_id, "user": user_id, "label": label, "status": status, "position": position}
        try:
            async with self._changing(user_id) as connection:
                await connection.execute(SQL["change"], named)
                if position is not None:
                    await connection.execute(SQL["move"], named)
                return await _row(connection, user_id, key_id)
        except psycopg.errors.UniqueViolation as exc:
            raise _label_taken(label or "") from exc

    async def replace(self, user_id: str, key_id: str, *, key: SecretStr) -> DictRow:
        """Put another key in its place: label and order stay, the next call uses it.

        Raises:
            RecordNotFound: this user has no such key.
            KeyRefused: this cannot be a key.
            VaultClosed: this server has no master key.
        """
        vault = await self.vault()
        async with self._changing(user_id) as connection:
            row = await _row(connection, user_id, key_id)
            check_key(row["provider"], key)
            check_label(row["label"], key)
            sealed = vault.seal(key, user_id=user_id, provider=row["provider"], row=row["id"])
            named = {"id": key_id, "user": user_id, "now": self._clock.now(), **_columns(sealed, key)}
            await connection.execute(SQL["replace"], named)
            return await _row(connection, user_id, key_id)

    async def remove(self, user_id: str, key_id: str) -> None:
        """Forget it for good.

        Raises:
            RecordNotFound: this user has no such key.
        """
        async with self._changing(user_id) as connection:
            gone = await (await connection.execute(SQL["remove"], {"id": key_id, "user": user_id})).fetchone()
        if gone is None:
            raise _no_such_key()

    async def key_for(
        self, user_id: str, provider: Provider, *, but: Collection[str] = ()
    ) -> ProviderKey | None:
        """The first active key of a user at a provider, for the call that is about to be made; none of `but`.

        One that was to rest is active again when it has. None when the user has no active key: then the
        key of the process counts, if it has one.

        Raises:
            VaultClosed, MasterKeyAbsent, KeyDamaged: there is one, and it cannot be opened.
        """
        now = self._clock.now()
        named = {"user": user_id, "provider": provider, "now": now, "but": list(but)}
        row = await self._database.fetch_one(SQL["first_active"], named)
        if row is None:
            return None
        found = await self._opened(row, user_id, provider)
        used = row["last_used_at"]
        if used is None or now - used >= NOTE_USE_EVERY or row["status"] != "active":
            await self._database.execute(SQL["note_use"], {**_naming(user_id, found), "now": now})
        return found

    async def kept_key(self, user_id: str, provider: Provider, key_id: str) -> ProviderKey | None:
        """This very key of a user, whatever its status: to ask about what was ordered with it.

        None when it is gone. What replaced it under the same id is taken for it.

        Raises:
            VaultClosed, MasterKeyAbsent, KeyDamaged: it cannot be opened.
        """
        named = {"user": user_id, "provider": provider, "id": key_id}
        row = await self._database.fetch_one(SQL["kept"], named)
        return None if row is None else await self._opened(row, user_id, provider)

    async def kept_keys(self, user_id: str, provider: Provider) -> list[ProviderKey]:
        """All keys of a user at a provider in their order, whatever their status: to ask what was ordered.

        Raises:
            VaultClosed, MasterKeyAbsent, KeyDamaged: one of them cannot be opened.
        """
        rows = await self._database.fetch_all(SQL["all_kept"], {"user": user_id, "provider": provider})
        return [await self._opened(row, user_id, provider) for row in rows]

    async def _opened(self, row: DictRow, user_id: str, provider: Provider) -> ProviderKey:
        sealed = Sealed(row["master_key_id"], row["iv"], row["ciphertext"])
        vault = await self.vault()
        secret = vault.open(sealed, user_id=user_id, provider=provider, row=str(row["key_id"]))
        return ProviderKey(str(row["key_id"]), row["label"], row["version"], secret)

    async def note_trouble(
        self, user_id: str, key: ProviderKey, trouble: Trouble, *, rest_s: float = REST_S
    ) -> bool:
        """Pass this key over: for `rest_s` when it is `rate_limited`, else until its owner sees to it.

        False when it has been replaced or switched off since: then nothing is said of the new one.
        """
        rests = self._clock.now() + timedelta(seconds=rest_s) if trouble == "rate_limited" else None
        named = {**_naming(user_id, key), "status": trouble, "rests_until": rests}
        return await self._database.fetch_one(SQL["note_trouble"], named) is not None

    async def vault(self) -> Vault:
        """What seals and opens; the master keys are read once, at the first need.

        Raises:
            SettingInvalid, VaultClosed, FolderUnwritable: as `read_master_keys`.
        """
        if self._vault is None:
            self._vault = await asyncio.to_thread(self._open_vault)
        return self._vault

    @asynccontextmanager
    async def _changing(self, user_id: str) -> AsyncIterator[AsyncConnection[DictRow]]:
        async with self._database.transaction() as connection:
            if await (await connection.execute(SQL["lock"], {"user": user_id})).fetchone() is None:
                raise RecordNotFound("There is no such account any more.")
            yield connection


def open_provider_keys(settings: Settings, database: Database, clock: Clock) -> ProviderKeys:
    """The keys of everybody who uses this process; their master key is asked for at the first need."""
    return ProviderKeys(database, clock, open_vault=lambda: Vault(read_master_keys(settings)))


async def _row(connection: AsyncConnection[DictRow], user_id: str, key_id: str) -> DictRow:
    row = await (await connection.execute(SQL["one"], {"user": user_id, "id": key_id})).fetchone()
    if row is None:
        raise _no_such_key()
    return row


def _columns(sealed: Sealed, key: SecretStr) -> dict[str, Any]:
    return {
        "master_key_id": sealed.master_key_id, "iv": sealed.iv, "ciphertext": sealed.ciphertext,
        "last_four": last_four(key),
    }  # fmt: skip


def _naming(user_id: str, key: ProviderKey) -> dict[str, Any]:
    return {"user": user_id, "id": key.id, "version": key.version}


def _label_taken(label: str) -> RecordConflict:
    return RecordConflict(
        f"label: there is a key called {label!r} for this provider already.",
        user_action="Choose another label, or replace that key.",
    )


def _no_such_key() -> RecordNotFound:
    return RecordNotFound("There is no such provider key.")
