"""From shots to a timeline: the arithmetic of the cut.

Pure: no file is opened. Every voice is placed from the first frame of its own shot, so
nothing that happens at a scene change can move it against its picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from state.media import MediaRef
from state.order import WordTime
from state.timeline import Clip, Cue, Gap, Item, Marker, Room, Timeline, TimeRange, Title, Track, Transition
from tools.post.captions import SpokenLine, cues, line_chars
from tools.post.titles import title_span

DISSOLVE_S = 1 / 3
DIP_S = 0.5
"""A dip to black says that time has passed; both halves together."""
OPEN_S, CLOSE_S = 0.5, 0.75
"""A film with cards comes out of black and goes back into it."""
Join = Literal["cut", "dissolve", "dip"]
ROOM_FADE_S = 1.0
ANCHOR_S = 0.5
"""A frame that a take should have begun or ended with blends with it for so long."""
_MERCY_FRAMES = 2
"""A take that is this much longer than its shot by rounding is no handle for a dissolve."""


@dataclass(frozen=True, kw_only=True)
class CutVoice:
    """One recorded line; `start_s` counts from the first frame of its shot, words from the file's start."""

    media: MediaRef
    start_s: float
    duration_s: float
    speaker: str
    words: Sequence[WordTime] = ()
    room: Room = "open"
    voice_over: bool = False
    measured: bool = False
    """Whether its engine told when the words are said; else they share its time by their letters."""


@dataclass(frozen=True, kw_only=True)
class CutEffect:
    """One sound that something in the picture makes; `at_s` counts from the first frame of its shot."""

    name: str
    media: MediaRef
    at_s: float


@dataclass(frozen=True, kw_only=True)
class CutShot:
    """One shot as it is used: the first `duration_s` of its selected take."""

    slate: str
    take: MediaRef
    duration_s: float
    voices: Sequence[CutVoice] = ()
    effects: Sequence[CutEffect] = ()
    title: str = ""
    """Words that come up over its first seconds: where or when we are."""
    opens_on: MediaRef | None = None
    """A still that blends into the take: the frame that it could not be told to begin with."""
    closes_on: MediaRef | None = None
    """A still that the take blends into: the frame that it could not be told to end with."""
    note: str = ""
    """A review note, which becomes a marker at the shot's first frame."""
    colour: Literal["RED", "YELLOW", "GREEN", "WHITE"] = "WHITE"


@dataclass(frozen=True, kw_only=True)
class CutScene:
    """Shots that are cut straight; how the scene joins the one before it is its own."""

    shots: Sequence[CutShot]
    join: Join = "dissolve"
    room_tone: MediaRef | None = None
    """The bed of its place; it also reaches under the card before or after it."""


@dataclass(frozen=True, kw_only=True)
class Card:
    """A title or end card: a moving picture, or a still shown for a while."""

    media: MediaRef
    duration_s: float


@dataclass(kw_only=True)
class _Cutting:
    """The cut while it grows. `at` is the first frame after what is laid so far."""

    fps: int
    at: int = 0
    picture: list[Item] = field(default_factory=list)
    voices: list[tuple[int, CutVoice]] = field(default_factory=list)
    effects: list[tuple[int, CutEffect]] = field(default_factory=list)
    scene_starts: list[int] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    titles: list[Title] = field(default_factory=list)
    card_at: int | None = None
    """The frame at which the end card comes in."""

    def frames(self, seconds: float) -> int:
        return max(1, round(seconds * self.fps))

    def last_length(self) -> int:
        last = self.picture[-1] if self.picture else None
        return last.source.length if isinstance(last, Clip) else 0


