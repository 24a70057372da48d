"""Text from outside, fit for a terminal, and words that were typed, fit for the database."""

import typer
from rich import markup

from server.sent_text import CONTROLS, UNSEEN

INSTEAD = "\N{REPLACEMENT CHARACTER}"


def seen(text: str) -> str:
    """The text without what a terminal would obey: a provider or a model may have written it."""
    return CONTROLS.sub(INSTEAD, text)


def escape(text: str) -> str:
    """As `seen`, and with nothing in it that rich takes for a style."""
    return markup.escape(seen(text))


def storable(text: str) -> str:
    """A word that was typed.

    Raises:
        BadParameter: it holds a character that nobody can see and no database can hold.
    """
    if UNSEEN.search(text):
        raise typer.BadParameter("it holds a character that cannot be seen; type it again without")
    return text
