"""Nothing new of ours goes online without a row in fetchers.toml, and so without the tests of this folder."""

import pytest
from pydantic import ValidationError

from server.protocol.run_bodies import RunBody, StatelessRunBody
from tests.integration.fetching import listed
from tests.integration.fetching.fetchers import FETCHERS
from tests.integration.fetching.sightings import opened_by, sightings, third_party

ONLINE = listed.packages("online")


def test_every_fetcher_is_listed_and_tried() -> None:
    rows = listed.fetchers()
    assert set(rows) == set(FETCHERS)
    for name, row in rows.items():
        assert row["named_by"] in ("settings", "provider", "user"), name
        assert row["guard"] in ("ours", "library"), name
        assert row["reached"], name
        assert row["may_reach"], name
        assert (row["named_by"] == "provider") == (FETCHERS[name].names is not None), name
        assert (row["named_by"] == "user") == FETCHERS[name].given, name


def test_every_package_is_known_to_stay_here_or_to_go_online() -> None:
    offline = listed.packages("offline")
    assert third_party() == offline | ONLINE
    assert not offline & ONLINE


def test_every_line_that_the_source_opens_is_listed_where_it_is() -> None:
    assert sightings(ONLINE) == listed.opened()


def test_each_line_is_a_fetchers_or_says_why_it_is_none() -> None:
    carried = {name for line in listed.lines() for name in line.get("for", ())}
    assert carried == set(FETCHERS)
    assert all(bool(line.get("for")) != bool(line.get("why")) for line in listed.lines())


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import httpx\nhttpx.get('https://a.example')", "httpx.get"),
        ("import httpx as h\nasync def f():\n    async with h.AsyncClient() as c: ...", "httpx.AsyncClient"),
        ("from httpx import AsyncClient as A\nmake = A", "httpx.AsyncClient"),
        ("def f():\n    from urllib.request import urlopen\n    return [urlopen]", "urllib.request.urlopen"),
        ("import urllib.request\nurllib.request.urlopen('x')", "urllib.request.urlopen"),
        ("import asyncio\nasyncio.open_connection('a', 1)", "asyncio.open_connection"),
        ("import asyncio\nasyncio.get_running_loop().create_connection(None)", "*.create_connection"),
        ("import socket\nclass S(socket.socket): ...", "socket.socket"),
        ("import subprocess as s\nfrom functools import partial\np = partial(s.run, [])", "subprocess.run"),
        ("import replicate\n@replicate.run\ndef f(): ...", "replicate.run"),
        ("import cv2\ncv2.VideoCapture('https://a.example')", "cv2.VideoCapture"),
        ("x = __import__('httpx')", "__import__"),
        ("from langgraph.pregel import remote\nremote.Remote()", "langgraph.pregel.remote.Remote"),
    ],
)  # fmt: skip
def test_whoever_opens_a_line_is_seen(source: str, seen: str) -> None:
    """The control, in the ways in which one could come in."""
    assert opened_by(source, ONLINE) == {seen: 1}


def test_a_type_or_an_error_opens_nothing() -> None:
    source = "import httpx\ndef f(c: httpx.AsyncClient) -> httpx.Client:\n    raise httpx.ConnectError(c)"
    assert not opened_by(source, ONLINE)


@pytest.mark.parametrize("body", [StatelessRunBody, RunBody])
def test_a_run_takes_no_address_to_ring_at(body: type[StatelessRunBody]) -> None:
    """LangGraph's own servers post to the `webhook` of a run, wherever it lies."""
    for webhook in ("http://169.254.169.254/", "https://hooks.example.org/", ""):
        with pytest.raises(ValidationError, match="webhook"):
            body.model_validate({"assistant_id": "novela", "webhook": webhook})
    assert body.model_validate({"assistant_id": "novela", "webhook": None}).webhook is None
