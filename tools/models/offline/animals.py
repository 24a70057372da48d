"""Animals of a brief: with a name or without, seen and spoken of, never cast."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.bank import Table, bank
from tools.models.offline.clauses.grammar import grammar_of

NAME = r"(?P<name>[A-ZÁÉÍÓÚÂÊÔÃÕÑ][\w'\u2019-]+)"
NOUN = r"(?P<kind>{kinds})"
APART = {
    "en": r"(?:a|an|the|her|his|their|my|our|one|another|that|this|every|some)",
    "es": r"(?:el|la|un|una|su|mi|tu|este|esta|ese|esa|otro|otra|cada|nuestro|nuestra)",
    "pt-BR": r"(?:o|a|um|uma|seu|sua|meu|minha|este|esta|esse|essa|outro|outra|cada|do|da|ao|no|na)",
}
"""Words before a noun: `pato` after none of these may be a dish or a verb."""


@dataclass(frozen=True)
class Animal:
    """An animal that the brief speaks of."""

    name: str
    """Empty when the brief gives none."""
    kind_noun: str
    """What it is, as the brief says it: `dachshund`."""


def animals_of(brief: NovelaBrief) -> tuple[Animal, ...]:
    """The animals of a brief, named ones first, each once."""
    told = [brief.description, *(scene.description for scene in brief.scenes)]
    return animals_in("\n".join(told), brief.language)


@lru_cache(maxsize=128)
def animals_in(text: str, language: Language) -> tuple[Animal, ...]:
    """The animals of a text, named ones first, each once."""
    words = {**bank(language)["people"]["animals"], "language": language}
    named = {one.name: one for one in _named(text, words, language)}
    kinds = {one.kind_noun for one in named.values()}
    unnamed = dict.fromkeys(kind for kind in _unnamed(text, words, language) if kind not in kinds)
    return (*named.values(), *(Animal("", kind) for kind in unnamed))


def _kinds(words: Table) -> str:
    return "|".join(sorted(words["kinds"].split(), key=len, reverse=True))


def _named(text: str, words: Table, language: Language) -> Iterator[Animal]:
    noun = NOUN.format(kinds=_kinds(words))
    article = rf"(?i:{APART[language]})"
    patterns = (
        rf"(?<![\w-]){noun},? (?:[a-zà-ÿ]+ ){{0,2}}?(?:{words['named']}) {NAME}",
        rf"(?<![\w-]){noun},? {NAME}",
        rf"(?<![\w-]){noun} (?:de \w+ )?(?:[a-zà-ÿ]+ ){{0,1}}{NAME}" if language != "en" else "(?!)",
        rf"(?<!\w){NAME},? {article} (?:[\w'\u2019-]+ ){{0,2}}?{noun}(?![\w-])",
        rf"(?<!\w){NAME} (?:is|was|es|era|é) {article} (?:[\w'\u2019-]+ ){{0,2}}?{noun}(?![\w-])",
    )
    for pattern in patterns:
        for found in re.finditer(pattern, text):
            name = found.group("name").removesuffix("'s").removesuffix("\u2019s")
            if name.lower() in bank(language)["reading"]["stop"] or _opens(
                text, found.start("name"), name, language
            ):
                continue
            if not _is_something_else(text, found.start("kind"), found.end("kind"), words):
                yield Animal(name, found.group("kind"))


def _opens(text: str, start: int, word: str, language: Language) -> bool:
    """`. Sale una paloma`: a verb with the capital of its sentence names no dove."""
    opens = re.search(r"(?:^|[.!?…:\n¿¡])\s*$", text[:start]) is not None
    return opens and word.lower() in grammar_of(language).verbs.finite


def _unnamed(text: str, words: Table, language: Language) -> Iterator[str]:
    noun = NOUN.format(kinds=_kinds(words))
    article = rf"(?i:{APART[language]})"
    one = re.finditer(rf"(?<!\w){article} (?:[\w'\u2019-]+ )?{noun}(?![\w-]|['\u2019]s)", text)
    many = re.finditer(rf"(?<![\w-])(?P<kind>{'|'.join(words['plurals'].split())})(?![\w-])", text)
    for found in (*one, *many):
        if not _is_something_else(text, found.start("kind"), found.end("kind"), words):
            yield found.group("kind")


def _is_something_else(text: str, start: int, end: int, words: Table) -> bool:
    """`hot dog`, `cat burglar`, `la llama por teléfono`: the word names no animal that is there."""
    verbs = grammar_of(words["language"]).verbs.finite
    if text[start:end] in verbs and re.search(r"(?<!\w)(?:la|lo|le|me|te|se|o|a|que|no|não) $", text[:start]):
        return True
    before = re.search(rf"(?<!\w)(?:{words['not_before']})[ -](?:de )?$", text[:start], re.IGNORECASE)
    after = re.match(rf"[ -](?:{words['not_after']})s?(?!\w)", text[end:], re.IGNORECASE)
    return before is not None or after is not None