def assemble_cut(
    name: str,
    size: tuple[int, int],
    fps: int,
    scenes: Sequence[CutScene],
    *,
    title: Card | None = None,
    end: Card | None = None,
    music: MediaRef | None = None,
    dissolve_s: float = DISSOLVE_S,
) -> Timeline:
    """Lay title, scenes and end card one after the other, with all their sounds, captions and markers.

    Scenes join as each of them says. A take with frames to spare gives them to the transition;
    otherwise the two shots overlap and the cut is shorter by that much. After a title card the
    first scene always dissolves.
    """
    cutting = _Cutting(fps=fps)
    lengths = {"cut": 0.0, "dissolve": dissolve_s, "dip": DIP_S if dissolve_s else 0.0}
    _open_on(cutting, title, dissolve_s)
    for scene in scenes:
        join: Join = "dissolve" if scene is scenes[0] else scene.join
        for number, shot in enumerate(scene.shots):
            if number:
                between: Join = "dissolve" if _differ(scene.shots[number - 1], shot) else "cut"
                _lay_shot(cutting, shot, between, lengths[between])
                continue
            start = _lay_shot(cutting, shot, join, lengths[join])
            cutting.scene_starts.append(start)
    _close_on(cutting, end, dissolve_s)
    tracks = [
        Track(name="picture", role="picture", items=cutting.picture),
        *_voice_tracks(cutting),
        *_effect_tracks(cutting),
        *_ambience(cutting, [scene for scene in scenes if scene.shots]),
    ]
    timeline = Timeline(
        name=name, fps=fps, width=size[0], height=size[1], tracks=tracks, markers=cutting.markers,
        captions=_captions(cutting, line_chars(size)), titles=cutting.titles,
    )  # fmt: skip
    return with_music(timeline, music) if music else timeline


def with_music(timeline: Timeline, music: MediaRef, *, gain_db: float = 0.0) -> Timeline:
    """The same cut with this music, which ends with the picture.

    Longer music is cut off at the last frame; shorter music comes in late, so that its
    own ending is still the end.
    """
    total = timeline.length
    length = min(total, round((music.duration_s or timeline.duration_s) * timeline.fps))
    items: list[Item] = [Gap(length=total - length)] if length < total else []
    source = TimeRange(start=0, length=max(1, length))
    items.append(Clip(name="music", media=music, source=source, gain_db=gain_db))
    others = [track for track in timeline.tracks if track.role != "music"]
    return timeline.model_copy(update={"tracks": [*others, Track(name="music", role="music", items=items)]})


