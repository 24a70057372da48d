"""What a worker makes of a run: to the end, to a gate, to a failure, to a stop."""

import asyncio

import pytest

from server.runs import drive
from server.runs.drive import MOST_ATTEMPTS
from state import errors
from state.errors import RecordConflict, SettingInvalid
from tests.integration.runs.conftest import USER, StudioLot
from tests.integration.runs.tiny_graphs import GATES
from tools.orders.lease import claim


def tally(file) -> list[str]:
    return file.read_text().split("\n")[:-1] if file.exists() else []


async def waiting(lot: StudioLot, production_id: str) -> None:
    """Until the production is inside `wait_long`."""
    async for event in lot.events.follow(production_id):
        if event.method == "tasks" and event.payload["name"] == "wait_long":
            return


@pytest.fixture
def gate():
    GATES["here"] = asyncio.Event()
    yield GATES["here"]
    GATES.clear()


async def test_a_run_goes_to_its_end(lot, tmp_path):
    async with lot.worker():
        run = await lot.start("line", tally=str(tmp_path / "tally"))
        state = await lot.until(run.production_id, "completed")

    assert (state.stage, state.values["log"]) == ("done", ["plan", "draw", "finish"])
    assert tally(tmp_path / "tally") == ["write_plan", "draw", "finish"]


async def test_a_gate_shows_its_question_and_the_shape_of_an_answer(lot):
    async with lot.worker():
        run = await lot.start("inner_gate")
        state = await lot.until(run.production_id, "paused")

    question = state.interrupts[0]
    assert question["value"] == {"ask": "good?", "items": ["1A"]}
    assert question["response_schema"]["required"] == ["decision"]
    assert question["namespace"][0].startswith("inner:")


async def test_an_inner_gate_is_answered_like_any_other(lot, tmp_path):
    async with lot.worker():
        run = await lot.start("inner_gate", tally=str(tmp_path / "tally"))
        await lot.until(run.production_id, "paused")
        await lot.answer(run.production_id)
        await lot.until(run.production_id, "completed", runs=2)

    assert tally(tmp_path / "tally") == ["write_plan", "draw", "review", "review", "finish"]


async def test_an_error_of_ours_is_shown_and_can_be_mended(lot, tmp_path):
    mended = tmp_path / "mended"
    async with lot.worker():
        run = await lot.start("breaks", mended_file=str(mended), tally=str(tmp_path / "tally"))
        state = await lot.until(run.production_id, "failed")
        assert state.error is not None
        assert (state.error["code"], state.error["details"]) == ("ffmpeg_failed", {"model": "gen-9"})

        mended.touch()
        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        state = await lot.until(run.production_id, "completed", runs=2)

    assert state.error is None
    assert tally(tmp_path / "tally") == ["write_plan", "break_down", "break_down", "finish"]


async def test_without_money_a_run_pauses_and_goes_on_where_it_was(lot, tmp_path):
    """S4-089: the error is told, nothing is asked, and nothing that was done is done again."""
    raised = tmp_path / "raised"
    async with lot.worker():
        run = await lot.start("unpaid", raised_file=str(raised), tally=str(tmp_path / "tally"))
        for runs in (1, 2):
            state = await lot.until(run.production_id, "paused", runs=runs)
            assert (state.error["code"], state.error["details"]) == (
                "budget_exceeded",
                {"needed_micros": 10_000},
            )
            assert "Raise the ceiling" in state.error["user_action"]
            assert state.interrupts == []
            if runs == 2:
                raised.touch()
            await lot.runs.resume(user_id=USER, production_id=run.production_id)
        state = await lot.until(run.production_id, "completed", runs=3)

    assert state.error is None
    assert tally(tmp_path / "tally") == ["write_plan", "buy", "buy", "buy", "finish"]
    told = [event.payload for event in await lot.log(run.production_id) if event.method == "lifecycle"]
    assert [one["error"]["code"] for one in told if one.get("status") == "paused"] == ["budget_exceeded"] * 2


LACKING = [
    "PriceUnknown", "ModelBanned", "KeyDamaged", "KeyMissing", "ProviderBusy", "ProviderTimeout",
    "ProviderRefused", "AnswerUnusable",
]  # fmt: skip


