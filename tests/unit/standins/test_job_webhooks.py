"""Webhooks of both vendors: which, when, how often, and signed so that others' libraries agree."""

import base64
import hashlib
import json

import pytest
import standardwebhooks
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from replicate.webhook import Webhooks, WebhookSigningSecret

from tests.standins.job_vendors import Job, faults
from tests.standins.receiver import Received, answer
from tests.unit.standins.job_client import KLING, SDXL, VEO, Customer

BOTH = pytest.mark.parametrize("model", [SDXL, KLING])


async def ended(customer: Customer, count: int) -> None:
    """Wait until so many tries are in the books."""
    await customer.vendors.books.when(lambda book: len(book.sent) >= count).heard()


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (None, ["processing", "succeeded"]),
        (["start"], ["processing"]),
        (["completed"], ["succeeded"]),
        (["start", "output", "logs", "completed"], ["processing"] * 3 + ["succeeded"]),
    ],
)
async def test_replicate_sends_the_events_that_are_wanted(customer, receiver, events, told):
    await customer.bought(SDXL, hook=receiver.url, events=events)
    await ended(customer, len(told))
    bodies = [message.payload for message in receiver.messages]
    assert [one["status"] for one in bodies] == told


async def test_each_event_shows_the_prediction_as_it_was(customer, receiver):
    job = await customer.bought(SDXL, hook=receiver.url, events=["start", "logs", "output", "completed"])
    await ended(customer, 4)
    bodies = [message.payload for message in receiver.messages]
    assert [one["output"] is not None for one in bodies] == [False, False, True, True]
    assert ["completed_at" in one for one in bodies] == [False, False, False, True]
    assert bodies[-1] == (await customer.look(job)).json()


async def test_a_failed_prediction_is_told(customer, receiver):
    customer.vendors.replicate.faults.append(faults.refused())
    await customer.bought(SDXL, hook=receiver.url)
    await ended(customer, 1)
    (body,) = [message.payload for message in receiver.messages]
    assert (body["status"], body["error"].startswith("NSFW")) == ("failed", True)


async def test_replicates_signature_is_a_standard_one(customer, receiver):
    replicate = customer.vendors.replicate
    secret = (await customer.ask(replicate, "/v1/webhooks/default/secret")).json()["key"]
    await customer.bought(SDXL, hook=receiver.url, events=["completed"])
    await ended(customer, 1)
    (message,) = receiver.messages

    assert message.is_signed_with(secret)
    assert not message.is_signed_with("whsec_" + base64.b64encode(b"other").decode())
    told = WebhookSigningSecret(key=secret)
    Webhooks.validate(headers=message.headers, body=message.body.decode(), secret=told)  # raises
    hook = standardwebhooks.Webhook(secret)
    with pytest.raises(standardwebhooks.WebhookVerificationError, match="too old"):
        hook.verify(message.body, message.headers)  # the stand-in's clock stands in January


async def shown_keys(customer: Customer) -> list[Ed25519PublicKey]:
    """As a customer reads them, without a key of its own."""
    told = await customer.web.get(f"{customer.vendors.fal.url}/.well-known/jwks.json")
    raw = [base64.urlsafe_b64decode(one["x"] + "==") for one in told.json()["keys"]]
    return [Ed25519PublicKey.from_public_bytes(one) for one in raw]


def is_signed(message: Received, keys: list[Ed25519PublicKey]) -> bool:
    """As the page says, written down again here."""
    head = [message.headers[f"x-fal-webhook-{name}"] for name in ("request-id", "user-id", "timestamp")]
    signed = "\n".join([*head, hashlib.sha256(message.body).hexdigest()]).encode()
    for key in keys:
        try:
            key.verify(bytes.fromhex(message.headers["x-fal-webhook-signature"]), signed)
        except InvalidSignature:
            continue
        return True
    return False


async def test_fals_signature_fits_one_of_its_keys(customer, receiver):
    await customer.bought(KLING, hook=receiver.url)
    await ended(customer, 1)
    (message,) = receiver.messages
    changed = Received(message.path, message.headers, message.body + b" ")

    assert is_signed(message, await shown_keys(customer))
    assert not is_signed(changed, await shown_keys(customer))


