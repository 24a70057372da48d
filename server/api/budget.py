"""What may be spent: in a day, and by one production."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import ConfigDict, Field, model_validator

from server.api.productions import dollars
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import AdminDep, House, HouseDep, ProductionId, UserDep, VisitorDep
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from state.cost import Money
from state.errors import NotAllowed
from tools.ledger.budgets import day_budget, set_ceiling, set_credits, set_day_budget

router = APIRouter(
    tags=["money"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=6)]
OfUser = Annotated[
    str | None, Query(max_length=64, description="This user's; for administrators.", examples=["9f2d0a1b"])
]


class BudgetView(Wire):
    """What may be spent in a day, which begins at 00:00 UTC, over all productions."""

    user_id: str = Field(description="Whose.")
    daily_usd: str | None = Field(description="Dollars a day; null is no limit.", examples=["12.50"])
    own: bool = Field(description="Whether it was set for this user; otherwise it is the server's.")
    committed_usd: str = Field(
        description="Of today's orders: reserved, billed and of unknown fate.", examples=["3.20"]
    )
    left_usd: str | None = Field(description="What is left today; null without a limit.", examples=["9.30"])
    percent: int | None = Field(description="How much of it is committed.", examples=[25])
    credits: int | None = Field(description="Productions that may still spend.", examples=[10])
    since: datetime = Field(description="When today began.")
    until: datetime = Field(description="When a new day begins.")


class BudgetBody(Body):
    """Set a budget."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"dailyUsd": "12.50", "user": "9f2d0a1b"}]})

    daily_usd: Amount | None = Field(
        description="Dollars a day; null gives the user the server's own budget again.", examples=["12.50"]
    )
    user: str | None = Field(
        default=None, max_length=64, description="Whose; yours when left out.", examples=["9f2d0a1b2c3d4e5f"]
    )


class CreditsBody(Body):
    """Give credits."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"credits": 10, "user": "9f2d0a1b2c3d4e5f"}]})

    credits: int | None = Field(
        ge=0, le=1_000_000, description="Productions that may still spend; null is no limit.", examples=[10]
    )
    user: str | None = Field(
        default=None, max_length=64, description="Whose; yours when left out.", examples=["9f2d0a1b2c3d4e5f"]
    )


class CeilingBody(Body):
    """Change what a production may cost."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"ceilingUsd": "40.00"}]})

    ceiling_usd: Amount | None = Field(
        default=None, description="Dollars it may cost at most; left out, it stays.", examples=["40.00"]
    )
    text_allowance_usd: Amount | None = Field(
        default=None,
        description="Of these, dollars that language models may cost; left out, it stays.",
        examples=["5.00"],
    )

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if self.ceiling_usd is None and self.text_allowance_usd is None:
            raise ValueError("name ceilingUsd, textAllowanceUsd or both")
        return self


class CeilingView(Wire):
    """What a production may cost."""

    production_id: str = Field(description="The production.")
    before_usd: str = Field(description="What it was, in dollars.", examples=["25.00"])
    ceiling_usd: str = Field(description="What it is now.", examples=["40.00"])
    committed_usd: str = Field(description="Reserved, billed and of unknown fate.", examples=["24.80"])


@router.get("/api/budget", summary="Read the budget of a day")
async def read_budget(house: HouseDep, visitor: VisitorDep, user: OfUser = None) -> Answer[BudgetView]:
    """What may be spent today and what of it is committed."""
    if user not in (None, visitor.user_id) and visitor.role != "admin":
        raise NotAllowed("Only an administrator may do that.")
    return Answer(data=await _budget(house, user or visitor.user_id))


@router.put("/api/budget", summary="Set the budget of a day")
async def set_budget(body: BudgetBody, house: HouseDep, admin: AdminDep) -> Answer[BudgetView]:
    """From the next order on. One below what is committed stops what follows, and takes nothing back."""
    user = body.user or admin
    budget = None if body.daily_usd is None else Money.usd(body.daily_usd)
    await set_day_budget(house.database, user, budget, by=admin)
    return Answer(data=await _budget(house, user))


@router.put("/api/budget/credits", summary="Set how many productions may still spend")
async def give_credits(body: CreditsBody, house: HouseDep, admin: AdminDep) -> Answer[BudgetView]:
    """A production uses one with the first thing it buys, once; ended without a purchase it gives it back."""
    user = body.user or admin
    await set_credits(house.database, user, body.credits)
    return Answer(data=await _budget(house, user))


@router.post("/api/productions/{production_id}/ceiling", summary="Change what a production may cost")
async def change_ceiling(
    production_id: ProductionId, body: CeilingBody, house: HouseDep, user_id: UserDep
) -> Answer[CeilingView]:
    """Raise it, then resume a production that paused for it. Below what is committed is 409.

    Both amounts are changed, or neither.
    """
    done = await set_ceiling(
        house.database, production_id, _money(body.ceiling_usd), user_id=user_id,
        text_allowance=_money(body.text_allowance_usd),
    )  # fmt: skip
    shown = {name: dollars(getattr(done, name).micros) for name in ("before", "ceiling", "committed")}
    return Answer(
        data=CeilingView(
            production_id=production_id, **{f"{name}_usd": amount for name, amount in shown.items()}
        )
    )


def _money(usd: Decimal | None) -> Money | None:
    return None if usd is None else Money.usd(usd)


async def _budget(house: House, user_id: str) -> BudgetView:
    usd = house.settings.day_budget_usd
    found = await day_budget(house.database, user_id, default=None if usd is None else Money.usd(usd))
    facts: dict[str, str | int | None] = {"daily_usd": None, "left_usd": None, "percent": None}
    if found.budget is not None:
        budget, committed = found.budget.micros, found.committed.micros
        facts["daily_usd"] = dollars(budget)
        facts["left_usd"] = dollars(max(0, budget - committed))
        facts["percent"] = min(100, committed * 100 // budget) if budget else 100
    return BudgetView.model_validate(
        facts | {"user_id": user_id, "own": found.own, "committed_usd": dollars(found.committed.micros),
                 "credits": found.credits,
                 "since": found.since, "until": found.until}
    )  # fmt: skip
