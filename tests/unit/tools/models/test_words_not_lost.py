"""What a film says aloud: whose words they are, and what no sentence may lose."""

from dataclasses import replace

import pytest

from state.script import Character, Language, Look
from tools.models.offline.brief.makers_notes import told_in
from tools.models.offline.clauses.people import Person
from tools.models.offline.clauses.reader import Reader
from tools.models.offline.deeds.doing import deed_in
from tools.models.offline.telling.leaner import leaner_together
from tools.models.offline.telling.looks_last import brings_on, within, without_looks
from tools.models.offline.telling.quoting import parts_of
from tools.models.offline.telling.telling import tell_together
from tools.models.offline.words.fact import Fact
from tools.models.offline.words.hearing import Hearing

VERA = Character(name="Vera", role="baker", look=Look(presentation="woman"))
HUGO = Character(name="Hugo", role="sailor", look=Look(presentation="man"))
OTTO = Character(name="Otto", role="porter", look=Look(presentation="man"))


def heard(text: str, language: Language, *cast: Character) -> list[tuple[str, str]]:
    hearing = Hearing(people=cast, cast=cast, language=language)
    return [(part.speaker.name if part.speaker else "", part.text) for part in parts_of(text, hearing)]


@pytest.mark.parametrize(("language", "text", "said"), [
    ("en", "Hugo waits. Out there Vera sees the man. Behind her he says: \"You are late.\"", "You are late."),
    ("es", "Hugo espera. En el muelle Vera ve al hombre. Detrás él dice: «Llegas tarde».", "Llegas tarde."),
    ("pt-BR", "Hugo espera. Ali Vera vê o homem. Atrás ele diz: \"Você se atrasou.\"", "Você se atrasou."),
])  # fmt: skip
def test_of_two_men_nobody_says_what_a_man_says(language: Language, text: str, said: str) -> None:
    assert not any(who for who, _ in heard(text, language, VERA, HUGO, OTTO))
    named = (
        text.replace("he says", "Hugo says").replace("él dice", "Hugo dice").replace("ele diz", "Hugo diz")
    )
    assert ("Hugo", said) in heard(named, language, VERA, HUGO, OTTO)


@pytest.mark.parametrize(("language", "name", "text"), [
    ("en", "I", "Vera gets on. She nods and he nods. She says: \"See you.\""),
    ("es", "Yo", "Vera subía siempre. Nunca hablaba y él nunca preguntaba. Bajaba y decía: «Hasta luego»."),
    ("pt-BR", "Eu", "Vera subia sempre. Nunca falava e ele nunca perguntava. Descia e dizia: \"Até logo.\""),
])  # fmt: skip
def test_who_tells_the_story_is_no_he(language: Language, name: str, text: str) -> None:
    teller = Character(name=name, role="", look=Look(presentation="man"))
    assert name not in {who for who, _ in heard(text, language, VERA, teller)}


def test_who_tells_the_story_goes_on_as_i() -> None:
    teller = Character(name="I", role="", look=Look(presentation="man"))
    one = Fact(
        subject="I", verb="found", rest="a key", text="I found a key.", kind="event", source="story", order=1
    )
    two = replace(one, verb="went", rest="home", text="I went home.", order=5)
    assert tell_together([one, two], [teller], "en")[1] == "I went home."
    hugo = replace(two, subject="Hugo", text="Hugo went home.")
    assert tell_together([replace(one, subject="Hugo", text="Hugo found a key."), hugo], [HUGO], "en")[1] == (
        "He went home."
    )


@pytest.mark.parametrize(("language", "text"), [
    ("en", "At last Hugo brings the basket and the lamp and says goodbye."),
    ("es", "Por fin Hugo entrega la cesta y la lámpara y pide perdón."),
    ("pt-BR", "Por fim Hugo entrega a cesta e a lâmpada e pede perdão."),
])  # fmt: skip
def test_a_list_of_things_does_nothing(language: Language, text: str) -> None:
    facts = Reader(language, (Person(name="Hugo", woman=False),)).read(text)
    assert [one.text for one in facts] == [text]


