"""Whether the lights of a place are out: the power fails, somebody puts the neon out, a lighthouse is dark.

A candle or a torch is a thing of the story and has its own state; this is what belongs to the set.
"""

from collections.abc import Iterable

from state.script import Language, Place, Scene
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import Table, bank

UNLIT = "unlit"
"""What a place is said to be whose lights are out."""


def lights_after(text: str, language: Language, *, out: bool = False) -> bool:
    """Whether the lights are out behind these words, `out` being how they stood before."""
    table: Table = bank(language)["settings"]["lights"]
    said = [(one.end(), True) for one in re.finditer(rf"(?<!\w)(?:{table['out']})(?!\w)", text, re.I)]
    said += [(one.end(), False) for one in re.finditer(rf"(?<!\w)(?:{table['back']})(?!\w)", text, re.I)]
    return max(said)[1] if said else out


def stand_out(text: str, language: Language) -> bool:
    """Whether the lights are out before anything is told: `The lighthouse has been dark for an hour.`."""
    table: Table = bank(language)["settings"]["lights"]
    first = re.search(rf"(?<!\w)(?:{table['out']}|{table['back']})(?!\w)", text, re.I)
    return (
        first is not None and re.search(rf"(?<!\w)(?:{table['standing']})(?!\w)", first[0], re.I) is not None
    )


def are_out(scenes: Iterable[Scene], place: Place) -> bool:
    """Whether the scene before left this place without its lights."""
    shots = [shot for scene in list(scenes)[-1:] for shot in scene.shots]
    return bool(shots) and shots[-1].staging.place.name == place.name and is_unlit(shots[-1].staging.place)


def is_unlit(place: Place) -> bool:
    """Whether its lights are out."""
    return UNLIT in place.about


def with_lights(place: Place, *, out: bool) -> Place:
    """The place with its lights on or out."""
    kept = [one for one in place.about if one != UNLIT]
    return place if out == is_unlit(place) else place.model_copy(update={"about": kept + [UNLIT] * out})
