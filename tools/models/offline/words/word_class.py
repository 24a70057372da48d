"""Whether a word that could be a noun is one where it stands: `the stroke jams` names no thing."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

WITHIN = 7
"""Words before a word among which its clause has had its verb."""


def is_doing(before: list[str], word: str, after: str, language: Language) -> bool:
    """Whether a word is what somebody does; `before` and `after` are the plain words of its sentence."""
    if language == "en":
        return _is_third_person(before, word, after) or _has_an_object(before, word, after)
    return _is_done_to(before, word, language)


def _is_third_person(before: list[str], word: str, after: str) -> bool:
    """`the first stroke jams`: an article, a noun, and an s-form that a new phrase follows."""
    if not before or not word.endswith("s") or not _acts(word, "en"):
        return False
    if before[-1] in _small() or not _has_article(before):
        return False
    ends = not after or after in _small() or after.endswith("ly")
    return ends and not any(one in grammar_of("en").verbs.finite for one in _clause(before)[:-1])


def _has_an_object(before: list[str], word: str, after: str) -> bool:
    """`the man saw the pile`: a noun before it and an article behind it."""
    return after in ARTICLES and bool(before) and before[-1] not in _small() and _acts(word, "en")


def _has_article(before: list[str]) -> bool:
    """Whether the noun before has its own, so that it is a subject: `the kettle whistles`."""
    return any(one in ARTICLES for one in _clause(before)[-ARTICLE:-1])


ARTICLE = 4
ARTICLES = frozenset(("the", "a", "an", "his", "her", "its", "their", "my", "your", "our", "this", "that"))


def _clause(before: list[str]) -> list[str]:
    """The last words, from the joint on that begins their clause."""
    near = before[-WITHIN:]
    at = max((place for place, one in enumerate(near) if one in JOINTS), default=-1)
    return near[at + 1 :]


JOINTS = frozenset(("when", "while", "until", "as", "if", "before", "after", "because", "and", "but", "then"))


def _is_done_to(before: list[str], word: str, language: Language) -> bool:
    """`o balança na janela`: an object in front of the verb, for no masculine article has such a noun."""
    if not before or before[-1] not in MASCULINE[language] or word not in grammar_of(language).verbs.finite:
        return False
    masculine: list[str] = bank(language)["words"]["articles"]["masculine"]
    return word.endswith("a") and word not in masculine


MASCULINE: dict[Language, frozenset[str]] = {
    "en": frozenset(), "es": frozenset(("lo", "los")), "pt-BR": frozenset(("o", "os")),
}  # fmt: skip


def _acts(word: str, language: Language) -> bool:
    """Whether a form is a verb's, too: in the bank of verbs, or one of the nouns listed as such."""
    listed = _verbs_too(language)
    return word in grammar_of(language).verbs.finite or word in listed or word.removesuffix("s") in listed


@lru_cache(maxsize=4)
def _verbs_too(language: Language) -> frozenset[str]:
    listed: list[str] = bank(language)["pictures"]["verbs_too"]
    return frozenset(listed)


@lru_cache(maxsize=1)
def _small() -> frozenset[str]:
    """English words that no compound begins with and that may follow a verb."""
    table = bank("en")["pictures"]
    parts = {*table["parts"]["determiners"], *table["parts"]["between"]}
    return frozenset({*table["openers"], *table["joints"], *table["verbal"], *table["before_nouns"], *parts})


def is_colour(word: str, before: str, language: Language) -> bool:
    """Whether a word that is a fruit or a flower too is a colour here: `gato laranja`."""
    if word not in _colours(language, "nouns"):
        return False
    return before in _colours(language, "after") or (language != "en" and before not in _opening(language))


def only_a_colour(word: str, story: str, language: Language) -> bool:
    """Whether a story has a word as a colour, and never counts one of it: `a laranja` is the orange cat."""
    if word not in _colours(language, "nouns"):
        return False
    counted = "|".join(_colours(language, "counted"))
    one = re.search(rf"\b(?:{counted}) {word}", story)
    used = re.finditer(rf"(\w+) {word}\b", story)
    return one is None and any(is_colour(word, found[1], language) for found in used)


@lru_cache(maxsize=16)
def _colours(language: Language, key: str) -> frozenset[str]:
    listed: list[str] = bank(language)["namesakes"]["colours"][key]
    return frozenset(listed)


@lru_cache(maxsize=4)
def _opening(language: Language) -> frozenset[str]:
    """Words before which a noun may follow: articles, prepositions, verbs."""
    table = bank(language)["pictures"]
    listed = {*table["openers"], *table["joints"], *table["before_nouns"], *table["parts"]["determiners"]}
    return frozenset({*listed, *grammar_of(language).verbs.finite, ""})
