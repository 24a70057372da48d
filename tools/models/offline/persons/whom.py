"""Whom a loose pronoun means: a guess, good enough to decide who is in a scene, never to change a word."""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Character
from tools.models.offline.words import patterns as re
from tools.models.offline.words.fact import Fact

LOOSE_PRONOUNS = re.compile(r"(?<!\w)(?:her|him|le|ella|él|ela|ele|dela|dele|lhe)(?!\w)")


def centred(fact: Fact, earlier: Sequence[Fact], cast: Sequence[Character]) -> Fact:
    """`le pasa una nota`: to whom, when the clause names nobody else.

    A pronoun with a gender means whoever of it was the subject last; one without means whoever the
    sentence before was about, else the lead.
    """
    loose = LOOSE_PRONOUNS.search(f"{fact.verb} {fact.rest}")
    if not loose:
        return fact
    if loose[0] == "le" and re.search(r"(?<!\w)(?:a una? |al |a la |a los |a las )", fact.rest):
        # `le toma el pulso a una pezuña`: to whom or what is said.
        return fact
    if loose[0] in ("le", "lhe") and re.search(
        r"(?<!\w)(?:a|ao|à|para)(?: don| doña| dona| seu)? (?=[A-ZÁÉÍÓÚÂÊÔÃÕ])", fact.rest
    ):
        # `le da la mano a Elvira`
        return fact
    women = {one.name: one.look.presentation == "woman" for one in cast}
    if loose[0] in ("le", "lhe"):
        found = _latest(earlier, fact.subject, cast)
    else:
        woman = loose[0] in ("her", "ella", "ela", "dela")
        subjects = [one.subject for one in reversed(earlier) if women.get(one.subject) == woman]
        found = next((one for one in subjects if one != fact.subject), fact.subject)
    if found in (fact.subject, *fact.about) or any(women.get(one) == women[found] for one in fact.about):
        return fact
    return replace(fact, about=(*fact.about, found))


def _latest(earlier: Sequence[Fact], doer: str, cast: Sequence[Character]) -> str:
    """`El capitán se agacha y le pregunta`: whom the last sentence was about, if not the captain."""
    known = {one.name for one in cast} - {doer}
    last = earlier[-1:] or ()
    said = [name for fact in last for name in (fact.subject, fact.agent, *fact.about) if name in known]
    return said[0] if said else cast[0].name
