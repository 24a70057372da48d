"""By what else than trades and relations a brief calls somebody: `o velho`, `el ciego`, `the Calabrian`."""

from collections.abc import Sequence

from state.script import Language, Presentation
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import Known, known_person
from tools.models.offline.persons.people import SMALL_TITLES, person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

OLD_AT_LEAST = 55
STEM = 5
"""So many letters a country and its people share."""
WORD = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
BOUND = re.compile(r" (?:who|that|of|with|in|from|at|de|del|do|da|que|com|con|na|no|en)(?!\w)")
SEXES: tuple[Presentation, ...] = ("woman", "man")
NEAR = 48
"""Letters round a name in which a trait is that person's."""


def called_else(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """The words that mean this person and nobody else of those known."""
    return [
        *_by_age(one, known, text, language),
        *_by_grandchild(one, known, text, language),
        *_by_trait(one, known, text, language),
        *_by_origin(one, text, language),
        *_by_country(one, known, text, language),
        *_by_state(one, known, text, language),
        *_by_calling(one, known, text, language),
    ]


def _by_calling(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """`o operador de rádio` where only one of them is one, though our lists know no such trade."""
    noun = _calling(one.role, language)
    others = [_calling(other.role, language) for other in known if other is not one]
    grammar = grammar_of(language)
    articles = "|".join(grammar.words["articles"])
    said = rf"(?<!\w)(?:{articles}) {re.escape(noun)}(?!\w)"
    told = len(noun) >= STEM and noun not in others and re.search(said, text, re.IGNORECASE)
    return [noun] if told and noun not in person_words(bank(language)["reading"]) else []


def _calling(role: str, language: Language) -> str:
    """The noun that a role begins with, behind an age: `operador` of `37, operador de rádio, pálido`."""
    parts = [part for part in re.split(r"[,;]", role.lower()) if re.search(r"[^\W\d_]", part)]
    words = WORD.findall(BOUND.split(parts[0])[0]) if parts else []
    plain = [word for word in words if word not in grammar_of(language).determiners]
    return (plain[-1] if language == "en" else plain[0]) if plain else ""


def _by_age(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """`the old man`, `o velho`, where only one of the men is old, or is at least addressed so."""
    if one.sex is None:
        return []
    alike = [other for other in known if other.sex in (one.sex, None)]
    old = [other for other in alike if _is_old(other, language)]
    old = old or [other for other in alike if other.years is None and _is_honoured(other, text)]
    return list(_table(language)[f"old_{one.sex}"]) if old == [one] else []


def _by_grandchild(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """`abraça a avó` where one of them is a grandchild and only one is old enough, and a woman."""
    kin = bank(language)["people"]["kin"]
    words = "|".join(kin["grandchild"].split())
    own = r"(?: del[ae]| de (?:él|ella|[A-ZÀ-Ý][\w-]+))?"
    young = [
        other for other in known
        if other is not one and other.name and re.search(
            rf"(?<!\w)(?:{words}){own},? {re.escape(other.name)}(?!\w)", f"{text}. {other.role} {other.name}"
        )
    ]  # fmt: skip
    old = [other for other in known if other.sex == one.sex and _is_old(other, language)]
    grand = set(kin["grandparent"].split())
    taken = any(grand & set(WORD.findall(other.role.lower())) for other in known)
    if not young or old != [one] or taken:
        return []
    return [word for word in sorted(grand) if known_person("", word, language).sex == one.sex]


def _is_honoured(one: Known, text: str) -> bool:
    """`seu Arlindo`, `don Braulio`: nobody young."""
    return re.search(rf"(?<!\w)(?i:{SMALL_TITLES}|old) {re.escape(one.name)}(?!\w)", text) is not None


def _is_old(one: Known, language: Language) -> bool:
    if one.years is not None:
        return one.years >= OLD_AT_LEAST
    tables = bank(language)["people"]
    elder = f"{tables['ages']['elder']} {tables['kin']['grandparent']}".split()
    return any(word in elder for word in re.findall(r"[\w-]+", one.role.lower()))


def _by_trait(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """`el ciego` where somebody is said to be blind."""
    found: list[str] = []
    for trait in _table(language)["traits"].split():
        bearers = [other for other in known if _bears(other, trait, text)]
        if bearers == [one]:
            found.append(trait)
    return found


def _bears(one: Known, trait: str, text: str) -> bool:
    if re.search(rf"(?<!\w){trait}(?!\w)", one.role, re.IGNORECASE):
        return True
    at = text.find(one.name)
    if at < 0:
        return False
    before = re.split(r"[.!?;:]", text[max(0, at - NEAR) : at])[-1]
    end = at + len(one.name)
    after = re.match(rf",[^.!?;:]{{0,{NEAR}}}", text[end:])
    said = f"{before} {after.group() if after else ''}"
    return re.search(rf"(?<!\w){trait}(?!\w)", said, re.IGNORECASE) is not None


def _by_origin(one: Known, text: str, language: Language) -> list[str]:
    """`a quiet Calabrian glove-cutter called Nino`: then `the Calabrian`; `un comprador, un huancaíno`."""
    table = _table(language)
    name, role = re.escape(one.name), re.escape(one.role.partition(",")[0])
    indefinite = r"(?:an?|una?|uma?|um)"
    patterns = [rf"(?<!\w)(?i:{indefinite}) ([^.;:!?]{{3,50}}?),? (?:{table['naming']}) {name}(?!\w)"]
    if role:
        patterns.append(rf"(?<!\w)(?i:{indefinite}) {role}, (?:{indefinite}) ([^\W\d_]{{4,}})(?!\w)")
    said = [
        word
        for one in patterns
        for found in re.findall(one, text)
        for word in re.findall(r"[\w-]{4,}", found)
    ]
    grammar, people = grammar_of(language), person_words(bank(language)["reading"])
    plain = [
        word.lower()
        for word in said
        if not _is_small(word.lower(), grammar.words) and word.lower() not in people
    ]
    return [
        word for word in plain if re.search(rf"(?<!\w)(?:the|el|la|o|a) {word}(?!\w)", text, re.IGNORECASE)
    ]


def _by_country(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """`o uruguaio` where only one of them lives in Uruguay."""
    people = person_words(bank(language)["reading"])
    said = {
        word
        for word in re.findall(r"(?<!\w)(?:[Tt]he|[Ee]l|[LlOoAa]a?) ([a-zà-ÿ]{6,})(?!\w)", text)
        if word not in people
    }
    names = [other.name for other in known if other is not one]
    own = {place[:STEM].lower() for place in _places_beside(one.name, names, text)}
    others = {place[:STEM].lower() for name in names for place in _places_beside(name, [one.name], text)}
    return [word for word in sorted(said) if word[:STEM] in own - others]


def _places_beside(name: str, others: Sequence[str], text: str) -> list[str]:
    """The places told of somebody in the sentence that names them, up to the next name."""
    found: list[str] = []
    stops = "|".join(re.escape(other) for other in others) or "$^"
    for told in re.finditer(rf"(?<!\w){re.escape(name)}([^.!?]*)", text):
        stretch = re.split(rf"(?<!\w)(?:{stops})(?!\w)", told.group(1))[0]
        found += re.findall(r"(?<= )(?:in|from|en|de|do|da|no|na|em) ([A-ZÁÉÍÓÚ][\w-]{4,})", stretch)
    return found


def _by_state(one: Known, known: Sequence[Known], text: str, language: Language) -> list[str]:
    """`O doente sorri` where one of them has a fever."""
    found: list[str] = []
    for nouns, signs in _table(language)["states"].items():
        marked = [other for other in known if _is_said_to(other.name, signs, text)]
        if marked == [one]:
            found += nouns.split()
    return found


def _is_said_to(name: str, signs: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)[^.!?]*(?<!\w)(?:{signs})(?!\w)", text) is not None


def _is_small(word: str, words: dict[str, frozenset[str]]) -> bool:
    return any(word in listed for name, listed in words.items() if name not in ("homographs", "time_words"))


def _table(language: Language) -> Table:
    table: Table = bank(language)["people"]["also"]
    return table
