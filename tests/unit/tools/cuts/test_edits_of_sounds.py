"""Edits of sounds, captions, overlays and notes."""

import pytest

from state import edits
from state.timeline import CaptionStyle, Clip, Overlay, Timeline
from tests.unit.tools.cuts.cutting import a_sound, a_take, an_opened_cut, clip_of, media, start_of
from tests.unit.tools.cuts.test_edits_of_pictures import after, captions, refused
from tools.cuts.history import compared, digest_of

CUT = an_opened_cut()
LINE, DOOR = clip_of(CUT, "line 2").id, clip_of(CUT, "door").id
CUES = [cue.id for cue in CUT.captions]


def test_a_sound_is_laid_where_there_is_room():
    cut = after(edits.AddClip(track="effects", clip=a_sound("bell", 10), at=10))
    assert start_of(cut, "bell") == 10
    assert (start_of(cut, "door"), cut.length) == (60, CUT.length)
    details = refused(edits.AddClip(track="effects", clip=a_sound("bell", 10), at=55))
    assert (details["field"], details["first"], details["last"]) == ("at", 60, 72)


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (edits.AddClip(track="effects", clip=a_sound("bell")), "at"),
        (edits.AddClip(track="nobody", clip=a_sound("bell"), at=3), "track"),
        (edits.AddClip(track="effects", clip=a_take("1C-1"), at=3), "clip.media"),
        (edits.AddClip(track="effects", clip=a_sound("bell", 241), at=80), "tail"),
        (
            edits.AddClip(track="effects", clip=a_sound("bell").model_copy(update={"speed": 2}), at=3),
            "clip.speed",
        ),
    ],
)
def test_a_sound_that_cannot_be_laid_says_why(edit: edits.Operation, field: str):
    assert refused(edit)["field"] == field


def test_a_sound_is_shifted_and_belongs_to_what_is_under_it_then():
    cut = after(edits.ShiftClip(clip=DOOR, at=3))
    assert (start_of(cut, "door"), clip_of(cut, "door").link) == (3, "")
    assert refused(edits.ShiftClip(clip=LINE, at=100))["first"] == 108
    assert refused(edits.ShiftClip(clip=LINE, at=3, track="effects"))["field"] == "track"
    lane = after(edits.AddTrack(track="voice/2", role="voice"))
    moved = after(edits.ShiftClip(clip=LINE, at=100, track="voice/2"), lane)
    assert start_of(moved, "line 2") == 100


def test_a_sound_is_trimmed_in_its_place():
    cut = after(edits.TrimClip(clip=LINE, head=4, tail=5))
    made = clip_of(cut, "line 2")
    assert (start_of(cut, "line 2"), made.length, made.source.start) == (58, 15, 4)
    assert start_of(cut, "line 3") == 108
    assert refused(edits.TrimClip(clip=LINE, tail=-60))["field"] == "tail"
    assert refused(edits.TrimClip(clip=LINE, head=-1))["field"] == "head"


def test_a_sound_is_split_slipped_and_deleted_without_moving_another():
    cut = after(edits.SplitClip(clip=LINE, at=60))
    assert [item.length for item in cut.tracks[1].items if isinstance(item, Clip)] == [24, 6, 18, 24]
    assert refused(edits.SplitClip(clip=LINE, at=78))["last"] == 77
    slipped = after(edits.SlipClip(clip=LINE, frames=5))
    assert (clip_of(slipped, "line 2").source.start, start_of(slipped, "line 2")) == (5, 54)
    gone = after(edits.DeleteClip(clip=LINE))
    assert start_of(gone, "line 3") == 108


def test_the_tones_of_rooms_are_no_sounds_to_be_cut_one_by_one():
    assert refused(edits.DeleteClip(clip=clip_of(CUT, "room 1").id))["field"] == "clip"


def test_levels_of_clips_tracks_and_the_film():
    cut = after(edits.SetSound(clip=LINE, gain_db=-6, fade_in=3, fade_out=4))
    made = clip_of(cut, "line 2")
    assert (made.gain_db, made.fade_in, made.fade_out, made.muted) == (-6, 3, 4, False)
    assert refused(edits.SetSound(clip=LINE, fade_in=20, fade_out=5))["frames"] == 24
    assert refused(edits.SetSound(clip=LINE))["field"] == "gain_db"
    assert after(edits.SetTrack(track="music", muted=True)).tracks[4].muted
    assert refused(edits.SetTrack(track="nobody", muted=True))["field"] == "track"
    assert after(edits.SetMaster(gain_db=-3)).gain_db == -3


