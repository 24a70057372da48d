"""What the pages' scripts promise: nothing is lost, nothing is answered twice, every window sees the same."""

import asyncio
import io
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image
from playwright.async_api import Route
from playwright.async_api import TimeoutError as PlaywrightTimeout

from server.sse import StreamLimits
from tests.browser import Window, needs_chromium, window
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.integration.api.story_making import at_budget, at_storyboard, told, written

pytestmark = needs_chromium
OWN_SCRIPT = Path(__file__).parents[3] / "examples" / "own-script.fountain"
DRAWN = """async (picture) => {
    while (!picture.naturalWidth) await new Promise((resolve) => setTimeout(resolve, 50));
    return picture.naturalWidth;
}"""


def address(served: httpx.AsyncClient) -> str:
    return str(served.base_url).rstrip("/")


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "#2f6b4f").save(file, "PNG")
    return file.getvalue()


def replies(lot: Lot) -> list[dict[str, Any]]:
    return [asked["reply"] for name, asked in lot.runs.calls if name == "answer"]


async def until(lot: Lot, name: str, count: int = 1) -> None:
    """Wait until the API was asked for this so often."""
    async with asyncio.timeout(20):
        while len([1 for each, _ in lot.runs.calls if each == name]) < count:
            await asyncio.sleep(0.02)


