"""Whom a client speaks for: `I manage Ada Pryce, a singer` at the head, and only `she` in the story.

The first pronoun that can mean nobody before it is given the name, with what they are.
"""

import unicodedata

from state.script import Language, Presentation
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.names import sex_of_name

NAME = r"(?P<name>[A-ZÀ-Ý][\w'\u2019-]+(?: (?:d[aeo]s? )?[A-ZÀ-Ý][\w'\u2019-]+){0,2})"
HEAD = 320
CAPITAL = re.compile(r"(?<!^)(?<![.!?\n] )[A-ZÀ-Ý][\w'\u2019-]+")
PRONOUNS: dict[Presentation, str] = {"woman": "She|Ella|Ela", "man": "He|Él|Ele"}

LEADS: dict[str, Presentation] = {"da": "woman", "la": "woman", "do": "man", "del": "man"}


def with_represented(story: str, text: str, language: Language) -> str:
    """The story, in which whoever the client speaks for has their name once."""
    table: Table = bank(language)["makers"]["leads"]
    found = re.search(
        rf"(?<!\w)(?i:{table['speaks_for']}) (?i:{table['titled']})?{NAME}"
        r"(?:, (?P<role>[^,.;:!?\n]{3,40}))?",
        text[:HEAD],
    )
    if found is None or re.search(rf"(?<!\w){re.escape(found['name'].split()[0])}(?!\w)", story):
        return story
    sex = _sex(found, language)
    first = _first(story, PRONOUNS[sex], sex) if sex else None
    if first is None:
        return story
    role = f", {found['role']}," if found["role"] else ""
    return f"{story[: first.start()]}{found['name']}{role}{story[first.end() :]}"


def _sex(found: re.Match[str], language: Language) -> Presentation | None:
    """Woman or man by the name, by `da` and `do` before it, or by what they are."""
    first = found["name"].split()[0]
    plain = unicodedata.normalize("NFKD", first).encode("ascii", "ignore").decode()
    led = found.group()[: found.start("name") - found.start()].split()[-1:]
    told = LEADS.get((*led, "")[0])
    words = bank(language)["reading"]
    role = {*(found["role"] or "").lower().split()}
    woman, man = (bool(role & {*words[one]["words"]}) for one in ("women", "men"))
    by_role: Presentation | None = None if woman == man else ("woman" if woman else "man")
    return sex_of_name(first) or sex_of_name(plain) or (told if language != "en" else None) or by_role


def _first(story: str, pronouns: str, sex: Presentation) -> re.Match[str] | None:
    """The first pronoun of that sex that opens a sentence, where nobody of that sex was named before."""
    found = re.search(rf"(?:^|(?<=[.!?\u2026] )|(?<=\n))(?:{pronouns})(?= \w)", story)
    before = CAPITAL.findall(story[: found.start()]) if found else []
    return None if any(sex_of_name(one) == sex for one in before) else found
