"""Who made a picture or a sound is told of what a film may do to it, and of nobody else's."""

import io

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from tests.standins.media_vendors.looks import COLOURS, TONES_HZ, Look, drawn, who_made, who_sounds
from tests.standins.media_vendors.sounds import as_wav, seconds_of, spoken, tone_hz
from tests.unit.standins.media_asking import heard_wav


@pytest.mark.parametrize("vendor", COLOURS)
def test_a_picture_is_known_after_what_a_film_does_to_it(vendor):
    picture = drawn(Look(vendor, "a-model", "a1", "16:9"), (640, 360))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=30)
    small = Image.open(out).resize((320, 180))
    assert [who_made(one) for one in (picture, small, ImageEnhance.Brightness(small).enhance(0.9))] == [
        vendor
    ] * 3


def test_pictures_of_nobody():
    plain = [Image.new("RGB", (64, 64), colour) for colour in ("black", "white", "grey", "red")]
    mixed = drawn(Look("google", "m", "j", "1:1"), (100, 100))
    mixed.paste((0, 0, 0), (0, 0, 100, 75))
    assert [who_made(one) for one in [*plain, mixed]] == [None] * 5


def test_the_label_is_of_the_job():
    one, two = (drawn(Look("openai", "m", job, "1:1"), (256, 256)) for job in ("o0001aa", "o0002bb"))
    assert one.tobytes() != two.tobytes()


def test_sounds():
    time = np.arange(24000) / 24000
    both = {vendor: 0.1 * np.sin(2 * np.pi * tone * time) for vendor, tone in TONES_HZ.items()}
    assert [who_sounds(wave, 24000) for wave in both.values()] == list(TONES_HZ)
    assert who_sounds(both["google"] + 3 * both["openai"], 24000) == "openai"
    assert [who_sounds(one, 24000) for one in (0 * time, np.sin(2 * np.pi * 100 * time))] == [None, None]


def test_speech_is_as_long_as_its_words():
    assert [seconds_of(words, speed) for words, speed in (("one " * 150, 1), ("one " * 150, 2), ("", 1))] == [
        pytest.approx(60), pytest.approx(30), 0.5,
    ]  # fmt: skip
    pcm = spoken([("a", "one two three"), ("b", "four five")], ["a", "b"])
    assert (heard_wav(as_wav(pcm)), tone_hz("b", ["a", "b"])) == (pytest.approx(2.0), 192.0)
