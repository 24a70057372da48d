"""API tokens for programs and the command line (S2-006)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import ConfigDict, Field

from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import EXAMPLE_ID, AccountsDep, UserDep, read_id
from server.limits.guard import COUNTED

router = APIRouter(prefix="/api/auth/tokens", tags=["accounts"], responses=ERRORS, dependencies=COUNTED)


class ApiTokenView(Wire):
    """An API token, without what is secret of it."""

    token_id: str = Field(description="Its id, to revoke it by.")
    name: str = Field(description="What it is for.")
    prefix: str = Field(description="How it begins, to tell it from others.", examples=["gl_0a1b2c3d4e5f"])
    created_at: datetime = Field(description="When it was made.")
    last_used_at: datetime | None = Field(description="When it was last used, to the minute.")
    revoked_at: datetime | None = Field(description="When it was revoked.")


class MadeTokenView(ApiTokenView):
    """A new API token. This is the only time that it is shown."""

    token: str = Field(description="Send it as `Authorization: Bearer` or as `X-Api-Key`.")


class TokenBody(Body):
    """A new API token."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "render script"}]})

    name: str = Field(min_length=1, max_length=100, description="What it is for.")


@router.post("", status_code=201, summary="Make an API token")
async def make_token(body: TokenBody, accounts: AccountsDep, user_id: UserDep) -> Answer[MadeTokenView]:
    """The token is shown once and kept as a digest only."""
    token, row = await accounts.api_tokens.make(user_id, name=body.name)
    return Answer(data=MadeTokenView(**row, token=token), message="Keep it now: it cannot be shown again.")


@router.get("", summary="List your API tokens")
async def list_tokens(accounts: AccountsDep, user_id: UserDep) -> Answer[list[ApiTokenView]]:
    """All of them, revoked ones too, newest first."""
    rows = await accounts.api_tokens.listed(user_id)
    return Answer(data=[ApiTokenView.model_validate(row) for row in rows])


@router.delete("/{token_id}", summary="Revoke an API token")
async def revoke_token(
    token_id: Annotated[str, Path(description="The token's id.", examples=[EXAMPLE_ID])],
    accounts: AccountsDep,
    user_id: UserDep,
) -> Answer[None]:
    """It works no more, at once and on every server."""
    await accounts.api_tokens.revoke(user_id, read_id(token_id))
    return Answer(data=None, message="The token is revoked.")
