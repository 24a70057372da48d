"""A way of speaking: what one person adds to a line so that two people can be told apart."""

from state.script import Character, Language
from tools.models.offline.words import patterns as re
from tools.models.offline.words.bank import bank, shared
from tools.models.offline.words.dice import Dice

CONTRACTED = (
    (re.compile(r"\b([Ii]) am\b(?!\.)"), r"\1'm"),
    (re.compile(r"\b([Yy]ou) are\b(?!\.)"), r"\1're"),
    (re.compile(r"\b([Ii]|[Yy]ou) will\b(?!\.)"), r"\1'll"),
    (re.compile(r"\b([Ii]|[Yy]ou) have (?=never\b|been\b|already\b|just\b|always\b|\w+ed\b)"), r"\1've "),
    (re.compile(r"\b(do|does|did|is|are|was|were|has|have|would|could) not\b"), r"\1n't"),
    (re.compile(r"\bcan(?: ?)not\b"), "can't"),
    (re.compile(r"\bwill not\b"), "won't"),
)


def manner_of(character: Character, language: Language) -> str:
    """One of the known ways of speaking, the same for the same person."""
    listed: list[str] = bank(language)["words"]["manners"]["list"]
    order: list[str] = shared("manners")["order"]
    if character.manner in listed:
        return order[listed.index(character.manner) % len(order)]
    return Dice(character.name).pick(order, "manner")


def relaxed(text: str, character: Character, language: Language) -> str:
    """English as it is spoken: `I'm` and `don't`, except by somebody formal."""
    if language != "en" or manner_of(character, language) == "formal":
        return text
    for pattern, short in CONTRACTED:
        text = pattern.sub(short, text)
    return text


def coloured(text: str, character: Character, language: Language, dice: Dice) -> list[str]:
    """Templates of this line in the person's own way, the plain one last."""
    patterns: list[str] = shared("manners")[language][manner_of(character, language)]
    wanted = dice.number("colour") % int(shared("manners")["chance"]) == 0
    # Two additions to one line would be a speech.
    if not wanted or len(re.findall(r"[.!?…]", text)) > 1 or ":" in text:
        return [text]
    return [_around(text, pattern) for pattern in dice.order(patterns, "pattern")] + [text]


def _around(text: str, pattern: str) -> str:
    """The line in a pattern; after a colon a sentence goes on."""
    if ": {line}" in pattern and not re.match(r"¿?(?:I\b|I')", text):
        text = re.sub(r"^([¿¡]?)(\w)", lambda found: found[1] + found[2].lower(), text)
    return pattern.replace("{line}", text)
