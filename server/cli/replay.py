"""`greenlight replay ID`: repeat a production from its records; does it come out the same?"""

from typing import Annotated

import typer
from rich.console import Console

from server.branches.replay import replay
from server.branches.report import Report, replay_report
from server.cli.running import run
from server.composition import Parts, open_parts
from server.deps import LOCAL_USER
from tools.settings import settings

NAME = "replay"
EXIT_DIFFERENT = 1


def command(
    production_id: Annotated[str, typer.Argument(help="The production's id; it is not changed.")],
    checkpoint: Annotated[
        str | None, typer.Option(help="Repeat only what follows; `greenlight checkpoints ID` lists them.")
    ] = None,
) -> None:
    """Run its nodes again on the recorded calls, at no cost, and compare; exits with 1 on a difference."""
    if not run(_replay(production_id, checkpoint)).identical:
        raise typer.Exit(EXIT_DIFFERENT)


async def _replay(production_id: str, checkpoint_id: str | None) -> Report:
    async with open_parts(settings()) as parts:
        started = await replay(parts.house, production_id, user_id=LOCAL_USER, checkpoint_id=checkpoint_id)
        report = await ended(parts, started.production_id)
    _print(report, Console(highlight=False))
    return report


async def ended(parts: Parts, production_id: str) -> Report:
    """Wait for the last run of a replay; what came of it."""
    async for event in parts.house.events.follow(production_id):
        if event.method == "lifecycle" and not event.namespace:
            report = await replay_report(parts.house, production_id, user_id=LOCAL_USER)
            if report.finished:
                return report
    return await replay_report(parts.house, production_id, user_id=LOCAL_USER)


def _print(report: Report, console: Console) -> None:
    console.print(f"replay {report.production_id}: {report.status}")
    console.print(f"{report.nodes} nodes, {report.calls} recorded calls, {report.files} files, nothing paid")
    if report.error:
        console.print(f"[red]{report.error['code']}[/]: {report.error['message']}")
    for one in report.differences:
        console.print(f"[red]{one.what}[/] {one.where}: {one.recorded} was recorded, {one.replayed} now")
    if report.identical:
        console.print("[green]identical[/]")
