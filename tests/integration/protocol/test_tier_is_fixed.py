"""A production's tier is fixed when it begins: a later run may repeat it, and nothing else."""

import uuid

import pytest
from langgraph_sdk.errors import ConflictError

from tests.integration.protocol.live import Live

GREEN = {"decision": "GREEN"}
DRAFT, FINAL = {"tier": "draft"}, {"tier": "final"}


async def paused(live: Live, context: dict[str, str] | None) -> str:
    thread = str(uuid.uuid4())
    asked = {"input": {"brief": {}}, "if_not_exists": "create"}
    await live.sdk.runs.wait(thread, "gate", **asked, **({"context": context} if context else {}))
    return thread


async def tier_of(live: Live, thread: str) -> str:
    return str((await live.sdk.threads.get(thread))["context"].get("tier", "final"))


@pytest.mark.parametrize(("begun", "other"), [(DRAFT, FINAL), (None, DRAFT)])
async def test_a_run_in_another_tier_is_refused_and_changes_nothing(live: Live, begun, other):
    thread = await paused(live, begun)
    tier = (begun or FINAL)["tier"]
    for wrong in ({"command": {"resume": GREEN}}, {"input": {"brief": {"again": 1}}}, {"input": None}):
        with pytest.raises(ConflictError, match=f"context.tier: this production was begun as {tier}"):
            await live.sdk.runs.create(thread, "gate", context=other, **wrong)
    assert len(await live.sdk.runs.list(thread)) == 1
    assert (await live.sdk.threads.get(thread))["status"] == "interrupted"
    assert await tier_of(live, thread) == tier


async def test_the_same_tier_or_none_goes_on(live: Live):
    for more in ({"context": DRAFT}, {}):
        thread = await paused(live, DRAFT)
        values = await live.sdk.runs.wait(thread, "gate", command={"resume": GREEN}, **more)
        assert values["answers"] == {"review": GREEN | {"note": ""}}
        assert await tier_of(live, thread) == "draft"


async def test_a_thread_that_was_made_before_is_begun_in_the_tier_of_its_first_run(live: Live):
    thread = (await live.sdk.threads.create())["thread_id"]
    await live.sdk.runs.wait(thread, "gate", input={"brief": {"title": "T"}}, context=DRAFT)
    assert await tier_of(live, thread) == "draft"
    with pytest.raises(ConflictError, match="begun as draft"):
        await live.sdk.runs.create(thread, "gate", command={"resume": GREEN}, context=FINAL)


async def test_an_assistant_of_another_tier_is_refused_too(live: Live):
    cheap = await live.sdk.assistants.create("gate", context=DRAFT)
    thread = await paused(live, None)
    with pytest.raises(ConflictError, match="begun as final"):
        await live.sdk.runs.create(thread, cheap["assistant_id"], command={"resume": GREEN})
