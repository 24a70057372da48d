"""What a brief says, clause by clause, in a form that the writer can tell and its people can say.

Reading fills these values; planning lays them over the scenes; dialogue turns them into
first and second person. Nothing here knows a language.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from state.brief import NovelaBrief
from state.script import Character, Look
from state.writing import SeriesPlan
from tools.models.offline.brief.casting_notes import without_looks
from tools.models.offline.brief.sheets import without_sheets
from tools.models.offline.brief.story import Story, story_of
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.persons.callings import persons_of
from tools.models.offline.persons.mentioned import with_mentioned
from tools.models.offline.persons.presence import with_presence
from tools.models.offline.telling.inventing import Invented
from tools.models.offline.telling.layout import Season, Where, is_told, lay_facts
from tools.models.offline.words.fact import Fact, FactKind, Tense

BEARDS = ("full", "goatee")
__all__ = ["Fact", "FactKind", "Tense", "facts_of", "scene_facts"]


def facts_of(brief: NovelaBrief, cast: Sequence[Character]) -> tuple[Fact, ...]:
    """All facts of a brief in order: description, roles, wants, secrets, then the scenes it asks for."""
    people = people_of(brief, cast)
    facts = read_facts(brief.model_dump_json(), people)
    facts = tuple(with_mentioned(facts, people, brief.language))
    return tuple(with_presence(facts, cast, brief.language))


def people_of(brief: NovelaBrief, cast: Sequence[Character]) -> tuple[Person, ...]:
    """The cast as clause reading needs to know it."""
    known = persons_of(brief, [(one.name, one.role, one.look.presentation) for one in cast])
    seen = {one.name: features_of(one.look) for one in cast}
    return tuple(replace(one, features=seen[one.name]) for one in known)


def features_of(look: Look) -> frozenset[str]:
    """What of a face a story may speak of as theirs."""
    found = {"moustache": look.beard in ("moustache", "full", "goatee"), "beard": look.beard in BEARDS}
    found |= {"glasses": look.glasses}
    return frozenset(name for name, has in found.items() if has)


@lru_cache(maxsize=256)
def read_facts(brief_json: str, people: tuple[Person, ...]) -> tuple[Fact, ...]:
    """The facts of a brief, given its people."""
    brief = NovelaBrief.model_validate_json(brief_json)
    reader = Reader(brief.language, people)
    story = without_sheets(without_looks(brief.description), brief.language)
    facts = with_end(reader.read(story if story.strip() else brief.description))
    for one in brief.characters:
        person = next((person for person in people if person.name == one.name), None)
        if person is not None:
            facts += reader.read_person(person, role=one.role, wants=one.wants, secret=one.secret)
    for scene in brief.scenes:
        facts += reader.read(scene.description, source="scene", scene=scene.number)
    return tuple(replace(fact, order=number) for number, fact in enumerate(facts))


def with_end(facts: list[Fact]) -> list[Fact]:
    """The last thing that happens is what the story comes to: nobody may miss it."""
    return [*facts[:-1], *(replace(fact, decisive=True) for fact in facts[-1:])]


def scene_facts(
    plan: SeriesPlan, brief: NovelaBrief, *, episode_number: int, scene_number: int
) -> tuple[Fact, ...]:
    """The facts that one scene dramatises, one to four, in the order they should come out."""
    return laid_facts(plan, brief).get((episode_number, scene_number), ())


def laid_facts(plan: SeriesPlan, brief: NovelaBrief) -> dict[Where, tuple[Fact, ...]]:
    """The facts of every scene of a plan, from the episode being made on."""
    return _laid(plan.model_dump_json(), brief.model_dump_json())


@lru_cache(maxsize=64)
def _laid(plan_json: str, brief_json: str) -> dict[Where, tuple[Fact, ...]]:
    plan, brief = SeriesPlan.model_validate_json(plan_json), NovelaBrief.model_validate_json(brief_json)
    first = first_episode(brief, plan)
    return lay_story(
        brief, plan.cast, told=told_before(plan, first), first=first, past=remembered(plan, first)
    )


def first_episode(brief: NovelaBrief, known: SeriesPlan | None) -> int:
    """The episode in which the brief's story begins: the one that is asked for, when others came before."""
    return brief.episode_number if brief.episode_number > 1 or (known and known.told) else 1


def lay_story(
    brief: NovelaBrief, cast: Sequence[Character], *, told: str, first: int, past: Sequence[Fact]
) -> dict[Where, tuple[Fact, ...]]:
    """The brief's facts over the episodes from `first` on, and the writer's own before it."""
    season = Season(
        first=first,
        last=max(brief.target_episodes, first),
        scenes=brief.scenes_per_episode,
        told=told,
        language=brief.language,
    )
    story = story_of(brief)
    laid = lay_facts(facts_of(brief, cast), season, _invented(brief, story, cast, told), threads=past)
    before = Invented(story=story, cast=cast)
    for number in range(1, first):
        for index, beat in enumerate(season.beats):
            laid[number, index + 1] = (before.develop(number, beat),)
    return laid


def remembered(plan: SeriesPlan, first: int) -> list[Fact]:
    """What a later episode comes back to: how the last one ended, and the questions it left open."""
    if not plan.told:
        return []
    before = [one for one in plan.episodes if one.number == first - 1]
    ends = [
        sentences_of(one.scenes[-1].summary)[-1] for one in before if one.scenes and one.scenes[-1].summary
    ]
    events = [_past_fact(text, "event") for text in ends]
    told = told_before(plan, first)
    # What was asked least so far is asked now.
    threads = sorted(plan.open_threads, key=told.count)
    return [*events, *(_past_fact(thread, "question") for thread in threads)]


def _past_fact(text: str, kind: FactKind) -> Fact:
    return Fact(subject="", verb="", rest="", text=text, kind=kind, source="thread", again=True)


def told_before(plan: SeriesPlan, episode_number: int) -> str:
    """What the scenes of earlier episodes and the memory of them say."""
    outlines = [
        scene.summary
        for episode in plan.episodes
        if episode.number < episode_number
        for scene in episode.scenes
    ]
    return "\n".join([*outlines, *(memory.summary for memory in plan.told)])


def _invented(brief: NovelaBrief, story: Story, cast: Sequence[Character], before: str) -> Invented:
    """What the people want and hide whom the brief leaves blank, and the events of the writer's plot."""
    given = {one.name: one for one in brief.characters}
    people = people_of(brief, cast)
    reader = Reader(brief.language, people)
    found: list[Fact] = []
    for one, person in zip(cast, people, strict=True):
        told = given.get(one.name)
        wants = "" if told and told.wants else one.wants
        found += reader.read_person(
            person, role="", wants=wants, secret="" if told and told.secret else one.secret
        )
    known = " ".join([before, *(fact.text for fact in facts_of(brief, cast))])
    found = [replace(fact, source="plot") for fact in found if not is_told(fact, known)]
    return Invented(
        story=story,
        cast=cast,
        told=before,
        wants=[fact for fact in found if fact.kind != "secret"],
        secrets=sorted(
            (fact for fact in found if fact.kind == "secret"), key=lambda fact: fact.subject == cast[0].name
        ),
    )
