"""Design-facts 6.1: whatever address somebody else names, nobody of ours goes where it leads."""

from collections import Counter
from collections.abc import Iterable

import pytest

from state.errors import GreenlightError
from tests.integration.fetching.conftest import Address, Liar, all_addresses, outcome
from tests.integration.fetching.fetchers import FETCHERS
from tests.integration.fetching.guards import NAMED, OURS, WEB, unguarded

FEW = ("loopback",)
"""For each day and each kind of redirect; the others are for the night."""
STRAY = "went where nobody of ours may go"


async def named(liar: Liar, name: str, *, guards_off: bool = False) -> dict[str, list[str]]:
    """Where a fetcher went for each address of the corpus; with its guards it says why it did not."""
    fetcher, went, stage = FETCHERS[name], {}, liar.stage
    async with fetcher.open(stage) as fetch:
        for one in liar.addresses():
            liar.world.say(one.names)
            liar.names(fetcher, stage, one.url)
            ended = await outcome(fetch)
            went[one.id] = liar.world.strays()
            assert guards_off or ended is None or isinstance(ended, GreenlightError), (one.id, ended)
    return went


async def redirected(
    liar: Liar, name: str, addresses: Iterable[Address], codes: Iterable[int] = ()
) -> dict[tuple[str, int], list[str]]:
    """Where a fetcher went after each kind of redirect."""
    fetcher, went, stage = FETCHERS[name], {}, liar.stage
    async with fetcher.open(stage) as fetch:
        for one, code in ((one, code) for one in addresses for code in codes or fetcher.codes):
            liar.world.say(one.names)
            liar.redirects(fetcher, stage, code, one.url)
            await outcome(fetch)
            went[one.id, code] = liar.world.strays()
    return went


def test_the_corpus_is_large_and_says_why() -> None:
    listed = all_addresses()
    assert len(listed) >= 60
    assert Counter(one["id"] for one in listed).most_common(1)[0][1] == 1
    assert all(one["why"] for one in listed)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("name", NAMED)
async def test_an_address_that_somebody_names_leads_nowhere_inside(liar: Liar, name: str) -> None:
    went = await named(liar, name)
    assert not {one: where for one, where in went.items() if where}, STRAY
    assert len(went) == len(all_addresses())


@pytest.mark.breadth(3)
@pytest.mark.parametrize("name", NAMED)
async def test_without_the_check_each_of_them_does(
    liar: Liar, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: what lands nowhere even so is marked in the corpus, and is no proof of a check."""
    unguarded(monkeypatch)
    went = await named(liar, name, guards_off=True)
    lands = {one.id for one in liar.addresses() if one.lands}
    assert {one for one, where in went.items() if where} == lands


@pytest.mark.parametrize("name", WEB)
async def test_nobody_is_sent_on_to_the_inside(liar: Liar, name: str) -> None:
    went = await redirected(liar, name, [one for one in liar.addresses() if one.id in FEW])
    assert not {one: where for one, where in went.items() if where}, STRAY
    assert len(went) == len(FEW) * len(FETCHERS[name].codes)


@pytest.mark.nightly
@pytest.mark.parametrize("name", [name for name in WEB if name != "bucket"])
async def test_nobody_is_sent_on_to_any_of_them(liar: Liar, name: str) -> None:
    """Not the bucket: where botocore cannot read an address, it leaves its line to the garbage collector."""
    went = await redirected(liar, name, liar.addresses())
    assert not {one: where for one, where in went.items() if where}, STRAY
    assert len(went) == len(all_addresses()) * len(FETCHERS[name].codes)


@pytest.mark.breadth(3)
@pytest.mark.parametrize("name", OURS)
async def test_without_the_guards_all_are_sent_on(
    liar: Liar, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    unguarded(monkeypatch)
    went = await redirected(liar, name, liar.addresses()[:1], codes=(307,))
    assert all(went.values()), went


@pytest.mark.breadth(2)
@pytest.mark.parametrize("name", FETCHERS)
async def test_the_canary_sees_whoever_is_configured_to_go_there(liar: Liar, name: str) -> None:
    """The control of the counting: no library goes past it."""
    stage = liar.stage
    stage.base_url = f"http://127.0.0.1:{liar.world.canary.port}"
    stage.given = f"{stage.base_url}/in"
    with pytest.MonkeyPatch.context() as patch:
        if FETCHERS[name].given:
            unguarded(patch)
        async with FETCHERS[name].open(stage) as fetch:
            await outcome(fetch)
    assert liar.world.strays()
