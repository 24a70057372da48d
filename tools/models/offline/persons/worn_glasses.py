"""Glasses that somebody puts on in the story: from then on their face has them, in the told colour."""

from functools import lru_cache

from state.script import Language, Look, ThingLook
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure


def wears_glasses(text: str, language: Language) -> bool:
    """Whether somebody has glasses on or puts them on in these words."""
    return _form(language).search(text) is not None


def with_glasses(look: Look, told: ThingLook | None) -> Look:
    """The look with glasses, in the story's colour where it has one."""
    if look.glasses and (look.glasses_colour or not told):
        return look
    hexes: dict[str, str] = structure()["colours"]
    colour = hexes.get(told.colour) if told else None
    return look.model_copy(update={"glasses": True, "glasses_colour": colour or look.glasses_colour})


@lru_cache(maxsize=4)
def _form(language: Language) -> re.Pattern[str]:
    pattern: str = bank(language)["pictures"]["acts"]["glasses_on"]
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)
