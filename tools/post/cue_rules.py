"""From spoken words to captions that can be read.

A line is cut where a reader would breathe: the cheapest of all ways to cut it is chosen,
so that no rule is met by luck. Times are reckoned in whole frames.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from state.order import WordTime
from state.timeline import Cue, CueWord

LINE_CHARS = 42
MAX_LINES = 2
CHARS_PER_S = 20.0
MIN_S, MAX_S = 1.0, 6.0
LEAST_S, EARLY_S = 0.8, 0.2
"""Between two lines that follow at once a caption may be this short, and come this early."""
GAP_FRAMES = 2
LEAD_S = 0.05
"""A caption is there this much before its first word: the eye needs longer than the ear."""
_LINGER_S = 0.3
"""A caption stays this long after the last word when nothing follows."""
_PAUSE_S = 0.9
_ENDS, _CLAUSES = ".!?…", ",;:—\u2013"
_SHORTENED = frozenset(("mr.", "mrs.", "ms.", "dr.", "dra.", "sr.", "sra.", "srta.", "st.", "d.", "prof."))
_CLOSING = "\"'»”\u2019)]"


@dataclass(frozen=True, kw_only=True)
class SpokenLine:
    """One line of dialogue: words timed from its own start, which is in seconds of the cut."""

    speaker: str
    start_s: float
    words: Sequence[WordTime]
    voice_over: bool = False
    measured: bool = False
    """Whether the times of the words were told by the voice's engine."""


@dataclass(frozen=True, kw_only=True)
class _Draft:
    text: str
    speaker: str
    voice_over: bool
    start: int
    end: int
    words: list[CueWord]
    measured: bool


def cues(lines: Sequence[SpokenLine], *, fps: int = 24, line_chars: int = LINE_CHARS) -> list[Cue]:
    """Captions for all lines, in order and never overlapping."""
    drafts = [draft for line in lines for draft in _drafts(line, fps, line_chars)]
    timed = _timed(sorted(drafts, key=lambda draft: draft.start), fps)
    return [
        Cue(
            start_s=draft.start / fps,
            end_s=draft.end / fps,
            text=draft.text,
            speaker=draft.speaker,
            voice_over=draft.voice_over,
            words=draft.words,
            word_times="measured" if draft.measured else "estimated",
        )
        for draft in timed
    ]


def _drafts(line: SpokenLine, fps: int, line_chars: int) -> Iterator[_Draft]:
    words = list(_short_words(line.words, line_chars))
    for chunk in _cut(words, line_chars):
        yield _Draft(
            text=wrap(" ".join(word.word for word in chunk), line_chars),
            speaker=line.speaker,
            voice_over=line.voice_over,
            start=max(0, round((line.start_s + chunk[0].start_s - LEAD_S) * fps)),
            end=round((line.start_s + chunk[-1].end_s + _LINGER_S) * fps),
            words=[_said(line, word) for word in chunk],
            measured=line.measured,
        )


def _said(line: SpokenLine, word: WordTime) -> CueWord:
    """A word of a line on the clock of the film."""
    start_s, end_s = (round(line.start_s + at_s, 3) for at_s in (word.start_s, word.end_s))
    return CueWord(text=word.word, start_s=start_s, end_s=end_s)


def _short_words(words: Sequence[WordTime], line_chars: int) -> Iterator[WordTime]:
    """Words that fit on a line; a longer one is broken, its time shared out by letters."""
    for word in words:
        text = " ".join(word.word.split())
        if len(text) <= line_chars:
            yield from [word.model_copy(update={"word": text})] if text else []
            continue
        share = (word.end_s - word.start_s) / len(text)
        for at in range(0, len(text), line_chars):
            piece = text[at : at + line_chars]
            start_s = word.start_s + at * share
            yield WordTime(word=piece, start_s=start_s, end_s=start_s + len(piece) * share)


