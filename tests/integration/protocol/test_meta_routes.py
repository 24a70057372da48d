"""What clients and load balancers ask before anything else."""

import httpx

from tests.integration.api.conftest import Lot

PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


async def test_info_says_which_protocol_is_spoken_and_what_is_missing(lot: Lot) -> None:
    told = (await lot.client.get("/info")).json()
    assert tuple(map(int, told["version"].split("."))) >= (0, 4, 35), "Studio compares it"
    assert told["langgraph_py_version"].startswith("1.")
    assert told["flags"]["assistants"] is True
    assert told["flags"]["crons"] is False
    assert told["greenlight"]["name"] == "greenlight"
    assert told["greenlight"]["version"] != told["version"]


async def test_ok_asks_the_database_only_when_it_should(lot: Lot) -> None:
    assert (await lot.client.get("/ok", params={"check_db": 1})).json() == {"ok": True}
    await lot.database.close()
    assert (await lot.client.get("/ok")).json() == {"ok": True}
    down = await lot.client.get("/ok", params={"check_db": "true"})
    assert (down.status_code, list(down.json())) == (503, ["detail"])


async def test_browsers_get_the_page_and_everybody_else_a_sign_of_life(lot: Lot) -> None:
    for accept in ("*/*", "application/json", ""):
        sign = await lot.client.get("/", headers={"Accept": accept})
        assert (sign.json(), sign.headers["vary"][:6]) == ({"ok": True}, "Accept"), accept
    page = await lot.client.get("/", headers={"Accept": PAGE})
    assert page.headers["content-type"].startswith("text/html")
    assert page.headers["vary"].startswith("Accept")


async def test_what_is_not_there_is_a_detail(lot: Lot) -> None:
    missing: httpx.Response = await lot.client.get("/nothing/here")
    assert (missing.status_code, missing.json()) == (404, {"detail": "Not Found"})
    wrong = await lot.client.put("/info")
    assert (wrong.status_code, list(wrong.json()), wrong.headers["allow"]) == (405, ["detail"], "GET")
