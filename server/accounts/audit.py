"""What people did: one row for each call that changed something, of every router there is.

It is written here and nowhere else, from what the router found: the route's name, the ids in the path
and in the answer. Bodies are never looked at, so no password, token or brief can get into a row; what else
belongs there, an amount or a reason, the route says itself.
"""

import asyncio
import json
from pathlib import Path
from typing import Any

import structlog
from psycopg.rows import DictRow
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.accounts.audit_book import AuditBook
from server.accounts.visitor import LOCAL, Visitor
from server.traffic import SAFE_METHODS
from state.errors import DatabaseError
from tools.db.pool import Database
from tools.db.sql import named_queries
from tools.orders.webhook_urls import ROOM

SQL = named_queries(Path(__file__).with_suffix(".sql"))
ASKING = frozenset({"search", "count", "refresh", "namespaces", "history", "list"})
"""Last words of paths whose POST changes nothing that anybody would look for."""
LONGEST = 300
NAMES_OF_NEW = (
    "productionId", "id", "key", "run_id", "thread_id", "assistant_id", "userId",
)  # fmt: skip
log = structlog.stdlib.get_logger(__name__)


class Audit:
    """Writes the row before the answer leaves, so that who reads it next finds it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.book = AuditBook()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS or _only_asks(scope["path"]):
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Noted(scope, send, self.book))


class _Noted:
    """Sends on what an answer consists of, in its order, and the row before any of it."""

    def __init__(self, scope: Scope, send: Send, book: AuditBook) -> None:
        self.scope = scope
        self.send = send
        self.book = book
        self.held: list[Message] = []
        self.in_turn = asyncio.Lock()

    async def __call__(self, message: Message) -> None:
        # A stream's heartbeat is sent by a task of its own: it may not overtake the beginning.
        async with self.in_turn:
            await self._sent(message)

    async def _sent(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] < 400:
            if _is_json(message):
                # The answer to a creation names what was made; it comes in one piece.
                self.held.append(message)
                return
            await _note(self.book, self.scope, message["status"], b"")
        elif self.held:
            await _note(self.book, self.scope, self.held[0]["status"], message.get("body", b""))
            await self.send(self.held.pop())
        await self.send(message)


def note(request: Request, **facts: str | int) -> None:
    """Let the row of this call say these things, too."""
    request.state.noted = facts


async def own_trail(
    database: Database, *, user_id: str, limit: int, offset: int
) -> tuple[list[DictRow], int]:
    """A page of what one user did, newest first."""
    return await _page(database, "own", user_id, limit, offset)


async def whole_trail(
    database: Database, *, user_id: str | None, limit: int, offset: int
) -> tuple[list[DictRow], int]:
    """A page of what everybody did, or one user."""
    return await _page(database, "all", user_id, limit, offset)


async def _page(
    database: Database, query: str, user_id: str | None, limit: int, offset: int
) -> tuple[list[DictRow], int]:
    rows = await database.fetch_all(SQL[query], {"user": user_id, "limit": limit, "offset": offset})
    return rows, rows[0]["total"] if rows else 0


async def _note(book: AuditBook, scope: Scope, status: int, answered: bytes) -> None:
    row = audit_row(scope, status, answered)
    try:
        await book.add(scope["app"].state.house.database, row)
    except DatabaseError as exc:
        # It has happened and cannot be taken back; the log keeps what the table could not.
        log.error("audit_not_written", problem=exc.message, **row)


def audit_row(scope: Scope, status: int, answered: bytes) -> dict[str, Any]:
    """What is written of one call."""
    visitor: Visitor | None = scope.get("state", {}).get("visitor")
    route = scope.get("route")
    path = str(getattr(route, "path", scope["path"]))
    named = {name: str(value)[:LONGEST] for name, value in scope.get("path_params", {}).items()}
    words = [word for word in path.split("/") if word and word != "api" and not word.startswith("{")]
    unnamed = scope.get("state", {}).get("unnamed", False)
    noted = scope.get("state", {}).get("noted", {})
    return {
        "user": _who(scope, visitor),
        "action": getattr(route, "name", ""),
        "entity_type": words[0] if words else "",
        "entity_id": next(reversed(named.values()), "") or _made(answered),
        "details": {"method": scope["method"], "path": path, "status": status, **named, **noted},
        "ip_address": "" if unnamed else ip_of(scope),
        "user_agent": "" if unnamed else user_agent_of(scope),
    }


def ip_of(scope: Scope) -> str:
    """Where a request came from, as far as the server in front of us knows."""
    return str((scope.get("client") or ("", 0))[0])


def user_agent_of(scope: Scope) -> str:
    """What the program calls itself."""
    return Headers(scope=scope).get("user-agent", "").replace("\x00", "")[:LONGEST]


def _who(scope: Scope, visitor: Visitor | None) -> str | None:
    if visitor is None and scope["app"].state.house.accounts is None:
        visitor = LOCAL
    return visitor.user_id if visitor else None


def _made(answered: bytes) -> str:
    try:
        body = json.loads(answered)
    except ValueError:
        return ""
    found = body.get("data", body) if isinstance(body, dict) else None
    if not isinstance(found, dict):
        return ""
    return next((str(found[name])[:LONGEST] for name in NAMES_OF_NEW if found.get(name)), "")


def _is_json(start: Message) -> bool:
    return Headers(raw=start["headers"]).get("content-type", "").startswith("application/json")


def _only_asks(path: str) -> bool:
    """Or is no person's doing: providers ring, and the path they ring at holds a token."""
    return path.startswith(f"{ROOM}/") or path.rstrip("/").rpartition("/")[2] in ASKING
