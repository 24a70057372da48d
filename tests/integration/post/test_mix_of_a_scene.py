"""A short scene with all its sounds, as it is really mixed and mastered."""

import numpy as np
import pytest

from state.order import MusicCue, MusicHit
from tests.cut_media import a_clip, a_timeline, dissolve, gap, syllables, write_sound
from tests.sound_files import some_music
from tools.engines.previz.effects.catalog import effect
from tools.engines.previz.levels import write_wav
from tools.engines.previz.music_mix import mixed
from tools.engines.previz.music_score import composed
from tools.engines.previz.room_tone import room_tone
from tools.post.loudness import RATE_HZ, loudness, loudness_curve
from tools.post.measure import measure_loudness, silences
from tools.post.mix import mix_down, plan_sound

SECONDS = 10
LINES = {"first": (0, 24), "at the turn": (108, 30), "a word": (150, 10), "at the end": (204, 36)}
"""Where lines are hardest to hear: from the first frame, on the blow, very short, in the last chord."""


@pytest.fixture(scope="module")
def sounds():
    """Music with a turn at 5 s, two rooms, a blow, and something like speech."""
    cues = [MusicCue(start_s=0, mood="warm"), MusicCue(start_s=5, mood="tense")]
    music = mixed(composed(some_music(duration_s=SECONDS, cues=cues, hits=[MusicHit(at_s=5, kind="turn")])))
    line = syllables(1.5)
    return {
        "theme.wav": music,
        "kitchen.wav": room_tone(8, "kitchen", seed=1),
        "street.wav": room_tone(8, "street", seed=1, weather="rain"),
        "knock.wav": effect("knock", seed=1),
        "line.wav": np.column_stack([line, line]).astype(np.float32),
    }


def _timeline():
    voice, at = [], 0
    for start, length in LINES.values():
        voice += [gap(start - at)] if start > at else []
        voice.append(a_clip("line.wav", length).model_copy(update={"room": "church"}))
        at = start + length
    return a_timeline(
        [a_clip("dark.mp4", 48), *[a_clip("long.mp4", 96)] * 2],
        voice=voice, music=[a_clip("theme.wav", SECONDS * 24)], effects=[gap(132), a_clip("knock.wav", 34)],
        ambience=[a_clip("kitchen.wav", 132), dissolve(24), a_clip("street.wav", 132)],
    )  # fmt: skip


def _stem(role, sounds, *, ducked=True):
    """One kind of sound as it is in the mix: what is missing when it is left out."""
    plan = plan_sound(_timeline())
    others = [sound for sound in plan if sound.role != role]
    whole, rest = [np.zeros((SECONDS * RATE_HZ, 2), np.float32) for _ in range(2)]
    mix_down(plan if ducked else [sound for sound in plan if sound.role == role], sounds, whole)
    if ducked:
        mix_down(others, sounds, rest)
    return loudness_curve(whole - rest)


def _margin(name, voice, music):
    start, length = LINES[name]
    span = {"start_s": start / 24, "end_s": (start + length) / 24}
    return loudness(voice, **span) - loudness(music, **span)


def test_every_line_stands_twelve_units_over_the_music_under_it(sounds):
    voice, music = _stem("voice", sounds), _stem("music", sounds)
    assert all(_margin(name, voice, music) >= 12 for name in LINES)


def test_without_turning_the_music_down_lines_over_full_music_would_not(sounds):
    voice, music = _stem("voice", sounds), _stem("music", sounds, ducked=False)
    assert all(_margin(name, voice, music) < 12 for name in ("at the turn", "a word"))


@pytest.fixture
async def master(render, media, sounds):
    """The scene as a file."""
    for key, samples in sounds.items():
        if key == "line.wav":
            write_sound(media / key, samples[:, 0].astype(np.float64))
        else:
            write_wav(media / key, samples, rate=RATE_HZ)
    _, path = await render(_timeline())
    return path


async def test_the_master_is_at_its_loudness_and_never_silent(master):
    heard = await measure_loudness(master)
    assert heard.integrated_lufs == pytest.approx(-14, abs=0.5)
    assert heard.true_peak_dbtp <= -1.0
    assert await silences(master, longer_than_s=0.2) == []


async def test_without_room_tone_it_would_be_silent_between_the_lines(render, media, master):
    timeline = _timeline()
    tracks = [track for track in timeline.tracks if track.role in ("picture", "voice")]
    dry = [
        item.model_copy(update={"room": "open"}) if item.kind == "clip" else item for item in tracks[1].items
    ]
    tracks[1] = tracks[1].model_copy(update={"items": dry})
    _, path = await render(timeline.model_copy(update={"tracks": tracks}))
    assert len(await silences(path, longer_than_s=0.2)) >= 3
