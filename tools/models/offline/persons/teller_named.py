"""What whoever says I is called: `Aqui é a Neide, da barraca`, `I'm Dot, the warden`, `Abraço, Neide`.

Reading goes by the story's own `I`, `yo`, `eu`; cast, pictures and lines go by the name that the letter
around the story tells, else by what they say they are, else by a word for whoever tells.
"""

from dataclasses import dataclass
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Language, Presentation
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.people import person_words
from tools.models.offline.persons.teller import sex_of_teller
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import is_given_name, sex_of_name

NAME = r"(?P<name>[A-ZÀ-Ý][\w'\u2019-]+(?: (?:d[aeo]s? )?[A-ZÀ-Ý][\w'\u2019-]+){0,2})"
SIGNED = re.compile(
    rf"\n\s*(?:[^\n.!?]{{1,50}}[,!.\u2013\u2014-]\s*)?(?:(?:el|la|o|a) )?{NAME}"
    r"(?:, (?P<role>[^\n.!?,]{3,60}))?[.!x \n]*$"
)
"""The last line: `Cheers, Dot`, `Margarita Vicencio, secretaria`."""
MOST_ROLE = 3
HEAD = 320
"""Letters at the head of a brief in which somebody says who they are."""


@dataclass(frozen=True)
class Teller:
    """What a letter says of whoever writes it."""

    name: str
    role: str = ""
    sex: Presentation | None = None


@lru_cache(maxsize=128)
def teller_in(text: str, language: Language) -> Teller:
    """The name, what they are, and woman or man; a word for whoever tells where no name is told."""
    table: Table = bank(language)["people"]["teller"]
    found = re.search(
        rf"(?<!\w)(?i:{table['named']}),? (?P<article>(?i:el|la|o|a|the) )?"
        rf"(?P<title>(?:[a-zà-ÿ]+\.? )??){NAME}(?:, (?P<role>[^\n.!?,]{{3,60}}))?(?!\w)",
        text[:HEAD],
    )
    if found and is_given_name(found["name"].split()[0]) and _is_titled(found["title"], language):
        return _named(found["name"], (found["title"], found["role"] or ""), found["article"] or "", language)
    signed = SIGNED.search(text.rstrip())
    if signed and signed.start() > 0 and is_given_name(signed["name"].split()[0]):
        return _named(signed["name"], ("", signed["role"] or ""), "", language)
    return _unnamed(text, table, language)


def _is_titled(title: str, language: Language) -> bool:
    """`soy la seño Graciela`, and no `soy de Graciela`."""
    return not title or title.strip().rstrip(".").lower() in _titles(language)


def _titles(language: Language) -> frozenset[str]:
    tables = bank(language)
    titles = {one.lower() for one in tables["reading"]["titles"]}
    return frozenset(titles | {*tables["people"]["ranks"].split()}) | person_words(tables["reading"])


def _named(name: str, said: tuple[str, ...], article: str, language: Language) -> Teller:
    role = next((one for text in said if (one := _role(text, language))), "") or said[0].strip(" .").lower()
    sex = sex_of_name(name.split()[0]) or _sex_of(article.strip().lower(), role, language)
    return Teller(name, role, sex)


def _sex_of(article: str, role: str, language: Language) -> Presentation | None:
    told: dict[str, Presentation] = {"la": "woman", "a": "woman", "el": "man", "o": "man"}
    words = bank(language)["reading"]
    woman, man = (bool({*role.split()} & {*words[one]["words"]}) for one in ("women", "men"))
    by_role: Presentation | None = None if woman == man else ("woman" if woman else "man")
    return by_role or (told.get(article) if language != "en" else None)


def _role(text: str, language: Language) -> str:
    """`the local school teacher of` is a teacher: the nearest word for a person, and no place."""
    words = [one.lower() for one in re.findall(r"[^\W\d_]+", text)[: MOST_ROLE + 1]]
    kin = {word for one in bank(language)["people"]["kin"].values() for word in one.split()}
    known = person_words(bank(language)["reading"]) - kin - grammar_of(language).determiners
    return next((one for one in words if one in known), "")


def _unnamed(text: str, table: Table, language: Language) -> Teller:
    """`I have run a laundry for twenty years` is the owner; nobody knows what else they are called."""
    sex = sex_of_teller(text, language)
    for pattern, nouns in table["work"].items():
        if re.search(rf"(?<!\w)(?:{pattern})", text, re.IGNORECASE):
            woman, _, man = nouns.partition("|")
            noun = man if man and sex != "woman" else woman
            return Teller(noun[:1].upper() + noun[1:], noun, sex)
    am = re.search(rf"(?<!\w)(?i:{table['am']}) (?P<role>[a-zà-ÿ ]{{3,40}})", text)
    role = _role(am["role"], language) if am else ""
    if role:
        return Teller(role[:1].upper() + role[1:], role, sex or _sex_of("", role, language))
    return Teller(table["word"], "", sex)


def teller_of_brief(brief: NovelaBrief) -> Teller:
    """The teller of a whole brief, with its letter."""
    return teller_in(brief.description, brief.language)
