"""A person's own shots and lines inside a model's answer: as they brought them, to the letter."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from state.answers import LineAnswer, ShotAnswer
from state.brief import LineBrief, SceneBrief, ShotBrief

LETTERS = re.compile(r"[^\w]+")


def with_own_words(told: Sequence[ShotAnswer], own: SceneBrief | None) -> list[ShotAnswer]:
    """What the model adds stays around what a person brought.

    Given shots are laid over the answer's where there are as many. Lines that are the given ones but for
    quotes, dashes or capitals are written as they were given; others are left for the checks to find.
    """
    if own is None:
        return list(told)
    if own.shots and own.breakdown == "keep":
        if len(own.shots) != len(told):
            return list(told)
        return [_as_brought(one, given) for one, given in zip(told, own.shots, strict=True)]
    return _in_their_letters(told, own.spoken)


def _as_brought(told: ShotAnswer, given: ShotBrief) -> ShotAnswer:
    lines = [_line(line, told.lines[at : at + 1]) for at, line in enumerate(given.lines)]
    return told.model_copy(
        update={
            "description": given.description or told.description,
            "size": given.size or told.size,
            "move": given.move or told.move,
            "lines": lines,
        }
    )


def _line(given: LineBrief, told: Sequence[LineAnswer]) -> LineAnswer:
    face = given.expression or (told[0].expression if told else "neutral")
    return LineAnswer(speaker=given.speaker, text=given.text, expression=face, voice_over=given.unseen)


def _in_their_letters(told: Sequence[ShotAnswer], spoken: Sequence[LineBrief]) -> list[ShotAnswer]:
    given = [(line, word) for line in spoken for word in line.text.split()]
    said = [word for shot in told for line in shot.lines for word in line.text.split()]
    if [_plain(word) for word in said] != [_plain(word) for _, word in given]:
        return list(told)
    rest = iter(given)
    return [shot.model_copy(update={"lines": [_written(line, rest) for line in shot.lines]}) for shot in told]


def _written(line: LineAnswer, rest: Iterator[tuple[LineBrief, str]]) -> LineAnswer:
    """The line with the given letters of its words, by whoever was given to say them."""
    own = list(islice(rest, len(line.text.split())))
    if not own:
        return line
    given = own[0][0]
    text = " ".join(word for _, word in own)
    return line.model_copy(
        update={
            "speaker": given.speaker, "text": text, "expression": given.expression or line.expression,
            "voice_over": given.unseen or line.voice_over,
        }
    )  # fmt: skip


def _plain(word: str) -> str:
    return LETTERS.sub("", word.casefold())
