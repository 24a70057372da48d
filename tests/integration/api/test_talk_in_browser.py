"""The talk on a production's page: it answers in pieces and leads to the page's own controls."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Page, Route, expect
from psycopg.types.json import Jsonb

import nodes.talk.answer_complaint as node
from nodes.agents.agent import TextKey
from nodes.agents.said import AdviceSource, Piece, Said, StandIn, TakenBack
from state.context import RunContext
from state.writing import FallbackInput
from tests.browser import DESK, needs_chromium, window
from tests.integration.api.conftest import Lot
from tests.integration.api.making import a_production
from tests.integration.api.story_making import at_budget
from tests.integration.api.test_pages_in_browser import address
from tools.models.offline.advice import compose_advice

pytestmark = needs_chromium
OVER = {"code": "budget_exceeded", "message": "The next step would cost more than this production has left."}


def said_by(source: AdviceSource, monkeypatch: pytest.MonkeyPatch) -> None:
    async def chosen(context: RunContext, production_id: str) -> AdviceSource:
        return source

    monkeypatch.setattr(node, "advice_source", chosen)


async def opened(page: Page, words: str) -> None:
    await page.get_by_role("button", name="Ask", exact=True).first.click()
    await page.get_by_label("Your question").fill(words)
    await page.keyboard.press("Enter")


async def a_failed_one(lot: Lot) -> str:
    production = await a_production(lot)
    await lot.runs.set(production, status="failed", interrupts=[])
    await lot.database.execute(
        "update productions set error = %s where production_id = %s", [Jsonb(OVER), production]
    )
    return production


async def test_an_answer_leads_to_the_pages_own_control(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path
) -> None:
    production = await at_budget(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await opened(page, "why is it so expensive?")
        answer = page.locator(".talk-theirs")
        await expect(answer).to_contain_text("previz")
        await browser.picture(tmp_path, "talk-budget")
        await page.set_viewport_size(DESK)
        await answer.get_by_role("button", name="Approve").click()
        await expect(page.locator("[data-approve]")).to_be_focused()
        await expect(page.locator("#talk")).to_be_hidden()
        await page.get_by_role("button", name="Ask", exact=True).first.click()
        await answer.get_by_role("button", name="Choose another model").click()
        await expect(page.locator("[data-model]")).to_be_focused()
        assert browser.complaints == []
    assert [name for name, _ in lot.runs.calls] == ["start"]


async def test_a_failure_is_explained_and_the_talk_is_there_after_a_reload(
    lot: Lot, served: httpx.AsyncClient, tmp_path: Path
) -> None:
    production = await a_failed_one(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await opened(page, "¿Qué pasó?")
        await expect(page.locator(".talk-theirs")).to_contain_text("Sube el límite y reanúdala")
        await page.get_by_label("Subir el límite").fill("40.00")
        await browser.picture(tmp_path, "talk-failed")
        await page.reload()
        await page.get_by_role("button", name="Ask", exact=True).first.click()
        await expect(page.locator(".talk-mine")).to_have_text("¿Qué pasó?")
        await expect(page.locator(".talk-theirs")).to_contain_text("Sube el límite")
        await page.keyboard.press("Escape")
        await expect(page.locator("#talk")).to_be_hidden()
        assert browser.complaints == []


async def test_what_the_service_refuses_is_said_in_the_talk(lot: Lot, served: httpx.AsyncClient) -> None:
    """A stream that is cut, and a refusal: in words, and the question can be asked again."""
    production = await at_budget(lot)

    async def cut(route: Route) -> None:
        await route.fulfill(status=200, content_type="text/event-stream", body=": open\n\n")

    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await page.route("**/api/agent/chat/stream", cut)
        await opened(page, "Her face is different")
        await expect(page.locator(".talk-failed")).to_contain_text("The answer was cut off.")
        await page.unroute("**/api/agent/chat/stream")
        await page.get_by_label("Your question").fill("Her face is different")
        await page.get_by_role("dialog").get_by_role("button", name="Ask", exact=True).click()
        await expect(page.locator(".talk-theirs")).to_contain_text("How somebody looks is fixed once")
        assert browser.complaints == []


async def test_the_ceiling_is_raised_from_the_talk_and_resume_is_next(
    lot: Lot, served: httpx.AsyncClient
) -> None:
    """What is refused stays beside the field; raising spends nothing, and resuming is the person's."""
    production = await a_failed_one(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await opened(page, "What happened?")
        field = page.get_by_label("Raise the ceiling")
        await field.fill("a lot")
        await page.keyboard.press("Enter")
        await expect(page.locator(".talk-ceiling .error")).to_be_visible()
        await field.fill("40.00")
        await field.press("Enter")
        await expect(page.locator(".talk-ceiling [role=status]")).to_have_text("$25.00 → $40.00")
        await expect(page.locator(".costs dd").last).to_have_text("$40.00")
        resume = page.locator(".talk-actions").get_by_role("button", name="Resume")
        await expect(resume).to_be_focused()
        await resume.click()
        await expect(page.get_by_role("button", name="Resume where it stopped")).to_be_focused()
    row = await lot.database.fetch_one("select ceiling_micros from productions")
    assert (row, lot.runs.calls[1:]) == ({"ceiling_micros": 40_000_000}, [])


class StoodIn:
    """An advice source that answers with another model than the one that was asked for."""

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        yield StandIn("google", "gemini-2.5-flash", "gpt-5")
        yield compose_advice(asked)


async def test_the_page_says_who_answered_also_after_a_reload(
    lot: Lot, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_by(StoodIn(), monkeypatch)
    production = await at_budget(lot)
    async with window(address(served)) as [browser]:
        page = browser.page
        await browser.go(f"/productions/{production}")
        await opened(page, "why?")
        by = page.locator(".talk-theirs .talk-by")
        await expect(by).to_have_text("gemini-2.5-flash answers: gpt-5 could not be had.")
        await page.reload()
        await page.get_by_role("button", name="Ask", exact=True).first.click()
        await expect(by).to_have_text("gemini-2.5-flash answers: gpt-5 could not be had.")
        assert browser.complaints == []


class Unfinished:
    """An advice source that takes its first words back and has not said everything yet."""

    async def advise(self, asked: FallbackInput, *, key: TextKey) -> AsyncGenerator[Said, None]:
        for one in (Piece("It be"), TakenBack(), Piece("It waits for you")):
            yield one
        await asyncio.Event().wait()


async def test_words_that_do_not_count_leave_the_page(
    lot: Lot, served: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_by(Unfinished(), monkeypatch)
    production = await at_budget(lot)
    async with window(address(served)) as [browser]:
        await browser.go(f"/productions/{production}")
        await opened(browser.page, "why?")
        await expect(browser.page.locator(".talk-theirs")).to_have_text("It waits for you")
        assert browser.complaints == []
