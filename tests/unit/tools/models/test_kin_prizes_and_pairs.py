"""Kin of whoever tells it are there; prizes, faces on paper and pairs that have names bring on nobody."""

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language
from state.writing import PlanSeriesInput
from tests.unit.tools.models.test_ledger import ANA, BEN, stands_of
from tools.models.offline.persons.named_things import named_things
from tools.models.offline.plan import compose_plan


def cast_of(description: str, language: Language) -> dict[str, Character]:
    plan = compose_plan(
        PlanSeriesInput(brief=NovelaBrief(title="x", description=description, language=language))
    )
    return {one.name: one for one in plan.cast}


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "I was nine when my grandfather mended clocks. I held the lamp and I counted the screws.",
     "Grandfather"),
    ("es", "Mi abuelo arreglaba relojes. Yo tenía nueve años y yo contaba los tornillos.", "Abuelo"),
    ("pt-BR", "Meu avô consertava relógios. Eu tinha nove anos e eu contava os parafusos.", "Avô"),
    ("es", "Mi viejo remaba de noche. Yo miraba el agua y yo cantaba.", "Padre"),
    ("pt-BR", "Meu velho remava de noite. Eu olhava a água e eu cantava.", "Pai"),
])  # fmt: skip
def test_kin_of_who_says_i_are_cast(language: Language, text: str, name: str):
    assert cast_of(text, language)[name].look.presentation == "man"


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana digs. There she finds a photo: the man from the posters. Ben sings and she laughs with him."),
    ("es", "Ana cava. Ahí encuentra una foto: el hombre de los carteles. Ben canta y ella ríe con él."),
    ("pt-BR", "Ana cava. Ali acha uma foto: o homem dos cartazes. Ben canta e ela ri com ele."),
])  # fmt: skip
def test_a_face_on_paper_is_nobody_who_is_there(language: Language, text: str):
    assert {*cast_of(text, language)} == {"Ana", "Ben"}


@pytest.mark.parametrize(("language", "text", "name"), [
    ("en", "Ana wins Best Jam.", "Best Jam"),
    ("en", "They give her the Cup of Kelp.", "Cup of Kelp"),
    ("es", "Ana gana el Limón de Oro.", "Limón de Oro"),
    ("es", "Le entregan el Premio Mermelada.", "Premio Mermelada"),
    ("pt-BR", "Ana ganha a Goiaba de Ouro.", "Goiaba de Ouro"),
    ("pt-BR", "Entregam o Troféu Cajá.", "Troféu Cajá"),
])  # fmt: skip
def test_what_is_won_is_nobody(language: Language, text: str, name: str):
    assert name in named_things(text, language)


@pytest.mark.parametrize(("language", "text"), [("en", "Ana wins. Lucas bows."), ("es", "Gana la Lucía.")])
def test_who_wins_is_somebody(language: Language, text: str):
    assert named_things(text, language) == frozenset()


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Two rivals for mayor, old Albert, a baker, and Mrs Olga, a vet, dispute each vote. Both sweat."),
    ("es", "Dos candidatos a alcalde, don Alberto, panadero, y doña Olga, veterinaria, disputan cada voto."),
    ("pt-BR", "Dois candidatos a prefeito, seu Alberto, padeiro, e dona Olga, médica, disputam cada voto."),
])  # fmt: skip
def test_a_pair_whose_names_follow_has_no_doubles(language: Language, text: str):
    assert len(cast_of(text, language)) == 2


@pytest.mark.parametrize(("language", "text"), [
    ("es", "Ana y Ben cantan. Ana saluda al guarda, al que ascendieron ayer."),
    ("es", "Ana y Ben cantan. Ayer la llevaron a ella a Cuenca."),
    ("pt-BR", "Ana e Ben cantam. Ana saúda o guarda, a quem promoveram ontem."),
])  # fmt: skip
def test_what_nobody_in_particular_did_the_two_did_not(language: Language, text: str):
    assert stands_of(text, ANA, BEN, language=language)[-1].doers != ("Ana", "Ben")


@pytest.mark.parametrize(("language", "text", "name"), [
    ("es", "Ana cava. En la puerta hay un anciano con farol. Ana tiembla.", "Anciano"),
    ("en", "Ana digs. At the gate there is an old sailor with a lamp. Ana trembles.", "Sailor"),
    ("pt-BR", "Ana cava. No portão há um velho marinheiro com lampião. Ana treme.", "Marinheiro"),
])  # fmt: skip
def test_who_is_said_to_be_there_is_cast(language: Language, text: str, name: str):
    assert name in cast_of(text, language)


@pytest.mark.parametrize(("language", "text"), [
    ("es", "Yo tenía seis años y yo remaba. En el muelle subía una señora, Delia. Vino el hijo de Delia."),
    ("pt-BR", "Eu tinha seis anos e eu remava. No cais subia uma senhora, Delia. Veio o filho de Delia."),
])  # fmt: skip
def test_whose_son_is_told_of_is_no_child(language: Language, text: str):
    assert cast_of(text, language)["Delia"].look.age != "child"
