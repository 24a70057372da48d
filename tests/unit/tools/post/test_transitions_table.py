"""Which transitions there are, how long they are, and which one fits."""

import re

import pytest

from state.errors import EditRefused
from tools.post.transitions import (
    check_transition,
    choose_transition,
    plan_transition,
    transition_frames,
    transition_kind,
    transition_kinds,
)

NAMES = [kind.name for kind in transition_kinds()]


def test_there_are_more_than_twenty_and_each_has_a_name_of_its_own():
    assert len(NAMES) == len(set(NAMES)) >= 23


def test_what_the_editor_was_promised_is_there():
    families = {"slide", "wipe", "zoom", "whip", "push"}
    assert {"cut", "fade", "crossfade", "dissolve", "blur", "glitch", "fade_black"} <= set(NAMES)
    assert families <= {name.split("_")[0] for name in NAMES}


@pytest.mark.parametrize(
    ("name", "shortest", "usual", "longest"),
    [("cut", 0, 0, 0), ("dissolve", 0.3, None, 1.0), ("crossfade", None, 0.8, None),
     ("fade_black", None, 0.5, None), ("whip_left", None, 0.2, None), ("zoom_in", None, 0.2, None)],
)  # fmt: skip
def test_lengths_are_as_ordered(name, shortest, usual, longest):
    seconds = transition_kind(name).seconds
    assert [
        told for told, asked in zip(seconds, (shortest, usual, longest), strict=True) if asked is not None
    ] == [asked for asked in (shortest, usual, longest) if asked is not None]


@pytest.mark.parametrize("kind", transition_kinds(), ids=NAMES)
def test_the_usual_length_lies_between_the_shortest_and_the_longest(kind):
    shortest, usual, longest = kind.seconds
    assert shortest <= usual <= longest
    assert kind.label


@pytest.mark.parametrize(("fps", "frames"), [(24, 5), (25, 5), (30, 6), (60, 12)])
def test_seconds_become_whole_frames(fps, frames):
    assert transition_frames("whip_left", fps) == frames


@pytest.mark.parametrize("fps", [24, 25, 30, 60])
@pytest.mark.parametrize("kind", transition_kinds(), ids=NAMES)
def test_whatever_seconds_allow_is_allowed_in_frames(kind, fps):
    """0.3 s are 7 frames of 24, which are a little less than 0.3 s."""
    for seconds in kind.seconds:
        check_transition(kind.name, transition_frames(kind.name, fps, seconds), fps)


@pytest.mark.parametrize(("name", "length"), [("dissolve", 6), ("dissolve", 25), ("cut", 2), ("no_such", 12)])
def test_frames_beyond_the_table_are_refused(name, length):
    with pytest.raises(EditRefused) as refused:
        check_transition(name, length, 24)
    assert refused.value.details["field"] in ("length", "style")


def test_a_transition_has_two_frames_at_least_and_a_cut_none():
    assert (transition_frames("whip_left", 10, 0.1), transition_frames("cut", 24)) == (2, 0)


@pytest.mark.parametrize(
    ("name", "seconds", "field"),
    [("no_such", None, "style"), ("", 0.5, "style"), ("dissolve", 0.2, "length"), ("dissolve", 1.1, "length"),
     ("cut", 0.5, "length"), ("dissolve", float("nan"), "length"), ("dissolve", -0.5, "length")],
)  # fmt: skip
def test_what_cannot_be_made_is_refused_with_field_and_fix(name, seconds, field):
    with pytest.raises(EditRefused) as refused:
        transition_frames(name, 24, seconds)
    assert refused.value.details == {"field": field}
    assert (
        "Use one of" in refused.value.user_action
        or "Give it" in refused.value.user_action
        or ("give it" in refused.value.user_action)
    )


@pytest.mark.parametrize(
    ("name", "length", "field"),
    [("cut", 12, "style"), ("x];[y", 12, "style"), ("fade", 1, "length"), ("fade", 0, "length"),
     ("fade", 5000, "length")],
)  # fmt: skip
def test_no_graph_is_planned_for_what_is_no_transition(name, length, field):
    with pytest.raises(EditRefused) as refused:
        plan_transition(name, "a", "b", "x", length=length, fps=24, size=(160, 90))
    assert refused.value.details["field"] == field


@pytest.mark.parametrize(
    ("case", "styles"),
    [("same_place", ["cut"] * 3), ("mood_shift", ["dissolve"] * 3), ("new_place", ["crossfade"] * 3),
     ("topic_change", ["fade_black"] * 3), ("energy", ["whip_left", "zoom_in", "whip_right"])],
)  # fmt: skip
def test_what_fits_is_chosen_by_case(case, styles):
    assert [choose_transition(case, number=number) for number in range(3)] == styles


@pytest.mark.parametrize("kind", transition_kinds()[1:], ids=NAMES[1:])
def test_every_plan_ends_in_its_pad_and_names_no_pad_of_others(kind):
    chains = plan_transition(kind.name, "a", "b", "x", length=12, fps=24, size=(160, 90))
    pads = {pad.strip("[]") for chain in chains for pad in re.findall(r"\[\w+\]", chain)}
    assert chains[-1].endswith("[x]")
    assert all(pad in {"a", "b"} or pad.startswith("x") for pad in pads)
    assert "random" not in ";".join(chains)
