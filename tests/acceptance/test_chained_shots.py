"""Takes that go on from each other: what one ends with, the next begins with."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from server.briefs import read_context
from server.composition import Parts
from state.context import RunContext
from state.errors import BriefIncomplete, ProviderError
from state.order import EngineRequest, VideoRequest
from tests.acceptance.studio_lot import Walk, begin, sold
from tests.acceptance.test_paid_novela import Paid, as_it_came
from tools.engines.files import NO_FILES, Files
from tools.orders import collecting
from tools.post.stills import frame_at
from tools.work_folder import work_folder

VEO, WAN = "google-veo-3.1-fast", "wan-2.5-t2v-fast"
ONE_BY_ONE = {"chain_shots": True, "max_parallel_takes": 5, "substitution": "never"}


class Camera(Paid):
    """Keeps what it was sent, and how many jobs were at work at once."""

    def __init__(self, provider: str, real: Any) -> None:
        super().__init__(real)
        self.provider = provider
        self.sent: dict[str, list[VideoRequest]] = {}
        self.refuses, self.refuses_once = set[str](), set[str]()
        self.at_work, self.peak = set[str](), 0
        self.ends_at, self.full = 0, asyncio.Event()  # no job ends before so many are at work

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        item = call_key.split(":")[2]
        if isinstance(request, VideoRequest):
            self.sent.setdefault(item, []).append(request)
            if item in self.refuses or item in self.refuses_once:
                self.refuses_once.discard(item)
                raise ProviderError("not these words", kind="refused", provider=self.provider)
        own = {"first_frame": None, "last_frame": None} if isinstance(request, VideoRequest) else {}
        small = request.model_copy(update={"width": 160, "height": 90, **own})
        external_id = await super().submit(small, call_key=call_key, files=files)
        if isinstance(request, VideoRequest):
            self.at_work.add(external_id)
            self.peak = max(self.peak, len(self.at_work))
            if self.peak >= self.ends_at:
                self.full.set()
        return external_id

    async def fetch(self, external_id: str, into: Path) -> Any:
        if external_id in self.at_work:
            await asyncio.wait_for(self.full.wait(), 60)
        fetched = await self.real.fetch(external_id, into)
        self.at_work.discard(external_id)
        return fetched


@pytest.fixture(autouse=True)
def drawn_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "verify", as_it_came)


def open_cameras(parts: Parts) -> dict[str, Camera]:
    real = parts.tools.engines["previz"]
    return {name: sold(parts, Camera(name, real)) for name in ("google", "replicate")}


async def shot(parts: Parts, context: Mapping[str, Any], **brief: Any) -> tuple[Walk, dict[str, Any]]:
    """The scene at its review, and the takes and panels in the state."""
    walk = await begin(parts, context=context, resolution="720p", **brief)
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()
    await walk.to_gate("review_scene")
    return walk, await state_of(walk)


async def state_of(walk: Walk) -> dict[str, Any]:
    values = await walk.parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    return dict(values.values)


@asynccontextmanager
async def last_frame(walk: Walk, state: dict[str, Any], item: str) -> AsyncIterator[bytes]:
    """The last frame that is seen of a take, as anybody would cut it out."""
    take = state["takes"][item]
    shown = min(state["shot_seconds"].get(item, take["duration_s"]), take["duration_s"])
    source = await walk.parts.tools.media.get(take["media"]["key"])
    async with work_folder("test") as folder:
        yield (await frame_at(source, shown - 1 / state["format"]["fps"], folder / "own.png")).read_bytes()


def digests(request: VideoRequest) -> tuple[str, str]:
    """Of the frames that it begins and ends with; empty for none."""
    frames = (request.first_frame, request.last_frame)
    return frames[0].sha256 if frames[0] else "", frames[1].sha256 if frames[1] else ""


async def test_the_last_frame_of_a_take_is_the_first_of_the_next_and_its_panel_the_last(parts: Parts) -> None:
    """S5-053, S4-039, S5-050."""
    google = open_cameras(parts)["google"]
    walk, state = await shot(parts, ONE_BY_ONE, model_id=VEO)
    first, second, third = (google.sent[item][0] for item in ("1A", "1B", "1C"))
    panels = {item: panel["media"]["sha256"] for item, panel in state["panels"].items()}
    assert digests(first) == (panels["1A"], "")
    for item, before, request in (("1B", "1A", second), ("1C", "1B", third)):
        assert request.first_frame is not None
        assert digests(request)[1] == panels[item]
        kept = await walk.parts.tools.media.get(request.first_frame.key)
        async with last_frame(walk, state, before) as frame:
            assert kept.read_bytes() == frame
        assert state["takes"][item]["began_with"] == request.first_frame.sha256
        assert state["takes"][item]["anchors"] == []
    assert google.peak == 1, "one after the other"
    await again_from_another(walk, google)


async def again_from_another(walk: Walk, google: Camera) -> None:
    """Another take of the first: the second is not bought anew, and says that it goes on from the old one."""
    await walk.answer(**{"1A": {"light": "RED"}})
    gate = await walk.to_gate("review_scene")
    assert {item["item"]: item["mark"] for item in gate["items"][1:]} == {
        "1A": "", "1B": "begins where an earlier take of 1A ended", "1C": "",
    }  # fmt: skip
    assert [len(google.sent[item]) for item in ("1A", "1B", "1C")] == [2, 1, 1]
    await walk.answer(**{"1B": {"light": "RED"}})
    gate = await walk.to_gate("review_scene")
    assert {item["mark"] for item in gate["items"][1:2]} == {""}
    state = await state_of(walk)
    [_, again] = google.sent["1B"]
    assert again.first_frame is not None
    assert again.first_frame.sha256 == state["takes"]["1A"]["tail"]["sha256"]


async def test_without_the_setting_each_take_begins_with_its_own_panel(parts: Parts) -> None:
    """The control."""
    google = open_cameras(parts)["google"]
    _, state = await shot(parts, {"max_parallel_takes": 5, "substitution": "never"}, model_id=VEO)
    for item, [request] in google.sent.items():
        assert digests(request) == (state["panels"][item]["media"]["sha256"], "")
        assert (state["takes"][item]["tail"], state["takes"][item]["began_with"]) == (None, "")
    assert google.peak > 1


async def test_where_the_model_cannot_be_told_the_cut_blends_instead(parts: Parts) -> None:
    """S4-064: Wan takes no frame; the frame is an anchor of the cut, and people are told."""
    replicate = open_cameras(parts)["replicate"]
    walk, state = await shot(parts, ONE_BY_ONE, model_id=WAN)
    assert all(one.first_frame is None for [one] in replicate.sent.values())
    takes = state["takes"]
    assert takes["1A"]["anchors"] == []
    assert takes["1B"]["anchors"] == [{"edge": "first", "media": takes["1A"]["tail"]}]
    told = await walk.parts.house.database.fetch_all(
        "select payload -> 'payload' ->> 'text' as text from events"
        " where production_id = %s and payload ->> 'name' = 'warning'",
        (walk.production_id,),
    )
    said = f"1B: {WAN} cannot be told its first frame; the cut blends out of it instead."
    assert [row["text"] for row in told].count(said) == 1
    await walk.answer()
    await walk.to_end()


@pytest.mark.parametrize("at_once", [3, pytest.param(5, marks=pytest.mark.nightly)])
async def test_no_more_than_so_many_are_made_at_once_and_what_fails_once_is_ordered_once_more(
    parts: Parts, at_once: int
) -> None:
    """S2-035, S2-036, S4-090: six calls for five takes, and the other four are ordered once."""
    replicate = open_cameras(parts)["replicate"]
    # What was refused never was a job: the other four are all that five could have been.
    replicate.refuses_once, replicate.ends_at = {"1C"}, min(at_once, 4)
    context = {"max_parallel_takes": at_once, "substitution": "never"}
    _, state = await shot(parts, context, model_id=WAN, shots_per_scene=5, episode_seconds=10)
    calls = {item: len(sent) for item, sent in replicate.sent.items()}
    assert calls == {"1A": 1, "1B": 1, "1C": 2, "1D": 1, "1E": 1}
    assert {take["status"] for take in state["takes"].values()} == {"done"}
    assert replicate.peak == min(at_once, 4)


def test_how_many_are_made_at_once_is_five_and_never_more_than_ten() -> None:
    assert RunContext().max_parallel_takes == 5
    for wrong in (0, 11, "many"):
        with pytest.raises(BriefIncomplete, match=r"context\.max_parallel_takes"):
            read_context({"max_parallel_takes": wrong}, user_id="local")
    assert [
        read_context({"max_parallel_takes": n}, user_id="local")["max_parallel_takes"] for n in (1, 10)
    ] == [1, 10]


async def test_what_follows_a_take_that_failed_waits_for_a_person(parts: Parts) -> None:
    """Nothing is bought that goes on from nothing; what is missing is named, and made once it can be."""
    google = open_cameras(parts)["google"]
    google.refuses = {"1B"}
    walk, state = await shot(parts, ONE_BY_ONE, model_id=VEO)
    assert ("1C" in google.sent, "1C" in state["takes"]) == (False, False)
    gate = await walk.to_gate("review_scene")
    assert "Shots without a usable take: 1B, 1C." in gate["items"][0]["text"]
    google.refuses = set()
    await walk.answer(**{"1B": {"light": "RED"}})
    await walk.to_gate("review_scene")
    assert len(google.sent["1C"]) == 1
