"""Looks as the text says them, in three languages; without the words nobody wears them."""

import pytest

from state.brief import CharacterBrief
from state.script import Language, Look
from tests.scripts import a_novela_brief, write_episode
from tools.models.offline.brief.epochs import is_hot
from tools.models.offline.persons.described import described, is_past
from tools.models.offline.persons.kin import Relative, family_roles
from tools.models.offline.persons.sexes import presentation_of
from tools.models.offline.persons.trades import trade_in
from tools.models.offline.words.bank import structure

WHITE = structure()["colours"]["white"]


def look_of(role: str, language: Language, description: str = "X.", name: str = "Sam") -> Look:
    people = [CharacterBrief(name=name, role=role), CharacterBrief(name="Ona", role="")]
    brief = a_novela_brief(title="X", description=description, language=language, characters=people)
    return next(one.look for one in write_episode(brief).plan.cast if one.name == name)


@pytest.mark.breadth(3)
@pytest.mark.parametrize(("language", "role", "told"), [
    ("en", "a one-eyed skipper with a grey beard", {"eyepatch": True, "beard": "full"}),
    ("es", "barquero con un parche en el ojo y bigote", {"eyepatch": True, "beard": "moustache"}),
    ("pt-BR", "sanfoneiro de bigode farto, careca", {"beard": "moustache", "hair_style": "bald"}),
    ("pt-BR", "fazendeiro, terno de linho branco", {"garment": "suit", "garment_colour": WHITE}),
    ("en", "a landowner in a white linen suit", {"garment": "suit", "garment_colour": WHITE}),
    ("es", "vestidora de santos, delantal y autoridad de general", {"garment": "apron"}),
    ("en", "clerk, clean-shaven, in a straw hat", {"beard": "none", "accessory": "straw_hat"}),
    ("es", "guardia civil", {"garment": "uniform", "accessory": "peaked_cap"}),
    ("en", "crane operator", {"garment": "hi_vis", "accessory": "helmet"}),
    ("pt-BR", "dezessete anos, usa macacão", {"age": "young", "beard": "none", "garment": "overalls"}),
    ("en", "twelve", {"age": "child"}),
    ("es", "setenta y ocho años", {"age": "elder"}),
    ("pt-BR", "48 anos, professora aposentada", {"age": "adult"}),
    ("es", "cuarentón enorme, sin barba", {"age": "adult", "beard": "none"}),
])  # fmt: skip
def test_the_role_decides_the_look(language: Language, role: str, told: dict[str, object]):
    look = look_of(role, language)
    assert {key: getattr(look, key) for key in told} == told


def test_nobody_wears_what_they_sew_or_lack():
    """The control: the same nouns with a word that puts them on."""
    assert described("Ona", "seamstress who sews a coat, without glasses", "", (), "en").garment is None
    assert not described("Ona", "seamstress, without glasses", "", (), "en").glasses
    assert described("Ona", "seamstress in a coat, with glasses", "", (), "en").garment == "coat"


def test_what_a_sentence_says_is_its_subjects():
    text = "Ona wears a red coat. Sam, in a green apron, waves."
    assert described("Sam", "", text, ("Ona",), "en").garment == "apron"
    assert described("Ona", "", text, ("Sam",), "en").colour == structure()["colours"]["red"]


def test_a_figure_of_speech_is_no_trade():
    assert trade_in("autoridad de general", "es") == ""
    assert trade_in("general", "es") == "soldier"


def test_old_times_and_heat_choose_the_clothes():
    assert is_past("Kentucky, February 1937.", "en")
    assert not is_past("A photo from 1937 turns up.", "en")
    assert is_hot("Agosto, sequía.", "es")
    assert not is_hot("Enero, nieve.", "es")
    assert look_of("librarian", "en", "Ohio, 1931. X.", name="Maud").garment == "dress"


def test_the_couple_whose_daughter_marries_are_parents_and_the_boy_is_their_son():
    kin = [
        Relative(name=name, role=role, sex=None)
        for name, role in (("A B", "wife"), ("C B", "husband"), ("D", ""))
    ]
    years = {"A B": None, "C B": None, "D": 12}
    told = "The Bs drive to their daughter's wedding. D, twelve, counts."
    assert family_roles(kin, years, told, "en") == {"A B": "parent", "C B": "parent", "D": "child"}
    assert family_roles(kin, years, "The Bs drive. D, twelve, counts.", "en") == {}


@pytest.mark.parametrize(
    ("role", "sex"), [("taxista", "man"), ("la taxista", "woman"), ("enfermera", "woman")]
)
def test_a_trade_that_both_have_leaves_it_to_the_name(role: str, sex: str):
    brief = a_novela_brief(title="X", description="X.", language="es")
    assert presentation_of("Rubén", role, brief) == sex


def test_a_soprano_from_italy_looks_it():
    skins = structure()["looks"]["skins"]
    look = look_of("soprano italiana", "pt-BR", "Manaus, Brasil. X.", name="Giulia")
    assert look.skin in (skins["light"], skins["olive"])
