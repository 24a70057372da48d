"""A house that works on tiny graphs, and what stands in its tables."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from langchain_core.runnables import RunnableConfig

from server.composition import Parts, open_parts
from server.runs.graph_spec import GraphSpec
from server.runs.production_state import ProductionState
from state.errors import GreenlightError
from state.order import TextAnswer, TextOrder
from tests.conftest import TEMPLATE
from tests.integration.branches.tables import everything
from tests.integration.runs import conftest as runs
from tests.integration.runs.conftest import EMPTIED
from tests.integration.runs.tiny_graphs import TinyState, finish, graphs, line, review, tell
from tests.postgres import empty_at, in_database
from tools.models.base import Booking
from tools.registry import toolbox
from tools.settings import Settings

spawn = runs.spawn
USER = "local"
GREEN, RED = {"decision": "GREEN"}, {"decision": "RED"}


@dataclass(frozen=True)
class Lot:
    """The house with words for what tests do to it."""

    parts: Parts

    async def start(self, graph: str, **brief: Any) -> str:
        accepted = await self.parts.house.runs.start(
            user_id=USER, graph=graph, title="A film", brief=brief, context={"ceiling_usd": "3.00"}
        )
        return accepted.production_id

    async def answer(self, production_id: str, **reply: Any) -> None:
        """Answer the first of the open questions."""
        gate = (await self.state(production_id)).interrupts[0]
        await self.parts.house.runs.answer(
            user_id=USER, production_id=production_id, interrupt_id=gate["id"], reply=reply or GREEN
        )

    async def state(self, production_id: str) -> ProductionState:
        state = await self.parts.house.runs.state(user_id=USER, production_id=production_id)
        assert isinstance(state, ProductionState)
        return state

    async def rest(self, production_id: str, status: str) -> ProductionState:
        """Wait until nobody works on it."""
        async for event in self.parts.events.follow(production_id):
            if event.method == "lifecycle" and not event.namespace:
                state = await self.state(production_id)
                if all(run["status"] not in ("queued", "running", "waiting") for run in state.runs):
                    assert state.status == status, (state.status, state.error)
                    return state
        raise AssertionError("the log ended")

    async def gated(self, graph: str, **brief: Any) -> str:
        """A production that stands at its first gate."""
        production_id = await self.start(graph, **brief)
        await self.rest(production_id, "paused")
        return production_id

    async def finished(self, graph: str, *replies: dict[str, Any], **brief: Any) -> str:
        """A production that was answered to its end."""
        production_id = await self.gated(graph, **brief)
        for number, reply in enumerate(replies or (GREEN,), start=1):
            await self.answer(production_id, **reply)
            await self.rest(production_id, "completed" if number == len(replies or (GREEN,)) else "paused")
        return production_id

    async def everything(self, production_id: str) -> dict[str, str]:
        return await everything(self.parts, production_id)

    async def states(self, production_id: str, node: str) -> list[str]:
        """The checkpoints before this node ran or asked, oldest first, at any level."""
        rows = await self.parts.tools.database.fetch_all(
            "select distinct checkpoint_id from checkpoint_writes where thread_id = %s and task_path like %s"
            " order by checkpoint_id",
            [production_id, f"%, {node}"],
        )
        return [row["checkpoint_id"] for row in rows]

    async def questions(self, production_id: str) -> list[str]:
        """The checkpoints at which the graph itself asked, oldest first."""
        rows = await self.parts.tools.database.fetch_all(
            "select distinct checkpoint_id from checkpoint_writes"
            " where thread_id = %s and checkpoint_ns = '' and channel = '__interrupt__' order by 1",
            [production_id],
        )
        return [row["checkpoint_id"] for row in rows]


@pytest.fixture(scope="session")
def branches_url(postgres_url: str, postgres_admin: psycopg.Connection) -> Iterator[str]:
    """One migrated database for the whole folder."""
    postgres_admin.execute(f"create database test_branches template {TEMPLATE}")
    yield in_database(postgres_url, "test_branches")
    postgres_admin.execute("drop database test_branches with (force)")


@pytest.fixture
def database_url(branches_url: str) -> str:
    """The folder's database, empty."""
    empty_at(branches_url, *EMPTIED)
    return branches_url


async def ask_writer(state: TinyState, config: RunnableConfig) -> dict[str, Any]:
    """A node that takes every error of an order for one of the order's own."""
    prompt = await asyncio.to_thread(Path(state.brief["prompt"]).read_text)

    async def call(booking: Booking) -> TextAnswer:
        tell(state, prompt)
        return TextAnswer(content={"answer": f"to {prompt}"})

    order = TextOrder(
        production_id=config["configurable"]["thread_id"], stage="plan", item="series", agent="writer",
        model="m", prompt=prompt, prompt_digest="",
    )  # fmt: skip
    try:
        answer = await (await toolbox()).orders.ask(order, call)
    except GreenlightError as error:
        return {"log": [error.code]}
    return {"log": [answer.content["answer"]]}


def specs() -> dict[str, GraphSpec]:
    return {**graphs(), "asks": GraphSpec(graph=line(ask_writer, review, finish))}


@asynccontextmanager
async def house(database_url: str, folder: Path, *, works: bool) -> AsyncIterator[Lot]:
    settings = Settings(
        database_url=database_url, data_dir=folder, link_secret="a-secret", workers=2, render_processes=1,
        lease_ttl_s=5, sweep_every_s=0.5,
    )  # fmt: skip
    async with open_parts(settings, specs=specs(), works=works) as parts:
        yield Lot(parts)


@pytest.fixture
async def lot(database_url: str, tmp_path: Path) -> AsyncIterator[Lot]:
    async with house(database_url, tmp_path, works=True) as opened:
        yield opened


@pytest.fixture
async def quiet_lot(database_url: str, tmp_path: Path) -> AsyncIterator[Lot]:
    """A house in which nobody works: processes that can be killed do."""
    async with house(database_url, tmp_path, works=False) as opened:
        yield opened
