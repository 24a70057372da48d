"""`greenlight serve`: the HTTP service and its worker in one process."""

from typing import Annotated

import typer

from tools.settings import settings

NAME = "serve"


def command(
    work: Annotated[
        bool,
        typer.Option("--work/--no-work", help="Drive productions too, or leave that to others."),
    ] = True,
) -> None:
    """Serve the page and the API and work on productions; stop with Ctrl-C or SIGTERM, nothing is lost."""
    # Here and not above: all other verbs begin without the routes and their models.
    from server.serve import run_loop, serve

    run_loop(serve(settings(), announce=_announce, works=work))


def _announce(address: str) -> None:
    typer.echo(f"{address}  (open it in a browser; the API is described at {address}/docs)")
