"""`GREENLIGHT_AUTH_MODE=none`, the default: all is as it was for the one local user."""

from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_novela

BODIES = {
    "/api/auth/register": {"email": "ana@example.org", "password": "a long sentence"},
    "/api/auth/login": {"email": "ana@example.org", "password": "a long sentence"},
    "/api/auth/refresh": {"refreshToken": "glr_x"},
    "/api/auth/reset-password": {"email": "ana@example.org"},
    "/api/auth/reset-password/confirm": {"token": "x", "password": "a long sentence"},
    "/api/auth/erase": {"password": "a long sentence"},
    "/api/auth/tokens": {"name": "x"},
}


async def test_every_route_about_accounts_says_that_there_are_none(lot: Lot) -> None:
    for path, body in BODIES.items():
        answer = await lot.client.post(path, json=body)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "accounts_off"), path
    for path in ("/api/auth/profile", "/api/auth/tokens", "/api/admin/users"):
        assert (await lot.client.get(path)).json()["error"]["code"] == "accounts_off"


async def test_a_token_that_somebody_sends_all_the_same_changes_nothing(lot: Lot) -> None:
    """Stock clients send the key of another service without being asked."""
    for headers in ({"X-Api-Key": "lsv2_x"}, {"Authorization": "Bearer x"}, {"Cookie": "greenlight=x"}):
        assert (await lot.client.get("/api/session", headers=headers)).json()["data"]["userId"] == "local"


async def test_the_pages_for_logging_in_lead_home(lot: Lot) -> None:
    for path in ("/login", "/register", "/forgotten"):
        answer = await lot.client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert 'href="/account"' not in (await lot.client.get("/", headers={"Accept": "text/html"})).text


async def test_what_the_local_user_did_is_on_record(lot: Lot) -> None:
    novela = await a_novela(lot.client)
    [row] = (await lot.client.get("/api/audit")).json()["data"]
    assert (row["userId"], row["action"], row["entityId"]) == ("local", "create_novela", novela["id"])
    assert len((await lot.client.get("/api/admin/audit")).json()["data"]) == 1
