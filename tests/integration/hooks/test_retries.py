"""What is not taken is sent again, less and less often; one dead endpoint is not the others' trouble."""

import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from server.hooks import schedule
from server.hooks.schedule import RETRIES_S
from tests.integration.hooks.conftest import HooksLot
from tests.standins.receiver import Receiver, answer, receiver_here

BUSY = answer("503 Busy")


@pytest.fixture(autouse=True)
def no_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits are their longest, so that a test can say them; the spread has tests of its own."""
    for name in ("retry_in", "rest_for"):
        monkeypatch.setitem(getattr(schedule, name).__kwdefaults__, "spread", lambda low, high: high)


async def one_waiting(lot: HooksLot, count: int = 1) -> str:
    endpoint, _ = await lot.endpoint()
    for _ in range(count):
        await lot.ends(await lot.production())
    return endpoint


async def test_it_is_tried_again_as_long_as_the_schedule_says_and_then_given_up(lot: HooksLot) -> None:
    await one_waiting(lot)
    lot.receiver.answers = [BUSY] * 8
    waits = []
    for wait in (0.0, *RETRIES_S):
        lot.passes(seconds=max(wait - 1, 0))
        assert await lot.send() == 0 if wait else True
        lot.passes(seconds=1)
        await lot.database.execute("update webhook_endpoints set rests_until = null")
        assert await lot.send() == 1
        waits.append(lot.clock.now())
    assert [(after - before).total_seconds() for before, after in pairwise(waits)] == list(RETRIES_S)
    [row] = await lot.notices()
    assert (row["status"], row["attempts"], row["outcome"]) == ("failed", 8, "answered 503")
    lot.passes(days=2)
    assert await lot.send() == 0


async def test_a_success_ends_it_and_clears_the_endpoint(lot: HooksLot) -> None:
    endpoint = await one_waiting(lot)
    lot.receiver.answers = [BUSY]
    await lot.send()
    assert (await lot.endpoints.read("ana", endpoint))["failures"] == 1
    lot.passes(seconds=6)
    await lot.send()
    read = await lot.endpoints.read("ana", endpoint)
    assert (read["failures"], read["failing_since"]) == (0, None)
    first, second = lot.receiver.messages
    assert (first.id, first.body) == (second.id, second.body)
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (answer("302 Found", "location: http://127.0.0.1:1/"), "redirect"),
        (answer("404 Not Found"), "answered 404"),
        (answer("500 Oops"), "answered 500"),
        (b"nonsense\r\n\r\n", "could not be reached (RemoteProtocolError)"),
        (b"", "could not be reached (RemoteProtocolError)"),
    ],
)
async def test_whatever_is_no_success_is_a_failure(lot: HooksLot, reply: bytes, problem: str) -> None:
    await one_waiting(lot)
    lot.receiver.answers = [reply]
    await lot.send()
    [row] = await lot.notices()
    assert row["status"] == "waiting"
    assert problem in row["outcome"]
    assert len(lot.receiver.messages) == 1


async def test_nobody_at_the_port_is_a_failure_with_a_reason(lot: HooksLot) -> None:
    await lot.endpoint(url="http://127.0.0.1:9/")
    await lot.ends(await lot.production())
    await lot.send()
    [attempt] = await lot.attempts()
    assert (attempt["status_code"], attempt["problem"]) == (None, "could not be reached (ConnectError)")


async def test_who_does_not_answer_is_given_up_on_after_a_while(
    lot: HooksLot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.hooks.post.TIMEOUT_S", 0.05)
    await one_waiting(lot)
    lot.receiver.hold = asyncio.Event()
    await lot.send()
    [attempt] = await lot.attempts()
    assert attempt["problem"].startswith("no answer within")


async def test_the_endpoint_says_when_to_come_back(lot: HooksLot) -> None:
    await one_waiting(lot)
    lot.receiver.answers = [answer("429 Slow", "retry-after: 120")]
    await lot.send()
    [row] = await lot.notices()
    assert row["next_at"] == lot.clock.now() + timedelta(seconds=120)
    await lot.ends(await lot.production())
    lot.passes(seconds=119)
    assert await lot.send() == 0, "what is new waits as well"
    lot.passes(seconds=1)
    assert await lot.send() == 2


async def test_410_switches_it_off_and_tells_its_owner(lot: HooksLot) -> None:
    endpoint = await one_waiting(lot, 3)
    lot.receiver.answers = [answer("410 Gone")] * 3
    await lot.send()
    read = await lot.endpoints.read("ana", endpoint)
    assert (read["enabled"], read["disabled_for"]) == (False, "gone")
    assert {row["status"] for row in await lot.notices() if row["endpoint_id"]} == {"dropped"}
    await lot.send(mails=True)
    [mail] = lot.mailbox.mails
    assert (mail["to"], "127.0.0.1" in mail["text"], "410" in mail["text"]) == ("ana@example.org", True, True)


async def test_five_days_of_failures_switch_it_off(lot: HooksLot) -> None:
    endpoint = await one_waiting(lot)
    lot.receiver.answers = [BUSY] * 4
    await lot.send()
    lot.passes(days=4, hours=23)
    await lot.send()
    assert (await lot.endpoints.read("ana", endpoint))["enabled"]
    lot.passes(days=1)
    await lot.ends(await lot.production())
    await lot.send()
    read = await lot.endpoints.read("ana", endpoint)
    assert (read["enabled"], read["disabled_for"]) == (False, "failing")
    await lot.send(mails=True)
    assert "five days" in lot.mailbox.mails[0]["text"]
    await lot.endpoints.change("ana", endpoint, enabled=True)
    fresh = await lot.endpoints.read("ana", endpoint)
    assert (fresh["disabled_for"], fresh["failures"], fresh["failing_since"]) == ("", 0, None)


async def test_a_dead_endpoint_rests_and_one_message_tries_it(lot: HooksLot) -> None:
    await one_waiting(lot, 10)
    lot.receiver.answers = [BUSY] * 5
    assert await lot.send() == 4, "as many of one endpoint at once as there may be; then it rests"
    assert await lot.send() == 0
    lot.passes(minutes=3)
    assert await lot.send() == 1, "one tries it"
    lot.passes(minutes=10)
    lot.receiver.answers = []
    assert await lot.send() == 10, "and when it is well again the others follow"
    assert {row["status"] for row in await lot.notices()} == {"delivered"}


async def test_a_slow_endpoint_does_not_hold_up_the_others(lot: HooksLot) -> None:
    async with receiver_here() as slow:
        slow.hold = asyncio.Event()
        await lot.endpoint(url=slow.url, events=["run.ended"])
        for _ in range(30):
            await lot.ends(await lot.production())
        await lot.endpoint("eva")
        async with lot.sender() as sender:
            work = asyncio.create_task(sender.run())
            await slow.until(4)
            await lot.ends(await lot.production("eva"))
            sender.ring()
            await lot.receiver.until(1)
            assert len(slow.messages) == 4
            slow.hold.set()
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def test_without_the_bound_it_would(lot: HooksLot, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr("server.hooks.sender.MOST_OF_ONE", 100)
    async with receiver_here() as slow:
        slow.hold = asyncio.Event()
        await lot.endpoint(url=slow.url)
        for _ in range(20):
            await lot.ends(await lot.production())
        await lot.endpoint("eva")
        await lot.ends(await lot.production("eva"))
        async with lot.sender() as sender:
            await sender._begin()
            await slow.until(16)
            assert await sender._begin() == 0
            slow.hold.set()


async def test_a_running_sender_hears_of_news_and_of_room(lot: HooksLot, receiver: Receiver) -> None:
    """The bell, not the safety net: it would be too late for this."""
    endpoint, _ = await lot.endpoint()
    async with lot.sender(safety_s=60) as sender:
        work = asyncio.create_task(sender.run())
        for _ in range(20):
            await lot.deliveries.send_test("ana", endpoint)
        sender.ring()
        await receiver.until(20)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_a_sender_that_is_cancelled_as_the_bell_rings_ends(lot: HooksLot) -> None:
    """`asyncio.wait_for` of Python 3.11 would forget that it was cancelled, and never end."""
    async with lot.sender(safety_s=60) as sender:
        work = asyncio.create_task(sender.run())
        while not sender._bell._waiters:  # type: ignore[attr-defined]  # nobody tells that it waits
            await asyncio.sleep(0)
        sender.ring()
        work.cancel()
        ended, _ = await asyncio.wait({work}, timeout=5)
        work.cancel()
    assert ended == {work}


async def test_what_is_over_is_forgotten_after_a_month(lot: HooksLot) -> None:
    await one_waiting(lot)
    await lot.send()
    async with lot.sender() as sender:
        lot.passes(days=29)
        await sender._tidy()
        assert len(await lot.notices()) == 1
        lot.passes(days=2)
        await sender._tidy()
        assert await lot.notices() == []
