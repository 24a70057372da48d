"""Voices first: levels, ducking and edges of the mix, on plain samples."""

import numpy as np
import pytest

from tests.cut_media import a_clip, a_timeline, dissolve, gap, syllables, tone
from tools.post.loudness import RATE_HZ, SILENT_LUFS, loudness, loudness_curve
from tools.post.mix import MUSIC_LUFS, VOICE_LUFS, Duck, duck_envelope, mix_down, plan_sound

SECONDS = 8


def _stereo(mono):
    return np.column_stack([mono, mono]).astype(np.float32)


MEDIA = {
    "voice.wav": _stereo(syllables(2)),
    "whisper.wav": _stereo(syllables(2, level=0.02)),
    "music.wav": _stereo(tone(440, SECONDS) * np.linspace(0.3, 1.5, SECONDS * RATE_HZ)),
    "room.wav": _stereo(tone(100, SECONDS, level=0.01)),
}


def _mixed(**tracks):
    timeline = a_timeline([gap(SECONDS * 24)], **tracks)
    out = np.zeros((SECONDS * RATE_HZ, 2), np.float32)
    mix_down(plan_sound(timeline), MEDIA, out)
    return out


def _lufs(samples, start_s=0.0, end_s=None):
    return loudness(loudness_curve(samples), start_s=start_s, end_s=end_s)


VOICE = [gap(72), a_clip("voice.wav", 48)]
MUSIC = [a_clip("music.wav", SECONDS * 24)]


def test_a_full_scale_tone_has_the_loudness_of_the_standard():
    """A 997 Hz sine at 0 dBFS in both channels is 0 LUFS by definition."""
    assert _lufs(_stereo(tone(997, 3, level=1.0))) == pytest.approx(0.0, abs=0.1)
    assert _lufs(_stereo(np.zeros(RATE_HZ))) == SILENT_LUFS


def test_voice_and_music_come_to_their_level():
    assert _lufs(_mixed(voice=VOICE), 3, 5) == pytest.approx(VOICE_LUFS, abs=0.3)
    assert _lufs(_mixed(music=MUSIC)) == pytest.approx(MUSIC_LUFS, abs=0.3)


def test_gains_are_kept():
    quieter = _mixed(voice=[a_clip("voice.wav", 48, gain_db=-6)])
    assert _lufs(quieter, 0, 2) == pytest.approx(VOICE_LUFS - 6, abs=0.3)


def _music_under_voice():
    """What the music alone is in a mix with a voice: the difference of two mixes."""
    return _mixed(voice=VOICE, music=MUSIC) - _mixed(voice=VOICE)


def test_voice_stands_twelve_units_over_the_music():
    voice = _lufs(_mixed(voice=VOICE), 3.1, 4.9)
    assert voice - _lufs(_music_under_voice(), 3.1, 4.9) >= 12


def test_without_ducking_it_would_not():
    voice = _lufs(_mixed(voice=VOICE), 3.1, 4.9)
    assert voice - _lufs(_mixed(music=MUSIC), 3.1, 4.9) < 12


def test_music_is_back_after_the_line():
    alone, under = _mixed(music=MUSIC), _music_under_voice()
    np.testing.assert_allclose(under[: int(2.6 * RATE_HZ)], alone[: int(2.6 * RATE_HZ)], atol=1e-5)
    np.testing.assert_allclose(under[int(5.9 * RATE_HZ) :], alone[int(5.9 * RATE_HZ) :], atol=1e-5)


def test_a_whisper_stays_softer_but_is_heard():
    lines = [a_clip("voice.wav", 48), gap(24), a_clip("whisper.wav", 48)]
    mixed = _mixed(voice=lines)
    softer = _lufs(mixed, 0, 2) - _lufs(mixed, 3, 5)
    assert 3 <= softer <= 8
    assert _lufs(MEDIA["voice.wav"]) - _lufs(MEDIA["whisper.wav"]) > 20


def test_effects_are_as_they_were_recorded():
    mixed = _mixed(effects=[a_clip("room.wav", SECONDS * 24, gain_db=-6)])
    assert np.abs(mixed).max() == pytest.approx(0.01 * 10 ** (-6 / 20), rel=0.02)


EFFECT = [a_clip("room.wav", SECONDS * 24)]


def _effect_under_voice():
    return _mixed(voice=VOICE, effects=EFFECT) - _mixed(voice=VOICE)


