"""What stands between a client's first words and the story, and how far a sentence may run."""

import pytest

from state.script import Language
from tools.models.offline.brief.long_sentences import in_breaths, led_in, renamed
from tools.models.offline.brief.makers_notes import told_in
from tools.models.offline.brief.sections import as_prose

OPENINGS: list[tuple[Language, str, str]] = [
    ("en", "Hi, Moira from the Leven rowing club. We turn ninety in May. It must not be soppy.",
     "Old Frank hides the trophy in a bin. The bin men take it. Frank runs after the lorry in his slippers."),
    ("es", "Buenos días. Somos la cooperativa El Trigal. No puede durar mucho. Hicimos una colecta.",
     "Genaro pierde la llave del granero. Su nieta Lola la busca bajo la nieve. La encuentra en el nido."),
    ("pt-BR", "Oi, gente! Somos o coral da Vila Nova. Não pode parecer propaganda. Fizemos uma rifa.",
     "Otávio desafina no ensaio. A maestrina Neusa o manda embora. Ele canta sozinho na chuva."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "head", "story"), OPENINGS)
def test_all_of_the_clients_first_paragraph_is_the_clients(language: Language, head: str, story: str):
    assert told_in(f"{head}\n\n{story}", language) == story


def test_a_first_paragraph_that_begins_the_story_is_told():
    head = "Hi! We are a ferry company. Old Frank hides a trophy in a bin."
    told = told_in(f"{head}\n\nThe bin men take it. Frank runs after the lorry in his slippers.", "en")
    assert told.startswith("Old Frank hides a trophy")


def test_whoever_tells_their_own_story_keeps_its_beginning():
    head = "I want a film. The flat was small."
    story = "My aunt sold fish. I carried the crates. She paid me in coins. I kept every one in a boot."
    assert "The flat was small." in told_in(f"{head}\n\n{story}", "en")


@pytest.mark.parametrize(
    ("language", "lead", "told"),
    [
        ("en", "It's about Ines, who dives for rings, and who loses her own.",
         "Ines dives for rings and loses her own."),
        ("es", "Va de Jaime, que vende relojes y que llega tarde.", "Jaime vende relojes y llega tarde."),
        ("pt-BR", "É sobre Dalva, que vende flores e que odeia rosas.", "Dalva vende flores e odeia rosas."),
        ("en", "It's about our school, which is old.", "It's about our school, which is old."),
        ("en", "It's about how we lost.", "It's about how we lost."),
    ],
)  # fmt: skip
def test_a_lead_gives_way_to_its_story(language: Language, lead: str, told: str):
    assert led_in(lead, language) == told


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("en", "Joan in the film is called Vera, and rows.", "Vera rows."),
        ("es", "La Carmen de la película se llama Inés, y rema.", "Inés rema."),
        ("pt-BR", "O Jorge do filme se chama Ivo, é pintor.", "Ivo é pintor."),
        ("en", "Joan is called in.", "Joan is called in."),
    ],
)
def test_who_is_called_otherwise_in_the_film_is_called_so(language: Language, text: str, told: str):
    assert renamed(text, language) == told


LONG: list[tuple[Language, str, int]] = [
    ("en", "Ines rows out at dawn with the lamp that her father mended for her and the net nobody wants; "
     "Tom follows her in the big boat because he has sold the bay, but the fog comes down before he can "
     "reach the rock where she sits.", 3),
    ("es", "Inés sale al amanecer con la lámpara que su padre arregló para ella y la red que nadie quiere; "
     "Tomás la sigue en la barca grande porque vendió la bahía, pero la niebla baja antes de que llegue "
     "a la roca donde ella espera.", 3),
    ("pt-BR", "Inês sai de madrugada com a lamparina que o pai consertou para ela e a rede que ninguém quer; "
     "Tomás segue atrás no barco grande porque vendeu a baía, mas a neblina desce antes que ele chegue à "
     "pedra onde ela espera.", 3),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "parts"), LONG)
def test_a_sentence_without_an_end_is_parted_where_clauses_stand(
    language: Language, sentence: str, parts: int
):
    told = in_breaths(sentence, language)
    assert told.count(". ") == parts - 2, told
    assert [one.lower() for one in told.replace(".", "").split()] == [
        one.lower() for one in sentence.replace(";", "").replace(".", "").split()
    ]


def test_what_can_be_said_in_a_breath_stays_whole():
    short = "Ines rows out; Tom follows, but the fog comes down."
    assert in_breaths(short, "en") == short


ACTS: list[tuple[Language, str]] = [
    ("en", "CAST\nVera, a tailor. Otis, her son.\n\nSET-UP\nVera sews a flag.\n\nTWIST\nOtis burns it.\n\n"
     "RESOLUTION\nVera laughs."),
    ("es", "PERSONAJES\nVera, sastra. Otis, su hijo.\n\nPLANTEAMIENTO\nVera cose una bandera.\n\nCONFLICTO\n"
     "Otis la quema.\n\nRESOLUCIÓN\nVera ríe."),
    ("pt-BR", "ELENCO\nVera, alfaiate. Otis, filho dela.\n\nAPRESENTAÇÃO\nVera costura uma bandeira.\n\n"
     "CONFLITO\nOtis queima a bandeira.\n\nDESFECHO\nVera ri."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "page"), ACTS)
def test_every_act_of_a_treatment_is_told(language: Language, page: str):
    told = as_prose(page, language)
    assert told.count("Vera") == 2
    assert "Otis" in told
    assert not any(one.isupper() and len(one) > 1 for one in told.split())


def test_a_title_over_a_part_ends_the_list_above_it_and_is_not_told():
    page = (
        "CAST\nVera, a tailor. Otis, her son.\n\nTHE NIGHT BEFORE\nVera sews a flag that nobody ordered, "
        "for a town that nobody on the map can find. Otis sleeps."
    )
    told = as_prose(page, "en")
    assert told.startswith("Vera (a tailor) sews a flag")
    assert "NIGHT" not in told


def test_a_name_over_a_line_is_who_says_it():
    assert "THE STRANGER" in as_prose("THE STRANGER\nWho is there?", "en")
