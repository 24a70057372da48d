"""A cut as an OpenTimelineIO file, with nothing lost: `otio_read` gives the same cut back."""

from collections.abc import Container

import orjson

from state.errors import EditRefused
from state.timeline import Clip, Effect, Gap, Marker, Timeline, Track
from tools.interchange import otio_schema as otio
from tools.interchange.butted import Laid, lay
from tools.interchange.media import MediaFile, frames_of, media_files
from tools.interchange.otio_schema import Json
from tools.interchange.timecode import HOUR

CLIP_FIELDS = {"id", "link", "gain_db", "room", "crop", "fit", "fade_in", "fade_out"}
TRACK_FIELDS = {"role", "gain_db", "fade_in", "fade_out"}
FILM_FIELDS = {"width", "height", "captions", "titles", "overlays", "effects", "caption_style", "gain_db"}
"""What OpenTimelineIO has no field for, of each."""


def write_otio(timeline: Timeline, *, missing: Container[str] = ()) -> str:
    """The cut as JSON. Media whose keys are in `missing` get a `MissingReference`.

    Raises:
        EditRefused: a cut without a rate.
        PostError: a transition that does not fit between its neighbours.
    """
    if timeline.fps < 1:
        raise EditRefused("The cut has no frames a second.", user_action="Give it a rate of 1 or more.",
                          details={"field": "fps"})  # fmt: skip
    writing = _Writing(timeline, media_files(timeline), missing)
    whole = {
        "OTIO_SCHEMA": "Timeline.1", "metadata": otio.kept(_film(timeline)),
        "name": otio.words(timeline.name),
        "global_start_time": otio.moment(HOUR * timeline.fps, timeline.fps),
        "tracks": otio.item(
            "Stack.1", "tracks", {}, markers=[_marker(one, timeline.fps) for one in timeline.markers],
            children=[writing.track(track) for track in timeline.tracks],
        ),
    }  # fmt: skip
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2).decode()


def source_of(clip: Clip, head: int, tail: int) -> tuple[int, int]:
    """The source frame at the cut into a clip, and the frames of the cut that it fills up to the next."""
    return clip.source.start + round(head * clip.speed), clip.length - head - tail


class _Writing:
    """One cut on its way out."""

    def __init__(self, timeline: Timeline, files: dict[str, MediaFile], missing: Container[str]) -> None:
        self._fps, self._files, self._missing = timeline.fps, files, missing

    def track(self, track: Track) -> Json:
        picture = track.role == "picture"
        ours = track.model_dump(mode="json", include=TRACK_FIELDS)
        if picture:
            ours["muted"] = track.muted
        children: list[Json] = []
        for laid in lay(track):
            children += [otio.transition(laid.entry, self._fps)] if laid.entry else []
            children.append(self._item(laid, picture))
        return otio.item(
            "Track.1", track.name, ours, enabled=picture or not track.muted, children=children,
            kind="Video" if picture else "Audio",
        )  # fmt: skip

    def _item(self, laid: Laid, picture: bool) -> Json:
        if isinstance(laid.item, Gap):
            return otio.item("Gap.1", "", {}, source=otio.span(0, laid.length, self._fps))
        return self._clip(laid.item, laid, picture)

    def _clip(self, clip: Clip, laid: Laid, picture: bool) -> Json:
        ours = clip.model_dump(mode="json", include=CLIP_FIELDS)
        if picture:
            ours["muted"] = clip.muted
        if clip.speed != 1 or clip.frames is not None:
            ours |= {"source": clip.source.model_dump(mode="json"), "frames": clip.frames}
            ours["speed"] = clip.speed
        start, length = source_of(clip, laid.head, laid.tail)
        effects = [otio.warp(clip.speed)] if clip.speed != 1 else []
        return otio.item(
            "Clip.2", clip.name, ours, source=otio.span(start, length, self._fps),
            effects=[*effects, *(_effect(one) for one in clip.effects)], enabled=picture or not clip.muted,
            media_references={otio.ACTIVE: self._reference(clip)}, active_media_reference_key=otio.ACTIVE,
        )  # fmt: skip

    def _reference(self, clip: Clip) -> Json:
        file, has = self._files[clip.media.key], frames_of(clip.media, self._fps)
        available = otio.span(0, has, self._fps) if has else None
        ours = {"media": clip.media.model_dump(mode="json"), "path": file.path}
        return otio.reference(file.url, ours, available, missing=clip.media.key in self._missing)


def _effect(one: Effect) -> Json:
    return otio.effect(one.name, one.on, one.model_dump(mode="json", include={"strength", "media", "values"}))


def _marker(one: Marker, fps: int) -> Json:
    return otio.marker(one.name, one.colour, one.at, one.comment, {"id": one.id} if one.id else {}, fps)


def _film(timeline: Timeline) -> Json:
    return {"version": 1, **timeline.model_dump(mode="json", include=FILM_FIELDS)}
