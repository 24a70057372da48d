"""Edits that cannot be made, and looks that cannot be shown: which field, and what would be possible."""

from typing import NoReturn

from state.errors import EditRefused


def refuse(message: str, *, field: str, fix: str, **details: object) -> NoReturn:
    """Say no.

    Raises:
        EditRefused: always.
    """
    raise EditRefused(message, user_action=fix, details={"field": field, **details})


def no_such(kind: str, name: str, *, field: str) -> NoReturn:
    """There is nothing of that name in the cut.

    Raises:
        EditRefused: always.
    """
    refuse(f"The cut has no {kind} {name}.", field=field, fix=f"Name a {kind} of the cut as it is now.")
