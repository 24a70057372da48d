"""What a client says of themselves while they ask for a film: it plays nowhere, and at no hour.

`I teach evening classes and would like an episode about a pupil` tells of a client, whom nobody will see.
"""

from collections.abc import Collection
from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

LEAST = 40
"""Letters of a story that are left at least."""


def without_requests(text: str, language: Language) -> str:
    """A text without the half sentences in which somebody asks for a film; what follows them stays."""
    left = _asks(language).sub(" ", text)
    return left if len(left) >= LEAST or not text.strip() else text


@lru_cache(maxsize=4)
def _asks(language: Language) -> re.Pattern[str]:
    """From the head of a sentence to the word for the film: `Dou aula à noite e queria um episódio`."""
    table = bank(language)["settings"]["asked"]
    films = _listed({*_main(language)["films"], *_main(language)["ads"]})
    wants, whom, after = ("|".join(table[one]) for one in ("wants", "whom", "after"))
    # Nobody else wants it: `she wants a film` is a story.
    return re.compile(
        rf"(?:(?<=[.!?\n]) |(?<=\n)|^)(?:(?:{whom})[^.!?:\n]*?[ ,])?(?:{wants}) (?:[\w'\u2019-]+ ){{0,4}}?"
        rf"(?:{films})(?!\w)(?:,? (?:{after})(?!\w)[^.!?:;\n]*)?",
        re.IGNORECASE,
    )


def _listed(words: Collection[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _main(language: Language) -> Table:
    table: Table = bank(language)["main_place"]
    return table
