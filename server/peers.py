"""Processes on one database must sign and seal with the same secrets, and keep media in the same place.

Each shows marks of its own, as advisory locks on the connection that it listens with: the database
forgets them with the process, so nobody is compared with one that is gone. A mark is 31 bits of a digest.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection

from server.accounts.signing import signing_keys
from state.errors import GreenlightError, SettingInvalid, VaultClosed
from tools.db.doctor import Check
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.media.links import link_secrets
from tools.media.open import open_store
from tools.media.store import MediaStore
from tools.settings import Settings
from tools.vault.master_keys import read_master_keys

SQL = named_queries(Path(__file__).with_suffix(".sql"))
SHARED = ("link_secret", "auth_secret", "master_key")
"""Settings that a data folder stands in for."""


@dataclass(frozen=True)
class Badge:
    """One thing in which all processes must agree: how we do it first, then what else we understand."""

    setting: str
    does: str
    """What another process does otherwise."""
    values: Sequence[bytes]

    @property
    def kind(self) -> int:
        return _mark(b"kind", self.setting.encode())

    @property
    def marks(self) -> list[int]:
        return [_mark(self.setting.encode(), value) for value in self.values]


class Peers:
    """What this process shows to the others, and what it makes of theirs."""

    def __init__(self, badges: Sequence[Badge] = ()) -> None:
        self._badges = {badge.kind: badge for badge in badges}

    @classmethod
    async def of(cls, settings: Settings, store: MediaStore) -> "Peers":
        """Whoever has an embedded database shares its data folder, so there is nothing to compare."""
        return cls() if settings.database_url is None else cls(await _badges(settings, store))

    async def show(self, connection: AsyncConnection[Any]) -> None:
        """Show our marks for as long as this connection lives."""
        for badge in self._badges.values():
            await connection.execute(SQL["hold"], {"kind": badge.kind, "mark": badge.marks[0]})

    async def agree(self, database: Database) -> None:
        """Compare with everybody who is there.

        Raises:
            SettingInvalid: another process could not read what we sign, seal or store, or we not theirs.
        """
        rows = await database.fetch_all(SQL["shown"], {"kinds": list(self._badges)}) if self._badges else []
        for row in rows:
            badge = self._badges[row["kind"]]
            if row["mark"] not in badge.marks:
                raise SettingInvalid(
                    f"Another process on this database ({row['address']}) {badge.does}.",
                    user_action=f"Set {badge.setting} to the same on all machines,"
                    " and stop those that have another one.",
                    details={"setting": badge.setting, "address": row["address"]},
                )


async def check_peers(settings: Settings) -> list[Check]:
    """The same as lines of `greenlight doctor`; none where nobody else can be on the database."""
    if settings.database_url is None:
        return []
    try:
        await _compare_once(settings)
    except GreenlightError as exc:
        return [Check(name="others", status="failed", message=exc.message, remedy=exc.user_action)]
    unset = [name for name in SHARED if _made_here(settings, name)]
    if settings.media is None or not unset:
        return [Check(name="others", status="ok", message="no process on this database has other secrets")]
    named = ", ".join(f"GREENLIGHT_{name.upper()}" for name in unset)
    message = "the media may be shared with other machines; secrets of this data folder are not"
    return [Check(name="others", status="warning", message=message, remedy=f"Set {named} on all of them.")]


async def _compare_once(settings: Settings) -> None:
    assert settings.database_url is not None  # noqa: S101 - asked before
    store = await open_store(settings)
    try:
        peers = await Peers.of(settings, store)
    finally:
        await store.close()
    database = await Database.open(settings.database_url.get_secret_value(), max_size=1)
    try:
        await peers.agree(database)
    finally:
        await database.close()


async def _badges(settings: Settings, store: MediaStore) -> list[Badge]:
    identity = (await store.identity()).encode()
    badges = [
        Badge("GREENLIGHT_MEDIA", "keeps media in another folder or bucket", [identity]),
        Badge("GREENLIGHT_LINK_SECRET", "signs links to media with another secret", link_secrets(settings)),
    ]
    if settings.auth_mode == "token":
        badges.append(
            Badge("GREENLIGHT_AUTH_SECRET", "signs logins with another secret", signing_keys(settings))
        )
    try:
        keys = read_master_keys(settings)
    except VaultClosed:
        return badges
    return [*badges, Badge("GREENLIGHT_MASTER_KEY", "seals keys with another master key", keys)]


def _made_here(settings: Settings, name: str) -> bool:
    if name == "auth_secret" and settings.auth_mode == "none":
        return False
    if name == "master_key" and (settings.auth_mode == "token" or settings.master_key_file is not None):
        return False
    return getattr(settings, name) is None


def _mark(*parts: bytes) -> int:
    digest = hashlib.sha256(b"greenlight peers\n" + b"\n".join(parts)).digest()
    return int.from_bytes(digest[:4]) >> 1
