"""`Made with AI` is seen where it belongs, and nowhere else."""

import numpy as np

from tests.cut_media import a_clip, a_timeline, read_back
from tools.post.titles import Label


async def test_the_label_is_in_its_corner_for_the_whole_film_and_without_it_nothing_is(render):
    timeline = a_timeline([a_clip("dark.mp4", 24)])
    bare = read_back((await render(timeline))[1]).lumas.astype(int)
    seen = read_back((await render(timeline, label=Label("Made with AI", whole=True)))[1]).lumas.astype(int)
    for frame in (0, 12, 23):
        rows, columns = np.nonzero(np.abs(seen[frame] - bare[frame]) > 30)
        assert rows.size > 100
        assert rows.min() >= 0.05 * 180
        assert rows.max() < 0.2 * 180
        assert columns.min() > 0.6 * 320
        assert columns.max() <= 0.95 * 320
