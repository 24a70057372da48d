"""Captions beside the master: both forms, and none where nobody speaks."""

from pathlib import Path

from nodes.delivery.write_papers import captions_of
from state.timeline import Cue, Timeline


def timeline(*cues: Cue) -> Timeline:
    """A cut of nothing but captions."""
    return Timeline.model_construct(captions=list(cues))


async def test_a_film_in_which_nobody_speaks_has_no_captions(tmp_path: Path):
    """An empty file was stored, which the media store refuses: the production failed at its last step."""
    assert await captions_of(timeline(), tmp_path) == {}


async def test_spoken_words_are_written_in_both_forms(tmp_path: Path):
    files = await captions_of(timeline(Cue(start_s=0, end_s=1, text="No.", speaker="Ana")), tmp_path)
    assert sorted(files) == ["captions.srt", "captions.vtt"]
    assert all("No." in path.read_text("utf-8") for path in files.values())
