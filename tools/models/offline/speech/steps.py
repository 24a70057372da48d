"""What a scene's people do with its facts: ask, accuse, tell, confess, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from state.script import Character
from tools.models.offline.dice import Dice
from tools.models.offline.facts import Fact

Source = Literal["fact", "why", "np", "line", "quote"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One line that could be said."""

    speaker: Character
    listener: Character
    move: str
    """What it does: chooses face, gesture and the bank of plain lines."""
    source: Source
    frame: str = ""
    fact: Fact | None = None


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A fact and the talk around it: `before` and `after` need the fact and the lines nearer to it."""

    before: tuple[Step, ...] = ()
    fact: Step
    after: tuple[Step, ...] = ()


def chains_of(
    facts: Sequence[Fact], lead: Character, opponent: Character, *, beat: str, dice: Dice
) -> list[Chain]:
    """One chain per fact, in order; whoever spoke last lets the other begin where both could."""
    chains: list[Chain] = []
    for at, fact in enumerate(facts):
        last = at == len(facts) - 1
        chains.append(_chain(fact, lead, opponent, beat=beat, last=last, at=at, dice=dice.child(at)))
    return chains


def _chain(
    fact: Fact, lead: Character, opponent: Character, *, beat: str, last: bool, at: int, dice: Dice
) -> Chain:
    ends = beat.startswith("cliffhanger") or beat == "whole"
    subject = lead if fact.subject == lead.name else opponent if fact.subject == opponent.name else None
    if ends and last:
        return _cliff(fact, lead, opponent)
    if subject is None:
        first, second = (lead, opponent) if (at + (beat == "complication")) % 2 == 0 else (opponent, lead)
        asks = fact.kind in ("secret", "backstory") or dice.number("ask") % 3 == 0
        return _ask(fact, first, second) if asks else _news(fact, first, second)
    other = opponent if subject is lead else lead
    if fact.kind == "secret":
        return (
            _confess(fact, subject, other)
            if beat in ("turn", "whole", "doubt") or ends
            else _accuse(fact, other, subject)
        )
    if beat in ("confrontation", "pressure"):
        return _accuse(fact, other, subject)
    return _own(fact, subject, other) if (dice.number("own") + at) % 2 else _ask(fact, other, subject)


def _ask(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "hook", "ask", fact),
        after=(
            _line(whom, who, "evade"), _np(who, whom, "press", "press", fact), _line(whom, who, "slip"),
            _line(who, whom, "demand"), _np(whom, who, "deflect", "deflect", fact),
        ),
    )  # fmt: skip


def _accuse(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "accuse", "accuse", fact),
        after=(
            _line(whom, who, "deny"), _why(who, whom, fact), _line(whom, who, "crack"),
            _np(who, whom, "press", "press", fact), _line(whom, who, "plea"),
        ),
    )  # fmt: skip


def _own(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "stake", "own", fact),
        after=(
            _np(whom, who, "doubt", "doubt", fact), _line(who, whom, "retort"), _line(whom, who, "warn"),
            _np(who, whom, "deflect", "deflect", fact), _line(whom, who, "advise"),
        ),
    )  # fmt: skip


def _news(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "hint", "news", fact),
        after=(
            _line(whom, who, "doubt"), _line(who, whom, "evade"), _np(whom, who, "press", "press", fact),
            _line(who, whom, "warn"), _np(whom, who, "doubt", "doubt", fact),
        ),
    )  # fmt: skip


def _confess(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        before=(_line(who, whom, "begin"), _line(whom, who, "urge")),
        fact=_fact(who, whom, "reveal", "confess", fact),
        after=(
            _line(whom, who, "stagger"), _line(who, whom, "plea"), _np(whom, who, "press", "press", fact),
            _line(who, whom, "crack"), _line(whom, who, "demand"),
        ),
    )  # fmt: skip


def _cliff(fact: Fact, lead: Character, opponent: Character) -> Chain:
    return Chain(
        before=(
            _line(lead, opponent, "resolve"),
            _line(opponent, lead, "stop"),
            _line(lead, opponent, "last_ask"),
        ),
        fact=_fact(opponent, lead, "cliff", "cliff", fact),
    )


def _fact(who: Character, whom: Character, move: str, frame: str, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="fact", frame=frame, fact=fact)


def _np(who: Character, whom: Character, move: str, frame: str, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="np", frame=frame, fact=fact)


def _why(who: Character, whom: Character, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move="press", source="why", frame="why", fact=fact)


def _line(who: Character, whom: Character, move: str) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="line")
