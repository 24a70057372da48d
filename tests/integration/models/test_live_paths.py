"""The paths that key holders walk (`tests/live`), at the stand-ins; and that nobody walks them unasked."""

from types import SimpleNamespace
from typing import Any

import pytest

from tests.integration.models.asking import a_line, ring_for
from tests.live import test_live_vendors
from tests.live.conftest import pytest_collection_modifyitems
from tests.live.paths import PATHS, walk
from tests.standins.model_vendors import Said, ToolCall, Vendors, always, script
from tools.models.catalog import text_card
from tools.models.live.clients import Clients

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


@pytest.mark.parametrize(
    ("wanted", "kept"),
    [("", []), ("not soak", []), ("live", ["a live one"])],
    ids=["all", "each day", "live"],
)
def test_nobody_pays_for_what_was_not_asked_for(wanted: str, kept: list[str]):
    left_out = list[Any]()
    hook = SimpleNamespace(pytest_deselected=lambda items: left_out.extend(items))
    config: Any = SimpleNamespace(getoption=lambda name: wanted, hook=hook)
    items: list[Any] = [SimpleNamespace(name="a live one", get_closest_marker=lambda name: name == "live")]

    pytest_collection_modifyitems(config, items)

    assert [item.name for item in items] == kept
    assert len(items) + len(left_out) == 1


def test_all_of_it_is_marked():
    assert {mark.name for mark in test_live_vendors.pytestmark} == {"live", "enable_socket"}
