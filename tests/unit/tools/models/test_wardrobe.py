"""Clothes fit the role in three languages, and no two people of a cast can be mixed up."""

from itertools import combinations

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Language
from tests.scripts import a_novela_brief, story_briefs, write_episode
from tools.models.offline.persons.trades import is_former, trade_in
from tools.models.offline.persons.wardrobe import APART, distance, fresh_colour, outfit_for

BRIEFS = story_briefs()
NAMES = [brief.title for brief in BRIEFS]


@pytest.mark.parametrize(("language", "role", "garment"), [
    ("en", "night nurse", "scrubs"), ("es", "la enfermera del turno", "scrubs"),
    ("pt-BR", "enfermeiro", "scrubs"), ("en", "village priest", "cassock"), ("es", "el cura", "cassock"),
    ("pt-BR", "padre da vila", "cassock"), ("en", "judge", "robe"), ("es", "jueza", "robe"),
    ("pt-BR", "juíza", "robe"), ("en", "baker", "apron"), ("es", "panadero", "apron"),
    ("pt-BR", "confeiteira", "apron"), ("en", "mechanic", "overalls"), ("es", "guardia", "uniform"),
    ("pt-BR", "vigia noturno", "uniform"), ("en", "family lawyer", "suit"), ("es", "abogada", "suit"),
    ("pt-BR", "advogado", "suit"), ("en", "teenage son", "hoodie"), ("es", "adolescente", "hoodie"),
    ("pt-BR", "estudante", "hoodie"), ("en", "the bride", "dress"), ("pt-BR", "noiva", "dress"),
])  # fmt: skip
def test_clothes_fit_the_role(language: Language, role: str, garment: str):
    assert outfit_for(_trade(role, language), woman=True).garment == garment


def test_a_worker_wears_a_cap_and_nobody_a_costume_for_no_reason():
    assert outfit_for(_trade("fisherman", "en"), woman=False).accessory == "cap"
    assert _trade("somebody's cousin", "en") == ""


def _trade(role: str, language: Language) -> str:
    return "retired" if is_former(role, language) else trade_in(role, language)


def test_a_cast_wears_its_roles():
    people = [CharacterBrief(name="Ana", role="nurse"), CharacterBrief(name="Bruno", role="nurse")]
    cast = write_episode(a_novela_brief(characters=people)).plan.cast[:2]
    assert [one.look.garment for one in cast] == ["scrubs", "scrubs"]
    assert distance(cast[0].look.garment_colour, cast[1].look.garment_colour) >= APART


@pytest.mark.breadth(4)
@pytest.mark.parametrize("brief", BRIEFS, ids=NAMES)
def test_people_differ_in_clothes_and_hair(brief: NovelaBrief):
    for one, two in combinations(write_episode(brief).plan.cast, 2):
        assert distance(one.look.garment_colour, two.look.garment_colour) >= APART
        assert (one.look.hair_style, one.look.hair_colour) != (two.look.hair_style, two.look.hair_colour)


def test_a_near_colour_is_passed_over():
    """The control: without anything worn, the wished colour is taken."""
    assert fresh_colour(["#24365c"], ["#c9952b"], []) == "#24365c"
    assert fresh_colour(["#24365c"], ["#c9952b"], ["#25385f"]) == "#c9952b"


def test_distance_is_nothing_for_the_same_and_large_for_black_and_white():
    assert distance("#7a2f3b", "#7a2f3b") == 0
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.1)
