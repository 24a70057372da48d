"""The handler of failed takes is asked when all others are home: it may have to pause the run for money."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime

from graphs import shooting
from graphs.channels import channels_of
from nodes.camera.collect_takes import collect_takes
from nodes.camera.fix_takes import failed_takes
from nodes.camera.submit_takes import submit_takes
from state.context import RunContext
from state.cost import Money
from state.errors import BudgetExceeded
from state.film import ShootingState
from tests.acceptance.test_paid_novela import as_it_came
from tests.integration.orders.camera_set import SHOTS, Set, a_scene
from tests.integration.orders.shop import Shop
from tools.orders import collecting


async def fix_takes(state: ShootingState) -> dict[str, object]:
    """Of the handler: what it asks a model cannot be paid for."""
    raise BudgetExceeded("the text allowance is spent")


class HandledSet(Set):
    """With the way to the handler."""

    after_collect: Callable[..., str] = staticmethod(shooting.after_collect_takes)

    def scene(self) -> ShootingState:
        return a_scene().model_copy(update={"mishaps": {}})

    def _graph(self) -> CompiledStateGraph[Any, Any, Any, Any]:
        graph = StateGraph(ShootingState, context_schema=RunContext, input_schema=channels_of(ShootingState))
        for step in (submit_takes, collect_takes, fix_takes):
            graph.add_node(step)
        ways = {"submit_takes": "submit_takes", "fix_takes": "fix_takes", "show_dailies": "__end__"}
        graph.add_edge(START, "submit_takes")
        graph.add_edge("submit_takes", "collect_takes")
        graph.add_conditional_edges("collect_takes", self.after_collect, ways)
        return graph.compile(checkpointer=self.saver)


def handler_first(state: ShootingState, runtime: Runtime[RunContext]) -> str:
    return "fix_takes" if failed_takes(state) else shooting.after_collect_takes(state, runtime)


@pytest.mark.parametrize("guard", [True, False])
async def test_what_is_being_made_comes_home_before_the_handler_of_a_failed_take_is_asked(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, guard: bool
) -> None:
    """With the guard off the run pauses while the slow one is being made, and nobody fetches it."""
    monkeypatch.setattr(collecting, "verify", as_it_came)
    production = await shop.production(ceiling=Money.usd("100"))
    filming = HandledSet(shop, await shop.lease(production), tmp_path)
    if not guard:
        filming.after_collect = handler_first
    camera = filming.camera
    camera.refused = {"1B": "refused"}
    camera.when["fetch 1J"] = camera.hold("1A").set
    with pytest.raises(BudgetExceeded):
        await filming.shoot(at_once=3)
    made = sorted(camera.of("submit"))
    assert (sorted(camera.of("fetch")) == made) is guard
    assert (made == [f"1{letter}" for letter in SHOTS if letter != "B"]) is guard
