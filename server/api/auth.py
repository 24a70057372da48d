"""What a stranger may ask: an account, a login, a forgotten password (S2-001 to 005, S5-126)."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import ConfigDict, Field

from server.accounts.accounts import SAFE_COOKIE, Accounts
from server.accounts.audit import ip_of, user_agent_of
from server.accounts.door import admit
from server.accounts.logins import COOKIE_LIFE, Origin, Tokens
from server.accounts.passwords import LONGEST, SHORTEST
from server.accounts.visitor import Visitor
from server.api.wire import ERRORS, Answer, Body, Wire
from server.deps import AccountsDep
from server.limits.guard import COUNTED_BY_ADDRESS

router = APIRouter(prefix="/api/auth", tags=["accounts"], responses=ERRORS, dependencies=COUNTED_BY_ADDRESS)
NewPassword = Annotated[
    str, Field(min_length=SHORTEST, max_length=LONGEST, description=f"{SHORTEST} to {LONGEST} characters.")
]
Email = Annotated[str, Field(max_length=254, description="The account's e-mail address, in any case.")]
SENT = "If there is an account with this address, a link is on its way to it."


class RegisterBody(Body):
    """A new account."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"email": "ana@example.org", "password": "a long sentence", "name": "Ana"}]
        }
    )

    email: Email
    password: NewPassword
    name: str = Field(default="", max_length=200, description="What to call you.")
    cookie: bool = Field(default=False, description="Log a browser in with a cookie instead of tokens.")


class LoginBody(Body):
    """Who wants to come in."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "ana@example.org", "password": "a long sentence"}]}
    )

    email: Email
    password: str = Field(max_length=LONGEST, description="The account's password.")
    cookie: bool = Field(default=False, description="Log a browser in with a cookie instead of tokens.")


class RefreshBody(Body):
    """The refresh token of the last answer."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"refreshToken": "glr_..."}]})

    refresh_token: str = Field(max_length=200, description="Works once; the answer has the next one.")


class ForgottenBody(Body):
    """Whose password is forgotten."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"email": "ana@example.org"}]})

    email: Email


class ResetBody(Body):
    """A new password, with the proof from the mail."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"token": "eyJ...", "password": "another sentence"}]}
    )

    token: str = Field(max_length=2000, description="What stands behind the `#` of the link.")
    password: NewPassword


class LoginView(Wire):
    """A login: tokens for a program, or nothing but the cookie for a browser."""

    user_id: str = Field(description="Who is logged in.")
    login_id: str = Field(description="This login; it ends as a whole.")
    access_token: str | None = Field(default=None, description="Send it as `Authorization: Bearer`.")
    refresh_token: str | None = Field(default=None, description="Works once, within 30 days.")
    token_type: str = Field(default="bearer", description="Always `bearer`.")
    expires_in: int | None = Field(default=None, description="Seconds until the access token ends.")


@router.post("/register", status_code=201, summary="Open an account")
async def register(
    body: RegisterBody, accounts: AccountsDep, request: Request, response: Response
) -> Answer[LoginView]:
    """A new account, logged in. An address has at most one, in whatever case it is written."""
    user_id = await accounts.register(email=body.email, password=body.password, name=body.name.strip())
    view = await _logged_in(accounts, user_id, request, response, cookie=body.cookie)
    return Answer(data=view, message="Welcome.")


@router.post("/login", summary="Log in")
async def log_in(
    body: LoginBody, accounts: AccountsDep, request: Request, response: Response
) -> Answer[LoginView]:
    """An access token for 15 minutes and a refresh token for 30 days, or a browser's cookie."""
    row = await accounts.log_in(email=body.email, password=body.password)
    view = await _logged_in(accounts, row["user_id"], request, response, cookie=body.cookie)
    return Answer(data=view, message="You are logged in.")


@router.post("/refresh", summary="Get the next tokens")
async def refresh(body: RefreshBody, accounts: AccountsDep) -> Answer[LoginView]:
    """A new pair. A refresh token that is sent twice was copied: then its whole login ends."""
    return Answer(data=_shown(await accounts.logins.refresh(body.refresh_token)))


@router.post("/reset-password", status_code=202, summary="Ask for a link to set a new password")
async def ask_for_reset(body: ForgottenBody, accounts: AccountsDep) -> Answer[None]:
    """Have a link sent. The answer is the same, and as fast, whether or not there is such an account."""
    accounts.resets.ask(body.email)
    return Answer(data=None, message=SENT)


@router.post("/reset-password/confirm", summary="Set the new password")
async def reset_password(body: ResetBody, accounts: AccountsDep, request: Request) -> Answer[None]:
    """Set it with what came by mail: once, within an hour. All logins and API tokens of the account end."""
    user_id = await accounts.reset_password(body.token, body.password)
    admit(request.scope, Visitor(user_id=user_id, by="nothing"))
    return Answer(data=None, message="Your new password is set. Log in with it.")


async def _logged_in(
    accounts: Accounts, user_id: str, request: Request, response: Response, *, cookie: bool
) -> LoginView:
    admit(request.scope, Visitor(user_id=user_id, by="nothing"))
    origin = Origin(ip_of(request.scope), user_agent_of(request.scope))
    if not cookie:
        return _shown(await accounts.logins.open_for_program(user_id, origin))
    login_id, value = await accounts.logins.open_for_browser(user_id, origin)
    life = int(COOKIE_LIFE.total_seconds())
    response.set_cookie(
        accounts.cookie_name, value, max_age=life, path="/", httponly=True, samesite="strict",
        secure=is_safe(accounts),
    )  # fmt: skip
    return LoginView(user_id=user_id, login_id=login_id)


def is_safe(accounts: Accounts) -> bool:
    return accounts.cookie_name == SAFE_COOKIE


def _shown(tokens: Tokens) -> LoginView:
    return LoginView(
        user_id=tokens.user_id, login_id=tokens.login_id, access_token=tokens.access_token,
        refresh_token=tokens.refresh_token, expires_in=tokens.expires_in,
    )  # fmt: skip
