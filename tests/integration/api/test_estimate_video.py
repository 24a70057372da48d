"""S4-086 to S4-088 over HTTP and in the terminal: the sums, and what cannot be reckoned."""

from typing import Any

import pytest
from typer.testing import CliRunner

from server.cli.verbs import app
from state.errors import BriefIncomplete
from tests.integration.api.conftest import Lot

URL = "/api/estimate"


async def test_a_draft_of_a_minute_and_what_would_be_cheap_enough(lot: Lot) -> None:
    answer = await lot.client.get(URL, params={"seconds": 60, "tier": "draft"})
    assert answer.status_code == 200, answer.text
    assert answer.json()["data"] == {
        "seconds": 60, "tier": "draft", "draftSeconds": 60, "premiumSeconds": 0,
        "lines": {"planning": "0.05", "keyframes": "0.02", "video": "1.80", "audio": "0.20",
                  "critic": "0.09"},
        "kinds": {"video": "1.80", "image": "0.02", "audio": "0.20", "llm": "0.14"},
        "total": "2.16", "edition": "2025-10",
        "preview": {"limitUsd": "2.00", "underLimit": False, "mostSeconds": 54},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "total", "under"),
    [({"seconds": 40, "tier": "draft"}, "1.56", True), ({"seconds": 54, "tier": "draft"}, "1.98", True),
     ({"seconds": 55, "tier": "draft"}, "2.01", False), ({"seconds": 60}, "11.56", None),
     ({"seconds": 60, "premiumSeconds": 0}, "2.16", None)],
)  # fmt: skip
async def test_seconds_and_tier_make_the_price(
    lot: Lot, asked: dict[str, Any], total: str, under: bool | None
) -> None:
    found = (await lot.client.get(URL, params=asked)).json()["data"]
    assert (found["total"], found["preview"] and found["preview"]["underLimit"]) == (total, under)
    for table in ("productions", "orders"):
        assert await lot.database.fetch_all(f"select 1 from {table}") == []


@pytest.mark.parametrize(
    ("asked", "field"),
    [({}, "seconds"), ({"seconds": 5}, "seconds"), ({"seconds": 181}, "seconds"),
     ({"seconds": "x"}, "seconds"),
     ({"seconds": 60, "tier": "gold"}, "tier"), ({"seconds": 60, "premiumSeconds": 61}, "premiumSeconds"),
     ({"seconds": 60, "tier": "draft", "premiumSeconds": 1}, "premiumSeconds")],
)  # fmt: skip
async def test_what_cannot_be_reckoned_names_its_field(lot: Lot, asked: dict[str, Any], field: str) -> None:
    answer = await lot.client.get(URL, params=asked)
    assert answer.status_code == 422, answer.text
    assert field in answer.json()["error"]["message"]


def test_the_terminal_says_the_same() -> None:
    draft = CliRunner().invoke(app, ["estimate", "60", "--tier", "draft"])
    assert draft.exit_code == 0
    words = " ".join(draft.stdout.split())
    for told in ("planning llm $0.05", "keyframes image $0.02", "video video $1.80", "audio audio $0.20"):
        assert told in words
    assert "critic llm $0.09 total $2.16" in words
    assert "less than $2.00: 54 s are the most" in words
    final = CliRunner().invoke(app, ["estimate", "60"]).stdout
    assert "$11.56" in final
    assert "40 s by a cheap model, 20 s by a premium one" in " ".join(final.split())
    assert "should cost less" not in final


def test_the_terminal_tells_a_cheap_draft_too_how_long_it_may_be() -> None:
    words = " ".join(CliRunner().invoke(app, ["estimate", "40", "--tier", "draft"]).stdout.split())
    assert "less than $2.00: 54 s are the most" in words


@pytest.mark.parametrize(
    ("typed", "named"),
    [(["5"], "SECONDS"), (["60", "--premium-seconds", "61"], "--premium-seconds"),
     (["60", "--tier", "draft", "--premium-seconds", "1"], "--premium-seconds")],
)  # fmt: skip
def test_the_terminal_names_what_was_typed(typed: list[str], named: str) -> None:
    wrong = CliRunner().invoke(app, ["estimate", *typed])
    assert isinstance(wrong.exception, BriefIncomplete)
    assert wrong.exception.message.startswith(f"{named}: ")
    assert wrong.exception.details["fields"][0]["field"] == named


def test_the_terminal_knows_two_tiers() -> None:
    assert CliRunner().invoke(app, ["estimate", "60", "--tier", "gold"]).exit_code == 2
