"""OTIO loses nothing: written, read, written again by opentimelineio itself, the cut is the same cut."""

import json
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from state.errors import EditRefused, PostError
from state.timeline import Clip, Effect, Gap, Marker, Timeline, TimeRange, Track, Transition
from tests.unit.tools.cuts.cutting import an_opened_cut
from tests.unit.tools.cuts.test_random_edits import session
from tests.unit.tools.interchange import seen
from tests.unit.tools.interchange.cuts import FPS, full_cut, shot
from tests.unit.tools.interchange.hostile import DAILY, NAMES, NIGHTLY, cuts
from tools.cuts.history import digest_of
from tools.interchange.otio_read import open_otio, read_otio
from tools.interchange.otio_write import CLIP_FIELDS, FILM_FIELDS, TRACK_FIELDS, write_otio


def rewritten(text: str) -> str:
    """The file as opentimelineio reads and writes it."""
    return str(otio.adapters.write_to_string(otio.adapters.read_from_string(text, "otio_json"), "otio_json"))


def survives(cut: Timeline) -> None:
    text = write_otio(cut)
    for file in (text, rewritten(text)):
        read = open_otio(file)
        assert read.timeline == cut
        assert digest_of(read.timeline) == digest_of(cut)
        assert read.notes == []


@pytest.mark.breadth(4)
@pytest.mark.parametrize("block", range(12))
def test_a_cut_after_any_edits_has_the_same_digest(block: int) -> None:
    for seed in range(block * 10, block * 10 + 10):
        _, made, _ = session(seed)
        survives(made[-1])


def test_a_cut_with_everything_has_the_same_digest() -> None:
    survives(full_cut())


def test_the_character_that_ends_a_text_for_opentimelineio_becomes_the_sign_for_that() -> None:
    """No stored cut has it: PostgreSQL keeps none."""
    named = full_cut().model_copy(update={"name": "a\0b"})
    assert read_otio(rewritten(write_otio(named))).name == "a\ufffdb"


@DAILY
@given(cuts())
def test_any_cut_with_any_words_has_the_same_digest(cut: Timeline) -> None:
    survives(cut)


@pytest.mark.nightly
@NIGHTLY
@given(cuts())
def test_hundreds_of_cuts_with_any_words_have_the_same_digest(cut: Timeline) -> None:
    survives(cut)


def test_every_field_of_a_cut_is_written_somewhere() -> None:
    """A new field that nobody writes would be lost; on the right are those of OpenTimelineIO."""
    fields = {"kind", "name", "media", "source", "speed", "frames", "effects", "muted"}
    assert set(Clip.model_fields) == CLIP_FIELDS | fields
    assert set(Track.model_fields) == TRACK_FIELDS | {"name", "items", "muted"}
    assert set(Timeline.model_fields) == FILM_FIELDS | {"name", "fps", "tracks", "markers"}
    assert set(Marker.model_fields) == {"at", "name", "comment", "colour", "id"}
    assert set(Effect.model_fields) == {"name", "on", "strength", "media", "values"}
    assert set(Transition.model_fields) == {"kind", "style", "length"}


@pytest.mark.parametrize("speed", [2 / 3, 1.4302060167127721, 0.12084992817599587, 9.024131830353687, 1.7])
def test_a_speed_of_many_digits_is_the_same_speed(speed: float) -> None:
    clip = shot("A", 3, 90, speed=speed, frames=round(90 / speed))
    items = [clip, Transition(length=7), shot("B", 9, 60, speed=speed, frames=round(60 / speed))]
    survives(Timeline(name="x", tracks=[Track(name="p", role="picture", items=items)]))


def test_missing_media_say_so_and_lose_nothing() -> None:
    cut = full_cut()
    key = next(item.media.key for item in cut.tracks[0].items if isinstance(item, Clip))
    text = write_otio(cut, missing={key})
    missing = [
        clip for clip in seen.by_otio(text).find_clips()
        if isinstance(clip.media_reference, otio.schema.MissingReference)
    ]  # fmt: skip
    assert [clip.name for clip in missing] == ["A"]
    assert digest_of(read_otio(rewritten(text))) == digest_of(cut)


