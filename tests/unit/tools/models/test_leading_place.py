"""The set of a film is its leading place, not any word that also names one; weather is what is told."""

import pytest

from state.brief import NovelaBrief
from state.script import Language, SetKind, Weather
from state.writing import PlanSeriesInput
from tools.models.offline.places.lexicon import mentions_in
from tools.models.offline.places.skies import sky_of
from tools.models.offline.plan import compose_plan


def places_of(language: Language, text: str) -> list[SetKind]:
    brief = NovelaBrief.model_validate({
        "title": "X", "description": text, "genre": "comedy", "language": language, "scenes_per_episode": 4,
        "episode_seconds": 60,
    })  # fmt: skip
    plan = compose_plan(PlanSeriesInput(brief=brief))
    by_name = {one.name: one.kind for one in plan.places}
    return [by_name[scene.place] for scene in plan.episodes[0].scenes]


def strong_in(language: Language, text: str) -> list[SetKind]:
    return [one.kind for one in mentions_in(text, language) if one.strong and not one.region]


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("en", "Jo here from Prior's Bakery in Kendal. Maud has minded the counter for years. Her niece Bryony "
           "bakes. The whole queue waits. Maud weighs the buns in her hands.", "bakery"),
    ("es", "Hola, soy Inés, de Panadería Molina, en Jaén. Remedios lleva años detrás del mostrador. Su "
           "sobrino Curro hornea. La fila llega a la puerta. Remedios pesa el pan.", "bakery"),
    ("pt-BR", "O Anselmo tem uma papelaria e não sabe ler. Anota as contas com desenhos: um barco é o Tonho, "
              "uma nuvem é a Lurdes. O neto pede um recibo. Ele fecha o caderno.", "shop"),
])  # fmt: skip
def test_a_counter_a_queue_and_a_drawn_boat_are_in_the_shop(language: Language, text: str, kind: SetKind):
    assert set(places_of(language, text)) == {kind}


@pytest.mark.parametrize(("language", "text", "kind"), [
    ("en", "Old Bertha owns a grocery and cannot count.", "shop"),
    ("en", "Edwina owns a furniture shop. Marge is the upholsterer.", "workshop"),
    ("es", "Doña Petra tiene una ferretería y no sabe leer.", "shop"),
    ("es", "Elvira es dueña de una mueblería. Paz es la tapicera.", "workshop"),
    ("pt-BR", "Elvira é dona de uma loja de móveis. Paz é a estofadora.", "workshop"),
    ("en", "Wilma mends the clock. Then she goes home and stops her own.", "living_room"),
    ("en", "Below deck he finds the inspector.", "boat_cabin"),
    ("es", "Bajo cubierta encuentra a la inspectora.", "boat_cabin"),
    ("en", "She takes the driving test. It hangs on the wall of the driving school.", "classroom"),
    ("es", "Repite el examen de conducir. El pañal cuelga en la pared de la autoescuela.", "classroom"),
    ("pt-BR", "Repete o exame de direção. O quadro fica na parede da autoescola.", "classroom"),
    ("en", "Wilma spends her savings at the auction.", "museum"),
    ("en", "Wilma buys two sheep at the auction.", "market"),
])  # fmt: skip
def test_where_somebody_is(language: Language, text: str, kind: SetKind):
    assert strong_in(language, text) == [kind]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Denise swerves round a cow, a brass band and a stagecoach."),
        ("es", "Denisa esquiva una vaca, una banda y una carreta de sandías."),
        ("pt-BR", "Denise desvia de uma vaca, de uma banda e de uma carroça."),
        ("en", "When everybody goes home, Otis sweeps."),
        ("en", "The note is flat again."),
        ("en", "Her keys are at the bottom of the river."),
        ("en", "The queue laughs at Otis."),
    ],
)
def test_what_is_passed_denied_or_a_figure_is_no_place(language: Language, text: str):
    assert not [one for one in mentions_in(text, language) if not one.doubtful or one.strong]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Silas passed a cracked shaft. At dusk he watches the last ferry load and sees Joan go aboard. "
           "Below deck he finds Priya. Mid-river the shaft snaps and they drift towards the weir. "
           "Silas holds the tiller with both arms."),
    ("es", "Silverio aprobó un eje roto. Mira cargar el último ferry y Juana salta a bordo. "
           "Bajo cubierta encuentra a Pilar. En medio del río el eje se parte. Silverio sujeta el timón."),
    ("pt-BR", "Silvério aprovou um eixo trincado. Ele vê carregar a última balsa e pula a bordo. No porão do "
              "barco encontra a Pilar. No meio do rio o eixo quebra. Silvério segura o leme."),
])  # fmt: skip
def test_who_goes_aboard_stays_on_the_boat(language: Language, text: str):
    assert set(places_of(language, text)) <= {"boat_deck", "boat_cabin"}


def test_a_pitch_says_where_its_people_work_before_anything_is_told():
    text = (
        "I can make soup. It's about Wilma, who is called to mend the clock at a railway station. "
        "Somebody keeps setting it back. Every Friday it is slow again. It is Otis, the porter. He is sorry."
    )
    assert set(places_of("en", text)) == {"station"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A call comes. His phone rings: his wife is in the market. He weeps."),
        ("pt-BR", "A Denise dirige. Toca o telefone dele: a mulher está no mercado. Ele chora."),
    ],
)
def test_what_a_telephone_tells_is_elsewhere(language: Language, text: str):
    assert "market" not in places_of(language, text)


@pytest.mark.parametrize(
    ("language", "story", "sky"),
    [
        ("pt-BR", "Lurdes abre o guarda-chuva na sala. Ela ri.", "clear"),
        ("pt-BR", "Chove. Lurdes abre o guarda-chuva. Ela ri.", "rain"),
        ("pt-BR", "Anota com desenhos: uma chuva é a Lurdes, um sol é o Tonho.", "clear"),
        ("en", "Ida keeps accounts in drawings: rain is Hal, a boot is Ned.", "clear"),
        ("en", "Ida is soaked. She laughs.", "rain"),
        ("es", "Una tormenta de ideas cansa a Lina.", "clear"),
        ("es", "Sin lluvia no hay fiesta. Lina espera.", "clear"),
    ],
)
def test_only_weather_that_is_told_is_seen(language: Language, story: str, sky: Weather):
    assert sky_of(story, story, "day", language) == sky
