"""Things a clause speaks of, short enough to be thrown into a conversation: `the letter`, `a carta`."""

import re

from state.script import Language
from tools.models.offline.bank import bank
from tools.models.offline.facts import Fact
from tools.models.offline.people import person_words
from tools.models.offline.speech.words import pattern

DEFINITE: dict[str, dict[str, str]] = {
    "es": {"un": "el", "del": "el", "al": "el", "una": "la"},
    "pt-BR": {
        "um": "o", "do": "o", "no": "o", "ao": "o", "pelo": "o", "seu": "o",
        "uma": "a", "da": "a", "na": "a", "à": "a", "pela": "a", "sua": "a",
    },
}  # fmt: skip


def noun_phrases(fact: Fact, language: Language) -> list[str]:
    """Singular things of a clause with a definite article, in their order; no people."""
    found: list[str] = []
    told = f"{fact.subject} {fact.rest}" if fact.subject[:1].islower() else fact.rest
    for match in re.finditer(bank(language)["speech"]["determined"], told):
        phrase = _phrase(match, language)
        if phrase and phrase not in found:
            found.append(phrase)
    return found


def _phrase(match: re.Match[str], language: Language) -> str:
    words = bank(language)["reading"]
    determiner, nouns = match[1], [one for one in match.groups()[1:] if one]
    if language == "en":
        modified = nouns[0] in words["adjectives"] and len(nouns) > 1
        noun = nouns[1] if modified else nouns[0]
        return "" if _unfit(noun, language) else f"the {nouns[0] + ' ' if modified else ''}{noun}"
    noun = nouns[0]
    if _unfit(noun, language) or noun.endswith("s"):
        return ""
    if determiner in ("su",):
        article = "la" if noun.endswith(("a", "ión", "dad", "tud")) else "el"
    else:
        article = DEFINITE[language].get(determiner, determiner)
    return f"{article} {noun}"


def _unfit(noun: str, language: Language) -> bool:
    words = bank(language)["reading"]
    return bool(
        noun in words["not_topics"] or noun in words["stop"] or noun in words["adjectives"]
        or noun in person_words(words) or pattern(language, "no_thing").search(noun)
    )  # fmt: skip
