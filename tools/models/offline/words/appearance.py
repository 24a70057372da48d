"""Looks and colours in words, the same words every time."""

from state.script import Language, Look
from tools.models.offline.words.bank import Table, bank, structure
from tools.models.offline.words.grammar import A_BEFORE_VOWEL


def colour_name(hex_colour: str, language: Language) -> str:
    """The nearest colour that has a name."""
    return str(bank(language)["words"]["colours"][nearest(hex_colour, structure()["colours"])])


def nearest(hex_colour: str, table: dict[str, str]) -> str:
    """The key of the colour that is closest in red, green and blue."""
    wanted = _rgb(hex_colour)
    return min(
        table, key=lambda name: sum((a - b) ** 2 for a, b in zip(wanted, _rgb(table[name]), strict=True))
    )


def blended(one: str, other: str) -> str:
    """Halfway between two hex colours."""
    parts = (round((a + b) / 2) for a, b in zip(_rgb(one), _rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in parts)


def garment_words(look: Look, language: Language) -> str:
    """`navy blue coat`, without an article."""
    text: str = bank(language)["words"]["garments"][look.garment]
    text = text.replace("{colour}", colour_name(look.garment_colour, language))
    return f"{text} {bank(language)['words']['patterns'][look.pattern]}" if look.pattern else text


def worn_words(look: Look, language: Language) -> str:
    """`a navy blue coat, a scarf`: what stands after "in" or "with"."""
    words = bank(language)["words"]
    text = words["worn"][look.garment].replace("{colour}", colour_name(look.garment_colour, language))
    extra = words["accessories"].get(look.accessory, "")
    text = A_BEFORE_VOWEL.sub(r"\1n ", text) if language == "en" else text
    return f"{text}, {extra}" if extra else str(text)


def person_words(name: str, look: Look, language: Language) -> str:
    """Everything that is visible about a person, in one phrase."""
    words = bank(language)["words"]
    young = {"woman": "girl", "man": "boy"}
    presentation = young[look.presentation] if look.age == "child" else look.presentation
    template: str = bank(language)["stage"]["prompt"]["person"]
    facts = {
        "name": name,
        "presentation": words["presentations"][presentation],
        "age": _age(look, words),
        "skin": words["skins"][nearest(look.skin, structure()["looks"]["skins"])],
        "hair": _hair(look, words),
        "extras": _extras(look, words, bank(language)["stage"]["prompt"]["with"]),
        "garment": garment_words(look, language),
    }
    return template.format_map(facts)


def _age(look: Look, words: Table) -> str:
    """`49 years old, heavily built`: years as they are told, and how somebody is built."""
    age = words["ages"][look.age]
    if look.years is not None:
        age = words["told"]["years"].format(n=look.years) if look.years != 1 else age
    built = (words["statures"].get(look.stature, ""), words["builds"].get(look.build, ""))
    return ", ".join([age, *(one for one in built if one)])


def _coloured(thing: str, colour: str | None, words: Table) -> str:
    text = str(words["accessories"].get(thing, ""))
    if not text or colour is None:
        return text
    name = words["colours"][nearest(colour, structure()["colours"])]
    return str(words["told"]["coloured"]).format(thing=text, colour=name)


def _hair(look: Look, words: Table) -> str:
    colour = words["hair_colours"][nearest(look.hair_colour, structure()["looks"]["hair"])]
    return str(words["hair"][look.hair_style]).replace("{colour}", colour)


def _extras(look: Look, words: Table, frame: str) -> str:
    extras = [
        words["beards"].get(look.beard, ""),
        words["glasses"]["up" if look.glasses_up else "chain" if look.glasses_chain else "yes"]
        if look.glasses
        else "",
        words["eyepatch"]["yes"] if look.eyepatch else "",
        _coloured(look.accessory, look.accessory_colour, words),
        _coloured(look.also, look.also_colour, words),
    ]
    return "".join(frame.replace("{what}", one) for one in extras if one)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
