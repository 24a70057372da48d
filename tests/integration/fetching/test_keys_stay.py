"""No key leaves for another host than the one it was given for, and no cookie is kept for anybody."""

import json

import pytest

from tests.integration.fetching.conftest import Liar, outcome, says
from tests.integration.fetching.fetchers import FETCHERS, KEY, Fetcher
from tests.integration.fetching.guards import RESULTS, WEB, unguarded
from tests.integration.fetching.world import PUBLIC_NAME
from tests.standins.receiver import Received, answer

ELSEWHERE = f"https://{PUBLIC_NAME}/caught"
TRACES = ("langsmith", "collector")
"""They are sent with one account alone, the server's own."""
COOKIE = "set-cookie: who=ana; path=/"


def in_words(messages: list[Received]) -> str:
    return "".join(f"{one.path} {one.headers} {one.body!r}" for one in messages)


async def sent_on(liar: Liar, fetcher: Fetcher, codes: tuple[int, ...]) -> None:
    stage = liar.stage
    says(liar.public, answer("404 Not Found"))
    async with fetcher.open(stage) as fetch:
        for code in codes:
            liar.redirects(fetcher, stage, code, ELSEWHERE)
            await outcome(fetch)


@pytest.mark.parametrize("name", [name for name in WEB if not FETCHERS[name].given])
async def test_a_redirect_to_another_host_takes_no_key_along(liar: Liar, name: str) -> None:
    await sent_on(liar, FETCHERS[name], (302, 307))
    assert bool(liar.public.messages) == (name in RESULTS)
    assert KEY not in in_words(liar.public.messages)
    if name not in ("fal signing keys", "previz farm", "bucket"):  # asked without one, or signed with it
        assert KEY in in_words(liar.host.messages)


@pytest.mark.parametrize("name", ["google looks", "google orders"])
async def test_without_the_guards_a_key_goes_along(
    liar: Liar, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: clients that follow take off `authorization`, and no other header that holds a key."""
    unguarded(monkeypatch)
    await sent_on(liar, FETCHERS[name], (307,))
    assert KEY in in_words(liar.public.messages)


@pytest.mark.breadth(2)
@pytest.mark.parametrize("name", [name for name in WEB if name not in TRACES])
async def test_no_cookie_is_kept(liar: Liar, name: str) -> None:
    """One client serves all users: what one was told must not go along with the next one's request."""
    fetcher, stage = FETCHERS[name], liar.stage
    told = json.dumps(fetcher.names(f"{stage.base_url}/moved") if fetcher.names else {})
    for who in (liar.host, liar.public):
        says(who, answer("200 OK", "content-type: application/json", COOKIE, body=told))
    async with fetcher.open(stage) as fetch:
        await outcome(fetch)
        first = len(liar.host.messages) + len(liar.public.messages)
        await outcome(fetch)
    messages = [*liar.host.messages, *liar.public.messages]
    assert len(messages) > first > 0
    assert not [one.path for one in messages if "cookie" in one.headers]
