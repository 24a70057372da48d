"""What a process hears of its database, and that a lost connection is opened again."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from psycopg import AsyncConnection
from psycopg.rows import DictRow

from state.errors import DatabaseDown
from tools.db import ear as ears
from tools.db.ear import Ear, listening
from tools.db.pool import Database

NAME, CHANNELS = "the ear of a test", ("test_one", "test Two")
NOBODY = "postgresql://nobody@127.0.0.1:1/none"


class Heard:
    """Keeps what was heard, and how often listening began."""

    def __init__(self, url: str) -> None:
        self.told, self.begun = list[tuple[str, str]](), 0
        self._news = asyncio.Event()
        self.ear = Ear(url, CHANNELS, name=NAME, hear=self._hear, begins=self._begins)

    def _hear(self, channel: str, payload: str) -> None:
        self.told.append((channel, payload))
        self._news.set()

    def _begins(self) -> None:
        self.begun += 1
        self._news.set()

    async def until(self, *, told: int = 0, begun: int = 1) -> None:
        """Wait until so much was heard."""
        async with asyncio.timeout(10):
            while len(self.told) < told or self.begun < begun:
                self._news.clear()
                await self._news.wait()


@pytest.fixture
async def heard(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Heard]:
    monkeypatch.setattr(ears, "RECONNECT_S", 0.0)
    made = Heard(database.url)
    yield made
    await made.ear.close()


async def tell(database: Database, channel: str, payload: str) -> None:
    await database.execute("select pg_notify(%s, %s)", [channel, payload])


async def cut(database: Database) -> int:
    """End the connections of this name in this database, and wait until they have ended."""
    found = await database.fetch_all(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
        " where application_name = %s and datname = current_database()",
        [NAME],
    )
    return len(found)


async def given_back(database: Database) -> None:
    """Wait until the database has no connection of this name: it ends its side a moment after ours."""
    asked = "select 1 from pg_stat_activity where application_name = %s and datname = current_database()"
    async with asyncio.timeout(10):
        while await database.fetch_all(asked, [NAME]):
            pass


async def test_it_hears_its_channels_in_order_and_no_others(heard: Heard, database: Database) -> None:
    await heard.ear.open()
    for channel, payload in (("test_one", "a"), ("another", "b"), ("test Two", "c"), ("test_one", "d")):
        await tell(database, channel, payload)
    await heard.until(told=3)
    assert heard.told == [("test_one", "a"), ("test Two", "c"), ("test_one", "d")]


async def test_opened_it_hears_what_is_told_from_that_moment_on(heard: Heard, database: Database) -> None:
    await tell(database, "test_one", "before")
    await heard.ear.open()
    assert (heard.ear.hears, heard.begun) == (True, 1)
    await tell(database, "test_one", "after")
    await heard.until(told=1)
    assert heard.told == [("test_one", "after")]


async def test_a_killed_connection_is_opened_again_and_listening_begins_anew(
    heard: Heard, database: Database
) -> None:
    await heard.ear.open()
    for times in (2, 3):
        assert await cut(database) == 1
        await heard.until(begun=times)
        await tell(database, "test_one", str(times))
        await heard.until(told=times - 1)
    assert (heard.told, heard.ear.hears) == ([("test_one", "2"), ("test_one", "3")], True)


async def test_while_there_is_no_connection_it_says_that_it_hears_nothing(
    heard: Heard, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pause before the next try is longer than the test."""
    await heard.ear.open()
    monkeypatch.setattr(ears, "RECONNECT_S", 3600.0)
    await cut(database)
    async with asyncio.timeout(10):
        while heard.ear.hears:
            await database.fetch_one("select 1")
    assert heard.begun == 1


async def test_a_database_that_is_not_there_is_tried_until_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ears, "RECONNECT_S", 0.0)
    made, tries = Heard(NOBODY), 0
    real = ears.connected

    def reached(url: str, **settings: object) -> object:
        nonlocal tries
        tries += 1
        return real(database.url if tries > 2 else url, **settings)

    monkeypatch.setattr(ears, "connected", reached)
    await made.ear.open()
    assert (tries, made.begun) == (3, 1)
    await made.ear.close()


async def test_a_closed_one_hears_no_more_and_can_be_opened_again(heard: Heard, database: Database) -> None:
    for times in (1, 2):
        await asyncio.gather(heard.ear.open(), heard.ear.open())
        assert heard.begun == times
        await heard.ear.close()
        assert not heard.ear.hears
        await given_back(database)
    await heard.ear.close()


async def test_what_is_to_be_done_on_a_new_connection_comes_before_anything_is_heard(
    database: Database,
) -> None:
    heard = Heard(database.url)
    steps: list[str] = []

    async def first(line: AsyncConnection[DictRow]) -> None:
        found = await (await line.execute("select count(*) as heard from pg_listening_channels()")).fetchone()
        steps.append(f"{found}")

    ear = Ear(
        database.url,
        CHANNELS,
        name=NAME,
        hear=heard._hear,
        begins=lambda: steps.append("begins"),
        first=first,
    )
    await ear.open()
    await ear.close()
    assert steps == ["{'heard': 0}", "begins"]


async def test_for_the_length_of_a_block(database: Database) -> None:
    """For whoever waits for one thing, and has no process's ear."""
    async with listening(database.url, CHANNELS, name=NAME) as line:
        await tell(database, "test Two", "a")
        heard = [notice.payload async for notice in line.notifies(timeout=10, stop_after=1)]
    assert heard == ["a"]
    await given_back(database)
    with pytest.raises(DatabaseDown):
        async with listening(NOBODY, CHANNELS, name=NAME):
            raise AssertionError("nobody answers there")
