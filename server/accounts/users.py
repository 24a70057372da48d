"""The users of this server: who they are, and what an administrator may do to them."""

import re
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg.rows import DictRow

from server.accounts.visitor import Role, Visitor
from state.errors import BriefIncomplete, RecordConflict, RecordNotFound
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,185}[A-Za-z0-9])?")
"""What mail servers take: no spaces, no quotes, no line ends."""


class Users:
    """Rows of `users`. Deleted ones are as if they were not there, except that their address stays taken."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def add(self, email: str, *, name: str, password_hash: str | None, role: Role = "user") -> str:
        """A new user's id.

        Raises:
            BriefIncomplete: this is no e-mail address.
            RecordConflict: somebody has this address.
        """
        row = await self._database.fetch_one(
            SQL["add"],
            {
                "user": uuid.uuid4().hex, "email": checked_email(email), "name": name, "role": role,
                "password_hash": password_hash, "now": self._clock.now(),
            },
        )  # fmt: skip
        if row is None:
            raise RecordConflict(
                "There is an account with this e-mail address.",
                user_action="Log in, or ask for a link to set a new password.",
            )
        return str(row["user_id"])

    async def by_email(self, email: str) -> DictRow | None:
        """The user with this address, in whatever case it is written."""
        return await self._database.fetch_one(SQL["by_email"], {"email": email.strip()})

    async def attempt(self, email: str, *, since: datetime, most: int) -> DictRow | None:
        """The user with this address, about to be checked; `tried_out` after too many since then."""
        params = {"email": email.strip(), "now": self._clock.now(), "since": since, "most": most}
        return await self._database.fetch_one(SQL["attempt"], params)

    async def welcome(self, user_id: str, newer_hash: str | None) -> None:
        """Forget the attempts of who has shown the right password, and keep its newer hash."""
        await self._database.execute(SQL["forget_failures"], {"user": user_id})
        if newer_hash is not None:
            await self.set_password(user_id, newer_hash)

    async def still_in(self, visitor: Visitor) -> bool:
        """Whether this visitor would be let in again."""
        params = {"user": visitor.user_id, "login": visitor.login_id, "token": visitor.token_id}
        return await self._database.fetch_one(SQL["still_in"], params) is not None

    async def read(self, user_id: str) -> DictRow:
        """One user.

        Raises:
            RecordNotFound: there is none with this id.
        """
        row = await self._database.fetch_one(SQL["by_id"], {"user": user_id})
        if row is None:
            raise RecordNotFound("There is no such user.")
        return row

    async def change(
        self, user_id: str, *, name: str | None, avatar_url: str | None, mail_at_gates: bool | None
    ) -> None:
        """Change what is given."""
        named = {
            "user": user_id,
            "name": name,
            "avatar_url": avatar_url,
            "mail_at_gates": mail_at_gates,
        }
        await self._database.execute(SQL["change"], named)

    async def set_password(self, user_id: str, password_hash: str) -> None:
        """From now on this one."""
        await self._database.execute(SQL["set_password"], {"user": user_id, "password_hash": password_hash})

    async def listed(self, *, limit: int, offset: int) -> tuple[list[DictRow], int]:
        """A page of the accounts, newest first, and how many there are."""
        rows = await self._database.fetch_all(SQL["list"], {"limit": limit, "offset": offset})
        return rows, rows[0]["total"] if rows else 0

    async def switch(self, user_id: str, *, disabled: bool) -> None:
        """Disable an account or enable it again; twice is once.

        Raises:
            RecordNotFound: there is no such account.
        """
        await self._only_existing("switch", user=user_id, disabled=disabled, now=self._clock.now())

    async def remove(self, user_id: str) -> None:
        """Delete an account; its rows stay, hidden.

        Raises:
            RecordNotFound: there is no such account.
        """
        await self._only_existing("remove", user=user_id, now=self._clock.now())

    async def set_role(self, email: str, role: Role) -> None:
        """Make somebody an administrator, or no longer.

        Raises:
            RecordNotFound: nobody has this address.
        """
        await self._only_existing("set_role", email=email.strip(), role=role)

    async def _only_existing(self, query: str, **params: Any) -> None:
        if await self._database.fetch_one(SQL[query], params) is None:
            raise RecordNotFound("There is no such account.")


def checked_email(email: str) -> str:
    """The address without the blanks around it.

    Raises:
        BriefIncomplete: this is no e-mail address.
    """
    email = email.strip()
    if not EMAIL.fullmatch(email) or ".." in email:
        fix = {"field": "email", "problem": "is no e-mail address", "fix": "Write it as name@example.org."}
        raise BriefIncomplete(
            "email: is no e-mail address", user_action=fix["fix"], details={"fields": [fix]}
        )
    return email