def test_frames_are_those_that_the_composer_renders() -> None:
    for seed in range(30):
        _, made, _ = session(seed)
        read = seen.by_otio(write_otio(made[-1]))
        for track, found in zip(made[-1].tracks, read.tracks, strict=True):
            assert seen.spans(found) == seen.planned(track)
            assert found.duration().value == sum(seen.planned(track)[-1:] and [seen.lay_out(track)[-1].end])


# What an editing program changed


def edited(change: Any, cut: Timeline | None = None) -> tuple[Timeline, list[str]]:
    """A cut after something was done to it in opentimelineio."""
    timeline = otio.adapters.read_from_string(write_otio(cut or full_cut()), "otio_json")
    change(timeline)
    read = open_otio(otio.adapters.write_to_string(timeline, "otio_json"))
    return read.timeline, read.notes


def picture(cut: Timeline) -> list[Clip]:
    return [item for item in cut.tracks[0].items if isinstance(item, Clip)]


def child(timeline: Any, name: str) -> Any:
    return next(clip for clip in timeline.find_clips() if clip.name == name)


def time(frame: float, rate: float = FPS) -> Any:
    return otio.opentime.RationalTime(frame, rate)


def test_a_trimmed_clip_is_trimmed_and_keeps_the_rest() -> None:
    def trim(timeline: Any) -> None:
        child(timeline, "E").source_range = otio.opentime.TimeRange(time(12), time(20))

    cut, notes = edited(trim)
    clip = picture(cut)[4]
    assert clip.source == TimeRange(start=12, length=20)
    assert (clip.fit, clip.effects, clip.fade_in) == ("blur", picture(full_cut())[4].effects, 6)
    assert notes == []


def test_a_trimmed_clip_in_a_transition_keeps_the_transition() -> None:
    def trim(timeline: Any) -> None:
        child(timeline, "A").source_range = otio.opentime.TimeRange(time(14), time(38))

    cut, _ = edited(trim)
    assert picture(cut)[0].source == TimeRange(start=14, length=44)
    assert cut.tracks[0].items[1] == full_cut().tracks[0].items[1]


def test_a_fast_clip_that_is_trimmed_takes_as_much_more_of_its_source() -> None:
    def trim(timeline: Any) -> None:
        clip = child(timeline, "B")
        clip.source_range = otio.opentime.TimeRange(clip.source_range.start_time, time(29))

    cut, _ = edited(trim)
    clip = picture(cut)[1]
    assert (clip.speed, clip.frames, clip.source) == (2.0, 40, TimeRange(start=5, length=80))


def test_another_speed_is_taken_over() -> None:
    def slow(timeline: Any) -> None:
        child(timeline, "E").effects.append(otio.schema.LinearTimeWarp(time_scalar=0.5))

    cut, _ = edited(slow)
    clip = picture(cut)[4]
    assert (clip.speed, clip.frames, clip.source) == (0.5, 40, TimeRange(start=7, length=20))


def test_deleted_and_reordered_clips_are_deleted_and_reordered() -> None:
    def turn(timeline: Any) -> None:
        track = timeline.tracks[0]
        names = [item.name for item in track]
        first = track.pop(names.index("F"))
        track.insert(0, first)
        del track[[item.name for item in track].index("E")]

    cut, notes = edited(turn)
    assert [clip.name for clip in picture(cut)] == ["F", "A", "B", "C", "D"]
    assert notes == []


def test_a_clip_that_was_cut_in_two_has_its_id_once() -> None:
    def blade(timeline: Any) -> None:
        track = timeline.tracks[0]
        first = child(timeline, "E")
        second = first.deepcopy()
        first.source_range = otio.opentime.TimeRange(time(7), time(15))
        second.source_range = otio.opentime.TimeRange(time(22), time(25))
        track.insert([item.name for item in track].index("E") + 1, second)

    cut, _ = edited(blade)
    assert [(one.id, one.source.start) for one in picture(cut)[4:6]] == [("E", 7), ("", 22)]


