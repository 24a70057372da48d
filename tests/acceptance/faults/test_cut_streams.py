"""Streams are cut at random bytes while two replicas are restarted: nothing is lost, doubled or out of order.

The long form is `make soak SOAK=faults`; its seed is printed, and `SOAK_SEED` repeats it.
"""

import asyncio
import os
import random
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.acceptance.faults import talking_house
from tests.acceptance.faults.cutting_proxy import PLACES, CuttingProxy, Tally
from tests.acceptance.faults.replicas import Replicas
from tests.acceptance.faults.stream_readers import API, MODES, V1, V2, Reader, differences
from tools.db.pool import Database

EVERYBODY = (V1, V2, API)
FEW, MANY = 20, 300
RUN = {"assistant_id": "talk", "if_not_exists": "create", "stream_resumable": True, "stream_mode": MODES}
ROWS = "select seq, method, payload from events where production_id = %s order by seq"


@pytest.fixture
async def replicas(tmp_path: Path, database_url: str) -> AsyncIterator[Replicas]:
    async with Replicas(tmp_path, database_url, module=talking_house.__name__).open() as opened:
        yield opened


async def follow_once(
    replicas: Replicas, database: Database, tally: Tally, seed: str, *, steps: int, every: int = 0,
    remembers: bool = True,
) -> list[str]:  # fmt: skip
    """Let a production talk to a reader of each kind, each through a proxy of its own; how they differ.

    At every so-manieth cut a replica is restarted.
    """
    thread, run = await begin(replicas.address("works"), steps)
    readers = [Reader(protocol, thread, run, remembers=remembers) for protocol in EVERYBODY]
    async with (
        unrest(replicas, tally, Random(seed), every=every),  # noqa: S311 - to be repeated
        AsyncExitStack() as stack,
        asyncio.TaskGroup() as group,
    ):
        for reader in readers:
            dice = Random(f"{seed} {reader.protocol.name}")  # noqa: S311 - to be repeated
            proxy = CuttingProxy(list(replicas.ports.values()), dice, tally)
            await stack.enter_async_context(proxy.open())
            group.create_task(reader.read(proxy.url))
    return await compared(replicas, database, readers)


async def begin(url: str, steps: int) -> tuple[str, str]:
    """A run that can be followed by everybody."""
    thread = str(uuid.uuid4())
    async with httpx.AsyncClient(base_url=url, verify=False) as client:  # noqa: S501 - http
        answer = await client.post(f"/threads/{thread}/runs", json=RUN | {"input": {"steps": steps}})
    assert answer.status_code == 200, answer.text
    return thread, answer.json()["run_id"]


async def compared(replicas: Replicas, database: Database, readers: Sequence[Reader]) -> list[str]:
    """Each with a client of the other replica that is never cut, and with the log itself."""
    rows = [
        (row["seq"], row["method"], row["payload"])
        for row in await database.fetch_all(ROWS, [readers[0].thread])
    ]
    found: list[str] = []
    for reader in readers:
        whole = await Reader(reader.protocol, reader.thread, reader.run).read(replicas.address("answers"))
        assert whole, "nothing was told"
        found += differences(reader, whole, rows)
    return found


async def test_few_cuts_lose_and_double_nothing(replicas: Replicas, database: Database) -> None:
    """The control: the same comparison, of readers that come back and do not say what they have seen."""
    tally = Tally(FEW)
    assert await follow_once(replicas, database, tally, "few", steps=6, every=8) == []
    assert tally.total >= FEW, tally
    assert replicas.ends, "none was restarted"

    wanted, found = {f"{one.name}: not in order and once" for one in EVERYBODY}, set[str]()
    for number in range(6):  # a cut at the very end repeats nothing, so not every one shows in every film
        if not wanted <= found:
            name = f"control {number}"
            found |= set(await follow_once(replicas, database, Tally(6), name, steps=2, remembers=False))
    assert wanted <= found


@pytest.mark.soak
async def test_many_cuts_over_restarts_lose_and_double_nothing(
    replicas: Replicas, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = os.environ.get("SOAK_SEED") or str(random.SystemRandom().randrange(2**32))
    say(capsys, f"seed of the cuts: SOAK_SEED={seed}")
    tally, found, number = Tally(MANY), list[str](), 0
    while tally.total < MANY:
        number += 1
        told = await follow_once(replicas, database, tally, f"{seed} {number}", steps=12, every=12)
        found += [f"production {number}, {one}" for one in told]
    say(capsys, f"{tally.total} cuts {dict(tally.cuts)}, {tally.refused} refused, ends {dict(replicas.ends)}")
    assert found == []
    assert set(tally.cuts) == {"anywhere", *PLACES}
    assert len(replicas.ends) == 4, "both replicas in both ways"


@asynccontextmanager
async def unrest(replicas: Replicas, tally: Tally, dice: Random, *, every: int) -> AsyncIterator[None]:
    """Restart a replica at each so-manieth cut, for as long as the block lasts; both stand afterwards."""
    task = asyncio.create_task(replicas.restart_at(tally.news, dice, every=every))
    try:
        yield
    finally:
        tally.end()
        await task


def say(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with capsys.disabled():
        print(f"\n{text}")
