"""A mail for a gate that waits: off until it is switched on, one for each question, none for an old one."""

import pytest

from server.hooks.mails import mail_of
from state.errors import MailNotSent
from tests.integration.api.accounts.conftest import Mailbox
from tests.integration.hooks.conftest import CONSOLE, HooksLot


async def wants_mail(lot: HooksLot, user: str = "ana") -> None:
    await lot.database.execute("update users set mail_at_gates = true where user_id = %s", [user])


async def test_nobody_is_mailed_who_has_not_asked_for_it(lot: HooksLot) -> None:
    await lot.asks(await lot.production())
    assert await lot.send(mails=True) == 0


async def test_a_gate_is_mailed_once_with_a_link_and_no_webhook_is_needed(lot: HooksLot) -> None:
    await wants_mail(lot)
    production = await lot.production(title="The\nLetter")
    await lot.asks(production)
    assert await lot.send(mails=True) == 1
    [mail] = lot.mailbox.mails
    assert mail["to"] == "ana@example.org"
    assert mail["subject"] == "The Letter waits for you: The storyboard"
    assert f"{CONSOLE}/productions/{production}" in mail["text"]
    assert "Is it good?" in mail["text"]


async def test_the_same_question_under_another_id_is_not_mailed_again(lot: HooksLot) -> None:
    """A state that is changed by hand gives it another interrupt id; the next round is another question."""
    await wants_mail(lot)
    await lot.endpoint(events=["gate.waiting"])
    production = await lot.production()
    await lot.asks(production, "gate-1")
    await lot.asks(production, "gate-2")
    await lot.asks(production, "gate-3", round=2)
    await lot.send(mails=True)
    assert len(lot.mailbox.mails) == 1, "only the last is still asked"
    rows = await lot.notices()
    assert sum(row["endpoint_id"] is None for row in rows) == 2
    assert len(lot.receiver.messages) == 3, "a webhook needs the id to answer"


async def test_a_mail_that_comes_too_late_is_not_sent(lot: HooksLot) -> None:
    await wants_mail(lot)
    production = await lot.production()
    await lot.asks(production)
    await lot.database.execute("update productions set status = 'running', interrupts = '[]'")
    await lot.send(mails=True)
    [row] = await lot.notices()
    assert (lot.mailbox.mails, row["status"]) == ([], "dropped")


@pytest.mark.parametrize("change", ["mail_at_gates = false", "deleted_at = now()", "disabled_at = now()"])
async def test_who_does_not_want_it_any_more_gets_none(lot: HooksLot, change: str) -> None:
    await wants_mail(lot)
    await lot.asks(await lot.production())
    await lot.database.execute(f"update users set {change} where user_id = 'ana'")
    await lot.send(mails=True)
    assert lot.mailbox.mails == []


async def test_where_there_is_no_mail_server_it_waits_a_day_for_one_and_is_given_up(lot: HooksLot) -> None:
    await wants_mail(lot)
    await lot.asks(await lot.production())
    assert await lot.send() == 0
    lot.clock.started = (await lot.notices())[0]["created_at"]
    async with lot.sender() as sender:
        lot.passes(hours=25)
        await sender._tidy()
    [row] = await lot.notices()
    assert (row["status"], row["outcome"]) == ("failed", "no mail server took it for a day")


class Refusing(Mailbox):
    async def send(self, *, to: str, subject: str, text: str) -> None:
        raise MailNotSent("mail:25 did not take the mail (SMTPException).")


async def test_a_mail_that_is_not_taken_is_tried_again(lot: HooksLot) -> None:
    await wants_mail(lot)
    await lot.asks(await lot.production())
    lot.mailbox, working = Refusing(), lot.mailbox
    await lot.send(mails=True)
    lot.mailbox = working
    lot.passes(seconds=10)
    await lot.send(mails=True)
    assert len(lot.mailbox.mails) == 1


async def test_somebody_without_an_address_is_not_mailed(lot: HooksLot) -> None:
    await lot.database.execute("update users set mail_at_gates = true where user_id = 'local'")
    await lot.asks(await lot.production("local"))
    assert await lot.notices() == []
    await lot.database.execute("update users set mail_at_gates = false")


def test_a_question_without_words_still_has_a_link() -> None:
    told = {"type": "gate.waiting", "data": {"production_id": "p"}}
    mail = mail_of(told, console=CONSOLE)
    assert mail.subject == "Your production waits for you: a question"
    assert f"{CONSOLE}/productions/p" in mail.text
