"""Whom a client's page names for the film, and which of its places the film plays in."""

import pytest

from state.script import Language
from tools.models.offline.brief.headings import caption_of
from tools.models.offline.brief.long_sentences import straight
from tools.models.offline.brief.makers_notes import asked_in, told_in
from tools.models.offline.brief.sections import as_prose
from tools.models.offline.persons.ages import told_years
from tools.models.offline.persons.people import find_people
from tools.models.offline.things.told_nouns import nouns_told
from tools.models.offline.words.bank import bank


def names_in(text: str, language: Language) -> list[str]:
    return [one.name for one in find_people(text, bank(language)["reading"], known=())]


@pytest.mark.parametrize(
    ("language", "page", "begins"),
    [
        ("es", "PERSONAJES\nDoña Remedios Prats, 71, hornera.\n\nHISTORIA\nDoña Remedios apaga el horno.",
         "Doña Remedios (71, hornera) apaga"),
        ("pt-BR", "ELENCO\nSeu Agenor Pinto, 66, relojoeiro.\n\nHISTÓRIA\nSeu Agenor para o relógio.",
         "Seu Agenor (66, relojoeiro) para"),
        ("en", "CAST\nMrs Ada Pell, 70, beekeeper.\n\nSTORY\nMrs Pell opens the hive.",
         "Mrs Pell (70, beekeeper) opens"),
    ],
)  # fmt: skip
def test_a_list_describes_whoever_has_a_title_and_not_the_title(language: Language, page: str, begins: str):
    assert as_prose(page, language).startswith(begins)


@pytest.mark.parametrize(
    ("language", "name", "gone", "found"),
    [
        ("en", "Ned", "The caretaker, Ned, is missing.", " Joan finds Ned in the cellar."),
        ("es", "Genaro", "El conserje Genaro desapareció.", " Lola encuentra a Genaro en el sótano."),
        ("pt-BR", "Nestor", "O zelador Nestor some do prédio.", " Joana acha Nestor no porão."),
    ],
)
def test_who_was_missing_and_is_found_is_in_the_story(language: Language, name: str, gone: str, found: str):
    assert name not in names_in(gone, language)
    assert name in names_in(gone + found, language)


def test_a_body_that_is_found_is_not():
    assert "Ned" not in names_in("The caretaker, Ned, is missing. Joan finds Ned dead in the cellar.", "en")


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("en", "Walter is pushed on stage as Herod. Rose laughs.", "Herod"),
        ("es", "Gualterio hace de Herodes. Rosa ríe.", "Herodes"),
        ("pt-BR", "Valter está vestido de Herodes. Rosa ri.", "Herodes"),
    ],
)
def test_a_part_on_a_stage_is_nobody_else(language: Language, text: str, part: str):
    assert part not in names_in(text, language)
    assert part in names_in(f"{text} {part} {'corre' if language != 'en' else 'runs'}.", language)


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Their grown daughter Tess runs the lights.", "Tess"),
        ("es", "Lía, su hija adulta, lleva las luces.", "Lía"),
        ("pt-BR", "A filha adulta Lia cuida da luz.", "Lia"),
    ],
)
def test_a_grown_daughter_is_no_child(language: Language, text: str, name: str):
    assert told_years(name, "", text, language) == 30
    assert told_years(name, "", text.replace("grown ", "").replace(" adulta", ""), language) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is late, and who notices first is Joan.", "It is late, and Joan notices first."),
        ("Y quien lo nota primero es Lola, la vecina.", "Y Lola lo nota primero, la vecina."),
        ("E quem abre a porta é Joana.", "E Joana abre a porta."),
        ("Who opens is a man.", "Who opens is a man."),
    ],
)
def test_who_does_it_stands_before_what_is_done(text: str, told: str):
    assert straight(text) == told


@pytest.mark.parametrize(
    ("language", "order", "place"),
    [
        ("en", "We are a radio station and we want a film, all in a block of flats.", "A block of flats."),
        ("es", "Somos una radio y queremos un corto, todo en un faro de piedra.", "Un faro de piedra."),
        ("pt-BR", "Somos uma rádio e queremos um curta, todo num prédio de seis andares.",
         "Um prédio de seis andares."),
    ],
)  # fmt: skip
def test_the_film_plays_where_the_client_says_and_not_at_the_clients(
    language: Language, order: str, place: str
):
    assert caption_of(order, language) == place
    assert asked_in(f"{order} Ana entra.", language).startswith(place)


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "A short for our parents (our mother must not know)."),
        ("es", "Un corto para nuestros padres (mamá no puede saberlo)."),
        ("pt-BR", "Curta para os nossos pais (a mãe não pode saber)."),
    ],
)
def test_whom_a_film_is_for_is_never_told(language: Language, heading: str):
    assert caption_of(heading, language) in ("", None)
    story = {
        "en": "Joan rows to the island. She finds a bell there and rings it all night.",
        "es": "Lola rema hasta la isla. Allí encuentra una campana y la toca toda la noche.",
        "pt-BR": "Joana rema até a ilha. Lá ela acha um sino e toca a noite toda.",
    }[language]
    assert told_in(f"{heading}\n\n{story}", language) == story


@pytest.mark.parametrize(
    ("language", "note"),
    [
        ("en", "We imagine it like this."), ("en", "And here's the twist."),
        ("es", "Lo imagino así."), ("es", "Y ahí está la gracia."),
        ("pt-BR", "Imagino assim."), ("pt-BR", "Aí está a virada."),
    ],
)  # fmt: skip
def test_a_client_who_leads_on_is_not_told(language: Language, note: str):
    story = {
        "en": "Joan rows to the island. She finds a bell there and rings it all night.",
        "es": "Lola rema hasta la isla. Allí encuentra una campana y la toca toda la noche.",
        "pt-BR": "Joana rema até a ilha. Lá ela acha um sino e toca a noite toda.",
    }[language]
    first, _, rest = story.partition(". ")
    assert told_in(f"{first}. {note} {rest}", language) == story


def test_a_thing_is_called_by_one_of_it():
    assert nouns_told("Lola revisa los libros.", "es").get("book", "libro") == "libro"
