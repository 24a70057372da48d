"""`greenlight admin EMAIL`: make somebody an administrator, who then runs the accounts."""

from typing import Annotated

import typer

from server.accounts.accounts import open_accounts
from server.cli.running import run
from state.errors import AccountsOff, RecordConflict
from tools.clock import SystemClock
from tools.db.connect import open_database
from tools.settings import Settings, settings

NAME = "admin"


def command(
    email: Annotated[
        str, typer.Argument(help="The account's e-mail address; it is opened if there is none.")
    ],
    remove: Annotated[bool, typer.Option("--remove", help="No longer an administrator.")] = False,
    link: Annotated[bool, typer.Option("--link", help="Print a link that sets a new password.")] = False,
) -> None:
    """Make an account an administrator, or no longer. It needs the database, not a login."""
    typer.echo("\n".join(run(appoint(settings(), email, remove=remove, link=link))))


async def appoint(chosen: Settings, email: str, *, remove: bool, link: bool) -> list[str]:
    """Change the role, and say what was done.

    Raises:
        AccountsOff: these settings have no accounts.
        RecordNotFound: there is nobody to take it from.
    """
    if chosen.auth_mode != "token":
        raise AccountsOff()
    database = await open_database(chosen)
    try:
        accounts = open_accounts(chosen, database, SystemClock())
        told, url = [], None
        if not remove and await accounts.users.by_email(email) is None:
            _, url = await accounts.invite(email=email, name="", mail=False)
            told.append(f"opened an account for {email.strip()}")
        await accounts.users.set_role(email, "user" if remove else "admin")
        told.append(f"{email.strip()} is {'no longer' if remove else 'now'} an administrator")
        if link and url is None:
            url = await accounts.resets.link(email)
            if url is None:
                raise RecordConflict("Three links were made within the hour.", user_action="Wait a while.")
        return [*told, f"a new password, once, within an hour: {url}"] if url else told
    finally:
        await database.close()
