"""Names in other scripts: which language's rules read them.

A line is read by the rules of its own language; a name in Chinese or Arabic letters would be
spelled out by the names of its signs, or be silence. Such parts are read by the rules of
their own script, by the same voice. A name in Han signs is read as Chinese: which language it
is from cannot be told from the signs.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

READERS = {
    "CYRILLIC": "ru", "GREEK": "el", "CJK": "cmn", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "ARABIC": "ar", "HEBREW": "he", "DEVANAGARI": "hi", "THAI": "th", "GEORGIAN": "ka", "ARMENIAN": "hy",
    "TAMIL": "ta", "BENGALI": "bn", "TELUGU": "te",
}  # fmt: skip
"""Script, as Unicode names it, to the rules that read it."""


@lru_cache(maxsize=4096)
def reader_of(mark: str) -> str | None:
    """The rules for a letter of another script; None for what any line may hold."""
    return READERS.get(unicodedata.name(mark, "").partition(" ")[0]) if mark.isalpha() else None


def readings(text: str) -> Iterator[tuple[str | None, str]]:
    """The parts of a text with their rules; None is the line's own."""
    current: str | None = None
    marked = []
    for mark in text:
        if mark.isalpha():
            current = reader_of(mark)
        # Vowel signs and accents belong to the letter before them, spaces and marks to the line.
        marked.append((current if mark.isalpha() or unicodedata.category(mark)[0] == "M" else None, mark))
    for reader, part in groupby(marked, key=lambda pair: pair[0]):
        yield reader, "".join(mark for _, mark in part)
