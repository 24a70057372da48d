"""How long every shot of a scene is, and which words go into which of them."""

from collections.abc import Mapping
from dataclasses import replace

from tools.models.offline.shooting.cutting import joined
from tools.models.offline.shooting.setup import BOTH_HEARD, OPENING, Setup
from tools.models.offline.telling.breath import halves
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.telling.wholeness import unannounced
from tools.models.offline.words.timing import (
    FPS,
    fewest_frames,
    frames_of,
    share_frames,
    spoken_frames,
    words_in,
)

WEIGHTS = {"establish": 1.6, "again": 1.2, "insert": 0.6, "react": 0.7}
"""How the seconds that nobody speaks in are shared; 1 is a shot of people talking."""
OPENING_FRAMES = 52


def fit_shots(
    setups: list[Setup], seconds: float, limit_s: float, rate: int
) -> tuple[list[Setup], list[int]]:
    """Shot lengths in frames; lines that would not fit are dropped from the end of the fullest shot."""
    total, limit = frames_of(seconds), int(limit_s * FPS)
    while True:
        texts = [[said.text for said in setup.spoken] for setup in setups]
        wished = [_wished(setup, one, rate) for setup, one in zip(setups, texts, strict=True)]
        least = [fewest_frames(one, rate, limit=limit) for one in texts]
        over = [at for at, need in enumerate(least) if need > limit]
        if sum(least) <= total and not over:
            break
        if not any(texts):
            least = wished = [max(1, total // len(setups))] * len(setups)
            break
        room = int(limit_s * rate / 60)
        moved = (_relieved(setups, over[0], room) or _parted(setups, over[0], room)) if over else None
        setups = moved or _with_less(setups, over[0] if over else None)
    needs = wished if sum(wished) <= total and max(wished) <= limit else least
    weights = [WEIGHTS.get(setup.kind, 1.0) for setup in setups]
    return setups, share_frames(total, needs, weights, limit=limit)


def _wished(setup: Setup, texts: list[str], rate: int) -> int:
    """Frames that a shot would like: its words with a breath, or time to arrive in a place."""
    looks = OPENING_FRAMES if setup.kind in OPENING else 0
    return max(spoken_frames(texts, rate), fewest_frames(texts, rate), looks)


def _relieved(setups: list[Setup], at: int, most: int) -> list[Setup] | None:
    """The last line of an overfull shot opens the next one, or its first one closes the one before."""
    spoken = setups[at].spoken
    for beside, line, kept in ((at + 1, spoken[-1], spoken[:-1]), (at - 1, spoken[0], spoken[1:])):
        if not kept or not 0 <= beside < len(setups):
            continue
        if setups[beside].kind == "react" and not setups[beside].spoken:
            continue
        # A voice from off is better than a line that is lost, when the scene needs the line.
        if setups[beside].size not in BOTH_HEARD and not all(one.essential for one in spoken):
            continue
        there = [line, *setups[beside].spoken] if beside > at else [*setups[beside].spoken, line]
        if sum(words_in(said.text) for said in there) > most:
            continue
        new = {at: kept, beside: there}
        return [replace(setup, spoken=new.get(index, setup.spoken)) for index, setup in enumerate(setups)]
    return None


def _parted(setups: list[Setup], at: int, most: int) -> list[Setup] | None:
    """The end of what an overfull shot tells, from a joint on, told over the next one."""
    spoken = setups[at].spoken
    if not spoken[-1].told or at + 1 >= len(setups):
        return None
    next_, line = setups[at + 1].spoken, spoken[-1]
    before = sum(words_in(said.text) for said in spoken[:-1])
    after = sum(words_in(said.text) for said in next_)
    for head, tail in halves(line.text):
        if before + words_in(head) <= most and after + words_in(tail) <= most:
            new = {
                at: [*spoken[:-1], replace(line, text=head)],
                at + 1: joined([replace(line, text=tail), *next_]),
            }
            return [replace(one, spoken=new.get(index, one.spoken)) for index, one in enumerate(setups)]
    return None


def _with_less(setups: list[Setup], at: int | None) -> list[Setup]:
    """One line less: a plain one where there is one, never the first thing the scene has to tell."""
    lines = [said for setup in setups for said in setup.spoken]
    full = lines if at is None else setups[at].spoken
    spare = [one for one in full if not one.essential]
    first = next((line for line in lines if line.essential), None)
    telling = [one for one in full if one is not first and not _is_decisive(one)]
    telling = telling or [one for one in full if one is not first]
    # What a sentence announces is heard as long as anything else can go.
    free = [one for one in telling if _lead_of(lines, one) is None]
    drop = min(
        spare or free or telling or full,
        key=lambda one: (_repeats_the_speaker(lines, one), -words_in(one.text)),
    )
    lead = _lead_of(lines, drop)
    kept = {id(lead): unannounced(lead.text)} if lead is not None else {}
    return [replace(setup, spoken=_without(setup.spoken, drop, kept)) for setup in setups]


def _is_decisive(line: Spoken) -> bool:
    """Whether a listener would not understand the story without it: how it ends is one such thing."""
    return line.told and line.fact is not None and line.fact.decisive


def _lead_of(lines: list[Spoken], line: Spoken) -> Spoken | None:
    """The sentence right before that announces a line: `so she asks him:`."""
    at = next(index for index, one in enumerate(lines) if one is line)
    before = lines[at - 1] if at else None
    return before if before is not None and before.told and before.text.endswith(":") else None


def _without(spoken: list[Spoken], drop: Spoken, kept: Mapping[int, str]) -> list[Spoken]:
    """The lines of a shot without one, and without what announced it."""
    stay = [one for one in spoken if one is not drop]
    changed = [replace(one, text=kept[id(one)]) if id(one) in kept else one for one in stay]
    return [one for one in changed if one.text]


def _repeats_the_speaker(lines: list[Spoken], line: Spoken) -> bool:
    """Whether the same person would speak twice in a row without this line."""
    at = next(index for index, one in enumerate(lines) if one is line)
    return 0 < at < len(lines) - 1 and lines[at - 1].speaker.name == lines[at + 1].speaker.name