@pytest.mark.parametrize(("language", "text", "kept"), [
    ("en", "At dawn Vera stands at the desk, without her hat, with a key in hand.", "without her hat"),
    ("es", "Al volver la luz Vera está en el patio, sin sombrero, con una llave en la mano.", "sin sombrero"),
    ("pt-BR", "Quando clareia Vera está no pátio, sem chapéu, com uma chave na mão.", "sem chapéu"),
    ("en", "Behind him, the open trunk, with a rope.", "the open trunk"),
    ("es", "Detrás de él, el baúl abierto, con una cuerda.", "el baúl abierto"),
    ("pt-BR", "Atrás dele, o baú aberto, com uma corda.", "o baú aberto"),
])  # fmt: skip
def test_what_is_missing_and_what_is_there_stay(language: Language, text: str, kept: str) -> None:
    most = len(text.split()) - 2
    assert kept in leaner_together([without_looks(text, language)], most, language)[0]


@pytest.mark.parametrize(("language", "text", "control"), [
    ("en", "On the stairs stands an old man.", "On the stairs stands a lamp."),
    ("es", "En la escalera hay un anciano.", "En la escalera hay una lámpara."),
    ("pt-BR", "Na escada há um velho.", "Na escada há uma lâmpada."),
])  # fmt: skip
def test_a_newcomer_is_told_of(language: Language, text: str, control: str) -> None:
    assert brings_on(text, language)
    assert not brings_on(control, language)


@pytest.mark.parametrize(("language", "text", "most", "left"), [
    ("en", "Hugo sold the boat in June, so we walked to the mill.", 8, "Hugo sold the boat in June."),
    ("es", "Hugo vendió la barca en junio, así que fuimos a pie.", 8, "Hugo vendió la barca en junio."),
    ("pt-BR", "Hugo vendeu o barco em junho, então fomos a pé.", 8, "Hugo vendeu o barco em junho."),
])  # fmt: skip
def test_a_clause_is_better_than_nothing(language: Language, text: str, most: int, left: str) -> None:
    assert within(text, most, language) == left


@pytest.mark.parametrize(("language", "wish", "told"), [
    ("en", "I would like the film to end with me on the roof, counting swallows.",
     "I am on the roof, counting swallows."),
    ("en", "We'd love it to end with Vera on the roof, humming.", "Vera on the roof, humming."),
    ("es", "Quisiera que terminara con Vera en la azotea, contando golondrinas.",
     "Vera en la azotea, contando golondrinas."),
    ("pt-BR", "Queria que terminasse com Vera no telhado, contando andorinhas.",
     "Vera no telhado, contando andorinhas."),
])  # fmt: skip
def test_the_last_picture_is_told(language: Language, wish: str, told: str) -> None:
    story = {
        "en": "Vera bakes all night for the village. In the morning the oven is cold.",
        "es": "Vera hornea toda la noche para el pueblo. Por la mañana el horno está frío.",
        "pt-BR": "Vera assa pão a noite toda para a vila. De manhã o forno está frio.",
    }[language]
    assert told_in(f"{story} {wish}", language) == f"{story} {told}"


@pytest.mark.parametrize(("language", "clause", "name"), [
    ("pt-BR", "na rua de baixo mora Vera", "Hugo"), ("es", "en la calle de abajo vive Vera", "Hugo"),
    ("pt-BR", "Vera nem abre a porta", "Vera"), ("es", "Vera ni abre la puerta", "Vera"),
    ("en", "they don't talk", "Vera"), ("es", "abajo se oye un ruido", "Vera"),
    ("es", "Vera llena de harina", "Vera"),
])  # fmt: skip
def test_a_direction_says_nothing_that_is_not_done(language: Language, clause: str, name: str) -> None:
    assert deed_in(clause, language, name=name) == ""


@pytest.mark.parametrize(("language", "clause", "deed"), [
    ("pt-BR", "Hugo abraça Vera", "abraça Vera"), ("es", "Vera abre la puerta", "abre la puerta"),
    ("en", "Vera opens the door", "opens the door"), ("es", "Vera llena el saco", "llena el saco"),
])  # fmt: skip
def test_a_direction_says_what_is_done(language: Language, clause: str, deed: str) -> None:
    assert deed_in(clause, language, name=clause.split(" ")[0]) == deed
