"""One stream for all runs of a thread, through LangGraph's own client."""

import uuid

import httpx
import pytest
from langgraph_sdk.errors import NotFoundError, UnprocessableEntityError

BRIEF = {"brief": {}}
GREEN = {"decision": "GREEN"}


async def two_runs(live) -> tuple[str, list[str]]:
    thread = str(uuid.uuid4())
    await live.sdk.runs.wait(thread, "gate", input=BRIEF, if_not_exists="create")
    await live.sdk.runs.wait(thread, "gate", command={"resume": GREEN})
    return thread, [run["run_id"] for run in reversed(await live.sdk.runs.list(thread))]


async def until_done(stream, run_id: str):
    """The stream does not end by itself: read up to the end of this run."""
    seen = []
    async for part in stream:
        seen.append(part)
        if part.data == {"status": "run_done", "run_id": run_id}:
            break
    await stream.aclose()
    return seen


async def test_the_frames_of_all_runs_come_one_after_the_other(live):
    thread, runs = await two_runs(live)
    seen = await until_done(await live.sdk.threads.join_stream(thread, last_event_id="-1"), runs[1])

    marks = [part.data for part in seen if part.event == "metadata"]
    assert marks == [
        mark
        for run in runs
        for mark in ({"run_id": run, "attempt": 1}, {"status": "run_done", "run_id": run})
    ]
    assert [part.data["log"] for part in seen if part.event == "values"][-1] == ["plan", "finish"]
    ids = [part.id for part in seen]
    assert len(set(ids)) == len(ids)


async def test_a_cut_stream_goes_on_where_it_was(live):
    thread, runs = await two_runs(live)
    whole = await until_done(await live.sdk.threads.join_stream(thread, last_event_id="-1"), runs[1])
    for cut in range(len(whole) - 1):
        rest = await until_done(
            await live.sdk.threads.join_stream(thread, last_event_id=whole[cut].id), runs[1]
        )
        assert rest == whole[cut + 1 :]


async def test_marks_alone_and_changes_by_hand_alone(live):
    thread, runs = await two_runs(live)
    await live.sdk.threads.update_state(thread, {"log": ["by hand"]}, as_node="review")
    marks = await until_done(
        await live.sdk.threads.join_stream(thread, stream_mode="lifecycle", last_event_id="-1"), runs[1]
    )
    changed = await live.sdk.threads.join_stream(
        thread, stream_mode=["lifecycle", "state_update"], last_event_id=marks[-1].id
    )
    part = await anext(changed)
    await changed.aclose()

    assert {one.event for one in marks} == {"metadata"}
    assert part.event == "state_update"
    assert part.data["thread_id"] == thread
    assert part.data["state"]["values"]["log"][-1] == "by hand"


async def test_without_a_place_only_what_is_to_come_is_shown(live):
    """The answer's head says that the place was taken."""
    thread, _ = await two_runs(live)
    seen = []
    async with (
        httpx.AsyncClient(base_url=live.url, trust_env=False, timeout=20) as client,
        client.stream("GET", f"/threads/{thread}/stream", params={"stream_modes": "run_modes"}) as answer,
    ):
        run = await live.sdk.runs.create(
            thread, "gate", input={"brief": {"n": 2}}, stream_mode="updates", multitask_strategy="enqueue"
        )
        async for line in answer.aiter_lines():
            seen += [line.removeprefix("event: ")] if line.startswith("event: ") else []
            if "run_done" in line:
                break

    assert seen == ["metadata", "updates", "updates", "metadata"]
    assert (await live.sdk.runs.get(thread, run["run_id"]))["status"] == "success"


async def test_wrong_words_and_places_are_refused(live):
    thread = (await live.sdk.threads.create())["thread_id"]
    for wrong, word in (({"stream_mode": "films"}, "stream_mode"), ({"last_event_id": "x"}, "Last-Event-ID")):
        with pytest.raises(UnprocessableEntityError, match=word):
            await anext(await live.sdk.threads.join_stream(thread, **wrong))
    with pytest.raises(NotFoundError):
        await anext(await live.sdk.threads.join_stream(str(uuid.uuid4())))
