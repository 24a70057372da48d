"""Dialogue: moves in an order, each move a line that fits what comes before and the seconds there are."""

from collections.abc import Iterable
from dataclasses import dataclass

from state.script import Character, Expression, Gesture
from tools.models.offline.bank import structure
from tools.models.offline.dice import Dice
from tools.models.offline.grammar import pattern_of, slots_of
from tools.models.offline.story import Story
from tools.models.offline.timing import words_in

EPISODE_STEP = 3
TELLING = ("hook", "accuse", "confide", "slip")
"""Moves that say what the story is about; in the first episode they name it when they can."""
PLOT_MOVES = ("stake", "hint", "proof", "reveal", "cliff")


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One line with what it does to both people."""

    move: str
    speaker: Character
    listener: Character
    text: str
    expression: Expression
    reaction: Expression
    gesture: Gesture
    essential: bool


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Who talks, about what, in which words already used up."""

    story: Story
    series: Dice
    """Choices that are the same in every episode."""
    lead: Character
    opponent: Character
    third: Character | None
    beat: str
    where: tuple[int, int]
    """Episode and scene, so that every scene chooses for itself."""
    said: frozenset[str]
    """Lines of earlier scenes, which are not said again."""
    variation: str = ""


def write_exchange(exchange: Exchange, *, budget: int, longest: int) -> list[Spoken]:
    """Lines of a scene with at most `budget` words in all and `longest` words in one.

    Unimportant moves go first when there are too many words, then shorter lines are looked for;
    the answer may be short, never over.
    """
    steps = _steps(exchange)
    best: list[Spoken] = []
    for limit in range(longest, 1, -1):
        spoken = _within(_speak(exchange, steps, limit), budget)
        if len(spoken) > len(best) + 1 or not best:
            best = spoken
        if len(best) >= sum(step.endswith("!") for step in steps):
            break
    return best


def _within(spoken: list[Spoken], budget: int) -> list[Spoken]:
    while spoken and _total(spoken) > budget:
        spoken = _without_least(spoken)
    return spoken


def _steps(exchange: Exchange) -> list[str]:
    sequences = structure()["sequences"][exchange.beat]
    dice = exchange.story.dice.child("sequence", *exchange.where, exchange.variation)
    return list(dice.pick(sequences))


def _speak(exchange: Exchange, steps: list[str], longest: int) -> list[Spoken]:
    used: set[str] = set(exchange.said)
    spoken: list[Spoken] = []
    for step in steps:
        line = _say(exchange, step, used, longest)
        if line is not None:
            used.add(line.text)
            spoken.append(line)
    return spoken


def _say(exchange: Exchange, step: str, used: set[str], longest: int) -> Spoken | None:
    who, _, move = step.rstrip("!").partition(":")
    speaker, listener = (
        (exchange.lead, exchange.opponent) if who == "A" else (exchange.opponent, exchange.lead)
    )
    texts = [text for text in _variants(exchange, move, speaker, listener) if text not in used]
    fitting = [text for text in texts if words_in(text) <= longest]
    if not fitting:
        return None
    faces, tone = structure(), exchange.story.tone
    expression = faces["tone_expressions"].get(tone, {}).get(move) or faces["expressions"][move]
    return Spoken(
        move=move,
        speaker=speaker,
        listener=listener,
        text=fitting[0],
        expression=expression,
        reaction=faces["reactions"][move],
        gesture=faces["gestures"].get(move, "none"),
        essential=step.endswith("!"),
    )


def _variants(exchange: Exchange, move: str, speaker: Character, listener: Character) -> Iterable[str]:
    story, third = exchange.story, exchange.third
    if move in PLOT_MOVES:
        templates = story.plot_words[move]
    else:
        templates = [*story.lines[story.tone].get(move, []), *story.lines["any"].get(move, [])]
    # The order belongs to the series and every episode starts further on, so nothing comes back soon.
    ordered = exchange.series.order(templates, "line", move, exchange.variation)
    start = EPISODE_STEP * (exchange.where[0] - 1) % len(ordered)
    ordered = ordered[start:] + ordered[:start]
    if move in TELLING and exchange.where[0] == 1:
        ordered = sorted(
            ordered, key=lambda one: "topic" not in slots_of(one) and "thing" not in slots_of(one)
        )
    topic = story.topic("line", move, exchange.where, exchange.variation)
    slots = {
        "me": speaker.name, "you": listener.name, "topic": story.plot_topic if move in PLOT_MOVES else topic,
    }  # fmt: skip
    genders = {"s": speaker.look.presentation, "y": listener.look.presentation}
    if third is not None:
        slots["c"], genders["c"] = third.name, third.look.presentation
    return [
        story.fill(template, slots, genders)
        for template in ordered
        if third is not None or "c" not in slots_of(template)
        if not any(pattern_of(template).fullmatch(text) for text in exchange.said)
    ]


def _total(spoken: list[Spoken]) -> int:
    return sum(words_in(one.text) for one in spoken)


def _without_least(spoken: list[Spoken]) -> list[Spoken]:
    """Drop the longest unimportant line, else the longest one but the last, which ends the scene."""
    spare = [one for one in spoken if not one.essential]
    if spare:
        drop = max(spare, key=lambda one: words_in(one.text))
    else:
        drop = max(spoken[:-1] or spoken, key=lambda one: words_in(one.text))
    return [one for one in spoken if one is not drop]
