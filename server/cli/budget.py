"""`greenlight budget`: what may be spent in a day, and by one production."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal, InvalidOperation
from typing import Annotated

import typer
from psycopg.rows import DictRow

from server.accounts.audit_book import AuditBook
from server.cli.running import run
from server.cli.seen import seen, storable
from server.deps import LOCAL_USER, read_id
from state.cost import Money
from tools.db.connect import open_database
from tools.db.pool import Database
from tools.ledger.budgets import (
    Ceiling,
    DayBudget,
    day_budget,
    set_ceiling,
    set_credits,
    set_day_budget,
    set_text_allowance,
)
from tools.ledger.costs import dollars
from tools.ledger.settling import settle, unknown_lines
from tools.settings import Settings, settings

NAME = "budget"
HIGHEST_USD = 1_000_000
MOST_CREDITS = 1_000_000
app = typer.Typer(help="What may be spent in a day, and by one production.", no_args_is_help=True)
User = Annotated[
    str, typer.Option("--user", metavar="ID", help="Whose; yours when left out.", callback=storable)
]


@app.command("show")
def show(user: User = LOCAL_USER) -> None:
    """Show what may be spent today (UTC), and what of it is committed."""
    typer.echo(told(run(read(settings(), user))))


@app.command("set")
def set_daily(
    amount: Annotated[str, typer.Argument(help="Dollars a day, or `none` for the server's own budget.")],
    user: User = LOCAL_USER,
) -> None:
    """Set what a user may spend in a day."""
    budget = None if amount == "none" else read_amount(amount)
    typer.echo(told(run(change(settings(), user, budget))))


@app.command("credits")
def credits(
    number: Annotated[str, typer.Argument(help="Productions that may still spend, or `none` for no limit.")],
    user: User = LOCAL_USER,
) -> None:
    """Set how many more productions of a user may spend."""
    many = None if number == "none" else read_credits(number)
    run(give(settings(), user, many))
    typer.echo("any number of productions may spend" if many is None else f"{many} productions may spend")


@app.command("raise")
def raise_ceiling(
    production_id: Annotated[str, typer.Argument(help="The production's id; `greenlight list` shows it.")],
    amount: Annotated[str, typer.Argument(help="Dollars it may cost at most.")],
) -> None:
    """Change what a production may cost; never below what is committed already."""
    done = run(ceiling(settings(), production_id, read_amount(amount)))
    typer.echo(f"it may cost {done.ceiling} (before: {done.before}); {done.committed} are committed")
    typer.echo(f"`greenlight resume {production_id}` goes on if it paused for money")


@app.command("text")
def raise_text(
    production_id: Annotated[str, typer.Argument(help="The production's id; `greenlight list` shows it.")],
    amount: Annotated[str, typer.Argument(help="Dollars its language models may cost at most.")],
) -> None:
    """Change what the language models of a production may cost."""
    run(text_allowance(settings(), production_id, read_amount(amount)))
    typer.echo(f"its text may cost {read_amount(amount)}")
    typer.echo(f"`greenlight resume {production_id}` goes on if it paused for that")


@app.command("unknown")
def show_unknown(user: User = LOCAL_USER) -> None:
    """List requests whose price nobody knows: their answers were lost, or their jobs stopped."""
    rows = run(unknown(settings(), user))
    for row in rows:
        most = Money(micros=row["unknown"])
        typer.echo(seen(f"{row['line']}  {row['at']:%Y-%m-%d %H:%M}  {row['model']}  at most {most}"))
    if not rows:
        typer.echo("none")


@app.command("settle")
def settle_line(
    line: Annotated[
        str,
        typer.Argument(help="The request, as `greenlight budget unknown` names it.", callback=storable),
    ],
    amount: Annotated[str, typer.Argument(help="Dollars on the vendor's bill; 0 when it is not on it.")],
    user: User = LOCAL_USER,
) -> None:
    """Book what a request of unknown price really cost."""
    held = run(settled(settings(), line, read_amount(amount), user))
    typer.echo(f"booked {read_amount(amount)}; {held} had been held for it")


async def text_allowance(chosen: Settings, production_id: str, amount: Money) -> None:
    """Change what the text of a production may cost."""
    async with _opened(chosen) as database:
        await set_text_allowance(database, read_id(production_id), amount, user_id=LOCAL_USER)


async def unknown(chosen: Settings, user_id: str) -> list[DictRow]:
    """The requests of unknown price, the newest hundred."""
    async with _opened(chosen) as database:
        return (await unknown_lines(database, user_id=user_id, limit=100, offset=0))[0]


async def settled(chosen: Settings, line: str, amount: Money, user_id: str) -> Money:
    """Book what one of them cost, and put it on record."""
    async with _opened(chosen) as database:
        held = await settle(database, line, amount, user_id=user_id)
        told = {"line": line, "held_usd": dollars(held.micros), "billed_usd": dollars(amount.micros)}
        row = {
            "user": LOCAL_USER, "action": "settle_unknown", "entity_type": "costs", "entity_id": user_id,
            "details": {"method": "command", **told}, "ip_address": "", "user_agent": "greenlight",
        }  # fmt: skip
        await AuditBook().add(database, row)
        return held


async def read(chosen: Settings, user_id: str) -> DayBudget:
    """What is set for a user, and what is used."""
    async with _opened(chosen) as database:
        return await _read(database, chosen, user_id)


async def change(chosen: Settings, user_id: str, budget: Money | None) -> DayBudget:
    """Set it, and read it again."""
    async with _opened(chosen) as database:
        await set_day_budget(database, user_id, budget, by=LOCAL_USER)
        return await _read(database, chosen, user_id)


async def give(chosen: Settings, user_id: str, credits: int | None) -> None:
    """Set a user's credits."""
    async with _opened(chosen) as database:
        await set_credits(database, user_id, credits)


