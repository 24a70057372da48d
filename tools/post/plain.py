"""A piece as plainly as it can be: its clips at their size and rate, one behind the other.

What is left of a piece whose filters ffmpeg refuses: no frame of the film moves, and people are told what is
missing from it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from state.errors import FfmpegFailed
from state.timeline import Clip, Gap, Item, Timeline, TimeRange, Track, Transition
from tools.post.layout import lay_out
from tools.post.over import logos_in
from tools.post.piece import Film, Piece, plan_piece
from tools.post.segments import Segment

_REFUSED = re.compile(
    r"Parsed_\w+_\d+ @|AVFilterGraph @|No such filter|Error (re)?initializing filters|to filter '"
    r"|Error (parsing|binding) (a )?filter|Cannot find an unused|has an unconnected output"
)
_NO_STREAM = "matches no streams"
"""A file without a picture: nothing that a plainer film could do without."""


def is_refused(error: FfmpegFailed) -> bool:
    """Whether ffmpeg says that it cannot do what its filters are asked for."""
    lines = [error.message, *map(str, error.details.get("last_lines", []))]
    return any(map(_REFUSED.search, lines)) and not any(_NO_STREAM in line for line in lines)


def plainer(film: Film, piece: Piece) -> Iterator[tuple[Piece, str]]:
    """The piece joined plainly, then without words, too; with what is missing from it then."""
    timeline, items = film.timeline, piece.segment.items
    missing = _named([*_asked(items), *(one.name for one in timeline.effects if one.on and one.strength)])
    segment = Segment(start=piece.segment.start, items=tuple(_bare(items)))
    bare = replace(film, timeline=timeline.model_copy(update={"effects": []}))
    if missing:
        yield plan_piece(bare, segment), _told(piece, timeline, missing)
    logos = bool(logos_in(film.logos, start=piece.segment.start, end=piece.segment.end))
    if piece.worded or logos:
        over = ["its captions and titles"] * piece.worded + ["its logos"] * logos
        without = plan_piece(replace(bare, words="", logos=()), segment)
        yield without, _told(piece, timeline, [*missing, *over])


def _told(piece: Piece, timeline: Timeline, missing: Sequence[str]) -> str:
    start, end = (_clock(frame, timeline.fps) for frame in (piece.segment.start, piece.segment.end))
    return (
        f"From {start} to {end} the film is joined plainly, because its filters could not be carried out."
        f" Missing there: {', '.join(missing)}."
    )


def _clock(frame: int, fps: int) -> str:
    minutes, seconds = divmod(frame / fps, 60)
    return f"{int(minutes)}:{seconds:04.1f}"


def _named(names: Sequence[str]) -> list[str]:
    return [name.replace("_", " ") for name in dict.fromkeys(names)]


def _asked(items: Sequence[Item]) -> Iterator[str]:
    """What more is asked of a piece than to show its clips."""
    for item in items:
        if isinstance(item, Transition):
            yield item.style
        elif isinstance(item, Clip):
            yield from (one.name for one in item.effects if one.on and one.strength > 0)
            fades = item.fade_in or item.fade_out
            asked = {
                "crop": item.crop,
                f"fit ({item.fit})": item.fit != "fill",
                "fade": fades,
                "framing": item.focus,
            }
            yield from (name for name, wanted in asked.items() if wanted)


def _bare(items: Sequence[Item]) -> Iterator[Clip | Gap]:
    """The clips alone. What two of them share is parted in its middle, so that nothing behind it moves."""
    for part in lay_out(Track(name="picture", role="picture", items=list(items))):
        head, tail = part.entry.length // 2, part.leave.length - part.leave.length // 2
        length = part.length - head - tail
        if length > 0:
            yield (Gap(length=length) if isinstance(part.item, Gap) else _bare_clip(part.item, head, length))


def _bare_clip(clip: Clip, head: int, length: int) -> Clip:
    """At the speed that it was asked for: otherwise it would show other moments."""
    source = clip.source
    if clip.media.media_type != "image":
        start = min(source.start + round(head * clip.speed), source.end - 1)
        used = length if clip.speed == 1 else max(1, min(round(length * clip.speed), source.end - start))
        source = TimeRange(start=start, length=used)
    elif source.length != length:
        source = TimeRange(start=source.start, length=length)
    return Clip(name=clip.name, media=clip.media, source=source, speed=clip.speed,
                frames=length if source.length != length else None)  # fmt: skip
