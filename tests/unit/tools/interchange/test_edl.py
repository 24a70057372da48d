"""CMX3600: fixed columns, real timecode, one event for what is seen from its first frame on."""

import re

import opentimelineio as otio
import pytest
from hypothesis import given

from state.errors import EditRefused, PostError
from state.timeline import Clip, Gap, Timeline, Track, Transition
from tests.unit.tools.cuts.test_random_edits import session
from tests.unit.tools.interchange import seen
from tests.unit.tools.interchange.checks import edl_line
from tests.unit.tools.interchange.cuts import full_cut, join, shot, sound
from tests.unit.tools.interchange.hostile import DAILY, NIGHTLY, cuts
from tools.interchange.edl import write_edls
from tools.interchange.timecode import timecode

CODE = r"\d\d:\d\d:\d\d:\d\d"
EVENT = re.compile(
    r"\d{3,}  [A-Z0-9 ]{8} (V   |A   |A[234]  )  (C   |D   |W00[12]) (   |\d{3})"
    rf" {CODE} {CODE} {CODE} {CODE}"
)
OTHERS = re.compile(
    rf"TITLE: [^\n]+|FCM: NON-DROP FRAME||M2   [A-Z0-9 ]{{8}}       \d{{3}}\.\d +{CODE}"
    r"|EFFECTS NAME IS [A-Z0-9_]+|\* (FROM|TO) CLIP NAME:  .+|\* (SOURCE|MISSING) FILE: media/.+"
    rf"|\* LOC: {CODE} (RED|YELLOW|GREEN|WHITE).*"
)


def of(*items: Clip | Gap | Transition, **more: object) -> Timeline:
    return Timeline.model_validate(
        {"name": "cut", "tracks": [Track(name="picture", role="picture", items=list(items))], **more}
    )


def begins_with_a_transition(text: str) -> bool:
    """Whether the first event of some channel has two lines."""
    numbers: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line[:1].isdigit():
            numbers.setdefault(line.split()[2], []).append(line.split()[0])
    return any(len(all_) > 1 and all_[0] == all_[1] for all_ in numbers.values())


def columns(text: str) -> None:
    """Every line is one that we write, and events stand in the columns of the format."""
    for line in text.splitlines():
        if line[:1].isdigit():
            assert EVENT.fullmatch(line), repr(line)
            assert len(line.partition("  ")[2]) == 71
        else:
            assert OTHERS.fullmatch(line), repr(line)


def test_a_cut_with_everything_stands_in_its_columns() -> None:
    for text in seen.texts(full_cut(), "edl"):
        columns(text)


@DAILY
@given(cuts())
def test_any_cut_with_any_words_has_only_lines_of_ours(cut: Timeline) -> None:
    has_only_lines_of_ours(cut)


@pytest.mark.nightly
@NIGHTLY
@given(cuts())
def test_hundreds_of_cuts_with_any_words_have_only_lines_of_ours(cut: Timeline) -> None:
    has_only_lines_of_ours(cut)


def has_only_lines_of_ours(cut: Timeline) -> None:
    for text in write_edls(cut):
        columns(text)
        assert len(text.split("\n")) == len(text.splitlines()) + 1
        edits = seen.by_pycmx(text) if "  " in text else []
        assert all(re.fullmatch(r"[A-Z0-9]{1,8}", one.source) for one in edits)