def test_tracks_come_and_go():
    cut = after(edits.AddTrack(track="bells", role="effects"))
    assert cut.tracks[-1].name == "bells"
    assert refused(edits.AddTrack(track="bells", role="voice"), cut)["field"] == "track"
    assert refused(edits.AddTrack(track="second", role="picture"))["field"] == "role"
    assert digest_of(after(edits.DeleteTrack(track="bells"), cut)) == digest_of(CUT)
    assert refused(edits.DeleteTrack(track="picture"))["field"] == "track"


def test_a_new_caption_ends_the_one_before():
    cut = after(edits.AddCaption(start_s=2.5, end_s=4, text="And now?", speaker="Ben"))
    assert list(captions(cut)) == ["Line 1", "Line 2", "And now?", "Line 3"]
    assert cut.captions[1].end_s < 2.5


def test_captions_are_changed_and_deleted():
    cut = after(edits.ChangeCaption(caption=CUES[1], text="Other words"))
    assert cut.captions[1].text == "Other words"
    assert (cut.captions[1].start_s, cut.captions[1].words) == (CUT.captions[1].start_s, [])
    assert list(captions(after(edits.DeleteCaption(caption=CUES[0])))) == ["Line 2", "Line 3"]
    assert refused(edits.ChangeCaption(caption=CUES[1], end_s=1))["field"] == "end_s"
    assert refused(edits.ChangeCaption(caption=CUES[1]))["field"] == "text"
    assert refused(edits.AddCaption(start_s=5.5, end_s=6, text="Late"))["field"] == "start_s"
    assert refused(edits.DeleteCaption(caption="q99"))["field"] == "caption"
    style = CaptionStyle(highlight="box")
    assert after(edits.SetCaptionStyle(style=style)).caption_style == style


def test_overlays_and_notes():
    logo = Overlay(kind="logo", media=media("logo", "image/png", None), start=0, position="top_right")
    cut = after(edits.AddOverlay(overlay=logo))
    assert cut.overlays[-1].media == logo.media
    known = cut.overlays[0].id
    changed = after(edits.ChangeOverlay(id=known, overlay=logo), cut)
    assert (changed.overlays[0].id, changed.overlays[0].kind) == (known, "logo")
    assert after(edits.DeleteOverlay(id=known), cut).overlays == cut.overlays[1:]
    film = logo.model_copy(update={"media": media("film")})
    assert refused(edits.AddOverlay(overlay=film))["field"] == "overlay.media"
    noted = after(edits.AddMarker(at=10, name="look", colour="RED"))
    assert [one.at for one in noted.markers] == [10, 50]
    assert after(edits.DeleteMarker(marker=noted.markers[0].id), noted).markers == CUT.markers
    assert refused(edits.DeleteMarker(marker="m99"))["field"] == "marker"


def test_nothing_is_laid_behind_the_last_frame():
    last = CUT.length - 1
    assert after(edits.AddMarker(at=last, name="end")).markers[-1].at == last
    details = refused(edits.AddMarker(at=last + 1, name="end"))
    assert (details["field"], details["frames"]) == ("at", CUT.length)
    card = Overlay(kind="title", text="The end", start=last)
    cut = after(edits.AddOverlay(overlay=card))
    late = card.model_copy(update={"start": last + 1})
    assert refused(edits.AddOverlay(overlay=late))["field"] == "overlay.start"
    known = cut.overlays[-1].id
    assert refused(edits.ChangeOverlay(id=known, overlay=late), cut)["field"] == "overlay.start"


def test_an_overlay_to_the_end_of_the_film_is_nobody_s():
    logo = Overlay(kind="label", text="Made with AI", start=0)
    cut = after(edits.AddOverlay(overlay=logo))
    gone = after(edits.DeleteClip(clip=clip_of(cut, "1A-1").id), cut)
    assert gone.overlays[-1].text == "Made with AI"


def test_what_is_different_is_told_in_the_order_of_the_cut():
    cut: Timeline = after(edits.DeleteClip(clip=clip_of(CUT, "1B-1").id))
    told = [(one.what, one.kind, one.name, one.before, one.after) for one in compared(CUT, cut)]
    assert ("clip", "removed", "1B-1", 48, None) in told
    assert ("clip", "moved", "2A-1", 84, 36) in told
    assert ("caption", "moved", "Line 3", 108, 60) in told
    assert told[-1] == ("film", "changed", "Three shots", 132, 84)
    assert compared(CUT, CUT) == []
