"""Caption files are opened by readers that did not write them: pysubs2, and ffmpeg's own demuxers."""

import subprocess
from pathlib import Path

import pysubs2
import pytest

from state.timeline import Cue
from tools.ffmpeg.command import ffmpeg_exe
from tools.post.captions import write_srt, write_vtt

CUES = [
    Cue(start_s=0.0, end_s=1.25, text="We never met."),
    Cue(start_s=1.5, end_s=3.001, text="¿Cómo que no?\nMíralo: 3 < 4 & 5 > 4."),
    Cue(start_s=59.9996, end_s=61.5, text="Я видел тебя."),
    Cue(start_s=3599.5, end_s=3602.75, text="夜が明けるまで"),
]
WANTED_MS = [(0, 1250), (1500, 3001), (60_000, 61_500), (3_599_500, 3_602_750)]
WRITERS = {"srt": write_srt, "vtt": write_vtt}


def by_pysubs2(path: Path) -> list[tuple[int, int, str]]:
    return [(one.start, one.end, one.plaintext) for one in pysubs2.load(str(path))]


def by_ffmpeg(path: Path) -> list[tuple[int, int, str]]:
    """Through its demuxer and decoder to ASS, which pysubs2 reads."""
    command = [ffmpeg_exe(), "-v", "error", "-i", str(path), "-f", "ass", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    read = pysubs2.SSAFile.from_string(told)
    return [(one.start, one.end, one.plaintext) for one in read]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("reader", [by_pysubs2, by_ffmpeg])
def test_another_reader_finds_every_cue_at_its_time(tmp_path: Path, kind: str, reader) -> None:
    path = tmp_path / f"captions.{kind}"
    WRITERS[kind](CUES, path)
    read = reader(path)
    near_ms = 10 if reader is by_ffmpeg else 1  # ASS counts hundredths
    assert [one[:2] for one in read] == [pytest.approx(span, abs=near_ms) for span in WANTED_MS]
    texts = [one[2].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for one in read]
    assert texts == [cue.text for cue in CUES]
