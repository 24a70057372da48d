"""Seconds and frames: what can be said in how long, and shot lengths that add up exactly."""

from math import ceil

FPS = 24
WORDS_PER_MINUTE = 150
WORDS_PER_SECOND = WORDS_PER_MINUTE / 60
LETTERS_PER_SECOND = 16.0
"""Long words take longer than the words rule says; whichever asks for more time wins."""
BREATH_S = 0.35
SHORTEST_FRAMES = 29
"""Just over 1.2 seconds: below that a picture cannot be read."""
LETTERS = 26
MOST_SHOTS = 180
"""As many as the longest episode has clips of one second."""
BUDGET = 0.92
"""The part of a scene that may be spoken; the rest is looks, air and cuts."""


def words_in(text: str) -> int:
    """Spoken words of a text."""
    return len(text.split())


def frames_of(seconds: float) -> int:
    """Seconds as whole frames."""
    return round(seconds * FPS)


def spoken_frames(texts: list[str], words_per_minute: int = WORDS_PER_MINUTE) -> int:
    """Frames that lines need when they are said one after the other, breath included."""
    if not texts:
        return 0
    by_words = sum(words_in(text) for text in texts) * 60 / words_per_minute
    by_letters = sum(len(text) for text in texts) / LETTERS_PER_SECOND
    return ceil((max(by_words, by_letters) + BREATH_S) * FPS)


def fewest_frames(
    texts: list[str], words_per_minute: int = WORDS_PER_MINUTE, *, limit: int = SHORTEST_FRAMES
) -> int:
    """Frames below which a shot may not go: the words rule without breath, or time to read a picture.

    `limit` is the longest clip: where that is shorter than a picture takes to read, it is as short.
    """
    by_words = ceil(sum(words_in(text) for text in texts) * 60 * FPS / words_per_minute)
    return max(by_words, min(SHORTEST_FRAMES, limit))


def share_frames(total: int, needs: list[int], weights: list[float], *, limit: int) -> list[int]:
    """Give every shot what it needs and share the rest by weight, no shot over `limit`.

    The lengths add up to `total` exactly unless the limit makes that impossible.
    """
    lengths = [min(limit, need) for need in needs]
    while (left := total - sum(lengths)) > 0:
        open_ = [at for at, length in enumerate(lengths) if length < limit]
        if not open_:
            break
        weight = sum(weights[at] for at in open_)
        given = 0
        for at in open_:
            extra = min(limit - lengths[at], int(left * weights[at] / weight))
            lengths[at] += extra
            given += extra
        if given == 0:
            for at in open_[:left]:
                lengths[at] += 1
    return lengths


def letters_of(at: int) -> str:
    """What a scene's shot is called on the slate, counted from 0: A to Z, then AA, AB and so on."""
    turn, letter = divmod(at, LETTERS)
    return f"{chr(ord('A') + turn - 1) if turn else ''}{chr(ord('A') + letter)}"


def shot_count(asked: int, *, seconds: float, limit_s: float) -> int:
    """The shots asked for, or more when so few could not fill the time at the model's clip length."""
    return min(MOST_SHOTS, max(asked, ceil(frames_of(seconds) / int(limit_s * FPS))))
