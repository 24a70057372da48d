"""Turns words into sound with the Kokoro model.

Only the voice's own process imports this: it loads espeak-ng and phonemizer, which are
GPLv3 and hold process-wide state.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro
from numpy.typing import NDArray
from phonemizer.backend import EspeakBackend  # type: ignore[import-untyped]  # it ships no types

from tools.engines.previz.levels import (
    cut_out,
    faded,
    levelled,
    resampled,
    silences,
    voiced_bounds,
    write_wav,
)
from tools.engines.previz.speech_alignment import MODEL_LATE_S, aligned
from tools.engines.previz.speech_manner import breathed, calmed, pressed
from tools.engines.previz.speech_melody import melodic
from tools.engines.previz.speech_scripts import readings
from tools.engines.previz.speech_timing import Sound, visemes, word_times
from tools.engines.previz.voice_bank import BANK, mixed_voice
from tools.engines.previz.voice_job import VoiceJob

RATE = 24_000
SPEECH_LUFS = -20.0
PAD_S = 0.06
PAUSES_S = {"sentence_pause": 0.28, "clause_pause": 0.12}


class NothingSpeakable(Exception):
    """No word of the line has a sound in this language."""


class Speaker:
    """The loaded model. Not thread-safe: espeak is one per process."""

    def __init__(self, model: Path, *, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Threads that spin while they wait take the cores that draw and encode.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self._kokoro = Kokoro.from_session(session, str(BANK))

    def speak(self, job: VoiceJob) -> dict[str, Any]:
        """Write the line's WAV file and return its `Delivery.extra`.

        Raises:
            NothingSpeakable: no phonemes came out.
        """
        phonemes = self._phonemes([" ".join(job.said)], job.accent)[0]
        if not any(mark.isalpha() for mark in phonemes):
            raise NothingSpeakable
        sound, sounds = self._spoken(phonemes, job)
        write_wav(Path(job.into), sound, rate=RATE)
        duration_s = len(sound) / RATE
        words = word_times(job.shown, sounds, solo=self._phonemes(job.said, job.accent))
        return {
            "words": [word.model_dump() for word in words],
            "visemes": [shape.model_dump() for shape in visemes(sounds, duration_s=duration_s)],
            "sample_rate": RATE,
            "duration_s": round(duration_s, 4),
        }

    def _phonemes(self, texts: Sequence[str], accent: str) -> list[str]:
        known = self._kokoro.tokenizer.vocab
        spoken = [_read(text, accent) for text in texts]
        return ["".join(mark for mark in " ".join(one.split()) if mark in known) for one in spoken]

    def _spoken(self, phonemes: str, job: VoiceJob) -> tuple[NDArray[np.float32], list[Sound]]:
        """The finished sound and its phonemes in time.

        Pitch is moved by playing faster, so the model is asked to speak slower by as much.
        """
        speed = min(2.0, max(0.5, job.speed / job.pitch))
        raw, _, timings = self._kokoro.create_timed(
            phonemes, mixed_voice(job.mix), speed, is_phonemes=True, **PAUSES_S
        )
        sound = resampled(np.asarray(raw, dtype=np.float32), job.pitch)
        first, last = voiced_bounds(sound, RATE)
        pad = int(PAD_S * RATE)
        trimmed = cut_out(sound, first - pad, last=last + pad)
        acted = _acted(trimmed, job, last=len(trimmed) - pad)
        spoken = faded(levelled(acted, RATE, lufs=SPEECH_LUFS + job.gain_db), RATE)
        sounds = [_placed(one, job.pitch, first_s=first / RATE) for one in timings]
        voiced = (PAD_S, len(spoken) / RATE - PAD_S)
        return spoken, aligned(sounds, silences(spoken, RATE), voiced=voiced)


def _acted(sound: NDArray[np.float32], job: VoiceJob, *, last: int) -> NDArray[np.float32]:
    """The line as its expression wants it; no sound is moved in time."""
    sung = melodic(sound, RATE, span=job.span, rise=job.rise, last=last)
    acted = breathed(pressed(sung, RATE, share=job.edge), share=job.breath, seed=job.seed)
    return calmed(acted, RATE)


@lru_cache(maxsize=32)
def _backend(accent: str) -> EspeakBackend:
    """Foreign words are read as such, without the flags that the voice would read aloud."""
    return EspeakBackend(accent, preserve_punctuation=True, with_stress=True, language_switch="remove-flags")


def _read(text: str, accent: str) -> str:
    """The phonemes of a text; parts in another script are read by that script's rules."""
    parts = list(readings(text))
    if all(reader is None for reader, _ in parts):
        return str(_backend(accent).phonemize([text], strip=True)[0])
    read = [_phonemized(part, reader or accent) for reader, part in parts]
    return "".join(read)


def _phonemized(part: str, accent: str) -> str:
    """As `phonemize`, with the spaces around it, which part words."""
    if not any(mark.isalnum() for mark in part):
        return part
    before = " " if part[0].isspace() else ""
    after = " " if part[-1].isspace() else ""
    return before + str(_backend(accent).phonemize([part.strip()], strip=True)[0]) + after


def _placed(timing: Any, pitch: float, *, first_s: float) -> Sound:
    """A phoneme where the model means it to be, in seconds of the trimmed file."""
    start, end = ((at - MODEL_LATE_S) / pitch - first_s + PAD_S for at in (timing.start, timing.end))
    return Sound(phoneme=timing.phoneme, start_s=start, end_s=end)
