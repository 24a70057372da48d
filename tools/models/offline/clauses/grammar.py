"""The grammar of one language as clause reading asks for it: word classes and verb forms."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses import english, portuguese, spanish
from tools.models.offline.clauses.forms import Form, Verbs
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.words.bank import Table, bank

MAKERS: dict[str, Callable[[Table], Verbs]] = {
    "en": english.verbs_of, "es": spanish.verbs_of, "pt-BR": portuguese.verbs_of,
}  # fmt: skip
UNKNOWN_ENDINGS = {
    "en": ("s", "ed"),
    "es": ("a", "e", "an", "en", "ó", "ió", "aba", "ía", "aron", "ieron"),
    "pt-BR": ("a", "e", "am", "em", "ou", "eu", "iu", "ava", "aram", "eram"),
}
"""How a verb that no bank holds may end, right after a name or a pronoun."""

VERB_TABLES = ("verbs", "irregular", "doubling", "present", "preterite", "participles", "stem_changes")


@dataclass(frozen=True, kw_only=True)
class Grammar:
    """Closed word classes by name, verb forms, and the marks of the kinds of facts."""

    language: Language
    words: dict[str, frozenset[str]]
    verbs: Verbs
    kinds: dict[str, tuple[str, ...]]

    @property
    def drops_subjects(self) -> bool:
        """Whether a sentence may begin with its verb."""
        return self.language != "en"

    @property
    def pronouns(self) -> frozenset[str]:
        """All words that stand for somebody as a subject."""
        names = ("pronouns_she", "pronouns_he", "pronouns_it", "pronouns_they", "pronouns_someone")
        return frozenset().union(*(self.words[name] for name in names))

    @property
    def determiners(self) -> frozenset[str]:
        """Articles, numbers and possessives: after them comes a noun."""
        return self.words["articles"] | self.words["possessives"]

    def is_a(self, token: Token, name: str) -> bool:
        """Whether a word belongs to a class."""
        return token.lower in self.words[name]

    def form(self, token: Token) -> Form | None:
        """The finite form that a word can be."""
        if token.lower in self.words["not_verbs"]:
            return None
        plain = token.lower.split("-")[0] if self.language == "pt-BR" else token.lower
        return self.verbs.finite.get(plain) or self.verbs.finite.get(token.lower)


@lru_cache(maxsize=8)
def grammar_of(language: Language) -> Grammar:
    """The grammar of a language, made once."""
    table = bank(language)["clauses"]
    classes = {
        name: frozenset(words.split())
        for name, words in table.items()
        if isinstance(words, str) and name not in VERB_TABLES
    }
    kinds = {name: tuple(marks) for name, marks in table["kinds"].items()}
    return Grammar(language=language, words=classes, verbs=MAKERS[language](table), kinds=kinds)
