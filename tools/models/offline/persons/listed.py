"""What the phrases tell of somebody by which a text calls them beside their name."""

from collections.abc import Sequence
from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.persons.likeness import Likeness, likenesses
from tools.models.offline.persons.unnamed import known_people

YEARS = {(55, 120): 70, (2, 12): 8, (2, 17): 9, (12, 19): 16, (13, 36): 24, (35, 62): 48}
"""Who is called by a stage of life is about so old where nothing tells it better."""


@lru_cache(maxsize=128)
def called_in(
    text: str, people: tuple[tuple[str, str], ...], language: Language
) -> dict[str, tuple[Likeness, ...]]:
    """For everybody, by name and role, the phrases that mean them."""
    names, roles = tuple(name for name, _ in people), tuple(role for _, role in people)
    found = likenesses(text, tuple(known_people(text, language, (), names=names, roles=roles)), language)
    return {name: tuple(one for one in found if one.name == name) for name in names}


def sex_as_called(phrases: Sequence[Likeness]) -> Presentation | None:
    """Woman or man, as every phrase says that tells it: `a teenage girl`."""
    said = {one.mention.sex for one in phrases} - {None}
    return next(iter(said)) if len(said) == 1 else None


def years_as_called(phrases: Sequence[Likeness]) -> int | None:
    """About how old somebody is who is `o velho` or `a teenage girl`."""
    return next((YEARS[one.mention.years] for one in phrases if one.mention.years in YEARS), None)


def said_of(phrases: Sequence[Likeness]) -> str:
    """What these phrases say of a look, as a role would: `a big man in a hood`."""
    return ", ".join(one.mention.text for one in phrases)
