"""Cutting a person's own lines and passages into camera set-ups: their words stay as they are."""

from dataclasses import dataclass, replace

from state.brief import LineBrief, SceneBrief, ShotBrief
from state.script import CameraMove, ShotSize
from tools.models.offline.notes.note import fold, has
from tools.models.offline.words import patterns as re
from tools.models.offline.words.timing import WORDS_PER_MINUTE, words_in
from tools.screenplay.names import is_narrator

TALK_WORDS = 18
"""About as much as is said in one shot before the camera goes elsewhere."""
MOST_SHOTS = 26
CLAUSE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[,;:])\s+")
SINGLES: tuple[ShotSize, ...] = ("medium", "over_shoulder", "close_up")


@dataclass(frozen=True, kw_only=True)
class Cut:
    """One set-up before anybody stands in it."""

    description: str = ""
    lines: tuple[LineBrief, ...] = ()
    size: ShotSize | None = None
    move: CameraMove | None = None
    seconds: float | None = None
    kept: bool = False
    """A person asked for exactly this shot."""

    @property
    def speakers(self) -> list[str]:
        """Who is seen speaking, in the order they do."""
        return list(dict.fromkeys(line.speaker for line in self.lines if not line.unseen))


def cuts_of(own: SceneBrief, *, longest_s: float, words_per_minute: int = WORDS_PER_MINUTE) -> list[Cut]:
    """The scene's set-ups in order. Given shots are kept, passages and bare lines are cut as they need."""
    if own.shots and own.breakdown == "keep":
        return [_kept(shot) for shot in own.shots]
    most = max(1, int(longest_s * words_per_minute / 60))
    passages = own.shots or [ShotBrief(description=own.description, lines=own.lines)]
    cuts = [cut for passage in passages for cut in _passage(passage, most)]
    # Somebody has to see where we are before anybody speaks.
    opening = [Cut()] if cuts and cuts[0].lines else []
    return _few_enough([*opening, *cuts])


def without_silence(cuts: list[Cut]) -> list[Cut] | None:
    """The same with one silent picture less, its description with the next shot; None when there is none."""
    for at, cut in enumerate(cuts[:-1]):
        if not cut.lines and not cut.kept and not cuts[at + 1].kept:
            told = " ".join(part for part in (cut.description, cuts[at + 1].description) if part)
            return [*cuts[:at], replace(cuts[at + 1], description=told), *cuts[at + 2 :]]
    last = len(cuts) - 1
    if last > 0 and not cuts[last].lines and not cuts[last].kept and not cuts[last - 1].kept:
        told = f"{cuts[last - 1].description} {cuts[last].description}".strip()
        return [*cuts[: last - 1], replace(cuts[last - 1], description=told)]
    return None


def named_in(text: str, names: list[str]) -> list[str]:
    """The people that a text names, in the order of the text."""
    folded = fold(text)
    found = {name: part for name in names for part in (name, name.split()[0]) if has(folded, fold(part))}
    return sorted(found, key=lambda name: folded.find(fold(found[name])))


def _kept(shot: ShotBrief) -> Cut:
    return Cut(
        description=shot.description,
        lines=tuple(shot.lines),
        size=shot.size,
        move=shot.move,
        seconds=shot.seconds,
        kept=True,
    )


def _passage(passage: ShotBrief, most: int) -> list[Cut]:
    """First what is seen, with what a narrator tells over it, then what is said about it."""
    parts = [part for line in passage.lines for part in _sayable(line, most)]
    if not passage.description:
        return _talk(parts, most)
    told = tuple(parts[:1]) if parts and is_told(parts[0]) else ()
    return [Cut(description=passage.description, lines=told), *_talk(parts[len(told) :], most)]


def is_told(line: LineBrief) -> bool:
    """Whether a narrator says it, whom nobody in the picture hears."""
    return line.unseen and is_narrator(line.speaker)


def _talk(lines: list[LineBrief], most: int) -> list[Cut]:
    """Lines that are heard in one shot: two people at most, and not for long."""
    room = min(TALK_WORDS, most)
    groups: list[list[LineBrief]] = []
    for line in lines:
        joined = [*groups[-1], line] if groups else [line]
        few = len({one.speaker for one in joined}) <= 2 and len(joined) <= 3
        seen = {one.unseen for one in joined} == {line.unseen}
        if groups and few and seen and sum(words_in(one.text) for one in joined) <= room:
            groups[-1] = joined
        else:
            groups.append([line])
    return [Cut(lines=tuple(group)) for group in groups]


def _sayable(line: LineBrief, most: int) -> list[LineBrief]:
    """A long speech goes on over several shots; put together again it is what was written."""
    if words_in(line.text) <= most:
        return [line]
    parts: list[str] = []
    for clause in _clauses(line.text, most):
        joined = f"{parts[-1]} {clause}" if parts else clause
        if parts and words_in(joined) <= most:
            parts[-1] = joined
        else:
            parts.append(clause)
    return [line.model_copy(update={"text": part}) for part in parts]


def _clauses(text: str, room: int) -> list[str]:
    clauses: list[str] = []
    for clause in CLAUSE_END.split(text.strip()):
        words = clause.split()
        pieces = -(-len(words) // room)
        size = -(-len(words) // pieces)
        clauses += [" ".join(words[at : at + size]) for at in range(0, len(words), size)]
    return clauses


def _few_enough(cuts: list[Cut]) -> list[Cut]:
    while len(cuts) > MOST_SHOTS and (fewer := without_silence(cuts)) is not None:
        cuts = fewer
    return cuts
