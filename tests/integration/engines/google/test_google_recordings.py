"""What Google really said to somebody, said to our engine."""

import json
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from state.errors import ModelUnknown, ProviderBusy, ProviderError
from tests.contracts.handed import Handed
from tests.integration.engines.google.ordering import JOB, KEY, an_engine, asked, at_once
from tests.standins.cassette_player import CASSETTES, Exchange, Player, exchanges

GENERATE = "/v1beta/models/gemini-2.5-flash-image:generateContent"
TOLD = "google/quoted_veo_and_blocks.json"
PICTURE = "google/image_output_jpeg.yaml"
CLIPS = ("veo_rai_audio_filter", "veo_success_shape")


def plain(exchange: Exchange) -> Exchange:
    """An event of a stream as the whole answer that it is without one."""
    body = exchange.body.removeprefix(b"data: ").strip()
    return replace(exchange, body=body, headers={"content-type": "application/json"})


@asynccontextmanager
async def heard(exchange: Exchange, path: str, tmp_path: Path, method: str = "POST") -> AsyncIterator[Handed]:
    """Our engine at a vendor that has this one answer, twice, for an address of ours."""
    answer = replace(exchange, path=path, method=method)
    player = Player([answer, answer])
    await player.server.start()
    engine = an_engine(player.url, tmp_path / "spool")
    try:
        yield Handed(engine, "a good key", pause=at_once)
    finally:
        await engine.aclose()
        await player.server.stop()
    assert player.missed == []


async def test_the_recorded_picture_becomes_a_file(tmp_path: Path) -> None:
    """A JPEG of 1024 x 1024 for 1290 tokens."""
    recorded = exchanges(PICTURE)[0]
    async with heard(recorded, GENERATE, tmp_path) as engine:
        name = await engine.submit(asked("image"), call_key=KEY)
        fetched = await engine.fetch(name, tmp_path)
    usage = json.loads(recorded.body)["usageMetadata"]
    with Image.open(fetched.path) as picture:
        picture.load()
        assert (fetched.path.suffix, picture.format, picture.size) == (".jpg", "JPEG", (1024, 1024))
    assert fetched.extra["usage"] == {
        "prompt_tokens": usage["promptTokenCount"], "written_tokens": usage["candidatesTokenCount"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "quoted", "kind", "words", "billed"),
    [
        ("google/finish_safety.yaml", (), "refused", "SAFETY", False),
        ("google/finish_max_tokens_empty_thinking.yaml", (), "bad_output", "MAX_TOKENS", False),
        (TOLD, ("prompt_blocked_stream_event",), "refused", "PROHIBITED_CONTENT", False),
        ("google/generate_plain.yaml", (), "bad_output", "STOP", True),
    ],
)
async def test_a_recorded_answer_without_a_picture_says_why(
    tmp_path: Path, file: str, quoted: tuple[str, ...], kind: str, words: str, billed: bool
) -> None:
    """Words in place of a picture are written tokens, so they count as charged."""
    async with heard(plain(exchanges(file, *quoted)[0]), GENERATE, tmp_path) as engine:
        status = await engine.wait(await engine.submit(asked("image"), call_key=KEY))
    assert (status.state, status.kind, status.billed) == ("failed", kind, billed)
    assert words in status.error


async def test_the_quoted_filter_is_a_refusal_that_is_not_charged(tmp_path: Path) -> None:
    told = exchanges(TOLD, CLIPS[0])[0]
    async with heard(told, f"/v1beta/{JOB}", tmp_path, "GET") as engine:
        status = await engine.wait(JOB)
    assert (status.state, status.kind, status.billed) == ("failed", "refused", False)
    assert "audio" in status.error


async def test_the_quoted_clip_is_there(tmp_path: Path) -> None:
    told = exchanges(TOLD, CLIPS[1])[0]
    async with heard(told, f"/v1beta/{JOB}", tmp_path, "GET") as engine:
        status = await engine.status(JOB)
    assert (status.state, status.progress) == ("succeeded", 1.0)


@pytest.mark.parametrize(
    ("file", "error", "kind", "details"),
    [
        ("google/error_404_model.yaml", ModelUnknown, "invalid", {}),
        ("google/error_429_retry_info.json", ProviderBusy, "throttled", {"retry_after_s": 34.4}),
    ],
)
async def test_a_recorded_error_is_told_by_its_kind(
    tmp_path: Path, file: str, error: type[ProviderError], kind: str, details: dict[str, float]
) -> None:
    async with heard(exchanges(file)[0], GENERATE, tmp_path) as engine:
        with pytest.raises(error) as caught:
            await engine.submit(asked("image"), call_key=KEY)
    assert (caught.value.kind, caught.value.details) == (kind, details)


def test_every_exchange_that_is_no_language_models_is_played_here() -> None:
    """And the other way round: what this file plays is excused there because it is an engine's."""
    excused = tomllib.loads((CASSETTES / "not_used.toml").read_text())["here"]
    engines = {
        name
        for name, reason in excused.items()
        if name.startswith("google/") and "ordered from engines" in reason
    }
    assert engines == {f"{PICTURE} 0", *(f"{TOLD} {name}" for name in CLIPS)}
