"""LangGraph's store, on our pool: what graphs and clients keep beyond one thread, apart for each user.

The library's store knows no users. A shelf puts its owner before every namespace on the way in and
takes it off on the way out, so that nobody can name, list or search what is on another's.
"""

import asyncio
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import structlog
from langgraph.store.base import (
    BaseStore,
    GetOp,
    Item,
    ListNamespacesOp,
    MatchCondition,
    Op,
    PutOp,
    Result,
    SearchOp,
)
from langgraph.store.postgres.aio import AsyncPostgresStore

from state.errors import DatabaseDown
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
log = structlog.stdlib.get_logger(__name__)
SWEEP_EVERY_S = 600.0
EXPIRY: Any = {"omit_expired": True, "refresh_on_read": True}
"""An item without a time to live stays; one whose time is over is gone before it is swept."""


class Items:
    """Every user's shelf."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @cached_property
    def _store(self) -> AsyncPostgresStore:
        # It binds itself to the running loop, so it is made on first use.
        return DirectStore(self._database.pool, ttl=EXPIRY)

    def of(self, user_id: str) -> "Shelf":
        """The shelf of one user."""
        return self.of_whoever(lambda: user_id)

    def of_whoever(self, owner: Callable[[], str]) -> "Shelf":
        """The shelf of the user that `owner` names when it is used: what a graph is compiled with."""
        return Shelf(self._store, owner)

    async def forget(self, user_id: str) -> int:
        """Take away all that a user kept; how much it was."""
        shelf = shelf_of(user_id)
        below = shelf.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + ".%"
        return await self._database.execute(SQL["forget"], {"shelf": shelf, "below": below})

    async def sweep(self) -> int:
        """Take away what has expired; how much it was."""
        return await self._database.execute(SQL["sweep"])


async def sweep_expired(items: Items, *, every_s: float = SWEEP_EVERY_S) -> None:
    """Take away now and then what has expired; nobody sees it any more in between."""
    while True:
        try:
            await items.sweep()
        except DatabaseDown as exc:
            log.warning("items_not_swept", problem=exc.message)
        await asyncio.sleep(every_s)


class DirectStore(AsyncPostgresStore):
    """The library's store without its queue: a shelf sends each call by itself, on its own connection."""

    def _ensure_task(self) -> None:
        """Start no background task; nobody would end it."""


class Shelf(BaseStore):
    """A store on which everything belongs to one user, though no namespace says so."""

    supports_ttl = True
    ttl_config = EXPIRY

    def __init__(self, store: AsyncPostgresStore, owner: Callable[[], str]) -> None:
        self._store = store
        self._owner = owner

    async def abatch(self, ops: Iterable[Op]) -> list[Result]:
        """Run the calls on this user's part.

        Raises:
            ValueError: a namespace or key is longer than an index holds.
            DatabaseDown: nobody answers.
        """
        shelf = shelf_of(self._owner())
        try:
            return [_taken(result) for result in await self._store.abatch([_put(op, shelf) for op in ops])]
        except psycopg.errors.ProgramLimitExceeded as exc:  # the same next time: no reason to try again
            raise ValueError("the namespace or the key is too long for the store") from exc
        except psycopg.OperationalError as exc:
            raise DatabaseDown(str(exc).strip().partition("\n")[0] or None) from exc

    def batch(self, ops: Iterable[Op]) -> list[Result]:
        """As `abatch`, for a node that is no coroutine and runs in a thread."""
        shelf = shelf_of(self._owner())
        return [_taken(result) for result in self._store.batch([_put(op, shelf) for op in ops])]


def shelf_of(user_id: str) -> str:
    """The first label of everything a user keeps; dots and stars are spelled out, so none names another's."""
    return quote(user_id, safe="").replace(".", "%2E")


def _put(op: Op, shelf: str) -> Op:
    """The same call on the user's part of the store."""
    if isinstance(op, SearchOp):
        return op._replace(namespace_prefix=(shelf, *op.namespace_prefix))
    if isinstance(op, ListNamespacesOp):
        return _put_listing(op, shelf)
    if isinstance(op, GetOp | PutOp):
        return op._replace(namespace=(shelf, *op.namespace))
    raise TypeError(f"a store has no such call: {type(op).__name__}")


def _put_listing(op: ListNamespacesOp, shelf: str) -> ListNamespacesOp:
    """A prefix goes behind the shelf; a suffix may not reach it, so one label lies between at least."""
    conditions = [MatchCondition("prefix", (shelf,))]
    for condition in op.match_conditions or ():
        path = tuple(condition.path)
        if condition.match_type == "prefix":
            conditions.append(MatchCondition("prefix", (shelf, *path)))
        else:
            conditions.append(condition)
            conditions.append(MatchCondition("prefix", (shelf, *("*" for _ in path))))
    depth = None if op.max_depth is None else op.max_depth + 1
    return op._replace(match_conditions=tuple(conditions), max_depth=depth)


def _taken(result: Result) -> Result:
    """What comes back, without the shelf."""
    if isinstance(result, Item):
        return _without_shelf(result)
    if isinstance(result, list):
        return [_without_shelf(each) if isinstance(each, Item) else each[1:] for each in result]  # type: ignore[return-value]  # one kind of result per kind of request
    return result


def _without_shelf(item: Item) -> Item:
    item.namespace = item.namespace[1:]
    return item
