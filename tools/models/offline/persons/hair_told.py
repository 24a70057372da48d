"""The colour of somebody's hair, as a text tells it: of the head first, else of the beard."""

from tools.models.offline.words import patterns as re
from tools.models.offline.words.appearance import blended
from tools.models.offline.words.bank import Table, structure

JOINS = "and|with|y|con|e|com|de"
APART = f"{JOINS}|na|no|nas|nos|en|em|on|in|over|round|around|sobre|a|ao|al"
"""Words behind which another thing begins: `a red scarf on her head` is no red hair."""
COVERED = (
    r"(?:in|under|inside|beneath|bajo|en|sob|em|and|with|y|con|e|com) "
    r"(?:an?|una?|uma?|um|el|la|o|the|her|his|su) |num |numa "
)
"""What follows is worn over it: `fair hair in a white cap`, `a shaved head and a green jacket`."""
NO_SHADE = ("words", "beards", "dyed", "alone")
FADED = ("white", "grey")
DYED = "black"
"""What hair is dyed with where no colour is told."""


def told_hair_colour(text: str, looks: Table) -> str | None:
    """`White moustache`, `cabelo ruivo`, `pelirroja`; two colours are both in it: `grey-red hair`."""
    table = looks["hair_colours"]
    shades = {key: words for key, words in table.items() if key not in NO_SHADE}
    named = _beside(text, table["words"], table, shades) or _alone(text, table["alone"], shades)
    named = named or _beside(text, table["beards"], table, shades)
    if not named and _dyed(text, table):
        named = [DYED]
    colours: dict[str, str] = structure()["looks"]["hair"]
    hexes = [colours[key] for key in named]
    return blended(hexes[0], hexes[1]) if len(hexes) > 1 else hexes[0] if hexes else None


def straight_hair(text: str, looks: Table) -> bool:
    """`Pelo liso`, `straight fringe`: neither curls nor waves."""
    words, nouns = looks["more"]["straight"], looks["hair_colours"]["words"]
    near = rf"(?<!\w)(?:{nouns}) (?:[\w-]+ ){{0,2}}?(?:{words})(?!\w)|(?<!\w)(?:{words})(?!\w)"
    return any(re.search(nouns, one.group()) for one in re.finditer(near, text, re.IGNORECASE))


def _beside(text: str, nouns: str, table: Table, shades: dict[str, str]) -> list[str]:
    """The colours that stand with one of these nouns, a faded one with the one it has left."""
    small = rf"(?:(?!(?:{APART})[ -])[\w-]+[ -])"
    found = []
    for key, words in shades.items():
        before = rf"(?<!\w)(?:{words})[ -]{small}{{0,2}}(?:{nouns})(?!\w)"
        after = rf"(?<!\w)(?:{nouns}) (?:(?!{COVERED})[\w-]+ ){{0,3}}?(?:{words})(?!\w)"
        if re.search(f"{before}|{after}", text, re.IGNORECASE):
            found.append(key)
    faded = [key for key in found if key in FADED]
    own = [key for key in found if key not in FADED]
    both = faded and own and _joined(text, shades[faded[0]], shades[own[0]])
    return [own[0], faded[0]] if both else found[:1]


def _joined(text: str, one: str, other: str) -> bool:
    """`Grey-red`, `red and grey`, `castaño con canas`."""
    link = rf"(?:-| |[ ,]+(?:{JOINS}|going|turning|streaked with) )"
    return any(
        re.search(rf"(?<!\w)(?:{a}){link}(?:{b})(?!\w)", text, re.IGNORECASE)
        for a, b in ((one, other), (other, one))
    )


def _alone(text: str, alone: str, shades: dict[str, str]) -> list[str]:
    told = re.search(rf"(?<!\w)(?:{alone})(?!\w)", text, re.IGNORECASE)
    found = told.group().lower() if told else ""
    return [key for key, words in shades.items() if found and re.match(words, found)][:1]


def _dyed(text: str, table: Table) -> bool:
    nouns, dyed = table["words"], table["dyed"]
    before = rf"(?<!\w)(?:{dyed})[ -](?:[\w-]+ )?(?:{nouns})(?!\w)"
    after = rf"(?<!\w)(?:{nouns}) (?:[\w-]+ )?(?:{dyed})(?!\w)"
    return re.search(f"{before}|{after}", text, re.IGNORECASE) is not None
