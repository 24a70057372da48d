"""Design-facts 6.10: no state that is written by hand may name a file of somebody else."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.integration.protocol.live import Live, live_house

OWN = f"image/local/{'a' * 64}.png"
FOREIGN = f"image/somebody/{'a' * 64}.png"
GATE = {"decision": "GREEN"}
Sent = tuple[str, dict[str, Any]]


def written(key: str) -> dict[str, Any]:
    return {"brief": {"scenes": [{"panel": {"media": {"key": key}}}]}}


ENTRANCES: dict[str, Callable[[str, str], Sent]] = {
    "a change by hand": lambda id, key: (f"/threads/{id}/state", {"values": written(key)}),
    "a name in it": lambda id, key: (f"/threads/{id}/state", {"values": {"brief": {key: 1}}}),
    "a fork": lambda id, key: (f"/api/productions/{id}/fork", {
        "values": written(key), "asNode": "write_plan",
    }),
    "a past": lambda id, key: ("/threads", {
        "metadata": {"graph_id": "line"},
        "supersteps": [{"updates": [{"values": written(key), "as_node": "write_plan"}]}],
    }),
    "a command": lambda id, key: (f"/threads/{id}/runs", {
        "assistant_id": "gate", "command": {"resume": GATE, "update": written(key)},
    }),
    "a way to go": lambda id, key: ("/runs", {
        "assistant_id": "line", "command": {"goto": {"node": "finish", "input": written(key)}},
    }),
    "an input": lambda id, key: ("/runs", {"assistant_id": "nested", "input": written(key)}),
}  # fmt: skip


@pytest.fixture
async def live(database_url, tmp_path):
    async with live_house(database_url, tmp_path) as house:
        yield house


async def asked(live: Live, name: str, key: str) -> tuple[int, str]:
    """The answer to this key, sent through this entrance to a thread that waits at a gate."""
    thread = str(uuid.uuid4())
    await live.sdk.runs.wait(thread, "gate", input={"brief": {}}, if_not_exists="create")
    path, body = ENTRANCES[name](thread, key)
    answer = await live.sdk.http.client.post(path, json=body)
    return answer.status_code, answer.text


async def test_a_file_of_somebody_else_is_refused_at_every_entrance(live: Live) -> None:
    for name in ENTRANCES:
        status, text = await asked(live, name, FOREIGN)
        assert (status, "there is no such file" in text) == (422, True), f"{name}: {status} {text}"


async def test_a_file_of_ones_own_is_taken(live: Live) -> None:
    """The control: the same requests, but for the owner in the key."""
    for name in ENTRANCES:
        status, text = await asked(live, name, OWN)
        assert status < 300, f"{name}: {status} {text}"
