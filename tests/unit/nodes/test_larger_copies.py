"""A film that is ready does not wait for larger copies; what is paid of them is fetched before a pause."""

from types import SimpleNamespace
from typing import Any

import pytest

from nodes.delivery.episode_record import _upscaled
from nodes.post import collect_upscales as collecting
from nodes.post import left_copies
from nodes.post import submit_upscales as submitting
from nodes.post.collect_upscales import collect_upscales
from nodes.post.submit_upscales import submit_upscales
from nodes.post.upscale_orders import planned_larger
from state.context import RunContext
from state.cost import Money
from state.errors import (
    BreakerOpen,
    BudgetExceeded,
    DayBudgetExceeded,
    GreenlightError,
    LeaseLost,
    NotApproved,
    ProviderBusy,
    ProviderTimeout,
    SpendingStopped,
)
from state.film import FinishingState, ProductionFormat
from state.novela import NovelaState
from state.order import Delivery, Order, Ticket
from state.script import Scene, Script, Shot, Slate
from state.take import Take
from tests.builders import a_staging
from tests.integration.api.making import a_clip

ITEMS = ("1A", "1B", "1C")
BACK = {"retry_at": "2026-11-23T12:00:00Z"}
NOT_NOW = [
    SpendingStopped("Spending is stopped for everybody: the bill is odd."),
    BudgetExceeded("It costs $0.04, and $0.01 is left."),
    DayBudgetExceeded(),
    ProviderBusy("fal takes no more now", kind="throttled", details=BACK),
    BreakerOpen("fal rests", kind="throttled", details=BACK),
]


class Orders:
    """Takes what has no trouble, and says of the rest whether anything of it is on its way."""

    def __init__(
        self,
        troubles: dict[str, GreenlightError],
        *,
        on_its_way: bool = False,
        recorded: tuple[str, ...] = ITEMS,
    ) -> None:
        self.troubles, self.on_its_way, self.recorded = troubles, on_its_way, recorded
        self.fetched, self.left = list[str](), list[str]()

    async def is_recorded(self, order: Order) -> bool:
        return order.item in self.recorded

    async def submit(self, order: Order, **_: Any) -> Ticket:
        if order.item in self.troubles:
            raise self.troubles[order.item]
        return a_ticket(order.item)

    async def collect(self, ticket: Ticket) -> Delivery:
        item = ticket.call_key.split(":")[2]
        if item in self.troubles:
            raise self.troubles[item]
        self.fetched.append(item)
        made = ticket.model_dump(include={"call_key", "take_number", "provider", "model"})
        return Delivery(**made, media=a_clip(item), cost=Money(micros=36_000))

    async def leave(self, call_key: str) -> bool:
        self.left.append(call_key)
        return not self.on_its_way


def a_ticket(item: str, production: str = "film") -> Ticket:
    key = f"{production}:upscale:{item}:first"
    return Ticket(call_key=key, take_number=1, provider="fal", model="fal-video-upscaler")


def a_film(*, upscaling: bool = False) -> FinishingState:
    """Three shots that were filmed in 480p for a film of 1080p."""
    shots = [
        Shot(slate=Slate(scene=1, shot=item[1]), description="d", staging=a_staging(), duration_s=4.2)
        for item in ITEMS
    ]
    scene = Scene(
        number=1, title="s", summary="s", place="p", shots=shots, model_id="wan-2.5-t2v",
        parameters={"resolution": "1080p"},
    )  # fmt: skip
    small = a_clip().model_copy(update={"width": 854, "height": 480})
    takes = {
        str(shot.slate): Take(
            slate=shot.slate.model_copy(update={"take": 1}), call_key=f"film:take:{shot.slate}:first",
            provider="replicate", model="wan-2.5-t2v", media=small, duration_s=5.0, status="done",
            upscaling=a_ticket(str(shot.slate)) if upscaling else None,
        )
        for shot in shots
    }  # fmt: skip
    look = ProductionFormat(width=1920, height=1080, clip_resolution="480p", upscaler="fal-video-upscaler")
    return FinishingState(format=look, script=Script(title="T", logline="l", scenes=[scene]), takes=takes)


