"""Engines that cannot be had: another one makes it where that was agreed, and everybody is told."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from server.composition import Parts
from state.errors import ProviderError
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin, billed_by_action, sold
from tests.acceptance.test_branches import _asked as checkpoints_asked
from tests.acceptance.test_branches import ended
from tests.acceptance.test_live_stand_ins import asked as page_of
from tests.acceptance.test_live_stand_ins import events_of
from tests.acceptance.test_paid_novela import Paid, as_it_came
from tools.engines.base import JobStatus
from tools.engines.files import NO_FILES, Files
from tools.orders import breakers, collecting, services

KLING, LUMA, VEO = "kling-2.5-turbo", "luma-ray-2-flash", "veo-3.1-fast"
ON_KLING = {"model_id": KLING, "resolution": "480p"}
DIED = JobStatus(state="failed", kind="transient_job", error="the runner died", billed=False)
SAID = f"made by {LUMA} instead of {KLING}"


@dataclass
class Market:
    """Everybody who sells here: who is down, and who was asked for which item, in order."""

    down: set[str] = field(default_factory=set)
    """Models, or a model for one item: `luma-ray-2-flash 1B`."""
    dying: set[str] = field(default_factory=set)
    """Whose jobs are taken and die."""
    asked: list[tuple[str, str]] = field(default_factory=list)
    bought: list[tuple[str, str]] = field(default_factory=list)

    def of(self, item: str) -> list[str]:
        return [model for model, for_item in self.asked if for_item == item]


class Seller(Paid):
    """One provider of the market; what is down has never had the request."""

    def __init__(self, provider: str, real: Any, market: Market) -> None:
        super().__init__(real)
        self.provider, self.market = provider, market
        self.dead = set[str]()

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        item = call_key.split(":")[2]
        self.market.asked.append((request.model, item))
        if {request.model, f"{request.model} {item}"} & self.market.down:
            raise ProviderError("nobody there", kind="not_sent", provider=self.provider, model=request.model)
        small = request.model_copy(update={"width": 160, "height": 90})
        external_id = await super().submit(small, call_key=call_key, files=files)
        self.market.bought.append((request.model, item))
        if request.model in self.market.dying:
            self.dead.add(external_id)
        return external_id

    async def status(self, external_id: str) -> JobStatus:
        return DIED if external_id in self.dead else await self.real.status(external_id)

    async def wait(self, external_id: str) -> JobStatus:
        return DIED if external_id in self.dead else await self.real.wait(external_id)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Between tries nobody waits half a minute; how often is as in the file."""
    known = services.figures()
    quick = known.model_copy(
        update={"family": tuple(one.model_copy(update={"first_s": 0.0}) for one in known.family)}
    )
    services.family_of.cache_clear()
    monkeypatch.setattr(services, "figures", lambda: quick)
    monkeypatch.setattr(collecting, "verify", as_it_came)
    yield
    services.family_of.cache_clear()


def open_market(parts: Parts, *down: str) -> Market:
    market = Market(set(down))
    for provider in ("fal", "google", "replicate"):
        sold(parts, Seller(provider, parts.tools.engines["previz"], market))
    return market


async def shooting(walk: Walk) -> None:
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()


async def paused_by(walk: Walk, code: str) -> dict[str, Any]:
    state = await walk.to_end("paused")
    assert state.interrupts == []
    assert (state.error or {}).get("code") == code, state.error
    told = json.loads(await page_of(walk.parts, f"/api/productions/{walk.production_id}"))
    error: dict[str, Any] = told["data"]["error"]
    return error


