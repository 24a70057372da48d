"""The arithmetic of the cut: frames, overlaps, and voices that stay with their picture."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.timeline import Clip, Gap, Transition
from tests.cut_media import a_ref, words
from tools.post.assemble import Card, CutEffect, CutScene, CutShot, CutVoice, assemble_cut, with_music
from tools.post.layout import lay_out

SIZE, FPS = (1920, 1080), 24


def _voice(start_s=0.5, duration_s=1.0, speaker="Ana", text="No puede ser."):
    return CutVoice(
        media=a_ref("v.wav", duration_s), start_s=start_s, duration_s=duration_s, speaker=speaker,
        words=words(text),
    )  # fmt: skip


def _shot(slate="1A", duration_s=2.0, *, voices=(), take_s=None, note=""):
    take = a_ref(f"{slate}.mp4", take_s)
    return CutShot(slate=slate, take=take, duration_s=duration_s, voices=voices, note=note)


def _cut(*scenes, **more):
    return assemble_cut("cut", SIZE, FPS, [CutScene(shots=list(shots)) for shots in scenes], **more)


def _track(timeline, role):
    return next(track for track in timeline.tracks if track.role == role)


def _starts(timeline, role="picture"):
    placed = [part for track in timeline.tracks if track.role == role for part in lay_out(track)]
    return {part.item.name: part.start for part in placed if isinstance(part.item, Clip)}


def test_shots_of_a_scene_are_cut_straight():
    cut = _cut([_shot("1A"), _shot("1B", 1.5), _shot("1C")])
    assert _starts(cut) == {"1A": 0, "1B": 48, "1C": 84}
    assert cut.length == 132


def test_a_title_is_timed_from_its_own_shot():
    titled = replace(_shot("1B", 4.0), title="Quay, night")
    [title] = _cut([_shot("1A"), titled]).titles
    assert (title.text, title.start_s, title.end_s) == ("Quay, night", 2.4, pytest.approx(4.6))


def test_scenes_dissolve_and_overlap():
    cut = _cut([_shot("1A")], [_shot("2A")])
    assert [item.kind for item in _track(cut, "picture").items] == ["clip", "transition", "clip"]
    assert _starts(cut) == {"1A": 0, "2A": 40}
    assert cut.length == 88


def test_a_take_with_frames_to_spare_gives_them_to_the_dissolve():
    cut = _cut([_shot("1A", take_s=3.0)], [_shot("2A")])
    assert _starts(cut) == {"1A": 0, "2A": 48}
    assert cut.length == 96


def test_a_dissolve_takes_at_most_half_of_a_short_shot():
    cut = _cut([_shot("1A", 0.25)], [_shot("2A")], dissolve_s=1.0)
    assert [item.length for item in _track(cut, "picture").items if isinstance(item, Transition)] == [3]


def test_without_time_for_a_dissolve_there_is_a_cut():
    assert _cut([_shot("1A", 0.1)], [_shot("2A")]).length == 50


def test_voices_stay_on_their_picture_after_a_dissolve():
    cut = _cut([_shot("1A", voices=[_voice()])], [_shot("2A", voices=[_voice(0.25, speaker="Rui")])])
    starts = _starts(cut, "voice")
    assert starts["Ana: No puede ser."] == 12
    assert starts["Rui: No puede ser."] == _starts(cut)["2A"] + 6


def test_a_speaker_who_overlaps_himself_gets_a_second_track():
    cut = _cut([_shot("1A", voices=[_voice(0.0, 1.5), _voice(1.0, 0.5)])])
    assert [track.name for track in cut.tracks if track.role == "voice"] == ["voice/Ana", "voice/Ana/2"]


def test_captions_follow_the_words_of_the_cut():
    cut = _cut([_shot("1A")], [_shot("2A", voices=[_voice(0.5)])])
    [cue] = cut.captions
    assert cue.text == "No puede ser."
    assert cue.start_s == pytest.approx((40 + 12 - 1) / FPS)


def test_title_and_end_card_stand_around_the_scenes():
    title, end = (Card(media=a_ref(name), duration_s=1.0) for name in ("title.png", "end.png"))
    cut = _cut([_shot("1A")], title=title, end=end)
    assert list(_starts(cut)) == ["title", "1A", "end"]
    # The still lasts as long as it must, so only the dissolve into the end card shortens the cut.
    assert cut.length == 24 + 48 + 24 - 8


def test_music_ends_with_the_picture():
    cut = _cut([_shot("1A")])
    longer = with_music(cut, a_ref("m.wav", 5.0))
    shorter = with_music(cut, a_ref("m.wav", 1.5))
    assert longer.length == shorter.length == cut.length
    assert _track(longer, "music").items[0].source.length == 48
    assert [item.kind for item in _track(shorter, "music").items] == ["gap", "clip"]
    assert isinstance(_track(shorter, "music").items[0], Gap)
    assert _track(shorter, "music").items[0].length == 12


def test_new_music_replaces_the_old():
    cut = with_music(_cut([_shot("1A")], music=a_ref("m.wav", 2.0)), a_ref("n.wav", 2.0))
    assert [t.items[0].media.key for t in cut.tracks if t.role == "music"] == ["n.wav"]


def _rooms(*scenes, **more):
    """A cut whose every scene has a bed."""
    made = [
        CutScene(shots=list(shots), room_tone=a_ref(f"room{n}.wav", 60.0)) for n, shots in enumerate(scenes)
    ]
    return assemble_cut("cut", SIZE, FPS, made, **more)


def test_room_tone_lies_under_everything_cards_included():
    card = Card(media=a_ref("t.png"), duration_s=2.0)
    cut = _rooms([_shot("1A")], [_shot("2A")], [_shot("3A", 0.5)], title=card, end=card)
    bed = lay_out(_track(cut, "ambience"))
    assert (bed[0].start, bed[-1].end) == (0, cut.length)
    assert all(part.leave.length > 0 for part in bed[:-1])


def test_rooms_flow_into_each_other_around_the_first_frame_of_a_scene():
    cut = _rooms([_shot("1A", 4.0)], [_shot("2A", 4.0)])
    _, second = lay_out(_track(cut, "ambience"))
    middle = second.start + second.entry.length / 2
    assert middle == _starts(cut)["2A"]


def test_without_beds_there_is_no_room_tone_track():
    assert "ambience" not in {track.role for track in _cut([_shot("1A")]).tracks}


def _effect(at_s, seconds=1.0, name="knock"):
    return CutEffect(name=name, media=a_ref(f"{name}.wav", seconds), at_s=at_s)


def test_an_effect_lies_at_its_frame_and_overlapping_ones_on_two_tracks():
    loud = CutShot(slate="1B", take=a_ref("1B.mp4"), duration_s=4.0,
                   effects=[_effect(1.0, name="door"), _effect(1.5, name="glass"), _effect(3.0)])  # fmt: skip
    cut = _cut([_shot("1A"), loud])
    assert _starts(cut, "effects") == {"door": 72, "glass": 84, "knock": 120}
    assert [track.name for track in cut.tracks if track.role == "effects"] == ["effects", "effects/2"]


def test_an_effect_never_makes_the_cut_longer():
    loud = CutShot(
        slate="1A", take=a_ref("1A.mp4"), duration_s=2.0, effects=[_effect(1.5, 9.0), _effect(2.0)]
    )
    cut = _cut([loud])
    assert cut.length == 48
    assert _starts(cut, "effects") == {"knock": 36}


def test_a_note_is_a_marker_at_its_shot():
    cut = _cut([_shot("1A"), _shot("1B", note="hold longer")])
    [marker] = cut.markers
    assert (marker.at, marker.name, marker.comment) == (48, "1B", "hold longer")


_SHOTS = st.lists(
    st.tuples(st.floats(0.05, 5), st.floats(0, 4), st.one_of(st.none(), st.floats(0.1, 9))),
    min_size=1,
    max_size=4,
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_SHOTS, min_size=1, max_size=4), st.floats(0, 1.5))
def test_every_cut_can_be_laid_out_and_keeps_its_sync(scenes, dissolve_s):
    made = [
        [
            _shot(f"{s}{n}", length, take_s=take_s, voices=[_voice(start, speaker=f"{s}{n}", text="Sí.")])
            for n, (length, start, take_s) in enumerate(shots)
        ]
        for s, shots in enumerate(scenes)
    ]
    cut = _cut(*made, dissolve_s=dissolve_s)
    picture, voices = _starts(cut), _starts(cut, "voice")
    for shot in (shot for shots in made for shot in shots):
        at = picture[shot.slate] + round(shot.voices[0].start_s * FPS)
        assert voices[f"{shot.slate}: Sí."] == at


def _joined(join: str, *, voices=()):
    scenes = [CutScene(shots=[_shot("1A")]), CutScene(shots=[_shot("2A", voices=voices)], join=join)]
    return assemble_cut("cut", SIZE, FPS, scenes)


def test_a_dip_to_black_takes_no_time_and_moves_no_voice():
    """Two fades meet in black inside the two shots: the lengths are those of a straight cut."""
    straight, dipped = (_joined(join, voices=[_voice()]) for join in ("cut", "dip"))
    assert _starts(dipped) == _starts(straight) == {"1A": 0, "2A": 48}
    assert _starts(dipped, "voice") == _starts(straight, "voice")
    assert dipped.length == straight.length
    kinds = [item.kind for item in _track(dipped, "picture").items]
    assert kinds == ["clip", "transition", "gap", "transition", "clip"]


def test_a_film_with_cards_comes_out_of_black_and_goes_back_into_it():
    cards = {
        "title": Card(media=a_ref("t.png"), duration_s=2),
        "end": Card(media=a_ref("e.png"), duration_s=2),
    }
    cut = _cut([_shot("1A", take_s=4)], **cards)
    items = _track(cut, "picture").items
    assert (items[0].kind, items[-1].kind) == ("gap", "gap")
    assert _starts(cut)["title"] == 0
    assert cut.length == (2 + 2 + 2) * FPS, "black lies inside the cards' own time"


def test_no_caption_stays_on_over_the_end_card():
    """The control is the same cut without a card: there the short word stays as long as it can be read."""
    said = [_voice(1.4, 0.15, text="You.")]
    end = Card(media=a_ref("end.png"), duration_s=2.0)
    [late] = _cut([_shot("1A", take_s=3.0, voices=said)]).captions
    cut = _cut([_shot("1A", take_s=3.0, voices=said)], end=end)
    [caption] = cut.captions
    assert late.end_s > 2.0
    assert caption.end_s == _starts(cut)["end"] / FPS
    assert caption.start_s < caption.end_s
