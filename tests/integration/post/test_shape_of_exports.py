"""A cut in the shape of its export: however its pictures are framed, words know where they will be shown."""

from typing import get_args

import pytest

from state.export import ExportPlan, Framing
from tests.cut_media import a_clip, a_timeline
from tools.post.reshape import reshaped


@pytest.mark.parametrize("framing", get_args(Framing))
async def test_every_framing_keeps_the_size_and_the_platform(media, framing):
    plan = ExportPlan(width=90, height=160, fps=24, platform="tiktok", framing=framing)
    cut = await reshaped(a_timeline([a_clip("ramp.mp4", 12)]), plan, resolve=media.__truediv__)
    assert (cut.width, cut.height, cut.platform) == (90, 160, "tiktok")
