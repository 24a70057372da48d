"""The things that carry a story: its title's noun, what it names most, and what its turn and its end turn on.

Whoever retells the story names them, so each has to be seen.
"""

from collections import Counter

from state.brief import NovelaBrief
from tools.models.offline.brief.reading import text_of
from tools.models.offline.clauses.tokens import sentences_of
from tools.models.offline.things.picturing import found_in
from tools.models.offline.things.shown import Words, parted, words_of
from tools.models.offline.things.thing_look import stripes_in
from tools.models.offline.things.things import CROWDS, FIXTURES, new_words
from tools.pictures.library import pictures

TITLED, NAMED, BROUGHT, AT_THE_END, AT_THE_TURN = 4, 1, 1, 2, 2
MOST_NAMED = 4
"""Naming a thing oftener makes it no more important."""
LEAST, MOST = 2, 5
ENDING = 2
"""The last sentences, whose things nobody forgets."""
TURN = 0.55
"""From this share of its sentences on a story turns; the last sentence is its end."""
RIDDEN_CM = 250
"""A larger vehicle is where a story plays."""
SCENERY = ("buildings", "sky", "plants")
"""What stands there anyway."""


def load_bearing(brief: NovelaBrief) -> list[str]:
    """Pictures of the things that carry the story, the weightiest first."""
    scores = scores_of(brief)
    heavy = [one for one, score in scores.items() if score >= LEAST]
    return sorted(heavy, key=lambda one: -scores[one])[:MOST]


def scores_of(brief: NovelaBrief) -> dict[str, float]:
    """How much of a story hangs on each thing that it names."""
    words = words_of(brief)
    sentences = sentences_of(text_of(brief))
    whole = f"{brief.title}. {text_of(brief)}"
    titled = {one.picture for one in found_in(brief.title, brief.language, story=whole)}
    titled |= {"flag"} if stripes_in(brief.title, text_of(brief), brief.language) else set()
    named = Counter(one for text in sentences for one in dict.fromkeys(_named(text, words)))
    brought = {one for text in sentences for one in _brought(text, words)}
    turn = sentences[int(len(sentences) * TURN) : -ENDING]
    scores: dict[str, float] = {}
    for picture in dict.fromkeys([*sorted(titled), *named]):
        if not bears(picture):
            continue
        score = TITLED * (picture in titled) + NAMED * min(named[picture], MOST_NAMED)
        score += BROUGHT * (picture in brought)
        score += AT_THE_END * any(picture in _named(text, words) for text in sentences[-ENDING:])
        scores[picture] = score + AT_THE_TURN * any(picture in _named(text, words) for text in turn)
    return scores


def bears(picture: str) -> bool:
    """Whether a story can hang on it: scenery and what every set has do not count, but a window may."""
    known = pictures()[picture]
    if picture in CROWDS or (known.kind == "vehicles" and known.cm > RIDDEN_CM):
        return False
    return known.kind not in SCENERY and (picture not in FIXTURES or picture in OPENINGS)


def _brought(text: str, words: Words) -> list[str]:
    """What a sentence brings into the story with an article: `finds a letter`."""
    new = new_words(words.language)
    parts = [(one, part) for one, part in parted(text, words) if part == "acted_on"]
    return [one.picture for one, _ in parts if new & set(text[: one.start].casefold().split()[-ARTICLE:])]


ARTICLE = 2
OPENINGS = frozenset(("window",))


def _named(text: str, words: Words) -> list[str]:
    """What a sentence shows: neither what it denies nor what somebody only wears."""
    return [one.picture for one, part in parted(text, words) if part != "said"]
