"""Replicate's rules: what it takes, where a prediction is at which time, what it lists, what it forgets."""

import asyncio

import pytest

from tests.standins.job_vendors import Signal
from tests.unit.standins.job_client import SDXL, VEO

PROBLEM = "application/problem+json"
FLUX = "black-forest-labs/flux-schnell"
CREATE = "/v1/predictions"
ORDER = {"input": {"prompt": "x"}, "version": FLUX}


@pytest.mark.parametrize(
    ("model", "wrong", "field", "rule"),
    [
        (VEO, {"prompt": None}, "input", "required"),
        (VEO, {"duration": 5}, "input.duration", "enum"),
        (VEO, {"duration": "4"}, "input.duration", "invalid_type"),
        (VEO, {"resolution": "4k"}, "input.resolution", "enum"),
        (VEO, {"seed": 1.5}, "input.seed", "invalid_type"),
        (VEO, {"generate_audio": "yes"}, "input.generate_audio", "invalid_type"),
        (SDXL, {"num_outputs": 5}, "input.num_outputs", "maximum"),
        (SDXL, {"num_outputs": 0}, "input.num_outputs", "minimum"),
        ("google/veo-3.1", {"prompt": "x", "reference_images": ["a", "b", "c", "d"]},
         "input.reference_images", "maxItems"),
        ("google/veo-3.1", {"prompt": "x", "reference_images": [1]}, "input.reference_images.0",
         "invalid_type"),
        ("kwaivgi/kling-v2.1", {"prompt": "x"}, "input", "required"),
        ("minimax/music-1.5", {"prompt": "slow and sad", "lyrics": "short"}, "input.lyrics", "minLength"),
    ],
)  # fmt: skip
async def test_an_input_that_does_not_fit_the_schema_is_refused(customer, model, wrong, field, rule):
    answer = await customer.order(model, **wrong)

    told = answer.json()
    assert (answer.status_code, answer.headers["content-type"], told["status"]) == (422, PROBLEM, 422)
    assert [(one["field"], one["type"]) for one in told["invalid_fields"]] == [(field, rule)]
    assert not customer.vendors.books.jobs


async def test_a_field_that_the_schema_does_not_have_is_taken_in_silence_and_noted(customer):
    assert (await customer.bought(VEO, durations=4)).ignored == ["durations"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (CREATE, {"input": {}}, 422),
        (CREATE, {"input": {}, "version": "0" * 64}, 422),
        (CREATE, {"input": {}, "version": SDXL}, 422),
        (CREATE, {"version": FLUX}, 422),
        (CREATE, {**ORDER, "seed": 1}, 422),
        (
            "/v1/predictions",
            {**ORDER, "webhook": "http://a.example/x"},
            422,
        ),
        (
            "/v1/predictions",
            {**ORDER, "webhook_events_filter": ["end"]},
            422,
        ),
        (CREATE, ORDER, 201),
        (f"/v1/models/{FLUX}/predictions", {"input": {"prompt": "x"}}, 201),
        (f"/v1/models/{SDXL}/predictions", {"input": {}}, 404),
        ("/v1/models/nobody/nothing/predictions", {"input": {}}, 404),
    ],
)
async def test_which_bodies_it_takes(customer, path, body, status):
    replicate = customer.vendors.replicate
    answer = await customer.web.post(replicate.url + path, json=body, headers=customer.key(replicate))
    assert answer.status_code == status, answer.text
    assert len(customer.vendors.books.jobs) == (status == 201)


async def test_official_models_hide_their_version_and_others_tell_it(customer):
    official, other = (await customer.order(VEO)).json(), (await customer.order(SDXL)).json()
    assert official["version"] == "hidden"
    assert other["version"] == customer.vendors.replicate.models[SDXL].full_version


async def test_a_prediction_goes_its_way_by_the_vendors_clock(customer):
    customer.vendors.replicate.pace = 1.0
    job = await customer.bought(VEO)
    seen = []
    for seconds in (0, 4.9, 0.1, 59.9, 0.1):
        customer.time.advance(seconds)
        seen.append((await customer.look(job)).json())

    assert [one["status"] for one in seen] == ["starting"] * 2 + ["processing"] * 2 + ["succeeded"]
    assert [one["output"] is None for one in seen] == [True] * 4 + [False]
    times = {"predict_time": pytest.approx(60), "total_time": pytest.approx(65)}
    assert seen[-1]["metrics"] == {**times, "video_output_duration_seconds": 4.0}


async def test_waits_are_scaled_by_the_pace(customer):
    customer.vendors.replicate.pace = 0.05
    job = await customer.bought(VEO)
    customer.time.advance(3.24)
    assert (await customer.look(job)).json()["status"] == "processing"
    customer.time.advance(0.02)
    assert (await customer.look(job)).json()["status"] == "succeeded"


