"""What people do with words is heard from them, in the register they owe, and told only once."""

import pytest

from state.brief import NovelaBrief
from state.script import Character, Language, Look
from tests.scripts import write_episode
from tools.models.offline.telling.breath import in_breaths
from tools.models.offline.telling.owning import owner_named
from tools.models.offline.telling.quoting import parts_of
from tools.models.offline.words.hearing import Hearing

ANA = Character(name="Ana", role="", look=Look(presentation="woman"))
BRUNO = Character(name="Bruno", role="", look=Look(presentation="man"))
OLD = Character(name="Don Beto", role="", look=Look(presentation="man", age="elder", years=70))


def heard(
    text: str, language: Language, *, other: Character = BRUNO, earlier: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    hearing = Hearing(people=(ANA, other), cast=(ANA, other), language=language, before=ANA, earlier=earlier)
    return [(part.speaker.name if part.speaker else "", part.text) for part in parts_of(text, hearing)]


@pytest.mark.parametrize(("text", "language", "said"), [
    ("Bruno confesses that he took it for his wife's birthday and offers his whole garden.", "en",
     "I took it for my wife's birthday. You can have my whole garden."),
    ("Ana shouts at the boy who keeps ringing the ship's bell.", "en", "Stop ringing the ship's bell!"),
    ("Ana whispers that he must not move.", "en", "Don't move."),
    ("Bruno won't leave the girl.", "en", "I won't leave the girl."),
    ("Ana tells him: the soup, and always too much salt.", "en", "The soup, and always too much salt."),
    ("Bruno refuses to open the door.", "en", "I won't open the door."),
    ("Bruno le pide un vaso de agua a Ana.", "es", "Un vaso de agua, por favor."),
    ("Bruno la reta: nadie arregla un zapato solo.", "es", "Nadie arregla un zapato solo."),
    ("Bruno grita que abra la caja.", "es", "¡Abre la caja!"),
    ("Ana explica que su bebé tiene fiebre.", "es", "Mi bebé tiene fiebre."),
    ("Ana pede vinte cópias do currículo.", "pt-BR", "Vinte cópias do currículo, por favor."),
    ("Bruno recusa: pão queimado não se dá a ninguém.", "pt-BR", "Pão queimado não se dá a ninguém."),
    ("Ana garante que cada uma tem o seu tom.", "pt-BR", "Cada uma tem o seu tom."),
    ("Ana pergunta para que tanto papel.", "pt-BR", "Para que tanto papel?"),
])  # fmt: skip
def test_what_is_done_in_words_is_heard_and_not_told(text: str, language: Language, said: str) -> None:
    assert [line for who, line in heard(text, language) if who] == [said]
    assert not [line for who, line in heard(text, language) if not who and not line.endswith(":")]


@pytest.mark.parametrize(("text", "language", "parts"), [
    ("Ana looks at the number: she lives next door.", "en",
     [("", "Ana looks at the number."), ("Ana", "I live next door.")]),
    ("Ana thanks him for the bread and leaves.", "en",
     [("Ana", "Thank you for the bread."), ("", "She leaves.")]),
    ("Cada martes Ana pide dos cafés.", "es",
     [("", "Cada martes Ana pide:"), ("Ana", "Dos cafés, por favor.")]),
    ("Ana sees a word on the window: HELP.", "en",
     [("", "Ana sees a word on the window:"), ("Ana", "Help.")]),
    ("Ana lê e gela: é uma frase: «Fuja».", "pt-BR", [("", "Ana lê e gela: é uma frase:"), ("Ana", "Fuja.")]),
    ("Ana sits down, takes the rope and asks who rang.", "en",
     [("", "Ana sits down and takes the rope."), ("Ana", "Who rang?")]),
    ("A moça, Ana, chega tarde e avisa que é a última vez.", "pt-BR",
     [("", "A moça, Ana, chega tarde."), ("Ana", "É a última vez.")]),
])  # fmt: skip
def test_the_narrator_keeps_what_the_line_does_not_say(
    text: str, language: Language, parts: list[tuple[str, str]]
) -> None:
    assert heard(text, language) == parts


@pytest.mark.parametrize(("text", "language"), [
    ("Ana looks at the number: Bruno lives next door.", "en"), ("Ana never asks for bread.", "en"),
    ("Ana knows it by heart: seventeen steps.", "en"), ("Ana reconoce su pieza, la que estrenó.", "es"),
    ("Ana reconoce la medalla que lleva el médico.", "es"),
])  # fmt: skip
def test_what_nobody_surely_says_stays_told(text: str, language: Language) -> None:
    assert not any(who for who, _ in heard(text, language))


def test_nobody_commands_an_old_man() -> None:
    asks = "Ana pide que arregle el zapato."
    assert heard(asks, "es", other=OLD) == [("Ana", "Arregle el zapato, por favor.")]
    assert heard("Ana le pide perdón.", "es", other=OLD) == [("Ana", "Perdóneme.")]
    # The control: to somebody of her own age she says `tú`.
    assert heard(asks, "es") == [("Ana", "Arregla el zapato, por favor.")]


def test_who_has_just_seen_it_asks_since_when() -> None:
    state = "Bruno já tem emprego faz dois meses."
    told = heard(state, "pt-BR", earlier=("Ana vê um crachá.",))
    assert told == [("", "Bruno já tem emprego."), ("Ana", "Desde quando?"), ("Bruno", "Faz dois meses.")]
    assert heard(state, "pt-BR", earlier=("Ana dorme.",)) == [("", state)]


def test_what_is_hers_she_says_is_hers() -> None:
    sees = ("Ana pega a peça e vê um remendo.",)
    assert heard("É o ponto dela.", "pt-BR", earlier=sees) == [("Ana", "É o meu ponto.")]
    # The control: what is his she leaves to the narrator.
    assert heard("É o ponto dele.", "pt-BR", earlier=sees) == [("", "É o ponto dele.")]


def test_whoever_is_asked_answers() -> None:
    said = heard("«¿Y la dueña?», pregunta Ana. «La perdió conmigo.»", "es")
    assert said == [("Ana", "¿Y la dueña?"), ("Bruno", "La perdió conmigo.")]
    # The control: what follows no question the same voice goes on with.
    assert heard("«La dueña», dice Ana. «La perdió conmigo.»", "es")[-1][0] == "Ana"


def test_whose_children_they_are_is_said_where_it_could_be_anybody_s() -> None:
    def named(earlier: str) -> str:
        hearing = Hearing(people=(), cast=(ANA, BRUNO), language="es", before=BRUNO, earlier=(earlier,))
        return owner_named("A sus hijos también les faltaba pan.", hearing)

    assert named("Se lo entrega a Ana.") == "A los hijos de Bruno también les faltaba pan."
    assert named("Bruno espera.") == "A sus hijos también les faltaba pan."


def test_a_long_sentence_is_cut_where_a_clause_ends() -> None:
    told = "Anota las cifras en un cuaderno y esconde la pesa dentro de un pan para el inspector que pasa."
    assert in_breaths(told, 14, "es")[0] == "Anota las cifras en un cuaderno"
    has = "Folake, a seamstress on a back street off Broad Street, has until dawn to finish the flag."
    assert in_breaths(has, 14, "en")[1].startswith("has until dawn")


@pytest.mark.parametrize(("trade", "cries"), [("tamalero", True), ("zapatero", False)])
def test_who_sells_in_the_street_cries_it_and_a_request_is_asked_back(trade: str, *, cries: bool) -> None:
    brief = NovelaBrief(
        title="El último", genre="comedy", language="es", target_episodes=1, episode_number=1,
        scenes_per_episode=2, episode_seconds=30,
        description=f"A don Chucho, {trade} de Puebla, se le descompone la bocina. Llega Inés y le pide "
        "solamente el último tamal. Don Chucho le guiña un ojo.",
    )  # fmt: skip
    said = write_episode(brief).lines
    assert any("calientitos" in line for line in said) is cries
    assert any("Solamente el último tamal, por favor" in line for line in said)
