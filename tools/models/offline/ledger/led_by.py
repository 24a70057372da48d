"""Which word leads to a name: `of old Mr Pym` is led by `of`, whatever honours stand between."""

from state.script import Language
from tools.models.offline.ledger.clause import WORD, words_of_class

HONOURS = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "sir", "don", "doña", "dona", "seu", "señor", "señora", "sr", "sra"]
)


def leader_of(before: str, language: Language) -> list[str]:
    """The last word of a text that is no honour and no adjective; empty where there is none."""
    words = [word.lower() for word in WORD.findall(before)]
    while words and words[-1] in words_of_class("before_nouns", language) | HONOURS:
        words.pop()
    return words[-1:]
