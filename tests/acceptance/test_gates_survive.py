"""A gate outlives a power cut of server and database, and takes one of several answers (D-03, S3-28)."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx

from tests.acceptance.served_house import ROOT, ServedHouse, Visitor
from tools.ffmpeg.probe import probe

MICRO = json.loads((ROOT / "examples" / "micro.json").read_text())


async def test_a_gate_answered_after_a_power_cut_goes_on_exactly(
    data_dir: Path, voice_models: Path, tmp_path: Path
):
    """Same question, one of two answers, one panel redrawn, a master to download, every event once."""
    (data_dir / "models").symlink_to(voice_models)
    house, visitor = ServedHouse(data_dir), Visitor()
    async with house.open() as client:
        await visitor.start(client, MICRO)
        await visitor.hear(client, 5)
        await _approve(client, visitor, "approve_budget")
        asked = await visitor.to_gate(client, "review_storyboard")
        drawn = await visitor.calls(client, "storyboard")
        await house.cut_the_power()

    async with house.open() as client:
        again = await visitor.to_gate(client, "review_storyboard")
        assert again == asked
        await _refuses_nonsense(client, visitor, again)
        await _takes_one_of_two(client, visitor, again, slate="1B")
        redrawn = await visitor.to_gate(client, "review_storyboard")
        assert _changed(asked, redrawn) == ["1B"]
        *kept, new = await visitor.calls(client, "storyboard")
        assert (kept, new["item"], new["takeNumber"]) == (drawn, "1B", 2)
        assert (await visitor.answer(client, redrawn, approve_all=True)).status_code == 202
        await _approve(client, visitor, "review_scene")
        await visitor.hear_of(client, "mastering")
        await house.cut_the_power()  # the second one: while the clips are joined (S2-127)

    async with house.open() as client:
        await visitor.to_end(client)
        assert {call["takeNumber"] for call in await visitor.calls(client, "take")} == {1}
        facts = await probe(await _download(client, visitor, tmp_path))
        assert (facts.width, facts.height, facts.video_codec, facts.audio_codec) == (320, 180, "h264", "aac")
        assert [(one.id, one.data) for one in visitor.heard] == [
            (one.id, one.data) for one in await visitor.whole_log(client)
        ]


async def _approve(client: httpx.AsyncClient, visitor: Visitor, name: str) -> None:
    gate = await visitor.to_gate(client, name)
    assert (await visitor.answer(client, gate, approve_all=True)).status_code == 202


async def _refuses_nonsense(client: httpx.AsyncClient, visitor: Visitor, gate: dict[str, Any]) -> None:
    for items in ({"1B": {"light": "BLUE"}}, {"1B": {"light": "YELLOW"}}, {"9Z": {"light": "RED"}}):
        refused = await visitor.answer(client, gate, approve_all=True, items=items)
        assert refused.status_code == 422, refused.text
    assert await visitor.to_gate(client, gate["gate"]) == gate, "the gate stays open"


async def _takes_one_of_two(
    client: httpx.AsyncClient, visitor: Visitor, gate: dict[str, Any], *, slate: str
) -> None:
    """Two people send different notes at the same moment."""
    notes = [{slate: {"light": "YELLOW", "note": note}} for note in ("at sunset", "at night")]
    answers = await asyncio.gather(
        *(visitor.answer(client, gate, approve_all=True, items=items) for items in notes)
    )
    assert sorted(answer.status_code for answer in answers) == [202, 409]


def _changed(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    pairs = zip(before["request"]["items"], after["request"]["items"], strict=True)
    return [old["item"] for old, new in pairs if old["media"]["sha256"] != new["media"]["sha256"]]


async def _download(client: httpx.AsyncClient, visitor: Visitor, folder: Path) -> Path:
    files = (await client.get(f"{visitor.url}/files")).json()["data"]
    [link] = [file["url"] for file in files if file["name"] == "master.mp4"]
    (folder / "master.mp4").write_bytes((await client.get(link)).raise_for_status().content)
    return folder / "master.mp4"
