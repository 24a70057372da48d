"""How a line is delivered beyond its words: breath, edge, and whether a question goes up.

The model knows one melody for a text. What anger or fear add is put on its sound:
breath takes the place of tone where somebody whispers, an edge comes up where somebody
presses. A question that is answered by yes or no goes up at its end (`speech_melody`).
"""

import re

import numpy as np
from numpy.typing import NDArray

from state.script import Language

Floats = NDArray[np.float32]
_FRAME = 512
_HOP = _FRAME // 4
_SMOOTH_BINS = 9
_HISS_HZ, _HISS_SHARE = 4500, 0.17
_ASKING: dict[Language, str] = {
    "en": r"^(and |but |so )?(who|whom|whose|what|why|where|when|which|how)\b",
    "es": r"(qué|quién|quiénes|cuál|cuáles|cómo|cuándo|dónde|cuánt[oa]s?)\b",
    "pt-BR": r"^(e |mas )?(o que|que|quem|qual|quais|como|quando|onde|por que|quant[oa]s?|cadê)\b",
}
"""A question with one of these words falls at its end, as a statement does."""


def rises(text: str, language: Language) -> bool:
    """Whether the last sentence of a line is a question that is answered by yes or no."""
    plain = text.strip().rstrip("\"'»”\u2019)] ")
    if not plain.endswith("?"):
        return False
    last = re.split(r"[.!?…]\s+", plain.rstrip("?!"))[-1].strip("\"'«“¿¡ ").casefold()
    return re.search(_ASKING[language], last) is None


def breathed(sound: Floats, *, share: float, seed: int) -> Floats:
    """Breath in the place of some of the tone, shaped by the same mouth."""
    if share <= 0 or len(sound) < _FRAME:
        return sound
    spectra = _spectra(sound)
    kernel = np.hanning(_SMOOTH_BINS + 2)[1:-1]
    mouth = np.apply_along_axis(np.convolve, 1, np.abs(spectra), kernel / kernel.sum(), "same")
    draw = np.random.default_rng(seed)
    air = mouth * np.exp(2j * np.pi * draw.random(spectra.shape))
    # A whisper has no chest: the lowest partials stay out of the breath.
    air *= np.clip((np.arange(spectra.shape[1]) - 8) / 12, 0, 1)[None, :]
    breath = _sound(air, len(sound))
    loud = np.sqrt(np.mean(sound**2) / (np.mean(breath**2) + 1e-12))
    return np.asarray(np.sqrt(1 - share) * sound + np.sqrt(share) * loud * 0.8 * breath, dtype=np.float32)


def pressed(sound: Floats, rate: int, *, share: float) -> Floats:
    """The edge of a raised voice: quiet parts come up, and so does what lies above 2 kHz."""
    if share <= 0:
        return sound
    peak = float(np.abs(sound).max()) + 1e-9
    driven = np.tanh(sound / peak * (1 + 2.5 * share)) * peak / np.tanh(1 + 2.5 * share)
    spectrum = np.fft.rfft(driven)
    hertz = np.fft.rfftfreq(len(driven), 1 / rate)
    spectrum *= 1 + 1.3 * share / (1 + (2000 / np.maximum(hertz, 1)) ** 4)
    return np.asarray(np.fft.irfft(spectrum, len(driven)), dtype=np.float32)


def calmed(sound: Floats, rate: int) -> Floats:
    """Hissing sounds brought down to where they do not hurt: a microphone would stand further off.

    What lies above 4.5 kHz may be as strong as a sixth of the line's loud moments.
    """
    if len(sound) < _FRAME:
        return sound
    spectra = _spectra(sound)
    power = np.abs(spectra) ** 2
    first = round(_HISS_HZ / rate * _FRAME)
    loud = np.sqrt(np.percentile(power.sum(axis=1), 90))
    hiss = np.sqrt(power[:, first:].sum(axis=1)) + 1e-9
    gain = np.minimum(1, _HISS_SHARE * loud / hiss)
    if gain.min() > 0.98:
        return sound
    gain = np.convolve(np.pad(gain, 2, mode="edge"), np.full(5, 0.2), "valid")
    slope = np.clip((np.arange(spectra.shape[1]) - first + 6) / 12, 0, 1)
    # Only what is taken away is put together again, so that the rest of the line stays untouched.
    return np.asarray(sound - _sound(spectra * slope * (1 - gain)[:, None], len(sound)), dtype=np.float32)


def _spectra(sound: Floats) -> NDArray[np.complex128]:
    padded = np.pad(sound, (_FRAME, 2 * _FRAME))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FRAME)[::_HOP]
    return np.asarray(np.fft.rfft(frames * np.hanning(_FRAME), axis=1))


def _sound(spectra: NDArray[np.complex128], count: int) -> Floats:
    frames = np.fft.irfft(spectra, _FRAME, axis=1) * np.hanning(_FRAME)
    out = np.zeros(len(frames) * _HOP + _FRAME)
    for number, frame in enumerate(frames):
        out[number * _HOP : number * _HOP + _FRAME] += frame
    return np.asarray(out[_FRAME : _FRAME + count] / 1.5, dtype=np.float32)
