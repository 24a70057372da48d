"""A name server that changes its mind: public when it is looked at, loopback when it is connected to."""

import httpx
import pytest

from server.hooks.opening import reach_of
from state.errors import AddressRefused
from tests.integration.fetching.conftest import Liar, outcome, says
from tests.integration.fetching.fetchers import FETCHERS
from tests.integration.fetching.guards import NAMED
from tests.integration.fetching.world import PUBLIC, PUBLIC_NAME
from tests.standins.receiver import answer
from tools.web.checked import checked_addresses, checked_shape
from tools.web.transport import CheckedTransport

NAME = "turns.fal.media"
"""Below a name of fal's, because its uploads go to no other."""
TURNS = [[PUBLIC], ["127.0.0.1"]]


@pytest.mark.parametrize("name", NAMED)
async def test_a_name_is_looked_up_once_and_the_line_goes_to_what_was_found(liar: Liar, name: str) -> None:
    fetcher, stage = FETCHERS[name], liar.stage
    liar.world.say({NAME: TURNS})
    liar.names(fetcher, stage, f"https://{NAME}")
    async with fetcher.open(stage) as fetch:
        await outcome(fetch)
    assert liar.world.looked_up.count(NAME) == 1
    assert liar.world.strays() == []


@pytest.mark.parametrize("name", NAMED)
async def test_who_checks_and_then_connects_by_name_lands_inside(
    liar: Liar, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a check that is not tied to the connection."""

    async def naive(self: CheckedTransport, request: httpx.Request) -> httpx.Response:
        await checked_addresses(checked_shape(str(request.url)), self._reach, self._resolver)
        return await self._inner.handle_async_request(request)

    monkeypatch.setattr(CheckedTransport, "handle_async_request", naive)
    fetcher, stage = FETCHERS[name], liar.stage
    liar.world.say({NAME: TURNS})
    liar.names(fetcher, stage, f"https://{NAME}")
    async with fetcher.open(stage) as fetch:
        await outcome(fetch)
    assert liar.world.strays() == ["127.0.0.1:443"]


async def test_a_redirect_to_the_same_host_is_looked_up_anew(liar: Liar) -> None:
    fetcher, stage = FETCHERS["replicate results"], liar.stage
    liar.world.say({PUBLIC_NAME: TURNS})
    says(liar.public, answer("302 Found", f"location: https://{PUBLIC_NAME}/again"))
    liar.names(fetcher, stage, f"https://{PUBLIC_NAME}/file")
    async with fetcher.open(stage) as fetch:
        assert "not on the public internet" in str(await outcome(fetch))
    assert [one.path for one in liar.public.messages] == ["/file"]
    assert liar.world.strays() == []


async def test_an_endpoint_that_was_public_when_it_was_added_is_looked_at_when_it_is_sent_to(
    liar: Liar,
) -> None:
    stage = liar.stage
    stage.given = f"https://{NAME}/in"
    liar.world.say({NAME: TURNS})
    await checked_addresses(checked_shape(stage.given), reach_of(stage.settings()))
    async with FETCHERS["webhooks"].open(stage) as fetch:
        sent = await fetch()
    assert "not on the public internet" in str(sent)
    assert liar.world.strays() == []


async def test_no_address_of_the_corpus_can_be_added_as_an_endpoint(liar: Liar) -> None:
    """As `Endpoints` looks at one, where people sign in."""
    taken, reach = [], reach_of(liar.stage.settings())
    for one in liar.addresses():
        liar.world.say(one.names)
        try:
            await checked_addresses(checked_shape(one.url), reach)
        except AddressRefused:
            continue
        taken.append(one.id)
    assert taken == ["rebinding"], "it is public when it is added"
