"""Two machines are restarted one after the other, again and again, while they work."""

import pytest

from tests.integration.machines.conftest import Machines

FACTS = (
    "select max(attempts) as attempts, max(epoch) as epoch from runs join productions using (production_id)"
)


async def restart_during(machines: Machines, *, productions: int, shots: int, restarts: int) -> None:
    """At each end of a shot of the first production one machine goes and another comes.

    Leases and the sweeper take a minute, so nothing moves unless whoever goes hands it over.
    """
    made = [await machines.shop(shots) for _ in range(productions)]
    crew, done = [machines.start("m0"), machines.start("m1")], 0
    async for event in machines.events.follow(made[0], until_end=True):
        ended = event.method == "tasks" and event.event_id.endswith("end")
        if ended and event.payload["name"] == "collect_shot" and done < restarts:
            done += 1
            await machines.stop(crew.pop(0))
            crew.append(machines.start(f"m{done + 1}"))
    assert done == restarts
    assert [await machines.ended(one) for one in made] == ["completed"] * productions
    for process in crew:
        await machines.stop(process)
    posts = machines.posts()
    assert (len(posts), set(posts.values())) == (productions * shots, {1})
    row = await machines.database.fetch_one(FACTS)
    assert row is not None
    assert row["attempts"] == 1, "no drain is a failed attempt"
    assert row["epoch"] > 1, "something was handed over"
    assert await machines.database.fetch_all("select 1 from workers") == [], "everybody signed out"


async def test_rolling_restarts_lose_and_double_nothing(machines: Machines) -> None:
    await restart_during(machines, productions=3, shots=4, restarts=3)


@pytest.mark.soak
async def test_many_rolling_restarts_are_no_faults(machines: Machines) -> None:
    await restart_during(machines, productions=12, shots=25, restarts=24)


async def test_a_machine_that_is_killed_hands_nothing_over(machines: Machines) -> None:
    """The control: within the lease's minute nobody goes on."""
    production_id = await machines.shop(1)
    killed = machines.start("killed", holds=True)
    await machines.until(production_id, "collect_shot", "start")
    killed.kill()
    await killed.wait()
    other = machines.start("other")
    assert await machines.ended(await machines.shop(1)) == "completed", "the other one works"
    row = await machines.database.fetch_one(
        "select status, epoch from productions where production_id = %s", [production_id]
    )
    assert row is not None
    assert (row["status"], row["epoch"]) == ("running", 1)
    await machines.stop(other)
