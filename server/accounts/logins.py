"""Logins: each is a family of refresh tokens, or a cookie of the console, that ends as a whole.

A refresh token works once and is replaced by the next. One that comes a second time was copied by
somebody: then nobody can tell who is the owner, so the whole family ends and both must log in again.
"""

import uuid
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from psycopg.rows import DictRow

from server.accounts.secrets import REFRESH, digest, fresh_secret
from server.accounts.signing import ACCESS, ACCESS_LIFE, Signer
from server.accounts.visitor import Visitor
from state.errors import TokenInvalid
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
REFRESH_LIFE = timedelta(days=30)
COOKIE_LIFE = timedelta(days=30)
log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True)
class Origin:
    """Where a login came from, for the list of them."""

    ip_address: str = ""
    user_agent: str = ""


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What a program that logged in gets."""

    user_id: str
    login_id: str
    access_token: str
    refresh_token: str
    expires_in: int = int(ACCESS_LIFE.total_seconds())


class Logins:
    """Opens, refreshes, finds and ends logins."""

    def __init__(self, database: Database, signer: Signer, clock: Clock) -> None:
        self._database = database
        self._signer = signer
        self._clock = clock

    async def open_for_program(self, user_id: str, origin: Origin) -> Tokens:
        """A login with an access token and a refresh token."""
        login_id, refresh = await self._open(user_id, origin), fresh_secret(REFRESH)
        await self._database.execute(SQL["add_refresh"], {"login": login_id, **self._kept(refresh)})
        return self._tokens(user_id, login_id, refresh)

    async def open_for_browser(self, user_id: str, origin: Origin) -> tuple[str, str]:
        """A login with a cookie: its id and the cookie's value."""
        cookie = fresh_secret()
        return await self._open(user_id, origin, cookie), cookie

    async def refresh(self, refresh_token: str) -> Tokens:
        """A new pair for this refresh token, which is spent.

        Raises:
            TokenInvalid: unknown, too old, its login has ended, or it was used before.
        """
        fresh = fresh_secret(REFRESH)
        params = {**self._kept(fresh), "hash": digest(refresh_token)}
        row = await self._database.fetch_one(SQL["rotate"], params)
        if row is None:
            ended = await self._database.fetch_one(SQL["end_if_rotated"], params)
            if ended is not None:
                log.warning("refresh_token_reused", login_id=ended["login_id"], user_id=ended["user_id"])
            raise TokenInvalid("This refresh token is not valid, or no longer.", user_action="Log in again.")
        return self._tokens(row["user_id"], row["login_id"], fresh)

    async def by_access_token(self, token: str) -> Visitor:
        """Who sends this access token. Its login must still run: revoking works at once.

        Raises:
            TokenInvalid: forged, too old, or revoked.
        """
        claims = self._signer.read(token, audience=ACCESS)
        params = {"login": claims.id, "user": claims.user_id}
        row = await self._database.fetch_one(SQL["by_login"], params)
        if row is None:
            raise TokenInvalid("This login has ended.")
        return visitor(row, login_id=row["login_id"], by="access_token")

    async def by_cookie(self, cookie: str) -> Visitor | None:
        """Who sends this cookie; nobody when it is old or was ended."""
        params = {"hash": digest(cookie), "now": self._clock.now()}
        row = await self._database.fetch_one(SQL["by_cookie"], params)
        return visitor(row, login_id=row["login_id"], by="cookie") if row else None

    async def end(self, user_id: str, login_id: str) -> None:
        """Log out; twice is once."""
        await self._database.execute(
            SQL["end"], {"login": login_id, "user": user_id, "now": self._clock.now()}
        )

    async def end_all(self, user_id: str, *, by: str, kept: str | None = None) -> None:
        """End every login of a user but the one that is kept."""
        params = {"user": user_id, "by": by, "kept": kept, "now": self._clock.now()}
        await self._database.execute(SQL["end_all"], params)

    async def _open(self, user_id: str, origin: Origin, cookie: str | None = None) -> str:
        login_id, now = str(uuid.uuid4()), self._clock.now()
        await self._database.execute(
            SQL["open"],
            {
                "login": login_id, "user": user_id, "now": now, "ip_address": origin.ip_address,
                "user_agent": origin.user_agent, "cookie_hash": digest(cookie) if cookie else None,
                "cookie_expires_at": now + COOKIE_LIFE if cookie else None,
            },
        )  # fmt: skip
        return login_id

    def _kept(self, refresh: str) -> dict[str, Any]:
        now = self._clock.now()
        return {"fresh": digest(refresh), "now": now, "expires_at": now + REFRESH_LIFE}

    def _tokens(self, user_id: str, login_id: str, refresh: str) -> Tokens:
        access = self._signer.sign(user_id=user_id, id=login_id, audience=ACCESS)
        return Tokens(user_id=user_id, login_id=login_id, access_token=access, refresh_token=refresh)


def visitor(row: DictRow, *, by: str, login_id: str | None = None, token_id: str | None = None) -> Visitor:
    """The user of a row that a look-up found."""
    return Visitor(
        user_id=row["user_id"], role=row["role"], by=by,  # type: ignore[arg-type]  # ours are literals
        shown_as=row["name"] or row["email"], login_id=login_id, token_id=token_id,
    )  # fmt: skip
