"""Who it is whom a brief calls by a common noun: the one of its list who agrees in sex, age and role."""

import itertools

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Character
from state.writing import PlanSeriesInput
from tools.models.offline.persons.anaphora import Known, known_person
from tools.models.offline.persons.likeness import likenesses
from tools.models.offline.plan import compose_plan
from tools.models.offline.telling.facts import facts_of

BUS = (
    "Shona is driving the last bus. A teenage girl sits by the window, and a big man in a hood sits beside "
    "her. The man won't leave the girl. Shona blocks the door and sees the smiling woman behind, who has "
    "a bag."
)
RIDERS = (
    ("Shona", "Fifty, bus driver, grey crop, hi-vis waistcoat"),
    ("Keeley", "Sixteen, school blazer"),
    ("Dom", "Twenty-five, heavy build, black hood"),
    ("The woman", "Sixty, camel coat, neat white hair"),
)
KEY = (
    "En Chiloé, una anciana con poncho rojo enciende la lámpara. Un muchacho de la municipalidad viene a "
    "quitarle la llave. El joven se queda dormido. Un pescador flaco golpea la puerta. El muchacho mira a la "
    "vieja."
)
ISLANDERS = (
    ("Rosalba", "Setenta y ocho años, poncho rojo"),
    ("Iván", "Veintitrés, funcionario municipal"),
    ("Chepo", "Cuarenta, pescador, flaco"),
)
TYRE = (
    "Uma noiva de vestido branco entra na borracharia. O borracheiro, um homem grande, nunca correu. Uma "
    "menina conta os minutos. O homem ri até ver um senhor de terno parado na porta: o pai dela, que veio "
    "buscá-la."
)
GUESTS = (
    ("Rosângela", "Vinte e oito anos, vestido de noiva"),
    ("Tonhão", "Quarenta e cinco, borracheiro, macacão azul"),
    ("Cidinha", "Nove anos, tranças"),
    ("Seu Américo", "Sessenta e cinco, terno escuro, bigode branco"),
)


def brief_of(text: str, language: str, people: tuple[tuple[str, str], ...]) -> NovelaBrief:
    listed = [CharacterBrief(name=name, role=role) for name, role in people]
    return NovelaBrief(title="x", description=text, language=language, characters=listed, target_episodes=1)


def cast_of(brief: NovelaBrief) -> list[Character]:
    return compose_plan(PlanSeriesInput(brief=brief)).cast


def there(brief: NovelaBrief, part: str) -> set[str]:
    facts = [
        one for one in facts_of(brief, cast_of(brief)) if part in one.text and one.source == "description"
    ]
    return {name for one in facts for name in (one.subject, one.agent, *one.about) if name}


@pytest.mark.parametrize(
    ("text", "language", "people"),
    [(BUS, "en", RIDERS), (KEY, "es", ISLANDERS), (TYRE, "pt-BR", GUESTS)],
)
def test_nobody_of_the_list_is_cast_twice(text, language, people):
    assert [one.name for one in cast_of(brief_of(text, language, people))] == [name for name, _ in people]


def test_who_is_of_another_sex_or_age_is_cast_besides():
    """The control: a list without a girl does not swallow her."""
    names = [one.name for one in cast_of(brief_of(BUS, "en", (RIDERS[0], RIDERS[2], RIDERS[3])))]
    assert len(names) == 4


@pytest.mark.breadth(3)
@pytest.mark.parametrize(
    ("text", "language", "people", "part", "names"),
    [
        (BUS, "en", RIDERS, "sits beside", {"Dom", "Keeley"}),
        (BUS, "en", RIDERS, "won't leave", {"Dom", "Keeley"}),
        (BUS, "en", RIDERS, "smiling", {"Shona", "The woman"}),
        (KEY, "es", ISLANDERS, "dormido", {"Iván"}),
        (KEY, "es", ISLANDERS, "mira a la vieja", {"Iván", "Rosalba"}),
        (TYRE, "pt-BR", GUESTS, "um senhor", {"Tonhão", "Seu Américo"}),
    ],
)
def test_a_common_noun_brings_its_person_on(text, language, people, part, names):
    assert there(brief_of(text, language, people), part) >= names


