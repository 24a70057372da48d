"""Woman or man, as somebody moves a part of their own body: `watches them and rolls her eyes`."""

from functools import lru_cache

from state.script import Language, Presentation
from tools.models.offline.words import patterns as re

MOVES = (
    "rolls|shakes|raises|lowers|lifts|closes|shuts|opens|narrows|wipes|dries|rubs|clears|folds|crosses|bites|licks"
    "|nods|bows|tilts|turns|hides|covers|buries|scratches|wrinkles|purses|clenches|drums|squints|blinks|catches|holds"
)
BODY = (
    "head|eyes?|eyebrows?|brows?|hands?|arms?|shoulders?|face|lips?|mouth|nose|chin|neck|fists?|fingers?|throat"
    "|forehead|cheeks?|tears|breath|tongue|hair|beard|moustache|back|knees?|feet"
)
HERS: dict[str, Presentation] = {"her": "woman", "his": "man"}


@lru_cache(maxsize=512)
def own_body(name: str, text: str, language: Language) -> Presentation | None:
    """What the possessive beside a part of the body says of whoever opens the sentence.

    Only English says it: `su cabeza` is anybody's. Nobody else stands between the name and the deed.
    """
    if language != "en" or not name:
        return None
    parts = [one for one in name.split() if len(one) > 1 and one[0].isupper() and not one.endswith(".")]
    called = "|".join(map(re.escape, parts))
    if not called:
        return None
    aside = r"(?:, [^.;:!?A-Z,]{2,60},)?"
    opens = rf"(?:^|[.!?;] )(?:{called})(?: (?:{called}))?{aside}"
    moved = rf"(?:{MOVES}) (her|his) (?:own )?(?:{BODY})(?!\w)"
    found = re.findall(rf"{opens} (?:[^.;:!?A-Z]{{0,70}}? )??{moved}", text)
    sexes = {HERS[one] for one in found}
    return next(iter(sexes)) if len(sexes) == 1 else None
