"""Numbers of several words: the `y` of `noventa y cinco` joins no clauses."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.words.bank import bank


def within_number(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a word stands between the tens and the units of one number."""
    if not 0 < at < len(tokens) - 1:
        return False
    numbers = bank(language)["people"]["numbers"]
    tens, units = numbers["tens"].split(), numbers["units"].split()
    return tokens[at - 1].lower in tens and tokens[at + 1].lower in units
