"""S3-73: what a light costs is read from the quote: GREEN what goes on, YELLOW and RED what is new."""

import io

import pytest
from rich.console import Console

from nodes.review.light_prices import budget_prices, panel_prices, scene_prices, shot_prices
from server.cli.gates import ask_person
from state.cost import Money, PlannedCall, Quote
from state.novela import NovelaState
from state.review import TrafficLight
from state.script import Scene, Script, Shot, Slate
from tests.builders import a_staging

PRICES = {"storyboard": 3, "take": 400, "voice": 20, "music": 7}


def a_call(stage: str, item: str) -> PlannedCall:
    return PlannedCall(
        stage=stage,
        item=item,
        provider="p",
        model="m",
        unit="call",
        units=1,
        price=Money(micros=PRICES[stage]),
    )


def a_shot(scene: int, letter: str) -> Shot:
    slate = Slate(scene=scene, shot=letter)
    return Shot(slate=slate, description="d", staging=a_staging(), lines=[], duration_s=2)


def an_episode(*, left_out: tuple[str, str] = ("", ""), **changes: object) -> NovelaState:
    """Two scenes of two shots, two lines each; what is planned of it but for one call."""
    slates = ["1A", "1B", "2A", "2B"]
    scenes = [
        Scene(number=number, title="t", summary="s", place="p",
              shots=[a_shot(number, letter) for letter in "AB"])
        for number in (1, 2)
    ]  # fmt: skip
    calls = [a_call(stage, slate) for slate in slates for stage in ("storyboard", "take")]
    calls += [a_call("voice", f"{slate}/{line}") for slate in slates for line in (1, 2)]
    calls = [call for call in [*calls, a_call("music", "episode")] if (call.stage, call.item) != left_out]
    quote = Quote(quote_id="q", edition="e", calls=calls, total=Money(micros=1779))
    script = Script(title="t", logline="l", scenes=scenes)
    return NovelaState.model_validate({"script": script, "quote": quote, **changes})


def micros(prices: dict[TrafficLight, Money]) -> dict[str, int]:
    return {light.value: price.micros for light, price in prices.items()}


def test_a_budget_costs_what_is_approved_and_nothing_otherwise():
    state = an_episode()
    assert state.quote is not None
    assert micros(budget_prices(state.quote)) == {"GREEN": 1779, "YELLOW": 0, "RED": 0}


def test_a_panel_that_is_kept_is_shot_and_spoken():
    assert micros(panel_prices(an_episode(), "1A")) == {"GREEN": 440, "YELLOW": 3, "RED": 3}


def test_a_shot_that_is_kept_costs_nothing_more():
    assert micros(shot_prices(an_episode(), "1A")) == {"GREEN": 0, "YELLOW": 400, "RED": 400}


@pytest.mark.parametrize(
    ("scene", "done", "green"),
    [(1, [], 880), (2, [1], 7), (1, [1, 2], 7), (2, [], 880)],
    ids=["the next", "the music", "shot again at the end", "the one before is open"],
)
def test_a_scene_that_is_kept_costs_what_follows(scene: int, done: list[int], green: int):
    state = an_episode(scene_number=scene, scenes_done=done)
    assert micros(scene_prices(state)) == {"GREEN": green, "YELLOW": 800, "RED": 800}


@pytest.mark.parametrize(
    ("stage", "lights"), [("storyboard", {"GREEN": 440}), ("take", {"GREEN": 40, "YELLOW": 3, "RED": 3})]
)
def test_what_the_quote_does_not_name_has_no_price(stage: str, lights: dict[str, int]):
    """A panel that a person brought; a shot that a later quote left out because it is made."""
    assert micros(panel_prices(an_episode(left_out=(stage, "1A")), "1A")) == lights


def test_the_terminal_shows_them(monkeypatch: pytest.MonkeyPatch):
    out = Console(file=io.StringIO(), width=100)
    monkeypatch.setattr("server.cli.gates.Prompt.ask", lambda *asked, **more: "y")
    item = {"item": "1A", "title": "Shot 1A", "prices": {"GREEN": {"micros": 150_000}, "RED": {"micros": 0}}}
    gate = {"gate": "review_storyboard", "title": "t", "question": "q", "items": [item]}
    ask_person(out, gate, {})
    assert "GREEN $0.15, RED $0.00" in out.file.getvalue()  # type: ignore[attr-defined]
