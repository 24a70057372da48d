"""What a noun with several senses is, and what names no thing where it stands."""

import pytest

from state.script import Language
from tools.models.offline.things.implied import kinds_told
from tools.models.offline.things.picturing import found_in, names_of
from tools.models.offline.words.bank import bank
from tools.models.offline.words.namesakes import sense_in
from tools.pictures.library import pictures

LANGUAGES: tuple[Language, ...] = ("en", "es", "pt-BR")


def pictured(text: str, language: Language, story: str = "") -> list[str]:
    return [one.picture for one in found_in(text, language, story=story)]


@pytest.mark.parametrize(
    ("text", "story", "language", "drawn"),
    [
        ("She lifts the plane.", "A boatshed: cedar, planks, shavings.", "en", ["hand_plane"]),
        ("She lifts the plane.", "The pilot waits at the airport.", "en", ["airplane"]),
        ("She lifts the plane.", "A quiet street.", "en", []),
        ("He sets down the cup.", "He has won the contest nine years running.", "en", ["trophy"]),
        ("He sets down the cup.", "She pours the tea.", "en", ["cup"]),
        ("Deja el saco.", "La bodega del café, la cosecha.", "es", ["sack"]),
        ("Deja el saco.", "El novio y su corbata, la boda.", "es", ["suit_jacket"]),
        ("Lava la copa.", "El equipo ganó el torneo.", "es", ["trophy"]),
        ("Pasa el cepillo.", "El carpintero y la viruta de roble.", "es", ["hand_plane"]),
        ("Ela pega a prancha.", "A praia e as ondas.", "pt-BR", ["surfboard"]),
        ("Abre a manga.", "A camisa e o paletó.", "pt-BR", []),
    ],
)
def test_the_story_chooses_the_sense(text: str, story: str, language: Language, drawn: list[str]) -> None:
    assert pictured(text, language, f"{story} {text}") == drawn


def test_the_sentence_weighs_more_than_the_story() -> None:
    story = "The pilot flew in. The carpenter planes wood."
    assert sense_in("plane", "airplane", "he boards the plane at the airport", story, "en") == "airplane"
    assert sense_in("plane", "airplane", "a curl of cedar, oak and pine", story, "en") == "hand_plane"


@pytest.mark.parametrize(
    ("text", "language", "drawn"),
    [
        ("His first stroke jams. She turns.", "en", []), ("She opens the jam.", "en", ["jar"]),
        ("The man saw the wall.", "en", []), ("She opens the garden gates.", "en", ["gate"]),
        ("El gato naranja duerme.", "es", ["cat"]), ("Pela una naranja.", "es", ["tangerine"]),
        ("Sus bodas de oro.", "es", []),
        ("O gato é laranja. Ela segura a laranja.", "pt-BR", ["cat"]),
        ("Descasca a laranja.", "pt-BR", ["tangerine"]),
        ("Sobe com o lampião e o balança.", "pt-BR", ["lamp"]),
        ("Pesa na balança da feira.", "pt-BR", ["scales"]),
        ("Pão, café e leite.", "pt-BR", ["bread", "coffee", "milk"]),
    ],
)  # fmt: skip
def test_a_verb_or_a_colour_is_no_thing(text: str, language: Language, drawn: list[str]) -> None:
    assert pictured(text, language) == drawn


@pytest.mark.parametrize(
    ("text", "language", "drawn"),
    [
        ("She spills the beans.", "en", []), ("She spills the sugar and the beans.", "en", ["beans"]),
        ("Ele é um gato.", "pt-BR", []), ("Um gato entra.", "pt-BR", ["cat"]), ("Pagou o pato.", "pt-BR", []),
        ("Le da calabazas.", "es", []), ("Corta calabazas.", "es", ["pumpkin"]), ("She is a star.", "en", []),
    ],
)  # fmt: skip
def test_a_figure_of_speech_shows_nothing(text: str, language: Language, drawn: list[str]) -> None:
    assert pictured(text, language) == drawn


def test_somebody_is_no_herb() -> None:
    story = "The guide, Basil, laughs. Basil takes the map."
    assert pictured("Basil takes the map.", "en", story) == ["map"]
    assert pictured("She picks basil and a map.", "en") == ["herb", "map"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sense_is_drawn_or_empty(language: Language) -> None:
    rows = bank(language)["namesakes"]["nouns"]
    told = {name for row in rows for name in (*(one[0] for one in row["senses"]), row.get("usual", ""))}
    assert told - {""} <= set(pictures())


@pytest.mark.parametrize(
    ("story", "language", "drawn"),
    [
        ("The picture is the portrait of her cat. She hangs the painting.", "en", "cat_portrait"),
        ("O quadro é o retrato do gato dela.", "pt-BR", "cat_portrait"),
        ("El cuadro es el retrato de su madre.", "es", "woman_portrait"),
    ],
)
def test_a_painting_is_of_whom_it_shows(story: str, language: Language, drawn: str) -> None:
    assert kinds_told(story, language)["painting"] == drawn


def test_trainers_are_other_shoes() -> None:
    assert "shoes" not in kinds_told("Arregla unos zapatos. Ella se quita las zapatillas.", "es")
    assert kinds_told("She has satin shoes.", "en")["shoes"] == "satin_shoes"


@pytest.mark.parametrize(
    ("noun", "language"),
    [
        ("sack of coffee", "en"), ("mitten", "en"), ("oxygen cylinder", "en"), ("chisel", "en"),
        ("lily", "en"),
        ("cello", "en"), ("gold cup", "en"), ("crate", "en"), ("surfboard", "en"), ("raft", "en"),
        ("guitarron", "es"), ("vihuela", "es"), ("alcatraz", "es"), ("tubo de oxigeno", "es"),
        ("garlopa", "es"),
        ("jangada", "pt-BR"), ("pao de queijo", "pt-BR"), ("plaina", "pt-BR"), ("violoncelo", "pt-BR"),
    ],
)  # fmt: skip
def test_what_stories_turned_on_has_a_drawing_of_its_own(noun: str, language: Language) -> None:
    drawn = names_of(language)[noun]
    assert drawn not in ("airplane", "flower", "boat", "lunch_box", "violin", "tool_roll", "cup")
