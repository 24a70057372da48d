"""S4-045, S4-046, S4-049 over HTTP: sounds that are taken and refused, their peaks and their beats."""

import asyncio
import io
import wave
from pathlib import Path

import numpy as np
import pytest

from server import traffic
from tests.integration.api.conftest import Lot
from tests.integration.api.making import another_user
from tests.media_files import ACCEPTED, REFUSED, clip, encoded, picture
from tests.songs import RATE_HZ, clicks, compared
from tools.media import sounds

CLICKS = clicks(120, 10)
MPEG = {"Content-Type": "audio/mpeg"}
WAV = {"Content-Type": "audio/wav"}


def wav(samples: np.ndarray, rate_hz: int = RATE_HZ) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((np.asarray(samples) * 32767).astype("<i2").tobytes())
    return out.getvalue()


async def uploaded(lot: Lot, content: bytes, headers: dict[str, str] = WAV) -> dict[str, str]:
    answer = await lot.client.post("/api/media/sounds?title=A+sound", content=content, headers=headers)
    assert answer.status_code == 201, answer.text
    data: dict[str, str] = answer.json()["data"]
    return data


async def refused(lot: Lot, content: bytes, headers: dict[str, str] = MPEG) -> dict[str, str]:
    answer = await lot.client.post("/api/media/sounds", content=content, headers=headers)
    assert answer.status_code == 422, answer.text
    assert (await lot.client.get("/api/media")).json()["data"] == []
    error: dict[str, str] = answer.json()["error"]
    return error


async def test_a_sound_is_taken_listed_and_played(lot: Lot) -> None:
    kept = await uploaded(lot, wav(CLICKS.samples))
    assert (kept["mime"], kept["durationSeconds"]) == ("audio/wav", pytest.approx(10, abs=0.01))
    [item] = (await lot.client.get("/api/media?type=audio")).json()["data"]
    assert (item["id"], item["title"]) == (kept["id"], "A sound")
    assert (await lot.client.get(kept["url"])).headers["content-type"] == "audio/wav"


@pytest.mark.parametrize("form", ["mp3", "wav", "adts", "mp4"])
async def test_each_kind_is_told_by_its_content_whatever_it_is_called(lot: Lot, form: str) -> None:
    source = wav(CLICKS.samples)
    kept = await uploaded(lot, await _as(form, source), MPEG)
    kinds = {"mp3": "audio/mpeg", "wav": "audio/wav", "adts": "audio/mp4", "mp4": "audio/mp4"}
    assert kept["mime"] == kinds[form]
    assert kept["durationSeconds"] == pytest.approx(10, abs=0.15)


async def _as(form: str, source: bytes) -> bytes:
    def work() -> bytes:
        import subprocess
        from tempfile import TemporaryDirectory

        from tools.ffmpeg.command import arguments

        with TemporaryDirectory() as folder:
            (Path(folder) / "in.wav").write_bytes(source)
            more = ["-metadata", "title=Where I live", "-f", form]
            subprocess.run(arguments("-i", Path(folder) / "in.wav", *more, Path(folder) / "out"), check=True)
            return (Path(folder) / "out").read_bytes()

    return await asyncio.to_thread(work)


async def test_only_the_sound_is_kept(lot: Lot) -> None:
    sent = await _as("mp3", wav(CLICKS.samples))
    assert b"Where I live" in sent
    kept = await uploaded(lot, sent, MPEG)
    assert b"Where I live" not in (await lot.store.get(kept["key"])).read_bytes()


async def test_a_text_that_is_called_mp3_is_refused(lot: Lot) -> None:
    """S4-045: the words name what is wanted instead."""
    error = await refused(lot, b"This is a text and no song at all.")
    assert "no sound, but text/plain" in error["message"]
    assert "MP3, WAV, M4A or AAC" in error["suggestion"]


@pytest.mark.parametrize("name", sorted(set(REFUSED) | {"png", "mp4", "json", "srt", "vtt"}))
async def test_whatever_is_no_sound_is_refused(lot: Lot, name: str) -> None:
    content = REFUSED[name]() if name in REFUSED else ACCEPTED[name][0]()
    assert "MP3" in (await refused(lot, content))["suggestion"]


async def test_a_heading_of_a_sound_before_a_text_is_refused(lot: Lot) -> None:
    for heading in (b"ID3\x04\0\0\0\0\0\0", wav(np.zeros(10))[:44], b"\xff\xfb\x90\x64"):
        await refused(lot, heading + b"#EXTM3U\nfile:///etc/passwd\n" * 40)


@pytest.mark.parametrize(("seconds", "words"), [(0.5, "at least 1 s"), (0.0, "")])
async def test_too_short_is_told(lot: Lot, seconds: float, words: str) -> None:
    assert words in (await refused(lot, wav(np.zeros(int(seconds * RATE_HZ))), WAV))["message"]


async def test_too_long_is_told(lot: Lot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "LONGEST_S", 4.0)
    assert "longer than" in (await refused(lot, wav(CLICKS.samples), WAV))["message"]


