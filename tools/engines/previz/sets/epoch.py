"""Things that no room and no street had before the seventies: a story of earlier times is drawn without them."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from tools.engines.previz.sets.paint import Paint

More = ParamSpec("More")
MODERN: list[str] = []
"""What is marked, by module and name."""


def modern(draw: Callable[Concatenate[Paint, More], str]) -> Callable[Concatenate[Paint, More], str]:
    """Mark a thing as one of our days: where the story plays before them nothing is drawn."""

    @wraps(draw)
    def drawn(paint: Paint, /, *args: More.args, **more: More.kwargs) -> str:
        return "" if paint.tells("period") else draw(paint, *args, **more)

    MODERN.append(f"{draw.__module__}.{draw.__name__}")
    return drawn
