"""A process as it is: a run on a real worker asks and ends, and a receiver hears of both at once."""

import asyncio
from pathlib import Path

import pytest

from server.composition import Parts, open_parts
from server.hooks.sender import Sender
from tests.builders import A_MASTER_KEY
from tests.integration.runs.tiny_graphs import graphs
from tests.standins.receiver import Receiver
from tools.settings import Settings


async def until(parts: Parts, production: str, status: str) -> None:
    async with asyncio.timeout(20):
        async for event in parts.events.follow(production):
            if event.method == "lifecycle" and event.payload.get("status") == status:
                return


async def test_a_gate_and_an_end_are_told_by_the_process_that_drives(
    database_url: str, tmp_path: Path, receiver: Receiver
) -> None:
    settings = Settings.model_validate(
        {"data_dir": tmp_path, "database_url": database_url, "master_key": A_MASTER_KEY, "workers": 2,
         "render_processes": 1, "public_url": "http://studio.example.org", "webhook_networks": "127.0.0.0/8"}
    )  # fmt: skip
    async with open_parts(settings, specs=graphs()) as parts:
        parts.sender._safety_s = 60  # the bell rings, or this test waits too long
        _, secret = await parts.house.webhooks.endpoints.add(
            "ana", url=receiver.url, description="", events=["gate.waiting", "run.ended"]
        )
        run = await parts.house.runs.start(user_id="ana", graph="gate", title="Mine", brief={}, context={})
        await until(parts, run.production_id, "paused")
        await receiver.until(1)
        gate = receiver.messages[0].payload
        assert (gate["type"], gate["data"]["production_id"]) == ("gate.waiting", run.production_id)
        await parts.house.runs.answer(
            user_id="ana", production_id=run.production_id, interrupt_id=gate["data"]["gate_id"],
            reply={"decision": "GREEN"},
        )  # fmt: skip
        await receiver.until(2)
        failed = await parts.house.runs.start(user_id="ana", graph="breaks", title="", brief={}, context={})
        await receiver.until(3)
    assert receiver.types == ["gate.waiting", "run.ended", "run.ended"]
    assert all(message.is_signed_with(secret.get_secret_value()) for message in receiver.messages)
    done, broken = (message.payload["data"] for message in receiver.messages[1:])
    assert (done["status"], done["run_id"] is not None) == ("completed", True)
    # S4-101: the alert of a failed production, and one of it.
    assert (broken["status"], broken["error"]["code"]) == ("failed", "ffmpeg_failed")
    assert broken["production_id"] == failed.production_id
    assert done["url"] == f"http://studio.example.org/productions/{run.production_id}"


async def test_background_work_that_dies_breaks_no_run_and_is_told(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S2-099: the sender dies of a bug; the run ends as if nothing had happened, and monitors know."""

    async def dies(_: Sender) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr(Sender, "run", dies)
    settings = Settings.model_validate(
        {"data_dir": tmp_path, "database_url": database_url, "workers": 1, "render_processes": 1}
    )
    async with open_parts(settings, specs=graphs()) as parts:
        run = await parts.house.runs.start(user_id="ana", graph="line", title="", brief={}, context={})
        await until(parts, run.production_id, "completed")
        wrong = {part.name: part.problem for part in parts.house.vitals.alive() if not part.ok}
    assert wrong == {"sender": "it has ended by an error"}


async def test_a_process_that_does_not_work_sends_nothing(
    database_url: str, tmp_path: Path, receiver: Receiver
) -> None:
    settings = Settings.model_validate(
        {
            "data_dir": tmp_path,
            "database_url": database_url,
            "master_key": A_MASTER_KEY,
            "render_processes": 1,
        }
    )
    async with open_parts(settings, specs=graphs(), works=False) as parts:
        row, _ = await parts.house.webhooks.endpoints.add(
            "ana", url=receiver.url, description="", events=["run.ended"]
        )
        await parts.house.webhooks.send_test("ana", row["id"])
        assert parts.events.tail.on_notice is None
    assert receiver.messages == []
