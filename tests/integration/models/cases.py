"""How a recording is put to our adapter: which model is asked what, and what each answer must be read as."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from state.errors import ProviderError
from state.order import FailureKind, Usage
from tests.integration.models.asking import Noted, a_line, clients_at
from tests.standins.cassette_player import Player
from tools.models.base import Finish, Picture, Tool
from tools.models.catalog import TextModelCard
from tools.models.live.asked import Asked, Listener, Reply, ToolResult, Turn


@dataclass(frozen=True, kw_only=True)
class Said:
    """What an answer says, how it ended and what it took."""

    text: str = ""
    """All of it, or how it begins."""
    finish: Finish = "stop"
    took: tuple[int, int, int, int]
    """Tokens: read, written, of the first from the cache, of the second thought."""
    calls: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    thoughts: str = ""
    """How they begin."""
    reason: str = ""


def asks(
    tool: str, arguments: Mapping[str, Any], *, took: tuple[int, int, int, int], thoughts: str = ""
) -> Said:
    """An answer that asks for one tool."""
    return Said(calls=((tool, arguments),), finish="tool_calls", took=took, thoughts=thoughts)


@dataclass(frozen=True, kw_only=True)
class Failed:
    """Which error of ours it becomes."""

    error: type[ProviderError]
    kind: FailureKind
    says: str
    details: Mapping[str, Any] = field(default_factory=dict)
    charged: bool = False
    """Whether nobody knows what it took; else it took nothing."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One recording, or some of its exchanges, asked one after the other."""

    file: str
    card: TextModelCard
    text: str
    expects: tuple[Said | Failed, ...]
    first: int = 0
    """Which exchange of the file is the first of these."""
    quoted: str = ""
    """Of a file of quotations: which."""
    system: str = ""
    tools: tuple[str, ...] = ()
    shape: type[BaseModel] | None = None
    pictures: tuple[Picture, ...] = ()
    results: Mapping[str, str] = field(default_factory=dict)
    """What each tool says."""
    temperature: float | None = None

    @property
    def names(self) -> list[str]:
        """The exchanges that it plays."""
        if self.quoted:
            return [f"{self.file} {self.quoted}"]
        return [f"{self.file} {number}" for number in range(self.first, self.first + len(self.expects))]

    @property
    def title(self) -> str:
        return self.names[0]


async def play(case: Case, player: Player) -> tuple[list[Reply | ProviderError], Noted]:
    """Ask all of it, sending back what was said; what came of each request, and what was booked."""
    booking, clients = Noted(), clients_at(player.url)
    turns: list[Turn] = []
    came: list[Reply | ProviderError] = []
    try:
        for _ in case.expects:
            came.append(await _once(case, turns, a_line(case.card, clients), booking))
            if isinstance(came[-1], Reply):
                turns.append(_turn(case, came[-1]))
    finally:
        await clients.close()
    return came, booking


async def _once(case: Case, turns: list[Turn], line: Any, booking: Noted) -> Reply | ProviderError:
    asked = Asked(
        system=case.system, text=case.text, max_tokens=100, temperature=case.temperature, shape=case.shape,
        tools=[_tool(name) for name in case.tools], pictures=case.pictures, turns=tuple(turns),
    )  # fmt: skip
    try:
        return await line.ask(asked, booking, Listener())
    except ProviderError as error:
        return error


def _turn(case: Case, reply: Reply) -> Turn:
    results = [ToolResult(call=call, text=case.results.get(call.name, "{}")) for call in reply.tool_calls]
    return Turn(reply=reply, results=tuple(results))


def _tool(name: str) -> Tool:
    async def run(arguments: Mapping[str, Any]) -> Mapping[str, Any]:
        raise AssertionError("a line runs no tool")

    return Tool(name=name, description=name, parameters={"type": "object", "properties": {}}, run=run)


def usage(took: tuple[int, int, int, int]) -> Usage:
    read, wrote, cached, thought = took
    return Usage(prompt_tokens=read, completion_tokens=wrote, cached_tokens=cached, reasoning_tokens=thought)
