"""The micro-episode changed by hand and started again, on an engine that bills every request."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.composition import open_parts
from server.protocol.assistant_ids import system_id
from server.runs.asked import RunOptions
from server.runs.graph_spec import as_given, as_written
from server.specs import graph_specs
from server.threads.asked_run import AskedRun
from server.threads.change_state import Change
from tests.acceptance.studio_lot import MICRO, USER, Walk, begin
from tests.standins.farm_process import FarmProcess
from tools.settings import Settings


@pytest.fixture
def farm(tmp_path: Path) -> Iterator[FarmProcess]:
    folder = tmp_path / "farm"
    folder.mkdir()
    with FarmProcess(folder) as running:
        yield running


class Lot:
    """Opens houses on one database and one farm."""

    def __init__(self, stack: AsyncExitStack, database_url: str, folder: Path, farm: FarmProcess) -> None:
        self._stack = stack
        self._settings = Settings(
            data_dir=folder, database_url=database_url, workers=2, lease_ttl_s=30,  # type: ignore[arg-type]
            previz_url=farm.url, strict_orders=True,
        )  # fmt: skip
        self._farm = farm

    async def begin(self, **guards: Any) -> Walk:
        """A production in a house whose graphs may lack a guard."""
        specs = {name: replace(spec, **guards) for name, spec in graph_specs().items()}
        return await begin(await self._stack.enter_async_context(open_parts(self._settings, specs=specs)))

    def panels(self) -> Counter[str]:
        """How often each panel was sent to the farm, by its invoices."""
        keys = (invoice["call_key"].split(":") for invoice in self._farm.invoices())
        return Counter(key[2] for key in keys if key[1] == "storyboard")


@pytest.fixture
async def lot(database_url: str, tmp_path: Path, voice_models: Path, farm: FarmProcess) -> AsyncIterator[Lot]:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "models").symlink_to(voice_models)
    async with AsyncExitStack() as stack:
        yield Lot(stack, database_url, folder, farm)


async def to_storyboard(walk: Walk) -> dict[str, Any]:
    await walk.to_gate("approve_budget")
    await walk.answer()
    return await walk.to_gate("review_storyboard")


async def rewrite(walk: Walk, slate: str, prompt: str) -> None:
    """Change one shot's prompt in the script, as a person does in Studio."""
    threads = walk.parts.house.threads
    snapshot = await threads.snapshots.read(walk.production_id, graph="novela")
    script = snapshot.values["script"]
    scene = int(slate[:-1]) - 1
    for shot in script["scenes"][scene]["shots"]:
        if f"{shot['slate']['scene']}{shot['slate']['shot']}" == slate:
            shot["prompt"] = prompt
    await threads.changes.update(
        Change(values={"script": script}), user_id=USER, thread_id=walk.production_id
    )


async def go_on(walk: Walk) -> None:
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)


def pictures(gate: dict[str, Any]) -> dict[str, str]:
    return {item["item"]: item["media"]["sha256"] for item in gate["items"] if item["media"]}


async def test_a_changed_prompt_buys_one_panel_and_takes_the_others_again(lot: Lot):
    walk = await lot.begin()
    before = pictures(await to_storyboard(walk))
    await rewrite(walk, "1B", "A door, half open, at night")
    await go_on(walk)
    after = pictures(await walk.to_gate("review_storyboard"))

    assert lot.panels() == {"1A": 1, "1B": 2, "1C": 1}
    assert after == before, "previz draws the staging, which nobody changed"
    prices = {row["item"]: row["adopted_from"] for row in (await walk.orders("storyboard"))[3:]}
    assert {item for item, origin in prices.items() if origin} == {"1A", "1C"}
    await walk.answer(**{"1A": {"light": "RED"}})
    await walk.to_gate("review_storyboard")
    assert lot.panels() == {"1A": 2, "1B": 2, "1C": 1}


async def test_without_its_own_cause_a_change_by_hand_does_not_reach_the_engine(lot: Lot):
    """The control: under the old key the ledger finds another request and stops."""
    walk = await lot.begin(update_of=as_written)
    await to_storyboard(walk)
    await rewrite(walk, "1B", "A door, half open, at night")
    await go_on(walk)

    gate = await walk.to_gate("review_storyboard")
    assert "placed before with another prompt" in gate["items"][1]["text"]
    assert lot.panels() == {"1A": 1, "1B": 1, "1C": 1}


async def approve_up_to(walk: Walk, node: str) -> dict[str, Any]:
    """Keep every panel and stop before this node; the panels that the film holds then."""
    asked = AskedRun(
        user_id=USER, thread_id=walk.production_id, graph="novela", assistant_id=system_id("novela"),
        resume={"approve_all": True}, resumes=True, options=RunOptions(interrupt_before=[node]),
    )  # fmt: skip
    threads = walk.parts.house.threads
    await threads.runs.create(asked)
    state = await walk.to_end("paused")
    assert state.interrupts == []
    panels: dict[str, Any] = (await threads.snapshots.read(walk.production_id, graph="novela")).values[
        "panels"
    ]
    return panels


async def start_again(walk: Walk, **brief: Any) -> None:
    await walk.parts.house.runs.start(
        user_id=USER, graph="novela", title="Another", brief={**MICRO, **brief}, context={},
        production_id=walk.production_id,
    )  # fmt: skip


async def test_another_brief_on_the_same_thread_makes_another_film(lot: Lot):
    """Nothing of the first is inherited, and nothing of it is taken for the second's."""
    walk = await lot.begin()
    await to_storyboard(walk)
    drawn = await approve_up_to(walk, "shooting")
    await start_again(walk, title="The Lamp")
    gate = await to_storyboard(walk)

    snapshot = await walk.parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    assert set(drawn) == {"1A", "1B", "1C"}
    assert "The Lamp" in gate["title"]
    assert snapshot.values["script"]["title"] == "The Lamp"
    assert snapshot.values["panels"] == {}
    assert lot.panels() == {"1A": 2, "1B": 2, "1C": 2}


async def test_without_a_cause_of_its_own_a_second_brief_meets_the_first_one_s_orders(lot: Lot):
    """The control."""
    walk = await lot.begin(again_of=as_given)
    await walk.to_gate("approve_budget")
    await walk.answer(budget={"light": "RED"})
    await walk.to_end()
    await start_again(walk, title="The Lamp")

    assert (await walk.to_end("failed")).error["code"] == "order_changed"