async def test_a_sound_is_as_long_as_it_is_decoded_whatever_its_heading_says(lot: Lot) -> None:
    """Of a stream nobody knew the length when it began; one that promises more than it has is cut short."""
    short = wav(CLICKS.samples)[: 44 + 2 * 2 * RATE_HZ]
    kept = await uploaded(lot, streamed(short))
    assert kept["durationSeconds"] == pytest.approx(2, abs=0.05)
    assert "cut short" in (await refused_after(lot, short))
    assert "at least 1 s" in (await refused_after(lot, streamed(short[: 44 + RATE_HZ])))


def streamed(sound: bytes) -> bytes:
    """As a program writes it that cannot go back to its heading."""
    return sound[:40] + b"\xff\xff\xff\xff" + sound[44:]


async def refused_after(lot: Lot, content: bytes) -> str:
    answer = await lot.client.post("/api/media/sounds", content=content, headers=WAV)
    assert answer.status_code == 422
    message: str = answer.json()["error"]["message"]
    return message


async def test_another_content_type_and_too_many_bytes_are_refused(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    await refused(lot, wav(CLICKS.samples), {"Content-Type": "text/html"})
    monkeypatch.setitem(traffic.UPLOADS, ("POST", "/api/media/sounds"), 1000)
    large = await lot.client.post("/api/media/sounds", content=b"x" * 1001, headers=WAV)
    assert large.status_code == 413


async def test_the_peaks_of_an_uploaded_sound(lot: Lot) -> None:
    kept = await uploaded(lot, wav(np.concatenate([CLICKS.samples, np.zeros(RATE_HZ)])))
    shape = (await lot.client.get(f"/api/media/{kept['id']}/waveform?buckets=220")).json()["data"]
    assert {len(shape[name]) for name in ("low", "high", "rms")} == {220}
    assert max(shape["high"]) == pytest.approx(np.max(CLICKS.samples), abs=0.01)
    assert shape["silent"][-1][1] == pytest.approx(11, abs=0.02)
    assert shape["durationSeconds"] == pytest.approx(11, abs=0.01)
    assert len((await lot.client.get(f"/api/media/{kept['id']}/waveform")).json()["data"]["low"]) == 1000
    for wrong in (0, 10_001, "many"):
        answer = await lot.client.get(f"/api/media/{kept['id']}/waveform?buckets={wrong}")
        assert answer.status_code == 422


async def test_the_beats_of_an_uploaded_sound(lot: Lot) -> None:
    kept = await uploaded(lot, wav(CLICKS.samples))
    told = (await lot.client.get(f"/api/media/{kept['id']}/beats")).json()["data"]
    hits = compared(np.array(told["beats"]), CLICKS.beats_s)
    assert min(hits.recall, hits.precision) > 0.94
    assert told["tempoBpm"] == pytest.approx(120, abs=1)
    assert told["confidence"] > 0.5


async def test_it_is_worked_out_once_and_not_for_what_is_gone(
    lot: Lot, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await uploaded(lot, wav(CLICKS.samples))
    url = f"/api/media/{kept['id']}/beats"
    first = await asyncio.gather(*[lot.client.get(url) for _ in range(3)])
    monkeypatch.setattr("tools.ffmpeg.command.ffmpeg_exe", lambda: "/nowhere/ffmpeg")
    again = await lot.client.get(url)
    assert {answer.text for answer in (*first, again)} == {again.text}
    assert again.status_code == 200
    await lot.store.delete(kept["key"])
    assert (await lot.client.get(url)).status_code == 404


async def test_pictures_and_mute_clips_have_neither(lot: Lot) -> None:
    await lot.client.post("/api/media", content=picture(), headers={"Content-Type": "image/png"})
    mute = await lot.store.put_bytes(
        encoded("mp4", "-f", "lavfi", "-i", "testsrc=s=64x48:r=24", "-pix_fmt", "yuv420p"), user_id="local"
    )
    await _in_library(lot, mute.key, "video")
    for item in (await lot.client.get("/api/media")).json()["data"]:
        for what in ("waveform", "beats"):
            answer = await lot.client.get(f"/api/media/{item['id']}/{what}")
            assert answer.status_code == 422
            assert "no sound" in answer.json()["error"]["message"]


async def test_the_sound_of_a_clip_has_both(lot: Lot) -> None:
    stored = await lot.store.put_bytes(clip(), user_id="local")
    await _in_library(lot, stored.key, "video")
    [item] = (await lot.client.get("/api/media")).json()["data"]
    shape = (await lot.client.get(f"/api/media/{item['id']}/waveform?buckets=5")).json()["data"]
    assert min(shape["high"]) > 0.1
    assert (await lot.client.get(f"/api/media/{item['id']}/beats")).json()["data"]["beats"] == []


async def _in_library(lot: Lot, key: str, kind: str, user: str = "local") -> None:
    await lot.database.execute(
        "insert into media_library (user_id, s3_key, media_type, file_name, file_size_bytes)"
        " values (%s, %s, %s, 'a', 1)",
        [user, key, kind],
    )


async def test_what_another_user_uploaded_is_not_found(lot: Lot) -> None:
    other = await another_user(lot)
    theirs = await lot.store.put_bytes(wav(CLICKS.samples), user_id=other)
    await _in_library(lot, theirs.key, "audio", other)
    row = await lot.database.fetch_one("select id from media_library")
    assert row is not None
    for what in ("waveform", "beats"):
        assert (await lot.client.get(f"/api/media/{row['id']}/{what}")).status_code == 404
        assert (await lot.client.get(f"/api/media/no-id/{what}")).status_code == 404
