"""Composes the music of an episode: one theme, a mood for every scene, an arc, an ending.

Everything is drawn from generators seeded by the request, so a request always gives the
same score.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from state.order import MusicRequest
from tools.engines.previz.music_grid import Bar, Grid, Section, laid_out
from tools.engines.previz.music_layers import accompaniment
from tools.engines.previz.music_marks import ending, marks
from tools.engines.previz.music_melody import melody, theme_of
from tools.engines.previz.music_notes import Harmony, Note, Score
from tools.engines.previz.music_theory import Key, Mood, Timbre, genre_of, mood_of, styles, voiced

HOMES = (57, 58, 59, 60, 61, 62, 63, 64, 65)
"""Tonics a series can have."""
LOOSE_S: dict[Timbre, float] = {
    "pad": 0.02,
    "strings": 0.018,
    "tremolo": 0.018,
    "bass": 0.009,
    "shaker": 0.004,
}
"""How far players stray from the beat, as a standard deviation; 7 ms for those not named."""


def composed(request: MusicRequest) -> Score:
    """The score of a request, laid out so that turns and the last chord fall where they are asked.

    The theme and the home key follow from `theme_seed`, everything else from `seed`.
    """
    seed = request.seed if request.theme_seed is None else request.theme_seed
    theme_draw = np.random.default_rng(_digest("theme", seed))
    theme, home = theme_of(theme_draw), int(theme_draw.choice(HOMES))
    draw = np.random.default_rng(_digest(request.seed, request.mood, request.genre))
    parts = _parts(request)
    sections = [Section(start_s=start_s, tempo=mood.tempo) for start_s, mood in parts]
    grid = laid_out(request.duration_s, request.tempo_bpm, hits=request.hits, sections=sections)
    bars = _harmonised(grid, [mood for _, mood in parts], home=home, draw=theme_draw)
    played = [
        *accompaniment(grid, bars, genre=genre_of(request.genre)),
        *melody(grid, bars, theme=theme, draw=draw),
    ]
    notes = [
        *[_human(note, draw) for note in played],
        *marks(request.hits, grid, bars=bars),
        *ending(grid, bars[-1]),
    ]
    return Score(notes=[note for note in notes if note.start_s < grid.end_s - 0.05], grid=grid)


def _digest(*words: object) -> int:
    text = ":".join(map(str, words))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _parts(request: MusicRequest) -> list[tuple[float, Mood]]:
    """From when on which mood holds; the tempo of a piece without cues is the one that was asked for."""
    cues = sorted(request.cues, key=lambda cue: cue.start_s)
    if not cues:
        return [(0.0, mood_of(request.mood).model_copy(update={"tempo": 1.0}))]
    return [(cue.start_s if number else 0.0, mood_of(cue.mood)) for number, cue in enumerate(cues)]


def _human(note: Note, draw: np.random.Generator) -> Note:
    """No player is exactly on the beat or equally loud twice."""
    late = float(np.clip(draw.normal(0, LOOSE_S.get(note.timbre, 0.007)), -0.03, 0.03))
    strength = note.strength * float(draw.uniform(0.88, 1.06))
    return replace(note, start_s=max(0.0, note.start_s + late), strength=strength)


def _harmonised(grid: Grid, moods: Sequence[Mood], *, home: int, draw: np.random.Generator) -> list[Harmony]:
    """One chord per bar; the bar before a turn, another mood or the ending leans on the dominant."""
    orders = {mood.name: draw.permutation(len(mood.progressions)) for mood in moods}
    one_mood = len(orders) == 1
    last_part = grid.bars[-1].part
    bars: list[Harmony] = []
    near: list[int] = []
    for bar in grid.bars:
        mood = moods[bar.section]
        key = _key(mood, home, span=bar.span, shadowed=one_mood)
        root = _root(bar, [mood.progressions[at] for at in orders[mood.name]])
        near = voiced(key.chord(root), near=near)
        level = min(mood.fullest, _level(bar, last_part=last_part))
        bars.append(Harmony(key=key, root=root, mood=mood, voicing=near, level=level))
    return bars


def _key(mood: Mood, home: int, *, span: int, shadowed: bool) -> Key:
    """A mood has its place around the home key.

    Where no scene changes the mood, the turn does: the piece falls into the shadow mode, and
    every further turn moves it on.
    """
    mode = mood.shadow if shadowed and span else mood.mode
    lift = (0, 0, 3, -2, 1)[span % 5] if shadowed else 0
    return Key(tonic=home + mood.key_steps + lift, scale=tuple(styles().modes[mode]))


def _root(bar: Bar, progressions: list[list[int]]) -> int:
    progression = progressions[(bar.part + bar.index // 8) % len(progressions)]
    if bar.of > 1 and bar.index == bar.of - 1:
        return 5
    if bar.of > 3 and bar.index == bar.of - 2:
        return 4
    return progression[bar.index % len(progression)]


def _level(bar: Bar, *, last_part: int) -> int:
    """The arc: in from nothing, fullest before a turn, quiet after it, and home at the end."""
    place = bar.index / max(1, bar.of - 1)
    if bar.part == 0 and bar.index < min(2, bar.of // 3):
        return 0
    if bar.part == last_part and bar.index >= bar.of - 2 and bar.of > 2:
        return 1
    rising = 1 + int(place > 0.35) + int(place > 0.7)
    return min(rising, 2 if last_part == 0 and place < 0.5 else 3)
