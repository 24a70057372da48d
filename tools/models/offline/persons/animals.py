"""Animals of a brief: with a name or without, seen and spoken of, never cast."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import is_given_name

NAME = r"(?P<name>[A-ZÁÉÍÓÚÂÊÔÃÕÑ][\w'\u2019-]+(?: [A-ZÁÉÍÓÚÂÊÔÃÕÑ][\w'\u2019-]+){0,2})"
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


OTHERS = re.compile(
    r" (?:who|that|which|of|with|in|from|at|on|de|del|do|da|que|com|con|em|en|who|called|named)(?!\w)"
)
"""After the noun that says what a role is: `bode | de barba comprida`."""


def animals_of(brief: NovelaBrief) -> tuple[Animal, ...]:
    """The animals of a brief, its characters among them, named ones first, each once."""
    told = [brief.description, *(scene.description for scene in brief.scenes)]
    for one in brief.characters:
        told += [one.role, one.wants, one.secret]
    given = given_animals(brief)
    names = {one.name for one in given}
    kinds = {one.kind_noun for one in given}
    found = [one for one in animals_in("\n".join(told), brief.language) if one.name not in names]
    return (*given, *(one for one in found if one.name or one.kind_noun not in kinds))


def given_animals(brief: NovelaBrief) -> tuple[Animal, ...]:
    """Those characters of a brief whose role says that they are animals."""
    speaking = {line.speaker for scene in brief.scenes for line in scene.spoken}
    told = [
        (one.name, animal_in_role(one.role, brief.language))
        for one in brief.characters
        # Who is given a figure or words is played like a person.
        if one.look is None and one.name not in speaking
    ]
    return tuple(Animal(name, kind) for name, kind in told if kind)


@lru_cache(maxsize=256)
def animal_in_role(role: str, language: Language) -> str:
    """The animal that a role says somebody is: `a stubborn grey mule`, `bode branco`; empty for a person.

    `cat burglar` and `domador de leones` are people: what one is stands last in English, else first.
    """
    words = {**bank(language)["people"]["animals"], "language": language}
    first = OTHERS.split(re.split(r"[,;.(]", role.strip())[0])[0]
    said = re.findall(r"[\w'\u2019-]+", first.lower())
    said = [one for one in said if not re.fullmatch(APART[language], one)]
    kinds = set(words["kinds"].split())
    # An adjective may stand before the noun: `viejo perro`, `velho gato`.
    told = said[-1:] if language == "en" else said[:2]
    kind = next((one for one in told if one in kinds), "")
    tables = bank(language)["people"]
    people = {w for one in ("kin", "sexes") for text in tables[one].values() for w in text.split()}
    at = first.lower().find(kind)
    talks = re.search(rf"(?<!\w)(?:{words['talks']})(?!\w)", role, re.IGNORECASE)
    if not kind or talks or people & set(said) or _is_something_else(role.lower(), at, at + len(kind), words):
        return ""
    return kind


@lru_cache(maxsize=128)
def animals_in(text: str, language: Language) -> tuple[Animal, ...]:
    """The animals of a text, named ones first, each once."""
    words = {**bank(language)["people"]["animals"], "language": language}
    named: dict[str, Animal] = {}
    for one in _named(text, words, language):
        named.setdefault(one.name, one)
    kinds = {one.kind_noun for one in named.values()}
    unnamed = dict.fromkeys(kind for kind in _unnamed(text, words, language) if kind not in kinds)
    return (*named.values(), *(Animal("", kind) for kind in unnamed))


def _kinds(words: Table) -> str:
    return "|".join(sorted(words["kinds"].split(), key=len, reverse=True))


def _named(text: str, words: Table, language: Language) -> Iterator[Animal]:
    noun = NOUN.format(kinds=_kinds(words))
    small = grammar_of(language)
    no_kind = small.words["prepositions"] | small.words["coordinators"] | small.words["relatives"]
    for pattern in _patterns_of_names(noun, words, language):
        for found in re.finditer(pattern, text):
            name = found.group("name").removesuffix("'s").removesuffix("\u2019s")
            between = (found.groupdict().get("between") or "").strip()
            if between in no_kind or between in small.verbs.finite:
                # `el gato que Ana cuida`, `o gato segue Ana`: she is none.
                continue
            if name.lower() in bank(language)["reading"]["stop"] or _opens(
                text, found.start("name"), name, language
            ):
                continue
            if not _is_something_else(text, found.start("kind"), found.end("kind"), words):
                yield Animal(name, found.group("kind"))
    yield from _by_sound(text, words)


def _patterns_of_names(noun: str, words: Table, language: Language) -> tuple[str, ...]:
    """How a text says that an animal has a name; one between commas ends there: `a dog, Nora walks on`."""
    article = rf"(?i:{APART[language]})"
    owner = "" if language == "en" else r"(?: del[ea]s?| d[eoa] (?:la |el )?[\w-]+)?"
    own = {"en": "", "es": "(?:(?:el|la) )?", "pt-BR": "(?:(?:o|a) )?"}[language]
    ends = r"(?=[,.;:!?)]|$| (?:and|y|e) )"
    return (
        rf"(?<![\w-]){noun},? (?:[a-zà-ÿ]+ ){{0,2}}?(?:{words['named']}) [\"\u201c«]?{own}{NAME}",
        rf"(?<![\w-]){noun} {own}{NAME}",
        rf"(?<![\w-]){noun}{owner},? {own}{NAME}{ends}",
        rf"(?<![\w-]){noun} (?:de \w+ )?(?P<between>[a-zà-ÿ]+ ){NAME}" if language != "en" else "(?!)",
        rf"(?<![\w-]){noun}{owner} \((?:{article} )?{NAME}[,)]",
        rf"(?<!\w){NAME},? \(?{article} (?:[\w'\u2019-]+ ){{0,2}}?{noun}(?![\w-])",
        rf"(?<!\w){NAME} (?:is|was|es|era|é) {article} (?:[\w'\u2019-]+ ){{0,2}}?{noun}(?![\w-])",
    )


def _by_sound(text: str, words: Table) -> Iterator[Animal]:
    """`Rulo no para de ladrar`: no first name barks unless the text has a dog."""
    said = rf"(?: (?:{words['between']})){{0,4}}"
    for kind, sounds in words["sounds"].items():
        pattern = (
            rf"(?<!\w){NAME}{said} (?:{sounds})(?!\w)(?! (?:an?|the|his|her|out|orders?|un|una|uma?)(?!\w))"
        )
        for found in re.finditer(pattern, text) if re.search(rf"(?<!\w)(?:{sounds})(?!\w)", text) else ():
            name = found.group("name")
            if not is_given_name(name.split()[0]) or re.search(rf"(?<!\w){kind}(?!\w)", text):
                yield Animal(name, kind)


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
