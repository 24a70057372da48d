"""Where words are in a picture, and that a face, a texture or a row of things is not taken for them."""

import cv2
import numpy as np
import pytest

from state.order import Style
from tests import moving_subjects
from tools.engines.previz.cards import title_card
from tools.post.words_seen import words_in


def grey(picture: np.ndarray) -> np.ndarray:
    small = cv2.resize(picture, (480, 270), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))


@pytest.mark.parametrize("seed", range(100, 112))
def test_the_words_of_a_card_are_found_from_their_first_letter_to_their_last(seed):
    picture, (left, right) = moving_subjects.a_card(seed)
    lines = words_in(grey(picture))
    assert min(line.left for line in lines) == pytest.approx(left, abs=0.03)
    assert max(line.right for line in lines) == pytest.approx(right, abs=0.03)


@pytest.mark.parametrize("seed", range(100, 104))
@pytest.mark.parametrize("make", moving_subjects.STILLS)
def test_what_is_no_writing_is_not_read(make, seed):
    assert words_in(grey(make(seed))) == []


def test_words_that_are_hardly_there_are_not_there():
    picture, _ = moving_subjects.a_card(101)
    faint = 120 + (picture.astype(float) - picture.mean()) * 0.1
    assert words_in(grey(np.clip(faint, 0, 255).astype(np.uint8))) == []


@pytest.mark.parametrize("title", ["The Letter from Valparaíso", "Ash", "El corazón de la ciudad dormida"])
async def test_the_large_letters_of_our_own_cards_are_words_over_their_whole_width(title):
    """Rows as tight as a title's, an accent that touches the row above."""
    png = np.frombuffer(await title_card(title, "The truth", Style(), (960, 540)), np.uint8)
    picture = cv2.cvtColor(cv2.imdecode(png, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)
    lines = words_in(grey(picture))
    bright = (picture[:300].min(axis=2) > 225).any(axis=0).nonzero()[0] / 960
    assert min(line.left for line in lines) == pytest.approx(bright[0], abs=0.02)
    assert max(line.right for line in lines) == pytest.approx(bright[-1], abs=0.02)
