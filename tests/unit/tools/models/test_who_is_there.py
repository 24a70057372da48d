"""Who is in the cast and who is in which scene: everybody who is there, and nobody who is not."""

import pytest

from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput, SeriesPlan
from tests.scripts import write_episode
from tools.models.offline.ledger.absence import is_elsewhere
from tools.models.offline.persons.voices import is_away, voices_of
from tools.models.offline.plan import compose_plan


def plan_of(description: str, language: Language, *, scenes: int = 4) -> SeriesPlan:
    brief = NovelaBrief(
        title="x", description=description, language=language, scenes_per_episode=scenes, episode_seconds=80
    )
    return compose_plan(PlanSeriesInput(brief=brief))


def cast_of(description: str, language: Language) -> dict[str, str]:
    return {one.name: one.look.presentation for one in plan_of(description, language).cast}


def last_scene(description: str, language: Language, *, scenes: int) -> set[str]:
    return set(plan_of(description, language, scenes=scenes).episodes[0].scenes[-1].characters)


BELL = " Edda rings the bell. Edda waits. The bell falls and Edda laughs about it until the evening comes."
CAMPANA = (
    " Elvira toca la campana. Elvira espera. La campana cae y Elvira se ríe de ella hasta la noche "
    "ya muy fría."
)
SINO = " Elvira toca o sino. Elvira espera. O sino cai e Elvira ri dele até a noite chegar de novo."


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", f"Moses Creek, Oregon.{BELL}", "Moses"),
    ("en", f"Edda, a nurse, takes the bus from Mercy General.{BELL}", "Mercy"),
    ("en", f"Tarn has nine houses and a bell.{BELL}", "Tarn"),
    ("en", f"Edda plays a record by Delphine.{BELL}", "Delphine"),
    ("es", f"Vereda La Esperanza, Nariño.{CAMPANA}", "Esperanza"),
    ("es", f"Valdemorro tiene once habitantes.{CAMPANA}", "Valdemorro"),
    ("es", f"En la rocola suena Chavela.{CAMPANA}", "Chavela"),
    ("es", f"Elvira teclea una palabra: «Concedida».{CAMPANA}", "Concedida"),
    ("pt-BR", f"Pelo telefone, o Rio manda parar.{SINO}", "Rio"),
    ("es", f"La Paz, mercado de las Brujas.{CAMPANA}", "Paz"),
    ("pt-BR", f"A quadrilha Flor do Agreste perdeu o ônibus.{SINO}", "Flor"),
    ("pt-BR", f"Campanha gaúcha, inverno.{SINO}", "Campanha"),
])  # fmt: skip
def test_a_place_a_record_or_a_typed_word_is_nobody(language: Language, text: str, name: str):
    assert not any(name in one.split() for one in cast_of(text, language))


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", f"A shy Basque net-mender called Iker helps. The Basque sings.{BELL}", {"Edda", "Iker"}),
    ("pt-BR", f"A fiscal sanitária, doutora Ivone, chega. A fiscal anota.{SINO}", {"Elvira", "Ivone"}),
    ("pt-BR", f"A freira que reza, irmã Benta, chega. A freira ri.{SINO}", {"Elvira", "Benta"}),
    ("en", f"Mei, 19, the only woman there, says she is a boy called Sam. Sam sews.{BELL}", {"Mei", "Edda"}),
    ("en", f"Steward Callum Reid brings tea to Mrs Olafson.{BELL}", {"Callum Reid", "Olafson", "Edda"}),
    ("es", f"Nélida, 54, maestra, llega. El caballo se llama Artigas.{CAMPANA}", {"Nélida", "Elvira"}),
    ("es", f"La Güera, contrabandista retirada, sirve.{CAMPANA}", {"Güera", "Elvira"}),
])  # fmt: skip
def test_who_is_told_of_twice_is_one(language: Language, text: str, people: set[str]):
    assert set(cast_of(text, language)) == people


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "count"), [
    ("en", f"Edda stops a hearse. The driver, a polite woman in gloves, nods. The woman smiles.{BELL}", 2),
    ("en", f"Edda dials a number. A woman answers and says no.{BELL}", 1),
    ("es", f"Un pibe de delivery ofrece pizza.{CAMPANA}", 2),
    ("es", f"Llega una madre con las manos vacías.{CAMPANA}", 2),
    ("es", f"Por la radio, un hombre avisa que hay niebla.{CAMPANA}", 1),
    ("pt-BR", f"Uma gringa loira pede uma valsa.{SINO}", 2),
])  # fmt: skip
def test_a_stranger_is_cast_once_and_a_voice_never(language: Language, text: str, count: int):
    assert len(cast_of(text, language)) == count


