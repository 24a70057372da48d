"""What the terminal says of what happens in a production."""

from datetime import UTC, datetime
from decimal import Decimal
from io import StringIO

from rich.console import Console

from server.cli.progress import ProgressLines
from state.events import EngineStoodIn, FromCache, ModelStoodIn, ReferencesLeftOut


def shown(name: str, payload: dict[str, object]) -> str:
    out = StringIO()
    ProgressLines(Console(file=out, width=200)).event(name, payload)
    return out.getvalue()


def test_a_model_that_stood_in_is_one_sentence():
    event = ModelStoodIn(
        role="script_writer", provider="google", model="gemini-2.5-flash", instead_of="gpt-5"
    )
    line = shown(event.name, event.as_custom()["payload"])
    assert line.split(maxsplit=2)[1:] == [
        "warning", "gemini-2.5-flash answered as the script writer: gpt-5 could not be had.\n",
    ]  # fmt: skip


def test_an_engine_that_stood_in_is_one_sentence():
    event = EngineStoodIn(
        stage="take", item="2A", take=2, provider="fal", model="luma-ray-2", instead_of="kling-2.1-pro",
        lacks=["its last frame"], why="nobody there.",
    )  # fmt: skip
    line = shown(event.name, event.as_custom()["payload"])
    assert line.split(maxsplit=2)[1:] == [
        "warning",
        "2A: luma-ray-2 made it, kling-2.1-pro could not be had (nobody there); its last frame could not be"
        " kept.\n",
    ]


def test_what_came_from_the_cache_says_when_it_was_made_and_what_it_spared():
    event = FromCache(
        stage="take", item="2A", take=1, provider="replicate", model="wan-2.5-t2v",
        made_at=datetime(2026, 11, 20, tzinfo=UTC), spared_usd=Decimal("0.40"),
    )  # fmt: skip
    line = shown(event.name, event.as_custom()["payload"])
    assert line.endswith("2A comes from the cache: wan-2.5-t2v made the same on 2026-11-20; $0.40 spared.\n")


def test_references_that_did_not_fit_are_one_sentence():
    event = ReferencesLeftOut(
        stage="take", item="2A", model="veo-3.1", sent=2, left_out=["Ana, back", "the style", "Luis, front"],
        why="it takes 2",
    )  # fmt: skip
    line = shown(event.name, event.as_custom()["payload"])
    assert "2A: 2 of 5 references fit veo-3.1: Ana, back, the style, Luis, front were left out" in line


def test_what_is_not_for_people_is_left_out():
    assert shown("message", {}) == ""
