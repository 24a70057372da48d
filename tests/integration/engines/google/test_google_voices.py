"""A line of Gemini's speech: the voice, the language, the manner; and a WAV of what came back."""

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from state.errors import ProviderMisconfigured
from tests.integration.engines.google.ordering import Shop, asked
from tests.standins.media_vendors.google_making import VOICES
from tests.standins.media_vendors.looks import who_sounds
from tests.standins.media_vendors.sounds import tone_hz
from tools.engines.google.answers import as_wav
from tools.engines.google.voices import spoken
from tools.ffmpeg.probe import probe

TONES = {name: tone_hz(name, VOICES) for name in VOICES}


async def test_a_line_becomes_a_wav_in_the_voice_that_was_cast(shop: Shop, tmp_path: Path) -> None:
    """Five words at 0.4 s each, in Puck's tone."""
    order = asked("voice", text="One two three four five.", voice_id="puck")
    fetched = await shop.gets(order, tmp_path / "into")
    with wave.open(str(fetched.path)) as file:
        shape = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        heard = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2") / 32768
    assert (fetched.path.suffix, shape, len(heard)) == (".wav", (1, 2, 24000), 48000)
    assert who_sounds(heard, 24000, TONES) == "Puck"
    facts = await probe(fetched.path)
    assert facts.duration_s == pytest.approx(2.0, abs=0.01)
    assert fetched.extra == {"voice": "Puck", "usage": {"prompt_tokens": 6, "written_tokens": 50}}


async def test_voice_and_language_are_sent(shop: Shop) -> None:
    await shop.ends(asked("voice", text="Bom dia.", language="pt-BR", voice_id="Leda"))
    assert shop.sent["generationConfig"] == {
        "responseModalities": ["AUDIO"],
        "speechConfig": {
            "voiceConfig": {"prebuiltVoiceConfig": {"voiceName": "Leda"}}, "languageCode": "pt-BR",
        },
    }  # fmt: skip
    assert shop.sent["contents"] == [{"role": "user", "parts": [{"text": "Bom dia."}]}]
    assert shop.vendors.books.posts()[-1].path.endswith("gemini-2.5-flash-preview-tts:generateContent")


@pytest.mark.parametrize("name", ["Kore", "Sage", "Mica", "Lyra"])
async def test_the_voices_of_the_mission_are_there(shop: Shop, name: str) -> None:
    """S5-058; Gemini has the first of them, and each of the others has one of its own."""
    assert (await shop.ends(asked("voice", voice_id=name))).state == "succeeded"


async def test_the_voices_of_the_mission_are_four(shop: Shop) -> None:
    for name in ("Kore", "Sage", "Mica", "Lyra"):
        await shop.ends(asked("voice", voice_id=name))
    sent = [one.body["generationConfig"]["speechConfig"]["voiceConfig"] for one in shop.vendors.books.posts()]
    assert len({one["prebuiltVoiceConfig"]["voiceName"] for one in sent}) == 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Go."),
        ({"expression": "sad"}, "Say in a sad voice: Go."),
        ({"expression": "sad", "parameters": {"style": "like a newsreader"}}, "Say like a newsreader: Go."),
        ({"speed": 1.3}, "Say faster than usual: Go."),
        ({"speed": 0.8}, "Say slower than usual: Go."),
        ({"speed": 1.02}, "Go."),
        ({"parameters": {"rate": 0.5, "pitch": 2}}, "Say slower than usual, in a higher pitch: Go."),
        ({"parameters": {"rate": "calm", "pitch": "deep"}}, "Say at a calm pace, in a deep pitch: Go."),
        ({"parameters": {"pitch": -1.5}}, "Say in a lower pitch: Go."),
    ],
)
async def test_the_manner_stands_before_the_line(changes: dict[str, Any], words: str) -> None:
    """S5-058, custom voices: pitch, rate and a style in words."""
    order = asked("voice", text="Go.", **changes)
    assert order.medium == "voice"
    assert spoken(order) == words


async def test_a_voice_that_gemini_has_not_is_named_and_never_sent(shop: Shop) -> None:
    with pytest.raises(ProviderMisconfigured, match=r"voiceName: 'ana' is not offered; allowed are Achernar"):
        await shop.ends(asked("voice", voice_id="ana"))
    assert shop.posted == 0


@pytest.mark.parametrize(
    ("mime", "shape"),
    [
        ("audio/L16;codec=pcm;rate=24000", (24000, 1)),
        ("audio/l16; rate=16000; channels=2", (16000, 2)),
        ("audio/L16", (24000, 1)),
    ],
)
def test_the_rate_is_the_type_s(tmp_path: Path, mime: str, shape: tuple[int, int]) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(as_wav(bytes(range(240)), mime.lower()))
    with wave.open(str(path)) as file:
        assert ((file.getframerate(), file.getnchannels()), file.readframes(999)) == (
            shape,
            bytes(range(240)),
        )


@pytest.mark.parametrize("samples", [b"", b"\x01", b"\x01\x02\x03"])
def test_half_a_sample_is_no_sound(samples: bytes) -> None:
    assert as_wav(samples, "audio/l16;rate=24000") == b""
