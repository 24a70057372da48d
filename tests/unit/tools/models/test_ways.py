"""A scene may begin in one place and go on in another: every shot plays where its sentence does."""

from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput, WriteSceneInput
from tools.models.offline.places.hours import hour_in
from tools.models.offline.places.ways import ways_of
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene

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


def led(text: str, language: Language) -> dict[str, str]:
    return dict(kinds_of(a_story(text, language)))


def test_lights_that_go_out_lead_nobody_to_a_place_that_is_only_spoken_of() -> None:
    story = "Walt drives across the empty ice rink. Behind him the lights go out. Walt stops. Dawn, car park."
    kinds = led(story, "en")
    assert kinds["Walt stops."] == "rink"
    assert kinds["Dawn, car park."] == "car_park"


def test_what_a_film_shows_is_no_set() -> None:
    kinds = led(
        "Un cine de pueblo. Curro proyecta el final: un beso en un muelle. Amparo se gira y sonríe.", "es"
    )
    assert set(kinds.values()) == {"cinema"}


def test_who_waits_at_the_door_of_a_church_is_outside() -> None:
    kinds = led(
        "Una panadería de pueblo. Marta carga la torta. En la puerta de la iglesia espera la novia.", "es"
    )
    assert kinds["En la puerta de la iglesia espera la novia."] == "plaza"


def test_who_leans_on_something_is_on_no_hillside() -> None:
    kinds = led(
        "Sebastião é sineiro na igreja. Luzia o chama. Ele encosta a palma no bronze. Luzia chora e desce.",
        "pt-BR",
    )
    assert set(kinds.values()) == {"church"}


def test_stairs_let_somebody_out_of_a_lift_that_is_stuck() -> None:
    kinds = led(
        "Ana entra na cabine do elevador. O elevador para entre dois andares. Ana abre o painel. "
        "Ana sobe pela escada do poço. Ana respira na cobertura.",
        "pt-BR",
    )
    assert kinds["Ana abre o painel."] == "lift"
    assert kinds["Ana respira na cobertura."] == "rooftop"


def test_what_somebody_is_to_flee_by_is_not_where_they_are() -> None:
    kinds = led(
        "Ana entra en el ascensor. Se para entre dos pisos. Ana grita para huir por la azotea.",
        "es",
    )
    assert set(kinds.values()) == {"lift"}


def test_hours_that_stand_alone_are_told() -> None:
    assert hour_in("Mañana. Begoña ordena paraguas.", "es") == "day"
    assert hour_in("Begoña llega tarde.", "es") is None
    assert hour_in("Dawn, car park. Walt pours coffee.", "en") == "day"
    assert hour_in("Dawn, a nurse, opens the shop.", "en") is None


def test_a_bench_that_somebody_sits_on_is_no_bank() -> None:
    kinds = led("Uma estação de trem. Célia vende flores. Célia senta ao lado de Davi no banco.", "pt-BR")
    assert set(kinds.values()) == {"station"}
