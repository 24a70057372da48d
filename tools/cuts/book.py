"""Cuts as they are kept: every version there ever was, and which of them is looked at.

A version is one operation behind another one, so versions are a tree: whoever undoes and then does something
else leaves a branch behind, and nothing is lost. Undo and redo move along it. Each change is one transaction
that holds the cut's row, so of two people who edit at once the second edits what the first has made, or is
told that it has changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import DictRow
from psycopg.types.json import Jsonb

from state import edits
from state.errors import EditRefused, RecordConflict, RecordNotFound
from state.timeline import KEPT, Timeline
from tools.cuts.apply import applied
from tools.cuts.history import Difference, compared, digest_of
from tools.cuts.ids import highest, named, opened
from tools.db.pool import Database
from tools.db.sql import named_queries

SQL = named_queries(Path(__file__).with_suffix(".sql"))
MOST_AT_ONCE = 200


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A cut at one of its versions."""

    version: int
    newest: int
    digest: str
    timeline: Timeline
    can_undo: bool
    can_redo: bool


@dataclass(frozen=True, kw_only=True)
class Version:
    """One line of a cut's history."""

    version: int
    parent: int | None
    kind: str
    operation: edits.Operation | None
    digest: str
    by: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class _At:
    """Where a cut stands, while its row is held."""

    cut: str
    head: int
    newest: int
    used: int
    timeline: Timeline


