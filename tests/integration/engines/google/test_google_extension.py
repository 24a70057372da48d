"""A clip made longer: seven seconds at a time, twenty times, 720p, one that Google made (S5-052)."""

import hashlib
from pathlib import Path

import pytest

from state.errors import ProviderMisconfigured
from state.media import MediaRef
from tests.contracts.handed import Handed
from tests.fakes import FakeClock
from tests.integration.engines.google.ordering import KEY, OLD, Shop, an_engine, asked
from tools.engines.google.clip_rules import clip_rules
from tools.ffmpeg.probe import probe

RULE = clip_rules().extension


def stored(path: Path, **changes: object) -> MediaRef:
    """As the store tells of it: by its content."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    about = {
        "key": f"video/local/{digest}.mp4", "mime": "video/mp4", "sha256": digest,
        "size_bytes": path.stat().st_size, "duration_s": 4.0, "width": 1280, "height": 720,
    }  # fmt: skip
    return MediaRef.model_validate({**about, **changes})


async def test_seven_seconds_are_added(shop: Shop, tmp_path: Path) -> None:
    """The clip is named by where it lies at Google, and nothing else is said of it."""
    clip = stored((await shop.gets(asked("video"), tmp_path / "one")).path)
    fetched = await shop.gets(asked("video", extends=clip, duration_s=11), tmp_path / "two")
    assert (await probe(fetched.path)).duration_s == pytest.approx(11, abs=0.2)
    (sent,) = shop.sent["instances"]
    assert [*sent["video"]] == ["uri"]
    assert sent["video"]["uri"].endswith(":download?alt=media")
    assert shop.sent["parameters"] == {"durationSeconds": 8, "resolution": "720p", "aspectRatio": "16:9"}
    assert shop.job["extends"]


async def test_an_extended_clip_can_be_extended(shop: Shop, tmp_path: Path) -> None:
    clip = stored((await shop.gets(asked("video"), tmp_path / "one")).path)
    longer = stored((await shop.gets(asked("video", extends=clip), tmp_path / "two")).path, duration_s=11.0)
    assert (await shop.ends(asked("video", extends=longer))).state == "succeeded"
    assert shop.job["seconds"] == 18


@pytest.mark.parametrize(("first", "longest"), [(8, 148), (6, 146), (4, 144)])
def test_the_twenty_first_extension_is_refused(first: int, longest: int) -> None:
    """148 s is 8 and twenty times 7; a clip that began shorter ends shorter."""
    lengths = [first + 7 * made for made in range(21)]
    assert [RULE.made(seconds) for seconds in lengths] == [*range(21)]
    assert [bool(RULE.problem(seconds, 720)) for seconds in lengths] == [False] * 20 + [True]
    assert lengths[-1] == longest


def test_files_are_some_frames_longer_or_shorter() -> None:
    assert [RULE.problem(seconds, 720) for seconds in (141.04, 140.96)] == ["", ""]
    assert RULE.problem(147.96, 720)
    assert RULE.problem(148.04, 720)


@pytest.mark.parametrize(
    ("seconds", "lines", "words"),
    [
        (None, 720, "how long the clip is"),
        (8, 1080, "only clips of 720 lines"),
        (142, 720, "20 times already"),
    ],
)
def test_why_a_clip_cannot_be_extended(seconds: float | None, lines: int, words: str) -> None:
    assert words in RULE.problem(seconds, lines)


async def test_a_clip_of_148_seconds_is_refused_before_anything_is_sent(shop: Shop, tmp_path: Path) -> None:
    clip = stored((await shop.gets(asked("video"), tmp_path / "one")).path, duration_s=148.0)
    with pytest.raises(ProviderMisconfigured, match="extended 20 times already") as caught:
        await shop.ends(asked("video", extends=clip))
    assert (caught.value.kind, shop.posted) == ("invalid", 1)


async def test_more_than_720_lines_are_refused_before_anything_is_sent(shop: Shop, tmp_path: Path) -> None:
    clip = stored((await shop.gets(asked("video"), tmp_path / "one")).path)
    with pytest.raises(ProviderMisconfigured, match="video needs resolution to be 720p, not 1080p"):
        await shop.ends(asked("video", extends=clip, parameters={"resolution": "1080p"}))
    assert shop.posted == 1


async def test_a_clip_that_google_did_not_make_is_refused(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"somebody else's")
    with pytest.raises(ProviderMisconfigured) as caught:
        await shop.ends(asked("video", extends=stored(path)))
    assert (caught.value.kind, [one["field"] for one in caught.value.details["fields"]]) == (
        "invalid", ["extends"],
    )  # fmt: skip
    assert shop.posted == 0


async def test_a_model_that_extends_nothing_says_so(shop: Shop, tmp_path: Path) -> None:
    clip = stored((await shop.gets(asked("video"), tmp_path / "one")).path)
    with pytest.raises(ProviderMisconfigured, match=r"video: veo-2\.0-generate-001 takes no such field"):
        await shop.ends(asked("video", model=OLD, extends=clip))
    assert shop.posted == 1


async def test_after_two_days_the_clip_is_gone_there(shop: Shop, tmp_path: Path) -> None:
    clock = FakeClock()
    engine = an_engine(shop.vendors.google.url, shop.spool, clock)
    handed = Handed(engine, shop.vendors.google.key)
    name = await handed.submit(asked("video"), call_key=KEY)
    clip = stored((await handed.fetch(name, tmp_path / "one")).path)
    clock.passed_s = 2 * 86400 - 1
    assert await handed.submit(asked("video", extends=clip), call_key="another")
    clock.passed_s += 1
    with pytest.raises(ProviderMisconfigured, match="that it made in the last two days"):
        await handed.submit(asked("video", extends=clip), call_key="a third")
    await engine.aclose()


async def test_a_note_that_cannot_be_read_is_none(shop: Shop, tmp_path: Path) -> None:
    clip = stored((await shop.gets(asked("video"), tmp_path / "one")).path)
    (note,) = (shop.spool / "clips").glob("*.json")
    note.write_text("{")
    with pytest.raises(ProviderMisconfigured, match="extends"):
        await shop.ends(asked("video", extends=clip))
