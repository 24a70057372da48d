"""A production's past: its checkpoints, and branches that leave from them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import ConfigDict, Field

from server.api.productions import GateView, Links, gate_view, links
from server.api.wire import ERRORS, Answer, Body, Wire
from server.branches.checkpoints import Checkpoint, list_checkpoints, read_checkpoint
from server.branches.fork import Branch, Difference, fork
from server.deps import House, HouseDep, ProductionId, UserDep

router = APIRouter(prefix="/api/productions", tags=["branches"], responses=ERRORS)
EXAMPLE_CHECKPOINT = "1f1e56a1-cc91-61f6-8000-80f845760bb7"
CheckpointId = Annotated[
    str, Path(max_length=64, description="The checkpoint's id.", examples=[EXAMPLE_CHECKPOINT])
]


class AskedView(Wire):
    """A question that was raised at a checkpoint."""

    interrupt_id: str = Field(
        description="Names the question.", examples=["f5f1a0c1e9d24b7e8a6d3c2b1a0f9e8d"]
    )
    gate: str = Field(description="Which gate asked.", examples=["review_storyboard"])
    title: str = Field(description="What it was about.", examples=["Storyboard of The Last Letter"])


class CheckpointLine(Wire):
    """One stored state."""

    checkpoint_id: str = Field(description="Names the state.", examples=[EXAMPLE_CHECKPOINT])
    parent_id: str | None = Field(
        default=None, description="The state before it.", examples=[EXAMPLE_CHECKPOINT]
    )
    namespace: str = Field(
        description="Empty for the graph itself, otherwise the subgraph.", examples=["storyboard_loop:3f1c"]
    )
    step: int = Field(description="Counts from -1, the input.", examples=[3])
    source: str = Field(description="input, loop, update or fork.", examples=["loop"])
    run_id: str | None = Field(default=None, description="The run that made it, perhaps an ancestor's.")
    at: datetime | None = Field(default=None, description="When it was stored.")
    next: list[str] = Field(description="The nodes that followed.", examples=[["review_storyboard"]])
    asks: list[AskedView] = Field(description="The questions that were raised here.")
    holds: dict[str, int] = Field(description="How much was there.", examples=[{"panels": 3, "takes": 0}])
    line: str = Field(
        description="All of it in one line.",
        examples=["step 2, before storyboard_loop > review_storyboard; 3 panels"],
    )


class CheckpointDetail(CheckpointLine):
    """One stored state with what it holds."""

    values: dict[str, Any] = Field(description="Every channel of the state.", examples=[{"scene_number": 1}])


class ForkBody(Body):
    """Where a branch leaves, and what is different in it. All of it may be left out."""

    checkpoint_id: str | None = Field(
        default=None, max_length=64, description="The state it leaves from; the newest when left out.",
        examples=[EXAMPLE_CHECKPOINT],
    )  # fmt: skip
    values: dict[str, Any] | None = Field(
        default=None, description="Channels of the state to write; the branch then goes on from there.",
        examples=[{"scene_number": 1}],
    )  # fmt: skip
    as_node: str | None = Field(
        default=None, max_length=100, examples=["plan_episode"],
        description="The node that the values come from; what follows it runs next.",
    )  # fmt: skip
    reply: dict[str, Any] | None = Field(
        default=None, description="The answer to the question that is open there.",
        examples=[{"approve_all": True, "items": {"1B": {"light": "RED"}}}],
    )  # fmt: skip
    interrupt_id: str | None = Field(
        default=None, max_length=64, description="Which question, where several are open.",
        examples=["f5f1a0c1e9d24b7e8a6d3c2b1a0f9e8d"],
    )  # fmt: skip
    title: str | None = Field(
        default=None, min_length=1, max_length=500, description="What the branch is called.",
        examples=["The Last Letter, at sunset"],
    )  # fmt: skip
    ceiling_usd: str | None = Field(
        default=None, max_length=20, description="The most the branch may cost; the parent's when left out.",
        examples=["5.00"],
    )  # fmt: skip
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"reply": {"approve_all": True, "items": {"1B": {"light": "RED"}}}}]}
    )


AS_IT_IS = ForkBody()


class BranchView(Wire):
    """A branch as it stands."""

    production_id: str = Field(description="The branch: a production of its own.")
    parent_production_id: str = Field(description="What it left from.")
    parent_checkpoint_id: str = Field(description="The state it left from.", examples=[EXAMPLE_CHECKPOINT])
    status: str = Field(description="paused where it waits for somebody, queued where it goes on.")
    run_id: str | None = Field(default=None, description="The run that goes on in it.")
    gates: list[GateView] = Field(description="The questions that are open in it.")
    links: Links = Field(description="Where to go next.")


@router.get("/{production_id}/checkpoints", summary="List the checkpoints")
async def list_states(
    production_id: ProductionId,
    house: HouseDep,
    user_id: UserDep,
    limit: Annotated[int, Query(ge=1, le=100, description="How many at most.", examples=[20])] = 20,
    before: Annotated[
        str | None,
        Query(max_length=64, description="Only those before this checkpoint.", examples=[EXAMPLE_CHECKPOINT]),
    ] = None,
) -> Answer[list[CheckpointLine]]:
    """Every state of the graph and its subgraphs, newest first, each with what was asked and held there."""
    found = await list_checkpoints(house, production_id, user_id=user_id, limit=limit, before=before)
    return Answer(data=[CheckpointLine(**_facts(one)) for one in found])


@router.get("/{production_id}/checkpoints/{checkpoint_id}", summary="Open a checkpoint")
async def read_state(
    production_id: ProductionId, checkpoint_id: CheckpointId, house: HouseDep, user_id: UserDep
) -> Answer[CheckpointDetail]:
    """The whole state as it was stored."""
    found, values = await read_checkpoint(house, production_id, checkpoint_id, user_id=user_id)
    return Answer(data=CheckpointDetail(**_facts(found), values=values))


@router.post("/{production_id}/fork", status_code=201, summary="Branch a production")
async def fork_production(
    production_id: ProductionId, house: HouseDep, user_id: UserDep, body: ForkBody = AS_IT_IS
) -> Answer[BranchView]:
    """Make a new production from a stored state: answered otherwise, changed, or just the same.

    The parent is never written to. What the branch orders exactly as the parent did is taken from
    there at no cost; only what differs is paid, from the branch's own budget.
    """
    difference = Difference(**body.model_dump(by_alias=False))
    made = await fork(house, production_id, difference, user_id=user_id)
    return Answer(data=branch_view(house, made))


def branch_view(house: House, branch: Branch) -> BranchView:
    """A branch as it is answered."""
    return BranchView(
        production_id=branch.production_id,
        parent_production_id=branch.parent_production_id,
        parent_checkpoint_id=branch.parent_checkpoint_id,
        status=branch.status,
        run_id=branch.run_id,
        gates=[gate_view(house, one) for one in branch.interrupts],
        links=links(branch.production_id),
    )


def _facts(checkpoint: Checkpoint) -> dict[str, Any]:
    return {**vars(checkpoint), "line": checkpoint.line}
