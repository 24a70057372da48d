"""What people say about something that happens: short exchanges out of the talk bank."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from state.script import Character, Expression, Language
from tools.models.offline.deeds.happening import Happening
from tools.models.offline.persons.by_calling import is_nameless
from tools.models.offline.speech.manner import relaxed
from tools.models.offline.speech.voice import called
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, shared
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.grammar import Filling, fill, pattern_of, slots_of

TURN = re.compile(r"^([AB])(?:\((\w+)\))?: (.+)$")


PLAIN = frozenset(("event", "situation", "backstory", "threat", "question", "desire", "secret", "denied"))
"""Kinds whose talk fits anything of the kind."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """Who may talk in a scene, in which language and tone, and what was said already."""

    language: Language
    tone: str
    people: tuple[Character, ...]
    dice: Dice
    said: frozenset[str] = frozenset()


def exchanges(
    happening: Happening, company: Company, *, plain: bool = False, topical: bool = False
) -> Iterator[list[Spoken]]:
    """Exchanges about a happening that nobody has had yet, the best fitting first.

    Those that fit any event of its kind are only had when `plain` allows it: silence is better.
    `topical` leaves out what fits any two people who do something together.
    """
    if len(company.people) < 2 and happening.doer is None and not company.people:
        return
    pair, way = _cast(happening, company)
    talk = bank(company.language)["talk"]
    names = [happening.kind, *(["together"] if way == "together" else []), "thing", happening.fact.kind]
    for name in dict.fromkeys(names):
        if (name in PLAIN and not plain) or (name == "together" and topical):
            continue
        for template in _ordered(talk[name], _way(name, way), happening, company, name):
            made = _filled(template, pair, happening, company)
            if made is not None:
                yield made


def _way(name: str, way: str) -> str:
    """Two people talk of a thing in one way, whoever has it; one alone has nobody to answer."""
    return "own" if name == "thing" and way != "alone" else way


def _cast(happening: Happening, company: Company) -> tuple[tuple[Character, Character], str]:
    """Who is A and who is B, and which of the three ways of talking they have."""
    people, doer = company.people, happening.doer
    if len(people) == 1:
        return (people[0], people[0]), "alone"
    if doer is not None:
        others = [one for one in people if one is not doer]
        meant = [one for one in others if one.name in happening.fact.about]
        return (doer, (meant or others)[0]), "own"
    turned = company.dice.number("turn", happening.fact.order, happening.kind) % 2
    if happening.together and "together" in bank(company.language)["talk"]:
        return ((people[0], people[1]) if turned else (people[1], people[0])), "together"
    # Whoever it is done to has the first word about it.
    meant = [one for one in people if one.name in happening.fact.about]
    if meant:
        return (meant[0], next(one for one in people if one is not meant[0])), "other"
    return ((people[0], people[1]) if turned else (people[1], people[0])), "other"


def _ordered(
    table: dict[str, list[str]], way: str, happening: Happening, company: Company, name: str
) -> list[str]:
    """One of the tone early, and now and then one that names the thing; the order is the brief's own."""
    dice = company.dice.child("talk", name, way, happening.fact.order)
    plain, toned = table.get(way, []), dice.order(table.get(f"{way}_{company.tone}", []), "toned")
    mixed = dice.order([*plain, *toned[1:]], "mixed", company.tone)
    named = dice.number("named") % 3 == 0
    mixed = sorted(mixed, key=lambda one: named and "{it}" not in one.lower())
    at = dice.number("early", company.tone) % 2
    return [*mixed[:at], *toned[:1], *mixed[at:]]


def _filled(
    template: str, pair: tuple[Character, Character], happening: Happening, company: Company
) -> list[Spoken] | None:
    """The exchange in the people's words; None when a slot has no filling or a line was heard before."""
    # Who has no name is called by none.
    named = zip("ab", pair, strict=True)
    slots = {slot: called(one) for slot, one in named if not is_nameless(one)}
    if happening.thing:
        slots["it"] = happening.thing
    if happening.who:
        slots["who"] = happening.who
    turns = [TURN.match(turn.strip()) for turn in template.replace("{It}", "{it}").split(" / ")]
    lines: list[Spoken] = []
    for turn in turns:
        if turn is None or not slots_of(turn[3]) <= slots.keys() or _was_heard(turn[3], company):
            return None
        lines.append(_line(turn, pair, happening, company, slots))
    return lines


def _was_heard(template: str, company: Company) -> bool:
    pattern = pattern_of(template)
    return any(pattern.fullmatch(text) for text in company.said)


def _line(
    turn: re.Match[str],
    pair: tuple[Character, Character],
    happening: Happening,
    company: Company,
    slots: dict[str, str],
) -> Spoken:
    speaker, listener = pair if turn[1] == "A" else pair[::-1]
    genders = {
        "s": speaker.look.presentation, "y": listener.look.presentation, "t": happening.gender,
    }  # fmt: skip
    text = fill(turn[3], Filling(language=company.language, slots=slots, genders=genders))
    does = speaker is happening.doer
    return Spoken(
        move="plain",
        speaker=speaker,
        listener=listener,
        text=relaxed(text, speaker, company.language),
        expression=_face(turn[2], happening, company, does=does),
        reaction=happening.face(doer=listener is happening.doer, tone=company.tone),
        gesture=happening.gesture_in_talk if does else "none",
        essential=False,
        fact=happening.fact,
    )


def _face(given: str | None, happening: Happening, company: Company, *, does: bool) -> Expression:
    """The face a line asks for, in the scene's tone; else that of the happening."""
    if not given:
        return happening.face(doer=does, tone=company.tone)
    toned: Expression = shared("happenings")["tone"].get(company.tone, {}).get(given, given)
    return toned


def company_of(
    people: Sequence[Character], language: Language, tone: str, dice: Dice, said: frozenset[str]
) -> Company:
    """The people of a scene as talk needs them."""
    return Company(language=language, tone=tone, people=tuple(people), dice=dice, said=said)


def is_plain(fact: Fact) -> bool:
    """Whether a fact is one that people refer to rather than act out."""
    return fact.kind in ("situation", "backstory")
