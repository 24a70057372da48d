"""Of a brief the story alone is told: no letter, no heading, no character sheet."""

from dataclasses import replace

import pytest

from state.script import Character, Language, Look
from tools.models.offline.brief.casting_notes import without_looks
from tools.models.offline.brief.chatter import without_marks, without_sighs
from tools.models.offline.brief.letter import is_heading, is_letter, only_says_when, without_order
from tools.models.offline.brief.makers_notes import story_in
from tools.models.offline.brief.sheets import without_sheets
from tools.models.offline.brief.wishes import Wish, tells
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.telling.looks_last import gives_a_reason, within, without_description
from tools.models.offline.telling.telling import tell_together
from tools.models.offline.words.fact import Fact

STORY: dict[Language, str] = {
    "en": "Ana bakes bread at night and her brother Ben sells it in the morning.",
    "es": "Ana hornea pan de noche y su hermano Ben lo vende por la mañana.",
    "pt-BR": "Ana assa pão de noite e o irmão dela, Ben, vende de manhã.",
}


@pytest.mark.parametrize(("language", "letter"), [
    ("en", "Hello there, my son told me I only have to type it in!"),
    ("en", "We're a family bakery in Leeds, Yorkshire, and we'd like a short film for our winter campaign."),
    ("en", "It's about our street in Hull, one December."), ("en", "Thank you, Doris x"),
    ("en", "Warm and honest, please, not a sales pitch."), ("en", "No faces, no logo, no text."),
    ("es", "Soy alumna de cine en Cali y esto es para mi muestra."), ("es", "Busco algo sereno, de otoño."),
    ("pt-BR", "Gente, essa história é meio do meu avô, que vende peixe, então caprichem."),
    ("pt-BR", "Quero uma coisa leve para a nossa loja."),
])  # fmt: skip
def test_the_clients_letter_is_not_told(language: Language, letter: str):
    assert story_in(f"{STORY[language]} {letter}", language) == STORY[language]


@pytest.mark.parametrize(("language", "text"), [
    ("en", "She writes a letter to the film company."), ("en", "Ana tells him: \u201cI love my film.\u201d"),
    ("es", "Busca una llave en la arena."), ("pt-BR", "Ela pede um café e espera."),
    ("en", "Thanks to the rope he climbs out."),
])  # fmt: skip
def test_what_people_do_is_no_letter(language: Language, text: str):
    """The control."""
    assert not is_letter(text, language)


@pytest.mark.parametrize(("language", "text"), [
    ("en", "CHARACTERS."), ("en", "The ending."), ("es", "Escaleta."), ("es", "Un solo día."),
    ("pt-BR", "Personagens:"),
])  # fmt: skip
def test_a_heading_only_says_what_follows(language: Language, text: str):
    assert is_heading(text, language)


def test_a_word_of_the_story_is_no_heading():
    """The control."""
    assert not is_heading("Silence.", "en")


def test_an_hour_is_seen_and_not_read_aloud():
    assert only_says_when("Tarde.", "es")
    assert not only_says_when("Es tarde para todos.", "es")


@pytest.mark.parametrize(("language", "sheet"), [
    ("en", "Joan Marsh, 58, heavyset, grey plait, orange work vest."),
    ("es", "Reparto: Lola, 46, pelo corto canoso, gafas rojas."), ("es", "Tomás (el vecino), 60, delgado."),
    ("pt-BR", "Vera: 39, parda, tranças longas, macacão cinza."),
])  # fmt: skip
def test_a_character_sheet_is_not_told(language: Language, sheet: str):
    assert without_sheets(f"{STORY[language]} {sheet}", language).strip() == STORY[language]


def test_what_stands_behind_a_sheet_is_told_of_its_person():
    text = "Joan Marsh, 58, heavyset, orange vest; she drives the ferry."
    assert without_sheets(text, "en") == "Joan Marsh drives the ferry."


@pytest.mark.parametrize("text", ["Joan, 58, tall, opens the door.", "Joan, her boots wet, waits."])
def test_who_does_something_has_no_sheet(text: str):
    """The control."""
    assert without_sheets(text, "en") == text


def test_a_bracket_with_an_age_is_cast_and_its_name_told():
    text = "The judge (Rev. Amy, about 35, red curls) gives him the cup."
    assert sentences_of(without_looks(text)) == ["The judge, Amy, gives him the cup."]
    assert without_looks("O moço da feira (47, alto, boné) ri.") == "O moço da feira ri."


def test_a_face_ends_a_sentence():
    assert without_marks("Caprichem \U0001f642 A Vera tem uma banca.", "pt-BR").startswith(
        "Caprichem. A Vera"
    )


