"""S3-73: what a light costs is read from the quote: GREEN what goes on, YELLOW and RED what is new."""

import io
from typing import Any

import pytest
from rich.console import Console

from nodes.review.light_prices import LightPrices, budget_prices, panel_prices, scene_prices, shot_prices
from server.cli.gates import ask_person
from state.cost import FallbackCall, Money, PlannedCall, Quote
from state.novela import NovelaState
from state.order import OrderFailure
from state.script import Line, Scene, Script, Shot, Slate
from state.take import Take, VoiceTrack
from tests.builders import a_staging
from tests.integration.api.making import a_clip

PRICES = {"storyboard": 3, "take": 400, "voice": 20, "music": 7}
LONGER = 600
"""A take whose voices ask for a longer clip."""
GREEN, MORE = {"micros": 150_000}, {"micros": 230_000}
LINE = Line(speaker="s", text="Go.")
SLATES = ("1A", "1B", "2A", "2B")


def a_call(stage: str, item: str) -> PlannedCall:
    return PlannedCall(
        stage=stage,
        item=item,
        provider="p",
        model="m",
        unit="call",
        units=1,
        price=Money(micros=PRICES[stage]),
        fallbacks=[longer()] if stage == "take" else [],
    )


def longer() -> FallbackCall:
    return FallbackCall(provider="p", model="m", unit="call", units=2, price=Money(micros=LONGER))


def taken(*slates: str, failed: str = "") -> dict[str, Take]:
    """The takes of these shots, under the cause that is current."""
    return {
        slate: Take(
            slate=Slate(scene=int(slate[0]), shot=slate[1]), call_key=f"p:take:{slate}:first",
            status="failed" if slate == failed else "done",
        )
        for slate in slates
    }  # fmt: skip


def spoken(*items: str) -> dict[str, VoiceTrack]:
    return {
        item: VoiceTrack(
            slate=Slate(scene=int(item[0]), shot=item[1]), line=int(item[3]), speaker="s", call_key="k",
            media=a_clip(item),
        )
        for item in items
    }  # fmt: skip


def a_shot(scene: int, letter: str) -> Shot:
    slate = Slate(scene=scene, shot=letter)
    return Shot(slate=slate, description="d", staging=a_staging(), lines=[LINE, LINE], duration_s=2)


def an_episode(*, left_out: tuple[str, str] = ("", ""), **changes: object) -> NovelaState:
    """Two scenes of two shots, two lines each; what is planned of it but for one call. The first is shot."""
    scenes = [
        Scene(number=number, title="t", summary="s", place="p",
              shots=[a_shot(number, letter) for letter in "AB"])
        for number in (1, 2)
    ]  # fmt: skip
    calls = [a_call(stage, slate) for slate in SLATES for stage in ("storyboard", "take")]
    calls += [a_call("voice", f"{slate}/{line}") for slate in SLATES for line in (1, 2)]
    calls = [call for call in [*calls, a_call("music", "episode")] if (call.stage, call.item) != left_out]
    quote = Quote(
        quote_id="q", edition="e", calls=calls, total=Money(micros=1779), ceiling=Money(micros=2579)
    )
    script = Script(title="t", logline="l", scenes=scenes)
    made = {"takes": taken("1A", "1B")}
    return NovelaState.model_validate({"script": script, "quote": quote, **made, **changes})


def micros(found: LightPrices) -> dict[str, int]:
    """What each light costs; at most no less, and for YELLOW and RED no more."""
    assert found.prices.keys() == found.prices_at_most.keys()
    assert all(price <= found.prices_at_most[light] for light, price in found.prices.items())
    return {light.value: price.micros for light, price in found.prices.items()}


def at_most(found: LightPrices) -> dict[str, int]:
    return {light.value: price.micros for light, price in found.prices_at_most.items()}


def test_a_budget_costs_what_is_approved_and_nothing_otherwise():
    state = an_episode()
    assert state.quote is not None
    assert micros(budget_prices(state.quote)) == {"GREEN": 1779, "YELLOW": 0, "RED": 0}
    assert at_most(budget_prices(state.quote)) == {"GREEN": 2579, "YELLOW": 0, "RED": 0}


def test_a_panel_that_is_kept_is_shot_and_spoken():
    """Its take may become as long as its voices are: what is approved is the longer one."""
    found = panel_prices(an_episode(), "1A")
    assert micros(found) == {"GREEN": 440, "YELLOW": 3, "RED": 3}
    assert at_most(found) == {"GREEN": 640, "YELLOW": 3, "RED": 3}


def test_a_shot_that_is_kept_costs_nothing_more():
    assert micros(shot_prices(an_episode(), "1A")) == {"GREEN": 0, "YELLOW": 400, "RED": 400}


