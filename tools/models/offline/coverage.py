"""Coverage: which shots tell an exchange, in the order and sizes a director would choose.

A new place is established, sizes tighten towards the strong line, the strong line is a close-up,
and where there is time we look at whom it hits. The camera only moves for a reason.
"""

from dataclasses import dataclass, replace
from typing import Literal

from state.script import CameraMove, Character, Mood, ShotSize
from tools.models.offline.bank import structure
from tools.models.offline.dialogue import Spoken
from tools.models.offline.dice import Dice
from tools.models.offline.timing import words_in

ShotKind = Literal["establish", "again", "two", "single", "answer", "medium", "turn", "react", "insert"]
OPENING: frozenset[ShotKind] = frozenset(("establish", "again"))
MUTE: frozenset[ShotKind] = frozenset(("insert", "react"))
FEW = 3
"""With so few shots, a thing is shown while somebody talks."""
PATTERNS = 6
SHORT_LINE = 3
OTHER_SIZE: dict[ShotSize, ShotSize] = {
    "wide": "two_shot", "two_shot": "over_shoulder", "over_shoulder": "medium", "medium": "over_shoulder",
    "close_up": "medium", "insert": "close_up",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Setup:
    """One camera set-up before it has a length: what is framed, why, and what is said in it."""

    kind: ShotKind
    size: ShotSize
    move: CameraMove
    spoken: list[Spoken]
    on: Character
    """Whom the shot is about."""
    other: Character
    heard: Spoken | None = None
    """What a silent face has just heard."""

    @property
    def subject(self) -> tuple[str, str]:
        """What may not be the same in two shots in a row."""
        who = "both" if self.size in ("wide", "two_shot") else self.on.name
        return self.size, "" if self.size == "insert" else who


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """What a scene is, as far as the camera cares."""

    people: tuple[Character, ...]
    """Lead, opponent, and whoever else is there."""
    count: int
    seconds: float
    limit_s: float
    words_per_minute: int
    new_place: bool
    thing: str
    """What an insert can show; empty when nothing is at hand."""
    light: bool
    """Comedy: the camera stands still and lets people move."""
    mood: Mood
    beat: str
    tall: bool
    """Whether the set is worth looking up at."""


def plan_coverage(spoken: list[Spoken], occasion: Occasion, dice: Dice) -> list[Setup]:
    """Set-ups in order, with every line laid into one of them from first to last."""
    kinds = _kinds(occasion, dice)
    strong = strongest(spoken, after=_after(kinds))
    chunks = _lay(spoken, kinds, strong, occasion)
    setups: list[Setup] = []
    for at, kind in enumerate(kinds):
        setup = _framed(kind, chunks[at], spoken, strong, setups, occasion, kinds[at + 1 : at + 2])
        setup = _differing(setup, setups)
        setups.append(replace(setup, move=_move(setup, setups, occasion, dice, last=at == len(kinds) - 1)))
    return setups


def strongest(spoken: list[Spoken], *, after: int) -> int:
    """Where the line is that the scene exists for; never so early that too much comes behind it."""
    strength: dict[str, int] = structure()["strength"]
    first = max(0, len(spoken) - 1 - after)
    return max(range(first, len(spoken)), key=lambda at: (_weight(spoken[at], strength), at), default=0)


def _weight(said: Spoken, strength: dict[str, int]) -> int:
    """How much hangs on a line: its move, whether it may be cut, and that it says something."""
    asks, short = said.text.rstrip("\"'»”").endswith("?"), words_in(said.text) < SHORT_LINE
    return strength.get(said.move, 2) + 3 * said.essential - 2 * asks - 2 * short


def _kinds(occasion: Occasion, dice: Dice) -> list[ShotKind]:
    tables = structure()["coverage"]["new" if occasion.new_place else "known"]
    patterns: list[list[ShotKind]] = tables[str(min(occasion.count, PATTERNS))]
    with_insert = [one for one in patterns if "insert" in one]
    without = [one for one in patterns if "insert" not in one]
    fitting = (with_insert or patterns) if occasion.thing else without
    base = list(dice.pick(fitting, "coverage"))
    more: list[ShotKind] = structure()["coverage"]["more"]["kinds"]
    extra = [more[at % len(more)] for at in range(occasion.count - len(base))]
    # Long scenes grow in the middle; how they open and how they end stays.
    return [*base[:3], *extra, *base[3:]]


def _after(kinds: list[ShotKind]) -> int:
    """How many lines may come behind the strong one."""
    return 1 if kinds[-1] == "turn" or "turn" not in kinds else 2


def _lay(spoken: list[Spoken], kinds: list[ShotKind], strong: int, occasion: Occasion) -> list[list[Spoken]]:
    """Lines in order over the shots: what leads up, the strong line at its shot, what is left behind it."""
    chunks: list[list[Spoken]] = [[] for _ in kinds]
    if not spoken:
        return chunks
    peak = kinds.index("turn") if "turn" in kinds else len(kinds) - 1
    before, behind = spoken[:strong], spoken[strong + 1 :]
    mute = MUTE if len(kinds) > FEW else {"react"}
    carriers = [at for at in range(peak) if kinds[at] not in mute] or [peak]
    if kinds[carriers[-1]] == "insert" and before:
        return _around_thing(chunks, carriers, peak, before, spoken[strong:], occasion)
    if _stays_silent(kinds, carriers, before, occasion):
        carriers = carriers[1:]
    elif kinds[carriers[0]] in OPENING and len(carriers) > 1 and _fits(before[1:], carriers[1:], occasion):
        # Over an opening picture one line is enough.
        chunks[carriers[0]] += before[:1]
        carriers, before = carriers[1:], before[1:]
    for at, lines in zip(carriers, _shared(before, len(carriers)), strict=True):
        chunks[at] += lines
    chunks[peak].append(spoken[strong])
    chunks[min(peak + 1, len(kinds) - 1)] += behind
    return _relieved(chunks, occasion)


def _relieved(chunks: list[list[Spoken]], occasion: Occasion) -> list[list[Spoken]]:
    """No shot with more words than its longest length can hold, as long as a neighbour has room."""
    room = occasion.limit_s * occasion.words_per_minute / 60
    for _ in range(sum(map(len, chunks))):
        full = next((at for at, chunk in enumerate(chunks) if len(chunk) > 1 and _words(chunk) > room), None)
        if full is None:
            break
        chunk = chunks[full]
        if full + 1 < len(chunks) and _words([chunk[-1], *chunks[full + 1]]) <= room:
            chunks[full + 1].insert(0, chunk.pop())
        elif full > 0 and _words([*chunks[full - 1], chunk[0]]) <= room:
            chunks[full - 1].append(chunk.pop(0))
        else:
            break
    return chunks


def _words(lines: list[Spoken]) -> int:
    return sum(words_in(one.text) for one in lines)


def _around_thing(
    chunks: list[list[Spoken]],
    carriers: list[int],
    peak: int,
    before: list[Spoken],
    rest: list[Spoken],
    occasion: Occasion,
) -> list[list[Spoken]]:
    """Few shots and a thing: a line or two in the opening, one over the thing, the others at the turn."""
    few = _fits([*before[2:], *rest], [peak], occasion)
    opening = before[: min(1 if few else 2, len(before) - 1)]
    if len(carriers) > 1:
        chunks[carriers[0]] += opening
    over = before[len(opening)] if len(carriers) > 1 else before[0]
    chunks[carriers[-1]].append(over)
    told = [*(opening if len(carriers) > 1 else []), over]
    chunks[peak] += [one for one in before if one not in told] + rest
    return _relieved(chunks, occasion)


def _stays_silent(
    kinds: list[ShotKind], carriers: list[int], before: list[Spoken], occasion: Occasion
) -> bool:
    """An opening picture says nothing when the words fit into the others."""
    opens = kinds[carriers[0]] in OPENING and len(carriers) > 1
    return opens and _fits(before, carriers[1:], occasion)


def _fits(lines: list[Spoken], carriers: list[int], occasion: Occasion) -> bool:
    """Whether lines can be said in so many shots without making them long."""
    words = _words(lines)
    room = min(occasion.limit_s, occasion.seconds / occasion.count * 1.6) * occasion.words_per_minute / 60
    return words <= room * len(carriers)


def _shared(lines: list[Spoken], count: int) -> list[list[Spoken]]:
    """Consecutive lines in parts of about the same number of words, each with a line while there are."""
    parts: list[list[Spoken]] = [[] for _ in range(count)]
    total = sum(words_in(one.text) for one in lines) or 1
    told = 0
    for at, line in enumerate(lines):
        middle = told + words_in(line.text) / 2
        told += words_in(line.text)
        part = min(count - 1, int(middle * count / total))
        behind, ahead = len(lines) - at - 1, count - part - 1
        filled = sum(1 for one in parts if one)
        parts[max(min(part, filled), count - behind - 1 if behind < ahead else 0)].append(line)
    return parts


def _framed(
    kind: ShotKind,
    chunk: list[Spoken],
    spoken: list[Spoken],
    strong: int,
    before: list[Setup],
    occasion: Occasion,
    next_kind: list[ShotKind],
) -> Setup:
    size: ShotSize = structure()["coverage"]["sizes"][kind]
    peak = spoken[strong] if spoken else None
    on, other = occasion.people[0], occasion.people[1]
    heard = None
    if kind in ("turn", "react") and peak is not None:
        # With no reaction to come, what the last word does is seen on the one it is said to.
        listening = kind == "react" or (peak.move == "cliff" and not next_kind)
        on, other = (peak.listener, peak.speaker) if listening else (peak.speaker, peak.listener)
        heard = peak if listening else None
    elif chunk:
        on, other = chunk[-1].speaker, chunk[-1].listener
    elif before and kind not in OPENING:
        on, other = before[-1].other, before[-1].on
    return Setup(kind=kind, size=size, move="static", spoken=chunk, on=on, other=other, heard=heard)


def _differing(setup: Setup, before: list[Setup]) -> Setup:
    """The same framing of the same thing twice is one shot cut for nothing: the second one changes."""
    if not before or before[-1].subject != setup.subject:
        return setup
    return replace(setup, size=OTHER_SIZE[setup.size])


def _move(setup: Setup, before: list[Setup], occasion: Occasion, dice: Dice, *, last: bool) -> CameraMove:
    reason = _reason(setup, occasion, last=last)
    move: CameraMove = dice.pick(structure()["camera"][reason], "camera", len(before), reason)
    return "static" if before and before[-1].move == move else move


def _reason(setup: Setup, occasion: Occasion, *, last: bool) -> str:
    """Why the camera would move in this shot; `calm` when there is no reason."""
    table = structure()["camera_reasons"]
    if setup.kind in OPENING:
        return _opening(setup, occasion)
    if occasion.light:
        return "calm"
    lonely = occasion.mood in table["lonely_moods"] or occasion.beat in table["lonely_beats"]
    if last and lonely and setup.size in ("two_shot", "over_shoulder", "medium"):
        return "loneliness"
    if setup.kind in ("turn", "react", "insert"):
        return _at_the_turn(setup)
    faces = [one.expression for one in setup.spoken]
    return "unrest" if any(face in table["unrest_faces"] for face in faces) else "calm"


def _opening(setup: Setup, occasion: Occasion) -> str:
    table = structure()["camera_reasons"]
    if occasion.beat in table["arrival_beats"] and setup.kind == "establish":
        return "arrival"
    if occasion.light:
        return "calm"
    if occasion.mood in table["lonely_moods"] or occasion.beat in table["lonely_beats"]:
        return "loneliness"
    return "height" if occasion.tall else "opening"


def _at_the_turn(setup: Setup) -> str:
    table = structure()["camera_reasons"]
    said = [*setup.spoken, *([setup.heard] if setup.heard else [])]
    if setup.kind == "insert":
        return "realisation"
    struck = any(one.move in table["realisation_moves"] for one in said)
    faces = [one.reaction if setup.kind == "react" else one.expression for one in said]
    return "realisation" if struck or set(faces) & set(table["realisation_faces"]) else "calm"
