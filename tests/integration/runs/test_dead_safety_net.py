"""The look now and then for what no notification told of: when a bug ends it, monitors know by its name."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from server.composition import Parts, open_parts
from server.runs.events import EventLog
from tests.integration.runs.tiny_graphs import graphs
from tools.settings import Settings

NAME = "event safety net"


@pytest.fixture
async def parts(database_url: str, tmp_path: Path) -> AsyncIterator[Parts]:
    """A process that only answers, as it is composed."""
    settings = Settings.model_validate(
        {"data_dir": tmp_path, "database_url": database_url, "render_processes": 1}
    )
    async with open_parts(settings, specs=graphs(), works=False) as opened:
        yield opened


async def followed(parts: Parts) -> "asyncio.Task[None]":
    """Somebody follows a production to its end; the net that was spread for them."""
    run = await parts.house.runs.start(user_id="local", graph="line", title="", brief={}, context={})
    await parts.house.runs.cancel(user_id="local", production_id=run.production_id)
    async with asyncio.timeout(20):
        async for _ in parts.events.follow(run.production_id, until_end=True):
            pass
    [net] = [task for task in parts.house.vitals.background if task.get_name() == NAME]
    return net


async def problems(parts: Parts) -> dict[str, str]:
    return {part.name: part.problem for part in await parts.house.vitals.ready() if not part.ok}


async def test_one_that_dies_of_a_bug_is_named(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    async def dies(_: EventLog) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(EventLog, "_catch_up", dies)
    with capture_logs() as lines:
        await asyncio.wait([await followed(parts)])
    assert await problems(parts) == {NAME: "it has ended by an error"}
    assert [line["work"] for line in lines if line["event"] == "background_work_died"] == [NAME]


async def test_one_that_goes_on_is_watched_once_and_nothing_is_wrong(parts: Parts) -> None:
    """The control; however many follow, and also when it ends with the process."""
    net = await followed(parts)
    assert await followed(parts) is net
    assert not net.done()
    assert await problems(parts) == {}
    await parts.events.close()
    assert net.cancelled()
    assert NAME not in await problems(parts)
