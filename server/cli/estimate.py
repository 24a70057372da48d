"""`greenlight estimate`: what a video of so many seconds will cost about, before there is a brief."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table

from server.cli.text_options import named_as_typed
from state.tier import Tier
from tools.orders.rate_card import EDITION
from tools.orders.reckoning import PREVIEW_LIMIT, Reckoning, preview_seconds, reckon_video

NAME = "estimate"
LINES = {
    "planning": "llm", "keyframes": "image", "video": "video", "audio": "audio", "critic": "llm",
}  # fmt: skip
"""The lines of the sum, and their kinds in the books."""


def command(
    seconds: Annotated[int, typer.Argument(help="How long the video is, 6 to 180.")],
    tier: Annotated[Tier, typer.Option(help="Made by cheap models, or by those that were chosen.")] = "final",
    premium: Annotated[
        int | None,
        typer.Option("--premium-seconds", help="Of a final by the premium model; a third unless you say."),
    ] = None,
) -> None:
    """Say what a video will cost about, by kind, at the reference prices; nothing is made."""
    with named_as_typed():
        found = reckon_video(seconds, tier=tier, premium_s=premium)
    show(found, tier, Console())


def show(found: Reckoning, tier: Tier, console: Console) -> None:
    """The table for a person, and of a draft how long one may be that is as cheap as a draft should be."""
    table = Table("for", "kind", Column("price", justify="right"), box=None)
    for line, kind in LINES.items():
        table.add_row(line, kind, str(getattr(found, line)))
    table.add_row("total", "", str(found.total), style="bold")
    console.print(table)
    made = f"{found.draft_s} s by a cheap model"
    console.print(f"{made}, {found.premium_s} s by a premium one; reference prices of edition {EDITION}")
    if tier == "draft":
        console.print(
            f"a draft should cost less than {PREVIEW_LIMIT}: {preview_seconds()} s are the most that do"
        )
