"""Cards have the size asked for and all their words on them."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from state.order import Style
from tools.engines.previz.cards import end_card, title_card


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (321, 181)])
async def test_a_card_has_the_size_of_the_film(size: tuple[int, int]) -> None:
    for png in (
        await title_card("La casa", "Episode 1", Style(), size),
        await end_card("Fim", "La casa", Style(), size),
    ):
        assert Image.open(BytesIO(png)).size == size


async def test_long_titles_shrink_and_wrap_inside_the_frame() -> None:
    long = "The extraordinarily complicated inheritance of the late Doctor Hernandez and his seven daughters"
    picture = np.asarray(Image.open(BytesIO(await title_card(long, long, Style(), (360, 640)))).convert("L"))
    assert picture[:, :12].max() < 150
    assert picture[:, -12:].max() < 150
    assert picture.max() > 200


async def test_words_change_the_card() -> None:
    first, second = [await title_card(t, "", Style(), (320, 180)) for t in ("Ana", "Luis")]
    assert first != second


LONG = {
    "en": "The Letter from Valparaíso: What the Sea Returned to Us After Ten Years",
    "es": "Cinco minutos tarde: la boda que nadie esperaba en el pueblo de arriba",
    "pt-BR": "Inconstitucionalissimamente apaixonados, mas só até o fim da novela",
}


@pytest.mark.breadth(3)
@pytest.mark.parametrize("size", [(640, 360), (360, 640), (360, 360)])
@pytest.mark.parametrize("title", [*LONG.values()], ids=[*LONG])
async def test_all_words_lie_inside_the_safe_area(title: str, size: tuple[int, int]) -> None:
    """A twentieth of the picture on every side."""
    written, bare = [
        np.asarray(Image.open(BytesIO(await title_card(words, words, Style(), size)))).astype(int)
        for words in (title, "")
    ]
    rows, columns = np.nonzero(np.abs(written - bare).max(axis=2) > 30)
    assert columns.min() > size[0] * 0.05
    assert columns.max() < size[0] * 0.95
    assert rows.min() > size[1] * 0.05
    assert rows.max() < size[1] * 0.95


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Ana finds a map. At dawn she must go to the…", "Ana finds a map."),
        ("Ana finds a map and must…", "Ana finds a map and must…"),
        ("Ana finds a map. She waits.", "Ana finds a map. She waits."),
    ],
)
async def test_a_card_ends_with_a_whole_sentence(said: str, shown: str) -> None:
    cards = [await title_card("Ana", words, Style(), (320, 180)) for words in (said, shown)]
    assert cards[0] == cards[1]


async def test_dark_slopes_of_colour_have_a_grain() -> None:
    """Without it the rows of an empty sky are all alike, and the film shows their steps."""
    sky = np.asarray(Image.open(BytesIO(await title_card("Ana", "", Style(), (320, 180)))).convert("L"))
    assert len(np.unique(sky[10, 100:220])) >= 3
