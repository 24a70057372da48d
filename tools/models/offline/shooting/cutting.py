"""Cutting a scene's lines into its shots: in order, even in length, and each shot about one matter."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate, pairwise

from state.script import Language
from tools.models.offline.ledger.clause import pieces_of
from tools.models.offline.telling.breath import in_breaths
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words.timing import words_in

MIXED = 9.0
"""What it costs to tell over a picture of people who talk."""
SPLIT = 4.0
"""What it costs to cut between a question and its answer."""
EMPTY = 46.0
LATE = 4.0
"""What it costs when not even the second shot begins to tell, and more for each one later."""
IDLE = 4
"""How much sooner a picture before the first word costs in a place that is known."""
OVER = 1000.0
LEAST_WORDS = 4
"""Words that a picture of its own is worth."""
VERY_LONG, LEAST_DEED = 22, 2
"""Words of a sentence that is cut at a comma all the same, and words that tell of something done."""
JOINING: dict[Language, tuple[str, ...]] = {
    "en": ("and", "but", "while", "then", "until"), "es": ("y", "e", "pero", "mientras", "hasta"),
    "pt-BR": ("e", "mas", "enquanto", "até"),
}  # fmt: skip
PILED = 30.0
"""What it costs to tell two sentences over one picture."""
TWO_MATTERS = 5.0
NOT_APART = 16.0
"""What it costs when the line that deserves a face of its own shares its shot with an answer."""
END_SHARED = 200.0
"""What it costs when the last sentence of a film shares its shot with the one before it."""
FINER = (10, 7, 5, 3)
"""Words of the parts in which telling is cut where the shots could not hold it otherwise."""


def cut_into(
    lines: Sequence[Spoken], count: int, *, room: float, opens: bool, strong: Spoken | None = None,
    ending: int = 0, language: Language | None = None,
) -> list[list[Spoken]]:  # fmt: skip
    """Consecutive lines in `count` parts of about the same number of words, at most `room` in one.

    `opens` says that the first part is a wide picture of a new place: there is where a story is told.
    `strong` is the line that has a part of its own, unless what is told would lose its picture for it.
    `ending` is how many words the last sentence of the film has, which shares its part with no other.
    What would not fit whole is told on over the next part, when the `language` of its joints is known.
    """
    lines = (
        lines if language is None else _that_pack(lines, count, room=room, ending=ending, language=language)
    )
    plain = _cut(lines, count, room=room, opens=opens, ending=ending)
    if strong is None or not any(_is_shared(strong, part) for part in plain):
        return plain
    apart = _cut(lines, count, room=room, opens=opens, strong=strong, ending=ending)
    return apart if sum(map(_is_told, apart)) >= sum(map(_is_told, plain)) else plain


def _that_pack(
    lines: Sequence[Spoken], count: int, *, room: float, ending: int, language: Language
) -> Sequence[Spoken]:
    """The lines, or what is told in smaller parts where only those go into the shots."""
    words = sum(words_in(one.text) for one in lines)
    if words > room * count or not lines:
        return lines
    apart = ending if words - ending <= room * (count - 1) and ending <= room else 0
    whole, broken = _ways(lines, language, int(room)), _ways(lines, language, 0)
    # An end that shares its shot is better than a breath in the middle of a phrase.
    tried = ((whole, apart), (whole, 0), (broken, apart))
    fits = (one for ways, end in tried for one in ways if _packs(one, count, room, ending=end))
    return next(fits, lines)


def _ways(lines: Sequence[Spoken], language: Language, limit: int) -> list[list[Spoken]]:
    """The lines whole, then in ever finer parts."""
    finer = [
        [part for one in lines for part in _in_parts(one, most, language, limit=limit)] for most in FINER
    ]
    return [list(lines), *finer]


def _packs(lines: Sequence[Spoken], count: int, room: float, *, ending: int = 0) -> bool:
    """Whether the lines go into so many shots, each filled before the next, and the ending into its own."""
    sizes = [words_in(one.text) for one in lines]
    begins, told, shots, left = sum(sizes) - ending, 0, 1, room
    for words in sizes:
        opens = words > left or (ending and told == begins and told > 0)
        shots, left = (shots + 1, room - words) if opens else (shots, left - words)
        told += words
    return shots <= count and all(words <= room for words in sizes)


def _in_parts(line: Spoken, most: int, language: Language, *, limit: int = 0) -> list[Spoken]:
    """The line in breaths; what has up to `limit` words is only cut where a clause ends."""
    if not line.told:
        return [line]
    return [replace(line, text=part) for part in in_breaths(line.text, most, language, limit=limit)]


def _cut(
    lines: Sequence[Spoken], count: int, *, room: float, opens: bool, strong: Spoken | None = None,
    ending: int = 0,
) -> list[list[Spoken]]:  # fmt: skip
    if not lines:
        return [[] for _ in range(count)]
    starts = [0, *accumulate(words_in(one.text) for one in lines)]
    mean, begins = starts[-1] / count, starts[-1] - ending if ending else 0

    def cost(start: int, stop: int, left: int) -> float:
        part = lines[start:stop]
        shared_end = END_SHARED if starts[start] < begins < starts[stop] else 0.0
        shared = NOT_APART if strong is not None and _is_shared(strong, part) else 0.0
        return shared_end + shared + _cost(part, mean, room, opens=opens and left == count)

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return cost(start, len(lines), left), (len(lines),)
        found = []
        for stop in range(start, len(lines) + 1):
            here = cost(start, stop, left)
            rest, ends = best(stop, left - 1)
            late = LATE * (start == stop == 0) * (count - left if opens else IDLE)
            found.append((here + rest + late + _split(lines, stop), (stop, *ends)))
        return min(found)

    ends = best(0, count)[1]
    return [joined(lines[start:stop]) for start, stop in zip((0, *ends[:-1]), ends, strict=True)]


def in_clauses(lines: Sequence[Spoken], count: int, language: Language) -> list[Spoken]:
    """What is told in so many parts that every shot has words: the longest is cut between its clauses."""
    parts = list(lines)
    while len(parts) < count:
        cuts = [(words_in(one.text), at, halves) for at, one in enumerate(parts)
                if one.told and (halves := _halves(one.text, language))]  # fmt: skip
        if not cuts:
            break
        _, at, (head, tail) = max(cuts)
        parts[at : at + 1] = [replace(parts[at], text=head), replace(parts[at], text=tail)]
    return _pictured(parts, count, language)


def _pictured(lines: Sequence[Spoken], count: int, language: Language) -> list[Spoken]:
    """A sentence of several deeds heard over the first of them, the next one seen in silence."""
    parts = list(lines)
    while len(parts) < count:
        cuts = [(words_in(one.text), at, deeds) for at, one in enumerate(parts)
                if one.told and (deeds := _deeds(one.text, language))]  # fmt: skip
        if not cuts:
            break
        _, at, (head, tail) = max(cuts)
        one = parts[at]
        whole = one.text if one.heard is None else one.heard
        parts[at : at + 1] = [replace(one, text=head, heard=whole), replace(one, text=tail, heard="")]
    return parts


def _deeds(text: str, language: Language) -> tuple[str, str] | None:
    """A text in two, either of which tells of something done, as near to its middle as may be."""
    pieces = pieces_of(text, language)
    ends = [piece.start for before, piece in pairwise(pieces) if before.verbs and piece.verbs]
    fair = [(text[:end].rstrip(), text[end:].lstrip()) for end in ends]
    fair = [pair for pair in fair if min(map(words_in, pair)) >= LEAST_DEED and not pair[0].endswith(":")]
    return min(fair, key=lambda pair: abs(words_in(pair[0]) - words_in(pair[1])), default=None)


def _halves(text: str, language: Language) -> tuple[str, str] | None:
    """A text cut between two of its clauses, as near to its middle as may be, and not at a bare comma."""
    ends = [piece.start for piece in pieces_of(text, language)[1:]]
    fair = [(text[:end].rstrip(), text[end:].lstrip()) for end in ends]
    fair = [pair for pair in fair if min(map(words_in, pair)) >= LEAST_WORDS and _may_part(*pair, language)]
    return min(fair, key=lambda pair: abs(words_in(pair[0]) - words_in(pair[1])), default=None)


def _may_part(head: str, tail: str, language: Language) -> bool:
    """Whether a narrator may pause there for a cut: at a full stop, before `and` or `while`; else never."""
    if head[-1:] in ".!?;\u2026":
        return True
    long = words_in(head) + words_in(tail) > VERY_LONG
    first = tail.split()[0].lower().strip(",")
    return head[-1:] != ":" and (long or first in JOINING[language])


def that_fit(lines: Sequence[Spoken], count: int, *, room: float, opens: bool) -> list[Spoken]:
    """The lines without the exchanges for which `count` shots have no room, the last one first."""
    kept = list(lines)
    while talk := [one for one in kept if not one.told and not one.essential]:
        parts = cut_into(kept, count, room=room, opens=opens)
        if all(sum(words_in(one.text) for one in part) <= room for part in parts):
            break
        last = talk[-1].fact
        kept = [one for one in kept if one.told or one.essential or one.fact is not last]
    return kept


def joined(part: Sequence[Spoken]) -> list[Spoken]:
    """What is told in one shot without a break is one line: it was parted only for cutting."""
    found: list[Spoken] = []
    for line in part:
        before = found[-1] if found else None
        if before is not None and before.told and line.told and before.fact is line.fact:
            found[-1] = replace(
                line, text=f"{before.text} {line.text}", thing=before.thing or line.thing,
                heard=_heard_together(before, line),
            )  # fmt: skip
        else:
            found.append(line)
    return found


def _heard_together(one: Spoken, two: Spoken) -> str | None:
    if one.heard is None and two.heard is None:
        return None
    both = [line.text if line.heard is None else line.heard for line in (one, two)]
    return " ".join(part for part in both if part)


def _is_shared(strong: Spoken, part: Sequence[Spoken]) -> bool:
    """Whether somebody else speaks in the part with the strong line."""
    others = any(not one.told and one.speaker is not strong.speaker for one in part)
    return others and any(one is strong for one in part)


def _is_told(part: Sequence[Spoken]) -> bool:
    """Whether a shot has its picture for what is told alone."""
    return bool(part) and all(one.told for one in part)


def _cost(part: Sequence[Spoken], mean: float, room: float, *, opens: bool) -> float:
    """How far a shot is from an even share of words and from being about one matter."""
    words = sum(words_in(one.text) for one in part)
    if not part:
        # The picture of a new place is where a story begins to be told.
        return EMPTY + mean
    told = [one for one in part if one.told]
    mixed = MIXED if told and len(told) < len(part) else 0.0
    # What can be drawn is worth a picture of its own.
    mixed *= 2 if any(one.thing for one in told) else 1
    matters = TWO_MATTERS * max(0, len({one.thing for one in told if one.thing}) - 1)
    over = OVER * max(0.0, words - room)
    talks_first = MIXED / 2 if opens and not told else 0.0
    piled = PILED * max(0, len({one.fact.text if one.fact else one.text for one in told}) - 1)
    return (words - mean) ** 2 / 12 + mixed + matters + over + talks_first + piled


def _split(lines: Sequence[Spoken], end: int) -> float:
    """Cutting where the telling ends is free; between two who talk it costs a little."""
    if end in (0, len(lines)):
        return 0.0
    before, after = lines[end - 1], lines[end]
    if before.told and before.text.endswith(":"):
        # `Julia le dice:` belongs to what she says.
        return SPLIT
    return SPLIT if not before.told and not after.told and before.fact is after.fact else 0.0
