"""What stands for somebody: `a fish is Raimundo`, `un nudo es Berta`. Nobody comes on with it.

Whom a drawing or a knot stands for is told of, and a pronoun goes on meaning whoever made it.
"""

from collections.abc import Iterable

from state.script import Language
from tools.models.offline.persons.people import person_words
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

IS: dict[Language, str] = {
    "en": "is|means|stands for",
    "es": "es|significa|quiere decir",
    "pt-BR": "é|significa|quer dizer",
}
ARTICLES: dict[Language, str] = {"en": "the", "es": "el|la|don|doña", "pt-BR": "o|a|seu|dona"}


def without_signs(text: str, names: Iterable[str], language: Language) -> str:
    """The text with blanks where it says for whom a thing stands."""
    known = "|".join(re.escape(part) for name in names for part in name.split() if part[:1].isupper())
    new = "|".join(bank(language)["reading"]["indefinite"])
    if not known or not re.could_fit(rf"(?:{IS[language]}) ", text):
        return text
    pattern = (
        rf"(?:^|(?<=[.,;:] )|(?<= and )|(?<= [ye] ))(?:{new}) (?P<noun>(?:[^\W\d_][\w'-]* ){{1,4}}?)"
        rf"(?:{IS[language]}) (?:(?:{ARTICLES[language]}) )?(?:{known})(?!\w)[^.,;:]*"
    )
    persons = person_words(bank(language)["reading"])

    def blank(found: re.Match[str]) -> str:
        somebody = {*found["noun"].lower().split()} & persons
        return found[0] if somebody else " " * len(found[0])

    return re.sub(pattern, blank, text, flags=re.IGNORECASE)
