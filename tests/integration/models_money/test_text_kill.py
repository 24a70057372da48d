"""Real processes that ask a vendor, killed with -9 on the way; a successor asks again."""

import asyncio
import os
import signal
from functools import partial
from pathlib import Path

import pytest

from tests.forked import ForkedProcess
from tests.integration.models_money.asking import Asker
from tests.standins.model_vendors import Asked, Gate, Said, ToolCall, faults

ROOT = Path(__file__).parents[3]
MODELS = {"openai": "gpt-5", "google": "gemini-2.5-pro", "deepseek": "deepseek-chat"}
WORDS = "a door"
GOOD = '{"title": "What was said", "lines": ["A door.", "A key."]}'


@pytest.mark.parametrize(
    ("vendor", "moment"), [("openai", "has it"), ("google", "in the stream"), ("deepseek", "unrecorded")]
)
async def test_a_killed_process_leaves_no_hole_in_the_books(
    asker: Asker, vendor: str, moment: str, shared_url: str, tmp_path: Path
) -> None:
    place, gate = getattr(asker.vendors, vendor), Gate(2)
    if moment == "has it":
        place.faults.append(faults.answer_hangs())
    place.brain = partial(said, gate if moment == "in the stream" else None)
    call_key = f"{asker.production_id}:script:{WORDS}:first"
    await asker.tills.open((call_key, 1))
    await asker.shop.database.execute("update productions set lease_until = null")
    victim = start(asker, vendor, shared_url, tmp_path, unrecorded=moment == "unrecorded")
    if moment != "unrecorded":
        asked = asker.vendors.books.when(lambda book: len(book.posts()) == 1)
        async with asyncio.timeout(60):
            await (gate.reached if moment == "in the stream" else asked).heard()
        victim.kill()
    assert await victim.wait() == -signal.SIGKILL, (tmp_path / "victim.log").read_text()
    gate.open()
    await asker.succeed()
    place.brain = partial(said, None)
    await asker.note(WORDS, MODELS[vendor])
    assert len(asker.vendors.books.posts()) == 2
    billed, asked, most = await asker.amounts()
    assert 0 < billed < asked <= most
    assert await asker.settle_all() == 1
    assert await asker.amounts() == (asked, asked, asked)


def said(gate: Gate | None, asked: Asked) -> Said:
    """A good note, as this model is told to give it."""
    if any(tool.name == "Note" for tool in asked.tools):
        return Said(calls=(ToolCall("Note", GOOD),), before_piece=gate)
    return Said(text=GOOD, before_piece=gate)


def start(asker: Asker, vendor: str, url: str, folder: Path, *, unrecorded: bool) -> ForkedProcess:
    place = getattr(asker.vendors, vendor)
    environment = {
        **os.environ, "PYTHONPATH": str(ROOT), "GREENLIGHT_DATABASE_URL": url,
        "GREENLIGHT_DATA_DIR": str(folder), "VENDOR_KEY": place.key,
        "VENDOR_URL": f"{place.url}/v1" if vendor == "openai" else place.url,
        "UNRECORDED": "1" if unrecorded else "",
    }  # fmt: skip
    module = "tests.integration.models_money.text_victim"
    return ForkedProcess(
        module, asker.production_id, MODELS[vendor], WORDS, env=environment, log=folder / "victim.log"
    )