class Run:
    """One step of the cut, in the house that has these orders."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, orders: Orders) -> None:
        async def toolbox(*_: str) -> Any:
            return SimpleNamespace(orders=orders)

        monkeypatch.setattr(submitting, "toolbox_for", toolbox)
        monkeypatch.setattr(collecting, "toolbox", toolbox)
        self.events = list[Any]()

    async def step(self, node: Any, state: FinishingState) -> dict[str, Take]:
        execution = SimpleNamespace(thread_id="film", task_id="task")
        runtime: Any = SimpleNamespace(
            context=RunContext(), stream_writer=self.events.append, execution_info=execution
        )
        takes = (await node(state, runtime))["takes"]
        return {item: Take.model_validate(take) for item, take in takes.items()}

    def warnings(self) -> list[str]:
        return [one["payload"]["text"] for one in self.events if one["name"] == "warning"]


@pytest.mark.parametrize("trouble", NOT_NOW, ids=lambda one: type(one).__name__)
async def test_what_cannot_be_ordered_now_is_left_as_it_is_and_told(
    monkeypatch: pytest.MonkeyPatch, trouble: GreenlightError
) -> None:
    orders = Orders({"1B": trouble})
    run = Run(monkeypatch, orders)
    takes = await run.step(submit_upscales, a_film())
    assert [item for item in ITEMS if takes[item].upscaling] == ["1A", "1C"]
    why = trouble.message.rstrip(".")
    assert takes["1B"].not_upscaled == why
    assert run.warnings() == [
        f"1B is not made larger ({why}); the film has it as it is. {left_copies.HOW_LATER}"
    ]
    assert orders.left == ["film:upscale:1B:first"], "nothing is held for it"


async def test_without_that_rule_the_film_would_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr(left_copies, "NOT_NOW", ())
    with pytest.raises(SpendingStopped):
        await Run(monkeypatch, Orders({"1B": NOT_NOW[0]})).step(submit_upscales, a_film())


async def test_what_may_be_on_its_way_is_waited_for_and_the_others_are_fetched_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Their tickets do not reach the state of a step that raises, and a day may pass."""
    orders = Orders({"1B": NOT_NOW[-1]}, on_its_way=True)
    with pytest.raises(BreakerOpen):
        await Run(monkeypatch, orders).step(submit_upscales, a_film())
    assert sorted(orders.fetched) == ["1A", "1C"]


async def test_a_job_that_cannot_be_asked_about_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    lost = ProviderTimeout("fal does not answer", kind="ambiguous")
    lost.job_waits = True
    orders = Orders({"1B": lost})
    with pytest.raises(ProviderTimeout):
        await Run(monkeypatch, orders).step(submit_upscales, a_film())
    assert (sorted(orders.fetched), orders.left) == (["1A", "1C"], [])
    with pytest.raises(ProviderTimeout):
        await Run(monkeypatch, Orders({"1B": lost})).step(collect_upscales, a_film(upscaling=True))


async def test_who_has_lost_the_production_fetches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    orders = Orders({"1A": LeaseLost()})
    with pytest.raises(LeaseLost):
        await Run(monkeypatch, orders).step(submit_upscales, a_film())
    assert orders.fetched == []


async def test_a_copy_whose_job_died_when_no_other_may_be_paid_is_left_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orders = Orders({"1B": NOT_NOW[0]})
    run = Run(monkeypatch, orders)
    takes = await run.step(collect_upscales, a_film(upscaling=True))
    assert {item: take.upscaled is not None for item, take in takes.items()} == {
        "1A": True, "1B": False, "1C": True,
    }  # fmt: skip
    assert takes["1B"].upscaling is None
    assert len(run.warnings()) == 1


async def test_a_branch_leaves_its_own_order_and_not_that_of_its_parent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    orders, film = Orders({"1B": NOT_NOW[0]}), a_film()
    theirs = film.takes["1B"].model_copy(update={"upscaling": a_ticket("1B", "parent")})
    await Run(monkeypatch, orders).step(
        collect_upscales, film.model_copy(update={"takes": {**film.takes, "1B": theirs}})
    )
    assert orders.left == ["film:upscale:1B:first"]


@pytest.mark.parametrize(
    ("trouble", "told", "later"),
    [
        (NotApproved(), "nobody approved its price", True),
        (ProviderTimeout("fal never had it", kind="not_sent"), "fal never had it", False),
    ],
)
async def test_each_reason_is_told(
    monkeypatch: pytest.MonkeyPatch, trouble: GreenlightError, told: str, later: bool
) -> None:
    run = Run(monkeypatch, Orders({"1A": trouble}))
    takes = await run.step(submit_upscales, a_film())
    assert takes["1A"].not_upscaled == told
    [warning] = run.warnings()
    assert (left_copies.HOW_LATER in warning) is later


async def test_a_replay_does_without_what_its_film_did_without(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(monkeypatch, Orders({}, recorded=("1A", "1C")))
    takes = await run.step(submit_upscales, a_film())
    assert [item for item in ITEMS if takes[item].upscaling] == ["1A", "1C"]
    assert takes["1B"].not_upscaled == "it was not made then"


def test_larger_copies_are_asked_about_once_all_is_shot_where_they_can_be_bought() -> None:
    film = a_film().model_dump()
    shot, shooting = (NovelaState.model_validate({**film, "scene_number": number}) for number in (2, 1))
    assert [call.item for call in planned_larger(shot, tier="final", providers=["fal"])] == list(ITEMS)
    assert planned_larger(shooting, tier="final", providers=["fal"]) == []
    assert planned_larger(shot, tier="final", providers=["replicate"]) == []
    assert planned_larger(shot, tier="draft", providers=["fal"]) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, {}),
        ({"not_upscaled": "Spending is stopped"}, {"upscaled_by": None, "upscaled_sha256": None}),
        ({"upscaled": a_clip("large"), "upscaled_by": "m"},
         {"upscaled_by": "m", "upscaled_sha256": a_clip("large").sha256}),
    ],
    ids=["none was to be made", "none was made", "made"],
)  # fmt: skip
def test_the_record_says_what_was_not_made(changes: dict[str, Any], told: dict[str, Any]) -> None:
    """And not why, which a replay cannot know."""
    assert _upscaled(a_film().takes["1A"].model_copy(update=changes)) == told
