"""A scene may begin in one place and go on in another: every shot plays where its sentence does."""

from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput, WriteSceneInput
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene
from tools.models.offline.ways import ways_of

SEWING = (
    "Sevilla, un taller de costura de noche. Lola cose un vestido rojo. Su hija Inés entra en el taller. "
    "Lola deja la aguja y abraza a Inés. Amanece en la azotea, entre macetas. Inés baila con el vestido."
)


def a_story(text: str, language: Language = "es", scenes: int = 2) -> NovelaBrief:
    return NovelaBrief(
        title="Aguja",
        description=text,
        language=language,
        target_episodes=1,
        scenes_per_episode=scenes,
        episode_seconds=30,
    )


def kinds_of(brief: NovelaBrief) -> list[tuple[str, str]]:
    """Every sentence of the episode's scenes with the set it plays in."""
    plan = compose_plan(PlanSeriesInput(brief=brief))
    numbers = [one.number for one in plan.episodes[0].scenes]
    return [(way.text, way.place.kind) for number in numbers for way in ways_of(plan, brief, number)]


def test_a_sentence_before_the_way_up_still_plays_below() -> None:
    brief = a_story(SEWING)
    kinds = dict(kinds_of(brief))
    assert kinds["Lola deja la aguja y abraza a Inés."] == "workshop"
    assert kinds["Amanece en la azotea, entre macetas."] == "rooftop"


def test_a_shot_is_staged_where_its_sentence_plays() -> None:
    brief = a_story(SEWING)
    plan = compose_plan(PlanSeriesInput(brief=brief))
    last = plan.episodes[0].scenes[-1]
    scene = compose_scene(WriteSceneInput(brief=brief, plan=plan, outline=last, seconds=15, shots=3)).scene
    assert scene.shots[-1].staging.place.kind == "rooftop"
    assert {shot.staging.place.kind for shot in scene.shots} == {"workshop", "rooftop"}