async def test_what_kling_cannot_luma_makes_and_everybody_is_told(parts: Parts) -> None:
    """S3-48, S3-49, S3-51: within the approved chain, each engine tried as often as its figures say."""
    market = open_market(parts, KLING, "fal-flux-schnell")
    walk = await begin(parts, image_model="fal-flux-schnell", **ON_KLING)
    budget = await walk.to_gate("approve_budget")
    calls = {(call["stage"], call["item"]): call for call in budget["quote"]["calls"]}
    chain = calls["take", "1A"]["fallbacks"]
    others = [one["model"] for one in chain if one["model"] != KLING]  # which may become longer itself
    assert list(dict.fromkeys(others)) == [LUMA, VEO]
    assert [one["model"] for one in calls["storyboard", "1A"]["fallbacks"]] == ["flux-schnell"]
    dearest = sum(
        max(one["price"]["micros"] for one in [call, *call["fallbacks"]]) for call in calls.values()
    )
    assert budget["quote"]["ceiling"]["micros"] == dearest > budget["quote"]["total"]["micros"]
    assert LUMA in budget["items"][0]["text"]
    await walk.answer()
    board = await walk.to_gate("review_storyboard")
    drawn = "made by flux-schnell instead of fal-flux-schnell"
    assert {item["mark"] for item in board["items"]} == {drawn}
    await walk.answer()
    scene = await walk.to_gate("review_scene")
    assert {item["mark"] for item in scene["items"][1:]} == {SAID}
    for item in ("1A", "1B", "1C"):
        assert market.of(item) == ["fal-flux-schnell"] * 4 + ["flux-schnell"] + [KLING] * 3 + [LUMA]
    page = await page_of(parts, f"/productions/{walk.production_id}")
    assert f"Made by {LUMA} instead of {KLING}" in page
    await walk.answer()
    state = await walk.to_end()
    snapshot = await parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    await told_afterwards(walk, {**(state.values or {}), "takes": snapshot.values["takes"]})
    await repeated(walk, market)
    await branched(walk, market)


async def told_afterwards(walk: Walk, values: dict[str, Any]) -> None:
    """In the state, the record, the events, the story and the books."""
    take = values["takes"]["1A"]
    assert (take["engine_used"], take["fallback_triggered"], take["calls"]) == (LUMA, True, [])
    path = await walk.parts.tools.media.get(values["deliverables"]["episode.json"]["key"])
    shots = [shot for scene in json.loads(path.read_text())["scenes"] for shot in scene["shots"]]
    assert {(one["take"]["engine_used"], one["take"]["fallback_triggered"]) for one in shots} == {
        (LUMA, True)
    }
    assert {one["panel"]["instead_of"] for one in shots} == {"fal-flux-schnell"}
    base = f"/api/productions/{walk.production_id}"
    told = events_of(await page_of(walk.parts, f"{base}/events"), "engine_stood_in")
    assert {(one["stage"], one["model"], one["instead_of"]) for one in told} == {
        ("storyboard", "flux-schnell", "fal-flux-schnell"), ("take", LUMA, KLING),
    }  # fmt: skip
    [scene] = events_of(await page_of(walk.parts, f"{base}/events"), "scene_done")
    assert (scene["engines_used"], scene["fallback_triggered"]) == ([LUMA], True)
    story = json.loads(await page_of(walk.parts, f"{base}/story"))["data"]
    assert any(f"{LUMA} made it, {KLING} could not be had" in one for one in story["warnings"])
    takes = story["scenes"][0]["shots"][0]["takes"]
    assert [(one["model"], one["insteadOf"], one["state"]) for one in takes] == [
        (KLING, "", "failed"), (LUMA, KLING, "done"),
    ]  # fmt: skip
    rows = [row for row in await walk.orders("take") if row["state"] == "done"]
    assert {row["model"] for row in rows} == {LUMA}
    assert all(row["cost_actual"] == row["cost_quoted"] > 0 for row in rows)


