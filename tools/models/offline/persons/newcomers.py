"""People whom a later episode brings into a known cast."""

from state.brief import CharacterBrief, NovelaBrief
from state.script import Character
from tools.models.offline.brief.story import Story
from tools.models.offline.persons.animals import given_animals
from tools.models.offline.persons.cast import make_cast


def with_newcomers(known: list[Character], brief: NovelaBrief, story: Story) -> list[Character]:
    """The known cast to the letter, then the brief's people who are not in it, looking like nobody else."""
    names = {one.name for one in known}
    animals = {one.name for one in given_animals(brief)}
    new = [one for one in brief.characters if one.name not in names | animals]
    if not new:
        return known
    everybody = [CharacterBrief(name=one.name, role=one.role[:300], look=one.look) for one in known] + new
    whole = make_cast(brief.model_copy(update={"characters": everybody}), story)
    wanted = {one.name for one in new}
    return [*known, *(one for one in whole if one.name in wanted)]
