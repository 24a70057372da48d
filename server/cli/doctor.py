"""`greenlight doctor`: is everything here that is needed?"""

import json
from dataclasses import asdict
from typing import Annotated, Literal

import typer
from rich.console import Console

from server.cli.running import run
from server.logs import configure_logs
from server.peers import check_peers
from server.trials.tried import providers_with_keys, tried_in_place
from server.trials.verified import check_models
from server.vitals.doctor import check_set_up, check_spending, check_workers
from state.cost import ZERO
from state.errors import BriefIncomplete
from tools.clock import SystemClock
from tools.db.doctor import Check, examine
from tools.media.probe import check_media
from tools.settings import Settings, settings

NAME = "doctor"
OfWords = Literal["openai", "google", "deepseek", "own"]
Vendor = Literal["openai", "google", "deepseek", "own", "replicate", "fal"]
STOPPED = "stopped; nothing is lost: the same command goes on, and pays nothing twice"
MARKS = {"ok": "[green]ok[/]  ", "warning": "[yellow]hm[/]  ", "failed": "[red]no[/]  "}


def command(
    quick: Annotated[bool, typer.Option("--quick", help="Leave the database alone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print every check as JSON.")] = False,
    provider: Annotated[
        Vendor | None,
        typer.Option(
            help="Ask this vendor instead: one of language models for its list and the cheapest answer,"
            " booked; with --spend for one real call of each kind."
        ),
    ] = None,
    spend: Annotated[
        str | None,
        typer.Option(
            metavar="USD", help="What the real calls may cost at most, such as 0.10; 0 shows the prices."
        ),
    ] = None,
    only: Annotated[
        str, typer.Option(metavar="KINDS", help="Of picture,clip,voice,music,text only these; with --spend.")
    ] = "",
) -> None:
    """Check settings, folders, database, media, workers, encoder, voices; exit 1 if something is missing.

    With --provider one real request is paid and booked; while spending is stopped, and without the option,
    nobody is asked. With --spend one real call of each kind is made, the cheapest first, as far as that
    amount reaches: what is made is fetched, looked at, booked and kept. An interrupted one goes on when it
    is run again.
    """
    chosen = settings()
    if spend is not None or only or provider == "replicate" or provider == "fal":
        _try(chosen, provider, spend, only, as_json=as_json)
        return
    results = run(_asked(chosen, provider) if provider else _results(chosen, database=not quick))
    if as_json:
        typer.echo(json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=2))
    else:
        _print(results)
    if any(result.status == "failed" for result in results):
        raise typer.Exit(1)


def _try(chosen: Settings, provider: Vendor | None, spend: str | None, only: str, *, as_json: bool) -> None:
    """One real call of each kind; without an amount only their prices."""
    # Here and not above: what prices and buys takes a second to load.
    from server.cli.trying import show_plan, try_out
    from server.trials.plan import plan_of, read_kinds, read_provider, read_spend

    if provider is None or provider == "own" or (only and spend is None):
        raise BriefIncomplete(
            "--spend is for one of the providers that sell, and --only goes with it",
            user_action="Say `greenlight doctor --provider replicate --spend 0.10`.",
        )
    plan = plan_of(read_provider(provider), read_spend(spend or "0"), read_kinds(only))
    if plan.spend == ZERO:
        run(show_plan(chosen, plan, as_json=as_json))
    elif not run(try_out(chosen, plan, as_json=as_json), stopped=STOPPED):
        raise typer.Exit(1)


def _print(results: list[Check]) -> None:
    console = Console(highlight=False)
    for result in results:
        console.print(f"{MARKS[result.status]} {result.name:<13} {result.message}", soft_wrap=True)
        if result.remedy:
            console.print(f"     {'':<13} {result.remedy}", style="dim", soft_wrap=True)


async def _asked(chosen: Settings, vendor: OfWords) -> list[Check]:
    """What a vendor of language models says to us."""
    # Here and not above: the vendors' packages take two seconds to load.
    from server.vitals.vendors import check_vendor

    configure_logs(chosen.model_copy(update={"log_level": "ERROR"}))
    return await check_vendor(chosen, vendor, clock=SystemClock())


async def _results(chosen: Settings, *, database: bool) -> list[Check]:
    """All checks; what other processes are asked about comes last, because it needs all the rest."""
    configure_logs(chosen.model_copy(update={"log_level": "ERROR"}))  # the lines below say it all
    found = [*check_set_up(chosen), *await examine(chosen, database=database), await check_media(chosen)]
    if not database or any(check.status == "failed" for check in found):
        return [*found, check_models(providers_with_keys(chosen), None)]
    models = check_models(providers_with_keys(chosen), await tried_in_place(chosen))
    asked = [*await check_peers(chosen), *await check_workers(chosen), *await check_spending(chosen)]
    return [*found, models, *asked]
