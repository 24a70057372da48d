"""What is too large is named by its field, down to the part that makes it so."""

import pytest
from structlog.testing import capture_logs

from server.runs.scales import Scales
from server.runs.sizes import SizeLimits, heaviest
from state.errors import StateTooLarge

LONG = "x" * 1000
STATE = {
    "brief": {"title": "A door"},
    "script": {"scenes": [{"shots": ["a"]}, {"shots": ["b"]}, {"shots": []}, {"shots": [LONG] * 9}]},
}


@pytest.mark.parametrize(
    ("value", "path"),
    [
        (STATE, "script.scenes[3].shots"), ({"log": [LONG, "a"]}, "log[0]"), ({"a": LONG, "b": LONG}, ""),
        ({"messages": [{"content": LONG}]}, "messages[0].content"), (LONG, ""), ({}, ""), (None, ""),
    ],
)  # fmt: skip
def test_the_heaviest_part_is_named(value, path):
    assert heaviest(value, "") == path


def test_what_is_too_large_says_field_limit_and_fix():
    with pytest.raises(StateTooLarge) as refused:
        SizeLimits(refuse=5000, warn=1000).check(STATE["script"], "script")
    assert "script.scenes[3].shots: is 0.0 MiB" in refused.value.message
    assert refused.value.details["fields"][0]["field"] == "script.scenes[3].shots"
    assert "GREENLIGHT_STATE_LIMIT_MB" in refused.value.user_action
    SizeLimits(refuse=50_000, warn=1000).check(STATE["script"], "script")  # the control


def test_a_state_is_weighed_as_a_whole_and_what_was_there_before_counts():
    scales = Scales(SizeLimits(refuse=1500, warn=900), len)
    scales.begin("p")
    with capture_logs() as told:
        scales.check_state("", {"a": "x" * 700}, {"a": 700})
        assert told == []
        scales.check_state("", {"a": "x" * 700, "b": "y" * 600}, {"b": 600})
        scales.check_state("", {"a": "x" * 700, "b": "y" * 610}, {"b": 610})
    assert [(one["event"], one["bytes"]) for one in told] == [("state_grows", 1300)], "once is enough"
    with pytest.raises(StateTooLarge, match="c:"):
        scales.check_state("", {"a": "x" * 700, "b": "y" * 610, "c": "z" * 2000}, {"c": 2000})
    scales.begin("q")
    scales.check_state("", {"b": "y" * 610}, {"b": 610})  # the other production's do not count
