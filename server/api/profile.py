"""The account of whoever asks: what is known of it, its password, and the way out (S2-004, S3-65)."""

from datetime import datetime

from fastapi import APIRouter, Response
from pydantic import ConfigDict, Field, field_validator

from server.accounts.visitor import Role
from server.api.auth import NewPassword, is_safe
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import AccountsDep, UserDep, VisitorDep
from server.hooks.opening import sends_mail
from server.limits.guard import COUNTED
from state.errors import RecordConflict

router = APIRouter(prefix="/api/auth", tags=["accounts"], responses=ERRORS, dependencies=COUNTED)


class ProfileView(Wire):
    """An account as its owner sees it."""

    user_id: str = Field(description="The account's id.")
    email: str = Field(description="Where links for new passwords are sent.", examples=["ana@example.org"])
    name: str = Field(description="What to call its owner.")
    avatar_url: str = Field(description="A picture, or nothing.")
    plan: str = Field(description="The account's plan.", examples=["free"])
    credits_remaining: int | None = Field(
        description="Productions that may still spend; null is no limit.", examples=[10]
    )
    role: Role = Field(description="`user`, or `admin` who runs this server.")
    mail_at_gates: bool = Field(description="Whether a mail is sent when a production waits for its owner.")
    created_at: datetime = Field(description="When it was opened.")


class ProfileChange(Body):
    """What is to change; what is left out stays."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Ana Lima"}, {"mailAtGates": True}]})

    name: str | None = Field(default=None, max_length=200, description="What to call you.")
    avatar_url: str | None = Field(default=None, max_length=500, description="An https address, or nothing.")

    mail_at_gates: bool | None = Field(
        default=None, description="Have a mail sent when a production waits for you: one for each question."
    )

    @field_validator("avatar_url")
    @classmethod
    def _https(cls, url: str | None) -> str | None:
        if url and not url.startswith("https://"):
            raise ValueError("must begin with https://")
        return url


class PasswordChange(Body):
    """The password now and the one to be."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"current": "a long sentence", "new": "another sentence"}]}
    )

    current: str = Field(max_length=100, description="The password now: a stolen login cannot change it.")
    new: NewPassword


@router.get("/profile", summary="Read your account")
async def read_profile(accounts: AccountsDep, user_id: UserDep) -> Answer[ProfileView]:
    """Everything but the password."""
    return Answer(data=ProfileView.model_validate(await accounts.users.read(user_id)))


@router.patch("/profile", summary="Change your account")
async def change_profile(body: ProfileChange, accounts: AccountsDep, user_id: UserDep) -> Answer[ProfileView]:
    """Name, picture and mails; plan, credits and role are not one's own to change."""
    name = body.name.strip() if body.name is not None else None
    await accounts.users.change(
        user_id, name=name, avatar_url=body.avatar_url, mail_at_gates=body.mail_at_gates
    )
    told = "Changed."
    if body.mail_at_gates and not sends_mail(accounts.settings):
        told = "Changed, but no mail is sent: this server has no mail server (GREENLIGHT_SMTP_HOST)."
    return Answer(data=ProfileView.model_validate(await accounts.users.read(user_id)), message=told)


@router.post("/password", summary="Change your password")
async def change_password(body: PasswordChange, accounts: AccountsDep, visitor: VisitorDep) -> Answer[None]:
    """Set another one; all other logins end. API tokens stay: revoke those you do not trust."""
    await accounts.change_password(visitor, current=body.current, new=body.new)
    return Answer(data=None, message="Your password is changed; your other logins have ended.")


@router.post("/logout", summary="Log out")
async def log_out(accounts: AccountsDep, visitor: VisitorDep, response: Response) -> Answer[None]:
    """End the login that asks: its access token, its refresh token, its cookie."""
    if visitor.login_id is None:
        raise RecordConflict("An API token is not logged in.", user_action="Revoke it instead.")
    await accounts.logins.end(visitor.user_id, visitor.login_id)
    response.delete_cookie(
        accounts.cookie_name, path="/", httponly=True, samesite="strict", secure=is_safe(accounts)
    )
    return Answer(data=None, message="You are logged out.")
