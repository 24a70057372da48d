"""The console's cookie: no script reads it, no page of another site uses it (S2-002, CSRF)."""

from http.cookies import Morsel, SimpleCookie

import httpx
import pytest

from server.accounts.accounts import Accounts
from tests.fakes import FakeClock
from tests.integration.api.accounts.conftest import PASSWORD, days, registered
from tests.integration.api.conftest import Lot
from tests.integration.api.making import NOVELA
from tools.settings import Settings

OWN = {"Sec-Fetch-Site": "same-origin"}


async def cookie_of(lot: Lot) -> Morsel[str]:
    """What a browser gets that logs in."""
    await registered(lot)
    lot.client.cookies.clear()
    body = {"email": "ana@example.org", "password": PASSWORD, "cookie": True}
    answer = await lot.client.post("/api/auth/login", json=body, headers=OWN)
    assert answer.json()["data"]["accessToken"] is None
    assert answer.json()["data"]["refreshToken"] is None
    [cookie] = SimpleCookie(answer.headers["set-cookie"]).values()
    lot.client.cookies.clear()
    return cookie


async def ask(
    lot: Lot, cookie: Morsel[str], method: str = "GET", path: str = "/api/novelas", **headers: str
) -> httpx.Response:
    sent = {
        "Cookie": f"{cookie.key}={cookie.value}",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return await lot.client.request(method, path, json=NOVELA if method == "POST" else None, headers=sent)


async def test_it_is_kept_from_scripts_and_other_sites(lot: Lot) -> None:
    cookie = await cookie_of(lot)
    assert (cookie.key, cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        "greenlight",
        True,
        "strict",
        "/",
    )
    assert not cookie["secure"], "on loopback there is no https"
    assert (await ask(lot, cookie)).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [{"Sec_Fetch_Site": "cross-site"}, {"Sec_Fetch_Site": "same-site"}, {"Origin": "https://evil.example"},
     {"Origin": "http://127.0.0.1:3000"}, {"Origin": "null"}, {}],
    ids=str,
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/novelas", "/threads"])
async def test_no_other_page_changes_anything_with_it(lot: Lot, path: str, elsewhere: dict[str, str]) -> None:
    """Also not on the routes of LangGraph, and also not a browser that says nothing."""
    lot.app.add_api_route("/threads", lambda: {"ok": 1}, methods=["POST"])
    cookie = await cookie_of(lot)
    assert (await ask(lot, cookie, "POST", path, **elsewhere)).status_code == 403


@pytest.mark.parametrize(
    "own",
    [{"Sec_Fetch_Site": "same-origin"}, {"Origin": "http://127.0.0.1"},
     {"X_Requested_With": "greenlight"}],
    ids=str,
)  # fmt: skip
async def test_our_own_page_does(lot: Lot, own: dict[str, str]) -> None:
    """The control."""
    assert (await ask(lot, await cookie_of(lot), "POST", **own)).status_code == 201


async def test_no_other_page_logs_a_visitor_in(lot: Lot) -> None:
    await registered(lot)
    body = {"email": "ana@example.org", "password": PASSWORD, "cookie": True}
    answer = await lot.client.post("/api/auth/login", json=body, headers={"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, "set-cookie" in answer.headers) == (403, False)


async def test_it_ends_by_logging_out_and_after_thirty_days(lot: Lot, clock: FakeClock) -> None:
    cookie = await cookie_of(lot)
    days(clock, 29)
    assert (await ask(lot, cookie)).status_code == 200
    out = await lot.client.post("/api/auth/logout", headers={**OWN, "Cookie": f"{cookie.key}={cookie.value}"})
    assert 'greenlight=""' in out.headers["set-cookie"]
    assert (await ask(lot, cookie)).status_code == 401


async def test_it_is_refused_on_day_31(lot: Lot, clock: FakeClock) -> None:
    cookie = await cookie_of(lot)
    days(clock, 31)
    assert (await ask(lot, cookie)).status_code == 401


async def test_a_visitor_who_is_out_is_led_to_the_login_and_a_program_is_told(lot: Lot) -> None:
    page = await lot.client.get("/productions/x?a=1", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.headers["location"]) == (303, "/login?next=%2Fproductions%2Fx%3Fa%3D1")
    for headers in ({"Accept": "application/json"}, {"Accept": "text/html", "HX-Request": "true"}):
        assert (await lot.client.get("/productions/x", headers=headers)).status_code == 401
    assert (await lot.client.get("/api/novelas", headers={"Accept": "text/html"})).status_code == 401


async def test_who_is_known_needs_no_login_page(lot: Lot) -> None:
    cookie = await cookie_of(lot)
    answer = await ask(lot, cookie, path="/login")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "data-send" in (await lot.client.get("/login")).text


class TestBehindHttps:
    """A proxy in front: the cookie is `Secure` although we listen on loopback, and HSTS is told (S2-125)."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"public_url": "https://studio.example.org"})

    async def test_the_cookie_travels_encrypted_only(self, lot: Lot, accounts: Accounts) -> None:
        cookie = await cookie_of(lot)
        assert (cookie.key, cookie["secure"], cookie["domain"]) == ("__Host-greenlight", True, "")
        assert (await ask(lot, cookie)).status_code == 200

    async def test_browsers_are_told_to_come_back_encrypted(self, lot: Lot) -> None:
        for path in ("/login", "/api/novelas", "/health", "/nowhere"):
            answer = await lot.client.get(path)
            assert answer.headers["strict-transport-security"] == "max-age=31536000"


async def test_on_plain_http_nothing_is_said_of_https(lot: Lot) -> None:
    """The control."""
    assert "strict-transport-security" not in (await lot.client.get("/health")).headers
