"""The micro-episode with voices and music of the stand-ins: what is heard in the master is what they made."""

import json
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from nodes.post import render_master
from server.branches.fork import Difference, fork
from server.threads.change_state import Change
from state.errors import FfmpegFailed, ProviderError
from state.order import EngineRequest
from tests.acceptance.studio_lot import USER, Walk, begin, sold
from tests.acceptance.test_bought_films import AUTO, Lot, lot, made
from tests.standins.job_vendors.sounds import NOTES_HZ
from tests.standins.media_vendors.google_making import VOICES as GOOGLES
from tests.standins.media_vendors.openai_voices import VOICES as OPENAIS
from tests.standins.media_vendors.sounds import tone_hz
from tools.engines.files import NO_FILES, Files
from tools.post.measure import measure_loudness

OFFLINE_PICTURES = {"model_id": "previz-animatic", "image_model": "previz-panel"}
SPOKEN = {**OFFLINE_PICTURES, "voice_model": "gemini-tts"}
WINDOW_S, NEAR_HZ = 0.5, 3.0


def strongest(master: Path) -> list[float]:
    """The strongest frequency of each half second that is not silent, in hertz."""
    with av.open(str(master)) as film:
        rate = film.streams.audio[0].rate
        parts = [frame.to_ndarray().mean(axis=0) for frame in film.decode(audio=0)]
    samples, size = np.concatenate(parts), round(rate * WINDOW_S)
    windows = [samples[start : start + size] for start in range(0, len(samples) - size, size // 4)]
    heard = [np.abs(np.fft.rfft(one * np.hanning(size))) for one in windows if np.abs(one).max() > 0.01]
    return [float(np.fft.rfftfreq(size, 1 / rate)[int(one.argmax())]) for one in heard]


def in_the_master(hertz: float, tones: list[float]) -> bool:
    return any(abs(tone - hertz) < NEAR_HZ for tone in tones)


async def values_of(walk: Walk) -> dict[str, Any]:
    state = await walk.parts.house.threads.snapshots.read(walk.production_id, graph="novela")
    return state.values


async def file_of(walk: Walk, name: str) -> bytes:
    key = (await values_of(walk))["deliverables"][name]["key"]
    return (await walk.parts.tools.media.get(key)).read_bytes()


@pytest.fixture
async def here(database_url: str, tmp_path: Path, voice_models: Path) -> Any:
    """A house with keys of three who sell sound."""
    async with AsyncExitStack() as stack:
        yield await lot(stack, database_url, tmp_path / "data", voice_models, "google", "openai", "replicate")


async def test_google_speaks_and_replicate_plays(here: Lot) -> None:
    """S5-030, S5-057: every voice in the master is its own character's, and the music is the vendor's."""
    walk = await begin(here.parts, **AUTO, **SPOKEN, music_model="stable-audio-2.5")
    rows, master = await made(walk)
    lines = [row for row in rows if row["stage"] == "voice"]
    [music] = [row for row in rows if row["stage"] == "music"]
    assert {row["provider"] for row in lines} == {"google"}
    assert len(lines) == len(here.media.books.posts("google")) > 0, "each line once"
    assert [music["external_id"]] == [job.id for job in here.jobs.books.orders("replicate")]

    tones = strongest(master)
    speakers = {row["request"]["voice_id"] for row in lines}
    assert all(in_the_master(tone_hz(voice, GOOGLES), tones) for voice in speakers)
    nobody = next(voice for voice in GOOGLES[::-1] if voice not in speakers)
    assert not in_the_master(tone_hz(nobody, GOOGLES), tones), "a voice that nobody has"
    assert any(in_the_master(note, tones) for note in NOTES_HZ)
    assert -15.0 <= (await measure_loudness(master)).integrated_lufs <= -13.0

    cast = {one["name"]: one["voices"]["gemini-tts"] for one in (await values_of(walk))["plan"]["cast"]}
    assert len({*cast.values()}) == len(cast)
    assert all(row["cost_actual"] == row["cost_quoted"] > 0 for row in rows)
    assert music["cost_actual"] == here.jobs.books.micro_usd("replicate") == 200_000
    booked = sum(row["cost_actual"] for row in lines)
    assert here.media.books.micro_usd("google") <= booked, (
        "quoted by the letter, for slow speech in short words"
    )
    assert b"-->" in await file_of(walk, "captions.srt"), "although the vendor tells no times"


async def test_what_openai_bills_by_the_letter_is_what_is_booked(here: Lot) -> None:
    walk = await begin(here.parts, **AUTO, **OFFLINE_PICTURES, voice_model="tts-1")
    rows, master = await made(walk)
    assert {(row["stage"], row["provider"]) for row in rows} == {("voice", "openai")}
    assert sum(row["cost_actual"] for row in rows) == here.media.books.micro_usd("openai") > 0
    older = [voice for voice in OPENAIS if voice not in ("ballad", "verse", "marin", "cedar")]
    tones = strongest(master)
    assert all(in_the_master(tone_hz(row["request"]["voice_id"], older), tones) for row in rows)


class Down:
    """A provider that no request reaches."""

    media = frozenset({"voice", "image", "video"})

    def __init__(self, real: Any) -> None:
        self.real, self.provider, self.tried = real, real.provider, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    async def submit(self, request: EngineRequest, *, call_key: str, files: Files = NO_FILES) -> str:
        self.tried += 1
        raise ProviderError("nobody there", kind="not_sent", provider=self.provider, model=request.model)


@pytest.mark.usefixtures("no_pauses")
async def test_what_google_cannot_openai_speaks_and_everybody_is_told(here: Lot) -> None:
    """S5-031, S5-057: within what was approved, by the character's own voice there."""
    down = sold(here.parts, Down(here.parts.tools.engines["google"]))
    walk = await begin(here.parts, **AUTO, **SPOKEN)
    rows, master = await made(walk)
    spoken = [row for row in rows if row["state"] == "done"]
    assert down.tried > 0
    assert {(row["provider"], row["model"]) for row in spoken} == {("openai", "gpt-4o-mini-tts")}
    cast = {one["voices"]["gpt-4o-mini-tts"] for one in (await values_of(walk))["plan"]["cast"]}
    voices = {row["request"]["voice_id"] for row in spoken}
    assert voices & cast
    assert all(in_the_master(tone_hz(voice, OPENAIS), strongest(master)) for voice in voices)
    tracks = (await values_of(walk))["voices"].values()
    assert {(one["model"], one["instead_of"]) for one in tracks} == {("gpt-4o-mini-tts", "gemini-tts")}
    told = await here.parts.house.database.fetch_all(
        "select from events where production_id = %s and payload ->> 'name' = 'engine_stood_in'",
        (walk.production_id,),
    )
    assert len(told) == len(spoken)
    record = json.loads(await file_of(walk, "episode.json"))
    made_by = [
        line["made_by"] for scene in record["scenes"] for shot in scene["shots"] for line in shot["lines"]
    ]
    assert {(one["model"], one["instead_of"]) for one in made_by} == {("gpt-4o-mini-tts", "gemini-tts")}


@pytest.mark.usefixtures("no_pauses")
async def test_where_nobody_sells_sound_now_it_is_made_here_and_told(here: Lot) -> None:
    """The last of every chain: nothing is missing, nothing is paid, and everybody knows."""
    for name in ("google", "openai", "replicate"):
        down = sold(here.parts, Down(here.parts.tools.engines[name]))
        down.media = down.real.media
    walk = await begin(here.parts, **AUTO, **SPOKEN, music_model="stable-audio-2.5")
    rows, master = await made(walk)
    assert {(row["state"], row["cost_actual"]) for row in rows} == {("failed", 0)}
    values = await values_of(walk)
    tracks = values["voices"].values()
    assert {(one["model"], one["instead_of"], one["degraded"]) for one in tracks} == {
        ("kokoro-82m", "gemini-tts", True)
    }
    record = json.loads(await file_of(walk, "episode.json"))
    assert (record["music"]["provider"], record["music"]["model"]) == ("previz", "orchestra")
    told = await here.parts.house.database.fetch_all(
        "select payload -> 'payload' ->> 'stage' as stage from events where production_id = %s"
        " and payload ->> 'name' = 'engine_stood_in'",
        (walk.production_id,),
    )
    assert [one["stage"] for one in told].count("music") == 1
    assert -15.0 <= (await measure_loudness(master)).integrated_lufs <= -13.0


async def test_a_slow_voice_makes_its_shot_as_long_as_it_speaks(here: Lot) -> None:
    """As one of our own does: the shot is timed to what is heard, whole frames and no word cut."""
    slow = [{"name": "Ana", "voice": {"rate": 0.5}}, {"name": "Bruno", "voice": {"rate": 0.5}}]
    walk = await begin(here.parts, **AUTO, **OFFLINE_PICTURES, voice_model="tts-1", characters=slow)
    rows, _ = await made(walk)
    values = await values_of(walk)
    written = {
        f"{shot['slate']['scene']}{shot['slate']['shot']}": shot["duration_s"]
        for scene in values["script"]["scenes"]
        for shot in scene["shots"]
    }
    assert {row["request"]["speed"] for row in rows if row["request"]["voice_id"] in voices_of(values)} == {
        0.5
    }
    ends = dict[str, float]()
    for item, track in values["voices"].items():
        ends[item.partition("/")[0]] = track["start_s"] + track["duration_s"]
    assert all(values["shot_seconds"][slate] >= end for slate, end in ends.items())
    assert any(values["shot_seconds"][slate] > written[slate] for slate in ends)


def voices_of(values: dict[str, Any]) -> set[str]:
    """Those of the people; the narrator speaks as usual."""
    return {one["voices"]["tts-1"] for one in values["plan"]["cast"]}


@pytest.mark.nightly
@pytest.mark.usefixtures("no_pauses")
async def test_with_the_policy_never_nobody_speaks_instead(here: Lot) -> None:
    """The line is missing, and nobody else was asked."""
    sold(here.parts, Down(here.parts.tools.engines["google"]))
    auto = {**AUTO, "context": {**AUTO["context"], "substitution": "never"}}
    walk = await begin(here.parts, **auto, **SPOKEN)
    assert "Lines that nobody has spoken" in (await walk.to_gate("review_scene"))["items"][0]["text"]
    await walk.answer()
    rows, _ = await made(walk)
    assert {row["state"] for row in rows} == {"failed"}
    assert here.media.books.posts("openai") == []


async def test_without_a_key_it_is_spoken_and_played_here_and_the_budget_says_so(
    database_url: str, tmp_path: Path, voice_models: Path
) -> None:
    async with AsyncExitStack() as stack:
        alone = await lot(stack, database_url, tmp_path / "data", voice_models)
        walk = await begin(alone.parts, **SPOKEN, music_model="stable-audio-2.5")
        gate = await walk.to_gate("approve_budget")
        assert {call["provider"] for call in gate["quote"]["calls"]} == {"previz"}
        assert gate["quote"]["total"]["micros"] == 0
        assert "gemini-tts and stable-audio-2.5 it would cost" in gate["items"][0]["text"]


async def test_a_line_that_is_changed_by_hand_is_asked_about_before_it_is_spoken(here: Lot) -> None:
    """As long as it was, so that its price is the same."""
    walk = await begin(here.parts, **SPOKEN)
    quoted = (await walk.to_gate("approve_budget"))["quote"]
    spoken = [call for call in quoted["calls"] if call["stage"] == "voice"]
    assert all(call["price"]["micros"] > 0 for call in spoken)
    await walk.answer()
    await walk.to_gate("review_storyboard")
    await other_words(walk)
    await walk.to_gate("review_storyboard")
    await walk.answer()
    gate = await walk.to_gate("approve_budget")
    assert here.media.books.posts("google") == [], "nothing was spoken"
    assert "Not approved as planned now" in gate["why"]
    again = [call for call in gate["quote"]["calls"] if call["stage"] == "voice"]
    assert [call["price"] for call in again] == [call["price"] for call in spoken]
    await walk.answer()
    await walk.to_gate("review_scene")
    said = [post.body["contents"][0]["parts"][0]["text"] for post in here.media.books.posts("google")]
    assert len(said) == len(again)
    assert any("zzz" in one for one in said)


async def other_words(walk: Walk) -> None:
    """The first line says something else, with as many letters."""
    threads = walk.parts.house.threads
    script = (await values_of(walk))["script"]
    line = next(line for scene in script["scenes"] for shot in scene["shots"] for line in shot["lines"])
    line["text"] = "zzz" + line["text"][3:]
    await threads.changes.update(
        Change(values={"script": script}), user_id=USER, thread_id=walk.production_id
    )
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)


@pytest.fixture
def unmastered(monkeypatch: pytest.MonkeyPatch) -> None:
    """It fails at its last encode, which takes time and is looked at elsewhere."""

    async def fails(*_: object, **__: object) -> None:
        raise FfmpegFailed("not here")

    monkeypatch.setattr(render_master, "render", fails)


@pytest.mark.usefixtures("no_pauses", "unmastered")
async def test_music_that_nobody_approved_is_asked_about_where_the_cut_has_begun(here: Lot) -> None:
    """In a branch, which its parent's approval does not bind, and after another model was written by hand."""
    engines: Any = here.parts.tools.engines
    replicate = engines["replicate"]
    engines["replicate"] = down = Down(replicate)
    down.media = replicate.media
    walk = await begin(
        here.parts, context={"substitution": "ask"}, **OFFLINE_PICTURES, music_model="musicgen"
    )
    for gate in ("approve_budget", "review_storyboard", "review_scene"):
        await walk.to_gate(gate)
        await walk.answer()
    assert ((await walk.to_end("paused")).error or {})["code"] == "stand_in_proposed"
    engines["replicate"] = replicate
    left = await fork(here.parts.house, walk.production_id, Difference(), user_id=USER)
    branch = Walk(here.parts, left.production_id)
    await here.parts.house.runs.resume(user_id=USER, production_id=branch.production_id)
    await asked_about_the_music(here, branch, "musicgen", bought=0)
    await other_music(branch, "stable-audio-2.5")
    await asked_about_the_music(here, branch, "stable-audio-2.5", bought=1)
    rows = await branch.orders("music")
    assert [(row["model"], row["state"]) for row in rows] == [
        ("musicgen", "done"), ("stable-audio-2.5", "done"),
    ]  # fmt: skip


async def asked_about_the_music(here: Lot, walk: Walk, model: str, *, bought: int) -> None:
    """The budget asks for it alone, and only the answer buys it."""
    gate = await walk.to_gate("approve_budget")
    assert "Not approved as planned now: episode" in gate["why"]
    music = [call for call in gate["quote"]["calls"] if call["stage"] == "music"]
    assert [call["model"] for call in music] == [model]
    assert gate["quote"]["total"] == music[0]["price"]
    assert len(here.jobs.books.orders("replicate")) == bought
    await walk.answer()
    await walk.to_end("failed")
    assert len(here.jobs.books.orders("replicate")) == bought + 1


async def other_music(walk: Walk, model: str) -> None:
    """By hand, behind the last review."""
    look = {**(await values_of(walk))["format"], "music_model": model}
    await walk.parts.house.threads.changes.update(
        Change(values={"format": look}, as_node="next_scene"), user_id=USER, thread_id=walk.production_id
    )
    await walk.parts.house.runs.resume(user_id=USER, production_id=walk.production_id)