def test_effects_go_down_five_decibels_under_a_line_and_come_back():
    under, alone = _effect_under_voice(), _mixed(effects=EFFECT)
    down = _lufs(alone, 3.1, 4.9) - _lufs(under, 3.1, 4.9)
    assert 4 <= down <= 6
    np.testing.assert_allclose(under[int(5.9 * RATE_HZ) :], alone[int(5.9 * RATE_HZ) :], atol=1e-5)


def test_room_tone_is_not_touched_by_lines():
    both = _mixed(voice=VOICE, ambience=EFFECT) - _mixed(voice=VOICE)
    np.testing.assert_allclose(both, _mixed(ambience=EFFECT), atol=1e-5)


def test_rooms_that_flow_into_each_other_keep_their_level():
    """Two beds that have nothing in common are equally loud before, in and after the cross-fade."""
    beds = np.random.default_rng(1).normal(0, 0.01, (2, 4 * RATE_HZ))
    media = {"one.wav": _stereo(beds[0]), "two.wav": _stereo(beds[1])}
    levels = {}
    for role in ("ambience", "effects"):
        out = np.zeros((SECONDS * RATE_HZ, 2), np.float32)
        items = [a_clip("one.wav", 96), dissolve(48), a_clip("two.wav", 96)]
        mix_down(plan_sound(a_timeline([gap(192)], **{role: items})), media, out)
        levels[role] = _lufs(out, 2.8, 3.2) - _lufs(out, 0.5, 1.5)
    assert abs(levels["ambience"]) < 0.5
    assert levels["effects"] < -1.5


@pytest.mark.parametrize(("room", "rings_s"), [("room", 0.15), ("hall", 0.4), ("church", 0.9)])
def test_a_place_answers_a_voice_and_stays_behind_it(room, rings_s):
    clip = a_clip("voice.wav", 48).model_copy(update={"room": room})
    dry, wet = _mixed(voice=VOICE), _mixed(voice=[gap(72), clip])
    assert np.abs(dry[int(5.02 * RATE_HZ) :]).max() == 0
    assert np.abs(wet[int(5.02 * RATE_HZ) : int((5.02 + rings_s) * RATE_HZ)]).max() > 1e-4
    assert -24 < _lufs(wet - dry, 3, 5) - _lufs(dry, 3, 5) < -12


def test_a_voice_begins_at_its_frame():
    mixed = _mixed(voice=[gap(37), a_clip("voice.wav", 24)])
    first = int(np.flatnonzero(np.abs(mixed[:, 0]) > 1e-4)[0])
    assert 0 <= first - 37 * RATE_HZ / 24 < RATE_HZ * 0.005


def test_a_clip_begins_inside_its_file():
    whole, later = _mixed(voice=[a_clip("voice.wav", 48)]), _mixed(voice=[a_clip("voice.wav", 24, start=24)])
    part, same = later[4800:40_000, 0], whole[RATE_HZ + 4800 : RATE_HZ + 40_000, 0]
    assert np.corrcoef(part, same)[0, 1] > 0.999


def test_sounds_begin_and_end_without_a_click():
    mixed = _mixed(effects=[gap(24), a_clip("room.wav", 13), gap(24)])
    assert np.abs(np.diff(mixed[:, 0])).max() < 0.0005


def test_a_dissolve_between_sounds_is_a_cross_fade():
    items = [a_clip("room.wav", 48), dissolve(24), a_clip("room.wav", 48)]
    mixed = _mixed(effects=items)
    assert np.abs(mixed[int(2.9 * RATE_HZ) : 3 * RATE_HZ - 500]).max() > 0.005
    assert np.abs(mixed[int(1.0 * RATE_HZ) : int(2.0 * RATE_HZ)]).max() < 0.0101


def test_a_file_that_ends_early_leaves_silence():
    mixed = _mixed(voice=[a_clip("voice.wav", 96)])
    assert np.abs(mixed[2 * RATE_HZ :]).max() == 0


def test_the_envelope_is_down_exactly_during_the_line():
    duck = Duck(start=RATE_HZ, end=2 * RATE_HZ, gain_db=-12)
    envelope = duck_envelope([duck], start=0, length=4 * RATE_HZ)
    low = 10 ** (-12 / 20)
    assert envelope[RATE_HZ : 2 * RATE_HZ] == pytest.approx(low, rel=1e-3)
    assert envelope[int(0.69 * RATE_HZ)] == envelope[int(2.81 * RATE_HZ)] == 1
    assert low < envelope[int(0.85 * RATE_HZ)] < 1
