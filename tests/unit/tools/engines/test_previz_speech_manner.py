"""How a line is delivered, on sounds that are like a voice: melody, breath, edge, hiss."""

import numpy as np
import pytest

from tools.engines.previz.casting import acting
from tools.engines.previz.speech_manner import breathed, calmed, pressed, rises
from tools.engines.previz.speech_melody import melodic, tracked

RATE = 24_000
FALLING = np.linspace(170.0, 120.0, int(1.6 * RATE))


def voice(hertz=FALLING):
    """A buzz with a mouth: harmonics of a moving pitch through two formants."""
    turns = np.cumsum(hertz) / RATE
    sound = np.zeros(len(hertz))
    for k in range(1, 30):
        mouth = np.exp(-(((hertz * k - 600) / 250) ** 2)) + 0.5 * np.exp(-(((hertz * k - 1700) / 350) ** 2))
        sound += mouth * np.sin(2 * np.pi * turns * k + k)
    return (0.2 * sound).astype(np.float32)


def hertz_at(sound, at_s):
    found = tracked(sound, RATE).hertz
    near = found[int((at_s - 0.05) / 0.005) : int((at_s + 0.05) / 0.005)]
    return float(np.median(near[near > 0]))


def colour(sound):
    """The middle of the spectrum: where the mouth is."""
    power = np.abs(np.fft.rfft(sound)) ** 2
    return float((power * np.fft.rfftfreq(len(sound), 1 / RATE)).sum() / power.sum())


@pytest.mark.parametrize("at_s", [0.2, 0.8, 1.4])
def test_the_pitch_is_found(at_s):
    assert hertz_at(voice(), at_s) == pytest.approx(FALLING[int(at_s * RATE)], rel=0.03)


def test_silence_has_no_pitch_and_is_left_alone():
    nothing = np.zeros(RATE, np.float32)
    assert tracked(nothing, RATE).middle == 0
    assert melodic(nothing, RATE, span=1.3, rise=0.8, last=RATE) is nothing


def test_a_question_ends_higher_than_it_would_and_keeps_its_length_and_its_beginning():
    plain = voice()
    asked = melodic(plain, RATE, span=1.0, rise=0.85, last=len(plain))
    assert len(asked) == len(plain)
    assert hertz_at(asked, 1.52) > 1.3 * hertz_at(plain, 1.52)
    assert hertz_at(asked, 0.6) == pytest.approx(hertz_at(plain, 0.6), rel=0.03)
    assert hertz_at(asked, 1.52) > hertz_at(asked, 1.0)


def test_another_melody_keeps_the_mouth():
    plain = voice()
    wide = melodic(plain, RATE, span=1.6, rise=0.0, last=len(plain))
    reach = [hertz_at(one, 0.1) - hertz_at(one, 1.5) for one in (plain, wide)]
    assert reach[1] > 1.3 * reach[0]
    assert colour(wide) == pytest.approx(colour(plain), rel=0.08)


def test_a_flat_melody_moves_less():
    plain = voice()
    flat = melodic(plain, RATE, span=0.5, rise=0.0, last=len(plain))
    assert abs(hertz_at(flat, 0.1) - hertz_at(flat, 1.5)) < 0.75 * abs(
        hertz_at(plain, 0.1) - hertz_at(plain, 1.5)
    )


@pytest.mark.parametrize(
    ("text", "language", "up"),
    [("You knew?", "en", True), ("Why did you go?", "en", False), ("You knew.", "en", False),
     ("No. Is he alive?", "en", True), ("¿Me quieres?", "es", True), ("¿Por qué te vas?", "es", False),
     ("¿Y si vuelve? ¿Cuándo?", "es", False), ("Você me ama?", "pt-BR", True), ("Quem sabe?", "pt-BR", False),
     ("O que você quer?", "pt-BR", False), ("Really?!", "en", False), ("\u201cYou?\u201d", "en", True)],
)  # fmt: skip
def test_only_questions_for_yes_or_no_go_up(text, language, up):
    assert rises(text, language) is up


def _tone_share(sound):
    """How much of the sound is periodic: the likeness of the loudest part with itself, a period later."""
    part = sound[RATE // 2 : RATE // 2 + 2400].astype(float)
    likeness = np.correlate(part, part, "full")[len(part) - 1 :]
    return float(likeness[120:260].max() / likeness[0])


def test_breath_takes_the_place_of_tone():
    steady = voice(np.full(RATE, 140.0))
    assert _tone_share(breathed(steady, share=0.4, seed=1)) < _tone_share(steady) - 0.05
    assert breathed(steady, share=0.0, seed=1) is steady


def test_pressing_brings_up_what_is_soft_and_bright():
    soft_then_loud = voice() * np.linspace(0.2, 1.0, len(FALLING), dtype=np.float32)
    shouted = pressed(soft_then_loud, RATE, share=0.6)
    spread = [
        np.sqrt(np.mean(one[: RATE // 2] ** 2)) / np.abs(one).max() for one in (soft_then_loud, shouted)
    ]
    assert spread[1] > 1.2 * spread[0]
    assert colour(shouted) > colour(soft_then_loud)


def test_hissing_comes_down_and_the_rest_stays():
    said = voice()
    hiss = np.random.default_rng(1).normal(0, 1, RATE // 5)
    spectrum = np.fft.rfft(hiss)
    spectrum[np.fft.rfftfreq(len(hiss), 1 / RATE) < 5500] = 0
    sharp = np.concatenate([said, 0.6 * np.fft.irfft(spectrum, len(hiss))]).astype(np.float32)
    calm = calmed(sharp, RATE)
    assert np.std(calm[len(said) + 600 :]) < 0.6 * np.std(sharp[len(said) + 600 :])
    np.testing.assert_allclose(calm[: len(said) - 1200], said[:-1200], atol=0.01)


def test_anger_presses_fear_breathes_and_sadness_is_flat():
    angry, afraid, sad, neutral = map(acting, ("angry", "afraid", "sad", "neutral"))
    assert angry.edge > 0.3 > neutral.edge == 0
    assert afraid.breath > 0.15 > neutral.breath == 0
    assert sad.span < 1 < angry.span
    assert sad.pace < 1 < angry.pace
