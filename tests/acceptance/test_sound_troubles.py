"""Lines that are paid for and do not come: nothing is asked twice, nothing is left out in silence."""

from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from server.branches.fork import Difference, fork
from server.branches.replay import replay
from state.errors import ProviderError
from state.order import EngineRequest, FailureKind
from tests.acceptance.studio_lot import USER, Walk, begin
from tests.acceptance.test_bought_films import Lot, lot
from tests.acceptance.test_branches import _asked as checkpoints_asked
from tests.acceptance.test_branches import ended
from tests.archives import bring, packed
from tools.engines.files import NO_FILES, Files

pytestmark = pytest.mark.usefixtures("no_pauses")
SPOKEN = {"model_id": "previz-animatic", "image_model": "previz-panel", "voice_model": "gemini-tts"}


class Hoarse:
    """A provider that has no voice for some lines."""

    def __init__(self, real: Any, kind: FailureKind) -> None:
        self.real, self.provider, self.kind = real, real.provider, kind
        self.media = frozenset({"voice"})
        self.items = set[str]()
        """The lines that it does not speak now."""
        self.bought = list[str]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        item = call_key.split(":")[2]
        if item in self.items:
            raise ProviderError("no voice", kind=self.kind, provider=self.provider, model=request.model)
        external_id: str = await self.real.submit(request, call_key=call_key, files=files)
        self.bought.append(item)
        return external_id


@pytest.fixture
async def here(database_url: str, tmp_path: Path, voice_models: Path) -> Any:
    async with AsyncExitStack() as stack:
        yield await lot(stack, database_url, tmp_path / "data", voice_models, "google", "openai", "replicate")


def hoarse(here: Lot, kind: FailureKind) -> Hoarse:
    """Google, asked with the key that the house has."""
    engines: Any = here.parts.tools.engines
    engines["google"] = made = Hoarse(engines["google"], kind)
    return made


async def shooting(walk: Walk) -> None:
    """Past the gates before the camera."""
    for gate in ("approve_budget", "review_storyboard"):
        await walk.to_gate(gate)
        await walk.answer()


async def lines_of(walk: Walk) -> list[str]:
    """What is to be spoken, by its quote."""
    quoted = (await walk.to_gate("approve_budget"))["quote"]
    return [call["item"] for call in quoted["calls"] if call["stage"] == "voice"]


def sold_by(here: Lot) -> dict[str, int]:
    """How many orders of sound have reached each vendor."""
    books = here.media.books
    return {
        "google": len(books.posts("google")), "openai": len(books.posts("openai")),
        "replicate": len(here.jobs.books.orders("replicate")),
    }  # fmt: skip


async def test_what_was_bought_before_a_pause_is_not_asked_about_again(here: Lot) -> None:
    """The step is done anew from its beginning; the line that is there has used its approval up."""
    google = hoarse(here, "not_sent")
    walk = await begin(here.parts, context={"substitution": "ask"}, **SPOKEN)
    lines = await lines_of(walk)
    google.items = {lines[-1]}
    await shooting(walk)
    state = await walk.to_end("paused")
    assert (state.error or {})["code"] == "stand_in_proposed"
    assert 0 < len(google.bought) < len(lines)
    google.items.clear()
    await here.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
    await walk.to_gate("review_scene")
    assert sorted(google.bought) == sorted(lines), "each line once"
    rows = await walk.orders("voice")
    assert {(row["state"], row["provider"]) for row in rows} == {("done", "google")}


async def test_a_line_that_nobody_spoke_is_told_and_spoken_when_its_shot_is_made_again(here: Lot) -> None:
    """Also where everything is approved as planned: a silent line was not."""
    google = hoarse(here, "refused")
    auto = {"auto_approve_usd": "9.00", "substitution": "any"}
    google.items = {"1A/1"}
    walk = await begin(here.parts, review="auto", context=auto, **SPOKEN)
    scene = await walk.to_gate("review_scene")
    assert "Lines that nobody has spoken: 1A/1." in scene["items"][0]["text"]
    assert "(line 1A/1: no voice)" in next(one["text"] for one in scene["items"] if one["item"] == "1A")
    before = list(google.bought)
    google.items.clear()
    await walk.answer(**{"1A": {"light": "RED"}})
    await walk.to_end()
    assert google.bought == [*before, "1A/1"], "it alone"
    spoken = {row["item"]: row["state"] for row in await walk.orders("voice")}
    assert set(spoken.values()) == {"done"}


