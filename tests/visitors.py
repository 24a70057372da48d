"""Another user on a server without accounts: who asks from now on, until the test is over."""

from dataclasses import replace

import server.deps
from server.accounts.visitor import LOCAL, LOCAL_USER


def ask_as(user_id: str = LOCAL_USER) -> None:
    """Let every request come from this user. `tests/integration/conftest.py` puts it back."""
    server.deps.LOCAL = replace(LOCAL, user_id=user_id)
