"""Briefs nobody wrote the banks for: who is cast, where it plays, who says what, and how it ends."""

import pytest

from state.brief import NovelaBrief
from state.writing import PlanSeriesInput, SeriesPlan
from tests.scripts import Written, write_episode
from tools.models.offline.places.lexicon import cues_in
from tools.models.offline.plan import compose_plan
from tools.models.offline.speech.english import happening

WARD = (
    "Nurse Adaeze finds that every patient in room nine has the same handwriting. Doctor Pryce orders her to "
    "stop asking. The patient slips her a key and whispers that the door in the basement was never locked. "
    "That night she goes down."
)
HARBOUR = (
    "Old pilot Tomas is going blind. Only his granddaughter Ida knows. When a tanker calls for a pilot in "
    "thick fog, the harbour master sends Tomas. Ida hides in his boat."
)
CHESS = (
    "Every Sunday old Viktor plays chess in the park against a boy who never speaks. The boy's mother, Anya, "
    "forbids it. Viktor learns that the boy is his grandson. He lets him win."
)


def brief_of(description: str, **more: object) -> NovelaBrief:
    return NovelaBrief.model_validate(
        {
            "title": "A new brief", "description": description, "genre": "drama", "scenes_per_episode": 4,
            "shots_per_scene": 4, "episode_seconds": 64, "target_episodes": 1, **more,
        }
    )  # fmt: skip


def plan_of(description: str, **more: object) -> SeriesPlan:
    return compose_plan(PlanSeriesInput(brief=brief_of(description, **more)))


def roles_of(description: str, **more: object) -> list[str]:
    return [one.role for one in plan_of(description, **more).cast]


def written(description: str) -> Written:
    return write_episode(brief_of(description))


def test_who_acts_without_a_name_is_cast_before_anybody_invented():
    assert roles_of(WARD) == ["nurse", "doctor", "patient"]


def test_what_somebody_is_said_to_be_is_nobody_more():
    father = "Father Michael has to marry the woman he loved before he became a priest. Clara slips a note."
    assert [one.name for one in plan_of(father).cast] == ["Michael", "Clara"]
    assert roles_of(father)[0] == "priest"


def test_a_name_given_later_belongs_to_the_person_before_it():
    taxi = "A driver picks up a passenger. Her name is Marguerite. His wife is waiting for dinner."
    assert {one.name: one.role for one in plan_of(taxi).cast}["Marguerite"] == "passenger"


def test_a_month_is_no_role():
    train = plan_of("Every December Lena and Marek meet on the same night train. Lena is wearing a ring.")
    assert [one.name for one in train.cast] == ["Lena", "Marek"]
    assert "december" not in [one.role for one in train.cast]


def test_the_harbour_master_is_no_harbour_pilot():
    scenes = plan_of(HARBOUR, characters=[{"name": "Tomas", "role": "harbour pilot"}, {"name": "Ida"}])
    assert not any("Tomas sends Tomas" in one.summary for one in scenes.episodes[0].scenes)


def test_the_one_who_is_ordered_goes_down():
    ward = plan_of(WARD).episodes[0].scenes
    assert "Adaeze goes down" in ward[-1].summary


def test_an_order_is_given_to_the_face():
    assert any("Stop asking!" in line for line in written(WARD).lines)


def test_the_last_event_happens_on_screen():
    assert any("goes down" in line or "going down" in line for line in written(WARD).lines[-6:])


def test_who_has_a_name_in_the_film_is_called_by_it():
    assert any(
        "that Leo is" in one.text or "you are my grand" in one.text for one in _said(CHESS)
    ) or not any("the boy is" in one.text and one.speaker == "Leo" for one in _said(CHESS))


def _said(description: str):  # type: ignore[no-untyped-def]
    return [line for scene in written(description).scenes for shot in scene.shots for line in shot.lines]


@pytest.mark.parametrize("description", [WARD, HARBOUR, CHESS])
def test_nobody_is_left_without_a_scene(description: str):
    plan = plan_of(description)
    seen = {name for scene in plan.episodes[0].scenes for name in scene.characters}
    assert seen == {one.name for one in plan.cast}


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "A nurse finds a key.", "hospital"),
        ("en", "The judge refuses to change the trial.", "courtroom"),
        ("es", "La enfermera encuentra una llave.", "hospital"),
        ("es", "El juez aplaza el juicio.", "courtroom"),
        ("pt-BR", "O coveiro abre o caixão.", "cemetery"),
        ("pt-BR", "A pescadora perde a rede.", "boat_deck"),
    ],
)
def test_roles_tell_where_it_plays(language: str, text: str, kind: str):
    assert next(iter(cues_in(text, language))) == kind  # type: ignore[arg-type]


def test_a_story_begins_where_its_people_work_and_goes_where_its_words_lead():
    assert [one.kind for one in plan_of(WARD).places] == ["hospital", "cellar"]


def test_a_verb_is_no_place():
    assert "station" not in {one.kind for one in plan_of("Gus agrees to train Priya at the gym.").places}


def test_what_is_done_now_is_said_in_the_present():
    assert happening("opens") == "is opening"
    assert happening("go") == "are going"
    assert happening("finds") == "finds"


def test_habits_stay_in_the_present():
    radio = "Radio host Sam takes calls from midnight to five. His producer Billie cannot trace the number."
    lines = " ".join(written(radio).lines)
    assert "took calls" not in lines


def test_the_same_brief_gives_the_same_script():
    assert written(WARD).lines == written(WARD).lines
