"""What was spent: by production, shot, take, kind, model, day, ...; as pages or as CSV."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import StreamingResponse
from psycopg.rows import DictRow
from pydantic import AwareDatetime, ConfigDict, Field

from server.accounts.audit import note
from server.accounts.visitor import Visitor
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.deps import HouseDep, VisitorDep, read_id
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from server.upkeep.alerts import listed_alerts
from state.cost import Money
from state.errors import NotAllowed
from tools.ledger.costs import AMOUNTS, Wanted, as_csv, dollars, read_by, read_costs
from tools.ledger.settling import settle, unknown_lines

router = APIRouter(
    prefix="/api/costs", tags=["money"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip
EVERYBODY = "*"
OfUser = Annotated[
    str | None, Query(max_length=64, description="This user's, or `*` everybody's; for administrators.")
]


class AmountsView(Wire):
    """Amounts in dollars, exact decimals as text."""

    lines: int = Field(description="How many orders.", examples=[12])
    quoted: str = Field(description="What was planned.", examples=["1.20"])
    reserved: str = Field(description="Held for what is under way.", examples=["0.00"])
    billed: str = Field(description="Paid.", examples=["1.20"])
    refunded: str = Field(description="Given back.", examples=["0.00"])
    unknown: str = Field(description="Of unknown fate.", examples=["0.00"])


class CostGroupView(AmountsView):
    """What orders that have something in common cost."""

    group: dict[str, str] = Field(
        description="What they have in common.", examples=[{"kind": "video", "model": "veo-3.1"}]
    )


class CostsPage(Page[CostGroupView]):
    """One page of groups, with the sums over all pages."""

    totals: AmountsView = Field(description="Over all pages; equal to the sum of their rows.")


class AlertView(Wire):
    """Somebody spent much more than they use to, or much on language models."""

    kind: Literal["spike", "text"] = Field(
        description="More than usual, or language models over their limit."
    )
    alert_id: int = Field(description="Its number among those of its kind.", examples=[7])
    user_id: str = Field(description="Who.")
    raised_at: datetime = Field(description="When it was seen.")
    spent_usd: str = Field(description="Spent in the 24 hours before.", examples=["42.00"])
    usual_usd: str | None = Field(
        description="A usual day of this user; null for text, which is not compared.", examples=["6.10"]
    )
    limit_usd: str = Field(description="What was too much.", examples=["18.30"])


@router.get(
    "",
    summary="Read what was spent",
    response_model=CostsPage,
    responses={200: {"content": {"text/csv": {}}, "description": "A page, or all of it as CSV."}},
)
async def read_spent(
    house: HouseDep,
    visitor: VisitorDep,
    wanted: Annotated[Turn, Depends(turn)],
    by: Annotated[
        str,
        Query(
            max_length=200,
            examples=["kind,model"],
            description="What to group by, with commas between: production, novela, shot, take, kind (video,"
            " image, audio, llm), stage, action (GREEN, YELLOW, RED; of one production), provider, model,"
            " edition, status, day (UTC), user, origin (here, archive), line. Nothing: each order. What an"
            " archive brought is told by origin, and where its production or novela is named.",
        ),
    ] = "",
    since: Annotated[AwareDatetime | None, Query(description="Ordered from this moment on.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Up to this moment, not in it.")] = None,
    production: Annotated[str | None, Query(description="Only of this production.")] = None,
    novela: Annotated[str | None, Query(description="Only of this novela's productions.")] = None,
    user: OfUser = None,
    form: Annotated[
        Literal["json", "csv"], Query(alias="format", description="`csv` is all pages.")
    ] = "json",
) -> Response | CostsPage:
    """Exact to the micro-dollar. What a cleared production cost stays in the books."""
    asked = Wanted(
        user_id=_whose(user, visitor),
        by=read_by(by),
        since=since,
        until=until,
        production_id=read_id(production) if production else None,
        novela_id=read_id(novela) if novela else None,
    )
    if form == "csv":
        pieces = await as_csv(house.database, asked)
        named = {"Content-Disposition": 'attachment; filename="costs.csv"'}
        return StreamingResponse(pieces, media_type="text/csv; charset=utf-8", headers=named)
    found = await read_costs(house.database, asked, limit=wanted.limit, offset=wanted.offset)
    groups = [
        CostGroupView(group={name: str(row[name]) for name in asked.names}, **_amounts(row))
        for row in found.rows
    ]
    totals = AmountsView(**_amounts(found.totals))
    return CostsPage(data=groups, pagination=wanted.of(found.groups), totals=totals)


@router.get("/alerts", summary="List alerts of unusual spending")
async def list_alerts(
    house: HouseDep, visitor: VisitorDep, wanted: Annotated[Turn, Depends(turn)], user: OfUser = None
) -> Page[AlertView]:
    """When much more was spent than usual, or much on language models, newest first.

    Webhooks are told as `spending.spike` and `spending.text`.
    """
    rows, total = await listed_alerts(
        house.database, _whose(user, visitor), limit=wanted.limit, offset=wanted.offset
    )
    return Page(data=[_alert(row) for row in rows], pagination=wanted.of(total))


class UnknownView(Wire):
    """One request to a language model, or one order of an engine, whose price nobody knows."""

    line: str = Field(description="Its name in the books.", examples=["7c4a8d09:script:scene-1:first#1"])
    production_id: str = Field(description="For which production.")
    provider: str = Field(description="Who was asked.", examples=["openai"])
    model: str = Field(description="Which model.", examples=["gpt-5"])
    at: datetime = Field(description="When.")
    held_usd: str = Field(description="The most it can have cost.", examples=["0.045"])


class SettleBody(Body):
    """What a request really cost."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"line": "7c4a:x:y:first#1", "billedUsd": "0.01"}]}
    )

    line: str = Field(max_length=400, description="Which, as `/api/costs/unknown` names it.")
    billed_usd: Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=6)] = Field(
        description="Dollars on the vendor's bill; 0 when it is not on it.", examples=["0.0112"]
    )
    user: str | None = Field(
        default=None,
        max_length=64,
        description="Only if it is this user's; for administrators, who settle anybody's.",
        examples=["9f2d0a1b2c3d4e5f"],
    )


