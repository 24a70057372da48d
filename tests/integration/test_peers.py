"""Two processes on one database: other secrets or another store are one sentence, at the start."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from psycopg import AsyncConnection
from pydantic import SecretStr

from server.peers import Peers, check_peers
from server.runs.events import EventLog
from state.errors import SettingInvalid
from tests.builders import a_master_key
from tools.db.pool import Database
from tools.media.open import open_store
from tools.settings import Settings

SAME = {"link_secret": "l" * 32, "auth_secret": "a" * 32, "master_key": a_master_key("same")}
Start = Callable[..., Awaitable[AsyncConnection[Any]]]


@pytest.fixture
def chosen(database_url: str, tmp_path: Path) -> Callable[..., Settings]:
    """The settings of a machine: the same secrets and the same media, unless said otherwise."""
    shared = {"database_url": database_url, "auth_mode": "token", "media": str(tmp_path / "shared"), **SAME}
    return lambda machine, **changes: Settings.model_validate(
        {"data_dir": tmp_path / machine, **shared, **changes}
    )


@pytest.fixture
async def start(database: Database, chosen: Callable[..., Settings]) -> AsyncIterator[Start]:
    """Start a process as far as it is compared with the others; its connection."""
    async with AsyncExitStack() as stack:

        async def begin(machine: str, **changes: Any) -> AsyncConnection[Any]:
            settings = chosen(machine, **changes)
            peers = await Peers.of(settings, await open_store(settings))
            connection = await AsyncConnection.connect(database.url, autocommit=True)
            await stack.enter_async_context(connection)
            await peers.show(connection)
            await peers.agree(database)
            return connection

        yield begin


async def test_machines_with_the_same_secrets_and_store_agree(start: Start):
    for machine in ("a", "b", "c"):
        await start(machine)


@pytest.mark.parametrize(
    ("changes", "setting"),
    [
        ({"link_secret": None}, "GREENLIGHT_LINK_SECRET"), ({"auth_secret": None}, "GREENLIGHT_AUTH_SECRET"),
        ({"master_key": a_master_key("other")}, "GREENLIGHT_MASTER_KEY"),
        ({"media": None}, "GREENLIGHT_MEDIA"),
    ],
)  # fmt: skip
async def test_whoever_has_another_one_is_refused_by_the_setting_s_name(
    start: Start, changes: dict[str, Any], setting: str
):
    await start("a")
    with pytest.raises(SettingInvalid, match="Another process on this database") as caught:
        await start("b", **changes)
    assert setting in caught.value.user_action
    assert "\n" not in caught.value.message


async def test_a_process_that_is_gone_is_compared_with_nobody(start: Start):
    await (await start("a")).close()
    await start("b", link_secret=None)


async def test_a_secret_is_changed_machine_by_machine(start: Start):
    old = await start("a")
    new = {"link_secret": "n" * 32, "auth_secret": "n" * 32}
    before = {f"{name}_before": SAME[name] for name in new}
    await start("b", **new, **before)
    with pytest.raises(SettingInvalid):
        await start("c", **new)
    await old.close()
    await start("c", **new)


async def test_the_ear_of_a_process_shows_its_marks(database: Database, chosen: Callable[..., Settings]):
    settings = chosen("a")
    peers = await Peers.of(settings, await open_store(settings))
    events = EventLog(database)
    events.tail.on_connect = peers.show
    await events.tail.open()
    try:
        [check] = await check_peers(chosen("b", link_secret=None))
        assert (check.status, "GREENLIGHT_LINK_SECRET" in check.remedy) == ("failed", True)
    finally:
        await events.close()
    [check] = await check_peers(chosen("b", link_secret=None))
    assert (check.status, check.remedy) == ("warning", "Set GREENLIGHT_LINK_SECRET on all of them.")


async def test_with_an_embedded_database_there_is_nobody_to_compare_with(tmp_path: Path):
    assert await check_peers(Settings(data_dir=tmp_path)) == []
    alone = await Peers.of(Settings(data_dir=tmp_path, link_secret=SecretStr("x")), None)  # type: ignore[arg-type]
    assert not await asyncio.to_thread(os.listdir, tmp_path), "nothing was made for it"
    assert alone._badges == {}
