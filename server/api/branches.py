"""A production's past: its checkpoints, and branches that leave from them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Path, Query, Response
from pydantic import ConfigDict, Field

from server.api.productions import GateView, Links, dollars, gate_view, links
from server.api.wire import ERRORS, Answer, Body, Wire
from server.branches.checkpoints import Checkpoint, list_checkpoints, read_checkpoint
from server.branches.fork import Branch, Difference, fork
from server.branches.replay import replay
from server.branches.report import replay_report
from server.branches.reshoot import FrameUse, Offer, Wish, offer, reshoot
from server.deps import House, HouseDep, ProductionId, UserDep
from server.limits.classes import counts_as, of_branch
from server.limits.guard import COUNTED
from state.take import Edge
from state.tier import Tier

router = APIRouter(prefix="/api/productions", tags=["branches"], responses=ERRORS, dependencies=COUNTED)
EXAMPLE_FRAME = f"image/local/{'0f' * 32}.png"
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
    tier: Tier | None = Field(
        default=None, examples=["final"],
        description="Go on as a draft (cheap models) or as a final; the parent's when left out.",
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


class ReplayBody(Body):
    """Where a replay begins."""

    checkpoint_id: str | None = Field(
        default=None, max_length=64, examples=[EXAMPLE_CHECKPOINT],
        description="The state it begins from; the very beginning when left out.",
    )  # fmt: skip
    model_config = ConfigDict(json_schema_extra={"examples": [{}, {"checkpointId": EXAMPLE_CHECKPOINT}]})


FROM_THE_BEGINNING = ReplayBody()


class ReplayView(Wire):
    """A replay that was accepted."""

    production_id: str = Field(description="The replay: a production of its own that buys nothing.")
    parent_production_id: str = Field(description="What it repeats.")
    parent_checkpoint_id: str | None = Field(default=None, description="The state it begins from.")
    run_id: str = Field(description="Its first run.")
    links: Links = Field(description="Where to go next.")


class DifferenceView(Wire):
    """Something that did not come out as it was."""

    what: Literal["end", "node", "file"] = Field(description="What differs.", examples=["file"])
    where: str = Field(
        description="Which node, counted from 1, or where the file is named.",
        examples=["deliverables.master.mp4"],
    )
    recorded: str | None = Field(
        default=None, description="What it was: a status, a node, a digest.", examples=["finish"]
    )
    replayed: str | None = Field(default=None, description="What it is in the replay.", examples=["finish"])


class ReplayReport(Wire):
    """A replay so far, held against what it repeats."""

    production_id: str = Field(description="The replay.")
    parent_production_id: str = Field(description="What it repeats.")
    parent_checkpoint_id: str | None = Field(default=None, description="The state it began from.")
    status: str = Field(description="Where the replay stands.", examples=["completed"])
    finished: bool = Field(description="Whether all its runs have ended.")
    identical: bool = Field(description="Whether it has ended and nothing came out differently.")
    error: dict[str, Any] | None = Field(
        default=None, description="Why it failed: `replay_diverged` names the call that was not recorded."
    )
    calls: int = Field(description="Calls that were answered from the record.", examples=[14])
    ledger_rows: int = Field(description="Orders of its own: always 0.", examples=[0])
    nodes: int = Field(description="Nodes that ran.", examples=[35])
    files: int = Field(description="Files that its state names.", examples=[27])
    differences: list[DifferenceView] = Field(description="Empty where it came out the same.")


class ReshootBody(Body):
    """The shot that is to be taken again."""

    shot: str = Field(min_length=1, max_length=12, description="Its slate without take.", examples=["2A"])
    note: str = Field(
        default="", max_length=2000, examples=["She should look at the letter."],
        description="What should change; without it, and without frames, the same shot is taken with another"
        " seed.",
    )  # fmt: skip
    first_frame: str | None = Field(
        default=None, max_length=300, examples=[EXAMPLE_FRAME],
        description="The key of an uploaded picture for the take to begin with; empty takes yours away. It"
        " stays for every later take of the shot.",
    )  # fmt: skip
    last_frame: str | None = Field(
        default=None, max_length=300, examples=[EXAMPLE_FRAME], description="The same for its end."
    )
    quote_id: str | None = Field(
        default=None, max_length=64, examples=["4f8a1c0b9e7d6a5b3c2d1e0f"],
        description="The quote you approve; needed where the take costs something.",
    )  # fmt: skip
    review: Literal["auto", "ask"] = Field(
        default="auto", description="`auto` cuts and masters at once, `ask` stops at the scene's review.",
        examples=["auto"],
    )  # fmt: skip
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"shot": "2A", "note": "She should look at the letter."}]}
    )


class ReshootView(Wire):
    """What a re-shoot buys, and the run that does it."""

    production_id: str = Field(description="The production.")
    shot: str = Field(description="The shot.", examples=["2A"])
    current_take: str = Field(description="The take in the cut now; it is kept.", examples=["2A-1"])
    quote_id: str = Field(description="Names the price.", examples=["4f8a1c0b9e7d6a5b3c2d1e0f"])
    price: str = Field(description="Dollars for the new take.", examples=["0.40"])
    left: str = Field(description="Dollars that the production may still spend.", examples=["24.60"])
    frames: dict[Edge, FrameUse] = Field(
        description="What becomes of your own frames: `told` to the model, which makes the take with them, or"
        " `blended` with the take in the cut. Where all that changes is blended, nothing is bought.",
        examples=[{"first": "told"}],
    )
    run_id: str | None = Field(default=None, description="The run that does it; none in a dry run.")
    repeated: bool = Field(default=False, description="True when this request had been accepted before.")
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
@counts_as(of_branch)
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


@router.post("/{production_id}/replay", status_code=202, summary="Replay a production")
@counts_as("generate")
async def replay_production(
    production_id: ProductionId, house: HouseDep, user_id: UserDep, body: ReplayBody = FROM_THE_BEGINNING
) -> Answer[ReplayView]:
    """Run its nodes again in a branch, with every call answered from the record and its gates as they were.

    No provider, no model is asked and nothing is paid: a call that was not recorded fails the replay
    by name. The production itself is not changed. Read the comparison from the replay's own id.
    """
    started = await replay(house, production_id, user_id=user_id, checkpoint_id=body.checkpoint_id)
    return Answer(data=ReplayView(**vars(started), links=links(started.production_id)))


@router.get("/{production_id}/replay", summary="Compare a replay")
async def compare_replay(
    production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[ReplayReport]:
    """How far a replay has come, and what of it came out differently. The id is the replay's."""
    report = await replay_report(house, production_id, user_id=user_id)
    told = [DifferenceView.model_validate(vars(one)) for one in report.differences]
    facts = {**vars(report), "differences": told}
    return Answer(data=ReplayReport(**facts, identical=report.identical))


