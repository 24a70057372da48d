"""One message: what is sent, how it is signed, and that nobody is sent anything twice."""

import asyncio
from datetime import datetime, timedelta
from importlib.util import find_spec
from typing import Any

import pytest

from server.hooks.messages import body_of, message_id, payload_of
from tests.builders import A_MASTER_KEY, OLDER_MASTER_KEY
from tests.integration.hooks.conftest import CONSOLE, HooksLot
from tests.integration.vault.conftest import a_vault
from tests.standins.receiver import answer
from tools.db.pool import Database
from tools.vault.rotate import rotate_master
from tools.web.addresses import Reach


async def one_ended(lot: HooksLot) -> tuple[str, str]:
    """An endpoint that has something waiting; its id and its secret."""
    made = await lot.endpoint()
    await lot.ends(await lot.production())
    return made


async def test_a_message_is_signed_and_says_what_happened(lot: HooksLot) -> None:
    _, secret = await one_ended(lot)
    assert await lot.send() == 1
    [message] = lot.receiver.messages
    [row] = await lot.notices()
    assert message.is_signed_with(secret)
    assert message.id == message_id(str(row["notice_id"]))
    assert message.headers["webhook-timestamp"] == str(int(lot.clock.now().timestamp()))
    assert message.headers["content-type"] == "application/json"
    assert message.headers["host"] == f"127.0.0.1:{lot.receiver.port}"
    payload = message.payload
    assert set(payload) == {"type", "timestamp", "data"}
    assert datetime.fromisoformat(payload["timestamp"]) == row["happened_at"]
    assert payload["data"]["url"] == f"{CONSOLE}/productions/{row['production_id']}"
    assert (row["status"], row["attempts"]) == ("delivered", 1)


async def test_one_byte_or_another_secret_does_not_verify(lot: HooksLot) -> None:
    """The control of the receiver's check."""
    _, secret = await one_ended(lot)
    _, other = await lot.endpoint("eva")
    await lot.send()
    [message] = lot.receiver.messages
    changed = type(message)(message.path, message.headers, message.body.replace(b"completed", b"completer"))
    assert not changed.is_signed_with(secret)
    assert not message.is_signed_with(other)


@pytest.mark.skipif(find_spec("standardwebhooks") is None, reason="comes with the next requirements.lock")
async def test_the_specifications_own_library_takes_it(lot: HooksLot) -> None:
    import standardwebhooks

    lot.clock.started = datetime.now(lot.clock.started.tzinfo)  # it looks at the time of day itself
    _, secret = await one_ended(lot)
    await lot.send()
    [message] = lot.receiver.messages
    assert standardwebhooks.Webhook(secret).verify(message.body, message.headers)["type"] == "run.ended"


async def test_a_rotated_secret_signs_beside_the_old_one_for_a_day(lot: HooksLot) -> None:
    endpoint, old = await one_ended(lot)
    fresh, until = await lot.endpoints.rotate("ana", endpoint)
    new = fresh.get_secret_value()
    assert until == lot.clock.now() + timedelta(hours=24)
    await lot.send()
    lot.passes(hours=25)
    await lot.ends(await lot.production())
    await lot.send()
    first, second = lot.receiver.messages
    assert [first.is_signed_with(one) for one in (old, new)] == [True, True]
    assert first.headers["webhook-signature"].count("v1,") == 2
    assert [second.is_signed_with(one) for one in (old, new)] == [False, True]


async def test_of_three_secrets_in_a_day_the_first_is_done_with(lot: HooksLot) -> None:
    endpoint, first = await one_ended(lot)
    await lot.endpoints.rotate("ana", endpoint)
    await lot.endpoints.rotate("ana", endpoint)
    await lot.send()
    assert not lot.receiver.messages[0].is_signed_with(first)
    assert lot.receiver.messages[0].headers["webhook-signature"].count("v1,") == 2


async def test_a_new_master_key_seals_the_secrets_anew(lot: HooksLot) -> None:
    _, secret = await one_ended(lot)
    new = a_vault(OLDER_MASTER_KEY)
    assert await lot.send(vault=new) == 1  # the control: it cannot be opened
    assert lot.receiver.messages == []
    [attempt] = await lot.attempts()
    assert "master_key_absent" in attempt["problem"]
    both = a_vault(OLDER_MASTER_KEY, A_MASTER_KEY)
    assert (await rotate_master(lot.database, both)).left == 0
    lot.passes(hours=1)
    assert await lot.send(vault=new) == 1
    assert lot.receiver.messages[0].is_signed_with(secret)


async def test_two_senders_at_once_send_each_message_once(lot: HooksLot) -> None:
    await lot.endpoint()
    production = await lot.production()
    for number in range(30):
        await lot.hand.tell(production, "input.requested", {"interrupt_id": f"gate-{number}", "payload": {}})
    await lot.asks(production, "the last")
    sent = await asyncio.gather(lot.send(), lot.send())
    assert sum(sent) == 31
    assert len({message.id for message in lot.receiver.messages}) == len(lot.receiver.messages) == 31


async def test_without_the_lease_they_would_send_it_twice(lot: HooksLot) -> None:
    """The control of the claim."""
    await one_ended(lot)
    lot.receiver.hold = asyncio.Event()
    first = asyncio.create_task(lot.send(lease_s=0.0))
    await lot.receiver.until(1)
    lot.passes(seconds=1)
    second = asyncio.create_task(lot.send(lease_s=0.0))
    await lot.receiver.until(2)
    lot.receiver.hold.set()
    await asyncio.gather(first, second)
    assert len({message.id for message in lot.receiver.messages}) == 1


