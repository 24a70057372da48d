"""What a task wrote waits until what it said is kept, and never for ever."""

import asyncio

import pytest

from server.runs import words
from server.runs.words import NO_TASK, Words

PULLED = "~__pregel_pull, draw"


class Log:
    """Counts how often words were to be kept."""

    def __init__(self) -> None:
        self.kept = 0

    async def keep(self) -> None:
        self.kept += 1


async def waiting(told: Words, task_id: str = "a") -> "asyncio.Task[None]":
    task = asyncio.create_task(told.kept(task_id, PULLED))
    await asyncio.sleep(0)
    return task


async def test_a_write_waits_for_the_end_of_its_own_task():
    log = Log()
    told = Words(log.keep)
    task = await waiting(told)
    told.over("b")
    await asyncio.sleep(0)
    assert (task.done(), log.kept) == (False, 0)
    told.over("a")
    await task
    assert log.kept == 1


async def test_an_end_that_was_told_before_is_remembered():
    log = Log()
    told = Words(log.keep)
    told.over("a")
    await told.kept("a", PULLED)
    assert log.kept == 1


@pytest.mark.parametrize(("task_id", "path"), [(NO_TASK, ""), ("a", "~__pregel_pull, __start__")])
async def test_what_no_stream_tells_of_is_not_waited_for(task_id, path):
    log = Log()
    await Words(log.keep).kept(task_id, path)
    assert log.kept == 0


async def test_what_nobody_hears_is_not_stored():
    """A drive that is stopped in the middle: the task is done again, and says it again."""
    log = Log()
    told = Words(log.keep)
    task = await waiting(told)
    told.over("b")
    told.close()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert log.kept == 0
    await told.kept("b", PULLED)
    assert log.kept == 1


async def test_an_end_that_is_never_told_is_not_waited_for_long(monkeypatch, caplog):
    caplog.set_level("WARNING")  # whatever a server that was started here before has set
    monkeypatch.setattr(words, "LOOK_S", 0.01)
    log = Log()
    await Words(log.keep).kept("a", PULLED)
    assert log.kept == 1
    assert "task a was not told" in caplog.text


async def test_a_reader_that_is_held_up_is_waited_for(monkeypatch, caplog):
    """It stores a checkpoint, say, and cannot hear meanwhile that a task beside it is over."""
    monkeypatch.setattr(words, "LOOK_S", 0.001)
    log = Log()
    told = Words(log.keep)
    with told.hearing():
        task = await waiting(told)
        await until_looked(told, 3 * words.MOST_LOOKS)
        assert not task.done()
    told.over("a")
    await task
    assert (log.kept, caplog.text) == (1, "")


async def until_looked(told: Words, times: int) -> None:
    looked, look = asyncio.Semaphore(0), told._news_in_time

    async def counted() -> bool:
        looked.release()
        return await look()

    told._news_in_time = counted  # type: ignore[method-assign]
    for _ in range(times):
        await looked.acquire()
