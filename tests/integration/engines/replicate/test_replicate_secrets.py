"""The key goes to Replicate and nowhere else: not into errors, not to other hosts, not into what is kept."""

from pathlib import Path
from typing import Any

import httpx
import pytest

from state.errors import ProviderError
from tests.contracts.handed import Handed
from tests.integration.engines.replicate.replicate_shop import KEY, Closed, an_order
from tests.standins.model_vendors.wire import Out, Request, Server
from tools.engines.replicate import Replicate

CANARY = "r8_canary_4c1d9e77a0b2"
ELSEWHERE = "https://replicate.delivery.example/out.png"


class Kept(httpx.AsyncBaseTransport):
    """Other hosts: they keep what they are sent."""

    def __init__(self) -> None:
        self.came: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.came.append(request)
        picture = httpx.ByteStream(b"\x89PNG\r\n\x1a\n" + b"0" * 40)
        return httpx.Response(200, stream=picture, request=request)


async def told_by(body: Any, status: int, ask: str, model: str = "sdxl") -> tuple[ProviderError, Replicate]:
    """The error of a vendor that says the key back, however it is asked."""

    async def answer(request: Request, out: Out) -> None:
        key = request.headers["authorization"].removeprefix("Bearer ")
        text = repr(body).replace("KEY", key) if isinstance(body, str) else body
        await out.json(
            status, {"detail": text, "title": key, "invalid_fields": [{"field": key, "type": key}]}
        )

    server = Server(answer)
    await server.start()
    engine = Replicate(server.url, elsewhere=Closed())
    handed = Handed(engine, CANARY)
    try:
        order = an_order(model, "music" if model == "musicgen" else "image")
        with pytest.raises(ProviderError) as failed:
            await (handed.status("a") if ask == "status" else handed.submit(order, call_key=KEY))
        return failed.value, engine
    finally:
        await engine.aclose()
        await server.stop()


@pytest.mark.parametrize("ask", ["submit", "status"])
@pytest.mark.parametrize("status", [400, 401, 402, 422, 429, 500])
async def test_a_key_that_the_vendor_says_back_is_in_no_error(status: int, ask: str) -> None:
    error, engine = await told_by("the key KEY is odd, KEY", status, ask)
    shown = "".join(map(repr, (error, error.message, error.details, error.user_action, error.__cause__)))
    assert CANARY not in shown + str(error) + repr(engine) + repr(vars(engine))
    assert "odd" in error.message


async def test_nor_where_the_vendor_s_own_package_asks() -> None:
    error, _ = await told_by("the key KEY is odd", 401, "submit", model="musicgen")
    assert error.kind == "auth"
    assert CANARY not in repr((error, error.message, error.details)) + str(error)


async def test_other_hosts_get_no_key_and_are_asked_past_the_address_check(tmp_path: Path) -> None:
    async def answer(request: Request, out: Out) -> None:
        assert request.headers["authorization"] == f"Bearer {CANARY}"
        await out.json(200, {"id": "a", "status": "succeeded", "output": [ELSEWHERE]})

    server, elsewhere = Server(answer), Kept()
    await server.start()
    engine = Replicate(server.url, elsewhere=elsewhere)
    fetched = await Handed(engine, CANARY).fetch("a", tmp_path)
    await engine.aclose()
    await server.stop()

    assert [str(one.url) for one in elsewhere.came] == [ELSEWHERE]
    assert "authorization" not in elsewhere.came[0].headers
    assert fetched.path.suffix == ".png"
