"""How a name stands inside a sentence: `el doctor Rincón`, `dona Zulmira`, `the captain`."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.words.bank import bank
from tools.models.offline.words.names import is_given_name

ARTICLES = {
    "en": frozenset(("the",)),
    "es": frozenset(("el", "la", "los", "las")),
    "pt-BR": frozenset(("o", "a", "os", "as")),
}
TITLED: dict[Language, dict[str, str]] = {
    "en": {}, "es": {"man": "el", "woman": "la"}, "pt-BR": {"man": "o", "woman": "a"},
}  # fmt: skip
"""What stands before a title."""


@lru_cache(maxsize=1024)
def in_sentence(name: str, language: Language) -> str:
    """The name as it is written behind other words, with the article that its title asks for."""
    first, _, rest = name.partition(" ")
    titles = bank(language)["words"]["honorifics"]
    low = first.lower().rstrip(".")
    if rest and low in ARTICLES[language]:
        noun, _, more = rest.partition(" ")
        called = noun if is_given_name(noun) or language == "en" else noun[:1].lower() + noun[1:]
        return f"{low} {called} {more}".rstrip()
    if rest and low in titles["plain"]:
        return f"{first.lower()} {rest}"
    for sex, article in TITLED[language].items():
        if rest and low in titles[sex]:
            # `Sr. Díaz` keeps its capital, `doctor Díaz` is a plain noun.
            return f"{article} {first if first.endswith('.') else first.lower()} {rest}"
    return name
