"""Many productions at once: all are accepted before the first can end, all end, and the API stays quick.

`make soak SOAK=load` asks for a thousand; the suite for a few, by the same rules.
"""

import asyncio
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

from tests.integration.load.crowd import SHOTS, Crowd, crowd_of
from tests.integration.load.house import FilmHouse
from tests.integration.load.places import Place
from tests.integration.load.samples import Samples
from tests.integration.load.watching import ROUTES, Prober, Watch, probed, watched
from tests.integration.load.writing import WRITES, Writer, written_to

P99_MS, RSS_MIB, CONNECTIONS = 500, 2048, 60
THOUSAND = int(os.environ.get("SOAK_FILMS") or 1000)
ENOUGH = THOUSAND // 5
"""So many reads and so many writes at least: a percentile of a few says nothing."""
SLOTS, SLOTS_APART = 32, 18
"""Each slot has a connection; a process has up to 22 more, and one that only answers up to 18."""


@dataclass(frozen=True)
class Seen:
    """What came of it: of those who made films, who read and who wrote meanwhile, and the house."""

    crowd: Crowd
    prober: Prober
    writer: Writer
    watch: Watch

    def told(self) -> str:
        """All figures."""
        own, reads, writes = self.crowd.samples, self.prober.samples, self.writer.samples
        together = Samples.of(own, reads, writes).quantile_ms(0.99)
        tables = [reads.table("reads"), writes.table("writes"), own.table("crowd"), self.watch.table()]
        return "\n".join([*tables, f"p99 of every request, the crowd's own too: {together:.0f} ms"])


async def all_at_once(house: FilmHouse, films: int, *, followed: int, every_s: float) -> Seen:
    """Order all films, see that all live, then answer their gates until all have ended."""
    async with house.client(connections=followed + 50) as client, crowd_of(client, house.url) as crowd:
        await crowd.order("film first")  # whoever asks about a film needs one
        crowd.spared = max(1, films // 10)
        async with (
            probed(client, crowd, every_s=every_s) as prober,
            written_to(client, crowd, every_s=2.5 * every_s) as writer,
            watched(house, crowd, every_s=10 * every_s) as watch,
        ):
            await make_all(crowd, films, followed=followed)
        seen = Seen(crowd, prober, writer, watch)
        print(seen.told())
        assert await crowd.statuses() == {"completed": films}
        await crowd.until_ended(writer.asked_for)
        assert await crowd.statuses(writer.asked_for) == {"cancelled": len(writer.asked_for)}
    assert prober.samples.failed + writer.samples.failed == []
    return seen


def machine() -> str:
    """Figures of a machine that others use as well are theirs, too."""
    return f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes that want one"


async def make_all(crowd: Crowd, films: int, *, followed: int) -> None:
    """From the first order to the last end."""
    began = time.monotonic()
    await crowd.order_all(films - 1)
    accepted_s = time.monotonic() - began
    assert await crowd.live() == films, "one has ended before the last was accepted"
    async with asyncio.TaskGroup() as group:
        streams = [group.create_task(crowd.follow(film)) for film in crowd.films[-followed:]]
        await crowd.answer_all()
    print(f"{films} accepted in {accepted_s:.1f} s, ended after {time.monotonic() - began:.0f} s")
    assert {stream.result()[-1]["payload"]["reason"] for stream in streams} == {"completed"}


def check_what_was_paid(house: FilmHouse, films: list[str]) -> None:
    """Each shot of these twice, a panel and a take; and nothing of anybody was ordered a second time."""
    invoices = house.invoices()
    assert set(invoices.values()) == {1}
    assert sum(key.split(":")[0] in films for key in invoices) == len(films) * SHOTS * 2


def check_that_it_was_quick(samples: Samples, names: Iterable[str], *, enough: int = ENOUGH) -> None:
    """All of this class together; and each kind was asked more than a few times."""
    assert samples.quantile_ms(0.99, of=enough) < P99_MS
    for name in names:
        samples.quantile_ms(0.99, name, of=enough // 8)


async def test_a_few_at_once_end_and_are_paid_once(house: FilmHouse) -> None:
    house.slots, house.jobs_take_s = 4, "0.01-0.05"
    await house.start("serve")
    seen = await all_at_once(house, 8, followed=4, every_s=0.1)
    check_what_was_paid(house, seen.crowd.films)
    assert seen.watch.most_connections <= CONNECTIONS
    assert seen.prober.samples.quantile_ms(0) > 0
    assert seen.writer.samples.quantile_ms(0) > 0
    await house.close()


@pytest.mark.soak
@pytest.mark.timeout(2400)
@pytest.mark.parametrize(
    ("place", "apart"),
    [("memory", False), ("memory", True), ("durable", False)],
    ids=["one_process", "api_and_worker_apart", "durable"],
    indirect=["place"],
)
async def test_a_thousand_at_once(
    house: FilmHouse, place: Place, apart: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many slots as there may be connections for; whoever has no slot waits in the queue."""
    house.forked, house.slots = False, SLOTS_APART if apart else SLOTS
    await house.start("serve", *(["--no-work"] if apart else []))
    if apart:
        await house.start("work")
    assert place.keeps_all() is place.durable
    with capsys.disabled():
        print(f"\n{place.told()}\n{machine()} before")
        seen = await all_at_once(house, THOUSAND, followed=100, every_s=0.1)
        print(f"{machine()} after")
    check_what_was_paid(house, seen.crowd.films)
    check_that_it_was_quick(seen.prober.samples, ROUTES)
    check_that_it_was_quick(seen.writer.samples, WRITES)
    assert all(one.rss_mib < RSS_MIB for one in seen.watch.most.values())
    assert seen.watch.most_connections <= CONNECTIONS
    await house.close()