def test_notes_of_an_editor_are_taken_over_from_the_film_and_from_clips() -> None:
    def note(timeline: Any) -> None:
        timeline.tracks.markers.append(
            otio.schema.Marker("Later", otio.opentime.TimeRange(time(200), time(1)), "CYAN", comment="Sky")
        )
        clip = child(timeline, "B")
        here = otio.opentime.TimeRange(clip.source_range.start_time + time(20), time(1))
        clip.markers.append(otio.schema.Marker("Clip", here, "ORANGE"))

    cut, _ = edited(note)
    new = [(one.at, one.name, one.comment, one.colour, one.id) for one in cut.markers[4:]]
    assert new == [(200, "Later", "Sky", "WHITE", ""), (52, "Clip", "", "YELLOW", "")]
    assert cut.markers[:4] == full_cut().markers


def test_a_note_that_was_moved_or_renamed_is_so_here() -> None:
    def move(timeline: Any) -> None:
        marker = timeline.tracks.markers[0]
        marker.marked_range, marker.color = otio.opentime.TimeRange(time(33), time(1)), "GREEN"

    cut, _ = edited(move)
    assert cut.markers[0] == full_cut().markers[0].model_copy(update={"at": 33, "colour": "GREEN"})


def test_transitions_that_were_made_longer_or_taken_out_are_so_here() -> None:
    def change(timeline: Any) -> None:
        track = timeline.tracks[0]
        wipe = next(item for item in track if item.name == "wipe_left")
        wipe.in_offset = wipe.out_offset = time(8)
        del track[[item.name for item in track].index("glitch")]

    cut, _ = edited(change)
    styles = [(one.style, one.length) for one in cut.tracks[0].items if isinstance(one, Transition)]
    assert styles == [("dissolve", 12), ("wipe_left", 16)]
    plain = seen.planned(cut.tracks[0])
    assert [(one.start, one.length) for one in plain] == [
        (one.start, one.length) for one in seen.planned(full_cut().tracks[0])
    ]  # fmt: skip


def test_a_transition_for_which_there_are_no_frames_becomes_a_cut_and_is_said() -> None:
    def change(timeline: Any) -> None:
        next(item for item in timeline.tracks[0] if item.name == "glitch").out_offset = time(500)

    cut, notes = edited(change)
    assert "glitch" not in [one.style for one in cut.tracks[0].items if isinstance(one, Transition)]
    assert notes == ["A transition for which its neighbours have too few frames became a cut."]


def test_a_transition_that_wants_frames_before_the_first_is_as_long_as_it_can_be_and_is_said() -> None:
    def change(timeline: Any) -> None:
        next(item for item in timeline.tracks[0] if item.name == "glitch").in_offset = time(20)

    cut, notes = edited(change)
    assert picture(cut)[3].source == TimeRange(start=0, length=48)
    assert notes == ["A transition became shorter: its second clip has no earlier frames."]


def test_addresses_that_became_absolute_are_still_known() -> None:
    def relink(timeline: Any) -> None:
        for clip in timeline.find_clips():
            where = clip.media_reference.target_url
            clip.media_reference.target_url = f"file:///Volumes/Work/Job%201/{where}"

    cut, notes = edited(relink)
    assert digest_of(cut) == digest_of(full_cut())
    assert notes == []


def test_a_clip_that_was_pointed_to_another_take_shows_that_take() -> None:
    def relink(timeline: Any) -> None:
        other = child(timeline, "E").media_reference.target_url
        child(timeline, "D").media_reference.target_url = other

    cut, _ = edited(relink)
    assert picture(cut)[3].media == picture(full_cut())[4].media


