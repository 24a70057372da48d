"""`greenlight doctor --provider X --spend 0.10`: the prices, then the calls, one after the other."""

import json
from functools import partial
from typing import Any

import typer
from rich.console import Console

from server.accounts.visitor import LOCAL_USER
from server.api.trials import plan_view, trial_view
from server.cli.trial_lines import print_plan, print_results, print_step
from server.logs import configure_logs
from server.trials.book import Trial
from server.trials.plan import Plan
from server.trials.trials import Trials, open_trials
from server.trials.tried import tried_here, tried_in_place
from server.trials.verified import Tried
from state.cost import ZERO
from tools.registry import Toolbox
from tools.settings import Settings

GOES_ON = "A trial of {began:%H:%M} UTC is not over: it goes on as it was planned, and pays nothing twice."


async def show_plan(chosen: Settings, plan: Plan, *, as_json: bool) -> None:
    """Only say what would be bought."""
    tried = await tried_in_place(chosen) or {}
    _told_plan(plan, tried, as_json=as_json, console=Console(highlight=False))


async def try_out(chosen: Settings, plan: Plan, *, as_json: bool) -> bool:
    """Show the plan, make its calls and say what came of them; whether all was good.

    Raises:
        KeyMissing, VaultError: there is no key that could be used. Nothing was sent.
        SpendingStopped: for everybody, or for this user.
        LeaseLost: another process is at work on this trial.
    """
    configure_logs(chosen.model_copy(update={"log_level": "ERROR"}))
    # The steps of a trial whose end is JSON go where a person sees them, and no program reads them.
    console = Console(highlight=False, stderr=as_json)
    async with open_trials(chosen) as (trials, tools):
        tried = await tried_here(tools.database)
        print_plan(console, plan, tried)
        if not plan.lines:
            console.print("Nothing fits under the ceiling, so nothing was sent.")
            return False
        trial = await _run(trials, plan, console)
        if as_json:
            typer.echo(json.dumps(await _facts(tools, trial), ensure_ascii=False, indent=2))
        else:
            print_results(console, trial, await _paths(tools, trial))
    return trial.state == "good"


async def _run(trials: Trials, plan: Plan, console: Console) -> Trial:
    trial, new = await trials.begin(plan, user_id=LOCAL_USER)
    if not new:
        console.print(GOES_ON.format(began=trial.begun_at))

    return await trials.run(trial, partial(_step, console))


async def _step(console: Console, *step: Any) -> None:
    print_step(console, *step)


def _told_plan(plan: Plan, tried: Tried, *, as_json: bool, console: Console) -> None:
    if as_json:
        view = plan_view(plan, tried, user_id=LOCAL_USER).model_dump(mode="json", by_alias=True)
        typer.echo(json.dumps(view, ensure_ascii=False, indent=2))
        return
    print_plan(console, plan, tried)
    if plan.spend == ZERO:
        console.print("Nothing was sent: --spend names what it may cost.")


async def _facts(tools: Toolbox, trial: Trial) -> dict[str, Any]:
    """As the API answers it, with the files' places on this machine."""
    paths = await _paths(tools, trial)
    view: dict[str, Any] = trial_view(trial, tools.media).model_dump(mode="json", by_alias=True)
    for call in view["calls"]:
        call["path"] = paths.get(call["kind"])
    return view


async def _paths(tools: Toolbox, trial: Trial) -> dict[str, str]:
    """Where the files lie on this machine, by kind."""
    return {call.line.kind: str(await tools.media.get(call.media.key)) for call in trial.calls if call.media}
