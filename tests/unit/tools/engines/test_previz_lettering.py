"""Words on a note or a sign."""

import numpy as np

from state.script import ThingLook
from tools.engines.previz.extent import extent_of
from tools.engines.previz.objects import drawn_object
from tools.engines.previz.raster import raster
from tools.engines.previz.thing_looks import with_look

INK = "#2b1a20"
SEEN = (-115.0, -115.0, 230.0, 230.0)


def test_words_are_drawn_inside_what_they_stand_on() -> None:
    for name in ("written_note", "written_sign"):
        plain = drawn_object(name, INK)
        worded = with_look(plain, ThingLook(written="Forgive me, and do not wait for me"), INK)
        a, b = (raster(one, SEEN, (200, 200)).astype(int) for one in (plain, worded))
        assert (np.abs(a - b).sum(axis=2) > 60).sum() > 300
        assert extent_of(worded) == extent_of(plain)
