"""A forgotten password: a link by mail that works once, for an hour, and tells strangers nothing (S2-003)."""

import asyncio
import email
import email.policy
from collections.abc import AsyncIterator
from email.message import EmailMessage
from pathlib import Path

import httpx
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from server.accounts.accounts import Accounts
from server.accounts.resets import MOST_AN_HOUR
from state.errors import MailNotSent
from tests.fakes import FakeClock
from tests.integration.api.accounts.conftest import (
    PASSWORD,
    Mailbox,
    bearing,
    refreshed,
    registered,
    status_for,
)
from tests.integration.api.conftest import Lot
from tools.mail.smtp import SmtpMailer
from tools.settings import Settings

NEW = "another sentence"


async def ask(lot: Lot, address: str = "ana@example.org") -> httpx.Response:
    answer = await lot.client.post("/api/auth/reset-password", json={"email": address})
    assert lot.house.accounts is not None
    await lot.house.accounts.resets.settled()
    return answer


async def confirm(lot: Lot, token: str, password: str = NEW) -> httpx.Response:
    body = {"token": token, "password": password}
    return await lot.client.post("/api/auth/reset-password/confirm", json=body)


async def login(lot: Lot, password: str) -> int:
    body = {"email": "ana@example.org", "password": password}
    return (await lot.client.post("/api/auth/login", json=body)).status_code


async def test_a_link_sets_a_password_once_and_ends_everything_else(lot: Lot, mailbox: Mailbox) -> None:
    tokens = await registered(lot)
    made = await lot.client.post(
        "/api/auth/tokens", json={"name": "x"}, headers=bearing(tokens["accessToken"])
    )
    await ask(lot)
    await ask(lot)
    first, second = mailbox.mails[0]["text"], mailbox.token()
    assert (await confirm(lot, second)).status_code == 200
    assert [await login(lot, PASSWORD), await login(lot, "another sentence")] == [401, 200]
    assert await status_for(lot, tokens["accessToken"]) == 401
    assert (await refreshed(lot, tokens["refreshToken"])).status_code == 401
    assert await status_for(lot, made.json()["data"]["token"]) == 401
    for spent in (second, first.partition("#")[2].split()[0]):
        answer = await confirm(lot, spent)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "link_spent")


async def test_of_many_uses_of_one_link_at_once_one_counts(lot: Lot, mailbox: Mailbox) -> None:
    await registered(lot)
    await ask(lot)
    token = mailbox.token()
    answers = await asyncio.gather(*(confirm(lot, token, f"sentence {number}") for number in range(6)))
    assert sorted(answer.status_code for answer in answers) == [200, *[403] * 5]


async def test_a_link_ends_after_an_hour(lot: Lot, mailbox: Mailbox, clock: FakeClock) -> None:
    await registered(lot)
    await ask(lot)
    clock.passed_s += 3600
    assert (await confirm(lot, mailbox.token())).status_code == 403
    assert await login(lot, PASSWORD) == 200
    clock.passed_s -= 1
    assert (await confirm(lot, mailbox.token())).status_code == 200, "the control: a second earlier it works"


async def test_a_link_of_one_user_is_no_link_of_another(lot: Lot, mailbox: Mailbox) -> None:
    """Changed after signing, or an access token in its place."""
    tokens = await registered(lot)
    await ask(lot)
    head, body, signature = mailbox.token().split(".")
    for forged in (f"{head}.{body}.{signature[::-1]}", f"{head}.{body}.", tokens["accessToken"], "x"):
        assert (await confirm(lot, forged)).status_code == 403


async def test_whether_there_is_an_account_is_not_told(lot: Lot, mailbox: Mailbox) -> None:
    await registered(lot)
    known, unknown = await ask(lot), await ask(lot, "eva@example.org")
    assert (known.status_code, known.content) == (202, unknown.content)
    assert known.headers.keys() == unknown.headers.keys()
    assert [mail["to"] for mail in mailbox.mails] == ["ana@example.org"]


async def test_nobodys_mailbox_is_filled(lot: Lot, mailbox: Mailbox, clock: FakeClock) -> None:
    await registered(lot)
    for _ in range(MOST_AN_HOUR + 2):
        await ask(lot)
    assert len(mailbox.mails) == MOST_AN_HOUR
    clock.passed_s += 3601
    await ask(lot)
    assert len(mailbox.mails) == MOST_AN_HOUR + 1


