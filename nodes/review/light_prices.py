"""What each light at a gate costs, read from the quote: shown with every item, before anybody answers.

GREEN sets going what the budget approved already; YELLOW and RED buy anew. A light is left out where the
quote does not name all that it would buy: then the budget is asked about first, at the prices of the day.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from nodes.review.approve_changes import change_at_most
from nodes.screenplay.next_scene import following
from state.cost import ZERO, Money, PlannedCall, Quote
from state.film import FilmState, ShootingState
from state.novela import NovelaState
from state.review import TrafficLight
from state.script import Shot
from tools.orders.planned import EXTENSION, UPSCALE


class Cost(NamedTuple):
    """What something costs as it is planned, and what may be booked for it at most."""

    price: Money
    at_most: Money


class LightPrices(NamedTuple):
    """The same for each light, as an item of a gate carries it."""

    prices: dict[TrafficLight, Money]
    prices_at_most: dict[TrafficLight, Money]


NOTHING = Cost(ZERO, ZERO)


def budget_prices(quote: Quote) -> LightPrices:
    """GREEN is the whole quote; another quote, and stopping, cost nothing."""
    return _prices(green=Cost(quote.total, quote.ceiling), change=NOTHING)


def panel_prices(state: FilmState, slate: str) -> LightPrices:
    """GREEN has the shot made, YELLOW and RED have its panel drawn again."""
    return _prices(green=_shooting(state, [slate]), change=_changed(state, "storyboard", [slate]))


def shot_prices(state: ShootingState, slate: str) -> LightPrices:
    """GREEN keeps what is made, or buys what is missing; YELLOW and RED have it shot again."""
    missing = slate in _slates(state.shots_to_take())
    green = _shooting(state, [slate], spoken=_spoken(state)) if missing else NOTHING
    return _prices(green=green, change=_shot_again(state, [slate]))


def scene_prices(state: NovelaState) -> LightPrices:
    """GREEN has made what is missing, else what follows. YELLOW and RED shoot all of this scene again."""
    return _prices(green=_onward(state), change=_shot_again(state, _slates(state.scene.shots)))


def _onward(state: NovelaState) -> Cost | None:
    """A scene with a missing take is never left behind; after it come the next scene, and then the music."""
    if (missing := state.shots_to_take()) == []:
        number = following(state, [*state.scenes_done, state.scene_number])
        if number > len(state.film.scenes):
            return _finishing(state)
        missing = state.model_copy(update={"scene_number": number}).shots_to_take()
    return _shooting(state, _slates(missing), spoken=_spoken(state))


def _finishing(state: FilmState) -> Cost | None:
    """The music, and what makes takes as large as the film."""
    music = _again(state, "music", ["episode"])
    larger = _cost(call for call in _calls(state) if call.stage == UPSCALE)
    return music and Cost(music.price + larger.price, music.at_most + larger.at_most)


def _shooting(state: FilmState, slates: Collection[str], *, spoken: Collection[str] = ()) -> Cost | None:
    """The takes of these shots, and those of their lines that are not `spoken`: they are called `2A/1`."""
    takes = _longer(state, slates, _again(state, "take", slates))
    lines = _cost(
        call
        for call in _calls(state)
        if call.stage == "voice" and call.item.partition("/")[0] in slates and call.item not in spoken
    )
    return takes and Cost(takes.price + lines.price, takes.at_most + lines.at_most)


def _shot_again(state: ShootingState, slates: Collection[str]) -> Cost | None:
    """New takes of these shots, and those of their lines that nobody could speak."""
    takes = _changed(state, "take", slates)
    unsaid = {item for shot in state.scene.shots if str(shot.slate) in slates for item in state.unsaid(shot)}
    lines = _cost(call for call in _calls(state) if call.stage == "voice" and call.item in unsaid)
    return takes and Cost(takes.price + lines.price, takes.at_most + lines.at_most)


def _again(state: FilmState, stage: str, items: Collection[str]) -> Cost | None:
    """One call for each of these, as it was quoted; None where the quote lacks one, as a later one does."""
    calls = [call for call in _calls(state) if call.stage == stage and call.item in items]
    return _cost(calls) if {call.item for call in calls} == set(items) else None


def _changed(state: FilmState, stage: str, slates: Collection[str]) -> Cost | None:
    """The same for a change, which is approved up to the dearest that may stand in."""
    calls = [call for call in _calls(state) if call.stage == stage and call.item in slates]
    if {call.item for call in calls} != set(slates):
        return None
    most = sum((change_at_most(call) for call in calls), ZERO)
    changed = Cost(sum((call.price for call in calls), ZERO), most)
    return _longer(state, slates, changed) if stage == "take" else changed


def _longer(state: FilmState, slates: Collection[str], takes: Cost | None) -> Cost | None:
    """The takes of these shots with what makes them as long as they are."""
    pieces = _cost(
        call for call in _calls(state) if call.stage == EXTENSION and call.item.partition("/")[0] in slates
    )
    return takes and Cost(takes.price + pieces.price, takes.at_most + pieces.at_most)


def _calls(state: FilmState) -> list[PlannedCall]:
    return state.quote.calls if state.quote is not None else []


def _cost(calls: Iterable[PlannedCall]) -> Cost:
    bought = list(calls)
    return Cost(sum((call.price for call in bought), ZERO), sum((call.ceiling for call in bought), ZERO))


def _slates(shots: Iterable[Shot]) -> list[str]:
    return [str(shot.slate) for shot in shots]


def _spoken(state: ShootingState) -> set[str]:
    """Recorded, or given up: GREEN asks nobody to speak it."""
    return {item for item, track in state.voices.items() if track.media or track.failure}


def _prices(*, green: Cost | None, change: Cost | None) -> LightPrices:
    """A change is approved up to the price that is shown: see `approve_changes`."""
    each = {TrafficLight.GREEN: green, TrafficLight.YELLOW: change, TrafficLight.RED: change}
    known = {light: cost for light, cost in each.items() if cost is not None}
    return LightPrices(
        prices={light: cost.price for light, cost in known.items()},
        prices_at_most={light: cost.at_most for light, cost in known.items()},
    )
