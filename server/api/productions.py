"""Productions of any graph: start, look, answer, cancel, resume, download, what it cost."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi import Body as Sent
from pydantic import ConfigDict, Field

from server import briefs, ways
from server.accounts.audit import note
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.chat.paid import talk_costs
from server.deps import House, HouseDep, ProductionId, UserDep, read_id
from server.intake import read_change, read_start
from server.limits.classes import counts_as, of_answer
from server.limits.guard import COUNTED
from server.own_pictures import check_uploads, frames_named
from server.records import productions
from server.records.project import catch_up
from state.context import RunContext
from state.cost import Money
from state.media import MediaRef
from state.priority import Priority
from state.tier import Tier, tier_of
from tools.media.links import DAY_S

router = APIRouter(prefix="/api/productions", tags=["productions"], responses=ERRORS, dependencies=COUNTED)
SHOWN_NAME = 200
Status = Literal["queued", "running", "paused", "completed", "failed", "cancelled"]
EXAMPLE_BRIEF: dict[str, Any] = {
    "title": "The Last Letter",
    "description": "A widow finds an unopened letter on the day her daughter is to marry.",
    "genre": "drama",
    "language": "en",
    "scenes_per_episode": 2,
}


class StartBody(Body):
    """Start a production."""

    graph: str = Field(description="What is to be made.", examples=["novela"])
    brief: dict[str, Any] = Field(description="What it is about; see the graph's brief.")
    novela_id: str | None = Field(
        default=None, description="The novela that this is an episode of; its timeline then shows the scenes."
    )
    context: dict[str, Any] = Field(
        default_factory=dict, description="The knobs of the run: review, ceiling_usd, text_model, ..."
    )
    priority: Priority = Field(
        default="normal",
        description="Which productions get a free worker slot first: `low`, `normal` or `high`.",
        examples=["normal"],
    )
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"graph": "novela", "brief": EXAMPLE_BRIEF, "context": {"review": "ask"}}]
        }
    )


class AnswerBody(Body):
    """Answer the gate that is open."""

    interrupt_id: str | None = Field(
        default=None,
        alias="interrupt_id",
        description="Which gate; may be left out where only one is open.",
        examples=["f5f1a0c1e9d24b7e8a6d3c2b1a0f9e8d"],
    )
    reply: dict[str, Any] = Field(
        description="`items`: GREEN, YELLOW with a note, or RED per item; or `approve_all`; and the"
        " `quote_id` where a price is shown. The gate's own responseSchema decides.",
        examples=[{"approve_all": True, "items": {"2A": {"light": "YELLOW", "note": "Closer."}}}],
    )
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "reply": {
                        "approve_all": True,
                        "items": {"2A": {"light": "YELLOW", "note": "She should look at the letter."}},
                    }
                }
            ]
        }
    )


class ResumeBody(Body):
    """Go on otherwise than it was started."""

    context: dict[str, Any] = Field(
        default_factory=dict,
        description="Knobs that replace those of the start: text_model, text_models, text_fallbacks,"
        " documentation, use_cache, substitution and stand_ins; nothing else may change.",
    )
    model_config = ConfigDict(json_schema_extra={"examples": [{"context": {"text_model": "gpt-5-mini"}}]})


Resumed = Annotated[ResumeBody, Sent(default_factory=ResumeBody)]
"""A body that may be left out."""


class Links(Wire):
    """Where to go next."""

    self_: str = Field(alias="self", description="The production.")
    events: str = Field(description="Its live events (SSE).")
    answer: str = Field(description="Where its gates are answered.")
    files: str = Field(description="Its deliveries.")
    costs: str = Field(description="What it cost.")


class AcceptedView(Wire):
    """A run that was accepted; it is written down before this answer leaves."""

    production_id: str = Field(
        description="The production.", examples=["7c4a8d09-ca37-4b0e-9f2d-0a1b2c3d4e5f"]
    )
    run_id: str = Field(
        description="The run that now goes on.", examples=["0b9d2d0e-5f6a-4c7b-8d9e-1f2a3b4c5d6e"]
    )
    repeated: bool = Field(default=False, description="True when this request had been accepted before.")
    links: Links = Field(description="Where to go next.")


class ProductionView(Wire):
    """A production in a list."""

    id: str = Field(description="The production's id.")
    graph: str = Field(description="What is made.")
    title: str = Field(description="What it is called.")
    status: Status = Field(description="queued, running, paused (a gate is open), or ended.")
    stage: str = Field(description="What is being done now.")
    novela_id: str | None = Field(default=None, description="The novela it belongs to.")
    episode_number: int | None = Field(default=None, description="Which episode it is.")
    error: dict[str, Any] | None = Field(
        default=None,
        description="Why it failed or pauses: `code`, `message`, `user_action`; `provider`, `model`, `asked`"
        " (whether a request was on its way to them), `role`, `charged`; of a pause `ways`, the requests that"
        " help:"
        " `name`, `method`, `path`, `body`, and in `fill` what of the body is yours to write.",
    )
    gate: str | None = Field(default=None, description="The gate that waits for a person, if one does.")
    billed: str = Field(default="0.00", description="Dollars paid so far.", examples=["0.80"])
    poster_url: str | None = Field(
        default=None, description="A link to its first panel that works for an hour."
    )
    last_event_id: int = Field(description="The newest event; follow from here with `since`.")
    created_at: datetime = Field(description="When it was asked for.")
    updated_at: datetime = Field(description="When it last changed.")
    links: Links = Field(description="Where to go next.")


class CostsView(Wire):
    """Amounts in dollars, exact decimals as text."""

    quoted: str = Field(description="What was planned and shown.", examples=["1.20"])
    reserved: str = Field(description="Held for calls that are under way.", examples=["0.40"])
    billed: str = Field(description="What was paid.", examples=["0.80"])
    refunded: str = Field(description="Paid and given back.", examples=["0.00"])
    unknown: str = Field(description="Held for calls whose fate is unknown.", examples=["0.00"])
    spared: str = Field(
        description="What results from the cache would have cost once more.", examples=["0.00"]
    )
    ceiling: str = Field(description="The production may never cost more.", examples=["25.00"])


class BoundsView(CostsView):
    """The sums of a production, with everything that bounds them."""

    text_allowance: str = Field(description="Of the ceiling, what all text may cost.", examples=["2.00"])


class GateView(Wire):
    """A question that is open."""

    interrupt_id: str = Field(description="Names this question in an answer.")
    gate: str = Field(description="approve_budget, review_storyboard, review_scene or approve_delivery.")
    request: dict[str, Any] = Field(description="What is asked: items with pictures, prices, the quote.")
    response_schema: dict[str, Any] | None = Field(default=None, description="The shape of the answer.")


class ProductionDetail(ProductionView):
    """A production with its open gates and what it cost so far."""

    gates: list[GateView] = Field(description="Open questions; empty while it works.")
    costs: BoundsView = Field(description="What it cost so far, and what it may.")
    version: int = Field(
        description="1, and one more for each production it was branched from.", examples=[1]
    )
    parent_production_id: str | None = Field(
        default=None, description="The production that it was branched from, or repeats."
    )
    tier: Tier = Field(
        description="draft: cheap models make it; final: those that were chosen.", examples=["final"]
    )
    brief: dict[str, Any] = Field(description="What was asked for.")
    text_model: str = Field(description="Who writes, as in its context.", examples=["gpt-5"])
    text_models: dict[str, str] = Field(
        description="By role, who writes instead.", examples=[{"script_writer": "gemini-2.5-pro"}]
    )
    talk_costs: bool = Field(
        description="Whether a talk about it asks a language model that is paid by its tokens."
    )


class FileView(Wire):
    """One delivered file."""

    name: str = Field(description="Its name.", examples=["master.mp4"])
    title: str = Field(description="What it is.")
    mime: str = Field(description="Its type.", examples=["video/mp4"])
    size_bytes: int = Field(description="Its size.")
    sha256: str = Field(description="Its digest.")
    duration_s: float | None = Field(default=None, description="Its length in seconds.")
    url: str = Field(description="A link that works for a day.")


class CostLine(Wire):
    """One call that was planned, made or paid."""

    call_key: str = Field(description="Under which it can be bought once.")
    kind: str = Field(description="`engine` or `text`.")
    stage: str = Field(description="What for: storyboard, voice, take, music.")
    item: str = Field(description="Which panel, shot or line.")
    take_number: int = Field(description="Which take.")
    provider: str = Field(description="Who was asked.")
    model: str = Field(description="Which model.")
    state: str = Field(description="intent, submitted, done, failed or unknown.")
    quoted: str = Field(description="Dollars planned.")
    billed: str = Field(description="Dollars paid.")
    spared: str = Field(description="Dollars not paid again: the result came from the cache.")


class CostReportView(CostsView):
    """The sums and every call."""

    calls: list[CostLine] = Field(description="Every call, oldest first.")


@router.post("", status_code=202, summary="Start a production")
@counts_as("generate")
async def start_production(
    body: StartBody,
    house: HouseDep,
    user_id: UserDep,
    idempotency_key: Annotated[
        str, Header(max_length=200, description="The same key starts the same production once.")
    ] = "",
) -> Answer[AcceptedView]:
    """Accept a brief and start its graph. The run is stored before this answers."""
    novela_id = read_id(body.novela_id) if body.novela_id else None
    intake = await read_start(
        house, user_id=user_id, graph=body.graph, brief=body.brief, context=body.context, novela_id=novela_id
    )
    accepted = await house.runs.start(
        user_id=user_id, graph=body.graph, **vars(intake), idempotency_key=idempotency_key,
        priority=body.priority,
    )  # fmt: skip
    return Answer(data=accepted_view(accepted.production_id, accepted.run_id, accepted.repeated))


@router.get("", summary="List productions")
async def list_productions(
    house: HouseDep,
    user_id: UserDep,
    wanted: Annotated[Turn, Depends(turn)],
    status: Annotated[Status | None, Query(description="Only those in this status.")] = None,
    graph: Annotated[str | None, Query(max_length=60, description="Only those of this graph.")] = None,
    novela: Annotated[
        str | None, Query(alias="novelaId", description="Only episodes of this novela.")
    ] = None,
    sort: Annotated[
        productions.SortBy, Query(description="`newest` first, or those that wait for a person first.")
    ] = "newest",
) -> Page[ProductionView]:
    """All productions of this user, newest first unless sorted otherwise."""
    rows, total = await productions.list_productions(
        house.database,
        user_id=user_id,
        limit=wanted.limit,
        offset=wanted.offset,
        status=status,
        graph=graph,
        novela_id=read_id(novela) if novela else None,
        sort=sort,
    )
    return Page(data=[production_view(house, row) for row in rows], pagination=wanted.of(total))


@router.get("/{production_id}", summary="Read a production")
async def read_production(
    production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[ProductionDetail]:
    """Where a production stands: status, open gates, costs."""
    row = await productions.get_production(house.database, production_id, user_id=user_id)
    state = await house.runs.state(user_id=user_id, production_id=production_id)
    sums = await productions.cost_sums(house.database, production_id, user_id=user_id)
    knobs = briefs.kept_context(row["context"] or {})
    now = {
        **row,
        "status": state.status,
        "stage": state.stage,
        "error": state.error,
        "last_seq": state.seq,
    }
    return Answer(
        data=ProductionDetail(
            **production_view(house, now).model_dump(by_alias=False),
            gates=[gate_view(house, gate) for gate in state.interrupts],
            costs=_bounds(sums, row, knobs),
            version=row["version"],
            parent_production_id=None if row["parent"] is None else str(row["parent"]),
            tier=tier_of(state.context),
            brief=row["brief"],
            text_model=knobs.text_model,
            text_models=knobs.text_models,
            talk_costs=talk_costs(vars(knobs)),
        )
    )


@router.post("/{production_id}/answer", status_code=202, summary="Answer a gate")
@counts_as(of_answer)
async def answer_gate(
    production_id: ProductionId, body: AnswerBody, request: Request, house: HouseDep, user_id: UserDep
) -> Answer[AcceptedView]:
    """Answer the open gate. A second answer is 409, an answer of the wrong shape 422; the gate stays open."""
    await productions.get_production(house.database, production_id, user_id=user_id)
    await check_uploads(house.store, frames_named(body.reply), user_id=user_id)
    accepted = await house.runs.answer(
        user_id=user_id,
        production_id=production_id,
        interrupt_id=body.interrupt_id,
        reply=body.reply,
    )
    if signed_by := body.reply.get("signed_by"):
        note(request, signed_by=str(signed_by)[:SHOWN_NAME])
    return Answer(data=accepted_view(accepted.production_id, accepted.run_id, accepted.repeated))


@router.post("/{production_id}/cancel", summary="Cancel a production")
async def cancel_production(
    production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[dict[str, str]]:
    """Stop at the next step. What is finished stays; what was ordered is still collected."""
    await productions.get_production(house.database, production_id, user_id=user_id)
    await house.runs.cancel(user_id=user_id, production_id=production_id)
    return Answer(data={"productionId": production_id}, message="The production stops at its next step.")


@router.post("/{production_id}/resume", status_code=202, summary="Resume a production")
@counts_as("generate")
async def resume_production(
    production_id: ProductionId, house: HouseDep, user_id: UserDep, body: Resumed
) -> Answer[AcceptedView]:
    """Go on after a pause, a failure or a cancel, from the last checkpoint; with other models where said."""
    context = await read_change(house, production_id, body.context, user_id=user_id)
    accepted = await house.runs.resume(user_id=user_id, production_id=production_id, context=context)
    return Answer(data=accepted_view(accepted.production_id, accepted.run_id, accepted.repeated))


@router.get("/{production_id}/files", summary="List deliveries")
async def list_files(
    production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[list[FileView]]:
    """What can be downloaded, with links that expire."""
    await productions.get_production(house.database, production_id, user_id=user_id)
    # Whoever heard the end in the stream must not find the rows a moment behind the log.
    await catch_up(house.database, production_id)
    rows = await productions.list_files(house.database, production_id, user_id=user_id)
    return Answer(data=[_file_view(house, row) for row in rows])


@router.get("/{production_id}/costs", summary="Read the costs")
async def read_costs(
    production_id: ProductionId, house: HouseDep, user_id: UserDep
) -> Answer[CostReportView]:
    """Quoted, reserved, billed and unknown; in sum and per call. They stay when a production was cleared."""
    sums, lines = await productions.read_costs(house.database, production_id, user_id=user_id)
    calls = [
        CostLine(
            **line, quoted=dollars(line["cost_quoted"]), billed=dollars(line["cost_actual"]),
            spared=dollars(line["cost_spared"]),
        )
        for line in lines
    ]  # fmt: skip
    return Answer(data=CostReportView(**_amounts(sums, sums["ceiling_micros"]), calls=calls))


def accepted_view(production_id: str, run_id: str, repeated: bool) -> AcceptedView:
    """An accepted run as it is answered."""
    production, run = str(production_id), str(run_id)
    return AcceptedView(production_id=production, run_id=run, repeated=repeated, links=links(production))


def production_view(house: House, row: dict[str, Any]) -> ProductionView:
    """A row as it is listed."""
    identity = str(row["production_id"])
    facts = {
        **row,
        "id": identity,
        "novela_id": str(row["novela_id"]) if row["novela_id"] else None,
        "gate": row["gate"] if row["status"] == "paused" else None,
        "billed": dollars(row["billed"]),
        "error": _with_ways(row["error"], identity, row["role_models"]),
        "last_event_id": row["last_seq"],
        "poster_url": house.store.link(row["poster"]["key"]) if row["poster"] else None,
        "links": links(identity),
    }
    return ProductionView.model_validate(facts)


def _with_ways(
    error: dict[str, Any] | None, production_id: str, models: ways.Models | None
) -> dict[str, Any] | None:
    if error is None or "ways" not in error:
        return error
    return {**error, "ways": ways.requests(error, production_id, models)}


def links(production_id: str) -> Links:
    """The addresses around a production."""
    base = f"/api/productions/{production_id}"
    return Links(
        self=base,
        events=f"{base}/events",
        answer=f"{base}/answer",
        files=f"{base}/files",
        costs=f"{base}/costs",
    )


def gate_view(house: House, interrupt: dict[str, Any]) -> GateView:
    """An open interrupt as a question, its pictures with links."""
    request = dict(interrupt.get("value") or {})
    request["items"] = [_with_link(house, item) for item in request.get("items") or []]
    if animatic := request.get("animatic"):
        request["animatic_url"] = house.store.link(animatic["key"])
    return GateView(
        interrupt_id=interrupt["id"],
        gate=str(request.get("gate", "")),
        request=request,
        response_schema=interrupt.get("response_schema"),
    )


def dollars(micros: int) -> str:
    """Micro-dollars as a decimal with at least two places."""
    return Money(micros=micros).dollars()


def _amounts(sums: dict[str, Any], ceiling: int) -> dict[str, str]:
    names = ("quoted", "reserved", "billed", "refunded", "unknown", "spared")
    found = {name: dollars(int(sums.get(name, 0))) for name in names}
    return {**found, "ceiling": dollars(ceiling)}


def _bounds(sums: dict[str, Any], row: dict[str, Any], knobs: RunContext) -> BoundsView:
    allowance = Money.usd(knobs.text_allowance_usd)
    return BoundsView(**_amounts(sums, row["ceiling_micros"]), text_allowance=allowance.dollars())


def _with_link(house: House, item: dict[str, Any]) -> dict[str, Any]:
    media = item.get("media")
    return {**item, "url": house.store.link(media["key"])} if media else item


def _file_view(house: House, row: dict[str, Any]) -> FileView:
    media = MediaRef.model_validate(row["media"])
    return FileView(
        name=row["name"],
        title=row["title"],
        url=house.store.link(media.key, ttl_s=DAY_S) + f"&name={row['name']}",
        **media.model_dump(include={"mime", "size_bytes", "sha256", "duration_s"}),
    )
