"""Cuts that dice have edited are rendered: each is as long as its timeline says, to the frame."""

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from state import edits
from state.errors import EditRefused
from state.timeline import Effect, Timeline
from tests.cut_media import tone, write_sound, write_take
from tests.unit.tools.cuts.cutting import FPS, Editor, an_opened_cut
from tools.cuts.apply import applied
from tools.cuts.ids import highest, named
from tools.post.looks.plan import effect_kinds
from tools.post.master import render_master
from tools.post.transitions import transition_kinds

SIZE = (192, 108)
STYLES = [kind.name for kind in transition_kinds() if kind.name != "cut"]
LOOKS = [kind.name for kind in effect_kinds() if kind.name not in ("lut", "curves", "match")]
"""Those that need no table and no points."""
EDITS = 12


class Cutter(Editor):
    """Uses every transition and every look that there is."""

    def _transition(self, cut: Timeline) -> edits.Operation:
        style = self.dice.choice(STYLES)
        clip = self._clip(cut, picture=True)
        return edits.SetTransition(clip=clip, style=style, length=self.dice.randint(2, 30))

    def _effects(self, cut: Timeline) -> edits.Operation:
        look = Effect(name=self.dice.choice(LOOKS), strength=self.dice.random())
        film = self.dice.random() < 0.2
        return edits.SetEffects(clip=None if film else self._clip(cut, picture=True), effects=[look])


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files as long as the cut believes: takes of 4 s, sounds of 20 s."""
    folder = tmp_path_factory.mktemp("shelf")
    write_take(folder / "take.mp4", [40 + n for n in range(4 * FPS)], size=SIZE)
    write_sound(folder / "sound.wav", tone(440, 20.0, rate_hz=8000), rate_hz=8000)
    Image.fromarray(np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)).save(folder / "card.png")
    return folder


def cut_by_dice(seed: int) -> Timeline:
    editor, cut = Cutter(seed), an_opened_cut().model_copy(update={"width": SIZE[0], "height": SIZE[1]})
    used = highest(cut)
    for _ in range(EDITS):
        try:
            cut = applied(cut, named(cut, editor.edit(cut), after=used))
        except EditRefused:
            continue
        used = max(used, highest(cut))
    return cut


async def check_rendered(seed: int, shelf: Path, folder: Path) -> None:
    cut = cut_by_dice(seed)
    if cut.length == 0:
        return
    into = folder / f"{seed}.mp4"
    names = {"mp4": "take.mp4", "wav": "sound.wav", "png": "card.png"}
    await render_master(
        cut, resolve=lambda key: shelf / names[key.rpartition(".")[2]], into=into, work=folder / "work"
    )
    with av.open(str(into)) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        frames = sum(1 for _ in container.decode(picture))
        assert frames == cut.length, seed
        assert sound.duration is not None
        assert sound.time_base is not None
        assert float(sound.duration * sound.time_base) == pytest.approx(cut.duration_s, abs=0.03), seed
    into.unlink()


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(one, marks=pytest.mark.nightly) for one in (2, 3))])
async def test_a_cut_by_dice_is_as_long_as_its_timeline(seed: int, shelf: Path, tmp_path: Path) -> None:
    await check_rendered(seed, shelf, tmp_path)


@pytest.mark.nightly
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("block", range(40))
async def test_two_thousand_cuts_by_dice_are_as_long_as_their_timelines(
    block: int, shelf: Path, tmp_path: Path
) -> None:
    for seed in range(10_000 + block * 50, 10_000 + block * 50 + 50):
        await check_rendered(seed, shelf, tmp_path)
