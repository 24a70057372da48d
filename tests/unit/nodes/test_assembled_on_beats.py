"""The node that lays the cut: it listens to the music where a run asks for cuts on beats, and only there."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from nodes.post import assemble_cut as module
from nodes.post.assemble_cut import assemble_cut
from state.context import RunContext
from state.film import FinishingState
from state.media import MediaRef
from state.timeline import Timeline
from tests.cut_media import write_sound
from tests.songs import RATE_HZ, clicks
from tests.unit.nodes.test_cuts_of_a_film_on_beats import cuts, off_beat
from tests.unit.nodes.test_sounds_of_the_cut import a_file, a_film

LENGTH_S = 22.0
MUSIC = clicks(60 / 0.7, LENGTH_S, start_s=0.3)
"""At the beats that `off_beat` knows."""


class Store:
    """One sound, and what is put."""

    def __init__(self, music: Path) -> None:
        self.music = music
        self.put: Timeline | None = None
        self.asked = 0

    async def get(self, key: str) -> Path:
        self.asked += 1
        return self.music

    async def put_bytes(self, content: bytes, *, user_id: str) -> MediaRef:
        self.put = Timeline.model_validate_json(content)
        return a_file("cut", 1.0)


async def assembled(film: FinishingState, store: Store, *, on_beat: bool) -> Timeline:
    context = RunContext(cut_on_beat=on_beat)
    runtime: Any = SimpleNamespace(context=context, stream_writer=lambda event: None, execution_info=None)
    await assemble_cut(film, runtime)
    assert store.put is not None
    return store.put


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Store:
    kept = Store(write_sound(tmp_path / "music.wav", MUSIC.samples.astype(float), rate_hz=RATE_HZ))

    async def tools() -> SimpleNamespace:
        return SimpleNamespace(media=kept)

    monkeypatch.setattr(module, "toolbox", tools)
    return kept


async def test_cuts_go_to_the_beats_that_are_heard_where_that_is_asked(store: Store) -> None:
    film = a_film(music=a_file("music.wav", LENGTH_S))
    plain = await assembled(film, store, on_beat=False)
    assert store.asked == 0
    moved = await assembled(film, store, on_beat=True)
    inside = ["1B-1", "2B-1", "3B-1"]
    assert max(off_beat(cuts(plain)[name]) for name in inside) > 0.1
    assert max(off_beat(cuts(moved)[name]) for name in inside) <= 0.04
    assert moved.length == plain.length


async def test_without_music_nothing_moves(store: Store) -> None:
    assert await assembled(a_film(), store, on_beat=True) == await assembled(a_film(), store, on_beat=False)
