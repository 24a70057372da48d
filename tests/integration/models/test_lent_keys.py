"""A user's own key is in memory only while it is used, and in no other user's request (S5-135, C25)."""

import asyncio
import gc
from collections.abc import Iterator
from contextvars import copy_context
from types import AsyncGeneratorType, CoroutineType, FrameType, FunctionType, GeneratorType, ModuleType
from typing import Any

import pytest
from pydantic import SecretStr

from state.errors import ProviderError
from tests.integration.models.asking import HandClock, Noted, Ring, a_line, at_vendors, in_words, vendor_of
from tests.standins.model_vendors import Vendors, faults
from tools.models.catalog import text_card
from tools.models.choose import TextModels, Wanted
from tools.models.live.asked import Listener
from tools.models.live.clients import Clients
from tools.models.live.lending import NO_KEY, lent
from tools.redaction import REDACT, REDACTED, Redactor

EACH = ["gpt-5", "gpt-5-pro", "gemini-2.5-flash", "deepseek-chat", "own/gpt-4o", "own/gpt-5"]
KEY = "the-users-own-words-as-a-key"
BEYOND = (
    type, ModuleType, FunctionType, FrameType, CoroutineType, GeneratorType, AsyncGeneratorType,
    asyncio.Task, asyncio.AbstractEventLoop,
)  # fmt: skip
"""Behind these the test itself would be found."""


def held_by(*roots: Any) -> Iterator[str]:
    """Every text that can be reached from these."""
    seen, left = set[int](), list(roots)
    while left:
        one = left.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, bytes):
            yield one.decode("latin-1")
        elif id(one) not in seen and not isinstance(one, BEYOND):
            seen.add(id(one))
            left += gc.get_referents(one)


@pytest.mark.parametrize("name", EACH)
async def test_after_its_call_nobody_holds_it(vendors: Vendors, name: str):
    vendor = vendor_of(vendors, text_card(name))
    vendor.keys.add(KEY)
    models = TextModels(at_vendors(vendors), lambda user: Ring([KEY]), HandClock(60.0))
    model: Any = models.for_role("ugc", "script_writer", Wanted(model=name), user_id="me")

    await model._line.ask(in_words(), Noted(), Listener())
    gc.collect()

    assert [one.key for one in vendor.requests] == [KEY]
    clients = models._clients
    assert not [text for text in held_by(clients, REDACT) if KEY in text]
    assert [text for text in held_by(clients) if NO_KEY.get_secret_value() in text], "the walk reaches them"
    assert REDACT.text(f"Incorrect key: {KEY}.") == f"Incorrect key: {REDACTED}."
    await models.close()


def test_a_context_that_outlives_the_call_does_not_hold_it():
    """Connections keep the context in which they were made."""
    with lent(SecretStr(KEY)):
        kept = copy_context()
        assert [text for text in held_by(kept) if KEY in text], "the control: while it is used"
    assert not [text for text in held_by(kept) if KEY in text]


def test_the_control_finds_a_key_that_is_kept():
    assert [text for text in held_by(Redactor([KEY])) if KEY in text]


async def test_a_refusal_that_quotes_it_is_told_without_it(vendors: Vendors, clients: Clients):
    vendors.openai.faults.append(faults.key_refused())
    with pytest.raises(ProviderError) as refused:
        await a_line(text_card("gpt-5"), clients, Ring([KEY])).ask(in_words(), Noted(), Listener())
    assert KEY not in f"{refused.value.message} {refused.value.details}"


@pytest.mark.parametrize("name", ["gpt-5", "gemini-2.5-flash", "deepseek-chat"])
async def test_many_users_at_once_are_each_asked_for_with_their_own(
    vendors: Vendors, clients: Clients, name: str
):
    """One client for all of them: the words of each question name the key that must have gone with it."""
    card = text_card(name)
    vendor, keys = vendor_of(vendors, card), [f"key-of-user-{number:02}" for number in range(20)]
    vendor.keys |= set(keys)
    lines = [a_line(card, clients, Ring([key])) for key in keys]

    await asyncio.gather(
        *(
            line.ask(in_words(f"I am {key}."), Noted(), Listener())
            for line, key in zip(lines, keys, strict=True)
        )
    )

    assert len(clients._kept) == 1
    assert sorted(one.key for one in vendor.requests) == keys
    assert all(f"I am {one.key}." in str(one.body) for one in vendor.requests)


async def test_a_request_outside_of_every_call_goes_without_a_key(vendors: Vendors, clients: Clients):
    client: Any = clients.client(text_card("gpt-5"))
    with pytest.raises(Exception, match="401"):
        await client.ainvoke("Hello")
    assert [one.outcome[:12] for one in vendors.openai.requests] == ["rejected 401"]
