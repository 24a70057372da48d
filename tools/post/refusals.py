"""What the cutting room is asked for and cannot do: which field, and what would be possible."""

from typing import NoReturn

from state.errors import EditRefused


def refuse(message: str, *, field: str, fix: str) -> NoReturn:
    """Say no.

    Raises:
        EditRefused: always.
    """
    raise EditRefused(message, user_action=fix, details={"field": field})
