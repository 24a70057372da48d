"""Numbers of several words: the `y` of `noventa y cinco` joins no clauses."""

from collections.abc import Sequence

from state.script import Language
from tools.models.offline.clauses.tokens import Token
from tools.models.offline.words.bank import bank

AND = ("and", "y", "e")
HUNDREDS = frozenset(
    ("hundred", "thousand", "million", "mil", "mill\u00f3n", "millones", "milh\u00e3o", "milh\u00f5es",
     "cento", "duzentos", "duzentas", "trezentos", "trezentas", "quatrocentos", "quinhentos", "seiscentos",
     "setecentos", "oitocentos", "novecentos")
)  # fmt: skip
UNIT_BEFORE_NOUN = ["un", "una", "uma", "duas"]
"""`treinta y un años`"""
NUMBER = 3
MARKS = ",.;:!?"


def within_number(tokens: Sequence[Token], at: int, language: Language) -> bool:
    """Whether a word stands between the tens and the units of one number."""
    if not 0 < at < len(tokens) - 1:
        return False
    return is_number([one.lower for one in tokens[at - 1 : at + 2]], language)


def is_number(words: Sequence[str], language: Language) -> bool:
    """Whether three words are one number: `treinta y cinco`, `two hundred and`, `cento e vinte`."""
    numbers = bank(language)["people"]["numbers"]
    tens, units = numbers["tens"].split(), numbers["units"].split()
    low = [one.strip(MARKS).lower() for one in words]
    if len(low) != NUMBER or words[0][-1:] in MARKS or low[1] not in AND:
        return False
    units += UNIT_BEFORE_NOUN
    return low[2] in units if low[0] in tens else low[0] in HUNDREDS and low[2] in [*tens, *units]
