"""Each fault as the SDK meets it, what the book says about it, and that the next call is well again."""

import asyncio

import httpx2
import openai
import pytest

from tests.standins.model_vendors import Gate, Said, Signal, always, faults, model_vendors_here

HELLO = [{"role": "user", "content": "Hello"}]
LONG = Said(text="one two three four five")
BILLED = 2 * 1.25


async def ask(client, **more):
    return await client.chat.completions.create(model="gpt-5", messages=HELLO, **more)


async def listen(client):
    """The text of a stream, piece by piece."""
    heard = []
    try:
        async for chunk in await ask(client, stream=True):
            heard += [choice.delta.content for choice in chunk.choices if choice.delta.content]
    except BaseException as exc:
        exc.add_note("".join(heard))
        raise
    return "".join(heard)


@pytest.mark.parametrize(
    ("fault", "error", "billed"),
    [
        (faults.busy(3, retry_after_ms=2500), openai.RateLimitError, False),
        (faults.quota_exhausted(), openai.RateLimitError, False),
        (faults.key_refused(), openai.AuthenticationError, False),
        (faults.server_error(), openai.InternalServerError, False),
        (faults.server_error(500, billed=True), openai.InternalServerError, True),
        (faults.gateway_page(), openai.InternalServerError, False),
        (faults.overloaded(), openai.InternalServerError, False),
        (faults.closed_unread(), openai.APIConnectionError, False),
        (faults.closed_unanswered(), openai.APIConnectionError, True),
        (faults.closed_unanswered(billed=False), openai.APIConnectionError, False),
        (faults.cut(), openai.APIConnectionError, True),
        (faults.broken_json(), ValueError, True),
        (faults.empty_body(), ValueError, True),
    ],
)
async def test_a_fault_is_met_once_and_booked_as_it_says(client, vendors, fault, error, billed):
    vendors.openai.faults.append(fault)
    with pytest.raises(error):
        await ask(client)
    assert len(vendors.books.invoices) == billed
    assert (await ask(client)).choices[0].finish_reason == "stop"
    assert [kept.outcome.split()[0] for kept in vendors.books.requests] == [
        "cut" if fault.kind == "cut" else "fault", "answered",
    ]  # fmt: skip


async def test_busy_says_when_to_come_back(client, vendors):
    vendors.openai.faults += [faults.busy(3, retry_after_ms=2500), faults.quota_exhausted()]
    with pytest.raises(openai.RateLimitError) as no:
        await ask(client)
    told = no.value.response.headers
    assert (told["retry-after"], told["retry-after-ms"], told["x-ratelimit-limit-requests"]) == (
        "3",
        "2500",
        "500",
    )
    assert no.value.code == "rate_limit_exceeded"
    with pytest.raises(openai.RateLimitError) as no:
        await ask(client)
    assert (no.value.code, no.value.type) == ("insufficient_quota", "insufficient_quota")


async def test_a_fault_waits_for_its_model(client, vendors):
    vendors.openai.faults.append(faults.server_error(model="gpt-4o"))
    await ask(client)
    assert len(vendors.openai.faults) == 1


async def test_a_stream_that_is_cut_bills_what_has_left(client, vendors):
    vendors.openai.brain = always(LONG)
    vendors.openai.faults.append(faults.cut(2))
    with pytest.raises((httpx2.RemoteProtocolError, openai.APIConnectionError)) as no:
        await listen(client)
    assert no.value.__notes__ == ["one two "]
    invoice = vendors.books.invoices[0]
    assert (invoice.prompt_tokens, invoice.completion_tokens, invoice.outcome) == (2, 2, "cut")
    assert invoice.micro_usd == 23, "2 * 1.25 + 2 * 10 = 22.5"


async def test_a_broken_line_in_a_stream(client, vendors):
    vendors.openai.faults.append(faults.broken_event(1))
    with pytest.raises(ValueError, match=r"Expecting|Unterminated"):
        await listen(client)


async def test_a_stream_without_a_byte(client, vendors):
    vendors.openai.faults.append(faults.empty_body())
    assert await listen(client) == ""
    assert len(vendors.books.invoices) == 1


