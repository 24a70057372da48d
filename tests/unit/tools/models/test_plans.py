"""What every offline plan holds to: people, places, beats, memory."""

from itertools import combinations

import pytest

from nodes.agents.script_checks import plan_problems, scene_problems
from state.brief import CharacterBrief, NovelaBrief, PlaceBrief
from state.script import Line, Look
from state.writing import EpisodeMemory, PlanSeriesInput, SeriesPlan
from tests.scripts import Written, a_novela_brief, story_briefs, write_episode
from tools.models.offline.plan import compose_plan
from tools.models.offline.words.bank import bank

BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]


def plan_of(brief: NovelaBrief, known: SeriesPlan | None = None) -> SeriesPlan:
    return compose_plan(PlanSeriesInput(brief=brief, known=known))


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("The Keeper's Debt", ["Amos", "Greta", "Posy"]),
        ("Paper Boats", ["Wim", "Okafor"]),
        ("Salt and Sugar", ["Elio", "Dario"]),
        ("La última función", ["Amparo", "Ernesto"]),
        ("Tierra partida", ["Candela", "Violeta"]),
        ("O quarto azul", ["Otávio", "Cecília", "Alice"]),
        ("A herdeira do sertão", ["Marlene", "Tonico", "Rosaura"]),
    ],
)
def test_people_of_the_description_are_the_cast(title: str, names: list[str]):
    brief = next(one for one in BRIEFS if one.title == title)
    assert [one.name for one in plan_of(brief).cast][: len(names)] == names


def test_the_dead_are_not_cast():
    brief = a_novela_brief(
        description="When old Tomas dies, his daughters Nadia and Ruth fight over the bakery."
    )
    assert [one.name for one in plan_of(brief).cast][:2] == ["Nadia", "Ruth"]


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_looks_are_told_apart_at_a_glance(brief: NovelaBrief):
    for one, two in combinations(plan_of(brief).cast, 2):
        assert one.look.garment_colour != two.look.garment_colour
        assert (one.look.hair_style, one.look.hair_colour) != (two.look.hair_style, two.look.hair_colour)
        assert all((one.wants, one.secret, one.manner))


def test_forty_wishes_are_twelve_people_with_their_own_looks():
    people = [CharacterBrief(name=f"Person {number}") for number in range(12)]
    cast = plan_of(a_novela_brief(characters=people)).cast
    assert len({one.look.garment_colour for one in cast[:12]}) == 12


def test_the_brief_wins_over_the_writer():
    look = Look(presentation="man", hair_style="bald", garment="coat", garment_colour="#112233")
    person = CharacterBrief(name="Ignatz", role="a retired clown", wants="silence", secret="sings", look=look)
    brief = a_novela_brief(
        characters=[person], places=[PlaceBrief(name="Clínica Luz", description="hospital")]
    )
    plan = plan_of(brief)
    assert plan.cast[0].model_dump(exclude={"manner", "voice_id"}) == {
        **person.model_dump(),
        "look": look.model_dump(),
    }
    assert (plan.places[0].name, plan.places[0].kind) == ("Clínica Luz", "hospital")


@pytest.mark.breadth(3)
@pytest.mark.parametrize("scenes", range(1, 13))
def test_every_length_of_episode_has_its_beats(scenes: int):
    plan = plan_of(a_novela_brief(scenes_per_episode=scenes, target_episodes=3))
    assert [len(episode.scenes) for episode in plan.episodes] == [scenes] * 3
    beats = [scene.beat for scene in plan.episodes[0].scenes]
    assert beats[-1] in ("cliffhanger", "whole")
    assert scenes < 5 or {"setup", "complication", "confrontation", "turn"} <= set(beats)


def test_time_of_day_never_runs_backwards_in_an_episode():
    order = {"day": 0, "dusk": 1, "night": 2}
    for brief in BRIEFS:
        times = [order[scene.time] for scene in plan_of(brief).episodes[0].scenes]
        assert times == sorted(times)


def test_a_second_episode_keeps_cast_and_places_and_says_new_things():
    first_brief = a_novela_brief(target_episodes=2)
    first = write_episode(first_brief)
    second_brief = first_brief.model_copy(
        update={"episode_number": 2, "description": "Now Vera comes to town and wants the island."}
    )
    told = EpisodeMemory(number=1, title="One", summary="", said=first.spoken)
    second = write_episode(second_brief, known=first.plan.model_copy(update={"told": [told]}))
    assert second.plan.cast == first.plan.cast
    assert second.plan.narrator == first.plan.narrator
    assert second.plan.places == first.plan.places
    assert second.plan.title == first.plan.title
    assert not {one.text for one in first.spoken} & {one.text for one in second.spoken}
    assert plan_problems(PlanSeriesInput(brief=second_brief, known=first.plan), second.plan) == []


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_a_brief_that_wants_no_narrator_is_told_by_its_people(language: str):
    brief = next(one for one in BRIEFS if one.language == language)
    assert any(line.voice_over for line in _all_lines(write_episode(brief)))
    silent = write_episode(brief.model_copy(update={"narrator": False}))
    assert silent.plan.narrator is None
    assert silent.spoken == _all_lines(silent) != []
    for asked, draft in zip(silent.inputs, silent.drafts, strict=True):
        assert scene_problems(asked, draft) == []


def _all_lines(episode: Written) -> list[Line]:
    return [line for scene in episode.scenes for shot in scene.shots for line in shot.lines]


def test_a_changed_cast_in_a_second_episode_is_a_problem():
    first = plan_of(a_novela_brief())
    other = first.model_copy(update={"cast": first.cast[::-1]})
    asked = PlanSeriesInput(brief=a_novela_brief(), known=first)
    assert plan_problems(asked, other) != []


def test_fifty_episodes_have_fifty_titles():
    titles = [one.title for one in plan_of(a_novela_brief(target_episodes=50)).episodes]
    assert len(set(titles)) == 50


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_banks_hold_the_same_tables_in_every_language(language: str):
    english, other = bank("en"), bank(language)  # type: ignore[arg-type]
    for file in ("plots", "stage", "words", "answers", "notes"):
        assert _keys(english[file]) == _keys(other[file]), file


def _keys(table: dict[str, object], path: str = "") -> set[str]:
    found = set()
    for key, value in table.items():
        found.add(f"{path}/{key}")
        if isinstance(value, dict) and path.count("/") < 1:
            found |= _keys(value, f"{path}/{key}")
    return found


def test_people_without_a_name_are_cast_under_one():
    text = "Una mujer llega a la estación sin memoria. El guardia jura que la vio partir."
    cast = plan_of(a_novela_brief(language="es", description=text)).cast
    assert [one.role for one in cast][:2] == ["mujer", "guardia"]
    assert [one.look.presentation for one in cast][:2] == ["woman", "man"]


def test_a_person_introduced_by_relation_and_name_is_cast_once():
    text = "O pescador Zeca acha uma mala. A irmã dele, Jussara, quer entregar à polícia."
    cast = plan_of(a_novela_brief(language="pt-BR", description=text)).cast
    assert [one.name for one in cast][:2] == ["Zeca", "Jussara"]
    assert "irmã" not in [one.role for one in cast[2:]]


def test_a_verb_before_a_name_is_no_role():
    text = "The crew blames Tiago, but the diamond is in the pocket of the priest."
    roles = [one.role for one in plan_of(a_novela_brief(description=text)).cast]
    assert "blames" not in roles
    assert "priest" in roles
