"""When each word of a line is said, and with which mouth, where its engine does not tell.

Only the offline voice tells. Of any other the words share the seconds of the file by their letters, with a
rest at every mark: good enough for captions that are cut where a reader breathes, and for drawn mouths.
"""

from itertools import pairwise
from typing import Literal

from state.order import Delivery, Viseme, WordTime

MARKS = {",": 3.0, ";": 4.0, ":": 4.0, ".": 6.0, "!": 6.0, "?": 6.0, "…": 7.0, "—": 4.0}
"""How many letters long a rest is."""
LEAST_LETTERS = 2.0
Mouth = Literal["closed", "open", "wide", "round", "teeth", "rest"]
MOUTHS: dict[str, Mouth] = {
    **dict.fromkeys("aáàâãä", "open"), **dict.fromkeys("eéèêiíìîy", "wide"),
    **dict.fromkeys("oóòôõuúùûüw", "round"), **dict.fromkeys("mbp", "closed"), **dict.fromkeys("fv", "teeth"),
}  # fmt: skip


def word_times(delivery: Delivery, text: str) -> list[WordTime]:
    """The times that the engine told, else those that are likely."""
    told = [WordTime.model_validate(word) for word in delivery.extra.get("words", [])]
    return told or likely_words(text, delivery.media.duration_s or 0.0)


def tells_words(delivery: Delivery) -> bool:
    """Whether the engine told when each word is said."""
    return bool(delivery.extra.get("words"))


def mouth_shapes(delivery: Delivery, text: str) -> list[Viseme]:
    """The same for mouths."""
    told = [Viseme.model_validate(shape) for shape in delivery.extra.get("visemes", [])]
    return told or likely_mouths(word_times(delivery, text), delivery.media.duration_s or 0.0)


def likely_words(text: str, seconds: float) -> list[WordTime]:
    """Every word that has a letter or a digit, in order; the last one ends with the file."""
    words = [word for word in text.split() if any(mark.isalnum() for mark in word)]
    said = [max(LEAST_LETTERS, sum(mark.isalnum() for mark in word)) for word in words]
    rests = [*(MARKS.get(word[-1], 1.0) for word in words[:-1]), 0.0]
    total = sum(said) + sum(rests)
    if not words or seconds <= 0:
        return []
    at, times = 0.0, list[WordTime]()
    for word, letters, rest in zip(words, said, rests, strict=True):
        start, end = at / total * seconds, (at + letters) / total * seconds
        times.append(WordTime(word=word, start_s=round(start, 3), end_s=round(end, 3)))
        at += letters + rest
    return times


def likely_mouths(words: list[WordTime], seconds: float) -> list[Viseme]:
    """A shape for each letter that shows, without gaps; at rest between words."""
    edges: list[tuple[float, Mouth]] = [(0.0, "rest")]
    for word in words:
        letters = [mark for mark in word.word.lower() if mark.isalnum()]
        step = (word.end_s - word.start_s) / max(1, len(letters))
        for number, letter in enumerate(letters):
            if letter in MOUTHS:
                edges.append((word.start_s + number * step, MOUTHS[letter]))
        edges.append((word.end_s, "rest"))
    spans = pairwise([*edges, (seconds, "rest")])
    return [
        Viseme(start_s=round(start, 3), end_s=round(end, 3), mouth=mouth)
        for (start, mouth), (end, _) in spans
        if end > start
    ]