@pytest.mark.parametrize(("model", "kind", "count"), [(VEO, str, 1), (SDXL, list, 1), (SDXL, list, 4)])
async def test_outputs_are_what_the_models_schema_says(customer, model, kind, count):
    more = {"num_outputs": count} if count > 1 else {}
    told = (await customer.look(await customer.bought(model, **more))).json()
    assert type(told["output"]) is kind
    assert count == 1 or len(told["output"]) == count


async def test_everything_is_gone_after_an_hour(customer):
    job = await customer.bought(SDXL)
    (address,) = await customer.addresses(job)
    customer.time.advance(3599)
    assert (await customer.web.get(address)).status_code == 200
    customer.time.advance(1)

    told = (await customer.look(job)).json()

    assert (await customer.web.get(address)).status_code == 404
    assert (told["status"], told["output"], told["data_removed"]) == ("succeeded", None, True)
    assert (told["input"], told["logs"]) == ({}, "")


async def test_a_wait_ends_with_the_prediction(customer):
    customer.headers = {"prefer": "wait=60"}
    answer = await customer.order(VEO)
    assert (answer.status_code, answer.json()["status"]) == (201, "succeeded")
    assert answer.headers["preference-applied"] == "wait=60"


@pytest.mark.parametrize("prefer", ["wait=0", "wait=61", "wait=x"])
async def test_a_wait_is_between_one_and_sixty_seconds(customer, prefer):
    customer.headers = {"prefer": prefer}
    assert (await customer.order(VEO)).status_code == 422


async def test_a_wait_that_is_too_short_answers_with_what_there_is(customer):
    customer.vendors.replicate.start_hold = Signal()
    customer.headers = {"prefer": "wait=5"}
    asking = asyncio.ensure_future(customer.order(VEO))
    await customer.vendors.books.when(lambda book: len(book.jobs) == 1).heard()
    customer.time.advance(5)
    answer = await asking
    assert (answer.status_code, answer.json()["status"]) == (202, "starting")


async def cancelled(customer, state: str):
    """Cancel a prediction that has come so far, and look."""
    hold = Signal()
    setattr(customer.vendors.replicate, {"queued": "start_hold", "running": "hold"}[state], hold)
    job = await customer.bought(VEO)
    answer = await customer.ask(customer.vendors.replicate, f"/v1/predictions/{job.id}/cancel", "POST")
    hold.set()
    assert (await customer.look(job)).json()["status"] == answer.json()["status"]
    return answer.json()


async def test_a_cancel_of_what_runs_is_billed(customer):
    told = await cancelled(customer, "running")
    assert (told["status"], "completed_at" in told) == ("canceled", True)
    assert [one.outcome for one in customer.vendors.books.invoices] == ["canceled"]


async def test_a_cancel_of_what_waits_is_not(customer):
    assert (await cancelled(customer, "queued"))["status"] == "aborted"
    assert customer.vendors.books.invoices == []


async def test_a_cancel_of_what_is_done_changes_nothing(customer):
    job = await customer.bought(VEO)
    await customer.look(job)
    answer = await customer.ask(customer.vendors.replicate, f"/v1/predictions/{job.id}/cancel", "POST")
    assert (answer.status_code, answer.json()["status"]) == (200, "succeeded")


@pytest.mark.parametrize(("hold", "status", "bills"), [("start_hold", "aborted", 0), ("hold", "canceled", 1)])
async def test_a_deadline_stops_it(customer, hold, status, bills):
    setattr(customer.vendors.replicate, hold, Signal())
    customer.headers = {"cancel-after": "1m30s"}
    job = await customer.bought(VEO)
    customer.time.advance(89)
    assert (await customer.look(job)).json()["status"] in ("starting", "processing")
    customer.time.advance(1)
    told = (await customer.look(job)).json()
    assert (told["status"], len(customer.vendors.books.invoices)) == (status, bills)
    assert told["deadline"] == told["completed_at"]


@pytest.mark.parametrize(("text", "status"), [("4", 422), ("4s", 422), ("x", 422), ("5", 201), ("1h", 201)])
async def test_a_deadline_is_five_seconds_away_at_least(customer, text, status):
    customer.headers = {"cancel-after": text}
    assert (await customer.order(VEO)).status_code == status


async def test_what_runs_for_half_an_hour_is_stopped(customer):
    customer.vendors.replicate.hold = Signal()
    job = await customer.bought(VEO)
    customer.time.advance(1800)
    assert (await customer.look(job)).json()["status"] == "failed"


async def listed(customer, **query: str) -> dict:
    answer = await customer.ask(customer.vendors.replicate, "/v1/predictions", **query)
    assert answer.status_code == 200
    return answer.json()