async def ceiling(chosen: Settings, production_id: str, amount: Money) -> Ceiling:
    """Change a production's ceiling."""
    async with _opened(chosen) as database:
        return await set_ceiling(database, read_id(production_id), amount, user_id=LOCAL_USER)


def told(found: DayBudget) -> str:
    """One line for a person."""
    until = f"until {found.until:%Y-%m-%d %H:%M} UTC"
    if found.budget is None:
        return f"no limit; {found.committed} committed today, {until}"
    whose = "set for this user" if found.own else "the server's"
    return f"{found.budget} a day ({whose}); {found.committed} committed today, {until}"


def read_amount(text: str) -> Money:
    """An amount in dollars as it was typed.

    Raises:
        BadParameter: it is none, or one that nobody can mean.
    """
    try:
        amount = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount <= HIGHEST_USD:
        raise typer.BadParameter(f"{text!r} is no amount in dollars from 0 to {HIGHEST_USD}")
    if Money.usd(amount).as_usd() != amount:
        raise typer.BadParameter(f"{text!r} is finer than a millionth of a dollar")
    return Money.usd(amount)


def read_credits(text: str) -> int:
    """A number of productions as it was typed.

    Raises:
        BadParameter: it is none, or one that nobody can mean.
    """
    if not text.isdecimal() or len(text) > len(str(MOST_CREDITS)) or int(text) > MOST_CREDITS:
        raise typer.BadParameter(f"{text!r} is no number of productions from 0 to {MOST_CREDITS}")
    return int(text)


async def _read(database: Database, chosen: Settings, user_id: str) -> DayBudget:
    usd = chosen.day_budget_usd
    return await day_budget(database, user_id, default=None if usd is None else Money.usd(usd))


@asynccontextmanager
async def _opened(chosen: Settings) -> AsyncIterator[Database]:
    database = await open_database(chosen)
    try:
        yield database
    finally:
        await database.close()
