"""Other words for the same dramatic move: finds which move a line makes and says it differently."""

from functools import lru_cache

from state.script import Language, Line
from state.writing import ReviseShotInput
from tools.models.offline.bank import bank
from tools.models.offline.dice import Dice
from tools.models.offline.grammar import Filling, fill, pattern_of, slots_of


def other_words(line: Line, input: ReviseShotInput, *, avoid: set[str], dice: Dice) -> str:
    """Another line that does what this one does, no longer than it; empty when there is none."""
    known = _slots(line, input)
    looks = {one.name: one.look.presentation for one in input.cast}
    genders = {"s": looks.get(line.speaker, "man"), "y": looks.get(known.get("you", ""), "man")}
    for template in dice.order(_same_move(line.text, input.language), "words"):
        if slots_of(template) - set(known):
            continue
        text = fill(template, Filling(language=input.language, slots=known, genders=genders))
        if text not in avoid and len(text.split()) <= max(5, len(line.text.split())):
            return text
    return ""


def _slots(line: Line, input: ReviseShotInput) -> dict[str, str]:
    others = [one.character for one in input.shot.staging.people if one.character != line.speaker]
    seen = [one.character for shot in input.scene.shots for one in shot.staging.people]
    others += [name for name in seen if name not in (line.speaker, *others)]
    slots = {"me": line.speaker}
    if others:
        slots["you"] = others[0]
    return slots


def _same_move(text: str, language: Language) -> list[str]:
    for templates in _moves(language):
        if any(pattern_of(template).fullmatch(text) for template in templates):
            return list(templates)
    return []


@lru_cache(maxsize=4)
def _moves(language: Language) -> tuple[tuple[str, ...], ...]:
    tables = bank(language)["lines"]
    moves = {move for table in tables.values() for move in table}
    said = [
        tuple(text for table in tables.values() for text in table.get(move, [])) for move in sorted(moves)
    ]
    plots = bank(language)["plots"]
    for plot in plots.values():
        said += [tuple(plot[move]) for move in ("stake", "hint", "proof", "reveal", "cliff")]
    return tuple(said)
