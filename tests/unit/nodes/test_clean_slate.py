"""A second film on one thread starts from an empty desk."""

from langgraph.types import Overwrite

from nodes.screenplay.clean_slate import clean_slate
from state.novela import NovelaInput, NovelaState


def test_a_new_thread_has_nothing_to_clear():
    assert clean_slate(NovelaState()) == {}


def test_what_the_first_film_left_is_emptied_and_the_input_stays():
    left = NovelaState(
        re_rolls={"take/1A": 2}, causes={"take/1A": "gate"}, refused=True, writing=3, approved_quote_id="q",
        novela_id="n", base_cause="start:run-2",
    )  # fmt: skip
    emptied = clean_slate(left)

    assert emptied == {
        "re_rolls": Overwrite({}), "causes": Overwrite({}), "refused": False, "writing": 1,
        "approved_quote_id": "",
    }  # fmt: skip


def test_no_channel_of_the_film_is_forgotten():
    """A channel that is added later is cleared as well, or it is the input's."""
    full = NovelaState.model_construct(**dict.fromkeys(NovelaState.model_fields, "something"))
    assert set(clean_slate(full)) == set(NovelaState.model_fields) - set(NovelaInput.model_fields)