class CutBook:
    """Opens, reads and changes cuts. Holds no state."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(
        self, production_id: str, timeline: Timeline, *, made_of: str, user_id: str, by: str = ""
    ) -> Edited:
        """The cut of a production, begun with what was assembled where nobody has opened it before.

        Raises:
            RecordNotFound: this user has no such production.
        """
        first = opened(timeline)
        values = {
            "production": production_id, "user": user_id, "used": highest(first), "digest": digest_of(first),
            "timeline": _json(first), "made_of": made_of, "by": by or user_id,
        }  # fmt: skip
        await self._database.execute(SQL["open"], values)
        return await self.read(production_id, user_id=user_id)

    async def read(self, production_id: str, *, user_id: str, version: int | None = None) -> Edited:
        """The cut as it is now, or as it was at a version.

        Raises:
            RecordNotFound: nobody has opened it, or it has no such version.
        """
        async with self._database.connection() as connection:
            row = await _row(connection, "head", production_id, user_id)
            return await self._seen(connection, row, version or row["head"])

    async def edit(
        self,
        production_id: str,
        operations: Sequence[edits.Operation],
        *,
        user_id: str,
        seen: int | None = None,
        by: str = "",
    ) -> Edited:
        """Carry operations out, all or none; each is a version of its own.

        `seen` is the version that the person looked at: where the cut has changed since, nothing is done.

        Raises:
            EditRefused: one of them cannot be made; `details["number"]` counts from 0.
            RecordConflict: the cut has changed since it was seen.
            RecordNotFound: nobody has opened it.
        """
        _check_many(operations)
        async with self._database.transaction() as connection:
            at = await self._held(connection, production_id, user_id, seen)
            for number, operation in enumerate(operations):
                at = await self._one(connection, at, operation, number=number, by=by or user_id)
            await connection.execute(SQL["move"], {"cut": at.cut, "head": at.head, "used": at.used})
            row = await _row(connection, "head", production_id, user_id)
            return await self._seen(connection, row, at.head)

    async def undo(
        self, production_id: str, *, user_id: str, count: int = 1, seen: int | None = None
    ) -> Edited:
        """So many edits back.

        Raises:
            RecordConflict: nothing was done yet, or the cut has changed since it was seen.
            RecordNotFound: nobody has opened it.
        """
        return await self._stepped("steps_back", production_id, user_id, count, seen, "undo")

    async def redo(
        self, production_id: str, *, user_id: str, count: int = 1, seen: int | None = None
    ) -> Edited:
        """So many edits on, as they were undone.

        Raises:
            RecordConflict: nothing was undone, or the cut has changed since it was seen.
            RecordNotFound: nobody has opened it.
        """
        return await self._stepped("steps_on", production_id, user_id, count, seen, "redo")

    async def restore(
        self, production_id: str, version: int, *, user_id: str, seen: int | None = None, by: str = ""
    ) -> Edited:
        """The cut as it was at a version, as a new version: that too can be undone.

        Raises:
            RecordNotFound: there is no such version.
            RecordConflict: the cut has changed since it was seen.
        """
        async with self._database.transaction() as connection:
            at = await self._held(connection, production_id, user_id, seen)
            timeline = await _timeline(connection, at.cut, version)
            return await self._whole(connection, at, timeline, production_id, user_id, "restored", by=by)

    async def take_over(
        self, production_id: str, timeline: Timeline, *, made_of: str, user_id: str, by: str = ""
    ) -> Edited:
        """What the graph has assembled since, as a new version. The edits before it stay in the history.

        Raises:
            RecordNotFound: nobody has opened the cut.
        """
        async with self._database.transaction() as connection:
            at = await self._held(connection, production_id, user_id, None)
            first = opened(timeline)
            return await self._whole(
                connection, at, first, production_id, user_id, "assembled", made_of=made_of, by=by
            )

    async def take_in(
        self, production_id: str, timeline: Timeline, *, user_id: str, seen: int | None = None, by: str = ""
    ) -> Edited:
        """A cut that was made elsewhere, as a new version. The edits before it stay in the history.

        Raises:
            RecordConflict: the cut has changed since it was seen.
            RecordNotFound: nobody has opened the cut.
        """
        async with self._database.transaction() as connection:
            at = await self._held(connection, production_id, user_id, seen)
            whole = opened(timeline)
            return await self._whole(connection, at, whole, production_id, user_id, "imported", by=by)

    async def made_of(self, production_id: str, *, user_id: str) -> str:
        """The digest of the assembled cut that was taken over last.

        Raises:
            RecordNotFound: nobody has opened the cut.
        """
        async with self._database.connection() as connection:
            row = await _row(connection, "head", production_id, user_id)
            cursor = await connection.execute(SQL["assembled"], {"cut": row["cut_id"]})
            found = await cursor.fetchone()
        return str(found["made_of"]) if found else ""

    async def versions(
        self, production_id: str, *, user_id: str, limit: int = 100, offset: int = 0
    ) -> tuple[list[Version], int]:
        """All that was ever done to it, the newest first, and how many versions there are.

        Raises:
            RecordNotFound: nobody has opened it.
        """
        async with self._database.connection() as connection:
            row = await _row(connection, "head", production_id, user_id)
            asked = {"cut": row["cut_id"], "limit": limit, "offset": offset}
            rows = await (await connection.execute(SQL["versions"], asked)).fetchall()
        return [_version(one) for one in rows], rows[0]["total"] if rows else row["newest"]

    async def compare(self, production_id: str, before: int, after: int, *, user_id: str) -> list[Difference]:
        """What is otherwise in the later one of two versions.

        Raises:
            RecordNotFound: there is no such version.
        """
        async with self._database.connection() as connection:
            row = await _row(connection, "head", production_id, user_id)
            first = await _timeline(connection, row["cut_id"], before)
            second = await _timeline(connection, row["cut_id"], after)
        return compared(first, second)

    async def _held(
        self, connection: AsyncConnection[DictRow], production_id: str, user_id: str, seen: int | None
    ) -> _At:
        row = await _row(connection, "lock", production_id, user_id)
        if seen is not None and seen != row["head"]:
            raise RecordConflict(
                "The cut has been changed since you looked at it.",
                user_action="Look at it as it is now, and do it again if it is still right.",
                details={"version": row["head"], "seen": seen},
            )
        timeline = await _timeline(connection, row["cut_id"], row["head"])
        return _At(
            cut=row["cut_id"], head=row["head"], newest=row["newest"], used=row["used_ids"],
            timeline=timeline,
        )  # fmt: skip

    async def _one(
        self,
        connection: AsyncConnection[DictRow],
        at: _At,
        operation: edits.Operation,
        *,
        number: int,
        by: str,
    ) -> _At:
        try:
            done = named(at.timeline, operation, after=at.used)
            timeline = applied(at.timeline, done)
        except EditRefused as error:
            error.details["number"] = number
            raise
        made = _At(
            cut=at.cut, head=at.newest + 1, newest=at.newest + 1, timeline=timeline,
            used=max(at.used, highest(timeline)),
        )  # fmt: skip
        await _add(connection, made, parent=at.head, kind="edit", operation=done, by=by)
        return made

    async def _whole(
        self,
        connection: AsyncConnection[DictRow],
        at: _At,
        timeline: Timeline,
        production_id: str,
        user_id: str,
        kind: str,
        *,
        made_of: str | None = None,
        by: str = "",
    ) -> Edited:
        made = _At(
            cut=at.cut, head=at.newest + 1, newest=at.newest + 1, timeline=timeline,
            used=max(at.used, highest(timeline)),
        )  # fmt: skip
        await _add(connection, made, parent=at.head, kind=kind, made_of=made_of, by=by or user_id)
        await connection.execute(SQL["move"], {"cut": made.cut, "head": made.head, "used": made.used})
        row = await _row(connection, "head", production_id, user_id)
        return await self._seen(connection, row, made.head)

    async def _stepped(
        self, way: str, production_id: str, user_id: str, count: int, seen: int | None, word: str
    ) -> Edited:
        async with self._database.transaction() as connection:
            at = await self._held(connection, production_id, user_id, seen)
            asked = {"cut": at.cut, "head": at.head, "count": count}
            found = await (await connection.execute(SQL[way], asked)).fetchone()
            if found is None or not found["steps"]:
                raise RecordConflict(
                    f"There is nothing to {word}.",
                    user_action="Look at the versions of the cut: any of them can be restored.",
                    details={"version": at.head},
                )
            await connection.execute(SQL["move"], {"cut": at.cut, "head": found["version"], "used": at.used})
            row = await _row(connection, "head", production_id, user_id)
            return await self._seen(connection, row, found["version"])

    async def _seen(self, connection: AsyncConnection[DictRow], row: DictRow, version: int) -> Edited:
        timeline = await _timeline(connection, row["cut_id"], version)
        steps = {}
        for way in ("steps_back", "steps_on"):
            asked = {"cut": row["cut_id"], "head": version, "count": 1}
            found = await (await connection.execute(SQL[way], asked)).fetchone()
            steps[way] = bool(found and found["steps"])
        return Edited(
            version=version, newest=row["newest"], digest=digest_of(timeline), timeline=timeline,
            can_undo=steps["steps_back"], can_redo=steps["steps_on"],
        )  # fmt: skip


def _check_many(operations: Sequence[edits.Operation]) -> None:
    if not 1 <= len(operations) <= MOST_AT_ONCE:
        raise EditRefused(
            f"{len(operations)} operations were sent.",
            user_action=f"Send one to {MOST_AT_ONCE} at once.", details={"field": "operations"},
        )  # fmt: skip


async def _row(connection: AsyncConnection[DictRow], way: str, production_id: str, user_id: str) -> DictRow:
    asked = {"production": production_id, "user": user_id}
    row = await (await connection.execute(SQL[way], asked)).fetchone()
    if row is None:
        raise RecordNotFound(
            "The cut of this production was not opened for editing.",
            user_action="Open it first: read the production's cut.",
        )
    return row


async def _timeline(connection: AsyncConnection[DictRow], cut: str, version: int) -> Timeline:
    """A version as it was made."""
    asked = {"cut": cut, "version": version}
    row = await (await connection.execute(SQL["timeline"], asked)).fetchone()
    if row is None:
        raise RecordNotFound(
            f"The cut has no version {version}.", user_action="Name one of its versions.",
            details={"version": version},
        )  # fmt: skip
    return Timeline.model_validate(row["timeline"], context=KEPT)


async def _add(
    connection: AsyncConnection[DictRow],
    made: _At,
    *,
    parent: int,
    kind: str,
    by: str,
    operation: edits.Operation | None = None,
    made_of: str | None = None,
) -> None:
    values: dict[str, Any] = {
        "cut": made.cut, "version": made.head, "parent": parent, "kind": kind, "made_of": made_of, "by": by,
        "operation": None if operation is None else Jsonb(operation.model_dump(mode="json")),
        "timeline": _json(made.timeline), "digest": digest_of(made.timeline),
    }  # fmt: skip
    await connection.execute(SQL["add"], values)


def _version(row: DictRow) -> Version:
    operation = row["operation"]
    return Version(
        version=row["version"], parent=row["parent"], kind=row["kind"], digest=row["digest"],
        by=row["by_user"], at=row["at"],
        operation=None if operation is None else edits.OPERATIONS.validate_python(operation, context=KEPT),
    )  # fmt: skip


def _json(timeline: Timeline) -> Jsonb:
    return Jsonb(timeline.model_dump(mode="json"))
