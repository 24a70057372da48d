"""A person's way through the pages: in, out, and back to where they wanted to go."""

from pathlib import Path

import httpx

from server.accounts.accounts import Accounts
from tests.browser import Window, needs_chromium, window
from tests.integration.api.accounts.conftest import PASSWORD, Mailbox, registered, status_for
from tests.integration.api.conftest import Lot

pytestmark = needs_chromium


async def fill(browser: Window, **fields: str) -> None:
    for name, value in fields.items():
        await browser.page.locator(f'input[name="{name}"]').first.fill(value)


async def press(browser: Window, name: str) -> None:
    await browser.page.get_by_role("button", name=name, exact=True).click()


async def test_a_stranger_registers_and_lands_where_they_wanted_to_go(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path
) -> None:
    async with window(str(served.base_url).rstrip("/")) as [browser]:
        await browser.go("/new?example=es")
        await browser.page.wait_for_url("**/login?next=*")
        await browser.picture(tmp_path, "login")
        await browser.page.get_by_role("link", name="Register").click()
        await browser.picture(tmp_path, "register")
        await fill(browser, name="Ana", email="ana@example.org", password=PASSWORD)
        await press(browser, "Open the account")
        await (
            browser.page.get_by_role("heading", name="Make your first")
            .or_(browser.page.locator(".hero"))
            .wait_for()
        )
        [cookie] = await browser.page.context.cookies()
        assert (cookie["httpOnly"], cookie["sameSite"], cookie["name"]) == (True, "Strict", "greenlight")
        assert "greenlight=" not in await browser.page.evaluate("document.cookie")
        await browser.page.get_by_role("link", name="Account").click()
        await press(browser, "Log out")
        await browser.page.wait_for_url("**/login")
        await browser.go("/account")
        await browser.page.wait_for_url("**/login?next=%2Faccount")
        await fill(browser, email="ANA@example.org", password=PASSWORD)
        await press(browser, "Log in")
        await browser.page.wait_for_url("**/account")
        assert browser.complaints == []


async def test_a_wrong_password_is_told_and_an_outside_address_is_no_target(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    await registered(lot)
    async with window(str(served.base_url).rstrip("/")) as [browser]:
        await browser.go("/login?next=//evil.example/x")
        await fill(browser, email="ana@example.org", password="wrong one")
        await press(browser, "Log in")
        await browser.page.get_by_text("The e-mail address or the password is wrong.").wait_for()
        await fill(browser, password=PASSWORD)
        await press(browser, "Log in")
        await browser.page.wait_for_url(f"{served.base_url}")
        assert "evil" not in browser.page.url


async def test_the_account_page_makes_a_token_shows_it_once_and_revokes_it(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path
) -> None:
    async with window(str(served.base_url).rstrip("/")) as [browser]:
        await signed_in(browser, lot)
        await browser.go("/account")
        await fill(browser, name="render script")
        await press(browser, "Make a token")
        token = await browser.page.locator("[data-said] code").inner_text()
        assert await status_for(lot, token) == 200
        await browser.picture(tmp_path, "token")
        await browser.go("/account")
        assert token not in await browser.page.content()
        await browser.picture(tmp_path, "account")
        await browser.page.get_by_role("button", name="Revoke render script").click()
        await press(browser, "Revoke")
        await browser.page.get_by_text("revoked").wait_for()
        assert await status_for(lot, token) == 401
        assert browser.complaints == []


async def test_the_link_from_the_mail_sets_a_password_and_leaves_the_address_bar(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path, accounts: Accounts, mailbox: Mailbox
) -> None:
    await registered(lot)
    async with window(str(served.base_url).rstrip("/")) as [browser]:
        await browser.go("/forgotten")
        await fill(browser, email="ana@example.org")
        await press(browser, "Send the link")
        await browser.page.get_by_text("a link is on its way").wait_for()
        await browser.picture(tmp_path, "forgotten")
        await accounts.resets.settled()
        await browser.go(f"/reset#{mailbox.token()}")
        await fill(browser, password="another sentence")
        await browser.picture(tmp_path, "reset")
        await press(browser, "Set the password")
        await browser.page.get_by_text("Your new password is set.").wait_for()
        assert browser.page.url == f"{browser.url}/reset"
        assert browser.complaints == []
    body = {"email": "ana@example.org", "password": "another sentence"}
    assert (await lot.client.post("/api/auth/login", json=body)).status_code == 200


async def test_a_page_that_was_logged_out_elsewhere_says_so_and_keeps_what_was_written(
    lot: Lot, served: httpx.AsyncClient, accounts: Accounts
) -> None:
    async with window(str(served.base_url).rstrip("/")) as [browser]:
        user_id = await signed_in(browser, lot)
        await browser.go("/account")
        await accounts.logins.end_all(user_id, by="test")
        await fill(browser, name="script")
        await press(browser, "Make a token")
        await browser.page.get_by_text("You are not logged in any more.").wait_for()
        assert await browser.page.locator('input[name="name"]').first.input_value() == "script"


async def signed_in(browser: Window, lot: Lot) -> str:
    user_id = str((await registered(lot, name="Ana"))["userId"])
    await browser.go("/login")
    await fill(browser, email="ana@example.org", password=PASSWORD)
    await press(browser, "Log in")
    await browser.page.wait_for_url(f"{browser.url}/")
    return user_id
