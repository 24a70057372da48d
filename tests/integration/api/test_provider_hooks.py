"""Design-facts 6.7 and 6.8, each vector at the real route: what nobody signed so has no effect."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import standardwebhooks
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import tools.engines.fal.webhook
import tools.engines.replicate.webhook
from tests.fakes import FakeClock
from tests.integration.api.conftest import Lot
from tests.integration.api.deliveries import (
    AT_HOME,
    Heard,
    Placed,
    Sender,
    listening,
    placed,
    rings_of,
    said,
)
from tests.integration.api.making import another_user
from tests.standins.job_vendors import JobVendors, job_vendors_here
from tests.standins.job_vendors.signatures import FAL_USER, a_key
from tools.engines.live.signatures import AGAIN_S, KEEP_S, TOLERANCE_S
from tools.orders.doorbell import open_doorbell
from tools.settings import Settings

OTHER = "whsec_" + base64.b64encode(b"the secret of somebody else").decode()
PROVIDERS = ("replicate", "fal")
KEYS_AT = {"replicate": "/v1/webhooks/default/secret", "fal": "/.well-known/jwks.json"}


@pytest.fixture
async def vendors() -> AsyncIterator[JobVendors]:
    async with job_vendors_here() as started:
        yield started


@pytest.fixture
def settings(tmp_path: Path, vendors: JobVendors) -> Settings:
    return Settings(
        data_dir=tmp_path, link_secret="a-secret-for-the-tests", replicate_base_url=vendors.replicate.url,
        fal_base_url=vendors.fal.url, replicate_api_token=vendors.replicate.key, fal_key=vendors.fal.key,
    )  # fmt: skip


@pytest.fixture
def clock(lot: Lot) -> FakeClock:
    """That of the doorbell."""
    clock = FakeClock()
    vars(lot.house)["doorbell"] = open_doorbell(lot.house.settings, lot.database, clock)
    return clock


@pytest.fixture(params=PROVIDERS)
def provider(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sender(lot: Lot, provider: str, vendors: JobVendors, clock: FakeClock) -> Sender:
    return Sender(provider, vendors, lot.client, clock.now().timestamp())


@pytest.fixture
async def order(lot: Lot, provider: str) -> Placed:
    return await placed(lot, provider)


@pytest.fixture
async def heard(lot: Lot) -> AsyncIterator[Heard]:
    opened = await listening(lot.database.url)
    yield opened
    await opened.connection.close()


async def no_effect(lot: Lot, heard: Heard) -> bool:
    return (await rings_of(lot), await heard.keys()) == ([], [])


async def test_a_good_delivery_wakes_who_waits(lot: Lot, sender: Sender, order: Placed, heard: Heard) -> None:
    answer = await sender.ring(order)
    assert (answer.status_code, answer.content) == (204, b"")
    [ring] = await rings_of(lot)
    assert (ring["call_key"], ring["job_id"], ring["hinted"]) == (order.row.call_key, "job-a", False)
    assert await heard.keys() == [order.row.call_key]


async def test_it_changes_nothing_of_the_order(lot: Lot, sender: Sender, order: Placed) -> None:
    """The body is a hint: whatever it says, the order stands where it stood."""
    before = await lot.database.fetch_all("select * from orders")
    body = said(
        sender.provider, error="refused", output=["https://elsewhere.example/x"], metrics={"cost": 99}
    )
    assert (await sender.ring(order, body)).status_code == 204
    assert await lot.database.fetch_all("select * from orders") == before


def forged(name: str, sender: Sender) -> tuple[bytes, dict[str, str]]:
    """A delivery that nobody signed so, or not now."""
    body, late = said(sender.provider), TOLERANCE_S + 1
    good = sender.headers(body)
    match name:
        case "wrong key":
            return body, sender.headers(body, key=OTHER if sender.provider == "replicate" else a_key(9))
        case "changed byte":
            return body.replace(b"job-a", b"job-b"), good
        case "re-serialised":
            return json.dumps(json.loads(body), ensure_ascii=False).encode(), good
        case "old":
            return body, sender.headers(body, late_s=-late)
        case "future":
            return body, sender.headers(body, late_s=late)
        case "time changed":
            later = sender.headers(body, late_s=-late)
            return body, {name: good[name] if "timestamp" in name else value for name, value in later.items()}
        case "id changed":
            return body, {name: f"{value}x" if name.endswith("id") else value for name, value in good.items()}
    raise AssertionError(name)


FORGED = ("wrong key", "changed byte", "re-serialised", "old", "future", "time changed", "id changed")


@pytest.mark.parametrize("name", FORGED)
async def test_a_forged_delivery_is_refused_and_told_nothing(
    lot: Lot, sender: Sender, order: Placed, heard: Heard, name: str
) -> None:
    body, headers = forged(name, sender)
    answer = await sender.ring(order, body, headers=headers)
    assert answer.status_code == 403
    assert answer.json()["error"]["message"] == "This delivery is not signed by its provider."
    assert "details" not in answer.json()["error"] or answer.json()["error"]["details"] == {}
    assert await no_effect(lot, heard)
    assert (await sender.ring(order)).status_code == 204, "the good one still comes in"


async def test_without_its_guard_each_would_come_in(
    sender: Sender, order: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the signature or the time alone holds each of them back."""
    for name in FORGED:
        body, headers = forged(name, sender)
        with monkeypatch.context() as without:
            for room in (tools.engines.replicate.webhook, tools.engines.fal.webhook):
                guard, off = ("sent_now", None) if name in ("old", "future") else ("is_signed", True)
                without.setattr(room, guard, lambda *_, off=off: off)
            assert (await sender.ring(order, body, headers=headers)).status_code == 204, name


