"""When people come on: nobody is in a picture before the story has brought them in."""

from collections.abc import Collection, Sequence

from state.script import Character
from tools.models.offline.fact import Fact
from tools.models.offline.names import short_name
from tools.models.offline.reading import mentions


def entrances(people: Sequence[Character], facts: Sequence[Fact], known: Collection[str]) -> dict[str, int]:
    """The first fact that speaks of each person who comes on late, by name.

    Who was seen before, and who is never spoken of here, is there from the start; so is
    whoever comes first when the first facts speak of nobody.
    """
    first = {
        one.name: at
        for one in people
        if one.name not in known and (at := _first_told(one, facts)) is not None
    }
    earliest = min(first.values(), default=0)
    return {name: at for name, at in first.items() if at > earliest}


def _first_told(one: Character, facts: Sequence[Fact]) -> int | None:
    return next((at for at, fact in enumerate(facts) if _speaks_of(fact, one)), None)


def _speaks_of(fact: Fact, one: Character) -> bool:
    named = one.name in (fact.subject, fact.agent, fact.object_person, *fact.about)
    return named or mentions(fact.text, short_name(one.name)) > 0
