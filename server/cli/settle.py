"""`greenlight settle KEY --as DECISION`: say what became of an order of unknown fate."""

from typing import Annotated

import typer

from server.accounts.audit_book import AuditBook
from server.cli.running import run
from server.cli.seen import seen, storable
from server.composition import open_parts
from server.deps import LOCAL_USER
from state.cost import Money
from tools.orders.parked import DECISIONS, Decision, Settled
from tools.settings import Settings, settings

NAME = "settle"
SAID: dict[Decision, str] = {
    "it_never_arrived": "it is reserved once more ({reserved}; {unknown} stay unknown) and sent again",
    "it_is_this_job": "it is job {job}, and fetched",
    "give_up": "given up; {unknown} stay booked as unknown",
}


def command(
    key: Annotated[
        str, typer.Argument(help="The order, as `greenlight orders` names it.", callback=storable)
    ],
    decision: Annotated[
        str,
        typer.Option(
            "--as", metavar="DECISION", help=f"What became of it: {', '.join(DECISIONS)}.", callback=storable
        ),
    ],
    job: Annotated[
        str,
        typer.Option(metavar="ID", help="The provider's id of the job that it is.", callback=storable),
    ] = "",
    attempt: Annotated[
        int | None, typer.Option(min=0, help="The request that you looked at; else the one that waits.")
    ] = None,
) -> None:
    """Say what became of an order whose answer was lost; its production goes on when you resume it.

    it_never_arrived reserves its price once more, and what is unknown stays booked; it_is_this_job (with
    --job) fetches what was made; give_up sends nothing more. The same again changes nothing.
    """
    known = _decision(decision)
    if bool(job) != (known == "it_is_this_job"):
        raise typer.BadParameter("--job goes with --as it_is_this_job, and with nothing else")
    done = run(settle(settings(), key, known, job=job, attempt=attempt))
    typer.echo(seen(told(done)))
    if known != "give_up":
        typer.echo("nothing leaves before the production goes on")
    typer.echo(f"`greenlight resume {done.row.production_id}` goes on if it paused for this")


async def settle(
    chosen: Settings, key: str, decision: Decision, *, job: str = "", attempt: int | None = None
) -> Settled:
    """Settle one of the local user's orders, and put that on record."""
    async with open_parts(chosen, works=False) as parts:
        done = await parts.house.parked.settle(
            key, decision, user_id=LOCAL_USER, attempt=attempt, external_id=job
        )
        row = {
            "user": LOCAL_USER, "action": "settle_order", "entity_type": "orders", "entity_id": key,
            "details": {"method": "command", "decision": done.decision, "repeated": done.repeated},
            "ip_address": "", "user_agent": "greenlight",
        }  # fmt: skip
        await AuditBook().add(parts.house.database, row)
        return done


def told(done: Settled) -> str:
    """What was done, in a line."""
    row = done.row
    amounts = {"reserved": Money(micros=row.cost_reserved), "unknown": Money(micros=row.cost_unknown)}
    words = SAID[done.decision].format(job=done.external_id, **amounts)
    return f"settled so before: {words}" if done.repeated else words


def _decision(word: str) -> Decision:
    for one in DECISIONS:
        if one == word:
            return one
    raise typer.BadParameter(f"--as: {word!r} is none of {', '.join(DECISIONS)}")
