"""Captions keep when their words are said, whatever is done to the cut under them."""

import pytest

from state import edits
from state.errors import EditRefused
from state.media import MediaRef
from state.timeline import CaptionStyle, Cue, CueWord, Overlay, Timeline
from tests.unit.tools.cuts.cutting import a_cut, clip_of, media
from tools.cuts.apply import applied
from tools.cuts.ids import opened
from tools.cuts.media import keys_named, keys_shown

FONT = MediaRef(key="text/local/f.ttf", mime="font/ttf", sha256="f" * 64, size_bytes=9)


def the_cut() -> Timeline:
    """Every caption has two words of half a second each."""
    cut = a_cut()
    captions = [
        cue.model_copy(
            update={
                "words": [
                    CueWord(text=text, start_s=cue.start_s + at, end_s=cue.start_s + at + 0.5)
                    for text, at in zip(cue.text.split(), (0, 0.5), strict=True)
                ],
                "word_times": "measured",
            }
        )
        for cue in cut.captions
    ]
    return opened(cut.model_copy(update={"captions": captions}))


def offsets(cue: Cue) -> list[float]:
    return [word.start_s - cue.start_s for word in cue.words]


@pytest.mark.parametrize(
    "edit",
    [
        lambda cut: edits.MoveClip(clip=clip_of(cut, "2A-1").id, before=clip_of(cut, "1A-1").id),
        lambda cut: edits.TrimClip(clip=clip_of(cut, "1A-1").id, tail=8),
        lambda cut: edits.DeleteClip(clip=clip_of(cut, "1A-1").id),
        lambda cut: edits.SetSpeed(clip=clip_of(cut, "1A-1").id, speed=2),
        lambda cut: edits.SplitClip(clip=clip_of(cut, "1B-1").id, at=70),
        lambda cut: edits.SwapTake(clip=clip_of(cut, "1A-1").id, media=media("1A-2"), name="1A-2"),
    ],
    ids=["move", "trim", "delete", "speed", "split", "swap"],
)
def test_words_go_where_their_caption_goes(edit):
    before = the_cut()
    after = applied(before, edit(before))
    moved = 0
    for cue in after.captions:
        was = next(one for one in before.captions if one.id == cue.id)
        assert offsets(cue) == pytest.approx(offsets(was))
        assert cue.word_times == "measured"
        moved += cue.start_s != was.start_s
    assert moved or isinstance(edit(before), edits.SplitClip | edits.SwapTake)


def test_a_caption_at_another_time_has_its_words_said_when_they_were():
    cut = the_cut()
    cue = cut.captions[0]
    after = applied(cut, edits.ChangeCaption(caption=cue.id, end_s=cue.end_s + 0.2)).captions[0]
    assert after.words == cue.words


def test_other_words_have_no_times_of_their_own():
    cut = the_cut()
    after = applied(cut, edits.ChangeCaption(caption=cut.captions[0].id, text="Other words")).captions[0]
    assert (after.words, after.word_times) == ([], None)


def test_one_caption_may_look_otherwise_and_like_the_others_again():
    cut, style = the_cut(), CaptionStyle(position="top", highlight="box")
    known = cut.captions[0].id
    own = applied(cut, edits.ChangeCaption(caption=known, style=style))
    assert own.captions[0].style == style
    assert own.captions[0].words == cut.captions[0].words
    again = applied(own, edits.ChangeCaption(caption=known, house_style=True))
    assert again == cut
    added = applied(cut, edits.AddCaption(start_s=4.9, end_s=5.3, text="New", style=style))
    assert added.captions[-1].style == style


def test_a_typeface_is_a_font_and_is_among_the_files_of_the_cut():
    cut = the_cut()
    edit = edits.SetCaptionStyle(style=CaptionStyle(typeface=FONT))
    assert keys_named(edit) == {FONT.key}
    assert FONT.key in keys_shown(applied(cut, edit))
    overlay = Overlay(kind="cta", text="Buy", start=0, typeface=FONT)
    assert FONT.key in keys_shown(applied(cut, edits.AddOverlay(overlay=overlay)))


@pytest.mark.parametrize("mime", ["text/plain", "image/png", "font/woff2"])
def test_no_other_file_is_taken_for_a_font(mime):
    other = FONT.model_copy(update={"mime": mime})
    cut = the_cut()
    ways = [
        edits.SetCaptionStyle(style=CaptionStyle(typeface=other)),
        edits.AddOverlay(overlay=Overlay(kind="cta", text="Buy", start=0, typeface=other)),
        edits.ChangeCaption(caption=cut.captions[0].id, style=CaptionStyle(typeface=other)),
        edits.AddCaption(start_s=1, end_s=2, text="New", style=CaptionStyle(typeface=other)),
    ]
    for way in ways:
        with pytest.raises(EditRefused, match="font file") as refused:
            applied(cut, way)
        assert str(refused.value.details["field"]).endswith("typeface")


def test_fields_that_are_not_used_are_not_stored():
    """So cuts from before they were there keep their digests."""
    stored = a_cut().model_dump(mode="json")
    assert "platform" not in stored
    assert not {"style", "word_times"} & set(stored["captions"][0])
    assert not {"typeface", "outline"} & set(stored["overlays"][0])
    assert Timeline.model_validate(stored) == a_cut()
