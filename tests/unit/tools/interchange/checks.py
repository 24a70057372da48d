"""Of every "carried" in `carries.toml`: what an independent reader must see for it to be true.

Each check compares the files that were written with the cut that they should hold.
"""

from collections.abc import Callable, Sequence
from typing import Any

import opentimelineio as otio

from state.timeline import Clip, Gap, Timeline, Track, Transition
from tests.unit.tools.interchange import seen
from tools.interchange.carries import Format
from tools.interchange.media import media_files

Check = Callable[[Timeline, Sequence[str]], None]


def pictures(cut: Timeline) -> list[Track]:
    return [track for track in cut.tracks if track.role == "picture"]


def sounds(cut: Timeline) -> list[Track]:
    return [track for track in cut.tracks if track.role != "picture"]


def clips(tracks: Sequence[Track]) -> list[Clip]:
    return [item for track in tracks for item in track.items if isinstance(item, Clip)]


def lengths(tracks: Sequence[Track], test: Callable[[str], bool]) -> list[int]:
    return [
        item.length for track in tracks for item in track.items
        if isinstance(item, Transition) and test(item.style)
    ]  # fmt: skip


def equal(found: object, wanted: object) -> None:
    assert found == wanted
    assert found, "nothing was asked for"


# OTIO, read by opentimelineio


def otio_places(cut: Timeline, files: Sequence[str]) -> None:
    found = [seen.spans(track) for track in seen.tracks(seen.by_otio(files[0]), "Video")]
    equal(
        [[(s.name, s.start, s.length) for s in one] for one in found],
        [[(s.name, s.start, s.length) for s in seen.planned(track)] for track in pictures(cut)],
    )


def otio_sources(cut: Timeline, files: Sequence[str]) -> None:
    found = [seen.spans(track) for track in seen.by_otio(files[0]).tracks]
    equal(found, [seen.planned(track) for track in cut.tracks])


def otio_names(cut: Timeline, files: Sequence[str]) -> None:
    equal(
        [clip.name for clip in seen.by_otio(files[0]).find_clips()], [clip.name for clip in clips(cut.tracks)]
    )


def otio_media(cut: Timeline, files: Sequence[str]) -> None:
    found = [clip.media_reference.target_url for clip in seen.by_otio(files[0]).find_clips()]
    named = media_files(cut)
    equal(found, [named[clip.media.key].url for clip in clips(cut.tracks)])


def otio_gaps(cut: Timeline, files: Sequence[str]) -> None:
    read = seen.by_otio(files[0])
    found = [int(gap.duration().value) for gap in read.find_children(descended_from_type=otio.schema.Gap)]
    equal(found, [item.length for track in cut.tracks for item in track.items if isinstance(item, Gap)])


def otio_sounds(cut: Timeline, files: Sequence[str]) -> None:
    found = [seen.spans(track) for track in seen.tracks(seen.by_otio(files[0]), "Audio")]
    equal(found, [seen.planned(track) for track in sounds(cut)])


def otio_joins(tracks: Callable[[Timeline], list[Track]], test: Callable[[str], bool]) -> Check:
    def check(cut: Timeline, files: Sequence[str]) -> None:
        read = {track.name: track for track in seen.by_otio(files[0]).tracks}
        joins = [join for track in tracks(cut) for join in seen.joins(read[track.name]) if test(join.name)]
        equal([int((join.in_offset + join.out_offset).value) for join in joins], lengths(tracks(cut), test))
        kinds = {"SMPTE_Dissolve" if join.name == "dissolve" else "Custom_Transition" for join in joins}
        assert {join.transition_type for join in joins} == kinds

    return check


def otio_speed(cut: Timeline, files: Sequence[str]) -> None:
    read = seen.by_otio(files[0])
    warps = [
        one.time_scalar for clip in read.find_clips() for one in clip.effects if hasattr(one, "time_scalar")
    ]
    equal(warps, [clip.speed for clip in clips(cut.tracks) if clip.speed != 1])


