"""A user's endpoints: where their other systems want to hear of things, and of which."""

import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from pydantic import SecretStr

from server.hooks.facts import EventType
from server.hooks.secrets import OLD_ONE_SIGNS_FOR, OpenVault, give_secret, opened_vault
from state.errors import RecordConflict, RecordNotFound
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.web.addresses import Reach
from tools.web.checked import Resolver, ask_system, checked_addresses, checked_shape

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST = 20
SWITCHED_OFF = "the endpoint was switched off"


class Endpoints:
    """Adds, changes and forgets; every call is by user."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        *,
        open_vault: OpenVault,
        reach: Reach,
        resolver: Resolver = ask_system,
    ) -> None:
        self.database = database
        self.clock = clock
        self._open_vault = open_vault
        self._reach = reach
        self._resolver = resolver

    async def add(
        self, user_id: str, *, url: str, description: str, events: Sequence[EventType]
    ) -> tuple[DictRow, SecretStr]:
        """A new endpoint's row and its secret, which is told this once.

        Raises:
            AddressRefused, HostUnknown: nothing may be sent there; names the field and the fix.
            RecordConflict: this user has as many as one may have.
            VaultClosed: this server has no master key.
        """
        await self._check(url)
        vault, endpoint_id = await opened_vault(self._open_vault), str(uuid.uuid4())
        async with self._changing(user_id) as connection:
            await _refuse_too_many(connection, user_id)
            named = {"id": endpoint_id, "user": user_id, "url": url, "description": description}
            await connection.execute(SQL["add"], {**named, "events": list(dict.fromkeys(events))})
            secret = await give_secret(
                connection, vault, endpoint_id=endpoint_id, user_id=user_id, now=self.clock.now()
            )
            return await _row(connection, user_id, endpoint_id), secret

    async def listed(self, user_id: str) -> list[DictRow]:
        """A user's endpoints, oldest first, without their secrets."""
        return await self.database.fetch_all(SQL["list"], {"user": user_id})

    async def read(self, user_id: str, endpoint_id: str) -> DictRow:
        """One of them.

        Raises:
            RecordNotFound: this user has no such endpoint.
        """
        async with self.database.connection() as connection:
            return await _row(connection, user_id, endpoint_id)

    async def change(
        self,
        user_id: str,
        endpoint_id: str,
        *,
        url: str | None = None,
        description: str | None = None,
        events: Sequence[EventType] | None = None,
        enabled: bool | None = None,
    ) -> DictRow:
        """Change what is given; None leaves as it is. Switching off drops what waits to be sent.

        Raises:
            RecordNotFound: this user has no such endpoint.
            AddressRefused, HostUnknown: nothing may be sent to the new address.
        """
        await self.read(user_id, endpoint_id)  # before anything is looked up for whoever asks
        if url is not None:
            await self._check(url)
        named: dict[str, Any] = {
            "id": endpoint_id, "user": user_id, "url": url, "description": description, "enabled": enabled,
            "events": None if events is None else list(dict.fromkeys(events)),
            "fresh": url is not None or enabled is True,
        }  # fmt: skip
        async with self._changing(user_id) as connection:
            await connection.execute(SQL["change"], named)
            if enabled is False:
                await drop_waiting(connection, endpoint_id, why=SWITCHED_OFF, now=self.clock.now())
            return await _row(connection, user_id, endpoint_id)

    async def remove(self, user_id: str, endpoint_id: str) -> None:
        """Forget it, its secrets and everything that was sent or waits.

        Raises:
            RecordNotFound: this user has no such endpoint.
        """
        async with self._changing(user_id) as connection:
            named = {"user": user_id, "id": endpoint_id}
            if await (await connection.execute(SQL["remove"], named)).fetchone() is None:
                raise _no_such_endpoint()

    async def rotate(self, user_id: str, endpoint_id: str) -> tuple[SecretStr, datetime]:
        """A new secret, told this once, and until when the one before signs along.

        Raises:
            RecordNotFound: this user has no such endpoint.
            VaultClosed: this server has no master key.
        """
        await self.read(user_id, endpoint_id)
        vault, now = await opened_vault(self._open_vault), self.clock.now()
        async with self._changing(user_id) as connection:
            await _row(connection, user_id, endpoint_id)
            secret = await give_secret(connection, vault, endpoint_id=endpoint_id, user_id=user_id, now=now)
        return secret, now + OLD_ONE_SIGNS_FOR

    async def _check(self, url: str) -> None:
        await checked_addresses(checked_shape(url), self._reach, self._resolver)

    @asynccontextmanager
    async def _changing(self, user_id: str) -> AsyncIterator[AsyncConnection[DictRow]]:
        async with self.database.transaction() as connection:
            if await (await connection.execute(SQL["lock"], {"user": user_id})).fetchone() is None:
                raise RecordNotFound("There is no such account any more.")
            yield connection


async def drop_waiting(
    connection: AsyncConnection[DictRow], endpoint_id: str, *, why: str, now: datetime
) -> None:
    """Give up what waits for an endpoint that nothing is sent to any more."""
    await connection.execute(SQL["drop_waiting"], {"id": endpoint_id, "why": why, "now": now})


async def _refuse_too_many(connection: AsyncConnection[DictRow], user_id: str) -> None:
    counted = await (await connection.execute(SQL["count"], {"user": user_id})).fetchone()
    if counted is not None and counted["kept"] >= MOST:
        raise RecordConflict(f"You have {MOST} webhooks already.", user_action="Delete one that is not used.")


async def _row(connection: AsyncConnection[DictRow], user_id: str, endpoint_id: str) -> DictRow:
    row = await (await connection.execute(SQL["one"], {"user": user_id, "id": endpoint_id})).fetchone()
    if row is None:
        raise _no_such_endpoint()
    return row


def _no_such_endpoint() -> RecordNotFound:
    return RecordNotFound(
        "You have no webhook with this id.", user_action="List yours and take an id of them."
    )
