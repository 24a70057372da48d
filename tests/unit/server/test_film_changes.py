"""What a change by hand and a second start mean for a film's orders."""

from server.specs import film_again, film_update
from state.film import FilmState
from state.order import BY_HAND

CAUSE = f"{BY_HAND}1"


def test_a_change_by_hand_causes_everything_anew():
    """Also what a gate had asked for: its prompt may be what was changed."""
    before = {"causes": {"take/1A": "gate"}, "re_rolls": {"take/1A": 1}}
    written = film_update({"scene_number": 2}, before, CAUSE)
    after = FilmState.model_validate(before | written)

    assert written == {"scene_number": 2, "base_cause": CAUSE, "causes": {"take/1A": CAUSE}}
    assert (after.cause("take", "1A"), after.cause("take", "1B")) == (CAUSE, CAUSE)
    assert after.re_rolls == {"take/1A": 1}


def test_who_writes_the_causes_means_them():
    written = film_update({"causes": {"take/1A": "mine"}}, {"causes": {"take/1A": "gate"}}, CAUSE)
    assert written["causes"] == {"take/1A": "mine"}


def test_a_second_start_is_named():
    assert film_again({"brief": {}}, "start:run-2") == {"brief": {}, "base_cause": "start:run-2"}
    assert FilmState().cause("take", "1A") == "first"