def otio_muted(cut: Timeline, files: Sequence[str]) -> None:
    found = {clip.name for clip in seen.by_otio(files[0]).find_clips() if not clip.enabled}
    equal(found, {clip.name for clip in clips(sounds(cut)) if clip.muted})


def otio_muted_tracks(cut: Timeline, files: Sequence[str]) -> None:
    found = {track.name for track in seen.by_otio(files[0]).tracks if not track.enabled}
    equal(found, {track.name for track in cut.tracks if track.muted})


def otio_markers(*fields: str) -> Check:
    def check(cut: Timeline, files: Sequence[str]) -> None:
        found = [
            {"at": int(one.marked_range.start_time.value), "name": one.name, "comment": one.comment,
             "colour": one.color}
            for one in seen.by_otio(files[0]).tracks.markers
        ]  # fmt: skip
        equal([[one[name] for name in fields] for one in found],
              [[getattr(one, name) for name in fields] for one in cut.markers])  # fmt: skip

    return check


def otio_rate(cut: Timeline, files: Sequence[str]) -> None:
    read = seen.by_otio(files[0])
    rates = {read.global_start_time.rate, *(clip.source_range.duration.rate for clip in read.find_clips())}
    equal(rates, {float(cut.fps)})


# EDL, read by opentimelineio's adapter and by pycmx


def edl_line(track: Track) -> list[tuple[int, int, int]]:
    """Record in and out and source in: an event begins where its first frame is seen."""
    placed = [one for one in seen.lay_out(track) if isinstance(one.item, Clip)]
    return [
        (one.start, one.start + one.length - one.leave.length, one.item.source.start)
        for one in placed if isinstance(one.item, Clip) and not one.item.muted
    ]  # fmt: skip


def _by_pycmx(text: str, channel: Callable[[Any], bool], fps: int = 24) -> list[tuple[int, int, int]]:
    edits = [one for one in seen.by_pycmx(text) if channel(one.channels) and not one.black]
    return [
        (seen.recorded(one.record_in, fps), seen.recorded(one.record_out, fps),
         seen.recorded(one.source_in, fps) + seen.HOUR * fps)
        for one in edits
    ]  # fmt: skip


def edl_places(cut: Timeline, files: Sequence[str]) -> None:
    for track, text in zip(pictures(cut), files, strict=True):
        equal(_by_pycmx(text, lambda channels: channels.v), edl_line(track))
        read = seen.by_cmx(text)
        video = next(one for one in read.tracks if one.name == "V")
        first = edl_line(track)[0][0]
        found = [(one.start + first, one.start + one.length + first, one.source) for one in seen.spans(video)]
        equal(found, edl_line(track))


def edl_names(cut: Timeline, files: Sequence[str]) -> None:
    video = next(one for one in seen.by_cmx(files[0]).tracks if one.name == "V")
    equal([clip.name for clip in video.find_clips()], [clip.name for clip in clips(pictures(cut)[:1])])


def edl_media(cut: Timeline, files: Sequence[str]) -> None:
    named = media_files(cut)
    edits = [one for one in seen.by_pycmx(files[0]) if one.channels.v]
    wanted = [named[clip.media.key] for clip in clips(pictures(cut)[:1])]
    equal([(one.source_file, one.source) for one in edits], [(one.path, one.reel) for one in wanted])


def edl_gaps(cut: Timeline, files: Sequence[str]) -> None:
    video = next(one for one in seen.by_cmx(files[0]).tracks if one.name == "V")
    found = [int(one.duration().value) for one in video if isinstance(one, otio.schema.Gap)]
    equal(found, [item.length for item in pictures(cut)[0].items if isinstance(item, Gap)])


def edl_sounds(cut: Timeline, files: Sequence[str]) -> None:
    heard = [track for track in sounds(cut) if not track.muted][:4]
    for number, track in enumerate(heard, start=1):
        found = _by_pycmx(files[0], lambda channels, n=number: channels.get_audio_channel(n))
        equal(found, edl_line(track))
        name = "A1" if number == 1 else f"A{number}"
        equal(
            len(next(one for one in seen.by_cmx(files[0]).tracks if one.name == name).find_clips()),
            len(found),
        )


