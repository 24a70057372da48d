"""The family of whoever says I: `my father sold the piano` has a father in it, though he has no name."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.persons.anaphora import known_person
from tools.models.offline.persons.people import NO_NAME_FOLLOWS, WORD, FoundPerson
from tools.models.offline.persons.teller import NAME, teller_of
from tools.models.offline.persons.unnamed import acts
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import sex_of_name

MINE: dict[Language, str] = {
    "en": "my|our", "es": "mi|nuestr[oa]", "pt-BR": "(?:[oa] )?(?:meu|minha|noss[oa])",
}  # fmt: skip
TENDER: dict[Language, dict[str, str]] = {
    "en": {"old man": "father", "dad": "father", "mum": "mother", "mom": "mother"},
    "es": {"viejo": "padre", "vieja": "madre", "papá": "padre", "mamá": "madre"},
    "pt-BR": {"velho": "pai", "velha": "mãe", "coroa": "pai", "papai": "pai", "mamãe": "mãe"},
}
"""What a child calls them, and what they are."""
BONDS = ("parent", "child", "grandparent", "grandchild", "sibling", "elder", "younger", "cousin", "spouse")
GONE: dict[Language, str] = {
    "en": "late|dead", "es": "difunt[oa]|muert[oa]", "pt-BR": "falecid[oa]|finad[oa]|mort[oa]",
}  # fmt: skip


def kin_of_teller(
    text: str, words: Table, people: Sequence[FoundPerson], *, names: Sequence[str] = ()
) -> tuple[FoundPerson, ...]:
    """Who of the teller's family does something in the story and is nobody who has a name there."""
    language: Language = words["language"]
    told = unquoted(text)
    if names or not teller_of(text, language):
        return ()
    taken = {word for one in people for word in WORD.findall(one.role.lower())}
    found: dict[str, FoundPerson] = {}
    for match in _pattern(language).finditer(told):
        noun = TENDER[language].get(match["noun"].lower(), match["noun"].lower())
        known = {noun, match["noun"].lower()} & taken or _may_have_name(noun, people, language)
        if known or not acts(match, told, words):
            continue
        found.setdefault(noun, FoundPerson(name="", role=noun))
    return tuple(found.values())


def _may_have_name(noun: str, people: Sequence[FoundPerson], language: Language) -> bool:
    """`My sister and I ... Luzia laughs`: who has a name, and of whom nothing else is said, may be they."""
    sex = known_person("", noun, language).sex
    plain = [one for one in people if not one.role and one.name != NAME[language]]
    sexes = [one.sex or sex_of_name(one.name.split()[0]) or None for one in plain if one.name]
    return any(one in (sex, None) for one in sexes)


def called_tenderly(role: str, text: str, language: Language) -> set[str]:
    """`mi viejo`, where the cast has a father by his role."""
    said = {word for word, noun in TENDER[language].items() if noun in WORD.findall(role.lower())}
    mine = MINE[language]
    return {one for one in said if re.search(rf"(?<!\w)(?:{mine}) {one}(?!\w)", text, re.IGNORECASE)}


def _pattern(language: Language) -> re.Pattern[str]:
    kin = bank(language)["people"]["kin"]
    nouns = {word for bond in BONDS for word in kin[bond].split() if not word.endswith("s")} | {
        *TENDER[language]
    }
    said = "|".join(sorted(nouns, key=len, reverse=True))
    kind = rf"(?:(?!(?:{GONE[language]}) )[a-zà-ÿ]+ )?"
    return re.compile(
        rf"(?<!\w)(?:{MINE[language]}) {kind}(?P<noun>{said})(?![\w-]|['\u2019]s){NO_NAME_FOLLOWS}",
        re.IGNORECASE,
    )
