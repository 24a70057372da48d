"""Who is there because a fact speaks of them, be it by a common noun: `em Recife com um velho de bengala`.

Who only owns a thing, is looked for or is talked about is not there for it.
"""

from collections.abc import Sequence
from dataclasses import replace

from state.script import Language
from tools.models.offline.brief.aside import unquoted
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.persons.anaphora import ARTICLES
from tools.models.offline.persons.mentions import Mention, mentions_of_people, ways_to_say
from tools.models.offline.persons.teller import tells_of_themselves
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.names import name_parts

TELLING = ("description", "scene")


def with_mentioned(facts: Sequence[Fact], people: Sequence[Person], language: Language) -> list[Fact]:
    """The facts, each about those too whom its own words call by what they are."""
    return [_with_own(one, people, language) if one.source in TELLING else one for one in facts]


def _with_own(fact: Fact, people: Sequence[Person], language: Language) -> Fact:
    text = unquoted(fact.text)
    spoken = [
        (one, who) for one in mentions_of_people(text, language) if (who := _meant(one, people, language))
    ]
    doing = {fact.subject, fact.agent, fact.object_person}
    # `Quiere mandar a su hijo a la escuela`: who is wanted somewhere is not there yet.
    wished = [one for one, _ in spoken if fact.kind == "desire" and _is_owned(one, text, language)]
    here = {who.name for one, who in spoken if not (_is_away(one, text, language) or one in wished)}
    here |= {
        one.name for one in people if _is_called(one, text) or tells_of_themselves(one.name, text, language)
    }
    away = {who.name for _, who in spoken if not _is_named(who, text)} - here - doing
    kept = [name for name in fact.about if name not in away]
    fresh = [one.name for one in people if one.name in here]
    about = tuple(dict.fromkeys([*kept, *(name for name in fresh if name != fact.subject)]))
    return fact if about == fact.about else replace(fact, about=about)


def _meant(mention: Mention, people: Sequence[Person], language: Language) -> Person | None:
    """Whom only a phrase can mean: by both its words, else by the noun."""
    for words in reversed(ways_to_say(mention, language)):
        fitting = [one for one in people if words in one.also]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _is_called(one: Person, text: str) -> bool:
    """`un escolta en la puerta`, where the brief lists El escolta."""
    first, _, noun = one.name.partition(" ")
    alone = first.lower() in ARTICLES and noun.islower()
    return (
        alone
        and re.search(rf"(?<!\w)(?:an?|the|una?|el|la|uma?|o|a) {re.escape(noun)}(?!\w)", text, re.IGNORECASE)
        is not None
    )


def _is_named(one: Person, text: str) -> bool:
    parts = "|".join(re.escape(part) for part in name_parts(one.name)) or "$^"
    return re.search(rf"(?<!\w)(?:{parts})(?!\w)", text) is not None


def _is_owned(mention: Mention, text: str, language: Language) -> bool:
    """`su hijo`: somebody's, and nobody of whom the phrase says more."""
    return text[mention.start :].split()[0].lower() in grammar_of(language).words["possessives"]


def _is_away(mention: Mention, text: str, language: Language) -> bool:
    """`los zapatos de su papá`, `à procura do marido`: of whom is spoken, and who is elsewhere."""
    table = bank(language)["people"]["presence"]
    if re.search(rf"(?<!\w)(?:{table['reporting']}) ", text[: mention.start], re.IGNORECASE):
        return True
    called = rf"(?:[\w-]+ )?{re.escape(mention.noun)}"
    for pattern in (table["owned"], *table["pictured"]):
        for found in re.finditer(pattern.replace("{name}", called), text, re.IGNORECASE):
            if found.start() < mention.end <= found.end() + 1:
                return True
    return False