def test_a_clip_without_a_file_of_ours_is_a_gap_of_its_length_and_is_said() -> None:
    def add(timeline: Any) -> None:
        file = otio.schema.ExternalReference("file:///elsewhere/stock.mov")
        here = otio.opentime.TimeRange(time(0), time(17))
        timeline.tracks[0].append(otio.schema.Clip("stock", file, here))

    cut, notes = edited(add)
    assert cut.tracks[0].items[-1] == Gap(length=17)
    assert notes == ["The file of stock is not in this cut: its place is left empty."]


def test_nests_and_ranges_of_whole_tracks_are_said() -> None:
    def nest(timeline: Any) -> None:
        here = otio.opentime.TimeRange(time(0), time(11))
        timeline.tracks[0].append(otio.schema.Stack("nest", source_range=here))
        timeline.tracks[1].source_range = here

    cut, notes = edited(nest)
    assert cut.tracks[0].items[-1] == Gap(length=11)
    assert notes == [
        "nest is not a clip: its place is left empty.", "A range that was set for all of above was left out.",
    ]  # fmt: skip


def test_a_shot_that_was_switched_off_is_black_and_is_said() -> None:
    cut, notes = edited(lambda timeline: setattr(child(timeline, "E"), "enabled", False))
    assert [clip.name for clip in picture(cut)] == ["A", "B", "C", "D", "F"]
    assert (cut.length, notes) == (full_cut().length, ["E is switched off: its place is left empty."])


@pytest.mark.parametrize(("asked", "made"), [(0.0, 0.1), (-1.0, 0.1), (40.0, 10.0)])
def test_a_speed_that_there_is_not_becomes_the_nearest_and_is_said(asked: float, made: float) -> None:
    warp = otio.schema.LinearTimeWarp(time_scalar=asked)
    cut, notes = edited(lambda timeline: child(timeline, "E").effects.append(warp))
    assert picture(cut)[4].speed == made
    assert notes == [f"A speed of {asked:g} became {made:g}, the nearest that there is."]


def test_another_rate_is_converted_without_drifting() -> None:
    """Sixty clips of 10 frames at 25 are 9.6 at 24: each is rounded where it lies."""
    track = otio.schema.Track("V", kind="Video")
    text = write_otio(full_cut())
    source = child(otio.adapters.read_from_string(text, "otio_json"), "A")
    for _ in range(60):
        clip = source.deepcopy()
        clip.source_range = otio.opentime.TimeRange(time(0, 25), time(10, 25))
        track.append(clip)
    timeline = otio.schema.Timeline("T", global_start_time=time(0, 24))
    timeline.tracks.append(track)
    cut = read_otio(otio.adapters.write_to_string(timeline, "otio_json"))
    assert (cut.fps, cut.length) == (24, 576)


def test_sounds_and_tracks_that_were_switched_off_are_muted() -> None:
    def mute(timeline: Any) -> None:
        child(timeline, "door").enabled = False
        next(track for track in timeline.tracks if track.name == "music").enabled = False

    cut, _ = edited(mute)
    assert [track.muted for track in cut.tracks if track.name == "music"] == [True]
    effects = next(track for track in cut.tracks if track.name == "effects")
    assert [item.muted for item in effects.items if isinstance(item, Clip)] == [True]


def test_a_file_of_before_clips_had_several_references_is_read() -> None:
    whole = json.loads(write_otio(an_opened_cut()))
    for track in whole["tracks"]["children"]:
        for item in track["children"]:
            if item["OTIO_SCHEMA"] == "Clip.2":
                item["OTIO_SCHEMA"] = "Clip.1"
                item["media_reference"] = item.pop("media_references")["DEFAULT_MEDIA"]
                del item["active_media_reference_key"]
    assert digest_of(read_otio(json.dumps(whole))) == digest_of(an_opened_cut())


