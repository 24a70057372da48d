"""The objects of LangGraph's protocol as they look on the wire. One class per word of the protocol."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field

from server.protocol.kept import Knobs
from server.protocol.wire import ProtocolBody

MOST_STEPS = 10_000


def _without_switches(sent: dict[str, Any]) -> dict[str, Any]:
    """Names with two underscores are langgraph's own switches; no client sets them."""
    return {name: value for name, value in sent.items() if not name.startswith("__")}


class RunConfig(ProtocolBody):
    """LangGraph's config of a run, as far as a client has a say in it."""

    tags: list[str] | None = Field(default=None, description="Words to find runs by.", examples=[["draft"]])
    recursion_limit: int | None = Field(
        default=None, ge=1, le=MOST_STEPS, description="How many steps a run may take.", examples=[100]
    )
    configurable: Annotated[Knobs, AfterValidator(_without_switches)] | None = Field(
        default=None, description="The older place of `context`.", examples=[{"review": "ask"}]
    )

    def told(self) -> dict[str, Any]:
        """What was said, without what was not."""
        return self.model_dump(exclude_none=True)


class AssistantVersionView(BaseModel):
    """A graph with the knobs that its runs start from, as it was saved once."""

    assistant_id: str = Field(description="The assistant's id.")
    graph_id: str = Field(description="The graph it runs.", examples=["novela"])
    name: str = Field(description="What people call it.", examples=["novela"])
    description: str | None = Field(description="What it is for.")
    config: dict[str, Any] = Field(description="The config of its runs.")
    context: dict[str, Any] = Field(description="The knobs of its runs.")
    metadata: dict[str, Any] = Field(
        description="What clients wrote beside it; `created_by` is `system` for ours."
    )
    version: int = Field(description="Counts its changes, from 1.", examples=[1])
    created_at: datetime = Field(description="When it was made.")


class AssistantView(AssistantVersionView):
    """A graph with the knobs that its runs start from."""

    updated_at: datetime = Field(description="When it was changed last.")


class GraphSchemas(BaseModel):
    """JSON schemas of a graph; null where it has none that JSON can tell."""

    graph_id: str = Field(description="The graph.", examples=["novela"])
    input_schema: dict[str, Any] | None = Field(description="What a run takes.")
    output_schema: dict[str, Any] | None = Field(description="What a run ends with.")
    state_schema: dict[str, Any] | None = Field(description="What a thread holds.")
    config_schema: dict[str, Any] | None = Field(description="What `config.configurable` may hold.")
    context_schema: dict[str, Any] | None = Field(description="What `context` may hold.")
