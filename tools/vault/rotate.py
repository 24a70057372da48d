"""Seal every key anew with the current master key, so that an older one can be thrown away.

Batch after batch, each a transaction of its own. Every row says which master key it was sealed with, so
it can be read before, during and after, and whoever is stopped in the middle goes on by starting again.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import KeyDamaged, MasterKeyAbsent, RecordConflict
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.vault.vault import Sealed, Vault

SQL = named_queries(Path(__file__).with_suffix(".sql"))
LOCK_KEY = 0x6B657973
BATCH = 200
SEALED = (("batch", "reseal"), ("batch_of_webhooks", "reseal_webhooks"))
"""Every table of sealed rows: how some are read and how one is written."""


@dataclass(frozen=True)
class Rotated:
    """What became of the keys."""

    resealed: int
    already: int
    """Were sealed with the current master key before."""
    damaged: tuple[str, ...]
    """Ids of those that no master key opens; they were left as they are."""
    left: int
    """Are sealed with another master key still: damaged, being changed meanwhile, or added by a server
    with other settings."""


async def rotate_master(database: Database, vault: Vault, *, batch: int = BATCH) -> Rotated:
    """Seal all keys of all users, and the secrets of their webhooks, with the vault's current master key.

    Raises:
        MasterKeyAbsent: some were sealed with a master key that is not among these; nothing was changed.
        RecordConflict: somebody else does it at this moment.
    """
    async with database.transaction(rests=True) as guard:
        taken = await (await guard.execute(SQL["lock"], {"key": LOCK_KEY})).fetchone()
        if taken is None or not taken["alone"]:
            raise RecordConflict("The keys are being sealed anew already.", user_action="Wait for it to end.")
        before = await _tally(database)
        _refuse_absent(before, vault)
        resealed, damaged = 0, list[str]()
        for read, write in SEALED:
            some, broken = await _all(database, vault, batch, read=read, write=write)
            resealed, damaged = resealed + some, damaged + broken
        after = await _tally(database)
    left = sum(count for key_id, count in after.items() if key_id != vault.current)
    return Rotated(resealed, before.get(vault.current, 0), tuple(damaged), left)


async def _tally(database: Database) -> dict[str, int]:
    return {row["master_key_id"]: row["keys"] for row in await database.fetch_all(SQL["tally"])}


def _refuse_absent(tally: dict[str, int], vault: Vault) -> None:
    absent = sorted(tally.keys() - vault.master_key_ids)
    if absent:
        told = ", ".join(f"{key_id} ({tally[key_id]} of them)" for key_id in absent)
        raise MasterKeyAbsent(
            f"Keys were sealed with master keys that are not here: {told}. Nothing was changed.",
            details={"masterKeyIds": absent},
        )


async def _all(
    database: Database, vault: Vault, batch: int, *, read: str, write: str
) -> tuple[int, list[str]]:
    resealed, damaged, after = 0, list[str](), None
    while True:
        async with database.transaction() as connection:
            named = {"current": vault.current, "after": after, "many": batch}
            rows = await (await connection.execute(SQL[read], named)).fetchall()
            if not rows:
                return resealed, damaged
            broken = await _reseal(connection, vault, rows, write=write)
        resealed += len(rows) - len(broken)
        damaged += map(str, broken)
        after = rows[-1]["key_id"]


async def _reseal(
    connection: AsyncConnection[DictRow], vault: Vault, rows: list[DictRow], *, write: str
) -> list[UUID]:
    """Seal these anew; the ids of those that cannot be opened."""
    fresh, broken = [], []
    for row in rows:
        owner = {"user_id": row["user_id"], "provider": row["provider"], "row": str(row["key_id"])}
        try:
            secret = vault.open(Sealed(row["master_key_id"], row["iv"], row["ciphertext"]), **owner)
        except KeyDamaged:
            broken.append(row["key_id"])
            continue
        sealed = vault.seal(secret, **owner)
        fresh.append({"id": row["key_id"], **vars(sealed)})
    await connection.cursor().executemany(SQL[write], fresh)
    return broken
