"""Who has a title or a family name is somebody; what has a person's name is not."""

import pytest

from state.script import Language
from tools.models.offline.brief.letter_case import printed
from tools.models.offline.persons.people import find_people
from tools.models.offline.words.bank import bank


def named(text: str, language: Language) -> list[str]:
    return [one.name for one in find_people(text, bank(language)["reading"], known=())]


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "On Friday, Mr. Quill, a retired piano mover, sweeps the steps.", ["Quill"]),
    ("en", "Dr. Nora Pell waits. Dr. Pell signs the form.", ["Nora Pell"]),
    ("en", "The widow, Mrs. Abara-Lund, locks the gate. Captain Ferris salutes.", ["Abara-Lund", "Ferris"]),
    ("es", "El Dr. Sosa y la Dra. Mena discuten en voz baja.", ["Sosa", "Mena"]),
    ("es", "De noche sale Sargento Ruano con un farol. La Sra. Alcorta grita.", ["Ruano", "Alcorta"]),
    ("pt-BR", "Então o Dr. Tavora, dono da clínica, fecha a porta.", ["Tavora"]),
    ("pt-BR", "A Sra. Queirolo briga com o delegado Farias.", ["Queirolo", "Farias"]),
])  # fmt: skip
def test_who_has_a_title_is_somebody(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Tomas Reyes polishes the bar. Mrs. Reyes counts the till.", ["Tomas Reyes", "Mrs. Reyes"]),
    ("en", "Jo Birch is late. Mr. Birch, her father, waits.", ["Jo Birch", "Mr. Birch"]),
    ("es", "Nico Belmonte pesca. La Sra. Belmonte lo llama.", ["Nico Belmonte", "Sra. Belmonte"]),
    ("pt-BR", "Caio Serra dorme. A mãe dele, Dona Serra, chega.", ["Caio Serra", "Dona Serra"]),
])  # fmt: skip
def test_two_of_one_family_name_are_two(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Tomas Reyes polishes the bar. Mr. Reyes yawns.", ["Tomas Reyes"]),
    ("es", "Nico Belmonte pesca. El Sr. Belmonte bosteza.", ["Nico Belmonte"]),
    ("pt-BR", "Caio Serra dorme. Seu Serra boceja.", ["Caio Serra"]),
])  # fmt: skip
def test_the_same_one_with_a_title_is_one(language: Language, text: str, people: list[str]):
    """The control: nothing says that it is another one."""
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Hilde rides her carthorse, Juno, to the mill.", ["Hilde"]),
    ("en", "A goat called Sir Chews eats the hat of Colonel Brice.", ["Brice"]),
    ("en", "Hilde hears a dog. Biscuit won't stop barking.", ["Hilde"]),
    ("es", "Amelia busca a Frida, la perica de la casa.", ["Amelia"]),
    ("es", "Amelia teme a un burro al que todos llaman Don Pepe.", ["Amelia"]),
    ("es", "Chispa no para de ladrar y Amelia sube.", ["Amelia"]),
    ("pt-BR", "O galo dela, o Prefeito, foge, e Dirceu corre atrás.", ["Dirceu"]),
    ("pt-BR", "Dirceu acha a cadela dele, a Jujuba, na chuva.", ["Dirceu"]),
])  # fmt: skip
def test_an_animal_with_a_name_is_nobody(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "With her dog, Nora walks on. Sergeant Cole barks an order.", ["Nora", "Cole"]),
    ("es", "El gato que Ana cuida maúlla.", ["Ana"]),
    ("pt-BR", "O gato segue Ana até o portão.", ["Ana"]),
])  # fmt: skip
def test_who_is_beside_an_animal_is_somebody(language: Language, text: str, people: list[str]):
    """The control: not every name near an animal is its own."""
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Hilde rides an old red moped called Doris to work.", ["Hilde"]),
    ("en", "Hilde loads crates into a truck marked Comet Seven.", ["Hilde"]),
    ("en", "Hilde grows a pumpkin she calls Winston. Winston, a huge pumpkin, wins.", ["Hilde"]),
    ("es", "Amelia llega con una moto, Bruna, que nunca arranca.", ["Amelia"]),
    ("es", "Amelia lava ropa en la lavandería Burbuja.", ["Amelia"]),
    ("es", "La Paloma, una barca vieja, no flota, y Amelia llora.", ["Amelia"]),
    ("pt-BR", "O pai pergunta pela Aurora, a canoa que ele vendeu. Dirceu ri.", ["Dirceu"]),
    ("pt-BR", "Dirceu guarda a foto de um barco chamado Luz.", ["Dirceu"]),
])  # fmt: skip
def test_a_thing_with_a_name_is_nobody(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Beside the piano, Lola, the singer, waits. Ruth, a piano teacher, hums.", ["Lola", "Ruth"]),
    ("es", "Una guitarra en la mano, Sara llega. Un aprendiz llamado Luis canta.", ["Sara", "Luis"]),
    ("pt-BR", "Dirceu conserta a moto. Um homem de moto chamado Beto ri.", ["Dirceu", "Beto"]),
])  # fmt: skip
def test_who_is_beside_a_thing_is_somebody(language: Language, text: str, people: list[str]):
    """The control: the noun that a name belongs to says who or what it is."""
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Hilde bakes a cake for baby June. Otto waits.", ["Hilde", "Otto"]),
    ("en", "Hilde reads the will of the dead shipping king, Sir Basil Roe. Otto waits.", ["Hilde", "Otto"]),
    ("en", "Hilde thinks of Irene and locks Bruno's bakery.", ["Hilde"]),
    ("es", "Amelia cose sola desde que murió su marido, Evaristo.", ["Amelia"]),
    ("es", "Amelia llama a Tomás, su socio, pero nadie contesta.", ["Amelia"]),
    ("es", "Era de don Braulio, un cliente que murió hace un año. Amelia lo abre.", ["Amelia"]),
    ("pt-BR", "Dirceu pensa em Irene e tranca a padaria de Bruno.", ["Dirceu"]),
    ("pt-BR", "Dirceu cozinha só desde que morreu a mulher, Celeste.", ["Dirceu"]),
])  # fmt: skip
def test_of_whom_a_story_only_speaks_is_not_in_it(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Hilde thinks of Irene. Irene walks in.", ["Hilde", "Irene"]),
    ("es", "Amelia llama a Tomás, su socio, y Tomás contesta.", ["Amelia", "Tomás"]),
    ("pt-BR", "Dirceu pensa em Irene. Irene chega.", ["Dirceu", "Irene"]),
])  # fmt: skip
def test_who_comes_after_all_is_in_the_story(language: Language, text: str, people: list[str]):
    """The control: whom a story shows somewhere is there, however they are spoken of first."""
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Hilde reads the sign: GET OFF. Length is what counts.", ["Hilde"]),
    ("en", "The Silver Heron leaves the quay and Hilde waves.", ["Hilde"]),
    ("es", "Flashback. Amelia lee su número de RUT. Ojalá llueva.", ["Amelia"]),
    ("pt-BR", "Nelas se vê um gato. Dirceu vence o Dragão de quem assina KLZ.", ["Dirceu"]),
])  # fmt: skip
def test_a_word_with_a_great_letter_is_nobody(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "TJ, the driver, waits for Hilde. Hilde waves.", ["TJ", "Hilde"]),
    ("es", "Amelia abre. ANA (40) entra.", ["Amelia", "ANA"]),
    ("pt-BR", "O Nonato vence o Machado.", ["Nonato", "Machado"]),
])  # fmt: skip
def test_short_names_and_names_with_articles_are_people(language: Language, text: str, people: list[str]):
    """The control: a calling, an age, a family name."""
    assert named(text, language) == people


