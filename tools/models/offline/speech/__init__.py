"""What a brief says in the third person, as its people say it to each other.

A clause that cannot be turned with certainty is not said at all: a short film is better
than a garbled line.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from state.script import Character, Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.speech import english, portuguese, spanish
from tools.models.offline.speech.english import Turned
from tools.models.offline.speech.shorten import shorter, stands_alone
from tools.models.offline.speech.words import People, Unsure, listed, pattern
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact

Form = Literal["statement", "question", "clause", "why"]
"""A sentence with its full stop, one that asks, the words alone, and the words as they follow `why`."""
TURNS = {"en": english.turn, "es": spanish.turn, "pt-BR": portuguese.turn}
PERIPHRASTIC = re.compile(r"(?:va a|vai) (?:(?:me|te|se|lhe|nos) )?\w+r(?:se|lo|la|le)?(?!\w)")
"""`va a vender`, `vai vender`: a future, not a walk."""
ARTICLES = {"en": ("the", "a", "an"), "es": ("el", "la", "los", "las"), "pt-BR": ("o", "a", "os", "as")}
LONGEST_LEAD = 7
HAPPENS = ("event", "backstory", "situation", "secret", "threat")


def as_said(
    fact: Fact,
    *,
    speaker: Character,
    listener: Character,
    form: Form = "statement",
    language: Language,
    cast: Sequence[Character] = (),
    longest: int = 99,
) -> str | None:
    """A fact as `speaker` says it to `listener` in at most `longest` words; None when that is not safe."""
    if fact.kind == "question":
        return None
    if not fact.subject or not fact.verb:
        return _as_written(fact, (speaker, listener, *cast), form, language, longest)
    if form == "why" and set(fact.verb.lower().split()) & unwilled(language):
        return None
    if fact.subject == speaker.name and pattern(language, "unknown").match(f"{fact.verb} {fact.rest}"):
        return None
    people = People.of(speaker, listener, cast)
    condition = _condition(fact, people, form, language)
    if condition is None:
        return None
    lead = condition[:1].lower() + condition[1:] if form == "clause" else condition
    for rest, past in _ways(fact, language):
        text = _told(fact, rest, people, form, language, past=past)
        whole = fact.rest.strip() in rest
        if language == "pt-BR" and not whole and not portuguese.ends_with_verb(rest):
            continue
        text = _under(lead, text, language) if text else text
        if text and len(text.split()) <= longest and stands_alone(text, language, whole=whole):
            return text
    return None


def _ways(fact: Fact, language: Language) -> Iterator[tuple[str, bool]]:
    """What may follow the verb, each with its time; Portuguese cuts sooner than it leaves the past."""
    rests = [(rest, _is_past(fact, rest, language)) for rest in _rests(fact, language)]
    if language == "pt-BR":
        yield from rests
        yield from ((rest, False) for rest, past in rests if past)
        return
    for rest, past in rests:
        yield rest, past
        if past:
            yield rest, False


def _under(condition: str, text: str, language: Language) -> str:
    """A sentence behind its condition; an article there does not keep its capital."""
    if not condition:
        return text
    first, _, others = text.partition(" ")
    if first.lower() in ("eu", "você") and f" {first.lower()} " in condition:
        return f"{condition} {others}"
    small = text.split()[0].lower() in listed(language, "lowered")
    return f"{condition} {text[:1].lower() if small else text[:1]}{text[1:]}"


def _condition(fact: Fact, people: People, form: Form, language: Language) -> str | None:
    """`Se Ana vender,` as `Se eu vender,`; empty without a condition, None when it cannot be said."""
    if language != "pt-BR" or not portuguese.CONDITION.match(fact.lead):
        return ""
    if form == "why":
        return None
    try:
        return portuguese.condition(fact, people)
    except Unsure:
        return None


def _told(fact: Fact, rest: str, people: People, form: Form, language: Language, *, past: bool) -> str | None:
    """The clause in the time it is told in; None when that is not certain."""
    try:
        return _formed(_turn(fact, rest, people, language, past=past), fact, form, language)
    except Unsure:
        return None


def _as_written(
    fact: Fact, people: Sequence[Character], form: Form, language: Language, longest: int
) -> str | None:
    """A clause nobody could read is said only when it speaks of nobody here."""
    words = fact.text.strip().rstrip(".")
    names = any(part in words for one in people for part in one.name.split() if len(part) > 2)
    loose = (
        names or form == "why" or pattern(language, "pronoun").search(words) or re.search(r"[.!?:;]", words)
    )
    if (
        loose
        or len(words.split()) > longest
        or len(words.split()) < 3
        or not stands_alone(words, language, whole=True)
    ):
        return None
    return _formed(Turned("", words, "", "other"), fact, form, language)


@lru_cache(maxsize=4)
def unwilled(language: Language) -> frozenset[str]:
    """What happens to people: nobody is asked why."""
    return frozenset(bank(language)["verbs"]["unwilled"].split())


def _rests(fact: Fact, language: Language) -> Iterator[str]:
    """What may follow the verb: with the time that stood before it, then without, then shorter."""
    lead = fact.lead.strip(" ,;:")
    timed = (
        lead
        and not fact.now
        and pattern(language, "time_lead").match(lead)
        and not _holds_a_subject(lead, language)
    )
    for rest in shorter(fact.rest, fact.verb, language):
        if timed and not re.search(r"[,;:—]|(?<!\w)que(?!\w)", rest):
            yield f"{rest} {lead[:1].lower()}{lead[1:]}"
        yield rest


def _holds_a_subject(lead: str, language: Language) -> bool:
    """Whether a noun stands in the lead that no preposition governs: it was read with it by mistake."""
    words = lead.lower().split()
    loose = [
        at for at, word in enumerate(words)
        if at and word in ARTICLES[language] and words[at - 1] not in listed(language, "prepositional")
    ]  # fmt: skip
    return bool(loose) or len(words) > LONGEST_LEAD or any(word[:1].isupper() for word in lead.split()[1:])


def _is_past(fact: Fact, rest: str, language: Language) -> bool:
    """Whether people tell it as something that happened."""
    once = fact.kind in ("event", "backstory") or fact.verb.lower() not in lasting(language)
    if language == "en" and fact.verb.lower() in ("has", "have") and fact.kind != "backstory":
        return False
    if language == "en" and fact.kind == "situation":
        # What nobody calls an event may go on, unless its verb is one that is over at once.
        once = fact.verb.lower() in bank("en")["verbs"]["past"]
    ahead = PERIPHRASTIC.match(f"{fact.verb.split()[-1].lower()} {rest}")
    again = pattern(language, "again").search(f"{rest} {fact.lead.lower()}")
    again = again or pattern(language, "often").match(fact.lead)
    if fact.now or (language == "pt-BR" and portuguese.goes_on(fact.verb, rest, fact.lead)):
        return False
    told = fact.kind in HAPPENS or (language == "pt-BR" and fact.kind == "desire")
    if fact.kind == "desire" and fact.verb.split()[-1].lower() in lasting(language):
        return False
    return fact.tense == "present" and told and once and not ahead and not again


def _turn(fact: Fact, rest: str, people: People, language: Language, *, past: bool) -> Turned:
    verb = fact.verb
    if fact.subject.lower().endswith(" name"):
        raise Unsure(fact.subject)
    if language == "en" and fact.kind in ("situation", "secret") and "every" not in rest:
        ongoing: dict[str, str] = bank("en")["verbs"]["ongoing"]
        verb = f"is {ongoing[verb]}" if verb in ongoing else verb
    if language == "en" and fact.now and not (fact.about and is_word(fact, language)):
        verb = english.happening(verb)
    return TURNS[language](fact.subject, verb, rest, people=people, about=fact.about, past=past)


def is_word(fact: Fact, language: Language) -> bool:
    """Whether saying it is doing it: `I beg you to burn the letter`."""
    return bool({*fact.verb.lower().split()} & {*bank(language)["verbs"]["spoken"].split()})


@lru_cache(maxsize=4)
def lasting(language: Language) -> frozenset[str]:
    """Verbs that may go on for years: told in the past only when they are an event."""
    return frozenset(bank(language)["verbs"]["lasting"])


def _formed(turned: Turned, fact: Fact, form: Form, language: Language) -> str:
    words = turned.text if form != "why" or language != "en" else english.inverted(turned, fact.verb)
    words = re.sub(r"[\s.,;:!?…]+$", "", words)
    if form in ("clause", "why"):
        return _inside(words, turned, language)
    if form == "question":
        asked = f"{words[:1].upper()}{words[1:]}?"
        return f"¿{asked}" if language == "es" else asked
    return f"{words[:1].upper()}{words[1:]}."


def _inside(words: str, turned: Turned, language: Language) -> str:
    """The words as they stand inside a sentence: an article does not keep its capital."""
    first = words.split()[0] if words else ""
    grammar = grammar_of(language)
    begins = grammar.drops_subjects and turned.role == "other" and first.lower() in grammar.verbs.finite
    small = begins or first.lower() in listed(language, "lowered")
    return words[:1].lower() + words[1:] if small else words


__all__ = ["Form", "as_said", "is_word"]
