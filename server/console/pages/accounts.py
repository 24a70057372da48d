"""Logging in and out, and what is one's own: name, password, API tokens."""

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from server.api.api_tokens import ApiTokenView
from server.api.profile import ProfileView
from server.api.sessions import SessionView
from server.console.public_api import ApiRefused, PublicApi
from server.console.rendering import page

router = APIRouter()


@router.get("/login")
async def login_page(request: Request) -> Response:
    """Where who is not known is led to."""
    return await _for_strangers(request, "login.html")


@router.get("/register")
async def register_page(request: Request) -> Response:
    """A new account."""
    return await _for_strangers(request, "register.html")


@router.get("/forgotten")
async def forgotten_page(request: Request) -> Response:
    """Asking for a link."""
    return await _for_strangers(request, "forgotten.html")


@router.get("/reset")
async def reset_page() -> Response:
    """Where the link leads. What proves it stands behind the `#`, which only the page's script sees."""
    return page("reset.html")


@router.get("/account")
async def account_page(request: Request) -> Response:
    """Everything about oneself."""
    api = PublicApi(request)
    profile = await api.one(ProfileView, "/api/auth/profile")
    tokens = await api.many(ApiTokenView, "/api/auth/tokens")
    return page("account.html", account=api.account, profile=profile, tokens=tokens)


async def _for_strangers(request: Request, template: str) -> Response:
    """Who is known already, or a server without accounts, has no use for these pages."""
    try:
        await PublicApi(request).one(SessionView, "/api/session")
    except ApiRefused as exc:
        if exc.status != 401:
            raise
        # From a link in a mail a browser does not send the cookie along; asked by our own page it does.
        followed = request.headers.get("sec-fetch-site") == "cross-site"
        return page(template, followed=followed)
    return RedirectResponse("/", status_code=303)
