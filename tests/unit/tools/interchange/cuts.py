"""A cut with one of everything that a format may carry, and the same cut without one of them."""

import re
from collections.abc import Callable

from state.media import MediaRef
from state.timeline import (
    CaptionStyle,
    Clip,
    Crop,
    Cue,
    CueWord,
    Effect,
    Gap,
    Marker,
    Overlay,
    Timeline,
    TimeRange,
    Title,
    Track,
    Transition,
)
from tests.unit.tools.cuts.cutting import media

FPS = 24


def shot(name: str, start: int, length: int, **more: object) -> Clip:
    file = media(name, seconds=20.0).model_copy(update={"width": 640, "height": 360})
    return Clip.model_validate(
        {
            "name": name,
            "media": file,
            "source": TimeRange(start=start, length=length),
            "id": re.sub(r"\W", "_", name),
            **more,
        }
    )


def sound(name: str, length: int, *, start: int = 0, **more: object) -> Clip:
    file = media(name, "audio/wav", 30.0)
    return Clip.model_validate(
        {
            "name": name,
            "media": file,
            "source": TimeRange(start=start, length=length),
            "id": re.sub(r"\W", "_", name),
            **more,
        }
    )


def still(name: str, length: int) -> Clip:
    file = media(name, "image/png", None)
    return Clip(name=name, media=file, source=TimeRange(start=0, length=length), id=name)


def lut() -> MediaRef:
    return media("warm", "application/x-cube", None)


def join(style: str, length: int) -> Transition:
    return Transition(style=style, length=length)


def full_cut() -> Timeline:
    """Every feature of `carries.toml` but a rate of its own."""
    picture = [
        shot("A", 10, 48), join("dissolve", 12), shot("B", 5, 120, speed=2.0, frames=60),
        join("wipe_left", 9), shot("C", 30, 40, crop=Crop(left=10, top=5)), join("glitch", 8),
        shot("D", 0, 48, fit="fit"), Gap(length=24),
        shot("E", 7, 40, fit="blur", fade_in=6, fade_out=5, effects=[
            Effect(name="grain", strength=0.3, values={"size": 2}), Effect(name="lut", media=lut(), on=False),
        ]),
        still("F", 30),
    ]  # fmt: skip
    above = [Gap(length=20), shot("X", 3, 20), join("dissolve", 6), shot("Y", 9, 20)]
    voice = [
        Gap(length=6), sound("line 1", 24, room="hall", gain_db=-3.5, fade_in=4, fade_out=8, link="A"),
        Gap(length=10), sound("line 2", 20, start=12, muted=True),
    ]  # fmt: skip
    rooms = [sound("room 1", 80), join("dissolve", 24), sound("room 2", 90, start=15)]
    return Timeline(
        name="Everything",
        fps=FPS,
        width=320,
        height=180,
        tracks=[
            Track(name="picture", role="picture", items=picture),
            Track(name="above", role="picture", items=above),
            Track(name="voice/Ana", role="voice", items=voice),
            Track(name="room tone", role="ambience", items=rooms),
            Track(
                name="music", role="music", items=[sound("song", 120)], gain_db=-6, fade_in=12, fade_out=24
            ),
            Track(name="effects", role="effects", items=[Gap(length=30), sound("door", 12)]),
            Track(name="effects/2", role="effects", items=[Gap(length=33), sound("bell", 12)]),
            Track(name="takes", role="native", items=[sound("own", 30)], muted=True),
        ],
        markers=[
            Marker(at=20, name="Dark", comment="Lift it", colour="RED", id="m1"),
            Marker(at=70, name="Slow", comment="Trim", colour="YELLOW", id="m2"),
            Marker(at=120, name="Good", comment="Keep", colour="GREEN", id="m3"),
            Marker(at=1, name="Here", id="m4"),
        ],
        captions=[
            Cue(
                start_s=0.25,
                end_s=1.25,
                text="Where are you?",
                speaker="Ana",
                id="q1",
                link="A",
                words=[CueWord(text="Where", start_s=0.25, end_s=0.5)],
            ),
            Cue(start_s=2, end_s=3, text="Here.", voice_over=True, id="q2"),
        ],
        titles=[Title(start_s=0.5, end_s=1.5, text="The kitchen")],
        overlays=[
            Overlay(kind="cta", text="Buy now", start=100, length=20, opacity=0.5, fade=3, id="o1"),
            Overlay(kind="logo", media=media("logo", "image/png", None), start=0, width=15, id="o2"),
        ],
        effects=[Effect(name="vignette", strength=1 / 3)],
        caption_style=CaptionStyle(size=1.2),
        gain_db=-2,
    )


