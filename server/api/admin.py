"""Running the server: its accounts, and what everybody did."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import ConfigDict, Field

from server.accounts.audit import whole_trail
from server.api.audit import AuditView, shown
from server.api.auth import Email
from server.api.profile import ProfileView
from server.api.wire import ERRORS, Answer, Body, Page, Turn, Wire, turn
from server.deps import AccountsDep, AdminDep, HouseDep
from server.limits.guard import COUNTED
from server.problems import ErrorAnswer
from state.errors import RecordConflict

router = APIRouter(
    prefix="/api/admin", tags=["admin"], dependencies=COUNTED,
    responses=ERRORS | {403: {"model": ErrorAnswer, "description": "Only an administrator may do that."}},
)  # fmt: skip
UserId = Annotated[str, Path(max_length=64, description="The account's id.", examples=["9f2d0a1b2c3d4e5f"])]


class AccountView(ProfileView):
    """An account as an administrator sees it."""

    disabled_at: datetime | None = Field(description="Since when it is disabled.")


class InviteBody(Body):
    """Whom to let in."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "eva@example.org", "name": "Eva"}]})

    email: Email
    name: str = Field(default="", max_length=200, description="What to call them.")


class InviteView(Wire):
    """A new account without a password."""

    user_id: str = Field(description="The account's id.")
    link: str | None = Field(description="Sets its password, once, within an hour. Also sent by mail.")


@router.get("/users", summary="List the accounts")
async def list_accounts(
    accounts: AccountsDep, admin: AdminDep, wanted: Annotated[Turn, Depends(turn)]
) -> Page[AccountView]:
    """All accounts, newest first; deleted ones are not shown."""
    rows, total = await accounts.users.listed(limit=wanted.limit, offset=wanted.offset)
    return Page(data=[AccountView.model_validate(row) for row in rows], pagination=wanted.of(total))


@router.post("/users", status_code=201, summary="Open an account for somebody")
async def invite(body: InviteBody, accounts: AccountsDep, admin: AdminDep) -> Answer[InviteView]:
    """For a server on which people cannot register; the link lets them choose a password."""
    user_id, link = await accounts.invite(email=body.email, name=body.name.strip())
    return Answer(data=InviteView(user_id=user_id, link=link), message="The account is open.")


@router.post("/users/{user_id}/disable", summary="Disable an account")
async def disable_account(user_id: UserId, accounts: AccountsDep, admin: AdminDep) -> Answer[None]:
    """Nobody gets in with it, from the next request on. What it has stays, and what runs goes on."""
    await accounts.users.switch(_not_oneself(user_id, admin), disabled=True)
    return Answer(data=None, message="The account is disabled.")


@router.post("/users/{user_id}/enable", summary="Enable an account again")
async def enable_account(user_id: UserId, accounts: AccountsDep, admin: AdminDep) -> Answer[None]:
    """Its logins and API tokens work again."""
    await accounts.users.switch(user_id, disabled=False)
    return Answer(data=None, message="The account is enabled.")


@router.delete("/users/{user_id}", summary="Delete an account")
async def delete_account(user_id: UserId, accounts: AccountsDep, admin: AdminDep) -> Answer[None]:
    """Nobody gets in with it and it is not shown; its rows stay. Only its owner can erase them."""
    await accounts.users.remove(_not_oneself(user_id, admin))
    return Answer(data=None, message="The account is deleted.")


@router.get("/audit", summary="Read what everybody did")
async def list_audit(
    house: HouseDep,
    admin: AdminDep,
    wanted: Annotated[Turn, Depends(turn)],
    user: Annotated[str | None, Query(alias="userId", max_length=64, description="Only this user's.")] = None,
) -> Page[AuditView]:
    """Every call that changed something, newest first."""
    rows, total = await whole_trail(
        house.database, user_id=user, limit=wanted.limit, offset=wanted.offset
    )  # fmt: skip
    return Page(data=[shown(row) for row in rows], pagination=wanted.of(total))


def _not_oneself(user_id: str, admin: str) -> str:
    if user_id == admin:
        raise RecordConflict("This is your own account.", user_action="Have another administrator do it.")
    return user_id
