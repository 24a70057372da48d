"""The setting in the profile: mails for gates are off until somebody wants them."""

from server.accounts.accounts import Accounts
from tests.integration.api.accounts.conftest import bearing, registered
from tests.integration.api.conftest import Lot


async def test_mails_are_switched_on_in_the_profile_and_what_is_missing_is_said(lot: Lot) -> None:
    headers = bearing((await registered(lot))["accessToken"])
    profile = (await lot.client.get("/api/auth/profile", headers=headers)).json()["data"]
    assert profile["mailAtGates"] is False
    on = await lot.client.patch("/api/auth/profile", json={"mailAtGates": True}, headers=headers)
    assert on.json()["data"]["mailAtGates"] is True
    assert "no mail server (GREENLIGHT_SMTP_HOST)" in on.json()["message"]
    named = await lot.client.patch("/api/auth/profile", json={"name": "Ana"}, headers=headers)
    assert named.json()["data"]["mailAtGates"] is True, "what is left out stays"


async def test_with_a_mail_server_there_is_nothing_to_say(lot: Lot, accounts: Accounts) -> None:
    with_mail = accounts.settings.model_copy(update={"smtp_host": "mail.example.org"})
    object.__setattr__(accounts, "settings", with_mail)
    headers = bearing((await registered(lot))["accessToken"])
    on = await lot.client.patch("/api/auth/profile", json={"mailAtGates": True}, headers=headers)
    assert on.json()["message"] == "Changed."


async def test_on_a_server_with_accounts_nobody_reaches_its_own_machine(lot: Lot) -> None:
    """It listens on loopback, behind a proxy: its users are elsewhere."""
    headers = bearing((await registered(lot))["accessToken"])
    for url in ("http://127.0.0.1:8321/", "https://127.0.0.1/", "https://localhost/"):
        reply = await lot.client.post("/api/webhooks", json={"url": url}, headers=headers)
        assert reply.status_code == 422, url
