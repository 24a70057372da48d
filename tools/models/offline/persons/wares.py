"""Names of things: `his dark green Harrow`, `our Penhale kayak`, `una Orbea azul` are nobody."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.evidence import is_aged
from tools.models.offline.persons.trades import trade_nouns
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import is_given_name

NAME = r"(?-i:[A-ZÁÉÍÓÚÂÊÔÃÕÇÑ])[\w-]+"
OWNERS = {
    "en": "our|his|her|their|my|your|an?|the|this|that",
    "es": "nuestr[oa]|su|mi|tu|una?|el|la|est[ea]",
    "pt-BR": "noss[oa]|seu|sua|meu|minha|uma?|um|o|a|est[ea]",
}
"""What stands before a thing that has a name."""
OURS = {"en": "our", "es": "nuestr[oa]", "pt-BR": "noss[oa]"}
ONE = {"en": "an?", "es": "una?", "pt-BR": "uma?|um"}
SHADES = ("dark", "light", "bright", "pale", "deep")
NAMED = {"en": "(?:the )?", "es": "(?:el|la) ", "pt-BR": "(?:o|a) "}
"""Before the name of a thing that was told of: `a quiet drill, the Hush`."""


@lru_cache(maxsize=128)
def wares(text: str, language: Language) -> frozenset[str]:
    """The capitalised words of a text that are the names of things, not of people."""
    found = {one for pattern in _patterns(language) for one in _names(text, pattern, language)}
    # `Soltando a pipa vermelha, Bia`: who has an age is no thing.
    return frozenset(one for one in found if not is_aged(one, text))


def _patterns(language: Language) -> list[str]:
    owners, ours, one = OWNERS[language], OURS[language], ONE[language]
    colours = "|".join(bank(language)["looks"]["colours"].values())
    named = NAMED[language]
    if language == "en":
        return [
            # `his dark green Harrow`
            rf"(?:{owners}) (?:[a-z-]+ ){{0,2}}(?:{colours}) (?:[a-z-]+ )?(?P<name>{NAME})",
            # `our Penhale folding kayak`, `A Harrow electric bike.`
            rf"(?:{ours}|(?-i:An?)) (?P<name>{NAME}) (?P<kind>[a-z][a-z -]*)",
            rf"(?:{ours}) (?P<kind>[a-z][a-z ]*), {named}(?P<name>{NAME})",
            rf"(?:^|[.!?] )(?:{one}) (?P<kind>[a-z][a-z ]*), {named}(?P<name>{NAME})(?=[,.])",
        ]
    return [
        rf"(?:{owners}) (?P<name>{NAME}) (?:{colours})",
        rf"(?:{owners}) (?P<kind>[a-zà-ÿ-]+) (?:{colours}),? (?:una? |uma? |um )?(?P<name>{NAME})",
        rf"(?:{ours}) (?P<kind>[a-zà-ÿ][a-zà-ÿ -]*),? (?:{named})?(?P<name>{NAME})",
        rf"(?:^|[.!?] )(?:{one}) (?P<kind>[a-zà-ÿ][a-zà-ÿ ]*), {named}(?P<name>{NAME})(?=[,.])",
    ]


def _names(text: str, pattern: str, language: Language) -> set[str]:
    found: set[str] = set()
    for one in re.finditer(rf"(?<![\w-])(?:{pattern})(?![\w-])", text, re.IGNORECASE):
        kind = one.groupdict().get("kind") or ""
        # `Nuestra vecina, la Puri` is a woman, and a first name behind a colour mostly is somebody.
        if _is_of_people(kind, language) or (not kind and is_given_name(one["name"])):
            continue
        if not kind or not _opens_a_deed(kind, language):
            found.add(one["name"])
    return found


def _is_of_people(kind: str, language: Language) -> bool:
    """Whether words are said of a person."""
    tables, reading = bank(language)["people"], bank(language)["reading"]
    known = {w for one in ("kin", "sexes", "ages") for v in tables[one].values() for w in v.split()}
    known |= {w for one in ("women", "men", "persons", "uniforms", "suits") for w in reading[one]["words"]}
    known |= {word for words in tables["generic"].values() for word in words.split()}
    known |= trade_nouns(language)
    known -= grammar_of(language).determiners
    # `panela de pressão`: what it is of is not what it is.
    heads = re.split(r" (?:de|do|da|del|of|for|para) ", kind.lower())[0]
    return any(word in known for word in heads.split())


def _opens_a_deed(kind: str, language: Language) -> bool:
    """`our Penhale sinks`: what stands behind the name is what it does, and not what it is."""
    grammar = grammar_of(language)
    first = kind.split()[0].lower()
    form = grammar.verbs.finite.get(first)
    small = grammar.words["prepositions"] | grammar.words["coordinators"] | grammar.words["clitics"]
    return first in small or (language == "en" and form is not None and not form.bare)
