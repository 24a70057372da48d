"""Other words for the same dramatic move: finds which move a line makes and says it differently."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from state.script import Language, Line
from state.writing import ReviseShotInput
from tools.models.offline.telling.echoing import other_echoes
from tools.models.offline.words.bank import bank
from tools.models.offline.words.dice import Dice
from tools.models.offline.words.grammar import CONTRACTIONS, Filling, capitalise, fill, pattern_of, slots_of

NAMING_NOTHING = frozenset(("me", "you", "it", "a", "b"))
SHORT = 5
"""So many words stand for any line."""


def other_words(line: Line, input: ReviseShotInput, *, avoid: set[str], dice: Dice, room: int) -> str:
    """Another line that does what this one does, in `room` words at most; empty when there is none."""
    known = _slots(line, input)
    looks = {one.name: one.look.presentation for one in input.cast}
    genders = {"s": looks.get(line.speaker, "man"), "y": looks.get(known.get("you", ""), "man")}
    long = len(line.text.split())
    moves = dice.order(_same_move(line.text, input.language), "words")
    known |= _spoken_of(line.text, moves, input.language)
    most = min(room, max(SHORT, long))
    # A line of the same length comes first.
    for template in sorted(moves, key=lambda one: len(one.split()) > long):
        if slots_of(template) - set(known):
            continue
        text = fill(template, Filling(language=input.language, slots=known, genders=genders))
        if text not in avoid and len(text.split()) <= most:
            return text
    found = _other_frame(line.text, input, known, genders, avoid=avoid, dice=dice, most=most)
    again = other_echoes(line.text, input.language, dice)
    return found or next((one for one in again if one not in avoid and len(one.split()) <= most), "")


def _other_frame(
    text: str,
    input: ReviseShotInput,
    known: dict[str, str],
    genders: Mapping[str, str],
    *,
    avoid: set[str],
    dice: Dice,
    most: int,
) -> str:
    """The same words of the brief in another frame: `Is it true that ...?` as `Since when ...?`."""
    names = {one.name.split()[0] for one in input.cast}
    for templates, slot, content in _frames_of(text, input.language):
        if content.split()[0] not in (*names, "I", "I'm"):
            content = content[:1].lower() + content[1:]
        for template in dice.order(templates, "frame"):
            if slots_of(template) - {*known, slot}:
                continue
            slots = {**known, slot: content}
            new = fill(template, Filling(language=input.language, slots=slots, genders=genders))
            if new not in avoid and len(new.split()) <= most:
                return new
    return ""


def _frames_of(text: str, language: Language) -> list[tuple[list[str], str, str]]:
    """Lists of frames that a line can come from, with the slot and what fills it; closest first."""
    found: list[tuple[int, list[str], str, str]] = []
    for templates in _frame_lists(language):
        for template in templates:
            slots = slots_of(template) & {"said", "np"}
            content = _inside(template, text, slots, language)
            if content:
                found.append((len(content), list(templates), next(iter(slots)), content))
    return [(templates, slot, content) for _, templates, slot, content in sorted(found)]


def _inside(template: str, text: str, slots: frozenset[str], language: Language) -> str:
    if len(slots) != 1 or slots_of(template) - slots or "[" in template:
        return ""
    before, _, after = capitalise(template).partition(f"{{{next(iter(slots))}}}")
    openings = [(before, "")]
    for (preposition, article), one in CONTRACTIONS[language].items():
        if before.endswith(f" {preposition} "):
            openings.append((f"{before[: -len(preposition) - 1]}{one} ", f"{article} "))
    for opening, article in openings:
        if text.startswith(opening) and text.endswith(after) and len(text) > len(opening) + len(after):
            return article + text[len(opening) : len(text) - len(after)]
    return ""


@lru_cache(maxsize=4)
def _frame_lists(language: Language) -> tuple[tuple[str, ...], ...]:
    """Frames that stand for each other: all of one move about one person."""
    frames = bank(language)["frames"]
    groups = [group for move in ("own", "confess", "word") for group in frames[move].values()]
    return tuple(tuple(text for texts in group.values() for text in texts) for group in groups)


def _slots(line: Line, input: ReviseShotInput) -> dict[str, str]:
    others = [one.character for one in input.shot.staging.people if one.character != line.speaker]
    seen = [one.character for shot in input.scene.shots for one in shot.staging.people]
    others += [name for name in seen if name not in (line.speaker, *others)]
    slots = {"me": line.speaker}
    if others:
        slots["you"] = others[0]
    return slots


def is_stock(text: str, language: Language) -> bool:
    """Whether a line is one of the bank's that names nothing of the story."""
    return any(
        pattern_of(one).fullmatch(text)
        for one in _same_move(text, language)
        if slots_of(one) <= NAMING_NOTHING
    )


def _spoken_of(text: str, templates: Sequence[str], language: Language) -> dict[str, str]:
    """What the line calls what it is about: `the bakery` in `What will become of the bakery?`."""
    found = [_inside(one, text, frozenset(("it",)), language) for one in templates]
    it = min(filter(None, found), key=len, default="")
    return {"it": it[:1].lower() + it[1:]} if it else {}


def _same_move(text: str, language: Language) -> list[str]:
    for templates in _talk(language):
        if any(pattern_of(template).fullmatch(text) for template in templates):
            return list(templates)
    return []


@lru_cache(maxsize=4)
def _talk(language: Language) -> list[tuple[str, ...]]:
    """Lines of the talk bank that stand for each other: the same turn about the same kind of thing."""
    groups: dict[tuple[str, str, int], list[str]] = {}
    for name, table in bank(language)["talk"].items():
        for way, exchanges in table.items():
            for exchange in exchanges if way not in ("verbs", "articles") else ():
                for at, turn in enumerate(exchange.split(" / ")):
                    text = turn.partition(": ")[2].replace("{It}", "{it}")
                    groups.setdefault((name, way.partition("_")[0], min(at, 1)), []).append(text)
    return [tuple(texts) for texts in groups.values()]