def edl_joins(tracks: Callable[[Timeline], list[Track]], file: int, *, video: bool) -> Check:
    def check(cut: Timeline, files: Sequence[str]) -> None:
        wanted = lengths(tracks(cut), lambda style: style == "dissolve")
        edits = [one for one in seen.by_pycmx(files[file]) if one.channels.v == video]
        named = [one for one in edits if one.transition.dissolve and one.transition.name is None]
        equal([one.transition.effect_duration for one in named], wanted)
        kind = "Video" if video else "Audio"
        joins = [join for track in seen.tracks(seen.by_cmx(files[file]), kind) for join in seen.joins(track)]
        offsets = [int(join.out_offset.value) for join in joins if join.transition_type == "SMPTE_Dissolve"]
        assert set(wanted) <= set(offsets)

    return check


def edl_speed(cut: Timeline, files: Sequence[str]) -> None:
    read = seen.by_cmx(files[0])
    found = {clip.name: one.time_scalar for clip in read.find_clips() for one in clip.effects}
    equal(found, {clip.name: clip.speed for clip in clips(pictures(cut)[:1]) if clip.speed != 1})


def edl_markers(*fields: str) -> Check:
    def check(cut: Timeline, files: Sequence[str]) -> None:
        found = [one for clip in seen.by_cmx(files[0]).find_clips() for one in clip.markers]
        plain = [
            {"at": int(one.marked_range.start_time.value) - seen.HOUR * cut.fps, "colour": one.color,
             "name": one.name.partition(":")[0]}
            for one in found
        ]  # fmt: skip
        wanted = [[getattr(one, name) for name in fields] for one in sorted(cut.markers, key=lambda m: m.at)]
        equal([[one[name] for name in fields] for one in sorted(plain, key=lambda m: m["at"])], wanted)

    return check


def edl_rate(cut: Timeline, files: Sequence[str]) -> None:
    equal(_by_pycmx(files[0], lambda channels: channels.v, cut.fps), edl_line(pictures(cut)[0]))
    video = next(one for one in seen.by_cmx(files[0], cut.fps).tracks if one.name == "V")
    equal(
        [one.length for one in seen.spans(video)],
        [end - start for start, end, _ in edl_line(pictures(cut)[0])],
    )


def _first(cut: Timeline) -> list[Track]:
    return pictures(cut)[:1]


def _further(cut: Timeline) -> list[Track]:
    return pictures(cut)[1:]


OTIO: dict[str, Check] = {
    "clip": otio_places, "clip_name": otio_names, "source_range": otio_sources, "media": otio_media,
    "gap": otio_gaps, "sound": otio_sounds, "more_than_four_channels": otio_sounds,
    "further_picture": otio_places, "further_transition": otio_joins(_further, bool),
    "dissolve": otio_joins(_first, lambda style: style == "dissolve"),
    "wipe": otio_joins(_first, lambda style: style.startswith("wipe")),
    "other_transition": otio_joins(_first, lambda style: style == "glitch"),
    "crossfade": otio_joins(sounds, bool), "speed": otio_speed, "muted_sound": otio_muted,
    "muted_track": otio_muted_tracks, "marker": otio_markers("at", "name"),
    "marker_comment": otio_markers("comment"), "marker_colour": otio_markers("colour"),
    "unusual_rate": otio_rate,
}  # fmt: skip
EDL: dict[str, Check] = {
    "clip": edl_places, "clip_name": edl_names, "source_range": edl_places, "media": edl_media,
    "gap": edl_gaps, "sound": edl_sounds, "further_transition": edl_joins(_further, 1, video=True),
    "dissolve": edl_joins(_first, 0, video=True), "crossfade": edl_joins(sounds, 0, video=False),
    "speed": edl_speed, "marker": edl_markers("at", "name"), "marker_colour": edl_markers("colour"),
    "unusual_rate": edl_rate,
}  # fmt: skip
NAMES: tuple[Format, ...] = ("otio", "fcpxml", "edl")
