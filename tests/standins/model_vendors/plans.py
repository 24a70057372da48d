"""An answer as it will leave: cut to the limit that was asked for, in pieces, with its tokens counted."""

import re
from dataclasses import dataclass, replace
from typing import Literal

from tests.standins.model_vendors.talk import Asked, Finish, Said

CHARS_PER_TOKEN = 4
PICTURE_TOKENS = 500
PIECE = re.compile(r"\S+\s*|\s+")
ARGUMENTS_PIECE = 12


def count(text: str) -> int:
    """Tokens of a text: one for each four characters, rounded up."""
    return -(-len(text) // CHARS_PER_TOKEN)


@dataclass(frozen=True)
class Usage:
    """What is booked. Cached tokens are part of the prompt, reasoning is not part of the completion."""

    prompt: int
    cached: int
    completion: int
    reasoning: int

    @property
    def output(self) -> int:
        return self.completion + self.reasoning


@dataclass(frozen=True)
class Piece:
    """What leaves at once in a stream."""

    kind: Literal["reasoning", "text", "refusal", "call"]
    text: str
    call: int = 0
    first: bool = False
    """Of this kind, or of this call."""


@dataclass(frozen=True)
class Plan:
    asked: Asked
    said: Said
    """After the cut."""
    usage: Usage
    pieces: tuple[Piece, ...]

    @property
    def finish(self) -> Finish:
        return self.said.finish

    def after(self, number: int) -> Usage:
        """What is booked when it ends after so many pieces."""
        if number >= len(self.pieces):
            return self.usage
        gone = self.pieces[:number]
        thought = count("".join(piece.text for piece in gone if piece.kind == "reasoning"))
        spoken = count("".join(piece.text for piece in gone if piece.kind != "reasoning"))
        whole = self.usage
        least = (min(spoken, whole.completion), min(thought, whole.reasoning))
        return Usage(whole.prompt, whole.cached, *least)


def prompt_tokens(asked: Asked) -> int:
    return count(asked.text) + asked.pictures * PICTURE_TOKENS


def plan(asked: Asked, said: Said, limit: int) -> Plan:
    """The answer within `limit` tokens, those of the reasoning included."""
    said = _cut(said, min(limit, asked.max_output_tokens or limit))
    told = said.tokens
    calls = "".join(call.name + call.text for call in said.calls)
    usage = Usage(
        prompt=prompt_tokens(asked) if told.prompt is None else told.prompt,
        cached=told.cached,
        completion=count(said.text + said.refusal + calls) if told.completion is None else told.completion,
        reasoning=count(said.reasoning) if told.reasoning is None else told.reasoning,
    )
    if said.finish == "blocked":
        usage = replace(usage, completion=0, reasoning=0)
    return Plan(asked, said, usage, tuple(_pieces(said)))


def _cut(said: Said, limit: int) -> Said:
    thought = count(said.reasoning) if said.tokens.reasoning is None else said.tokens.reasoning
    if thought > limit:
        tokens = replace(said.tokens, reasoning=min(thought, limit), completion=None)
        cut = said.reasoning[: limit * CHARS_PER_TOKEN]
        return replace(said, text="", calls=(), reasoning=cut, finish="length", tokens=tokens, pieces=None)
    left = (limit - thought) * CHARS_PER_TOKEN
    wordy = sum(len(call.name + call.text) for call in said.calls) + len(said.text)
    if wordy <= left or said.finish != "stop":
        return said
    return _shortened(said, left)


def _shortened(said: Said, left: int) -> Said:
    text, left = said.text[:left], max(0, left - len(said.text))
    calls = []
    for call in said.calls:
        arguments = call.text[: max(0, left - len(call.name))]
        left -= len(call.name) + len(arguments)
        calls.append(replace(call, arguments=arguments))
    tokens = replace(said.tokens, completion=None)
    return replace(said, text=text, calls=tuple(calls), finish="length", tokens=tokens, pieces=None)


def _pieces(said: Said) -> list[Piece]:
    if said.finish in ("blocked", "empty"):
        return []
    assert said.pieces is None or "".join(said.pieces) == said.text, "the pieces are not the text"
    made = [Piece("reasoning", text, first=not n) for n, text in enumerate(PIECE.findall(said.reasoning))]
    words = PIECE.findall(said.text) if said.pieces is None else said.pieces
    made += [Piece("text", text, first=not n) for n, text in enumerate(words)]
    made += [Piece("refusal", text, first=not n) for n, text in enumerate(PIECE.findall(said.refusal))]
    for number, call in enumerate(said.calls):
        starts = range(0, len(call.text) or 1, ARGUMENTS_PIECE)
        parts = [call.text[start : start + ARGUMENTS_PIECE] for start in starts]
        made += [Piece("call", text, number, first=not n) for n, text in enumerate(parts)]
    return made
