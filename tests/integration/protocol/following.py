"""A plain reader of a thread's stream, for what LangGraph's own clients hide: ids, numbers, frames."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

ALL = [
    "values", "updates", "messages", "tools", "lifecycle", "input", "checkpoints", "tasks", "custom",
]  # fmt: skip
Told = dict[str, Any]


@asynccontextmanager
async def opened(url: str, thread: str, **body: Any) -> AsyncIterator[AsyncIterator[Told]]:
    """The events of a thread, as they come."""
    async with (
        httpx.AsyncClient(timeout=15) as client,
        client.stream(
            "POST", f"{url}/threads/{thread}/stream/events", json={"channels": ALL, **body}
        ) as answer,
    ):
        assert answer.status_code == 200, await answer.aread()
        yield _events(answer.aiter_lines())


async def _events(lines: AsyncIterator[str]) -> AsyncIterator[Told]:
    async for line in lines:
        if line.startswith("data:"):
            yield json.loads(line.removeprefix("data:"))


async def told(url: str, thread: str, until: Callable[[Told], bool], **body: Any) -> list[Told]:
    """The events up to the first that is meant, that one included."""
    seen: list[Told] = []
    async with opened(url, thread, **body) as events:
        async for event in events:
            seen.append(event)
            if until(event):
                return seen
    raise AssertionError("the stream ended")


async def send(url: str, thread: str, method: str, *, id: int = 1, **params: Any) -> Told:
    """One command, from a client that may send it again; its answer."""
    async with httpx.AsyncClient() as client:
        body = {"id": id, "method": method, "params": params}
        answer = await client.post(f"{url}/threads/{thread}/commands", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def root(word: str) -> Callable[[Told], bool]:
    """Whether this is the root's event of this name."""
    return lambda event: (
        event["method"] == "lifecycle"
        and not event["params"]["namespace"]
        and event["params"]["data"]["event"] == word
    )


def after(word: str) -> Callable[[Told], bool]:
    """Whether this is the state that is shown once more after the root's event of this name."""
    return lambda event: event["event_id"].endswith(f":{word}#values")
