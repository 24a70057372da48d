"""Where weather falls on people and large things may stand."""

from state.script import OUTDOORS, Language, SetKind
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

IN_WEATHER: frozenset[SetKind] = OUTDOORS | {"station"}
"""A platform has a roof, and the rain beside it."""
WINDOWLESS: frozenset[SetKind] = frozenset(
    ("lift", "cell", "cold_store", "cellar", "vault", "mine", "cave", "stage", "cinema")
)
"""Rooms without a pane that rain could run down."""
FEW = 4
"""Words in which a sentence names what it tells of."""


def goes_on_outside(text: str, language: Language) -> bool:
    """`Outside, the dog barks`: somebody is told of who is out there, and no weather, light or noise."""
    table = bank(language)["settings"]["outside"]
    led = re.match(rf"(?:{'|'.join(table['led'])})(?!\w),? ", text.strip(), re.IGNORECASE)
    if led is None:
        return False
    words = re.findall(r"[^\W\d_]+", text.strip()[led.end() :].lower())[:FEW]
    barred = {*bank(language)["main_place"]["senses"], *table["skies"]}
    return barred.isdisjoint(words)
