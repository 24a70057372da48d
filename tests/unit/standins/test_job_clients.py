"""The vendors' own SDKs against the stand-ins: they get what they expect, errors included."""

import io
from collections.abc import Iterator

import fal_client
import fal_client.client
import httpx
import pytest
import replicate
from PIL import Image
from replicate.exceptions import ModelError, ReplicateError

from tests.standins.job_vendors import JobVendors, Signal, SteppedTime, faults, job_vendors
from tests.unit.standins.job_client import KLING, SCHNELL, SDXL, SMALL, VEO


@pytest.fixture(scope="module")
def shared() -> Iterator[JobVendors]:
    with job_vendors() as started:
        yield started


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The SDKs open lines without certificates and leave them open; they are closed here."""
    opened: list[httpx.Client] = []
    begin = httpx.Client.__init__

    def remember(line: httpx.Client, *given: object, **named: object) -> None:
        begin(line, *given, **{**named, "verify": False})  # type: ignore[arg-type]
        opened.append(line)

    monkeypatch.setattr(httpx.Client, "__init__", remember)
    yield
    for line in opened:
        line.close()


@pytest.fixture
def vendors(shared: JobVendors) -> Iterator[JobVendors]:
    yield shared
    for vendor in shared.all:
        assert vendor.faults == []
    shared.books.met.clear()
    shared.books.requests.clear()


@pytest.fixture
def client(vendors: JobVendors) -> replicate.Client:
    return replicate.Client(api_token=vendors.replicate.key, base_url=vendors.replicate.url)


@pytest.fixture
def fal(vendors: JobVendors, monkeypatch: pytest.MonkeyPatch) -> fal_client.SyncClient:
    url = vendors.fal.url
    for name, value in {"RUN_URL_FORMAT": f"{url}/", "QUEUE_URL_FORMAT": f"{url}/", "REST_URL": url,
                        "CDN_URL": url, "BASE_DELAY": 0.0}.items():  # fmt: skip
        monkeypatch.setattr(fal_client.client, name, value)
    return fal_client.SyncClient(key=vendors.fal.key)


def test_a_prediction_is_made_looked_at_and_read(client, vendors):
    made = client.models.predictions.create(VEO, input=SMALL[VEO], wait=False)
    assert made.status == "starting"
    made.reload()
    assert made.status == "succeeded"
    assert httpx.get(made.output).headers["content-type"] == "video/mp4"


def test_a_prediction_with_a_version(client, vendors):
    version = client.models.get(SDXL).latest_version
    assert version is not None
    made = client.predictions.create(version=version, input=SMALL[SDXL])
    made.wait()
    assert made.status == "succeeded"
    assert made.metrics is not None
    assert client.predictions.get(made.id).output == made.output


def test_run_returns_addresses(client, vendors):
    """It makes files of https alone."""
    outputs = client.run(f"{SDXL}:{vendors.replicate.models[SDXL].full_version}", input=SMALL[SDXL])
    assert Image.open(io.BytesIO(httpx.get(outputs[0]).content)).size == (64, 48)


def test_an_input_that_does_not_fit_is_an_error_of_the_sdk(client):
    with pytest.raises(ReplicateError) as caught:
        client.models.predictions.create(VEO, input={"duration": 5})
    assert (caught.value.status, caught.value.title) == (422, "Input validation failed")


def test_a_refusal_is_a_failed_prediction(client, vendors):
    vendors.replicate.faults.append(faults.refused())
    with pytest.raises(ModelError, match="NSFW"):
        client.run(VEO, input=SMALL[VEO])


def test_one_post_for_a_dropped_answer(client, vendors):
    vendors.replicate.faults.append(faults.dropped())
    with pytest.raises(httpx.RemoteProtocolError):
        client.models.predictions.create(VEO, input=SMALL[VEO])
    assert len(vendors.books.posts("replicate")) == 1


def test_a_running_prediction_is_cancelled(client, vendors):
    vendors.replicate.hold = Signal()
    try:
        made = client.models.predictions.create(VEO, input=SMALL[VEO], wait=False)
        made.reload()
        made.cancel()
        assert made.status == "canceled"
    finally:
        vendors.replicate.hold = None


def test_lists_pages_and_the_secret(client, vendors):
    client.models.predictions.create(VEO, input=SMALL[VEO], wait=False)
    page = client.predictions.list()
    assert page.results[0].id in vendors.books.jobs
    assert client.webhooks.default.secret().key == vendors.replicate.secret


def test_a_file_is_uploaded_looked_at_and_deleted(client):
    sent = client.files.create(io.BytesIO(b"words"))
    assert client.files.get(sent.id).size == 5
    assert sent.id in {one.id for one in client.files.list()}
    client.files.delete(sent.id)
    with pytest.raises(ReplicateError):
        client.files.get(sent.id)


def test_aborted_is_what_this_sdk_does_not_know():
    with job_vendors() as vendors:
        vendors.replicate.start_hold = Signal()
        client = replicate.Client(api_token=vendors.replicate.key, base_url=vendors.replicate.url)
        made = client.models.predictions.create(VEO, input=SMALL[VEO], wait=False)
        with pytest.raises(ValueError, match="validation error"):
            made.cancel()


def test_fal_submits_asks_and_gets(fal, vendors):
    handle = fal.submit(SCHNELL, arguments=SMALL[SCHNELL])
    told = handle.get()
    assert isinstance(handle.status(with_logs=True), fal_client.Completed)
    assert (told["images"][0]["width"], told["seed"]) == (64, 7)
    assert httpx.get(told["images"][0]["url"]).status_code == 200


def test_a_handle_is_built_again_from_its_id(fal):
    first = fal.submit(KLING, arguments=SMALL[KLING])
    again = fal.get_handle(KLING, first.request_id)
    assert (again.status_url, again.cancel_url) == (first.status_url, first.cancel_url)
    assert again.get()["video"]["content_type"] == "video/mp4"


def test_fal_states_are_read(fal, vendors):
    for hold, kind in (("start_hold", fal_client.Queued), ("hold", fal_client.InProgress)):
        setattr(vendors.fal, hold, Signal())
        try:
            handle = fal.submit(KLING, arguments=SMALL[KLING])
            assert isinstance(handle.status(), kind)
            handle.cancel()
        finally:
            setattr(vendors.fal, hold, None)


def test_fal_refusals_and_failures_are_errors_of_the_sdk(fal, vendors):
    vendors.fal.faults += [faults.refused(), faults.failed()]
    for status, kind in ((422, "content_policy_violation"), (503, "runner_disconnected")):
        with pytest.raises(fal_client.FalClientHTTPError) as caught:
            fal.submit(KLING, arguments=SMALL[KLING]).get()
        assert (caught.value.status_code, caught.value.error_type) == (status, kind)


def test_fals_sdk_sends_a_dropped_submit_again_and_each_is_a_job(fal, vendors, monkeypatch):
    monkeypatch.setattr(fal_client.client, "MAX_ATTEMPTS", 3)
    before = len(vendors.books.orders("fal"))
    vendors.fal.faults += [faults.dropped()] * 2
    fal.submit(SCHNELL, arguments=SMALL[SCHNELL])
    assert len(vendors.books.orders("fal")) - before == 3


@pytest.mark.parametrize("repository", ["fal_v3", "fal"])
def test_fal_uploads_are_read_by_models(fal, vendors, repository):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 200, 9)).save(out, "PNG")
    address = fal.upload(out.getvalue(), "image/png", "a.png", repository=repository)
    told = fal.submit("fal-ai/flux/dev/image-to-image", arguments={"image_url": address, "prompt": "x"}).get()
    assert (told["images"][0]["width"], told["images"][0]["height"]) == (40, 30)


def test_time_can_be_moved_from_another_thread():
    time = SteppedTime()
    with job_vendors(time, pace=1.0) as vendors:
        client = replicate.Client(api_token=vendors.replicate.key, base_url=vendors.replicate.url)
        made = client.models.predictions.create(VEO, input=SMALL[VEO], wait=False)
        time.advance(30)
        made.reload()
        assert made.status == "processing"
        time.advance(60)
        vendors.books.when(lambda book: len(book.invoices) == 1).wait()
