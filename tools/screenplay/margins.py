"""What stands in a script's margins and is no part of the film: notes and boneyard."""

import re
from dataclasses import dataclass

NOTE = re.compile(r"\[\[.*?\]\]", re.DOTALL)
BONEYARD = re.compile(r"/\*.*?\*/", re.DOTALL)
WORDS_SHOWN = 6


class ScriptError(ValueError):
    """Something in a script cannot be understood. Never leaves `tools.screenplay`."""

    def __init__(self, line: int, problem: str, fix: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line, self.problem, self.fix = line, problem, fix


@dataclass(frozen=True)
class ScriptLine:
    """One line of a script with its number, from 1."""

    number: int
    text: str


def without_margins(text: str) -> list[ScriptLine]:
    """The lines without notes and boneyard; a line that held nothing else is gone.

    Raises:
        ScriptError: one is opened and never closed.
    """
    bare = text
    for pattern, opens, closes, what in (
        (BONEYARD, "/*", "*/", "the cut passage (boneyard)"),
        (NOTE, "[[", "]]", "the note"),
    ):
        bare = pattern.sub(lambda found: "\n" * found.group().count("\n"), bare)
        if opens in bare:
            line = bare[: bare.index(opens)].count("\n") + 1
            raise ScriptError(line, f"{what} is never closed", f"Write {closes} where it ends.")
    both = enumerate(zip(text.split("\n"), bare.split("\n"), strict=True), start=1)
    return [ScriptLine(number, left) for number, (was, left) in both if left.strip() or not was.strip()]


def shown(text: str) -> str:
    """The first words of a passage, to find it by."""
    words = text.split()
    return " ".join(words[:WORDS_SHOWN]) + ("…" if len(words) > WORDS_SHOWN else "")
