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

SOMEBODY = frozenset(("someone", "somebody", "alguien", "alguém"))


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
    spoken: frozenset[str] = frozenset(),
    unwilled: frozenset[str] = frozenset(),
    third: Character | None = None,
) -> list[Chain]:
    """One chain per fact, in order; whoever spoke last lets the other begin where both could."""
    chains: list[Chain] = []
    known = dice.order([one for one in background if one.subject], "background")
    for at, fact in enumerate(facts):
        last = at == len(facts) - 1
        one, two = _pair(fact, lead, opponent, third)
        chain = _chain(
            fact,
            one,
            two,
            beat=beat,
            last=last,
            at=at,
            dice=dice.child(at),
            spoken=spoken,
            unwilled=unwilled,
        )
        chains.append(_with_reason(_mixed(chain, dice.child(at)), known[at :: len(facts)]))
    return chains


def _pair(
    fact: Fact, lead: Character, opponent: Character, third: Character | None
) -> tuple[Character, Character]:
    """Whoever does it says it, to whom it is done, also when that is the third one in the scene."""
    pair = (lead, opponent)
    if third is None or fact.subject != third.name:
        meant = third is not None and third.name in fact.about
        doer = next((one for one in pair if one.name == fact.subject), None)
        other = opponent if doer is lead else lead
        if third is not None and doer is not None and meant and other.name not in fact.about:
            return (doer, third)
        return pair
    return third, next((one for one in pair if one.name in fact.about), lead)


def _mixed(chain: Chain, dice: Dice) -> Chain:
    """Half of the first answers are plain, so that not every scene answers alike."""
    if chain.after and chain.after[0].source == "np" and dice.number("plain") % 3 == 0:
        first = replace(chain.after[0], source="tie")
        return replace(chain, after=(first, *chain.after[1:]))
    return chain


def _with_reason(chain: Chain, known: Sequence[Fact]) -> Chain:
    """The chain with facts that were told before as reasons, after the first answer."""
    after = list(chain.after)
    if chain.fact.frame == "now":
        # What happens needs no reason.
        return chain
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
    fact: Fact, lead: Character, opponent: Character, *, beat: str, last: bool, at: int, dice: Dice,
    spoken: frozenset[str] = frozenset(), unwilled: frozenset[str] = frozenset(),
) -> Chain:  # fmt: skip
    ends = beat.startswith("cliffhanger") or beat == "whole"
    if ends and last:
        # Nobody says `I am finding out`: what befalls people is told.
        found = bool(unwilled & {*fact.verb.lower().split()}) and fact.subject in (lead.name, opponent.name)
        return _cliff(fact, lead, opponent, short=beat == "whole" or found)
    if fact.subject not in (lead.name, opponent.name):
        return _of_others(fact, lead, opponent, beat=beat, at=at, dice=dice)
    subject, other = (lead, opponent) if fact.subject == lead.name else (opponent, lead)
    if fact.tense == "present" and other.name in fact.about and spoken & {*fact.verb.lower().split()}:
        return _by_word(fact, subject, other)
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


def _of_others(
    fact: Fact, lead: Character, opponent: Character, *, beat: str, at: int, dice: Dice
) -> Chain:  # fmt: skip
    """What two people say about both of them, or about somebody who is not there."""
    turn = (at + (beat == "complication")) % 2
    first, second = (lead, opponent) if turn == 0 else (opponent, lead)
    if lead.name in fact.subject and opponent.name in fact.subject:
        return _known(fact, first, second)
    if fact.kind in ("secret", "backstory") or dice.number("ask") % 3 == 0:
        return _ask(fact, first, second)
    return _tell(fact, first, second, frame="news", move="hint")


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


def _cliff(fact: Fact, lead: Character, opponent: Character, *, short: bool) -> Chain:
    """What ends an episode happens before our eyes, or is said by whom it is about."""
    doer = lead if fact.subject == lead.name else opponent
    other = opponent if doer is lead else lead
    if fact.kind == "event" and fact.tense == "present" and fact.source != "plot" and not short:
        return _happens(fact, doer, other, own=fact.subject == doer.name)
    return Chain(
        before=(
            _np(other, doer, "resolve", "leave", fact),
            _tie(doer, other, "stop", "halt"),
            _tie(other, doer, "last_ask", "ask"),
        ),
        fact=_fact(doer, other, "cliff", "cliff", fact),
    )


def _happens(fact: Fact, who: Character, whom: Character, *, own: bool) -> Chain:
    """`What are you doing?`, `I am opening the note.`; `Did you hear that?`, and the answer."""
    now = replace(fact, now=True)
    begins = _tie(whom, who, "last_ask", "stay_hand" if own else "hush")
    ends = "no_way_back" if own else "who_is_there" if fact.subject in SOMEBODY else "dread"
    return Chain(
        before=(begins,),
        fact=_fact(who, whom, "cliff", "now", now),
        after=(_tie(whom, who, "stagger", ends), _tie(who, whom, "resist", "settled" if own else "dread")),
    )


def _by_word(fact: Fact, who: Character, whom: Character) -> Chain:
    """To say it is to do it, and it is said to whom it is meant for: `I beg you to burn the letter`."""
    return Chain(
        fact=_fact(who, whom, "stake", "word", replace(fact, now=True)),
        after=(
            _tie(whom, who, "doubt", "object"),
            _tie(who, whom, "retort", "stand"),
            _np(whom, who, "doubt", "object", fact),
            _tie(who, whom, "resist", "stand"),
        ),
    )


def _fact(who: Character, whom: Character, move: str, frame: str, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="fact", frame=frame, fact=fact)


def _np(who: Character, whom: Character, move: str, tie: str, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="np", frame=move, fact=fact, tie=tie)


def _why(who: Character, whom: Character, fact: Fact) -> Step:
    return Step(speaker=who, listener=whom, move="press", source="why", frame="why", fact=fact, tie="insist")


def _tie(who: Character, whom: Character, move: str, tie: str) -> Step:
    return Step(speaker=who, listener=whom, move=move, source="tie", tie=tie)
