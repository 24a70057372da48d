"""Who is not there: the missing, who sent the others, whom a secret is kept from; and who says `I`."""

import pytest

from state.script import Language
from tests.unit.tools.models.test_ledger import ANA, BEN, stands_of
from tools.models.offline.clauses.people import Person

EVA: dict[Language, Person] = {
    "en": Person(name="Eva", woman=True, role="missing girl"),
    "es": Person(name="Eva", woman=True, role="chica desaparecida"),
    "pt-BR": Person(name="Eva", woman=True, role="moça desaparecida"),
}
LIA, TOM = Person(name="Lia", woman=True), Person(name="Tom", woman=False)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana opens the drawer. A picture of Eva falls out. She calls Ben."),
    ("es", "Ana abre el cajón. Cae un retrato de Eva. Ella llama a Ben."),
    ("pt-BR", "Ana abre a gaveta. Cai um retrato de Eva. Ela chama Ben."),
])  # fmt: skip
def test_a_pronoun_means_who_is_there_and_not_the_missing_one(language: Language, text: str):
    last = stands_of(text, ANA, BEN, EVA[language], language=language)[-1]
    assert last.doer == "Ana"
    assert "Eva" not in last.here


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Lia sends her nephews Ben and Tom to the fair. They drop the vase. They sweat."),
    ("es", "Lia manda a sus sobrinos Ben y Tom a la feria. En la curva se rompe. Lo pegan con cera."),
    ("pt-BR", "Lia manda os sobrinhos Ben e Tom à feira. Na curva o vaso quebra. Colam tudo com cera."),
])  # fmt: skip
def test_who_sends_others_is_not_in_the_pictures_of_those_who_went(language: Language, text: str):
    last = stands_of(text, LIA, BEN, TOM, language=language)[-1]
    assert set(last.acting) == {"Ben", "Tom"}
    assert "Lia" not in last.here


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Lia sends Ben a letter. Ben smiles."),
    ("es", "Lia manda una carta a Ben. Ben sonríe."),
    ("pt-BR", "Lia manda uma carta para Ben. Ben sorri."),
])  # fmt: skip
def test_who_sends_a_letter_goes_nowhere_for_it(language: Language, text: str):
    assert "Lia" not in stands_of(text, LIA, BEN, language=language)[-1].away


@pytest.mark.parametrize(("language", "text"), [
    ("es", "Ana y Ben discuten en el tranvía. Tom apunta las promesas de los dos. Sudan."),
    ("pt-BR", "Ana e Ben discutem no bonde. Tom anota as promessas dos dois. Suam."),
])  # fmt: skip
def test_a_plural_verb_goes_on_with_the_two_who_did_it_together(language: Language, text: str):
    assert set(stands_of(text, ANA, BEN, TOM, language=language)[-1].acting) == {"Ana", "Ben"}


@pytest.mark.parametrize(("language", "text"), [
    ("en", "Ana waits for a letter. Out of pity for her, Ben writes one himself at night."),
    ("es", "Ana espera una carta. Por lástima de ella, Ben escribe una él mismo, de noche."),
    ("pt-BR", "Ana espera uma carta. Com dó dela, Ben escreve uma ele mesmo, à noite."),
])  # fmt: skip
def test_a_secret_deed_is_seen_without_whom_it_is_kept_from(language: Language, text: str):
    assert stands_of(text, language=language)[-1].acting == ("Ben",)


@pytest.mark.parametrize(("language", "name", "text"), [
    ("en", "I", "I dig. Ben sings. He laughs."),
    ("es", "Yo", "Yo cavo. Ben canta. Él ríe."),
    ("pt-BR", "Eu", "Eu cavo. Ben canta. Ele ri."),
])  # fmt: skip
def test_he_is_not_who_says_i(language: Language, name: str, text: str):
    teller = Person(name=name, woman=False)
    assert stands_of(text, BEN, teller, language=language)[-1].doer == "Ben"


def test_a_name_that_looks_like_a_verb_is_a_name():
    lucha = Person(name="Doña Lucha", woman=True, role="madre")
    stands = stands_of("Ben canta. Su madre, Doña Lucha, se acerca.", BEN, lucha, language="es")
    assert stands[-1].doer == "Doña Lucha"
