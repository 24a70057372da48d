"""Orders on their way home: begun in one step of a run, waited for in a later one.

A graph's step ends when all that was begun in it has ended. So that one slow job does not hold the others
up, whoever waits leaves as soon as there is something to do, and what is on its way goes on without it: the
next step finds it under its key. A run opens one `Homeward` and nothing in it outlives the run; what was cut
off is collected again, as after a crash.

Each is one of so many that may be made at once. It gives its place away as soon as its job has ended well,
before anything is fetched, and needs one again where another job is made for it.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from tools.ending import end_tasks

T = TypeVar("T")
current_homeward: ContextVar["Homeward | None"] = ContextVar("current_homeward", default=None)
current_way: ContextVar["Way[Any] | None"] = ContextVar("current_way", default=None)


class Way(Generic[T]):
    """One order's."""

    def __init__(self, house: "Homeward") -> None:
        self._house = house
        self._task: asyncio.Task[T] | None = None
        self.at_work = True
        """Whether it has a place: its job is being made, or may be."""
        self.waits = False
        """Whether it needs one again."""

    def begin(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        """Go: what is awaited below finds this as `current_way`."""
        token = current_way.set(self)
        try:
            self._task = asyncio.create_task(work(), name="homeward")
        finally:
            current_way.reset(token)
        self._task.add_done_callback(self._ended)

    @property
    def task(self) -> "asyncio.Task[T] | None":
        """Who brings it."""
        return self._task

    @property
    def is_home(self) -> bool:
        """Whether it has ended, however it did."""
        return self._task is not None and self._task.done()

    def brought(self) -> T:
        """What it came home with. Raises what its work raised."""
        assert self._task is not None  # noqa: S101 - it was begun
        return self._task.result()

    def leave(self) -> None:
        """Its job has ended well: the place is for somebody else."""
        if self.at_work:
            self.at_work = False
            self._house.tell()

    async def enter(self) -> None:
        """Another job is about to be made: wait for a place unless it has one still."""
        self.waits = not self.at_work
        try:
            while not self.at_work and self._house.is_full:
                await self._house.moves().wait()
            self.at_work = True
        finally:
            self.waits = False

    def _ended(self, task: "asyncio.Task[T]") -> None:
        if not task.cancelled():
            task.exception()  # whoever asks for it gets it; nobody may ask any more
        self.at_work = False
        self._house.tell()


class Homeward:
    """All that is on its way in one run."""

    def __init__(self) -> None:
        self._ways: dict[str, Way[Any]] = {}
        self._moves = asyncio.Event()
        self.at_once = 1
        """How many have a place."""
        self.holds = False
        """Whether nothing more is handed in until all are home: some could not be bought."""

    def bring(self, call_key: str, work: Callable[[], Coroutine[Any, Any, T]]) -> Way[T]:
        """The order's way: the one that an earlier step began, or one that begins now."""
        way: Way[T] | None = self._ways.get(call_key)
        if way is None:
            way = self._ways[call_key] = Way(self)
            way.begin(work)
        return way

    def forget(self, call_key: str) -> None:
        """Somebody has taken what it brought."""
        self._ways.pop(call_key, None)

    def places_taken(self, call_keys: Collection[str]) -> int:
        """How many of these have a place or wait for one; whoever is not on its way yet may have a job."""
        ways = [self._ways.get(call_key) for call_key in call_keys]
        return sum(1 for way in ways if way is None or way.at_work or way.waits)

    def wants_a_place(self, call_keys: Collection[str]) -> bool:
        """Whether another job is to be made for one of these, as soon as there is a place for it."""
        return any(way.waits for call_key, way in self._ways.items() if call_key in call_keys)

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return sum(way.at_work for way in self._ways.values()) >= self.at_once

    def moves(self) -> asyncio.Event:
        """Set at the next change: take it, look, then wait for it, and none is missed."""
        return self._moves

    def tell(self) -> None:
        """Something has changed."""
        moved, self._moves = self._moves, asyncio.Event()
        moved.set()

    async def close(self) -> None:
        """Cut off whatever is on its way still."""
        await end_tasks([way.task for way in self._ways.values()])
        self._ways.clear()


@asynccontextmanager
async def homeward() -> AsyncIterator[Homeward]:
    """What is on its way in this run; at the end of the block it is cut off."""
    house = Homeward()
    token = current_homeward.set(house)
    try:
        yield house
    finally:
        current_homeward.reset(token)
        await house.close()


def has_left_its_place() -> None:
    """The job that is collected here has ended well."""
    if (way := current_way.get()) is not None:
        way.leave()


async def takes_a_place() -> None:
    """Before a job is ordered for what is collected here."""
    if (way := current_way.get()) is not None:
        await way.enter()
