"""What somebody wears is on them or in a hand, never both: what is taken off is gone from their look."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from state.script import Blocking, Character, Garment, Language, Look, Scene
from tools.models.offline.ledger.book import Stand
from tools.models.offline.persons.described import HEADWEAR
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank

Worn = Literal["glasses", "headwear", "outer", "apron", "scarf", "gloves", "tie"]
Bare = Mapping[str, frozenset[Worn]]
"""By name, what somebody had on and has taken off."""
WORN_AS: dict[str, Worn] = {
    "spectacles": "glasses", "glasses": "glasses", "sunglasses": "glasses",
    **dict.fromkeys(("hat", "sun_hat", "top_hat", "cap", "chef_hat", "helmet"), "headwear"),
    **dict.fromkeys(("coat", "suit_jacket", "lab_coat", "hung_jacket"), "outer"),
    "hung_apron": "apron", "scarf": "scarf", "gloves": "gloves", "tie": "tie",
}  # fmt: skip
"""Pictures of what people wear."""
OUTER: tuple[Garment, ...] = ("coat", "jacket", "suit")


def is_worn(picture: str, look: Look) -> bool:
    """Whether somebody who looks so has such a thing on."""
    kind = WORN_AS.get(picture)
    return kind is not None and _has_on(look, kind)


def without(look: Look, kinds: Iterable[Worn]) -> Look:
    """The look without what was taken off."""
    change: dict[str, object] = {}
    for kind in kinds:
        if kind == "glasses":
            change["glasses"] = False
        elif kind == "outer" and look.garment in OUTER:
            change |= {"garment": look.under or ("blouse" if look.presentation == "woman" else "shirt")}
            change |= {"garment_colour": look.under_colour or PLAIN, "pattern": look.under_pattern}
        elif kind == "apron" and look.garment == "apron":
            change |= {"garment": look.under or "shirt", "garment_colour": look.under_colour or PLAIN}
            change |= {"pattern": look.under_pattern}
        elif look.accessory in NAMED.get(kind, ()):
            change["accessory"] = "none"
        elif look.also in NAMED.get(kind, ()):
            change["also"] = "none"
    return look.model_copy(update=change) if change else look


KINDS: tuple[Worn, ...] = ("glasses", "headwear", "outer", "apron", "scarf", "gloves", "tie")
PLAIN = "#f5f5f2"
NAMED: dict[Worn, tuple[str, ...]] = {
    "headwear": HEADWEAR, "scarf": ("scarf", "shawl", "neckerchief"), "gloves": ("gloves",), "tie": ("tie",),
}  # fmt: skip


def bare_after(
    before: Bare, stands: Sequence[Stand], people: Sequence[Character], language: Language
) -> dict[str, frozenset[Worn]]:
    """Who is without what by the end of these clauses."""
    bare = dict(before)
    looks = {one.name: one.look for one in people}
    for stand in stands:
        for kind in _kinds(stand.text, "off", language):
            wearers = [name for name in (*stand.doers, *stand.acting) if name in looks]
            owner = next((name for name in wearers if _has_on(looks[name], kind)), "")
            bare[owner] = bare.get(owner, frozenset()) | {kind}
        back = _kinds(stand.text, "on", language)
        for name in stand.doers:
            whole = bare.get(name, frozenset()) if _form("again", language).search(stand.text) else back
            bare[name] = bare.get(name, frozenset()) - whole
    return {name: kinds for name, kinds in bare.items() if name and kinds}


def worn_once(block: Blocking) -> Blocking:
    """Somebody in a picture without a second one, in the hand, of what they have on."""
    if not is_worn(block.holds, block.look):
        return block
    return block.model_copy(update={"holds": "", "gesture": "none"})


def bare_before(cast: Sequence[Character], before: Sequence[Scene], place: str) -> dict[str, frozenset[Worn]]:
    """Who took something off in the scene before, where the next one goes on in its place."""
    if not before or before[-1].place != place:
        return {}
    first = {one.name: one.look for one in cast}
    last = {who.character: who.look for shot in before[-1].shots for who in shot.staging.people}
    return {
        name: frozenset(kind for kind in KINDS if _has_on(first[name], kind) and not _has_on(look, kind))
        for name, look in last.items()
        if name in first
    }


def _has_on(look: Look, kind: Worn) -> bool:
    if kind == "glasses":
        return look.glasses
    if kind == "outer":
        return look.garment in OUTER
    if kind == "apron":
        return look.garment == "apron"
    return look.accessory in NAMED[kind] or look.also in NAMED[kind]


def _kinds(text: str, verb: str, language: Language) -> frozenset[Worn]:
    """What the words take off or put on."""
    nouns: dict[Worn, str] = bank(language)["people"]["worn"]["nouns"]
    return frozenset(kind for kind, noun in nouns.items() if _form(verb, language, noun).search(text))


@lru_cache(maxsize=64)
def _form(verb: str, language: Language, noun: str = "") -> re.Pattern[str]:
    pattern: str = bank(language)["people"]["worn"][verb]
    return re.compile(rf"(?<!\w)(?:{pattern.replace('{noun}', f'(?:{noun})')})(?!\w)", re.IGNORECASE)
