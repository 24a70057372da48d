"""`greenlight reshoot ID SHOT`: one shot once more, the cut and the master around it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from server.branches.reshoot import Wish, offer, reshoot
from server.cli.follow import follow_to_end
from server.cli.papers import export_files, print_summary
from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER
from tools.settings import settings

NAME = "reshoot"


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id.")],
    shot: Annotated[str, typer.Argument(help="The shot's slate, such as 2A.")],
    note: Annotated[str, typer.Option(help="What should change; without it another take of the same.")] = "",
    first_frame: Annotated[
        str | None, typer.Option(metavar="KEY", help="A picture of your library to begin with; '' for none.")
    ] = None,
    last_frame: Annotated[
        str | None, typer.Option(metavar="KEY", help="A picture of your library to end with.")
    ] = None,
    quote: Annotated[str | None, typer.Option(help="The quote id you approve.")] = None,
    ask: Annotated[bool, typer.Option("--ask", help="Look at the take before it is cut in.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it costs.")] = False,
    out: Annotated[Path, typer.Option(help="Where the files go.")] = Path("out"),
) -> None:
    """Buy exactly one new take; the old one is kept, everything else stays as it is."""
    wish = Wish(
        shot=shot, note=note, first_frame=first_frame, last_frame=last_frame, quote_id=quote,
        review="ask" if ask else "auto",
    )  # fmt: skip
    run(_price(production_id, wish) if dry_run else _reshoot(production_id, wish, out))


async def _price(production_id: str, wish: Wish) -> None:
    async with open_parts(settings(), works=False) as parts:
        offered = await offer(parts.house, production_id, wish, user_id=LOCAL_USER)
    Console(highlight=False).print(
        f"{wish.shot} ({offered.current_take} now) costs {offered.quote.total} of {offered.left} left;"
        f" quote {offered.quote.quote_id}"
    )
    for edge, use in offered.frames.items():
        told = "is told to the model" if use == "told" else "is blended with the take in the cut"
        Console(highlight=False).print(f"your own {edge} frame {told}")


async def _reshoot(production_id: str, wish: Wish, out: Path) -> None:
    console = Console()
    async with open_parts(settings()) as parts:
        before = await parts.house.runs.state(user_id=LOCAL_USER, production_id=production_id)
        await reshoot(parts.house, production_id, wish, user_id=LOCAL_USER)
        await follow_to_end(parts, production_id, console, after=before.seq)
        files = await export_files(parts, LOCAL_USER, production_id, out)
        await print_summary(parts, LOCAL_USER, production_id, files, console)
