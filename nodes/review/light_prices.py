"""What each light at a gate costs, read from the quote: shown with every item, before anybody answers.

GREEN sets going what the budget approved already; YELLOW and RED buy anew. A light is left out where the
quote says nothing of what it would buy: then the budget is asked about first, at the prices of the day.
"""

from collections.abc import Callable

from nodes.screenplay.next_scene import following
from state.cost import ZERO, Money, PlannedCall, Quote
from state.film import FilmState
from state.novela import NovelaState
from state.review import TrafficLight

Prices = dict[TrafficLight, Money]


def budget_prices(quote: Quote) -> Prices:
    """GREEN is the whole quote; another quote, and stopping, cost nothing."""
    return {TrafficLight.GREEN: quote.total, TrafficLight.YELLOW: ZERO, TrafficLight.RED: ZERO}


def panel_prices(state: FilmState, slate: str) -> Prices:
    """GREEN has the shot made, YELLOW and RED have its panel drawn again."""
    return _prices(
        green=_sum(state, lambda call: _makes(call, slate)),
        change=_sum(state, lambda call: (call.stage, call.item) == ("storyboard", slate)),
    )


def shot_prices(state: FilmState, slate: str) -> Prices:
    """GREEN keeps what is made, YELLOW and RED have it shot again."""
    return _prices(green=ZERO, change=_sum(state, lambda call: (call.stage, call.item) == ("take", slate)))


def scene_prices(state: NovelaState) -> Prices:
    """GREEN has what follows made: the next scene, or the music. YELLOW and RED shoot all of this again."""
    here = _slates(state, state.scene_number)
    ahead = _slates(state, following(state, [*state.scenes_done, state.scene_number]))
    return _prices(
        green=_sum(state, lambda call: any(_makes(call, slate) for slate in ahead))
        if ahead
        else _sum(state, lambda call: call.stage == "music"),
        change=_sum(state, lambda call: call.stage == "take" and call.item in here),
    )


def _slates(state: FilmState, number: int) -> set[str]:
    return {str(shot.slate) for scene in state.film.scenes if scene.number == number for shot in scene.shots}


def _makes(call: PlannedCall, slate: str) -> bool:
    """Lines of a shot are called `2A/1`."""
    return call.stage in ("take", "voice") and call.item.partition("/")[0] == slate


def _sum(state: FilmState, wanted: Callable[[PlannedCall], bool]) -> Money | None:
    calls = state.quote.calls if state.quote is not None else []
    prices = [call.price for call in calls if wanted(call)]
    return sum(prices, ZERO) if prices else None


def _prices(*, green: Money | None, change: Money | None) -> Prices:
    each = {TrafficLight.GREEN: green, TrafficLight.YELLOW: change, TrafficLight.RED: change}
    return {light: price for light, price in each.items() if price is not None}
