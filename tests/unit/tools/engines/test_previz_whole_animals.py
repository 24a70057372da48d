"""Animals of which the icon set has only the head stand on feet."""

import numpy as np
import pytest

from tools.engines.previz.extent import extent_of
from tools.engines.previz.objects import drawn_object
from tools.engines.previz.picture_library import inked_picture
from tools.engines.previz.raster import raster
from tools.engines.previz.whole_animals import RECOLOURED, SITTING, whole_animal
from tools.pictures.library import pictures

ALL = sorted({*SITTING, *RECOLOURED})
INK = "#241a22"


@pytest.mark.parametrize("name", ALL)
def test_an_animal_of_the_head_kind_is_drawn_whole(name: str) -> None:
    assert pictures()[name].kind == "animals"
    whole = drawn_object(name, INK, line=2.4)
    assert whole != inked_picture(name, INK, 2.4)
    left, top, right, low = extent_of(whole)
    assert min(left, top) > -108
    assert max(right, low) < 108


@pytest.mark.parametrize("name", sorted(SITTING))
def test_it_sits_on_its_paws(name: str) -> None:
    """The control is the library's drawing, whose chin would be on the floor."""
    assert _paws(drawn_object(name, INK, line=2.4), name) > 60
    assert _paws(inked_picture(name, INK, 2.4), name) < 20


def _paws(drawn: str, name: str) -> int:
    """Pixels of the paws' colour at the low end."""
    tone = np.array([int(SITTING[name].feet[i : i + 2], 16) for i in (5, 3, 1)])
    low = raster(drawn, (-120, 70, 240, 30), (240, 30))
    return int(((np.abs(low[:, :, :3].astype(int) - tone).max(axis=2) < 4) & (low[:, :, 3] > 250)).sum())


def test_others_are_left_to_the_library() -> None:
    assert whole_animal("dog") is None