@pytest.mark.parametrize(
    ("scene", "done", "green"),
    [(1, [], 880), (2, [1], 7), (1, [1, 2], 7)],
    ids=["the next", "the music", "shot again at the end"],
)
def test_a_scene_that_is_kept_costs_what_follows(scene: int, done: list[int], green: int):
    state = an_episode(scene_number=scene, scenes_done=done, takes=taken(*SLATES[: 2 * scene]))
    assert micros(scene_prices(state)) == {"GREEN": green, "YELLOW": 800, "RED": 800}


def test_a_scene_with_a_missing_take_is_gone_on_with():
    """GREEN leads back to the set: what failed is bought, and nothing of the next scene. Lines are there."""
    state = an_episode(takes=taken("1A", "1B", failed="1B"), voices=spoken("1B/1", "1B/2"))
    assert micros(scene_prices(state)) == {"GREEN": 400, "YELLOW": 800, "RED": 800}
    assert at_most(scene_prices(state)) == {"GREEN": 600, "YELLOW": 800, "RED": 800}
    assert [micros(shot_prices(state, slate))["GREEN"] for slate in ("1A", "1B")] == [0, 400]


def test_a_line_that_nobody_spoke_is_in_the_price_of_what_has_it_spoken():
    """YELLOW and RED; GREEN goes on without it."""
    failure = OrderFailure(call_key="k", provider="p", model="m", kind="refused", message="no")
    silent = {"1B/2": spoken("1B/2")["1B/2"].model_copy(update={"media": None, "failure": failure})}
    state = an_episode(takes=taken("1A", "1B", failed="1B"), voices={**spoken("1B/1"), **silent})
    assert micros(scene_prices(state)) == {"GREEN": 400, "YELLOW": 820, "RED": 820}
    assert micros(shot_prices(state, "1B")) == {"GREEN": 400, "YELLOW": 420, "RED": 420}
    assert micros(shot_prices(state, "1A"))["RED"] == 400


@pytest.mark.parametrize(
    ("missing", "lights"), [("1A", {"GREEN"}), ("2A", {"YELLOW", "RED"})], ids=["of this", "of the next"]
)
def test_a_scene_that_the_quote_names_in_part_has_no_price(missing: str, lights: set[str]):
    """After another quote, which leaves out what is made: a sum of the rest would be too little."""
    found = scene_prices(an_episode(left_out=("take", missing)))
    assert set(micros(found)) == lights


def test_what_is_made_of_the_next_scene_is_not_bought_again():
    assert micros(scene_prices(an_episode(takes=taken("1A", "1B", "2A"))))["GREEN"] == 440


@pytest.mark.parametrize(
    ("stage", "lights"), [("storyboard", {"GREEN": 440}), ("take", {"YELLOW": 3, "RED": 3})]
)
def test_what_the_quote_does_not_name_has_no_price(stage: str, lights: dict[str, int]):
    """A panel that a person brought; a shot that a later quote left out because it is made."""
    assert micros(panel_prices(an_episode(left_out=(stage, "1A")), "1A")) == lights


@pytest.mark.parametrize(
    ("priced", "told"),
    [
        ({"prices": {"GREEN": GREEN, "RED": {"micros": 0}}}, "GREEN $0.15, RED $0.00\n"),
        (
            {"prices": {"GREEN": GREEN, "RED": GREEN}, "prices_at_most": {"GREEN": MORE, "RED": GREEN}},
            "GREEN $0.15 (at most $0.23), RED $0.15\n",
        ),
        ({"price_of_change": GREEN}, "a change costs $0.15\n"),
    ],
    ids=["without a bound", "at most", "asked before there were prices of lights"],
)
def test_the_terminal_shows_them(monkeypatch: pytest.MonkeyPatch, priced: dict[str, Any], told: str):
    out = io.StringIO()
    monkeypatch.setattr("server.cli.gates.Prompt.ask", lambda *asked, **more: "y")
    item = {"item": "1A", "title": "Shot 1A", **priced}
    gate = {"gate": "review_storyboard", "title": "t", "question": "q", "items": [item]}
    ask_person(Console(file=out, width=100), gate, {})
    assert told in out.getvalue()


def test_the_terminal_says_who_has_made_it(monkeypatch: pytest.MonkeyPatch):
    out = io.StringIO()
    monkeypatch.setattr("server.cli.gates.Prompt.ask", lambda *asked, **more: "y")
    item = {"item": "1A", "title": "Take 1A-2", "mark": "made by luma-ray-2 instead of kling-2.1-pro"}
    gate = {"gate": "review_scene", "title": "t", "question": "q", "items": [item]}
    ask_person(Console(file=out, width=100), gate, {})
    assert "made by luma-ray-2 instead of kling-2.1-pro\n" in out.getvalue()
