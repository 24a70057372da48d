"""Names in a brief that has no capital: `mo, our producer,`, `dona mirtes`, `a man called gus`."""

from collections.abc import Iterator
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.mentions import nouns_of_people
from tools.models.offline.persons.personhood import is_common
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import is_given_name

HONOURS = r"mrs?|ms|miss|dra?|sra?|don|doña|dona|seu|sor|fray|frei|misia"
"""They belong to the name."""
CALLINGS = (
    r"uncle|aunt|auntie|grandma|grandpa|nana|granny|father|sister|captain|sergeant|doctor|professor|inspector"
    r"|detective|señora?|tí[oa]|abuel[oa]|nona|padre|capit[aá]n|sargento|doctora?|profesora?|inspectora?|seño"
    r"|senhora?|ti[oa]|vov[óô]|vó|vô|capitão|sargento|doutora?|professora?|delegad[oa]|tenente|inspetora?|comisari[oa]"
)
"""They stand before one."""
WORD = r"[^\W\d_]+"
OWN = (
    r"(?:our|my|the|an?|his|her|their|el|la|una?|su|mi|nuestr[oa]"
    r"|(?:[oa] )?(?:noss[oa]|meu|minha|seu|sua)|uma?|um|o|a)"
)
LEAST = 2


def names_beside(text: str, language: Language) -> Iterator[str]:
    """The words that a title or an apposition says are names."""
    for found in re.finditer(rf"(?<!\w)({HONOURS})\.? ({WORD})(?!\w)", text, re.IGNORECASE):
        if _may_be(found[2], language):
            yield f"{found[1]} {found[2]}".lower()
            yield found[2].lower()
    for found in re.finditer(rf"(?<!\w)(?:{CALLINGS}) ({WORD})(?!\w)", text, re.IGNORECASE):
        if _may_be(found[1], language):
            yield found[1].lower()
    for found in re.finditer(_apposed(language), text, re.IGNORECASE):
        if _may_be(found["name"], language) and not _is_owned(text[: found.start("name")], language):
            yield found["name"].lower()


@lru_cache(maxsize=4)
def _apposed(language: Language) -> str:
    """`cacho, el verdulero de la esquina,`: a noun for a person or a beast between two marks."""
    people = bank(language)["people"]
    nouns = nouns_of_people(language) | set(people["animals"]["kinds"].split())
    said = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True))
    kinds = rf"(?:{WORD} ){{0,2}}?"
    return rf"(?<!\w)(?P<name>{WORD})(?:, | \(){OWN} {kinds}(?:{said})(?!\w)(?: [^,.;:!?()]{{1,40}})?[,.;:)]"


def _may_be(word: str, language: Language) -> bool:
    grammar = grammar_of(language)
    small = grammar.determiners | grammar.words["prepositions"] | grammar.words["coordinators"]
    plain = word.lower() in small or word.lower() in nouns_of_people(language)
    return len(word) >= LEAST and not plain and (is_given_name(word) or not is_common(word, language))


def _is_owned(before: str, language: Language) -> bool:
    """`en la cocina, la vecina`: what an article stands before is no name, but for `la vero`."""
    last = re.search(rf"({WORD}) $", before)
    familiar = bank(language)["manuscript"]["case"]["familiar"]
    word = last[1].lower() if last else ""
    return word in grammar_of(language).determiners and word not in familiar
