"""A whole house that works: API, event log and worker on tiny graphs, behind a real server."""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from langchain_core.language_models.fake_chat_models import GenericFakeChatModel
from langchain_core.messages import AIMessage
from langgraph.graph import START, StateGraph
from langgraph_sdk import get_client
from langgraph_sdk.client import LangGraphClient

from server.app import create_app
from server.composition import open_parts
from server.deps import House
from server.runs.graph_spec import GraphSpec
from server.sse import StreamLimits
from tests.builders import A_MASTER_KEY
from tests.integration.runs.tiny_graphs import (
    TinyState,
    draw,
    finish,
    graphs,
    line,
    review,
    wait_long,
    write_plan,
)
from tools.settings import Settings

WORDS = "A widow finds an unopened letter on the day her daughter is to marry."


async def speak(state: TinyState):
    model = GenericFakeChatModel(messages=iter([AIMessage(WORDS)]))
    return {"log": [(await model.ainvoke("go")).text]}


def live_graphs() -> dict[str, GraphSpec]:
    builder = StateGraph(TinyState)
    builder.add_node("speak", speak)
    builder.add_edge(START, "speak")
    known = graphs()
    return {
        **known,
        "speaks": GraphSpec(graph=builder.compile(), input_of=dict),
        "caused": GraphSpec(graph=known["gate"].graph, update_of=with_cause),
        "waits_then_asks": GraphSpec(graph=line(write_plan, wait_long, review, finish)),
        "nested": GraphSpec(graph=line(write_plan, line(draw), finish), input_of=dict),
    }


def with_cause(written: dict[str, Any], current: Mapping[str, Any], cause: str) -> dict[str, Any]:
    """Shows the cause of a change by hand where a test can see it."""
    return {**written, "stage": f"{cause} after {current['stage']}"}


@dataclass(frozen=True)
class Live:
    """A house that answers at `url`."""

    house: House
    url: str
    sdk: LangGraphClient
    app: FastAPI


@asynccontextmanager
async def live_house(
    database_url: str, folder: Path, *, heartbeat_s: float = 5.0, media: Path | None = None
) -> AsyncIterator[Live]:
    """Serve on a free port; the worker looks after itself. Two on one database share their media."""
    settings = Settings(
        database_url=database_url, data_dir=folder, link_secret="a-secret", workers=4, render_processes=1,
        lease_ttl_s=2, sweep_every_s=0.5, master_key=A_MASTER_KEY, media=str(media) if media else None,
    )  # fmt: skip
    async with open_parts(settings, specs=live_graphs()) as parts:
        object.__setattr__(parts.house, "limits", StreamLimits(heartbeat_s=heartbeat_s))
        async with listening(parts.house, settings) as live:
            yield live


@asynccontextmanager
async def listening(house: House, settings: Settings) -> AsyncIterator[Live]:
    """A door for a house that is open already."""
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(settings, opener=lambda _: nullcontext(house))
    app.state.house = house
    server = uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    client = get_client(url=url)
    try:
        yield Live(house, url, client, app)
    finally:
        await client.aclose()
        server.should_exit = True
        await serving
        listener.close()
