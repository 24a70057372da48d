"""What the cut promises of its master, in the words of the quality report."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from state.export import ExportPlan, Loudness
from state.timeline import Clip, Gap, Timeline, Track
from tools.post.layout import Placed, lay_out
from tools.post.picture import picture_track
from tools.post.titles import Label
from tools.post.word_boxes import word_boxes
from tools.post.written import NOTHING, FilesOver
from tools.quality.limits import Standard
from tools.quality.plan import Paced, Plan, Span, TextBox, joined, unplanned

NO_RATES: Mapping[str, float] = {}
STANDARDS: dict[Loudness, Standard] = {"web": "web", "broadcast": "r128"}
CODECS = {"mp4": ("h264", "aac"), "webm": ("vp9", "opus")}
_SAME_RATE = 0.1
"""29.97 frames a second in a film of 30 repeat one in half a minute."""
_INAUDIBLE_DB = -40.0
"""What is turned down so far was not promised to be heard."""


def plan_of(
    timeline: Timeline, *, export: ExportPlan | None = None, burn_captions: bool = True,
    label: Label | None = None, files: FilesOver = NOTHING, rates: Mapping[str, float] = NO_RATES,
) -> Plan:  # fmt: skip
    """Everything of a timeline that a report has to know, and of the form that was wished for.

    `label` and `files` are those that it was rendered with: they say where words stand.
    `rates` are the frames a second of its takes, by their keys: one that is not there has the film's.

    Raises:
        PostError: a transition of the cut does not fit.
    """
    placed, fps = lay_out(picture_track(timeline)), timeline.fps
    burned = timeline if burn_captions else timeline.model_copy(update={"captions": []})
    sounds = joined(_sounds(timeline))
    picture, sound = CODECS[export.container if export else "mp4"]
    standard = STANDARDS[export.loudness if export else "web"]
    whole = Span(start_s=0.0, end_s=timeline.duration_s)
    return Plan(
        fps=fps, width=timeline.width, height=timeline.height, frames=timeline.length, standard=standard,
        video_codec=picture, audio_codec=sound, under_db=timeline.gain_db,
        has_sound=bool(sounds), cuts=list(_cuts(placed)), soft=list(_soft(placed, fps)),
        black=[*_black(placed, fps), *_faded(placed, fps), *_after_the_picture(placed, timeline)],
        still=[_span(part, fps) for part in placed if _is_still(part)],
        paced=list(_paced(placed, fps, rates)),
        quiet=unplanned([whole], sounds, margin_s=0.0), cues=timeline.captions,
        boxes=[TextBox(**vars(box)) for box in word_boxes(burned, label, files=files)],
        platform=timeline.platform,
    )  # fmt: skip


def _span(part: Placed, fps: int) -> Span:
    return Span(start_s=part.start / fps, end_s=part.end / fps)


def _is_still(part: Placed) -> bool:
    return isinstance(part.item, Gap) or part.item.media.media_type == "image"


def _cuts(placed: list[Placed]) -> Iterator[int]:
    """Straight cuts between different pictures: a clip that was only divided goes on."""
    for before, after in pairwise(placed):
        if after.entry.style == "cut" and not _goes_on(before, after):
            yield after.start


def _goes_on(before: Placed, after: Placed) -> bool:
    one, other = before.item, after.item
    if isinstance(one, Clip) and isinstance(other, Clip) and one.media.key == other.media.key:
        return one.media.media_type == "image" or one.source.end == other.source.start
    return isinstance(one, Gap) and isinstance(other, Gap)


def _soft(placed: list[Placed], fps: int) -> Iterator[Span]:
    for part in placed:
        if part.entry.length:
            yield Span(start_s=part.start / fps, end_s=(part.start + part.entry.length) / fps)


def _black(placed: list[Placed], fps: int) -> Iterator[Span]:
    """Gaps, and the moment at which a dip is black."""
    for part in placed:
        if isinstance(part.item, Gap):
            yield _span(part, fps)
        if part.entry.style == "fade_black":
            yield Span(start_s=part.start / fps, end_s=(part.start + part.entry.length) / fps)


def _faded(placed: list[Placed], fps: int) -> Iterator[Span]:
    """Where a shot comes out of black, and where it goes there."""
    for part in placed:
        if isinstance(part.item, Clip):
            if part.item.fade_in:
                yield Span(start_s=part.start / fps, end_s=(part.start + part.item.fade_in) / fps)
            if part.item.fade_out:
                yield Span(start_s=(part.end - part.item.fade_out) / fps, end_s=part.end / fps)


def _paced(placed: list[Placed], fps: int, rates: Mapping[str, float]) -> Iterator[Paced]:
    """Takes that are slower than the film, of their own or because they were slowed down."""
    for part in placed:
        if isinstance(part.item, Clip) and not _is_still(part):
            shown = min(fps, rates.get(part.item.media.key, fps)) * part.item.speed
            if shown < fps - _SAME_RATE:
                span = _span(part, fps)
                yield Paced(start_s=span.start_s, end_s=span.end_s, repeats_per_s=fps - shown)


def _after_the_picture(placed: list[Placed], timeline: Timeline) -> Iterator[Span]:
    """Sound that is longer than the picture is heard over black."""
    shown = placed[-1].end if placed else 0
    if shown < timeline.length:
        yield Span(start_s=shown / timeline.fps, end_s=timeline.duration_s)


def _sounds(timeline: Timeline) -> Iterator[Span]:
    """What is to be heard; what is switched off or turned down to nothing is not."""
    for track in timeline.tracks:
        if track.role != "picture" and not track.muted:
            yield from (_span(part, timeline.fps) for part in lay_out(track) if _is_heard(part, track))


def _is_heard(part: Placed, track: Track) -> bool:
    clip = part.item
    return isinstance(clip, Clip) and not clip.muted and clip.gain_db + track.gain_db > _INAUDIBLE_DB