@router.post("/{production_id}/reshoot", status_code=202, summary="Re-shoot one shot")
@counts_as(of_branch)
async def reshoot_production(
    production_id: ProductionId,
    body: ReshootBody,
    house: HouseDep,
    user_id: UserDep,
    response: Response,
    dry_run: Annotated[
        bool, Query(description="Only say what it costs (200); nothing is changed.", examples=[True])
    ] = False,
    idempotency_key: Annotated[str, Header(max_length=200, description="The same key re-shoots once.")] = "",
) -> Answer[ReshootView]:
    """Buy exactly one new take of a shot, cut and master again; the old take is kept and listed.

    Where the shot's own scene waits for its review, this sends the shot back there.
    """
    wish = Wish(**body.model_dump(by_alias=False), idempotency_key=idempotency_key)
    if dry_run:
        response.status_code = 200
        offered = await offer(house, production_id, wish, user_id=user_id)
        return Answer(data=_reshoot_view(production_id, offered))
    done = await reshoot(house, production_id, wish, user_id=user_id)
    view = _reshoot_view(production_id, done.offer)
    return Answer(data=view.model_copy(update={"run_id": done.run_id, "repeated": done.repeated}))


def _reshoot_view(production_id: str, offered: Offer) -> ReshootView:
    return ReshootView(
        production_id=production_id,
        shot=offered.shot,
        current_take=offered.current_take,
        quote_id=offered.quote.quote_id,
        price=dollars(offered.quote.total.micros),
        left=dollars(offered.left.micros),
        frames=offered.frames,
        links=links(production_id),
    )


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