def test_a_short_sentence_is_no_tag():
    assert without_sighs("Luzia entende.", "pt-BR") == "Luzia entende."
    assert without_sighs("Ela vai embora hoje, entende?", "pt-BR").startswith("Ela vai embora hoje")


def test_an_order_for_the_camera_leaves_its_picture():
    told = without_order("Peço visto bem do alto, a torre e os pombos levantando voo.", "pt-BR")
    assert told == "A torre e os pombos levantando voo."


@pytest.mark.parametrize(("language", "text", "told"), [
    ("en", "Joan is a ferrywoman, about sixty, grey plait, orange vest.", "Joan is a ferrywoman."),
    ("es", "El chófer, Nilo, de unos 40, camisa azul, jura que va despacio.",
     "El chófer, Nilo, jura que va despacio."),
    ("es", "Su nieta Eva, de catorce, morena, no quiere fiesta: su mamá murió en marzo.",
     "Su nieta Eva no quiere fiesta: su mamá murió en marzo."),
    ("pt-BR", "A vizinha, dona Rita, 65, gordinha, só ri.", "A vizinha, dona Rita, só ri."),
])  # fmt: skip
def test_what_somebody_looks_like_is_not_listed_aloud(language: Language, text: str, told: str):
    assert without_description(text, language) == told


def test_things_that_are_packed_are_told():
    """The control."""
    text = "She packs a dress, two shirts, a pair of boots."
    assert without_description(text, "en") == text


@pytest.mark.parametrize(("text", "most", "told"), [
    ("She asks him, very calmly, to hand over the bag.", 7, ""),
    ("The judge (a vicar from the village) gives him the cup.", 6, ""),
    ("He shows her the lining: it is made of her mother's blouse.", 8, ""),
    ("He rows home. The lamp is still lit.", 4, "He rows home."),
    ("They dance on the roof, with the city behind them.", 6, "They dance on the roof."),
])  # fmt: skip
def test_a_sentence_is_told_whole_or_not_at_all(text: str, most: int, told: str):
    assert within(text, most, "en") == told


@pytest.mark.parametrize(("language", "text"), [
    ("en", "It is never used: her husband is gone."), ("es", "No quiere fiesta porque su madre murió."),
    ("pt-BR", "Ela acha um bilhete na manga."),
])  # fmt: skip
def test_a_reason_or_a_find_is_told_before_anything_else(language: Language, text: str):
    assert gives_a_reason(text, language)
    # The control: what somebody only does.
    assert not gives_a_reason(STORY[language], language)


BEGONA = Person(name="Begoña", woman=True)
IVAN = Person(name="Iván", woman=False)


def test_a_name_behind_a_verb_is_who_does_it():
    told = [one.text for one in Reader("es", [BEGONA, IVAN]).read("Begoña corre. Abre Iván, con su llave.")]
    assert not any("Begoña abre" in one for one in told)
    # The control: to whom something is done there is `a` before the name.
    told = [one.text for one in Reader("es", [BEGONA, IVAN]).read("Begoña corre. Abre a Iván la puerta.")]
    assert "Begoña abre a Iván la puerta." in told


def test_a_name_of_the_other_sex_does_not_stand_for_a_pronoun():
    cast = [Character(name="Dilwyn", role="", look=Look(presentation="man"))]
    fact = Fact(
        subject="", verb="", rest="", text="Dilwyn sits down on it.", written="She sits down on it.", order=4
    )
    assert tell_together([fact], cast, "en") == ["She sits down on it."]
    # The control: his own pronoun has his name.
    fact = replace(fact, written="He sits down on it.")
    assert tell_together([fact], cast, "en") == ["Dilwyn sits down on it."]


def test_one_verb_keeps_its_subject():
    cast = [Character(name="Luzia", role="", look=Look(presentation="woman"))]
    one = Fact(subject="Luzia", verb="espera", rest="", text="Luzia espera.", order=1)
    two = Fact(subject="Luzia", verb="entende", rest="", text="Luzia entende.", order=5)
    assert tell_together([one, two], cast, "pt-BR")[1] == "Luzia entende."


def test_a_caption_before_it_takes_nobodys_name():
    cast = [Character(name="Rita", role="", look=Look(presentation="woman"))]
    one = Fact(subject="Rita", verb="noturna", rest="", text="Uma escola noturna.", order=0)
    two = Fact(subject="Rita", verb="limpa", rest="as salas", text="Rita limpa as salas.", order=1)
    assert tell_together([one, two], cast, "pt-BR")[1] == "Rita limpa as salas."


def test_a_last_picture_in_which_something_happens_is_told():
    both = (Wish(kind="last", text="She comes after them."), Wish(kind="last", text="Only their feet."))
    assert [tells(one, "en") for one in both] == [True, False]
