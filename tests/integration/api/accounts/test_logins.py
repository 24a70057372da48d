"""Opening an account, coming in, staying in, and going out again."""

import asyncio

import pytest

from server.accounts.accounts import MOST_FAILURES
from tests.fakes import FakeClock
from tests.integration.api.accounts.conftest import (
    PASSWORD,
    bearing,
    days,
    refreshed,
    registered,
    status_for,
)
from tests.integration.api.conftest import Lot


async def login(lot: Lot, email: str = "ana@example.org", password: str = PASSWORD) -> int:
    body = {"email": email, "password": password}
    return (await lot.client.post("/api/auth/login", json=body)).status_code


async def test_a_new_account_is_logged_in_and_has_the_defaults(lot: Lot) -> None:
    """S2-001, S3-65."""
    tokens = await registered(lot, name="Ana")
    profile = (await lot.client.get("/api/auth/profile", headers=bearing(tokens["accessToken"]))).json()[
        "data"
    ]
    assert (profile["email"], profile["name"], profile["role"]) == ("ana@example.org", "Ana", "user")
    assert (profile["plan"], profile["creditsRemaining"]) == ("free", 10)


@pytest.mark.parametrize("again", ["ana@example.org", "ANA@Example.ORG", " ana@example.org "])
async def test_an_address_has_one_account_in_whatever_case(lot: Lot, again: str) -> None:
    await registered(lot)
    answer = await lot.client.post("/api/auth/register", json={"email": again, "password": PASSWORD})
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "conflict")


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [("no address", PASSWORD, "email"), ("a@b\r\nBcc: x@y", PASSWORD, "email"),
     ("ana@example.org", "short", "password"), ("ana@example.org", "x" * 101, "password")],
)  # fmt: skip
async def test_what_is_wrong_with_a_new_account_is_named(
    lot: Lot, email: str, password: str, field: str
) -> None:
    answer = await lot.client.post("/api/auth/register", json={"email": email, "password": password})
    assert answer.status_code == 422
    assert answer.json()["error"]["details"]["fields"][0]["field"] == field


async def test_only_the_right_password_comes_in(lot: Lot) -> None:
    """S2-002; an unknown address is answered the same."""
    await registered(lot)
    assert await login(lot) == 200
    assert await login(lot, "Ana@Example.org") == 200
    wrong = await lot.client.post(
        "/api/auth/login", json={"email": "ana@example.org", "password": "wrong one"}
    )
    nobody = await lot.client.post(
        "/api/auth/login", json={"email": "eva@example.org", "password": "wrong one"}
    )
    assert (wrong.status_code, wrong.json()) == (401, nobody.json())


async def test_guessing_ends_after_ten_wrong_ones_and_begins_again_later(lot: Lot, clock: FakeClock) -> None:
    """Many at once are no more than one after the other."""
    await registered(lot)
    await asyncio.gather(*(login(lot, password=f"guess {number}") for number in range(MOST_FAILURES)))
    assert await login(lot) == 401, "the right one does not help any more"
    clock.passed_s += 15 * 60
    assert await login(lot) == 200


async def test_nine_wrong_ones_do_not_lock_anybody_out(lot: Lot) -> None:
    """The control."""
    await registered(lot)
    await asyncio.gather(*(login(lot, password=f"guess {number}") for number in range(MOST_FAILURES - 1)))
    assert await login(lot) == 200


async def test_an_access_token_lives_for_fifteen_minutes(lot: Lot, clock: FakeClock) -> None:
    tokens = await registered(lot)
    clock.passed_s += 14 * 60 + 59
    assert await status_for(lot, tokens["accessToken"]) == 200
    clock.passed_s += 2
    assert await status_for(lot, tokens["accessToken"]) == 401


async def test_a_refresh_token_is_valid_on_day_29_and_refused_on_day_31(lot: Lot, clock: FakeClock) -> None:
    """S2-005."""
    first, second = await registered(lot), await registered(lot, "eva@example.org")
    days(clock, 29)
    fresh = await refreshed(lot, first["refreshToken"])
    assert fresh.status_code == 200
    assert await status_for(lot, fresh.json()["data"]["accessToken"]) == 200
    days(clock, 2)
    assert (await refreshed(lot, second["refreshToken"])).status_code == 401