async def repeated(walk: Walk, market: Market) -> None:
    """A replay asks nobody and says the same."""
    market.asked.clear()
    again = await replay(walk.parts.house, walk.production_id, user_id=USER)
    report = await ended(walk.parts, again.production_id)
    assert report.identical, report.differences
    snapshot = await walk.parts.house.threads.snapshots.read(again.production_id, graph="novela")
    takes = snapshot.values["takes"].values()
    assert {(one["engine_used"], one["fallback_triggered"], one["instead_of"]) for one in takes} == {
        (LUMA, True, KLING)
    }
    assert market.asked == []


async def branched(walk: Walk, market: Market) -> None:
    """A fork from before the takes has what stood in for Kling in its parent, and buys nothing."""
    market.asked.clear()
    market.bought.clear()
    first = (await checkpoints_asked(walk.parts, walk, "review_storyboard"))[0]
    difference = Difference(checkpoint_id=first, reply={"approve_all": True, "items": {}})
    branch = await fork(walk.parts.house, walk.production_id, difference, user_id=USER)
    other = Walk(walk.parts, branch.production_id)
    await other.to_gate("approve_budget")  # what a parent approved does not bind its branch
    await other.answer()
    scene = await other.to_gate("review_scene")
    assert {item["mark"] for item in scene["items"][1:]} == {SAID}
    assert {model for model, _ in market.asked} <= {KLING}, "who is asked first, and still is not there"
    assert market.bought == []


async def test_without_a_policy_that_allows_it_nobody_else_is_bought(parts: Parts) -> None:
    """Kling is asked until its breaker opens; then the run waits for it."""
    market = open_market(parts, KLING)
    walk = await begin(parts, context={"substitution": "never"}, **ON_KLING)
    budget = await walk.to_gate("approve_budget")
    takes = [call for call in budget["quote"]["calls"] if call["stage"] == "take"]
    assert {one["model"] for call in takes for one in call["fallbacks"]} <= {KLING}
    await shooting(walk)
    await paused_by(walk, "breaker_open")
    assert {model for model, item in market.asked if model != "flux-schnell"} == {KLING}
    assert {model for model, _ in market.bought} == {"flux-schnell"}


async def test_a_person_is_asked_who_may_stand_in_and_agrees(parts: Parts) -> None:
    market = open_market(parts, KLING)
    walk = await begin(parts, context={"substitution": "ask"}, **ON_KLING)
    await shooting(walk)
    error = await paused_by(walk, "stand_in_proposed")
    assert (error["model"], error["details"]["proposal"]["model"]) == (KLING, LUMA)
    assert not [one for one in market.asked if one[0] == LUMA], "nobody has agreed yet"
    page = await page_of(parts, f"/productions/{walk.production_id}")
    assert f'<option value="{LUMA}">' in page
    [way] = [one for one in error["ways"] if one["name"] == "stand_in"]
    assert way["body"] == {"context": {"stand_ins": [LUMA]}}
    await parts.house.runs.resume(
        user_id=USER, production_id=walk.production_id, context=way["body"]["context"]
    )
    scene = await walk.to_gate("review_scene")
    assert {item["mark"] for item in scene["items"][1:]} == {SAID}
    assert {model for model, _ in market.bought} == {"flux-schnell", LUMA}


async def test_what_a_stand_in_has_begun_is_not_bought_again_under_another_policy(parts: Parts) -> None:
    """Nothing of the step was stored when it paused; the orders were placed all the same."""
    market = open_market(parts, KLING, f"{LUMA} 1B")
    walk = await begin(parts, context={"substitution": "ask", "stand_ins": [LUMA]}, **ON_KLING)
    await shooting(walk)
    error = await paused_by(walk, "stand_in_proposed")
    assert (error["details"]["item"], error["details"]["proposal"]["model"]) == ("1B", VEO)
    market.down.clear()
    await parts.house.runs.resume(
        user_id=USER, production_id=walk.production_id, context={"substitution": "never"}
    )
    scene = await walk.to_gate("review_scene")
    assert {item["item"]: item["mark"] for item in scene["items"][1:]} == {"1A": SAID, "1B": "", "1C": SAID}
    takes = [one for one in market.bought if one[0] != "flux-schnell"]
    assert sorted(takes) == [(KLING, "1B"), (LUMA, "1A"), (LUMA, "1C")]


