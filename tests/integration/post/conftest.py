"""Takes and sounds with known content, made once."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from state.timeline import DeliveryFacts, Timeline
from tests.cut_media import syllables, tone, write_sound, write_take
from tools.post.master import render_master


@pytest.fixture(scope="session")
def media(tmp_path_factory) -> Path:
    """`ramp` counts its frames in luma, 4 a frame; `dark`, `light` and `pal` are flat."""
    folder = tmp_path_factory.mktemp("media")
    write_take(folder / "ramp.mp4", [20 + 4 * n for n in range(48)])
    write_take(folder / "dark.mp4", [60] * 48)
    write_take(folder / "light.mp4", [180] * 48)
    write_take(folder / "green.mp4", [120] * 12, chroma=70)
    write_take(folder / "pal.mp4", [120] * 25, fps=25, size=(400, 180))
    write_take(folder / "long.mp4", [20 + n // 24 * 20 for n in range(24 * 6)])
    Image.fromarray(np.full((90, 160, 3), 128, np.uint8)).save(folder / "card.png")
    Image.fromarray(np.full((90, 160, 3), 200, np.uint8)).save(folder / "bright.png")
    write_sound(folder / "voice.wav", syllables(1.0))
    write_sound(folder / "music.wav", tone(2000, 4.0) + tone(441, 4.0))
    write_sound(folder / "click.wav", np.concatenate([np.zeros(24_000), tone(1000, 0.5), np.zeros(24_000)]))
    write_sound(folder / "silence.wav", np.zeros(96_000))
    return folder


@pytest.fixture
def render(media, tmp_path):
    """Render a timeline to `master.mp4` of this test."""

    async def _render(timeline: Timeline, **more: object) -> tuple[DeliveryFacts, Path]:
        into = tmp_path / "out" / "master.mp4"
        facts = await render_master(
            timeline, resolve=lambda key: media / key, into=into, work=tmp_path / "work", **more
        )
        return facts, into

    return _render
