"""Fal's rules: the queue, its two forms of errors, the platform's list, the storage."""

import httpx
import pytest

from tests.standins.job_vendors import Signal, faults
from tests.unit.standins.job_client import KLING, SCHNELL

I2I, I2V = "fal-ai/flux/dev/image-to-image", "fal-ai/kling-video/v2.1/pro/image-to-video"
RAY = "fal-ai/luma-dream-machine/ray-2"
LIST = "/v1/models/requests/by-endpoint"


async def test_a_request_goes_its_way_by_the_vendors_clock(customer):
    customer.vendors.fal.pace = 1.0
    job = await customer.bought(KLING)
    seen = []
    for seconds in (0, 5, 149.9, 0.1):
        customer.time.advance(seconds)
        seen.append(await customer.status(job))

    assert [(one.status_code, one.json()["status"]) for one in seen] == [
        (202, "IN_QUEUE"), (202, "IN_PROGRESS"), (202, "IN_PROGRESS"), (200, "COMPLETED")
    ]  # fmt: skip
    assert seen[0].json()["queue_position"] == 0
    assert "logs" in seen[1].json()
    assert seen[3].json()["metrics"]["inference_time"] == pytest.approx(150)
    assert "error" not in seen[3].json()


async def test_a_result_that_is_early_is_an_error(customer):
    customer.vendors.fal.hold = Signal()
    job = await customer.bought(SCHNELL)
    answer = await customer.look(job)
    assert (answer.status_code, type(answer.json()["detail"])) == (400, str)


async def test_the_addresses_leave_out_what_is_behind_the_app(customer):
    told = (await customer.order(SCHNELL)).json()
    base = f"{customer.vendors.fal.url}/fal-ai/flux/requests/{told['request_id']}"
    assert [told[name] for name in ("response_url", "status_url", "cancel_url")] == [
        base, f"{base}/status", f"{base}/cancel"
    ]  # fmt: skip
    end = f"/requests/{told['request_id']}/status"
    whole = await customer.ask(customer.vendors.fal, f"/{SCHNELL}{end}")
    other = await customer.ask(customer.vendors.fal, f"/fal-ai/kling-video{end}")
    assert (whole.status_code, other.status_code) == (405, 404)


@pytest.mark.parametrize(
    ("model", "wrong", "field", "kind"),
    [
        (SCHNELL, {"prompt": None}, "prompt", "missing"),
        (SCHNELL, {"image_size": "huge"}, "image_size", "literal_error"),
        (SCHNELL, {"num_inference_steps": 13}, "num_inference_steps", "less_than_equal"),
        (SCHNELL, {"num_images": 0}, "num_images", "greater_than_equal"),
        (SCHNELL, {"seed": "x"}, "seed", "int_type"),
        (KLING, {"duration": 5}, "duration", "string_type"),
        (KLING, {"duration": "7"}, "duration", "literal_error"),
        (I2V, {"prompt": "x"}, "image_url", "missing"),
        (RAY, {"prompt": "a door", "duration": "5"}, "duration", "literal_error"),
    ],
)
async def test_an_input_that_does_not_fit_is_told_by_the_result(customer, model, wrong, field, kind):
    job = await customer.bought(model, **wrong)
    status, result = (await customer.status(job)).json(), await customer.look(job)

    (detail,) = result.json()["detail"]
    assert (result.status_code, detail["loc"], detail["type"]) == (422, ["body", field], kind)
    assert result.headers["x-fal-retryable"] == "false"
    assert (status["status"], status["error_type"]) == ("COMPLETED", kind)
    assert not customer.vendors.books.invoices


async def test_a_refusal_is_a_list_with_its_type(customer):
    customer.vendors.fal.faults.append(faults.refused())
    answer = await customer.look(await customer.bought(KLING))
    assert (answer.status_code, answer.json()["detail"][0]["type"]) == (422, "content_policy_violation")
    assert answer.headers["x-fal-error-type"] == "content_policy_violation"


