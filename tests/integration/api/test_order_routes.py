"""Orders of unknown fate over HTTP and on the page: shown with what is at stake, settled by their user."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from state.errors import OrderParked
from tests.browser import needs_chromium, window
from tests.builders import an_image_request
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.integration.api.parked_making import a_parked_order, a_provider
from tests.integration.api.test_pages_in_browser import address
from tools.ledger.stops import Stops

SETTLE = "/api/orders/settle"


async def state_of(lot: Lot, key: str) -> str:
    row = await lot.database.fetch_one("select state from orders where call_key = %s", [key])
    assert row is not None
    return str(row["state"])


async def settle(lot: Lot, key: str, decision: str, **more: Any) -> httpx.Response:
    return await lot.client.post(SETTLE, json={"order": key, "decision": decision, **more})


async def test_what_waits_for_a_person_is_listed_with_what_each_way_costs(lot: Lot) -> None:
    production = await a_production(lot)
    key = await a_parked_order(lot, production)
    a_provider(lot)
    answer = (await lot.client.get("/api/orders", params={"state": "unknown"})).json()
    [one] = answer["data"]
    assert answer["pagination"]["total"] == 1
    assert (one["order"], one["attempt"], one["item"], one["provider"]) == (key, 1, "1A", "fake")
    assert (one["priceUsd"], one["unknownUsd"], one["productionStatus"]) == ("0.40", "0.40", "paused")
    assert {each["decision"]: each["costsUsd"] for each in one["choices"]} == {
        "it_never_arrived": "0.40", "it_is_this_job": "0.00", "give_up": "0.00",
    }  # fmt: skip
    assert "was lost" in one["why"]
    assert "lists no jobs" in one["ask"]
    only = {"production": await a_production(lot)}
    assert (await lot.client.get("/api/orders", params=only)).json()["data"] == []


async def test_it_is_reserved_once_more_and_a_repeat_says_the_same(lot: Lot) -> None:
    key = await a_parked_order(lot, await a_production(lot))
    first = (await settle(lot, key, "it_never_arrived", attempt=1)).json()["data"]
    assert (first["state"], first["reservedUsd"], first["unknownUsd"]) == ("intent", "0.40", "0.40")
    again = (await settle(lot, key, "it_never_arrived", attempt=1)).json()["data"]
    assert again == first | {"repeated": True}
    refused = await settle(lot, key, "give_up", attempt=1)
    assert refused.status_code == 409
    assert "was settled as it_never_arrived" in refused.json()["error"]["message"]


async def test_a_job_is_taken_only_where_the_provider_has_it(lot: Lot) -> None:
    key, provider = await a_parked_order(lot, await a_production(lot)), a_provider(lot)
    refused = await settle(lot, key, "it_is_this_job", externalId="job-1")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "order")
    provider.receive(an_image_request(), key)
    taken = (await settle(lot, key, "it_is_this_job", externalId="job-1")).json()["data"]
    assert (taken["state"], taken["externalId"], taken["reservedUsd"]) == ("submitted", "job-1", "0.40")
    assert taken["unknownUsd"] == "0.00"


async def test_without_an_engine_nobody_is_believed(lot: Lot) -> None:
    """This process cannot ask, so it does not take a job unseen."""
    key = await a_parked_order(lot, await a_production(lot))
    assert (await settle(lot, key, "it_is_this_job", externalId="job-1")).status_code == 502
    assert await state_of(lot, key) == "unknown"


@pytest.mark.parametrize(
    "body",
    [
        {"decision": "it_is_this_job"}, {"decision": "give_up", "externalId": "job-1"},
        {"decision": "perhaps"}, {"decision": "give_up", "attempt": -1},
        {"decision": "it_is_this_job", "externalId": "  "},
    ],
)  # fmt: skip
async def test_what_makes_no_sense_is_refused_and_changes_nothing(lot: Lot, body: dict[str, Any]) -> None:
    key = await a_parked_order(lot, await a_production(lot))
    assert (await lot.client.post(SETTLE, json={"order": key, **body})).status_code == 422
    assert await state_of(lot, key) == "unknown"


async def test_somebody_else_s_order_is_not_there(lot: Lot) -> None:
    key = await a_parked_order(lot, await a_production(lot))
    await lot.database.execute("insert into users (user_id) values ('another') on conflict do nothing")
    await lot.database.execute("update orders set user_id = 'another'")
    assert (await settle(lot, key, "give_up")).status_code == 404
    assert (await settle(lot, "no:such:order:first", "give_up")).status_code == 404
    assert (await lot.client.get("/api/orders")).json()["data"] == []
    assert await state_of(lot, key) == "unknown"


async def test_a_stop_holds_for_what_would_be_sent_again(lot: Lot) -> None:
    key = await a_parked_order(lot, await a_production(lot))
    await Stops(lot.database).stop("local", by="local")
    assert (await settle(lot, key, "it_never_arrived")).status_code == 402
    assert await state_of(lot, key) == "unknown"
    assert (await settle(lot, key, "give_up")).status_code == 200


async def test_the_pause_names_the_request_that_settles_it(lot: Lot) -> None:
    production = await a_production(lot)
    key = await a_parked_order(lot, production)
    error = (await lot.client.get(f"/api/productions/{production}")).json()["data"]["error"]
    [way] = [one for one in error["ways"] if one["name"] == OrderParked.ways[0]]
    assert (way["path"], way["fill"]) == (SETTLE, ["decision"])
    said = await lot.client.request(way["method"], way["path"], json=way["body"] | {"decision": "give_up"})
    assert said.status_code == 200
    assert await state_of(lot, key) == "failed"


@needs_chromium
async def test_each_way_is_a_control_with_its_price_and_a_question(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path
) -> None:
    production, provider = await a_production(lot), a_provider(lot)
    keys = {item: await a_parked_order(lot, production, item) for item in ("1A", "1B", "1C")}
    provider.receive(an_image_request(), keys["1B"])
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await expect(page.get_by_role("heading", name="3 orders of unknown fate")).to_be_visible()
        await browser.picture(tmp_path, "parked")

        one = page.locator(f'[data-order="{keys["1A"]}"]')
        await one.get_by_role("button", name="It never arrived, send it again · $0.40 more").click()
        await expect(page.locator("#sure")).to_contain_text("$0.40 are reserved for it once more")
        await browser.picture(tmp_path, "parked-question")
        await page.get_by_role("button", name="Go back").click()
        assert await state_of(lot, keys["1A"]) == "unknown", "a question is no answer"
        await one.get_by_role("button", name="It never arrived").click()
        await page.get_by_role("button", name="Send it again", exact=True).click()
        await expect(page.get_by_role("heading", name="2 orders of unknown fate")).to_be_visible()

        one = page.locator(f'[data-order="{keys["1B"]}"]')
        await one.get_by_role("button", name="It is this job · $0.00 more").click()
        await expect(one.get_by_role("alert")).to_have_text("Write down which job it is.")
        await one.get_by_label("The provider's id of its job").fill("job-7")
        await one.get_by_role("button", name="It is this job").click()
        await page.get_by_role("button", name="Fetch this job").click()
        await expect(one.get_by_role("alert")).to_contain_text("fake has no job job-7")
        await browser.picture(tmp_path, "parked-refused")
        await one.get_by_label("The provider's id of its job").fill("job-1")
        await one.get_by_role("button", name="It is this job").click()
        await page.get_by_role("button", name="Fetch this job").click()
        await expect(page.get_by_role("heading", name="1 order of unknown fate")).to_be_visible()

        await page.get_by_role("button", name="Give it up · $0.00 more").click()
        await page.get_by_role("button", name="Give it up", exact=True).click()
        await expect(page.locator(".parked")).to_have_count(0)
        assert [one for one in browser.complaints if "409" not in one] == []
    states = {item: await state_of(lot, key) for item, key in keys.items()}
    assert states == {"1A": "intent", "1B": "submitted", "1C": "failed"}
