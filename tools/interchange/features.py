"""What a cut has of all that a format may or may not carry, counted."""

from collections.abc import Callable, Iterable

from state.timeline import Clip, Gap, Overlay, Timeline, Track, Transition
from tools.interchange.edl_events import CHANNELS, sound_channels
from tools.interchange.media import media_files

Count = Callable[[Timeline], int]
USUAL_RATES = (24, 25, 30, 50, 60)
"""Whole rates that Final Cut has projects for."""


def counted(timeline: Timeline) -> dict[str, int]:
    """How many there are of each feature that the cut has, by the names of `carries.toml`."""
    counts = {name: count(timeline) for name, count in FEATURES.items()}
    return {name: count for name, count in counts.items() if count}


def _pictures(timeline: Timeline) -> list[Track]:
    return [track for track in timeline.tracks if track.role == "picture"]


def _sound_tracks(timeline: Timeline) -> list[Track]:
    return [track for track in timeline.tracks if track.role != "picture"]


def _of(tracks: Iterable[Track]) -> list[Clip]:
    return [item for track in tracks for item in track.items if isinstance(item, Clip)]


def _shots(timeline: Timeline) -> list[Clip]:
    return _of(_pictures(timeline))


def _sounds(timeline: Timeline) -> list[Clip]:
    return _of(_sound_tracks(timeline))


def _joins(tracks: Iterable[Track]) -> list[Transition]:
    return [item for track in tracks for item in track.items if isinstance(item, Transition)]


def is_wipe(style: str) -> bool:
    """Whether an edge that stands or lies moves over the picture."""
    return style.rpartition("_")[0] in ("wipe", "soft_wipe")


def _kind(style: str) -> str:
    return "dissolve" if style == "dissolve" else "wipe" if is_wipe(style) else "other"


def _of_kind(kind: str) -> Count:
    return lambda cut: sum(_kind(one.style) == kind for one in _joins(_pictures(cut)[:1]))


def _shots_that(test: Callable[[Clip], object]) -> Count:
    return lambda cut: sum(bool(test(clip)) for clip in _shots(cut))


def _sounds_that(test: Callable[[Clip], object]) -> Count:
    return lambda cut: sum(bool(test(clip)) for clip in _sounds(cut))


def _sound_tracks_that(test: Callable[[Track], object]) -> Count:
    return lambda cut: sum(bool(test(track)) for track in _sound_tracks(cut))


def _overlays_that(test: Callable[[Overlay], bool]) -> Count:
    return lambda cut: sum(test(overlay) for overlay in cut.overlays)


def _gaps(cut: Timeline) -> int:
    return sum(isinstance(item, Gap) for track in cut.tracks for item in track.items)


def _looks(clip: Clip) -> bool:
    return any(effect.media is None for effect in clip.effects)


def _luts(clip: Clip) -> bool:
    return any(effect.media is not None for effect in clip.effects)


def _links(cut: Timeline) -> int:
    links = [one.link for one in _sounds(cut)]
    links += [one.link for one in cut.captions] + [one.link for one in cut.overlays]
    return sum(bool(link) for link in links)


FEATURES: dict[str, Count] = {
    "clip": lambda cut: len(_shots(cut)),
    "clip_name": lambda cut: sum(bool(clip.name) for clip in [*_shots(cut), *_sounds(cut)]),
    "source_range": lambda cut: len(_shots(cut)),
    "media": lambda cut: len(media_files(cut)),
    "gap": _gaps,
    "sound": lambda cut: len(_sounds(cut)),
    "sound_kind": lambda cut: len(_sounds(cut)),
    "more_than_four_channels": lambda cut: max(0, len(sound_channels(cut)) - len(CHANNELS)),
    "further_picture": lambda cut: max(0, len(_pictures(cut)) - 1),
    "further_transition": lambda cut: len(_joins(_pictures(cut)[1:])),
    "dissolve": _of_kind("dissolve"),
    "wipe": _of_kind("wipe"),
    "other_transition": _of_kind("other"),
    "crossfade": lambda cut: len(_joins(_sound_tracks(cut))),
    "speed": _shots_that(lambda clip: clip.speed != 1),
    "crop": _shots_that(lambda clip: clip.crop),
    "fit": _shots_that(lambda clip: clip.fit == "fit"),
    "blurred_fit": _shots_that(lambda clip: clip.fit == "blur"),
    "look": _shots_that(_looks),
    "film_look": lambda cut: len(cut.effects),
    "lut": _shots_that(_luts),
    "picture_fade": _shots_that(lambda clip: clip.fade_in or clip.fade_out),
    "sound_level": _sounds_that(lambda clip: clip.gain_db),
    "sound_fade": _sounds_that(lambda clip: clip.fade_in or clip.fade_out),
    "track_level": _sound_tracks_that(lambda track: track.gain_db),
    "track_fade": _sound_tracks_that(lambda track: track.fade_in or track.fade_out),
    "film_level": lambda cut: bool(cut.gain_db),
    "muted_sound": _sounds_that(lambda clip: clip.muted),
    "muted_track": _sound_tracks_that(lambda track: track.muted),
    "room": _sounds_that(lambda clip: clip.room != "open"),
    "caption": lambda cut: len(cut.captions),
    "caption_words": lambda cut: sum(bool(one.words) for one in cut.captions),
    "caption_style": lambda cut: cut.caption_style is not None,
    "title": lambda cut: len(cut.titles),
    "words_over": _overlays_that(lambda one: one.kind != "logo"),
    "logo": _overlays_that(lambda one: one.kind == "logo"),
    "marker": lambda cut: len(cut.markers),
    "marker_comment": lambda cut: sum(bool(one.comment) for one in cut.markers),
    "marker_colour": lambda cut: sum(one.colour != "WHITE" for one in cut.markers),
    "size": lambda cut: 1,
    "unusual_rate": lambda cut: cut.fps not in USUAL_RATES,
    "link": _links,
}
