"""Clothes of the age and the weather in which a brief plays."""

from collections.abc import Sequence
from typing import Any, Literal

from state.script import Accessory, Garment, Language, Look, Presentation
from tools.models.offline.persons.described import Described, is_past
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, structure

Era = Literal["old", "past", "recent", "now"]
"""Before 1900, before 1950, before 1975, and since."""
UNTIL: dict[Era, int] = {"old": 1900, "past": 1950, "recent": 1975}
Swap = dict[Garment, Garment]

RECENT: dict[Presentation, Swap] = {
    "woman": {
        "hoodie": "sweater", "t_shirt": "dress", "shirt": "dress", "blouse": "dress", "hi_vis": "overalls",
        "jacket": "dress", "scrubs": "apron",
    },
    "man": {"hoodie": "sweater", "t_shirt": "shirt", "hi_vis": "overalls", "scrubs": "coat"},
}  # fmt: skip
PAST: dict[Presentation, Swap] = {
    "woman": {
        "hoodie": "dress", "t_shirt": "dress", "jacket": "dress", "suit": "dress", "shirt": "dress",
        "sweater": "dress", "hi_vis": "dress", "blouse": "dress", "scrubs": "apron", "overalls": "apron",
    },
    "man": {"hoodie": "shirt", "t_shirt": "shirt", "jacket": "coat", "hi_vis": "waistcoat", "scrubs": "coat"},
}  # fmt: skip
OLD: dict[Presentation, Swap] = {
    "woman": {**PAST["woman"], "dress": "traditional", "coat": "traditional"},
    "man": {
        **PAST["man"],
        **dict.fromkeys(("sweater", "overalls", "jacket", "shirt", "t_shirt"), "waistcoat"),
    },
}  # fmt: skip
CUTS: dict[Era, dict[Presentation, Swap]] = {"old": OLD, "past": PAST, "recent": RECENT}
WARM_CLOTHES: dict[Presentation, Swap] = {
    "woman": {"blouse": "coat", "t_shirt": "sweater", "shirt": "sweater"},
    "man": {"shirt": "sweater", "t_shirt": "sweater"},
}
LIGHT_CLOTHES: dict[Presentation, Swap] = {
    "woman": {"sweater": "blouse", "coat": "blouse", "hoodie": "t_shirt", "jacket": "blouse"},
    "man": {"sweater": "shirt", "coat": "shirt", "hoodie": "t_shirt", "jacket": "shirt"},
}
PLAIN: dict[Garment, str] = {
    "overalls": "blue", "dress": "brown", "waistcoat": "brown", "shirt": "brown", "blouse": "brown",
}  # fmt: skip
"""What was worn to work before vests shone."""
WARM = ("scarf", "shawl")
SUMMERY = ("cap", "straw_hat")
BARE: tuple[Garment, ...] = ("dress", "t_shirt", "apron")


def era_of(text: str, language: Language) -> Era:
    """When a brief plays, as far as clothes tell."""
    return next((era for era, year in UNTIL.items() if is_past(text, language, until=year)), "now")


def is_hot(text: str, language: Language) -> bool:
    """Whether nobody there wants wool around the neck."""
    times = bank(language)["looks"]["times"]
    hot, cold = (
        re.search(rf"(?<!\w)(?:{times[key]})(?!\w)", text, re.IGNORECASE) is not None
        for key in ("hot", "cold")
    )
    return hot and not cold


def is_cold(text: str, language: Language) -> bool:
    """Whether a brief plays in snow or frost."""
    freezing = bank(language)["looks"]["times"]["freezing"]
    return re.search(rf"(?<!\w)(?:{freezing})(?!\w)", text, re.IGNORECASE) is not None


def in_its_time(
    look: Look,
    told: Described,
    *,
    era: Era,
    hot: bool,
    cold: bool = False,
    worn: Sequence[Garment] = (),
    northern: bool = False,
) -> Look:
    """The look in clothes of its age and weather, except for what the text itself says."""
    change: dict[str, Any] = {}
    garment: Garment = look.garment
    white = structure()["colours"]["white"]
    if not told.garment:
        garment = CUTS[era][look.presentation].get(garment, garment) if era != "now" else garment
        if look.garment == "scrubs" != garment and not told.colour:
            change["garment_colour"] = white
        doctor = garment == "coat" and change.get("garment_colour", look.garment_colour) == white
        if hot and not doctor and not (era in ("old", "past") and garment == "dress"):
            garment = LIGHT_CLOTHES[look.presentation].get(garment, garment)
        if cold and not hot:
            garment = _warm(look.presentation, garment, worn)
        if look.garment == "hi_vis" != garment and not told.colour:
            change["garment_colour"] = structure()["colours"][PLAIN[garment]]
    if hot and look.accessory in WARM and not told.accessory:
        change["accessory"] = "none"
    if cold and not hot and garment in BARE and look.presentation == "woman":
        change.update(_wrapped(look))
    change.update(
        _headgear(look, told, garment, era=era, frost=cold and not hot, pale_sun=northern and not hot)
    )
    return look.model_copy(update={**change, "garment": garment})


def _headgear(
    look: Look, told: Described, garment: Garment, *, era: Era, frost: bool, pale_sun: bool
) -> dict[str, Any]:
    """A hat of the age and the weather instead of a younger or a thinner one."""
    if look.accessory == "helmet" and not told.accessory and era in ("old", "past"):
        return {"accessory": "flat_cap" if look.presentation == "man" else "headscarf"}
    if frost and look.accessory in SUMMERY and not told.accessory:
        return {"accessory": "knit_cap"}
    if pale_sun and look.accessory == "straw_hat" and not told.accessory:
        return {"accessory": "flat_cap" if look.presentation == "man" else "headscarf"}
    return {"accessory": _cap(look, told, garment, era)} if look.accessory == "cap" else {}


def _warm(sex: Presentation, garment: Garment, worn: Sequence[Garment]) -> Garment:
    """Something warm instead of a thin garment; two in the same jumper look like brothers."""
    warm = WARM_CLOTHES[sex].get(garment)
    if warm is None:
        return garment
    choice: tuple[Garment, ...] = (warm, "coat", "jacket", "sweater")
    return next((one for one in choice if one not in worn), warm)


def _wrapped(look: Look) -> dict[str, Any]:
    """A shawl over short sleeves, where a hand's breadth is free for it."""
    if "shawl" in (look.accessory, look.also) or "none" not in (look.accessory, look.also):
        return {}
    return {"also" if look.accessory != "none" else "accessory": "shawl"}


def _cap(look: Look, told: Described, garment: Garment, era: Era) -> Accessory:
    """Caps with a long peak are younger than some of their wearers, and go with no robe."""
    if garment in ("gown", "cassock"):
        return "skullcap"
    if garment == "uniform" and told.accessory == "cap":
        return "peaked_cap"
    if era == "now":
        return "cap"
    return "none" if look.presentation == "woman" and not told.accessory else "flat_cap"
