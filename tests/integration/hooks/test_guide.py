"""The receiver of docs/webhooks.md, as it stands there."""

import asyncio
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from server.hooks.facts import EVENT_TYPES
from server.hooks.schedule import RETRIES_S
from tests.integration.hooks.conftest import HooksLot

GUIDE = (Path(__file__).parents[3] / "docs" / "webhooks.md").read_text()


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """The names of the example, and a server of it on some port."""
    found = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    assert found is not None
    monkeypatch.setenv("WEBHOOK_SECRETS", "")
    names: dict[str, Any] = {"__name__": "example"}
    exec(found[1], names)  # noqa: S102 - our own guide
    names["Hook"].log_message = lambda *_: None
    server = ThreadingHTTPServer(("127.0.0.1", 0), names["Hook"])
    names["port"] = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield names
    server.shutdown()
    thread.join()
    server.server_close()


async def test_it_takes_what_is_sent_once_and_refuses_everything_else(
    lot: HooksLot, example: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"http://127.0.0.1:{example['port']}/"
    endpoint, old = await lot.endpoint(url=url)
    example["SECRETS"].append(old)
    lot.clock.started = datetime.now(UTC)  # the example looks at the time of day
    await lot.asks(await lot.production())
    assert await lot.send() == 1
    [row] = await lot.notices()
    assert row["status"] == "delivered"
    await lot.deliveries.send_again("ana", endpoint, str(row["notice_id"]))
    fresh, _ = await lot.endpoints.rotate("ana", endpoint)
    await lot.send()
    example["SECRETS"][:] = [fresh.get_secret_value()]
    await lot.ends(await lot.production())
    await lot.send()
    assert [one["status_code"] for one in await lot.attempts()] == [204, 204, 204]
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[0] for line in lines if line.startswith(("gate.", "run."))]
    assert told == ["gate.waiting", "run.ended"]


async def test_a_stranger_and_an_old_message_are_refused(lot: HooksLot, example: dict[str, Any]) -> None:
    """The control."""
    url = f"http://127.0.0.1:{example['port']}/"
    await lot.endpoint(url=url)
    example["SECRETS"].append("whsec_" + "QUJD" * 10)
    await lot.ends(await lot.production())
    await lot.send()  # by a clock of another year, and with another secret
    [attempt] = await lot.attempts()
    assert attempt["status_code"] == 401

    def stranger() -> int:
        with httpx.Client(trust_env=False) as client:
            return client.post(url, content=b"{}").status_code

    assert await asyncio.to_thread(stranger) == 401


def test_the_guide_names_every_event_and_the_schedule() -> None:
    assert all(f"| `{name}` |" in GUIDE for name in EVENT_TYPES)
    assert len(RETRIES_S) == 7
    assert "5 s, 5 min, 30 min, 2 h, 5 h, 10 h and 14 h" in " ".join(GUIDE.split())
