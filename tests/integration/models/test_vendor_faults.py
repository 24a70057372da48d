"""What goes wrong between us and a vendor: which error it becomes, and what is booked of it."""

import pytest

from state.errors import (
    KeyNotTaken,
    ModelUnknown,
    ProviderBusy,
    ProviderError,
    ProviderTimeout,
    VendorCreditUsedUp,
)
from state.order import Usage
from tests.integration.models.asking import Noted, Refusing, a_line, in_words, ring_for, vendor_of
from tests.standins.model_vendors import Vendors, faults
from tests.standins.model_vendors.faults import Fault
from tools.models.catalog import text_card
from tools.models.live.asked import Listener
from tools.models.live.clients import Clients

EACH = ["gpt-5", "gpt-5-pro", "gemini-2.5-flash", "deepseek-chat", "own/gpt-4o"]
FAULTS: dict[str, tuple[Fault, type[ProviderError], str]] = {
    "busy": (faults.busy(), ProviderBusy, "throttled"),
    "overloaded": (faults.overloaded(), ProviderBusy, "ambiguous"),
    "overloaded billed": (faults.overloaded(billed=True), ProviderBusy, "ambiguous"),
    "key": (faults.key_refused(), KeyNotTaken, "auth"),
    "balance": (faults.no_balance(), VendorCreditUsedUp, "no_credit"),
    "500": (faults.server_error(), ProviderTimeout, "ambiguous"),
    "500 billed": (faults.server_error(billed=True), ProviderTimeout, "ambiguous"),
    "502": (faults.gateway_page(), ProviderTimeout, "ambiguous"),
    "502 billed": (faults.gateway_page(billed=True), ProviderTimeout, "ambiguous"),
    "unread": (faults.closed_unread(), ProviderTimeout, "ambiguous"),
    "unanswered": (faults.closed_unanswered(), ProviderTimeout, "ambiguous"),
    "cut at once": (faults.cut(0), ProviderTimeout, "ambiguous"),
    "cut": (faults.cut(2), ProviderTimeout, "ambiguous"),
    "broken JSON": (faults.broken_json(), ProviderTimeout, "ambiguous"),
    "broken event": (faults.broken_event(), ProviderTimeout, "ambiguous"),
    "empty": (faults.empty_body(), ProviderTimeout, "ambiguous"),
}


REFUSED = (400, 401, 402, 403, 404, 413, 422, 429, 451)
FAILED = (408, 409, 500, 501, 502, 503, 504, 511)
"""Who was told 408 or 409 has sent it all, too."""


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", EACH)
async def test_it_is_one_typed_error_and_booked_once(
    vendors: Vendors, clients: Clients, name: str, fault: str
):
    card, booking = text_card(name), Noted()
    vendor = vendor_of(vendors, card)
    what, error, kind = FAULTS[fault]
    vendor.faults.append(what)

    with pytest.raises(ProviderError) as failed:
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), booking, Listener())

    assert (type(failed.value), failed.value.kind) == (error, kind)
    assert (failed.value.provider, failed.value.model) == (card.provider, card.id)
    assert failed.value.user_action
    assert vendor.key not in f"{failed.value!r}{failed.value.message}{failed.value.details}"
    (ended,) = booking.ended
    assert (ended.outcome, ended.detail) == (kind, failed.value.message)
    assert not (vendors.books.invoices and ended.usage), "billed, and we say that it took nothing"
    assert ended.usage == (None if kind == "ambiguous" else Usage())


@pytest.mark.parametrize("status", [*REFUSED, *FAILED])
@pytest.mark.parametrize("name", EACH)
async def test_what_is_refused_costs_nothing_and_of_what_failed_nobody_knows(
    vendors: Vendors, clients: Clients, name: str, status: int
):
    """A vendor's own JSON with each status, without tokens in it: billed or not, only the bill tells."""
    card, booking = text_card(name), Noted()
    billed = status in FAILED
    vendor_of(vendors, card).faults.append(faults.server_error(status, billed=billed))

    with pytest.raises(ProviderError) as failed:
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), booking, Listener())

    assert [one.usage for one in booking.ended] == [None if billed else Usage()]
    assert (failed.value.kind == "ambiguous") == billed
    assert len(vendors.books.invoices) == int(billed)


@pytest.mark.parametrize("name", EACH)
async def test_a_model_that_the_vendor_does_not_have_is_unknown_and_no_wrong_setting(
    vendors: Vendors, clients: Clients, name: str
):
    """DeepSeek says so with the status and the code of any wrong field."""
    card = text_card(name)
    del vendor_of(vendors, card).models[card.vendor]

    with pytest.raises(ModelUnknown) as failed:
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), Noted(), Listener())

    assert (failed.value.provider, failed.value.model) == (card.provider, card.id)


@pytest.mark.parametrize("name", ["gpt-5", "gemini-2.5-flash", "deepseek-chat", "own/gpt-4o"])
@pytest.mark.parametrize("pieces", [0, 3])
async def test_a_line_that_is_cut_is_told_in_words(
    vendors: Vendors, clients: Clients, name: str, pieces: int
):
    """Which model, what happened, after how much; a client says no more than `Connection error.`"""
    card, listener = text_card(name), Listener()
    heard: list[str] = []
    listener.hear = heard.append  # type: ignore[method-assign]
    vendor_of(vendors, card).faults.append(faults.cut(pieces))

    with pytest.raises(ProviderTimeout) as failed:
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), Noted(), listener)

    letters = len("".join(heard))
    where = (
        f"in the middle of its answer, after {letters} letters" if letters else "before any word of an answer"
    )
    assert bool(letters) == bool(pieces)
    assert failed.value.message.startswith(f"{card.title} at {card.provider}")
    assert where in failed.value.message
    assert "Connection error" not in failed.value.message


@pytest.mark.parametrize("name", EACH)
async def test_a_failure_inside_a_stream_may_have_cost_something(
    vendors: Vendors, clients: Clients, name: str
):
    card, booking = text_card(name), Noted()
    vendor_of(vendors, card).faults.append(faults.failed_in_stream())

    with pytest.raises(ProviderError) as failed:
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), booking, Listener())

    assert failed.value.kind in ("no_credit", "throttled")
    assert [ended.outcome for ended in booking.ended] == [failed.value.kind]


async def test_nobody_at_home_means_that_nothing_was_sent(vendors: Vendors, clients: Clients):
    await vendors.stop()
    booking = Noted()

    with pytest.raises(ProviderTimeout) as failed:
        await a_line(text_card("gpt-5"), clients).ask(in_words(), booking, Listener())

    assert failed.value.kind == "not_sent"
    assert [ended.usage for ended in booking.ended] == [Usage()]


@pytest.mark.parametrize("name", EACH)
async def test_what_may_not_be_paid_is_not_sent(vendors: Vendors, clients: Clients, name: str):
    card = text_card(name)

    with pytest.raises(Exception, match="allowance is used up"):
        await a_line(card, clients, ring_for(vendors, card)).ask(in_words(), Refusing(), Listener())

    assert vendors.books.requests == []
