"""What the stock user interfaces call in a normal session, in their order, on a run that really runs.

The lists are those of the contract's section 2.6; of every answer what the interface relies on is asserted.
"""

import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.integration.protocol.live import Live

GREEN = {"decision": "GREEN"}


@pytest.fixture
async def browser(live: Live) -> AsyncIterator[httpx.AsyncClient]:
    """Sends what a page sends: JSON as text, a key, where it comes from."""
    headers = {"content-type": "text/plain", "x-auth-scheme": "langsmith", "origin": "http://localhost:3000"}
    async with httpx.AsyncClient(base_url=live.url, headers=headers, timeout=20, trust_env=False) as client:
        yield client


async def get(browser: httpx.AsyncClient, path: str, **params: Any) -> Any:
    answer = await browser.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def post(browser: httpx.AsyncClient, path: str, body: Any, *, status: int = 200) -> Any:
    answer = await browser.post(path, content=json.dumps(body))
    assert answer.status_code == status, answer.text
    return answer.json() if answer.content else None


async def stream(
    browser: httpx.AsyncClient, path: str, body: Any
) -> tuple[httpx.Headers, list[tuple[str, Any]]]:
    """The frames of a run, to its end."""
    async with browser.stream("POST", path, content=json.dumps(body)) as answer:
        assert answer.status_code == 200, await answer.aread()
        return answer.headers, await read_frames(answer)


async def read_frames(answer: httpx.Response) -> list[tuple[str, Any]]:
    text = (await answer.aread()).decode().replace("\r\n", "\n")
    blocks = [dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))
              for block in text.split("\n\n") if "event: " in block]  # fmt: skip
    return [(block["event"], json.loads(block["data"])) for block in blocks]


async def test_studio(browser: httpx.AsyncClient) -> None:
    info = await get(browser, "/info")
    assert info["flags"]["assistants"] is True
    assert info["version"].count(".") == 2
    assistant = await _studio_opens_a_graph(browser)
    thread = await _studio_opens_a_thread(browser)
    await _studio_runs(browser, thread, assistant)
    await _studio_travels(browser, thread, assistant)


async def _studio_opens_a_graph(browser: httpx.AsyncClient) -> str:
    mine = {"limit": 10, "offset": 0, "metadata": {"created_by": "system"}}
    found = await post(browser, "/assistants/search", mine | {"graph_id": "inner_gate"})
    assert [one["graph_id"] for one in found] == ["inner_gate"]
    assistant = str(found[0]["assistant_id"])
    assert await get(browser, f"/assistants/{assistant}") == found[0]
    schemas = await get(browser, f"/assistants/{assistant}/schemas")
    assert "brief" in schemas["input_schema"]["properties"]
    drawn = await get(browser, f"/assistants/{assistant}/graph", xray="true")
    assert {"__start__", "write_plan", "inner:review", "__end__"} <= {node["id"] for node in drawn["nodes"]}
    assert list(await get(browser, f"/assistants/{assistant}/subgraphs", recurse="true")) == ["inner"]
    [version] = await post(browser, f"/assistants/{assistant}/versions", {"limit": 10, "offset": 0})
    assert version["version"] == 1
    return assistant


async def _studio_opens_a_thread(browser: httpx.AsyncClient) -> str:
    assert await post(browser, "/threads/search", {"limit": 10, "offset": 0}) == []
    made = await post(browser, "/threads", {"metadata": {"graph_id": "inner_gate"}})
    thread = str(made["thread_id"])
    assert await get(browser, f"/threads/{thread}") == made
    state = await get(browser, f"/threads/{thread}/state", subgraphs="true")
    assert (state["values"], state["next"], state["checkpoint"]) == ({}, [], None)
    return thread


async def _studio_runs(browser: httpx.AsyncClient, thread: str, assistant: str) -> None:
    """The timeline is drawn from `debug`: a checkpoint needs its own place and its parent's."""
    asked = {"assistant_id": assistant, "input": {"brief": {}}, "stream_mode": ["debug", "messages"],
             "stream_subgraphs": True, "multitask_strategy": "rollback"}  # fmt: skip
    headers, frames = await stream(browser, f"/threads/{thread}/runs/stream", asked)
    assert headers["content-location"].startswith(f"/threads/{thread}/runs/")
    debug = [data for name, data in frames if name.split("|")[0] == "debug"]
    assert {one["type"] for one in debug} == {"checkpoint", "task", "task_result"}
    places = [one["payload"] for one in debug if one["type"] == "checkpoint"]
    assert all(one["checkpoint"]["checkpoint_id"] for one in places)
    assert any(one["parent_checkpoint"] for one in places)
    assert any(name.startswith("debug|inner:") for name, _ in frames)
    run = headers["content-location"].rsplit("/", 1)[1]
    ended = await browser.post(f"/threads/{thread}/runs/{run}/cancel", params={"wait": "0"})
    assert ended.status_code == 404, "it has come to its question"