async def test_where_all_fail_the_run_pauses_by_one_error_and_goes_on_when_they_are_back(
    parts: Parts,
) -> None:
    """S3-50."""
    market = open_market(parts, KLING, LUMA, VEO)
    walk = await begin(parts, **ON_KLING)
    await shooting(walk)
    error = await paused_by(walk, "engines_failed")
    assert "all production engines failed" in error["message"]
    assert [one["model"] for one in error["details"]["tried"]] == [KLING, LUMA, VEO]
    assert market.of("1A")[1:] == [KLING] * 3 + [LUMA] * 3 + [VEO] * 3, "behind its panel; no endless loop"
    market.down.clear()
    await parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    scene = await walk.to_gate("review_scene")
    assert {item["mark"] for item in scene["items"][1:]} == {""}
    assert {model for model, _ in market.bought} == {"flux-schnell", KLING}
    market.down = {KLING}
    shown = {item["item"]: item for item in scene["items"]}["1A"]
    assert shown["prices_at_most"]["RED"]["micros"] > shown["prices"]["RED"]["micros"], "Luma is dearer"
    await walk.answer(**{"1A": {"light": "RED"}})
    scene = await walk.to_gate("review_scene")
    assert {item["item"]: item["mark"] for item in scene["items"][1:]} == {"1A": SAID, "1B": "", "1C": ""}
    [luma] = [row for row in await walk.orders("take") if row["model"] == LUMA and row["state"] == "done"]
    assert (await billed_by_action(walk))["RED"] == luma["cost_actual"] > shown["prices"]["RED"]["micros"]
    assert luma["cost_actual"] <= shown["prices_at_most"]["RED"]["micros"]


async def test_a_job_that_died_is_made_by_the_next_while_it_is_waited_for(parts: Parts) -> None:
    """S3-51: a new job on the same engine first, as often as its figures say; then the next one's."""
    market = open_market(parts)
    market.dying = {KLING}
    walk = await begin(parts, context={"max_parallel_takes": 1}, **ON_KLING)
    await shooting(walk)
    scene = await walk.to_gate("review_scene")
    assert {item["mark"] for item in scene["items"][1:]} == {SAID}
    # Five jobs that died open its breaker: then it is skipped without a call (S3-64).
    tries = {"1A": 3, "1B": 2, "1C": 0}
    for item, times in tries.items():
        assert market.of(item) == ["flux-schnell"] + [KLING] * times + [LUMA]
    snapshot = await parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    assert {(one["slate"]["take"], one["seed"]) for one in snapshot.values["takes"].values()} == {(2, None)}


async def test_where_every_job_died_a_person_is_shown_what_each_of_them_said(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They cannot be sent again: no pause helps, and nothing is tried by itself. RED orders it anew."""
    patient = services.figures().model_copy(
        update={"breaker": services.figures().breaker.model_copy(update={"failures": 99})}
    )
    monkeypatch.setattr(breakers, "figures", lambda: patient)
    market = open_market(parts)
    market.dying = {KLING, LUMA, VEO}
    walk = await begin(parts, review="auto", context={"auto_approve_usd": "9.00"}, **ON_KLING)
    scene = await walk.to_gate("review_scene")
    item = scene["items"][1]
    assert item["media"] is None
    assert "all production engines failed" in item["text"]
    assert all(model in item["text"] for model in (KLING, LUMA, VEO))
    assert market.of("1A")[1:] == [KLING] * 3 + [LUMA] * 3 + [VEO] * 3
    market.dying = set()
    await walk.answer(**{slate: {"light": "RED"} for slate in ("1A", "1B", "1C")})
    await walk.to_end()
    assert (await walk.orders("take"))[-1]["model"] == KLING