@pytest.mark.parametrize("block", range(2))
def test_both_readers_see_the_events_of_cuts_after_any_edits(block: int) -> None:
    """pycmx every one; opentimelineio all but lists with a track that begins with a transition."""
    read = 0
    for seed in range(block * 15, block * 15 + 15):
        _, made, _ = session(seed)
        track, text = made[-1].tracks[0], write_edls(made[-1])[0]
        pictures = [one for one in seen.by_pycmx(text) if one.channels.v and not one.black]
        found = [(seen.recorded(one.record_in), seen.recorded(one.record_out)) for one in pictures]
        wanted = [(start, end) for start, end, _ in edl_line(track) if end > start]
        assert found == wanted
        try:
            again = next(one for one in seen.by_cmx(text).tracks if one.name == "V")
        except otio.exceptions.OTIOError as error:
            assert "very beginning of a track" in str(error)  # noqa: PT017 - read, or refused for this alone
            assert begins_with_a_transition(text)
            continue
        kinds = [clip.media_reference for clip in again.find_clips(shallow_search=True)]
        shown = zip(kinds, seen.spans(again), strict=True)
        black = otio.schema.GeneratorReference
        lengths = [one.length for kind, one in shown if one.length and not isinstance(kind, black)]
        assert lengths == [end - start for start, end in wanted]
        read += 1
    assert read > 3


def test_a_film_that_comes_out_of_black_begins_with_a_dissolve_from_black() -> None:
    text = write_edls(of(Gap(length=12), join("dissolve", 12), shot("A", 5, 48)))[0]
    assert text.splitlines()[3:5] == [
        "001  BL       V     C        00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00",
        "001  A        V     D    012 00:00:00:05 00:00:02:05 01:00:00:00 01:00:02:00",
    ]
    # The form of the format; opentimelineio writes it so itself, and cannot read it.
    with pytest.raises(otio.exceptions.OTIOError):
        seen.by_cmx(text)


def test_a_film_that_goes_to_black_ends_with_a_dissolve_to_black() -> None:
    text = write_edls(of(shot("A", 0, 48), join("dissolve", 12), Gap(length=30)))[0]
    last = seen.by_pycmx(text)[-1]
    assert (last.black, last.transition.effect_duration, last.record_out) == (True, 12, "01:00:02:18")


def test_a_slow_clip_says_its_frames_a_second_and_takes_fewer_of_its_source() -> None:
    text = write_edls(of(shot("A", 24, 24, speed=0.5, frames=48)))[0]
    assert "M2   A              012.0                00:00:01:00" in text
    assert seen.by_pycmx(text)[0].source_out == "00:00:02:00"


def test_wipes_have_a_code_and_everything_else_is_a_dissolve_with_its_name() -> None:
    cut = of(
        shot("A", 0, 48), join("soft_wipe_up", 10), shot("B", 0, 48), join("glitch", 8), shot("C", 0, 48)
    )
    edits = [one for one in seen.by_pycmx(write_edls(cut)[0]) if not one.transition.cut]
    assert [
        (one.transition.transition, one.transition.effect_duration, one.transition.name) for one in edits
    ] == [
        ("W002", 10, "SOFT_WIPE_UP"),
        ("D", 8, "GLITCH"),
    ]
    kinds = [one.transition_type for one in seen.joins(seen.by_cmx(write_edls(cut)[0]).tracks[0])]
    assert kinds == ["SMPTE_Wipe", "SMPTE_Dissolve"]


def test_voices_that_never_meet_share_a_channel_and_others_do_not() -> None:
    tracks = [
        Track(name="voice/Ana", role="voice", items=[sound("a", 20), Gap(length=30), sound("b", 20)]),
        Track(name="voice/Ben", role="voice", items=[Gap(length=25), sound("c", 20)]),
        Track(name="voice/Eva", role="voice", items=[Gap(length=10), sound("d", 20)]),
    ]
    text = write_edls(Timeline(name="x", tracks=tracks))[0]
    channels = {one.clip_name: list(one.channels.channels) for one in seen.by_pycmx(text)}
    assert channels == {"a": [1], "b": [1], "c": [1], "d": [2]}


def test_a_clip_that_is_only_seen_while_it_dissolves_is_what_the_dissolve_comes_out_of() -> None:
    text = write_edls(
        of(shot("A", 0, 24), shot("B", 7, 12, speed=2.0, frames=12), join("dissolve", 12), shot("C", 0, 48))
    )[0]
    assert [(one.source, one.source_in) for one in seen.by_pycmx(text)] == [
        ("A", "00:00:00:00"),
        ("C", "00:00:00:00"),
    ]
    assert "002  B        V     C        00:00:00:07 00:00:00:07 01:00:01:00 01:00:01:00" in text


