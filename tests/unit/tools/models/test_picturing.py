"""The picture that a noun phrase gets: its head noun's, or none."""

import pytest

from state.script import Language, ThingLook
from tools.models.offline.deeds.hands import hands_in
from tools.models.offline.things.picturing import found_in, names_of, picture_of, pictures_in
from tools.models.offline.things.shown import Words, thing_shown
from tools.models.offline.things.thing_look import colours_in, looks_after
from tools.pictures.library import pictures

LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")


@pytest.mark.parametrize(
    ("phrase", "picture"),
    [
        ("the yellowed one-way ticket", "ticket"), ("an old film projector", "projector"),
        ("her parrot Gardel", "parrot"), ("a handful of salt", "salt"), ("a dog named Rex", "dog"),
        ("his grandmother's letter", "letter"), ("the key of room 12", "key"), ("a glass of wine", "glass"),
        ("two suitcases", "suitcase"), ("knives", "knife"), ("three geese", "goose"),
        ("the winning lottery ticket", "lottery_ticket"), ("dry maize", "maize"),
    ],
)  # fmt: skip
def test_an_english_phrase_is_known_by_its_head_noun(phrase: str, picture: str) -> None:
    assert picture_of(phrase, "en") == picture


@pytest.mark.parametrize(
    ("phrase", "picture"),
    [
        ("el viejo proyector", "projector"), ("un billete de ida", "ticket"),
        ("las llaves del coche", "car_key"),
        ("el loro Gardel", "parrot"), ("dos maletas", "suitcase"), ("pan", "bread"),
        ("una caja de herramientas", "toolbox"),
        ("el anillo de compromiso", "ring"), ("los camiones", "truck"), ("dos peces", "fish"),
        ("un reloj de bolsillo", "watch"),
    ],
)  # fmt: skip
def test_a_spanish_phrase_is_known_by_its_head_noun(phrase: str, picture: str) -> None:
    assert picture_of(phrase, "es") == picture


@pytest.mark.parametrize(
    ("phrase", "picture"),
    [
        ("o violão do pai", "guitar"), ("as malas vermelhas", "suitcase"), ("os papéis do 704", "document"),
        ("os aviões", "airplane"), ("pães", "bread"), ("o cachorro-quente", "hot_dog"),
        ("o caixão", "coffin"),
        ("a chave da recepção", "key"), ("três limões", "lime"), ("uma bicicleta", "bicycle"),
    ],
)  # fmt: skip
def test_a_portuguese_phrase_is_known_by_its_head_noun(phrase: str, picture: str) -> None:
    assert picture_of(phrase, "pt-BR") == picture


@pytest.mark.parametrize(
    ("phrase", "language"),
    [
        ("free will", "en"), ("the ring finger", "en"), ("love", "en"), ("", "en"), ("a bat", "en"),
        ("the ticket office", "en"), ("la muñeca", "es"), ("la luna de miel", "es"), ("el banco", "es"),
        ("a manga", "pt-BR"), ("a lua de mel", "pt-BR"), ("a pena", "pt-BR"), ("de la luna", "es"),
    ],
)  # fmt: skip
def test_what_means_two_things_or_nothing_has_no_picture(phrase: str, language: Language) -> None:
    assert picture_of(phrase, language) is None


