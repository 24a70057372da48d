"""Lines that are really spoken."""

import hashlib
import sys
from pathlib import Path

import numpy as np
import pytest

from state.errors import ProviderRefused
from tests.sound_files import a_line, heard, strength_db
from tools.engines.previz.loudness import loudness_lufs
from tools.engines.previz.speech_melody import tracked
from tools.engines.previz.voice import render_voice
from tools.engines.previz.voice_model import MODEL_NAME, MODEL_SHA256, file_sha256, voice_model

LINES = [
    ("en", "en-arthur", "Doctor, you said 45 minutes — no!"),
    ("es", "es-ramiro", "¿Por qué, Elena? El Dr. Ruiz pagó $ 20…"),
    ("pt-BR", "pt-camila", "Não me deixe; são 10:30."),
]


async def plainly_said(folder: Path) -> tuple[np.ndarray, int]:
    """The line as it comes, for comparison: said once for all tests that only compare with it."""
    kept = folder / "plainly"
    kept.mkdir(exist_ok=True)
    if not any(kept.iterdir()):
        await render_voice(a_line(), kept)
    [said] = kept.iterdir()
    return heard(said)


@pytest.mark.parametrize(("language", "voice_id", "text"), LINES)
async def test_every_word_has_a_time_in_order_inside_the_file(language, voice_id, text, tmp_path):
    spoken = await render_voice(a_line(text, language=language, voice_id=voice_id), tmp_path)
    samples, rate = heard(spoken.path)
    words = spoken.extra["words"]
    shown = [token for token in text.replace("$ 20", "$_20").split() if token != "—"]
    assert [word["word"].replace(" ", "_") for word in words] == shown
    edges = [edge for word in words for edge in (word["start_s"], word["end_s"])]
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= len(samples) / rate


async def test_words_begin_and_end_where_they_are_heard(tmp_path):
    """Around every pause, to 40 ms: what the model reports by itself is up to 100 ms late."""
    spoken = await render_voice(a_line("Stop. Listen to me. Now."), tmp_path)
    samples, rate = heard(spoken.path)
    words = spoken.extra["words"]
    for before, after in ((words[0], words[1]), (words[3], words[4])):
        pause = samples[int((before["end_s"] + 0.04) * rate) : int((after["start_s"] - 0.04) * rate)]
        onset = samples[int(after["start_s"] * rate) : int((after["start_s"] + 0.1) * rate)]
        assert len(pause) > 0.15 * rate
        assert strength_db(pause) < strength_db(onset) - 15


async def test_mouth_shapes_cover_the_voice(tmp_path):
    spoken = await render_voice(a_line("My mother bought a home."), tmp_path)
    samples, rate = heard(spoken.path)
    shapes = spoken.extra["visemes"]
    moving = np.concatenate(
        [
            samples[int(one["start_s"] * rate) : int(one["end_s"] * rate)]
            for one in shapes
            if one["mouth"] != "rest"
        ]
    )
    assert np.sum(moving**2) > 0.97 * np.sum(samples**2)
    assert sum(one["mouth"] == "closed" for one in shapes) >= 4
    assert {"open", "wide", "round"} <= {one["mouth"] for one in shapes}


async def test_the_same_request_gives_the_same_bytes(tmp_path):
    first = (await render_voice(a_line(), tmp_path)).path.read_bytes()
    again = (await render_voice(a_line(), tmp_path)).path.read_bytes()
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()


async def test_two_voices_sound_different_and_are_equally_loud(tmp_path):
    high, low = [
        heard((await render_voice(a_line(voice_id=voice_id), tmp_path)).path)
        for voice_id in ("en-skye", "en-walter")
    ]
    assert pitch_hz(*high) > 1.4 * pitch_hz(*low)
    assert loudness_lufs(high[0], 24_000) == pytest.approx(-20, abs=0.6)
    assert loudness_lufs(low[0], 24_000) == pytest.approx(-20, abs=0.6)


async def test_anger_is_said_faster_and_louder_than_sadness(tmp_path):
    angry, sad = [
        heard((await render_voice(a_line(expression=one), tmp_path)).path)[0] for one in ("angry", "sad")
    ]
    assert len(angry) < 0.95 * len(sad)
    assert strength_db(angry) > strength_db(sad) + 2


async def test_a_question_ends_above_its_middle_and_a_statement_below(tmp_path):
    ends = {}
    for text in ("Is he still alive?", "He is still alive."):
        samples, rate = heard((await render_voice(a_line(text), tmp_path)).path)
        pitch = tracked(samples[:, 0].astype(np.float32), rate)
        voiced = pitch.hertz[pitch.hertz > 0]
        # The last 250 ms of tone, without the creak in which they end.
        ends[text[-1]] = float(np.percentile(voiced[-50:], 75)) / pitch.middle
    assert ends["?"] > 1.08
    assert ends["."] < 1.0


