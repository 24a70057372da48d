"""What a role says of clothes, hair and years is what is drawn; the country says what is likely."""

import pytest

from state.brief import CharacterBrief, NovelaBrief
from state.script import Look, Shot
from state.writing import PlanSeriesInput, WriteSceneInput
from tools.models.offline.plan import compose_plan
from tools.models.offline.scene import compose_scene


def brief_of(text: str, language: str, people: tuple[tuple[str, str], ...], scenes: int = 3) -> NovelaBrief:
    listed = [CharacterBrief(name=name, role=role) for name, role in people]
    return NovelaBrief(
        title="x", description=text, language=language, characters=listed, target_episodes=1,
        scenes_per_episode=scenes,
    )  # fmt: skip


def look_of(role: str, language: str = "en", text: str = "Dana waits. Lee calls.") -> Look:
    brief = brief_of(text, language, (("Dana", role), ("Lee", "quiet")))
    return compose_plan(PlanSeriesInput(brief=brief)).cast[0].look


@pytest.mark.parametrize(
    ("role", "language", "garment"),
    [
        ("Forty, yellow dressing gown", "en", "dressing_gown"),
        ("Forty, striped pyjamas", "en", "pyjamas"),
        ("Forty, bus driver, hi-vis waistcoat", "en", "hi_vis"),
        ("Forty, tweed waistcoat", "en", "waistcoat"),
        ("Forty, black hood", "en", "hoodie"),
        ("Forty, bata de casa azul", "es", "dressing_gown"),
        ("Cuarenta, pijama de rayas", "es", "pyjamas"),
        ("Quarenta, roupão verde", "pt-BR", "dressing_gown"),
        ("Quarenta, moletom com capuz", "pt-BR", "hoodie"),
    ],
)
def test_the_first_garment_is_worn(role, language, garment):
    assert look_of(role, language).garment == garment


def test_who_looks_under_the_hood_of_a_car_wears_none():
    assert look_of("Forty, mechanic", text="Dana looks under the hood. Lee calls.").garment != "hoodie"


@pytest.mark.parametrize(
    ("role", "language", "worn"),
    [
        ("Nine, school uniform, big rucksack", "en", "rucksack"),
        ("Nueve años, uniforme escolar, mochila grande", "es", "rucksack"),
        ("Oitenta e um, suspensórios", "pt-BR", "braces"),
    ],
)
def test_what_hangs_from_the_shoulders_is_worn(role, language, worn):
    assert worn in (look_of(role, language).accessory, look_of(role, language).also)


def test_khaki_is_no_green():
    assert look_of("Sixty, khaki suit").garment_colour != look_of("Sixty, olive suit").garment_colour


def test_told_hair_is_under_no_cap_of_a_trade():
    assert look_of("Fifty, bus driver, grey crop, hi-vis waistcoat").accessory != "peaked_cap"
    assert look_of("Fifty, bus driver").accessory == "peaked_cap"


@pytest.mark.parametrize(
    ("role", "years"),
    [
        ("early thirties, quiet", 32),
        ("late thirties, quiet", 38),
        ("in her thirties", 34),
        ("About 28, coat", 28),
    ],
)
def test_years_are_read_from_a_decade(role, years):
    assert look_of(role).years == years


def test_hair_is_that_of_the_country():
    def shades(place: str) -> set[str]:
        text = f"In {place}, Dana waits. Lee calls. Ann, Bo, Cy and Flo sing."
        people = tuple((name, "Thirty, quiet") for name in ("Dana", "Lee", "Ann", "Bo", "Cy", "Flo"))
        cast = compose_plan(PlanSeriesInput(brief=brief_of(text, "en", people))).cast
        return {one.look.hair_colour for one in cast}

    assert shades("Osaka") == {"#1c1614"}
    assert len(shades("Leeds")) > 1


def shots_of(brief: NovelaBrief) -> list[Shot]:
    plan = compose_plan(PlanSeriesInput(brief=brief))
    shots: list[Shot] = []
    for outline in plan.episodes[0].scenes:
        asked = WriteSceneInput(
            brief=brief, plan=plan, outline=outline, previous_scenes=[], seconds=15.0, shots=3
        )
        shots += compose_scene(asked).scene.shots
    return shots


LIFT = (
    "Uma mulher de tailleur cinza fica presa no elevador com um entregador e um velho de bengala. O velho "
    "conta que mora ali há quarenta anos. O rapaz abre a caixa e reparte a pizza em três. A moça perde a "
    "reunião. O velho ri."
)
RIDERS = (
    ("Helena", "Trinta e cinco anos, advogada, tailleur cinza"),
    ("Jonas", "Vinte e dois, entregador, jaqueta vermelha"),
    ("Seu Firmino", "Oitenta e um, bengala, cabelo branco"),
)


def test_everybody_of_the_list_who_acts_is_drawn():
    shots = shots_of(brief_of(LIFT, "pt-BR", RIDERS))
    assert {one.character for shot in shots for one in shot.staging.people} == {name for name, _ in RIDERS}


def test_a_thing_alone_is_no_picture_of_who_does_it():
    told = [
        shot
        for shot in shots_of(brief_of(LIFT, "pt-BR", RIDERS))
        if any("caixa" in one.text for one in shot.lines)
    ]
    assert any(one.character == "Jonas" for shot in told for one in shot.staging.people)


@pytest.mark.parametrize(
    ("role", "language", "worn", "colour"),
    [
        ("33, baker, gold headwrap", "en", "head_wrap", "#d8a326"),
        ("40, cook, red bandana", "en", "headscarf", "#c62828"),
        ("40, chef, black beret", "en", "beret", "#151515"),
        ("50, policía, gorro de lana rojo", "es", "knit_cap", "#c62828"),
        ("40, cocinera, pañuelo azul en la cabeza", "es", "headscarf", "#1e5aa8"),
        ("40, cozinheira, lenço azul na cabeça", "pt-BR", "headscarf", "#1e5aa8"),
        ("33, padeira, torço dourado", "pt-BR", "head_wrap", "#d8a326"),
    ],
)
def test_a_told_headwear_takes_the_place_of_a_trades_hat(role, language, worn, colour):
    look = look_of(role, language)
    assert (look.accessory, look.accessory_colour) == (worn, colour)
    assert "chef_hat" not in (look.accessory, look.also)


def test_a_chef_of_whom_no_headwear_is_told_wears_the_trades_hat():
    assert look_of("40, chef").accessory == "chef_hat"
