"""The standard library's `re` for readers of briefs: the same functions, with room for every pattern.

The rules of three languages are some six thousand patterns, many of them built from a story's own
names and words. `re` itself keeps the last 512: with more in use it compiles each of them again
and again, which was three quarters of the time it took to write an episode.

Imported as `re`: `from tools.models.offline import patterns as re`.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from re import DOTALL, IGNORECASE, Match, Pattern, escape
from re import compile as compile_anew
from typing import Any

__all__ = [
    "DOTALL", "IGNORECASE", "I", "Match", "Pattern", "compile", "could_fit", "escape", "findall", "finditer",
    "fullmatch", "match", "search", "split", "sub",
]  # fmt: skip
I = IGNORECASE  # noqa: E741 - its name in `re`
KEPT = 16_384
"""Twice what a long series of briefs uses; a pattern takes some two kilobytes."""
LONG = 2_000
"""Letters."""
Said = str | Pattern[str]


@lru_cache(maxsize=KEPT)
def compile(pattern: Said, flags: int = 0) -> Pattern[str]:
    """The compiled pattern."""
    return compile_anew(pattern, flags)


def could_fit(template: str, text: str, flags: int = 0) -> bool:
    """Whether a pattern might fit with anything at all for `{name}`.

    Compiled once for all names; only what passes is worth compiling for one of them. In a long text
    "anything at all" takes longer to look for than one name takes to compile.
    """
    anybody = template.removeprefix("{name}").replace("{name}", "(?s:.*?)")
    return len(text) > LONG or search(anybody, text, flags) is not None


def search(pattern: Said, string: str, flags: int = 0) -> Match[str] | None:
    """The first place where it fits."""
    return compile(pattern, flags).search(string)


def match(pattern: Said, string: str, flags: int = 0) -> Match[str] | None:
    """How it fits at the beginning."""
    return compile(pattern, flags).match(string)


def fullmatch(pattern: Said, string: str, flags: int = 0) -> Match[str] | None:
    """How it fits the whole."""
    return compile(pattern, flags).fullmatch(string)


def findall(pattern: Said, string: str, flags: int = 0) -> list[Any]:
    """All that it fits, as text or groups."""
    return compile(pattern, flags).findall(string)


def finditer(pattern: Said, string: str, flags: int = 0) -> Iterator[Match[str]]:
    """All places where it fits."""
    return compile(pattern, flags).finditer(string)


def split(pattern: Said, string: str, maxsplit: int = 0, flags: int = 0) -> list[str | Any]:
    """What lies between the places where it fits."""
    return compile(pattern, flags).split(string, maxsplit)


def sub(
    pattern: Said, repl: str | Callable[[Match[str]], str], string: str, count: int = 0, flags: int = 0
) -> str:
    """The text with something else wherever it fits."""
    return compile(pattern, flags).sub(repl, string, count)
