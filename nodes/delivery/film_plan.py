"""What the cut promises of its master, in the words of the quality report."""

from collections.abc import Iterator
from itertools import pairwise

from state.export import ExportPlan, Loudness
from state.timeline import Clip, Gap, Timeline
from tools.post.layout import Placed, lay_out
from tools.post.picture import picture_track
from tools.post.word_boxes import word_boxes
from tools.quality.limits import Standard
from tools.quality.plan import Plan, Span, TextBox, joined, unplanned

STANDARDS: dict[Loudness, Standard] = {"web": "web", "broadcast": "r128"}
CODECS = {"mp4": ("h264", "aac"), "webm": ("vp9", "opus")}


def plan_of(timeline: Timeline, *, export: ExportPlan | None = None, burn_captions: bool = True) -> Plan:
    """Everything of a timeline that a report has to know, and of the form that was wished for.

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
        video_codec=picture, audio_codec=sound,
        has_sound=bool(sounds), cuts=list(_cuts(placed)), soft=list(_soft(placed, fps)),
        black=[*_black(placed, fps), *_after_the_picture(placed, timeline)],
        still=[_span(part, fps) for part in placed if _is_still(part)],
        quiet=unplanned([whole], sounds, margin_s=0.0), cues=timeline.captions,
        boxes=[TextBox(**vars(box)) for box in word_boxes(burned)], platform=timeline.platform,
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


def _after_the_picture(placed: list[Placed], timeline: Timeline) -> Iterator[Span]:
    """Sound that is longer than the picture is heard over black."""
    shown = placed[-1].end if placed else 0
    if shown < timeline.length:
        yield Span(start_s=shown / timeline.fps, end_s=timeline.duration_s)


def _sounds(timeline: Timeline) -> Iterator[Span]:
    for track in timeline.tracks:
        if track.role != "picture":
            yield from (_span(part, timeline.fps) for part in lay_out(track) if isinstance(part.item, Clip))