def test_who_only_owns_a_thing_is_not_there():
    people = (
        ("Don Hermógenes", "Setenta años, zapatero"),
        ("Adrián", "Nueve años"),
        ("Walter", "Treinta y ocho, padre"),
    )
    text = "Un niño llega al taller de don Hermógenes con los zapatos de su papá. El viejo lo reta."
    brief = brief_of(text, "es", people)
    assert "Walter" not in there(brief, "zapatos")
    assert "Walter" in there(brief_of(text.replace("los zapatos de ", ""), "es", people), "su papá")


@pytest.mark.parametrize(
    ("role", "years", "phrase", "meant"),
    [
        ("Nine, school uniform", 9, "A boy knocks.", True),
        ("Forty, school bus driver", 40, "A boy knocks.", False),
        ("Eighty, striped pyjamas", 80, "An old man knocks.", True),
        ("Thirty, striped pyjamas", 30, "An old man knocks.", False),
        ("Thirty, plumber", 30, "A baker knocks.", False),
    ],
)
def test_age_and_trade_must_agree(role, years, phrase, meant):
    found = likenesses(phrase, (Known(name="Fergal", role=role, sex="man", years=years),), "en")
    assert bool(found) is meant


SEXED = {
    "en": (
        ("woman", "The woman", "A smiling woman"), ("woman", "Keeley", "A girl"), ("man", "Vey", "A man"),
        ("woman", "Mrs Oddie", "A lady"), ("woman", "The judge", "A woman"),
    ),
    "es": (
        ("woman", "La vecina", "Una señora"), ("man", "Ubi", "Un muchacho"),
        ("woman", "Txiki", "Una anciana"), ("man", "El escolta", "Un hombre"),
        ("man", "El taxista", "Un señor"),
    ),
    "pt-BR": (
        ("woman", "A vizinha", "Uma mulher"), ("man", "Ubi", "Um homem"), ("woman", "Tuca", "Uma velha"),
    ),
}  # fmt: skip
ROLES = {
    "en": (
        "Sixty, camel coat, large handbag",
        "Thirty, quiet",
        "Forty, pilot",
        "Fifty, short hair, police uniform",
    ),
    "es": ("Sesenta, abrigo gris", "Treinta, callada", "Cuarenta, uniforme"),
    "pt-BR": ("Sessenta, casaco cinza", "Trinta, quieta", "Quarenta, uniforme"),
}
VERBS = {"en": "waits at the bus stop", "es": "espera en la parada", "pt-BR": "espera no ponto"}
MALE_ONLY = {"slicked", "bald"}


@pytest.mark.parametrize("language", ["en", "es", "pt-BR"])
def test_a_told_woman_is_drawn_as_one_whatever_her_name_and_role(language):
    """Sex -> hair, beard and clothes, over every pair of name and role."""
    for (sex, name, phrase), role in itertools.product(SEXED[language], ROLES[language]):
        if phrase.split()[-1] in ("girl", "muchacho", "anciana", "velha"):
            role = role.partition(", ")[2]
        text = f"Bo Lind mira. {phrase} {VERBS[language]}."
        cast = cast_of(brief_of(text, language, ((name, role),)))
        look = cast[0].look
        assert look.presentation == sex, (name, role)
        if sex == "woman":
            assert look.beard == "none"
            assert look.hair_style not in MALE_ONLY


def test_an_old_man_of_the_text_is_old_in_the_picture():
    text = "Uma moça chega com o tio, seu Altamiro. O velho não diz uma palavra. Ivone lê a folha."
    cast = {one.name: one.look for one in cast_of(brief_of(text, "pt-BR", ()))}
    assert cast["Altamiro"].age == "elder"
    young = {one.name: one.look for one in cast_of(brief_of(text.replace("velho", "homem"), "pt-BR", ()))}
    assert young["Altamiro"].age != "elder"


