"""Design 9: host and port of a base URL are trusted for that vendor's files, and nothing beside them."""

import pytest

from tests.integration.fetching.conftest import Liar, outcome, says, told
from tests.integration.fetching.fetchers import FETCHERS, KEY
from tests.integration.fetching.guards import RESULTS
from tests.integration.fetching.world import PUBLIC_NAME
from tests.standins.receiver import answer
from tools.web.transport import CheckedTransport

KEYED = ["replicate results", "google results"]
"""fal's files are open to everybody, so no key is sent for them even at its own host."""
FILE = answer("200 OK", "content-type: video/mp4", body="\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + "x" * 64)
PORT = "{port}"
NEIGHBOURS = {
    "another port": "http://127.0.0.1:{other}/file",
    "no port": "http://127.0.0.1/file",
    "another scheme": "https://127.0.0.1:{port}/file",
    "another address": "http://127.0.0.2:{port}/file",
    "the same in six": "http://[::1]:{port}/file",
    "mapped": "http://[::ffff:127.0.0.1]:{port}/file",
    "by name": "http://localhost:{port}/file",
    "short": "http://127.1:{port}/file",
    "as a number": "http://2130706433:{port}/file",
    "with a dot": "http://127.0.0.1.:{port}/file",
    "as a user": "http://127.0.0.1:{port}@169.254.169.254/file",
    "as a beginning": "http://127.0.0.1.{port}.public.example/file",
    "in a path": "https://10.0.0.1/http://127.0.0.1:{port}/file",
}


def place(liar: Liar, pattern: str) -> str:
    return pattern.replace("{port}", str(liar.host.port)).replace("{other}", str(liar.world.canary.port))


@pytest.mark.parametrize("name", RESULTS)
async def test_a_file_at_exactly_the_configured_host_and_port_is_fetched(liar: Liar, name: str) -> None:
    fetcher, stage = FETCHERS[name], liar.stage
    named = told(fetcher.names(f"{stage.base_url}/file"))  # type: ignore[misc]
    liar.host.on_message = lambda one: liar.host.answers.append(FILE if one.path == "/file" else named)
    async with fetcher.open(stage) as fetch:
        await outcome(fetch)
    [_, file] = liar.host.messages
    assert (KEY in str(file.headers)) == (name in KEYED)
    assert liar.world.strays() == []


@pytest.mark.parametrize("name", RESULTS)
async def test_its_neighbours_are_not_trusted(liar: Liar, name: str) -> None:
    fetcher, stage, went = FETCHERS[name], liar.stage, {}
    liar.world.say(
        {"localhost": [["127.0.0.1"]], place(liar, "127.0.0.1.{port}.public.example"): [["10.0.0.1"]]}
    )
    async with fetcher.open(stage) as fetch:
        for which, pattern in NEIGHBOURS.items():
            liar.names(fetcher, stage, place(liar, pattern))
            went[which] = (repr(await outcome(fetch)), liar.world.strays())
    assert len(liar.host.messages) == len(NEIGHBOURS), "one look at the job each, and no file"
    assert all("may not be asked" in said and not strays for said, strays in went.values()), went


@pytest.mark.parametrize("name", RESULTS)
async def test_without_the_check_the_neighbours_are_asked(
    liar: Liar, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""

    async def unchecked(self: CheckedTransport, request: object) -> object:
        return await self._inner.handle_async_request(request)  # type: ignore[arg-type]

    monkeypatch.setattr(CheckedTransport, "handle_async_request", unchecked)
    fetcher, stage = FETCHERS[name], liar.stage
    async with fetcher.open(stage) as fetch:
        for which in ("another port", "another address", "the same in six"):
            liar.names(fetcher, stage, place(liar, NEIGHBOURS[which]))
            await outcome(fetch)
            assert liar.world.strays(), which


@pytest.mark.parametrize("name", RESULTS)
async def test_a_file_on_the_public_internet_is_fetched_without_the_key(liar: Liar, name: str) -> None:
    """And so are those that a redirect leads to: what is refused elsewhere is refused for where it lies."""
    fetcher, stage, url = FETCHERS[name], liar.stage, f"https://{PUBLIC_NAME}/file"
    says(liar.public, FILE)
    async with fetcher.open(stage) as fetch:
        liar.names(fetcher, stage, url)
        await outcome(fetch)
        liar.redirects(fetcher, stage, 307, url)
        await outcome(fetch)
    assert [one.path for one in liar.public.messages] == ["/file", "/file"]
    assert KEY not in str([one.headers for one in liar.public.messages])
    assert liar.world.strays() == []


@pytest.mark.parametrize("name", RESULTS)
async def test_redirects_end(liar: Liar, name: str) -> None:
    """In a circle on the vendor's own host, and between it and a public one."""
    fetcher, stage = FETCHERS[name], liar.stage
    async with fetcher.open(stage) as fetch:
        liar.redirects(fetcher, stage, 302, "/moved")
        assert "sent us on more than 3 times" in str(await outcome(fetch))
        assert len(liar.host.messages) == 1 + 4
        says(liar.public, answer("302 Found", f"location: {stage.base_url}/moved"))
        liar.redirects(fetcher, stage, 302, f"https://{PUBLIC_NAME}/back")
        assert "sent us on more than 3 times" in str(await outcome(fetch))
        assert len(liar.public.messages) == 2


async def test_a_chain_is_looked_at_in_each_of_its_links(liar: Liar) -> None:
    """The vendor's own host, a public one, and the inside."""
    fetcher, stage = FETCHERS["google results"], liar.stage
    liar.redirects(fetcher, stage, 308, f"https://{PUBLIC_NAME}/one")
    says(liar.public, answer("301 Moved", "location: http://169.254.169.254/latest/meta-data/"))
    async with fetcher.open(stage) as fetch:
        assert "may not be asked" in str(await outcome(fetch))
    assert [one.path for one in liar.public.messages] == ["/one"]
    assert liar.world.strays() == []
