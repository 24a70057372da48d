"""`greenlight serve`: the HTTP service and its worker in one process."""

import typer
import uvicorn

from server.app import create_app
from server.composition import open_house
from server.logs import configure_logs
from server.startup import check_start
from tools.settings import settings

NAME = "serve"


def command() -> None:
    """Serve the API and work on productions; stop with Ctrl-C or SIGTERM, nothing is lost."""
    chosen = settings()
    check_start(chosen)
    configure_logs(chosen)
    typer.echo(f"http://{chosen.host}:{chosen.port}  (the API is described at /docs)")
    uvicorn.run(
        create_app(chosen, opener=open_house), host=chosen.host, port=chosen.port,
        log_config=None, access_log=False, timeout_graceful_shutdown=5,
    )  # fmt: skip
