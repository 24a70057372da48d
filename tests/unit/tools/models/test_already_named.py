"""Whom a brief introduces and whom it only speaks of again: headers, quotations, animals, `the man`."""

import pytest

from nodes.agents.script_checks import plan_problems
from state.brief import NovelaBrief
from state.script import Language
from state.writing import PlanSeriesInput
from tools.models.offline.brief.aside import header_end, unquoted
from tools.models.offline.brief.story import story_of
from tools.models.offline.persons.animals import animal_in_role, animals_of
from tools.models.offline.persons.cast import make_cast
from tools.models.offline.persons.people import find_people
from tools.models.offline.plan import compose_plan
from tools.models.offline.telling.facts import facts_of
from tools.models.offline.words.bank import bank


def brief_of(text: str, language: Language, **more: object) -> NovelaBrief:
    return NovelaBrief.model_validate(
        {"title": "x", "description": text, "language": language, "episode_seconds": 80, **more}
    )


def cast_of(text: str, language: Language, **more: object) -> dict[str, str]:
    brief = brief_of(text, language, **more)
    return {one.name: one.role for one in make_cast(brief, story_of(brief))}


def named(text: str, language: Language) -> list[str]:
    return [one.name for one in find_people(text, bank(language)["reading"], known=())]


@pytest.mark.parametrize(("language", "text", "people"), [
    ("en", "Zorrington, out of season, 1974. Maud paints.", ["Maud"]),
    ("en", "Upper Wexley, February 1937. Cora rides.", ["Cora"]),
    ("en", "Florence, June 1966. Hollis packs.", ["Hollis"]),
    ("es", "Zompox, Colombia, hoy, calor espeso. Rosalba cose.", ["Rosalba"]),
    ("pt-BR", "Manaxi, 1910, noite de estreia. Benedita costura.", ["Benedita"]),
    # The controls: who is told of first, and who comes again.
    ("en", "Maud, locksmith, 40. She waits.", ["Maud"]),
    ("en", "Lena and Marek meet on a train. Lena sings.", ["Lena", "Marek"]),
    ("es", "Rosario, 1950. Rosario cose.", ["Rosario"]),
])  # fmt: skip
def test_a_header_names_nobody(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


def test_a_sentence_with_a_verb_is_no_header():
    assert header_end("Leeds, 1974. Maud waits.", "en") == len("Leeds, 1974. ")
    assert header_end("Kunle, twelve, sells cake.", "en") == 0


@pytest.mark.parametrize(("language", "text", "people"), [
    ("es", "Julián calla. \"Déjala, hija, que se hace tarde\", dice Alba.", ["Julián", "Alba"]),
    ("pt-BR", "A moça sussurra: \"Costure de volta.\" Benedita costura.", ["Benedita"]),
    ("en", "\"Ask Zelmira,\" says Hollis. Hollis waits.", ["Hollis"]),
    # The control: named outside too.
    ("en", "\"Ask Zelmira,\" says Hollis. Zelmira waits.", ["Zelmira", "Hollis"]),
])  # fmt: skip
def test_who_is_only_named_by_a_speaker_is_not_there(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


def test_quotations_leave_blanks_and_names_in_marks_stay():
    text = 'He says: "The judge knows." A man called "Mouse" runs.'
    assert len(unquoted(text)) == len(text)
    assert "judge" not in unquoted(text)
    assert "Mouse" in unquoted(text)


@pytest.mark.parametrize(("language", "text", "people"), [
    ("es", "Rosalba cruza el Magdalena en la chalupa.", ["Rosalba"]),
    ("es", "En la víspera de la Candelaria, Rosalba viste Niños Dios.", ["Rosalba"]),
    ("pt-BR", "Na festa de Santana, Benedita canta.", ["Benedita"]),
    ("es", "Rosalba abraza a la Magdalena. Magdalena ríe.", ["Rosalba", "Magdalena"]),
])  # fmt: skip
def test_rivers_and_feasts_may_bear_first_names(language: Language, text: str, people: list[str]):
    assert named(text, language) == people


COLONEL = [{"name": "Benedita", "role": "costureira"}, {"name": "Coronel Falcão", "role": "barão, 58 anos"}]
TAXI = [{"name": "Beto", "role": "ayudante, 22 años"}, {"name": "El taxista", "role": "cliente"}]


@pytest.mark.parametrize(("language", "text", "given", "people"), [
    ("pt-BR", "Benedita costura. O coronel manda rasgar o vestido.", COLONEL, ["Benedita", "Coronel Falcão"]),
    ("es", "Beto lo da a un taxista. Entra el taxista.", TAXI, ["Beto", "El taxista"]),
    ("es", "Julián, maestro jubilado, quiere ver su escuela con su nieta Alba. Su abuelo mira las nubes.", [],
     ["Julián", "Alba"]),
    ("pt-BR", "Pai e filho limpam. Davi, dezessete anos, joga a gaita. Nelson explode: o guri nunca quis "
     "aprender. O pai acorda.", [], ["Davi", "Nelson"]),
    ("es", "Un día Eliécer, el hombre que maneja la lancha que cruza el río, le pide un aro a Rosalba.", [],
     ["Eliécer", "Rosalba"]),
    ("en", "Wanda drives. The conductor, a boy of sixteen called Otis, counts coins.", [], ["Wanda", "Otis"]),
    ("en", "Dad, a retired judge, drives. Kunle, twelve, sells cake to Grandma.", [],
     ["Dad", "Kunle", "Grandma"]),
])  # fmt: skip
def test_a_definite_phrase_is_somebody_who_has_a_name(
    language: Language, text: str, given: list[dict[str, str]], people: list[str]
):
    assert sorted(cast_of(text, language, characters=given, target_episodes=1)) == sorted(people)


@pytest.mark.parametrize(("language", "text", "roles"), [
    ("en", "Ines steers. There's a man in his flat. The man turns to her.", {"man"}),
    ("pt-BR", "Benedita costura. O juiz manda parar.", {"juiz"}),
    ("es", "Julián espera. Una viuda abre la puerta.", {"viuda"}),
    ("en", "Ana and Luis share a table. The man at the next table watches them.", {"man"}),
])  # fmt: skip
def test_who_is_new_is_cast(language: Language, text: str, roles: set[str]):
    """The control: nobody who has a name can be meant."""
    assert roles <= set(cast_of(text, language).values())


@pytest.mark.parametrize(("language", "text", "subject"), [
    ("es", "Julián, maestro jubilado, camina con su nieta Alba. Su abuelo mira las nubes negras.", "Julián"),
    ("en", "Two sisters, one suitcase. Odile waits; Simone, the younger, hides. The girl throws the tickets.",
     "Simone"),
    ("pt-BR", "Benedita costura. O coronel Falcão entra. O coronel rasga o vestido.", "Falcão"),
])  # fmt: skip
def test_facts_are_theirs_whom_the_phrase_means(language: Language, text: str, subject: str):
    assert last_subject(text, language) == subject


def test_what_a_stranger_does_is_nobody_elses():
    """The control: no doctor has a name."""
    assert last_subject("Rosa waits. The doctor lies to her.", "en") != "Rosa"


def last_subject(text: str, language: Language) -> str:
    brief = brief_of(text, language)
    return facts_of(brief, make_cast(brief, story_of(brief)))[-1].subject


GOAT = [
    {"name": "Zefinha", "role": "professora, 48 anos"},
    {"name": "Raimundo", "role": "dono de churrascaria"},
    {"name": "Deputado", "role": "bode branco de barba comprida, olhar superior"},
]


def test_an_animal_is_known_and_never_cast():
    text = "Zefinha reza. Raimundo ri. O bode Deputado engole o papel. Tudo fica para Deputado."
    brief = brief_of(text, "pt-BR", characters=GOAT)
    asked = PlanSeriesInput(brief=brief)
    plan = compose_plan(asked)
    assert "Deputado" not in {one.name for one in plan.cast}
    assert "deputado" not in {one.role for one in plan.cast}
    assert [(one.name, one.kind_noun) for one in animals_of(brief)] == [("Deputado", "bode")]
    assert plan_problems(asked, plan) == []


def test_a_person_of_the_brief_may_not_be_missing():
    """The control: only animals may."""
    asked = PlanSeriesInput(brief=brief_of("Zefinha reza.", "pt-BR", characters=GOAT))
    plan = compose_plan(asked)
    fewer = plan.model_copy(update={"cast": [one for one in plan.cast if one.name != "Zefinha"]})
    assert any("Zefinha" in problem for problem in plan_problems(asked, fewer))


@pytest.mark.parametrize(("language", "role", "animal"), [
    ("en", "a stubborn grey mule", "mule"), ("en", "parrot", "parrot"), ("es", "viejo perro ciego", "perro"),
    ("pt-BR", "gato", "gato"), ("en", "a talking dog detective", ""), ("en", "cat burglar, 30", ""),
    ("en", "librarian, 28, travels with a mule", ""), ("es", "domador de leones", ""),
    ("es", "un loro que habla", ""),
])  # fmt: skip
def test_a_role_says_whether_it_is_an_animal(language: Language, role: str, animal: str):
    assert animal_in_role(role, language) == animal


def test_whom_words_are_given_is_played():
    scenes = [
        {"number": 1, "description": "O bode fala.", "lines": [{"speaker": "Deputado", "text": "Ora!"}]}
    ]
    assert "Deputado" in cast_of("Zefinha reza.", "pt-BR", characters=GOAT, scenes=scenes)


@pytest.mark.parametrize(("language", "text", "role"), [
    ("en", "Ines works nights in a tower crane over a half-built hospital in Glasgow.",
     "works nights in a tower crane"),
    ("es", "Ines, orfebre de cuarenta y tantos, espera.", "orfebre"),
    ("es", "Ines, que maneja la chalupa, espera.", "barquera"),
    ("en", "Ines finds a ring and looks twice.", ""),
])  # fmt: skip
def test_what_somebody_is_comes_from_the_brief_or_is_left_open(language: Language, text: str, role: str):
    assert cast_of(text, language)["Ines"] == role
