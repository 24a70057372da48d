"""The paths that key holders walk (`tests/live`), at the stand-ins; and that nobody walks them unasked."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.models.asking import a_line, ring_for
from tests.live.paths import PATHS, walk
from tests.standins.model_vendors import Said, ToolCall, Vendors, always, script
from tools.models.catalog import text_card
from tools.models.live.clients import Clients

ROOT = Path(__file__).parents[3]
CHEAPEST = ["gpt-5-nano", "gemini-2.5-flash", "deepseek-chat"]
WALKS = [(name, path) for name in CHEAPEST for path in PATHS if path != "vision" or text_card(name).vision]


@pytest.mark.parametrize(("name", "path"), WALKS)
async def test_the_path_can_be_walked_and_costs_what_is_billed(
    vendors: Vendors, clients: Clients, name: str, path: str
):
    card, content = text_card(name), {"colour": "red"} if path == "vision" else {"capital": "Lima"}
    shaped = Said(text=str(content).replace("'", '"'))
    if card.shape == "tool":
        shaped = Said(calls=(ToolCall("Capital", content),))
    first = [Said(calls=(ToolCall("country"),))] if path == "tools" else []
    vendors.think_with(
        always("One, two, three.") if path in ("plain", "stream") else script([*first, shaped])
    )

    paid = await walk(path, a_line(card, clients, ring_for(vendors, card)))

    assert paid.requests == len(vendors.books.invoices) == (2 if path == "tools" else 1)
    assert paid.usage.total_tokens == sum(
        one.prompt_tokens + one.completion_tokens for one in vendors.books.invoices
    )
    assert paid.cost.micros > 0


def test_nobody_pays_for_what_was_not_asked_for():
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q", "tests/live"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert "(17 deselected)" in found.stdout, found.stdout
    assert "test_it_answers" not in found.stdout
