"""What a run may be asked with beyond its input: kept in its row, read by the drive."""

from typing import Any

from langgraph.types import All, Command, Send
from pydantic import BaseModel, Field


class RunOptions(BaseModel):
    """How the graph is driven in this run; the words are LangGraph's."""

    checkpoint_id: str | None = None
    """Go on from this checkpoint instead of the newest."""
    checkpoint_ns: str = ""
    update: Any = None
    """Written to the state before the first step: an object, or a list of pairs."""
    goto: list[str | dict[str, Any]] = Field(default_factory=list)
    """Nodes to go to: names, or `{"node", "input"}`."""
    interrupt_before: list[str] | str | None = None
    interrupt_after: list[str] | str | None = None
    recursion_limit: int | None = None
    tags: list[str] = Field(default_factory=list)
    configurable: dict[str, Any] = Field(default_factory=dict)
    metadata: dict[str, Any] = Field(default_factory=dict)
    context: dict[str, Any] = Field(default_factory=dict)
    """Over the production's own context, for this run only."""

    @property
    def commands(self) -> bool:
        """Whether the run begins with a command beside its input."""
        return self.update is not None or bool(self.goto)

    def command(self, *, resume: dict[str, Any] | None = None) -> Command[Any]:
        """The command that this run begins with."""
        goto = [Send(one["node"], one.get("input")) if isinstance(one, dict) else one for one in self.goto]
        update = [tuple(pair) for pair in self.update] if isinstance(self.update, list) else self.update
        # An empty resume map means `answer nothing`, which langgraph refuses.
        return Command(update=update, goto=goto, resume=resume or None)

    @property
    def stop_before(self) -> All | list[str] | None:
        """Nodes to stop before, as `astream` takes them."""
        return _nodes(self.interrupt_before)

    @property
    def stop_after(self) -> All | list[str] | None:
        """Nodes to stop after."""
        return _nodes(self.interrupt_after)


def _nodes(given: list[str] | str | None) -> All | list[str] | None:
    if given == "*":
        return "*"
    return [given] if isinstance(given, str) else given or None


def replies_of(answer: dict[str, Any]) -> dict[str, Any]:
    """The replies of a resume by interrupt: one of our own API, or any number of LangGraph's."""
    if "replies" in answer:
        return dict(answer["replies"])
    return {answer["interrupt_id"]: answer["reply"]}
