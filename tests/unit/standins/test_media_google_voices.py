"""Gemini's speech: sixteen bits at 24 kHz, a voice by its name, two speakers in one answer."""

import numpy as np
import pytest
from google.genai import errors, types

from tests.standins.media_vendors.faults import refused, silent, wrong_duration
from tests.standins.media_vendors.google_making import VOICES
from tests.standins.media_vendors.looks import who_sounds
from tests.standins.media_vendors.sounds import tone_hz
from tests.unit.standins.media_asking import TTS, say, voice

TONES = {name: tone_hz(name, VOICES) for name in VOICES}
WORDS = "One two three four five."


def samples(answer) -> np.ndarray:
    blob = answer.candidates[0].content.parts[0].inline_data
    assert blob.mime_type == "audio/L16;codec=pcm;rate=24000"
    return np.frombuffer(blob.data, dtype="<i2") / 32768


def one(name: str) -> types.SpeechConfig:
    return types.SpeechConfig(voice_config=voice(name))


def two(*names: str) -> types.SpeechConfig:
    speakers = [
        types.SpeakerVoiceConfig(speaker=f"Speaker{number}", voice_config=voice(name))
        for number, name in enumerate(names)
    ]
    return types.SpeechConfig(
        multi_speaker_voice_config=types.MultiSpeakerVoiceConfig(speaker_voice_configs=speakers)
    )


@pytest.mark.parametrize("name", ["Puck", "Sulafat", "kore"])
async def test_a_voice_is_known_by_its_tone(gemini, vendors, name):
    said = await say(gemini, WORDS, one(name))
    heard = samples(said)
    assert (len(heard) / 24000, who_sounds(heard, 24000, TONES)) == (2.0, name.capitalize())
    assert said.usage_metadata.candidates_tokens_details[0].modality == "AUDIO"
    tokens = said.usage_metadata
    assert (tokens.prompt_token_count, tokens.candidates_token_count) == (6, 50)
    assert vendors.books.micro_usd() == 503, "6 * .50 + 50 * 10"


async def test_two_speakers_take_turns(gemini):
    heard = samples(await say(gemini, "Speaker0: One two three.\nSpeaker1: Four five.", two("Puck", "Kore")))
    assert len(heard) / 24000 == pytest.approx(2.0)
    assert who_sounds(heard[: 24000 * 6 // 5], 24000, TONES) == "Puck"
    assert who_sounds(heard[24000 * 6 // 5 :], 24000, TONES) == "Kore"


@pytest.mark.parametrize(
    ("config", "words"),
    [
        (one("Nobody"), "Voice name Nobody is not supported"),
        (two("Puck"), "exactly 2 speakers, got 1"),
        (two("Puck", "Kore", "Leda"), "exactly 2 speakers, got 3"),
    ],
)
async def test_what_it_does_not_take_is_rejected_unpaid(gemini, vendors, config, words):
    with pytest.raises(errors.ClientError, match=words):
        await say(gemini, WORDS, config)
    assert (vendors.books.jobs, vendors.books.invoices) == ({}, [])


async def test_sound_must_be_asked_for_and_words_have_an_end(gemini):
    with pytest.raises(errors.ClientError, match=r"combination of response modalities \(TEXT\)"):
        await gemini.aio.models.generate_content(model=TTS, contents=WORDS)
    with pytest.raises(errors.ClientError, match="exceeds the maximum number of tokens"):
        await say(gemini, "word " * 8000)


async def test_faults(gemini, vendors):
    vendors.google.faults += [silent(), wrong_duration(), refused()]
    assert not samples(await say(gemini, WORDS)).any()
    assert len(samples(await say(gemini, WORDS))) == 24000
    answer = await say(gemini, WORDS)
    assert (answer.candidates[0].finish_reason, answer.candidates[0].content.parts) == ("OTHER", None)
    assert len(vendors.books.invoices) == 2
