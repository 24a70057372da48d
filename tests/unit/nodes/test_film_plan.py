"""What the report is told of a cut: what is wanted is no fault."""

import pytest

from nodes.delivery.film_plan import plan_of
from state.timeline import Timeline, Track
from tests.cut_media import a_clip, a_timeline, gap
from tools.post.titles import Label
from tools.quality.plan import Span


def a_film(*, voice: Track | None = None, **more: object) -> Timeline:
    film = a_timeline([a_clip("one.mp4", 48)], size=(640, 360))
    return film.model_copy(update={"tracks": [*film.tracks, *([voice] if voice else [])], **more})


def a_voice(**more: object) -> Track:
    return Track(name="voice", role="voice", items=[gap(24), a_clip("voice.wav", 24)], **more)  # type: ignore[arg-type]


def test_a_film_that_stays_under_its_loudness_is_held_against_that():
    assert plan_of(a_film(gain_db=-6)).under_db == -6
    assert plan_of(a_film()).under_db == 0


@pytest.mark.parametrize("more", [{"muted": True}, {"gain_db": -50.0}])
def test_what_is_switched_off_or_turned_down_is_not_promised(more):
    assert plan_of(a_film(voice=a_voice())).quiet == [Span(start_s=0.0, end_s=1.0)]
    plan = plan_of(a_film(voice=a_voice(**more)))
    assert (plan.has_sound, plan.quiet) == (False, [Span(start_s=0.0, end_s=2.0)])


def test_a_clip_that_is_switched_off_is_not_promised():
    voice = a_voice()
    off = voice.items[1].model_copy(update={"muted": True})
    assert not plan_of(a_film(voice=voice.model_copy(update={"items": [gap(24), off]}))).has_sound


def test_fades_of_a_shot_are_black_that_is_wanted():
    faded = a_clip("one.mp4", 48).model_copy(update={"fade_in": 6, "fade_out": 12})
    spans = plan_of(a_timeline([faded])).black
    assert spans == [Span(start_s=0.0, end_s=0.25), Span(start_s=1.5, end_s=2.0)]


@pytest.mark.parametrize(
    ("speed", "rate", "repeats_per_s"),
    [(1.0, 24, []), (1.0, 30, []), (1.0, 12, [12]), (0.5, 24, [12]), (0.5, 12, [18]), (2.0, 12, []),
     (1.0, 23.976, [])],
)  # fmt: skip
def test_a_take_of_fewer_frames_repeats_some(speed, rate, repeats_per_s):
    clip = a_clip("one.mp4", 48).model_copy(update={"speed": speed, "frames": 48})
    plan = plan_of(a_timeline([clip]), rates={"one.mp4": rate})
    assert [round(one.repeats_per_s, 2) for one in plan.paced] == repeats_per_s


def test_the_label_stands_among_the_words():
    plain, labelled = (plan_of(a_film(), label=label) for label in (None, Label("Made with AI")))
    assert plain.boxes == []
    [box] = labelled.boxes
    assert (box.text, box.start_s, box.right > 0.9, box.top < 0.1) == ("Made with AI", 0.0, True, True)
