"""Voices and music as providers send them: of any level, rate, width and container, in one master."""

import io
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from state.timeline import Timeline, Track
from tests.cut_media import Rendered, a_clip, a_timeline, gap, read_back, tone
from tests.standins.job_vendors.sounds import NOTES_HZ, tune
from tests.standins.media_vendors.google_making import VOICES
from tests.standins.media_vendors.sounds import RATE, as_wav, encoded, spoken, tone_hz
from tools.post.mix import UNDER_VOICE_LU

LINE = "Who wrote this letter to you"
LINE_S = 2.4
ANA, BRUNO = "Kore", "Charon"
LOUDEST, QUIETEST = 0.95, 0.004


def said(voice: str, loud: float) -> bytes:
    return spoken([(voice, LINE)], VOICES, loud=loud)


def gemini(voice: str, loud: float) -> bytes:
    """Mono, 24 kHz, 16 bit."""
    return as_wav(said(voice, loud))


def clipped(voice: str, loud: float) -> bytes:
    samples = np.frombuffer(said(voice, LOUDEST), "<i2").astype(np.int64) * 6
    return as_wav(np.clip(samples, -32768, 32767).astype("<i2").tobytes())


def one_sided(voice: str, loud: float) -> bytes:
    """Stereo; nothing on the right."""
    left = np.frombuffer(said(voice, loud), "<i2")
    return in_stereo(np.column_stack([left, np.zeros_like(left)]), RATE)


def against(voice: str, loud: float) -> bytes:
    """Stereo whose sides swing against each other."""
    left = np.frombuffer(said(voice, loud), "<i2")
    return in_stereo(np.column_stack([left, -left]), RATE)


def in_stereo(samples: NDArray[np.int16], rate_hz: int) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.astype("<i2").tobytes())
    return out.getvalue()


def as_mp3(voice: str, loud: float) -> bytes:
    return encoded(said(voice, loud), "mp3")


def in_flac(voice: str, loud: float) -> bytes:
    return encoded(said(voice, loud), "flac")


Speaker = Callable[[str, float], bytes]
VOICED: dict[str, tuple[Speaker, float]] = {
    "a loud wav of 24 kHz": (gemini, LOUDEST),
    "a whispered wav of 24 kHz": (gemini, QUIETEST),
    "a clipped wav": (clipped, 1.0),
    "a quiet mp3": (as_mp3, 0.02),
    "a flac": (in_flac, 0.5),
    "stereo with an empty side": (one_sided, 0.1),
    "stereo against itself": (against, 0.3),
}


def cut() -> Timeline:
    """Music alone, Ana, music alone, Bruno: each a speaker of their own."""
    lines = round(LINE_S * 24)
    timeline = a_timeline(
        [a_clip("long.mp4", 144), a_clip("dark.mp4", 48)],
        voice=[gap(36), a_clip("ana.wav", lines)], music=[a_clip("song.wav", 192)],
    )  # fmt: skip
    bruno = Track(name="Bruno", role="voice", items=[gap(120), a_clip("bruno.wav", lines)])
    return timeline.model_copy(update={"tracks": [*timeline.tracks, bruno]})


def levels(master: Rendered) -> list[float]:
    """How strong Ana's and Bruno's own tones are while they speak, in dB."""
    spans = ((ANA, 1.5), (BRUNO, 5.0))
    return [master.level(tone_hz(voice, VOICES), start, start + LINE_S) for voice, start in spans]


def put(media: Path, **sounds: bytes) -> None:
    """Under names that no other test reads: the folder is everybody's."""
    for name, content in sounds.items():
        (media / f"{name}.wav").write_bytes(content)


@pytest.mark.parametrize("form", VOICED)
async def test_a_voice_of_any_level_and_form_stands_where_the_other_stands(render, media, form):
    """Ana as it comes, Bruno as usual: their tones are as strong, and the master is as loud as promised."""
    speaker, loud = VOICED[form]
    put(media, ana=speaker(ANA, loud), bruno=gemini(BRUNO, 0.3), song=tune("mp3", 8.0, 44_100, 128_000))
    facts, path = await render(cut())
    assert facts.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert facts.true_peak_dbtp <= -1.0
    assert (facts.audio_codec, facts.audio_rate_hz) == ("aac", 48_000)
    ana, bruno = levels(read_back(path))
    assert ana == pytest.approx(bruno, abs=2.0)
    nobody = tone_hz("Zephyr", VOICES) - 40
    assert read_back(path).level(nobody, 1.5, 1.5 + LINE_S) < ana - 20, "a tone that nobody has"


def played(form: str) -> bytes:
    """The stand-in's tune as music models send it, or as they might."""
    if form == "mp3 of 44.1 kHz":
        return tune("mp3", 8.0, 44_100, 128_000)
    if form == "wav of 32 kHz":
        return tune("wav", 8.0, 32_000, 0)
    factor = {"hardly heard": 0.01, "too loud": 8.0}[form]
    with wave.open(io.BytesIO(tune("wav", 8.0, 44_100, 0))) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2)
    return in_stereo(np.clip(samples * factor, -32768, 32767).astype(np.int16), 44_100)


@pytest.mark.parametrize("form", ["mp3 of 44.1 kHz", "wav of 32 kHz", "hardly heard", "too loud"])
async def test_music_of_any_level_is_heard_alone_and_stays_under_the_lines(render, media, form):
    put(media, ana=gemini(ANA, 0.3), bruno=gemini(BRUNO, 0.3), song=played(form))
    facts, path = await render(cut())
    assert facts.integrated_lufs == pytest.approx(-14, abs=0.5)
    master = read_back(path)
    line = levels(master)[0]
    alone = max(master.level(note, 0.2, 1.0) for note in NOTES_HZ)
    under = max(master.level(note, 2.0, 3.6) for note in NOTES_HZ)
    assert -24 < alone - line < 0, "heard, and no shock"
    assert line - under > UNDER_VOICE_LU - 3, "measured by single tones: each note plays half of the time"


async def test_without_the_levels_a_whisper_would_be_lost(render, media, monkeypatch):
    """The control: as the files came."""
    monkeypatch.setattr("tools.post.mix._gain", lambda sound, own, average: sound.gain_db)
    put(media, ana=gemini(ANA, QUIETEST), bruno=gemini(BRUNO, 0.3), song=played("too loud"))
    _, path = await render(cut())
    ana, bruno = levels(read_back(path))
    assert bruno - ana > 20


async def test_music_that_is_shorter_than_the_cut_ends_and_nothing_else_does(render, media):
    """As where a model plays three minutes at most."""
    short = in_stereo((np.column_stack([tone(2000, 3.0)] * 2) * 32767).astype(np.int16), 48_000)
    put(media, ana=gemini(ANA, 0.3), bruno=gemini(BRUNO, 0.3), song=short)
    facts, path = await render(cut())
    master = read_back(path)
    assert facts.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert master.level(2000, 0.2, 1.2) > -40 > master.level(2000, 4.0, 4.9)
    assert levels(master)[1] > -40
