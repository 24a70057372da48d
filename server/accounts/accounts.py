"""The front desk: everything about accounts that takes more than one of their parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from psycopg.rows import DictRow

from server.accounts.api_tokens import ApiTokens
from server.accounts.logins import Logins
from server.accounts.passwords import Passwords
from server.accounts.resets import Resets
from server.accounts.secrets import API_TOKEN
from server.accounts.signing import Signer, signing_keys
from server.accounts.users import Users, checked_email
from server.accounts.visitor import Visitor
from server.startup import is_loopback
from state.errors import AccountDisabled, NotAllowed, PasswordWrong, TokenInvalid
from tools.clock import Clock
from tools.db.pool import Database
from tools.mail.smtp import Mailer, SmtpMailer
from tools.settings import Settings

MOST_FAILURES = 10
FAILURES_LAST = timedelta(minutes=15)
COOKIE = "greenlight"
SAFE_COOKIE = "__Host-greenlight"
"""A browser takes a cookie of this name only over https, from us, for the whole site."""


@dataclass(frozen=True, kw_only=True)
class Accounts:
    """The parts, and what joins them."""

    settings: Settings
    database: Database
    clock: Clock
    users: Users
    logins: Logins
    api_tokens: ApiTokens
    resets: Resets
    passwords: Passwords
    cookie_name: str

    async def visitor(self, headers: Mapping[str, str], cookies: Mapping[str, str]) -> Visitor | None:
        """Who sends these; nobody without a token. A wrong token is never overlooked.

        Raises:
            TokenInvalid: what was sent is not valid, or no longer.
        """
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme:
            if scheme.lower() != "bearer":
                raise TokenInvalid("Only `Authorization: Bearer` is understood here.")
            return await self._by_token(token.strip())
        if key := headers.get("x-api-key", ""):
            return await self.api_tokens.visitor(key)
        cookie = cookies.get(self.cookie_name, "")
        return await self.logins.by_cookie(cookie) if cookie else None

    async def _by_token(self, token: str) -> Visitor:
        if token.startswith(API_TOKEN):
            return await self.api_tokens.visitor(token)
        return await self.logins.by_access_token(token)

    async def register(self, *, email: str, password: str, name: str) -> str:
        """A new user's id.

        Raises:
            NotAllowed: accounts are opened by the administrator here.
            BriefIncomplete: this is no e-mail address.
            RecordConflict: somebody has this address.
        """
        if self.settings.registration == "closed":
            raise NotAllowed("New accounts are opened by the administrator of this server.")
        checked_email(email)
        return await self.users.add(email, name=name, password_hash=await self.passwords.hash(password))

    async def invite(self, *, email: str, name: str, mail: bool = True) -> tuple[str, str | None]:
        """A new account without a password, and the link that sets one; with `mail` it is sent, too.

        Raises:
            BriefIncomplete: this is no e-mail address.
            RecordConflict: somebody has this address.
        """
        user_id = await self.users.add(email, name=name, password_hash=None)
        link = await self.resets.link(email)
        if mail and link is not None:
            self.resets.invite(email, link)
        return user_id, link

    async def log_in(self, *, email: str, password: str) -> DictRow:
        """The user with this address and this password.

        Raises:
            PasswordWrong: one of them is wrong, or it was wrong too often of late.
            AccountDisabled: both are right, but an administrator has disabled the account.
        """
        now = self.clock.now()
        row = await self.users.attempt(email, since=now - FAILURES_LAST, most=MOST_FAILURES)
        kept = row["password_hash"] if row is not None and not row["tried_out"] else None
        right, newer = await self.passwords.check(password, kept)
        if row is None or not right:
            raise PasswordWrong()
        if row["disabled_at"] is not None:
            raise AccountDisabled()
        await self.users.welcome(row["user_id"], newer)
        return row

    async def prove(self, user_id: str, password: str) -> None:
        """Have a logged-in user show that it is really them.

        Raises:
            PasswordWrong: it is not their password, or it was wrong too often of late.
        """
        row = await self.users.read(user_id)
        await self.log_in(email=row["email"], password=password)

    async def change_password(self, visitor: Visitor, *, current: str, new: str) -> None:
        """Set another password; every login but this one ends.

        Raises:
            PasswordWrong: the current one is wrong.
        """
        await self.prove(visitor.user_id, current)
        await self.users.set_password(visitor.user_id, await self.passwords.hash(new))
        await self.logins.end_all(visitor.user_id, by="password", kept=visitor.login_id)

    async def reset_password(self, token: str, new: str) -> str:
        """Set the password that comes with a link; the user's id.

        Raises:
            LinkSpent: the link was used, is too old, or was not made here.
        """
        user_id, reset_id = self.resets.read(token)
        await self.resets.spend(user_id, reset_id, await self.passwords.hash(new))
        return user_id

    async def close(self) -> None:
        """Give up what is still going on in the background."""
        await self.resets.close()


def open_accounts(
    settings: Settings,
    database: Database,
    clock: Clock,
    *,
    mailer: Mailer | None = None,
    passwords: Passwords | None = None,
) -> Accounts:
    """The accounts of a server with these settings; what is handed in stands in for their own.

    Raises:
        FolderUnwritable: the secret that signs tokens can be kept nowhere.
    """
    signer, users = Signer(signing_keys(settings), clock), Users(database, clock)
    if mailer is None and settings.smtp_host is not None:
        mailer = SmtpMailer(settings)
    return Accounts(
        settings=settings, database=database, clock=clock, users=users,
        logins=Logins(database, signer, clock), api_tokens=ApiTokens(database, clock),
        resets=Resets(database, users, signer, clock, mailer=mailer, url=own_url(settings)),
        passwords=passwords or Passwords(), cookie_name=SAFE_COOKIE if needs_https(settings) else COOKIE,
    )  # fmt: skip


def own_url(settings: Settings) -> str:
    """Where people reach this server: by the settings, never by what a request calls it."""
    return (settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/")


def needs_https(settings: Settings) -> bool:
    """Whether a cookie may travel encrypted only: everywhere but on this machine."""
    return own_url(settings).startswith("https://") or not is_loopback(settings.host)