@pytest.mark.parametrize("late_s", [-TOLERANCE_S, TOLERANCE_S])
async def test_five_minutes_either_way_are_now(sender: Sender, order: Placed, late_s: float) -> None:
    assert (await sender.ring(order, late_s=late_s)).status_code == 204


async def test_each_header_is_needed(lot: Lot, sender: Sender, order: Placed, heard: Heard) -> None:
    good = sender.headers(said(sender.provider))
    for name in good:
        for value in (None, "", "x" * 10_000, "nan", "-1", "1e9", "v1,", "é"):
            headers = {key: text for key, text in good.items() if key != name}
            spoilt = headers if value is None else {**headers, name: value.encode("latin-1")}
            answer = await sender.ring(order, headers=spoilt)  # type: ignore[arg-type]  # bytes are headers, too
            assert answer.status_code == 403, (name, value)
    assert await no_effect(lot, heard)


async def test_one_of_two_signatures_is_enough(lot: Lot, vendors: JobVendors, clock: FakeClock) -> None:
    """As while a secret is replaced: Standard Webhooks puts both into one header."""
    order = await placed(lot, "replicate")
    sender, body = Sender("replicate", vendors, lot.client, clock.now().timestamp()), said("replicate")
    good, bad = sender.headers(body), sender.headers(body, key=OTHER)
    right, wrong = good["webhook-signature"], bad["webhook-signature"]
    for listed, status in (
        (f"{wrong} {right}", 204), (f"{right} {wrong}", 204), (f"v1a,abc {right}", 204),
        (f"{wrong} {wrong}", 403),
        (right.replace("v1,", "v2,"), 403), (right.removeprefix("v1,"), 403),
    ):  # fmt: skip
        answer = await sender.ring(order, headers={**good, "webhook-signature": listed})
        assert answer.status_code == status, listed


async def test_two_signatures_of_fal_are_none(lot: Lot, vendors: JobVendors, clock: FakeClock) -> None:
    """Its header holds one, in hex."""
    order = await placed(lot, "fal")
    sender, body = Sender("fal", vendors, lot.client, clock.now().timestamp()), said("fal")
    good = sender.headers(body)
    right = good["x-fal-webhook-signature"]
    for listed in (f"{right} {right}", f"{right},{right}", right[:-2], right.replace("a", "g")):
        answer = await sender.ring(order, headers={**good, "x-fal-webhook-signature": listed})
        assert answer.status_code == 403, listed


async def test_a_signature_of_somebody_elses_library_is_taken(
    lot: Lot, vendors: JobVendors, clock: FakeClock
) -> None:
    order, body = await placed(lot, "replicate"), said("replicate")
    hook = standardwebhooks.Webhook(vendors.replicate.secret)
    headers = {
        "webhook-id": "msg-9", "webhook-timestamp": str(int(clock.now().timestamp())),
        "webhook-signature": hook.sign("msg-9", clock.now(), body.decode()),
    }  # fmt: skip
    sender = Sender("replicate", vendors, lot.client, clock.now().timestamp())
    assert (await sender.ring(order, body, headers=headers)).status_code == 204


async def test_signatures_made_by_hand_are_taken(lot: Lot, vendors: JobVendors, clock: FakeClock) -> None:
    """From the two specifications, with nothing of the stand-ins but their keys."""
    at = str(int(clock.now().timestamp()))
    body = said("replicate")
    key = base64.b64decode(vendors.replicate.secret.partition("_")[2])
    signature = hmac.new(key, b"msg-7." + at.encode() + b"." + body, hashlib.sha256).digest()
    headers = {"webhook-id": "msg-7", "webhook-timestamp": at,
               "webhook-signature": "v1," + base64.b64encode(signature).decode()}  # fmt: skip
    sender = Sender("replicate", vendors, lot.client, clock.now().timestamp())
    assert (await sender.ring(await placed(lot, "replicate"), body, headers=headers)).status_code == 204

    body = said("fal")
    private: Ed25519PrivateKey = vendors.fal.ring.keys[0]
    lines = f"job-a\n{FAL_USER}\n{at}\n{hashlib.sha256(body).hexdigest()}"
    headers = {
        "X-Fal-Webhook-Request-Id": "job-a", "X-Fal-Webhook-User-Id": FAL_USER, "X-Fal-Webhook-Timestamp": at,
        "X-Fal-Webhook-Signature": private.sign(lines.encode()).hex(),
    }  # fmt: skip
    assert (await sender.ring(await placed(lot, "fal"), body, headers=headers)).status_code == 204


