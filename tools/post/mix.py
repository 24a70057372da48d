"""The sound plan: which sound plays when, and how loud.

Voices come first. Music is turned down under them by envelopes that are computed from
the known lines, not by a compressor that has to hear them first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from state.timeline import Clip, Room, Timeline, Track
from tools.post.layout import Placed, lay_out
from tools.post.loudness import RATE_HZ, SILENT_LUFS, Curve, Samples, loudest, loudness, loudness_curve
from tools.post.reverb import answered

VOICE_LUFS = -18.0
MUSIC_LUFS = -22.0
"""Music that plays alone; well under the voices, so that a line after it is no shock."""
UNDER_VOICE_LU = 12.5
"""How far the loudest music under a line stays below it."""
RIDE = 0.4
"""How much of a line's own loudness against its speaker's average is kept: a whisper stays one."""
RIDE_LIMIT_LU = 4.0
ATTACK_S, RELEASE_S = 0.3, 0.8
REST_S = 1.2
"""Pauses between lines shorter than this keep the music down, so that it does not pump."""
EDGE_S = 0.005
MUSIC_OUT_S = 1.5
AGAINST = 0.05
"""Of a side's power: less than that is left of two that swing against each other."""
_BLOCK = RATE_HZ * 20

_EFFECT_UNDER_VOICE_DB = -5.0
"""What happens in the picture stays audible under a line, but does not cover it."""

Role = Literal["voice", "music", "effects", "ambience", "native"]


@dataclass(frozen=True, kw_only=True)
class Sound:
    """One used part of a sound file, in samples at 48 kHz."""

    role: Role
    track: str
    key: str
    start: int
    source: int
    length: int
    gain_db: float
    fade_in: int
    fade_out: int
    room: Room = "open"

    @property
    def end(self) -> int:
        """The first sample after it."""
        return self.start + self.length


@dataclass(frozen=True, kw_only=True)
class Duck:
    """A span in samples in which music is turned down."""

    start: int
    end: int
    gain_db: float


def samples_at(frame: int, fps: int) -> int:
    """The sample at which a frame begins."""
    return round(frame * RATE_HZ / fps)


def plan_sound(timeline: Timeline) -> list[Sound]:
    """Every sound of the timeline in samples.

    Raises:
        PostError: a transition that does not fit.
    """
    sounds: list[Sound] = []
    for track in timeline.tracks:
        if track.role == "picture" or track.muted:
            continue
        placed = [part for part in lay_out(track) if isinstance(part.item, Clip)]
        for part in placed:
            assert isinstance(part.item, Clip)  # noqa: S101 - the line above
            if not part.item.muted:
                asked = _asked_fades(part.item, track, first=part is placed[0], last=part is placed[-1])
                sounds.append(_sound(part, part.item, track.role, track, asked, timeline))
    return sounds


def _asked_fades(clip: Clip, track: Track, *, first: bool, last: bool) -> tuple[int, int]:
    """Frames that a person wants it to come and to go in; a track's are those of its first and last sound."""
    return (
        max(clip.fade_in, track.fade_in if first else 0), max(clip.fade_out, track.fade_out if last else 0)
    )  # fmt: skip