@pytest.mark.parametrize("lacks", LACKING)
async def test_what_somebody_can_mend_pauses_a_run_and_fails_none(lot, tmp_path, lacks):
    mended = tmp_path / "mended"
    async with lot.worker():
        run = await lot.start("unpaid", raised_file=str(mended), lacks=lacks)
        state = await lot.until(run.production_id, "paused")
        mended.touch()
        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        await lot.until(run.production_id, "completed", runs=2)
    assert state.error["code"] == getattr(errors, lacks).code
    assert state.error["ways"] == list(getattr(errors, lacks).ways)


async def test_an_unknown_error_keeps_its_words_inside(lot, caplog):
    async with lot.worker():
        run = await lot.start("fan_out", fail="1B")
        state = await lot.until(run.production_id, "failed")

    assert state.error is not None
    assert state.error["code"] == "internal"
    told = str(state.error) + str([event.payload for event in await lot.log(run.production_id)][-1])
    assert "secret of the inside" not in told
    assert "secret of the inside" in caplog.text


async def test_a_graph_without_an_end_is_stopped(lot):
    async with lot.worker():
        run = await lot.start("endless")
        state = await lot.until(run.production_id, "failed")

    assert "more steps than its limit" in str(state.error)


async def test_only_what_has_stopped_can_be_continued(lot):
    run = await lot.start("line")

    with pytest.raises(RecordConflict):
        await lot.runs.resume(user_id=USER, production_id=run.production_id)


async def test_a_running_production_is_cancelled_and_continued(lot, gate, tmp_path):
    async with lot.worker():
        run = await lot.start("waits", wait_for="here", tally=str(tmp_path / "tally"))
        await waiting(lot, run.production_id)
        await lot.runs.cancel(user_id=USER, production_id=run.production_id)
        state = await lot.until(run.production_id, "cancelled")
        assert [one["status"] for one in state.runs] == ["cancelled"]

        gate.set()
        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        state = await lot.until(run.production_id, "completed", runs=2)

    assert tally(tmp_path / "tally") == ["write_plan", "wait_long", "wait_long", "finish"]


async def test_a_queued_production_is_cancelled_at_once(lot, tmp_path):
    run = await lot.start("line", tally=str(tmp_path / "tally"))
    await lot.runs.cancel(user_id=USER, production_id=run.production_id)
    await lot.runs.cancel(user_id=USER, production_id=run.production_id)  # twice is once

    assert (await lot.state(run.production_id)).status == "cancelled"
    async with lot.worker():
        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        await lot.until(run.production_id, "completed", runs=2)
    assert tally(tmp_path / "tally") == ["write_plan", "draw", "finish"]  # its start had never been read


async def test_a_production_at_its_gate_is_cancelled_and_asks_again_when_continued(lot):
    async with lot.worker():
        run = await lot.start("gate")
        asked = (await lot.until(run.production_id, "paused")).interrupts
        await lot.runs.cancel(user_id=USER, production_id=run.production_id)
        assert (await lot.state(run.production_id)).interrupts == []

        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        state = await lot.until(run.production_id, "paused", runs=2)
    assert [one["value"] for one in state.interrupts] == [one["value"] for one in asked]


async def test_a_gate_is_cancelled_even_while_somebody_looks_whether_it_can_go_on(lot):
    """A doorbell rung twice lets a worker claim a production that has nothing to drive."""
    async with lot.worker():
        run = await lot.start("gate")
        await lot.until(run.production_id, "paused")
    assert await claim(lot.database, run.production_id, owner="other", ttl_s=60) is not None

    await lot.runs.cancel(user_id=USER, production_id=run.production_id)

    state = await lot.state(run.production_id)
    assert (state.status, state.interrupts) == ("cancelled", [])


