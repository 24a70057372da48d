"""API tokens: for programs, shown once, revocable. The prefix finds the row, the digest proves the rest."""

import hmac
import uuid
from datetime import timedelta
from pathlib import Path

from psycopg.rows import DictRow

from server.accounts.logins import visitor
from server.accounts.secrets import PREFIX_LENGTH, SHAPE, digest, fresh_api_token
from server.accounts.visitor import Visitor
from state.errors import RecordConflict, RecordNotFound, TokenInvalid
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
NOTE_USE_EVERY = timedelta(minutes=1)
"""Who asks a hundred times a second need not write a hundred rows."""
MOST = 50


class ApiTokens:
    """Makes, finds, lists and revokes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def make(self, user_id: str, *, name: str) -> tuple[str, DictRow]:
        """A new token, which is nowhere to be read again, and its row.

        Raises:
            RecordConflict: this user has as many as one may have.
        """
        counted = await self._database.fetch_one(SQL["count"], {"user": user_id})
        if counted is not None and counted["live"] >= MOST:
            raise RecordConflict(
                f"You have {MOST} API tokens already.", user_action="Revoke one that is not used any more."
            )
        token, prefix = fresh_api_token()
        row = await self._database.fetch_one(
            SQL["add"],
            {
                "id": uuid.uuid4(), "user": user_id, "name": name, "prefix": prefix, "hash": digest(token),
                "now": self._clock.now(),
            },
        )  # fmt: skip
        if row is None:
            raise RuntimeError("an insert that returns its row gave none")
        return token, row

    async def visitor(self, token: str) -> Visitor:
        """Who sends this token.

        Raises:
            TokenInvalid: there is none like it, or it was revoked.
        """
        asked = {"prefix": token[:PREFIX_LENGTH] if SHAPE.fullmatch(token) else ""}
        row = await self._database.fetch_one(SQL["by_prefix"], asked)
        if row is None or not hmac.compare_digest(digest(token), bytes(row["token_hash"])):
            raise TokenInvalid("This API token is not valid, or was revoked.")
        now = self._clock.now()
        if row["last_used_at"] is None or now - row["last_used_at"] >= NOTE_USE_EVERY:
            await self._database.execute(SQL["note_use"], {"id": row["token_id"], "now": now})
        return visitor(row, by="api_token", token_id=str(row["token_id"]))

    async def listed(self, user_id: str) -> list[DictRow]:
        """All of a user's, revoked ones too, newest first."""
        return await self._database.fetch_all(SQL["list"], {"user": user_id})

    async def revoke(self, user_id: str, token_id: str) -> None:
        """It works no more; twice is once.

        Raises:
            RecordNotFound: this user has no such token.
        """
        params = {"id": token_id, "user": user_id, "now": self._clock.now()}
        if await self._database.fetch_one(SQL["revoke"], params) is None:
            raise RecordNotFound("There is no such API token.")

    async def revoke_all(self, user_id: str) -> None:
        """None of this user's works any more."""
        await self._database.execute(SQL["revoke_all"], {"user": user_id, "now": self._clock.now()})
