"""What thread routes refuse: ids that are none or not theirs, bodies that are too much or wrong."""

import uuid
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from server.protocol.wire import dump_json
from tests.integration.api.conftest import Lot
from tests.integration.api.making import another_user
from tests.visitors import ask_as

NOBODY = "7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"
ROUTES = (
    ("GET", "", None), ("PATCH", "", {"metadata": {}}), ("DELETE", "", None), ("POST", "/copy", None),
    ("GET", "/state", None), ("GET", f"/state/{NOBODY}", None), ("POST", "/state", {"values": {}}),
    ("POST", "/state/checkpoint", {"checkpoint": {}}), ("GET", "/history", None), ("POST", "/history", {}),
    ("GET", "/stream", None),
)  # fmt: skip


@pytest.fixture
async def theirs(lot: Lot) -> str:
    """A thread of somebody else; they find it."""
    user = await another_user(lot)
    ask_as(user)
    made = (await lot.client.post("/threads", json={"metadata": {"graph_id": "novela"}})).json()
    assert (await lot.client.get(f"/threads/{made['thread_id']}")).status_code == 200
    ask_as()
    return str(made["thread_id"])


async def answered(lot: Lot, method: str, path: str, body: Any) -> tuple[int, str]:
    answer = await lot.client.request(method, path, json=body)
    return answer.status_code, answer.json()["detail"]


async def test_a_foreign_thread_an_unknown_one_and_what_is_no_id(lot: Lot, theirs: str) -> None:
    """Foreign and unknown are told apart by nobody."""
    for method, path, body in ROUTES:
        foreign = await answered(lot, method, f"/threads/{theirs}{path}", body)
        unknown = await answered(lot, method, f"/threads/{uuid.uuid4()}{path}", body)
        malformed = await answered(lot, method, f"/threads/no-uuid{path}", body)
        assert foreign == unknown, (method, path)
        assert foreign[0] == 404, (method, path)
        assert malformed == (422, "thread_id: must be a UUID"), (method, path)


def deep(levels: int) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for _ in range(levels):
        body = {"a": body}
    return body


WRONG: tuple[tuple[str, str, Any, int, str], ...] = (
    ("POST", "/threads", {"thread_id": "no-uuid"}, 422, "thread_id"),
    ("POST", "/threads", {"metadata": [1]}, 422, "metadata"),
    ("POST", "/threads", {"metadata": deep(200)}, 422, "nested"),
    ("POST", "/threads", {"metadata": {"x": "\x00"}}, 422, "stored"),
    ("POST", "/threads", {"metadata": {"x": "y" * 1_100_000}}, 413, "larger"),
    ("POST", "/threads", {"if_exists": "hope"}, 422, "if_exists"),
    ("POST", "/threads", {"supersteps": [{"updates": []}]}, 422, "updates"),
    ("POST", "/threads/search", {"status": "happy"}, 422, "status"),
    ("POST", "/threads/search", {"limit": 0}, 422, "limit"),
    ("POST", "/threads/search", {"limit": 1001}, 422, "limit"),
    ("POST", "/threads/search", {"offset": 10**30}, 422, "offset"),
    ("POST", "/threads/search", {"sort_by": "beauty"}, 422, "sort_by"),
    ("POST", "/threads/search", {"select": ["secrets"]}, 422, "select"),
    ("POST", "/threads/search", {"ids": ["no-uuid"]}, 422, "ids"),
    ("POST", "/threads/prune", {"thread_ids": ["no-uuid"]}, 422, "thread_ids"),
    ("POST", "/threads/prune", {"thread_ids": [], "strategy": "burn"}, 422, "strategy"),
    ("GET", "/threads/{mine}?include=everything", None, 422, "include"),
    ("GET", "/threads/{mine}/state/no-uuid", None, 422, "checkpoint_id"),
    ("GET", "/threads/{mine}/state/00000000-0000-0000-0000-000000000000", None, 404, "checkpoint"),
    ("GET", "/threads/{mine}/history?before=yesterday", None, 422, "before"),
    ("GET", "/threads/{mine}/history?before=%7B%22a", None, 422, "before"),
    ("GET", "/threads/{mine}/history?limit=0", None, 422, "limit"),
    ("POST", "/threads/{mine}/history", {"before": 7}, 422, "before"),
    ("POST", "/threads/{mine}/state", {"values": {"x": 1}}, 422, "graph"),
    ("POST", "/threads/{mine}/state", {"values": "x"}, 422, "values"),
    (
        "POST",
        "/threads/{mine}/state/checkpoint",
        {"checkpoint": {"checkpoint_id": "x"}},
        404,
        "checkpoint",
    ),
)


async def test_a_wrong_request_is_told_what_is_wrong(lot: Lot) -> None:
    mine = (await lot.client.post("/threads", json={})).json()["thread_id"]
    fields = {"select": ["thread_id", "metadata", "status", "values", "state_updated_at"]}
    before = (await lot.client.post("/threads/search", json=fields)).json()
    for method, path, body, status, word in WRONG:
        answer = await lot.client.request(method, path.replace("{mine}", mine), json=body)
        assert (answer.status_code, word in answer.json()["detail"]) == (status, True), (path, answer.text)
    assert (await lot.client.post("/threads/search", json=fields)).json() == before


async def test_an_offset_past_the_end_still_tells_how_many_there_are(lot: Lot) -> None:
    await lot.client.post("/threads", json={})
    answer = await lot.client.post("/threads/search", json={"offset": 5})
    assert (answer.json(), answer.headers["x-pagination-total"]) == ([], "1")
    assert "x-pagination-next" not in answer.headers


async def test_a_message_in_the_state_is_shown_as_one() -> None:
    assert b'"content":"Go."' in dump_json({"messages": [AIMessage("Go.")]})
