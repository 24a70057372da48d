"""Shorter endings of a clause: cut only where what is left is still a whole sentence."""

from collections.abc import Iterator

from state.script import Language
from tools.models.offline.speech.words import listed, pattern
from tools.models.offline.words import patterns as re

BRACKETS = re.compile(r"[\"“”«»()\[\]{}<>|#*_~^=@/\\]")
LOOSE_MARKS = " ,;:—\u2013"


def shorter(rest: str, verb: str, language: Language) -> Iterator[str]:
    """The rest of a clause, longest first, each ending where a sentence may end."""
    whole = rest.strip()
    yield whole
    held, loose = pattern(language, "held"), pattern(language, "loose")
    last = verb.split()[-1].lower() if verb.split() else ""
    # `told Lucía` says nothing yet.
    least = 2 if last in listed(language, "open_verbs") else 1
    cuts = sorted({found.start() for found in pattern(language, "cut").finditer(whole)}, reverse=True)
    for cut in cuts:
        kept = whole[:cut].rstrip(LOOSE_MARKS)
        if len(kept.split()) >= least and not held.search(kept) and not loose.search(kept):
            yield kept
    if cuts and cuts[-1] == 0 and last not in listed(language, "open_verbs"):
        yield ""


def stands_alone(text: str, language: Language, *, whole: bool) -> bool:
    """Whether a sentence has no hole, no bracket and no loose end."""
    bare = text.rstrip(".?!")
    loose = not whole and pattern(language, "loose").search(bare)
    return bool(bare) and not BRACKETS.search(bare) and not loose