async def test_an_episode_goes_on_without_a_line_where_a_person_says_so(here: Lot) -> None:
    google = hoarse(here, "refused")
    google.items = {"1A/1"}
    walk = await begin(here.parts, review="auto", context={"auto_approve_usd": "9.00"}, **SPOKEN)
    await walk.to_gate("review_scene")
    await walk.answer()
    await walk.to_end()
    assert "1A/1" not in google.bought


async def to_its_end(walk: Walk) -> str:
    """All gates kept as they are; the digest of the master."""
    for gate in ("approve_budget", "review_storyboard", "review_scene"):
        await walk.to_gate(gate)
        await walk.answer()
    values = (await walk.to_end()).values or {}
    digest: str = values["deliverables"]["master.mp4"]["sha256"]
    return digest


async def told_apart(here: Lot, source: str) -> set[str]:
    """What a replay makes otherwise."""
    again = await replay(here.parts.house, source, user_id=USER)
    report = await ended(here.parts, again.production_id)
    return {one.where for one in report.differences}


@pytest.mark.nightly
async def test_a_replay_a_copy_and_a_branch_have_what_was_bought(here: Lot) -> None:
    """One line is by a stand-in, which has an order of its own; nothing is bought a second time."""
    google = hoarse(here, "not_sent")
    google.items = {"1A/1"}
    walk = await begin(here.parts, context={"substitution": "any"}, **SPOKEN, music_model="musicgen")
    master = await to_its_end(walk)
    bought = sold_by(here)
    assert bought == {"google": len(google.bought), "openai": 1, "replicate": 1}
    archive = await packed(here.parts.house, walk.production_id)
    copied = await bring(here.parts.house, archive, as_new=True)
    assert await told_apart(here, walk.production_id) == set()
    books = {"deliverables.ledger.csv", "deliverables.ledger.json"}
    assert await told_apart(here, copied.production_id) <= books, "which bear the name of their production"
    first = (await checkpoints_asked(here.parts, walk, "review_storyboard"))[0]
    kept = Difference(checkpoint_id=first, reply={"approve_all": True, "items": {}})
    branch = Walk(
        here.parts, (await fork(here.parts.house, walk.production_id, kept, user_id=USER)).production_id
    )
    await branch.to_gate("approve_budget")  # what a parent approved does not bind its branch
    await branch.answer()
    await branch.to_gate("review_scene")
    await branch.answer()
    values = (await branch.to_end()).values or {}
    assert values["deliverables"]["master.mp4"]["sha256"] == master
    assert sold_by(here) == bought


@pytest.mark.parametrize("substitution", ["same_tier", "ask"])
async def test_without_its_key_what_was_to_be_paid_is_not_made_here_in_silence(
    here: Lot, substitution: str
) -> None:
    """That our own voice may stand in was approved for a Google that fails, not for a house without it."""
    walk = await begin(here.parts, context={"substitution": substitution}, **SPOKEN, music_model="musicgen")
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_gate("review_storyboard")
    engines: Any = here.parts.tools.engines
    google, replicate = engines.pop("google"), engines.pop("replicate")
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert "Not approved as planned now" in gate["why"]
    assert {call["provider"] for call in gate["quote"]["calls"]} == {"previz"}
    engines["google"] = google
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert {call["provider"] for call in gate["quote"]["calls"] if call["stage"] == "voice"} == {"google"}
    await walk.answer()
    await walk.to_gate("review_scene")
    assert await walk.orders("music") == [], "nobody has played yet"
    engines["replicate"] = replicate
    await walk.answer()
    await walk.to_gate("approve_budget")
    await walk.answer()
    await walk.to_end()
    assert {(row["stage"], row["provider"]) for row in await walk.orders() if row["cost_actual"]} == {
        ("voice", "google"), ("music", "replicate"),
    }  # fmt: skip
