"""Orders of unknown fate: what waits for a person, and what they decide about it."""

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Depends, Query, Request
from pydantic import ConfigDict, Field, model_validator

from server.accounts.audit import note
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.deps import EXAMPLE_ID, HouseDep, VisitorDep, read_id
from server.limits.guard import COUNTED
from tools.ledger.costs import dollars
from tools.orders.parked import Decision, ParkedOrder, Settled

router = APIRouter(prefix="/api/orders", tags=["money"], dependencies=COUNTED, responses=ERRORS)
EXAMPLE_ORDER = f"{EXAMPLE_ID}:take:2A:first"
SAID: dict[Decision, str] = {
    "it_never_arrived": "It is reserved once more, and sent when the production goes on.",
    "it_is_this_job": "It is fetched when the production goes on; it is paid once.",
    "give_up": "Nothing more is sent for it; what it may have cost stays booked as unknown.",
}


class ChoiceView(Wire):
    """One way to settle it."""

    decision: Decision = Field(description="What to say.", examples=["give_up"])
    costs_usd: str = Field(description="What it may add to what counts as spent.", examples=["0.00"])


class ParkedOrderView(Wire):
    """An order that may have been made or not: its answer was lost, and its provider cannot be asked."""

    order: str = Field(description="Its key.", examples=[EXAMPLE_ORDER])
    attempt: int = Field(description="Which request of it was lost.", examples=[1])
    production_id: str = Field(description="Of which production.", examples=[EXAMPLE_ID])
    title: str | None = Field(description="What that is called.", examples=["The Last Letter"])
    production_status: str = Field(description="How that stands.", examples=["paused"])
    stage: str = Field(description="For which stage.", examples=["take"])
    item: str = Field(description="For which item of it.", examples=["2A"])
    take_number: int = Field(description="Which take.", examples=[1])
    medium: str = Field(description="What was ordered.", examples=["video"])
    provider: str = Field(description="Where.", examples=["google"])
    model: str = Field(description="Of which model.", examples=["veo-3.1-fast"])
    price_usd: str = Field(description="What another request would be reserved with.", examples=["0.40"])
    unknown_usd: str = Field(description="What counts as perhaps spent for it.", examples=["0.40"])
    why: str = Field(description="Why nobody knows.", examples=["the answer was lost"])
    since: datetime = Field(description="Since when it waits.")
    sent_at: datetime | None = Field(description="When the request left; null where it did not leave here.")
    external_id: str | None = Field(
        description="The provider's id of its job, where it came too late or rang since."
    )
    ask: str = Field(description="What the provider can be asked.", examples=["It lists no jobs."])
    choices: list[ChoiceView] = Field(description="What can be decided, and what each may cost.")


class SettleOrderBody(Body):
    """What became of a parked order, as a person found out."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"order": EXAMPLE_ORDER, "decision": "give_up", "attempt": 1}]}
    )

    order: str = Field(min_length=1, max_length=400, description="Which, by its key.")
    decision: Decision = Field(
        description="`it_never_arrived`: reserve it once more and send it again; what is unknown stays."
        " `it_is_this_job`: fetch the job with this id. `give_up`: send and fetch nothing more for it."
    )
    attempt: Annotated[int, Field(ge=0, le=1_000_000)] | None = Field(
        default=None,
        description="The request that you looked at, so that a repeat never means a later one.",
        examples=[1],
    )
    external_id: Annotated[str, Field(max_length=500)] = Field(
        default="", description="The provider's id of the job, with `it_is_this_job`.", examples=["rm3k9z"]
    )

    @model_validator(mode="after")
    def _a_job_is_named_where_it_is_meant(self) -> Self:
        if bool(self.external_id.strip()) != (self.decision == "it_is_this_job"):
            raise ValueError("externalId goes with it_is_this_job, and with nothing else")
        return self


class SettledOrderView(Wire):
    """What was done about it."""

    order: str = Field(description="Its key.", examples=[EXAMPLE_ORDER])
    decision: Decision = Field(
        description="What was done; `it_is_this_job`, too, where the job's id had come meanwhile."
    )
    state: Literal["intent", "submitted", "done", "failed", "unknown"] = Field(
        description="How the order stands now.", examples=["intent"]
    )
    external_id: str = Field(description="The job that it is now; empty where it has none.")
    reserved_usd: str = Field(description="Held for it now.", examples=["0.40"])
    unknown_usd: str = Field(description="What stays of unknown fate.", examples=["0.40"])
    repeated: bool = Field(description="Whether it was settled so before, and nothing was changed.")


@router.get("", summary="List orders of unknown fate")
async def list_parked_orders(
    house: HouseDep,
    visitor: VisitorDep,
    wanted: Annotated[Turn, Depends(turn)],
    state: Annotated[Literal["unknown"], Query(description="Those that wait for a person.")] = "unknown",
    production: Annotated[str | None, Query(description="Only of this production.")] = None,
) -> Page[ParkedOrderView]:
    """Your own, the newest first. None of them is sent again, or paid again, before you say so."""
    rows, total = await house.parked.listed(
        visitor.user_id, production_id=read_id(production) if production else None,
        limit=wanted.limit, offset=wanted.offset,
    )  # fmt: skip
    return Page(data=[_shown(row) for row in rows], pagination=wanted.of(total))


@router.post("/settle", summary="Say what became of an order")
async def settle_order(
    body: SettleOrderBody, house: HouseDep, visitor: VisitorDep, request: Request
) -> Answer[SettledOrderView]:
    """Settle one; the same again changes nothing. Its production goes on when you resume it."""
    settled = await house.parked.settle(
        body.order, body.decision, user_id=visitor.user_id, attempt=body.attempt,
        external_id=body.external_id.strip(),
    )  # fmt: skip
    note(request, order=body.order, decision=settled.decision, repeated=settled.repeated)
    return Answer(data=_done(settled), message=SAID[settled.decision])


def _shown(row: ParkedOrder) -> ParkedOrderView:
    choices = [ChoiceView(decision=one, costs_usd=dollars(row.costs(one).micros)) for one in row.choices]
    return ParkedOrderView(
        order=row.call_key, price_usd=dollars(row.price.micros), unknown_usd=dollars(row.unknown.micros),
        choices=choices, **{name: getattr(row, name) for name in SAME},
    )  # fmt: skip


SAME = (
    "attempt", "production_id", "title", "production_status", "stage", "item", "take_number", "medium",
    "provider", "model", "why", "since", "sent_at", "external_id", "ask",
)  # fmt: skip


def _done(settled: Settled) -> SettledOrderView:
    row = settled.row
    return SettledOrderView(
        order=row.call_key, decision=settled.decision, state=row.state, external_id=settled.external_id,
        reserved_usd=dollars(row.cost_reserved), unknown_usd=dollars(row.cost_unknown),
        repeated=settled.repeated,
    )  # fmt: skip
