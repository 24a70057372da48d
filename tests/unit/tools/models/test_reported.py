"""What a brief only reports is heard where it is sure, and told where it is not."""

import pytest

from state.script import Character, Language, Look
from tools.models.offline.telling.address import address_of, addressed
from tools.models.offline.telling.quoting import parts_of
from tools.models.offline.words.hearing import Hearing

ANA = Character(name="Ana", role="", look=Look(presentation="woman"))
BRUNO = Character(name="Bruno", role="", look=Look(presentation="man"))


def heard(text: str, language: Language, *, address: str = "tú") -> list[tuple[str, str]]:
    hearing = Hearing(people=(ANA, BRUNO), cast=(ANA, BRUNO), language=language, before=ANA, address=address)
    return [(part.speaker.name if part.speaker else "", part.text) for part in parts_of(text, hearing)]


@pytest.mark.parametrize(("text", "language", "said"), [
    ("Bruno asks why she kept writing.", "en", "Why did you keep writing?"),
    ("Bruno asks how old she is.", "en", "How old are you?"),
    ("Bruno says he will sign after supper.", "en", "I'll sign after supper."),
    ("Bruno warns her not to open the box.", "en", "Don't open the box!"),
    ("Bruno promises not to tell anyone.", "en", "I won't tell anyone. I promise."),
    ("Bruno says that his brother doesn't go to films.", "en", "My brother doesn't go to films."),
    ("Bruno pregunta por qué sigue viniendo.", "es", "¿Por qué sigues viniendo?"),
    ("Bruno le pregunta cómo se llama.", "es", "¿Cómo te llamas?"),
    ("Bruno exige que quite el aviso.", "es", "¡Quita el aviso!"),
    ("Bruno le dice que vaya a casa.", "es", "¡Ve a casa!"),
    ("Bruno le ordena cerrar la puerta.", "es", "¡Cierra la puerta!"),
    ("Bruno contesta que ya le ofrecieron dinero.", "es", "Ya me ofrecieron dinero."),
    ("Bruno dice que mucho.", "es", "Mucho."),
    ("Bruno pergunta por que ela não avisou ninguém.", "pt-BR", "Por que você não avisou ninguém?"),
    ("Bruno diz para ela esperar.", "pt-BR", "Espera!"),
    ("Bruno diz que não tem ninguém.", "pt-BR", "Não tem ninguém."),
    ("Bruno pede que ela desça e troque de lugar com ele.", "pt-BR",
     "Desce e troca de lugar comigo, por favor."),
    ("Bruno declara que o elevador não está quebrado, está descansando.", "pt-BR",
     "O elevador não está quebrado, está descansando."),
])  # fmt: skip
def test_what_is_reported_is_said(text: str, language: Language, said: str) -> None:
    assert heard(text, language) in ([("Bruno", said)], [("Bruno", said.replace("I'll", "I will"))])


@pytest.mark.parametrize(("text", "language"), [
    ("Bruno says he is tired and leaves.", "en"), ("Bruno never says he is sorry.", "en"),
    ("Bruno pregunta si lo toma por idiota.", "es"), ("Bruno dice que la quiere.", "es"),
    ("Bruno confiesa que es cura y los casa allí mismo.", "es"),
    ("Bruno diz que mora ali e nunca foi chamado.", "pt-BR"), ("A carta diz que Bruno morreu.", "pt-BR"),
])  # fmt: skip
def test_what_is_unsure_is_told(text: str, language: Language) -> None:
    assert heard(text, language) == [("", text)]


@pytest.mark.parametrize(("text", "language"), [
    ("Llama un niño: «Mi padre se ha caído».", "es"), ("«Buena chica», susurra alguien.", "es"),
    ("«Ele falava tanto!», diz o mais baixo.", "pt-BR"), ('"Wrong way," a man whispers.', "en"),
    ('The two grooms meet. "You told me you were an only child."', "en"),
    ("Bruno deja una nota en la cocina. «Hoy vienen las grullas.»", "es"),
])  # fmt: skip
def test_nobody_here_says_what_a_stranger_says_or_what_is_written(text: str, language: Language) -> None:
    assert not any(speaker for speaker, _ in heard(text, language))


def test_who_is_called_madam_is_not_the_one_who_says_it() -> None:
    said = heard("«O senhor esqueceu isto», diz Ana. «E a senhora esqueceu aquilo.»", "pt-BR")
    assert said == [("Ana", "O senhor esqueceu isto."), ("Bruno", "E a senhora esqueceu aquilo.")]
    # The control: without a word of address the same voice goes on.
    assert heard("«Isto não», diz Ana. «Aquilo sim.»", "pt-BR")[-1] == ("Ana", "Aquilo sim.")


def test_an_order_is_given_in_the_country_s_own_form() -> None:
    order = "Bruno exige que cierre la puerta."
    said = [heard(order, "es", address=one)[0][1] for one in ("tú", "vos", "usted")]
    assert said == ["¡Cierra la puerta!", "¡Cerrá la puerta!", "¡Cierre la puerta!"]


def test_on_the_river_plate_people_say_vos() -> None:
    assert address_of("Rosario, Argentina, 1978.", "es") == "vos"
    assert addressed("¿Por qué sigues? Dime qué quieres.", "vos") == "¿Por qué seguís? Decime qué querés."
    # The control: elsewhere nothing changes.
    assert address_of("Madrid, 1978.", "es") == "tú"
    assert addressed("¿Por qué sigues?", "tú") == "¿Por qué sigues?"
