"""`/api/webhooks`: what its owner asks for, sees and gets told when something is wrong."""

from typing import Any

import httpx
import pytest

from server.hooks.opening import open_sender
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production, mastered, tell
from tests.standins.receiver import Receiver, answer, receiver_here
from tools.clock import SystemClock


@pytest.fixture
async def receiver():
    async with receiver_here() as one:
        yield one


async def made(client: httpx.AsyncClient, receiver: Receiver, **fields: Any) -> dict[str, Any]:
    reply = await client.post("/api/webhooks", json={"url": receiver.url, **fields})
    assert reply.status_code == 201, reply.text
    data: dict[str, Any] = reply.json()["data"]
    return data


async def sent(lot: Lot) -> int:
    keys = lot.house.provider_keys
    sender = open_sender(lot.house.settings, lot.database, SystemClock(), open_vault=keys.vault)
    try:
        return await sender.send_due()
    finally:
        await sender.close()


async def test_from_the_first_look_to_a_delivery(lot: Lot, receiver: Receiver) -> None:
    hook = await made(lot.client, receiver, description="our chat", events=["delivery.ready"])
    path = f"/api/webhooks/{hook['id']}"
    assert hook["secret"].startswith("whsec_")
    listed = (await lot.client.get("/api/webhooks")).json()["data"]
    assert listed == [{name: value for name, value in hook.items() if name != "secret"}]
    assert (await lot.client.get(path)).json()["data"] == listed[0]
    production = await a_production(lot)
    await tell(lot, production, mastered())
    assert await sent(lot) == 1
    [message] = receiver.messages
    assert message.is_signed_with(hook["secret"])
    page = (await lot.client.get(f"{path}/deliveries")).json()
    [delivery] = page["data"]
    assert (delivery["status"], delivery["webhookId"], delivery["statusCode"]) == (
        "delivered",
        message.id,
        204,
    )
    assert page["pagination"]["total"] == 1
    whole = (await lot.client.get(f"{path}/deliveries/{delivery['id']}")).json()["data"]
    assert whole["payload"] == message.payload
    assert whole["payload"]["data"]["url"].endswith(f"/productions/{production}")
    assert [one["statusCode"] for one in whole["tries"]] == [204]


async def test_a_failure_is_shown_and_sent_again_by_hand(lot: Lot, receiver: Receiver) -> None:
    hook = await made(lot.client, receiver)
    path = f"/api/webhooks/{hook['id']}"
    receiver.answers = [answer("500 Oops", body="the disk is full")]
    test = await lot.client.post(f"{path}/test")
    assert (test.status_code, test.json()["data"]["type"]) == (202, "webhook.test")
    await sent(lot)
    [waiting] = (await lot.client.get(f"{path}/deliveries", params={"status": "waiting"})).json()["data"]
    assert (waiting["outcome"], waiting["nextAt"] is not None) == ("answered 500", True)
    again = await lot.client.post(f"{path}/deliveries/{waiting['id']}/resend")
    assert again.status_code == 202, again.text
    await sent(lot)
    whole = (await lot.client.get(f"{path}/deliveries/{waiting['id']}")).json()["data"]
    assert (whole["status"], [one["answer"] for one in whole["tries"]]) == (
        "delivered",
        ["the disk is full", ""],
    )
    assert (await lot.client.get(path)).json()["data"]["failures"] == 0


async def test_it_is_changed_switched_off_rotated_and_deleted(lot: Lot, receiver: Receiver) -> None:
    hook = await made(lot.client, receiver)
    path = f"/api/webhooks/{hook['id']}"
    changed = await lot.client.patch(path, json={"events": ["run.ended"], "enabled": False})
    assert (changed.json()["data"]["events"], changed.json()["data"]["enabled"]) == (["run.ended"], False)
    refused = await lot.client.post(f"{path}/test")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "conflict")
    rotated = (await lot.client.post(f"{path}/rotate")).json()["data"]
    assert rotated["secret"] != hook["secret"]
    assert "oldOneSignsUntil" in rotated
    assert (await lot.client.delete(path)).status_code == 200
    assert (await lot.client.get(path)).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"url": "ftp://example.org/"}, "url"), ({"url": "https://ana:pw@example.org/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"), ({"url": "http://169.254.169.254/latest"}, "url"),
        ({"url": "http://1.1.1.1/"}, "url"), ({}, "url"),
        ({"url": "https://1.1.1.1/", "events": ["run.began"]}, "events.0"),
        ({"url": "https://1.1.1.1/", "events": []}, "events"),
        ({"url": "https://1.1.1.1/", "secret": "whsec_x"}, "secret"),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_named_with_its_fix(lot: Lot, body: dict[str, Any], field: str) -> None:
    reply = await lot.client.post("/api/webhooks", json=body)
    assert reply.status_code == 422
    [first, *_] = reply.json()["error"]["details"]["fields"]
    assert first["field"] == field
    assert first["fix"]
    assert (await lot.client.get("/api/webhooks")).json()["data"] == []


@pytest.mark.parametrize("body", [{}, {"url": None}, {"enabled": None}, {"user_id": "x"}])
async def test_a_change_says_something(lot: Lot, receiver: Receiver, body: dict[str, Any]) -> None:
    hook = await made(lot.client, receiver)
    assert (await lot.client.patch(f"/api/webhooks/{hook['id']}", json=body)).status_code == 422


async def test_the_secret_is_told_once_and_is_on_no_record(lot: Lot, receiver: Receiver) -> None:
    hook = await made(lot.client, receiver)
    for path in ("/api/webhooks", f"/api/webhooks/{hook['id']}", "/api/audit"):
        assert hook["secret"] not in (await lot.client.get(path)).text
    audit = await lot.database.fetch_all("select a::text as row from audit_logs a")
    assert "add_webhook" in str(audit)
    assert hook["secret"].removeprefix("whsec_") not in str(audit)