async def test_two_clicks_lead_from_the_start_page_to_a_production(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    """S1-83."""
    async with window(address(served)) as [browser]:
        await browser.go("/")
        await browser.page.get_by_role("link", name="Try the example").click()
        await browser.page.get_by_role("button", name="Start the production").click()
        await browser.page.wait_for_url("**/productions/*")
        assert browser.complaints == []
    [(_, asked)] = [call for call in lot.runs.calls if call[0] == "start"]
    assert asked["brief"]["title"] == "The Last Ferry"
    assert [person["name"] for person in asked["brief"]["characters"]] == ["Nora", "Tomás", "Rosa"]
    assert asked["context"]["ceiling_usd"] == "25.00"


async def test_a_refusal_stands_beside_its_field_and_nothing_is_lost(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go("/new?example=en")
        await page.get_by_text("People, places and scenes").click()
        await page.get_by_label("Name").nth(1).fill("nora")
        await page.get_by_label("Scenes", exact=True).fill("40")
        await page.get_by_role("button", name="Start the production").click()
        scenes = page.locator('[data-field="scenes_per_episode"]')
        await scenes.get_by_text("less than or equal to 12").wait_for()
        assert await page.get_by_label("Scenes", exact=True).get_attribute("aria-invalid") == "true"
        await page.get_by_label("Scenes", exact=True).fill("2")
        await page.get_by_role("button", name="Start the production").click()
        characters = page.locator('[data-field="characters"]')
        await characters.get_by_text("two of them are called 'nora'").wait_for()
        await page.get_by_label("Seconds").first.fill("")
        await page.reload()
        assert await page.get_by_label("Seconds").first.input_value() == ""
        await page.get_by_text("People, places and scenes").click()
        assert await page.get_by_label("Name").nth(1).input_value() == "nora"
        await page.get_by_label("Name").nth(1).fill("Tomás")
        await page.get_by_role("button", name="Start the production").click()
        await page.wait_for_url("**/productions/*")
    await until(lot, "start")


async def test_what_is_typed_before_the_script_has_come_is_sent(lot: Lot, served: httpx.AsyncClient) -> None:
    typed = asyncio.Event()

    async def late(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    async with window(address(served)) as [browser]:
        page = browser.page
        await page.route("**/brief*.js*", late)
        await page.goto(f"{address(served)}/new", wait_until="commit")
        await page.get_by_label("Title").fill("The Key")
        await page.get_by_label("Story", exact=False).first.fill("Ana finds a key.")
        await page.get_by_label("Scenes", exact=True).fill("2")
        await page.get_by_label("Resolution").select_option("480p")
        await page.get_by_text("How it is made").click()
        await page.get_by_text("Who writes, by role").click()
        await page.get_by_label("Script writer").first.select_option("offline-writer")
        typed.set()
        await page.get_by_role("button", name="Start the production").click()
        await page.wait_for_url("**/productions/*")
    [asked] = [asked for name, asked in lot.runs.calls if name == "start"]
    brief = asked["brief"]
    assert (brief["title"], brief["scenes_per_episode"], brief["resolution"]) == ("The Key", 2, "480p")
    assert asked["context"]["text_models"] == {"script_writer": "offline-writer"}


async def test_an_own_script_is_read_from_a_file_and_decides_how_long_the_episode_is(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    """Nothing is sent that nobody said: with `episode_seconds` the script would have to fit into it."""
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go("/new")
        await page.get_by_label("Title").fill("The Clockmaker's Daughter")
        await page.get_by_label("Story").fill("Clara learns that her father has sold the shop.")
        await page.get_by_text("Your own words and pictures").click()
        await page.locator("[data-script]").set_input_files(OWN_SCRIPT)
        await page.get_by_placeholder("as needed").first.wait_for()
        await page.get_by_label("Seconds").fill("6")
        await page.get_by_role("button", name="Start the production").click()
        await page.get_by_text("episode_seconds is 6").wait_for()
        await page.get_by_label("Seconds").fill("")
        async with page.expect_request("**/api/productions") as sending:
            await page.get_by_role("button", name="Start the production").click()
        sent = (await sending.value).post_data_json
        await page.wait_for_url("**/productions/*")
    assert (set(sent["brief"]), sent["context"]) == ({"title", "description", "script"}, {})
    [(_, asked)] = [call for call in lot.runs.calls if call[0] == "start"]
    assert asked["brief"]["script"] == (await asyncio.to_thread(OWN_SCRIPT.read_text, "utf-8")).strip()
    assert asked["brief"]["scenes_per_episode"] == 2


async def test_a_picture_is_uploaded_shown_refused_beside_its_field_and_kept(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go("/new")
        await page.get_by_label("Title").fill("The Bottle")
        await page.get_by_label("Story").fill("Ana finds a bottle.")
        await page.get_by_text("Your own words and pictures").click()
        product = page.locator('[data-field="product"]')
        await product.locator("summary").click()
        await product.get_by_label("The episode must show one").check()
        await product.get_by_label("Name").fill("Bottle")
        field = product.locator('[data-field="picture"]')
        await field.locator("input[type=file]").set_input_files(
            {"name": "bottle.png", "mimeType": "image/png", "buffer": b"no picture"}
        )
        await field.get_by_text("bottle.png: the file is not a PNG, JPEG or WebP picture").wait_for()
        browser.complaints.clear()  # a refused upload is an error to the browser, too
        await field.locator("input[type=file]").set_input_files(
            {"name": "bottle.png", "mimeType": "image/png", "buffer": a_picture()}
        )
        assert await field.locator("img").evaluate(DRAWN) == 64
        assert not await field.locator("[data-error]").is_visible()
        await page.reload()
        await page.get_by_text("Your own words and pictures").click()
        await product.locator("summary").click()
        assert await field.locator("img").evaluate(DRAWN) == 64
        await page.get_by_role("button", name="Start the production").click()
        await page.wait_for_url("**/productions/*")
        assert browser.complaints == []
    [(_, asked)] = [call for call in lot.runs.calls if call[0] == "start"]
    assert asked["brief"]["product"]["picture"].startswith("image/local/")


async def test_yellow_needs_words_and_red_says_what_it_does(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await at_storyboard(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        panel = page.locator("#panel-1A")
        await panel.get_by_role("radio", name="Change").check()
        await page.get_by_role("button", name="Send 1 change").click()
        await panel.get_by_text("Write what should change").wait_for()
        assert replies(lot) == []
        await panel.get_by_role("radio", name="Redraw").check()
        assert await panel.get_by_text("with another seed").is_visible()
        await page.get_by_role("button", name="Send 1 change").click()
        await until(lot, "answer")
    assert replies(lot) == [{"approve_all": True, "items": {"1A": {"light": "RED"}}}]


async def test_approving_all_takes_one_click_and_is_one_answer(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await at_storyboard(lot)
    async with window(address(served)) as [browser]:
        await browser.go(f"/productions/{production}")
        await browser.page.get_by_role("button", name="Approve all 2 panels").dblclick()
        await until(lot, "answer")
        await browser.page.locator("[data-gate]").wait_for(state="detached")
    assert replies(lot) == [{"approve_all": True, "items": {}}]


async def test_every_window_sees_the_decision_and_who_comes_too_late_is_told_kindly(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    first, second = await at_storyboard(lot), await at_storyboard(lot)
    async with window(address(served), windows=3) as [mine, other, late]:
        await late.go(f"/productions/{second}")
        for each in (mine, other):
            await each.go(f"/productions/{first}")
        await mine.page.get_by_role("button", name="Approve all 2 panels").click()
        await until(lot, "answer")
        await lot.hand.tell(first, "lifecycle", {"event": "running"})
        await other.page.locator("[data-gate]").wait_for(state="detached")
        await lot.runs.answer(
            user_id="local", production_id=second, interrupt_id=None,
            reply={"approve_all": True, "items": {"1B": {"light": "RED"}}},
        )  # fmt: skip
        await late.page.get_by_role("button", name="Approve all 2 panels").click()
        await late.page.get_by_text("answered already").wait_for()
        await late.page.locator("[data-gate]").wait_for(state="detached")


async def test_the_budget_is_approved_by_its_quote_quoted_again_or_refused_after_a_question(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    productions = [await at_budget(lot) for _ in range(3)]
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{productions[0]}")
        await page.get_by_role("button", name="Approve $0.00").click()
        await until(lot, "answer", 1)
        await browser.go(f"/productions/{productions[1]}")
        await page.get_by_text("the price on another video model").click()
        await page.get_by_label("Video model").select_option("veo-3.1-fast")
        await page.get_by_role("button", name="Quote it").click()
        await until(lot, "answer", 2)
        await browser.go(f"/productions/{productions[2]}")
        await page.get_by_role("button", name="Refuse").click()
        await page.get_by_role("button", name="Go back").click()
        await page.get_by_role("button", name="Refuse").first.click()
        await page.get_by_role("button", name="Refuse the budget").click()
        await until(lot, "answer", 3)
    approved, again, refused = replies(lot)
    assert (approved["approve_all"], approved["quote_id"]) == (True, "q1")
    assert again["items"]["budget"]["light"] == "YELLOW"
    assert again["items"]["budget"]["model_override"] == "veo-3.1-fast"
    assert refused["items"] == {"budget": {"light": "RED"}}


async def test_a_panel_is_enlarged_and_left_with_the_keyboard(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await at_storyboard(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.get_by_role("button", name="Enlarge panel 1A").focus()
        await page.keyboard.press("Enter")
        assert await page.locator("#lightbox [data-slate]").inner_text() == "1A"
        await page.keyboard.press("ArrowRight")
        assert await page.locator("#lightbox [data-slate]").inner_text() == "1B"
        await page.keyboard.press("Escape")
        await page.locator('[aria-label="Enlarge panel 1B"]:focus').wait_for()


async def test_stopping_asks_first_and_resuming_does_not(lot: Lot, served: httpx.AsyncClient) -> None:
    production = await a_production(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.get_by_role("button", name="Stop", exact=True).click()
        await page.get_by_role("button", name="Stop it").click()
        await page.get_by_role("button", name="Resume where it stopped").click()
        await until(lot, "resume")
        await page.get_by_role("button", name="Stop", exact=True).wait_for()
    assert [name for name, _ in lot.runs.calls] == ["start", "cancel", "resume"]


async def test_a_page_that_could_not_be_fetched_is_fetched_again(lot: Lot, served: httpx.AsyncClient) -> None:
    """At a gate nothing more happens: who waited for the next event would wait for ever."""
    production = await a_production(lot)
    refusals = iter([503])

    async def refused_once(route: Route) -> None:
        status = next(refusals, None)
        await (route.fulfill(status=status) if status else route.continue_())

    async with window(address(served)) as [browser]:
        await browser.page.route("**/live", refused_once)
        await browser.go(f"/productions/{production}")
        await lot.runs.open_gate(production, "review_storyboard", "1A", "1B")
        await lot.hand.tell(production, "lifecycle", {"event": "interrupted"})
        await browser.page.get_by_role("button", name="Approve all 2 panels").wait_for()
    assert list(refusals) == []


async def test_a_production_that_has_ended_is_left_in_peace(lot: Lot, served: httpx.AsyncClient) -> None:
    """Its stream ends at once: a page that opened it again would do so several times a second."""
    production = await a_production(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await lot.hand.tell(production, "lifecycle", {"event": "failed"}, status="failed")
        await page.get_by_role("button", name="Resume where it stopped").wait_for()
        with pytest.raises(PlaywrightTimeout):
            async with page.expect_request("**/events?*", timeout=700):
                pass


class TestShortStreams:
    @pytest.fixture
    def limits(self) -> StreamLimits:
        return StreamLimits(heartbeat_s=0.05, open_s=0.3)

    async def test_a_stream_that_ends_is_opened_again_and_nothing_is_missed(
        self, lot: Lot, served: httpx.AsyncClient
    ) -> None:
        production = await a_production(lot)
        async with window(address(served)) as [browser]:
            await browser.go(f"/productions/{production}")
            await _hears(browser, lot, production, "scene 1 is written")
            async with browser.page.expect_request("**/events?*"):
                pass  # the next stream, after the first one's time was up
            await written(lot, production)
            await _hears(browser, lot, production, "scene 2 is written")
            assert await browser.page.get_by_role("heading", name="Scene title 1").is_visible()


async def _hears(browser: Window, lot: Lot, production: str, words: str) -> None:
    await lot.runs.set(production, status="running", interrupts=[])
    await told(lot, production, "progress", stage="writing", text=words)
    await browser.page.get_by_text(words).wait_for()
