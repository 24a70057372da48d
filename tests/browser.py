"""A window of the Chromium that this machine has, with an ear for everything it complains about.

One Chromium serves all tests of a process, because to start it costs more than most of them. Each test has
an origin of its own, its server's port; what another one left there, and all cookies, are taken away.
"""

import atexit
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: make setup")
from playwright.async_api import Page, ViewportSize, async_playwright  # needs the check above first

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((found for name in NAMES if (found := shutil.which(name))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=800)
PATIENCE_MS = 60_000
START_S = 60
LISTENING = re.compile(r"^DevTools listening on ws://(127.0.0.1:\d+)/.*\n", re.M)
# What Playwright starts it with, as far as pages can tell; and what it needs for itself left out.
FLAGS = (
    "--headless", "--remote-debugging-port=0", "--no-first-run", "--hide-scrollbars", "--mute-audio",
    "--force-color-profile=srgb", "--font-render-hinting=none", "--disable-extensions", "--disable-sync",
    "--disable-background-networking", "--disable-background-timer-throttling", "--disable-dev-shm-usage",
    "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--disable-hang-monitor",
    "--disable-component-update", "--disable-ipc-flooding-protection", "--disable-popup-blocking",
    "--disable-prompt-on-repost", "--disable-field-trial-config", "--no-service-autorun",
    "--password-store=basic", "--disable-gpu", "--process-per-site",
    "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",
    "--disable-features=SpareRendererForSitePerProcess,AndroidSpareRenderer,PreloadTopChromeWebUI,"
    "WebUIReloadButton,InitialWebUI,Translate,OptimizationHints,MediaRouter,PaintHolding,HttpsUpgrades",
)  # fmt: skip
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


class SharedChromium:
    """The browser process, started by the first window, started again if it has died, ended with us."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = Path()

    def address(self) -> str:
        """Where it listens, `http://127.0.0.1:<port>`."""
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._start()
        deadline = time.monotonic() + START_S
        while (found := LISTENING.search((self._folder / "log").read_text())) is None:
            assert self._process is not None
            assert self._process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < deadline, (self._folder / "log").read_text()
            time.sleep(0.01)  # another process writes it, and tells nobody
        return f"http://{found[1]}"

    def _start(self) -> None:
        assert CHROMIUM is not None
        self._folder = Path(tempfile.mkdtemp(prefix="greenlight-chromium-"))
        # Chromium refuses its sandbox to root, and tests often are root.
        flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        tool = shutil.which("setpriv")
        dies_with_us = [tool, "--pdeathsig", "KILL"] if tool else []
        with (self._folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*dies_with_us, CHROMIUM, *flags, f"--user-data-dir={self._folder}", "about:blank"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip

    def close(self) -> None:
        """End it and forget all that it wrote."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            shutil.rmtree(self._folder, ignore_errors=True)
            self._process = None


SHARED = SharedChromium()
atexit.register(SHARED.close)


@asynccontextmanager
async def window(url: str, *, windows: int = 1) -> AsyncIterator[list[Window]]:
    """As many windows of one phone-sized browser on this address."""
    address = SHARED.address()  # here: it would end with the thread that started it
    async with async_playwright() as engine:
        browser = await engine.chromium.connect_over_cdp(address)
        [context] = browser.contexts
        [standing] = context.pages
        # A page of the same site keeps its process, which would be started anew for each test.
        await standing.goto(f"{address}/json/version")
        await context.clear_cookies()
        devtools = await context.new_cdp_session(standing)
        # A port may have been another test's before.
        await devtools.send("Storage.clearDataForOrigin", {"origin": _origin(url), "storageTypes": "all"})
        await devtools.detach()
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
            # Closing the browser only lets go of it, and a page would outlive its server.
            for page in context.pages:
                if page is not standing:
                    await page.close()
            await browser.close()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


async def _opened(page: Page, url: str) -> Window:
    await page.set_viewport_size(PHONE)
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    made = Window(page, url)
    page.on("console", lambda said: made.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: made.complaints.append(str(error)))
    return made