class SettledView(Wire):
    """What is booked now."""

    line: str = Field(description="Which request.")
    held_usd: str = Field(description="What had counted as unknown.", examples=["0.045"])
    billed_usd: str = Field(description="What is booked instead.", examples=["0.0112"])


@router.get("/unknown", summary="List requests of unknown price")
async def list_unknown(
    house: HouseDep, visitor: VisitorDep, wanted: Annotated[Turn, Depends(turn)], user: OfUser = None
) -> Page[UnknownView]:
    """What was lost on its way, or stopped: billed or not, only the vendor's bill tells.

    Answers of language models, and orders of engines that are not parked any more: of a parked one it is said
    first what became of it (`POST /api/orders/settle`).
    """
    rows, total = await unknown_lines(
        house.database, user_id=_whose(user, visitor), limit=wanted.limit, offset=wanted.offset
    )
    found = [UnknownView.model_validate({**row, "held_usd": dollars(row["unknown"])}) for row in rows]
    return Page(data=found, pagination=wanted.of(total))


@router.post("/settle", summary="Book what an unknown request cost")
async def settle_unknown(
    body: SettleBody, house: HouseDep, visitor: VisitorDep, request: Request
) -> Answer[SettledView]:
    """From the vendor's bill; what was held for it is free again. Each request once.

    What left with a key of your own is yours to book; what left with the server's, an administrator's.
    """
    admin, billed = visitor.role == "admin", Money.usd(body.billed_usd)
    whose = body.user if admin else _whose(body.user, visitor)
    held = await settle(house.database, body.line, billed, user_id=whose, own_key=not admin)
    told = {"held_usd": dollars(held.micros), "billed_usd": dollars(billed.micros)}
    note(request, line=body.line, **told)
    return Answer(data=SettledView(line=body.line, **told))


def _whose(user: str | None, visitor: Visitor) -> str | None:
    if user not in (None, visitor.user_id) and visitor.role != "admin":
        raise NotAllowed("Only an administrator may do that.")
    return None if user == EVERYBODY else user or visitor.user_id


def _alert(row: DictRow) -> AlertView:
    micros = {name: row[f"{name}_micros"] for name in ("spent", "usual", "limit")}
    amounts = {f"{name}_usd": None if one is None else dollars(int(one)) for name, one in micros.items()}
    return AlertView.model_validate(dict(row) | amounts)


def _amounts(row: dict[str, int]) -> dict[str, int | str]:
    return {"lines": row["lines"], **{name: dollars(row[name]) for name in AMOUNTS}}
