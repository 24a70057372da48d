"""From phonemes and their spans to word times and mouth shapes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from state.order import Viseme, WordTime

Mouth = Literal["closed", "open", "wide", "round", "teeth", "rest"]
STRESS = "ˈˌ"
LENGTH = "ːʰʲˑ"
PAUSES = frozenset(";:,.!?…")
"""Marks at which a voice pauses."""
MARKS = frozenset(';:,.!?¡¿—…"()“”«» ')
SHORTEST_MOUTH_S = 0.045
"""A little over one frame at 24 fps: anything shorter flickers."""
BREATH_S = 0.12
MOUTHS: dict[str, Mouth] = {
    **dict.fromkeys("mbpβ", "closed"),
    **dict.fromkeys("fvθð", "teeth"),
    **dict.fromkeys("uwoɔʊʉɒʃʒʧʤɹøœɥO", "round"),
    **dict.fromkeys("iɪyejsztdnlɾrɲʝʎçᵻAIY", "wide"),  # noqa: RUF001  # phonemes
    **dict.fromkeys("aæɑʌəɐɛɜɚkɡgŋhxɣQW", "open"),  # noqa: RUF001  # phonemes
}


@dataclass(frozen=True, kw_only=True)
class Sound:
    """One phoneme and when it is heard, in seconds."""

    phoneme: str
    start_s: float
    end_s: float


def word_times(words: Sequence[str], sounds: Sequence[Sound], *, solo: Sequence[str]) -> list[WordTime]:
    """When each word is said: exactly one entry per word, in order, never overlapping.

    `solo` holds each word's own phonemes, spoken alone. When the groups between the spaces
    of the whole line are as many as those of the single words, the times are exact. When the
    voice merged or split words, they are spread by the number of phonemes, within each stretch
    between two marks where these can be told apart.
    """
    words, solo = list(words), list(solo)
    stretches, parts = _stretches(sounds), _clauses(words)
    if len(stretches) == len(parts) > 1:
        return [
            time
            for stretch, part in zip(stretches, parts, strict=True)
            for time in _times(words[part], stretch, solo[part])
        ]
    return _times(words, sounds, solo)


def _times(words: Sequence[str], sounds: Sequence[Sound], solo: Sequence[str]) -> list[WordTime]:
    groups = _groups(sounds)
    counts = [max(1, len(_groups_of(alone))) for alone in solo]
    spans = (
        _joined(groups, counts)
        if sum(counts) == len(groups)
        else _joined(groups, [1] * len(words))
        if len(words) == len(groups)
        else _spread([sound for group in groups for sound in group], solo)
    )
    return [
        WordTime(word=word, start_s=round(start, 3), end_s=round(end, 3))
        for word, (start, end) in zip(words, spans, strict=True)
    ]


def _stretches(sounds: Sequence[Sound]) -> list[list[Sound]]:
    """The sounds between marks, spaces and quotation marks apart."""
    found: list[list[Sound]] = [[]]
    for sound in sounds:
        if sound.phoneme in PAUSES:
            found.append([])
        else:
            found[-1].append(sound)
    return [part for part in found if any(one.phoneme not in MARKS for one in part)]


def _clauses(words: Sequence[str]) -> list[slice]:
    """Where the words stand between marks."""
    ends = [at + 1 for at, word in enumerate(words) if word.rstrip("\"'”»)")[-1:] in PAUSES]
    edges = sorted({0, *ends, len(words)})
    return [slice(start, end) for start, end in pairwise(edges)]


def visemes(sounds: Sequence[Sound], *, duration_s: float) -> list[Viseme]:
    """Mouth shapes from the first to the last moment of the file, without gaps."""
    shapes: list[tuple[Mouth, float]] = [(_mouth(sound), sound.end_s) for sound in _pronounced(sounds)]
    shapes = [("rest", sounds[0].start_s), *shapes, ("rest", duration_s)]
    spans = _calmed(_spans(shapes))
    return [Viseme(start_s=round(start, 3), end_s=round(end, 3), mouth=mouth) for mouth, start, end in spans]


def _groups(sounds: Sequence[Sound]) -> list[list[Sound]]:
    """The phonemes between spaces, without marks; groups of marks only are no words."""
    groups: list[list[Sound]] = [[]]
    for sound in sounds:
        if sound.phoneme in " —…":
            groups.append([])
        elif sound.phoneme not in MARKS:
            groups[-1].append(sound)
    return [group for group in groups if any(sound.phoneme not in STRESS for sound in group)]


def _groups_of(phonemes: str) -> list[list[Sound]]:
    return _groups([Sound(phoneme=phoneme, start_s=0, end_s=0) for phoneme in phonemes])


def _joined(groups: list[list[Sound]], counts: Sequence[int]) -> list[tuple[float, float]]:
    spans, first = [], 0
    for count in counts:
        spans.append((groups[first][0].start_s, groups[first + count - 1][-1].end_s))
        first += count
    return spans


def _spread(spoken: list[Sound], solo: Sequence[str]) -> list[tuple[float, float]]:
    """Share the phonemes of the line out over the words by each word's own number of them."""
    weights = [max(1, sum(phoneme not in MARKS for phoneme in alone)) for alone in solo]
    total, taken, spans = sum(weights), 0, []
    for weight in weights:
        first = taken * len(spoken) // total
        taken += weight
        last = max(first, taken * len(spoken) // total - 1)
        spans.append((spoken[first].start_s, spoken[last].end_s))
    return spans


def _pronounced(sounds: Sequence[Sound]) -> list[Sound]:
    """Sounds with a shape of their own: stress goes to the sound after it, length to the one before."""
    kept: list[Sound] = []
    pending: float | None = None
    for sound in sounds:
        if sound.phoneme in STRESS:
            pending = sound.start_s if pending is None else pending
        elif kept and (sound.phoneme in LENGTH or _breathless(sound)):
            kept[-1] = replace(kept[-1], end_s=sound.end_s)
        else:
            kept.append(sound if pending is None else replace(sound, start_s=pending))
            pending = None
    return kept


def _breathless(sound: Sound) -> bool:
    """Between two words of one breath the mouth does not close."""
    return sound.phoneme == " " and sound.end_s - sound.start_s < BREATH_S


def _mouth(sound: Sound) -> Mouth:
    """The shape of a sound; a space has none of its own and a mark closes the mouth."""
    return "rest" if sound.phoneme in MARKS else MOUTHS.get(sound.phoneme, "open")


def _spans(shapes: Sequence[tuple[Mouth, float]]) -> list[tuple[Mouth, float, float]]:
    """Shapes with both ends; equal neighbours are one."""
    spans: list[tuple[Mouth, float, float]] = []
    at = 0.0
    for mouth, end in shapes:
        if end <= at:
            continue
        if spans and spans[-1][0] == mouth:
            spans[-1] = (mouth, spans[-1][1], end)
        else:
            spans.append((mouth, at, end))
        at = end
    return spans


def _calmed(spans: list[tuple[Mouth, float, float]]) -> list[tuple[Mouth, float, float]]:
    """Give moments too short to see to the shape before them; closed lips are always kept."""
    kept: list[tuple[Mouth, float]] = []
    for mouth, start, end in spans:
        brief = end - start < SHORTEST_MOUTH_S and mouth != "closed"
        kept.append((kept[-1][0] if brief and kept else mouth, end))
    return _spans(kept)
