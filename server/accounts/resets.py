"""New passwords by mail: a signed link that works once, for an hour.

Whether an address has an account is told to its owner alone: the answer to whoever asks is given
before anything is looked up, and the rest happens behind it.
"""

import asyncio
import uuid
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog

from server.accounts.signing import RESET, RESET_LIFE, Signer
from server.accounts.users import Users
from state.errors import DatabaseDown, LinkSpent, MailNotSent, TokenInvalid
from tools.clock import Clock
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.ending import end_tasks
from tools.mail.smtp import Mailer

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST_AN_HOUR = 3
MOST_WAITING = 100
SUBJECT = "A new password for Greenlight"
TEXT = """Somebody, probably you, asked for a new password on Greenlight.

Open this link within an hour to set one; it works once:

{link}

You did not ask? Then do nothing: your password stays as it is.
"""
WELCOME = "Your account on Greenlight"
INVITATION = """There is an account on Greenlight for you.

Open this link within an hour to choose a password; it works once:

{link}

Was it too late? Ask for a new one where you log in, under "Password forgotten?".
"""
log = structlog.stdlib.get_logger(__name__)


class Resets:
    """Sends links, and sets the password that comes back with one."""

    def __init__(
        self,
        database: Database,
        users: Users,
        signer: Signer,
        clock: Clock,
        *,
        mailer: Mailer | None,
        url: str,
    ) -> None:
        self._database = database
        self._users = users
        self._signer = signer
        self._clock = clock
        self._mailer = mailer
        self._url = url
        self._sending: set[asyncio.Task[None]] = set()

    def ask(self, email: str) -> None:
        """Have a link sent if there is such an account; returns at once and tells nothing."""
        self._in_background(self._look_up_and_send(email))

    def invite(self, email: str, link: str) -> None:
        """Have this link sent to who has a new account; returns at once."""
        if self._mailer is not None:
            self._in_background(self._send(self._mailer, email, WELCOME, INVITATION.format(link=link)))

    async def link(self, email: str) -> str | None:
        """A link that sets a new password; None without such an account, or after too many."""
        row = await self._users.by_email(email)
        if row is None:
            return None
        reset_id, now = str(uuid.uuid4()), self._clock.now()
        params = {
            "id": reset_id, "user": row["user_id"], "now": now, "expires_at": now + RESET_LIFE,
            "most": MOST_AN_HOUR, "since": now - timedelta(hours=1),
        }  # fmt: skip
        if await self._database.fetch_one(SQL["ask"], params) is None:
            return None
        token = self._signer.sign(user_id=row["user_id"], id=reset_id, audience=RESET)
        # Behind the `#` nothing is sent to any server: no log and no `Referer` ever holds it.
        return f"{self._url}/reset#{token}"

    def read(self, token: str) -> tuple[str, str]:
        """The user and the link of a token that we signed and that is not too old.

        Raises:
            LinkSpent: any other.
        """
        try:
            claims = self._signer.read(token, audience=RESET)
        except TokenInvalid as exc:
            raise LinkSpent() from exc
        return claims.user_id, claims.id

    async def spend(self, user_id: str, reset_id: str, password_hash: str) -> None:
        """Set the password; every login, API token and other link of this user ends.

        Raises:
            LinkSpent: it was used before.
        """
        params = {"id": reset_id, "user": user_id, "password_hash": password_hash, "now": self._clock.now()}
        if await self._database.fetch_one(SQL["spend"], params) is None:
            raise LinkSpent()

    async def settled(self) -> None:
        """Wait for the mails that are on their way."""
        if self._sending:
            await asyncio.wait(set(self._sending))

    async def close(self) -> None:
        """Give up what is still on its way."""
        await end_tasks(list(self._sending))

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        if len(self._sending) >= MOST_WAITING:
            work.close()
            log.warning("reset_not_sent", reason="too many mails are waiting for the mail server")
            return
        task = asyncio.create_task(work, name="password reset")
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    async def _look_up_and_send(self, email: str) -> None:
        if self._mailer is None:
            log.warning("reset_not_sent", reason="no mail server is set: GREENLIGHT_SMTP_HOST")
            return
        try:
            link = await self.link(email)
        except DatabaseDown as exc:
            log.error("reset_not_sent", code=exc.code, problem=exc.message)
            return
        if link is not None:
            await self._send(self._mailer, email, SUBJECT, TEXT.format(link=link))

    async def _send(self, mailer: Mailer, email: str, subject: str, text: str) -> None:
        try:
            await mailer.send(to=email.strip(), subject=subject, text=text)
        except MailNotSent as exc:
            log.error("reset_not_sent", code=exc.code, problem=exc.message)
