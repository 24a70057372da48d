"""A whole house in this process, with real database, previz and ffmpeg: the micro-episode walks through."""

import json
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from server.composition import Parts, open_parts
from server.records.project import catch_up
from server.runs.production_state import ProductionState
from tests.acceptance.remembered import remembering
from tests.acceptance.remembered_cuts import remembering_cuts
from tools.ledger.costs import Wanted, read_costs
from tools.settings import Settings

USER = "local"
MICRO = json.loads((Path(__file__).parents[2] / "examples" / "micro.json").read_text())
PATIENCE_S = 120


@dataclass(frozen=True)
class Walk:
    """One production on its way."""

    parts: Parts
    production_id: str

    async def state(self) -> ProductionState:
        return await self.parts.house.runs.state(user_id=USER, production_id=self.production_id)

    async def to_gate(self, name: str) -> dict[str, Any]:
        """Wait until the production stands at this gate; its request."""
        state = await self._rest()
        assert state.status == "paused", f"{state.status}: {state.error}"
        value = state.interrupts[0]["value"]
        assert value["gate"] == name, value["gate"]
        return value

    async def to_end(self, status: str = "completed") -> ProductionState:
        state = await self._rest()
        assert state.status == status, f"{state.status}: {state.error} {state.interrupts}"
        return state

    async def answer(self, **items: Any) -> None:
        """Keep everything but what is named: `answer(**{"1B": {"light": "RED"}})`."""
        state = await self.state()
        gate = state.interrupts[0]
        reply: dict[str, Any] = {"approve_all": True, "items": items}
        if gate["value"].get("quote"):
            reply["quote_id"] = gate["value"]["quote"]["quote_id"]
        await self.parts.house.runs.answer(
            user_id=USER, production_id=self.production_id, interrupt_id=gate["id"], reply=reply
        )

    async def orders(self, stage: str | None = None) -> list[dict[str, Any]]:
        """The ledger's engine orders, oldest first."""
        history = await self.parts.tools.orders.history(self.production_id)
        return [row for row in history if row["kind"] == "engine" and stage in (None, row["stage"])]

    async def messages(self) -> list[dict[str, Any]]:
        """What the agents said to each other, in order."""
        await catch_up(self.parts.tools.database, self.production_id)
        return await self.parts.tools.database.fetch_all(
            "select * from agent_messages where production_id = %s order by ordinal", [self.production_id]
        )

    async def _rest(self) -> ProductionState:
        """The state once nobody works on it: follow the log until the last accepted run has ended."""
        async for event in self.parts.events.follow(self.production_id):
            if event.method == "lifecycle" and not event.namespace:
                state = await self.state()
                if state.status not in ("queued", "running"):
                    return state
        raise AssertionError("the log ended")


def micros(gate: dict[str, Any], which: str = "prices") -> dict[str, dict[str, int]]:
    """What each light on each item costs; `prices_at_most`: what it may become."""
    return {
        item["item"]: {light: price["micros"] for light, price in item[which].items()}
        for item in gate["items"]
    }


def sold(parts: Parts, engine: Any) -> Any:
    """The engine, from now on to be had here for a key of the place."""
    engines: Any = parts.tools.engines
    engines[engine.provider] = engine
    assert parts.tools.engine_keys is not None
    parts.tools.engine_keys.ours[engine.provider] = SecretStr("key-of-the-place-000000000")
    return engine


async def billed_by_action(walk: Walk) -> dict[str, int]:
    """What the books say that each light bought."""
    wanted = Wanted(user_id=USER, by=("action",), production_id=walk.production_id)
    found = await read_costs(walk.parts.tools.database, wanted, limit=10, offset=0)
    return {row["action"]: row["billed"] for row in found.rows}


@asynccontextmanager
async def house(
    database_url: str,
    folder: Path,
    models: Path,
    *,
    remembers: bool = False,
    cuts_anew: bool = False,
    **settings: Any,
) -> AsyncIterator[Parts]:
    """A house on a database of its own; the voice model, and what is remembered, all tests share.

    One that `cuts_anew` remembers takes and voices, and makes every reel, animatic and master itself.
    """
    shelf = models.with_name("shelf")
    os.mkdir(folder)
    os.symlink(models, folder / "models")
    chosen = Settings(
        data_dir=folder, database_url=database_url, workers=2, lease_ttl_s=30,  # type: ignore[arg-type]
        render_processes=1,  # each takes seconds to start, and the tests fill the cores anyhow
        **settings,
    )  # fmt: skip
    async with AsyncExitStack() as stack:
        with remembering(shelf) if remembers else nullcontext():
            parts = await stack.enter_async_context(open_parts(chosen))
        with remembering_cuts(shelf) if remembers and not cuts_anew else nullcontext():
            yield parts


async def begin(
    parts: Parts, *, review: str = "ask", context: Mapping[str, Any] | None = None, **brief: Any
) -> Walk:
    accepted = await parts.house.runs.start(
        user_id=USER, graph="novela", title="t", brief={**MICRO, **brief},
        context={"review": review, **(context or {})},
    )  # fmt: skip
    return Walk(parts, accepted.production_id)