def test_a_plural_says_nothing_of_her_and_a_title_says_he_is_grown():
    twins = cast_of(f"Los gemelos Quispe, Wilber y Nilda, esperan.{CAMPANA}", "es")
    assert (twins["Wilber"], twins["Nilda"]) == ("man", "woman")
    assert cast_of(f"Chief Okonkwo waits.{BELL}", "en")["Chief Okonkwo"] == "man"


def test_who_hides_somebody_leads_and_who_hides_a_thing_does_not():
    hiding = plan_of("Rosario Mamani esconde a un boliviano llamado Hilarión. Hilarión tose.", "es")
    assert hiding.cast[0].name == "Rosario Mamani"


SISTERS = (
    "The Petrenko sisters, Vera, 50, and Nadia, 44, clear out the barn. Vera finds a letter. "
    "A mechanic, Olof, tows the tractor away. The two of them stand there with the phone."
)
TURNS = (
    "Valdir mora no Brasil e o sogro, don Washington, mora no Uruguai. Valdir pinta a vaca. O uruguaio ri."
)
ABSENT = "Amparo lee con Fermín y su nieta Candela. Fermín escribe. Un martes la niña no viene."


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "scenes", "there", "away"), [
    ("pt-BR", TURNS, 3, "Washington", ""),
    ("es", "Rubí graba. Los viejos callan. Eladia entra, sola.", 3, "Eladia", "Rubí"),
    ("pt-BR", "Ivete desce a serra. Seu Arlindo reza. O rádio cala. O velho ri.", 4, "Arlindo", ""),
    ("es", ABSENT, 3, "", "Candela"),
    ("es", "Elvira cose. Llega Beatriz. Mateo canta. Las dos mujeres esperan.", 4, "Beatriz", "Mateo"),
    ("es", "Luz canta. Un capitán entra. La niña Luz calla. El capitán se agacha y le habla.", 4, "Luz", ""),
])  # fmt: skip
def test_those_whom_the_last_words_mean_are_in_the_last_scene(
    language: Language, text: str, scenes: int, there: str, away: str
):
    here = last_scene(text, language, scenes=scenes)
    assert not there or there in here
    assert not away or away not in here


def test_a_voice_has_no_place_in_a_picture():
    brief = NovelaBrief.model_validate({
        "title": "x", "description": "Ina plugs in the line. Callum asks for rocks.",
        "characters": [{"name": "Ina", "role": "operator, the only person on screen"},
                       {"name": "Callum", "role": "her husband"}],
    })  # fmt: skip
    plan = compose_plan(PlanSeriesInput(brief=brief))
    assert voices_of(brief, plan.cast) == {"Callum"}
    radio = NovelaBrief(
        title="x", description="Ivete desce. Pelo rádio, o marido, Gilmar, fala.", language="pt-BR"
    )
    assert voices_of(radio, compose_plan(PlanSeriesInput(brief=radio)).cast) == {"Gilmar"}
    assert all(scene.characters == ["Ina"] for scene in plan.episodes[0].scenes)


GONE = [
    (
        "en",
        "Edda keeps the lamp. Her son Callum, lost at sea, sent it. Iker reads the paper.",
        "Callum",
        True,
    ),
    (
        "en",
        "Edda keeps the lamp. Her son Callum, lost at sea, sent it. Callum opens the door.",
        "Callum",
        False,
    ),
    ("en", "Callum paints the boat. Edda waits. Callum, drowned at last, is found.", "Callum", False),
    ("es", "Edda lee. Su hermana Rita, que se fue a Tijuana, le escribe. Iker ríe.", "Rita", True),
    ("es", "Edda lee. Su hermana Rita, que se fue a Tijuana, le escribe. Rita abre.", "Rita", False),
    ("pt-BR", "Zefa fala. O marido, Tonho, sumiu em 1985. Caíque ri.", "Tonho", True),
    ("pt-BR", "Zefa fala. O marido, Tonho, sumiu em 1985. Volta Tonho.", "Tonho", False),
]


@pytest.mark.parametrize(("language", "text", "name", "away"), GONE)
def test_who_is_gone_when_it_begins_is_only_spoken_of(language: Language, text: str, name: str, away: bool):
    assert is_away(name, "", text, language) is away


