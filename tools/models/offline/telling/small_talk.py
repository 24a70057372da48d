"""What people say to each other around what the narrator tells, where there are words left for it."""

from collections.abc import Sequence
from dataclasses import replace

from tools.models.offline.brief.silence import is_silent, is_wordless
from tools.models.offline.deeds.happening import Happening, happening_of
from tools.models.offline.speech.steps import Step
from tools.models.offline.telling.echoing import echoes
from tools.models.offline.telling.exchange import Draft, Exchange
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.telling.talk import Company, exchanges
from tools.models.offline.telling.whose import is_written
from tools.models.offline.words.timing import words_in

EMPTY = 0.65
"""The part of a scene's words that is left when next to nothing is heard in it."""
THIN = 0.6
"""The part of a scene's words that is left where so little is told that people may talk as well."""
MOST_OF_PREMISE = 4
"""Lines in a scene of a brief that says next to nothing."""
OF_THINGS = frozenset(
    (
        "find",
        "give",
        "open",
        "show",
        "search",
        "repair",
        "buy",
        "take",
        "lose",
        "hide",
        "drop",
        "use",
        "write",
    )
)
"""Kinds of which people talk as of something they have before them."""
SURE_TALK = frozenset(("find", "give", "open", "read", "show", "search", "cook", "repair", "buy"))
"""Kinds of which two people can be heard to talk in any story."""
UNDOING = frozenset(("break",))
"""Kinds after which a thing is no more what it was."""
BEFORE = -1
"""Where talk stands that is heard before anything is told."""


def talk_of(
    exchange: Exchange, draft: Draft, at: int, happening: Happening, *, plain: bool = False,
    topical: bool = False,
) -> None:  # fmt: skip
    """One exchange about a fact, when it fits and does not let the same voice go on."""
    if happening.fact.again and happening.fact.kind == "desire":
        return
    if any(not line.told and line.move == "reveal" for line in draft.telling.get(at, [])):
        # The brief's own words need no answer of ours.
        return
    last = exchange.ends and 0 < at == len(exchange.facts) - 1
    if last and draft.left < EMPTY * draft.budget:
        # The last sentence stands.
        return
    if at == 0 and not happening.fact.verb and exchange.where[1] == 1:
        # `Blackpool, 1974.` is nothing to talk about.
        return
    if happening.kind == "denied" and at in draft.talk:
        # Of what does not happen there is not much to say.
        return
    here = exchange.here(max(0, at))
    if len(here) == 1 and any(draft.talk.values()):
        return
    heard = frozenset({*exchange.said, *(line.text for line in draft.lines if not line.told)})
    company = Company(
        language=exchange.story.language, tone=exchange.story.tone, people=here,
        dice=exchange.dice, said=heard,
    )  # fmt: skip
    for lines in exchanges(happening, company, plain=plain, topical=topical):
        before = draft.talk.get(at, [])
        if sum(words_in(line.text) for line in lines) <= draft.left and not _goes_on(draft, at, lines):
            draft.talk[at] = [*before, *lines]
            return


def fill_thin(exchange: Exchange, draft: Draft, seen: Sequence[Happening]) -> None:
    """Where a story is told, people talk only in a scene of few words, of what one does before the other.

    Anything else they would say is a guess about a story that the narrator tells better.
    """
    text = " ".join(happening.fact.text.lower() for happening in seen)
    quiet = is_silent(text, exchange.story.language)
    if quiet or draft.left < THIN * draft.budget or any(not line.told for line in draft.lines):
        return
    for at, happening in enumerate(seen):
        last = exchange.ends and at == len(seen) - 1
        surely = happening.fact.sure and happening.doer is not None and happening.kind in SURE_TALK
        if surely and not last and not happening.fact.again and len(exchange.here(at)) > 1:
            talk_of(exchange, draft, at, happening)
            return