def test_a_text_names_its_pictures_in_its_order() -> None:
    told = "Maureen watches the dog and hides the ticket in a book; the ferry pilot fishes with two rods."
    assert pictures_in(told, "en") == [
        ("dog", "dog"), ("ticket", "ticket"), ("book", "book"),
    ]  # fmt: skip
    assert pictures_in("El hombre vino de lejos con un cigarrillo.", "es") == [("cigarrillo", "cigarette")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_knows_the_library(language: Language) -> None:
    assert len(names_of(language)) > 1500
    assert all(one.words[language] for one in pictures().values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_noun_is_listed_twice(language: Language) -> None:
    listed = [word for one in pictures().values() for word in one.words[language]]
    assert sorted({word for word in listed if listed.count(word) > 1}) == []


@pytest.mark.parametrize(("language", "told", "drawn"), [
    ("en", "the toy walkie-talkie crackles in the tea tent", ["walkie_talkie", "tent"]),
    ("en", "Mayor Fox signs. A fox barks at the mule Senator", ["fox", "donkey"]),
    ("en", "the list on bread paper", []), ("en", "the letter burns and the cake fell", ["letter", "cake"]),
    ("es", "el Coronel Halcón mira. Un halcón vuela", ["eagle"]),
    ("es", "un pendiente: una mariposa", ["earring"]),
    ("es", "una mariposa en la ventana", ["butterfly", "window"]),
    ("es", "el Niño vestido de portero", []), ("es", "un vestido en la silla", ["dress", "chair"]),
    ("pt-BR", "papel de pão e um pão", ["bread"]), ("pt-BR", "sementes na lata", ["seed_heap"]),
])  # fmt: skip
def test_names_first_halves_and_shapes_are_no_pictures(
    language: Language, told: str, drawn: list[str]
) -> None:
    assert [picture for _, picture in pictures_in(told, language)] == drawn


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("From his coat he takes two kid gloves.", "en", "gloves"),
        ("Boat on the rocks.", "en", ""),
        ("Her heart beats like a drum.", "en", ""),
        ("Tem nariz de pimentão.", "pt-BR", ""),
        ("Parece um tambor.", "pt-BR", ""),
        ("Del bolso saca una carta.", "es", "letter"),
        ("Carrega a caixa de isopor.", "pt-BR", "cooler_box"),
        ("Abre la caja fuerte.", "es", "safe"),
        ("Le muestra las llaves de la camioneta.", "es", "car_key"),
        ("He sits down on a gravestone.", "en", ""),
    ],
)
def test_what_is_shown_is_what_the_words_act_on(text: str, language: Language, picture: str) -> None:
    assert thing_shown(text, Words(language=language)) == picture


@pytest.mark.parametrize(
    ("text", "language", "gesture"),
    [
        ("Oye el tecleo y golpea la puerta con un balde.", "es", "knocking"),
        ("She never knocks.", "en", "none"),
        ("Nelly escribe la demanda.", "es", "writing"),
    ],
)
def test_hands_do_what_the_words_say(text: str, language: Language, gesture: str) -> None:
    assert hands_in(text, language) == gesture


@pytest.mark.parametrize(
    ("text", "language", "picture", "look"),
    [
        ("She finds a red kid glove.", "en", "single_glove", ThingLook(colour="red")),
        ("The left boot is wet.", "en", "boot", ThingLook(state="wet")),
        ("She gives him both boots.", "en", "boot", ThingLook(count=2)),
        ("Encuentra siete huevos azules.", "es", "egg", ThingLook(colour="blue", count=7)),
        ("Caridad apaga la vela.", "es", "candle", ThingLook(state="out")),
        ("A galinha dorme na cama.", "pt-BR", "chicken", ThingLook(state="in_bed")),
        ("La campana rompe la superficie.", "es", "bell", ThingLook()),
        ("Rompe la campana.", "es", "bell", ThingLook(state="broken")),
        ("The jar breaks.", "en", "jar", ThingLook(state="broken")),
        ("She takes the letter and shuts the red door.", "en", "letter", ThingLook()),
    ],
)
def test_a_thing_looks_as_the_words_say(text: str, language: Language, picture: str, look: ThingLook) -> None:
    assert looks_after({}, found_in(text, language), text, language)[picture] == look


def test_a_colour_holds_when_the_thing_is_named_again() -> None:
    text = "She opens the umbrella."
    green = colours_in("A green umbrella.", "en")
    assert looks_after(green, found_in(text, "en"), text, "en")["umbrella"].colour == "green"


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("He has no cup at home.", "en", ""),
        ("He digs with a yellow spade and finds three coins.", "en", "coin"),
        ("He takes off his black hat.", "en", "hat"),
        ("She loses her silver whistle.", "en", "whistle"),
        ("She mends it with gold.", "en", ""),
        ("«Tiene un recién nacido, hijo.»", "es", ""),
        ("Abre o forno e encontra um bilhete.", "pt-BR", "letter"),
    ],
)
def test_what_is_met_comes_before_what_was_there(text: str, language: Language, picture: str) -> None:
    assert thing_shown(text, Words(language=language)) == picture
