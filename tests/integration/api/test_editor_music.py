"""S5-112, S5-130: music is uploaded in the editor, listed, and used in more than one production."""

import asyncio
from typing import Any

import numpy as np
import pytest

from tests.integration.api.conftest import Lot
from tests.integration.api.making import another_user
from tests.integration.api.test_sound_routes import CLICKS, WAV, wav

MUSIC = wav(CLICKS.samples)


async def sent(lot: Lot, title: str, *, form: bool) -> Any:
    url = f"/api/editor/upload-music?title={title}"
    if form:
        return await lot.client.post(url, files={"file": ("a.wav", MUSIC, "application/octet-stream")})
    return await lot.client.post(url, content=MUSIC, headers=WAV)


async def listed(lot: Lot, **query: Any) -> list[str]:
    answer = await lot.client.get("/api/editor/music-library", params=query)
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["data"]]


@pytest.mark.parametrize("form", [True, False])
async def test_music_is_taken_either_way_and_listed(lot: Lot, form: bool) -> None:
    answer = await sent(lot, "Slow waltz", form=form)
    assert answer.status_code == 201, answer.text
    data = answer.json()["data"]
    assert (data["mime"], data["durationSeconds"]) == ("audio/wav", pytest.approx(10, abs=0.01))
    assert await listed(lot) == ["Slow waltz"]
    assert await listed(lot, q="waltz") == ["Slow waltz"]
    assert await listed(lot, q="polka") == []
    assert (await lot.client.get(f"/api/media/{data['id']}/waveform")).status_code == 200


async def test_only_sounds_with_the_tag_are_music(lot: Lot) -> None:
    music = (await sent(lot, "Waltz", form=True)).json()["data"]["id"]
    voice = wav(np.zeros(48_000 * 2))
    other = await lot.client.post("/api/media/sounds?title=Voice", content=voice, headers=WAV)
    assert await listed(lot) == ["Waltz"]
    tags = {"ids": [other.json()["data"]["id"]], "add": ["music", "calm"]}
    await lot.client.post("/api/media/tags", json=tags)
    assert await listed(lot, sortBy="date") == ["Voice", "Waltz"]
    assert await listed(lot, tag="calm") == ["Voice"]
    await lot.client.post("/api/media/tags", json={"ids": [music], "remove": ["music"]})
    assert await listed(lot) == ["Voice"]


async def test_nobody_lists_the_music_of_others(lot: Lot) -> None:
    await sent(lot, "Waltz", form=True)
    user = await another_user(lot)
    await lot.database.execute("update media_library set user_id = %s", [user])
    assert await listed(lot) == []


async def test_what_is_no_music_is_refused_in_one_sentence(lot: Lot) -> None:
    url = "/api/editor/upload-music"
    for body in (
        {"files": {"file": ("a.mp3", b"no music, but a text", "audio/mpeg")}},
        {"files": {"other": ("a.wav", MUSIC, "audio/wav")}},
        {"content": MUSIC, "headers": {"Content-Type": "text/plain"}},
    ):
        answer = await lot.client.post(url, **body)  # type: ignore[arg-type]
        assert answer.status_code == 422, body
        assert answer.json()["error"]["suggestion"].endswith(".")
    assert await listed(lot) == []


async def test_two_who_send_the_same_music_have_one_item(lot: Lot) -> None:
    answers = await asyncio.gather(*[sent(lot, "Waltz", form=form) for form in (True, False)])
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1
    assert await listed(lot) == ["Waltz"]
