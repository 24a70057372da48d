"""Rows of the audit that come together are written together, and none of them for another's fault."""

import asyncio
from typing import Any

import psycopg
import pytest

from server.accounts.audit_book import AuditBook
from tools.db.pool import Database


def row(action: str, **more: Any) -> dict[str, Any]:
    facts = {"user": None, "entity_type": "", "entity_id": "", "details": {"n": 1}, "ip_address": ""}
    return {**facts, "action": action, "user_agent": "", **more}


class Counted:
    """A database that notes its statements."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.statements = 0

    async def execute(self, sql: str, params: Any) -> int:
        self.statements += 1
        return await self.database.execute(sql, params)


async def actions(database: Database) -> list[str]:
    rows = await database.fetch_all("select action, details from audit_logs order by audit_id")
    assert all(one["details"] == {"n": 1} for one in rows)
    return [one["action"] for one in rows]


async def test_what_comes_while_one_is_written_goes_together(database: Database) -> None:
    counted: Any = Counted(database)
    book = AuditBook()
    await asyncio.gather(*(book.add(counted, row(str(n))) for n in range(20)))
    assert await actions(database) == [str(n) for n in range(20)]
    assert counted.statements == 1
    for n in range(20, 23):  # the control: one after the other
        await book.add(counted, row(str(n)))
        assert (await actions(database))[-1] == str(n), "stored when it returns"
    assert counted.statements == 4


async def test_a_row_that_cannot_be_written_takes_no_other_with_it(database: Database) -> None:
    book = AuditBook()
    rows = [row("first"), row("spoilt", entity_id="\x00"), row("last")]
    ends = await asyncio.gather(*(book.add(database, one) for one in rows), return_exceptions=True)
    assert [isinstance(one, psycopg.Error) for one in ends] == [False, True, False]
    assert await actions(database) == ["first", "last"]
    with pytest.raises(psycopg.Error):
        await book.add(database, row("alone", entity_id="\x00"))


async def test_who_leaves_leaves_the_row(database: Database) -> None:
    book = AuditBook()
    leaving = asyncio.create_task(book.add(database, row("left")))
    await asyncio.sleep(0)
    leaving.cancel()
    await book.add(database, row("stayed"))
    assert await actions(database) == ["left", "stayed"]
