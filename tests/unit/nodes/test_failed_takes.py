"""Which takes the fallback handler may order again by itself."""

import pytest

from nodes.camera.fix_takes import MISHAP_LIMIT, failed_takes
from state.film import ShootingState
from state.order import FailureKind, OrderFailure
from tests.unit.nodes.test_light_prices import an_episode, taken


def shooting(kind: FailureKind, *, mishaps: int = 0) -> ShootingState:
    takes = taken("1A", "1B", failed="1B")
    failure = OrderFailure(call_key=takes["1B"].call_key, provider="p", model="m", kind=kind, message="no")
    takes["1B"] = takes["1B"].model_copy(update={"failure": failure})
    episode = an_episode(takes=takes, mishaps={"1B": mishaps})
    return ShootingState.model_validate(episode.model_dump())


@pytest.mark.parametrize("kind", ["refused", "bad_output", "transient_job"])
def test_a_take_that_ended_is_tried_again_until_a_person_decides(kind: FailureKind) -> None:
    assert set(failed_takes(shooting(kind))) == {"1B"}
    assert failed_takes(shooting(kind, mishaps=MISHAP_LIMIT)) == {}


def test_where_every_engine_has_failed_a_person_decides() -> None:
    """They were all tried as often as is worth it; other words help none of them."""
    film = shooting("transient_job")
    failure = film.takes["1B"].failure
    assert failure is not None
    tried = failure.model_copy(update={"tried": [{"model": "m", "kind": "transient_job"}]})
    take = film.takes["1B"].model_copy(update={"failure": tried})
    assert failed_takes(film.model_copy(update={"takes": {**film.takes, "1B": take}})) == {}
    assert set(failed_takes(film)) == {"1B"}, "the control"


def test_one_that_may_be_there_is_bought_anew_by_a_person_alone() -> None:
    """What was given up, or could not be asked about, may have been made and paid."""
    assert failed_takes(shooting("ambiguous")) == {}