@pytest.mark.parametrize("graph", ["gate", "inner_gate"])
async def test_who_cancels_while_the_gate_is_being_opened_has_cancelled(lot, monkeypatch, graph):
    """The run ends once, as cancelled, and nothing is asked."""

    async def cancel_there(point: str, **more: object) -> None:
        if point == "before_pause":
            await lot.runs.cancel(user_id=USER, production_id=run.production_id)

    monkeypatch.setattr(drive, "fault_point", cancel_there)
    run = await lot.start(graph)
    async with lot.worker():
        state = await lot.until(run.production_id, "cancelled")

    assert (state.status, state.interrupts) == ("cancelled", [])
    log = await lot.log(run.production_id)
    ends = [one.payload for one in log if one.method == "lifecycle" and not one.namespace]
    assert [one["status"] for one in ends] == ["running", "cancelled"]
    assert "input.requested" not in {one.method for one in log}
    opened, closed = [
        [
            one.namespace
            for one in log
            if one.method == "lifecycle" and one.payload["event"] == event and one.namespace
        ]
        for event in ("started", "interrupted")
    ]
    assert opened == closed


async def test_a_drained_run_goes_on_with_another_worker(lot, gate, tmp_path):
    async with lot.worker() as first:
        run = await lot.start("waits", wait_for="here", tally=str(tmp_path / "tally"))
        await waiting(lot, run.production_id)
        draining = asyncio.create_task(first.drain())
        await asyncio.sleep(0)
        gate.set()
        await draining
        assert (await lot.state(run.production_id)).status == "queued"

    async with lot.worker():
        state = await lot.until(run.production_id, "completed")
    assert tally(tmp_path / "tally") == ["write_plan", "wait_long", "finish"]
    assert [one["attempts"] for one in state.runs] == [1]


async def test_a_worker_that_cannot_wait_stops_in_the_middle(lot, gate, tmp_path):
    """The control of the drain: the node that was cut runs again."""
    async with lot.worker() as first:
        run = await lot.start("waits", wait_for="here", tally=str(tmp_path / "tally"))
        await waiting(lot, run.production_id)
        await first.drain(timeout_s=0)

    gate.set()
    async with lot.worker():
        await lot.until(run.production_id, "completed")
    assert tally(tmp_path / "tally") == ["write_plan", "wait_long", "wait_long", "finish"]


async def test_a_run_whose_doorbell_was_lost_is_found(lot):
    run = await lot.start("line")
    await lot.database.execute("delete from procrastinate_jobs")
    await lot.database.execute("update runs set created_at = created_at - interval '5 seconds'")

    async with lot.worker():
        assert (await lot.until(run.production_id, "completed")).status == "completed"


async def test_ringing_often_drives_once(lot, tmp_path):
    run = await lot.start("line", tally=str(tmp_path / "tally"))
    async with lot.worker() as worker:
        await asyncio.gather(*(worker.advance(run.production_id) for _ in range(3)))
        await lot.until(run.production_id, "completed")

    assert tally(tmp_path / "tally") == ["write_plan", "draw", "finish"]


async def test_a_worker_refuses_to_start_without_strict_msgpack(lot, monkeypatch):
    monkeypatch.setattr("langgraph.checkpoint.serde._msgpack.STRICT_MSGPACK_ENABLED", False)

    with pytest.raises(SettingInvalid, match="LANGGRAPH_STRICT_MSGPACK"):
        await lot.make_worker().start()


async def test_a_run_that_never_gets_any_further_is_given_up(lot):
    """As if it had killed its worker five times; the sixth claim gives up and keeps everything."""
    run = await lot.start("line")
    await lot.database.execute(
        "update runs set started_at = now(), attempts = %s, progress_mark = '/0'", (MOST_ATTEMPTS,)
    )

    async with lot.worker():
        state = await lot.until(run.production_id, "failed")
        assert state.error is not None
        assert state.error["code"] == "run_poisoned"

        await lot.runs.resume(user_id=USER, production_id=run.production_id)
        await lot.until(run.production_id, "completed", runs=2)


async def test_a_run_that_got_further_is_not_given_up(lot):
    """The control: the same number of attempts, but something was stored since."""
    run = await lot.start("line")
    await lot.database.execute(
        "update runs set started_at = now(), attempts = %s, progress_mark = 'older/3'", (MOST_ATTEMPTS,)
    )

    async with lot.worker():
        await lot.until(run.production_id, "completed")