def _cut(words: list[WordTime], line_chars: int) -> list[list[WordTime]]:
    """The cheapest way to cut a line into chunks that fit."""
    costs, before = [0.0] + [float("inf")] * len(words), [0] * (len(words) + 1)
    for end in range(1, len(words) + 1):
        for start in range(end - 1, -1, -1):
            if start < end - 1 and not _fits(words[start:end], line_chars):
                break
            following = words[end] if end < len(words) else None
            cost = costs[start] + _chunk_cost(words[start:end], following)
            if cost < costs[end]:
                costs[end], before[end] = cost, start
    chunks: list[list[WordTime]] = []
    end = len(words)
    while end > 0:
        chunks.append(words[before[end] : end])
        end = before[end]
    return chunks[::-1]


def _fits(chunk: list[WordTime], line_chars: int) -> bool:
    text = " ".join(word.word for word in chunk)
    in_time = chunk[-1].end_s - chunk[0].start_s + _LINGER_S <= MAX_S
    return in_time and len(text) <= MAX_LINES * line_chars + 1 and _break(text, line_chars) is not None


def _chunk_cost(chunk: list[WordTime], following: WordTime | None) -> float:
    chars = sum(len(word.word) + 1 for word in chunk) - 1
    until = following.start_s if following else chunk[-1].end_s + 1.0
    shown_s = max(0.05, min(until - chunk[0].start_s, MAX_S))
    pauses = sum(b.start_s - a.end_s > _PAUSE_S for a, b in pairwise(chunk))
    too_fast = max(0.0, chars / shown_s - CHARS_PER_S) * 0.1
    too_short = max(0.0, MIN_S - shown_s) * 4
    return 1.0 + pauses * 1.5 + too_fast + too_short + (_end_cost(chunk[-1]) if following else 0.0)


def _end_cost(word: WordTime) -> float:
    text = word.word.rstrip(_CLOSING)
    if text.casefold() in _SHORTENED:
        # `signed by Dr. / Baird` is no end.
        return 2.0
    if text.endswith(tuple(_ENDS)):
        return -0.5
    if text.endswith(tuple(_CLAUSES)):
        return 0.3
    # A little word belongs to the next one: "the / house" is read twice.
    return 2.0 if len(text) <= 3 else 1.4


def wrap(text: str, line_chars: int = LINE_CHARS) -> str:
    """Text on one line, or on two that are cut where it reads best."""
    text = " ".join(text.split())
    if len(text) <= line_chars:
        return text
    at = _break(text, line_chars)
    return text if at is None else f"{text[:at]}\n{text[at + 1 :]}"


@lru_cache(maxsize=4096)
def _break(text: str, line_chars: int) -> int | None:
    """The space at which a text is best broken into two lines; None when it does not fit."""
    if len(text) <= line_chars:
        return len(text)
    spaces = [at for at, char in enumerate(text) if char == " "]
    fitting = [at for at in spaces if at <= line_chars and len(text) - at - 1 <= line_chars]
    return min(fitting, key=lambda at: _break_cost(text, at), default=None)


def _break_cost(text: str, at: int) -> float:
    uneven = abs(2 * at - len(text)) / len(text)
    word = text[:at].rsplit(" ", 1)[-1]
    return uneven + 0.3 * _end_cost(WordTime(word=word, start_s=0, end_s=0))


def _timed(drafts: list[_Draft], fps: int) -> list[_Draft]:
    """Stretch what is too short to read, then push apart what would overlap.

    Where the next caption leaves no room, a caption comes a little early rather than late.
    """
    timed: list[_Draft] = []
    longest, least = int(MAX_S * fps), _up(LEAST_S * fps)
    for index, draft in enumerate(drafts):
        free = timed[-1].end + GAP_FRAMES if timed else 0
        limit = drafts[index + 1].start - GAP_FRAMES if index + 1 < len(drafts) else draft.start + longest
        wants = max(_up(len(draft.text) * fps / CHARS_PER_S), _up(MIN_S * fps))
        early = min(max(0, draft.start + wants - limit), round(EARLY_S * fps))
        start = max(draft.start - early, free)
        end = min(max(draft.end, start + wants), max(limit, start + least), start + longest)
        timed.append(replace(draft, start=start, end=end))
    return timed


def _up(frames: float) -> int:
    return -int(-frames // 1)