async def test_who_died_while_sending_is_followed_under_the_same_id_when_the_lease_is_over(
    lot: HooksLot,
) -> None:
    await one_ended(lot)
    lot.receiver.hold = asyncio.Event()
    async with lot.sender() as dying:
        work = asyncio.create_task(dying.send_due())
        await lot.receiver.until(1)
        for task in list(dying._sending):
            task.cancel()
        await work
    lot.receiver.hold.set()
    assert await lot.send() == 0
    lot.passes(seconds=61)
    assert await lot.send() == 1
    first, second = lot.receiver.messages
    assert (first.id, first.body) == (second.id, second.body)
    unfinished, done = await lot.attempts()
    assert (unfinished["ended_at"], done["status_code"]) == (None, 204)


async def test_an_endpoint_that_was_deleted_or_switched_off_hears_nothing_more(lot: HooksLot) -> None:
    off, _ = await lot.endpoint()
    gone, _ = await lot.endpoint()
    await lot.ends(await lot.production())
    await lot.endpoints.change("ana", off, enabled=False)
    await lot.endpoints.remove("ana", gone)
    assert await lot.send() == 0
    [row] = await lot.notices()
    assert (row["status"], row["outcome"]) == ("dropped", "the endpoint was switched off")
    await lot.endpoints.change("ana", off, enabled=True)
    assert await lot.send() == 0


async def test_what_was_dropped_can_be_sent_by_hand_and_a_test_is_a_message_like_others(
    lot: HooksLot,
) -> None:
    endpoint, secret = await one_ended(lot)
    await lot.endpoints.change("ana", endpoint, enabled=False)
    await lot.endpoints.change("ana", endpoint, enabled=True)
    [row] = await lot.notices()
    await lot.deliveries.send_again("ana", endpoint, str(row["notice_id"]))
    await lot.deliveries.send_test("ana", endpoint)
    assert await lot.send() == 2
    assert sorted(lot.receiver.types) == ["run.ended", "webhook.test"]
    assert all(message.is_signed_with(secret) for message in lot.receiver.messages)


async def test_it_is_delivered_again_by_hand_under_the_same_id(lot: HooksLot) -> None:
    endpoint, _ = await one_ended(lot)
    await lot.send()
    [row] = await lot.notices()
    await lot.deliveries.send_again("ana", endpoint, str(row["notice_id"]))
    await lot.send()
    first, second = lot.receiver.messages
    assert first.id == second.id
    shown = await lot.deliveries.read("ana", endpoint, str(row["notice_id"]))
    assert [one["number"] for one in shown["tries"]] == [1, 2]


async def test_the_address_is_checked_at_each_send(lot: HooksLot) -> None:
    """It was fine when it was registered; then its name server says something else."""
    await one_ended(lot)
    assert await lot.send(reach=Reach()) == 1
    assert lot.receiver.messages == []
    [attempt] = await lot.attempts()
    assert attempt["problem"].startswith("url: ")


async def test_of_an_answer_a_kilobyte_is_kept_without_its_secrets(lot: HooksLot) -> None:
    _, secret = await one_ended(lot)
    body = (
        f"your secret {secret} and {secret.removeprefix('whsec_')} and password=hunter2hunter2 " + "x" * 5000
    )
    lot.receiver.answers = [answer("500 Oops", body=body)]
    await lot.send()
    [attempt] = await lot.attempts()
    assert len(attempt["answer"]) <= 1024
    assert secret.removeprefix("whsec_") not in attempt["answer"]
    assert "hunter2" not in attempt["answer"]
    assert attempt["answer"].startswith("your secret [redacted]")


async def test_an_answer_that_is_no_text_is_kept_as_far_as_it_can_be(lot: HooksLot) -> None:
    await one_ended(lot)
    head = b"HTTP/1.1 500 Oops\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n"
    lot.receiver.answers = [head + b"\x00\x1f\x8b\xff" * 10]
    await lot.send()
    [attempt] = await lot.attempts()
    assert (attempt["status_code"], "\x00" in attempt["answer"]) == (500, False)


async def test_no_secret_is_in_any_row_or_line(
    lot: HooksLot, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level("DEBUG")
    caplog.set_level("WARNING", logger="httpx")  # as `server/logs.py` has it
    endpoint, secret = await lot.endpoint(url=lot.receiver.url + "/token-in-the-path-4711")
    await lot.ends(await lot.production(title="kanari in the open"))
    fresh, _ = await lot.endpoints.rotate("ana", endpoint)
    lot.receiver.answers = [answer("500 Oops", body=secret)]
    await lot.send()
    dump = await whole_database(lot.database)
    lines = caplog.text + "".join(capsys.readouterr())
    for one in (secret, fresh.get_secret_value()):
        assert one.removeprefix("whsec_") not in dump + lines
    assert "token-in-the-path" not in lines
    assert "kanari in the open" in dump  # the control of the search
    assert "notice_not_taken" in lines


async def whole_database(database: Database) -> str:
    tables = await database.fetch_all(
        "select table_name from information_schema.tables where table_schema = 'public'"
    )
    rows: list[Any] = []
    for table in tables:
        rows += await database.fetch_all(
            f"select t::text as row from {table['table_name']} t"
        )  # our own names
    return "\n".join(row["row"] for row in rows)


def test_the_bytes_are_the_same_whatever_order_a_database_gives(lot: HooksLot) -> None:
    notice = {"type": "run.ended", "happened_at": lot.clock.now(), "data": {"b": 1, "a": "é"}}
    turned = {**notice, "data": {"a": "é", "b": 1}}
    first, second = (body_of(payload_of(one, console=CONSOLE)) for one in (notice, turned))
    assert first == second
    assert "é".encode() in first
