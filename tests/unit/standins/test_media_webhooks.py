"""Google's `video.generated`: for the project with a secret, for one order with a key of Google's."""

import httpx
import jwt
import pytest
from google.genai import types
from standardwebhooks.webhooks import Webhook

from tests.standins.media_vendors.clocks import RealTime
from tests.standins.media_vendors.faults import closed_unanswered, filtered
from tests.standins.receiver import receiver_here
from tests.unit.standins.media_asking import VEO, plain, shoot


async def test_the_project_is_told_of_every_clip(gemini, vendors):
    async with receiver_here() as receiver:
        hook = await gemini.aio.webhooks.create(uri=receiver.url, subscribed_events=["video.generated"])
        vendors.google.faults.append(filtered())
        await shoot(gemini)
        operation = await shoot(gemini)
        await receiver.until(1)
        (message,) = receiver.messages
        Webhook(hook.new_signing_secret).verify(message.body, message.headers)
        told = message.payload
        assert (told["type"], told["version"], told["data"]["id"]) == (
            "video.generated",
            "v1",
            operation.name,
        )
        done = await gemini.aio.operations.get(operation)
        assert told["data"]["output_file_uri"] == done.response.generated_videos[0].video.uri
        again = await vendors.google.media.webhooks.again(vendors.google.media.webhooks.sent[0])
        await receiver.until(2)
        assert (again.status, receiver.messages[0].id) == (204, receiver.messages[1].id)


async def test_a_rotated_secret_signs_beside_the_old_one(gemini, vendors):
    async with receiver_here() as receiver:
        hook = await gemini.aio.webhooks.create(uri=receiver.url, subscribed_events=["video.generated"])
        rotated = await gemini.aio.webhooks.rotate_signing_secret(
            id=hook.id, revocation_behavior="revoke_previous_secrets_after_h24"
        )
        await shoot(gemini)
        await receiver.until(1)
        assert all(
            receiver.messages[0].is_signed_with(one) for one in (hook.new_signing_secret, rotated.secret)
        )
        await gemini.aio.webhooks.delete(id=hook.id)
        assert vendors.google.media.webhooks.hooks == {}


async def test_one_order_may_have_its_own_address(gemini, vendors):
    async with receiver_here() as receiver, plain(vendors.google) as web:
        meta = {"token": "abc"}
        config = types.WebhookConfig(uris=[receiver.url], user_metadata=meta)
        operation = await shoot(gemini, VEO, webhook_config=config)
        await receiver.until(1)
        (message,) = receiver.messages
        (key,) = (await web.get("/.well-known/jwks.json")).json()["keys"]
    claims = jwt.decode(
        message.headers["webhook-signature"],
        jwt.PyJWK(key).key,
        algorithms=["RS256"],
        audience="standin-project",
    )
    assert claims["data"] == message.payload["data"]
    assert (message.payload["data"]["id"], message.payload["user_metadata"]) == (operation.name, meta)


async def test_an_order_whose_answer_was_lost_is_told_of_all_the_same(vendors):
    """All that its customer will ever hear of it."""
    async with receiver_here() as receiver, plain(vendors.google) as web:
        body = {"instances": [{"prompt": "x"}], "webhookConfig": {"uris": [f"{receiver.url}?token=abc"]}}
        vendors.google.faults.append(closed_unanswered())
        with pytest.raises(httpx.RemoteProtocolError):
            await web.post(f"/v1beta/models/{VEO}:predictLongRunning", json=body)
        await receiver.until(1)
        (job,) = vendors.google.media.jobs
        assert receiver.messages[0].payload["data"]["id"].endswith(job["id"])
        assert receiver.messages[0].path.endswith("?token=abc")


async def test_nobody_there_is_in_the_book_of_deliveries(gemini, vendors):
    hooks, job = vendors.google.media.webhooks, {"id": "g1", "model": VEO, "order": {"samples": 1}}
    job["order"]["webhook"] = {"uris": ["http://127.0.0.1:1/"]}
    await hooks.tell(job, "http://127.0.0.1")
    assert [(one.uri, one.status) for one in hooks.sent] == [("http://127.0.0.1:1/", 0)]


@pytest.mark.parametrize(
    "body", [{}, {"uri": "http://127.0.0.1/"}, {"uri": "x", "subscribed_events": ["none"]}]
)
async def test_a_webhook_needs_an_address_and_events(vendors, body):
    async with plain(vendors.google) as web:
        assert (await web.post("/v1beta/webhooks", json=body)).status_code == 400
        assert (await web.get("/v1beta/webhooks/nothing")).status_code == 404
    assert isinstance(vendors.google.media.clock, RealTime)
