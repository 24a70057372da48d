"""The composition root: brief in, gate, answer, scenes, files; over real sockets with a real worker."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.types import interrupt
from typing_extensions import TypedDict

from server.app import create_app
from server.composition import open_house
from server.runs.graph_spec import GraphSpec
from state.context import RunContext
from state.errors import FfmpegFailed
from state.review import ReviewReply
from tests.integration.api.listening import listen
from tests.integration.api.making import NOVELA, SCENE, done, mastered, planned, started
from tools.settings import Settings

SECRET = "sk-canary0123456789abcdef"


class Made(TypedDict, total=False):
    brief: dict[str, Any]
    reply: dict[str, Any]


def plan_scene(state: Made) -> Made:
    write = get_stream_writer()
    write(planned().as_custom())
    if state["brief"]["title"] == "Refused":
        raise FfmpegFailed(f"it broke by {SECRET}", user_action="Change the words or the references.")
    return {}


def review_scene(state: Made) -> Made:
    asked = {"gate": "review_scene", "round": 1, "title": "t", "question": "q"}
    items = [{"item": "scene-1", "title": "Scene 1"}]
    reply = interrupt({**asked, "items": items}, response_schema=ReviewReply)
    return {"reply": reply.model_dump(mode="json")}


def shoot_scene(state: Made) -> Made:
    write = get_stream_writer()
    for event in (started(), done(), mastered()):
        write(event.as_custom())
    return {}


def small_graph() -> GraphSpec:
    graph = StateGraph(Made, context_schema=RunContext)
    for node in (plan_scene, review_scene, shoot_scene):
        graph.add_node(node)
    graph.add_edge(START, "plan_scene")
    graph.add_edge("plan_scene", "review_scene")
    graph.add_edge("review_scene", "shoot_scene")
    graph.add_edge("shoot_scene", END)
    return GraphSpec(graph=graph.compile())


@asynccontextmanager
async def over_a_socket(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the app as anybody reaches it: streams stream."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    async with httpx.AsyncClient(base_url=url, timeout=20, trust_env=False) as client:
        yield client
    server.should_exit = True
    await serving
    listener.close()


@pytest.fixture
async def studio(database_url: str, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(database_url=database_url, data_dir=tmp_path, workers=2)
    app = create_app(settings, opener=partial(open_house, specs={"novela": small_graph()}))
    async with over_a_socket(app) as client:
        yield client


async def test_a_novelas_scene_from_request_to_master(studio: httpx.AsyncClient) -> None:
    novela = (await studio.post("/api/novelas", json={**NOVELA, "targetEpisodes": 1})).json()["data"]
    seen: list[Any] = []
    async with listen(studio, f"/api/novelas/{novela['id']}/events") as ear:
        made = (await studio.post(f"/api/novelas/{novela['id']}/generate-video", json=SCENE)).json()["data"]
        production = f"/api/productions/{made['productionId']}"
        async with listen(studio, f"{production}/events") as log:
            while (event := await log.next()).event != "lifecycle" or event.data["payload"][
                "event"
            ] == "running":
                pass
            [gate] = (await studio.get(production)).json()["data"]["gates"]
            reply = {"interrupt_id": gate["interruptId"], "reply": {"approve_all": True}}
            answered = await studio.post(f"{production}/answer", json=reply)
            assert answered.status_code == 202
            assert (await studio.post(f"{production}/answer", json=reply)).status_code in (202, 409)
            heard = await log.rest()
        assert [event.event for event in heard if event.event.startswith(("scene", "master"))] == [
            "scene_started", "scene_done", "master_done",
        ]  # fmt: skip
        while "completed" not in seen:
            update = await ear.next()
            seen += [update.data["payload"]["status"]] if update.event.endswith("video:update") else []
    assert seen == ["pending", "generating", "completed"]
    files = (await studio.get(f"{production}/files")).json()["data"]
    assert [file["name"] for file in files] == ["master.mp4"]
    detail = (await studio.get(f"/api/novelas/{novela['id']}")).json()["data"]
    assert (detail["createdVideos"], detail["videos"][0]["id"]) == (1, made["videoId"])


async def test_a_run_that_fails_is_told_in_words_without_its_secrets(studio: httpx.AsyncClient) -> None:
    """S1-76: user text and a suggestion, never a stack trace."""
    brief = {"title": "Refused", "description": "x"}
    made = (await studio.post("/api/productions", json={"graph": "novela", "brief": brief})).json()["data"]
    url = f"/api/productions/{made['productionId']}"
    async with listen(studio, f"{url}/events") as log:
        heard = await log.rest()
    detail = (await studio.get(url)).json()["data"]
    assert detail["status"] == "failed"
    told = str([event.data for event in heard]) + str(detail)
    assert "Change the words or the references" in str(detail["error"])
    assert "Traceback" not in told
    assert SECRET not in told
    assert __file__ not in told