async def test_the_list_has_the_newest_first_in_pages_of_a_hundred(customer):
    made = []
    for _ in range(205):
        made.append((await customer.bought(SDXL)).id)
        customer.time.advance(0.001)

    first = await listed(customer)
    await customer.bought(SDXL)  # what comes meanwhile moves nothing
    second = (await customer.ask(customer.vendors.replicate, first["next"])).json()
    third = (await customer.ask(customer.vendors.replicate, second["next"])).json()

    pages = [[one["id"] for one in page["results"]] for page in (first, second, third)]
    assert [len(page) for page in pages] == [100, 100, 5]
    assert [id for page in pages for id in page] == made[::-1]
    assert third["next"] is None


async def test_the_list_can_be_cut_by_time(customer):
    ids = []
    for _ in range(3):
        ids.append((await customer.bought(SDXL)).id)
        customer.time.advance(10)

    def found(page: dict) -> list[str]:
        return [one["id"] for one in page["results"]]

    assert found(await listed(customer, created_after="2026-01-01T00:00:10Z")) == [ids[2], ids[1]]
    assert found(await listed(customer, created_before="2026-01-01T00:00:10Z")) == [ids[0]]
    assert found(await listed(customer, source="web")) == []
    bad = await customer.ask(customer.vendors.replicate, "/v1/predictions", created_after="yesterday")
    assert bad.status_code == 422


async def test_the_list_tells_what_a_lost_id_needs(customer):
    job = await customer.bought(SDXL, seed=4711)
    (one,) = (await listed(customer))["results"]
    assert (one["input"]["seed"], one["model"], one["source"]) == (4711, SDXL, "api")
    assert one["created_at"] == "2026-01-01T00:00:00.000Z"
    assert one["version"] == job.version


async def test_nobody_sees_anothers_predictions(customer):
    replicate = customer.vendors.replicate
    replicate.keys.add("r8_other")
    job = await customer.bought(SDXL)
    other = {"authorization": "Bearer r8_other"}

    seen = await customer.web.get(f"{replicate.url}/v1/predictions/{job.id}", headers=other)
    page = await customer.web.get(f"{replicate.url}/v1/predictions", headers=other)

    assert (seen.status_code, page.json()["results"]) == (404, [])


async def test_credit_runs_out(customer):
    customer.vendors.replicate.credit_micro_usd = 8001
    for _ in range(2):
        await customer.look(await customer.bought(SDXL))
    answer = await customer.order(SDXL)
    assert answer.status_code == 402
    assert answer.json()["title"] == "Insufficient credit"


async def test_too_many_orders_in_a_minute(customer):
    customer.vendors.replicate.creations_per_minute = 2
    answers = [await customer.order(SDXL) for _ in range(3)]
    customer.time.advance(60)
    assert [one.status_code for one in answers] == [201, 201, 429]
    assert answers[2].json()["retry_after"] == 60
    assert (await customer.order(SDXL)).status_code == 201


async def test_the_schema_of_a_model_says_what_is_checked(customer):
    told = (await customer.ask(customer.vendors.replicate, f"/v1/models/{VEO}")).json()
    schemas = told["latest_version"]["openapi_schema"]["components"]["schemas"]
    assert schemas["Input"]["required"] == ["prompt"]
    assert schemas["duration"]["enum"] == [4, 6, 8]
    assert schemas["Input"]["properties"]["duration"]["allOf"] == [{"$ref": "#/components/schemas/duration"}]
    assert schemas["Output"] == {"type": "string", "format": "uri", "title": "Output"}
    assert told["is_official"] is True


@pytest.mark.parametrize("reference", ["data:image/png;base64,AAAA", "not an address", "OWN/v1/files/none"])
async def test_a_reference_that_cannot_be_read_fails_the_prediction(customer, reference):
    reference = reference.replace("OWN", customer.vendors.replicate.url)
    job = await customer.bought(VEO, image=reference)
    told = (await customer.look(job)).json()
    assert (told["status"], told["error"].startswith("Could not read image")) == ("failed", True)


async def test_a_reference_elsewhere_is_believed(customer):
    job = await customer.bought(VEO, image="https://pictures.example/a.png")
    assert (await customer.look(job)).json()["status"] == "succeeded"


async def test_uploads_expire_after_a_day(customer):
    replicate = customer.vendors.replicate
    form = {"content": ("a.txt", b"x", "text/plain")}
    sent = await customer.web.post(f"{replicate.url}/v1/files", files=form, headers=customer.key(replicate))
    customer.time.advance(24 * 3600)
    job = await customer.bought(VEO, image=sent.json()["urls"]["get"])
    assert "no such file" in (await customer.look(job)).json()["error"]