def frames(description: str, language: Language, words: str, *, scenes: int) -> set[str]:
    """Everybody who is seen while these words are heard."""
    brief = NovelaBrief(
        title="x", description=description, language=language, scenes_per_episode=scenes, episode_seconds=60
    )
    shots = [shot for scene in write_episode(brief).scenes for shot in scene.shots]
    heard = [shot for shot in shots if any(words in line.text for line in shot.lines)]
    assert heard
    return {one.character for shot in heard for one in shot.staging.people}


COUNTER = (
    "Rosendo empeña el reloj. Katz lo guarda. Elvira vende el vestido de novia. En la casa de empeños, Katz "
    "le da la mano a Elvira. En el patio, Rosendo baja la cabeza."
)
BACK = "Nora sells tickets. Idris waits at the door. Behind Idris's back, Nora smiles at last."


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "text", "words", "away"), [
    ("es", COUNTER, "baja la cabeza", {"Katz", "Elvira"}),
    ("es", COUNTER, "le da la mano", {"Rosendo"}),
    ("en", BACK, "smiles at last", {"Idris"}),
    ("en", "Nora sells tickets. Idris waits. Nora says that Idris has gone. Nora smiles.", "gone", {"Idris"}),
])  # fmt: skip
def test_a_picture_has_only_those_whom_its_words_are_about(
    language: Language, text: str, words: str, away: set[str]
):
    assert not frames(text, language, words, scenes=2) & away


def test_what_one_does_to_another_has_both_in_the_picture():
    text = "Nora mends clocks. Idris sweeps the platform. Idris takes Nora by the hand. The train passes."
    assert frames(text, "en", "by the hand", scenes=2) == {"Nora", "Idris"}


PEARL = "Delia pule perlas para don Gonzalo. Don Gonzalo paga. El taller está vacío, y "


@pytest.mark.parametrize(("end", "cast"), [
    ("en la Procuraduría una mujer deja la perla.", {"Delia", "Gonzalo"}),
    # The controls: in the same place, or where she herself is.
    ("una mujer de gris deja la perla.", None),
    ("ella mira: en la Procuraduría una mujer deja la perla.", None),
])  # fmt: skip
def test_a_woman_elsewhere_at_the_end_is_the_one_it_was_about(end: str, cast: set[str] | None):
    found = cast_of(PEARL + end, "es")
    assert "Procuraduría" not in " ".join(found)
    assert (len(found) == 2) == (cast is not None)
    if cast is not None:
        assert "Delia" in frames(PEARL + end, "es", "deja la perla", scenes=2)


@pytest.mark.parametrize(("language", "text", "elsewhere"), [
    ("en", "In the store, Hodge opens the safe.", True), ("en", "Hodge opens the safe in the store.", False),
    ("en", "At midnight, Hodge opens the safe.", False), ("en", "Meanwhile, Hodge opens it.", True),
    ("es", "Esa noche, en el andén, el niño lo abre.", True), ("es", "Esa noche, el niño lo abre.", False),
    ("es", "En la alcaldía una mujer firma.", True), ("pt-BR", "Na rua, Juca espera.", True),
    ("pt-BR", "No dia seguinte, Juca espera.", False),
])  # fmt: skip
def test_a_place_at_the_head_leaves_those_before_behind(language: Language, text: str, elsewhere: bool):
    assert is_elsewhere(text, language) is elsewhere


def test_a_town_that_lies_near_another_is_nobody():
    told = "Teshie, outside Accra, where carpenters build coffins. Old Nii Adjei, a fisherman, orders one. "
    assert set(cast_of(told + "His daughter Korkor comes to cancel it.", "en")) == {"Nii Adjei", "Korkor"}


@pytest.mark.parametrize(("text", "people"), [
    ("In Tbilisi, Georgia, mechanic Lado greases the cables. Keti waits.", {"Lado", "Keti"}),
    ("Lado works in Tbilisi, Georgia. Keti waits and Lado sings.", {"Lado", "Keti"}),
    ("Ana, Georgia and Ben bake bread. Georgia burns it and Ben laughs.", {"Ana", "Georgia", "Ben"}),
])  # fmt: skip
def test_a_land_with_a_first_name_is_no_person(text: str, people: set[str]):
    assert set(cast_of(text, "en")) == people


@pytest.mark.parametrize(("told", "people"), [("tells a grander lie about it", 2), ("seats three guests", 3)])
def test_whom_somebody_makes_up_is_nobody(told: str, people: int):
    text = f"Ana straps in the cake and {told}: a grandmother, a bishop, a sleeping judge. Ben laughs."
    assert len(plan_of(text, "en").cast) == people
