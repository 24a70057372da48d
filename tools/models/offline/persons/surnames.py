"""How far a name reaches: `Don Aurelio Vega Luna` and `Maria das Dores` are one person each."""

from collections.abc import Sequence

from tools.models.offline.words import patterns as re
from tools.models.offline.words.names import is_given_name

PARTICLES = ("de", "del", "la", "las", "los", "da", "do", "das", "dos")
SMALL_HONOURS = ("don", "doña", "dona")
SHORT, LONG = 2, 4
"""Words of a name at most; of one that begins with an honour or a first name."""


def reach_of(first: str) -> int:
    """So many words at most make a name: `Hazel Pike`, `Ana Luisa Rey Soto`, `Don Aurelio Vega Luna`."""
    return LONG if first.lower() in SMALL_HONOURS or is_given_name(first) else SHORT


def without_honour(run: list[str]) -> list[str]:
    """`Don Aurelio Vega` has two names of his own; `Don Aurelio` is called so."""
    return run[1:] if len(run) > SHORT and run[0].lower() in SMALL_HONOURS else run


def bare(name: str) -> str:
    """The name as a role stands beside it: `El alcalde, don Eusebio` has a small honour."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.lower() in SMALL_HONOURS else name


def is_part_of(one: str, other: str) -> bool:
    """Whether a name is all in another one: `Cisneros` and `Doña Amalia` in `Amalia Cisneros`."""
    return one != other and ({*one.split()} < {*other.split()} or {*bare(one).split()} < {*other.split()})


def is_surname(tokens: Sequence[re.Match[str]], index: int) -> bool:
    """`Maria das Dores`, `Aurelio de la Cruz`: a particle joins it to the first name before it."""
    at = index - 1
    while at > 0 and tokens[at].group() in PARTICLES:
        at -= 1
    led = tokens[at].string[tokens[at].end() : tokens[index].start()]
    joined = [one.group() for one in tokens[at + 1 : index]]
    return bool(joined) and led.split() == joined and is_given_name(tokens[at].group())
