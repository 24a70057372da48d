"""Things with people's names: `an old bike called Doris`, `la bici, Lola`, `a Esperança, a jangada que`."""

from collections.abc import Iterator
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.evidence import is_aged
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import is_given_name

PART = r"[A-ZÁÉÍÓÚÂÊÔÃÕÑ][\w'\u2019-]*"
NAME = rf"[\"\u201c«]?(?P<name>{PART}(?: {PART}){{0,2}})"
KIND = r"(?P<kind>[a-zà-ÿ-]+(?: [a-zà-ÿ-]+){0,4}?)"
"""The words of a phrase, its noun among them."""
ARTICLE: dict[Language, str] = {"en": "(?:the )?", "es": "(?:el |la )?", "pt-BR": "(?:o |a )?"}
ONE: dict[Language, str] = {
    "en": "an?|his|her|our|their|my",
    "es": "una?|su|mi|nuestr[oa]",
    "pt-BR": "uma?|um|seu|sua|meu|minha|noss[oa]",
}
THE: dict[Language, str] = {"en": "the", "es": "el|la", "pt-BR": "o|a"}
MELTED: dict[Language, str] = {
    "en": "the", "es": "el|la|del|al", "pt-BR": "o|a|do|da|no|na|ao|à|pelo|pela",
}  # fmt: skip
OTHERS: dict[Language, str] = {
    "en": "this|that|another|some|one", "es": "est[ea]|es[ea]|otr[oa]|aquell?[ao]?",
    "pt-BR": "est[ea]|ess[ea]|outr[oa]|nesse|nessa|num|numa|dum|duma",
}  # fmt: skip
OF = ("of", "with", "without", "de", "del", "do", "da", "dos", "das", "con", "com", "sin", "sem")
"""Prepositions within a phrase; `una guitarra en la mano` is none."""
ENDS = r"(?=[.,;:!?)]|$)"
GOES_ON: dict[Language, str] = {"en": "that|which|called|with", "es": "que|con|de", "pt-BR": "que|com|de"}


@lru_cache(maxsize=128)
def named_things(text: str, language: Language) -> frozenset[str]:
    """The names that a text gives to things, whole as they stand there."""
    told = {*_found(text, language), *_prizes(text, language)}
    return frozenset(one for one in told if not is_aged(one, text))


def _prizes(text: str, language: Language) -> Iterator[str]:
    """`wins Best Jam`, `gana el Limón de Oro`, `leva o Troféu Cajá`: what is won, and a title of honour."""
    table = bank(language)["people"]
    of = "(?: (?:of the|of|in|de las?|de los|del|de|d[aeo]s?))?"
    named = rf"(?P<name>{PART}(?:{of} {PART}){{0,3}})"
    won = re.compile(rf"(?<!\w)(?i:{table['winning']}) {named}")
    honour = re.compile(rf"(?<!\w)(?P<name>(?:{table['honours']})(?:{of} {PART}){{1,3}})")
    for found in (*won.finditer(text), *honour.finditer(text)):
        parts = [one for one in found["name"].split() if one[0].isupper()]
        if not any(map(is_given_name, parts)):
            yield found["name"]


def _found(text: str, language: Language) -> Iterator[str]:
    for pattern in _patterns(language):
        for found in _everywhere(re.compile(rf"(?<![\w-])(?:{pattern})"), text):
            if is_thing(found["kind"], language) and not _is_somebody(found, text, language):
                yield re.sub(r"['\u2019]s$", "", found["name"])


def _everywhere(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Every place where a pattern fits, be it inside of another: `un hombre con una bici, Lola,`."""
    found = pattern.search(text)
    while found is not None:
        yield found
        found = pattern.search(text, found.start() + 1)


def _patterns(language: Language) -> tuple[str, ...]:
    bearing, article = bank(language)["people"]["bearing"], ARTICLE[language]
    the = "" if language == "en" else rf"(?:{THE[language]}) "
    one, goes = ONE[language], GOES_ON[language]
    return (
        rf"(?i:{one}|{MELTED[language]}|{OTHERS[language]}) {KIND},? (?:{bearing}) {article}{NAME}",
        # `una bici, Lola,`; `o barco, o Ondina,`
        rf"(?i:{one}) {KIND}, {article}{NAME}{ENDS}",
        rf"(?i:{THE[language]}) {KIND}, {the}{NAME}{ENDS}" if the else "(?P<kind>$^)(?P<name>$^)",
        # `Doris, an old bike, waits`; `a Esperança, a jangada que`
        rf"{NAME}, (?:{one}) {KIND}(?:{ENDS}|(?= (?:{goes})(?!\w)))",
        rf"(?i:{MELTED[language]}) {NAME}, (?:{THE[language]}) {KIND}(?:{ENDS}|(?= (?:{goes})(?!\w)))",
        rf"{NAME} (?:is|was|es|era|é) (?:{one}) {KIND}(?:{ENDS}|(?= (?:{goes})(?!\w)))",
        rf"{NAME} \((?:{one}|{THE[language]}) {KIND}[,)]",
    )


def is_thing(kind: str, language: Language) -> bool:
    """Whether the noun of a phrase is one that bears a name: the last in English, else the first."""
    words = kind.split()
    bearers, people = _bearers(language), _people(language)
    known = [one for one in words if one in bearers or one in people]
    if set(words) & (grammar_of(language).words["prepositions"] - set(OF)):
        return False
    head = known[-1:] if language == "en" else known[:1]
    if language == "en" and head and head[0] != words[-1]:
        return False
    return bool(head) and head[0] in bearers and head[0] not in people


def _is_somebody(found: re.Match[str], text: str, language: Language) -> bool:
    """`Beside the piano, Lola, the singer, waits`: what is said behind the name is said of a person."""
    if found.start("name") < found.start("kind"):
        return False
    after = re.match(r",? \(?(?:\w+ )?(?:[a-zà-ÿ]+ )?([a-zà-ÿ]+)", text[found.end("name") :])
    said = [] if after is None else after.group().strip(" ,(").split()
    return bool(set(said) & _people(language))


@lru_cache(maxsize=4)
def _bearers(language: Language) -> frozenset[str]:
    return frozenset(bank(language)["people"]["bearers"].split())


@lru_cache(maxsize=4)
def bearers_before(language: Language) -> frozenset[str]:
    """Nouns right before a name that is a thing's: `lavandería Burbuja`; `saw Kofi` is a verb."""
    verbs = grammar_of(language).verbs
    return frozenset(one for one in _bearers(language) if one not in verbs.finite and one not in verbs.bases)


@lru_cache(maxsize=4)
def _people(language: Language) -> frozenset[str]:
    tables, reading = bank(language)["people"], bank(language)["reading"]
    known = {
        w for one in ("kin", "sexes", "ages", "generic") for v in tables[one].values() for w in v.split()
    }
    known |= {w for one in ("women", "men", "persons", "uniforms", "suits") for w in reading[one]["words"]}
    known |= trade_nouns(language)
    return frozenset(known) - grammar_of(language).determiners - _bearers(language)