def rotate(sender: Sender) -> None:
    if sender.provider == "replicate":
        sender.vendors.replicate.secret = (
            "whsec_" + base64.b64encode(b"the new secret of this account").decode()
        )
    else:
        sender.vendors.fal.ring.rotate(keep_old=False)


def asked_for_keys(sender: Sender) -> int:
    book = sender.vendors.books
    return sum(
        kept.vendor == sender.provider and kept.path == KEYS_AT[sender.provider] for kept in book.requests
    )


async def test_a_rotated_key_is_fetched_and_the_old_one_refused(
    lot: Lot, sender: Sender, order: Placed, clock: FakeClock
) -> None:
    old = sender.headers(said(sender.provider), late_s=AGAIN_S)
    assert (await sender.ring(order, id="msg-0")).status_code == 204
    rotate(sender)
    clock.passed_s += AGAIN_S
    sender.now += AGAIN_S
    assert (await sender.ring(order, id="msg-2")).status_code == 204
    assert (await sender.ring(order, headers=old)).status_code == 403
    assert len(await rings_of(lot)) == 2


async def test_keys_are_kept_for_a_day_at_most(sender: Sender, order: Placed, clock: FakeClock) -> None:
    """One that was withdrawn holds until then, also where nothing unknown came in between."""
    old = sender.headers(said(sender.provider), late_s=KEEP_S)
    for _ in range(3):
        assert (await sender.ring(order)).status_code == 204
    assert asked_for_keys(sender) == 1
    rotate(sender)
    clock.passed_s += KEEP_S
    assert (await sender.ring(order, headers=old)).status_code == 403
    assert asked_for_keys(sender) == 2


async def test_a_crowd_of_forgeries_asks_for_keys_once_a_minute(
    sender: Sender, order: Placed, clock: FakeClock
) -> None:
    body, headers = forged("wrong key", sender)
    for minutes in range(3):
        clock.passed_s = minutes * AGAIN_S
        for _ in range(20):
            assert (await sender.ring(order, body, headers=headers)).status_code == 403
    assert asked_for_keys(sender) == 3


async def test_keys_that_cannot_be_had_refuse_for_now(
    lot: Lot, sender: Sender, order: Placed, heard: Heard
) -> None:
    """Nothing is taken unchecked: the provider is told to deliver it again."""
    vendor = sender.vendors.replicate if sender.provider == "replicate" else sender.vendors.fal
    await vendor.server.stop()
    answer = await sender.ring(order)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "provider_busy")
    assert answer.headers["retry-after"]
    assert vendor.url not in answer.text
    assert await no_effect(lot, heard)


async def test_without_a_key_of_replicate_nothing_is_taken(
    lot: Lot, vendors: JobVendors, clock: FakeClock
) -> None:
    keyless = lot.house.settings.model_copy(update={"replicate_api_token": None})
    vars(lot.house)["doorbell"] = open_doorbell(keyless, lot.database, clock)
    sender = Sender("replicate", vendors, lot.client, clock.now().timestamp())
    assert (await sender.ring(await placed(lot, "replicate"))).status_code == 503


async def test_the_same_delivery_a_hundred_times_has_one_effect(
    lot: Lot, sender: Sender, order: Placed, heard: Heard
) -> None:
    """Some of them at once, each signed at its own time."""
    answers = [await sender.ring(order)]
    for some in range(11):
        rung = (sender.ring(order, late_s=10 * some + number) for number in range(9))
        answers += await asyncio.gather(*rung)
    assert [answer.status_code for answer in answers] == [204] * 100
    assert len(await rings_of(lot)) == 1
    assert await heard.keys() == [order.row.call_key]


async def test_each_status_of_a_job_is_news(lot: Lot, sender: Sender, order: Placed, heard: Heard) -> None:
    """The control of the one above: another delivery of the same order rings once more."""
    for status, id in (("starting", "msg-1"), ("processing", "msg-1"), ("processing", "msg-2")):
        await sender.ring(order, said(sender.provider, status=status), id=id)
    assert await heard.keys() == [order.row.call_key] * 3


