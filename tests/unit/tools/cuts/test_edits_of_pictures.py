"""Edits of the picture: what they do, what goes along, and what they refuse."""

from typing import Any

import pytest

from state import edits
from state.errors import EditRefused
from state.timeline import Clip, Crop, Effect, Focus, Gap, Timeline, Transition, track_length
from tests.unit.tools.cuts.cutting import (
    a_cut,
    a_sound,
    a_take,
    an_opened_cut,
    clip_of,
    media,
    names_of,
    start_of,
)
from tools.cuts.apply import applied
from tools.cuts.history import digest_of
from tools.cuts.ids import named, opened
from tools.cuts.pieces import picture_of, pieces_of, starts_of

CUT = an_opened_cut()
A, B, C = (clip_of(CUT, name).id for name in ("1A-1", "1B-1", "2A-1"))


def after(edit: edits.Operation, cut: Timeline = CUT) -> Timeline:
    return applied(cut, named(cut, edit))


def refused(edit: edits.Operation, cut: Timeline = CUT) -> dict[str, Any]:
    with pytest.raises(EditRefused) as caught:
        after(edit, cut)
    assert caught.value.user_action
    return caught.value.details


def picture_starts(cut: Timeline) -> dict[str, int]:
    pieces = pieces_of(picture_of(cut))
    placed = zip(starts_of(pieces), pieces, strict=True)
    return {piece.item.name: start for start, piece in placed if isinstance(piece.item, Clip)}


def captions(cut: Timeline) -> dict[str, int]:
    return {one.text: round(one.start_s * cut.fps) for one in cut.captions}


def test_an_opened_cut_knows_which_shot_a_sound_belongs_to():
    assert [clip_of(CUT, f"line {n}").link for n in (1, 2, 3)] == [A, B, C]
    assert [cue.link for cue in CUT.captions] == [A, B, C]
    assert clip_of(CUT, "music").link == ""
    assert opened(CUT) == CUT, "once"
    assert CUT.length == a_cut().length == 132


def test_a_clip_that_is_deleted_takes_what_belongs_to_it_along():
    cut = after(edits.DeleteClip(clip=B))
    assert picture_starts(cut) == {"1A-1": 0, "2A-1": 36}
    assert captions(cut) == {"Line 1": 6, "Line 3": 60}
    assert start_of(cut, "line 3") == 60
    sounds = [item.name for track in cut.tracks for item in track.items if isinstance(item, Clip)]
    assert not {"line 2", "door"} & set(sounds)
    assert cut.markers == []
    assert (cut.overlays[0].start, cut.titles[0]) == (52, CUT.titles[0])


def test_beds_end_with_the_last_picture():
    cut = after(edits.DeleteClip(clip=B))
    beds = [track for track in cut.tracks if track.role in ("music", "ambience")]
    assert [track_length(track) for track in beds] == [84, 84]
    assert cut.length == 84


def test_the_border_between_two_rooms_goes_with_its_shot():
    """They change in the middle of the dissolve into 2A, at frame 90."""
    assert [start for start in _rooms(CUT)] == [0, 90]
    assert _rooms(after(edits.TrimClip(clip=A, tail=24))) == [0, 66]
    assert _rooms(after(edits.DeleteClip(clip=C))) == [0]


