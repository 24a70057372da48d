"""The whole novela path on the page, as a person with a phone walks it."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from server.app import create_app
from server.composition import Parts
from tests.acceptance.studio_lot import MICRO
from tests.browser import Window, needs_chromium, window

pytestmark = needs_chromium
LENGTH = """async (film) => {
    film.preload = "auto";
    film.load();
    while (!(film.duration > 0)) await new Promise((resolve) => setTimeout(resolve, 50));
    return film.duration;
}"""
CUES = """async (film) => {
    const captions = film.textTracks[0];
    captions.mode = "showing";
    while (!captions.cues?.length) await new Promise((resolve) => setTimeout(resolve, 50));
    return captions.cues.length;
}"""


@pytest.fixture
async def address(parts: Parts) -> AsyncIterator[str]:
    """The house behind a real server."""
    app = create_app(parts.house.settings, opener=lambda _: nullcontext(parts.house))
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, lifespan="on", log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await serving
    listener.close()


async def test_a_novela_from_the_form_to_the_player(address: str, tmp_path: Path):
    """One panel YELLOW, a reload in the middle; nobody complains and nothing is wider than the phone."""
    async with window(address) as [browser]:
        await _start(browser, tmp_path)
        await _approve_the_budget(browser, tmp_path)
        await _change_one_panel(browser, tmp_path)
        await _approve_what_is_new(browser, tmp_path)
        await _keep_the_scene(browser, tmp_path)
        await _watch_the_film(browser, tmp_path)
        await _export_it(browser, tmp_path)
        assert browser.complaints == []


async def _start(browser: Window, folder: Path) -> None:
    page = browser.page
    await browser.go("/")
    await browser.picture(folder, "1-empty")
    await page.get_by_role("link", name="Write your own").click()
    await page.get_by_label("Title").fill(MICRO["title"])
    await page.get_by_label("Story", exact=False).first.fill(MICRO["description"])
    for label, name in (("Scenes", "scenes_per_episode"), ("Seconds", "episode_seconds")):
        await page.get_by_label(label, exact=True).fill(str(MICRO[name]))
    await page.get_by_label("Resolution").select_option(MICRO["resolution"])
    await page.get_by_label("Video model").first.select_option(MICRO["model_id"])
    await page.get_by_text("People, places and scenes").click()
    story = page.locator("details", has_text="People, places and scenes")
    for person in MICRO["characters"]:
        await page.get_by_role("button", name="Add character").click()
        await story.get_by_label("Name").last.fill(person["name"])
    await browser.picture(folder, "2-form")
    await page.get_by_role("button", name="Start the production").click()
    await page.wait_for_url("**/productions/*")


async def _approve_the_budget(browser: Window, folder: Path) -> None:
    page = browser.page
    await page.get_by_role("heading", name="Approve the budget").wait_for()
    assert await page.locator(".price .amount").inner_text() == "$0.00"
    await browser.picture(folder, "3-budget")
    await page.get_by_role("button", name="Approve $0.00").click()


async def _change_one_panel(browser: Window, folder: Path) -> None:
    page = browser.page
    await page.get_by_role("heading", name="Review the storyboard").wait_for()
    panel = page.locator("#panel-1B")
    await panel.get_by_role("radio", name="Change").check()
    await panel.get_by_label("What should change in 1B?").fill("at sunset")
    await browser.picture(folder, "4-storyboard")
    await page.reload()
    assert await panel.get_by_label("What should change in 1B?").input_value() == "at sunset"
    assert await panel.get_by_role("radio", name="Change").is_checked()
    await page.get_by_role("button", name="Send 1 change").click()


async def _approve_what_is_new(browser: Window, folder: Path) -> None:
    page = browser.page
    await page.get_by_text("round 2").wait_for()
    assert await page.get_by_text("New in this round").count() == 1
    assert await page.locator("#panel-1B").get_by_text("at sunset").is_visible()
    assert await page.locator("#panel-1B").get_by_role("radio", name="Keep").is_checked()
    await browser.picture(folder, "5-redrawn")
    await page.get_by_role("button", name="Approve all 3 panels").click()


async def _keep_the_scene(browser: Window, folder: Path) -> None:
    page = browser.page
    reel = page.locator("section.scene video").first
    await reel.wait_for()
    assert await reel.evaluate(LENGTH) > 0
    await browser.picture(folder, "6-scene")
    await page.get_by_role("button", name="Keep it and finish the film").click()


async def _watch_the_film(browser: Window, folder: Path) -> None:
    page = browser.page
    film = page.locator("video#master")
    await film.wait_for()
    assert await film.is_visible()
    assert await film.evaluate(LENGTH) > 5
    assert await film.evaluate(CUES) > 0
    await browser.picture(folder, "7-film")
    await page.get_by_text("Every call").click()
    await page.get_by_role("rowheader", name="storyboard 1B").first.wait_for()
    async with page.expect_download() as started:
        await page.get_by_role("link", name="episode.json").click()
    await (await started.value).save_as(folder / "episode.json")
    record = await asyncio.to_thread(_record, folder / "episode.json")
    assert [shot["slate"] for shot in record["scenes"][0]["shots"]] == ["1A-1", "1B-1", "1C-1"]


async def _export_it(browser: Window, folder: Path) -> None:
    page = browser.page
    form = page.locator("form[data-export]")
    await form.get_by_label("For").select_option("shorts")
    await form.get_by_label("Size").select_option("720p")
    await form.get_by_label("Quality").select_option("draft")
    await form.get_by_role("button", name="Export").click()
    await page.get_by_role("link", name="The film").wait_for()
    film = page.locator("video#master")
    await film.wait_for()
    assert await film.evaluate("film => [film.videoWidth, film.videoHeight]") == [720, 1280]
    await browser.picture(folder, "8-export")
    await page.get_by_role("link", name="The film").click()
    await page.locator(".exports").get_by_role("link", name="Finished").wait_for()
    await browser.picture(folder, "9-exported")
    await browser.go("/")
    await page.get_by_text("Finished").first.wait_for()
    await browser.picture(folder, "10-list")


def _record(file: Path) -> Any:
    return json.loads(file.read_text())