def _open_on(cutting: _Cutting, card: Card | None, dissolve_s: float) -> None:
    """The title comes out of black, which takes nothing from its time."""
    if not card:
        return
    length = cutting.frames(card.duration_s)
    _fade_with_black(cutting, min(cutting.frames(OPEN_S), length // 2), dissolve_s, first=True)
    cutting.picture.append(Clip(name="title", media=card.media, source=TimeRange(start=0, length=length)))
    cutting.at = length


def _close_on(cutting: _Cutting, card: Card | None, dissolve_s: float) -> None:
    if not card:
        return
    length = cutting.frames(card.duration_s)
    cutting.card_at = _lay(cutting, card.media, "end", length, "dissolve", dissolve_s)
    _fade_with_black(cutting, min(cutting.frames(CLOSE_S), length // 2), dissolve_s, first=False)


def _fade_with_black(cutting: _Cutting, frames: int, dissolve_s: float, *, first: bool) -> None:
    """Black that lies wholly inside a dissolve with the card beside it."""
    if not dissolve_s or frames < 2:
        return
    black, fade = Gap(length=frames), Transition(style="dissolve", length=frames)
    cutting.picture += [black, fade] if first else [fade, black]


def _differ(before: CutShot, after: CutShot) -> bool:
    """Whether two frames meet that are both kept and differ: one goes over into the other (S4-066)."""
    ends, begins = before.closes_on, after.opens_on
    return ends is not None and begins is not None and ends.key != begins.key


def _lay_shot(cutting: _Cutting, shot: CutShot, join: Join, join_s: float) -> int:
    length = cutting.frames(shot.duration_s)
    start = _lay(cutting, shot.take, shot.slate, length, join, join_s)
    if shot.opens_on is not None:
        _open_on_still(cutting, shot.opens_on)
    if shot.closes_on is not None:
        _close_on_still(cutting, shot.closes_on)
    cutting.voices += [(start, voice) for voice in shot.voices]
    cutting.effects += [(start + round(effect.at_s * cutting.fps), effect) for effect in shot.effects]
    if shot.title and (span := title_span(length / cutting.fps)):
        begins, ends = (start / cutting.fps + at for at in span)
        cutting.titles.append(Title(start_s=begins, end_s=ends, text=shot.title))
    if shot.note:
        marker = Marker(at=start, name=shot.slate, comment=shot.note, colour=shot.colour)
        cutting.markers.append(marker)
    return start


def _lay(cutting: _Cutting, media: MediaRef, name: str, length: int, join: Join, join_s: float) -> int:
    """Put a clip at the end, with a transition into it when asked; the frame at which it begins."""
    overlap = min(round(join_s * cutting.fps), cutting.last_length() // 2, length // 2)
    if join == "dissolve" and overlap >= 2:
        cutting.at -= overlap - _use_handle(cutting, overlap)
        cutting.picture.append(Transition(style="dissolve", length=overlap))
    elif join == "dip" and overlap >= 4:
        _dip(cutting, overlap // 2)
    start = cutting.at
    cutting.picture.append(Clip(name=name, media=media, source=TimeRange(start=0, length=length)))
    cutting.at = start + length
    return start


def _dip(cutting: _Cutting, half: int) -> None:
    """Into black and out of it again, inside the two clips: nobody's words overlap and no time is lost."""
    fade = Transition(style="dissolve", length=half)
    cutting.picture += [fade, Gap(length=2 * half), fade]


def _open_on_still(cutting: _Cutting, still: MediaRef) -> None:
    """Let the last clip come out of a still that lies over its beginning: neither it nor its sounds move.

    The transition into the shot is the still's, which is longer by so much.
    """
    clip, before = cutting.picture[-1], cutting.picture[-2:-1]
    entry = before[0].length if before and isinstance(before[0], Transition) else 0
    if not isinstance(clip, Clip) or (blend := _blend(cutting, clip.source.length - entry)) < 2:
        return
    source = TimeRange(start=clip.source.start + entry, length=clip.source.length - entry)
    cutting.picture[-1:] = [
        Clip(name=clip.name, media=still, source=TimeRange(start=0, length=entry + blend)),
        Transition(style="dissolve", length=blend),
        clip.model_copy(update={"source": source}),
    ]


def _close_on_still(cutting: _Cutting, still: MediaRef) -> None:
    """Let the last clip go over into a still, which is seen alone for as long and joins what follows."""
    clip, before = cutting.picture[-1], cutting.picture[-2:-1]
    entry = before[0].length if before and isinstance(before[0], Transition) else 0
    if not isinstance(clip, Clip) or (blend := _blend(cutting, clip.source.length - entry) // 2) < 2:
        return
    source = TimeRange(start=clip.source.start, length=clip.source.length - blend)
    cutting.picture[-1:] = [
        clip.model_copy(update={"source": source}),
        Transition(style="dissolve", length=blend),
        Clip(name=clip.name, media=still, source=TimeRange(start=0, length=2 * blend)),
    ]


def _blend(cutting: _Cutting, length: int) -> int:
    """How many frames of a clip may be blended: never more than half of them."""
    return min(cutting.frames(ANCHOR_S), length // 2)


def _use_handle(cutting: _Cutting, overlap: int) -> int:
    """Lengthen the last clip by frames its take has to spare; how many it could give."""
    last = cutting.picture[-1]
    if not isinstance(last, Clip):
        return 0
    has = overlap if last.media.media_type == "image" else _spare(last, cutting.fps)
    given = min(overlap, has)
    source = TimeRange(start=last.source.start, length=last.source.length + given)
    cutting.picture[-1] = last.model_copy(update={"source": source})
    return given


def _spare(clip: Clip, fps: int) -> int:
    spare = int((clip.media.duration_s or 0.0) * fps) - clip.source.end
    return spare if spare > _MERCY_FRAMES else 0


def _voice_tracks(cutting: _Cutting) -> list[Track]:
    """One track for each speaker; a second one where somebody's lines overlap."""
    lanes = _Lanes()
    for start, voice in sorted(_voice_frames(cutting), key=lambda pair: pair[0]):
        source = TimeRange(start=0, length=cutting.frames(voice.duration_s))
        clip = Clip(name=_line_name(voice), media=voice.media, source=source, room=voice.room)
        lanes.lay(f"voice/{voice.speaker}", start, clip)
    return [Track(name=name, role="voice", items=items) for name, (_, items) in lanes.laid.items()]


def _effect_tracks(cutting: _Cutting) -> list[Track]:
    """Effects ring on over the next cut, but never past the last frame."""
    lanes = _Lanes()
    for start, effect in sorted(cutting.effects, key=lambda pair: pair[0]):
        length = min(cutting.frames(effect.media.duration_s or 1.0), cutting.at - start)
        if length >= 1:
            source = TimeRange(start=0, length=length)
            lanes.lay("effects", start, Clip(name=effect.name, media=effect.media, source=source))
    return [Track(name=name, role="effects", items=items) for name, (_, items) in lanes.laid.items()]


@dataclass(kw_only=True)
class _Lanes:
    """Tracks that sounds are laid on; what overlaps goes to one more track."""

    laid: dict[str, tuple[int, list[Item]]] = field(default_factory=dict)

    def lay(self, name: str, start: int, clip: Clip) -> None:
        lane, number = name, 1
        while lane in self.laid and self.laid[lane][0] > start:
            number += 1
            lane = f"{name}/{number}"
        end, items = self.laid.get(lane, (0, []))
        items += [Gap(length=start - end)] if start > end else []
        items.append(clip)
        self.laid[lane] = (start + clip.source.length, items)


def _voice_frames(cutting: _Cutting) -> list[tuple[int, CutVoice]]:
    return [(start + round(voice.start_s * cutting.fps), voice) for start, voice in cutting.voices]


def _line_name(voice: CutVoice) -> str:
    words = " ".join(word.word for word in voice.words[:4])
    return f"{voice.speaker}: {words}" if words else voice.speaker


def _captions(cutting: _Cutting, chars: int) -> list[Cue]:
    """No caption stays on when the end card comes: what is written there is read alone."""
    written = cues(_spoken(cutting), fps=cutting.fps, line_chars=chars)
    if cutting.card_at is None:
        return written
    end_s = cutting.card_at / cutting.fps
    return [
        cue.model_copy(update={"end_s": min(cue.end_s, end_s)}) if cue.start_s < end_s else cue
        for cue in written
    ]


def _spoken(cutting: _Cutting) -> list[SpokenLine]:
    return [
        SpokenLine(
            speaker=voice.speaker,
            start_s=start / cutting.fps,
            words=voice.words,
            voice_over=voice.voice_over,
            measured=voice.measured,
        )
        for start, voice in _voice_frames(cutting)
        if voice.words
    ]


def _ambience(cutting: _Cutting, scenes: Sequence[CutScene]) -> list[Track]:
    """One room tone from the first frame to the last; rooms flow into each other where scenes change."""
    if not any(scene.room_tone for scene in scenes):
        return []
    borders = [0, *cutting.scene_starts[1:], cutting.at]
    lengths = [after - before for before, after in pairwise(borders)]
    items: list[Item] = []
    overlap = 0
    for number, scene in enumerate(scenes):
        after = lengths[number + 1] if number + 1 < len(scenes) else 0
        leave = min(round(ROOM_FADE_S * cutting.fps), lengths[number] // 2, after // 2) // 2 * 2
        # Half of each cross-fade lies before the border, half of it after.
        items.append(_bed(scene.room_tone, lengths[number] + (overlap + leave) // 2))
        items += [Transition(style="dissolve", length=leave)] if leave else []
        overlap = leave
    return [Track(name="room tone", role="ambience", items=items)]


def _bed(media: MediaRef | None, length: int) -> Item:
    if media is None:
        return Gap(length=length)
    return Clip(name="room tone", media=media, source=TimeRange(start=0, length=length))
