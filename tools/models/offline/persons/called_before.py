"""What somebody is of whom a text gives only the name: `Gus the intern`, or the restorer told of before.

A name that nothing explains is somebody the reader has met: the one nameless man who did something
before a man's bare name does something for the first time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.persons.anaphora import sex_of_words
from tools.models.offline.persons.identified import ends_there
from tools.models.offline.persons.mentions import nouns_of_people
from tools.models.offline.persons.people import WORD, FoundPerson
from tools.models.offline.persons.roles import whole_role
from tools.models.offline.persons.unnamed import acts, may_be_cast, phrases_of_people
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank
from tools.models.offline.words.behind import names_at
from tools.models.offline.words.names import sex_of_name
from tools.models.offline.words.tries import any_of

AGE = r"\d{1,3}(?: (?:years old|años|anos))?"
BESIDE = rf"(?:(?: \({AGE}\))?, (?:{AGE}, )?| \((?:{AGE}, )?)"
"""What stands between a name and what somebody is: `(35), `, `, 35, `, ` (`."""
DETERMINERS: dict[Language, str] = {
    "en": r"(?:the|an?|our|my|her|his|their) ",
    "es": r"(?:(?:el|la|una?|su|mi|nuestr[oa]|ese|esa) )?",
    "pt-BR": r"(?:(?:um|uma|o|a|esse|essa) )?(?:(?:nosso|nossa|meu|minha|seu|sua) )?",
}
INTRODUCED = r" \(|, (?:\d|(?:an?|the|our|her|his|una?|el|la|su|uma?|um|o|a) )"
"""Behind a name: somebody is introduced, and nobody the text has told of."""
OPENS = r"(?:^|[.!?;:,\u2026\u00bb\"\u201d)\n]\s*)(?:[^\W\d_]+ )?$"
"""Before a name that does something: a clause begins, perhaps with `Then` or `and`."""


def with_callings(people: Sequence[FoundPerson], text: str, words: Table) -> tuple[FoundPerson, ...]:
    """The people, each bare name with the calling that the text has for it."""
    language: Language = words["language"]
    told = unquoted(text)
    found = [replace(one, role=one.role or _beside(one.name, told, language)) for one in people]
    taken = {word for one in found for word in WORD.findall(one.role.lower())}
    for at in sorted(range(len(found)), key=lambda at: told.find(found[at].name)):
        phrase = _told_before(found[at], told, words, taken) if not found[at].role else None
        if phrase is not None:
            taken.add(phrase.group(3).lower())
            sex = found[at].sex or _sex(phrase, language) or ""
            found[at] = replace(found[at], role=whole_role(phrase, told, language), sex=sex)
    return tuple(found)


def _beside(name: str, text: str, language: Language) -> str:
    """`Gus the intern`, `Juninho (o nosso padeiro)`, `SANDRO (45), motorista da linha 47`."""
    english, read = language == "en", 0
    for at in names_at(name, text):
        found = _calling(language).match(text, at + len(name)) if at >= read else None
        if found is None:
            continue
        read, after = found.end(), text[found.end() :]
        close = english and text[found.start() :].startswith(" the ")
        if close or after.startswith(")") or ends_there(after, language):
            return f"{found[1]}{found[2]}"
    return ""


@lru_cache(maxsize=4)
def _calling(language: Language) -> re.Pattern[str]:
    """Behind a name, what somebody is."""
    english = language == "en"
    link = rf"(?:{BESIDE}|(?= the ) )" if english else BESIDE
    kinds = r"((?:[a-zà-ÿ'\u2019-]+ ){0,2}?)" if english else "()"
    return re.compile(rf"{link}{DETERMINERS[language]}{kinds}({any_of(nouns_of_people(language))})(?![\w-])")


def _told_before(one: FoundPerson, text: str, words: Table, taken: set[str]) -> re.Match[str] | None:
    """The only nameless one who acts before a bare name acts for the first time, and may be them."""
    at, language = text.find(one.name), words["language"]
    if at < 0 or not _acts_bare(one.name, at, text, language):
        return None
    sex = one.sex or sex_of_words([one.title.lower(), one.name.split()[0].lower()], language)
    sex = sex or sex_of_name(one.name.split()[0])
    fitting = [
        phrase
        for phrase in _strangers(text, at, words)
        if phrase.group(3).lower() not in taken
        and sex in (None, _sex(phrase, language) or sex)
        and not _stand_together(one.name, phrase.group(3), text[at:])
    ]
    nouns = {phrase.group(3).lower() for phrase in fitting}
    return fitting[0] if len(nouns) == 1 else None


def _acts_bare(name: str, at: int, text: str, language: Language) -> bool:
    """`Iolanda fica`, `Hugo vuelve`: at first a name opens a clause, and nothing explains it."""
    after = text[at + len(name) :]
    if re.match(INTRODUCED, after) or not re.search(OPENS, text[:at].replace("Don ", "")):
        return False
    grammar = grammar_of(language)
    small = grammar.words["clitics"] | grammar.words["negations"]
    follows = [word.lower() for word in WORD.findall(re.sub(r"^, [^.,;:!?]{2,30},", "", after))[:3]]
    follows = [word for word in follows if word not in small or language == "en"]
    form = grammar.verbs.finite.get(follows[0]) if follows else None
    # `A Emiliano lo mandan lejos`: it is done to him.
    done = language == "es" and re.search(r"(?:^|\W)[Aa] $", text[:at]) is not None
    return form is not None and (done or not form.plural)


def _strangers(text: str, at: int, words: Table) -> Iterator[re.Match[str]]:
    """The phrases before a place for somebody who does something and is nobody's mother."""
    kin = {word for told in bank(words["language"])["people"]["kin"].values() for word in told.split()}
    owned = {"her", "his", "their", "its", "su", "sua", "seu"}
    for phrase in phrases_of_people(text, words["language"]):
        own = phrase.group(1).lower() in owned or phrase.group(3).lower() in kin
        if phrase.end() <= at and not own and acts(phrase, text, words) and may_be_cast(phrase, text, words):
            yield phrase


def _stand_together(name: str, noun: str, text: str) -> bool:
    """`Murilo looks at the guard`: two people."""
    both = (rf"(?<!\w){re.escape(one)}(?!\w)" for one in (name, noun))
    patterns = list(both)
    return any(
        all(re.search(pattern, one, re.IGNORECASE) for pattern in patterns)
        for one in re.split(r"[.!?\n]", text)
    )


def _sex(phrase: re.Match[str], language: Language) -> Presentation | None:
    """`Um segurança` is a man; English articles say nothing."""
    told = sex_of_words([phrase.group(3).lower()], language)
    if told or language == "en":
        return told
    mentions, article = bank(language)["people"]["mentions"], phrase.group(1).lower()
    if article in (*mentions["feminine"].split(), "a"):
        return "woman"
    return "man" if article in mentions["masculine"].split() else None
