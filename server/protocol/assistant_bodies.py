"""What clients send about assistants."""

from typing import Any, Literal
from uuid import UUID

from pydantic import ConfigDict, Field

from server.protocol.kept import Knobs, Told
from server.protocol.shapes import RunConfig
from server.protocol.wire import MOST_OFFSET, ProtocolBody

EXAMPLE_CONTEXT = {"ceiling_usd": "10.00"}
MOST_VERSION = 2_147_483_647
Field_ = Literal[
    "assistant_id", "graph_id", "name", "description", "config", "context", "metadata", "version",
    "created_at", "updated_at",
]  # fmt: skip
SortBy = Literal["assistant_id", "graph_id", "name", "created_at", "updated_at"]
SortOrder = Literal["asc", "desc"]


def _example(**fields: Any) -> ConfigDict:
    return ConfigDict(json_schema_extra={"examples": [fields]})


class AssistantCount(ProtocolBody):
    """Which assistants are meant."""

    model_config = _example(metadata={"created_by": "system"})

    metadata: dict[str, Any] | None = Field(default=None, description="They hold all of this.")
    graph_id: str | None = Field(default=None, description="They run this graph.")
    name: str | None = Field(default=None, description="Their name holds this text.")

    def filters(self) -> dict[str, Any]:
        """Only what narrows."""
        return {"metadata": self.metadata, "graph_id": self.graph_id, "name": self.name}


class AssistantSearch(AssistantCount):
    """Which assistants are meant, in which order, and which page of them."""

    model_config = _example(limit=10, offset=0, metadata={"created_by": "system"})

    limit: int = Field(default=10, ge=1, le=1000, description="Assistants a page.")
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET, description="Assistants before the page.")
    sort_by: SortBy | None = Field(default=None, description="By what; when they were made if unsaid.")
    sort_order: SortOrder | None = Field(default=None, description="Up or down; down if unsaid.")
    select: list[Field_] | None = Field(default=None, min_length=1, description="These fields only.")

    def order(self) -> dict[str, Any]:
        """The order as the query takes it."""
        return {"sort": self.sort_by or "created_at", "ascending": self.sort_order == "asc"}


class AssistantFields(ProtocolBody):
    """What an assistant is made of; on a change, what is not named stays."""

    model_config = _example(name="Cheap drafts", context=EXAMPLE_CONTEXT)

    graph_id: str | None = Field(default=None, description="The graph it runs.", examples=["novela"])
    config: RunConfig | None = Field(default=None, description="The config of its runs.")
    context: Knobs | None = Field(default=None, description="The knobs of its runs.")
    metadata: Told | None = Field(default=None, description="Whatever you want to find it by.")
    name: str | None = Field(default=None, max_length=500, description="What people call it.")
    description: str | None = Field(default=None, max_length=5000, description="What it is for.")


class NewAssistant(AssistantFields):
    """A preset: a graph with the knobs that its runs start from."""

    model_config = _example(graph_id="novela", name="Cheap drafts", context=EXAMPLE_CONTEXT)

    graph_id: str = Field(description="The graph it runs.", examples=["novela"])
    assistant_id: UUID | None = Field(default=None, description="Its id, if you want to choose.")
    if_exists: Literal["raise", "do_nothing"] | None = Field(
        default=None, description="409, or the one there is, when the id is taken; 409 if unsaid."
    )


class VersionSearch(ProtocolBody):
    """Which versions are meant, and which page of them."""

    model_config = _example(limit=10, offset=0)

    metadata: dict[str, Any] | None = Field(default=None, description="They hold all of this.")
    limit: int = Field(default=10, ge=1, le=1000, description="Versions a page.")
    offset: int = Field(default=0, ge=0, le=MOST_OFFSET, description="Versions before the page.")


class LatestVersion(ProtocolBody):
    """The version to go back to."""

    model_config = _example(version=1)

    version: int = Field(ge=1, le=MOST_VERSION, description="Its number.")