async def test_a_delivery_about_another_users_job_has_no_effect(
    lot: Lot, sender: Sender, order: Placed, heard: Heard
) -> None:
    """Signed by the provider and true, at somebody else's address. At its own it rings: the control."""
    other = AT_HOME[sender.provider].replace("job-a", "job-b")
    theirs = await placed(lot, sender.provider, external_id=other, user=await another_user(lot))
    body = said(sender.provider, "job-b")
    assert (await sender.ring(order, body)).status_code == 204
    assert await no_effect(lot, heard)
    assert (await sender.ring(theirs, body)).status_code == 204
    assert await heard.keys() == [theirs.row.call_key]


async def test_an_order_without_a_job_gets_no_hint_of_another_users_job(
    lot: Lot, sender: Sender, order: Placed, heard: Heard
) -> None:
    lost = await placed(lot, sender.provider, external_id=None, state="intent", user=await another_user(lot))
    await sender.ring(lost)
    assert await no_effect(lot, heard)
    await sender.ring(lost, said(sender.provider, "job-c"))
    [ring] = await rings_of(lot)
    assert (ring["call_key"], ring["job_id"], ring["hinted"]) == (lost.row.call_key, "job-c", True)


@pytest.mark.parametrize("state", ["done", "failed"])
async def test_a_late_one_changes_nothing(lot: Lot, sender: Sender, heard: Heard, state: str) -> None:
    """S1-69."""
    over = await placed(lot, sender.provider, state=state)
    assert (await sender.ring(over)).status_code == 204
    assert await no_effect(lot, heard)


@pytest.mark.parametrize("claims", [True, False])
async def test_a_huge_body_is_refused_before_it_is_read(
    lot: Lot, sender: Sender, order: Placed, heard: Heard, claims: bool
) -> None:
    piece, read = b"x" * 65_536, []

    async def pieces() -> AsyncIterator[bytes]:
        for number in range(1024):
            read.append(number)
            yield piece

    length = {"content-length": str(1024 * len(piece))} if claims else {}
    answer = await lot.client.post(order.path, content=pieces(), headers={**sender.headers(b""), **length})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert len(read) <= 18
    assert await no_effect(lot, heard)


UNREADABLE = (
    b"", b"{", b"[]", b'"job-a"', b"\xff\xfe", b"[" * 50, b'{"id": "job-a", "request_id": "job-a"}',
    b'{"status": "OK"}', b'{"id": 7, "request_id": 7, "status": "OK"}',
    b'{"id": "../x", "request_id": "../x", "status": "OK"}',
    b'{"id": "job-a", "request_id": "job-a", "status": {"x": 1}}',
    b'{"id": "job-a", "request_id": "job-a", "status": "\\u0000"}',
)  # fmt: skip


async def test_what_is_signed_and_cannot_be_read_is_422(
    lot: Lot, sender: Sender, order: Placed, heard: Heard
) -> None:
    for body in UNREADABLE:
        answer = await sender.ring(order, body)
        assert (answer.status_code, answer.json()["status"]) == (422, "error"), body
    assert await no_effect(lot, heard)


async def test_nobody_is_rung_for_at_an_unknown_address(
    lot: Lot, sender: Sender, order: Placed, heard: Heard
) -> None:
    token, other = order.row.webhook_token, {"replicate": "fal", "fal": "replicate"}[sender.provider]
    room = "/api/webhooks/providers"
    for path in (
        f"{room}/{sender.provider}/{'0' * 32}", f"{room}/{sender.provider}/{token[:-1]}",
        f"{room}/{sender.provider}/{token.upper()}x", f"{room}/{other}/{token}", f"{room}/openai/{token}",
        f"{room}/{sender.provider}/%00",
    ):  # fmt: skip
        answer = await lot.client.post(
            path, content=said(sender.provider), headers=sender.headers(said(sender.provider))
        )
        assert answer.status_code == 404, path
    assert await no_effect(lot, heard)


async def test_no_token_gets_into_the_audit_trail(lot: Lot, sender: Sender, order: Placed) -> None:
    """A provider is nobody whose deeds are written down, and the address is a secret."""
    assert (await sender.ring(order)).status_code == 204
    assert await lot.database.fetch_all("select * from audit_logs") == []


async def test_the_rings_of_an_order_go_with_it(lot: Lot, sender: Sender, order: Placed) -> None:
    await sender.ring(order)
    await lot.database.execute("delete from productions")
    assert await rings_of(lot) == []


async def test_it_takes_two_statements(lot: Lot, sender: Sender, order: Placed) -> None:
    """The order is found, and rung for; the keys are kept by then."""
    await sender.ring(order)
    seen: list[Any] = []
    fetch = lot.database.fetch_one

    async def counted(sql: str, params: Any = None) -> Any:
        seen.append(sql)
        return await fetch(sql, params)

    lot.database.fetch_one = counted  # type: ignore[method-assign]
    await sender.ring(order, id="msg-2")
    assert len(seen) == 2