@pytest.mark.parametrize(
    ("code", "status"), [("runner_disconnected", 503), ("request_timeout", 504), ("startup_timeout", 504)]
)
async def test_what_breaks_is_a_text_with_its_type_and_may_be_tried_again(customer, code, status):
    customer.vendors.fal.faults.append(faults.failed(code))
    answer = await customer.look(await customer.bought(KLING))
    assert (answer.status_code, answer.json()["error_type"]) == (status, code)
    assert isinstance(answer.json()["detail"], str)
    assert (answer.headers["x-fal-error-type"], answer.headers["x-fal-retryable"]) == (code, "true")


async def test_who_does_not_want_to_wait_for_the_start_gives_up(customer):
    customer.vendors.fal.start_hold = Signal()
    customer.headers = {"x-fal-request-timeout": "10"}
    job = await customer.bought(KLING)
    customer.time.advance(10)
    answer = await customer.look(job)
    assert (answer.status_code, answer.json()["error_type"]) == (504, "request_timeout")
    assert answer.headers["x-fal-request-timeout-type"] == "user"


async def cancel(customer, job) -> httpx.Response:
    path = f"/fal-ai/kling-video/requests/{job.id}/cancel"
    return await customer.ask(customer.vendors.fal, path, "PUT")


@pytest.mark.parametrize("hold", ["start_hold", "hold"])
async def test_a_cancel_is_accepted_until_it_is_done_and_not_billed(customer, hold):
    setattr(customer.vendors.fal, hold, Signal())
    job = await customer.bought(KLING)
    await customer.status(job)

    first, again = await cancel(customer, job), await cancel(customer, job)

    assert (first.status_code, first.json()) == (202, {"status": "CANCELLATION_REQUESTED"})
    assert (again.status_code, again.json()) == (400, {"status": "ALREADY_COMPLETED"})
    assert (await customer.status(job)).json()["error_type"] == "request_cancelled"
    result = await customer.look(job)
    assert (result.status_code, result.json()["error_type"]) == (499, "request_cancelled")
    assert not customer.vendors.books.invoices


@pytest.mark.parametrize(
    ("path", "key", "status"),
    [("/fal-ai/nothing/here", "", 404), (f"/{SCHNELL}", "other", 401), (f"/{SCHNELL}", "", 200)],
)
async def test_who_may_order_what(customer, path, key, status):
    fal = customer.vendors.fal
    headers = {"authorization": f"Key {key or fal.key}"}
    answer = await customer.web.post(fal.url + path, json={"prompt": "x"}, headers=headers)
    assert (answer.status_code, "detail" in answer.json()) == (status, status != 200)


async def test_no_json_is_no_order(customer):
    fal = customer.vendors.fal
    answer = await customer.web.post(f"{fal.url}/{SCHNELL}", content=b"x", headers=customer.key(fal))
    assert answer.status_code == 422
    assert not customer.vendors.books.jobs