async def test_fals_key_changes(customer, receiver):
    old = await shown_keys(customer)
    customer.vendors.fal.ring.rotate()
    await customer.bought(KLING, hook=receiver.url)
    await ended(customer, 1)
    (message,) = receiver.messages
    assert not is_signed(message, old)
    assert is_signed(message, await shown_keys(customer))

    customer.vendors.fal.ring.rotate(keep_old=False)
    assert len(await shown_keys(customer)) == 1
    assert not is_signed(message, await shown_keys(customer))


async def test_fal_tells_results_and_errors(customer, receiver):
    customer.vendors.fal.faults.append(faults.refused())
    bad = await customer.bought(KLING, hook=receiver.url)
    await ended(customer, 1)
    good = await customer.bought(KLING, hook=receiver.url)
    await ended(customer, 2)
    first, second = (message.payload for message in receiver.messages)

    assert (first["status"], first["request_id"], first["error"]) == (
        "ERROR", bad.id, "Unexpected status code: 422"
    )  # fmt: skip
    assert first["payload"]["detail"][0]["type"] == "content_policy_violation"
    assert (second["status"], second["gateway_request_id"]) == ("OK", good.id)
    assert second["payload"] == (await customer.look(good)).json()


@BOTH
async def test_what_is_not_taken_comes_again_with_the_same_id_and_body(customer, receiver, model):
    receiver.answers += [answer("500 No"), answer("302 Found", "location: http://127.0.0.1:9/")]
    await customer.bought(model, hook=receiver.url, events=["completed"])
    await ended(customer, 3)

    assert [one.status for one in customer.vendors.books.sent] == [500, 302, 204]
    assert len({message.body for message in receiver.messages}) == 1
    names = ("webhook-id", "x-fal-webhook-request-id")
    assert len({message.headers.get(name) for message in receiver.messages for name in names}) == 2


@pytest.mark.parametrize(("model", "tries"), [(SDXL, 5), (KLING, 10)])
async def test_nobody_is_there(customer, model, tries):
    await customer.bought(model, hook="http://127.0.0.1:9/in", events=["completed"])
    await ended(customer, tries)
    assert [one.status for one in customer.vendors.books.sent] == [0] * tries


async def test_tries_are_spread_over_time(customer, receiver):
    customer.vendors.fal.pace = 1.0
    receiver.answers.append(answer("500 No"))
    job = await customer.bought(KLING, hook=receiver.url)
    customer.time.advance(155)
    await ended(customer, 1)
    assert job.state == "succeeded"
    customer.time.advance(15)
    await ended(customer, 2)
    stamps = [int(message.headers["x-fal-webhook-timestamp"]) for message in receiver.messages]
    assert stamps[1] - stamps[0] == 15


@BOTH
async def test_a_lost_webhook_is_not_sent(customer, receiver, model):
    customer.vendor(model).faults.append(faults.webhook_lost())
    job = await customer.bought(model, hook=receiver.url, events=["completed"])
    await customer.vendors.books.when(lambda book: bool(book.met)).heard()
    assert (await customer.look(job)).status_code == 200
    assert (receiver.messages, customer.vendors.books.sent) == ([], [])
    assert customer.vendors.books.kinds_met() == {"webhook_lost": 1}


@BOTH
async def test_a_webhook_comes_a_hundred_times(customer, receiver, model):
    customer.vendor(model).faults.append(faults.webhook_repeated(100))
    await customer.bought(model, hook=receiver.url, events=["completed"])
    await ended(customer, 100)
    assert len(receiver.messages) == 100
    assert len({message.body for message in receiver.messages}) == 1
    assert customer.vendors.books.kinds_met() == {"webhook_repeated": 1}


async def test_faults_of_webhooks_wait_for_an_order_that_wants_one(customer, receiver):
    customer.vendors.replicate.faults.append(faults.webhook_lost())
    await customer.bought(VEO)
    assert customer.vendors.replicate.faults == [faults.webhook_lost()]


async def test_who_cancels_is_told(customer, receiver):
    customer.vendors.replicate.hold = faults.Signal()
    job: Job = await customer.bought(SDXL, hook=receiver.url)
    await customer.look(job)
    await customer.ask(customer.vendors.replicate, f"/v1/predictions/{job.id}/cancel", "POST")
    await ended(customer, 1)
    assert json.loads(receiver.messages[0].body)["status"] == "canceled"
