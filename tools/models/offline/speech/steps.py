"""What a scene's people do with its facts: ask, accuse, tell, confess, and what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from state.script import Character
from tools.models.offline.dice import Dice
from tools.models.offline.fact import Fact

HARMLESS = ("situation",)
"""Nobody is accused of what simply is so."""
Source = Literal["fact", "why", "np", "tie", "line", "quote"]


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
    tie: str = ""
    """The plain lines to say, or to fall back on."""


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A fact and the talk around it: `before` and `after` need the fact and the lines nearer to it."""

    before: tuple[Step, ...] = ()
    fact: Step
    after: tuple[Step, ...] = ()


def chains_of(
    facts: Sequence[Fact],
    lead: Character,
    opponent: Character,
    *,
    beat: str,
    dice: Dice,
    background: Sequence[Fact] = (),
) -> list[Chain]:
    """One chain per fact, in order; whoever spoke last lets the other begin where both could."""
    chains: list[Chain] = []
    known = dice.order([one for one in background if one.subject], "background")
    for at, fact in enumerate(facts):
        last = at == len(facts) - 1
        chain = _chain(fact, lead, opponent, beat=beat, last=last, at=at, dice=dice.child(at))
        chains.append(_with_reason(_mixed(chain, dice.child(at)), known[at :: len(facts)]))
    return chains


def _mixed(chain: Chain, dice: Dice) -> Chain:
    """Half of the first answers are plain, so that not every scene answers alike."""
    if chain.after and chain.after[0].source == "np" and dice.number("plain") % 3 == 0:
        first = replace(chain.after[0], source="tie")
        return replace(chain, after=(first, *chain.after[1:]))
    return chain


def _with_reason(chain: Chain, known: Sequence[Fact]) -> Chain:
    """The chain with facts that were told before as reasons, after the first answer."""
    after = list(chain.after)
    places = (3,) if chain.fact.frame == "accuse" else (1, 4)
    for place, fact in zip(places, known, strict=False):
        if place < len(after):
            old = after[place]
            reason = Step(
                speaker=old.speaker, listener=old.listener, move=old.move, source="fact", frame="refer",
                fact=fact, tie=old.tie,
            )  # fmt: skip
            after[place] = reason
    return Chain(before=chain.before, fact=chain.fact, after=tuple(after))


def hint_at(fact: Fact, who: Character, whom: Character) -> Chain:
    """A fact that nobody here can put into words: they talk around its things."""
    return Chain(
        fact=_np(who, whom, "press", "insist", fact),
        after=(
            _tie(whom, who, "evade", "dodge"),
            _np(who, whom, "doubt", "insist", fact),
            _np(whom, who, "deflect", "dodge", fact),
            _tie(who, whom, "demand", "insist"),
        ),
    )


def _chain(
    fact: Fact, lead: Character, opponent: Character, *, beat: str, last: bool, at: int, dice: Dice
) -> Chain:
    ends = beat.startswith("cliffhanger") or beat == "whole"
    if ends and last:
        return _cliff(fact, lead, opponent)
    subject = lead if fact.subject == lead.name else opponent if fact.subject == opponent.name else None
    if subject is None:
        turn = (at + (beat == "complication")) % 2
        first, second = (lead, opponent) if turn == 0 else (opponent, lead)
        asks = fact.kind in ("secret", "backstory") or dice.number("ask") % 3 == 0
        joint = lead.name in fact.subject and opponent.name in fact.subject
        if joint:
            return _known(fact, first, second)
        if asks:
            return _ask(fact, first, second)
        return _tell(fact, first, second, frame="news", move="hint")
    other = opponent if subject is lead else lead
    if fact.kind == "secret" and (ends or beat in ("turn", "doubt")):
        return _confess(fact, subject, other)
    if fact.kind == "secret" or (beat in ("confrontation", "pressure") and fact.kind not in HARMLESS):
        return _accuse(fact, other, subject)
    if (dice.number("own") + at) % 2 == 0:
        return _ask(fact, other, subject)
    if fact.kind == "desire":
        return _own(fact, subject, other)
    if fact.kind == "situation":
        return _known(fact, subject, other)
    return _tell(fact, subject, other, frame="own", move="stake")


def _ask(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "hook", "ask", fact),
        after=(
            _np(whom, who, "deflect", "dodge", fact),
            _tie(who, whom, "demand", "insist"),
            _tie(whom, who, "evade", "dodge"),
            _np(who, whom, "press", "insist", fact),
            _tie(whom, who, "deny", "dodge"),
        ),
    )


def _accuse(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "accuse", "accuse", fact),
        after=(
            _tie(whom, who, "deny", "deny"),
            _why(who, whom, fact),
            _tie(whom, who, "crack", "yield"),
            _np(who, whom, "press", "insist", fact),
            _tie(whom, who, "plea", "beg"),
        ),
    )


def _own(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        fact=_fact(who, whom, "stake", "own", fact),
        after=(
            _tie(whom, who, "doubt", "object"),
            _tie(who, whom, "retort", "stand"),
            _np(whom, who, "doubt", "object", fact),
            _tie(who, whom, "resist", "stand"),
            _np(whom, who, "deflect", "object", fact),
        ),
    )


def _tell(fact: Fact, who: Character, whom: Character, *, frame: str, move: str) -> Chain:
    return Chain(
        fact=_fact(who, whom, move, frame, fact),
        after=(
            _np(whom, who, "doubt", "wonder", fact),
            _tie(who, whom, "resist", "vouch"),
            _tie(whom, who, "doubt", "wonder"),
            _tie(who, whom, "warn", "vouch"),
            _np(whom, who, "press", "wonder", fact),
        ),
    )


def _known(fact: Fact, who: Character, whom: Character) -> Chain:
    """What both know: said for what follows from it."""
    return Chain(
        fact=_fact(who, whom, "stake", "own", fact),
        after=(
            _np(whom, who, "press", "shrug", fact),
            _tie(who, whom, "resist", "go_on"),
            _tie(whom, who, "doubt", "shrug"),
            _tie(who, whom, "retort", "go_on"),
            _np(whom, who, "deflect", "shrug", fact),
        ),
    )


def _confess(fact: Fact, who: Character, whom: Character) -> Chain:
    return Chain(
        before=(_tie(who, whom, "begin", "lead_in"), _tie(whom, who, "urge", "urge")),
        fact=_fact(who, whom, "reveal", "confess", fact),
        after=(
            _tie(whom, who, "stagger", "shock"),
            _tie(who, whom, "plea", "beg"),
            _np(whom, who, "press", "shock", fact),
            _tie(who, whom, "crack", "yield"),
            _tie(whom, who, "demand", "insist"),
        ),
    )


def _cliff(fact: Fact, lead: Character, opponent: Character) -> Chain:
    return Chain(
        before=(
            _np(lead, opponent, "resolve", "leave", fact),
            _tie(opponent, lead, "stop", "halt"),
            _tie(lead, opponent, "last_ask", "ask"),
        ),
        fact=_fact(opponent, lead, "cliff", "cliff", fact),
    )


def _fact(who: Character, whom: Character, move: str, frame: str, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="fact", frame=frame, fact=fact)


def _np(who: Character, whom: Character, move: str, tie: str, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="np", frame=move, fact=fact, tie=tie)


def _why(who: Character, whom: Character, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move="press", source="why", frame="why", fact=fact, tie="insist")


def _tie(who: Character, whom: Character, move: str, tie: str) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="tie", tie=tie)
