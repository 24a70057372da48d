"""Words as they are compared: `Café's` and `cafe` are one."""

import unicodedata
from functools import lru_cache

from tools.models.offline.words import patterns as re

WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")


@lru_cache(maxsize=16384)
def plain_word(word: str) -> str:
    """Lower case, without accents and without a possessive ending."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))
    return re.sub("['\u2019]s$", "", bare).replace("\u2019", "'")