async def _studio_travels(browser: httpx.AsyncClient, thread: str, assistant: str) -> None:
    state = await get(browser, f"/threads/{thread}/state", subgraphs="true")
    assert state["tasks"][0]["interrupts"][0]["value"] == {"ask": "good?", "items": ["1A"]}
    assert state["tasks"][0]["state"]["next"] == ["review"]
    history = await post(browser, f"/threads/{thread}/history", {"limit": 10})
    assert history[0]["checkpoint_id"] == state["checkpoint_id"]
    earlier = history[1]["checkpoint"]["checkpoint_id"]
    assert await get(browser, f"/threads/{thread}/state/{earlier}") == history[1]
    change = {"values": {"log": ["by hand"]}, "as_node": "write_plan", "checkpoint_id": earlier}
    made = await post(browser, f"/threads/{thread}/state", change)
    asked = {"assistant_id": assistant, "input": None, "stream_mode": ["debug"],
             "checkpoint": made["checkpoint"]}  # fmt: skip
    await stream(browser, f"/threads/{thread}/runs/stream", asked)
    again = await get(browser, f"/threads/{thread}/state")
    assert again["interrupts"][0]["id"] != state["interrupts"][0]["id"]
    assert "by hand" in again["values"]["log"]
    await _studio_looks_into_the_store(browser)


async def _studio_looks_into_the_store(browser: httpx.AsyncClient) -> None:
    item = {"namespace": ["notes"], "key": "a", "value": {"text": "x"}}
    stored = await browser.put("/store/items", content=json.dumps(item))
    assert stored.status_code == 204
    assert (await get(browser, "/store/items", namespace="notes", key="a"))["value"] == {"text": "x"}
    found = await post(browser, "/store/items/search", {"namespace_prefix": ["notes"]})
    assert [one["key"] for one in found["items"]] == ["a"]
    assert (await post(browser, "/store/namespaces", {}))["namespaces"] == [["notes"]]


async def test_agent_chat_ui(browser: httpx.AsyncClient) -> None:
    """Legacy useStream with the history on: it names the head with everything it sends, answers included."""
    assert (await browser.get("/info")).is_success
    wanted = {"metadata": {"graph_id": "gate"}, "limit": 100}
    assert await post(browser, "/threads/search", wanted) == []
    thread = (await post(browser, "/threads", {}))["thread_id"]
    assert await post(browser, f"/threads/{thread}/history", {"limit": 10}) == []
    modes = {"stream_mode": ["values", "messages-tuple", "custom"], "stream_subgraphs": True,
             "stream_resumable": True, "on_disconnect": "continue"}  # fmt: skip
    asked = {"assistant_id": "gate", "input": {"brief": {}}, **modes}
    headers, frames = await stream(browser, f"/threads/{thread}/runs/stream", asked)
    assert headers["location"] == f"{headers['content-location']}/stream"
    assert ("custom", {"name": "progress", "payload": {"part": 1}}) in frames
    assert frames[-2][1]["__interrupt__"][0]["value"]["ask"] == "good?"

    [head, *_] = await post(browser, f"/threads/{thread}/history", {"limit": 10})
    assert (head["next"], len(head["tasks"][0]["interrupts"])) == (["review"], 1)
    place = {key: value for key, value in head["checkpoint"].items() if key != "thread_id"}
    answer = {"assistant_id": "gate", "command": {"resume": GREEN}, "checkpoint": place, **modes}
    _, answered = await stream(browser, f"/threads/{thread}/runs/stream", answer)
    assert answered[-2][1]["answers"] == {"review": GREEN | {"note": ""}}

    await _page_is_loaded_again(browser, thread, headers["location"])
    listed = await post(browser, "/threads/search", wanted)
    assert [(one["thread_id"], one["status"]) for one in listed] == [(thread, "idle")]
    assert "values" in listed[0]


async def _page_is_loaded_again(browser: httpx.AsyncClient, thread: str, place: str) -> None:
    """`reconnectOnMount`: everything from the start, then the state as it is."""
    again = await browser.get(
        place, params={"stream_mode": "values", "cancel_on_disconnect": "0"}, headers={"last-event-id": "-1"}
    )
    frames = await read_frames(again)
    assert frames[0][0] == "metadata"
    assert frames[-1] == ("end", None)
    [head, *_] = await post(browser, f"/threads/{thread}/history", {"limit": 10})
    assert (head["next"], head["tasks"]) == ([], [])


async def test_legacy_use_stream_reads_the_state_when_history_is_off(browser: httpx.AsyncClient) -> None:
    thread = (await post(browser, "/threads", {"metadata": {"graph_id": "line"}}))["thread_id"]
    assert (await get(browser, f"/threads/{thread}/state"))["checkpoint"] is None
    asked = {"assistant_id": "line", "input": {"brief": {}}, "stream_mode": ["values"]}
    await stream(browser, f"/threads/{thread}/runs/stream", asked)
    state = await get(browser, f"/threads/{thread}/state")
    assert (state["next"], state["values"]["log"]) == ([], ["plan", "draw", "finish"])
    missing = await browser.get(f"/threads/{uuid.uuid4()}/state")
    assert missing.status_code == 404