async def test_a_refresh_token_that_comes_twice_ends_the_whole_login(lot: Lot) -> None:
    tokens, other = await registered(lot), await registered(lot, "eva@example.org")
    newer = (await refreshed(lot, tokens["refreshToken"])).json()["data"]
    assert await status_for(lot, newer["accessToken"]) == 200
    assert (await refreshed(lot, tokens["refreshToken"])).status_code == 401
    assert await status_for(lot, newer["accessToken"]) == 401
    assert (await refreshed(lot, newer["refreshToken"])).status_code == 401
    assert (await refreshed(lot, other["refreshToken"])).status_code == 200, "another login goes on"


async def test_of_many_refreshes_at_once_one_gets_through(lot: Lot) -> None:
    tokens = await registered(lot)
    answers = await asyncio.gather(*(refreshed(lot, tokens["refreshToken"]) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200, *[401] * 7]


async def test_logging_out_ends_this_login_at_once_and_no_other(lot: Lot) -> None:
    here = await registered(lot)
    there = (
        await lot.client.post("/api/auth/login", json={"email": "ana@example.org", "password": PASSWORD})
    ).json()["data"]
    assert (
        await lot.client.post("/api/auth/logout", headers=bearing(here["accessToken"]))
    ).status_code == 200
    assert await status_for(lot, here["accessToken"]) == 401
    assert (await refreshed(lot, here["refreshToken"])).status_code == 401
    assert await status_for(lot, there["accessToken"]) == 200


async def test_a_new_password_ends_the_other_logins_and_needs_the_old_one(lot: Lot) -> None:
    here, there = await registered(lot), await lot.client.post(
        "/api/auth/login", json={"email": "ana@example.org", "password": PASSWORD}
    )  # fmt: skip
    headers = bearing(here["accessToken"])
    change = {"current": "not it at all", "new": "another sentence"}
    assert (await lot.client.post("/api/auth/password", json=change, headers=headers)).status_code == 401
    change["current"] = PASSWORD
    assert (await lot.client.post("/api/auth/password", json=change, headers=headers)).status_code == 200
    assert await status_for(lot, here["accessToken"]) == 200
    assert await status_for(lot, there.json()["data"]["accessToken"]) == 401
    assert (await login(lot), await login(lot, password="another sentence")) == (401, 200)


async def test_a_profile_is_changed_in_what_is_given(lot: Lot) -> None:
    """S2-004."""
    headers = bearing((await registered(lot, name="Ana"))["accessToken"])
    picture = "https://example.org/ana.png"
    changed = await lot.client.patch("/api/auth/profile", json={"avatarUrl": picture}, headers=headers)
    assert (changed.json()["data"]["name"], changed.json()["data"]["avatarUrl"]) == ("Ana", picture)
    for forbidden in ({"role": "admin"}, {"creditsRemaining": 999}, {"avatarUrl": "javascript:alert(1)"}):
        refused = await lot.client.patch("/api/auth/profile", json=forbidden, headers=headers)
        assert refused.status_code == 422


async def test_nothing_secret_lies_readable_in_the_database(lot: Lot) -> None:
    """Design-facts 6.11: a dump has no password and no token."""
    tokens = await registered(lot)
    made = await lot.client.post(
        "/api/auth/tokens", json={"name": "x"}, headers=bearing(tokens["accessToken"])
    )
    secrets = [PASSWORD, tokens["refreshToken"], tokens["accessToken"], made.json()["data"]["token"]]
    dump = ""
    for table in ("users", "logins", "refresh_tokens", "api_tokens", "audit_logs"):
        rows = await lot.database.fetch_all(f"select t::text as row from {table} t")
        dump += "".join(row["row"] for row in rows)
    assert "ana@example.org" in dump, "the control: the dump is of these rows"
    assert "$argon2id$" in dump
    assert not [secret for secret in secrets if secret in dump or secret[-40:] in dump]
