"""What the cut says that a master has to be: the report finds faults, not decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from state.timeline import Cue
from tools.quality.limits import Standard


@dataclass(frozen=True, kw_only=True, order=True)
class Span:
    """Seconds from the start of the film."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Length in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, kw_only=True)
class TextBox:
    """Burned-in words: where, in shares of width and height from the upper left corner, and when."""

    start_s: float
    end_s: float
    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The promise of one master."""

    fps: float
    width: int
    height: int
    frames: int
    video_codec: str = "h264"
    audio_codec: str = "aac"
    audio_rate_hz: int = 48_000
    standard: Standard = "web"
    has_sound: bool = True
    """Whether something is to be heard; the stream is there anyway."""
    cuts: Sequence[int] = ()
    """Frames at which another picture stands there at once."""
    soft: Sequence[Span] = ()
    """Transitions: here pictures change as they please, and no cut is looked for."""
    black: Sequence[Span] = ()
    still: Sequence[Span] = ()
    quiet: Sequence[Span] = ()
    """No sound lies on any track."""
    cues: Sequence[Cue] = ()
    boxes: Sequence[TextBox] = ()
    platform: str | None = None
    """Where it will be shown; None is wherever pictures of its shape are."""

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.frames / self.fps


def joined(spans: Iterable[Span], *, apart_s: float = 0.0) -> list[Span]:
    """In order, those that touch or lie closer than `apart_s` made one."""
    done: list[Span] = []
    for span in sorted(spans):
        if done and span.start_s <= done[-1].end_s + apart_s + 1e-9:
            done[-1] = Span(start_s=done[-1].start_s, end_s=max(done[-1].end_s, span.end_s))
        else:
            done.append(span)
    return done


def unplanned(spans: Iterable[Span], planned: Iterable[Span], *, margin_s: float) -> list[Span]:
    """What is left of the spans beside the planned ones, which reach `margin_s` further to both sides."""
    wide = joined(Span(start_s=one.start_s - margin_s, end_s=one.end_s + margin_s) for one in planned)
    return [part for span in spans for part in _without(span, wide)]


def _without(span: Span, holes: Sequence[Span]) -> list[Span]:
    parts, at = [], span.start_s
    for hole in holes:
        if hole.end_s <= at or hole.start_s >= span.end_s:
            continue
        if hole.start_s > at:
            parts.append(Span(start_s=at, end_s=hole.start_s))
        at = max(at, hole.end_s)
    if at < span.end_s:
        parts.append(Span(start_s=at, end_s=span.end_s))
    return parts
