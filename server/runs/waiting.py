"""Events that wait to be written. What a model says in pieces is one event, added up once.

Adding piece to piece would build the message anew for every token.
"""

from collections.abc import Sequence

from langchain_core.messages import AIMessageChunk, BaseMessage, BaseMessageChunk

from server.runs.events import Draft

MOST_PIECES = 1000
"""Then they are added up, so that a long speech is kept once and not in pieces."""


class Waiting:
    """Drafts in order; the pieces of the newest one are apart as long as more may follow."""

    __slots__ = ("_drafts", "_pieces")

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._pieces: list[Draft] = []

    def __len__(self) -> int:
        """How many events there are; the pieces of a message are one."""
        return len(self._drafts) + bool(self._pieces)

    def put(self, draft: Draft) -> None:
        """Add an event, or a piece to the message that came last."""
        pieces = self._pieces
        if pieces and not goes_on(pieces[-1], draft):
            self._drafts += added_up(pieces)
            pieces.clear()
        elif len(pieces) >= MOST_PIECES:
            *apart, newest = added_up(pieces)
            self._drafts += apart
            pieces[:] = [newest]
        pieces.append(draft)

    def take(self) -> list[Draft]:
        """All of them; nothing waits any more."""
        drafts = [*self._drafts, *added_up(self._pieces)]
        self._drafts.clear()
        self._pieces.clear()
        return drafts


class FirstWords:
    """Knows which messages have begun to say something: their role alone, which comes first, is nothing."""

    __slots__ = ("_begun",)

    def __init__(self) -> None:
        self._begun: set[str | None] = set()

    def are_in(self, draft: Draft) -> bool:
        """Whether this is the piece with which a message begins to speak."""
        if draft.method != "messages":
            return False
        message = draft.payload["message"]
        spoke = message.id in self._begun
        if draft.payload["last"]:
            self._begun.discard(message.id)
        elif says_something(message):
            self._begun.add(message.id)
        return not spoke and says_something(message)


def says_something(message: BaseMessage) -> bool:
    """Whether there are words in it, or a part of a tool's call."""
    return bool(message.content) or bool(getattr(message, "tool_call_chunks", ()))


def goes_on(earlier: Draft, later: Draft) -> bool:
    """Whether these are two pieces of one message, one right after the other."""
    if earlier.method != "messages" or later.method != "messages" or earlier.payload["last"]:
        return False
    message = later.payload["message"]
    return isinstance(message, AIMessageChunk) and message.id == earlier.payload["message"].id


def added_up(pieces: Sequence[Draft]) -> list[Draft]:
    """The pieces of a message as one event, under the id of the first; as they are when they do not fit."""
    if len(pieces) < 2:
        return list(pieces)
    first, last = pieces[0], pieces[-1]
    message: BaseMessageChunk = first.payload["message"]
    try:
        whole = message + [piece.payload["message"] for piece in pieces[1:]]
    except (TypeError, ValueError):  # facts of a provider that cannot be added; nothing said is lost
        return list(pieces)
    return [Draft(first.event_id, "messages", {**last.payload, "message": whole}, first.namespace)]
