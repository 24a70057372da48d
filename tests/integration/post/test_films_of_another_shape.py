"""A whole cut in another size: who is in it is seen, words are read, and nothing is looked at twice."""

from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from state.errors import MediaMissing
from state.media import MediaRef
from state.timeline import Clip, Focus, Timeline, TimeRange
from tests import moving_subjects as subjects
from tests.cut_media import a_timeline
from tests.moving_subjects import FPS, Picture, write
from tools.post import reframe
from tools.post.master import render_master
from tools.post.reframe import Framing, Look, focus_film

TALL, WIDE = (90, 160), (256, 144)
SEED = 800


def clip(name: str, length: int = 36, *, start: int = 0, **more: object) -> Clip:
    mime = {"mp4": "video/mp4", "png": "image/png"}[name.rpartition(".")[2]]
    media = MediaRef(key=name, mime=mime, sha256=name.ljust(64, "0"), size_bytes=1)
    shown = Clip(name=name, media=media, source=TimeRange(start=start, length=length))
    return shown.model_copy(update=more)


class Folder:
    """Files by their keys, and which were asked for."""

    def __init__(self, path: Path) -> None:
        self.path, self.asked = path, list[str]()

    def __call__(self, key: str) -> Path:
        self.asked.append(key)
        return self.path / key

    def still(self, name: str, picture: Picture) -> Clip:
        Image.fromarray(picture).save(self.path / name)
        return clip(name)


@pytest.fixture
def folder(tmp_path) -> Folder:
    return Folder(tmp_path)


async def framed(folder: Folder, *clips: Clip, size: tuple[int, int] = TALL, **more: object) -> list[Clip]:
    film = await focus_film(a_timeline(clips, size=WIDE), folder, size, **more)  # type: ignore[arg-type]
    assert (film.width, film.height) == size
    return [item for item in film.tracks[0].items if isinstance(item, Clip)]


@pytest.fixture(scope="module")
def walk(tmp_path_factory) -> tuple[Path, subjects.Take]:
    """Somebody goes from one side to the other; all of them is pure green, as nothing else is."""
    scene = subjects.Scene(SEED, subjects.SIZE, subjects.LENGTH)
    scene.canvas[..., 1] = np.minimum(scene.canvas[..., 1], scene.canvas[..., ::2].min(axis=2))
    scene.enters(subjects.eased([(0.2, 0.15), (0.75, 0.85)], subjects.LENGTH), share=0.35)
    scene.people[0][0].pixels[:] = (30, 230, 30)
    take = scene.take()
    return write(take, tmp_path_factory.mktemp("walk") / "walk.mp4"), take


async def greens(film: Timeline, folder: Path, key: Path) -> NDArray[np.float64]:
    """How much of each rendered frame is green."""
    into = folder / "out" / "master.mp4"
    await render_master(film, resolve=lambda _: key, into=into, work=folder / "work")
    with av.open(str(into)) as container:
        frames = [frame.to_ndarray(format="rgb24").astype(int) for frame in container.decode(video=0)]
    return np.array([float((f[..., 1] - f[..., ::2].max(axis=2) > 60).mean()) for f in frames])


async def test_in_the_rendered_film_whoever_walks_through_the_picture_is_seen_all_the_time(walk, tmp_path):
    path, take = walk
    film = a_timeline([clip("walk.mp4", subjects.LENGTH)], size=WIDE)
    narrow = await focus_film(film, lambda _: path, TALL)
    there = np.array([
        float((f[..., 1].astype(int) - f[..., ::2].max(axis=2) > 60).mean()) for f in take.frames
    ]) * (256 / 81)  # fmt: skip
    seen = await greens(narrow, tmp_path, path)
    assert (seen > 0.9 * there).mean() >= 0.95
    unfollowed = film.model_copy(update={"width": TALL[0], "height": TALL[1]})
    assert (await greens(unfollowed, tmp_path, path) > 0.9 * there).mean() < 0.5, (
        "the middle has it for a while"
    )


async def test_what_has_the_shape_of_the_film_stays_as_it_is(folder, walk):
    folder.path = walk[0].parent
    assert await framed(folder, clip("walk.mp4"), size=(320, 180)) == [clip("walk.mp4")]


async def test_what_a_person_said_of_a_clip_stays_and_its_file_is_not_even_opened(folder):
    told = [clip("gone.mp4", focus=[Focus(at=3, x=0.1)]), clip("gone.mp4", fit="fit")]
    assert await framed(folder, *told) == told
    assert folder.asked == []


