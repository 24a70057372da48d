"""The novela graph, gate by gate, on the offline engines."""

import json
from typing import Any

import pytest

from server.composition import Parts
from state.errors import ReviewRefused
from state.media import MediaRef
from tests.acceptance.studio_lot import begin, billed_by_action, micros
from tools.ffmpeg.probe import probe

FREE = {"GREEN": 0, "YELLOW": 0, "RED": 0}


def panels_of(gate: dict[str, Any]) -> dict[str, str]:
    return {item["item"]: item["media"]["sha256"] for item in gate["items"] if item["media"]}


async def test_nothing_is_ordered_before_the_budget_is_approved_and_red_ends_it(parts: Parts):
    """Promise 1: at the gate the ledger holds no engine order; RED leaves it so (S1-13)."""
    walk = await begin(parts)
    gate = await walk.to_gate("approve_budget")
    assert await walk.orders() == []
    assert gate["quote"]["calls"]
    await walk.answer(budget={"light": "RED"})
    state = await walk.to_end()
    assert state.values["refused"] is True
    assert await walk.orders() == []


async def test_a_note_changes_only_what_it_must(parts: Parts):
    """YELLOW and RED on single panels and shots; every other picture, take and line stays the same file."""
    walk = await begin(parts)
    assert micros(await walk.to_gate("approve_budget")) == {"budget": FREE}
    await walk.answer()
    gate = await walk.to_gate("review_storyboard")
    assert micros(gate) == dict.fromkeys(("1A", "1B", "1C"), FREE), "S3-73: also what costs nothing is shown"
    first = panels_of(gate)
    await walk.answer(**{"1B": {"light": "YELLOW", "note": "at sunset"}, "1C": {"light": "RED"}})
    second = panels_of(await walk.to_gate("review_storyboard"))
    assert second["1A"] == first["1A"]
    assert second["1B"] != first["1B"]
    assert [row["take_number"] for row in await walk.orders("storyboard") if row["item"] == "1B"] == [1, 2]
    seeds = [row["request"]["seed"] for row in await walk.orders("storyboard") if row["item"] == "1C"]
    assert len(set(seeds)) == 2, "RED draws with another seed"

    await walk.answer()
    gate = await walk.to_gate("review_scene")
    assert micros(gate) == dict.fromkeys(("scene-1", "1A", "1B", "1C"), FREE)
    scene = panels_of(gate)
    await walk.answer(**{"1A": {"light": "YELLOW", "note": "closer"}})
    again = panels_of(await walk.to_gate("review_scene"))
    assert again["1A"] != scene["1A"]
    assert (again["1B"], again["1C"]) == (scene["1B"], scene["1C"])
    voices = [row["item"] for row in await walk.orders("voice")]
    assert len(voices) == len(set(voices)), "no line was recorded twice"
    await walk.answer()
    await _delivered(parts, (await walk.to_end()).values)
    assert await billed_by_action(walk) == dict.fromkeys(("GREEN", "RED", "YELLOW"), 0)


async def _delivered(parts: Parts, values: dict[str, Any]) -> None:
    """The files are real: a master that probes, a record that names every take (D-10)."""
    files = {name: MediaRef.model_validate(ref) for name, ref in values["deliverables"].items()}
    assert set(files) == {
        "master.mp4", "animatic.mp4", "captions.srt", "captions.vtt", "contact-sheet.png", "ledger.json",
        "ledger.csv", "episode.json", "script.fountain", "provenance.json", "disclosure.txt", "quality.json",
    }  # fmt: skip
    facts = await probe(await parts.tools.media.get(files["master.mp4"].key))
    assert (facts.width, facts.height, facts.fps) == (320, 180, 24)
    assert (facts.video_codec, facts.audio_codec, facts.audio_rate_hz) == ("h264", "aac", 48000)
    record = json.loads((await parts.tools.media.get(files["episode.json"].key)).read_text())
    slates = [shot["slate"] for shot in record["scenes"][0]["shots"]]
    assert slates == ["1A-2", "1B-1", "1C-1"]
    assert record["prompts"], "every text call is listed with its digest"