async def test_fear_is_more_breath_and_less_tone_than_calm(sound_folder, tmp_path):
    tones = {}
    afraid = heard((await render_voice(a_line(expression="afraid"), tmp_path)).path)
    for expression, (samples, rate) in {
        "neutral": await plainly_said(sound_folder),
        "afraid": afraid,
    }.items():
        power = np.abs(np.fft.rfft(samples[:, 0])) ** 2
        hertz = np.fft.rfftfreq(len(samples), 1 / rate)
        tones[expression] = power[hertz < 1000].sum() / power.sum()
    assert tones["afraid"] < tones["neutral"]


async def test_silence_around_a_line_is_short_and_it_never_clips(tmp_path):
    samples, rate = heard((await render_voice(a_line("Yes!"), tmp_path)).path)
    loud = np.flatnonzero(np.abs(samples[:, 0]) > 0.02)
    assert 0.03 < loud[0] / rate < 0.15
    assert 0.03 < (len(samples) - loud[-1]) / rate < 0.2
    assert np.abs(samples).max() < 0.9


async def test_speed_changes_length_and_not_pitch(sound_folder, tmp_path):
    assert a_line() == a_line(speed=1.0, expression="neutral"), "the plain line"
    plain = await plainly_said(sound_folder)
    quick = heard((await render_voice(a_line(speed=1.4), tmp_path)).path)
    assert len(quick[0]) < 0.85 * len(plain[0])
    assert pitch_hz(*quick) == pytest.approx(pitch_hz(*plain), rel=0.15)


@pytest.mark.parametrize("text", ["😭 …", "[cries]", "𒀀"])
async def test_a_line_without_sounds_is_refused(text, tmp_path):
    with pytest.raises(ProviderRefused, match="Nothing in this line") as caught:
        await render_voice(a_line(text), tmp_path)
    assert caught.value.kind == "invalid"


@pytest.mark.breadth(2)
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("李明", "es"),
        ("فاطمة!", "en"),
        ("Анна", "pt-BR"),
        ("김민준?", "en"),
        ("प्रिया", "es"),
        ("さくら", "en"),
    ],
)
async def test_a_name_in_another_script_is_said(text, language, tmp_path):
    voice_id = {"en": "en-hazel", "es": "es-dolores", "pt-BR": "pt-beatriz"}[language]
    said = await render_voice(a_line(text, language=language, voice_id=voice_id), tmp_path)
    samples, rate = heard(said.path)
    assert [word["word"] for word in said.extra["words"]] == [text]
    assert len(samples) / rate > 0.35
    assert strength_db(samples) > -32


async def test_a_foreign_name_inside_a_line_keeps_every_word_in_time(tmp_path):
    said = await render_voice(a_line("I saw 李明 with Анна in the garden."), tmp_path)
    words = said.extra["words"]
    assert [word["word"] for word in words] == ["I", "saw", "李明", "with", "Анна", "in", "the", "garden."]
    assert all(word["end_s"] - word["start_s"] > 0.03 for word in words)


async def test_an_unknown_voice_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(ProviderRefused, match="en-hazel"):
        await render_voice(a_line(voice_id="en-nobody"), tmp_path)


async def test_gpl_parts_stay_out_of_this_process(tmp_path):
    await render_voice(a_line("Go."), tmp_path)
    assert not {"phonemizer", "espeakng_loader", "kokoro_onnx"} & set(sys.modules)


async def test_a_damaged_model_is_built_again(tmp_path):
    damaged = tmp_path / MODEL_NAME
    damaged.write_bytes(b"half a model")
    assert file_sha256([voice_model(tmp_path)]) == MODEL_SHA256
    assert [one.name for one in tmp_path.iterdir()] == [MODEL_NAME]


def pitch_hz(samples, rate):
    """The median pitch of the voiced parts, by autocorrelation."""
    mono = samples[:, 0]
    frames = [mono[at : at + 1200] for at in range(0, len(mono) - 1200, 600)]
    loudest = sorted(frames, key=lambda frame: -np.sum(frame**2))[: len(frames) // 3]
    return float(np.median([rate / _period(frame - frame.mean()) for frame in loudest]))


def _period(frame, shortest=60, longest=400):
    likeness = np.correlate(frame, frame, "full")[len(frame) - 1 :]
    return shortest + int(np.argmax(likeness[shortest:longest]))
