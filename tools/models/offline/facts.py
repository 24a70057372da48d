"""What a brief says, clause by clause, in a form that the writer can tell and its people can say.

Reading fills these values; planning lays them over the scenes; dialogue turns them into
first and second person. Nothing here knows a language.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Character
from state.writing import SeriesPlan
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.fact import Fact, FactKind, Tense
from tools.models.offline.layout import Season, Where, lay_facts

__all__ = ["Fact", "FactKind", "Tense", "facts_of", "scene_facts"]


def facts_of(brief: NovelaBrief, cast: Sequence[Character]) -> tuple[Fact, ...]:
    """All facts of a brief in order: description, roles, wants, secrets, then the scenes it asks for."""
    people = _people(brief, cast)
    return read_facts(brief.model_dump_json(), people)


def _people(brief: NovelaBrief, cast: Sequence[Character]) -> tuple[Person, ...]:
    given = {one.name for one in brief.characters}
    return tuple(
        Person(
            name=one.name,
            woman=one.look.presentation == "woman",
            role=one.role,
            unnamed=one.name not in given and one.name not in brief.description,
        )
        for one in cast
    )


@lru_cache(maxsize=256)
def read_facts(brief_json: str, people: tuple[Person, ...]) -> tuple[Fact, ...]:
    """The facts of a brief, given its people."""
    brief = NovelaBrief.model_validate_json(brief_json)
    reader = Reader(brief.language, people)
    facts = reader.read(brief.description)
    for one in brief.characters:
        person = next((person for person in people if person.name == one.name), None)
        if person is not None:
            facts += reader.read_person(person, role=one.role, wants=one.wants, secret=one.secret)
    for scene in brief.scenes:
        facts += reader.read(scene.description, source="scene", scene=scene.number)
    return tuple(replace(fact, order=number) for number, fact in enumerate(facts))


def scene_facts(
    plan: SeriesPlan, brief: NovelaBrief, *, episode_number: int, scene_number: int
) -> tuple[Fact, ...]:
    """The facts that one scene dramatises, one to four, in the order they should come out."""
    return laid_facts(plan, brief).get((episode_number, scene_number), ())


def laid_facts(plan: SeriesPlan, brief: NovelaBrief) -> dict[Where, tuple[Fact, ...]]:
    """The facts of every scene of a plan."""
    first = brief.episode_number if plan.told or brief.episode_number > 1 else 1
    season = Season(
        first=first,
        last=max(brief.target_episodes, brief.episode_number),
        scenes=brief.scenes_per_episode,
        told=told_before(plan, first),
    )
    return lay_facts(facts_of(brief, plan.cast), season, invented=invented_facts(brief, plan.cast))


def told_before(plan: SeriesPlan, episode_number: int) -> str:
    """What the scenes of earlier episodes and the memory of them say."""
    outlines = [
        scene.summary
        for episode in plan.episodes
        if episode.number < episode_number
        for scene in episode.scenes
    ]
    return "\n".join([*outlines, *(memory.summary for memory in plan.told)])


def invented_facts(brief: NovelaBrief, cast: Sequence[Character]) -> list[Fact]:
    """What the people want and hide whom the brief leaves blank: the writer's own plot."""
    given = {one.name: one for one in brief.characters}
    people = _people(brief, cast)
    reader = Reader(brief.language, people)
    found: list[Fact] = []
    for one, person in zip(cast, people, strict=True):
        told = given.get(one.name)
        found += reader.read_person(
            person,
            role="",
            wants="" if told and told.wants else one.wants,
            secret="" if told and told.secret else one.secret,
        )
    return [replace(fact, source="plot") for fact in found]
