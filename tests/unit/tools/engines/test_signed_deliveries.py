"""What a provider says of its keys may be anything; it is read with care, and asked for seldom."""

import base64
import json
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from state.errors import NotAllowed, ProviderBusy
from tests.fakes import FakeClock
from tests.standins.job_vendors.signatures import SECRET, a_key, fal_headers, replicate_headers
from tools.engines.fal.webhook import FalSigned
from tools.engines.live.signatures import REST_S
from tools.engines.replicate.webhook import ReplicateSigned

KEY = SecretStr("r8_of_the_account")
BODY = b'{"id": "job-a", "request_id": "job-a", "status": "succeeded"}'


class Desk:
    """A provider that says what it is told to, and counts who asks with which key."""

    def __init__(self, say: Any, status: int = 200) -> None:
        self.say, self.status = say, status
        self.asked: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if isinstance(self.say, Exception):
            raise self.say
        return answered(self.say, self.status)

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self)


def answered(said: Any, status: int = 200) -> httpx.Response:
    """As it comes over a line: not read yet."""
    raw = said if isinstance(said, bytes) else json.dumps(said).encode()
    return httpx.Response(status, stream=httpx.ByteStream(raw))


def jwk(number: int = 0, **changes: Any) -> dict[str, Any]:
    raw = a_key(number).public_key().public_bytes_raw()
    x = base64.urlsafe_b64encode(raw).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "x": x, **changes}


async def of_replicate(
    desk: Desk, clock: FakeClock | None = None, *, secret: str = SECRET, key: SecretStr = KEY
) -> Any:
    clock = clock or FakeClock()
    signed = ReplicateSigned(clock=clock, transport=desk.transport)
    headers = replicate_headers(secret, "msg-1", int(clock.now().timestamp()), BODY)
    return await signed.read(headers, BODY, key=key)


async def of_fal(desk: Desk) -> Any:
    clock = FakeClock()
    signed = FalSigned(clock=clock, transport=desk.transport)
    return await signed.read(fal_headers(a_key(), "job-a", int(clock.now().timestamp()), BODY), BODY)


async def test_the_secret_is_asked_for_with_the_key_of_the_account() -> None:
    desk = Desk({"key": SECRET})
    assert (await of_replicate(desk)).job_id == "job-a"
    [asked] = desk.asked
    assert str(asked.url) == "https://api.replicate.com/v1/webhooks/default/secret"
    assert asked.headers["authorization"] == f"Bearer {KEY.get_secret_value()}"


async def test_fals_keys_are_asked_for_without_a_key_of_ours() -> None:
    desk = Desk({"keys": [jwk(3), jwk()]})
    assert (await of_fal(desk)).job_id == "job-a"
    [asked] = desk.asked
    assert str(asked.url) == "https://rest.fal.ai/.well-known/jwks.json"
    assert "authorization" not in asked.headers


async def test_keys_lie_at_the_configured_host() -> None:
    desk = Desk({"keys": [jwk()]})
    clock = FakeClock()
    signed = FalSigned("http://127.0.0.1:7/fal/", clock=clock, transport=desk.transport)
    await signed.read(fal_headers(a_key(), "job-a", int(clock.now().timestamp()), BODY), BODY)
    assert str(desk.asked[0].url) == "http://127.0.0.1:7/.well-known/jwks.json"


async def test_each_account_has_a_secret_of_its_own() -> None:
    """That of one signs nothing of another."""
    other = "whsec_" + base64.b64encode(b"of the other account").decode()
    secrets = {"Bearer one": SECRET, "Bearer two": other}
    transport = httpx.MockTransport(lambda asked: answered({"key": secrets[asked.headers["authorization"]]}))
    clock = FakeClock()
    signed = ReplicateSigned(clock=clock, transport=transport)
    for own, key, good in ((SECRET, "one", True), (SECRET, "two", False), (other, "two", True)):
        headers = replicate_headers(own, "msg-1", int(clock.now().timestamp()), BODY)
        if good:
            await signed.read(headers, BODY, key=SecretStr(key))
        else:
            with pytest.raises(NotAllowed):
                await signed.read(headers, BODY, key=SecretStr(key))


@pytest.mark.parametrize("said", [
    {}, [], "x", {"key": None}, {"key": ""}, {"key": "whsec_"}, {"key": "whsec_%%%"}, {"key": 7},
    b"", b"{", b"\xff",
    b'{"key": "' + b"a" * 70_000 + b'"}', httpx.ConnectError("no"), httpx.ReadTimeout("no"),
])  # fmt: skip
async def test_no_secret_that_can_be_read_is_no_secret(said: Any) -> None:
    with pytest.raises(ProviderBusy) as caught:
        await of_replicate(Desk(said), secret="whsec_")  # an empty secret must sign nothing
    assert KEY.get_secret_value() not in f"{caught.value!r} {caught.value.__cause__!r}"


@pytest.mark.parametrize("status", [301, 401, 404, 429, 500])
async def test_a_refusal_is_no_secret(status: int) -> None:
    with pytest.raises(ProviderBusy):
        await of_replicate(Desk({"key": SECRET}, status))
    with pytest.raises(ProviderBusy):
        await of_fal(Desk({"keys": [jwk()]}, status))


@pytest.mark.parametrize("said", [
    {}, [], {"keys": None}, {"keys": []}, {"keys": [None, 7, {}]}, {"keys": [jwk(x="short")]},
    {"keys": [jwk(x=7)]},
    {"keys": [jwk(crv="X25519")]}, {"keys": [jwk(x="é" * 43)]}, b"", b"{", {"keys": [jwk()] * 2000},
    httpx.ConnectError("no"), httpx.ReadTimeout("no"),
])  # fmt: skip
async def test_no_keys_that_can_be_read_are_no_keys(said: Any) -> None:
    with pytest.raises(ProviderBusy):
        await of_fal(Desk(said))


async def test_a_key_that_cannot_sign_so_stands_in_nobodys_way() -> None:
    listed = [jwk(x="!"), {"kty": "RSA", "n": "x", "e": "AQAB"}, jwk()]
    assert (await of_fal(Desk({"keys": listed}))).status == "succeeded"


async def test_after_a_failure_nobody_is_asked_for_a_moment() -> None:
    """Deliveries come in crowds, and each would wait for the same silence."""
    clock, desk = FakeClock(), Desk(httpx.ConnectTimeout("no"))
    signed = ReplicateSigned(clock=clock, transport=desk.transport)
    headers = replicate_headers(SECRET, "msg-1", int(clock.now().timestamp()), BODY)
    for _ in range(5):
        with pytest.raises(ProviderBusy):
            await signed.read(headers, BODY, key=KEY)
    assert len(desk.asked) == 1
    desk.say, clock.passed_s = {"key": SECRET}, REST_S
    await signed.read(headers, BODY, key=KEY)