# What is no cut


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no",
        "[]",
        "{}",
        '{"OTIO_SCHEMA": "Clip.2"}',
        "[" * 100_000,
        '{"OTIO_SCHEMA": "Timeline.1", "name": "',
    ],
)
def test_what_is_no_timeline_is_refused_with_the_field(text: str) -> None:
    with pytest.raises(EditRefused) as refused:
        read_otio(text)
    assert refused.value.details["field"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("gain_db", "nan"), ("gain_db", 1e400), ("gain_db", "-inf"), ("gain_db", 10**40),
     ("overlays", [{"kind": "text", "text": "x", "start": 10**30}]),
     ("overlays", [{"kind": "text", "text": "x", "start": "1" + "0" * 30}]),
     ("captions", [{"start_s": "inf", "end_s": 1, "text": ""}])],
)  # fmt: skip
def test_numbers_that_are_none_are_refused(field: str, value: object) -> None:
    whole = json.loads(write_otio(full_cut()))
    whole["metadata"]["greenlight"][field] = value
    with pytest.raises(EditRefused) as refused:
        read_otio(json.dumps(whole))
    assert refused.value.details["field"]


@pytest.mark.parametrize(("frames", "rate"), [(10_000_001, 24), (5, 1e-9)])
def test_a_cut_that_is_longer_than_any_is_refused(frames: int, rate: float) -> None:
    whole = json.loads(write_otio(full_cut()))
    item = whole["tracks"]["children"][0]["children"][0]
    item["source_range"]["duration"] = {"OTIO_SCHEMA": "RationalTime.1", "value": frames, "rate": rate}
    with pytest.raises(EditRefused, match="10000000"):
        read_otio(json.dumps(whole))


def test_an_empty_timeline_is_an_empty_cut() -> None:
    assert read_otio('{"OTIO_SCHEMA": "Timeline.1"}') == Timeline(name="")


def test_a_cut_that_no_film_can_show_is_refused_as_the_composer_refuses_it() -> None:
    track = Track(name="picture", role="picture", items=[Transition(length=4), shot("A", 0, 10)])
    with pytest.raises(PostError):
        write_otio(Timeline(name="x", tracks=[track]))
    long = Track(
        name="picture", role="picture", items=[shot("A", 0, 10), Transition(length=11), shot("B", 0, 20)]
    )
    with pytest.raises(PostError):
        write_otio(Timeline(name="x", tracks=[long]))
    with pytest.raises(EditRefused):
        write_otio(Timeline(name="x").model_copy(update={"fps": 0}))


WEIRD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(NAMES),
    st.just([]),
    st.just({}),
    st.just([{"OTIO_SCHEMA": "Clip.2"}]),
    st.just({"OTIO_SCHEMA": "RationalTime.1", "value": -5, "rate": 0}),
)


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [path] * bool(path) + [one for key, value in inside for one in places(value, (*path, key))]


WHOLE = json.loads(write_otio(full_cut()))
PLACES = places(WHOLE)


CHANGES = st.lists(st.tuples(st.sampled_from(PLACES), WEIRD), min_size=1, max_size=4)


@settings(DAILY, max_examples=60)
@given(CHANGES)
def test_whatever_a_file_says_it_is_a_cut_that_can_be_laid_out_or_refused(changes: Any) -> None:
    is_a_cut_or_refused(changes)


@pytest.mark.nightly
@settings(NIGHTLY, max_examples=1000)
@given(CHANGES)
def test_whatever_a_thousand_files_say_they_are_cuts_or_refused(changes: Any) -> None:
    is_a_cut_or_refused(changes)


def is_a_cut_or_refused(changes: Any) -> None:
    whole = json.loads(json.dumps(WHOLE))
    for path, value in changes:
        node = whole
        for key in path[:-1]:
            try:
                node = node[key]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(node, dict) or (isinstance(node, list) and path[-1] in range(len(node))):
                node[path[-1]] = value
    try:
        read = open_otio(json.dumps(whole))
    except EditRefused as error:
        assert error.details["field"]  # noqa: PT017 - read, or refused with the field
        return
    for track in read.timeline.tracks:
        seen.lay_out(track)
    assert digest_of(read_otio(write_otio(read.timeline))) == digest_of(read.timeline)