def talk_of_the_premise(exchange: Exchange, draft: Draft, seen: Sequence[Happening]) -> None:
    """A brief of a line gives nobody words; its people talk about what it says, and of nothing else."""
    here, premise = (" ".join(one.text.lower() for one in facts)
                     for facts in ([happening.fact for happening in seen], exchange.premise))  # fmt: skip
    if is_silent(here, exchange.story.language) or is_wordless(premise, exchange.story.language):
        return
    own = [(at, one) for at, one in enumerate(seen) if one.fact in exchange.premise]
    people, cast, language = exchange.here(0), exchange.cast, exchange.story.language
    # Who has something of their own to say here is only answered.
    spoken = any(not line.told for line in draft.lines)
    rest = () if spoken else exchange.premise
    whole = [(BEFORE, happening_of(fact, people, cast, language)) for fact in rest]
    # Where anybody hides, sleeps or lies dead, two may repeat the brief's words; stock talk is out of place.
    hushed = is_silent(premise, language)
    for at, happening in [*own, *whole] if not hushed else ():
        if sum(map(len, draft.talk.values())) >= MOST_OF_PREMISE:
            return
        ends = exchange.ends and at == len(seen) - 1
        if ends and happening.kind in UNDOING:
            # Nobody mourns beforehand what the last sentence breaks.
            continue
        held = happening.thing and happening.kind != "write"
        if held or happening.kind not in OF_THINGS or _is_meant(happening, exchange):
            talk_of(exchange, draft, BEFORE if ends else at, happening, topical=True)
    if not draft.talk and len(people) > 1 and not spoken:
        _echo(exchange, draft, BEFORE if exchange.where[1] > 1 else 0, [one for _, one in whole])
    for _, happening in whole if not draft.talk and not hushed else ():
        # Two who do something together may say what any two would.
        if happening.together and not draft.talk:
            talk_of(exchange, draft, BEFORE, happening)


def _is_meant(happening: Happening, exchange: Exchange) -> bool:
    """`writes a letter` is writing, `paints a door` only stands with it."""
    return happening.kind == "write" and is_written(happening.fact.text, exchange.story.language)


def _echo(exchange: Exchange, draft: Draft, at: int, seen: Sequence[Happening]) -> None:
    """Somebody cannot believe a part of what the brief says."""
    story, people = exchange.story, exchange.here(0)
    facts = [one.fact for one in seen]
    doer = next((one.doer for one in seen if one.doer in people), people[0])
    other = next(one for one in people if one is not doer)
    near = all(one.doer is None for one in seen)
    dice = story.dice.child("echo")
    for question, back_to in echoes(facts, exchange.cast, story.language, dice, near=near):
        if question in exchange.said:
            continue
        step = Step(speaker=other, listener=doer, move="react", source="fact", frame="")
        back = replace(step, speaker=doer, listener=other)
        lines = [plain_line(step, question, seen[0]), plain_line(back, back_to, seen[0])]
        if sum(words_in(line.text) for line in lines) <= draft.left:
            draft.talk[at] = [replace(line, essential=False) for line in lines]
        return


def _goes_on(draft: Draft, at: int, lines: Sequence[Spoken]) -> bool:
    """Whether one person would speak twice in a row where these lines begin or end."""
    before = draft.talk.get(at) or draft.telling.get(at) or draft.talk.get(at - 1, [])
    after = draft.telling.get(at + 1) or draft.talk.get(at + 1, [])
    joints = [(before[-1], lines[0])] if before else []
    joints += [(lines[-1], after[0])] if after else []
    return any(not one.told and not two.told and one.speaker is two.speaker for one, two in joints)


def plain_line(step: Step, text: str, happening: Happening | None, *, tone: str = "grave") -> Spoken:
    """A line that carries a fact in somebody's own words."""
    return Spoken(
        move=step.move,
        speaker=step.speaker,
        listener=step.listener,
        text=text,
        expression=happening.face(doer=True, tone=tone) if happening else "determined",
        reaction=happening.face(doer=False, tone=tone) if happening else "neutral",
        gesture=happening.gesture_in_talk if happening else "none",
        essential=True,
        fact=happening.fact if happening else None,
    )
