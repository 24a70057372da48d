"""Things a clause speaks of, short enough to be thrown into a conversation: `the letter`, `a carta`."""

from dataclasses import replace

from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.people import person_words
from tools.models.offline.speech.spanish_verbs import is_wished
from tools.models.offline.speech.words import listed, pattern
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact

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


def anchored(fact: Fact, before: Fact | None) -> Fact:
    """The fact with `it` or `them` named, when it can only be what the clause before has."""
    found = re.match(r"(it|them)(?!\w)", fact.rest)
    if not found or before is None:
        return fact
    if found[1] == "it":
        named = next(iter(noun_phrases(before, "en")), "")
    else:
        plural = re.match(r"(?:(?:the|his|her|their|two|three|many|some) )?([a-z]{3,}s)(?!\w)", before.rest)
        named = f"the {plural[1]}" if plural else ""
    return replace(fact, rest=named + fact.rest[found.end() :]) if named else fact


def _phrase(match: re.Match[str], language: Language) -> str:
    words = bank(language)["reading"]
    determiner, nouns = match[1], [one for one in match.groups()[1:] if one]
    if language == "en":
        return _english(nouns, words["adjectives"])
    noun = nouns[0]
    verbal = _is_pronoun(determiner, noun, language) or _is_clitic(match, language)
    if _unfit(noun, language) or noun.endswith("s") or verbal:
        return ""
    if determiner in ("su",):
        article = "la" if noun.endswith(("a", "ión", "dad", "tud")) else "el"
    else:
        article = DEFINITE[language].get(determiner, determiner)
    return f"{article} {noun}"


def _is_pronoun(determiner: str, noun: str, language: Language) -> bool:
    """`la sabe`, `la lleve`: the word before is a pronoun, and what follows no thing."""
    if language != "es" or determiner not in ("la", "lo") or noun in listed("es", "verbs_and_nouns"):
        return False
    verbs = grammar_of("es").verbs
    return noun in verbs.finite or is_wished(noun)


def _is_clitic(match: re.Match[str], language: Language) -> bool:
    """`que a abandonou`: a small word that looks like an article, and a verb."""
    form = grammar_of(language).verbs.finite.get(match[2])
    opens = re.search(
        r"(?:^|\W)(?:que|quem|não|no|nunca|jamás|jamais|já|ya|e|y)\s$", match.string[: match.start()]
    )
    if form is None or form.tense == "past" or opens is not None:
        return form is not None
    # `o pai a deserda`: after a noun comes an object, no second noun.
    before = re.search(r"([^\W\d_]{3,})\s$", match.string[: match.start()])
    if before is None or language != "pt-BR" or match[1] not in ("o", "a"):
        return False
    verbal = before[1] in grammar_of(language).verbs.finite or before[1].endswith("r")
    return not verbal and before[1] not in listed(language, "prepositional")


def _english(nouns: list[str], adjectives: list[str]) -> str:
    """`the key`, or with the word before it when that one is no noun: `the night train`."""
    first, second = nouns[0], nouns[1] if len(nouns) > 1 else ""
    modifies = first in adjectives or pattern("en", "no_thing").search(first) is not None
    fits = second and second not in listed("en", "not_nouns") and not _unfit(second, "en")
    if first == "own":
        return f"the {second}" if fits else ""
    if modifies:
        whole = fits and not first.endswith(("s", "ly", "ing")) and len(first) > 2
        return f"the {first} {second}" if whole else ""
    return "" if _unfit(first, "en") else f"the {first}"


def _unfit(noun: str, language: Language) -> bool:
    words = bank(language)["reading"]
    return bool(
        noun in words["not_topics"] or noun in words["stop"] or noun in words["adjectives"]
        or noun in person_words(words) or pattern(language, "no_thing").search(noun)
    )  # fmt: skip