@pytest.mark.parametrize(("language", "text", "names"), [
    ("en", "so it is. odo, our producer, panics. later odo waits for captain ferrule.", ["Odo", "Ferrule"]),
    ("es", "la idea es así. tocan el timbre: es pocho, el verdulero. al final pocho baila.", ["Pocho"]),
    ("pt-BR", "a ideia é boa. ele acusa kauan, o entregador. a dona zulmira ri.", ["Kauan", "Zulmira"]),
])  # fmt: skip
def test_a_calling_tells_a_name_in_small_letters(language: Language, text: str, names: list[str]):
    assert [one for one in names if one in printed(text, language)] == names


@pytest.mark.parametrize(("language", "text"), [
    ("en", "so here it is. the judge dithers. his boss, a captain, waits. the doctor left."),
    ("es", "la idea es así. la jueza mira. el padre llega. su jefe, un capitán, espera."),
    ("pt-BR", "a ideia é boa. a juíza sorri. o padre chega. o chefe dele, um capitão, espera."),
])  # fmt: skip
def test_what_a_calling_does_is_no_name(language: Language, text: str):
    """The control: only the first words of sentences become great."""
    assert [word for word in printed(text, language).split() if word.istitle()] == [
        part.split()[0].capitalize() for part in text.split(". ")
    ]


def test_a_name_in_capitals_with_an_age_is_written_as_later():
    told = printed("OTIS LARK (45), a driver, sees a girl, MIA (9). MIA nods. He reads: STOP.", "en")
    assert told == "Otis Lark (45), a driver, sees a girl, Mia (9). Mia nods. He reads: STOP."