async def listed(customer, **query: str) -> list[dict]:
    answer = await customer.ask(customer.vendors.fal, LIST, **{"endpoint_id": KLING, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


async def test_the_list_has_what_has_ended_the_last_first_with_its_payload_if_wanted(customer):
    first = await customer.bought(KLING, prompt="one")
    customer.time.advance(1)
    second = await customer.bought(KLING, prompt="two")
    await customer.bought(SCHNELL)
    customer.vendors.fal.hold = Signal()
    await customer.bought(KLING, prompt="three")

    plain, whole = await listed(customer), await listed(customer, expand="payloads")

    assert [one["request_id"] for one in plain] == [second.id, first.id]
    assert "json_input" not in plain[0]
    assert [one["json_input"]["prompt"] for one in whole] == ["two", "one"]
    assert whole[0]["json_output"]["video"]["url"].startswith(customer.vendors.fal.url)
    assert set(plain[0]) == {
        "request_id", "endpoint_id", "started_at", "sent_at", "ended_at", "status_code", "duration"
    }  # fmt: skip


async def test_the_list_is_of_the_last_day_and_can_be_cut(customer):
    job = await customer.bought(KLING)
    customer.vendors.fal.faults.append(faults.refused())
    bad = await customer.bought(KLING)
    for one in (job, bad):
        await customer.status(one)

    assert [one["request_id"] for one in await listed(customer, status="user_error")] == [bad.id]
    assert [one["request_id"] for one in await listed(customer, status="success")] == [job.id]
    assert await listed(customer, end="2025-12-31") == []
    customer.time.advance(25 * 3600)
    assert await listed(customer) == []
    assert len(await listed(customer, start="2025-12-31")) == 2
    assert len(await listed(customer, request_id=job.id)) == 1


async def test_the_list_has_pages(customer):
    for _ in range(3):
        await customer.status(await customer.bought(KLING))
    asked = {"endpoint_id": KLING, "limit": "2"}
    first = (await customer.ask(customer.vendors.fal, LIST, **asked)).json()
    asked["cursor"] = first["next_cursor"]
    second = (await customer.ask(customer.vendors.fal, LIST, **asked)).json()
    assert (len(first["items"]), first["has_more"]) == (2, True)
    assert (len(second["items"]), second["has_more"], second["next_cursor"]) == (1, False, None)


async def test_whoever_stores_nothing_finds_no_payload(customer):
    customer.headers = {"x-fal-store-io": "0"}
    await customer.status(await customer.bought(KLING))
    assert "json_input" not in (await listed(customer, expand="payloads"))[0]


async def test_files_live_as_long_as_was_wanted(customer):
    customer.headers = {"x-fal-object-lifecycle-preference": '{"expiration_duration_seconds": 60}'}
    job = await customer.bought(SCHNELL)
    (address,) = await customer.addresses(job)
    customer.time.advance(59)
    assert (await customer.web.get(address)).status_code == 200
    customer.time.advance(1)
    assert (await customer.web.get(address)).status_code == 404


async def test_an_account_without_money_is_locked(customer):
    customer.vendors.fal.credit_micro_usd = 3000
    await customer.status(await customer.bought(SCHNELL))
    assert (await customer.order(SCHNELL)).status_code == 403


async def test_prices_are_by_megapixel_picture_and_second(customer):
    await customer.status(await customer.bought(SCHNELL, image_size="landscape_4_3", num_images=2))
    await customer.status(await customer.bought(SCHNELL, image_size={"width": 1024, "height": 1024}))
    await customer.status(await customer.bought(KLING, duration="10"))
    told = [(one.units, one.unit, one.micro_usd) for one in customer.vendors.books.invoices]
    assert told == [(2, "megapixel", 6000), (2, "megapixel", 6000), (10, "second", 450_000)]


async def test_a_picture_can_come_inside_of_the_answer(customer):
    job = await customer.bought(SCHNELL, sync_mode=True)
    assert (await customer.addresses(job))[0].startswith("data:image/jpeg;base64,")


@pytest.mark.parametrize(
    ("address", "kind"), [("OWN/files/b/00/a.png", "file_download_error"), ("data:,x", "image_load_error")]
)
async def test_a_picture_that_cannot_be_read(customer, address, kind):
    address = address.replace("OWN", customer.vendors.fal.url)
    job = await customer.bought(I2I, prompt="x", image_url=address)
    answer = await customer.look(job)
    (detail,) = answer.json()["detail"]
    assert (answer.status_code, detail["type"], detail["loc"]) == (422, kind, ["body", "image_url"])


async def test_success_may_hold_nothing(customer):
    customer.vendors.fal.faults += [faults.empty_success()] * 2
    clip, picture = await customer.bought(KLING), await customer.bought(SCHNELL)
    assert (await customer.look(clip)).json() == {"video": None}
    assert (await customer.look(picture)).json()["images"] == []


async def test_an_upload_needs_its_token(customer):
    fal = customer.vendors.fal
    token = (await customer.ask(fal, "/storage/auth/token", "POST")).json()["token"]
    send = {"content-type": "image/png", "x-fal-file-name": "a.png"}

    good = await customer.web.post(
        f"{fal.url}/files/upload", content=b"png", headers={**send, "authorization": f"Bearer {token}"}
    )
    customer.time.advance(600)
    late = await customer.web.post(
        f"{fal.url}/files/upload", content=b"png", headers={**send, "authorization": f"Bearer {token}"}
    )

    assert (await customer.web.get(good.json()["access_url"])).content == b"png"
    assert late.status_code == 401
