"""The door, where accounts are on: nobody comes in unknown but to what is for everybody.

It stands before every route there is. A route that is added tomorrow is closed without doing anything for it.
"""

import re
from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.accounts.accounts import Accounts
from server.accounts.visitor import Visitor
from server.problems import foreign_page, response_for
from server.traffic import SAFE_METHODS, comes_from_elsewhere
from state.errors import AuthError, DatabaseError, SignInNeeded
from tools.orders.webhook_urls import ROOM

PUBLIC = frozenset({
    "/health", "/health/live", "/health/ready", "/ok", "/info",
    "/docs", "/docs/oauth2-redirect", "/openapi.json",
    "/login", "/register", "/forgotten", "/reset",
    "/api/auth/register", "/api/auth/login", "/api/auth/refresh",
    "/api/auth/reset-password", "/api/auth/reset-password/confirm",
})  # fmt: skip
LOOK_AGAIN_S = 30.0
"""A stream whose login ended, or whose token was revoked, goes on for no longer than this and a heartbeat."""
PUBLIC_FOLDERS = ("/static/", "/docs-files/", "/media/")
"""The pages' and the description's own files; media, whose links prove themselves."""
SIGNED = re.compile(r"/api/assets/upload/[^/]+")
"""Where files are sent piece by piece; the address proves itself, as a link to media does."""
DOORBELL = re.compile(rf"{ROOM}/[^/]+/[^/]+")
"""Where providers ring, who sign what they say. Below it lie no routes of anybody else's."""


class Door:
    """Finds out who is asking, before anything else is done."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or is_public(scope["path"]):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            visitor = await self._accounts(scope).visitor(headers, read_cookies(headers))
            if visitor is None:
                raise SignInNeeded()
        except AuthError as exc:
            await _turned_away(scope, headers, exc)(scope, receive, send)
            return
        except DatabaseError as exc:
            await response_for(scope["path"], exc)(scope, receive, send)
            return
        if visitor.by == "cookie" and scope["method"] not in SAFE_METHODS and not _from_own_page(headers):
            await foreign_page(scope["path"])(scope, receive, send)
            return
        admit(scope, visitor)
        await self._watched(scope, receive, send, visitor)

    async def _watched(self, scope: Scope, receive: Receive, send: Send, visitor: Visitor) -> None:
        """Answer; one that takes long ends when its visitor is not to be here any more."""
        accounts = self._accounts(scope)
        looked, shown_out = accounts.clock.monotonic(), False

        async def watching(message: Message) -> None:
            nonlocal looked, shown_out
            if message.get("more_body") and accounts.clock.monotonic() - looked >= LOOK_AGAIN_S:
                looked = accounts.clock.monotonic()
                shown_out = not await _still_in(accounts, visitor)
                if shown_out:
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
                    # What servers raise when nobody listens any more: streams know how to end by it.
                    raise ClientDisconnect
            await send(message)

        try:
            await self.app(scope, receive, watching)
        except* ClientDisconnect:  # some streams raise it in a group
            if not shown_out:
                raise

    def _accounts(self, scope: Scope) -> Accounts:
        accounts: Accounts = scope["app"].state.house.accounts
        return accounts


async def _still_in(accounts: Accounts, visitor: Visitor) -> bool:
    try:
        return await accounts.users.still_in(visitor)
    except DatabaseError:
        return True  # it is looked at again; a database that restarts must not cut every stream


def is_public(path: str) -> bool:
    """Whether everybody may ask for this."""
    if path in PUBLIC or path.startswith(PUBLIC_FOLDERS):
        return True
    return DOORBELL.fullmatch(path) is not None or SIGNED.fullmatch(path) is not None


def admit(scope: Scope, visitor: Visitor) -> None:
    """Let the rest of the request know who it is."""
    scope.setdefault("state", {})["visitor"] = visitor


def read_cookies(headers: Headers) -> dict[str, str]:
    """The cookies of a request, as they were sent; ours need no unquoting.

    The standard library's unquoting (CVE-2024-7592) took 27 s for one header of backslashes.
    """
    pairs = (part.partition("=") for part in headers.get("cookie", "").split(";"))
    return {name.strip(): value.strip().strip('"') for name, found, value in pairs if found}


def _from_own_page(headers: Headers) -> bool:
    """A browser sends the cookie by itself, so what changes something must show that our page asked."""
    if comes_from_elsewhere(headers):
        return False
    return any(name in headers for name in ("sec-fetch-site", "origin", "x-requested-with"))


def _turned_away(scope: Scope, headers: Headers, problem: AuthError) -> Response:
    """A person who wants a page is led to the login, and from there back to it; a program is told."""
    path = scope["path"]
    page = scope["method"] in ("GET", "HEAD") and not path.startswith("/api")
    if page and "text/html" in headers.get("accept", "") and "hx-request" not in headers:
        query = scope["query_string"].decode("latin-1")
        wanted = quote(f"{path}?{query}" if query else path, safe="")
        return RedirectResponse(f"/login?next={wanted}", status_code=303)
    return response_for(path, problem)