LIFT = (
    "Amílcar maneja el ascensor. Un hombre de zapatos embarrados pide el sexto. Amílcar ve el abrigo de la "
    "telefonista. La muchacha está sobre el ascensor y mandó al hombre."
)
HOTEL = (
    ("Amílcar", "49, ascensorista"),
    ("Ruso", "40, linotipista, zapatos embarrados"),
    ("Nélida", "24, telefonista del hotel, un solo pendiente de perla"),
)
FAN = (
    "Jandira conserta ventiladores. Quem volta com o ventilador é uma menina de uniforme escolar, brava. "
    "O operador de rádio ri."
)
STALL = (
    ("Jandira", "41, consertadora"),
    ("Iracema", "10, estudante, uniforme escolar"),
    ("Péricles", "37, operador de rádio, pálido"),
)


@pytest.mark.parametrize(("text", "language", "people", "part", "name"), [
    (LIFT, "es", HOTEL, "muchacha", "Nélida"),
    (FAN, "pt-BR", STALL, "menina", "Iracema"),
    (FAN, "pt-BR", STALL, "operador", "Péricles"),
])  # fmt: skip
def test_who_is_brought_in_late_is_whom_the_list_has(text, language, people, part, name):
    brief = brief_of(text, language, people)
    assert [one.name for one in cast_of(brief)] == [one for one, _ in people]
    assert name in there(brief, part)


def test_an_article_among_the_looks_tells_no_sex():
    assert known_person("Noor", "24, un solo pendiente", "es").sex == known_person("Noor", "24", "es").sex
    assert known_person("X", "la fiscal", "es").sex == "woman"


@pytest.mark.parametrize(("language", "said", "sex"), [
    ("en", "Tonight her daughter Ife finds it.", "woman"), ("en", "Tonight her son Ife finds it.", "man"),
    ("es", "Manda a su sobrina Ife por pan.", "woman"), ("pt-BR", "Manda o neto, Ife, comprar pão.", "man"),
])  # fmt: skip
def test_the_relation_before_a_name_tells_the_sex(language: str, said: str, sex: str):
    brief = brief_of(f"Rosalind. {said}", language, (("Rosalind", "43"), ("Ife", "16, skinny, box braids")))
    assert cast_of(brief)[1].look.presentation == sex


@pytest.mark.parametrize(("text", "people"), [
    ("Jussara aluga vestidos. Quem entra é Zefinha, 78 anos, avó dele, a noiva.", 2),
    ("Jussara aluga vestidos. Zefinha, 78 anos, espera, e a noiva entra rindo.", 3),
])  # fmt: skip
def test_what_is_said_last_of_somebody_is_no_other(text: str, people: int):
    listed = (("Jussara", "33, costureira"), ("Zefinha", "78, viúva"))
    assert len(cast_of(brief_of(text, "pt-BR", listed))) == people


def test_a_word_that_nobody_is_called_joins_no_listed_people():
    text = "Night run, Interstate 10 in Texas. Dee drives a tow truck. Warren pays. Desperate, Dee calls."
    listed = (("Dee", "38, tow truck driver"), ("Warren", "50, pharmacist"))
    assert [one.name for one in cast_of(brief_of(text, "en", listed))] == ["Dee", "Warren"]
    # The control: a first name is somebody, listed or not.
    assert len(cast_of(brief_of(text.replace("Desperate, Dee", "Then Rosa"), "en", listed))) == 3


@pytest.mark.parametrize(("told", "people"), [
    ("Dee never brings the dentist to the shop.", 2), ("Dee opens. A baker knocks and smiles.", 3),
])  # fmt: skip
def test_beside_a_list_only_who_does_something_comes_on(told: str, people: int):
    listed = (("Dee", "38, tow truck driver"), ("Warren", "50, pharmacist"))
    assert len(cast_of(brief_of(f"Dee drives home. Warren waits. {told}", "en", listed))) == people
