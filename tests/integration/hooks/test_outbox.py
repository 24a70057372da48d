"""The outbox's way in: a row per receiver and event, whoever projects it and however often it dies."""

import asyncio
from typing import Any

import pytest

from server.records import project
from server.records.project import Projector, catch_up, left_behind, project_all
from state.events import BudgetWarning, TakeDegraded
from tests.integration.api.making import mastered, said
from tests.integration.hooks.conftest import HooksLot


async def told(lot: HooksLot) -> list[tuple[str, str]]:
    return [(row["type"], row["event_key"].partition(":")[2]) for row in await lot.notices()]


async def test_every_kind_of_event_is_told_with_ids_and_words_only(lot: HooksLot) -> None:
    await lot.endpoint()
    production = await lot.production()
    await lot.asks(production)
    budget = BudgetWarning(percent=50, committed_usd="0.5", ceiling_usd="1")
    degraded = TakeDegraded(stage="shoot", item="1A", take=1, provider="fal", model="kling")
    again = degraded.model_copy(update={"item": "1B"})  # forty takes of one stand-in are one thing to know
    for event in (budget, degraded, again, mastered()):
        await lot.tell(production, "custom", event.as_custom())
    await lot.ends(
        production, "failed", error={"code": "budget", "message": "No money.", "details": {"a": 1}}
    )
    data = {row["type"]: row["data"] for row in await lot.notices()}
    common = {"production_id": production, "title": "The Letter", "novela_id": None, "episode_number": None}
    assert all(common.items() <= one.items() for one in data.values())
    assert data["gate.waiting"]["items"] == [{"item": "1A", "title": "The letter"}]
    assert (data["gate.waiting"]["gate_id"], data["gate.waiting"]["question"]) == ("gate-1", "Is it good?")
    assert data["budget.warning"]["percent"] == 50
    assert data["production.degraded"]["model"] == "kling"
    assert data["delivery.ready"]["files"][0]["name"] == "master.mp4"
    assert data["run.ended"]["error"] == {"code": "budget", "message": "No money.", "user_action": ""}
    assert len(data) == len(await lot.notices()) == 5
    assert "secret-place" not in str(data)


async def test_a_receiver_hears_what_it_asked_for_of_its_own_users_productions(lot: HooksLot) -> None:
    mine, _ = await lot.endpoint(events=["run.ended"])
    await lot.endpoint(events=["gate.waiting"])
    theirs, _ = await lot.endpoint("eva")
    await lot.ends(await lot.production())
    assert [str(row["endpoint_id"]) for row in await lot.notices()] == [mine]
    await lot.ends(await lot.production("eva"))
    assert {str(row["endpoint_id"]) for row in await lot.notices()} == {mine, theirs}


async def test_what_happened_before_it_was_made_is_not_told(lot: HooksLot) -> None:
    production = await lot.production()
    await lot.hand.tell(production, "lifecycle", {"status": "completed"})
    await lot.endpoint()
    await catch_up(lot.database, production)
    assert await lot.notices() == []


async def test_nothing_is_written_for_one_that_is_off_or_for_an_account_that_is(lot: HooksLot) -> None:
    off, _ = await lot.endpoint()
    await lot.endpoints.change("ana", off, enabled=False)
    await lot.endpoint("eva")
    await lot.database.execute("update users set disabled_at = now() where user_id = 'eva'")
    for user in ("ana", "eva"):
        await lot.ends(await lot.production(user))
    assert await lot.notices() == []


@pytest.mark.parametrize("column", ["replay = true", "deleted_at = now()"])
async def test_a_replay_and_a_deleted_production_tell_nobody(lot: HooksLot, column: str) -> None:
    await lot.endpoint()
    production = await lot.production()
    await lot.database.execute(f"update productions set {column}")
    await lot.ends(production)
    assert await lot.notices() == []


async def test_a_log_that_came_in_an_archive_tells_nobody(lot: HooksLot) -> None:
    await lot.endpoint()
    production = await lot.production()
    await lot.hand.tell(production, "lifecycle", {"status": "completed"})
    async with lot.database.transaction() as connection:
        await project_all(connection, production)
    await catch_up(lot.database, production)
    assert await lot.notices() == []


