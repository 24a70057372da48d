"""A plan tells the brief's own story: its nouns and names, in its order, and it remembers."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nodes.agents.script_checks import plan_problems
from state.brief import CharacterBrief, NovelaBrief, PlaceBrief, SceneBrief
from state.script import Language, Line
from state.writing import EpisodeMemory, EpisodeOutline, PlanSeriesInput, SeriesPlan
from tests.scripts import a_novela_brief
from tools.models.offline.clauses.grammar import grammar_of
from tools.models.offline.clauses.tokens import tokenise
from tools.models.offline.plan import compose_plan
from tools.models.offline.telling.facts import facts_of, scene_facts
from tools.models.offline.telling.layout import is_usable

ROWS: dict[Language, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parents[3] / "briefs.toml").read_text("utf-8")
)  # type: ignore[assignment]  # the file's keys are the languages
BRIEFS = [NovelaBrief.model_validate({**row, "language": one}) for one, rows in ROWS.items() for row in rows]
NAMES = [brief.title for brief in BRIEFS]
SLOT = re.compile(r"[{}\[\]|]|\bNone\b|\s{2,}|\s[,.;:!?]|\.\.$|,\s*\.")
LETTER = NovelaBrief(
    title="The Letter",
    description=(
        "Lucía comes home for her father's funeral and finds a letter he never sent. It names a woman nobody "
        "will talk about. Her brother Mateo wants to sell the house before the week is over; her aunt Inés "
        "begs her to burn the letter unread. On the night of the storm, someone knocks at the door."
    ),
    target_episodes=3,
    characters=[
        CharacterBrief(
            name="Lucía", wants="the truth about her father", secret="never answered his last call"
        ),
        CharacterBrief(name="Mateo", secret="has read the letter"),
        CharacterBrief(name="Inés", role="aunt", secret="hid the child"),
    ],
    places=[PlaceBrief(name="The family house"), PlaceBrief(name="The harbour street")],
)


def plan_of(brief: NovelaBrief, known: SeriesPlan | None = None) -> SeriesPlan:
    return compose_plan(PlanSeriesInput(brief=brief, known=known))


def prose(episode: EpisodeOutline) -> str:
    return " ".join(
        [episode.title, episode.logline, *(f"{one.title} {one.summary}" for one in episode.scenes)]
    )


def after_the_first(settled: int = 0) -> SeriesPlan:
    plan = plan_of(LETTER)
    memory = EpisodeMemory(
        number=1, title="One", summary=prose(plan.episodes[0]), said=[Line(speaker="Mateo", text="Sell it.")],
        settled=plan.open_threads[:settled],
    )  # fmt: skip
    return plan.model_copy(update={"told": [memory]})


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_the_episode_tells_what_the_brief_says(brief: NovelaBrief):
    plan = plan_of(brief)
    told = prose(plan.episodes[0])
    facts = [one for one in facts_of(brief, plan.cast) if is_usable(one) and one.source == "description"]
    kept = [
        one for one in facts if one.text in told or (f"{one.verb} {one.rest}".strip() or one.text) in told
    ]
    assert len(kept) >= 0.8 * min(len(facts), 3 * len(plan.episodes[0].scenes))


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_a_plan_has_no_hole_and_every_scene_a_fact(brief: NovelaBrief):
    plan = plan_of(brief)
    assert plan_problems(PlanSeriesInput(brief=brief), plan) == []
    texts = [plan.logline, *plan.open_threads, *(prose(one) for one in plan.episodes)]
    texts += [text for one in plan.cast for text in (one.role, one.wants, one.secret)]
    assert [text for text in texts if SLOT.search(text)] == []
    for scene in plan.episodes[0].scenes:
        assert 1 <= len(scene_facts(plan, brief, episode_number=1, scene_number=scene.number)) <= 4
        assert len(set(scene.characters)) == len(scene.characters) >= 1


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_titles_of_scenes_differ_and_are_short(brief: NovelaBrief):
    titles = [scene.title for scene in plan_of(brief).episodes[0].scenes]
    assert len(set(titles)) == len(titles)
    assert all(len(title.split()) <= 9 for title in titles)


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_the_same_brief_is_planned_the_same(brief: NovelaBrief):
    assert plan_of(brief) == plan_of(NovelaBrief.model_validate_json(brief.model_dump_json()))


def test_the_letter_is_the_story_of_the_letter():
    scenes = plan_of(LETTER).episodes[0].scenes
    assert "finds a letter he never sent" in scenes[0].summary
    assert "Mateo wants to sell the house before the week is over" in scenes[1].summary
    assert "burn the letter unread" in scenes[2].summary
    assert "someone knocks at the door" in scenes[3].summary
    assert (scenes[3].time, scenes[3].place) == ("night", "The family house")
    assert not re.search(r"second will|notary|buyer", " ".join(scene.summary for scene in scenes))


def test_whom_a_secret_is_about_is_in_its_scene_and_asked_about_it():
    scene = plan_of(LETTER).episodes[0].scenes[2]
    assert scene.characters[1] == "Mateo"


def test_open_threads_are_questions_of_the_brief():
    threads = plan_of(LETTER).open_threads
    assert "Will Mateo sell the house before the week is over?" in threads
    assert "Who knocks at the door on the night of the storm?" in threads


@pytest.mark.parametrize(
    ("language", "text", "wants"),
    [
        (
            "en",
            "Ana wants to sell the boat. Bruno must find the key.",
            ["to sell the boat", "to find the key"],
        ),
        ("es", "Ana quiere vender la barca. Bruno intenta quemarla.", ["vender la barca", "quemarla"]),
        ("pt-BR", "Ana quer vender o barco. Bruno tenta achar a chave.", ["vender o barco", "achar a chave"]),
    ],
)
def test_what_people_want_is_what_the_brief_says(language: str, text: str, wants: list[str]):
    cast = plan_of(a_novela_brief(language=language, description=text)).cast
    assert [one.wants for one in cast[:2]] == wants


def test_what_people_hide_is_what_the_brief_says():
    text = "Ana runs a bakery. Bruno hides the oven's key under the stairs."
    secrets = {one.name: one.secret for one in plan_of(a_novela_brief(description=text)).cast}
    assert secrets["Bruno"] == "hides the oven's key under the stairs"


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Ana meets Bruno in the gym.", "gym"),
        ("en", "Ana waits in the courtroom for Bruno.", "courtroom"),
        ("es", "Ana espera a Bruno en el cementerio.", "cemetery"),
        ("es", "Ana ve a Bruno en el muelle.", "harbour"),
        ("pt-BR", "Ana encontra Bruno na feira.", "market"),
        ("pt-BR", "Ana encontra Bruno na sala de aula.", "classroom"),
    ],
)
def test_a_scene_plays_where_its_fact_is(language: str, text: str, kind: str):
    plan = plan_of(a_novela_brief(language=language, description=text))
    places = {place.name: place.kind for place in plan.places}
    assert places[plan.episodes[0].scenes[0].place] == kind


def test_a_scene_that_is_asked_for_has_its_people_words_and_place():
    asked = SceneBrief(
        number=2, description="At night Ana follows Bruno to the harbour.", characters=["Bruno", "Ana"]
    )
    brief = a_novela_brief(description="Ana finds a key. Bruno says nothing.", scenes=[asked])
    scene = plan_of(brief).episodes[0].scenes[1]
    assert scene.summary == asked.description
    assert (set(scene.characters), scene.place, scene.time) == ({"Ana", "Bruno"}, "The harbour", "night")


def test_a_second_episode_comes_back_to_what_happened_and_what_is_open():
    known = after_the_first()
    brief = LETTER.model_copy(update={"episode_number": 2})
    plan = plan_of(brief, known)
    told = prose(plan.episodes[1])
    assert (plan.cast, plan.places, plan.episodes[0], plan.told) == (
        known.cast, known.places, known.episodes[0], known.told,
    )  # fmt: skip
    assert "someone knocks at the door" in plan.episodes[1].scenes[0].summary
    assert any(thread in told for thread in known.open_threads)
    assert "Lucía comes home" not in told


def test_what_an_episode_settled_is_asked_no_more():
    plan = plan_of(LETTER.model_copy(update={"episode_number": 2}), after_the_first(settled=2))
    gone = after_the_first(settled=2).told[0].settled
    assert not set(gone) & set(plan.open_threads)
    assert not [thread for thread in gone if thread in prose(plan.episodes[1])]


def test_facts_of_a_remembered_episode_are_those_of_its_plan():
    brief = LETTER.model_copy(update={"episode_number": 2})
    plan = plan_of(brief, after_the_first())
    for scene in plan.episodes[1].scenes:
        for fact in scene_facts(plan, brief, episode_number=2, scene_number=scene.number)[:3]:
            assert (f"{fact.verb} {fact.rest}".strip() or fact.text) in scene.summary


def test_a_new_brief_for_the_second_episode_is_its_story():
    brief = LETTER.model_copy(
        update={"episode_number": 2, "description": "Vera arrives with a child. Inés burns the letter."}
    )
    told = prose(plan_of(brief, after_the_first()).episodes[1])
    assert "Vera arrives with a child" in told
    assert "Inés burns the letter" in told


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_twelve_people_are_all_seen(language: Language):
    names = ("Ana", "Ben", "Cleo", "Dan", "Eva", "Fin", "Gus", "Hal", "Ivy", "Jon", "Kim", "Leo")
    people = [CharacterBrief(name=name) for name in names]
    plan = plan_of(a_novela_brief(language=language, characters=people, scenes_per_episode=6))
    seen = {name for scene in plan.episodes[0].scenes for name in scene.characters}
    assert seen == {one.name for one in people}


def test_a_comedy_closes_its_scenes_lightly():
    text = "Ana invites Bruno to dinner. Bruno brings a goat."
    drama, comedy = (plan_of(a_novela_brief(description=text, genre=genre)) for genre in ("drama", "comedy"))
    assert prose(drama.episodes[0]) != prose(comedy.episodes[0])
    assert "goat" in prose(comedy.episodes[0])


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_every_verb_form_belongs_to_one_language_only_by_rule(language: Language):
    grammar = grammar_of(language)
    assert len(grammar.verbs.finite) > 900
    assert all(tokenise(word)[0].text == word for word in grammar.verbs.finite)
