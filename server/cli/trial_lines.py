"""What a person at a terminal reads of a trial: the prices before, each step, and what came of it."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Column, Table

from server.trials.book import CallSeen, State, Trial
from server.trials.plan import Line, Plan
from server.trials.verified import Tried
from state.cost import ZERO, Money
from state.errors import GreenlightError

STEPS: dict[State, str] = {
    "planned": "waits", "sent": "sent", "running": "running", "downloaded": "downloaded, looked at",
    "checked": "checked", "failed": "failed", "not_sent": "not sent: the key was refused before",
}  # fmt: skip
MARKS = {"checked": "[green]ok[/]  ", "failed": "[red]no[/]  "}


def print_plan(console: Console, plan: Plan, tried: Tried) -> None:
    """The table of what is bought, and what is left out with its price."""
    console.print(
        f"Trial of {plan.provider} for {dollars(plan.spend)} at most, prices of edition {plan.quote.edition}"
    )
    table = Table("", "kind", "model", "asks for", Column("price", justify="right"), "unverified", box=None)
    for mark, lines in (("buy", plan.lines), ("left out", plan.left_out)):
        for line in lines:
            table.add_row(
                mark, line.kind, line.call.model, line.asked, price(line), _known(line, tried),
                style="dim" if mark == "left out" else None,
            )  # fmt: skip
    console.print(table)
    console.print(f"total {dollars(plan.total)} of {dollars(plan.spend)}")
    for line in plan.left_out:
        console.print(f"left out: {left_out(plan, line)}", soft_wrap=True)
    if plan.not_sold:
        console.print(f"{plan.provider} sells no {', no '.join(plan.not_sold)} to try")


def left_out(plan: Plan, line: Line) -> str:
    """Why a call is not made, and what would make it: `a clip of veo-3.1-fast costs $0.24`."""
    all_of_it = sum((one.price for one in (*plan.lines, *plan.left_out)), ZERO)
    words = f"{line.kind} of {line.call.model} ({line.asked}) costs {price(line)}"
    alone = f"--only {line.kind} --spend {line.price.dollars()}"
    return f"{words}; `{alone}` buys it, `--spend {all_of_it.dollars()}` everything"


def print_step(console: Console, line: Line, state: State, error: GreenlightError | None) -> None:
    """One step of one call."""
    said = f": {error.message} ({error.code})" if error is not None else ""
    console.print(f"     {line.kind:<8} {STEPS[state]}{said}", soft_wrap=True, markup=False)


def print_results(console: Console, trial: Trial, paths: dict[str, str]) -> None:
    """What came of each call, what it cost, and where its file is."""
    for call in trial.calls:
        said = result(call)
        console.print(f"{MARKS.get(call.state, '[yellow]hm[/]  ')} {call.line.kind:<8} ", end="")
        console.print(said, soft_wrap=True, markup=False)
        for more in _further(call, paths):
            console.print(f"     {'':<8} {more}", style="dim", soft_wrap=True, markup=False)
    console.print(
        f"billed {dollars(trial.billed)} of {dollars(trial.spend)}; production {trial.production_id}"
        f" (`greenlight costs --production {trial.production_id}`)",
        soft_wrap=True,
    )
    if trial.state == "unfinished":
        console.print("It is not over: the same command goes on with it, and pays nothing twice.")


def result(call: CallSeen) -> str:
    """`flux-schnell: 1024x1024 image/png, 81 kB, in 3.2 s, $0.003`."""
    if call.state != "checked":
        error = call.error or {}
        said = f"{error['message']} ({error['code']})" if error else STEPS[call.state]
        return f"{call.line.call.model}: {said}; {charged(call)}"
    facts = [*_file(call), f"in {call.took_s:.1f} s" if call.took_s is not None else "", charged(call)]
    return f"{call.line.call.model}: {', '.join(fact for fact in facts if fact)}"


def charged(call: CallSeen) -> str:
    """What a call cost, as far as anybody knows."""
    known = dollars(call.billed) if call.billed != ZERO or call.state == "checked" else "nothing charged"
    if call.unknown != ZERO:
        return f"{known}, perhaps {dollars(call.unknown)} besides, booked as unknown"
    return f"{known}, {dollars(call.reserved)} held" if call.reserved != ZERO else known


def price(line: Line) -> str:
    """What a call costs; of text the most."""
    return f"{'at most ' if line.kind == 'text' else ''}{dollars(line.price)}"


def dollars(amount: Money) -> str:
    """To the micro-dollar."""
    return f"${amount.dollars()}"


def _known(line: Line, tried: Tried) -> str:
    doubts = ", ".join(line.unverified) or "-"
    at = tried.get((line.call.provider, line.call.model))
    return doubts if at is None else f"{doubts}; tried {at:%Y-%m-%d}"


def _file(call: CallSeen) -> Sequence[str]:
    if call.usage is not None and call.media is None:
        return [f"{call.usage.prompt_tokens} tokens read, {call.usage.completion_tokens} written"]
    if (media := call.media) is None:
        return []
    size = f"{media.width}x{media.height} " if media.width else ""
    length = f"{media.duration_s:.2f} s" if media.duration_s else ""
    return [f"{size}{media.mime}", length, f"{media.size_bytes / 1000:.1f} kB"]


def _further(call: CallSeen, paths: dict[str, str]) -> list[str]:
    told = [paths[call.line.kind]] if call.line.kind in paths else []
    action = str((call.error or {}).get("user_action", ""))
    return [*told, action] if action else told