def _sound(
    part: Placed, clip: Clip, role: Role, track: Track, asked: tuple[int, int], timeline: Timeline
) -> Sound:
    fps, edge, start = timeline.fps, round(EDGE_S * RATE_HZ), part.start
    first = samples_at(start, fps)
    fade_out = samples_at(part.leave.length, fps) or edge
    runs_on = (clip.media.duration_s or 0) > clip.source.end / fps + 0.25
    if role == "music" and runs_on and start + clip.length >= timeline.length:
        fade_out = max(fade_out, round(MUSIC_OUT_S * RATE_HZ))
    length = samples_at(start + clip.length, fps) - first
    fades = (samples_at(part.entry.length, fps) or edge, fade_out)
    # Of its own accord a sound fades over half of it at most; a person may want all of it.
    fade_in, fade_out = (
        min(samples_at(frames, fps), length) if frames else min(fade, length // 2)
        for frames, fade in zip(asked, fades, strict=True)
    )
    return Sound(
        role=role, track=track.name, key=clip.media.key, start=first, gain_db=clip.gain_db + track.gain_db,
        source=samples_at(clip.source.start, fps), length=length, fade_in=fade_in, fade_out=fade_out,
        room=clip.room if role == "voice" else "open",
    )  # fmt: skip


def sound_keys(timeline: Timeline) -> list[str]:
    """Media keys of all sounds, each once, in order."""
    return list(dict.fromkeys(sound.key for sound in plan_sound(timeline)))


def mix_down(sounds: Sequence[Sound], media: Mapping[str, Samples], out: Samples) -> None:
    """Add every sound into `out`, which is silent and as long as the picture.

    Blocking and heavy on the processor: call it off the event loop.
    """
    spoken = {sound.key for sound in sounds if sound.role == "voice"}
    media = {key: _centred(samples) if key in spoken else samples for key, samples in media.items()}
    curves = {key: loudness_curve(samples) for key, samples in media.items()}
    gains = level(sounds, curves)
    ducks: dict[Role, list[Duck]] = {
        "music": duck_spans(sounds, curves, gains),
        "effects": _effect_ducks(sounds),
        "native": _effect_ducks(sounds),
    }
    for sound, gain_db in zip(sounds, gains, strict=True):
        under = ducks.get(sound.role, [])
        _add(sound, media[sound.key], out, gain_db=gain_db, ducks=under)
        if sound.room != "open":
            _add_room(sound, media[sound.key], out, gain_db=gain_db)


def _centred(samples: Samples) -> Samples:
    """A voice stands in the middle, also where its file has it on one side.

    Sides that swing against each other would leave nothing in the middle: then the left one is the voice.
    """
    middle = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    lost = np.square(middle).sum() < AGAINST * np.square(samples[:, :1]).sum()
    return np.repeat(samples[:, :1] if lost else middle, 2, axis=1)


def _effect_ducks(sounds: Sequence[Sound]) -> list[Duck]:
    voices = sorted((s for s in sounds if s.role == "voice"), key=lambda voice: voice.start)
    return _merged([Duck(start=s.start, end=s.end, gain_db=_EFFECT_UNDER_VOICE_DB) for s in voices])


def level(sounds: Sequence[Sound], curves: Mapping[str, Curve]) -> list[float]:
    """The gain of each sound in dB: voices and music brought to their level, all else as it is."""
    own = [_loudness_of(sound, curves[sound.key]) for sound in sounds]
    return [_gain(sound, own[index], _average(sounds, own, sound)) for index, sound in enumerate(sounds)]


def _loudness_of(sound: Sound, curve: Curve) -> float:
    return loudness(curve, start_s=sound.source / RATE_HZ, end_s=(sound.source + sound.length) / RATE_HZ)


def _average(sounds: Sequence[Sound], own: Sequence[float], like: Sound) -> float:
    same = [
        (lufs, sound.length)
        for sound, lufs in zip(sounds, own, strict=True)
        if sound.track == like.track and sound.role == like.role and lufs > SILENT_LUFS
    ]
    if not same:
        return SILENT_LUFS
    energy = sum(length * 10 ** (lufs / 10) for lufs, length in same)
    return float(10 * np.log10(energy / sum(length for _, length in same)))


def _gain(sound: Sound, own: float, average: float) -> float:
    if sound.role in ("effects", "ambience", "native") or own <= SILENT_LUFS:
        return sound.gain_db
    if sound.role == "music":
        return MUSIC_LUFS - own + sound.gain_db
    ride = float(np.clip(RIDE * (own - average), -RIDE_LIMIT_LU, RIDE_LIMIT_LU))
    return VOICE_LUFS + ride - own + sound.gain_db


def duck_spans(sounds: Sequence[Sound], curves: Mapping[str, Curve], gains: Sequence[float]) -> list[Duck]:
    """Where music goes down, and how far: the loudest music under a line stays below that line."""
    music = [(s, g) for s, g in zip(sounds, gains, strict=True) if s.role == "music"]
    spans: list[Duck] = []
    for voice, gain_db in zip(sounds, gains, strict=True):
        if voice.role == "voice" and music:
            line = _loudness_of(voice, curves[voice.key]) + gain_db
            loud = max(_loudest_under(voice, other, curves[other.key]) + gain for other, gain in music)
            if line > SILENT_LUFS:
                spans.append(Duck(start=voice.start, end=voice.end, gain_db=line - UNDER_VOICE_LU - loud))
    return _merged(sorted((span for span in spans if span.gain_db < 0), key=lambda span: span.start))


def _loudest_under(voice: Sound, music: Sound, curve: Curve) -> float:
    """The loudest moment of the music's file during a line, before any gain."""
    start, end = max(voice.start, music.start), min(voice.end, music.end)
    if start >= end:
        return SILENT_LUFS
    offset = music.source - music.start
    return loudest(curve, start_s=(start + offset) / RATE_HZ, end_s=(end + offset) / RATE_HZ)


def _merged(spans: list[Duck]) -> list[Duck]:
    """Join what lies close together, at the deeper of both gains."""
    joined: list[Duck] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and span.start - last.end <= REST_S * RATE_HZ:
            joined[-1] = Duck(
                start=last.start, end=max(last.end, span.end), gain_db=min(last.gain_db, span.gain_db)
            )
        else:
            joined.append(span)
    return joined


def duck_envelope(ducks: Sequence[Duck], *, start: int, length: int) -> NDArray[np.float32]:
    """Gain factors from sample `start` on: down before the line begins, up again after it ended."""
    gain_db = np.zeros(length)
    attack, release = round(ATTACK_S * RATE_HZ), round(RELEASE_S * RATE_HZ)
    for duck in ducks:
        if duck.end + release <= start or duck.start - attack >= start + length:
            continue
        corners = [duck.start - attack, duck.start, duck.end, duck.end + release]
        at = np.arange(start, start + length)
        gain_db = np.minimum(gain_db, np.interp(at, corners, [0.0, duck.gain_db, duck.gain_db, 0.0]))
    return np.power(10.0, gain_db / 20).astype(np.float32)


def _add(sound: Sound, samples: Samples, out: Samples, *, gain_db: float, ducks: Sequence[Duck]) -> None:
    factor = np.float32(10 ** (gain_db / 20))
    length = min(sound.length, len(samples) - sound.source, len(out) - sound.start)
    for offset in range(0, max(0, length), _BLOCK):
        size = min(_BLOCK, length - offset)
        envelope = factor * _fades(sound, offset, size, length)
        if ducks:
            envelope = envelope * duck_envelope(ducks, start=sound.start + offset, length=size)
        part = samples[sound.source + offset : sound.source + offset + size]
        out[sound.start + offset : sound.start + offset + size] += part * envelope[:, None]


def _fades(sound: Sound, offset: int, size: int, length: int) -> NDArray[np.float32]:
    """Rise and fall of a sound; a file that ends early falls at its own end."""
    at = np.arange(offset, offset + size)
    rise = np.clip((at + 1) / max(1, sound.fade_in), 0, 1)
    fall = np.clip((length - at) / max(1, sound.fade_out), 0, 1)
    shape = np.minimum(rise, fall)
    # Two rooms that flow into each other are unlike: only their powers may be added.
    return np.asarray(np.sin(shape * np.pi / 2) if sound.role == "ambience" else shape, dtype=np.float32)


def _add_room(sound: Sound, samples: Samples, out: Samples, *, gain_db: float) -> None:
    """What the walls give back of a line; it rings on after the line has ended."""
    length = max(0, min(sound.length, len(samples) - sound.source))
    dry = samples[sound.source : sound.source + length] * _fades(sound, 0, length, length)[:, None]
    wet = answered(dry, sound.room)[: max(0, len(out) - sound.start)]
    out[sound.start : sound.start + len(wet)] += wet * np.float32(10 ** (gain_db / 20))