async def test_only_the_end_of_the_root_is_an_end(lot: HooksLot) -> None:
    await lot.endpoint()
    production = await lot.production()
    await lot.tell(production, "lifecycle", {"event": "interrupted", "status": "paused"})
    await lot.tell(production, "lifecycle", {"event": "running", "status": "running"})
    await lot.hand.tell(production, "lifecycle", {"event": "completed", "status": "completed"})
    await lot.database.execute(
        "update events set namespace = array['inner:1'] where payload ->> 'status' = 'completed'"
    )
    await catch_up(lot.database, production)
    assert await lot.notices() == []


async def test_reading_the_log_again_tells_nothing_twice(lot: HooksLot) -> None:
    await lot.endpoint()
    production = await lot.production()
    await lot.asks(production)
    await lot.asks(production)  # the same gate after another answer: another event, one question
    for _ in range(2):
        await lot.tell(production, "custom", mastered().as_custom())  # a node that ran again
    await lot.ends(production)
    before = await told(lot)
    assert sorted(kind for kind, _ in before) == ["delivery.ready", "gate.waiting", "run.ended"]
    await lot.database.execute("update projections set position = 0")
    await catch_up(lot.database, production)
    assert await told(lot) == before


async def test_without_the_key_it_would(lot: HooksLot) -> None:
    """The control: what guards when the position does not."""
    await lot.endpoint()
    production = await lot.production()
    try:
        await lot.database.execute("drop index notices_once")
        await lot.ends(production)
        await lot.database.execute("update projections set position = 0")
        await catch_up(lot.database, production)
        assert len(await lot.notices()) == 2
    finally:
        await lot.database.execute("delete from notices")
        await lot.database.execute(
            "create unique index notices_once on notices (endpoint_id, event_key)"
            " where endpoint_id is not null"
        )


async def test_four_that_read_at_once_tell_once(lot: HooksLot) -> None:
    await lot.endpoint()
    production = await lot.production()
    for number in range(20):
        await lot.hand.tell(production, "input.requested", {"interrupt_id": f"gate-{number}", "payload": {}})
    await asyncio.gather(*(catch_up(lot.database, production) for _ in range(4)))
    assert len(await lot.notices()) == 20


async def test_who_dies_in_the_middle_has_told_nobody_and_the_next_one_does(
    lot: HooksLot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lot.endpoint()
    production = await lot.production()

    async def crash(*_: Any) -> None:
        raise RuntimeError("the process died here")

    with monkeypatch.context() as broken:
        broken.setitem(project.STEPS, "message", crash)
        await lot.hand.tell(production, "input.requested", {"interrupt_id": "gate-1", "payload": {}})
        await lot.hand.tell(production, "custom", said("ask").as_custom())
        with pytest.raises(RuntimeError):
            await catch_up(lot.database, production)
    assert await lot.notices() == []
    assert await left_behind(lot.database) == [production]
    await catch_up(lot.database, production)
    assert await told(lot) == [("gate.waiting", "gate.waiting:gate-1")]


async def test_what_nobody_wants_to_hear_is_passed_over_and_what_somebody_does_is_not(
    lot: HooksLot,
) -> None:
    deaf, heard = await lot.production("eva"), await lot.production("ana")
    await lot.endpoint("ana")
    for production in (deaf, heard):
        await lot.hand.tell(production, "input.requested", {"interrupt_id": "gate-1", "payload": {}})
        await lot.hand.tell(production, "lifecycle", {"status": "completed"})
    assert await left_behind(lot.database) == [heard]


async def test_a_projector_hears_of_it_without_the_safety_net(lot: HooksLot) -> None:
    """What this process wrote itself: an end changes no row, and is told all the same."""
    await lot.endpoint()
    production, projector = await lot.production(), Projector(lot.database)
    task = asyncio.create_task(projector.run())
    try:
        async with asyncio.timeout(4):
            async with lot.database.connection() as connection:
                await connection.execute("listen greenlight_notices")
                await lot.hand.tell(production, "lifecycle", {"status": "completed"})
                projector._written(production, [_Draft("lifecycle", {"status": "completed"})])  # type: ignore[list-item]
                async for _ in connection.notifies(stop_after=1):
                    pass
                await connection.execute("unlisten *")
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert [row["type"] for row in await lot.notices()] == ["run.ended"]


class _Draft:
    def __init__(self, method: str, payload: Any) -> None:
        self.method, self.payload = method, payload
