"""The front door: what is accepted is in the database; what is refused changes nothing."""

import asyncio
import uuid
from typing import Any

import pytest

from server.runs.accept import Runs
from state.errors import BriefRefused, RecordConflict, ReviewRefused, RunNotFound, StaleReview
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.tiny_graphs import graphs


async def count(lot: StudioLot, table: str) -> int:
    row = await lot.database.fetch_one(f"select count(*) as n from {table}")  # our own table names
    assert row is not None
    return int(row["n"])


async def paused(lot: StudioLot, graph: str = "gate") -> str:
    """A production that waits at its gate, and nobody working any more."""
    async with lot.worker():
        run = await lot.start(graph)
        await lot.until(run.production_id, "paused")
    return run.production_id


async def test_a_run_is_in_the_database_before_it_is_accepted(lot):
    run = await lot.start("line", x=1)

    state = await lot.state(run.production_id)
    assert (state.status, state.runs[0]["run_id"]) == ("queued", run.run_id)
    assert await count(lot, "procrastinate_jobs") == 1


async def test_a_start_that_fails_leaves_nothing(lot):
    with pytest.raises(BriefRefused, match="no graph 'opera'"):
        await lot.start("opera")

    assert await count(lot, "productions") == 0


async def test_the_same_key_is_the_same_production(lot):
    order = {
        "user_id": USER,
        "graph": "line",
        "title": "",
        "brief": {},
        "context": {},
        "idempotency_key": "k",
    }

    accepted = await asyncio.gather(*(lot.runs.start(**order) for _ in range(4)))

    assert len({(run.production_id, run.run_id) for run in accepted}) == 1
    assert sorted(run.repeated for run in accepted) == [False, True, True, True]
    assert await count(lot, "procrastinate_jobs") == 1


async def test_without_a_key_every_start_is_a_new_production(lot):
    """The control of the test above."""
    first, second = await lot.start("line"), await lot.start("line")

    assert first.production_id != second.production_id


async def test_other_peoples_productions_are_not_found(lot):
    run = await lot.start("line")
    theirs = {"user_id": "stranger", "production_id": run.production_id}

    for refused in (
        lot.runs.state(**theirs),
        lot.runs.cancel(**theirs),
        lot.runs.resume(**theirs),
        lot.runs.answer(**theirs, interrupt_id=None, reply={}),
        lot.runs.start(**theirs, graph="line", title="", brief={}, context={}),
        lot.runs.state(user_id=USER, production_id=str(uuid.uuid4())),
        lot.runs.state(user_id=USER, production_id="no uuid"),
    ):
        with pytest.raises(RunNotFound):
            await refused


async def test_an_answer_needs_no_name_when_one_gate_is_open(lot):
    production_id = await paused(lot)

    await lot.answer(production_id, decision="GREEN")
    async with lot.worker():
        state = await lot.until(production_id, "completed", runs=2)

    assert state.values["answers"] == {"review": {"decision": "GREEN", "note": ""}}
    assert [run["kind"] for run in state.runs] == ["start", "resume"]


async def test_several_open_gates_must_be_named(lot):
    production_id = await paused(lot, "fan_out_gates")
    state = await lot.state(production_id)
    ids = {one["value"]["shot"]: one["id"] for one in state.interrupts}

    with pytest.raises(ReviewRefused) as refused:
        await lot.answer(production_id)
    assert refused.value.details["interrupt_ids"] == sorted(ids.values())

    await lot.answer(production_id, ids["1B"], decision="RED")
    async with lot.worker():
        state = await lot.until(production_id, "paused", runs=2)
    assert {one["value"]["shot"] for one in state.interrupts} == {"1A", "1C"}


async def test_of_two_answers_at_once_one_is_taken(lot):
    production_id = await paused(lot)
    gate = (await lot.state(production_id)).interrupts[0]["id"]

    results = await asyncio.gather(
        *(lot.answer(production_id, gate, decision=light) for light in ("GREEN", "RED")),
        return_exceptions=True,
    )

    assert sorted(type(result).__name__ for result in results) == ["RunAccepted", "StaleReview"]
    assert await count(lot, "runs") == 2


async def test_a_double_click_is_one_answer(lot):
    production_id = await paused(lot)

    first, second = await lot.answer(production_id), await lot.answer(production_id)

    assert (second.run_id, second.repeated) == (first.run_id, True)


class Together(Runs):
    """Lets so many look at the gate before the first of them answers it."""

    def __init__(self, *args: Any, many: int) -> None:
        super().__init__(*args)
        self._left, self._barrier = many, asyncio.Barrier(many)

    async def _gate(self, production_id: str, user_id: str) -> dict[str, Any]:
        seen = await super()._gate(production_id, user_id)
        if self._left:
            self._left -= 1
            await self._barrier.wait()
        return seen


