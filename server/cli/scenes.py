"""`greenlight scenes`: the scene board, and what of it is locked."""

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from server.cli.running import run
from server.composition import open_parts
from server.deps import LOCAL_USER, read_id
from server.scenes.board import BoardScene, scene_board
from server.scenes.locks import lock, unlock
from tools.settings import settings

app = typer.Typer(help="Look at the scenes of a production, and lock them.", no_args_is_help=True)
NAME = "scenes"
MOST = 1000
Production = Annotated[
    str, typer.Argument(metavar="ID", help="The production's id; `greenlight list` shows it.")
]
Item = Annotated[str, typer.Argument(metavar="ITEM", help="A shot, such as 2A, or a scene, such as scene-2.")]


@app.command("show")
def show(production: Production) -> None:
    """Show every shot with how far it is, how long, by whom, and whether it is locked."""
    scenes = run(_board(production))
    table = Table("shot", "status", "seconds", "take", "model", "locked", "prompt", box=None, pad_edge=False)
    for row in rows_of(scenes):
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def rows_of(scenes: Sequence[BoardScene]) -> list[tuple[str, ...]]:
    """A line for each scene, and one for each of its shots."""
    rows: list[tuple[str, ...]] = []
    for scene in scenes:
        rows.append((f"scene-{scene.number}", scene.status, "", "", "", "", scene.title))
        rows += [
            (
                shot.slate, shot.status, f"{shot.duration_s:.1f}", shot.take, shot.model,
                "locked" if shot.locked else "", shot.prompt.partition("\n")[0][:60],
            )
            for shot in scene.shots
        ]  # fmt: skip
    return rows


@app.command("lock")
def lock_item(production: Production, item: Item) -> None:
    """Lock a shot, or all shots of a scene: they are not made again."""
    _tell(run(_change(production, item, locks=True)))


@app.command("unlock")
def unlock_item(production: Production, item: Item) -> None:
    """Let them be made again. Nothing is made by this."""
    _tell(run(_change(production, item, locks=False)))


async def _board(production: str) -> list[BoardScene]:
    async with open_parts(settings(), works=False) as parts:
        found, _ = await scene_board(
            parts.house, str(read_id(production)), user_id=LOCAL_USER, limit=MOST, offset=0
        )
    return found


async def _change(production: str, item: str, *, locks: bool) -> list[str]:
    change = lock if locks else unlock
    async with open_parts(settings(), works=False) as parts:
        return await change(parts.house, str(read_id(production)), item, user_id=LOCAL_USER)


def _tell(locked: list[str]) -> None:
    typer.echo(f"locked: {', '.join(locked)}" if locked else "nothing is locked")
