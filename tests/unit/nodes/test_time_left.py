"""While a film is rendered it is told in tenths how far it is, and how long the rest takes."""

from typing import Any

from langgraph.runtime import Runtime

from nodes.post.render_master import in_tenths
from state.context import RunContext


def told_of(*moments: tuple[float, float]) -> list[dict[str, Any]]:
    """What is told when so much is done at so many seconds."""
    told: list[dict[str, Any]] = []
    now = [0.0]
    runtime = Runtime(context=RunContext(), stream_writer=lambda one: told.append(one["payload"]))
    heard = in_tenths(runtime, lambda: now[0])
    for now[0], share in moments:
        heard(share)
    return told


def test_the_rest_takes_as_long_as_what_is_done_did():
    [begin, quarter, end] = told_of((0.0, 0.0), (10.0, 0.25), (41.0, 1.0))
    assert (quarter["text"], quarter["eta_s"]) == ("mastering 20 %, about 30 s left", 30.0)
    assert [one["text"] for one in (begin, end)] == ["mastering 0 %", "mastering 100 %"]
    assert "eta_s" not in begin | end


def test_long_renders_are_told_in_minutes():
    assert told_of((60.0, 0.1))[0]["text"] == "mastering 10 %, about 9 min left"


def test_a_tenth_is_told_once():
    assert len(told_of((5.0, 0.31), (5.1, 0.35))) == 1