async def test_of_equal_answers_at_once_all_get_the_first_ones_run(lot):
    production_id = await paused(lot)
    gate = (await lot.state(production_id)).interrupts[0]["id"]
    runs, reply = Together(lot.database, graphs(), many=3), {"decision": "GREEN"}

    taken = await asyncio.gather(
        *(
            runs.answer(user_id=USER, production_id=production_id, interrupt_id=named, reply=reply)
            for named in (gate, None, gate)
        )
    )

    assert (len({one.run_id for one in taken}), sum(not one.repeated for one in taken)) == (1, 1)
    assert await count(lot, "runs") == 2


async def test_a_bare_double_click_does_not_answer_the_next_gate(lot):
    """Both gates take this reply, so only the window keeps the second click from approving a price."""
    production_id = await paused(lot, "two_gates")
    async with lot.worker():
        first = await lot.answer(production_id, decision="GREEN")
        await lot.until(production_id, "paused", runs=2)
    again = await lot.answer(production_id, decision="GREEN")
    assert (again.run_id, again.repeated) == (first.run_id, True)

    await lot.database.execute("update runs set created_at = created_at - interval '11 seconds'")
    with pytest.raises(
        ReviewRefused
    ):  # the control: it now reaches the second gate, which wants another shape
        await lot.answer(production_id, decision="GREEN")


@pytest.mark.parametrize("name", ["0" * 32, "not an id"])
async def test_an_unknown_gate_is_stale(lot, name):
    production_id = await paused(lot)

    with pytest.raises(StaleReview):
        await lot.answer(production_id, name)

    assert (await lot.state(production_id)).status == "paused"


async def test_an_answered_gate_is_stale(lot):
    production_id = await paused(lot)
    gate = (await lot.state(production_id)).interrupts[0]["id"]
    await lot.answer(production_id, gate, decision="GREEN")

    with pytest.raises(StaleReview):
        await lot.answer(production_id, gate, decision="RED")

    assert await count(lot, "runs") == 2


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ({"decison": "GREEN"}, "reply.decision is missing"),
        ({"decision": 1}, "reply.decision must be string"),
        ({"decision": "GREEN", "more": 1}, "reply.more is not known"),
        ({"decision": "UNKNOWN"}, "no such item"),
    ],
)
async def test_a_reply_of_the_wrong_shape_leaves_the_gate_open(lot, reply, words):
    production_id = await paused(lot)

    with pytest.raises(ReviewRefused, match=words):
        await lot.answer(production_id, **reply)

    state = await lot.state(production_id)
    assert (state.status, len(state.interrupts), await count(lot, "runs")) == ("paused", 1, 1)
    await lot.answer(production_id, decision="GREEN")


async def test_a_review_reply_is_read_by_its_own_rules(lot):
    """YELLOW without a note fits the JSON schema, and is refused all the same."""
    production_id = await paused(lot, "two_gates")
    async with lot.worker():
        await lot.answer(production_id, decision="GREEN")
        await lot.until(production_id, "paused", runs=2)

        with pytest.raises(ReviewRefused, match="YELLOW needs a note"):
            await lot.answer(production_id, items={"1A": {"light": "YELLOW"}})
        await lot.answer(production_id, approve_all=True)
        await lot.until(production_id, "completed", runs=3)


async def test_a_production_at_its_gate_is_not_started_again(lot):
    production_id = await paused(lot)
    again = {"user_id": USER, "graph": "gate", "title": "", "brief": {}, "context": {}}

    with pytest.raises(RecordConflict, match="waits at a gate"):
        await lot.runs.start(**again, production_id=production_id)

    assert (await lot.state(production_id)).status == "paused"


async def test_a_production_is_not_started_again_in_another_tier(lot):
    production_id = await paused(lot)
    again = {"user_id": USER, "graph": "gate", "title": "", "brief": {}}

    with pytest.raises(RecordConflict, match=r"context\.tier: this production was begun as final"):
        await lot.runs.start(**again, context={"tier": "draft"}, production_id=production_id)

    assert (await lot.state(production_id)).context.get("tier") is None


async def test_a_production_that_has_ended_is_started_again(lot):
    async with lot.worker():
        run = await lot.start("line", turn=1)
        await lot.until(run.production_id, "completed")
        again = {
            "user_id": USER,
            "graph": "line",
            "title": "",
            "context": {},
            "production_id": run.production_id,
        }
        await lot.runs.start(**again, brief={"turn": 2})
        state = await lot.until(run.production_id, "completed", runs=2)

    assert state.values["brief"] == {"turn": 2}
