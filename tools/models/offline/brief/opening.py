"""The client's own paragraph at the head of a page: who we are, what we can pay, what it should not be.

Where some of its sentences are the client's and the story begins below it, all of it is the client's, but
for what already speaks of somebody whom the story goes on about.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from state.script import Language
from tools.models.offline.brief.envelope import speaks_of_oneself
from tools.models.offline.words import patterns as re

LEAST_AFTER = 0.4
"""The share of a page's words that the story has below it."""
OWN_STORY = 2
"""So many sentences below it in which somebody says `I`: it is their story, and begins with them."""
NAME = re.compile(r"(?<=[^.!?:\n] )[A-ZÀ-Ý][\w'\u2019-]{2,}|(?<=[^.!?:\n] [\"(\u201c\u00ab])[A-ZÀ-Ý]\w{2,}")
LEADS = re.compile(r":\s*$")


def opening(sentences: Sequence[str], notes: Collection[str], language: Language) -> frozenset[int]:
    """Which sentences at the head are the client's because of those beside them, by their place."""
    whole = sum(len(one.split()) for one in sentences)
    found: set[int] = set()
    for start, end in _paragraphs(sentences):
        rest = sentences[end:]
        own = [at for at in range(start, end) if sentences[at] in notes]
        after = sum(len(one.split()) for one in rest)
        mine = [one for one in rest if one not in notes and speaks_of_oneself(one, language)]
        if not own or after < LEAST_AFTER * whole or len(mine) >= OWN_STORY:
            break
        found |= _theirs(range(start, end), sentences, " ".join(rest))
        if not found >= {*range(start, end)}:
            break
    return frozenset(found)


def _theirs(places: range, sentences: Sequence[str], story: str) -> set[int]:
    """The places up to the first sentence that already tells the story, or behind one that leads to it."""
    found: set[int] = set()
    for at in places:
        told = any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", story) for name in _names(sentences[at]))
        if told:
            break
        found.add(at)
        if LEADS.search(sentences[at]) and at + 1 < places.stop:
            break
    return found


def _names(sentence: str) -> list[str]:
    return [one.group() for one in NAME.finditer(sentence)]


def _paragraphs(sentences: Sequence[str]) -> list[tuple[int, int]]:
    ends = [at + 1 for at, one in enumerate(sentences) if one.rstrip(" ").endswith("\n")]
    bounds = [0, *ends, len(sentences)]
    return [(start, end) for start, end in pairwise(bounds) if start < end]