def test_a_track_that_is_muted_is_in_no_list() -> None:
    tracks = [
        Track(name="takes", role="native", items=[sound("own", 30)], muted=True),
        Track(name="voice", role="voice", items=[sound("line", 20)]),
    ]
    edits = seen.by_pycmx(write_edls(Timeline(name="x", tracks=tracks))[0])
    assert [(one.clip_name, list(one.channels.channels)) for one in edits] == [("line", [1])]


def test_what_is_muted_is_in_no_list() -> None:
    names = {one.clip_name for one in seen.by_pycmx(write_edls(full_cut())[0])}
    assert "line 1" in names
    assert not {"line 2", "own"} & names


def test_reels_are_eight_letters_and_no_two_alike() -> None:
    clips = [shot(f"Scene twelve take {number}", 0, 24) for number in range(12)]
    text = write_edls(of(*clips))[0]
    reels = [one.source for one in seen.by_pycmx(text)]
    assert len(set(reels)) == 12
    assert all(len(reel) == 8 for reel in reels)
    assert reels[:2] + reels[-1:] == ["SCENETWE", "SCENETW2", "SCENET12"]


@pytest.mark.parametrize("name", ["BL", "AX", "black", "bars", "Aux", "none"])
def test_no_file_is_taken_for_black_or_another_special_source(name: str) -> None:
    edit = seen.by_pycmx(write_edls(of(shot(name, 0, 24)))[0])[0]
    assert not edit.black
    assert edit.source not in {"BL", "AX", "BLACK", "BARS", "NONE", "AUX"}


def test_missing_files_are_marked() -> None:
    cut = of(shot("A", 0, 24), shot("B", 0, 24))
    key = next(item.media.key for item in cut.tracks[0].items if isinstance(item, Clip))
    assert write_edls(cut, missing={key})[0].count("* MISSING FILE: media/A.mp4") == 1


def test_a_note_in_black_stands_with_the_picture_before_it() -> None:
    cut = of(shot("A", 0, 24), Gap(length=24), shot("B", 0, 24),
             markers=[{"at": 30, "name": "Here"}, {"at": 500, "name": "Late"}])  # fmt: skip
    notes = {
        clip.name: [one.name for one in clip.markers] for clip in seen.by_cmx(write_edls(cut)[0]).find_clips()
    }
    assert notes == {"A": ["Here"], "B": ["Late"]}


@pytest.mark.parametrize(
    ("frame", "fps", "code"),
    [
        (0, 24, "00:00:00:00"),
        (86_400, 24, "01:00:00:00"),
        (107_999, 30, "00:59:59:29"),
        (1799, 30, "00:00:59:29"),
        (1800, 30, "00:01:00:00"),
        (24 * 3600 * 25, 25, "00:00:00:00"),
        (98, 99, "00:00:00:98"),
    ],
)
def test_timecode_leaves_no_number_out(frame: int, fps: int, code: str) -> None:
    assert timecode(frame, fps) == code
    read = otio.opentime.from_timecode(code, fps) if fps in (24, 25, 30) else None
    assert read is None or int(read.value) == frame % (24 * 3600 * fps)


def test_a_rate_that_two_digits_cannot_count_is_refused() -> None:
    for fps in (100, 0):
        with pytest.raises(EditRefused) as refused:
            write_edls(of(shot("A", 0, 24)).model_copy(update={"fps": fps}))
        assert refused.value.details["field"] == "fps"


def test_a_transition_that_does_not_fit_is_refused() -> None:
    with pytest.raises(PostError):
        write_edls(of(Transition(length=4), shot("A", 0, 24)))


def test_an_empty_cut_is_a_list_without_events() -> None:
    assert write_edls(Timeline(name="")) == ["TITLE: CUT\nFCM: NON-DROP FRAME\n\n"]