def _rooms(cut: Timeline) -> list[int]:
    track = next(one for one in cut.tracks if one.role == "ambience")
    pieces = pieces_of(track)
    return [start + piece.shared // 2 for start, piece in zip(starts_of(pieces), pieces, strict=True)]


def test_a_clip_that_is_lifted_leaves_black_and_moves_nothing():
    cut = after(edits.DeleteClip(clip=B, ripple=False))
    assert isinstance(picture_of(cut).items[1], Gap)
    assert picture_starts(cut) == {"1A-1": 0, "2A-1": 84}
    assert (captions(cut), cut.length) == (captions(CUT), CUT.length)


def test_a_clip_that_is_moved_takes_its_sounds_along():
    cut = after(edits.MoveClip(clip=C, before=A))
    assert names_of(cut) == ["2A-1", "1A-1", "1B-1"]
    assert picture_starts(cut) == {"2A-1": 0, "1A-1": 48, "1B-1": 96}
    assert captions(cut) == {"Line 3": 24, "Line 1": 54, "Line 2": 102}
    assert (start_of(cut, "door"), cut.markers[0].at) == (108, 98)
    assert names_of(after(edits.MoveClip(clip=A))) == ["1B-1", "2A-1", "1A-1"]


def test_a_split_changes_nothing_that_is_seen_or_heard():
    cut = after(edits.SplitClip(clip=B, at=58))
    pieces = [one.item for one in pieces_of(picture_of(cut)) if isinstance(one.item, Clip)]
    assert [(one.source.start, one.length) for one in pieces] == [(0, 48), (0, 10), (10, 38), (0, 48)]
    assert (captions(cut), cut.length) == (captions(CUT), CUT.length)
    second = pieces[2].id
    assert clip_of(cut, "door").link == second, "it is heard in the second part"
    assert clip_of(cut, "line 2").link == B
    assert "door" not in [
        item.name for track in after(edits.DeleteClip(clip=second), cut).tracks for item in track.items
        if isinstance(item, Clip)
    ]  # fmt: skip


@pytest.mark.parametrize(("at", "first", "last"), [(48, 49, 84), (85, 49, 84), (0, 49, 84)])
def test_a_split_within_a_transition_says_where_it_is_possible(at: int, first: int, last: int):
    details = refused(edits.SplitClip(clip=B, at=at))
    assert (details["field"], details["first"], details["last"]) == ("at", first, last)


def test_a_line_stays_with_the_frame_of_the_take_that_it_was_laid_on():
    """Twelve frames off the head: it begins six frames before the shot, and what follows comes forward."""
    cut = after(edits.TrimClip(clip=B, head=12))
    assert picture_starts(cut) == {"1A-1": 0, "1B-1": 48, "2A-1": 72}
    assert captions(cut) == {"Line 1": 6, "Line 2": 42, "Line 3": 96}
    assert start_of(cut, "line 2") == 42


def test_a_sound_that_would_lie_over_another_gets_a_lane():
    cut = after(edits.TrimClip(clip=B, head=36))
    assert start_of(cut, "line 2") == 18, "line 1 is heard until frame 30"
    assert next(track.name for track in cut.tracks if clip_of(cut, "line 2") in track.items) == "voice/Ana/2"
    assert start_of(cut, "line 3") == 72


@pytest.mark.parametrize(
    ("edit", "field", "frames"),
    [
        (edits.TrimClip(clip=B, head=-1), "head", 0),
        (edits.TrimClip(clip=B, tail=-49), "tail", 96),
        (edits.TrimClip(clip=B, head=48), "head", 48),
        (edits.TrimClip(clip=B, tail=50), "tail", 48),
    ],
)
def test_a_trim_that_the_take_cannot_give_says_how_much_it_has(
    edit: edits.Operation, field: str, frames: int
):
    details = refused(edit)
    assert (details["field"], details["frames"]) == (field, frames)


def test_a_take_gives_its_very_last_frame():
    assert after(edits.TrimClip(clip=B, tail=-48)).length == CUT.length + 48


def test_a_cut_that_is_rolled_moves_no_sound():
    """An L-cut: the sound of the first shot goes on under the second."""
    cut = after(edits.RollCut(clip=B, frames=10))
    assert picture_starts(cut) == {"1A-1": 0, "1B-1": 58, "2A-1": 84}
    assert clip_of(cut, "1B-1").source.start == 10
    assert [track for track in cut.tracks if track.role != "picture"] == CUT.tracks[1:]
    assert cut.captions == CUT.captions
    back = after(edits.RollCut(clip=B, frames=-10), cut)
    assert digest_of(back) == digest_of(CUT)


def test_a_roll_is_refused_where_there_is_no_cut_or_no_take_left():
    assert refused(edits.RollCut(clip=A, frames=3))["field"] == "clip"
    assert refused(edits.RollCut(clip=B, frames=-1))["field"] == "head"
    assert refused(edits.RollCut(clip=B, frames=47))["field"] == "frames"


def test_a_slip_shows_other_frames_in_the_same_place():
    cut = after(edits.SlipClip(clip=B, frames=5))
    assert clip_of(cut, "1B-1").source.start == 5
    assert picture_starts(cut) == picture_starts(CUT)
    assert refused(edits.SlipClip(clip=B, frames=49))["frames"] == 96
    assert refused(edits.SlipClip(clip=B, frames=-1))["field"] == "frames"


def test_a_take_that_is_swapped_moves_nothing():
    other = media("1B-2", seconds=3)
    cut = after(edits.SwapTake(clip=B, media=other, name="1B-2", start=24))
    assert (clip_of(cut, "1B-2").id, clip_of(cut, "1B-2").source.start) == (B, 24)
    assert [track for track in cut.tracks if track.role != "picture"] == CUT.tracks[1:]
    assert refused(edits.SwapTake(clip=B, media=other, start=25))["frames"] == 72
    assert refused(edits.SwapTake(clip=B, media=media("x", "audio/wav")))["field"] == "media"


def test_twice_as_fast_is_half_as_long_and_lines_come_sooner():
    cut = after(edits.SetSpeed(clip=B, speed=2))
    assert (clip_of(cut, "1B-1").length, cut.length) == (24, CUT.length - 24)
    assert start_of(cut, "line 2") == 51
    again = after(edits.SetSpeed(clip=B, speed=1), cut)
    assert (picture_of(again), captions(again)) == (picture_of(CUT), captions(CUT))


def test_a_line_keeps_its_own_speed_and_may_go_on_behind_its_clip():
    """Its caption is up for as long as it is heard."""
    cut = after(edits.SetSpeed(clip=B, speed=2))
    line, clip = clip_of(cut, "line 2"), clip_of(cut, "1B-1")
    assert line == clip_of(CUT, "line 2")
    assert start_of(cut, "line 2") + line.length > picture_starts(cut)["1B-1"] + clip.length
    cue = next(one for one in cut.captions if one.text == "Line 2")
    assert (round(cue.start_s * 24), round(cue.end_s * 24)) == (51, 75)


def test_a_clip_is_not_so_fast_that_two_lines_are_said_at_once():
    details = refused(edits.SetSpeed(clip=B, speed=8))
    assert details["field"] == "speed"
    assert details["lines"] == [clip_of(CUT, name).id for name in ("line 2", "line 3")]
    quiet = after(edits.SetSound(clip=clip_of(CUT, "line 3").id, muted=True))
    assert clip_of(after(edits.SetSpeed(clip=B, speed=8), quiet), "1B-1").length == 6


def test_lines_that_were_said_at_once_before_are_no_reason_against_a_speed():
    both = after(edits.TrimClip(clip=B, head=36))
    assert start_of(both, "line 2") < start_of(both, "line 1") + clip_of(both, "line 1").length
    assert clip_of(after(edits.SetSpeed(clip=A, speed=0.5), both), "1A-1").speed == 0.5


def test_slow_motion_can_be_split_between_two_frames_of_its_take():
    cut = after(edits.SetSpeed(clip=B, speed=0.1))
    assert clip_of(cut, "1B-1").length == 480
    parts = after(edits.SplitClip(clip=B, at=51), cut)
    assert parts.length == cut.length


@pytest.mark.parametrize("edge", ["first", "last"])
@pytest.mark.parametrize("name", ["1A-1", "1B-1", "2A-1"])
def test_a_frame_that_a_clip_begins_or_ends_with_moves_nothing(edge: Any, name: str):
    still = media("frame", "image/png", None)
    before = clip_of(CUT, name)
    cut = after(edits.AnchorFrame(clip=before.id, edge=edge, media=still, frames=10))
    frame = clip_of(cut, f"{name} {edge} frame")
    starts, were = picture_starts(cut), picture_starts(CUT)
    assert cut.length == CUT.length
    assert {one: starts[one] for one in were if one != name} == {
        one: were[one] for one in were if one != name
    }
    assert [start_of(cut, f"line {n}") for n in (1, 2, 3)] == [start_of(CUT, f"line {n}") for n in (1, 2, 3)]
    made = clip_of(cut, name)
    if edge == "first":
        assert starts[frame.name] == were[name]
        assert made.source.start - before.source.start == starts[name] - were[name], (
            "the same frames as before"
        )
    else:
        assert starts[frame.name] + frame.length == were[name] + before.length
        assert made.source.start == before.source.start
    blend = [one for one in picture_of(cut).items if isinstance(one, Transition) and one.length == 10]
    assert len(blend) == 1


def test_a_frame_has_room_between_the_transitions_of_its_clip_and_is_a_picture():
    still, film = media("frame", "image/png", None), media("film")
    ask = edits.AnchorFrame(clip=B, edge="last", media=still, frames=35)
    assert after(ask).length == CUT.length
    assert refused(ask.model_copy(update={"frames": 36}))["frames"] == 35
    assert refused(ask.model_copy(update={"media": film}))["field"] == "media"
    assert refused(ask.model_copy(update={"clip": "c99"}))["field"] == "clip"


def test_a_transition_takes_what_the_take_has_to_spare_and_moves_nothing():
    cut = after(edits.SetTransition(clip=B, style="dissolve", length=12))
    assert picture_starts(cut) == picture_starts(CUT)
    assert clip_of(cut, "1A-1").length == 60
    assert digest_of(after(edits.SetTransition(clip=B), cut)) == digest_of(CUT)


def test_a_transition_out_of_a_take_without_more_makes_the_film_shorter():
    full = after(edits.TrimClip(clip=A, tail=-48))
    cut = after(edits.SetTransition(clip=B, style="dissolve", length=12), full)
    assert cut.length == full.length - 12
    assert start_of(cut, "line 2") == start_of(full, "line 2") - 12


def test_a_transition_that_has_no_room_says_how_much_there_is():
    assert refused(edits.SetTransition(clip=B, style="dissolve", length=37))["frames"] == 36
    assert refused(edits.SetTransition(clip=A, style="dissolve"))["field"] == "clip"


def test_a_new_clip_goes_where_it_is_told_to():
    cut = after(edits.AddClip(track="picture", clip=a_take("1C-1", 30), before=C))
    assert names_of(cut) == ["1A-1", "1B-1", "1C-1", "2A-1"]
    assert start_of(cut, "line 3") == 108 + 30
    assert names_of(after(edits.AddClip(track="picture", clip=a_take("1C-1"))))[-1] == "1C-1"
    long = a_take("1C-1", 97)
    assert refused(edits.AddClip(track="picture", clip=long))["field"] == "clip.source"
    assert refused(edits.AddClip(track="picture", clip=a_sound("x")))["field"] == "clip.media"
    assert refused(edits.AddClip(track="picture", clip=a_take("x"), before="c99"))["field"] == "before"


def test_a_new_clip_at_another_speed_is_as_long_as_its_source_gives():
    """Whatever length it is sent with: only its source and its speed say how long it is."""
    sent = a_take("3A-1", 48, speed=2).model_copy(update={"frames": 40})
    cut = after(edits.AddClip(track="picture", clip=sent))
    assert (clip_of(cut, "3A-1").length, cut.length) == (24, CUT.length + 24)


def test_a_new_clip_may_not_fade_longer_than_it_lasts():
    fading = a_take("3A-1", 24).model_copy(update={"fade_in": 20, "fade_out": 5})
    details = refused(edits.AddClip(track="picture", clip=fading))
    assert (details["field"], details["frames"]) == ("clip.fade_in", 24)
    whole = fading.model_copy(update={"fade_out": 4})
    assert clip_of(after(edits.AddClip(track="picture", clip=whole)), "3A-1").fade_out == 4


def test_what_is_seen_of_a_clip_and_how_it_looks_moves_nothing():
    crop, look = Crop(left=10, right=10), Effect(name="grain", strength=0.3)
    cut = after(edits.CropClip(clip=B, crop=crop, fit="fit"))
    cut = after(edits.SetEffects(clip=B, effects=[look]), cut)
    made = clip_of(cut, "1B-1")
    assert (made.crop, made.fit, made.effects) == (crop, "fit", [look])
    assert after(edits.SetEffects(effects=[look])).effects == [look]
    assert (cut.length, cut.captions) == (CUT.length, CUT.captions)


def test_where_the_window_is_moves_nothing_and_goes_through_every_cut_of_the_clip():
    """Its keys count frames of the take, so no trim, slip, split or speed has to touch them."""
    keys = [Focus(at=0, x=0.3), Focus(at=40, x=0.8)]
    cut = after(edits.SetFocus(clip=B, focus=keys))
    assert (clip_of(cut, "1B-1").focus, clip_of(cut, "1A-1").focus) == (keys, [])
    assert (cut.length, cut.captions) == (CUT.length, CUT.captions)
    for edit in (
        edits.TrimClip(clip=B, head=5), edits.SlipClip(clip=B, frames=8), edits.SetSpeed(clip=B, speed=2),
        edits.SplitClip(clip=B, at=55, new_id="c50"), edits.CropClip(clip=B, crop=Crop(left=10)),
    ):  # fmt: skip
        cut = after(edit, cut)
    halves = [
        item.focus for item in picture_of(cut).items if isinstance(item, Clip) and item.id in (B, "c50")
    ]
    assert halves == [keys, keys]
    assert clip_of(after(edits.SetFocus(clip=B), cut), "1B-1").focus == []


def test_another_take_is_another_picture_and_its_window_stands_in_the_middle():
    cut = after(edits.SetFocus(clip=B, focus=[Focus(at=0, x=0.1)]))
    swapped = after(edits.SwapTake(clip=B, media=media("1B-2"), name="1B-2"), cut)
    assert clip_of(swapped, "1B-2").focus == []


@pytest.mark.parametrize(
    "edit",
    [
        edits.DeleteClip(clip="c99"), edits.MoveClip(clip="c99"), edits.TrimClip(clip="c99", head=1),
        edits.SplitClip(clip="c99", at=3), edits.SetSpeed(clip="c99", speed=2),
        edits.SlipClip(clip="c99", frames=1),
        edits.RollCut(clip="c99", frames=1), edits.SetTransition(clip="c99"), edits.CropClip(clip="c99"),
        edits.SetFocus(clip="c99"), edits.SetSound(clip="c99", gain_db=1), edits.ShiftClip(clip="c99", at=3),
    ],
    ids=lambda edit: edit.op,
)  # fmt: skip
def test_what_is_not_there_is_named(edit: edits.Operation):
    assert refused(edit)["field"] == "clip"


def test_an_id_is_given_once():
    assert refused(edits.SplitClip(clip=B, at=60, new_id=A))["field"] == "new_id"
    split = named(CUT, edits.SplitClip(clip=B, at=60), after=50)
    assert split.new_id == "c51"
