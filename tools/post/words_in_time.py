"""The words of a film that are seen in a part of it, as a subtitle file for that part alone."""

import re
from dataclasses import dataclass, replace

_LINE = "Dialogue: "
_FADE = re.compile(r"\\fad\((\d+),(\d+)\)")
_TIMED = re.compile(r"\\(k|K|kf|ko|t|fade|move)[\d(]")
"""What counts from a line's beginning; a fade counts from its end, too."""
_TICKS = 100
"""A subtitle file counts hundredths of a second."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """A subtitle file and how many frames of its clock pass before the first frame of the part.

    What began before the part goes on in it, so its fades and its spoken words keep their moments.
    """

    text: str
    lead: int


def words_in(film: str, *, start: int, end: int, fps: int) -> Words | None:
    """Of a film's ASS file what is seen in its frames `start` to `end`; None when nothing is.

    Every line comes and goes at the very frames at which it does in the film, and the file is the same
    wherever in the film the part stands.
    """
    heading, lines = _told_apart(film)
    seen = [line.near(start, end, fps) for line in lines if line.first(fps) < end and line.after(fps) > start]
    if not seen:
        return None
    base = min(start, *(line.first(fps) - 1 for line in seen))
    shown = [line.moved(base, fps) for line in seen]
    return Words(text="\n".join([*heading, *shown, ""]), lead=start - base)


@dataclass(frozen=True)
class _Line:
    """One line of the file; `start` and `end` in hundredths of a second."""

    layer: str
    start: int
    end: int
    rest: str

    def first(self, fps: int) -> int:
        """The first frame that shows it."""
        return _frame(self.start, fps)

    def after(self, fps: int) -> int:
        """The first frame that does not any more."""
        return _frame(self.end, fps)

    def near(self, start: int, end: int, fps: int) -> "_Line":
        """The same line where it is seen: what stays for a whole film says nothing about how long that is."""
        if _TIMED.search(self.rest):
            return self
        fades = [(int(into), int(out)) for into, out in _FADE.findall(self.rest)]
        before, behind = (max((pair[side] for pair in fades), default=0) * fps // 1000 + 2 for side in (0, 1))
        return replace(
            self,
            start=self.start if self.first(fps) >= start - before else _at(start - before, fps),
            end=self.end if self.after(fps) <= end + behind else _at(end + behind, fps),
        )

    def moved(self, base: int, fps: int) -> str:
        """The same line with the clock at nought at frame `base`."""
        start, end = (_moved(ticks, base, fps) for ticks in (self.start, self.end))
        return f"{_LINE}{self.layer},{_clock(start)},{_clock(end)},{self.rest}"


def _told_apart(film: str) -> tuple[list[str], list[_Line]]:
    heading, lines = [], []
    for text in film.split("\n"):
        if not text.startswith(_LINE):
            heading += [text] if text else []
            continue
        layer, start, end, rest = text.removeprefix(_LINE).split(",", 3)
        lines.append(_Line(layer, _ticks(start), _ticks(end), rest))
    return heading, lines


def _frame(ticks: int, fps: int) -> int:
    """The first frame that does not come before a moment."""
    return -(-ticks * fps // _TICKS)


def _at(frame: int, fps: int) -> int:
    """The last hundredth that a frame does not come before."""
    return frame * _TICKS // fps


def _moved(ticks: int, base: int, fps: int) -> int:
    """The nearest hundredth that falls between the same two frames as before."""
    moved = round(ticks - base * _TICKS / fps)
    wanted = _frame(ticks, fps) - base
    while _frame(moved, fps) != wanted:
        moved += 1 if _frame(moved, fps) < wanted else -1
    return max(0, moved)


def _ticks(clock: str) -> int:
    hours, minutes, seconds = clock.strip().split(":")
    whole, _, part = seconds.partition(".")
    return ((int(hours) * 60 + int(minutes)) * 60 + int(whole)) * _TICKS + int(part.ljust(2, "0")[:2])


def _clock(ticks: int) -> str:
    seconds, part = divmod(ticks, _TICKS)
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}.{part:02}"
