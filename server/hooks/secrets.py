"""The secrets that sign: sealed like keys of providers, opened in the moment of a send."""

import uuid
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from pydantic import SecretStr

from server.hooks.signature import new_secret
from state.errors import VaultClosed
from tools.db.sql import named_queries
from tools.vault.vault import Sealed, Vault

SQL = named_queries(Path(__file__).with_name("endpoints.sql"))
OLD_ONE_SIGNS_FOR = timedelta(hours=24)
OpenVault = Callable[[], Awaitable[Vault]]


async def opened_vault(open_vault: OpenVault) -> Vault:
    """What seals and opens.

    Raises:
        VaultClosed: this server has no master key; says that webhooks need one.
    """
    try:
        return await open_vault()
    except VaultClosed as exc:
        raise VaultClosed(
            "This server has no master key, so it cannot keep the secrets of webhooks."
        ) from exc


async def give_secret(
    connection: AsyncConnection[DictRow],
    vault: Vault,
    *,
    endpoint_id: str,
    user_id: str,
    now: datetime,
) -> SecretStr:
    """Write a new secret for an endpoint, and tell it this once; the one before, if any, ends in a day."""
    secret, secret_id = SecretStr(new_secret()), str(uuid.uuid4())
    bound = sealed_for(endpoint_id, secret_id)
    sealed = vault.seal(secret, user_id=user_id, provider=bound, row=secret_id)
    ends = {"id": endpoint_id, "ends_at": now + OLD_ONE_SIGNS_FOR}
    await connection.execute(SQL["end_secrets"], ends)
    named = {"secret": secret_id, "id": endpoint_id, "user": user_id, "now": now, **vars(sealed)}
    await connection.execute(SQL["add_secret"], named)
    return secret


def open_secret(vault: Vault, row: dict[str, Any]) -> str:
    """The secret of a row.

    Raises:
        MasterKeyAbsent, KeyDamaged: it cannot be opened.
    """
    sealed = Sealed(row["master_key_id"], row["iv"], row["ciphertext"])
    bound = sealed_for(row["endpoint_id"], row["secret_id"])
    owner = {"user_id": row["user_id"], "provider": bound, "row": str(row["secret_id"])}
    return vault.open(sealed, **owner).get_secret_value()


def sealed_for(endpoint_id: str, secret_id: str) -> str:
    """What a secret is bound to, as a provider's key is to its provider; `rotate.sql` has it, too."""
    return f"webhook:{endpoint_id}:{secret_id}"
