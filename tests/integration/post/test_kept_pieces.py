"""A film that was rendered before: only what changed is encoded, and the file is the same byte for byte."""

from pathlib import Path

import pytest

from state.timeline import Cue, Effect, Timeline
from tests.cut_media import a_clip, a_timeline, dissolve, write_take
from tools.post.master import render_master
from tools.post.piece_cache import PieceCache
from tools.post.pieces import Pieces

CLIPS = [a_clip("ramp.mp4", 30), a_clip("dark.mp4", 40), dissolve(8), a_clip("light.mp4", 30),
         a_clip("pal.mp4", 24)]  # fmt: skip
SPOKEN = [Cue(start_s=0.2, end_s=1.0, text="Good morning"), Cue(start_s=4.0, end_s=4.5, text="Good night")]
VOICES = [a_clip("voice.wav", 24), a_clip("click.wav", 24)]
CUT = a_timeline(CLIPS, captions=SPOKEN, voice=VOICES)
"""Three pieces: a clip, two that dissolve into each other, a clip."""


class Studio:
    """Renders cuts with what it has kept."""

    def __init__(self, media: Path, folder: Path) -> None:
        self.media, self.folder, self.kept = media, folder, folder / "kept"

    async def render(self, cut: Timeline, *, cache: bool = True, again: int = 0) -> tuple[Pieces, bytes]:
        heard: list[Pieces] = []
        into = self.folder / "master.mp4"
        before = self.pieces()
        await render_master(
            cut, resolve=lambda key: self.media / key, into=into, work=self.folder / "work",
            cache=PieceCache(self.kept) if cache else None, tell=heard.append,
        )  # fmt: skip
        made = {path for path in self.pieces() - before if b"avc1" in path.read_bytes()}
        assert len(made) + again == (heard[0].encoded if cache else 0)
        return heard[0], into.read_bytes()

    def pieces(self) -> set[Path]:
        return set(self.kept.glob("*"))


@pytest.fixture
def studio(media, tmp_path):
    return Studio(media, tmp_path)


def _with(**more: object) -> Timeline:
    return CUT.model_copy(update=more)


async def test_a_film_that_did_not_change_is_not_encoded_and_is_the_same_file(studio):
    fresh = await studio.render(CUT, cache=False)
    first = await studio.render(CUT)
    again = await studio.render(CUT)
    assert (first[0], again[0]) == (Pieces(encoded=3), Pieces(encoded=0, kept=3))
    assert fresh[1] == first[1] == again[1]


async def test_one_changed_clip_is_one_piece(studio):
    await studio.render(CUT)
    changed = [a_clip("light.mp4", 30), *CLIPS[1:]]
    pieces, film = await studio.render(_with(tracks=a_timeline(changed).tracks))
    assert pieces == Pieces(encoded=1, kept=2)
    assert film == (await studio.render(_with(tracks=a_timeline(changed).tracks), cache=False))[1]


async def test_one_changed_caption_is_one_piece(studio):
    await studio.render(CUT)
    changed = [SPOKEN[0], SPOKEN[1].model_copy(update={"text": "Good bye"})]
    assert (await studio.render(_with(captions=changed)))[0] == Pieces(encoded=1, kept=2)


async def test_another_level_encodes_no_picture(studio):
    _, before = await studio.render(CUT)
    quieter = a_timeline(CLIPS, captions=SPOKEN, voice=[VOICES[0], a_clip("click.wav", 24, gain_db=-9)])
    pieces, after = await studio.render(quieter)
    assert pieces == Pieces(encoded=0, kept=3)
    assert before != after


async def test_a_look_of_the_whole_film_is_all_of_it(studio):
    await studio.render(CUT)
    assert (await studio.render(_with(effects=[Effect(name="vignette")])))[0] == Pieces(encoded=3)


async def test_clips_that_change_places_are_not_encoded(studio):
    await studio.render(CUT)
    moved = [CLIPS[4], *CLIPS[1:4], CLIPS[0]]
    silent = {"captions": [], "tracks": a_timeline(moved).tracks}
    assert (await studio.render(_with(**silent)))[0] == Pieces(encoded=2, kept=1)


async def test_another_file_under_the_same_name_is_seen(studio, tmp_path):
    studio.media = tmp_path
    write_take(tmp_path / "a.mp4", [60] * 30)
    cut = a_timeline([a_clip("a.mp4", 24)])
    await studio.render(cut)
    write_take(tmp_path / "a.mp4", [90] * 30)
    assert (await studio.render(cut))[0] == Pieces(encoded=1)


@pytest.mark.parametrize(("damage", "what"), [(-100, b"avc1"), (None, b"avc1"), (None, b"mp4a")])
async def test_a_damaged_piece_is_noticed_and_made_again(studio, damage, what):
    """Cut short, or with one other byte in the middle."""
    _, before = await studio.render(CUT)
    broken = min(path for path in studio.pieces() if what in path.read_bytes())
    content = bytearray(broken.read_bytes())
    content[len(content) // 2] ^= 255
    broken.write_bytes(content[:damage])
    pieces, after = await studio.render(CUT, again=int(what == b"avc1"))
    assert (pieces.encoded, after) == (int(what == b"avc1"), before)


async def test_nothing_is_kept_of_a_film_that_could_not_be_made(studio):
    """What was made of it before is, and is not made again."""
    with pytest.raises(Exception, match=r"gone\.mp4"):
        await studio.render(a_timeline([a_clip("dark.mp4", 24), a_clip("gone.mp4", 24)]))
    assert studio.pieces() == set()
