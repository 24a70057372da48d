"""The answers of vendors that one exchange has opened, closed for certain when it ends.

A vendor writes on, and bills, as long as an answer may still be read. A package that is left in the middle
closes what it reads only where the exception came through its own reading; Google's keeps the answer in a
ring of objects otherwise, and that lies open until Python next looks for rings.
"""

from contextvars import ContextVar, Token
from types import TracebackType
from typing import Protocol, Self

from tools.ending import to_its_end


class Answer(Protocol):
    """What httpx and httpx2 have in common."""

    @property
    def is_closed(self) -> bool:
        """Whether it was read to its end, or closed."""

    async def aclose(self) -> None:
        """Close it, and its connection unless all of it was read."""


_OPENED: ContextVar[list[Answer] | None] = ContextVar("_OPENED", default=None)


class Answers:
    """Closes, on leaving, what was opened inside, whoever cancels meanwhile."""

    def __init__(self) -> None:
        self._opened: list[Answer] = []

    @property
    def begun(self) -> bool:
        """Whether a vendor has answered anything: what fails before that is no answer's fault."""
        return bool(self._opened)

    async def __aenter__(self) -> Self:
        self._token: Token[list[Answer] | None] = _OPENED.set(self._opened)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        _OPENED.reset(self._token)
        for answer in self._opened:
            if not answer.is_closed:
                await to_its_end(answer.aclose())


async def remember(answer: Answer) -> None:
    """A hook for httpx: this answer has begun."""
    opened = _OPENED.get()
    if opened is not None:
        opened.append(answer)