async def test_a_card_is_shown_whole_where_its_words_would_be_cut_off(folder):
    card, _ = subjects.a_card(SEED)
    (shown,) = await framed(folder, folder.still("card.png", card))
    assert (shown.fit, shown.focus) == ("blur", [])


async def test_a_card_whose_words_fit_is_cut_out_round_them(folder):
    card, (left, right) = subjects.a_card(SEED, wide=(0.2, 0.27))
    moved = np.roll(card, 640 // 4, axis=1)
    (shown,) = await framed(folder, folder.still("card.png", moved))
    assert shown.fit == "fill"
    assert [key.x for key in shown.focus] == pytest.approx([(left + right) / 2 + 0.25], abs=0.03)


async def test_words_in_a_take_that_stands_still_are_read_too(folder):
    card, _ = subjects.a_card(SEED + 1)
    write(subjects.Take([card] * 24, np.full((24, 2), np.nan)), folder.path / "card.mp4")
    (shown,) = await framed(folder, clip("card.mp4", 20))
    assert shown.fit == "blur"


async def test_who_stands_still_in_focus_is_shown_before_a_bright_lamp_behind(folder, monkeypatch):
    """Without a look at what is sharp the lamp in the middle is followed."""
    room = np.full((360, 640, 3), 90, np.uint8)
    room[60:160, 270:350] = (250, 240, 150)
    room = np.asarray(cv2.GaussianBlur(room, (0, 0), 8))
    dice = np.random.default_rng(SEED)
    room[80:, 420:520] = np.kron(dice.integers(70, 120, (28, 10, 1)), np.ones((10, 10, 3), np.uint8))
    write(subjects.Take([room] * 24, np.full((24, 2), np.nan)), folder.path / "room.mp4")
    (shown,) = await framed(folder, clip("room.mp4", 20))
    assert [key.x for key in shown.focus] == pytest.approx([470 / 640], abs=0.08)
    monkeypatch.setattr(reframe, "in_focus", lambda luma, shape: np.zeros(shape, np.float32))
    (shown,) = await framed(folder, clip("room.mp4", 20))
    assert shown.focus[0].x < 0.6


@pytest.mark.breadth(3)
@pytest.mark.parametrize("seed", range(SEED, SEED + 3))
async def test_a_still_is_cut_out_round_its_figure_and_a_row_of_things_is_shown_whole(folder, seed):
    row = folder.still("row.png", subjects.a_row_of_things(seed))
    one = folder.still("one.png", subjects.one_figure(seed))
    shown = await framed(folder, row, one)
    assert [each.fit for each in shown] == ["blur", "fill"]
    where = subjects.stands_still(seed, length=1).where[0, 0]
    assert np.clip(shown[1].focus[0].x, 0.16, 0.84) == pytest.approx(np.clip(where, 0.16, 0.84), abs=0.1)


async def test_each_part_of_a_file_is_looked_at_once_and_what_is_known_never(folder, walk):
    folder.path = walk[0].parent
    clips = [clip("walk.mp4", 24), clip("walk.mp4", 24, start=40), clip("walk.mp4", 24)]
    known: dict[Look, Framing] = {}
    first = await framed(folder, *clips, known=known)
    assert folder.asked == ["walk.mp4"] * 2
    assert first[0].focus == first[2].focus != first[1].focus
    assert await framed(folder, *clips, known=known) == first
    assert len(folder.asked) == 2
    await framed(folder, *clips[:1], known=known, size=(144, 144))
    assert len(folder.asked) == 3, "another shape is another question"


async def test_a_file_that_is_not_there_is_named_and_nothing_goes_on_behind_it(folder, walk):
    folder.path = walk[0].parent
    with pytest.raises(MediaMissing, match=r"gone\.mp4"):
        await framed(folder, clip("gone.mp4"), *(clip("walk.mp4", 12, start=n) for n in range(4)), at_once=1)
    assert folder.asked[0] == "gone.mp4"
    assert len(folder.asked) <= 2


async def test_a_still_has_its_key_where_its_clip_begins(folder):
    still = folder.still("one.png", subjects.one_figure(SEED)).model_copy(
        update={"source": TimeRange(start=FPS, length=10)}
    )
    (shown,) = await framed(folder, still)
    assert [key.at for key in shown.focus] == [FPS]
