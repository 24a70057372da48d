"""What comes back, how it is kept, and that it outlives the process that paid for it."""

import wave
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from state.errors import ProviderFailed
from tests.contracts.handed import Handed
from tests.fakes import Crash
from tests.integration.engines.openai.openai_house import House, a_line, a_panel
from tests.standins.media_vendors.faults import endless_wav, nothing_made, truncated, wrong_media
from tools.engines.base import CannotTell
from tools.engines.live.spool import Spool
from tools.engines.openai.engine import OpenAIEngine
from tools.ffmpeg.probe import probe

ENDLESS = b"\xff\xff\xff\xff"


async def test_a_picture_is_a_file_of_its_kind(house: House) -> None:
    fetched = await house.made(a_panel(model="gpt-image-2", parameters={"aspect_ratio": "16:9"}))
    with Image.open(fetched.path) as picture:
        assert (picture.format, picture.size, fetched.path.suffix) == ("PNG", (1536, 864), ".png")
    assert set(fetched.extra) == {"usage"}
    assert fetched.seed is None


async def test_a_line_is_a_sound_of_its_length(house: House) -> None:
    fetched = await house.made(a_line(text="One two three four five."))
    facts = await probe(fetched.path)
    assert (facts.format, facts.duration_s, fetched.path.suffix) == ("wav", 2.0, ".wav")


async def test_a_heading_without_a_length_gets_the_true_one(house: House) -> None:
    house.plan(endless_wav())
    external_id = await house.submit(a_line(text="One two three four five."))
    (kept,) = (house.folder / "spool").glob("*.wav")
    assert kept.read_bytes()[40:44] == ENDLESS
    fetched = await house.engine.fetch(external_id, house.folder / "fetched")
    with wave.open(str(fetched.path)) as sound:
        assert sound.getnframes() / sound.getframerate() == 2.0
    assert int.from_bytes(fetched.path.read_bytes()[4:8], "little") == fetched.path.stat().st_size - 8


async def test_a_sound_that_was_cut_off_is_not_made_to_look_whole(house: House) -> None:
    house.plan(truncated())
    fetched = await house.made(a_line())
    content = fetched.path.read_bytes()
    assert int.from_bytes(content[40:44], "little") > len(content)


async def test_the_suffix_is_that_of_the_bytes(house: House) -> None:
    house.plan(wrong_media(), wrong_media())
    assert (await house.made(a_panel())).path.suffix == ".mp3"
    assert (await house.made(a_line())).path.suffix == ".png"


@pytest.mark.parametrize("request_", [a_panel(), a_line()])
async def test_an_answer_without_a_file_is_a_bad_one_and_paid(request_: Any, house: House) -> None:
    house.plan(nothing_made(billed=True))
    status = await house.engine.wait(await house.submit(request_))
    assert (status.state, status.kind, status.billed) == ("failed", "bad_output", True)
    assert "without a" in status.error


async def test_what_was_paid_outlives_the_process(house: House, tmp_path: Path) -> None:
    external_id = await house.submit(a_panel())
    await house.engine.aclose()
    other = OpenAIEngine("http://127.0.0.1:9/v1", spool=tmp_path / "spool")
    again = Handed(other, "sk-another-key-0123456789")
    assert (await again.status(external_id)).state == "succeeded"
    assert (await again.fetch(external_id, tmp_path / "again")).path.stat().st_size > 1000
    await other.aclose()


async def test_what_lies_elsewhere_is_expired_here(house: House, tmp_path: Path) -> None:
    external_id = await house.submit(a_panel())
    for file in (tmp_path / "spool").glob("*.png"):
        file.unlink()
    for call in (house.engine.status(external_id), house.engine.fetch(external_id, tmp_path)):
        with pytest.raises(ProviderFailed) as gone:
            await call
        assert gone.value.kind == "expired"


async def test_nobody_can_tell_what_became_of_a_lost_order(house: House) -> None:
    with pytest.raises(CannotTell):
        await house.engine.find(a_panel(), call_key="p:stage:1:first", since=datetime.now(UTC))
    assert house.vendors.openai.requests == []


@pytest.mark.parametrize("written", [True, False])
async def test_who_is_killed_as_an_answer_is_kept_finds_it_where_it_lies(
    house: House, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    """Noted after it was kept, nobody would find it; what was only noted is nothing."""
    keeps = Spool._keep

    def killed(spool: Spool, *answer: Any) -> None:
        if written:
            keeps(spool, *answer)
        raise Crash

    monkeypatch.setattr(Spool, "_keep", killed)
    began = datetime.now(UTC) - timedelta(minutes=2)
    with pytest.raises(Crash):
        await house.submit(a_panel())
    search = house.engine.find(a_panel(), call_key="p:stage:1:first", since=began)
    if written:
        (found,) = await search
        assert (await house.engine.status(found)).state == "succeeded"
    else:
        with pytest.raises(CannotTell):
            await search
    assert house.posts == 1


async def test_cancelling_asks_nobody_and_harms_nothing(house: House) -> None:
    external_id = await house.submit(a_panel())
    await house.engine.cancel(external_id)
    assert (await house.engine.status(external_id)).state == "succeeded"
    assert len(house.vendors.openai.requests) == 1