async def test_the_link_leads_to_our_own_address_whatever_the_request_calls_us(
    lot: Lot, mailbox: Mailbox
) -> None:
    await registered(lot)
    await lot.client.post(
        "/api/auth/reset-password", json={"email": "ana@example.org"}, headers={"Host": "localhost:666"}
    )
    assert lot.house.accounts is not None
    await lot.house.accounts.resets.settled()
    assert "http://127.0.0.1:8321/reset#" in mailbox.mails[-1]["text"]


async def test_a_disabled_account_gets_no_link(lot: Lot, mailbox: Mailbox, accounts: Accounts) -> None:
    user = await registered(lot)
    await ask(lot)
    await accounts.users.switch(user["userId"], disabled=True)
    await ask(lot)
    assert len(mailbox.mails) == 1
    assert (await confirm(lot, mailbox.token())).status_code == 403


class Postbox:
    """What a mail server does with what it was handed."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if not session.authenticated:
            return "530 who are you?"
        if self.refuses:
            return "554 no mail for ana@example.org here"
        message = email.message_from_bytes(envelope.content or b"", policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received.append(message)
        return "250 taken"


def allowed(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    # Not handled here: the server says 235 or 535 by itself.
    return AuthResult(success=data == LoginPassword(b"greenlight", b"hunter2"), handled=False)


@pytest.fixture
async def postbox() -> AsyncIterator[tuple[Postbox, int]]:
    """A real SMTP server on loopback that wants a name and a password."""
    box = Postbox()
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(box, authenticator=allowed, auth_require_tls=False), "127.0.0.1", 0
    )
    yield box, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


def smtp(port: int, **change: object) -> Settings:
    return Settings.model_validate(
        {"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_user": "greenlight",
         "smtp_password": "hunter2", "smtp_from": "Greenlight <studio@example.org>", **change}
    )  # fmt: skip


async def test_a_real_mail_server_gets_a_mail_that_a_person_can_read(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    await SmtpMailer(smtp(port)).send(to="ana@example.org", subject="Sí", text="Un enlace:\n\nhttp://x/é\n")
    [mail] = box.received
    assert (mail["To"], mail["From"], mail["Subject"]) == (
        "ana@example.org", "Greenlight <studio@example.org>", "Sí",
    )  # fmt: skip
    assert mail["Message-ID"].endswith("@example.org>")
    assert "http://x/é" in mail.get_content()


async def test_what_a_mail_server_refuses_is_told_without_the_address(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    box.refuses = True
    wrong = [smtp(port), smtp(port, smtp_password="wrong"), smtp(port, smtp_security="starttls"), smtp(1)]
    for settings in wrong:
        with pytest.raises(MailNotSent) as caught:
            await SmtpMailer(settings).send(to="ana@example.org", subject="s", text="t")
        assert "example.org" not in caught.value.message
    assert box.received == []


async def test_no_header_can_be_smuggled_in(postbox: tuple[Postbox, int]) -> None:
    box, port = postbox
    with pytest.raises(MailNotSent):
        await SmtpMailer(smtp(port)).send(to="a@x.org\r\nBcc: b@x.org", subject="s", text="t")
    assert box.received == []


class TestThroughTheWholeHouse:
    """From the route to the mail server and back."""

    @pytest.fixture
    def settings(self, tmp_path: Path, postbox: tuple[Postbox, int]) -> Settings:
        return smtp(
            postbox[1], data_dir=tmp_path, auth_mode="token", public_url="https://studio.example.org/"
        )

    @pytest.fixture
    def mailbox(self) -> None:
        """None stands in for the mailer of the settings."""

    async def test_the_link_of_the_mail_sets_the_password(
        self, lot: Lot, postbox: tuple[Postbox, int]
    ) -> None:
        await registered(lot)
        await ask(lot)
        [mail] = postbox[0].received
        link = next(word for word in mail.get_content().split() if word.startswith("https://"))
        assert link.startswith("https://studio.example.org/reset#")
        assert (await confirm(lot, link.partition("#")[2])).status_code == 200
        assert await login(lot, "another sentence") == 200
