"""Many productions at once: all are accepted before the first can end, all end, and the API stays quick.

`make soak SOAK=load` asks for a thousand; the suite for a few, by the same rules.
"""

import asyncio
import os
import time

import pytest

from tests.integration.load.crowd import SHOTS, Crowd, crowd_of
from tests.integration.load.house import FilmHouse
from tests.integration.load.watching import Prober, Watch, probed, watched

P99_MS, RSS_MIB, CONNECTIONS = 500, 2048, 60
THOUSAND = int(os.environ.get("SOAK_FILMS") or 1000)
SLOTS, SLOTS_APART = 32, 18
"""Each slot has a connection; a process has up to 22 more, and one that only answers up to 18."""


async def all_at_once(
    house: FilmHouse, films: int, *, followed: int, every_s: float
) -> tuple[Crowd, Prober, Watch]:
    """Order all films, see that all live, then answer their gates until all have ended."""
    async with house.client(connections=followed + 50) as client, crowd_of(client, house.url) as crowd:
        await crowd.order("film first")  # whoever asks about a film needs one
        async with (
            probed(client, crowd, every_s=every_s) as prober,
            watched(house, crowd, every_s=10 * every_s) as watch,
        ):
            began = time.monotonic()
            await crowd.order_all(films - 1)
            accepted_s = time.monotonic() - began
            assert await crowd.live() == films, "one has ended before the last was accepted"
            async with asyncio.TaskGroup() as group:
                streams = [group.create_task(crowd.follow(film)) for film in crowd.films[-followed:]]
                await crowd.answer_all()
            ended_s = time.monotonic() - began
        assert await crowd.statuses() == {"completed": films}
        assert {stream.result()[-1]["payload"]["reason"] for stream in streams} == {"completed"}
    bought = house.invoices()
    assert (len(bought), set(bought.values())) == (films * SHOTS * 2, {1})
    print(f"{films} accepted in {accepted_s:.0f} s, ended after {ended_s:.0f} s\n{prober.table()}")
    print(watch.table())
    assert prober.failed == []
    return crowd, prober, watch


async def test_a_few_at_once_end_and_are_paid_once(house: FilmHouse) -> None:
    house.slots, house.jobs_take_s = 4, "0.01-0.05"
    await house.start("serve")
    _, prober, watch = await all_at_once(house, 8, followed=4, every_s=0.1)
    assert watch.most_connections <= CONNECTIONS
    assert prober.quantile_ms(0) > 0
    await house.close()


@pytest.mark.soak
@pytest.mark.timeout(2400)
@pytest.mark.parametrize("apart", [False, True], ids=["one_process", "api_and_worker_apart"])
async def test_a_thousand_at_once(house: FilmHouse, apart: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """As many slots as there may be connections for; whoever has no slot waits in the queue."""
    house.forked, house.slots = False, SLOTS_APART if apart else SLOTS
    await house.start("serve", *(["--no-work"] if apart else []))
    if apart:
        await house.start("work")
    with capsys.disabled():
        _, prober, watch = await all_at_once(house, THOUSAND, followed=100, every_s=0.1)
        print(f"p99 of all requests: {prober.quantile_ms(0.99):.0f} ms")
    assert prober.quantile_ms(0.99) < P99_MS
    assert all(one.rss_mib < RSS_MIB for one in watch.most.values())
    assert watch.most_connections <= CONNECTIONS
    await house.close()