async def test_a_stream_that_hangs_goes_on_after_the_release(client, vendors):
    release = Signal()
    vendors.openai.brain = always(LONG)
    vendors.openai.faults.append(faults.stream_hangs(2, release))
    stream = await ask(client, stream=True)
    heard = [(await anext(stream)).choices[0].delta.content for _ in range(3)]
    assert heard == ["", "one ", "two "]
    release.set()
    rest = [chunk.choices[0].delta.content async for chunk in stream]
    assert rest == ["three ", "four ", "five", None]
    assert vendors.books.invoices[0].outcome == "answered"


async def test_who_hangs_up_pays_for_what_has_left(client, vendors):
    gate = Gate(2)
    vendors.openai.brain = always(Said(LONG.text, before_piece=gate))
    stream = await ask(client, stream=True)
    heard = [(await anext(stream)).choices[0].delta.content for _ in range(3)]
    await gate.reached.heard()
    await stream.close()
    await vendors.books.when(lambda book: bool(book.invoices)).heard()
    assert heard[-1] == "two "
    assert (vendors.books.invoices[0].completion_tokens, vendors.books.invoices[0].outcome) == (
        2,
        "client hung up",
    )
    await vendors.books.when(lambda book: book.requests[0].outcome == "client hung up").heard()


@pytest.mark.parametrize("billed", [True, False])
async def test_an_answer_that_hangs_is_billed_as_it_says(client, vendors, billed):
    asked = Signal()
    vendors.openai.brain = lambda question: asked.set() or LONG
    vendors.openai.faults.append(faults.answer_hangs(billed=billed))
    asking = asyncio.create_task(ask(client))
    await asked.heard()
    asking.cancel()
    await vendors.books.when(lambda book: book.requests[0].outcome == "client hung up").heard()
    assert len(vendors.books.invoices) == billed


async def test_nobody_waits_longer_than_they_want(client, vendors):
    vendors.openai.faults.append(faults.answer_hangs())
    with pytest.raises(openai.APITimeoutError):
        await ask(client.with_options(timeout=0.01))


async def test_an_answer_that_hung_comes_after_all(client, vendors):
    release = Signal()
    vendors.openai.faults.append(faults.answer_hangs(release))
    asking = asyncio.create_task(ask(client))
    await vendors.books.when(lambda book: bool(book.invoices)).heard()
    assert not asking.done()
    release.set()
    assert (await asking).choices[0].finish_reason == "stop"
    assert len(vendors.books.invoices) == 1


async def test_pieces_leave_one_by_one(client, vendors):
    """The second piece does not exist yet when the first has arrived."""
    gate = Gate(1)
    vendors.openai.brain = always(Said("one two", before_piece=gate))
    stream = await ask(client, stream=True)
    assert [(await anext(stream)).choices[0].delta.content for _ in range(2)] == ["", "one "]
    assert not gate.opened.is_set
    gate.open()
    assert [chunk.choices[0].delta.content async for chunk in stream] == ["two", None]


async def test_the_vendors_live_in_the_loop_of_the_test_too():
    async with model_vendors_here() as vendors, openai.AsyncOpenAI(
        base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key
    ) as client:  # fmt: skip
        vendors.openai.faults.append(faults.answer_hangs())
        asking = asyncio.create_task(ask(client))
        await vendors.books.when(lambda book: bool(book.invoices)).heard()
        asking.cancel()
        assert (await ask(client)).choices[0].finish_reason == "stop"


async def test_nothing_is_left_behind(lines):
    """Neither a task of who still waits for an answer, nor a connection, nor a port."""
    before = asyncio.all_tasks()
    async with model_vendors_here() as vendors:
        gpt = openai.AsyncOpenAI(
            base_url=f"{vendors.openai.url}/v1", api_key=vendors.openai.key, http_client=lines
        )
        vendors.openai.faults.append(faults.answer_hangs())
        asking = asyncio.create_task(ask(gpt.with_options(max_retries=0)))
        await vendors.books.when(lambda book: bool(book.invoices)).heard()
    with pytest.raises(openai.APIConnectionError):
        await asking
    assert asyncio.all_tasks() == before
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", vendors.openai.server.port)


async def test_what_goes_wrong_in_a_brain_fails_the_test(client):
    async with model_vendors_here() as vendors:
        pass
    vendors.openai.troubles.append(AssertionError("what the brain expected"))
    with pytest.raises(AssertionError, match="what the brain expected"):
        vendors.complain()
