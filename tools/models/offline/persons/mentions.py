"""How a text speaks of people without their names: `a big man in a hood`, `una señora de sombrero verde`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import sex_of_words
from tools.models.offline.persons.people import NO_NAME_FOLLOWS, WORD, is_plural, person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

MOST_KINDS = 3
"""Words at most between an article and the noun: `a thin young man`."""
TAIL_WORDS = 8
"""So many words behind the noun at most say which one it is: `in a bow tie`, `de traje blanco`."""
NEAR = 80
"""Letters before a phrase, and half of those behind it, that may belong to it."""
EVERY_AGE = (0, 120)


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One phrase for a person, and what it says of them."""

    start: int
    end: int
    noun: str
    kinds: tuple[str, ...] = ()
    """What stands before the noun: `thin`, `young`."""
    tail: str = ""
    """What stands behind it and belongs to it: `in a bow tie`."""
    indefinite: bool = False
    sex: Presentation | None = None
    years: tuple[int, int] = EVERY_AGE
    """From which age to which somebody is called so."""

    @property
    def aged(self) -> bool:
        """Whether the phrase says an age."""
        return self.years != EVERY_AGE

    @property
    def text(self) -> str:
        """The whole phrase without its article."""
        return " ".join([*self.kinds, self.noun, self.tail]).strip()


@lru_cache(maxsize=128)
def mentions_of_people(text: str, language: Language) -> tuple[Mention, ...]:
    """Every phrase for one person who has no name there, in the order of the text."""
    return tuple(_read(text, language))


def _read(text: str, language: Language) -> Iterator[Mention]:
    words = bank(language)["reading"]
    for found in _pattern(language).finditer(text):
        noun = found.group(3).lower()
        proper = not found.group(3).islower()
        if (
            proper
            or is_plural(noun, words)
            or _is_said_of_somebody(text[max(0, found.start() - NEAR) : found.start()], words)
        ):
            continue
        kinds = tuple(word.lower() for word in found.group(2).split())
        tail = tail_of(text[found.end() : found.end() + 2 * NEAR], language)
        yield Mention(
            start=found.start(),
            end=found.end(),
            noun=noun,
            kinds=kinds,
            tail=tail,
            indefinite=found.group(1).lower() in words["indefinite"],
            sex=_sex(found.group(1).lower(), noun, language),
            years=years_of([*kinds, noun, *tail.lower().split()[:1]], language),
        )


@lru_cache(maxsize=4)
def _pattern(language: Language) -> re.Pattern[str]:
    """An article, what kind of person, and the last noun for a person that stands there."""
    words, grammar = bank(language)["reading"], grammar_of(language).words
    articles = "|".join([*words["articles"], *words["indefinite"], *_table(language)["melted"].split()])
    nouns = "|".join(sorted(nouns_of_people(language), key=len, reverse=True))
    small = grammar["prepositions"] | grammar["coordinators"] | grammar["articles"] | grammar["possessives"]
    small |= {"who", "that", "que", "is", "es", "é", "was", "era"}
    kind = rf"(?:(?!(?:{'|'.join(small)})(?![\w-]))[\w-]+(?:['\u2019]s)? )"
    another = rf"(?! (?:{nouns})(?![\w-]))" if language == "en" else ""
    return re.compile(
        rf"(?<!\w)(?<!ser )({articles}) ({kind}{{0,{MOST_KINDS}}}?)({nouns})(?![\w-]|['\u2019]){another}"
        rf"{NO_NAME_FOLLOWS}",
        re.IGNORECASE,
    )


@lru_cache(maxsize=4)
def nouns_of_people(language: Language) -> frozenset[str]:
    """All words for a person that may stand as a noun."""
    tables = bank(language)["people"]
    generic = [tables["generic"][key] for key in ("man", "woman", "boy", "girl")]
    ages = [tables["ages"][key] for key in ("child", "teen", "young", "elder")]
    more = {word for words in (*generic, *ages) for word in words.split()}
    # `Old` and `teenage` say what kind.
    return (person_words(bank(language)["reading"]) | more) - set(_table(language)["kinds"].split())


def _is_said_of_somebody(before: str, words: Table) -> bool:
    """`Ana, a widow`, `she is a widow`: it is said of who stands before it."""
    places = grammar_of(words["language"]).words["prepositions"]
    last = re.search(r"([\w-]+),? $", before)
    if last is None:
        return False
    apposed = re.search(r"([\w-]* ?)[A-ZÀ-Ý][\w'\u2019-]*(?:, \d+)?, $", before)
    # `En Chiloé, una anciana`: a place, and nobody.
    apposed = None if apposed and apposed.group(1).strip().lower() in places else apposed
    cleft = _table(words["language"])["cleft"]
    if re.search(rf"(?:^|[.!?;:,] |(?<!\w)(?:but|pero|mas) ){cleft}(?!\w)[^.!?;:]*$", before, re.IGNORECASE):
        return False
    is_one = not before.endswith(", ") and last.group(1).lower() in {*words["copulas"], "as", "como"}
    return bool(apposed) or is_one


def tail_of(after: str, language: Language) -> str:
    """What goes on about the noun, up to a verb or the end of the clause."""
    grammar, kept = grammar_of(language), list[str]()
    clause = re.split(r"[.;:!?\u2014()\u201c\u201d\"]|,(?! [a-zà-ÿ]+(?:,|$))", after)[0]
    for word in WORD.findall(clause)[:TAIL_WORDS]:
        lower = word.lower()
        form = grammar.verbs.finite.get(lower)
        verb = form is not None and not form.bare and lower not in grammar.words["not_verbs"]
        small = lower in grammar.words["prepositions"] or lower in grammar.words["articles"]
        joins = lower in grammar.words["coordinators"] or lower in ("who", "que", "that", "while", "mientras")
        if joins or lower in grammar.words["clitics"] or (verb and not small):
            break
        kept.append(lower)
    return " ".join(kept)


def _sex(article: str, noun: str, language: Language) -> Presentation | None:
    table = _table(language)
    if noun in table["epicene"].split():
        return None
    sexes: dict[str, Presentation] = {
        **dict.fromkeys(table["feminine"].split(), "woman"),
        **dict.fromkeys(table["masculine"].split(), "man"),
    }  # fmt: skip
    return sexes.get(article) or sex_of_words([noun], language)


def ways_to_say(one: Mention, language: Language) -> list[str]:
    """A noun alone, and with the word that says which: `big man`, `hombre gordo`."""
    which = one.kinds[-1:] if language == "en" else tuple(one.tail.split()[:1])
    pair = [*which, one.noun] if language == "en" else [one.noun, *which]
    return [one.noun, " ".join(pair)] if which else [one.noun]


def years_of(said: list[str], language: Language) -> tuple[int, int]:
    """The years that words for a stage of life leave open."""
    ages, own = bank(language)["people"]["ages"], _table(language)
    for stage, years in _STAGES.items():
        words = f"{ages.get(stage, '')} {own['stages'].get(stage, '')}".split()
        if any(word in words for word in said):
            return years
    return EVERY_AGE


_STAGES = {
    "elder": (55, 120), "teen": (12, 19), "small": (2, 12), "child": (2, 17), "young": (13, 36),
    "middle": (35, 62), "mature": (25, 120), "grown": (16, 120),
}  # fmt: skip
"""By what word somebody is called, from which age to which."""


def _table(language: Language) -> Table:
    table: Table = bank(language)["people"]["mentions"]
    return table
