"""How people in a Spanish story call each other: `tú`, `vos` on the Río de la Plata, or `usted`."""

from functools import lru_cache

from state.script import Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank
from tools.models.offline.words.homeland import country_of
from tools.models.offline.words.quotations import QUOTED

VOSEO = re.compile(
    r"(?<!\w)(?:vos|sos|tenés|querés|podés|sabés|decime|mirá|vení|dejá|che)(?!\w)", re.IGNORECASE
)
USTED = re.compile(r"(?<!\w)usted(?!\w)", re.IGNORECASE)
RIVER = ("argentina", "uruguay")


@lru_cache(maxsize=64)
def address_of(text: str, language: Language) -> str:
    """The address of a brief, by what it quotes and where it plays."""
    if language != "es":
        return "tú"
    quoted = " ".join(found[1] for found in QUOTED.finditer(text))
    if USTED.search(quoted):
        return "usted"
    return "vos" if VOSEO.search(text) or country_of(text) in RIVER else "tú"


def addressed(text: str, address: str) -> str:
    """A line in `tú` as people say it who call each other `vos`."""
    if address != "vos":
        return text
    forms: dict[str, str] = bank("es")["reported"]["voseo"]
    openers: dict[str, str] = bank("es")["reported"]["voseo_orders"]
    text = re.sub(r"(?<=\b)(\w+)\b", lambda found: _as_written(found[1], forms), text)
    return re.sub(
        r"(^|[.!?:\u2026] |¡)(\w+)(?=[,.!]| (?:el|la|los|las|un|una|bien|aquí|esto|eso|más|lo))",
        lambda found: f"{found[1]}{_as_written(found[2], openers)}",
        text,
    )


def _as_written(word: str, forms: dict[str, str]) -> str:
    new = forms.get(word.lower())
    if new is None:
        return word
    return f"{new[:1].upper()}{new[1:]}" if word[:1].isupper() else new
