"""Music counts as made for what it was ordered for: changed since, its price is asked about first."""

from types import SimpleNamespace
from typing import Any

import pytest

from nodes.review import confirm_approval as confirming
from nodes.review.confirm_approval import confirm_music
from nodes.screenplay.quote_production import left_to_buy
from nodes.sound import collect_music as collecting
from nodes.sound import submit_music as submitting
from nodes.sound.collect_music import collect_music
from nodes.sound.music_order import cut_seconds
from nodes.sound.submit_music import submit_music
from state.context import RunContext
from state.cost import PlannedCall
from state.errors import GreenlightError, NotApproved, QuoteChanged
from state.film import FinishingState
from state.novela import NovelaState
from state.order import Ticket
from tests.integration.api.making import a_clip
from tests.unit.nodes.test_sounds_of_the_cut import a_film
from tools.engines.routing import Route
from tools.ledger.pricing import PriceEntry
from tools.orders import planned_sound
from tools.orders.planned_sound import planned_music
from tools.orders.quote import paid_digest, paid_digests

FIRST, LATER, BY_HAND = "p:music:episode:first", "p:music:episode:start-2", "update:1"


class Ledger:
    """Knows of no approval, and keeps what it was asked about."""

    def __init__(self, refusal: GreenlightError | None = None, *, placed: bool = False) -> None:
        self.asked, self.refusal, self.is_placed = list[PlannedCall](), refusal, placed

    async def unapproved(self, _: str, calls: list[PlannedCall], *, again: bool) -> list[PlannedCall]:
        self.asked += calls
        return calls

    async def placed(self, keys: list[str]) -> dict[str, Any]:
        return {keys[0]: SimpleNamespace(state="failed")} if self.is_placed else {}

    async def collect(self, _: Ticket) -> Any:
        assert self.refusal is not None
        raise self.refusal

    async def submit(self, *_: Any, **__: Any) -> Any:
        assert self.refusal is not None
        raise self.refusal


class House:
    """Sells music by the model that is asked for."""

    def __init__(self, orders: Ledger) -> None:
        self.orders, self.engines = orders, {"replicate": None}

    def route(self, _: str, model: str, *, tier: str = "final") -> Route:
        return Route(provider="replicate", model=model)


def a_runtime() -> Any:
    told = SimpleNamespace(thread_id="film", task_id="task")
    context = RunContext(substitution="never")
    return SimpleNamespace(context=context, stream_writer=lambda event: None, execution_info=told)


def delivered(model: str = "musicgen", **changes: Any) -> NovelaState:
    """A film whose music was made first, for what was wanted then."""
    film = a_film(music=a_clip("music"), music_key=FIRST)
    look = film.look.model_copy(update={"music_model": model})
    return NovelaState.model_validate({**film.model_dump(), "format": look, **changes})


async def confirmed(monkeypatch: pytest.MonkeyPatch, state: NovelaState) -> tuple[str, list[str]]:
    """Why the budget is asked about, and the models whose price was looked up."""
    ledger = Ledger()

    async def toolbox_for(user_id: str) -> House:
        return House(ledger)

    monkeypatch.setattr(confirming, "toolbox_for", toolbox_for)
    update = await confirm_music(state, a_runtime())
    return str(update["requoted"]), [call.model for call in ledger.asked]


def music_in(calls: list[PlannedCall]) -> list[str]:
    return [call.model for call in calls if call.stage == "music"]


async def test_music_that_is_there_is_neither_asked_about_nor_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert await confirmed(monkeypatch, delivered()) == ("", [])
    assert music_in(left_to_buy(delivered(), "final")) == []


async def test_after_a_change_by_hand_the_other_model_is_quoted_and_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    changed = delivered("stable-audio-2.5", base_cause=BY_HAND)
    why, asked = await confirmed(monkeypatch, changed)
    assert why.startswith("Not approved as planned now: episode")
    assert asked == music_in(left_to_buy(changed, "final")) == ["stable-audio-2.5"]


@pytest.mark.parametrize(
    ("key", "cause", "there"),
    [
        (FIRST, "first", True),
        (FIRST, BY_HAND, False),
        (FIRST, "start-2", False),
        (LATER, "start-2", True),
        ("", "first", True),
        ("", "start-2", True),
        ("", BY_HAND, False),
    ],
)
def test_it_is_there_for_the_cause_that_it_was_made_for(key: str, cause: str, there: bool) -> None:
    """Without its key it is from an older state; behind a change by hand the ledger finds it, or does not."""
    assert delivered(music_key=key, base_cause=cause).has_music is there
    assert not delivered(music_key=key, base_cause=cause, music=None).has_music


async def test_sold_by_the_second_what_is_quoted_behind_the_cut_is_what_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its shots have become longer than was foreseen: else the same question would come again for ever."""
    real = planned_sound.price_entry

    def by_the_second(provider: str, model: str, *, edition: str = "") -> PriceEntry:
        return real(provider, model, edition=edition).model_copy(update={"unit": "second"})

    monkeypatch.setattr(planned_sound, "price_entry", by_the_second)
    slow = delivered(music=None, scene_number=4, shot_seconds={"1A": 20.0, "2B": 20.0})
    asked = planned_music(slow, tier="final", seconds=cut_seconds(slow))
    [quoted] = [call for call in left_to_buy(slow, "final") if call.stage == "music"]
    assert paid_digest(asked) in paid_digests(quoted)
    foreseen = planned_music(slow, tier="final")
    assert paid_digest(asked) not in paid_digests(foreseen), "the control"


async def step(
    monkeypatch: pytest.MonkeyPatch, node: Any, ledger: Ledger, **changes: Any
) -> tuple[dict[str, Any], list[str]]:
    """One step of the cut; what it changes, and the warnings."""

    async def toolbox_for(user_id: str) -> House:
        return House(ledger)

    for module in (submitting, collecting):
        monkeypatch.setattr(module, "toolbox_for", toolbox_for)
    film, runtime, told = a_film(), a_runtime(), list[Any]()
    runtime.stream_writer = told.append
    look = film.look.model_copy(update={"music_model": "musicgen"})
    state = FinishingState.model_validate({**film.model_dump(), "format": look, **changes})
    update = await node(state, runtime)
    return update, [one["payload"]["text"] for one in told if one["name"] == "warning"]


@pytest.mark.parametrize("refusal", [NotApproved(), QuoteChanged()])
async def test_what_the_ledger_refuses_leads_out_of_the_cut_to_the_budget(
    monkeypatch: pytest.MonkeyPatch, refusal: GreenlightError
) -> None:
    """Raised, it would pause the run where no answer can be given."""
    update, _ = await step(monkeypatch, submit_music, Ledger(refusal))
    assert update["requoted"] == "Not approved as planned now: episode; nothing of it was bought."
    assert update["music_ticket"] is None


SPENT = NotApproved("Of music episode, $0.10 were approved; another $0.10 would be more than that.")


async def test_music_whose_job_has_used_its_approval_up_is_done_without(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An answer at the budget would not reach the order that there is: it would be asked for ever."""
    update, _ = await step(monkeypatch, submit_music, Ledger(SPENT, placed=True))
    assert (update["requoted"], update["music_ticket"]) == ("", None)
    assert update["music_failure"]["message"].startswith("Of music episode, $0.10 were approved")
    ticket = Ticket(call_key=FIRST, take_number=1, provider="replicate", model="musicgen")
    update, warned = await step(monkeypatch, collect_music, Ledger(SPENT), music_ticket=ticket)
    assert (update["music"], update["music_ticket"]) == (None, None)
    assert len(warned) == 1
    assert SPENT.message.rstrip(".") in warned[0]
