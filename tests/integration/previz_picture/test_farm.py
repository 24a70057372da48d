"""The farm as a provider: it counts, it can be asked, and it can fail in every way."""

import hashlib
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from state.errors import ProviderBusy, ProviderError, ProviderTimeout
from state.media import MediaRef
from tests.builders import a_music_request, an_image_request
from tests.standins.farm_here import farm_here
from tests.standins.farm_process import FarmProcess
from tests.standins.previz_farm import Farm, Fault
from tools.engines.previz.references import reference_name
from tools.engines.previz.remote import RemotePreviz

KEY = "p:storyboard:1A:first"
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)


@pytest.fixture
async def farm(tmp_path: Path) -> AsyncIterator[tuple[Farm, RemotePreviz]]:
    async with farm_here(tmp_path) as (made, url):
        engine = RemotePreviz(url, submit_timeout_s=0.5)
        yield made, engine
        await engine.aclose()


@pytest.mark.parametrize(
    ("fault", "kind", "booked"),
    [
        (Fault("drop"), "ambiguous", 1),
        (Fault("error_after", status=502), "ambiguous", 1),
        (Fault("slow", seconds=2.0), "ambiguous", 1),
        (Fault("reject"), "throttled", 0),
        (Fault("error_before", status=503), "ambiguous", 0),
        (Fault("error_before", status=401), "auth", 0),
        (Fault("error_before", status=402), "no_credit", 0),
        (Fault("error_before", status=400), "invalid", 0),
    ],
)
async def test_a_failed_submit_is_one_post_and_has_its_kind(
    farm: tuple[Farm, RemotePreviz], fault: Fault, kind: str, booked: int
) -> None:
    made, engine = farm
    made.faults.append(fault)
    with pytest.raises(ProviderError) as caught:
        await engine.submit(an_image_request(), call_key=KEY)
    assert caught.value.kind == kind == engine.classify(caught.value)
    assert len(made.book.lines) == booked
    assert len(await engine.find(an_image_request(), call_key=KEY, since=LONG_AGO)) == booked


async def test_a_lost_reply_is_found_and_collected(farm: tuple[Farm, RemotePreviz], tmp_path: Path) -> None:
    made, engine = farm
    made.faults.append(Fault("drop"))
    before = datetime.now(UTC)
    with pytest.raises(ProviderTimeout):
        await engine.submit(an_image_request(), call_key=KEY)
    [external_id] = await engine.find(an_image_request(), call_key=KEY, since=before)
    assert (await engine.wait(external_id)).state == "succeeded"
    assert (await engine.fetch(external_id, tmp_path / "mine")).path.read_bytes().startswith(b"\x89PNG")


async def test_asking_twice_costs_twice(farm: tuple[Farm, RemotePreviz]) -> None:
    """It is a provider: nothing here may rest on its kindness."""
    made, engine = farm
    assert await engine.submit(an_image_request(), call_key=KEY) != await engine.submit(
        an_image_request(), call_key=KEY
    )
    assert made.book.posts() == {KEY: 2}


async def test_only_the_same_request_since_then_is_found(farm: tuple[Farm, RemotePreviz]) -> None:
    _, engine = farm
    external_id = await engine.submit(an_image_request(seed=1), call_key=KEY)
    await engine.submit(an_image_request(seed=2), call_key=KEY)
    assert await engine.find(an_image_request(seed=1), call_key=KEY, since=LONG_AGO) == [external_id]
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert await engine.find(an_image_request(seed=1), call_key=KEY, since=later) == []


async def test_nobody_there_means_nothing_was_sent() -> None:
    engine = RemotePreviz("http://127.0.0.1:9")
    with pytest.raises(ProviderError) as caught:
        await engine.submit(an_image_request(), call_key=KEY)
    assert caught.value.kind == "not_sent"
    await engine.aclose()


async def test_what_the_farm_does_not_make_is_invalid(farm: tuple[Farm, RemotePreviz]) -> None:
    with pytest.raises(ProviderError) as caught:
        await farm[1].submit(a_music_request(), call_key=KEY)
    assert caught.value.kind == "invalid"


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FarmProcess]:
    with FarmProcess(tmp_path_factory.mktemp("farm")) as running:
        yield running


async def test_the_farm_runs_as_a_process_and_its_book_outlives_it(
    process: FarmProcess, tmp_path: Path
) -> None:
    engine = RemotePreviz(process.url)
    async with httpx.AsyncClient(base_url=process.url) as control:
        await control.post("/control/faults", json=[{"kind": "reject", "times": 2}])
        for _ in range(2):
            with pytest.raises(ProviderBusy):
                await engine.submit(an_image_request(), call_key=KEY)
        external_id = await engine.submit(an_image_request(), call_key=KEY)
        assert (await engine.wait(external_id)).state == "succeeded"
        await engine.fetch(external_id, tmp_path)
        assert (await control.get("/control/posts")).json() == {"posts": {KEY: 1}, "total": 1}
    await engine.aclose()
    assert [line["id"] for line in process.invoices()] == [external_id]
    assert Farm(process.folder).book.posts() == {KEY: 1}


async def test_a_picture_is_brought_to_the_farm_once(farm: tuple[Farm, RemotePreviz], tmp_path: Path) -> None:
    """Two shots of one product: the farm gets its picture with the first, and both can open it."""
    made, engine = farm
    source = tmp_path / "product.png"
    source.write_bytes(b"not drawn in this test")
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    media = MediaRef(key=f"image/local/{sha256}.png", mime="image/png", sha256=sha256, size_bytes=22)
    for name in ("1A", "1B"):
        request = an_image_request(references=[media])
        await engine.submit(request, call_key=f"p:storyboard:{name}:first", files={media.key: source})
    assert made.files_taken == 1
    kept = made.folder / "jobs" / "references" / reference_name(media.key)
    assert kept.read_bytes() == source.read_bytes()
