"""Whoever runs the server: lists, invites, disables and deletes accounts; nobody else does."""

import re
from typing import Any

import pytest

from server.accounts.accounts import Accounts
from tests.integration.api.accounts.conftest import PASSWORD, Mailbox, bearing, registered, status_for
from tests.integration.api.conftest import Lot
from tests.operations import operations_of
from tools.settings import Settings


async def an_admin(lot: Lot, accounts: Accounts) -> dict[str, str]:
    token = (await registered(lot, "root@example.org"))["accessToken"]
    await accounts.users.set_role("ROOT@example.org", "admin")
    return bearing(token)


async def login(lot: Lot) -> Any:
    body = {"email": "ana@example.org", "password": PASSWORD}
    return await lot.client.post("/api/auth/login", json=body)


async def test_a_disabled_account_is_out_at_once_and_in_again_when_enabled(
    lot: Lot, accounts: Accounts
) -> None:
    admin, ana = await an_admin(lot, accounts), await registered(lot)
    path = f"/api/admin/users/{ana['userId']}"
    assert (await lot.client.post(f"{path}/disable", headers=admin)).status_code == 200
    assert await status_for(lot, ana["accessToken"]) == 401
    refused = await login(lot)
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "account_disabled")
    listed = (await lot.client.get("/api/admin/users", headers=admin)).json()
    assert [bool(row["disabledAt"]) for row in listed["data"] if row["email"] == "ana@example.org"] == [True]
    await lot.client.post(f"{path}/enable", headers=admin)
    assert (await login(lot)).status_code == 200
    assert await status_for(lot, ana["accessToken"]) == 200


async def test_a_deleted_account_is_hidden_and_its_row_stays(lot: Lot, accounts: Accounts) -> None:
    """S3-70; its address cannot be taken by somebody else."""
    admin, ana = await an_admin(lot, accounts), await registered(lot)
    path = f"/api/admin/users/{ana['userId']}"
    assert (await lot.client.delete(path, headers=admin)).status_code == 200
    listed = (await lot.client.get("/api/admin/users", headers=admin)).json()
    assert [row["email"] for row in listed["data"]] == ["root@example.org"]
    assert ((await login(lot)).status_code, await status_for(lot, ana["accessToken"])) == (401, 401)
    row = await lot.database.fetch_one("select deleted_at from users where user_id = %s", [ana["userId"]])
    assert row is not None
    assert row["deleted_at"] is not None
    again = await lot.client.post(
        "/api/auth/register", json={"email": "ana@example.org", "password": PASSWORD}
    )
    assert again.status_code == 409
    assert (await lot.client.delete(path, headers=admin)).status_code == 404


async def test_no_administrator_locks_themselves_out(lot: Lot, accounts: Accounts) -> None:
    admin = await an_admin(lot, accounts)
    own = (await lot.client.get("/api/auth/profile", headers=admin)).json()["data"]["userId"]
    for method, path in (("POST", f"/api/admin/users/{own}/disable"), ("DELETE", f"/api/admin/users/{own}")):
        assert (await lot.client.request(method, path, headers=admin)).status_code == 409
    assert (await lot.client.get("/api/admin/users", headers=admin)).status_code == 200


async def test_a_route_of_the_administrator_is_nobody_elses(lot: Lot) -> None:
    headers = bearing((await registered(lot))["accessToken"])
    asked = 0
    for method, path in operations_of(lot.app):
        if path.startswith("/api/admin"):
            body = {"email": "new@example.org"} if method == "post" else None
            answer = await lot.client.request(method, re.sub("{.*?}", "x", path), json=body, headers=headers)
            assert answer.status_code == 403, f"{method} {path}"
            asked += 1
    assert asked >= 6


class TestWhereNobodyMayRegister:
    """`GREENLIGHT_REGISTRATION=closed`."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"registration": "closed"})

    async def test_only_who_is_invited_comes_in(self, lot: Lot, accounts: Accounts, mailbox: Mailbox) -> None:
        body = {"email": "ana@example.org", "password": PASSWORD}
        assert (await lot.client.post("/api/auth/register", json=body)).status_code == 403
        admin_id = await accounts.users.add("root@example.org", name="", password_hash=None, role="admin")
        admin = bearing((await accounts.api_tokens.make(admin_id, name="x"))[0])
        invited = await lot.client.post("/api/admin/users", json={"email": "ana@example.org"}, headers=admin)
        assert invited.status_code == 201
        assert (await login(lot)).status_code == 401, "there is no password yet"
        await accounts.resets.settled()
        assert (mailbox.mails[0]["to"], mailbox.mails[0]["subject"]) == (
            "ana@example.org", "Your account on Greenlight",
        )  # fmt: skip
        assert invited.json()["data"]["link"].endswith(mailbox.token())
        await lot.client.post(
            "/api/auth/reset-password/confirm", json={"token": mailbox.token(), "password": PASSWORD}
        )
        assert (await login(lot)).status_code == 200
