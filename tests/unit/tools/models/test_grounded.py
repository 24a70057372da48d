"""What a sentence tells of is in its picture, what describes somebody is worn, and nothing else is shown."""

from collections.abc import Sequence

import pytest

from state.script import Blocking, Character, Language, Line, Look, Place, Shot, Slate, StagedThing, Staging
from tools.models.offline.shooting.grounded import grounded, strays, told_things
from tools.models.offline.shooting.setup import Setup
from tools.models.offline.telling.spoken import Spoken
from tools.models.offline.things import shown
from tools.models.offline.things.implied import kinds_told
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.shown import Words, parted
from tools.models.offline.things.things import can_be_held
from tools.pictures.library import pictures

ANA = Look(presentation="woman")


def named(text: str, language: Language = "en", story: str = "") -> set[str]:
    words = Words(language=language, story=story or text)
    return {one.picture for one, part in parted(text, words) if part != "said"}


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("He buys the small yellow vial.", "en", "vial"),
        ("Todo dia ele compra o mesmo vidrinho amarelo.", "pt-BR", "vial"),
        ("Tem uma prateleira com dezenas de vidrinhos amarelos.", "pt-BR", "vial_shelf"),
        ("Ruth finds a ticket stub.", "en", "ticket_stub"),
        ("She puts the brown dancing shoes on the counter.", "en", "shoes"),
        ("Una torta de matrimonio de cuatro pisos tiene que llegar.", "es", "tiered_cake"),
        ("Inside is the missing charity cash box.", "en", "cash_box"),
        ("A brass key is frozen in, a red ribbon tied to it.", "en", "ribbon_key"),
        ("Um fio foi cortado com alicate.", "pt-BR", "cut_wire"),
        ("Régis tira um abridor de cartas.", "pt-BR", "letter_opener"),
        ("Curro corta y empalma película.", "es", "film_strip"),
        ("Chayo enseña el forro del vestido.", "es", "lining"),
        ("Ella tira de la cuerda de la campana.", "es", "rope_bell"),
        ("She pushes the barrow home.", "en", "wheelbarrow"),
        ("Begoña tira de la palanca de alarma.", "es", "lever"),
    ],
)
def test_what_a_turn_hangs_on_is_read(text: str, language: Language, picture: str) -> None:
    assert picture in named(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("El conductor, Wilmer, de unos 40, camisa hawaiana y gafas de sol, jura algo.", "es"),
        ("Espera la novia, Marcela, 28, vestido blanco, trenzas con flores.", "es"),
        ("Se sienta Amparo, menuda, moño bajo, vestido de lunares.", "es"),
        ("Ruth is a cobbler of about fifty, black hair under a green bandana, leather apron.", "en"),
        ("Dalva tem 44 anos, baixinha, cheia de pulseira, flor vermelha no cabelo.", "pt-BR"),
        ("Chayo, el pelo teñido y una cinta métrica siempre al cuello.", "es"),
    ],
)
def test_what_describes_somebody_is_worn(text: str, language: Language) -> None:
    assert named(text, language) == set()


def test_without_the_rule_it_would_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "only_worn", lambda *_: False)
    assert "wedding_dress" in named("Espera la novia, Marcela, 28, vestido blanco, trenzas.", "es")


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("She takes the white dress off the hanger.", "en", "wedding_dress"),
        ("Marcela, 28, saca el vestido blanco de la caja.", "es", "wedding_dress"),
        ("Él le devuelve el abanico.", "es", "fan"),
    ],
)
def test_what_is_done_something_to_is_there(text: str, language: Language, picture: str) -> None:
    assert picture in named(text, language)


@pytest.mark.parametrize(
    ("text", "story", "language", "picture"),
    [
        ("Amparo se toca el moño.", "", "es", "monkey"),
        ("La pantalla está en blanco.", "Un cine de verano y su proyeccionista.", "es", "desktop_computer"),
        ("Walt retreats onto the dark ice.", "Walt works at the ice rink.", "en", "ice"),
        ("Ele está ficando surdo.", "", "pt-BR", "drum"),
    ],
)
def test_a_namesake_is_not_drawn(text: str, story: str, language: Language, picture: str) -> None:
    assert picture not in {one.picture for one in found_in(text, language, story=story)}


@pytest.mark.parametrize(
    ("text", "language", "picture"),
    [
        ("Un mono salta de la rama.", "es", "monkey"),
        ("He drops the ice into a glass.", "en", "ice"),
        ("Ele toca o surdo no bloco.", "pt-BR", "drum"),
        ("Corta la leña.", "es", "wood"),
    ],
)
def test_the_thing_itself_is(text: str, language: Language, picture: str) -> None:
    assert picture in {one.picture for one in found_in(text, language)}


def test_a_story_with_a_wedding_cake_calls_it_the_cake() -> None:
    assert kinds_told("A wedding cake rides on the bus. The cake falls.", "en")["cake"] == "tiered_cake"
    assert "cake" not in kinds_told("She bakes a cake.", "en")


def test_satin_shoes_stay_satin() -> None:
    assert named("She ties the satin dancing shoes.") == {"satin_shoes"}


def setup(text: str) -> Setup:
    ana = Character(name="Ana", role="", look=ANA)
    said = Spoken(
        move="tell", speaker=ana, listener=ana, text=text, expression="neutral", reaction="neutral",
        gesture="none", essential=True, narrator="Narrator",
    )  # fmt: skip
    return Setup(kind="act", size="medium", move="static", spoken=[said], on=ana, other=ana)


def picture(*things: str, holds: str = "") -> Staging:
    hand = Blocking(character="Ana", look=ANA, holds=holds, gesture="holding" if holds else "none")
    return Staging(
        place=Place(name="Shop", kind="shop"), people=[hand], subject=holds,
        things=[StagedThing(picture=one) for one in things],
    )  # fmt: skip


WORDS = Words(language="en")


def kept(staged: Staging, before: Sequence[Staging], *texts: str) -> tuple[list[str], str]:
    done = grounded(staged, before, [setup(one) for one in texts], WORDS)
    return [one.picture for one in done.things], done.people[0].holds


def test_what_no_sentence_names_is_left_out() -> None:
    assert kept(picture("bell", "lamp"), [picture()], "The lamp goes out.", "She waits.") == (["lamp"], "")


def test_a_hand_keeps_what_it_had_and_gets_nothing_untold() -> None:
    assert kept(picture(holds="key"), [picture(holds="key")], "She waits.") == ([], "key")
    assert kept(picture(holds="key"), [picture()], "She waits.") == ([], "")
    assert kept(picture(holds="key"), [picture()], "She finds a key.") == ([], "key")


def shot(at: int, staged: Staging, text: str) -> Shot:
    line = Line(speaker="Narrator", text=text, voice_over=True)
    return Shot(
        slate=Slate(scene=1, shot="ABC"[at]), description="", staging=staged, lines=[line], duration_s=3
    )


def test_the_guard_counts_what_nobody_tells_of() -> None:
    shots = [
        shot(0, picture("lamp"), "The lamp burns."),
        shot(1, picture("lamp", "bell"), "She waits."),
        shot(2, picture("lamp"), "It is late."),
    ]
    assert strays(shots, WORDS) == ["1B bell", "1C lamp"]


def test_what_is_told_of_is_not_what_is_denied() -> None:
    assert told_things("She finds a key and no letter.", WORDS) == {"key"}


@pytest.mark.parametrize("name", ["vial_shelf", "rope_bell", "hatch", "lever"])
def test_what_hangs_is_in_no_hand(name: str) -> None:
    assert name in pictures()
    assert not can_be_held(name)
