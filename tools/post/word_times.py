"""When each word of a caption is said: as its voice's engine told, else shared out by letters."""

from collections.abc import Sequence
from itertools import pairwise

from state.timeline import Cue, CueWord

_GAP_S = 0.3
"""A word stays lit over a rest that is shorter than this."""
_LEAST_CHARS = 2


def timed_words(cue: Cue) -> list[CueWord]:
    """Every word of the caption's text with its time inside the caption.

    Times that were told count where they are those of these very words, and of this stretch of the film.
    """
    texts = cue.text.split()
    told = cue.words
    if [word.text for word in told] == texts and all(_inside(word, cue) for word in told):
        return _in_order(told, cue)
    return estimated_words(cue)


def estimated_words(cue: Cue) -> list[CueWord]:
    """The caption's time, shared out by letters."""
    texts = cue.text.split()
    shares = [max(_LEAST_CHARS, sum(char.isalnum() for char in text)) for text in texts]
    each_s = (cue.end_s - cue.start_s) / max(1, sum(shares))
    words, at_s = list[CueWord](), cue.start_s
    for text, share in zip(texts, shares, strict=True):
        words.append(CueWord(text=text, start_s=at_s, end_s=at_s + share * each_s))
        at_s += share * each_s
    return words


def lit_spans(words: Sequence[CueWord], cue: Cue) -> list[tuple[float, float]]:
    """From when to when each word is told from the others: short rests belong to the word before them."""
    spans = []
    for word, after in pairwise([*words, None]):
        assert word is not None  # noqa: S101 - only the last one is none
        until = after.start_s if after is not None else cue.end_s
        spans.append((word.start_s, until if until - word.end_s <= _GAP_S else word.end_s))
    return spans


def _inside(word: CueWord, cue: Cue) -> bool:
    return word.end_s > cue.start_s and word.start_s < cue.end_s and word.start_s <= word.end_s


def _in_order(told: Sequence[CueWord], cue: Cue) -> list[CueWord]:
    """Cut to the caption, and never two at once."""
    words, at_s = list[CueWord](), cue.start_s
    for word in told:
        start_s = min(max(word.start_s, at_s), cue.end_s)
        end_s = min(max(word.end_s, start_s), cue.end_s)
        words.append(word.model_copy(update={"start_s": start_s, "end_s": end_s}))
        at_s = start_s
    return words
