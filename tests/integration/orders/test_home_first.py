"""Panels and lines that were bought come home before a person is asked: no provider keeps them for long."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from langgraph.graph import START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from graphs import shooting, storyboard_loop
from graphs.channels import channels_of
from nodes.sound.collect_voices import collect_voices
from nodes.sound.submit_voices import submit_voices
from nodes.storyboard.collect_panels import collect_panels
from nodes.storyboard.submit_panels import submit_panels
from state.context import RunContext
from state.cost import Money
from state.errors import BudgetExceeded, OrderParked
from state.film import FilmState, ShootingState, StoryboardState
from state.script import Character, Line, Look
from tests.acceptance.test_paid_novela import as_it_came
from tests.integration.orders.camera_set import SHOTS, Set, a_scene
from tests.integration.orders.shop import Shop
from tools.orders import collecting
from tools.orders.planned import planned_panel
from tools.orders.planned_sound import planned_voice

ANA = Character(name="Ana", role="heir", look=Look(presentation="woman"))
LINE = Line(speaker="Ana", text="I will not go.")


@pytest.fixture(autouse=True)
def nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the files show is looked at elsewhere."""
    monkeypatch.setattr(collecting, "verify", as_it_came)


class StepSet(Set):
    """Two steps of the scene, and the ways between them as in the graphs."""

    state: type[FilmState]
    steps: tuple[Callable[..., Any], Callable[..., Any]]
    ways: tuple[Callable[..., str], Callable[..., str]]
    kept: str
    items: list[str]

    def price(self) -> Money:
        raise NotImplementedError

    def _graph(self) -> CompiledStateGraph[Any, Any, Any, Any]:
        graph = StateGraph(self.state, context_schema=RunContext, input_schema=channels_of(self.state))
        names = [step.__name__ for step in self.steps]
        on = {name: name for name in names}
        ends = {"cut_animatic": "__end__", "confirm_takes": "__end__", "__end__": "__end__"}
        graph.add_edge(START, names[0])
        for step, way in zip(self.steps, self.ways, strict=True):
            graph.add_node(step)
            graph.add_conditional_edges(step.__name__, way, {**ends, **on})
        return graph.compile(checkpointer=self.saver)


class Panels(StepSet):
    state = StoryboardState
    steps = (submit_panels, collect_panels)
    ways = (storyboard_loop.after_submit_panels, storyboard_loop.after_collect_panels)
    kept, items = "panels", [f"1{letter}" for letter in SHOTS]

    def price(self) -> Money:
        state = self.scene()
        board = StoryboardState(script=state.script, format=state.format)
        return planned_panel(board, state.scene.shots[0], tier="final").price


class Lines(StepSet):
    provider = "openai"
    state = ShootingState
    steps = (submit_voices, collect_voices)
    ways = (shooting.after_submit_voices, shooting.after_collect_voices)
    kept, items = "voices", [f"1{letter}/1" for letter in SHOTS]

    def scene(self) -> ShootingState:
        return a_scene([LINE], [ANA], voice_model="tts-1")

    def price(self) -> Money:
        state = self.scene()
        return planned_voice(state, state.scene.shots[0], 1, tier="final").price


@pytest.fixture(params=[Panels, Lines], ids=["panels", "lines"])
async def stage(request: pytest.FixtureRequest, shop: Shop, tmp_path: Path) -> StepSet:
    production = await shop.production(ceiling=Money.usd("100"))
    made: StepSet = request.param(shop, await shop.lease(production), tmp_path)
    return made


async def allow(stage: StepSet, micros: int) -> None:
    await stage.shop.database.execute("update productions set ceiling_micros = %s", (micros,))


async def test_what_the_money_was_enough_for_is_there_and_the_rest_is_bought_later(stage: StepSet) -> None:
    await allow(stage, 2 * stage.price().micros)
    with pytest.raises(BudgetExceeded):
        await stage.shoot()
    bought = stage.camera.of("submit")
    assert (len(bought), sorted(stage.camera.of("fetch"))) == (2, sorted(bought))
    await allow(stage, Money.usd("100").micros)
    state = await stage.shoot(resumes=True)
    assert sorted(stage.camera.of("submit")) == sorted(stage.camera.of("fetch")) == stage.items
    assert {item: bool(one["media"]) for item, one in state[stage.kept].items()} == dict.fromkeys(
        stage.items, True
    )


async def test_what_was_approved_is_there_before_the_quote_is_asked_about_again(stage: StepSet) -> None:
    await stage.shop.database.execute(
        "update productions set context = jsonb_build_object('preproduction_usd', %s::text)",
        ((stage.price() * 2).dollars(),),
    )
    state = await stage.shoot()
    assert state["requoted"]
    assert (len(stage.camera.of("submit")), len(stage.camera.of("fetch"))) == (2, 2)
    assert {bool(one["media"]) for one in state[stage.kept].values()} == {True}


async def test_one_that_is_parked_lets_its_siblings_come_home(stage: StepSet) -> None:
    stage.camera.refused, stage.camera.reconcile = {stage.items[1]: "ambiguous"}, "blind"
    with pytest.raises(OrderParked):
        await stage.shoot()
    assert sorted(stage.camera.of("fetch")) == [item for item in stage.items if item != stage.items[1]]


async def test_nothing_that_was_bought_waits_where_the_way_goes_straight_to_the_pause(
    stage: StepSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: as it was before, a person is asked at once and what was bought is left where it is."""

    def at_once(state: Any) -> str:
        return "__end__" if state.requoted else stage.steps[1].__name__

    monkeypatch.setattr(stage, "ways", (at_once, stage.ways[1]))
    await stage.shop.database.execute(
        "update productions set context = jsonb_build_object('preproduction_usd', %s::text)",
        ((stage.price() * 2).dollars(),),
    )
    await stage.shoot()
    assert (len(stage.camera.of("submit")), stage.camera.of("fetch")) == (2, [])
