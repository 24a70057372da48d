"""What can be made: every graph with the schema of its brief, and briefs to start from."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from pydantic import Field

from server.api.wire import Answer, Wire
from server.briefs import BRIEFS, CONTEXT
from server.deps import UserDep
from server.limits.guard import COUNTED

router = APIRouter(prefix="/api/graphs", tags=["graphs"], dependencies=COUNTED)
EXAMPLES = Path(__file__).parents[1] / "examples"
HIDDEN_KNOBS = ("user_id",)


class GraphView(Wire):
    """One graph and what it takes."""

    name: str = Field(description="As in `graph` of a start.", examples=["novela"])
    brief_schema: dict[str, Any] = Field(
        description="JSON schema of the brief, with words, limits and defaults."
    )
    context_schema: dict[str, Any] = Field(description="JSON schema of the run's knobs.")
    examples: list[dict[str, Any]] = Field(description="Briefs that can be sent as they are.")


@router.get("", summary="List graphs")
async def list_graphs(user_id: UserDep) -> Answer[list[GraphView]]:
    """What can be made, how to ask for it, and briefs to start from."""
    return Answer(data=[_graph(name) for name in BRIEFS])


@lru_cache(maxsize=len(BRIEFS))
def _graph(name: str) -> GraphView:
    files = sorted(EXAMPLES.glob(f"{name}.*.json"))
    return GraphView(
        name=name,
        brief_schema=BRIEFS[name].model_json_schema(),
        context_schema=_knobs(),
        examples=[json.loads(file.read_text("utf-8")) for file in files],
    )


def _knobs() -> dict[str, Any]:
    """What a producer may set; whose the run is, is not theirs to say."""
    schema = CONTEXT.json_schema()
    known = {name: facts for name, facts in schema["properties"].items() if name not in HIDDEN_KNOBS}
    return {**schema, "properties": known}
