"""Cuts inside scenes on the beats of the music. Scenes begin where they did: the music was made for that.

A shot grows only by frames that its take has to spare, and shrinks only by what nobody needs: its lines,
what sounds in it and its title stay whole, and a line that runs on over a cut keeps that cut.
"""

from collections.abc import Sequence
from dataclasses import replace

from tools.post.assemble import CutScene, CutShot
from tools.post.on_beat import MAX_SHIFT_S, Stretch, cut_on_beat

EFFECT_S = 0.25
"""What is heard of an effect before its shot may end; it rings on over the cut."""


def scenes_on_beat(
    scenes: Sequence[CutScene],
    starts: Sequence[int],
    beats_s: Sequence[float],
    *,
    fps: int,
    max_shift_s: float = MAX_SHIFT_S,
    keep_last: bool = False,
) -> list[CutScene]:
    """The same scenes with other lengths of their shots. `starts` is the first frame of each in the cut.

    With `keep_last` the last shot of every scene keeps its length too: how it joins the next may hang on it.
    """
    return [
        _on_beat(scene, [beat - start / fps for beat in beats_s], fps, max_shift_s, keep_last)
        for scene, start in zip(scenes, starts, strict=True)
    ]


def _on_beat(
    scene: CutScene, beats_s: Sequence[float], fps: int, max_shift_s: float, keep_last: bool
) -> CutScene:
    shots = scene.shots
    stretches = [
        _stretch(shot, fps, locked=_held(before, shot, fps) or (keep_last and shot is shots[-1]))
        for before, shot in zip([None, *shots], shots, strict=False)
    ]
    lengths = cut_on_beat(stretches, beats_s, fps=fps, max_shift_s=max_shift_s)
    moved = [
        replace(shot, duration_s=length / fps) if length != stretch.length else shot
        for shot, stretch, length in zip(shots, stretches, lengths, strict=True)
    ]
    return replace(scene, shots=moved)


def _held(before: CutShot | None, shot: CutShot, fps: int) -> bool:
    """Whether the cut into this shot has a reason to be where it is."""
    if before is None:
        return False
    blends = before.closes_on is not None or shot.opens_on is not None
    return blends or _said_until(before) > before.duration_s + 1 / fps


def _said_until(shot: CutShot) -> float:
    return max((voice.start_s + voice.duration_s for voice in shot.voices), default=0.0)


def _stretch(shot: CutShot, fps: int, *, locked: bool) -> Stretch:
    length = max(1, round(shot.duration_s * fps))
    heard = max((effect.at_s + EFFECT_S for effect in shot.effects), default=0.0)
    needed = shot.duration_s if shot.title else max(_said_until(shot), heard)
    has = length if shot.take.duration_s is None else int(shot.take.duration_s * fps + 0.01)
    return Stretch(length=length, shortest=round(needed * fps + 0.5), longest=has, locked=locked)