async def test_yellow_on_the_budget_asks_again_with_the_other_models_price(parts: Parts):
    """The offline engine stands in for every model, so what would be paid stays 0 and its quote the same."""
    walk = await begin(parts)
    first = await walk.to_gate("approve_budget")
    await walk.answer(budget={"light": "YELLOW", "note": "finer", "model_override": "wan-2.5-t2v"})
    second = await walk.to_gate("approve_budget")
    assert second["quote"]["would_have_cost"]["micros"] > first["quote"]["would_have_cost"]["micros"]
    assert second["quote"]["total"] == first["quote"]["total"] == {"micros": 0}
    assert await walk.orders() == []


async def test_another_quote_than_the_one_shown_is_refused_and_the_gate_stays_open(parts: Parts):
    walk = await begin(parts)
    gate = await walk.to_gate("approve_budget")
    with pytest.raises(ReviewRefused, match=gate["quote"]["quote_id"]):
        await parts.house.runs.answer(
            user_id="local", production_id=walk.production_id, interrupt_id=None,
            reply={"approve_all": True, "quote_id": "another"},
        )  # fmt: skip
    assert (await walk.state()).status == "paused"


async def test_a_scene_that_cannot_be_sent_is_mended_by_the_fallback_handler(parts: Parts):
    """180p is nothing wan offers: one repair, told in one conversation (S1-20, S1-21)."""
    walk = await begin(parts, model_id="wan-2.5-t2v-fast")
    await walk.to_gate("approve_budget")
    said = [(m["from_agent"], m["to_agent"], m["message_type"], m["action"]) for m in await walk.messages()]
    ask, fix = "validate_and_cost", "fix_validation"
    assert said == [
        ("script_writer", "system_integrator", "request", ask),
        ("system_integrator", "script_writer", "response", ask),
        ("script_writer", "fallback_handler", "request", fix),
        ("fallback_handler", "script_writer", "response", fix),
        ("script_writer", "system_integrator", "request", ask),
        ("system_integrator", "script_writer", "response", ask),
    ]
    messages = await walk.messages()
    assert len({message["conversation_id"] for message in messages}) == 1
    assert all(message["response_received"] for message in messages if message["message_type"] == "request")
    prompts = [
        row for row in await parts.tools.orders.history(walk.production_id) if row["stage"] == "script"
    ]
    assert len(prompts) == 2
    assert "480p" in json.dumps(prompts[1]["request"]), "the second prompt holds the suggestion"


class Elsewhere:
    """An engine of a provider that makes nothing we need: this house is not wholly offline any more."""

    media: frozenset[str] = frozenset()

    async def aclose(self) -> None:
        return None


async def test_drawings_in_a_house_with_other_engines_are_marked_and_told(parts: Parts):
    engines: Any = parts.tools.engines
    engines["elsewhere"] = Elsewhere()
    walk = await begin(parts)
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    drawn = await walk.orders("storyboard")
    assert [row["degraded"] for row in drawn] == [True] * 3
    events, _ = await parts.events.read(walk.production_id, after=0, limit=5000)
    told = [event.payload for event in events if event.method == "custom"]
    assert sorted(one["payload"]["item"] for one in told if one["name"] == "degraded") == ["1A", "1B", "1C"]


async def test_checkpoints_hold_references_and_never_bytes_or_keys(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
):
    """D-11: no picture in a checkpoint, none over 256 kB, no secret of the process."""
    walk = await begin(parts, review="auto")
    await walk.to_end()
    rows = await parts.tools.database.fetch_all(
        "select blob from checkpoint_blobs where thread_id = %(id)s and blob is not null"
        " union all select blob from checkpoint_writes where thread_id = %(id)s",
        {"id": walk.production_id},
    )
    blobs = [bytes(row["blob"]) for row in rows]
    assert blobs
    assert max(map(len, blobs)) < 256_000
    secret = (parts.tools.settings.data_dir / "link_secret").read_bytes().strip()
    for marker in (b"\x89PNG", b"ftypisom", b"RIFF", secret, b"state.script", b"state.film"):
        assert not any(marker in blob for blob in blobs), marker
