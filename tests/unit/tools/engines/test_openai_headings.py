"""WAV headings that were written before the length was known."""

import struct
import wave
from pathlib import Path

import pytest

from tools.engines.openai.headings import write_true_length

ENDLESS = 0xFFFFFFFF
FORMAT = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 24_000, 48_000, 2, 16)
LIST = b"LIST" + struct.pack("<I", 5) + b"INFOx\0"


def a_wav(path: Path, *, said: int, riff: int, samples: bytes = bytes(4800), before: bytes = FORMAT) -> Path:
    body = b"WAVE" + before + struct.pack("<4sI", b"data", said) + samples
    path.write_bytes(b"RIFF" + struct.pack("<I", riff) + body)
    return path


def lengths(path: Path) -> tuple[int, int, int]:
    """What the two headings say, and what there is behind the second."""
    content = path.read_bytes()
    start = content.index(b"data") + 8
    said = int.from_bytes(content[start - 4 : start], "little")
    return int.from_bytes(content[4:8], "little") + 8 - len(content), said, len(content) - start


@pytest.mark.parametrize("said", [0, ENDLESS, 0x7FFFFFFF, 0x7FFFFFDB])
@pytest.mark.parametrize("before", [FORMAT, FORMAT + LIST, LIST + FORMAT])
def test_an_unknown_length_becomes_the_true_one(said: int, before: bytes, tmp_path: Path) -> None:
    path = a_wav(tmp_path / "a.wav", said=said, riff=ENDLESS, before=before)
    write_true_length(path)
    assert lengths(path) == (0, 4800, 4800)
    with wave.open(str(path)) as sound:
        assert sound.getnframes() == 2400


def test_half_a_frame_at_the_end_is_left_out(tmp_path: Path) -> None:
    path = a_wav(tmp_path / "a.wav", said=ENDLESS, riff=ENDLESS, samples=bytes(4801))
    write_true_length(path)
    assert lengths(path) == (0, 4800, 4800)


def test_a_length_that_is_known_stays_although_the_sound_is_cut(tmp_path: Path) -> None:
    path = a_wav(tmp_path / "a.wav", said=9600, riff=9636)
    before = path.read_bytes()
    write_true_length(path)
    assert path.read_bytes() == before


def test_a_known_length_under_an_endless_heading_stays(tmp_path: Path) -> None:
    path = a_wav(tmp_path / "a.wav", said=9600, riff=ENDLESS)
    write_true_length(path)
    assert lengths(path) == (0, 9600, 4800)


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"ID3 is something else", b"RIFF\0\0\0\0WAVEdata", b"RIFF....WAVEfmt "]
)
def test_what_is_no_wav_stays_as_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    write_true_length(path)
    assert path.stat().st_size == len(content)