def with_clips(cut: Timeline, change: Callable[[Clip], Clip]) -> Timeline:
    """The cut with each clip changed."""
    return with_items(cut, lambda item: change(item) if isinstance(item, Clip) else item)


def with_items(cut: Timeline, change: Callable[[object], object | None]) -> Timeline:
    """The cut with each item changed; None takes it out."""
    tracks = []
    for track in cut.tracks:
        items = [change(item) for item in track.items]
        tracks.append(track.model_copy(update={"items": [item for item in items if item is not None]}))
    return cut.model_copy(update={"tracks": tracks})


def with_tracks(cut: Timeline, change: Callable[[Track], Track | None]) -> Timeline:
    """The cut with each track changed; None takes it out."""
    tracks = [change(track) for track in cut.tracks]
    return cut.model_copy(update={"tracks": [track for track in tracks if track is not None]})


def _set(**fields: object) -> Callable[[Timeline], Timeline]:
    return lambda cut: with_clips(cut, lambda clip: clip.model_copy(update=fields))


def _film(**fields: object) -> Callable[[Timeline], Timeline]:
    return lambda cut: cut.model_copy(update=fields)


def _no_join(test: Callable[[Transition], bool]) -> Callable[[Timeline], Timeline]:
    return lambda cut: with_items(
        cut, lambda item: None if isinstance(item, Transition) and test(item) else item
    )


def _notes(**fields: object) -> Callable[[Timeline], Timeline]:
    return lambda cut: cut.model_copy(
        update={"markers": [one.model_copy(update=fields) for one in cut.markers]}
    )


def _sounds_only(cut: Timeline) -> Timeline:
    return with_tracks(cut, lambda track: None if track.role == "picture" else track)


def _pictures_only(cut: Timeline) -> Timeline:
    return with_tracks(cut, lambda track: track if track.role == "picture" else None)


def _one_picture(cut: Timeline) -> Timeline:
    return with_tracks(cut, lambda track: None if track.name == "above" else track)


def _four_channels(cut: Timeline) -> Timeline:
    return with_tracks(cut, lambda track: None if track.name in ("effects/2", "takes") else track)


def _moved(cut: Timeline) -> Timeline:
    return with_clips(
        cut,
        lambda clip: clip.model_copy(
            update={"source": clip.source.model_copy(update={"start": clip.source.start + 1})}
        ),
    )


WITHOUT: dict[str, Callable[[Timeline], Timeline]] = {
    "clip": _sounds_only,
    "clip_name": _set(name=""),
    "source_range": _moved,
    "media": lambda cut: with_clips(cut, lambda clip: clip.model_copy(update={"media": media("another")})),
    "gap": lambda cut: with_items(cut, lambda item: None if isinstance(item, Gap) else item),
    "sound": _pictures_only,
    "sound_kind": lambda cut: with_tracks(
        cut, lambda one: one if one.role == "picture" else one.model_copy(update={"role": "native"})
    ),
    "more_than_four_channels": _four_channels,
    "further_picture": _one_picture,
    "further_transition": _no_join(lambda one: one.length == 6),
    "dissolve": _no_join(lambda one: one.length == 12),
    "wipe": _no_join(lambda one: one.style == "wipe_left"),
    "other_transition": _no_join(lambda one: one.style == "glitch"),
    "crossfade": _no_join(lambda one: one.length == 24),
    "speed": _set(speed=1.0),
    "crop": _set(crop=None),
    "fit": _set(fit="fill"),
    "picture_fade": _set(fade_in=0, fade_out=0),
    "sound_level": _set(gain_db=0.0),
    "sound_fade": _set(fade_in=0, fade_out=0),
    "muted_sound": _set(muted=False),
    "muted_track": lambda cut: with_tracks(cut, lambda one: one.model_copy(update={"muted": False})),
    "caption": _film(captions=[]),
    "marker": _film(markers=[]),
    "marker_comment": _notes(comment=""),
    "marker_colour": _notes(colour="WHITE"),
    "size": _film(width=322, height=182),
    "unusual_rate": _film(fps=24),
}
"""The cut without a feature, for everything that some format carries."""
