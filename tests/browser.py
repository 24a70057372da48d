"""A window of the Chromium that this machine has, with an ear for everything it complains about."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: make setup")
from playwright.async_api import Page, ViewportSize, async_playwright  # needs the check above first

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=800)
PATIENCE_MS = 60_000
WATCH = """addEventListener("securitypolicyviolation", (event) =>
    console.error("CSP", event.violatedDirective, event.blockedURI))"""

# The first words of every two paragraphs of one card that are written over each other.
OVERLAPS = """() => {
    const shown = [...document.querySelectorAll("li p")].flatMap((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        const box = range.getBoundingClientRect();
        return box.width && one.checkVisibility() ? [{ one, box }] : [];
    });
    const together = (a, b) => a.closest("li") === b.closest("li");
    const cut = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
    return shown.flatMap((a, i) => shown.slice(i + 1)
        .filter((b) => together(a.one, b.one) && cut(a.box, b.box))
        .map((b) => `${a.one.textContent.slice(0, 30)} / ${b.one.textContent.slice(0, 30)}`));
}"""


@dataclass
class Window:
    """One page, and what its console said that it should not have."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    async def go(self, path: str) -> None:
        await self.page.goto(f"{self.url}{path}")

    async def shown(self) -> str:
        """What a person reads on the page, its gate with every mark: for the report of a failed test."""
        gate = "() => document.querySelector('[data-gate]')?.outerHTML ?? 'no gate'"
        return f"{await self.page.locator('body').inner_text()}\n{await self.page.evaluate(gate)}"

    async def picture(self, folder: Path, name: str) -> None:
        """The page at both widths, in a file each; it must fit into both."""
        for size in (DESK, PHONE):
            await self.page.set_viewport_size(size)
            wide = await self.page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size["width"], f"{name} is {wide} px wide in a window of {size['width']}"
            overlaps = await self.page.evaluate(OVERLAPS)
            assert not overlaps, f"{name}: {overlaps}"
            await self.page.screenshot(path=folder / f"{name}-{size['width']}.png", full_page=True)


@asynccontextmanager
async def window(url: str, *, windows: int = 1) -> AsyncIterator[list[Window]]:
    """As many windows of one phone-sized browser on this address."""
    # Chromium refuses its sandbox to root, and tests often are root.
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = await browser.new_context(viewport=PHONE, color_scheme="dark", reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(WATCH)
        opened = [await _opened(await context.new_page(), url) for _ in range(windows)]
        try:
            yield opened
        except BaseException:
            for each in opened:
                print(f"{each.page.url} complains {each.complaints} and shows:\n{await each.shown()}")
            raise
        finally:
            await browser.close()


async def _opened(page: Page, url: str) -> Window:
    made = Window(page, url)
    page.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    return made
