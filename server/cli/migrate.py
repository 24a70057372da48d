"""`greenlight migrate`: the only thing that changes a schema."""

import typer

from server.cli.running import run
from tools.db.embedded import ensure_embedded, release_embedded
from tools.db.migrate import migrate
from tools.settings import Settings, settings

NAME = "migrate"


def command() -> None:
    """Bring the database up to this version; running it again does nothing."""
    steps = run(_migrate(settings()))
    typer.echo("\n".join(steps) or "nothing to do")


async def _migrate(chosen: Settings) -> list[str]:
    if chosen.database_url is not None:
        return await migrate(chosen.database_url.get_secret_value())
    url = await ensure_embedded(chosen.data_dir)
    try:
        return await migrate(url)
    finally:
        await release_embedded(chosen.data_dir)
