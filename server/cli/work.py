"""`greenlight work`: a worker without the HTTP service; any number of them share one database."""

from typing import Annotated

import typer

from server.cli.running import run
from server.composition import open_parts
from server.logs import configure_logs, log_uncaught
from server.runs.stop_signals import StopSignals
from server.startup import check_folder, check_media, check_settings
from tools.settings import Settings, settings

NAME = "work"


def command(
    slots: Annotated[int | None, typer.Option(min=1, max=64, help="Productions at the same time.")] = None,
) -> None:
    """Work on productions until SIGTERM or Ctrl-C; running steps end first, nothing is lost.

    Steps get GREENLIGHT_DRAIN_S seconds, or until a second signal; then another worker runs them again.
    """
    chosen = settings() if slots is None else settings().model_copy(update={"workers": slots})
    check_settings(chosen)
    check_folder(chosen.data_dir)
    run(_work(chosen))


async def _work(chosen: Settings) -> None:
    # A worker is read by its operator: it keeps its own level, unlike the verbs of a person.
    configure_logs(chosen)
    log_uncaught()
    await check_media(chosen)
    with StopSignals() as signals:
        async with open_parts(chosen, side_door=True) as parts:
            signals.on_first = parts.house.vitals.stop
            signals.on_second = parts.worker.hurry
            typer.echo(f"working with {chosen.workers} slots as {parts.worker.worker_id}")
            await signals.asked.wait()
